//! A piecewise polynomial in place of a slow quantile function.
//!
//! The levels are divided into octaves [2⁻ᵏ⁻¹, 2⁻ᵏ] of u towards 0 and, mirrored, of 1 − u towards 1, so that both tails are
//! resolved alike; an octave is halved where a polynomial does not reproduce the exact quantile function.

use super::Dist;
use crate::math::{Level, cos};

/// Interpolation nodes per cell; the polynomial's degree is one less.
const NODES: usize = 10;
/// Octaves on either side: from 1/2 down to 2⁻²⁰. Further out the exact quantile is used.
const OCTAVES: usize = 19;
/// How often an octave may be halved.
const DEEPEST: u32 = 10;
/// The most exact quantiles a table may cost; cells that would need more use the exact quantile themselves.
const BUDGET: usize = 30_000;
/// The largest error, relative to |x| plus the interquartile range.
const TOLERANCE: f64 = 1e-10;
/// Marks a part of an octave that has no polynomial.
const EXACT: u32 = u32::MAX;

/// A piecewise polynomial in place of a slow quantile function.
#[derive(Clone, Debug)]
pub(crate) struct QuantileTable {
    octaves: Vec<Octave>,
    /// For each equal part of each octave, its cell.
    slots: Vec<u32>,
    cells: Vec<Cell>,
}

/// An octave is divided into 2^depth equal parts, which start at `start` in the slots.
#[derive(Clone, Copy, Debug)]
struct Octave {
    depth: u32,
    start: u32,
}

/// A polynomial in t = (p − centre)/(p + centre)·stretch, which is −1 and 1 at the cell's ends. The fraction keeps the point
/// p = 0, where a quantile function is singular, twice as far away as a linear map would.
#[derive(Clone, Copy, Debug)]
struct Cell {
    centre: f64,
    stretch: f64,
    /// The exact quantiles at the ends, in ascending order: the result is clamped to them.
    low: f64,
    high: f64,
    /// In ascending order of the power.
    coefficients: [f64; NODES],
}

impl Cell {
    #[inline]
    fn at(&self, p: f64) -> f64 {
        let t = (p - self.centre) / (p + self.centre) * self.stretch;
        let t2 = t * t;
        // even and odd powers apart, so that the two chains run at the same time
        let c = &self.coefficients;
        let even = (((c[8] * t2 + c[6]) * t2 + c[4]) * t2 + c[2]) * t2 + c[0];
        let odd = (((c[9] * t2 + c[7]) * t2 + c[5]) * t2 + c[3]) * t2 + c[1];
        (even + odd * t).max(self.low).min(self.high)
    }
}

impl QuantileTable {
    /// Builds the table of a distribution's quantile function.
    pub(crate) fn new(dist: &Dist) -> QuantileTable {
        Builder::new(dist).table()
    }

    /// The interpolated quantile, or `None` where the exact one has to be used.
    #[inline]
    pub(crate) fn quantile(&self, u: f64) -> Option<f64> {
        let upper = u > 0.5;
        let p = if upper { 1.0 - u } else { u };
        // 1/2 itself belongs to the end of the first octave
        let bits = if p == 0.5 { p.to_bits() - 1 } else { p.to_bits() };
        // the biased exponent of [1/4, 1/2) is 1021; NaN, 0 and what lies outside give a large number here
        let octave = 1021_u64.wrapping_sub(bits >> 52) as usize;
        if octave >= OCTAVES {
            return None;
        }
        let Octave { depth, start } = self.octaves[octave + if upper { OCTAVES } else { 0 }];
        let part = (bits & ((1 << 52) - 1)) >> (52 - depth);
        let slot = self.slots[start as usize + part as usize];
        self.cells.get(slot as usize).map(|cell| cell.at(p))
    }
}

/// What is at hand while a table is built.
struct Builder<'a> {
    dist: &'a Dist,
    cells: Vec<Cell>,
    /// cos(j·θ_k) for the Chebyshev nodes θ_k = π(k + ½)/NODES.
    cosines: [[f64; NODES]; NODES],
    /// The interquartile range.
    scale: f64,
    left: usize,
}

