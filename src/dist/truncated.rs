//! A distribution restricted to a range and renormalised: u is mapped to [P(X < min), P(X ≤ max)].

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::{BadParameter, Dist, Form, empirical, mixture, moments};
use crate::math::{self, Level};

/// Below this probability a range counts as empty: what is left of the digits would not make a distribution.
const LEAST: f64 = 1e-300;
/// Below this share of the tail that it lies in, a range is too narrow for the digits of probabilities to tell places in it
/// apart; and for any density to change by more than about this share over it.
const NARROW: f64 = 1e-8;
/// Parts of a mixture with less than this share of the whole are left out.
const NEGLIGIBLE: f64 = 1e-13;

/// A distribution restricted to a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Truncated {
    inner: Dist,
    min: f64,
    max: f64,
    /// P(X < min) with its complement.
    low: Level,
    /// P(X ≤ max) with its complement.
    high: Level,
    /// The probability of the range.
    mass: f64,
}

impl Truncated {
    /// The distribution that is restricted.
    pub fn inner(&self) -> &Dist {
        &self.inner
    }

    fn new(inner: Dist, min: f64, max: f64) -> Truncated {
        // Between whole numbers there is nothing: the bounds are those that can be drawn.
        let whole = inner.as_family().point(0.0).is_some();
        let (min, max) = if whole { (min.ceil(), max.floor()) } else { (min, max) };
        let low = if min == f64::NEG_INFINITY { Level::NONE } else { inner.as_family().level_below(min) };
        let high = if max == f64::INFINITY { Level::ALL } else { inner.level(max) };
        let mass = between(low, high);
        Truncated { inner, min, max, low, high, mass }
    }

    /// The probability of a range that is too narrow for its levels, by the mean density around it; `None` of any other.
    fn narrow(&self) -> Option<f64> {
        let (least, most) = self.inner.support();
        let whole = self.inner.as_family().point(0.0).is_some();
        let is_inside = self.min >= least && self.max <= most && self.min < self.max;
        let tail = if self.low.below <= 0.5 { self.high.below } else { self.low.above };
        if whole || !is_inside || tail <= 0.0 || self.mass >= NARROW * tail {
            return None;
        }
        let (centre, width) = (0.5 * (self.min + self.max), self.max - self.min);
        let wider = (0..60).map(|k| 0.5 * width * math::powi(4.0, k)).find_map(|reach| {
            let around = [centre - reach, centre + reach].map(|x| self.inner.level(x));
            let mass = between(around[0], around[1]);
            (mass >= NARROW * tail).then_some(mass * (0.5 * width / reach))
        });
        wider.filter(|mass| *mass > 0.0)
    }

    fn map(&self, level: Level) -> Level {
        let below = self.low.below + level.below * self.mass;
        let above = self.high.above + level.above * self.mass;
        Level { below: below.clamp(0.0, 1.0), above: above.clamp(0.0, 1.0) }
    }

    fn unmap(&self, inner: Level) -> Level {
        let part = |x: f64| (x / self.mass).clamp(0.0, 1.0);
        Level { below: part(between(self.low, inner)), above: part(between(inner, self.high)) }
    }

    /// The whole numbers that hold practically all of it, if it lies on whole numbers and they are not too many.
    fn whole_numbers(&self) -> Option<(u32, f64)> {
        self.inner.as_family().point(0.0)?;
        let tail = f64::EPSILON * 1e-4;
        let first = self.quantile(Level { below: tail, above: 1.0 });
        let count = self.quantile(Level { below: 1.0, above: tail }) - first + 1.0;
        (count <= 1e6).then_some((count as u32, first))
    }

    fn sum(&self, (count, first): (u32, f64), value: impl Fn(f64) -> f64) -> f64 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for i in 0..count {
            let k = first + f64::from(i);
            let p = self.inner.as_family().point(k).unwrap_or(0.0);
            sum += p * value(k);
            weight += p;
        }
        sum / weight
    }
}

/// The probability between two levels, from the side that has the digits.
fn between(low: Level, high: Level) -> f64 {
    if low.below <= 0.5 { high.below - low.below } else { low.above - high.above }
}

