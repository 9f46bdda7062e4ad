//! Fast drawing from any continuous distribution: quintics in equal parts of each octave of the levels.
//!
//! Numerical inversion after W. Hörmann and J. Leydold, "Continuous random variate generation by fast numerical
//! inversion", ACM TOMACS 13 (2003), with cells that are found without a search: the levels are divided into octaves
//! [2⁻ᵏ⁻¹, 2⁻ᵏ] of u towards 0 and, mirrored, of 1 − u towards 1, and an octave into 2ᵈ equal parts, so that the exponent and
//! the first bits of the mantissa number the cell. A cell without a polynomial holds NaN: its levels, and those nearer
//! to the ends than the last octave, are left to a slower function.

use crate::vector::kernels;

/// Coefficients of a cell's polynomial. A higher degree takes fewer cells, which have to be at hand to be fast.
const TERMS: usize = 6;
/// Half of the nodes, the other being their negatives, where a cell reaches from −1 to 1: Chebyshev's of the second kind,
/// cos(kπ/5). With both ends among them neighbours meet.
const NODES: [f64; TERMS / 2] = [0.309_016_994_374_947_45, 0.809_016_994_374_947_4, 1.0];
/// Where the error is largest: between the nodes.
const BETWEEN: [f64; 5] = [-0.94, -0.59, 0.0, 0.59, 0.94];
/// Octaves on either side: from 1/2 down to 2⁻¹⁸.
const OCTAVES: u64 = 17;
/// An octave is divided into at most 2^DEEPEST parts.
const DEEPEST: u32 = 7;
/// The largest error, relative to |x| plus the interquartile range.
const TOLERANCE: f64 = 8e-10;
/// Share of the levels for which a slower function is fast enough.
const RARE: f64 = 1e-4;
/// The exponent of [1/4, 1/2), as stored.
const FIRST: u64 = 1021;
/// Levels that are looked up together.
const GROUP: usize = 64;
const MANTISSA: u64 = (1 << 52) - 1;

/// Polynomials in place of a quantile function.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    depth: u32,
    low: f64,
    high: f64,
    /// The cells of the lower side from the least level up, one that is never right, and the mirrored ones.
    cells: Vec<[f64; TERMS]>,
}

impl Cells {
    /// The cells of a quantile function with its support, in as few parts as it takes. `quantile` is told whether it is
    /// asked from above, and the probability on that side.
    pub(crate) fn new(support: (f64, f64), quantile: impl Fn(bool, f64) -> f64) -> Cells {
        let scale = quantile(true, 0.25) - quantile(false, 0.25);
        let smooth = |depth: &u32| {
            let fits = |upper: bool, octave: u64| {
                let [a, b] = ends(octave << depth, *depth);
                !fit(a, b, scale, |p| quantile(upper, p))[0].is_nan()
            };
            (FIRST + 1 - OCTAVES..=FIRST).all(|octave| fits(false, octave) && fits(true, octave))
        };
        let depth = (0..DEEPEST).find(smooth).unwrap_or(DEEPEST);
        // A kink inside an octave shows only now.
        let divided = |depth| Cells::divided(support, scale, depth, &quantile);
        let deep_enough = |cells: &Cells| cells.depth == DEEPEST || cells.missing() <= RARE;
        let mut cells = divided(depth);
        while !deep_enough(&cells) {
            cells = divided(cells.depth + 1);
        }
        cells
    }

    fn divided(support: (f64, f64), scale: f64, depth: u32, quantile: &impl Fn(bool, f64) -> f64) -> Cells {
        let mut cells = Vec::with_capacity(2 * ((OCTAVES as usize) << depth) + 1);
        for upper in [false, true] {
            for k in (FIRST + 1 - OCTAVES) << depth..(FIRST + 1) << depth {
                let [a, b] = ends(k, depth);
                cells.push(fit(a, b, scale, |p| quantile(upper, p)));
            }
            if !upper {
                cells.push([f64::NAN; TERMS]);
            }
        }
        Cells { depth, low: support.0, high: support.1, cells }
    }

    /// The share of the levels between the outermost octaves that have no polynomial.
    fn missing(&self) -> f64 {
        let side = (OCTAVES as usize) << self.depth;
        let holes = self.cells.iter().enumerate().filter(|(k, c)| *k != side && c[0].is_nan());
        let place = |k: usize| if k > side { k - side - 1 } else { k } as u64;
        let width = |(k, _)| {
            let [a, b] = ends(((FIRST + 1 - OCTAVES) << self.depth) + place(k), self.depth);
            b - a
        };
        holes.map(width).sum()
    }

