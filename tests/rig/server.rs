//! A sound server for one test, without hardware: PulseAudio, or PipeWire where `FLOORCOACH_RIG_SERVER=pipewire`; and recorders of
//! what its outputs play.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::bus::Bus;

/// Recorded before the program may play: nothing of it is missed.
const SETTLED: u64 = 48_000;

/// Whose protocol it is anyway is PulseAudio's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    PulseAudio,
    PipeWire,
}

impl Kind {
    fn wanted() -> Self {
        match std::env::var("FLOORCOACH_RIG_SERVER").as_deref() {
            Ok("pipewire") => Self::PipeWire,
            Ok("pulseaudio") | Err(_) => Self::PulseAudio,
            Ok(other) => panic!("no sound server that the rig knows: {other}"),
        }
    }
}

/// The programs that the rig needs and that are not here.
pub fn missing() -> Vec<&'static str> {
    let server: &[&str] = match Kind::wanted() {
        Kind::PulseAudio => &["pulseaudio"],
        Kind::PipeWire => &["pipewire", "wireplumber", "pipewire-pulse", "dbus-daemon"],
    };
    server.iter().chain(&["parecord", "pactl"]).copied().filter(|name| which::which(name).is_err()).collect()
}

/// A running server. The program's socket appears last, when the recorder has begun.
pub struct Server {
    folder: PathBuf,
    processes: Vec<Child>,
    recorders: Vec<(Child, PathBuf)>,
    /// PipeWire's session manager does nothing without one.
    bus: Option<Bus>,
}

impl Server {
    pub fn start(folder: &Path) -> Self {
        let folder = folder.join("pulse");
        for name in ["state", "run/pulse"] {
            fs::create_dir_all(folder.join(name)).expect("it is writable");
        }
        let mut server = Self { folder, processes: Vec::new(), recorders: Vec::new(), bus: None };
        for socket in [server.own(), server.visible(), server.folder.join("run/pipewire-0")] {
            let _ = fs::remove_file(socket);
        }
        match Kind::wanted() {
            Kind::PulseAudio => server.start_pulseaudio(),
            Kind::PipeWire => server.start_pipewire(),
        }
        // PipeWire's session manager may not yet be ready for it.
        until("there is a default output", || server.try_pactl(&["set-default-sink", "rig"]).is_some());
        // Otherwise the recorder would follow the default output.
        server.pactl(&["set-default-source", "rig.monitor"]);
        server.record("rig");
        std::os::unix::fs::symlink(server.own(), server.visible()).expect("it is writable");
        server
    }

    fn start_pulseaudio(&mut self) {
        let own = self.own();
        let script = self.folder.join("default.pa");
        // Without `norewinds` the first second of a stream can be lost.
        fs::write(&script, format!(".fail\nload-module module-null-sink sink_name=rig rate=48000 channels=2 format=s16le norewinds=1\nload-module module-native-protocol-unix auth-anonymous=1 socket={}\n", own.display()))
            .expect("it is writable");
        let mut server = self.tool("pulseaudio");
        server.args([
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--disable-shm=yes",
            "--use-pid-file=no",
            // As on a desktop: the server goes before ordinary work, where that is permitted.
            "--high-priority=yes",
            "--realtime=yes",
            "-F",
        ]);
        self.processes.push(server.arg(&script).spawn().expect("it starts"));
        until("the server answers", || own.exists());
    }

    fn start_pipewire(&mut self) {
        let socket = self.folder.join("run/pipewire-0");
        self.bus = Some(Bus::start());
        self.processes.push(self.tool("pipewire").spawn().expect("it starts"));
        until("the server answers", || socket.exists());
        for name in ["wireplumber", "pipewire-pulse"] {
            let process = self.tool(name).spawn().expect("it starts");
            self.processes.push(process);
        }
        until("its second interface answers", || self.own().exists());
        self.add("rig");
        until("the output is there", || {
            let sinks = self.pactl(&["list", "short", "sinks"]);
            sinks.contains("\trig\t")
        });
    }

    /// A program of the server's own side.
    fn tool(&self, name: &str) -> Command {
        let run = self.folder.join("run");
        let mut command = Command::new(name);
        command.env("PULSE_SERVER", format!("unix:{}", self.own().display())).env("XDG_RUNTIME_DIR", &run);
        command
            .env("PULSE_RUNTIME_PATH", run.join("pulse"))
            .env("PULSE_STATE_PATH", self.folder.join("state"));
        command.env("PULSE_COOKIE", self.cookie()).env("HOME", &self.folder);
        command.env("DBUS_SESSION_BUS_ADDRESS", self.bus.as_ref().map_or("disabled:", Bus::address));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Where the server listens.
    fn own(&self) -> PathBuf {
        self.folder.join("run/pulse/native")
    }

    /// Where the program finds it.
    fn visible(&self) -> PathBuf {
        self.folder.join("native")
    }

    fn add(&self, output: &str) {
        let name = format!("sink_name={output}");
        let mut module = vec!["load-module", "module-null-sink", &name, "rate=48000", "channels=2"];
        if Kind::wanted() == Kind::PulseAudio {
            module.push("norewinds=1");
        }
        self.pactl(&module);
    }

    /// Adds another output, which is recorded as well.
    pub fn add_output(&mut self, output: &str) {
        self.add(output);
        self.record(output);
    }

    /// Returns when it is being recorded.
    fn record(&mut self, output: &str) {
        let recording = self.folder.join(format!("{output}.raw"));
        let _ = fs::remove_file(&recording);
        let device = format!("--device={output}.monitor");
        let format = ["--rate=48000", "--channels=2", "--format=s16le", "--raw", "--latency-msec=20"];
        let mut recorder = self.tool("parecord");
        // PipeWire is not to move it to another output.
        recorder.arg("--property=node.dont-reconnect=true");
        recorder.arg(device).args(format).arg(&recording);
        self.recorders.push((recorder.spawn().expect("it starts"), recording.clone()));
        until("the recorder runs", || fs::metadata(&recording).is_ok_and(|file| file.len() > SETTLED));
    }

    /// What `PULSE_SERVER` has to be for the program.
    pub fn address(&self) -> String {
        format!("unix:{}", self.visible().display())
    }

    pub fn cookie(&self) -> PathBuf {
        self.folder.join("cookie")
    }

    /// Asks the server itself; what it answers.
    pub fn pactl(&self, arguments: &[&str]) -> String {
        self.try_pactl(arguments).unwrap_or_else(|| panic!("pactl {arguments:?}"))
    }

    fn try_pactl(&self, arguments: &[&str]) -> Option<String> {
        let output = self.tool("pactl").args(arguments).stdout(Stdio::piped()).output().expect("it starts");
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Ends it without a word; what its first output has played.
    pub fn kill(self) -> Vec<i16> {
        self.kill_all().swap_remove(0)
    }

    /// The same of all outputs, in the order in which they came.
    pub fn kill_all(mut self) -> Vec<Vec<i16>> {
        for process in &mut self.processes {
            process.kill().expect("it runs");
            process.wait().expect("it ends");
        }
        let _ = fs::remove_file(self.visible());
        let read = |(recorder, recording): &mut (Child, PathBuf)| {
            recorder.wait().expect("it ends with its server");
            let bytes = fs::read(recording).expect("a recording");
            // Both channels are the same.
            bytes.chunks_exact(4).map(|frame| i16::from_le_bytes([frame[0], frame[1]])).collect()
        };
        self.recorders.iter_mut().map(read).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let recorders = self.recorders.iter_mut().map(|(recorder, _)| recorder);
        for child in self.processes.iter_mut().chain(recorders) {
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
