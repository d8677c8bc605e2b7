//! macOS: an application without windows, menus and a place in the Dock.

use std::env;
use std::ffi::c_void;
use std::thread;

use winit::application::ApplicationHandler;
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, EventLoop};
use winit::platform::macos::{ActivationPolicy, EventLoopBuilderExtMacOS};
use winit::window::WindowId;

/// What `doctor` calls it.
pub const NAME: &str = "the system's Now Playing";

/// There is no window to keep.
pub struct Seat;

/// An event loop, of which there can be one in a process, and what it needs.
pub fn open() -> Result<(EventLoop<()>, Seat), String> {
    // Elsewhere winit would panic.
    if thread::current().name() != Some("main") {
        return Err("only the main thread may ask for it".to_owned());
    }
    // Without a desktop the system ends a process that wants to be an application.
    if env::var_os("SSH_CONNECTION").is_some() {
        return Err("a session over the network has no desktop".to_owned());
    }
    let mut builder = EventLoop::builder();
    // The terminal stays in front.
    builder.with_activation_policy(ActivationPolicy::Accessory).with_activate_ignoring_other_apps(false);
    let events = builder.with_default_menu(false).build().map_err(|error| error.to_string())?;
    Ok((events, Seat))
}

impl Seat {
    /// The controls need none.
    pub fn window(&self) -> Result<Option<*mut c_void>, String> {
        Ok(None)
    }
}

impl ApplicationHandler for Seat {
    fn resumed(&mut self, _: &ActiveEventLoop) {}

    fn window_event(&mut self, _: &ActiveEventLoop, _: WindowId, _: WindowEvent) {}
}
