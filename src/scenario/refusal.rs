//! What is said of a quantity that is no value of its field, or cannot have been meant for one.

use super::field::is_share;
use super::range::FieldRange;
use super::read::RawQuantity;
use crate::diagnostic::Diagnostic;
use crate::quantity::ast::ExprKind;
use crate::quantity::{Expr, Standing, factor, hyphenated, parse};

/// What is said of a constant that a field cannot take.
pub(super) fn refused((name, x): (&str, f64), quantity: &RawQuantity, range: FieldRange) -> Diagnostic {
    if !x.is_finite() {
        return Diagnostic::error(quantity.span, format!("`{name}` is not a finite number"))
            .help("check for a division by zero, or a logarithm or root of a negative number");
    }
    let parsed = parse(&quantity.text).ok();
    let help = match parsed.and_then(|expr| hyphenated(&expr, &quantity.text)) {
        Some([low, high]) if x < 0.0 => format!("- subtracts: write {low} to {high} for a range"),
        _ => format!("write {}", range.describe()),
    };
    Diagnostic::error(quantity.span, format!("`{name}` is {x}")).help(help)
}

/// The same of a number that a field cannot take in a month.
pub(super) fn refused_in(
    (name, x, month): (&str, f64, usize),
    quantity: &RawQuantity,
    range: FieldRange,
) -> Diagnostic {
    let mut refusal = refused((name, x), quantity, range);
    refusal.message += &format!(" in month {month}");
    refusal
}

/// What is said of a share in a field with a unit, and of a range that was written as a difference.
pub(super) fn misread(
    (name, unit): (&str, &str),
    (expr, standing): (&Expr, Standing),
    quantity: &RawQuantity,
) -> Option<Diagnostic> {
    if is_share(unit) {
        // 100% - 5% is what it looks like.
        let [low, high] =
            hyphenated(expr, &quantity.text).filter(|[low, high]| high.ends_with('%') && *low != "100%")?;
        let low = low.trim_end_matches('%');
        let message = format!("`{name}` is a difference of two shares: - subtracts");
        return Some(Diagnostic::error(quantity.span, message).help(format!("write {low}% to {high} for a range")));
    }
    if standing != Standing::Share {
        return None;
    }
    let text = quantity.text.trim();
    let message = format!("`{name}` is counted in {unit}, and {text} is a share");
    let error = Diagnostic::error(quantity.span, message).help("write the number itself, without %");
    Some(error.help(match expr.kind {
        ExprKind::Number(x, _) => {
            format!("to change it by a share write --set '{name}*={}'", factor(x))
        }
        _ => format!("to change it by a share write --set '{name}*=1.2'"),
    }))
}
