//! A scenario to start from, written where nothing is lost by it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{FileError, place_new};
use crate::scenario::Template;

/// Why a scenario to start from is not written; nothing is, then.
#[derive(Debug)]
pub enum StartError {
    /// These places are taken by other files.
    Taken(Vec<PathBuf>),
    /// The system refuses.
    Write(FileError),
}

impl From<FileError> for StartError {
    fn from(error: FileError) -> StartError {
        match error {
            // Somebody was faster. With a file in the way of its folder, the place itself is free.
            FileError::System { path, source }
                if source.kind() == ErrorKind::AlreadyExists && path.symlink_metadata().is_ok() =>
            {
                StartError::Taken(vec![path])
            }
            error => StartError::Write(error),
        }
    }
}

/// Writes a template as `file`, and the data it reads beside it. Its comments call the file `called`. Returns what was
/// written: data that is there already stays.
///
/// # Errors
/// Files in the way, unless they may be replaced, and places that cannot be written.
pub fn start(template: &Template, file: &Path, called: &str, replace: bool) -> Result<Vec<PathBuf>, StartError> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file.file_name().map(PathBuf::from).unwrap_or_default();
    // The scenario comes last: where it is, all that it reads is.
    let data = template.data.iter().map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec()));
    let data = data.filter(|(name, bytes)| std::fs::read(folder.join(name)).ok().as_ref() != Some(bytes));
    let files: Vec<(PathBuf, Vec<u8>)> = data.chain([(name, template.text(called).into_bytes())]).collect();
    let written: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    // Links that lead nowhere are in the way as well.
    let taken = written.iter().filter(|path| !replace && path.symlink_metadata().is_ok());
    let taken: Vec<PathBuf> = taken.cloned().collect();
    if !taken.is_empty() {
        return Err(StartError::Taken(taken));
    }
    place_new(folder, &files, replace)?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small_model() -> Template {
        Template::ALL[1]
    }

    #[test]
    fn nothing_is_replaced_unasked_and_nothing_half_done() {
        let root = tempfile::tempdir().unwrap();
        let [file, data] = ["a/s.toml", "a/data/usage.csv"].map(|name| root.path().join(name));
        assert_eq!(start(&small_model(), &file, "s", false).unwrap(), [data.clone(), file.clone()]);
        let again = start(&small_model(), &file, "s", false);
        assert!(matches!(again, Err(StartError::Taken(taken)) if taken == [file.clone()]));
        // The same data may stay, other data may not be replaced.
        assert_eq!(start(&small_model(), &root.path().join("a/t.toml"), "t", false).unwrap().len(), 1);
        std::fs::write(&data, "mine").unwrap();
        let other = root.path().join("a/u.toml");
        assert!(matches!(start(&small_model(), &other, "u", false), Err(StartError::Taken(taken)) if taken == [data]));
        assert!(!other.exists());
        assert_eq!(start(&small_model(), &other, "u", true).unwrap().len(), 2);
    }

    #[test]
    fn where_one_file_cannot_be_placed_none_is() {
        let root = tempfile::tempdir().unwrap();
        // A file where the folder of the data would be.
        std::fs::write(root.path().join("data"), "").unwrap();
        assert!(start(&small_model(), &root.path().join("s.toml"), "s", false).is_err());
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
