//! Sensitivity and the value of information.
//!
//! Three questions sound alike and have different answers.
//!
//! **What moves the cost?** `tornado.csv` holds one input low and high and shows how far the mean moves. `indices.csv` says
//! how much of the variance an input explains: by itself (first order), and alone or together with others (total order).
//! Total orders may add up to more than 1, since what two inputs do together counts for both. Shapley effects share that
//! out and add up to 1, also where inputs are correlated and the indices would mean nothing.
//!
//! **What moves the decision?** The same indices for `OPTION.paid_back` and for `regret`, what the choice costs above the
//! cheapest option. An input can move all costs alike and decide nothing. `flip_points.csv` has the values at which another
//! option becomes the cheapest on average, found by evaluating the model there.
//!
//! **What is worth finding out?** The value of information is by how much the mean cost falls if an input is known before
//! choosing: the most that a trial, a load test or a quote can be worth. An input that would change no choice is worth
//! nothing, however much it moves the cost. Nobody learns an input exactly, so it is an upper bound.
//!
//! A study of your own model needs its inputs and a function of columns:
//!
//! ```
//! use breakeven::dist::{Form, Quantiles};
//! use breakeven::sensitivity::{Effort, shapley_effects, value_of_information};
//!
//! let normal = |mean: f64, sd: f64| Form::NormalMeanSd.build(&[mean, sd]).map(Quantiles::new);
//! let inputs = [normal(100.0, 10.0)?, normal(90.0, 20.0)?];
//! let effort = Effort { points: 1 << 14, seed: 1 };
//!
//! // The costs of two options: 100 for sure on average, or 90 give or take twice as much.
//! let costs = |x: &[&[f64]], cost: &mut [Vec<f64>]| {
//!     cost[0].copy_from_slice(x[0]);
//!     cost[1].copy_from_slice(x[1]);
//! };
//! let worth = value_of_information(&inputs, &[], 2, costs, effort);
//! // The unit normal loss: √500 · L(10/√500) = 4.80.
//! assert!((worth.everything.expect("two options").value - 4.80).abs() < 0.1);
//!
//! let saving = |x: &[&[f64]], out: &mut [f64]| {
//!     out.iter_mut().enumerate().for_each(|(t, out)| *out = x[0][t] - x[1][t]);
//! };
//! let effects = shapley_effects(&inputs, &[], saving, effort);
//! assert!((effects[1].expect("it varies").value - 0.8).abs() < 0.01);
//! # Ok::<(), breakeven::dist::BadParameter>(())
//! ```
