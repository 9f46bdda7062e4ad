//! The metalog distribution (T. W. Keelin, "The metalog distributions", Decision Analysis 13 (4), 2016): a quantile function
//! that is linear in its coefficients, M(y) = A(c) + B(c)·L with L = ln(y/(1 − y)), c = y − ½ and polynomials A and B.

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::metalog_fit::{MOST, fit};
use super::percentiles::name;
use super::{BadParameter, Dist, moments};
use crate::math::{Level, exp, ln};

/// A quantile function through given percentiles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metalog {
    /// A, by powers of c.
    plain: [f64; 5],
    /// B, by powers of c.
    logit: [f64; 4],
    bounds: Bounds,
}

/// What the metalog is of.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bounds {
    /// x itself.
    None,
    /// ln(x − min).
    Min(f64),
    /// −ln(max − x).
    Max(f64),
    /// ln((x − min)/(max − x)).
    Both(f64, f64),
}

impl Bounds {
    /// From x to the unbounded scale.
    fn transform(self, x: f64) -> f64 {
        match self {
            Bounds::None => x,
            Bounds::Min(min) => ln(x - min),
            Bounds::Max(max) => -ln(max - x),
            Bounds::Both(min, max) => ln(x - min) - ln(max - x),
        }
    }

    /// Back to x.
    fn restore(self, m: f64) -> f64 {
        match self {
            Bounds::None => m,
            Bounds::Min(min) => (min + exp(m)).min(f64::MAX),
            Bounds::Max(max) => (max - exp(-m)).max(f64::MIN),
            Bounds::Both(min, max) => {
                let width = max - min;
                if m < 0.0 {
                    min + width * (exp(m) / (1.0 + exp(m)))
                } else {
                    max - width * (exp(-m) / (1.0 + exp(-m)))
                }
            }
        }
    }

    fn ends(self) -> (f64, f64) {
        match self {
            Bounds::None => (f64::NEG_INFINITY, f64::INFINITY),
            Bounds::Min(min) => (min, f64::INFINITY),
            Bounds::Max(max) => (f64::NEG_INFINITY, max),
            Bounds::Both(min, max) => (min, max),
        }
    }
}

impl Metalog {
    /// Through the percentiles `params[..n]` at `probabilities`, then min and max where present, in the order of `params`.
    pub(crate) fn build(
        probabilities: &[f64],
        has_min: bool,
        has_max: bool,
        params: &[f64],
    ) -> Result<Dist, BadParameter> {
        let n = probabilities.len();
        if !(3..=MOST).contains(&n) {
            return BadParameter::err(
                &[],
                format!("a metalog needs 3 to {MOST} percentiles, there are {n}"),
                "write for example p10, p50 and p90",
            );
        }
        let bounds = bounds_of(n, has_min, has_max, params)?;
        let (p, x, order) = sorted(probabilities, params)?;
        let (p, x, order) = (&p[..n], &x[..n], &order[..n]);
        if x[0] == x[n - 1] && order.iter().all(|i| params[*i] == x[0]) {
            return Ok(Dist::constant(x[0]));
        }
        check_inside(bounds, n, has_min, p, x, order)?;
        check_determined(p, order)?;
        let mut scaled = [0.0; MOST];
        for (scaled, x) in scaled.iter_mut().zip(x) {
            *scaled = bounds.transform(*x);
        }
        let metalog =
            fit(p, &scaled[..n]).map(|(plain, logit)| Metalog { plain, logit, bounds }).filter(Metalog::increases);
        metalog.map(Dist::Metalog).ok_or_else(|| {
            let message = "no metalog goes through these percentiles: its quantile function would not increase everywhere";
            let help = "write percentiles that are less lopsided, fewer of them, or a min or max where there is a natural bound";
            BadParameter::new(order, message, help)
        })
    }

    /// M at a level.
    fn unbounded(&self, level: Level) -> f64 {
        let l = logit_of(level);
        let c = centre_of(level);
        polynomial(&self.plain, c) + polynomial(&self.logit, c) * l
    }

    /// y(1 − y)·M′(y) at L: y(1 − y)·(A′ + B′·L) + B.
    fn slope(&self, l: f64) -> f64 {
        let level = level_of(l);
        let c = centre_of(level);
        let both = derivative(&self.plain, c) + derivative(&self.logit, c) * l;
        level.below * level.above * both + polynomial(&self.logit, c)
    }

