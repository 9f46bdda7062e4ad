//! The folder of results: files that are whole, and nobody's work lost.
//!
//! A command keeps a [`Manifest`] of what it wrote, with digests: whenever a manifest is there and agrees with its files,
//! the result is whole. What no manifest lists, or what was changed since, is somebody's own and is not replaced unasked.
//!
//! New files are staged in a hidden folder beside their places and synced; a journal then says what becomes of each name;
//! then the old files are taken away, manifest first, and the new ones put in place, manifest last. At no time does a
//! folder show files of two results. All of it happens under a lock. A command that is killed on the way leaves the
//! journal, and the next one finishes by it; one that meets an error takes its own steps back.

mod digest;
mod disk;
mod journal;
mod kind;
mod manifest;
mod new;
mod output;
mod owner;
mod place;
mod start;
#[cfg(test)]
mod tests;
mod verify;
mod work;

use std::fmt;
use std::path::PathBuf;

use crate::diagnostic::{clean, system_words};

pub use kind::CommandKind;
pub use manifest::{ListedFile, Manifest, Mismatch};
pub use new::{NewFile, place_new};
pub use output::{Finished, FolderRequest, Output};
pub use owner::Claim;
pub use start::{StartError, start};
pub use verify::{FileState, Finding, verify};

/// Why a folder of results cannot be written.
#[derive(Debug)]
pub enum FileError {
    /// The system refuses.
    System {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What is there belongs to somebody; nothing was written.
    Claimed(Vec<(PathBuf, Claim)>),
    /// The wait for another command was given up.
    Interrupted,
    /// An error that could not be taken back: the next command finishes by the journal.
    Unfinished {
        /// The folder.
        folder: PathBuf,
        /// What went wrong.
        cause: Box<FileError>,
    },
}

impl FileError {
    pub(crate) fn system(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> FileError {
        let path = path.into();
        move |source| FileError::System { path, source }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &PathBuf| clean(&path.display().to_string());
        match self {
            FileError::System { path, source } => write!(f, "cannot write {}: {}", shown(path), system_words(source)),
            FileError::Claimed(claims) => {
                let lines: Vec<String> = claims.iter().map(|(path, claim)| claim.about(&shown(path))).collect();
                write!(f, "{}", lines.join("\n"))
            }
            FileError::Interrupted => write!(f, "interrupted while another command wrote into the folder"),
            FileError::Unfinished { folder, cause } => {
                let folder = shown(folder);
                write!(f, "{cause}\n{folder} is not whole: the next command that writes there finishes it")
            }
        }
    }
}

impl std::error::Error for FileError {}
