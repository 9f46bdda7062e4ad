//! What a test before deciding is worth: the expected value of sample information (EVSI).
//!
//! Some outcomes or measurements of an input are seen before an option is chosen. Data do not tell the input exactly, as
//! [`information`](crate::information) takes it to be told; they make some of its values likelier. With the trials cut into
//! parts by the input, of which part j has the share P(j), the mean value x(j) and the mean totals m(i, j) of options i, the
//! mean total given data d is
//!
//! E(i | d) = Σⱼ P(j)·L(d | x(j))·m(i, j) / Σⱼ P(j)·L(d | x(j)),
//!
//! and EVSI = minᵢ Σⱼ P(j)·m(i, j) − Σ_d P(d)·minᵢ E(i | d). See H. Raiffa and R. Schlaifer, "Applied statistical decision
//! theory" (1961), and for reading it off trials that are there anyway M. Strong, J. Oakley, A. Brennan and P. Breeze,
//! "Estimating the expected value of sample information using the probabilistic sensitivity analysis sample", Med. Decis.
//! Making 35 (2015).
//!
//! Choices are made and costed by other trials as for perfect information: data say what to choose by all randomisations but
//! one, and that one says what it comes to. More data of the same kind are never worth less, and none more than knowing: where
//! noise says otherwise, neighbours share a mean.

mod costs;
mod cut;
mod gains;
mod gather;
mod grid;
mod interaction;
mod joint;
mod likelihood;
mod parts;
mod plan;
mod read;
mod rising;
mod rule;
mod study;

pub use costs::Costs;
pub use interaction::Interaction;
pub use likelihood::Sampling;
pub use plan::{PilotPlan, PilotWords, Tested};
pub use study::{Pilot, PilotRow, pilot};
