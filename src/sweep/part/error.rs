//! Why a part is refused.

use std::fmt;

use crate::diagnostic::system_words;

/// Why a part cannot be used.
#[derive(Debug)]
pub enum PartError {
    /// The system refuses to read it.
    Unreadable(std::io::Error),
    /// It is no part.
    Foreign,
    /// It is not as it was written: a digest differs, or the end is missing.
    Damaged,
    /// It is one of another sweep; in what they differ.
    Other(Vec<String>),
}

impl fmt::Display for PartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartError::Unreadable(error) => write!(f, "cannot be read: {}", system_words(error)),
            PartError::Foreign => f.write_str("is no part of a sweep"),
            PartError::Damaged => f.write_str("is damaged: it is not as it was written"),
            PartError::Other(differences) => write!(f, "is of another {}", differences.join(", and another ")),
        }
    }
}

impl std::error::Error for PartError {}
