//! The hidden folder in which results are prepared, and the lock on it.

use std::fs::{File, TryLockError};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{FileError, disk};

/// Its name.
pub const NAME: &str = ".breakeven";
/// How long to wait before looking for the lock again.
const PAUSE: Duration = Duration::from_millis(20);

/// The hidden folder, while this process alone may use it.
#[derive(Debug)]
pub struct Work {
    /// The folder of results.
    pub folder: PathBuf,
    path: PathBuf,
    /// Let go when it is closed, however the process ends.
    _lock: File,
}

impl Work {
    /// Waits for the lock on a folder; `wait` is called every moment, and ends the wait by an error.
    ///
    /// # Errors
    /// A folder that cannot be written, or the end of the wait.
    pub fn open(folder: &Path, wait: &mut dyn FnMut() -> Result<(), FileError>) -> Result<Work, FileError> {
        let path = folder.join(NAME);
        loop {
            disk::folder(&path, folder)?;
            if path.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) {
                return Err(FileError::system(path)(ErrorKind::NotADirectory.into()));
            }
            let name = path.join("lock");
            let lock = match File::options().read(true).write(true).create(true).truncate(false).open(&name) {
                Ok(lock) => lock,
                // Whoever had it has just taken the folder away.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(FileError::system(folder)(error)),
            };
            if hold(&lock, &name, wait).map_err(FileError::system(folder))? {
                return Ok(Work { folder: folder.to_owned(), path, _lock: lock });
            }
            wait()?;
        }
    }

    /// A place in the hidden folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Where a result stands.
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Where a new file is staged.
    pub fn staged(&self, name: &str) -> PathBuf {
        self.path.join("new").join(name)
    }

    /// Where an old file is kept.
    pub fn kept(&self, name: &str) -> PathBuf {
        self.path.join("old").join(name)
    }

    /// Makes the folders of both, empty.
    ///
    /// # Errors
    /// What the system says.
    pub fn begin(&self) -> Result<(), FileError> {
        self.clear()?;
        disk::folder(&self.path.join("new"), &self.folder)?;
        disk::folder(&self.path.join("old"), &self.folder)
    }

    /// Takes away what nobody needs any more.
    ///
    /// # Errors
    /// What the system says.
    pub fn clear(&self) -> Result<(), FileError> {
        disk::remove_all(&self.path.join("new"))?;
        disk::remove_all(&self.path.join("old"))
    }
}

impl Drop for Work {
    /// Leaves no trace where nothing is left to finish.
    fn drop(&mut self) {
        if self.path.join("new").exists() || self.path.join("old").exists() {
            return;
        }
        // Without inodes nobody could tell that the lock they hold is on a file that is gone: it stays there.
        if cfg!(unix) {
            let _ = std::fs::remove_file(self.path.join("lock"));
            let _ = std::fs::remove_dir(&self.path);
        }
    }
}

/// Locks a file unless another process has; then, whether the file is still the one of that name.
fn hold(lock: &File, name: &Path, wait: &mut dyn FnMut() -> Result<(), FileError>) -> Result<bool, Error> {
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(is_same(lock, name)),
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(PAUSE);
                if wait().is_err() {
                    return Ok(false);
                }
            }
            // A file system without locks has commands one at a time.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return Ok(true),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

#[cfg(unix)]
fn is_same(file: &File, name: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |meta: std::fs::Metadata| (meta.dev(), meta.ino());
    file.metadata().ok().map(id).zip(name.metadata().ok().map(id)).is_some_and(|(a, b)| a == b)
}

#[cfg(not(unix))]
fn is_same(_: &File, _: &Path) -> bool {
    true
}
