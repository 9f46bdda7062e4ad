//! What is said of a quantity that is no value of its field, or cannot have been meant for one.

use super::field::is_share;
use super::range::Range;
use super::read::RawQuantity;
use crate::diagnostic::Diagnostic;
use crate::quantity::ast::ExprKind;
use crate::quantity::{Expr, Standing, as_range};

/// What is said of a constant that a field cannot take.
pub(super) fn refused((name, x): (&str, f64), quantity: &RawQuantity, range: Range) -> Diagnostic {
    if !x.is_finite() {
        return Diagnostic::error(quantity.span, format!("`{name}` is not a finite number"))
            .help("check for a division by zero, or a logarithm or root of a negative number");
    }
    let help = match ends(&quantity.text) {
        Some([low, high]) if x < 0.0 => format!("- subtracts: write {low} to {high} for a range"),
        _ => format!("write {}", range.describe()),
    };
    Diagnostic::error(quantity.span, format!("`{name}` is {x}")).help(help)
}

/// The ends of what looks like a range written with a hyphen.
fn ends(text: &str) -> Option<[&str; 2]> {
    let (low, high) = text.split_once('-')?;
    let is_number = |text: &str| {
        let written = |c: char| c.is_ascii_alphanumeric() || ".%_".contains(c);
        text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(written)
    };
    let ends = [low.trim(), high.trim()];
    ends.iter().all(|end| is_number(end)).then_some(ends)
}

/// What is said of a share in a field with a unit, and of a range that was written as a difference.
pub(super) fn misread(
    (name, unit): (&str, &str),
    (expr, standing): (&Expr, Standing),
    quantity: &RawQuantity,
) -> Option<Diagnostic> {
    if is_share(unit) {
        let [low, high] = as_range(expr, &quantity.text)?;
        let message = format!("`{name}` is a difference of two shares: - subtracts");
        return Some(Diagnostic::error(quantity.span, message).help(format!("write {low}% to {high}% for a range")));
    }
    if standing != Standing::Share {
        return None;
    }
    let text = quantity.text.trim();
    let message = format!("`{name}` is counted in {unit}, and {text} is a share");
    let error = Diagnostic::error(quantity.span, message).help("write the number itself, without %");
    Some(error.help(match expr.kind {
        ExprKind::Number(x, _) => {
            format!("to change it by a share write --set '{name}*={}'", (1e12 + x * 1e12).round() / 1e12)
        }
        _ => format!("to change it by a share write --set '{name}*=1.2'"),
    }))
}
