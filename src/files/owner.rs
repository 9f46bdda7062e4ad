//! Whose a file is: what a command may replace, and what is somebody's own.

use std::path::{Path, PathBuf};

use super::output::FolderRequest;
use super::{FileError, Manifest, digest};

/// Why a file is not replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The scenario reads it; it is never replaced.
    Input,
    /// A folder is in its place; it is never replaced.
    Folder,
    /// No manifest lists it.
    Foreign,
    /// It was changed since it was written.
    Changed,
}

impl Claim {
    /// What is said of such a file, and what to do.
    pub fn about(self, path: &str) -> String {
        match self {
            Claim::Input => format!("{path} is read by the scenario, and is never replaced; write to another --out"),
            Claim::Folder => format!("{path} is a folder, where a file of results would go; write to another --out"),
            Claim::Foreign => {
                format!(
                    "{path} is none of this program's results; move it, write to another --out, or replace it by --force"
                )
            }
            Claim::Changed => {
                format!(
                    "{path} was changed since it was written; move it, write to another --out, or replace it by --force"
                )
            }
        }
    }
}

/// What stands under a name: a digest, or that it is something else than a regular file.
///
/// # Errors
/// What the system says.
pub fn present(path: &Path) -> Result<Option<String>, FileError> {
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    let digest = digest::of_regular(path).map_err(FileError::system(path))?;
    Ok(Some(digest.unwrap_or_else(|| "something else".to_owned())))
}

/// The files of a folder that belong to an earlier result of the kind.
#[derive(Debug, Default)]
pub struct Earlier {
    /// Its manifest.
    pub manifest: Option<Manifest>,
    /// Whether it is of a version without digests: all names of the kind count as listed.
    pub is_without_digests: bool,
}

impl Earlier {
    /// Looks into a folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn find(folder: &Path, request: &FolderRequest) -> Result<Earlier, FileError> {
        let manifest = Manifest::read(folder, request.kind)?;
        let is_without_digests = match &manifest {
            Some(manifest) => manifest.files.is_none(),
            None => request.kind.is_without_manifest(folder),
        };
        Ok(Earlier { manifest, is_without_digests })
    }

    /// Who claims a file that is to be written; `None` where it may be.
    ///
    /// # Errors
    /// What the system says.
    pub fn claim(&self, path: &Path, name: &str, request: &FolderRequest) -> Result<Option<Claim>, FileError> {
        let Some(digest) = present(path)? else { return Ok(None) };
        if request.inputs.iter().any(|input| is_same(input, path)) {
            return Ok(Some(Claim::Input));
        }
        if path.symlink_metadata().is_ok_and(|meta| meta.is_dir()) {
            return Ok(Some(Claim::Folder));
        }
        let is_own = self.manifest.as_ref().filter(|_| name == request.kind.manifest()).map(|m| m.is_whole);
        let is_listed = self.manifest.as_ref().and_then(|m| m.find(name)).map(|file| file.sha256 == digest);
        Ok(match is_own.or(is_listed) {
            _ if request.force => None,
            Some(true) => None,
            Some(false) => Some(Claim::Changed),
            None if self.is_without_digests => None,
            None => Some(Claim::Foreign),
        })
    }

    /// All claims on files that may be written.
    ///
    /// # Errors
    /// Those claims, or what the system says.
    pub fn check(&self, folder: &Path, request: &FolderRequest) -> Result<(), FileError> {
        let mut claims: Vec<(PathBuf, Claim)> = Vec::new();
        for name in request.names.iter().map(String::as_str).chain([request.kind.manifest()]) {
            let path = folder.join(name);
            if let Some(claim) = self.claim(&path, name, request)? {
                claims.push((path, claim));
            }
        }
        if claims.is_empty() { Ok(()) } else { Err(FileError::Claimed(claims)) }
    }
}

/// Whether two paths lead to one file, however they are written.
fn is_same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(a).zip(real(b)).is_some_and(|(a, b)| a == b) || is_same_inode(a, b)
}

/// Where upper and lower case are one, or by a hard link.
#[cfg(unix)]
fn is_same_inode(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |path: &Path| path.metadata().ok().map(|meta| (meta.dev(), meta.ino()));
    id(a).zip(id(b)).is_some_and(|(a, b)| a == b)
}

#[cfg(not(unix))]
fn is_same_inode(_: &Path, _: &Path) -> bool {
    false
}
