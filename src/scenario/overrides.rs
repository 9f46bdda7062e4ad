//! `--set PATH=QUANTITY`: changing fields of a document before it is read.

use std::sync::Arc;

use super::document::{KeyValue, Node, TomlTable, TomlValue};
use super::path::{Path, joined};
use super::proportion::{Change, changed};
use super::targets::{Holds, PathStep, Target, targets};
use crate::diagnostic::{Diagnostic, Sources, Span};

/// What has been changed so far.
#[derive(Debug, Default)]
pub(super) struct Overrides {
    /// What can be set, where that is known.
    targets: Option<Arc<Vec<Target>>>,
    changed: Vec<(Vec<PathStep>, Span)>,
}

impl Overrides {
    /// None yet, of a document in which this can be set.
    pub fn of(targets: Arc<Vec<Target>>) -> Overrides {
        Overrides { targets: Some(targets), changed: Vec::new() }
    }

    /// Whether a path means quantities and nothing else; under a name it becomes one of the sources.
    ///
    /// # Errors
    /// A path that leads nowhere, or that can be read in two ways.
    pub fn is_of_quantity(
        &self,
        document: &TomlTable,
        (name, path): (&str, &str),
        sources: &mut Sources,
    ) -> Result<bool, Diagnostic> {
        let source = sources.add(name, path);
        let targets = targets(document);
        let whole = Span::new(source, 0, path.len());
        match Found::by(path.trim(), &targets, document) {
            Some(Found::Places(places, change)) => {
                Ok(change == Change::Set && places.iter().all(|place| place.holds != Holds::Label))
            }
            Some(Found::Two(first, second)) => Err(ambiguous(whole, first, second)),
            Some(Found::Nowhere) => Err(not_written(whole)),
            None => Err(unknown(path, Some(path.len()), source, &targets)),
        }
    }

    /// Applies one override; `text` is all of `PATH=QUANTITY` after a flag, kept as a source so that errors can point into
    /// it.
    pub fn apply(
        &mut self,
        document: &mut TomlTable,
        (flag, text): (&str, &str),
        sources: &mut Sources,
        problems: &mut Vec<Diagnostic>,
    ) {
        let source = sources.add(flag, text);
        let targets = self.targets.take().unwrap_or_else(|| Arc::new(targets(document)));
        // A name may hold `=`, so every one of them may be the one that ends the path.
        let cuts = || text.match_indices('=').map(|(i, _)| i);
        let found = cuts().find_map(|cut| Some((cut, Found::by(text[..cut].trim(), &targets, document)?)));
        let path = |cut| Span::new(source, 0, cut);
        match found {
            Some((cut, Found::Places(places, change))) => {
                let by = value(text, cut, source);
                for target in places {
                    match changed(document, target, change, &by) {
                        Ok(node) => self.set(document, target, (node, path(cut)), problems),
                        Err(problem) => problems.push(problem),
                    }
                }
            }
            Some((cut, Found::Two(first, second))) => problems.push(ambiguous(path(cut), first, second)),
            Some((cut, Found::Nowhere)) => problems.push(not_written(path(cut))),
            None => problems.push(unknown(text, cuts().next(), source, &targets)),
        }
        // Of a name that was changed other paths lead on.
        let is_name = |(steps, _): &(Vec<PathStep>, Span)| steps.last() == Some(&PathStep::Key("name".to_owned()));
        self.targets = (!self.changed.iter().any(is_name)).then_some(targets);
    }

    fn set(
        &mut self,
        document: &mut TomlTable,
        target: &Target,
        (node, path): (Node, Span),
        problems: &mut Vec<Diagnostic>,
    ) {
        if let Some((_, earlier)) = self.changed.iter().find(|(steps, _)| *steps == target.steps) {
            let error = Diagnostic::error(path, "this field is changed twice").also(*earlier, "the first");
            problems.push(error.help("leave one of them out"));
        }
        set(document, &target.steps, node, path);
        self.changed.push((target.steps.clone(), path));
    }
}

/// What a path means.
enum Found<'a> {
    /// These places, and how they are changed.
    Places(Vec<&'a Target>, Change),
    /// Either of two.
    Two(&'a Target, &'a Target),
    /// A field that no option has.
    Nowhere,
}

impl<'a> Found<'a> {
    /// By a path as it stands, or by one that ends in a change; `None` where there is no such place.
    fn by(path: &str, targets: &'a [Target], document: &TomlTable) -> Option<Found<'a>> {
        let (change, plain) = Change::of(path).unwrap_or((Change::Set, path));
        [(path, Change::Set), (plain.trim_end(), change)].into_iter().find_map(|(path, change)| {
            let parsed = Path::parse(path);
            let fitting: Vec<&Target> = targets.iter().filter(|t| t.is_at(&parsed)).collect();
            match (&fitting[..], parsed.of_every_option()) {
                ([first, second, ..], _) => Some(Found::Two(first, second)),
                ([_], _) => Some(Found::Places(fitting, change)),
                ([], None) => None,
                ([], Some(below)) => Found::in_options(&below, change, (targets, document)),
            }
        })
    }

    /// By a path below the options.
    fn in_options(below: &Path, change: Change, (targets, document): (&'a [Target], &TomlTable)) -> Option<Found<'a>> {
        let known: Vec<&Target> = targets.iter().filter(|t| t.is_below_option(below)).collect();
        let written: Vec<&Target> = known.iter().copied().filter(|t| t.node(document).is_some()).collect();
        match (known.is_empty(), written.is_empty()) {
            (true, _) => None,
            (false, true) => Some(Found::Nowhere),
            (false, false) => Some(Found::Places(written, change)),
        }
    }
}

fn ambiguous(path: Span, first: &Target, second: &Target) -> Diagnostic {
    let help = format!("write {} or {}", joined(&first.names()), joined(&second.names()));
    Diagnostic::error(path, "this path can be read in two ways").help(help)
}

fn not_written(path: Span) -> Diagnostic {
    let error = Diagnostic::error(path, "no option has this field written");
    error.help("* changes it where it is written; name the option to write it anew")
}

fn value(text: &str, cut: usize, source: u32) -> Node {
    let right = &text[cut + 1..];
    let start = cut + 1 + right.len() - right.trim_start().len();
    let value = right.trim();
    Node { span: Span::new(source, start, start + value.len()), value: TomlValue::Free(value.to_owned(), start) }
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

/// Puts a node at the end of the steps, making the tables on the way.
fn set(table: &mut TomlTable, steps: &[PathStep], node: Node, path: Span) {
    let Some((PathStep::Key(key), rest)) = steps.split_first() else { return };
    if table.get(key).is_none() {
        let empty = Node { span: path, value: TomlValue::Table(TomlTable::default()) };
        table.entries.push(KeyValue { key: key.clone(), key_span: path, node: empty });
    }
    let Some(entry) = table.get_mut(key) else { return };
    match rest.split_first() {
        None => entry.node = node,
        Some((PathStep::Key(_), _)) => {
            if let TomlValue::Table(inner) = &mut entry.node.value {
                set(inner, rest, node, path);
            }
        }
        Some((PathStep::Index(i), rest)) => {
            if let TomlValue::Array(items) = &mut entry.node.value
                && let Some(TomlValue::Table(inner)) = items.get_mut(*i).map(|n| &mut n.value)
            {
                set(inner, rest, node, path);
            }
        }
    }
}
