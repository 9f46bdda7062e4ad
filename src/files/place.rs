//! Carrying out a journal, forwards or back.
//!
//! A new file is staged or in its place, an old one in its place or kept: from where they are it follows what is left to
//! do, so that either way can be gone from anywhere, any number of times.

use super::journal::{self, NameStep};
use super::owner::present;
use super::work::Work;
use super::{Claim, FileError, disk};

/// Takes away what is old, the manifest first, then puts in place what is new, the manifest last. `force` also moves what
/// somebody has put there meanwhile.
///
/// # Errors
/// What the system says, or a file that was changed after the journal was written.
pub fn forward(work: &Work, steps: &[NameStep], force: bool) -> Result<(), FileError> {
    for step in steps.iter().rev() {
        take_away(work, step, force)?;
    }
    disk::sync_names(&work.folder, &work.folder)?;
    let Some((manifest, others)) = steps.split_last() else { return Ok(()) };
    for step in others {
        put(work, step)?;
    }
    disk::sync_names(&work.folder, &work.folder)?;
    put(work, manifest)?;
    disk::sync_names(&work.folder, &work.folder)
}

fn take_away(work: &Work, step: &NameStep, force: bool) -> Result<(), FileError> {
    let place = work.place(&step.name);
    let is_placed = step.new.is_some() && !is_there(work.staged(&step.name));
    let Some(digest) = present(&place)?.filter(|_| !is_placed) else { return Ok(()) };
    let is_old = step.old.as_ref() == Some(&digest);
    match is_old || force && step.new.is_some() {
        true => disk::rename(&place, &work.kept(&step.name), &place),
        // What would only go may stay.
        false if step.new.is_none() => Ok(()),
        false => Err(FileError::Claimed(vec![(place, Claim::Changed)])),
    }
}

fn put(work: &Work, step: &NameStep) -> Result<(), FileError> {
    let (staged, place) = (work.staged(&step.name), work.place(&step.name));
    match step.new.is_some() && is_there(&staged) {
        true if is_there(&place) => Err(FileError::Claimed(vec![(place, Claim::Foreign)])),
        true => disk::rename(&staged, &place, &place),
        false => Ok(()),
    }
}

/// Takes back all that was done: new files are staged again, old ones in their places, the manifest last.
///
/// # Errors
/// What the system says.
pub fn back(work: &Work, steps: &[NameStep]) -> Result<(), FileError> {
    for step in steps.iter().rev().filter(|step| step.new.is_some()) {
        let (staged, place) = (work.staged(&step.name), work.place(&step.name));
        if !is_there(&staged) && is_there(&place) {
            disk::rename(&place, &staged, &place)?;
        }
    }
    for step in steps {
        let (kept, place) = (work.kept(&step.name), work.place(&step.name));
        if is_there(&kept) {
            disk::rename(&kept, &place, &place)?;
        }
    }
    disk::sync_names(&work.folder, &work.folder)
}

/// Finishes what an interrupted command began, or clears it up.
///
/// # Errors
/// What [`forward`] says.
pub fn recover(work: &Work, force: bool) -> Result<(), FileError> {
    if let Some(steps) = journal::read(work) {
        forward(work, &steps, force)?;
    } else if journal::is_in(&work.folder) {
        restore(work)?;
    }
    finish(work)
}

/// The journal cannot be read: old files go back to where nothing else stands.
fn restore(work: &Work) -> Result<(), FileError> {
    for entry in std::fs::read_dir(work.path("old")).into_iter().flatten().flatten() {
        let place = work.folder.join(entry.file_name());
        if !is_there(&place) {
            disk::rename(&entry.path(), &place, &place)?;
        }
    }
    Ok(())
}

/// Forgets the journal, and then what it spoke of.
///
/// # Errors
/// What the system says.
pub fn finish(work: &Work) -> Result<(), FileError> {
    if journal::is_in(&work.folder) {
        journal::close(work)?;
    }
    work.clear()
}

fn is_there(path: impl AsRef<std::path::Path>) -> bool {
    path.as_ref().symlink_metadata().is_ok()
}
