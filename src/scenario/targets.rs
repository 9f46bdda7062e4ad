//! Everything in a document that `--set` can change.

use super::document::{KeyValue, Node, TomlTable, TomlValue};
use super::field::{Fallback, Field};
use super::label::TextKey;
use super::path::Path;
use super::section::Section;

/// A step into a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PathStep {
    Key(String),
    Index(usize),
}

/// What can be written at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Holds {
    /// A quantity: what it is counted in, where that is known, and what stands for it when it is not written.
    Quantity(Option<&'static str>, Fallback),
    /// A word or a whole number.
    Label,
}

/// A place that can be set: how it is written, and the way to it.
#[derive(Debug)]
pub(super) struct Target {
    pub parts: Vec<String>,
    pub steps: Vec<PathStep>,
    pub holds: Holds,
}

impl Target {
    fn new(parts: &[&str], steps: Vec<PathStep>, holds: Holds) -> Target {
        Target { parts: parts.iter().map(|p| (*p).to_owned()).collect(), steps, holds }
    }

    /// Whether a path means it.
    pub fn is_at(&self, path: &Path) -> bool {
        path.fits(&self.names())
    }

    /// Whether a path below an option means it in that option.
    pub fn is_below_option(&self, path: &Path) -> bool {
        self.steps.first() == Some(&PathStep::Key("option".into())) && path.fits(&self.names()[1..])
    }

    /// How it is written, part by part.
    pub fn names(&self) -> Vec<&str> {
        self.parts.iter().map(String::as_str).collect()
    }

    /// What is written there.
    pub fn node<'a>(&self, document: &'a TomlTable) -> Option<&'a Node> {
        let (first, rest) = self.steps.split_first()?;
        let PathStep::Key(first) = first else { return None };
        let mut node = &document.get(first)?.node;
        for step in rest {
            node = match (step, &node.value) {
                (PathStep::Key(key), TomlValue::Table(table)) => &table.get(key)?.node,
                (PathStep::Index(i), TomlValue::Array(items)) => items.get(*i)?,
                _ => return None,
            };
        }
        Some(node)
    }

    /// The place of another field in the same option, or outside options.
    pub fn beside(&self, field: Field) -> Target {
        let names = [field.section().name(), field.key()];
        let steps = names.map(|name| PathStep::Key(name.to_owned()));
        let own = if field.section().is_of_option() { self.steps[..2].to_vec() } else { Vec::new() };
        let steps = own.into_iter().chain(steps).collect();
        Target::new(&names, steps, holds(field))
    }
}

fn holds(field: Field) -> Holds {
    Holds::Quantity(Some(field.unit()), field.fallback())
}

/// The keys of a section, with what they hold.
fn keys(section: Section) -> impl Iterator<Item = (&'static str, Holds)> {
    let fields = section.fields().map(|field| (field.key(), holds(field)));
    fields.chain(section.labels().map(|label| (label, Holds::Label)))
}

/// Everything that can be set in a document.
pub(super) fn targets(document: &TomlTable) -> Vec<Target> {
    let mut found = Vec::new();
    let key = |k: &str| PathStep::Key(k.to_owned());
    for top in ["title", "currency", "baseline"] {
        found.push(Target::new(&[top], vec![key(top)], Holds::Label));
    }
    for section in [Section::Simulation, Section::Labour, Section::Workload] {
        for (name, holds) in keys(section) {
            found.push(Target::new(&[section.name(), name], vec![key(section.name()), key(name)], holds));
        }
    }
    for name in TextKey::of_table("decision") {
        found.push(Target::new(&["decision", name], vec![key("decision"), key(name)], Holds::Label));
    }
    found.push(Target::new(&["catalogue", "date"], vec![key("catalogue"), key("date")], Holds::Label));
    if let Some(KeyValue { node: Node { value: TomlValue::Table(inputs), .. }, .. }) = document.get("inputs") {
        let holds = Holds::Quantity(None, Fallback::Absent(""));
        for entry in &inputs.entries {
            let steps = vec![key("inputs"), key(&entry.key)];
            found.push(Target::new(&[&entry.key], steps.clone(), holds));
            found.push(Target::new(&["inputs", &entry.key], steps, holds));
        }
    }
    for (i, option) in tables(document, "option").into_iter().enumerate() {
        option_targets(option, &[key("option"), PathStep::Index(i)], &mut found);
    }
    found
}

fn option_targets(option: &TomlTable, base: &[PathStep], found: &mut Vec<Target>) {
    let Some(name) = text(option, "name") else { return };
    let steps = |tail: &[PathStep]| base.iter().chain(tail).cloned().collect::<Vec<_>>();
    let key = |k: &str| PathStep::Key(k.to_owned());
    for section in std::iter::once(Section::Option).chain(Section::OF_OPTION) {
        for (field, holds) in keys(section) {
            found.push(match section {
                Section::Option => Target::new(&[name, field], steps(&[key(field)]), holds),
                _ => Target::new(&[name, section.name(), field], steps(&[key(section.name()), key(field)]), holds),
            });
        }
    }
    for (i, line) in tables(option, "cost").into_iter().enumerate() {
        let Some(line_name) = text(line, "name") else { continue };
        for field in ["amount", "per", "kind", "name"] {
            let amount = Holds::Quantity(Some("money"), Fallback::Absent(""));
            let holds = if field == "amount" { amount } else { Holds::Label };
            let steps = steps(&[key("cost"), PathStep::Index(i), key(field)]);
            found.push(Target::new(&[name, line_name, field], steps, holds));
        }
    }
}

fn text<'a>(table: &'a TomlTable, key: &str) -> Option<&'a str> {
    match &table.get(key)?.node.value {
        TomlValue::Text(text, _) | TomlValue::Free(text, _) => Some(text),
        _ => None,
    }
}

fn tables<'a>(table: &'a TomlTable, key: &str) -> Vec<&'a TomlTable> {
    let Some(TomlValue::Array(items)) = table.get(key).map(|e| &e.node.value) else { return Vec::new() };
    items.iter().filter_map(|i| if let TomlValue::Table(t) = &i.value { Some(t) } else { None }).collect()
}
