//! The journal: what becomes of each name, from before the first file is moved until the last one is in place.

use std::path::Path;

use serde_json::{Value, json};

use super::work::Work;
use super::{FileError, digest, disk};

/// Its name in the hidden folder.
const NAME: &str = "journal.json";
/// Its name while it is written.
const DRAFT: &str = "journal.tmp";

/// What becomes of one name; digests are in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameStep {
    /// The name.
    pub name: String,
    /// Of the file that is there and goes.
    pub old: Option<String>,
    /// Of the file that comes.
    pub new: Option<String>,
}

/// Writes the journal; from then on the steps are carried out, by whomever. The last one is of the manifest.
///
/// # Errors
/// What the system says.
pub fn write(work: &Work, steps: &[NameStep]) -> Result<(), FileError> {
    let step = |s: &NameStep| json!({ "name": s.name, "old": s.old, "new": s.new });
    let text = digest::seal(&format!("{:#}", json!({ "steps": steps.iter().map(step).collect::<Vec<_>>() })));
    let draft = work.path(DRAFT);
    disk::remove(&draft)?;
    let mut file = disk::create(&draft, &work.folder)?;
    disk::write(&mut file, text.as_bytes(), &work.folder)?;
    disk::sync(&file, &work.folder)?;
    disk::rename(&draft, &work.path(NAME), &work.folder)?;
    disk::sync_names(&work.path(""), &work.folder)
}

/// Whether there is one in a folder of results.
pub fn is_in(folder: &Path) -> bool {
    folder.join(super::work::NAME).join(NAME).symlink_metadata().is_ok()
}

/// The steps of the journal; `None` where there is none, or where it is not as it was written.
pub fn read(work: &Work) -> Option<Vec<NameStep>> {
    let text = std::fs::read_to_string(work.path(NAME)).ok().filter(|text| digest::is_sealed(text))?;
    let whole: Value = serde_json::from_str(&text).ok()?;
    let text = |step: &Value, key: &str| step.get(key).and_then(Value::as_str).map(str::to_owned);
    let step = |step: &Value| {
        let name =
            text(step, "name").filter(|name| !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']))?;
        Some(NameStep { name, old: text(step, "old"), new: text(step, "new") })
    };
    whole.get("steps")?.as_array()?.iter().map(step).collect()
}

/// Takes it away: all is done.
///
/// # Errors
/// What the system says.
pub fn close(work: &Work) -> Result<(), FileError> {
    disk::remove(&work.path(NAME))?;
    disk::sync_names(&work.path(""), &work.folder)
}
