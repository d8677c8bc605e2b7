//! Asks a sound server on which of its outputs this process plays: PulseAudio, or PipeWire, which speaks the same protocol.
//!
//! cpal tells only which output is the default one.

use std::collections::HashSet;
use std::io::{self, BufReader};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use pulseaudio::protocol::{self, Command, CommandReply, Prop, Props, ProtocolError};

/// A server that hangs is not asked any further.
const PATIENCE: Duration = Duration::from_secs(1);

/// The names of the outputs that this process plays on; several while one stream is taking over from another.
///
/// # Errors
/// When there is no server, or it does not answer in time.
pub fn outputs() -> io::Result<HashSet<String>> {
    let mut server = Server::connect()?;
    let ours = std::process::id().to_string();
    let ours = |props: &Props| {
        let pid = props.get(Prop::ApplicationProcessId).unwrap_or_default();
        pid.strip_suffix(b"\0").unwrap_or(pid) == ours.as_bytes()
    };
    let streams: protocol::SinkInputInfoList = server.ask(&Command::GetSinkInputInfoList)?;
    let played: HashSet<u32> =
        streams.iter().filter(|stream| ours(&stream.props)).map(|stream| stream.sink_index).collect();
    let sinks: protocol::SinkInfoList = server.ask(&Command::GetSinkInfoList)?;
    let names = sinks.iter().filter(|sink| played.contains(&sink.index));
    Ok(names.map(|sink| sink.name.to_string_lossy().into_owned()).collect())
}

/// A connection, which asks and waits for the answer.
struct Server {
    socket: BufReader<UnixStream>,
    version: u16,
}

impl Server {
    fn connect() -> io::Result<Self> {
        let path = pulseaudio::socket_path_from_env().ok_or(io::ErrorKind::NotFound)?;
        let socket = UnixStream::connect(path)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        let mut server = Self { socket: BufReader::new(socket), version: protocol::MAX_VERSION };
        let cookie = pulseaudio::cookie_path_from_env().and_then(|path| std::fs::read(path).ok());
        let auth = protocol::AuthParams {
            version: protocol::MAX_VERSION,
            supports_shm: false,
            supports_memfd: false,
            cookie: cookie.unwrap_or_default(),
        };
        let reply: protocol::AuthReply = server.ask(&Command::Auth(auth))?;
        server.version = reply.version.min(protocol::MAX_VERSION);
        let mut props = Props::new();
        props.set(Prop::ApplicationName, c"floorcoach");
        let _: protocol::SetClientNameReply = server.ask(&Command::SetClientName(props))?;
        Ok(server)
    }

    fn ask<R: CommandReply>(&mut self, command: &Command) -> io::Result<R> {
        let fault = |error| match error {
            ProtocolError::Io(error) => error,
            error => io::Error::other(error),
        };
        // One question at a time: its number tells nothing.
        protocol::write_command_message(self.socket.get_mut(), 0, command, self.version).map_err(fault)?;
        let (_, reply) = protocol::read_reply_message(&mut self.socket, self.version).map_err(fault)?;
        Ok(reply)
    }
}
