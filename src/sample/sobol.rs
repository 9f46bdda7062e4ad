//! Sobol points with Joe and Kuo's directions, scrambled after Owen.
//!
//! Directions: S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J.
//! Sci. Comput. 30 (2008), from their list `new-joe-kuo-6.21201`. The scramble is a hash that flips each bit
//! depending on all higher ones (S. Laine and T. Karras 2011, constants by N. Vegdahl 2021): nested uniform
//! scrambling with one hash for all nodes of the tree.

use super::stream::words;

/// Joe and Kuo's numbers, one line per dimension from the second on: degree, coefficients, initial directions.
const TABLE: &str = include_str!("joe_kuo.txt");
/// Dimensions that the table serves.
pub const DIMENSIONS: usize = 2048;
const BITS: usize = 32;

/// The direction numbers of a dimension, most significant bit first.
pub type Directions = [u32; BITS];

/// One scrambled dimension.
#[derive(Clone, Debug)]
pub struct Dimension {
    directions: Directions,
    seed: u32,
    tail: u64,
}

impl Dimension {
    /// A dimension with these directions, scrambled under a key.
    pub fn new(directions: Directions, key: &[u8; 32]) -> Dimension {
        let [a, b, ..] = words(key);
        Dimension { directions, seed: a as u32, tail: b }
    }

    /// Fills the coordinates of consecutive points, from `first` on.
    pub fn fill(&self, first: u64, out: &mut [f64]) {
        let mut x = self.point(first);
        for (i, u) in out.iter_mut().enumerate() {
            let scrambled = scramble(x, self.seed);
            *u = super::open(u64::from(scrambled) << 32 | self.low_bits(scrambled));
            // In Gray code order the next point differs in one direction.
            x ^= self.directions[((first + i as u64 + 1).trailing_zeros() as usize).min(BITS - 1)];
        }
    }

    /// The point of a number, unscrambled.
    fn point(&self, number: u64) -> u32 {
        let gray = number ^ (number >> 1);
        (0..BITS).filter(|k| gray >> k & 1 == 1).fold(0, |x, k| x ^ self.directions[k])
    }

    /// 32 more bits below the scrambled ones: without them no coordinate would come nearer to 0 than 1.2e-10.
    fn low_bits(&self, scrambled: u32) -> u64 {
        let x = (u64::from(scrambled) ^ self.tail).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x >> 32
    }
}

/// Owen scrambling of 32 bits by a hash.
fn scramble(x: u32, seed: u32) -> u32 {
    let mut n = x.reverse_bits();
    n ^= n.wrapping_mul(0x3d20_adea);
    n = n.wrapping_add(seed);
    n = n.wrapping_mul((seed >> 16) | 1);
    n ^= n.wrapping_mul(0x0552_6c56);
    n ^= n.wrapping_mul(0x53a2_2864);
    n.reverse_bits()
}

/// The directions of some dimensions, from 0; `None` for those beyond the table. The table is read once.
pub fn directions(dimensions: &[usize]) -> Vec<Option<Directions>> {
    let lines: Vec<&str> = TABLE.lines().filter(|l| !l.starts_with('#')).collect();
    let of = |dimension: usize| match dimension.checked_sub(1) {
        None => Some(std::array::from_fn(|k| 1 << (BITS - 1 - k))),
        Some(line) => parse(lines.get(line)?),
    };
    dimensions.iter().map(|d| of(*d)).collect()
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
        let dimension = Dimension { directions: directions(&[dimension])[0].unwrap(), seed: 0, tail: 0 };
        f64::from(dimension.point(number)) / 4_294_967_296.0
    }

    fn scrambled(dimension: usize, key: u8) -> Dimension {
        Dimension::new(directions(&[dimension])[0].unwrap(), &[key; 32])
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
        let found = directions(&[DIMENSIONS - 1, DIMENSIONS]);
        assert!(found[0].is_some() && found[1].is_none());
    }

    #[test]
    fn scrambling_keeps_every_elementary_interval() {
        // Of the first 2^k points of any dimension, each of 2^k equal parts holds exactly one, scrambled or not.
        for dimension in [0, 1, 5, 100, 2000] {
            let mut u = vec![0.0; 256];
            scrambled(dimension, dimension as u8).fill(0, &mut u);
            let mut parts: Vec<u32> = u.iter().map(|u| (u * 256.0) as u32).collect();
            parts.sort_unstable();
            assert!(parts.into_iter().eq(0..256), "{dimension}");
        }
    }

    #[test]
    fn any_block_can_be_filled_alone() {
        let dimension = scrambled(3, 9);
        let (mut whole, mut part) = (vec![0.0; 4096], vec![0.0; 1024]);
        dimension.fill(0, &mut whole);
        dimension.fill(2048, &mut part);
        assert_eq!(whole[2048..3072], part);
    }
}
