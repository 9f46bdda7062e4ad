//! Numerical mathematics without the platform's libm: results are the same bits on every CPU.
//!
//! Everything transcendental goes through [`elementary`], which calls the pure-Rust `libm` crate. `sqrt`, `abs`, `floor`
//! and `ceil` of the standard library are exact by IEEE 754 and are used directly.

pub mod beta;
pub mod elementary;
pub mod gamma;
mod invert;
mod level;
pub mod linalg;
pub mod normal;
pub mod quadrature;
pub mod saddle;
pub mod student;

pub use elementary::{
    asin, ceil, cos, erfc, exp, exp_m1, floor, ln, ln_1p, ln_gamma, log10, pow, powi, round, sin, sqrt,
};
pub use level::Level;
