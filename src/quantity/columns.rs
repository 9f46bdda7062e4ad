//! The operations of the language on columns.
//!
//! A match on the operation stands outside the loops, so that each is one the compiler can turn into vector
//! instructions.

use super::apply::{apply_binary, apply_unary, holds};
use super::ast::{Binary, Comparison, Unary};
use crate::vector::kernels;

/// A function of one column.
pub(super) fn unary(function: Unary, x: &[f64], out: &mut [f64]) {
    for (out, x) in out.iter_mut().zip(x) {
        *out = apply_unary(function, *x);
    }
}

/// A function of two columns.
pub(super) fn binary(function: Binary, x: &[f64], y: &[f64], out: &mut [f64]) {
    match function {
        Binary::Add => add(x, y, out),
        Binary::Subtract => subtract(x, y, out),
        Binary::Multiply => multiply(x, y, out),
        Binary::Divide => divide(x, y, out),
        Binary::Power | Binary::Min | Binary::Max => {
            for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
                *out = apply_binary(function, *x, *y);
            }
        }
    }
}

/// Where the comparison holds `choice[0]`, else `choice[1]`.
pub(super) fn select(comparison: Comparison, compared: [&[f64]; 2], choice: [&[f64]; 2], out: &mut [f64]) {
    let [(x, y), (then, otherwise)] = [compared, choice].map(|[a, b]| (a, b));
    for (i, out) in out.iter_mut().enumerate() {
        // An undefined comparison must be seen, not hidden.
        *out = if x[i].is_nan() || y[i].is_nan() {
            f64::NAN
        } else if holds(comparison, x[i], y[i]) {
            then[i]
        } else {
            otherwise[i]
        };
    }
}

kernels! {
    fn add(x: &[f64], y: &[f64], out: &mut [f64]) {
        for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
            *out = x + y;
        }
    }

    fn subtract(x: &[f64], y: &[f64], out: &mut [f64]) {
        for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
            *out = x - y;
        }
    }

    fn multiply(x: &[f64], y: &[f64], out: &mut [f64]) {
        for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
            *out = x * y;
        }
    }

    fn divide(x: &[f64], y: &[f64], out: &mut [f64]) {
        for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
            *out = x / y;
        }
    }

    /// Holds a column to a range; says how many values lay outside, and whether all were finite.
    pub(super) fn clamp(range: (f64, f64), x: &[f64], out: &mut [f64]) -> (u64, bool) {
        let (low, high) = range;
        let (mut outside, mut finite) = (0, true);
        for (out, x) in out.iter_mut().zip(x) {
            finite &= x.is_finite();
            outside += u64::from(*x < low) + u64::from(*x > high);
            let above = if *x < low { low } else { *x };
            *out = if above > high { high } else { above };
        }
        (outside, finite)
    }
}
