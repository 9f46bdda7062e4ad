//! The operations of the language on columns.
//!
//! A match on the operation stands outside the loops, so that each is one the compiler can turn into vector
//! instructions.

use super::apply::{apply_binary, apply_unary, holds};
use super::ast::{Binary, Comparison, Unary};
use crate::vector::kernels;

/// A function of one column.
pub(super) fn unary(function: Unary, x: &[f64], out: &mut [f64]) {
    match function {
        Unary::Floor => floor(x, out),
        Unary::Ceil => ceil(x, out),
        _ => out.iter_mut().zip(x).for_each(|(out, x)| *out = apply_unary(function, *x)),
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
    match comparison {
        Comparison::Less => less(compared, choice, out),
        Comparison::LessEqual => less_equal(compared, choice, out),
        Comparison::Greater => greater(compared, choice, out),
        Comparison::GreaterEqual => greater_equal(compared, choice, out),
    }
}

#[inline(always)]
fn choose(comparison: Comparison, [x, y]: [&[f64]; 2], [then, otherwise]: [&[f64]; 2], out: &mut [f64]) {
    let n = out.len();
    let (x, y, then, otherwise) = (&x[..n], &y[..n], &then[..n], &otherwise[..n]);
    for i in 0..n {
        let taken = if holds(comparison, x[i], y[i]) { then[i] } else { otherwise[i] };
        // An undefined comparison must be seen, not hidden.
        out[i] = if x[i].is_nan() | y[i].is_nan() { f64::NAN } else { taken };
    }
}

kernels! {
    fn floor(x: &[f64], out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(x) {
            *out = x.floor();
        }
    }

    fn ceil(x: &[f64], out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(x) {
            *out = x.ceil();
        }
    }

    fn less(compared: [&[f64]; 2], choice: [&[f64]; 2], out: &mut [f64]) {
        choose(Comparison::Less, compared, choice, out);
    }

    fn less_equal(compared: [&[f64]; 2], choice: [&[f64]; 2], out: &mut [f64]) {
        choose(Comparison::LessEqual, compared, choice, out);
    }

    fn greater(compared: [&[f64]; 2], choice: [&[f64]; 2], out: &mut [f64]) {
        choose(Comparison::Greater, compared, choice, out);
    }

    fn greater_equal(compared: [&[f64]; 2], choice: [&[f64]; 2], out: &mut [f64]) {
        choose(Comparison::GreaterEqual, compared, choice, out);
    }

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
