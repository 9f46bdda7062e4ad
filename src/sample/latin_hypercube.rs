//! Latin hypercubes: each of n equal parts of every axis holds exactly one point.
//!
//! Which part a trial falls into is computed by a permutation of 0..n, so nothing grows with n.

use crate::sample::stream::words;

/// Rounds of the Feistel network; four make a pseudorandom permutation (Luby and Rackoff 1988).
const ROUNDS: usize = 4;

/// The parts of one axis in random order.
#[derive(Clone, Debug)]
pub struct Strata {
    count: u64,
    /// Bits of each half of the network's block; its domain is the least such power of four that holds `count`.
    half: u32,
    keys: [u64; ROUNDS],
}

impl Strata {
    /// The order of `count` parts under a key.
    pub fn new(count: u64, key: &[u8; 32]) -> Strata {
        let bits = 64 - count.saturating_sub(1).leading_zeros();
        Strata { count, half: bits.div_ceil(2).max(1), keys: words(key) }
    }

    /// The part that a trial falls into.
    pub fn of(&self, trial: u64) -> u64 {
        // Walking along the cycle until it is back inside makes a permutation of the domain one of 0..count.
        let mut x = self.network(trial);
        while x >= self.count {
            x = self.network(x);
        }
        x
    }

    fn network(&self, x: u64) -> u64 {
        let mask = (1u64 << self.half) - 1;
        let (mut left, mut right) = (x >> self.half, x & mask);
        for key in self.keys {
            (left, right) = (right, left ^ (mix(right ^ key) & mask));
        }
        left << self.half | right
    }

    /// Turns places within a part, in (0, 1), into coordinates; the first is that of `trial`.
    pub fn place(&self, trial: u64, within: &mut [f64]) {
        let width = 1.0 / self.count as f64;
        for (i, u) in within.iter_mut().enumerate() {
            let part = self.of(trial + i as u64) as f64;
            // Rounding must not carry the last part's points onto 1.
            *u = ((part + *u) * width).min(1.0 - f64::EPSILON / 2.0);
        }
    }
}

/// The finalising mixer of SplitMix64 (Steele, Lea and Flood 2014).
fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_hit_once() {
        for count in [1, 2, 3, 64, 1000, 4097] {
            let strata = Strata::new(count, &[7; 32]);
            let mut seen: Vec<u64> = (0..count).map(|t| strata.of(t)).collect();
            seen.sort_unstable();
            assert!(seen.iter().copied().eq(0..count), "{count}");
        }
    }

    #[test]
    fn the_order_depends_on_the_key() {
        let order = |k: u8| (0..100).map(|t| Strata::new(100, &[k; 32]).of(t)).collect::<Vec<_>>();
        assert_ne!(order(1), order(2));
        assert_ne!(order(1), (0..100).collect::<Vec<_>>());
    }
}
