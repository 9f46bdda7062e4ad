//! What is varied: `NAME: PATH=QUANTITY; PATH=QUANTITY`.

use crate::diagnostic::{Diagnostic, Sources, Span};

/// What to write.
const HELP: &str = "write --with 'Dearer: *.inference.input_price*=1.2; workload.requests_per_month=200k'";

/// A scenario of its own: another one with changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variation {
    /// What it is called.
    pub name: String,
    /// What is written over the scenario, as `--set` takes it.
    pub changes: Vec<String>,
}

impl Variation {
    /// Reads a variation; the text becomes one of the sources, so that errors can point into it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, sources: &mut Sources) -> Result<Variation, Diagnostic> {
        let source = sources.add("--with", text);
        let error = |message: &str| Diagnostic::error(Span::new(source, 0, text.len()), message).help(HELP);
        let (name, changes) = text.split_once(':').ok_or_else(|| error("`--with` takes NAME: PATH=QUANTITY"))?;
        let changes: Vec<String> = parts(changes).into_iter().filter(|change| !change.is_empty()).collect();
        if name.trim().is_empty() || name.contains('=') {
            return Err(error("a variation begins with its name and a colon"));
        }
        if name.chars().any(crate::diagnostic::is_unsafe) {
            return Err(error("the name of a variation holds a control character"));
        }
        if changes.is_empty() {
            return Err(error("a variation changes something"));
        }
        Ok(Variation { name: name.trim().to_owned(), changes })
    }
}

/// The parts of a text between semicolons that stand outside quotes.
fn parts(text: &str) -> Vec<String> {
    let (mut parts, mut quote) = (vec![String::new()], None);
    for c in text.chars() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (';', None) => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_changes_are_told_apart() {
        let parse = |text: &str| Variation::parse(text, &mut Sources::default());
        let found = parse("All dearer : *.inference.input_price*=1.2; 'A; B'.setup.cost = uniform(1, 2);").unwrap();
        assert_eq!(found.name, "All dearer");
        assert_eq!(found.changes, ["*.inference.input_price*=1.2", "'A; B'.setup.cost = uniform(1, 2)"]);
        for text in ["x=1", "Name", ": x=1", "Name:", "Name: ;", "a=b: x=1", "\u{7}: x=1"] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
