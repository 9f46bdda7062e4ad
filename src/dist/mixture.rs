//! A mixture: with probability weight the part's distribution. F is the weighted sum of the parts' distribution functions;
//! its inverse has no formula and is searched between the parts' quantiles.

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::{BadParameter, Dist};
use crate::math::{Level, ln};
use std::sync::Arc;

/// One of several distributions by chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    /// Weights above 0 that add up to 1, and what they are of; no part is itself a mixture.
    parts: Vec<(f64, Dist)>,
}

impl Mixture {
    /// The weights, which add up to 1, and the distributions.
    pub fn parts(&self) -> &[(f64, Dist)] {
        &self.parts
    }

    fn sum(&self, level: impl Fn(&Dist) -> Level) -> Level {
        let (mut below, mut above) = (0.0, 0.0);
        for (weight, dist) in &self.parts {
            let at = level(dist);
            below += weight * at.below;
            above += weight * at.above;
        }
        Level { below, above }
    }
}

/// See [`Dist::mixture`].
pub(crate) fn mix(parts: Vec<(f64, Dist)>) -> Result<Dist, BadParameter> {
    if let Some(i) = parts.iter().position(|(w, _)| !(*w >= 0.0 && w.is_finite())) {
        let message = format!("a weight must not be negative, is {}", show(parts[i].0));
        return BadParameter::err(&[i], message, "write weights such as 0.3 and 0.7; they need not add up to 1");
    }
    let largest = parts.iter().map(|(w, _)| *w).fold(0.0, f64::max);
    if largest == 0.0 {
        let all: Vec<usize> = (0..parts.len()).collect();
        return BadParameter::err(&all, "no weight is above 0", "give at least one part a weight above 0");
    }
    // by the largest first, so that huge weights do not overflow
    let total: f64 = parts.iter().map(|(w, _)| w / largest).sum();
    let mut flat = Vec::new();
    for (weight, dist) in parts {
        flatten(weight / largest / total, dist, &mut flat);
    }
    Ok(match flat.pop() {
        Some((_, only)) if flat.is_empty() => only,
        Some(last) => {
            flat.push(last);
            Dist::Mixture(Arc::new(Mixture { parts: flat }))
        }
        None => Dist::constant(0.0),
    })
}

/// A mixture of mixtures is one mixture.
fn flatten(weight: f64, dist: Dist, out: &mut Vec<(f64, Dist)>) {
    if weight <= 0.0 {
        return;
    }
    match dist {
        Dist::Mixture(inner) => {
            for (w, d) in &inner.parts {
                out.push((weight * w, d.clone()));
            }
        }
        other => out.push((weight, other)),
    }
}

impl QuantileFunction for Mixture {
    fn name(&self) -> &'static str {
        "mixture"
    }
    fn quantile(&self, level: Level) -> f64 {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for (_, dist) in &self.parts {
            let x = dist.quantile_at(level);
            low = low.min(x);
            high = high.max(x);
        }
        if low >= high || self.level(low).reaches(level) { low } else { search(self, level, low, high) }
    }
    fn level(&self, x: f64) -> Level {
        self.sum(|d| d.level(x))
    }
    fn level_below(&self, x: f64) -> Level {
        self.sum(|d| d.as_family().level_below(x))
    }
    fn support(&self) -> (f64, f64) {
        let ends = self.parts.iter().map(|(_, d)| d.support());
        ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (low, high)| (a.min(low), b.max(high)))
    }
    fn mean(&self) -> f64 {
        self.parts.iter().map(|(w, d)| w * d.mean()).sum()
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        if mean.is_infinite() {
            return f64::INFINITY;
        }
        let about = |d: &Dist| d.variance() + (d.mean() - mean) * (d.mean() - mean);
        self.parts.iter().map(|(w, d)| w * about(d)).sum()
    }
    fn atom_at_most(&self, x: f64) -> Option<f64> {
        self.parts.iter().filter_map(|(_, d)| d.as_family().atom_at_most(x)).reduce(f64::max)
    }
}

/// The smallest x in (low, high] that reaches the level, where `low` does not and `high` is taken to.
///
/// False position with the Illinois rule on the logarithm of the smaller tail; where that does not shrink the bracket (a jump,
/// a gap), the atom at its upper end is tried and the bracket halved by the order of the floating-point numbers.
fn search(f: &Mixture, target: Level, low: f64, high: f64) -> f64 {
    let height = |x: f64| {
        let at = f.level(x);
        if target.below <= 0.5 { ln(at.below / target.below) } else { -ln(at.above / target.above) }
    };
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (height(a), height(b).max(0.0));
    let (mut last_width, mut halve) = (b - a, f.atom_at_most(b).is_some_and(|t| t > a));
    let mut last = None;
    for round in 0..400 {
        let tolerance = 2e-14 * a.abs().max(b.abs()) + f64::MIN_POSITIVE;
        if b - a <= tolerance {
            break;
        }
        if halve && is_jump(f, target, a, b) {
            return f.atom_at_most(b).unwrap_or(b);
        }
        let guess = b - fb * (b - a) / (fb - fa);
        let x = if halve || guess.is_nan() {
            midpoint(a, b)
        } else {
            guess.clamp(a + 0.5 * tolerance, b - 0.5 * tolerance)
        };
        let fx = height(x);
        let up = fx >= 0.0;
        // an end that stays twice in a row loses half its weight
        let twice = last == Some(up);
        if up {
            (b, fb) = (x, fx);
            fa *= if twice { 0.5 } else { 1.0 };
        } else {
            (a, fa) = (x, fx);
            fb *= if twice { 0.5 } else { 1.0 };
        }
        last = Some(up);
        if halve || round % 3 == 2 {
            halve = b - a > 0.5 * last_width;
            last_width = b - a;
        }
    }
    first_atom(f, target, a, b)
}

/// Whether the level falls into the jump at the last atom of (a, b].
fn is_jump(f: &Mixture, target: Level, a: f64, b: f64) -> bool {
    f.atom_at_most(b).is_some_and(|t| t > a && f.level(t).reaches(target) && !f.level_below(t).reaches(target))
}

/// The search ends on a bracket a few roundings wide: an atom in it that reaches the level is the exact answer.
fn first_atom(f: &Mixture, target: Level, a: f64, b: f64) -> f64 {
    match f.atom_at_most(b) {
        Some(t) if t > a && f.level(t).reaches(target) => t,
        _ => b,
    }
}

/// The number halfway between two by their order, so that any bracket closes within 64 halvings.
fn midpoint(a: f64, b: f64) -> f64 {
    let rank = |x: f64| {
        let bits = x.to_bits() as i64;
        i128::from(if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits })
    };
    let middle = ((rank(a) + rank(b)) >> 1) as i64;
    f64::from_bits(if middle < 0 { i64::MIN.wrapping_sub(middle) } else { middle } as u64)
}
