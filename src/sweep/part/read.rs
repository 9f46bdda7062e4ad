//! Reading a part: all of it for its digest, then some records at a time.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{Error, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::header::PartHeader;
use super::record::{Record, decode, size};
use super::{DIGEST, LARGEST_HEADER, MAGIC, PartError};
use crate::sweep::{PointOutcome, Shard};

/// Records that are at hand: the file is opened for them and closed again, as there may be more parts than a process may
/// have files open.
const CHUNK: u64 = 64;

/// A part that is as it was written.
#[derive(Debug)]
pub struct Part {
    path: PathBuf,
    header: PartHeader,
    /// Where its records begin.
    begin: u64,
    /// How many there are.
    records: u64,
    /// How many were read.
    read: u64,
    at_hand: VecDeque<Record>,
    /// The first point that may come next.
    next: usize,
}

impl Part {
    /// Opens a part of a sweep, whatever its points.
    ///
    /// # Errors
    /// A file that cannot be read, that is no part, damaged, or of another sweep.
    pub fn open(path: &Path, sweep: &PartHeader) -> Result<Part, PartError> {
        let meta = std::fs::metadata(path).map_err(PartError::Unreadable)?;
        if !meta.is_file() {
            return Err(PartError::Foreign);
        }
        let mut file = File::open(path).map_err(PartError::Unreadable)?;
        let (text, begin) = read_header(&mut file, meta.len())?;
        check_digest(&mut file, meta.len())?;
        let header = sweep.of(sweep.shard_of(&text)?);
        let length = meta.len() - begin - DIGEST as u64;
        let size = size(header.size) as u64;
        if !length.is_multiple_of(size) {
            return Err(PartError::Damaged);
        }
        let records = length / size;
        Ok(Part { path: path.to_owned(), header, begin, records, read: 0, at_hand: VecDeque::new(), next: 0 })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Which points it is of.
    pub fn shard(&self) -> Shard {
        self.header.shard
    }

    /// How many of its points are finished, and how many there are.
    pub fn finished(&self) -> [usize; 2] {
        let all = self.shard().points(self.header.points).count();
        [usize::try_from(self.records).unwrap_or(usize::MAX), all]
    }

    /// What came of a point, if it is finished. Points are asked for in rising order.
    ///
    /// # Errors
    /// A file that cannot be read any more, or whose records are not in order.
    pub fn get(&mut self, point: usize) -> Result<Option<PointOutcome>, PartError> {
        if self.at_hand.is_empty() && self.read < self.records {
            self.fetch()?;
        }
        match self.at_hand.front() {
            Some((next, _)) if *next == point => Ok(self.at_hand.pop_front().map(|(_, outcome)| outcome)),
            _ => Ok(None),
        }
    }

    /// Reads the next records.
    fn fetch(&mut self) -> Result<(), PartError> {
        let size = size(self.header.size);
        let count = CHUNK.min(self.records - self.read);
        let mut file = File::open(&self.path).map_err(PartError::Unreadable)?;
        file.seek(SeekFrom::Start(self.begin + self.read * size as u64)).map_err(PartError::Unreadable)?;
        let mut bytes = vec![0; size * count as usize];
        file.read_exact(&mut bytes).map_err(ended)?;
        for bytes in bytes.chunks(size) {
            let record = decode(bytes, self.header.size).ok_or(PartError::Damaged)?;
            let is_own = record.0 < self.header.points
                && Shard::with(record.0, self.shard().count()) == self.shard()
                && record.0 >= self.next;
            if !is_own {
                return Err(PartError::Damaged);
            }
            self.next = record.0 + 1;
            self.at_hand.push_back(record);
        }
        self.read += count;
        Ok(())
    }
}

/// The header's text, and where it ends.
fn read_header(file: &mut File, length: u64) -> Result<(Vec<u8>, u64), PartError> {
    let mut magic = [0; MAGIC.len()];
    match file.read_exact(&mut magic) {
        Ok(()) if magic == *MAGIC => {}
        Err(error) if error.kind() != ErrorKind::UnexpectedEof => return Err(PartError::Unreadable(error)),
        _ => return Err(PartError::Foreign),
    }
    let mut claimed = [0; 4];
    file.read_exact(&mut claimed).map_err(ended)?;
    let claimed = u32::from_le_bytes(claimed);
    let begin = (MAGIC.len() + 4) as u64 + u64::from(claimed);
    if claimed > LARGEST_HEADER || begin + DIGEST as u64 > length {
        return Err(PartError::Damaged);
    }
    let mut text = vec![0; claimed as usize];
    file.read_exact(&mut text).map_err(ended)?;
    Ok((text, begin))
}

/// Whether the file ends with the digest of all before it.
fn check_digest(file: &mut File, length: u64) -> Result<(), PartError> {
    file.seek(SeekFrom::Start(0)).map_err(PartError::Unreadable)?;
    let mut left = length - DIGEST as u64;
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; 64 << 10];
    while left > 0 {
        let most = chunk.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        match file.read(&mut chunk[..most]).map_err(PartError::Unreadable)? {
            0 => return Err(PartError::Damaged),
            n => {
                hasher.update(&chunk[..n]);
                left -= n as u64;
            }
        }
    }
    let mut digest = [0; DIGEST];
    file.read_exact(&mut digest).map_err(ended)?;
    if digest == *hasher.finalize() { Ok(()) } else { Err(PartError::Damaged) }
}

fn ended(error: Error) -> PartError {
    if error.kind() == ErrorKind::UnexpectedEof { PartError::Damaged } else { PartError::Unreadable(error) }
}
