//! What to write instead of what TOML does not understand.

use super::lines::LineStarts;

/// Headings that are repeated, each for one thing of several.
const REPEATED: [&str; 3] = ["option", "correlation", "option.cost"];
/// Bytes of a line of which there is anything to say.
const LONGEST: usize = 200;

/// Remedies for a text.
pub struct Remedies<'a> {
    lines: LineStarts<'a>,
    /// The lines with a heading in single brackets, by number, and its word.
    headings: Vec<(usize, &'a str)>,
}

impl<'a> Remedies<'a> {
    /// For a text.
    pub fn of(text: &'a str) -> Remedies<'a> {
        let lines = LineStarts::of(text);
        let headings = (0..lines.count()).filter_map(|number| Some((number, heading(lines.get(number))?))).collect();
        Remedies { lines, headings }
    }

    /// What to write at a byte.
    pub fn at(&self, place: usize) -> String {
        let number = self.lines.of_place(place);
        if let Some((key, value)) = unquoted(self.lines.get(number)) {
            return format!("quantities stand in quotes: write {key} = \"{value}\"");
        }
        // A key that is there twice, or its heading: the heading above it is what was meant to be repeated.
        let above = self.headings.partition_point(|(line, _)| *line <= number).checked_sub(1);
        match above.map(|k| self.headings[k].1).filter(|word| REPEATED.contains(word)) {
            Some(word) => format!("write [[{word}]], in two pairs of brackets, above each of several"),
            None => {
                "lines are `key = value` under [section] headings; texts, and quantities such as \"100k\", stand in \
                     quotes"
                    .to_owned()
            }
        }
    }
}

/// The word of a heading in single brackets.
fn heading(line: &str) -> Option<&str> {
    let inner = line.trim_start().strip_prefix('[').filter(|rest| !rest.starts_with('['))?;
    inner.split_once(']').map(|(word, _)| word.trim())
}

/// The key and the quantity of a line that has no quotes around it.
fn unquoted(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=').filter(|_| line.len() <= LONGEST)?;
    let value = value.split('#').next().unwrap_or("").trim();
    let begins = value.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    let is_quantity = begins && value.parse::<f64>().is_err() && crate::quantity::parse(value).is_ok();
    is_quantity.then_some((key.trim(), value))
}
