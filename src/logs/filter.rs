//! Which records count: `model == gpt-4.1-mini and output > 0`.

use crate::diagnostic::{Refusal, refuse};
use std::borrow::Cow;

use super::number;
use super::row::LogRow;

/// Comparisons that a record has to pass, all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq)]
struct Term {
    field: String,
    comparison: Comparison,
    text: String,
    number: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Contains,
}

/// Longer signs before those that they begin with.
const SIGNS: [(&str, Comparison); 7] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::Unequal),
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
    ("~", Comparison::Contains),
];

const EXAMPLE: &str = "write comparisons joined by `and`, such as 'model == gpt-4.1-mini and output > 0'";

impl Filter {
    /// Reads a filter: fields, one of `== != < <= > >= ~`, and a text, which may be quoted, up to the next ` and `.
    ///
    /// # Errors
    /// What is not written like this.
    pub fn parse(text: &str) -> Result<Filter, Refusal> {
        let mut terms = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (term, after) = term(rest)?;
            terms.push(term);
            rest = after;
        }
        if terms.is_empty() { refuse("the filter is empty", EXAMPLE) } else { Ok(Filter { terms }) }
    }

    /// Whether a record counts. A name that is none of its fields may be another word for one.
    pub fn passes(&self, row: &LogRow<'_>, other_word: &dyn Fn(&str) -> Option<String>) -> bool {
        self.terms.iter().all(|term| {
            let found = row.text(&term.field);
            let found = match found {
                None => other_word(&term.field).and_then(|field| row.text(&field).map(Cow::into_owned)).map(Cow::Owned),
                found => found,
            };
            term.holds(found.as_deref())
        })
    }
}

impl Term {
    fn holds(&self, found: Option<&str>) -> bool {
        use Comparison::{AtLeast, AtMost, Contains, Equal, Greater, Less, Unequal};
        let Some(found) = found else { return self.comparison == Unequal };
        let order = match (self.number, number::parse(found)) {
            (Some(wanted), Some(found)) => found.total_cmp(&wanted),
            // A text is neither above nor below a number.
            (Some(_), None) if !matches!(self.comparison, Equal | Unequal | Contains) => return false,
            _ => found.cmp(&self.text),
        };
        match self.comparison {
            Equal => order.is_eq(),
            Unequal => order.is_ne(),
            Less => order.is_lt(),
            AtMost => order.is_le(),
            Greater => order.is_gt(),
            AtLeast => order.is_ge(),
            Contains => found.contains(&self.text),
        }
    }
}

/// The first comparison, and what follows it.
fn term(text: &str) -> Result<(Term, &str), Refusal> {
    let sign = |(at, _): (usize, char)| SIGNS.iter().find(|(sign, _)| text[at..].starts_with(sign)).map(|s| (at, s));
    let Some((at, (sign, comparison))) = text.char_indices().find_map(sign) else {
        let assigned = if text.contains('=') { "; `==` compares" } else { "" };
        return refuse(
            format!("`{}` in the filter compares nothing", super::quoted(text)),
            EXAMPLE.to_owned() + assigned,
        );
    };
    let field = text[..at].trim();
    if field.is_empty() {
        return refuse(format!("the filter has no field before `{sign}`"), EXAMPLE);
    }
    let (value, rest) = value(text[at + sign.len()..].trim_start())?;
    let number = number::parse(value);
    let term = Term { field: field.to_owned(), comparison: *comparison, text: value.to_owned(), number };
    Ok((term, rest))
}

/// The right side of a comparison, and what follows its ` and `.
fn value(text: &str) -> Result<(&str, &str), Refusal> {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let (value, rest) = text.split_once(" and ").unwrap_or((text, ""));
        if value.trim().is_empty() {
            return refuse("a comparison in the filter has nothing on its right", "write '' for an empty text");
        }
        return Ok((value.trim(), rest.trim_start()));
    };
    let Some((value, rest)) = text[1..].split_once(quote) else {
        return refuse(format!("a quotation mark in the filter is not closed: {}", super::quoted(text)), EXAMPLE);
    };
    let rest = rest.trim_start();
    match rest.strip_prefix("and ") {
        Some(next) if !next.trim().is_empty() => Ok((value, next.trim_start())),
        None if rest.is_empty() => Ok((value, "")),
        _ => refuse(format!("`{}` follows a quoted text in the filter", super::quoted(rest)), EXAMPLE),
    }
}
