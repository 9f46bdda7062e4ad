//! Files that appear whole or not at all.
//!
//! Everything is written beside its place under another name first; only when all of it is there is it renamed.

use std::fmt;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Why files cannot be written.
#[derive(Debug)]
pub struct WriteError {
    /// Where.
    pub path: PathBuf,
    /// Why.
    pub source: std::io::Error,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write {}: {}", self.path.display(), self.source)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// What an earlier run of the same kind may have left in a folder.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// A file that each of them writes: without it there was none, and the files are somebody else's.
    pub mark: &'static str,
    /// The files that some of them write.
    pub files: Vec<String>,
}

impl Earlier {
    /// Nothing.
    pub fn nothing() -> Earlier {
        Earlier { mark: "", files: Vec::new() }
    }
}

/// A folder of results in preparation. Until [`Output::finish`] nothing is on the disk but what is streamed.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// Folders that did not exist before, outermost first.
    created: Vec<PathBuf>,
    pending: Vec<(PathBuf, Vec<u8>)>,
    files: Vec<(NamedTempFile, PathBuf)>,
}

impl Output {
    /// Prepares a folder: makes sure before a long run that it can be made and written to.
    ///
    /// # Errors
    /// A place that is taken by a file, or where nothing can be written.
    pub fn prepare(folder: &Path) -> Result<Output, WriteError> {
        let fail = |source| WriteError { path: folder.to_owned(), source };
        let output =
            Output { folder: folder.to_owned(), created: missing(folder), pending: Vec::new(), files: Vec::new() };
        let existing = folder.ancestors().find(|p| p.as_os_str().is_empty() || p.exists());
        let existing = existing.filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        temporary(existing).map_err(fail)?;
        Ok(output)
    }

    /// Adds a file, by its path within the folder.
    pub fn add(&mut self, name: impl Into<PathBuf>, bytes: Vec<u8>) {
        self.pending.push((name.into(), bytes));
    }

    /// Adds a file that is too long to be held in memory.
    ///
    /// # Errors
    /// What `write` says.
    pub fn stream(
        &mut self,
        name: impl AsRef<Path>,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), WriteError> {
        let path = self.folder.join(name);
        let fail = |source| WriteError { path: path.clone(), source };
        let place = path.parent().unwrap_or(&self.folder);
        let new = missing(place).into_iter().filter(|folder| !self.created.contains(folder));
        self.created.extend(new.collect::<Vec<_>>());
        std::fs::create_dir_all(place).map_err(fail)?;
        let file = temporary(place).map_err(fail)?;
        let mut buffered = std::io::BufWriter::new(file);
        write(&mut buffered).map_err(fail)?;
        let file = buffered.into_inner().map_err(|e| fail(e.into_error()))?;
        self.files.push((file, path));
        Ok(())
    }

    /// Puts all files in their places, and takes away what an earlier run left and this one did not write: it would pass
    /// for results of this one. Gives the names of what was taken away.
    ///
    /// # Errors
    /// A full disk, or a place that cannot be written, such as one taken by a folder; nothing is put anywhere then.
    pub fn finish(mut self, earlier: &Earlier) -> Result<Vec<String>, WriteError> {
        let obsolete = if self.folder.join(earlier.mark).is_file() { earlier.files.as_slice() } else { &[] };
        self.write_pending()?;
        if let Some((_, path)) = self.files.iter().find(|(_, path)| path.is_dir()) {
            let source = std::io::Error::new(ErrorKind::IsADirectory, "a folder is in the way");
            return Err(WriteError { path: path.clone(), source });
        }
        let written: Vec<PathBuf> = self.files.iter().map(|(_, path)| path.clone()).collect();
        for (file, path) in std::mem::take(&mut self.files) {
            file.persist(&path).map_err(|e| WriteError { path, source: e.error })?;
        }
        self.created.clear();
        let mut removed = Vec::new();
        for name in obsolete {
            let path = self.folder.join(name);
            if !written.contains(&path) && path.is_file() {
                std::fs::remove_file(&path).map_err(|source| WriteError { path, source })?;
                removed.push(name.clone());
            }
        }
        Ok(removed)
    }

    /// Puts all files in their places if none of these is taken.
    ///
    /// # Errors
    /// The same, and a place that is taken; nothing is put anywhere then.
    pub fn finish_new(mut self) -> Result<(), WriteError> {
        self.write_pending()?;
        let mut placed: Vec<PathBuf> = Vec::new();
        for (file, path) in std::mem::take(&mut self.files) {
            if let Err(error) = file.persist_noclobber(&path) {
                placed.iter().for_each(|path| drop(std::fs::remove_file(path)));
                return Err(WriteError { path, source: error.error });
            }
            placed.push(path);
        }
        self.created.clear();
        Ok(())
    }

    fn write_pending(&mut self) -> Result<(), WriteError> {
        for (name, bytes) in std::mem::take(&mut self.pending) {
            self.stream(&name, |file| file.write_all(&bytes))?;
        }
        Ok(())
    }
}

/// The folders on the way to this one that do not exist, outermost first.
fn missing(folder: &Path) -> Vec<PathBuf> {
    let missing = folder.ancestors().take_while(|p| !p.as_os_str().is_empty() && !p.exists());
    let mut missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    missing.reverse();
    missing
}

fn temporary(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".breakeven-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Like any file a program makes: what the umask leaves of it. The default is for secrets.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    // The error would name the temporary file, which means nothing to anybody.
    builder.tempfile_in(folder).map_err(|error| match error.kind() {
        ErrorKind::NotFound => std::io::Error::new(ErrorKind::NotFound, "there is no such folder"),
        kind => kind.into(),
    })
}

impl Drop for Output {
    /// Takes back what was prepared and not finished. Folders that others have used meanwhile stay.
    fn drop(&mut self) {
        self.files.clear();
        for folder in self.created.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_of_what_was_not_finished() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        let mut output = Output::prepare(&folder).unwrap();
        output.add("x.csv", b"1".to_vec());
        output.stream("y.csv", |file| file.write_all(b"2")).unwrap();
        assert!(folder.exists());
        drop(output);
        assert!(!root.path().join("a").exists());
    }

    #[test]
    fn a_folder_in_the_way_keeps_all_files_out() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("b.csv")).unwrap();
        std::fs::write(root.path().join("a.csv"), "old").unwrap();
        let mut output = Output::prepare(root.path()).unwrap();
        output.add("a.csv", b"new".to_vec());
        output.add("b.csv", b"new".to_vec());
        assert!(output.finish(&Earlier::nothing()).is_err());
        assert_eq!(std::fs::read_to_string(root.path().join("a.csv")).unwrap(), "old");
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_an_earlier_run_left_does_not_pass_for_new() {
        let root = tempfile::tempdir().unwrap();
        for name in ["old.png", "a.csv", "mine.txt"] {
            std::fs::write(root.path().join(name), "old").unwrap();
        }
        let finish = |mark| {
            let mut output = Output::prepare(root.path()).unwrap();
            output.add("a.csv", b"new".to_vec());
            output.add("run.json", b"{}".to_vec());
            output.finish(&Earlier { mark, files: ["old.png", "a.csv"].map(str::to_owned).to_vec() }).unwrap()
        };
        // No run has been here: the picture is somebody's own.
        assert_eq!(finish("run.json"), Vec::<String>::new());
        assert_eq!(finish("run.json"), ["old.png"]);
        assert!(!root.path().join("old.png").exists() && root.path().join("mine.txt").exists());
        assert_eq!(std::fs::read_to_string(root.path().join("a.csv")).unwrap(), "new");
    }
}
