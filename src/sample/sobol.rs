//! Sobol points with Joe and Kuo's directions, scrambled after Owen.
//!
//! Directions: S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J.
//! Sci. Comput. 30 (2008), from their list `new-joe-kuo-6.21201`. The scramble is a hash that flips each bit
//! depending on all higher ones (S. Laine and T. Karras 2011, constants by N. Vegdahl 2021): nested uniform
//! scrambling with one hash for all nodes of the tree.

use super::BLOCK;
use super::stream::words;
use crate::vector::kernels;

/// Joe and Kuo's numbers, one line per dimension from the second on: degree, coefficients, initial directions.
const TABLE: &str = include_str!("joe_kuo.txt");
/// Dimensions that the table serves.
pub const DIMENSIONS: usize = 2048;
const BITS: usize = 32;
/// Points whose differences from a first one are tabled: the least part of a block that can be filled by itself.
pub const GROUP: usize = 64;
/// How many such groups a block has.
const GROUPS: usize = BLOCK / GROUP;

/// The direction numbers of a dimension, most significant bit first.
type Directions = [u32; BITS];

/// The points of one dimension before they are scrambled.
///
/// They come in Gray code order. A point is linear over bits in its number, so the points of a block differ from the
/// block's first by a pattern that is the same in every block. All bits are kept in reverse, as the scramble takes them.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// By bit of a point's number: the bits it flips.
    flips: Directions,
    /// What numbers 0..GROUP flip, and what multiples of GROUP below BLOCK do.
    low: [u32; GROUP],
    high: [u32; GROUPS],
}

impl Pattern {
    fn new(directions: &Directions) -> Pattern {
        let gray = |k: usize| directions[k] ^ if k > 0 { directions[k - 1] } else { 0 };
        let flips = std::array::from_fn(|k| gray(k).reverse_bits());
        let mut pattern = Pattern { flips, low: [0; GROUP], high: [0; GROUPS] };
        pattern.low = std::array::from_fn(|i| pattern.point(i as u64));
        pattern.high = std::array::from_fn(|i| pattern.point((i * GROUP) as u64));
        pattern
    }

    /// The point of a number, its bits reversed.
    fn point(&self, number: u64) -> u32 {
        (0..BITS).filter(|k| number >> k & 1 == 1).fold(0, |x, k| x ^ self.flips[k])
    }
}

/// One scrambled dimension.
#[derive(Clone, Debug)]
pub struct Dimension {
    pattern: Pattern,
    seed: u32,
    tail: u32,
}

impl Dimension {
    /// A dimension with these points, scrambled under a key.
    pub fn new(pattern: Pattern, key: &[u8; 32]) -> Dimension {
        let [a, b, ..] = words(key);
        Dimension { pattern, seed: a as u32, tail: b as u32 }
    }

    /// Fills the coordinates of a block's points from number `first` on, a multiple of [`GROUP`].
    pub fn fill(&self, block: u64, first: usize, out: &mut [f64]) {
        let start = self.pattern.point(block * BLOCK as u64);
        let groups = &self.pattern.high[first / GROUP..];
        scrambled(start, (groups, &self.pattern.low), [self.seed, self.tail], out);
    }
}

kernels! {
    /// Owen scrambling by a hash, from reversed bits to coordinates.
    ///
    /// Below the 32 scrambled bits come 20 hashed ones: without them no coordinate would come nearer to 0 than 1.2e-10.
    fn scrambled(first: u32, flips: (&[u32], &[u32; GROUP]), keys: [u32; 2], out: &mut [f64]) {
        let ([seed, tail], (highs, lows)) = (keys, flips);
        for (high, group) in highs.iter().zip(out.chunks_mut(GROUP)) {
            for (low, u) in lows.iter().zip(group) {
                let mut n = first ^ high ^ low;
                n ^= n.wrapping_mul(0x3d20_adea);
                n = n.wrapping_add(seed);
                n = n.wrapping_mul((seed >> 16) | 1);
                n ^= n.wrapping_mul(0x0552_6c56);
                n ^= n.wrapping_mul(0x53a2_2864);
                let mut below = (n ^ tail).wrapping_mul(0x9e37_79b1);
                below ^= below >> 15;
                below = below.wrapping_mul(0x85eb_ca6b);
                *u = super::open(u64::from(n.reverse_bits()) << 32 | u64::from(below));
            }
        }
    }
}

