//! Whether what is written is a share: what decides what a number with `%` can mean beside it.
//!
//! `800k + 20%` reads as a fifth more to most, and as 0.2 more to a calculator. Where what stands beside `%` is certainly no
//! share, both are shown and neither is taken.

use super::QuantityError;
use super::ast::{Binary, Expr, ExprKind, Unary};

/// What is known of an expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Written with `%`.
    Share,
    /// Certainly none: it is counted in something, or above 1.
    NoShare,
    /// It may be one.
    #[default]
    Open,
}

impl Standing {
    /// Of a number as written, or of what follows from some.
    pub(super) fn of_number(x: f64) -> Standing {
        if x > 1.0 { Standing::NoShare } else { Standing::Open }
    }

    /// Of a function of one number.
    pub(super) fn of_unary(function: Unary, a: Standing) -> Standing {
        use Unary::{Abs, Ceil, Exp, Floor, Ln, Log10, Negate, Round, Sqrt};
        match (function, a) {
            (Negate | Abs | Floor | Ceil | Round, a) => a,
            (Sqrt, Standing::NoShare) => Standing::NoShare,
            (Sqrt | Exp | Ln | Log10, _) => Standing::Open,
        }
    }

    /// Of a function of two numbers that can go together.
    pub(super) fn of_binary(operator: Binary, a: Standing, b: Standing) -> Standing {
        use Binary::{Add, Divide, Max, Min, Multiply, Power, Subtract};
        use Standing::{NoShare, Open};
        match (operator, a, b) {
            (Add | Subtract | Min | Max, a, b) if a == b && operator != Subtract => a,
            (Subtract, Standing::Share, Standing::Share) => Standing::Share,
            (Max, NoShare, _) | (Max, _, NoShare) | (Multiply, NoShare, NoShare) => NoShare,
            (Add | Subtract | Min | Max | Multiply | Divide | Power, _, _) => Open,
        }
    }

    /// Of something that is one or the other.
    pub(super) fn of_either(all: impl Iterator<Item = Standing>) -> Standing {
        all.reduce(|a, b| if a == b { a } else { Standing::Open }).unwrap_or_default()
    }
}

/// Refuses to add a share to what is none, or to take it away.
///
/// # Errors
/// Both readings, each as it would be written.
pub(super) fn check((operator, text): (Binary, &str), [a, b]: [(&Expr, Standing); 2]) -> Result<(), QuantityError> {
    let (whole, share) = match (operator, a.1, b.1) {
        (Binary::Add, Standing::Share, Standing::NoShare) => (b.0, a.0),
        (Binary::Add | Binary::Subtract, Standing::NoShare, Standing::Share) => (a.0, b.0),
        _ => return Ok(()),
    };
    let at = a.0.at.start..b.0.at.end;
    let [whole_text, share_text] = [whole, share].map(|e| text.get(e.at.clone()).unwrap_or_default());
    let sign = operator.name();
    let message = format!("{share_text} is a share, and {whole_text} is none");
    let changed = match share.kind {
        ExprKind::Number(x, _) => factor(if operator == Binary::Add { x } else { -x }),
        _ => format!("(1 {sign} {share_text})"),
    };
    let plain = match share.kind {
        ExprKind::Number(x, _) => shown(x),
        _ => share_text.to_owned(),
    };
    let is_bare = match &whole.kind {
        ExprKind::Binary(Binary::Add | Binary::Subtract, first, _) => first.at.start == whole.at.start,
        _ => false,
    };
    let product = if is_bare { format!("({whole_text}) * {changed}") } else { format!("{whole_text} * {changed}") };
    let more = if operator == Binary::Add { "more" } else { "less" };
    let mut error = QuantityError::new(at, message).help(format!("for {share_text} {more} write {product}"));
    if matches!(share.kind, ExprKind::Number(..)) {
        error = error.help(format!("for {plain} {more} write {whole_text} {sign} {plain}"));
    }
    Err(error)
}

/// Refuses the spread of a distribution as a share of nothing.
///
/// # Errors
/// How it is written as a share of the mean.
pub(super) fn check_sd(text: &str, [mean, sd]: [(&Expr, Standing); 2]) -> Result<(), QuantityError> {
    if (mean.1, sd.1) != (Standing::NoShare, Standing::Share) {
        return Ok(());
    }
    let [mean, share] = [mean, sd].map(|(e, _)| text.get(e.at.clone()).unwrap_or_default());
    let plain = match sd.0.kind {
        ExprKind::Number(x, _) => format!("sd={}", shown(x)),
        _ => "sd=… without %".to_owned(),
    };
    let message = format!("a standard deviation of {share} is a share, and a mean of {mean} is none");
    Err(QuantityError::new(sd.0.at.clone(), message)
        .help(format!("for {share} of the mean write cv={share}"))
        .help(format!("for the number itself write {plain}")))
}

/// The ends of what may have been meant for a range with a hyphen: a difference of two numbers as written.
pub fn hyphenated<'a>(expr: &Expr, text: &'a str) -> Option<[&'a str; 2]> {
    let ExprKind::Binary(Binary::Subtract, a, b) = &expr.kind else { return None };
    let is_number = |e: &Expr| matches!(e.kind, ExprKind::Number(..));
    (is_number(a) && is_number(b)).then(|| [a, b].map(|e| text.get(e.at.clone()).unwrap_or_default()))
}

/// The factor of a share more: 1.2 for 0.2.
pub fn factor(share: f64) -> String {
    shown(1.0 + share)
}

/// A number without the last digits of a float.
fn shown(x: f64) -> String {
    format!("{}", (x * 1e12).round() / 1e12)
}
