//! The beta distribution on [min, max]; PERT is a way to give its parameters.

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::normal::{Normal, check_sd};
use super::triangular::check_three;
use super::{BadParameter, Dist};
use crate::math::Level;
use crate::math::beta::{self, Fraction};

/// With both parameters above this it is a normal to within a skewness of 2e-6.
const NORMAL_FROM: f64 = 1e12;

/// A beta distribution scaled to an interval, PERT among them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    alpha: f64,
    beta: f64,
    min: f64,
    max: f64,
}

impl Beta {
    /// On [0, 1] from alpha and beta, parameters 0 and 1.
    pub(crate) fn build(alpha: f64, beta: f64) -> Result<Dist, BadParameter> {
        for (i, (name, value)) in [("alpha", alpha), ("beta", beta)].into_iter().enumerate() {
            if value <= 0.0 {
                let message = format!("{name} must be above 0, is {}", show(value));
                return BadParameter::err(&[i], message, "write for example beta(2, 5), or beta(mean=0.3, sd=0.1)");
            }
        }
        Beta::scaled(alpha, beta, 0.0, 1.0)
    }

    /// On [0, 1] from mean and standard deviation, parameters 0 and 1: alpha + beta = mean(1 − mean)/sd² − 1.
    pub(crate) fn from_mean_sd(mean: f64, sd: f64) -> Result<Dist, BadParameter> {
        check_sd(sd)?;
        if !(0.0..=1.0).contains(&mean) {
            let message = format!("mean of a beta must lie between 0 and 1, is {}", show(mean));
            return BadParameter::err(&[0], message, "write a share such as mean=0.3");
        }
        if sd == 0.0 {
            return Ok(Dist::constant(mean));
        }
        let spread = mean * (1.0 - mean);
        let total = spread / (sd * sd) - 1.0;
        if total.is_nan() || total <= 0.0 {
            let message = format!(
                "sd {} is too large: with a mean of {} it must be below {}",
                show(sd),
                show(mean),
                show(spread.sqrt())
            );
            return BadParameter::err(&[1], message, format!("write for example sd={:.3}", 0.5 * spread.sqrt()));
        }
        if (mean * total).min((1.0 - mean) * total) > NORMAL_FROM {
            return Normal::build(mean, sd);
        }
        Beta::scaled(mean * total, (1.0 - mean) * total, 0.0, 1.0)
    }

    /// PERT, parameters min, mode, max, shape: alpha = 1 + shape·(mode − min)/(max − min), beta = 1 + shape·(max − mode)/(max − min).
    pub(crate) fn pert(min: f64, mode: f64, max: f64, shape: f64) -> Result<Dist, BadParameter> {
        check_three(min, mode, max)?;
        if shape < 0.0 {
            let message = format!("shape must not be negative, is {}", show(shape));
            return BadParameter::err(&[3], message, "leave it out (4), or write a larger one for a narrower peak");
        }
        if min == max {
            return Ok(Dist::constant(min));
        }
        let width = max - min;
        Beta::scaled(1.0 + shape * ((mode - min) / width), 1.0 + shape * ((max - mode) / width), min, max)
            .map_err(|bad| bad.at(&[3, 3]))
    }

    fn scaled(alpha: f64, beta: f64, min: f64, max: f64) -> Result<Dist, BadParameter> {
        let total = alpha + beta;
        if alpha.min(beta) > NORMAL_FROM && total.is_finite() {
            let (mean, rest) = (alpha / total, beta / total);
            return Normal::build(min + (max - min) * mean, (max - min) * (mean * rest / total).sqrt());
        }
        if total > 1e15 || alpha.min(beta) < 1e-15 {
            return BadParameter::err(
                &[0, 1],
                "the parameters are too extreme to compute with",
                "write parameters between 1e-15 and 1e15",
            );
        }
        Ok(Dist::Beta(Beta { alpha, beta, min, max }))
    }

    /// Where in [min, max] x lies.
    fn fraction(&self, x: f64) -> Fraction {
        let width = self.max - self.min;
        let x = x.clamp(self.min, self.max);
        Fraction { x: (x - self.min) / width, rest: (self.max - x) / width }
    }
}

impl QuantileFunction for Beta {
    fn name(&self) -> &'static str {
        "beta"
    }
    fn quantile(&self, level: Level) -> f64 {
        let Fraction { x, rest } = beta::inverse(self.alpha, self.beta, level);
        let width = self.max - self.min;
        let middle = self.min + 0.5 * width;
        // from the nearer end, so that it keeps its digits close to both
        if x <= 0.5 { (self.min + width * x).min(middle) } else { (self.max - width * rest).max(middle) }
    }
    fn level(&self, x: f64) -> Level {
        beta::level(self.alpha, self.beta, self.fraction(x))
    }
    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }
    fn mean(&self) -> f64 {
        self.min + (self.max - self.min) * (self.alpha / (self.alpha + self.beta))
    }
    /// width²·αβ/((α+β)²(α+β+1)).
    fn variance(&self) -> f64 {
        let total = self.alpha + self.beta;
        let width = self.max - self.min;
        width * width * (self.alpha / total) * (self.beta / total) / (total + 1.0)
    }
}
