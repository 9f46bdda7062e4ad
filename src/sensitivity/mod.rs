//! What an outcome hangs on: how much of its variance each input explains.
//!
//! The estimators take any model: a function from columns of inputs, a value for each trial of a block, to a column of
//! outcomes. Inputs are distributions.
//!
//! ```
//! use breakeven::dist::{Form, Quantiles};
//! use breakeven::sensitivity::{Effort, sobol_indices};
//!
//! // What a month of requests costs: volume times tokens times a price.
//! let lognormal = |median: f64, sigma: f64| Form::LogNormalMedianSigma.build(&[median, sigma]);
//! let inputs = [lognormal(100e3, 0.5)?, lognormal(1000.0, 0.3)?, lognormal(3e-6, 0.1)?].map(Quantiles::new);
//! let model = |x: &[&[f64]], cost: &mut [f64]| {
//!     for (t, cost) in cost.iter_mut().enumerate() {
//!         *cost = x[0][t] * x[1][t] * x[2][t];
//!     }
//! };
//! let indices = sobol_indices(&inputs, model, Effort { points: 1 << 14, seed: 1 });
//!
//! // Of a product of lognormals (e^{σᵢ²} − 1) / (e^{Σσ²} − 1), here 0.678 for the volume.
//! let volume = indices[0].first_order.expect("it varies");
//! assert!((volume.value - 0.678).abs() < 0.01);
//! # Ok::<(), breakeven::dist::BadParameter>(())
//! ```

mod blocks;
mod draws;
mod evaluate;
mod function;
mod indices;
mod ranks;
mod scenario;
mod shapley;
mod study;
mod tornado;
mod worth;

pub(crate) use blocks::by_randomisation;
pub use draws::Effort;
pub use evaluate::Input;
pub use indices::{Index, sobol_indices};
pub use scenario::Outcome;
pub use shapley::shapley_effects;
pub use study::{Shares, Study, StudyOptions, study};
pub use tornado::{Hold, Swing, Tornado};
pub use worth::{Worth, value_of_information};