/// The points of some dimensions, from 0; `None` for those beyond the table. The table is read once.
pub fn patterns(dimensions: &[usize]) -> Vec<Option<Pattern>> {
    let lines: Vec<&str> = TABLE.lines().filter(|l| !l.starts_with('#')).collect();
    let of = |dimension: usize| match dimension.checked_sub(1) {
        None => Some(std::array::from_fn(|k| 1 << (BITS - 1 - k))),
        Some(line) => parse(lines.get(line)?),
    };
    dimensions.iter().map(|d| of(*d).map(|directions| Pattern::new(&directions))).collect()
}

fn parse(line: &str) -> Option<Directions> {
    let numbers: Vec<u32> = line.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    let (&degree, rest) = numbers.split_first()?;
    let (&coefficients, initial) = rest.split_first()?;
    let mut directions = [0; BITS];
    for k in 0..BITS {
        directions[k] = match initial.get(k) {
            Some(m) => m << (BITS - 1 - k),
            None => recurrence(&directions, k, degree as usize, coefficients),
        };
    }
    Some(directions)
}

/// Bratley and Fox's recurrence for a primitive polynomial with inner coefficients packed into `coefficients`.
fn recurrence(v: &[u32; BITS], k: usize, degree: usize, coefficients: u32) -> u32 {
    let inner = (1..degree).filter(|j| coefficients >> (degree - 1 - j) & 1 == 1);
    inner.fold(v[k - degree] ^ (v[k - degree] >> degree), |x, j| x ^ v[k - j])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unscrambled(dimension: usize, number: u64) -> f64 {
        let pattern = patterns(&[dimension])[0].clone().unwrap();
        f64::from(pattern.point(number).reverse_bits()) / 4_294_967_296.0
    }

    fn scrambled(dimension: usize, key: u8) -> Dimension {
        Dimension::new(patterns(&[dimension])[0].clone().unwrap(), &[key; 32])
    }

    #[test]
    fn first_points_are_joe_and_kuos() {
        let expected = [
            [0.0, 0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25, 0.25],
            [0.25, 0.75, 0.75, 0.75],
            [0.375, 0.375, 0.625, 0.875],
            [0.875, 0.875, 0.125, 0.375],
            [0.625, 0.125, 0.875, 0.625],
            [0.125, 0.625, 0.375, 0.125],
        ];
        for (number, point) in expected.iter().enumerate() {
            for (dimension, x) in point.iter().enumerate() {
                assert_eq!(unscrambled(dimension, number as u64), *x, "point {number}, dimension {dimension}");
            }
        }
    }

    #[test]
    fn the_table_is_whole() {
        let found = patterns(&[DIMENSIONS - 1, DIMENSIONS]);
        assert!(found[0].is_some() && found[1].is_none());
    }

    #[test]
    fn scrambling_keeps_every_elementary_interval() {
        // Of the first 2^k points of any dimension, each of 2^k equal parts holds exactly one, scrambled or not.
        for dimension in [0, 1, 5, 100, 2000] {
            let mut u = vec![0.0; 256];
            scrambled(dimension, dimension as u8).fill(0, 0, &mut u);
            let mut parts: Vec<u32> = u.iter().map(|u| (u * 256.0) as u32).collect();
            parts.sort_unstable();
            assert!(parts.into_iter().eq(0..256), "{dimension}");
        }
    }

    #[test]
    fn scrambling_keeps_every_elementary_interval_beyond_a_block() {
        let dimension = scrambled(3, 9);
        let mut u = vec![0.0; 4 * BLOCK];
        for (block, part) in u.chunks_mut(BLOCK).enumerate() {
            dimension.fill(block as u64, 0, part);
        }
        let mut parts: Vec<u32> = u.iter().map(|u| (u * 4096.0) as u32).collect();
        parts.sort_unstable();
        assert!(parts.into_iter().eq(0..4096));
    }
}
