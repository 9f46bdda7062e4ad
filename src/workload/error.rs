//! Why a log says nothing of a month to come.

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkloadError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

pub(super) fn refuse<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, WorkloadError> {
    Err(WorkloadError { message: message.into(), help: help.into() })
}
