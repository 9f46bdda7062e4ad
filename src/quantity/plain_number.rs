//! Numbers that are nothing but numbers.

use super::ast::{ExprKind, Unary};
use super::parse;

/// A number as the quantity language writes them; `None` for anything else.
pub fn plain_number(text: &str) -> Option<f64> {
    match parse(text.trim()).ok()?.kind {
        ExprKind::Number(x, _) => Some(x),
        ExprKind::Unary(Unary::Negate, inner) => match inner.kind {
            ExprKind::Number(x, _) => Some(-x),
            _ => None,
        },
        _ => None,
    }
}
