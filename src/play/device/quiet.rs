//! Keeps ALSA quiet.

/// Keeps ALSA from writing to stderr: what matters comes back as an error anyway.
#[cfg(target_os = "linux")]
pub fn quieten() {
    use std::ffi::{c_char, c_int};

    type Plain = unsafe extern "C" fn(*const c_char, c_int, *const c_char, c_int, *const c_char);
    type Variadic = unsafe extern "C" fn(*const c_char, c_int, *const c_char, c_int, *const c_char, ...);

    unsafe extern "C" fn ignore(
        _file: *const c_char,
        _line: c_int,
        _function: *const c_char,
        _error: c_int,
        _format: *const c_char,
    ) {
    }

    // SAFETY: stable Rust cannot define a variadic function, but in the C calling conventions of Linux the
    // caller passes the named arguments alike to both kinds and removes the others itself; `ignore`
    // reads none. ALSA keeps the pointer in a global; the function lives as long as the program.
    unsafe {
        let handler = std::mem::transmute::<Plain, Variadic>(ignore);
        alsa_sys::snd_lib_error_set_handler(Some(handler));
    }
}

#[cfg(not(target_os = "linux"))]
pub fn quieten() {}
