//! Paths such as `Fine-tuning.training.cost_per_run`, whose parts may hold dots and may be quoted.

/// A path cut at the dots outside quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Segment {
    text: String,
    quoted: bool,
}

impl Path {
    /// Cuts a path. A segment that begins with a quote ends with the same one, followed by a dot or the end; anything
    /// else is taken as it stands.
    pub fn parse(text: &str) -> Path {
        let mut segments = Vec::new();
        let mut rest = text;
        loop {
            let (segment, after) = match quoted(rest) {
                Some((inner, after)) => (Segment { text: inner, quoted: true }, after),
                None => {
                    let end = rest.find('.').unwrap_or(rest.len());
                    (Segment { text: rest[..end].to_owned(), quoted: false }, &rest[end..])
                }
            };
            segments.push(segment);
            match after.strip_prefix('.') {
                Some(next) => rest = next,
                None => return Path { segments },
            }
        }
    }

    /// What follows a `*` that stands for every option.
    pub fn of_every_option(&self) -> Option<Path> {
        let (first, rest) = self.segments.split_first()?;
        let is_every = first.text == "*" && !first.quoted && !rest.is_empty();
        is_every.then(|| Path { segments: rest.to_vec() })
    }

    /// Whether the path spells these parts: unquoted segments may be joined to make up a part that holds dots.
    pub fn fits(&self, parts: &[&str]) -> bool {
        fits(&self.segments, parts)
    }
}

/// Where what follows a name begins, if a text begins with that name, as it stands or in quotes, and a dot after it.
pub(crate) fn behind(text: &str, name: &str) -> Option<usize> {
    let in_quotes = quoted(text).filter(|(inner, _)| inner == name).map(|(_, after)| text.len() - after.len());
    let end = in_quotes.or_else(|| text.starts_with(name).then_some(name.len()))?;
    text[end..].starts_with('.').then_some(end + 1)
}

/// Parts joined to a path, those that need it in quotes.
pub(crate) fn joined(parts: &[&str]) -> String {
    let quoted = parts.iter().map(|part| {
        let plain = !part.contains(['.', '"', '=']);
        if plain { (*part).to_owned() } else { format!("\"{}\"", part.replace('\\', "\\\\").replace('"', "\\\"")) }
    });
    quoted.collect::<Vec<_>>().join(".")
}

fn fits(segments: &[Segment], parts: &[&str]) -> bool {
    let Some((part, others)) = parts.split_first() else { return segments.is_empty() };
    let mut joined = String::new();
    for (i, segment) in segments.iter().enumerate() {
        if segment.quoted {
            return i == 0 && segment.text == *part && fits(&segments[1..], others);
        }
        if i > 0 {
            joined.push('.');
        }
        joined.push_str(&segment.text);
        if joined == *part && fits(&segments[i + 1..], others) {
            return true;
        }
        if !part.starts_with(joined.as_str()) {
            return false;
        }
    }
    false
}

/// The inside of a leading quoted segment and what follows it, if it is followed by a dot or the end.
fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut inner = String::new();
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => {
                inner.push(c);
                escaped = false;
            }
            '\\' if quote == '"' => escaped = true,
            _ if c == quote => {
                let after = &text[i + 1..];
                return (after.is_empty() || after.starts_with('.')).then_some((inner, after));
            }
            _ => inner.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Path, behind, joined};

    #[test]
    fn what_follows_a_name_is_found_and_names_are_joined() {
        assert_eq!(behind("GPT-4.1 prompted.total", "GPT-4.1 prompted"), Some(17));
        assert_eq!(behind("'a.b'.total.p90", "a.b"), Some(6));
        assert_eq!((behind("a.total", "b"), behind("ab.total", "a"), behind("a", "a")), (None, None, None));
        let path = joined(&["say \"hi\" 4.1", "total"]);
        assert_eq!(path, "\"say \\\"hi\\\" 4.1\".total");
        assert_eq!(behind(&path, "say \"hi\" 4.1"), Some(path.len() - 5));
    }

    #[test]
    fn dots_and_quotes() {
        let fits = |text: &str, parts: &[&str]| Path::parse(text).fits(parts);
        assert!(fits("GPT-4.1 prompted.inference.price", &["GPT-4.1 prompted", "inference", "price"]));
        assert!(fits("\"GPT-4.1 prompted\".inference.price", &["GPT-4.1 prompted", "inference", "price"]));
        assert!(!fits("\"GPT-4.1\" prompted.inference.price", &["GPT-4.1 prompted", "inference", "price"]));
        assert!(fits("a.'b.c'.d", &["a", "b.c", "d"]));
        assert!(!fits("a.'b.c'.d", &["a", "b", "c.d"]));
        assert!(fits("\"say \\\"hi\\\"\".x", &["say \"hi\"", "x"]));
        assert!(fits("say \"hi\".x", &["say \"hi\"", "x"]));
        assert!(!fits("a.b", &["a"]));
        assert!(!fits("a", &["a", "b"]));
    }
}
