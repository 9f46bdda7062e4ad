//! Probability distributions by their quantile functions.
//!
//! Every random variable is drawn by inverting its distribution function, so that quasi-random points, correlations and common
//! random numbers work the same for all. [`Form`] turns written parameters into a [`Dist`]; [`Quantiles`] draws many values.

mod bad_parameter;
mod beta;
mod binomial;
mod cells;
mod constant;
mod empirical;
mod exponential;
mod family;
mod form;
mod gamma;
mod lattice;
mod logitnormal;
mod lognormal;
mod loguniform;
mod metalog;
mod metalog_fit;
mod mixture;
mod moments;
mod normal;
mod percentiles;
mod poisson;
mod quantiles;
mod steps;
mod table;
mod triangular;
mod truncated;
mod uniform;
mod weibull;

use crate::math::Level;
use family::QuantileFunction;
use std::sync::Arc;

pub use bad_parameter::BadParameter;
pub use beta::Beta;
pub use binomial::Binomial;
pub use constant::Constant;
pub use empirical::Empirical;
pub use exponential::Exponential;
pub use form::Form;
pub use gamma::Gamma;
pub use logitnormal::LogitNormal;
pub use lognormal::LogNormal;
pub use loguniform::LogUniform;
pub use metalog::Metalog;
pub use mixture::Mixture;
pub use normal::Normal;
pub use poisson::Poisson;
pub use quantiles::Quantiles;
pub use triangular::Triangular;
pub use truncated::Truncated;
pub use uniform::Uniform;
pub use weibull::Weibull;

/// A probability distribution with constant parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum Dist {
    /// One value with probability 1.
    Constant(Constant),
    /// Equal density between two bounds.
    Uniform(Uniform),
    /// The logarithm is uniform.
    LogUniform(LogUniform),
    /// A density that rises to the mode and falls from it in straight lines.
    Triangular(Triangular),
    /// A beta distribution scaled to an interval, PERT among them.
    Beta(Beta),
    /// The normal distribution.
    Normal(Normal),
    /// The logarithm is normal.
    LogNormal(LogNormal),
    /// The logit is normal: a share between 0 and 1.
    LogitNormal(LogitNormal),
    /// The waiting time of a constant rate.
    Exponential(Exponential),
    /// The gamma distribution.
    Gamma(Gamma),
    /// The Weibull distribution.
    Weibull(Weibull),
    /// A quantile function through given percentiles.
    Metalog(Metalog),
    /// The number of events at a constant rate.
    Poisson(Poisson),
    /// The number of successes in n trials; Bernoulli is n = 1.
    Binomial(Binomial),
    /// Equally likely values.
    Empirical(Arc<Empirical>),
    /// One of several distributions by chance.
    Mixture(Arc<Mixture>),
    /// A distribution restricted to a range.
    Truncated(Box<Truncated>),
}

impl Dist {
    /// The constant `x`.
    pub fn constant(x: f64) -> Dist {
        Dist::Constant(Constant { value: x })
    }

    /// The distribution restricted to [`min`, `max`] and renormalised. Both bounds belong to the range. A mixture or a data set
    /// stays one, of what is left of its parts.
    ///
    /// # Errors
    /// Parameters are numbered 0 for `min` and 1 for `max`: a bound that is not finite, min above max, or a range that holds
    /// less than 1e-12 of the probability.
    pub fn truncated(self, min: Option<f64>, max: Option<f64>) -> Result<Dist, BadParameter> {
        truncated::truncate(self, min, max)
    }

    /// One of several distributions: `parts` are weights, at least 0 and normalised here, with what they are of.
    ///
    /// # Errors
    /// Parameters are numbered as the parts: a weight below 0 or not finite, or no weight above 0.
    pub fn mixture(parts: Vec<(f64, Dist)>) -> Result<Dist, BadParameter> {
        mixture::mix(parts)
    }

    /// Equally likely `values`: the u-quantile is the ⌈u·n⌉-th smallest.
    ///
    /// # Errors
    /// No value at all, or one that is not finite; parameters are numbered as the values.
    pub fn empirical(values: Vec<f64>) -> Result<Dist, BadParameter> {
        empirical::from_values(values)
    }

    /// The uncertainty of the mean of independent observations: normal with their mean and s/√n, s² with n − 1.
    ///
    /// # Errors
    /// Fewer than two values, or one that is not finite; parameters are numbered as the values.
    pub fn mean_of(values: &[f64]) -> Result<Dist, BadParameter> {
        empirical::mean_of(values)
    }

    /// The quantile function at `u` in (0, 1): the smallest x with P(X ≤ x) ≥ u. Non-decreasing but for rounding; `u` outside is
    /// brought into (0, 1), NaN gives NaN.
    pub fn quantile(&self, u: f64) -> f64 {
        if u.is_nan() {
            return f64::NAN;
        }
        self.quantile_at(Level::new(u))
    }

    /// The quantile function at a level with its complement, which reaches further into the upper tail than `u` can.
    pub fn quantile_at(&self, level: Level) -> f64 {
        self.as_family().quantile(level)
    }

    /// P(X ≤ x).
    pub fn cdf(&self, x: f64) -> f64 {
        self.level(x).below
    }

    /// P(X < x).
    pub fn cdf_below(&self, x: f64) -> f64 {
        self.as_family().level_below(x).below
    }

    /// P(X ≤ x) and P(X > x), each to full relative precision where there is a formula for it.
    pub fn level(&self, x: f64) -> Level {
        self.as_family().level(x)
    }

    /// P(X < x) and P(X ≥ x).
    pub fn level_below(&self, x: f64) -> Level {
        self.as_family().level_below(x)
    }

    /// The expected value, +∞ where it does not exist (a metalog with a heavy tail).
    pub fn mean(&self) -> f64 {
        self.as_family().mean()
    }

    /// The variance, +∞ where it does not exist.
    pub fn variance(&self) -> f64 {
        self.as_family().variance()
    }

    /// The smallest interval that holds all values; infinite where they have no bound.
    pub fn support(&self) -> (f64, f64) {
        self.as_family().support()
    }

    /// The family's name, such as "normal" or "mixture".
    pub fn family(&self) -> &'static str {
        self.as_family().name()
    }

    fn as_family(&self) -> &dyn QuantileFunction {
        match self {
            Dist::Constant(d) => d,
            Dist::Uniform(d) => d,
            Dist::LogUniform(d) => d,
            Dist::Triangular(d) => d,
            Dist::Beta(d) => d,
            Dist::Normal(d) => d,
            Dist::LogNormal(d) => d,
            Dist::LogitNormal(d) => d,
            Dist::Exponential(d) => d,
            Dist::Gamma(d) => d,
            Dist::Weibull(d) => d,
            Dist::Metalog(d) => d,
            Dist::Poisson(d) => d,
            Dist::Binomial(d) => d,
            Dist::Empirical(d) => d.as_ref(),
            Dist::Mixture(d) => d.as_ref(),
            Dist::Truncated(d) => d.as_ref(),
        }
    }
}
