//! Diagnostics as text: file, line and column, the fault underlined, help below it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Label, Severity, Sources};

/// Whether the text may carry terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextStyle {
    /// Letters only.
    Plain,
    /// With ANSI colours.
    Coloured,
}

/// The findings shown before the rest is only counted.
const SHOWN: usize = 50;
/// Lines longer than this are cut to the part around the fault.
const WIDTH: usize = 120;
/// Letters of a message, a label or a remedy: names of a megabyte are quoted by their ends.
const LONGEST: usize = 2000;

/// Renders findings in the order of their places. Control characters of the scenario never reach the result.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, style: TextStyle) -> String {
    let renderer = match style {
        TextStyle::Plain => Renderer::plain(),
        TextStyle::Coloured => Renderer::styled(),
    }
    .term_width(WIDTH);
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|d| (d.severity, d.at.as_ref().map(|l| l.span)));
    let mut text = String::new();
    for diagnostic in sorted.iter().take(SHOWN) {
        text.push_str(&one(diagnostic, sources, &renderer));
        text.push_str("\n\n");
    }
    if sorted.len() > SHOWN {
        text.push_str(&format!("… and {} more like these\n", sorted.len() - SHOWN));
    }
    text
}

fn one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE,
    };
    let title = clean(&excerpt(&diagnostic.message, LONGEST));
    let help: Vec<String> = diagnostic.help.iter().map(|h| clean(&excerpt(h, LONGEST))).collect();
    let mut group = Group::with_title(level.primary_title(title));
    for (label, kind) in labels(diagnostic) {
        let Some(part) = Excerpt::of(label, sources) else { continue };
        let annotation = kind.span(part.span.clone()).label(clean(&excerpt(&label.text, LONGEST)));
        let snippet = Snippet::source(part.text).path(part.path).line_start(part.line).annotation(annotation);
        group = group.element(snippet);
    }
    for help in help {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group])
}

fn labels(diagnostic: &Diagnostic) -> impl Iterator<Item = (&Label, AnnotationKind)> {
    let fault = diagnostic.at.iter().map(|l| (l, AnnotationKind::Primary));
    fault.chain(diagnostic.also.iter().map(|l| (l, AnnotationKind::Context)))
}

/// The lines around a label, cut so that a text of one huge line costs nothing to show.
struct Excerpt {
    text: String,
    path: String,
    line: usize,
    span: std::ops::Range<usize>,
}

impl Excerpt {
    fn of(label: &Label, sources: &Sources) -> Option<Excerpt> {
        let source = sources.get(label.span.source)?;
        let text = &*source.text;
        let start = floor(text, label.span.start as usize);
        let end = floor(text, (label.span.end as usize).max(start).min(start + 400));
        let first = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let last = text[end..].find('\n').map_or(text.len(), |i| end + i);
        let line = text[..first].matches('\n').count() + 1;
        // One megabyte on a line would be laid out column by column: keep what the terminal can show.
        let (from, to) = (floor(text, first.max(start.saturating_sub(400))), floor(text, last.min(end + 400)));
        let excerpt = clean_keeping_length(text[from..to].strip_suffix('\r').unwrap_or(&text[from..to]));
        let end = floor(text, end).max(start).min(from + excerpt.len());
        Some(Excerpt { text: excerpt, path: clean(&source.name), line, span: start - from..end - from })
    }
}

/// The largest character boundary at or below `i`.
fn floor(text: &str, i: usize) -> usize {
    let mut i = i.min(text.len());
    while !text.is_char_boundary(i) {
        i -= 1;
    }
    i
}

/// Whether a character could move the cursor, ring the bell or turn the writing direction of a terminal. Joiners, which
/// many scripts and emoji are spelt with, cannot.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text without characters that could move the cursor or turn the writing direction.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if is_unsafe(c) { '\u{fffd}' } else { c }).collect()
}

/// The text, or its ends where it has more than so many letters.
pub fn excerpt(text: &str, letters: usize) -> String {
    // Most texts are short, and need no counting.
    if text.len() <= letters || text.chars().count() <= letters {
        return text.to_owned();
    }
    let head: String = text.chars().take(letters.div_ceil(2)).collect();
    let tail: Vec<char> = text.chars().rev().take(letters / 2).collect();
    format!("{head}…{}", tail.into_iter().rev().collect::<String>())
}

/// Replaces unsafe characters by as many bytes of ordinary ones, so that spans stay right.
fn clean_keeping_length(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) && c != '\n' {
            (0..c.len_utf8()).for_each(|_| out.push(if c == '\t' { ' ' } else { '?' }));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Span;
    use super::*;

    #[test]
    fn places_are_shown_and_escapes_are_not() {
        let mut sources = Sources::default();
        let id = sources.add("a\u{1b}[31m.toml", "x = 1\ny = \"\u{1b}[2J\"\n");
        let d = Diagnostic::error(Span::new(id, 10, 16), "bad \u{7} value").label("here").help("write 2");
        let text = render(&[d], &sources, TextStyle::Plain);
        assert!(text.contains(":2:5"), "{text}");
        assert!(text.contains("= help: write 2"), "{text}");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    }

    #[test]
    fn one_huge_line_is_cut() {
        let mut sources = Sources::default();
        let id = sources.add("a.toml", "(".repeat(1 << 20));
        let text = render(&[Diagnostic::error(Span::new(id, 500_000, 1_000_000), "deep")], &sources, TextStyle::Plain);
        assert!(text.len() < 4_000, "{}", text.len());
    }
}
