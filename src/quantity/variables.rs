//! Which random variables a quantity writes, and in what order.

use std::ops::Range;

use super::ast::{Expr, ExprKind};

/// A random variable as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Written<'a> {
    /// Where it is numbered from: its function's name, or the left bound of `to`.
    pub position: usize,
    /// Its bytes.
    pub at: Range<usize>,
    /// The distribution.
    pub expr: &'a Expr,
}

/// The random variables of a quantity in the order of their positions, outer before inner at the same place.
///
/// A truncated distribution is one variable, and so is a mix of constants and of distributions with constant
/// parameters; a mix which is a choice is one for picking the branch, and the branches' own.
pub fn written_variables(expr: &Expr) -> Vec<Written<'_>> {
    let mut found = Vec::new();
    collect(expr, &mut found);
    found.sort_by_key(|w| w.position);
    found
}

fn collect<'a>(expr: &'a Expr, found: &mut Vec<Written<'a>>) {
    if expr.is_distribution() {
        let position = match &expr.kind {
            ExprKind::Interval(bounds) => bounds[0].at.start,
            _ => expr.at.start,
        };
        found.push(Written { position, at: expr.at.clone(), expr });
    }
    match &expr.kind {
        ExprKind::Mix(_) if !expr.is_choice() => {}
        ExprKind::Truncate(arguments) => {
            for (i, argument) in arguments.iter().enumerate() {
                match i {
                    0 => parameters_of(&argument.value, found),
                    _ => collect(&argument.value, found),
                }
            }
        }
        _ => expr.children().into_iter().for_each(|c| collect(c, found)),
    }
}

/// The variables below a distribution that is not one by itself, being inside `truncate`.
fn parameters_of<'a>(inner: &'a Expr, found: &mut Vec<Written<'a>>) {
    let mut below = Vec::new();
    collect(inner, &mut below);
    found.extend(below.into_iter().filter(|w| !std::ptr::eq(w.expr, inner)));
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn variables_are_counted_as_specified() {
        for (text, count) in [
            ("3 * 4", 0),
            ("2 * uniform(1, 2) + 1", 1),
            ("uniform(1, 2) + 1 to 3", 2),
            ("normal(1, 2) + uniform(1, 2)", 2),
            ("truncate(normal(1, 2), min=0)", 1),
            ("truncate(normal(uniform(0, 1), 2), min=0)", 2),
            ("mix(0.5: 1, 0.5: uniform(2, 3))", 1),
            ("mix(0.5: x, 0.5: uniform(2, 3))", 2),
            ("mix(0.5: 2*uniform(1, 2), 0.5: uniform(2, 3))", 3),
            ("normal(mean=uniform(1, 2), sd=1)", 2),
        ] {
            assert_eq!(written_variables(&parse(text).unwrap()).len(), count, "{text}");
        }
    }

    #[test]
    fn numbering_follows_the_text() {
        let text = "(uniform(1, 2) to 9) * normal(1, 2)";
        let expr = parse(text).unwrap();
        let order: Vec<&str> = written_variables(&expr).iter().map(|w| &text[w.at.clone()]).collect();
        assert_eq!(order, ["(uniform(1, 2) to 9)", "uniform(1, 2)", "normal(1, 2)"]);
    }
}
