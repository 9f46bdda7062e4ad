//! A result on its way to the disk: claimed before anything is computed, staged, then put in place as a whole.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::digest::hexadecimal;
use super::journal::{self, NameStep};
use super::owner::{Earlier, present};
use super::work::Work;
use super::{Claim, CommandKind, FileError, ListedFile, Manifest, Mismatch, disk, place};

/// What a command wants of a folder.
#[derive(Clone, Debug)]
pub struct FolderRequest {
    /// The kind of its results.
    pub kind: CommandKind,
    /// The names that it may write, without its manifest.
    pub names: Vec<String>,
    /// The names that any command of the kind may write: of an earlier result those go that are not written again.
    pub known: Vec<String>,
    /// Files that are read, and never written.
    pub inputs: Vec<PathBuf>,
    /// Whether to replace also what is not known to be an earlier result.
    pub force: bool,
}

/// Called every moment while another command has the folder, and before anything is put in place; an error gives up.
pub type Wait<'a> = &'a mut dyn FnMut() -> Result<(), FileError>;

/// A folder of results in preparation.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    request: FolderRequest,
    /// Folders that did not exist before, outermost first.
    created: Vec<PathBuf>,
    pending: Vec<(String, Vec<u8>)>,
    staged: Vec<ListedFile>,
    /// The staged files that may not be on the disk yet, with the places where they are to stand.
    unsynced: Vec<(File, PathBuf)>,
    work: Option<Work>,
}

/// What became of the files of an earlier result.
#[derive(Debug, Default)]
pub struct Finished {
    /// The manifest's bytes.
    pub manifest: Vec<u8>,
    /// Names of files that were not written again, and were taken away.
    pub removed: Vec<String>,
    /// Names of files that were not written again, and stay, as they were changed.
    pub kept: Vec<String>,
    /// In what the result differs from the one it replaces; empty where there was none.
    pub differences: Vec<Mismatch>,
}

impl Output {
    /// Makes the folder, finishes what an interrupted command left there, and makes sure that the names that are asked
    /// for can be written.
    ///
    /// # Errors
    /// A folder that cannot be, or files that are somebody's own.
    pub fn prepare(folder: &Path, request: FolderRequest, wait: Wait<'_>) -> Result<Output, FileError> {
        let created = missing(folder);
        let (pending, staged, unsynced) = (Vec::new(), Vec::new(), Vec::new());
        let output = Output { folder: folder.to_owned(), request, created, pending, staged, unsynced, work: None };
        std::fs::create_dir_all(folder).map_err(FileError::system(folder))?;
        let work = Work::open(folder, wait)?;
        place::recover(&work, output.request.force)?;
        output.earlier()?.check(folder, &output.request)?;
        Ok(output)
    }

    fn earlier(&self) -> Result<Earlier, FileError> {
        Earlier::find(&self.folder, &self.request)
    }

