//! `--set PATH=QUANTITY`: changing fields of a document before it is read.

use super::document::{Entry, Node, Table, Value};
use super::field::Field;
use super::path::Path;
use super::section::Section;
use crate::diagnostic::{Diagnostic, Sources, Span};

/// A step into a document.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Key(String),
    Index(usize),
}

/// A place that can be set: how it is written, and the way to it.
struct Target {
    parts: Vec<String>,
    steps: Vec<Step>,
}

/// What has been changed so far.
#[derive(Debug, Default)]
pub struct Overrides {
    changed: Vec<(Vec<Step>, Span)>,
}

impl Overrides {
    /// Applies one override; `text` is all of `PATH=QUANTITY` after a flag, kept as a source so that errors can point into
    /// it.
    pub fn apply(
        &mut self,
        document: &mut Table,
        (flag, text): (&str, &str),
        sources: &mut Sources,
        problems: &mut Vec<Diagnostic>,
    ) {
        let source = sources.add(flag, text);
        let targets = targets(document);
        // A name may hold `=`, so every one of them may be the one that ends the path.
        let cuts = || text.match_indices('=').map(|(i, _)| i);
        let found = cuts().find_map(|cut| {
            let path = Path::parse(text[..cut].trim());
            let mut fitting =
                targets.iter().filter(|t| path.fits(&t.parts.iter().map(String::as_str).collect::<Vec<_>>()));
            fitting.next().map(|first| (cut, first, fitting.next()))
        });
        match found {
            Some((cut, target, None)) => {
                let (node, path) = (value(text, cut, source), Span::new(source, 0, cut));
                if let Some((_, earlier)) = self.changed.iter().find(|(steps, _)| *steps == target.steps) {
                    let error = Diagnostic::error(path, "this field is changed twice").also(*earlier, "the first");
                    problems.push(error.help("leave one of them out"));
                }
                set(document, &target.steps, node, path);
                self.changed.push((target.steps.clone(), path));
            }
            Some((cut, first, Some(second))) => {
                let message = "this path can be read in two ways";
                let help = format!("write {} or {}", quote(&first.parts), quote(&second.parts));
                problems.push(Diagnostic::error(Span::new(source, 0, cut), message).help(help));
            }
            None => problems.push(unknown(text, cuts().next(), source, &targets)),
        }
    }
}

fn value(text: &str, cut: usize, source: u32) -> Node {
    let right = &text[cut + 1..];
    let start = cut + 1 + right.len() - right.trim_start().len();
    let value = right.trim();
    Node { span: Span::new(source, start, start + value.len()), value: Value::Free(value.to_owned(), start) }
}

fn unknown(text: &str, cut: Option<usize>, source: u32, targets: &[Target]) -> Diagnostic {
    let Some(cut) = cut else {
        return Diagnostic::error(Span::new(source, 0, text.len()), "`--set` takes PATH=QUANTITY")
            .help("write --set 'workload.requests_per_month=50k to 200k'");
    };
    let path = text[..cut].trim();
    let plain: Vec<String> = targets.iter().map(|t| t.parts.join(".")).collect();
    let error = Diagnostic::error(Span::new(source, 0, cut), "the scenario has no such field");
    let same_key = path.rsplit('.').next().unwrap_or(path);
    match crate::diagnostic::nearest(path, plain.iter().map(String::as_str)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => match plain
            .iter()
            .find(|p| p.ends_with(&format!(".{path}")))
            .or_else(|| plain.iter().find(|p| p.rsplit('.').next() == Some(same_key)))
        {
            Some(like) => error.help(format!("paths look like `{like}`")),
            None => error.help("paths look like `workload.requests_per_month` or `OPTION.training.cost_per_run`"),
        },
    }
}

/// The parts joined, those with dots in quotes.
fn quote(parts: &[String]) -> String {
    let quoted = parts.iter().map(|p| {
        let plain = !p.contains(['.', '"', '=']);
        if plain { p.clone() } else { format!("\"{}\"", p.replace('\\', "\\\\").replace('"', "\\\"")) }
    });
    quoted.collect::<Vec<_>>().join(".")
}

