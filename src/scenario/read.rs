//! Reading typed values from a table, with an error for each that is not what its key takes.

use jiff::civil::Date;

use super::calendar::Start;
use super::document::{Node, TomlTable, TomlValue};
use super::field::Field;
use crate::diagnostic::{Diagnostic, Span};
use crate::quantity::ast::{ExprKind, Unary};
use crate::quantity::{Expr, QuantityError, parse, written_variables};

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A quantity as written.
#[derive(Clone, Debug)]
pub struct RawQuantity {
    /// Its text in the quantity language.
    pub text: String,
    /// What it says.
    pub expr: Result<Expr, QuantityError>,
    /// Where the value stands.
    pub span: Span,
    /// Where the text begins, if it stands in the source as it is.
    pub start: Option<usize>,
}

impl RawQuantity {
    fn new(text: &str, span: Span, start: Option<usize>) -> RawQuantity {
        RawQuantity { text: text.to_owned(), expr: parse(text), span, start }
    }

    /// How many random variables it writes; none where it cannot be read.
    pub fn variables(&self) -> usize {
        self.expr.as_ref().map_or(0, |expr| written_variables(expr).len())
    }

    /// The span of a part of the text; of the whole where the text was written with escapes.
    pub fn place(&self, at: &std::ops::Range<usize>) -> Span {
        match self.start {
            Some(start) if at.end <= self.text.len() => {
                Span::new(self.span.source, start + at.start, start + at.end.max(at.start))
            }
            _ => self.span,
        }
    }

    /// An error of the quantity language, placed in the file.
    pub fn diagnose(&self, error: QuantityError) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.place(&error.at), error.message);
        diagnostic.help = error.help;
        diagnostic
    }
}

/// Reads the entries of one table and remembers which keys are known.
pub struct Reader<'a, 'p> {
    table: &'a TomlTable,
    /// What the table is called in messages.
    title: String,
    problems: &'p mut Vec<Diagnostic>,
}

impl<'a, 'p> Reader<'a, 'p> {
    /// A reader of a table that messages call `title`.
    pub fn new(table: &'a TomlTable, title: impl Into<String>, problems: &'p mut Vec<Diagnostic>) -> Self {
        Reader { table, title: title.into(), problems }
    }

