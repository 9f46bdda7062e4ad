//! Costs so far without going through the months: closed forms where what happens in a month is known beforehand.
//!
//! Let option *i* have lines of amounts *a* with driver units *u(m)* that are the same in every trial, at a price level
//! *p(m)* and a discount *d(m)*. What it has been charged by the end of month *M* is
//!
//! > C(M) = once + Σ a · U(M), with U(M) = Σ u(m) · p(m) · d(m) over m = 1 … M,
//!
//! so that months cost a product and not a pass: [`Steady`] tabulates U once for all trials. Retrains on a schedule that
//! differs by trial come to the count ⌊monthly · months in service⌋, which is a formula of the month too. Whether an option
//! is cheaper so far in a month is the sign of C(M) less the baseline's, in which amounts that grow alike are one:
//! [`Difference`]. The months in which it changes are found by their bits, six at a time.
//!
//! Where drawn events, growth or prices differ by trial, none of this holds, and [`MonthlyCosts`](super::MonthlyCosts)
//! goes through the months. Both ways give the same figures up to rounding.

mod difference;
mod loops;
mod steady;

pub use difference::{Difference, DifferenceColumns};
pub use loops::{FIELD, FULL, STEP};
pub use steady::Steady;