    /// Whether M increases on (0, 1): on a grid of L, at both ends, and around the smallest slope of the grid.
    fn increases(&self) -> bool {
        let size = self.plain[1..].iter().chain(&self.logit).fold(0.0, |a: f64, b| a.max(b.abs()));
        let rounding = -1e-12 * size;
        let ends = polynomial(&self.logit, -0.5).min(polynomial(&self.logit, 0.5));
        if !size.is_finite() || ends.is_nan() || ends < rounding {
            return false;
        }
        // beyond |L| = 30 the slope is B at the end to within 1e-11
        let grid = |i: i32| f64::from(i) * 0.1;
        let (mut lowest, mut at) = (f64::INFINITY, 0);
        for i in -300..=300 {
            let slope = self.slope(grid(i));
            if slope.is_nan() || slope < rounding {
                return false;
            }
            if slope < lowest {
                (lowest, at) = (slope, i);
            }
        }
        self.lowest(grid(at - 1), grid(at + 1)) >= rounding
    }

    /// The smallest slope between two L by golden-section search.
    fn lowest(&self, mut a: f64, mut b: f64) -> f64 {
        const RATIO: f64 = 0.618_033_988_749_894_9;
        for _ in 0..30 {
            let (x, y) = (b - RATIO * (b - a), a + RATIO * (b - a));
            if self.slope(x) < self.slope(y) { b = y } else { a = x }
        }
        self.slope(0.5 * (a + b))
    }

    /// Whether the moment of that order is infinite: with a bound on one side x grows like (1 − y)^−B(½) on the other.
    fn diverges(&self, order: f64) -> bool {
        match self.bounds {
            Bounds::Min(_) => order * polynomial(&self.logit, 0.5) >= 1.0,
            Bounds::Max(_) => order * polynomial(&self.logit, -0.5) >= 1.0,
            _ => false,
        }
    }
}

/// L of a level.
fn logit_of(level: Level) -> f64 {
    ln(level.below) - ln(level.above)
}

/// c = y − ½ with the digits of the nearer end.
fn centre_of(level: Level) -> f64 {
    if level.below <= 0.5 { level.below - 0.5 } else { 0.5 - level.above }
}

/// The level of an L.
fn level_of(l: f64) -> Level {
    let small = exp(-l.abs());
    let (minor, major) = (small / (1.0 + small), 1.0 / (1.0 + small));
    if l < 0.0 { Level { below: minor, above: major } } else { Level { below: major, above: minor } }
}

fn polynomial(coefficients: &[f64], c: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, a| sum * c + a)
}

fn derivative(coefficients: &[f64], c: f64) -> f64 {
    coefficients.iter().enumerate().skip(1).rev().fold(0.0, |sum, (k, a)| sum * c + k as f64 * a)
}

/// Not seven percentiles in pairs about the median: of the seven terms four are odd about it, L, c, c²L and c³, and three
/// pairs determine only three.
fn check_determined(p: &[f64], order: &[usize]) -> Result<(), BadParameter> {
    let is_pair = |(a, b): (&f64, &f64)| (a + b - 1.0).abs() < 1e-9;
    if p.len() != 7 || !p.iter().zip(p.iter().rev()).all(is_pair) {
        return Ok(());
    }
    let message = "seven percentiles in pairs about p50 determine no metalog, whatever their values";
    BadParameter::err(order, message, "write p40 or p60 instead of p50, or leave it out: six or nine determine one")
}

fn bounds_of(n: usize, has_min: bool, has_max: bool, params: &[f64]) -> Result<Bounds, BadParameter> {
    let max = n + usize::from(has_min);
    match (has_min, has_max) {
        (false, false) => Ok(Bounds::None),
        (true, false) => Ok(Bounds::Min(params[n])),
        (false, true) => Ok(Bounds::Max(params[max])),
        (true, true) if params[n] > params[max] => {
            let (a, b) = (show(params[n]), show(params[max]));
            BadParameter::err(
                &[n, max],
                format!("min must not be above max, is {a} > {b}"),
                format!("exchange them: min={b}, max={a}"),
            )
        }
        (true, true) => Ok(Bounds::Both(params[n], params[max])),
    }
}

