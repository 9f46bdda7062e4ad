//! What can be wrong with a scenario, as data: messages with places in the text, rendered in one place.

mod refusal;
mod render;
mod suggest;
mod system;

use std::sync::Arc;

pub use refusal::Refusal;
pub(crate) use refusal::refuse;
pub(crate) use render::is_unsafe;
pub use render::{TextStyle, clean, excerpt, render};
pub use suggest::nearest;
pub use system::system_words;

/// A stretch of one of the texts a scenario was read from, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Which text, an index into [`Sources`].
    pub source: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The beginning of the first text: where something is missing from it as a whole.
    pub const TOP: Span = Span { source: 0, start: 0, end: 0 };

    /// The span of bytes `start..end` of a text; lengths beyond 4 GiB cannot occur, as texts are limited to 1 MiB.
    pub fn new(source: u32, start: usize, end: usize) -> Self {
        let clip = |x: usize| u32::try_from(x).unwrap_or(u32::MAX);
        Span { source, start: clip(start), end: clip(end) }
    }
}

/// A text that spans point into: the scenario file, or the text of a `--set`.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it is called in messages.
    pub name: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
}

/// All texts of a scenario; the file is the first.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a text and returns its number.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> u32 {
        self.0.push(Source { name: name.into(), text: text.into() });
        u32::try_from(self.0.len() - 1).unwrap_or(u32::MAX)
    }

    /// The text of a number that [`Sources::add`] gave.
    pub fn get(&self, source: u32) -> Option<&Source> {
        self.0.get(source as usize)
    }

    /// The text under a span, empty where the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).and_then(|s| s.text.get(span.start as usize..span.end as usize)).unwrap_or("")
    }
}

/// Names that are listed at most.
const LISTED: usize = 10;

/// Whether a scenario can be run in spite of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot.
    Error,
    /// It can, but probably does not say what its author meant.
    Warning,
    /// It can, and says what its author may want to look at once more.
    Hint,
}

/// A place with a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there; may be empty.
    pub text: String,
}

/// One finding: what is wrong, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The fault itself; none where the text as a whole is meant.
    pub at: Option<Label>,
    /// Other places that explain it.
    pub also: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        let at = Some(Label { span, text: String::new() });
        Diagnostic { severity: Severity::Error, message: message.into(), at, also: Vec::new(), help: Vec::new() }
    }

    /// An error that has no place in any text.
    pub fn general(message: impl Into<String>) -> Self {
        Diagnostic { at: None, ..Diagnostic::error(Span::TOP, message) }
    }

    /// A warning at a place.
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(span, message) }
    }

    /// A hint at a place.
    pub fn hint(span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Hint, ..Diagnostic::error(span, message) }
    }

    /// Writes a remark under the fault.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(at) = &mut self.at {
            at.text = text.into();
        }
        self
    }

    /// Adds another place that explains the finding.
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.also.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Says that the nearest of the known names may have been meant, or else what names there are.
    pub fn one_of(self, name: &str, known: &[&str]) -> Self {
        if let Some(near) = nearest(name, known.iter().copied()) {
            return self.help(format!("did you mean `{near}`?"));
        }
        let shown: Vec<String> = known.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
        let more = if known.len() > LISTED { ", …" } else { "" };
        self.help(format!("there are {}{more}", shown.join(", ")))
    }
}