impl<'a> Builder<'a> {
    fn new(dist: &'a Dist) -> Builder<'a> {
        let mut cosines = [[0.0; NODES]; NODES];
        for (j, row) in cosines.iter_mut().enumerate() {
            for (k, value) in row.iter_mut().enumerate() {
                *value = cos(j as f64 * (k as f64 + 0.5) * (std::f64::consts::PI / NODES as f64));
            }
        }
        let scale = dist.quantile(0.75) - dist.quantile(0.25);
        Builder { dist, cells: Vec::new(), cosines, scale, left: BUDGET }
    }

    fn table(mut self) -> QuantileTable {
        let (mut octaves, mut slots) = (Vec::new(), Vec::new());
        for upper in [false, true] {
            let mut high = 0.5;
            let mut at_high = self.exact(upper, high);
            for _ in 0..OCTAVES {
                let low = 0.5 * high;
                let at_low = self.exact(upper, low);
                let mut found = Vec::new();
                self.split(upper, (low, at_low), (high, at_high), 0, &mut found);
                let depth = found.iter().map(|(depth, _)| *depth).max().unwrap_or(0);
                octaves.push(Octave { depth, start: slots.len() as u32 });
                for (d, cell) in found {
                    slots.extend(std::iter::repeat_n(cell, 1 << (depth - d)));
                }
                (high, at_high) = (low, at_low);
            }
        }
        QuantileTable { octaves, slots, cells: self.cells }
    }

    /// The exact quantile at p on a side.
    fn exact(&mut self, upper: bool, p: f64) -> f64 {
        self.left = self.left.saturating_sub(1);
        let level = if upper { Level { below: 1.0 - p, above: p } } else { Level { below: p, above: 1.0 - p } };
        self.dist.quantile_at(level)
    }

    /// Cells for [a, b], each an end with its quantile: (depth, cell) in ascending order of p.
    fn split(&mut self, upper: bool, a: (f64, f64), b: (f64, f64), depth: u32, found: &mut Vec<(u32, u32)>) {
        if let Some(cell) = self.fit(upper, a, b) {
            found.push((depth, self.cells.len() as u32));
            self.cells.push(cell);
        } else if depth == DEEPEST || self.left == 0 || !self.scale.is_finite() {
            found.push((depth, EXACT));
        } else {
            let middle = 0.5 * (a.0 + b.0);
            let middle = (middle, self.exact(upper, middle));
            self.split(upper, a, middle, depth + 1, found);
            self.split(upper, middle, b, depth + 1, found);
        }
    }

    /// One polynomial for [a, b], if it is good enough.
    fn fit(&mut self, upper: bool, a: (f64, f64), b: (f64, f64)) -> Option<Cell> {
        let centre = (a.0 * b.0).sqrt();
        let stretch = (b.0 + centre) / (b.0 - centre);
        let mut cell = Cell { centre, stretch, low: a.1.min(b.1), high: a.1.max(b.1), coefficients: [0.0; NODES] };
        if cell.low == cell.high {
            cell.coefficients[0] = cell.low;
            return Some(cell);
        }
        if self.left < 2 * NODES || !(cell.high - cell.low).is_finite() {
            return None;
        }
        let place = |t: f64| centre * (stretch + t) / (stretch - t);
        let mut values = [0.0; NODES];
        for (k, value) in values.iter_mut().enumerate() {
            *value = self.exact(upper, place(self.cosines[1][k]));
        }
        cell.coefficients = self.polynomial(&values);
        let good = |p: f64, x: f64| (unclamped(&cell, p) - x).abs() <= TOLERANCE * (x.abs() + self.scale);
        if !good(a.0, a.1) || !good(b.0, b.1) {
            return None;
        }
        // between the nodes, where the error is largest
        for t in [0.0, 0.951, -0.951, 0.588, -0.588] {
            let p = place(t);
            let x = self.exact(upper, p);
            if (unclamped(&cell, p) - x).abs() > TOLERANCE * (x.abs() + self.scale) {
                return None;
            }
        }
        Some(cell)
    }

    /// The polynomial through values at the Chebyshev nodes: Chebyshev coefficients, then powers of t.
    fn polynomial(&self, values: &[f64; NODES]) -> [f64; NODES] {
        let mut powers = [0.0; NODES];
        let (mut previous, mut current) = ([0.0; NODES], [0.0; NODES]);
        current[0] = 1.0;
        for (j, row) in self.cosines.iter().enumerate() {
            let sum: f64 = row.iter().zip(values).map(|(c, x)| c * x).sum();
            let factor = sum * if j == 0 { 1.0 } else { 2.0 } / NODES as f64;
            for (power, c) in powers.iter_mut().zip(&current) {
                *power += factor * c;
            }
            // T₁ = t, then Tⱼ₊₁ = 2t·Tⱼ − Tⱼ₋₁
            let double = if j == 0 { 1.0 } else { 2.0 };
            let mut next = [0.0; NODES];
            for i in 0..NODES {
                next[i] = double * if i > 0 { current[i - 1] } else { 0.0 } - previous[i];
            }
            (previous, current) = (current, next);
        }
        powers
    }
}

/// The polynomial itself: clamping would hide its error at the ends.
fn unclamped(cell: &Cell, p: f64) -> f64 {
    Cell { low: f64::NEG_INFINITY, high: f64::INFINITY, ..*cell }.at(p)
}