/// See [`Dist::truncated`].
pub(crate) fn truncate(dist: Dist, min: Option<f64>, max: Option<f64>) -> Result<Dist, BadParameter> {
    for (i, bound) in [min, max].into_iter().enumerate() {
        if let Some(x) = bound.filter(|x| !x.is_finite()) {
            return BadParameter::err(&[i], format!("a bound must be a finite number, is {x}"), "leave the bound out");
        }
    }
    if min.is_none() && max.is_none() {
        return Ok(dist);
    }
    let (low, high) = (min.unwrap_or(f64::NEG_INFINITY), max.unwrap_or(f64::INFINITY));
    if low > high {
        let message = format!("min must not be above max, is {} > {}", show(low), show(high));
        return BadParameter::err(&[0, 1], message, format!("exchange them: min={}, max={}", show(high), show(low)));
    }
    match restrict(dist.clone(), low, high) {
        Some((rest, mass)) if mass >= LEAST => Ok(rest),
        _ => {
            let at: Vec<usize> = [min, max].iter().enumerate().filter_map(|(i, x)| x.map(|_| i)).collect();
            let reach = (dist.quantile(0.001), dist.quantile(0.999));
            let help = format!(
                "99.8 % of the distribution lies in {} .. {}: choose bounds there",
                show(reach.0),
                show(reach.1)
            );
            BadParameter::err(&at, "nothing of the distribution is left between the bounds", help)
        }
    }
}

/// The restricted distribution and the probability of the range; `None` where that is zero.
fn restrict(dist: Dist, min: f64, max: f64) -> Option<(Dist, f64)> {
    match dist {
        Dist::Constant(c) => (min <= c.value && c.value <= max).then_some((Dist::Constant(c), 1.0)),
        Dist::Empirical(data) => {
            let kept: Vec<f64> = data.values().iter().copied().filter(|x| min <= *x && *x <= max).collect();
            let mass = kept.len() as f64 / data.values().len() as f64;
            empirical::from_values(kept).ok().map(|rest| (rest, mass))
        }
        Dist::Mixture(mixture) => {
            let parts = mixture
                .parts()
                .iter()
                .filter_map(|(w, d)| restrict(d.clone(), min, max).map(|(d, mass)| (w * mass, d)));
            let mut parts: Vec<(f64, Dist)> = parts.collect();
            let mass: f64 = parts.iter().map(|(w, _)| *w).sum();
            parts.retain(|(w, _)| *w > NEGLIGIBLE * mass);
            mixture::mix(parts).ok().map(|rest| (rest, mass))
        }
        Dist::Truncated(inner) => {
            let (rest, mass) = restrict(inner.inner, min.max(inner.min), max.min(inner.max))?;
            Some((rest, mass / inner.mass))
        }
        other => {
            let rest = Truncated::new(other, min, max);
            if let Some(mass) = rest.narrow() {
                return Form::Uniform.build(&[rest.min, rest.max]).ok().map(|uniform| (uniform, mass));
            }
            let mass = rest.mass;
            (mass > 0.0).then(|| (Dist::Truncated(Box::new(rest)), mass))
        }
    }
}

