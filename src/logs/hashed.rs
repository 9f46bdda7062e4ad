//! The digest of what is read, while it is read.

use std::io::Read;

use sha2::{Digest, Sha256};

/// A source of bytes that remembers the digest of those it gave.
pub struct Hashed<R> {
    source: R,
    digest: Sha256,
}

impl<R: Read> Hashed<R> {
    /// Nothing has been read yet.
    pub fn new(source: R) -> Hashed<R> {
        Hashed { source, digest: Sha256::new() }
    }

    /// SHA-256 of all bytes that were read.
    pub fn digest(self) -> [u8; 32] {
        self.digest.finalize().into()
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.digest.update(&buffer[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_of_every_byte() {
        let text = b"1;2\n".repeat(40_000);
        let mut source = Hashed::new(text.as_slice());
        std::io::copy(&mut source, &mut std::io::sink()).unwrap();
        assert_eq!(source.digest(), <[u8; 32]>::from(Sha256::digest(&text)));
    }
}
