//! Records that were written twice: by their identifiers, of which a fixed number is remembered.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// Identifiers that are remembered, which take up to 300 MB.
const REMEMBERED: usize = 1 << 24;

/// The identifiers seen so far, as hashes of 64 bits.
#[derive(Default)]
pub struct Identities {
    seen: HashSet<u64, BuildHasherDefault<AsItIs>>,
    is_full: bool,
}

impl Identities {
    /// Whether an identifier is new. Once as many are remembered as can be, those that are not among them always are.
    pub fn is_new(&mut self, id: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let hash = hasher.finish();
        if self.seen.len() < REMEMBERED {
            return self.seen.insert(hash);
        }
        let is_new = !self.seen.contains(&hash);
        self.is_full |= is_new;
        is_new
    }

    /// Whether some identifiers could not be remembered.
    pub fn is_full(&self) -> bool {
        self.is_full
    }
}

/// What is a hash already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