/// Everything that can be set in a document.
fn targets(document: &Table) -> Vec<Target> {
    let mut found = Vec::new();
    let mut add = |parts: &[&str], steps: Vec<Step>| {
        found.push(Target { parts: parts.iter().map(|p| (*p).to_owned()).collect(), steps });
    };
    let key = |k: &str| Step::Key(k.to_owned());
    for top in ["title", "currency", "baseline"] {
        add(&[top], vec![key(top)]);
    }
    for section in [Section::Simulation, Section::Labour, Section::Workload] {
        for name in section.fields().map(Field::key).chain(section.labels()) {
            add(&[section.name(), name], vec![key(section.name()), key(name)]);
        }
    }
    if let Some(Entry { node: Node { value: Value::Table(inputs), .. }, .. }) = document.get("inputs") {
        for entry in &inputs.entries {
            add(&[&entry.key], vec![key("inputs"), key(&entry.key)]);
            add(&["inputs", &entry.key], vec![key("inputs"), key(&entry.key)]);
        }
    }
    for (i, option) in tables(document, "option").into_iter().enumerate() {
        let base = vec![key("option"), Step::Index(i)];
        option_targets(option, &base, &mut found);
    }
    found
}

fn option_targets(option: &Table, base: &[Step], found: &mut Vec<Target>) {
    let Some(name) = text(option, "name") else { return };
    let mut add = |parts: &[&str]| {
        let steps = parts.iter().map(|p| Step::Key((*p).to_owned()));
        let parts = std::iter::once(name).chain(parts.iter().copied()).map(str::to_owned).collect();
        found.push(Target { parts, steps: base.iter().cloned().chain(steps).collect() });
    };
    for section in std::iter::once(Section::Option).chain(Section::OF_OPTION) {
        for field in section.fields().map(Field::key).chain(section.labels()) {
            match section {
                Section::Option => add(&[field]),
                _ => add(&[section.name(), field]),
            }
        }
    }
    for (i, line) in tables(option, "cost").into_iter().enumerate() {
        let Some(line_name) = text(line, "name") else { continue };
        for field in ["amount", "per", "kind", "name"] {
            let tail = [Step::Key("cost".into()), Step::Index(i), Step::Key(field.into())];
            let steps = base.iter().cloned().chain(tail).collect();
            found.push(Target { parts: vec![name.into(), line_name.into(), field.into()], steps });
        }
    }
}

fn text<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    match &table.get(key)?.node.value {
        Value::Text(text, _) | Value::Free(text, _) => Some(text),
        _ => None,
    }
}

fn tables<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    let Some(Value::Array(items)) = table.get(key).map(|e| &e.node.value) else { return Vec::new() };
    items.iter().filter_map(|i| if let Value::Table(t) = &i.value { Some(t) } else { None }).collect()
}

/// Puts a node at the end of the steps, making the tables on the way.
fn set(table: &mut Table, steps: &[Step], node: Node, path: Span) {
    let Some((Step::Key(key), rest)) = steps.split_first() else { return };
    if table.get(key).is_none() {
        let empty = Node { span: path, value: Value::Table(Table::default()) };
        table.entries.push(Entry { key: key.clone(), key_span: path, node: empty });
    }
    let Some(entry) = table.get_mut(key) else { return };
    match rest.split_first() {
        None => entry.node = node,
        Some((Step::Key(_), _)) => {
            if let Value::Table(inner) = &mut entry.node.value {
                set(inner, rest, node, path);
            }
        }
        Some((Step::Index(i), rest)) => {
            if let Value::Array(items) = &mut entry.node.value
                && let Some(Value::Table(inner)) = items.get_mut(*i).map(|n| &mut n.value)
            {
                set(inner, rest, node, path);
            }
        }
    }
}
