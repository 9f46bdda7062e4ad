//! `--set PATH*=1.2` and `PATH+=500`: a quantity in proportion to what it is without them.

use super::document::{Node, TomlTable, TomlValue};
use super::field::{Fallback, Field, is_share};
use super::targets::{Holds, Target};
use crate::diagnostic::{Diagnostic, Span};
use crate::quantity::ast::{Binary, ExprKind, Unary};
use crate::quantity::{Expr, factor, parse, written_variables};

/// What becomes of what is written at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It is replaced.
    Set,
    /// It is multiplied.
    Multiply,
    /// It is added to.
    Add,
}

impl Change {
    /// The change that a path ends in, and the path without it.
    pub fn of(path: &str) -> Option<(Change, &str)> {
        let multiplied = path.strip_suffix('*').map(|path| (Change::Multiply, path));
        multiplied.or_else(|| path.strip_suffix('+').map(|path| (Change::Add, path)))
    }

    fn sign(self) -> &'static str {
        match self {
            Change::Set => "",
            Change::Multiply => "*",
            Change::Add => "+",
        }
    }
}

/// What stands at a place after a change by the value of an override.
///
/// # Errors
/// Nothing to change, or a change that cannot have been meant.
pub(super) fn changed(document: &TomlTable, target: &Target, change: Change, by: &Node) -> Result<Node, Diagnostic> {
    let TomlValue::Free(right, _) = &by.value else { return Ok(by.clone()) };
    // What is wrong with the value by itself is told where it stands.
    let (Change::Multiply | Change::Add, Ok(value)) = (change, parse(right)) else { return Ok(by.clone()) };
    let Holds::Quantity(unit, fallback) = target.holds else {
        let error = Diagnostic::error(by.span, format!("`{}` is no quantity", target.parts.join(".")));
        return Err(error.help("set it with = alone"));
    };
    refuse_share(unit, (change, right), &value, by.span)?;
    let written = match target.node(document) {
        Some(node) => Some(node.clone()),
        None => default(document, target, fallback, by.span)?,
    };
    match written.as_ref().map(|node| &node.value) {
        Some(TomlValue::Number(text) | TomlValue::Text(text, _) | TomlValue::Free(text, _)) => match parse(text) {
            Ok(old) => {
                let text = format!("{} {} {}", part(&old, text), change.sign(), part(&value, right));
                Ok(Node { span: by.span, value: TomlValue::Text(text, None) })
            }
            // It is refused for itself.
            Err(_) => Ok(Node { span: by.span, value: TomlValue::Text(text.clone(), None) }),
        },
        _ => {
            let error = Diagnostic::error(by.span, format!("nothing is written at `{}`", target.parts.join(".")));
            Err(error.help("set it with = alone"))
        }
    }
}

/// A share added to what is counted in something, and a share with a sign as a factor.
fn refuse_share(
    unit: Option<&'static str>,
    (change, right): (Change, &str),
    value: &Expr,
    span: Span,
) -> Result<(), Diagnostic> {
    let ExprKind::Number(x, true) = value.kind else { return Ok(()) };
    let more = format!("for {} more write *={}", right.trim_start_matches('+'), factor(x));
    match (change, unit) {
        (Change::Add, Some(unit)) if !is_share(unit) => {
            let error = Diagnostic::error(span, format!("{right} is a share, and the field is counted in {unit}"));
            Err(error.help(more))
        }
        (Change::Multiply, _) if right.starts_with('+') => {
            let error = Diagnostic::error(span, format!("a factor of {right} is {x}"));
            Err(error.help(more))
        }
        _ => Ok(()),
    }
}

/// What a field holds that is not written.
fn default(document: &TomlTable, target: &Target, fallback: Fallback, span: Span) -> Result<Option<Node>, Diagnostic> {
    let other = match fallback {
        Fallback::Number(x) => return Ok(Some(Node { span, value: TomlValue::Number(x.to_string()) })),
        Fallback::Absent(_) | Fallback::Required | Fallback::WherePaid => return Ok(None),
        Fallback::HourlyRate => Field::LabourRate,
        Fallback::InputPrice => Field::InputPrice,
    };
    let Some(node) = target.beside(other).node(document) else { return Ok(None) };
    match &node.value {
        // Written out a second time a distribution would be drawn by itself.
        TomlValue::Text(text, _) | TomlValue::Free(text, _)
            if parse(text).is_ok_and(|e| !written_variables(&e).is_empty()) =>
        {
            let message = format!("what is not written here follows `{}`, which is uncertain", other.path());
            let error = Diagnostic::error(span, message);
            Err(error.help("move the distribution to [inputs], so that both can name it, or change it there"))
        }
        _ => Ok(Some(node.clone())),
    }
}

/// The text of an expression as a part of a product or sum.
fn part(expr: &Expr, text: &str) -> String {
    let is_tight = match expr.kind {
        ExprKind::Binary(operator, ..) => matches!(operator, Binary::Min | Binary::Max),
        ExprKind::Unary(function, _) => function != Unary::Negate,
        ExprKind::Interval(_) => false,
        _ => true,
    };
    if is_tight { text.to_owned() } else { format!("({text})") }
}
