//! A session bus of its own, for media keys and for PipeWire's session manager.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A session bus for one test.
pub struct Bus {
    daemon: Child,
    address: String,
}

impl Bus {
    pub fn start() -> Self {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it was there a moment ago");
        let mut address = String::new();
        let told = daemon.stdout.take().expect("it is piped");
        BufReader::new(told).read_line(&mut address).expect("it tells where it is");
        Self { daemon, address: address.trim().to_owned() }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn playerctl(&self, command: &str) -> Option<String> {
        let mut playerctl = Command::new("playerctl");
        playerctl.args(["--player=floorcoach", command]).env("DBUS_SESSION_BUS_ADDRESS", &self.address);
        let output = playerctl.stderr(Stdio::null()).output().expect("it was there a moment ago");
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