impl QuantileFunction for Truncated {
    fn name(&self) -> &'static str {
        "truncated"
    }
    fn quantile(&self, level: Level) -> f64 {
        self.inner.quantile_at(self.map(level)).max(self.min).min(self.max)
    }
    fn level(&self, x: f64) -> Level {
        if x < self.min {
            Level::NONE
        } else if x >= self.max {
            Level::ALL
        } else {
            self.unmap(self.inner.level(x))
        }
    }
    fn level_below(&self, x: f64) -> Level {
        if x <= self.min {
            Level::NONE
        } else if x > self.max {
            Level::ALL
        } else {
            self.unmap(self.inner.as_family().level_below(x))
        }
    }
    fn support(&self) -> (f64, f64) {
        let (low, high) = self.inner.support();
        (low.max(self.min), high.min(self.max))
    }
    fn mean(&self) -> f64 {
        match self.whole_numbers() {
            Some(range) => self.sum(range, |k| k),
            None => moments::mean(&|level| self.quantile(level)),
        }
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        match self.whole_numbers() {
            Some(range) => self.sum(range, |k| (k - mean) * (k - mean)),
            None => moments::variance(&|level| self.quantile(level), mean),
        }
    }
    fn point(&self, k: f64) -> Option<f64> {
        let inside = if k >= self.min && k <= self.max { 1.0 } else { 0.0 };
        self.inner.as_family().point(k).map(|p| inside * p / self.mass)
    }
    fn atom_at_most(&self, x: f64) -> Option<f64> {
        self.inner.as_family().atom_at_most(x.min(self.max)).filter(|t| *t >= self.min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    /// Moments and a quantile of a normal and a lognormal far out, by 40 digits.
    #[test]
    fn what_lies_far_out_or_is_narrow_is_a_distribution() {
        let of = |form: Form, params: &[f64], min: f64, max: Option<f64>| {
            truncate(form.build(params).unwrap(), Some(min), max).unwrap()
        };
        let near = |found: f64, expected: f64| {
            assert!((found / expected - 1.0).abs() < 1e-9, "{found:?} instead of {expected}");
        };
        let far = of(Form::NormalMeanSd, &[0.0, 1.0], 7.5, None);
        near(far.mean(), 7.628966391103766);
        near(far.variance(), 0.016119736687426);
        near(far.quantile(0.75), 7.679633331949234);
        let far = of(Form::NormalMeanSd, &[0.0, 1.0], 8.5, None);
        near(far.mean(), 8.614595320165173);
        near(far.variance(), 0.012807691192272);
        near(far.quantile(0.75), 8.659466636367371);
        let far = of(Form::NormalMeanSd, &[0.0, 1.0], 20.0, None);
        near(far.mean(), 20.04975306852785);
        near(far.variance(), 0.0024632616150522);
        near(far.quantile(0.75), 20.06902419403103);
        // A median of 1 and a sigma of 0.5 from 8 sd on.
        let far = of(Form::LogNormalMedianSigma, &[1.0, 0.5], 54.598150033144239, None);
        near(far.mean(), 58.12211667144433);
        let high = 1.0 + 1e-13;
        let (_, mass) = restrict(Form::NormalMeanSd.build(&[0.0, 1.0]).unwrap(), 1.0, high).unwrap();
        assert!((mass / (high - 1.0) / 0.241_970_724_519_143_37 - 1.0).abs() < 1e-6, "{mass}");
        let narrow = of(Form::NormalMeanSd, &[0.0, 1.0], 0.0, Some(1e-14));
        near(narrow.quantile(0.25), 0.25e-14);
        near(narrow.mean(), 0.5e-14);
        assert!(truncate(Form::NormalMeanSd.build(&[0.0, 1.0]).unwrap(), Some(39.0), None).is_err());
    }

    #[test]
    fn bounds_between_whole_numbers_are_the_next_whole_numbers() {
        let moments = |form: Form, params: &[f64], min: Option<f64>, max: Option<f64>| {
            let dist = truncate(form.build(params).unwrap(), min, max).unwrap();
            (dist.mean(), dist.variance().sqrt(), dist.quantile(0.0))
        };
        let near = |(mean, sd, least): (f64, f64, f64), expected: [f64; 3]| {
            let found = [mean, sd, least];
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?} {expected:?}");
        };
        near(moments(Form::Bernoulli, &[0.4], Some(0.5), None), [1.0, 0.0, 1.0]);
        // Of 1 and 2 with weights 2 and 1.
        near(moments(Form::Binomial, &[2.0, 0.5], Some(0.5), None), [4.0 / 3.0, 2f64.sqrt() / 3.0, 1.0]);
        // Of 5, 6 and 7 with weights 252, 210 and 120.
        let mean = (5.0 * 252.0 + 6.0 * 210.0 + 7.0 * 120.0) / 582.0;
        let squares = (25.0 * 252.0 + 36.0 * 210.0 + 49.0 * 120.0) / 582.0;
        let sd = f64::sqrt(squares - mean * mean);
        near(moments(Form::Binomial, &[10.0, 0.5], Some(4.5), Some(7.5)), [mean, sd, 5.0]);
        assert!(truncate(Form::Poisson.build(&[3.0]).unwrap(), Some(1.2), Some(1.8)).is_err());
    }
}
