//! How a distribution's parameters are given.

use super::bad_parameter::show;
use super::percentiles::name;
use super::*;

/// How a distribution's parameters are given; [`Form::build`] turns numbers into the distribution.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// low, high.
    Uniform,
    /// low, high.
    LogUniform,
    /// min, mode, max.
    Triangular,
    /// min, mode, max, shape.
    Pert,
    /// mean, sd.
    NormalMeanSd,
    /// The values at two probabilities in (0, 1), in the order given.
    NormalPercentiles([f64; 2]),
    /// The mean and sd of the value itself, not of its logarithm.
    LogNormalMeanSd,
    /// The median, and the sd of the logarithm.
    LogNormalMedianSigma,
    /// The values at two probabilities in (0, 1), in the order given.
    LogNormalPercentiles([f64; 2]),
    /// low, high: the 5th and 95th percentile.
    LogNormalInterval,
    /// low, high: the 5th and 95th percentile of a share in (0, 1).
    LogitNormalInterval,
    /// mean.
    Exponential,
    /// shape, scale.
    GammaShapeScale,
    /// mean, sd.
    GammaMeanSd,
    /// shape, scale.
    Weibull,
    /// alpha, beta.
    BetaAlphaBeta,
    /// mean, sd.
    BetaMeanSd,
    /// The percentiles' values, then min, then max where present.
    Metalog {
        /// The probabilities of the percentiles, 3 to 9 in (0, 1), in the order given.
        probabilities: Vec<f64>,
        /// Whether there is a lower bound.
        has_min: bool,
        /// Whether there is an upper bound.
        has_max: bool,
    },
    /// mean.
    Poisson,
    /// n, p.
    Binomial,
    /// p.
    Bernoulli,
}

impl Form {
    /// Whether it takes a mean and a standard deviation.
    pub fn is_by_mean_sd(&self) -> bool {
        matches!(self, Form::NormalMeanSd | Form::LogNormalMeanSd | Form::GammaMeanSd | Form::BetaMeanSd)
    }

    /// The parameters' names in the order of [`Form::build`], where they do not depend on what is written.
    pub fn names(&self) -> Option<&'static [&'static str]> {
        Some(match self {
            Form::Uniform | Form::LogUniform | Form::LogNormalInterval | Form::LogitNormalInterval => &["low", "high"],
            Form::Triangular => &["min", "mode", "max"],
            Form::Pert => &["min", "mode", "max", "shape"],
            Form::NormalMeanSd | Form::LogNormalMeanSd | Form::GammaMeanSd | Form::BetaMeanSd => &["mean", "sd"],
            Form::LogNormalMedianSigma => &["median", "sigma"],
            Form::Exponential | Form::Poisson => &["mean"],
            Form::GammaShapeScale | Form::Weibull => &["shape", "scale"],
            Form::BetaAlphaBeta => &["alpha", "beta"],
            Form::Binomial => &["n", "p"],
            Form::Bernoulli => &["p"],
            Form::NormalPercentiles(_) | Form::LogNormalPercentiles(_) | Form::Metalog { .. } => return None,
        })
    }

    /// The parameters' names in the order of [`Form::build`].
    pub fn parameters(&self) -> Vec<String> {
        match self {
            Form::NormalPercentiles(p) | Form::LogNormalPercentiles(p) => p.iter().map(|p| name(*p)).collect(),
            Form::Metalog { probabilities, has_min, has_max } => {
                let bounds = [("min", *has_min), ("max", *has_max)].into_iter().filter(|(_, has)| *has);
                let bounds = bounds.map(|(name, _)| name.to_owned());
                probabilities.iter().map(|p| name(*p)).chain(bounds).collect()
            }
            _ => self.names().unwrap_or_default().iter().map(ToString::to_string).collect(),
        }
    }

    /// How many parameters there are.
    fn count(&self) -> usize {
        match self {
            Form::Metalog { probabilities, has_min, has_max } => {
                probabilities.len() + usize::from(*has_min) + usize::from(*has_max)
            }
            _ => self.names().map_or(2, <[_]>::len),
        }
    }

    /// The distribution with these parameters, in the order of [`Form::parameters`]. Cheap enough to be called for every trial
    /// where a parameter is itself uncertain. A distribution without width is a constant.
    ///
    /// # Errors
    /// Parameters that no such distribution has, are not finite, or are not as many as the form takes.
    pub fn build(&self, params: &[f64]) -> Result<Dist, BadParameter> {
        self.check(params)?;
        match (self, params) {
            (Form::Uniform, &[low, high]) => Uniform::build(low, high),
            (Form::LogUniform, &[low, high]) => LogUniform::build(low, high),
            (Form::Triangular, &[min, mode, max]) => Triangular::build(min, mode, max),
            (Form::Pert, &[min, mode, max, shape]) => Beta::pert(min, mode, max, shape),
            (Form::NormalMeanSd, &[mean, sd]) => Normal::build(mean, sd),
            (Form::NormalPercentiles(p), &[a, b]) => Normal::through(*p, [a, b]),
            (Form::LogNormalMeanSd, &[mean, sd]) => LogNormal::from_mean_sd(mean, sd),
            (Form::LogNormalMedianSigma, &[median, sigma]) => LogNormal::from_median_sigma(median, sigma),
            (Form::LogNormalPercentiles(p), &[a, b]) => LogNormal::through(*p, [a, b]),
            (Form::LogNormalInterval, &[a, b]) => LogNormal::through([0.05, 0.95], [a, b]),
            (Form::LogitNormalInterval, &[a, b]) => LogitNormal::interval(a, b),
            (Form::Exponential, &[mean]) => Exponential::build(mean),
            (Form::GammaShapeScale, &[shape, scale]) => Gamma::build(shape, scale),
            (Form::GammaMeanSd, &[mean, sd]) => Gamma::from_mean_sd(mean, sd),
            (Form::Weibull, &[shape, scale]) => Weibull::build(shape, scale),
            (Form::BetaAlphaBeta, &[alpha, beta]) => Beta::build(alpha, beta),
            (Form::BetaMeanSd, &[mean, sd]) => Beta::from_mean_sd(mean, sd),
            (Form::Metalog { probabilities, has_min, has_max }, _) => {
                Metalog::build(probabilities, *has_min, *has_max, params)
            }
            (Form::Poisson, &[mean]) => Poisson::build(mean),
            (Form::Binomial, &[n, p]) => Binomial::build(n, p),
            (Form::Bernoulli, &[p]) => Binomial::bernoulli(p),
            _ => BadParameter::err(
                &[],
                "the wrong number of parameters",
                format!("it takes {}", self.parameters().join(", ")),
            ),
        }
    }

    /// As many parameters as the form takes, all finite.
    fn check(&self, params: &[f64]) -> Result<(), BadParameter> {
        if params.len() != self.count() {
            let message = format!("{} parameters are needed, there are {}", self.count(), params.len());
            return BadParameter::err(&[], message, format!("it takes {}", self.parameters().join(", ")));
        }
        let Some(i) = params.iter().position(|x| !x.is_finite()) else {
            return Ok(());
        };
        let message = format!("{} must be a finite number, is {}", self.parameters()[i], show(params[i]));
        BadParameter::err(&[i], message, "write a finite number")
    }
}