    /// Adds a file.
    pub fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>) {
        self.pending.push((name.into(), bytes));
    }

    /// Adds a file that is too long to be held in memory. The folder is this process's own from now on.
    ///
    /// # Errors
    /// What `write` says.
    pub fn stream<T>(
        &mut self,
        name: &str,
        wait: Wait<'_>,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<T>,
    ) -> Result<T, FileError> {
        let place = self.folder.join(name);
        let staged = self.work(wait)?.staged(name);
        let file = disk::create(&staged, &place)?;
        let mut out = BufWriter::new(Counted { file, digest: Sha256::new(), bytes: 0 });
        let written = write(&mut out).and_then(|found| out.flush().map(|()| found));
        let written = written.map_err(FileError::system(&place))?;
        let Counted { file, digest, bytes } =
            out.into_inner().map_err(|e| FileError::system(&place)(e.into_error()))?;
        self.unsynced.push((file, place));
        let sha256 = hexadecimal(&digest.finalize());
        self.staged.push(ListedFile { name: name.to_owned(), bytes, sha256 });
        Ok(written)
    }

    /// The hidden folder, locked and cleared.
    fn work(&mut self, wait: Wait<'_>) -> Result<&Work, FileError> {
        if self.work.is_none() {
            let work = Work::open(&self.folder, wait)?;
            place::recover(&work, self.request.force)?;
            work.begin()?;
            self.work = Some(work);
        }
        self.work.as_ref().ok_or(FileError::Interrupted)
    }

    /// Puts all files in their places, with a manifest that says `head` and lists them. What an earlier result has left
    /// and this one did not write goes: it would pass for results of this one.
    ///
    /// # Errors
    /// A full disk, files that somebody has put there meanwhile, the end of the wait. Nothing has changed then, but for
    /// [`FileError::Unfinished`].
    pub fn finish(mut self, head: Map<String, Value>, wait: Wait<'_>) -> Result<Finished, FileError> {
        self.work(wait)?;
        for (name, bytes) in std::mem::take(&mut self.pending) {
            self.stream(&name, wait, |file| file.write_all(&bytes))?;
        }
        let files = self.staged.clone();
        let mut finished = Finished { manifest: Manifest::bytes(head.clone(), &files), ..Finished::default() };
        let bytes = finished.manifest.clone();
        self.stream(self.request.kind.manifest(), wait, |file| file.write_all(&bytes))?;
        disk::sync_all(&std::mem::take(&mut self.unsynced))?;
        let earlier = self.earlier()?;
        let steps = self.steps(&earlier, &mut finished)?;
        finished.differences = earlier.manifest.map(|manifest| manifest.differences(&head)).unwrap_or_default();
        let Some(work) = &self.work else { return Err(FileError::Interrupted) };
        disk::sync_names(&work.path("new"), &work.folder)?;
        wait()?;
        self.carry_out(work, &steps)?;
        self.created.clear();
        Ok(finished)
    }

    /// What becomes of each name; the manifest's last.
    fn steps(&self, earlier: &Earlier, finished: &mut Finished) -> Result<Vec<NameStep>, FileError> {
        let mut steps = self.obsolete(earlier, finished)?;
        let mut claims = Vec::new();
        for file in &self.staged {
            let path = self.folder.join(&file.name);
            claims.extend(earlier.claim(&path, &file.name, &self.request)?.map(|claim| (path.clone(), claim)));
            steps.push(NameStep { name: file.name.clone(), old: present(&path)?, new: Some(file.sha256.clone()) });
        }
        if claims.is_empty() { Ok(steps) } else { Err(FileError::Claimed(claims)) }
    }

    /// The files of an earlier result that are not written again.
    fn obsolete(&self, earlier: &Earlier, finished: &mut Finished) -> Result<Vec<NameStep>, FileError> {
        let mut steps = Vec::new();
        for name in self.request.known.iter().filter(|name| self.staged.iter().all(|file| file.name != **name)) {
            let Some(digest) = present(&self.folder.join(name))? else { continue };
            let listed = earlier.manifest.as_ref().and_then(|manifest| manifest.find(name));
            let is_input = earlier.claim(&self.folder.join(name), name, &self.request)? == Some(Claim::Input);
            match listed {
                _ if is_input => {}
                Some(file) if file.sha256 == digest => {
                    finished.removed.push(name.clone());
                    steps.push(NameStep { name: name.clone(), old: Some(digest), new: None });
                }
                Some(_) => finished.kept.push(name.clone()),
                None if earlier.is_without_digests => finished.kept.push(name.clone()),
                None => {}
            }
        }
        Ok(steps)
    }

    fn carry_out(&self, work: &Work, steps: &[NameStep]) -> Result<(), FileError> {
        // A journal that may be on the disk has to be taken back as well.
        let done = journal::write(work, steps).and_then(|()| place::forward(work, steps, self.request.force));
        let Err(error) = done else {
            // All is in place: what still cannot be cleared at the second try is left to the next command.
            let _ = place::finish(work).or_else(|_| place::finish(work));
            return Ok(());
        };
        match place::back(work, steps).and_then(|()| place::finish(work)) {
            Ok(()) => Err(error),
            Err(_) => Err(FileError::Unfinished { folder: self.folder.clone(), cause: Box::new(error) }),
        }
    }
}

/// A file whose bytes are counted and digested as they are written.
struct Counted {
    file: File,
    digest: Sha256,
    bytes: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.digest.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// The folders on the way to this one that do not exist, outermost first.
fn missing(folder: &Path) -> Vec<PathBuf> {
    let missing = folder.ancestors().take_while(|p| !p.as_os_str().is_empty() && !p.exists());
    let mut missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    missing.reverse();
    missing
}

impl Drop for Output {
    /// Takes back what was staged and not finished. Folders that others have used meanwhile stay.
    fn drop(&mut self) {
        if let Some(work) = self.work.take().filter(|work| !journal::is_in(&work.folder)) {
            let _ = work.clear();
        }
        for folder in self.created.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}
