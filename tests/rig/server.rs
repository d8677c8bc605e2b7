//! A sound server for one test: PulseAudio without hardware, and a recorder of what its sink plays.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Recorded before the program may play: nothing of it is missed.
const SETTLED: u64 = 48_000;

/// A running server. The program's socket appears last, when the recorder has begun.
pub struct Server {
    folder: PathBuf,
    server: Child,
    recorder: Child,
    recording: PathBuf,
}

impl Server {
    pub fn start(folder: &Path) -> Self {
        let folder = folder.join("pulse");
        for name in ["state", "run"] {
            fs::create_dir_all(folder.join(name)).expect("it is writable");
        }
        let own = folder.join("own");
        for socket in [&own, &folder.join("native")] {
            let _ = fs::remove_file(socket);
        }
        let script = folder.join("default.pa");
        let own_socket = own.display();
        // Without `norewinds` the first second of a stream can be lost.
        fs::write(&script, format!(".fail\nload-module module-null-sink sink_name=rig rate=48000 channels=2 format=s16le norewinds=1\nload-module module-native-protocol-unix auth-anonymous=1 socket={own_socket}\nset-default-sink rig\n"))
            .expect("it is writable");
        let tool = |name: &str| {
            let mut command = Command::new(name);
            command.env("PULSE_SERVER", format!("unix:{own_socket}")).env("XDG_RUNTIME_DIR", &folder);
            command
                .env("PULSE_RUNTIME_PATH", folder.join("run"))
                .env("PULSE_STATE_PATH", folder.join("state"));
            command.env("PULSE_COOKIE", folder.join("cookie")).env("HOME", &folder);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            command
        };
        let server = tool("pulseaudio")
            .args([
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--disable-shm=yes",
                "--use-pid-file=no",
                // As on a desktop: the server goes before ordinary work, where that is permitted.
                "--high-priority=yes",
                "--realtime=yes",
                "-F",
            ])
            .arg(&script)
            .spawn()
            .expect("it starts");
        until("the server answers", || own.exists());
        let recording = folder.join("heard.raw");
        let _ = fs::remove_file(&recording);
        let recorder = tool("parecord")
            .args([
                "--device=rig.monitor",
                "--rate=48000",
                "--channels=2",
                "--format=s16le",
                "--raw",
                "--latency-msec=20",
            ])
            .arg(&recording)
            .spawn()
            .expect("it starts");
        until("the recorder runs", || fs::metadata(&recording).is_ok_and(|file| file.len() > SETTLED));
        let socket = format!("socket={}", folder.join("native").display());
        let loaded = tool("pactl")
            .args(["load-module", "module-native-protocol-unix", "auth-anonymous=1", &socket])
            .status();
        assert!(loaded.expect("it starts").success());
        Self { folder, server, recorder, recording }
    }

    /// What `PULSE_SERVER` has to be for the program.
    pub fn address(&self) -> String {
        format!("unix:{}", self.folder.join("native").display())
    }

    pub fn cookie(&self) -> PathBuf {
        self.folder.join("cookie")
    }

    /// Asks the server itself; what it answers.
    pub fn pactl(&self, arguments: &[&str]) -> String {
        let mut pactl = Command::new("pactl");
        pactl.args(arguments).env("PULSE_SERVER", self.address()).env("PULSE_COOKIE", self.cookie());
        let output = pactl.env("HOME", &self.folder).output().expect("it starts");
        assert!(output.status.success(), "pactl {arguments:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Ends it without a word; what it has played.
    pub fn kill(mut self) -> Vec<i16> {
        self.server.kill().expect("it runs");
        self.server.wait().expect("it ends");
        self.recorder.wait().expect("it ends with its server");
        let _ = fs::remove_file(self.folder.join("native"));
        let bytes = fs::read(&self.recording).expect("a recording");
        // Both channels are the same.
        bytes.chunks_exact(4).map(|frame| i16::from_le_bytes([frame[0], frame[1]])).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for child in [&mut self.server, &mut self.recorder] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Waits for something.
pub fn until(what: &str, done: impl Fn() -> bool) {
    let since = Instant::now();
    while !done() {
        assert!(since.elapsed() < Duration::from_secs(20), "never: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
