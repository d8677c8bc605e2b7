//! Where the platform keeps config, routines, voices and cached phrases.

use std::path::PathBuf;

use directories::ProjectDirs;

/// Folders of this program; `None` where the machine has no home folder to put them in.
#[derive(Debug, Clone, Default)]
pub struct Places {
    pub config: Option<PathBuf>,
    pub routines: Option<PathBuf>,
    pub voices: Option<PathBuf>,
    pub cache: Option<PathBuf>,
    /// The log of sessions, and where a routine was left.
    pub log: Option<PathBuf>,
    pub place: Option<PathBuf>,
}

impl Places {
    pub fn find() -> Self {
        let Some(folders) = ProjectDirs::from("", "", "floorcoach") else { return Self::default() };
        Self {
            config: Some(folders.config_dir().join("config.toml")),
            routines: Some(folders.data_dir().join("routines")),
            voices: Some(folders.data_dir().join("voice")),
            log: Some(folders.data_dir().join("sessions.jsonl")),
            place: Some(folders.data_dir().join("place.json")),
            cache: Some(folders.cache_dir().join("phrases")),
        }
    }
}
