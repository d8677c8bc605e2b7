//! Windows: a window that nobody sees, for the media controls to belong to.

use std::ffi::c_void;

use winit::application::ApplicationHandler;
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, EventLoop};
use winit::platform::windows::EventLoopBuilderExtWindows;
use winit::raw_window_handle::{HasWindowHandle, RawWindowHandle};
use winit::window::{Window, WindowId};

/// What `doctor` calls it.
pub const NAME: &str = "System Media Transport Controls";

/// The window, once it is there.
pub struct Seat(Option<Window>);

/// An event loop, of which there can be one in a process, and what it needs.
pub fn open() -> Result<(EventLoop<()>, Seat), String> {
    // Any thread can have windows here.
    let events = EventLoop::builder().with_any_thread(true).build().map_err(|error| error.to_string())?;
    Ok((events, Seat(None)))
}

impl Seat {
    /// The handle of the window.
    pub fn window(&self) -> Result<Option<*mut c_void>, String> {
        let window = self.0.as_ref().ok_or("the system gives no window")?;
        match window.window_handle().map_err(|error| error.to_string())?.as_raw() {
            RawWindowHandle::Win32(handle) => Ok(Some(handle.hwnd.get() as *mut c_void)),
            _ => Err("the window is of an unknown kind".to_owned()),
        }
    }
}

impl ApplicationHandler for Seat {
    fn resumed(&mut self, events: &ActiveEventLoop) {
        let hidden = Window::default_attributes().with_title("Floorcoach").with_visible(false);
        self.0 = events.create_window(hidden).ok();
    }

    fn window_event(&mut self, _: &ActiveEventLoop, _: WindowId, _: WindowEvent) {}
}
