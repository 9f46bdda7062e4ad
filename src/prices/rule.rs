//! Which names mean a model: the match rules of genai-prices.

use regex_lite::{Regex, RegexBuilder};
use serde_json::Value;

/// A rule about a name, whose case does not matter.
#[derive(Clone, Debug)]
pub enum Rule {
    /// The name is this.
    Equals(String),
    /// It begins with this.
    StartsWith(String),
    /// It ends with this.
    EndsWith(String),
    /// It holds this.
    Contains(String),
    /// A part of it is of this form.
    Regex(Regex),
    /// One of some rules holds.
    Or(Vec<Rule>),
    /// All of them hold.
    And(Vec<Rule>),
}

impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        format!("{self:?}") == format!("{other:?}")
    }
}

/// Rules within rules that are read.
const DEEPEST: u32 = 32;
/// Bytes that a compiled form may take.
const LARGEST_FORM: usize = 1 << 16;

impl Rule {
    /// The rule that an object with one key says; `None` for anything else.
    pub(super) fn read(value: &Value) -> Option<Rule> {
        Rule::read_to(value, DEEPEST)
    }

    fn read_to(value: &Value, depth: u32) -> Option<Rule> {
        let (key, value) = value.as_object()?.iter().next()?;
        let text = || value.as_str().map(str::to_lowercase);
        let depth = depth.checked_sub(1)?;
        let rules =
            || -> Option<Vec<Rule>> { value.as_array()?.iter().map(|rule| Rule::read_to(rule, depth)).collect() };
        match key.as_str() {
            "equals" => text().map(Rule::Equals),
            "starts_with" => text().map(Rule::StartsWith),
            "ends_with" => text().map(Rule::EndsWith),
            "contains" => text().map(Rule::Contains),
            "regex" => {
                let form = RegexBuilder::new(value.as_str()?).case_insensitive(true).size_limit(LARGEST_FORM).build();
                form.ok().map(Rule::Regex)
            }
            "or" => rules().map(Rule::Or),
            "and" => rules().map(Rule::And),
            _ => None,
        }
    }

    /// Whether it holds for a name in small letters.
    pub(super) fn holds(&self, name: &str) -> bool {
        match self {
            Rule::Equals(text) => name == text,
            Rule::StartsWith(text) => name.starts_with(text),
            Rule::EndsWith(text) => name.ends_with(text),
            Rule::Contains(text) => name.contains(text),
            Rule::Regex(form) => form.is_match(name),
            Rule::Or(rules) => rules.iter().any(|rule| rule.holds(name)),
            Rule::And(rules) => rules.iter().all(|rule| rule.holds(name)),
        }
    }
}
