//! Choosing distributions.
//!
//! A distribution says what you know, not what the world does. Three questions lead to it.
//!
//! **What would surprise you?** Name a low and a high value that you would each bet nineteen to one against: that is
//! `"low to high"`, a lognormal with that 5th and 95th percentile. It fits what is positive and may be off by a factor:
//! traffic, prices, hours. For shares write percents, `"50% to 90%"`, which stay between 0 and 1.
//!
//! **Is there a most likely value?** `pert(4, 9, 18)` has a least, a most likely and a greatest value, and weighs the middle.
//! `triangular` gives more weight to the ends; `uniform` says that you do not know better.
//!
//! **Can it be counted?** Retrains, runs, incidents: `poisson(2)`, `binomial(3, 0.6)`; one of several cases:
//! `mix(0.75: 1, 0.25: 2)`; whether something happens at all: `bernoulli(0.1)`.
//!
//! Where you have percentiles, from experts or another model, `metalog(p10=…, p50=…, p90=…)` goes through all of them.
//!
//! * A product with few large values, a lognormal whose sd exceeds its mean, has a mean that few trials decide. Bound what
//!   is bounded: `truncate(…, max=…)` renormalises, and does not pile up mass at the edge.
//! * The same text in two places is two draws. What is one number in the world is one line in `[inputs]`.
//! * What goes up together is a `[[correlation]]`, by rank: 0.4 is a loose, 0.8 a close relation. Correlation widens the
//!   range of a sum and narrows that of a difference, such as the saving.
//!
//! ```
//! use breakeven::dist::Form;
//!
//! // "1k to 10k": the median is the geometric mean, and the mean lies above it.
//! let interval = Form::LogNormalInterval.build(&[1e3, 1e4])?;
//! assert!((interval.quantile(0.5) - 3162.3).abs() < 0.1);
//! assert!((interval.mean() - 4040.0).abs() < 0.1);
//! assert!((interval.cdf(1e4) - 0.95).abs() < 1e-12);
//! # Ok::<(), breakeven::dist::BadParameter>(())
//! ```