    /// The number of polynomials.
    pub(crate) fn len(&self) -> usize {
        self.cells.len() - 1
    }

    /// The quantiles at each of `u`; NaN where a slower function has to be asked. Says whether there are any such.
    pub(crate) fn fill(&self, u: &[f64], out: &mut [f64]) -> bool {
        let n = u.len().min(out.len());
        interpolate(&self.cells, self.depth, [self.low, self.high], &u[..n], &mut out[..n])
    }
}

/// The ends of the part of an octave that has a key: the exponent and the first bits of the mantissa.
fn ends(key: u64, depth: u32) -> [f64; 2] {
    [key, key + 1].map(|k| f64::from_bits(k << (52 - depth)))
}

/// The quintic through the quantiles at the nodes of [a, b], in powers of t from −1 to 1; NaN where it is not good enough.
fn fit(a: f64, b: f64, scale: f64, quantile: impl Fn(f64) -> f64) -> [f64; TERMS] {
    let (middle, half) = (0.5 * (a + b), 0.5 * (b - a));
    let at = |t: f64| quantile(middle + half * t);
    let pairs = NODES.map(|t| [at(-t), at(t)]);
    // Even and odd part are each a quadratic in t².
    let even = quadratic(pairs.map(|[l, r]| 0.5 * (r + l)));
    let odd = quadratic([0, 1, 2].map(|k| 0.5 * (pairs[k][1] - pairs[k][0]) / NODES[k]));
    let cell = [even[0], odd[0], even[1], odd[1], even[2], odd[2]];
    let good = BETWEEN.iter().all(|t| {
        let x = at(*t);
        let [even, odd] = halves(&cell, t * t);
        (even + t * odd - x).abs() <= TOLERANCE * (x.abs() + scale)
    });
    if good { cell } else { [f64::NAN; TERMS] }
}

/// The quadratic through values at the squares of the nodes, by divided differences.
fn quadratic(y: [f64; 3]) -> [f64; 3] {
    let x = NODES.map(|t| t * t);
    let first = [(y[1] - y[0]) / (x[1] - x[0]), (y[2] - y[1]) / (x[2] - x[1])];
    let second = (first[1] - first[0]) / (x[2] - x[0]);
    let slope = first[0] - second * (x[0] + x[1]);
    [y[0] - x[0] * (first[0] - second * x[1]), slope, second]
}

/// The even part of a polynomial and the odd one over t, at s = t².
#[inline(always)]
fn halves(c: &[f64; TERMS], s: f64) -> [f64; 2] {
    [c[0] + s * (c[2] + s * c[4]), c[1] + s * (c[3] + s * c[5])]
}

kernels! {
    fn interpolate(cells: &[[f64; TERMS]], depth: u32, support: [f64; 2], u: &[f64], out: &mut [f64]) -> bool {
        let mut holes = false;
        let (mut places, mut t, mut s) = ([0u32; GROUP], [0.0; GROUP], [0.0; GROUP]);
        // The even and the odd part of each polynomial.
        let mut found = [[0.0; 2]; GROUP];
        for (u, out) in u.chunks(GROUP).zip(out.chunks_mut(GROUP)) {
            locate(depth, u, &mut places, &mut t);
            for (s, t) in s.iter_mut().zip(&t) {
                *s = t * t;
            }
            // Loads from scattered places are no work for vectors, but those of a row's halves are.
            for k in 0..GROUP {
                found[k] = halves(&cells[places[k] as usize], s[k]);
            }
            for ((out, half), t) in out.iter_mut().zip(&found).zip(&t) {
                let x = half[0] + t * half[1];
                holes |= x.is_nan();
                let x = if x < support[0] { support[0] } else { x };
                *out = if x > support[1] { support[1] } else { x };
            }
        }
        holes
    }
}

/// The cells of some levels, and where in them they lie, from −1 to 1.
#[inline(always)]
fn locate(depth: u32, u: &[f64], places: &mut [u32; GROUP], t: &mut [f64; GROUP]) {
    let (side, first, shift) = (OCTAVES << depth, (FIRST + 1 - OCTAVES) << depth, 52 - depth);
    for ((u, place), t) in u.iter().zip(places).zip(t) {
        let p = if *u > 0.5 { 1.0 - u } else { *u };
        let bits = p.to_bits();
        // Levels beyond the octaves on either side wrap round to large numbers, and so to the cell that holds NaN.
        let key = (bits >> shift).wrapping_sub(first).min(side);
        *place = (key + if *u > 0.5 && key < side { side + 1 } else { 0 }) as u32;
        *t = f64::from_bits(2.0f64.to_bits() | bits << depth & MANTISSA) - 3.0;
    }
}