type Sorted = ([f64; MOST], [f64; MOST], [usize; MOST]);

/// Probabilities and values in ascending order of the probabilities, with the position each came from.
fn sorted(probabilities: &[f64], params: &[f64]) -> Result<Sorted, BadParameter> {
    let n = probabilities.len();
    let (mut p, mut x, mut order) = ([0.0; MOST], [0.0; MOST], [0; MOST]);
    for (i, slot) in order[..n].iter_mut().enumerate() {
        *slot = i;
    }
    order[..n].sort_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
    for i in 0..n {
        (p[i], x[i]) = (probabilities[order[i]], params[order[i]]);
    }
    if !(p[0] > 0.0 && p[n - 1] < 1.0) || p[..n].windows(2).any(|w| w[0] >= w[1]) {
        return BadParameter::err(
            &order[..n],
            "the percentiles must be different, between p0 and p100",
            "write for example p10, p50 and p90",
        );
    }
    for i in 1..n {
        if x[i - 1] > x[i] {
            let (low, high) = (name(p[i - 1]), name(p[i]));
            let message = format!("{low} must not be above {high}, is {} > {}", show(x[i - 1]), show(x[i]));
            let help = format!("write values that increase: {low}={}, {high}={}", show(x[i]), show(x[i - 1]));
            return BadParameter::err(&[order[i - 1], order[i]], message, help);
        }
    }
    Ok((p, x, order))
}

/// All percentiles strictly within the bounds.
fn check_inside(
    bounds: Bounds,
    n: usize,
    has_min: bool,
    p: &[f64],
    x: &[f64],
    order: &[usize],
) -> Result<(), BadParameter> {
    let (min, max) = bounds.ends();
    if x[0] <= min {
        let message = format!("{} must be above min, is {} with min={}", name(p[0]), show(x[0]), show(min));
        return BadParameter::err(&[order[0], n], message, format!("write a min below {}", show(x[0])));
    }
    if x[x.len() - 1] >= max {
        let last = x.len() - 1;
        let message = format!("{} must be below max, is {} with max={}", name(p[last]), show(x[last]), show(max));
        return BadParameter::err(
            &[order[last], n + usize::from(has_min)],
            message,
            format!("write a max above {}", show(x[last])),
        );
    }
    Ok(())
}

impl QuantileFunction for Metalog {
    fn name(&self) -> &'static str {
        "metalog"
    }
    fn quantile(&self, level: Level) -> f64 {
        self.bounds.restore(self.unbounded(level))
    }
    /// By Newton steps in L, which dM/dL = y(1 − y)·M′ serves, within a bracket; there is no formula.
    fn level(&self, x: f64) -> Level {
        let (min, max) = self.bounds.ends();
        if x <= min {
            return Level::NONE;
        }
        if x >= max {
            return Level::ALL;
        }
        let target = self.bounds.transform(x);
        let (mut low, mut high, mut l) = (-745.0_f64, 745.0_f64, 0.0_f64);
        for _ in 0..200 {
            let excess = self.unbounded(level_of(l)) - target;
            if excess <= 0.0 {
                low = l
            } else {
                high = l
            }
            let next = l - excess / self.slope(l);
            let next = if next > low && next < high { next } else { 0.5 * (low + high) };
            if (next - l).abs() <= 1e-15 * (1.0 + l.abs()) || high - low <= 1e-15 * (1.0 + l.abs()) {
                break;
            }
            l = next;
        }
        if l <= -744.0 { Level::NONE } else { level_of(l) }
    }
    fn support(&self) -> (f64, f64) {
        self.bounds.ends()
    }
    fn mean(&self) -> f64 {
        if self.diverges(1.0) {
            let sign = if matches!(self.bounds, Bounds::Max(_)) { -1.0 } else { 1.0 };
            return sign * f64::INFINITY;
        }
        moments::mean(&|level| self.quantile(level))
    }
    fn variance(&self) -> f64 {
        if self.diverges(2.0) {
            return f64::INFINITY;
        }
        moments::variance(&|level| self.quantile(level), self.mean())
    }
}
