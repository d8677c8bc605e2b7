//! Where nobody can be asked: another system, or a program that was built without it.

use std::convert::Infallible;

pub struct Held(Infallible);

impl Held {
    pub const fn by(&self) -> &'static str {
        match self.0 {}
    }
}

pub fn hold() -> Result<Held, String> {
    Err("this floorcoach was built without asking for it".to_owned())
}
