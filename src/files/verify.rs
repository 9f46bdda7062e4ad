//! Whether a folder still holds what its manifests say.

use std::path::Path;

use super::{CommandKind, FileError, Manifest, digest, journal};

/// How a file stands to its manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// As it was written.
    Whole,
    /// Other bytes.
    Changed,
    /// Not there, or no file.
    Missing,
}

/// What a manifest says, held against its files.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Of which kind of command.
    pub kind: CommandKind,
    /// The manifest.
    pub manifest: Manifest,
    /// By file that it lists; empty for a version without digests.
    pub files: Vec<(String, FileState)>,
}

impl Finding {
    /// Whether the result is as it was written.
    pub fn is_whole(&self) -> bool {
        self.manifest.is_whole
            && !self.files.is_empty()
            && self.files.iter().all(|(_, state)| *state == FileState::Whole)
    }
}

/// Holds every manifest of a folder against its files. Also says whether a command was interrupted there, so that the
/// next one has to finish.
///
/// # Errors
/// What the system says.
pub fn verify(folder: &Path) -> Result<(Vec<Finding>, bool), FileError> {
    let mut findings = Vec::new();
    for kind in CommandKind::ALL {
        let Some(manifest) = Manifest::read(folder, kind)? else { continue };
        let mut files = Vec::new();
        for listed in manifest.files.iter().flatten() {
            let path = folder.join(&listed.name);
            let state = match digest::of_regular(&path).map_err(FileError::system(&path))? {
                None => FileState::Missing,
                Some(found) if found == listed.sha256 => FileState::Whole,
                Some(_) => FileState::Changed,
            };
            files.push((listed.name.clone(), state));
        }
        findings.push(Finding { kind, manifest, files });
    }
    Ok((findings, journal::is_in(folder)))
}
