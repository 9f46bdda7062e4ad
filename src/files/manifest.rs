//! What a command has written: its files with digests, and all that their bytes depend on.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::digest::{self, of_bytes};
use super::{CommandKind, FileError};

/// Largest manifest that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// A file that a manifest lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFile {
    /// Its name in the folder.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// SHA-256 of them, in hexadecimal.
    pub sha256: String,
}

/// A manifest that was read.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// All that it says.
    pub head: Map<String, Value>,
    /// The files that it lists; `None` for one of a version that kept no digests.
    pub files: Option<Vec<ListedFile>>,
    /// Whether it is as it was written.
    pub is_whole: bool,
    /// SHA-256 of its own bytes.
    pub sha256: String,
}

/// Something in which two results differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What.
    pub what: String,
    /// What it was, and what it is now; `None` where it was not given.
    pub values: [Option<String>; 2],
}

impl Manifest {
    /// The bytes of a manifest that says `head` and lists some files.
    pub fn bytes(head: Map<String, Value>, files: &[ListedFile]) -> Vec<u8> {
        let file = |f: &ListedFile| json!({ "name": f.name, "bytes": f.bytes, "sha256": f.sha256 });
        let mut whole = head;
        whole.insert("files".to_owned(), files.iter().map(file).collect());
        digest::seal(&format!("{:#}", Value::Object(whole))).into_bytes()
    }

    /// Reads the manifest of a kind in a folder; `None` where there is none, or what is there is none.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(folder: &Path, kind: CommandKind) -> Result<Option<Manifest>, FileError> {
        let path = folder.join(kind.manifest());
        if !path.symlink_metadata().is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST) {
            return Ok(None);
        }
        let bytes = std::fs::read(&path).map_err(FileError::system(&path))?;
        Ok(Manifest::parse(&bytes))
    }

    fn parse(bytes: &[u8]) -> Option<Manifest> {
        let text = std::str::from_utf8(bytes).ok()?;
        let Ok(Value::Object(head)) = serde_json::from_str(text) else { return None };
        head.get("scenario_hash")?.as_str()?;
        let files = head.get("files").map(|files| files.as_array()?.iter().map(listed).collect::<Option<Vec<_>>>());
        let (files, is_whole) = match files {
            None => (None, true),
            Some(files) => (Some(files?), digest::is_sealed(text)),
        };
        Some(Manifest { head, files, is_whole, sha256: of_bytes(bytes) })
    }

    /// What it says of a file.
    pub fn find(&self, name: &str) -> Option<&ListedFile> {
        self.files.as_ref()?.iter().find(|file| file.name == name)
    }

    /// In what the scenario or the options of another result of the kind differ.
    pub fn differences(&self, head: &Map<String, Value>) -> Vec<Mismatch> {
        let options = |head: &Map<String, Value>| head.get("arguments").and_then(Value::as_object).cloned();
        let [was, is] = [options(&self.head), options(head)].map(Option::unwrap_or_default);
        let new = is.keys().filter(|key| !was.contains_key(*key));
        let mut found: Vec<Mismatch> = was
            .keys()
            .chain(new)
            .filter(|key| was.get(*key) != is.get(*key))
            .map(|key| Mismatch { what: format!("--{key}"), values: [was.get(key), is.get(key)].map(|v| v.map(shown)) })
            .collect();
        // The hash covers what is set as well.
        let hash = |head: &Map<String, Value>| head.get("scenario_hash").map(shown);
        if hash(&self.head) != hash(head) && was.get("set") == is.get("set") {
            found.insert(0, Mismatch { what: "scenario".to_owned(), values: [None, None] });
        }
        found
    }
}

fn listed(value: &Value) -> Option<ListedFile> {
    let name = value.get("name")?.as_str()?;
    // A name that leads out of the folder is none of ours.
    let is_plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']);
    let (bytes, sha256) = (value.get("bytes")?.as_u64()?, value.get("sha256")?.as_str()?);
    is_plain.then(|| ListedFile { name: name.to_owned(), bytes, sha256: sha256.to_owned() })
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
