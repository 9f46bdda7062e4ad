//! Random streams, keyed by what they are for.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// What a stream is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The coordinates of a random variable.
    Variable,
    /// The retrains of an option.
    Retrains,
    /// The orders in which inputs are redrawn.
    Permutations,
    /// The far ends of a random variable.
    Far,
}

/// The key of a stream: a digest, so that similar names share nothing.
pub fn key(seed: u64, purpose: Purpose, name: &str, randomisation: u32) -> [u8; 32] {
    let purpose: u8 = match purpose {
        Purpose::Variable => 0,
        Purpose::Retrains => 1,
        Purpose::Permutations => 2,
        Purpose::Far => 3,
    };
    let mut hasher = Sha256::new();
    hasher.update(b"breakeven stream 1");
    hasher.update(seed.to_le_bytes());
    hasher.update([purpose]);
    hasher.update(randomisation.to_le_bytes());
    hasher.update(name.as_bytes());
    hasher.finalize().into()
}

/// The generator of a block under a key; blocks are disjoint streams of the cipher.
pub fn stream(key: &[u8; 32], block: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::from_seed(*key);
    rng.set_stream(block);
    rng
}

/// The key as words, for permutations and scrambles.
pub(super) fn words(key: &[u8; 32]) -> [u64; 4] {
    let mut words = [0; 4];
    for (word, bytes) in words.iter_mut().zip(key.chunks_exact(8)) {
        *word = bytes.iter().rev().fold(0, |w, b| w << 8 | u64::from(*b));
    }
    words
}
