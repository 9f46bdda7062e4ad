//! The families of distributions that are written with parameters: all that the language knows of each.

use crate::dist::Form;

/// By which of its parameters a distribution is seen to be one of shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// The first that is no spread.
    First,
    /// A mean, which has to be named.
    Mean,
    /// None: the first is another number than the values.
    Never,
}

/// What the language knows of a family.
#[derive(Debug)]
pub struct Description {
    /// How it is written, for messages.
    pub usage: &'static str,
    /// The ways to give its parameters; none of what takes percentiles only.
    pub forms: &'static [Form],
    /// Values of its last parameters where they are not written.
    pub defaults: &'static [f64],
    /// By what it is a share.
    pub share: Share,
    /// Examples of all ways to write it.
    pub examples: &'static [&'static str],
    /// What it means.
    pub meaning: &'static str,
}

macro_rules! families {
    ($($(#[$doc:meta])* $family:ident = $name:literal {
        usage: $usage:literal,
        forms: [$($form:expr),*],
        defaults: [$($default:literal),*],
        share: $share:expr,
        examples: [$($example:literal),* $(,)?],
        meaning: $meaning:literal,
    })*) => {
        /// A family.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Family { $($(#[$doc])* $family),* }

        impl Family {
            /// All of them.
            pub const ALL: &'static [Family] = &[$(Family::$family),*];

            /// Its name in the language.
            pub fn name(self) -> &'static str {
                match self { $(Family::$family => $name),* }
            }

            /// The one with a name.
            pub fn named(name: &str) -> Option<Family> {
                Family::ALL.iter().copied().find(|family| family.name() == name)
            }

            /// What is known of it.
            pub fn description(self) -> &'static Description {
                match self {
                    $(Family::$family => {
                        static DESCRIPTION: Description = Description {
                            usage: $usage,
                            forms: &[$($form),*],
                            defaults: &[$($default),*],
                            share: $share,
                            examples: &[$($example),*],
                            meaning: $meaning,
                        };
                        &DESCRIPTION
                    })*
                }
            }
        }
    };
}

families! {
    /// Uniform.
    Uniform = "uniform" {
        usage: "uniform(low, high)",
        forms: [Form::Uniform],
        defaults: [],
        share: Share::First,
        examples: ["uniform(50, 150)"],
        meaning: "Anything between the two is as likely.",
    }
    /// Uniform in the logarithm.
    LogUniform = "loguniform" {
        usage: "loguniform(low, high)",
        forms: [Form::LogUniform],
        defaults: [],
        share: Share::First,
        examples: ["loguniform(1k, 1M)"],
        meaning: "Every order of magnitude between the two is as likely.",
    }
    /// Triangular.
    Triangular = "triangular" {
        usage: "triangular(min, mode, max)",
        forms: [Form::Triangular],
        defaults: [],
        share: Share::First,
        examples: ["triangular(20, 40, 120)"],
        meaning: "Minimum, most likely, maximum, with straight sides.",
    }
    /// PERT, a scaled beta.
    Pert = "pert" {
        usage: "pert(min, mode, max) or pert(min, mode, max, shape=4)",
        forms: [Form::Pert],
        defaults: [4.0],
        share: Share::First,
        examples: ["pert(20, 40, 120)", "pert(20, 40, 120, shape=8)"],
        meaning: "Minimum, most likely, maximum, as experts name them: a smooth beta; a larger shape is surer of the middle.",
    }
    /// Normal.
    Normal = "normal" {
        usage: "normal(mean, sd), normal(mean, cv=20%) or normal(p10=…, p90=…)",
        forms: [Form::NormalMeanSd],
        defaults: [],
        share: Share::First,
        examples: ["normal(mean=2%, sd=1%)", "normal(p10=1%, p90=3%)"],
        meaning: "The bell; it can be negative.",
    }
    /// Lognormal.
    LogNormal = "lognormal" {
        usage: "lognormal(mean=…, sd=…), lognormal(mean=…, cv=20%), lognormal(median=…, sigma=…) or lognormal(p5=…, p95=…)",
        forms: [Form::LogNormalMeanSd, Form::LogNormalMedianSigma],
        defaults: [],
        share: Share::First,
        examples: ["lognormal(mean=100, cv=20%)", "lognormal(median=100, sigma=0.3)", "lognormal(p5=60, p95=160)"],
        meaning: "Positive and skewed: prices, hours, volumes. Mean and sd are those of the value, not of its logarithm; every sd may be written as a share of the mean, cv.",
    }
    /// Exponential.
    Exponential = "exponential" {
        usage: "exponential(mean)",
        forms: [Form::Exponential],
        defaults: [],
        share: Share::First,
        examples: ["exponential(mean=3)"],
        meaning: "Waiting times without memory.",
    }
    /// Gamma.
    Gamma = "gamma" {
        usage: "gamma(shape=…, scale=…), gamma(mean=…, sd=…) or gamma(mean=…, cv=20%)",
        forms: [Form::GammaShapeScale, Form::GammaMeanSd],
        defaults: [],
        share: Share::Never,
        examples: ["gamma(mean=16, sd=5)", "gamma(shape=4, scale=2)"],
        meaning: "Positive, less skewed than lognormal.",
    }
    /// Weibull.
    Weibull = "weibull" {
        usage: "weibull(shape=…, scale=…)",
        forms: [Form::Weibull],
        defaults: [],
        share: Share::Never,
        examples: ["weibull(shape=1.5, scale=10)"],
        meaning: "Lifetimes.",
    }
    /// Beta.
    Beta = "beta" {
        usage: "beta(alpha, beta), beta(mean=…, sd=…) or beta(mean=…, cv=20%)",
        forms: [Form::BetaAlphaBeta, Form::BetaMeanSd],
        defaults: [],
        share: Share::Mean,
        examples: ["beta(2, 38)", "beta(mean=5%, sd=2%)"],
        meaning: "A share: 2 of 40 gives beta(2, 38).",
    }
    /// Metalog.
    Metalog = "metalog" {
        usage: "metalog(p10=…, p50=…, p90=…), with min=… and max=… where it is bounded",
        forms: [],
        defaults: [],
        share: Share::First,
        examples: ["metalog(p10=40, p50=60, p90=140)", "metalog(p10=40, p50=60, p90=140, min=0)"],
        meaning: "A smooth distribution through three to nine percentiles.",
    }
    /// Poisson.
    Poisson = "poisson" {
        usage: "poisson(mean)",
        forms: [Form::Poisson],
        defaults: [],
        share: Share::Never,
        examples: ["poisson(3)"],
        meaning: "How often something happens.",
    }
    /// Binomial.
    Binomial = "binomial" {
        usage: "binomial(n, p)",
        forms: [Form::Binomial],
        defaults: [],
        share: Share::Never,
        examples: ["binomial(5, 30%)"],
        meaning: "How many of a number of tries succeed.",
    }
    /// Bernoulli.
    Bernoulli = "bernoulli" {
        usage: "bernoulli(p)",
        forms: [Form::Bernoulli],
        defaults: [],
        share: Share::Never,
        examples: ["bernoulli(20%)"],
        meaning: "1 with this probability, else 0.",
    }
}
