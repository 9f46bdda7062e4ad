//! Counts in bins of one round width.

use crate::vector::kernels;

/// A histogram of equal bins, with what lies outside on either side.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    low: f64,
    width: f64,
    /// Below, the bins, above.
    counts: Vec<u64>,
}

impl Bins {
    /// `bins` bins of a round width (1, 2 or 5 times a power of ten, or halves of the first) from a round number on
    /// that cover at least `from..to`. Where that is a single point or not finite, bins of width 1 around it.
    pub fn round(from: f64, to: f64, bins: usize) -> Bins {
        let least = (to - from) / bins as f64;
        let scale = from.abs().max(to.abs());
        // Below the resolution of the numbers themselves there is nothing to tell apart.
        if !(least.is_finite() && least > scale * 1e-12 && least > 1e-290) {
            let centre = if from.is_finite() { from } else { 0.0 };
            let width = round_width(scale * 0.01).unwrap_or(1.0);
            let low = (centre / width).floor() - (bins / 2) as f64;
            return Bins { low: low * width, width, counts: vec![0; bins + 2] };
        }
        let mut width = round_width(least).unwrap_or(least);
        // Starting at a multiple of the width may push the last value out; then the next width holds it.
        while (from / width).floor() * width + width * (bins as f64) < to {
            width = round_width(width * 1.01).unwrap_or(width * 2.0);
        }
        Bins { low: (from / width).floor() * width, width, counts: vec![0; bins + 2] }
    }

    /// Empty bins of the same edges.
    pub fn empty(&self) -> Bins {
        Bins { counts: vec![0; self.counts.len()], ..self.clone() }
    }

    /// Counts a column of finite numbers, each times a factor.
    pub fn add(&mut self, values: &[f64], factor: f64) {
        let mut found = [0; GROUP];
        let last = (self.counts.len() - 1) as f64;
        for group in values.chunks(GROUP) {
            places(group, [factor, self.low, 1.0 / self.width, last], &mut found);
            let counts = &mut self.counts[..];
            let (rows, rest) = found[..group.len()].as_chunks::<8>();
            // Rows of fixed length are unrolled.
            for row in rows {
                row.iter().for_each(|place| counts[*place as usize] += 1);
            }
            rest.iter().for_each(|place| counts[*place as usize] += 1);
        }
    }

    /// Adds the counts of another with the same edges.
    pub fn merge(&mut self, other: &Bins) {
        self.counts.iter_mut().zip(&other.counts).for_each(|(a, b)| *a += b);
    }

    /// Forgets all counts.
    pub fn clear(&mut self) {
        self.counts.fill(0);
    }

    /// The edges, one more than there are bins.
    pub fn edges(&self) -> Vec<f64> {
        let first = (self.low / self.width).round();
        (0..self.counts.len() - 1).map(|i| tidy((first + i as f64) * self.width, self.width)).collect()
    }

    /// Counts: below the first edge, in each bin, from the last edge on.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// All counted numbers.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The width of a bin.
    pub fn width(&self) -> f64 {
        self.width
    }
}

/// Share of a bin within which a number counts as being on its edge.
const SLACK: f64 = 1e-9;
/// Numbers whose bins are found together.
const GROUP: usize = 64;

kernels! {
    /// The bins of some numbers: 0 for those below the first.
    fn places(values: &[f64], edges: [f64; 4], out: &mut [u32; GROUP]) {
        let [factor, low, per_width, last] = edges;
        for (x, out) in values.iter().zip(out) {
            // A number on an edge must not fall below it by rounding.
            let place = ((x * factor - low) * per_width + SLACK).floor() + 1.0;
            let place = if place > 0.0 { place } else { 0.0 };
            let place = if place < last { place } else { last };
            // The low bits of a whole number in [2^52, 2^53) are the number; so it needs no conversion.
            *out = (place + (1u64 << 52) as f64).to_bits() as u32;
        }
    }
}

/// The least of 1, 2, 2.5 and 5 times a power of ten that is at least `least`.
fn round_width(least: f64) -> Option<f64> {
    if !(least.is_finite() && least > 0.0) {
        return None;
    }
    let exponent = crate::math::log10(least).floor() as i32;
    let candidates = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0];
    candidates.iter().map(|c| decimal(*c, exponent)).find(|w| *w >= least * (1.0 - 1e-9))
}

/// `factor`·10^`exponent`, rounded once.
fn decimal(factor: f64, exponent: i32) -> f64 {
    format!("{factor}e{exponent}").parse().unwrap_or(f64::NAN)
}

/// A multiple of a round width without the dust of its multiplication, such as 0.30000000000000004.
fn tidy(x: f64, width: f64) -> f64 {
    let digits = (1.0 - crate::math::log10(width).floor()).clamp(0.0, 300.0) as usize;
    format!("{x:.digits$}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_round_and_cover() {
        for (from, to) in [(0.0, 1.0), (-3.0, 4.4), (1203.4, 98_211.0), (1e-7, 3e-7), (-1e12, 1e12), (0.1, 0.7)] {
            let bins = Bins::round(from, to, 60);
            let edges = bins.edges();
            assert_eq!(edges.len(), 61);
            assert!(edges[0] <= from + 1e-12 && edges[60] >= to - 1e-9 * to.abs(), "{from}..{to}: {edges:?}");
            assert!(edges.windows(2).all(|w| w[0] < w[1]));
        }
        let edges = Bins::round(0.1, 0.7, 60).edges();
        assert!(edges.contains(&0.3), "{edges:?}");
    }

    #[test]
    fn widths_are_the_least_that_cover() {
        // From 100 on ten bins of 100 end at 1,100.
        for (from, to, bins, width) in
            [(98_000.0, 100_000.0, 20, 100.0), (-60.0, 60.0, 60, 2.0), (150.0, 1140.0, 10, 200.0)]
        {
            assert_eq!(Bins::round(from, to, bins).width(), width, "{from}..{to}");
        }
    }

    #[test]
    fn everything_is_counted_once() {
        let mut bins = Bins::round(0.0, 10.0, 10);
        let low = bins.edges()[0];
        bins.add(&[low - 1.0, low, 5.0, 1e9], 1.0);
        assert_eq!(bins.total(), 4);
        assert_eq!((bins.counts()[0], bins.counts()[1], *bins.counts().last().unwrap()), (1, 1, 1));
    }

    #[test]
    fn a_single_point_gets_a_bin() {
        for x in [0.0, 450.0, -1e-9, 1e300, f64::INFINITY] {
            let mut bins = Bins::round(x, x, 60);
            let inside = if x.is_finite() { x } else { 0.0 };
            bins.add(&[inside], 1.0);
            assert_eq!(bins.counts()[0] + bins.counts()[61], 0, "{x}");
        }
    }
}
