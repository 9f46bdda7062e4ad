//! Writing a part.

use std::io::{Error, Write};

use sha2::{Digest, Sha256};

use super::MAGIC;
use super::header::PartHeader;
use super::record::encode;
use crate::sweep::PointOutcome;

/// A part that is being written.
pub struct PartWriter<W> {
    out: W,
    digest: Sha256,
    size: [usize; 2],
}

impl<W: Write> PartWriter<W> {
    /// Begins a part.
    ///
    /// # Errors
    /// What `out` says.
    pub fn begin(out: W, header: &PartHeader) -> Result<PartWriter<W>, Error> {
        let mut writer = PartWriter { out, digest: Sha256::new(), size: header.size };
        let text = header.text();
        writer.write(MAGIC)?;
        writer.write(&(text.len() as u32).to_le_bytes())?;
        writer.write(text.as_bytes())?;
        Ok(writer)
    }

    /// Adds the next point.
    ///
    /// # Errors
    /// What `out` says.
    pub fn put(&mut self, point: usize, outcome: &PointOutcome) -> Result<(), Error> {
        self.write(&encode(point, outcome, self.size))
    }

    /// Ends the part.
    ///
    /// # Errors
    /// What `out` says.
    pub fn finish(mut self) -> Result<W, Error> {
        let digest = self.digest.finalize();
        self.out.write_all(&digest)?;
        Ok(self.out)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.digest.update(bytes);
        self.out.write_all(bytes)
    }
}
