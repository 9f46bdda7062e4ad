//! The steps that change a disk. Each is one call of the system, at which a test can let it fail.

use std::fs::{self, File};
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::FileError;

type Done = Result<(), FileError>;

/// Thousands of faults would take minutes; a test cannot lose its power anyway.
const IS_SYNCED: bool = !cfg!(test);
/// Files that are waited for at a time.
const AT_ONCE: usize = 8;

/// Makes a folder, unless it is there; errors are said of `place`.
pub fn folder(path: &Path, place: &Path) -> Done {
    step().and_then(|()| fs::create_dir(path)).or_else(|error| match error.kind() {
        ErrorKind::AlreadyExists if path.is_dir() => Ok(()),
        _ => Err(FileError::system(place)(error)),
    })
}

/// Makes a file that was not there. Errors are said of `place`, where it is to stand.
pub fn create(path: &Path, place: &Path) -> Result<File, FileError> {
    step().and_then(|()| File::create_new(path)).map_err(FileError::system(place))
}

/// Writes bytes; errors are said of `place`.
pub fn write(file: &mut impl Write, bytes: &[u8], place: &Path) -> Done {
    step().and_then(|()| file.write_all(bytes)).map_err(FileError::system(place))
}

/// Waits until a file is on the disk; errors are said of `place`.
pub fn sync(file: &File, place: &Path) -> Done {
    step().and_then(|()| synced(file)).map_err(FileError::system(place))
}

/// Waits until files are on the disk, side by side: one after the other each would wait for the whole disk. Errors are said
/// of their places.
pub fn sync_all(files: &[(File, PathBuf)]) -> Done {
    files.iter().try_for_each(|(_, place)| step().map_err(FileError::system(place)))?;
    let next = AtomicUsize::new(0);
    let work = || {
        let mut mine = std::iter::from_fn(|| files.get(next.fetch_add(1, Ordering::Relaxed)));
        mine.by_ref().try_for_each(|(file, place)| synced(file).map_err(FileError::system(place)))
    };
    thread::scope(|scope| {
        let others = (1..AT_ONCE.min(files.len())).map_while(|_| thread::Builder::new().spawn_scoped(scope, work).ok());
        let others: Vec<_> = others.collect();
        // This thread works too, and so does without others where the system has none.
        let mine = work();
        others.into_iter().fold(mine, |done, other| done.and(other.join().unwrap_or(Err(FileError::Interrupted))))
    })
}

fn synced(file: &File) -> Result<(), Error> {
    if IS_SYNCED { file.sync_all() } else { Ok(()) }
}

/// Waits until the names in a folder are on the disk; errors are said of `place`. Only Unix can say so.
pub fn sync_names(folder: &Path, place: &Path) -> Done {
    let sync = || if IS_SYNCED && cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) };
    match step().and_then(|()| sync()) {
        // Some network file systems have no such call, and promise it by themselves.
        Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => Ok(()),
        synced => synced.map_err(FileError::system(place)),
    }
}

/// Gives a file another name; errors are said of `place`.
pub fn rename(from: &Path, to: &Path, place: &Path) -> Done {
    step().and_then(|()| fs::rename(from, to)).map_err(FileError::system(place))
}

/// Takes away a file, if it is there.
pub fn remove(path: &Path) -> Done {
    step().and_then(|()| fs::remove_file(path)).or_else(|error| match error.kind() {
        ErrorKind::NotFound => Ok(()),
        _ => Err(FileError::system(path)(error)),
    })
}

/// Takes away a folder with all that is in it, if it is there.
pub fn remove_all(path: &Path) -> Done {
    step().and_then(|()| fs::remove_dir_all(path)).or_else(|error| match error.kind() {
        ErrorKind::NotFound => Ok(()),
        _ => Err(FileError::system(path)(error)),
    })
}

#[cfg(not(test))]
fn step() -> Result<(), Error> {
    Ok(())
}

#[cfg(test)]
fn step() -> Result<(), Error> {
    faults::step()
}

/// Faults at a chosen step of the thread.
#[cfg(test)]
pub mod faults {
    use std::cell::Cell;
    use std::io::Error;

    /// What goes wrong.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum DiskFault {
        /// One step fails.
        Once,
        /// A step and all after it fail, as if the process were gone.
        Forever,
    }

    thread_local! {
        static LEFT: Cell<Option<(u32, DiskFault)>> = const { Cell::new(None) };
    }

    /// Lets a step fail, counted from 0; none from `None` on.
    pub fn at(fault: Option<(u32, DiskFault)>) {
        LEFT.set(fault);
    }

    /// Whether the chosen step has not been reached.
    pub fn is_ahead() -> bool {
        LEFT.get().is_some_and(|(left, _)| left > 0)
    }

    pub(super) fn step() -> Result<(), Error> {
        match LEFT.get() {
            None => Ok(()),
            Some((0, DiskFault::Forever)) => Err(Error::other("injected")),
            Some((0, DiskFault::Once)) => {
                LEFT.set(None);
                Err(Error::other("injected"))
            }
            Some((left, fault)) => {
                LEFT.set(Some((left - 1, fault)));
                Ok(())
            }
        }
    }
}