    fn node(&self, key: &str) -> Option<&'a Node> {
        self.table.get(key).map(|e| &e.node)
    }

    /// Reports what is wrong with a value.
    pub fn refuse(&mut self, error: Diagnostic) {
        self.problems.push(error);
    }

    fn wrong_type(&mut self, key: &str, node: &Node, wanted: &str) {
        let message = format!("`{key}` takes {wanted}, not {}", node.value.describe());
        self.problems.push(Diagnostic::error(node.span, message).help(format!("write {wanted}")));
    }

    /// A text.
    pub fn text(&mut self, key: &str) -> Option<Named> {
        let node = self.node(key)?;
        let (TomlValue::Text(text, _) | TomlValue::Free(text, _)) = &node.value else {
            self.wrong_type(key, node, "a text in quotes");
            return None;
        };
        if text.chars().any(crate::diagnostic::is_unsafe) {
            let message = format!("`{key}` holds a control character");
            // It is a text all the same: what refers to it is not wrong too.
            self.problems.push(Diagnostic::error(node.span, message).help("use letters, digits, spaces and signs"));
        }
        Some(Named { text: text.clone(), span: node.span })
    }

    /// One of a closed list of words.
    pub fn choice<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let named = self.text(key)?;
        let found = words.iter().find(|(w, _)| *w == named.text).map(|(_, t)| *t);
        if found.is_none() {
            let list: Vec<&str> = words.iter().map(|(w, _)| *w).collect();
            let message = format!("`{key}` is one of {}", list.join(", "));
            let help = match crate::diagnostic::nearest(&named.text, list.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write \"{}\"", list.first().unwrap_or(&"")),
            };
            self.problems.push(Diagnostic::error(named.span, message).help(help));
        }
        found
    }

    /// true or false.
    pub fn boolean(&mut self, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        match &node.value {
            TomlValue::Bool(b) => Some(*b),
            TomlValue::Free(text, _) if text == "true" => Some(true),
            TomlValue::Free(text, _) if text == "false" => Some(false),
            _ => {
                self.wrong_type(key, node, "true or false");
                None
            }
        }
    }

    /// A whole number within a range, with its place. Texts such as "100k" count.
    pub fn whole(&mut self, key: &str, low: u64, high: u64) -> Option<(u64, Span)> {
        let raw = self.quantity(key)?;
        // Up to 2^64 − 1 a seed must not lose digits, so plain digits do not go through a float.
        let exact = raw.text.parse::<u64>().ok();
        let float = raw.expr.ok().and_then(|e| match e.kind {
            ExprKind::Number(x, false) if x.fract() == 0.0 && (0.0..9e15).contains(&x) => Some(x as u64),
            _ => None,
        });
        match exact.or(float).filter(|x| (low..=high).contains(x)) {
            Some(x) => Some((x, raw.span)),
            None => {
                let help = match raw.text.trim().parse::<f64>() {
                    Ok(x) if x > high as f64 => format!("write {high} or less"),
                    Ok(_) => format!("write a whole number of at least {low}"),
                    Err(_) => format!("it cannot be uncertain; write a constant, such as {}", low.max(1)),
                };
                let message = format!("`{key}` takes a whole number from {low} to {high}");
                self.problems.push(Diagnostic::error(raw.span, message).help(help));
                None
            }
        }
    }

    /// A plain number.
    pub fn number(&mut self, key: &str) -> Option<(f64, Span)> {
        let raw = self.quantity(key)?;
        match raw.text.trim().parse::<f64>() {
            Ok(x) if x.is_finite() => Some((x, raw.span)),
            _ => {
                self.problems
                    .push(Diagnostic::error(raw.span, format!("`{key}` takes a constant number")).help("write 0.4"));
                None
            }
        }
    }

    /// A constant amount of at least 0, with its place. Texts such as "15k" count.
    pub fn amount(&mut self, key: &str) -> Option<(f64, Span)> {
        let raw = self.quantity(key)?;
        let constant = raw.expr.ok().and_then(|expr| match expr.kind {
            ExprKind::Number(x, false) if x.is_finite() => Some(x),
            ExprKind::Unary(Unary::Negate, of) => match of.kind {
                ExprKind::Number(x, false) => Some(-x),
                _ => None,
            },
            _ => None,
        });
        let (message, help) = match constant {
            Some(x) if x >= 0.0 => return Some((x, raw.span)),
            Some(_) => (format!("`{key}` is an amount of at least 0"), "leave it out where there is none"),
            None => {
                (format!("`{key}` takes a constant amount"), "it cannot be uncertain; write an amount such as \"15k\"")
            }
        };
        self.problems.push(Diagnostic::error(raw.span, message).help(help));
        None
    }

    /// A day: written as such, or typed.
    pub fn day(&mut self, key: &str) -> Option<(Date, Span)> {
        let node = self.node(key)?;
        let day = day_of(node);
        if day.is_none() {
            self.wrong_type(key, node, "a date such as 2026-12-01");
        }
        Some((day?, node.span))
    }

    /// A month: a quantity, or a day that is so many months from the start.
    pub fn month(&mut self, key: &str, start: Option<Start>) -> Option<RawQuantity> {
        let node = self.node(key)?;
        let Some(day) = day_of(node) else { return self.quantity(key) };
        let Some(start) = start else {
            let error = Diagnostic::error(node.span, format!("`{key}` is a date, and the scenario has no start"));
            self.problems.push(error.help("write start = 2026-12-01 under [simulation], the month that is month 1"));
            return None;
        };
        let Some(months) = start.months_to(day) else {
            let error = Diagnostic::error(node.span, format!("{day} is before the start, {start}"));
            self.problems.push(error.help("write a later date, or an earlier simulation.start"));
            return None;
        };
        Some(RawQuantity::new(&format!("{months:?}"), node.span, None))
    }

    /// A number or a text in the quantity language.
    pub fn quantity(&mut self, key: &str) -> Option<RawQuantity> {
        let node = self.node(key)?;
        self.quantity_of(key, node)
    }

    /// The quantity of an entry that is at hand already.
    pub fn quantity_of(&mut self, key: &str, node: &Node) -> Option<RawQuantity> {
        let span = node.span;
        match &node.value {
            TomlValue::Number(n) if n.contains("inf") || n.contains("nan") => {
                self.problems.push(Diagnostic::error(span, format!("`{key}` must be a finite number")).help("write 0"));
                None
            }
            TomlValue::Number(n) => {
                let verbatim = (span.end - span.start) as usize == n.len();
                Some(RawQuantity::new(n, span, verbatim.then_some(span.start as usize)))
            }
            TomlValue::Text(text, start) => Some(RawQuantity::new(text, span, *start)),
            TomlValue::Free(text, start) => Some(RawQuantity::new(text, span, Some(*start))),
            _ => {
                self.wrong_type(key, node, "a number, or a quantity in quotes such as \"60k to 170k\"");
                None
            }
        }
    }

    /// A table below a key.
    pub fn table(&mut self, key: &str) -> Option<(&'a TomlTable, Span)> {
        let entry = self.table.get(key)?;
        match &entry.node.value {
            TomlValue::Table(table) => Some((table, entry.key_span)),
            _ => {
                self.wrong_type(key, &entry.node, &format!("a section: [{key}]"));
                None
            }
        }
    }

    /// Tables of an array below a key, as written with `[[key]]`.
    pub fn tables(&mut self, key: &str) -> Vec<(&'a TomlTable, Span)> {
        let Some(entry) = self.table.get(key) else { return Vec::new() };
        let TomlValue::Array(items) = &entry.node.value else {
            self.wrong_type(key, &entry.node, &format!("sections headed [[{key}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match &item.value {
                TomlValue::Table(table) => tables.push((table, item.span)),
                _ => self.wrong_type(key, item, &format!("sections headed [[{key}]]")),
            }
        }
        tables
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &str) -> Vec<Named> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let TomlValue::Array(items) = &node.value else {
            self.wrong_type(key, node, "a list of names in quotes: [\"a\", \"b\"]");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                TomlValue::Text(text, _) => texts.push(Named { text: text.clone(), span: item.span }),
                _ => self.wrong_type(key, item, "names in quotes"),
            }
        }
        texts
    }

    /// Reports keys that are not among the known ones, and whether there are any.
    pub fn finish<'k>(self, known: impl Iterator<Item = &'k str> + Clone) -> bool {
        let before = self.problems.len();
        for entry in &self.table.entries {
            if known.clone().any(|k| k == entry.key) {
                continue;
            }
            let message = format!("there is no `{}` in {}", shorten(&entry.key), self.title);
            let elsewhere = Field::ALL.iter().find(|field| field.key() == entry.key);
            let near = crate::diagnostic::nearest(&entry.key, known.clone());
            let help = match (near, elsewhere) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, Some(field)) => format!("it belongs to another section: `{}`", field.path()),
                (None, None) => format!("it takes {}", known.clone().collect::<Vec<_>>().join(", ")),
            };
            self.problems.push(Diagnostic::error(entry.key_span, message).help(help));
        }
        self.problems.len() > before
    }
}

/// The day that a value says; of what is typed, a text in its form.
fn day_of(node: &Node) -> Option<Date> {
    match &node.value {
        TomlValue::Date(day) => *day,
        TomlValue::Free(text, _) => text.trim().parse().ok().filter(|_| text.trim().len() == "2026-12-01".len()),
        _ => None,
    }
}

fn shorten(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { short + "…" } else { short }
}
