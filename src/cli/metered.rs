//! A file or a pipe that says how far it was read.

use std::fs::File;
use std::io::{Read, Result};

use super::progress::Meter;

/// Bytes of what is counted.
const MEGABYTE: u64 = 1_000_000;

/// A source of bytes with a meter.
pub struct Metered<R> {
    source: R,
    meter: Meter,
    /// Bytes that are not yet a whole megabyte.
    rest: u64,
}

impl Metered<File> {
    /// A file, whose size is known if it is a regular one.
    pub fn file(file: File, name: &str) -> Metered<File> {
        let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|meta| meta.len() / MEGABYTE);
        let meter = match size {
            Some(size) if size > 0 => Meter::new(size, "MB", format!("{size} MB of {name}"), false),
            _ => Meter::endless("MB"),
        };
        Metered { source: file, meter, rest: 0 }
    }
}

impl<R: Read> Metered<R> {
    /// What comes through a pipe.
    pub fn pipe(source: R) -> Metered<R> {
        Metered { source, meter: Meter::endless("MB"), rest: 0 }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.source.read(buffer)?;
        self.rest += read as u64;
        if self.rest >= MEGABYTE {
            self.meter.advance(self.rest / MEGABYTE);
            self.rest %= MEGABYTE;
        }
        Ok(read)
    }
}
