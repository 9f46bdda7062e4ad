//! Files of a user's own, such as a scenario to start from: put where nothing is lost by it.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::FileError;

/// Puts files in their places below a folder, all or, where one cannot be, none. Those that are there are replaced only if
/// that is wanted.
///
/// # Errors
/// What the system says, such as that a place is taken.
pub fn place_new(folder: &Path, files: &[(PathBuf, Vec<u8>)], replace: bool) -> Result<(), FileError> {
    let mut ready = Vec::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        let fail = |error| FileError::system(&path)(error);
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent).map_err(fail)?;
        let mut file = temporary(parent).map_err(fail)?;
        // Errors of the temporary file would name it, which means nothing to anybody.
        file.as_file_mut().write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(fail)?;
        ready.push((file, path));
    }
    if let Some((_, path)) = ready.iter().find(|(_, path)| path.is_dir()) {
        return Err(FileError::system(path)(std::io::ErrorKind::IsADirectory.into()));
    }
    let mut placed: Vec<PathBuf> = Vec::new();
    for (file, path) in ready {
        let done = if replace { file.persist(&path) } else { file.persist_noclobber(&path) };
        if let Err(error) = done {
            placed.iter().filter(|_| !replace).for_each(|path| drop(std::fs::remove_file(path)));
            return Err(FileError::system(path)(error.error));
        }
        placed.push(path);
    }
    Ok(())
}

/// A file that is written beside its place, and takes it when it is whole.
#[derive(Debug)]
pub struct NewFile {
    file: BufWriter<NamedTempFile>,
    place: PathBuf,
}

impl NewFile {
    /// Begins a file; its folder is made if need be.
    ///
    /// # Errors
    /// What the system says.
    pub fn beside(place: &Path) -> Result<NewFile, FileError> {
        let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = std::fs::create_dir_all(parent).and_then(|()| temporary(parent));
        let file = BufWriter::new(file.map_err(FileError::system(place))?);
        Ok(NewFile { file, place: place.to_owned() })
    }

    /// Puts it in its place, whatever was there.
    ///
    /// # Errors
    /// What the system says.
    pub fn take_place(self) -> Result<(), FileError> {
        let fail = |error: std::io::Error| FileError::system(&self.place)(error);
        let file = self.file.into_inner().map_err(|error| fail(error.into_error()))?;
        file.as_file().sync_all().map_err(fail)?;
        file.persist(&self.place).map(drop).map_err(|error| fail(error.error))
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
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
    builder.tempfile_in(folder).map_err(|error| match error.raw_os_error() {
        Some(code) => std::io::Error::from_raw_os_error(code),
        None => error.kind().into(),
    })
}
