//! An option as written.

use super::document::TomlTable;
use super::place::Place;
use super::raw::{Raw, known_keys, quantities};
use super::read::{Named, Reader};
use super::section::Section;
use super::settings::{CostKind, CostUnit, Timing};
use crate::diagnostic::{Diagnostic, Span};

/// Most options of a scenario; a file of more is a mistake or an attack.
const MOST_OPTIONS: usize = 100;
/// Most custom lines of an option.
const MOST_LINES: usize = 100;

/// An `[[option]]` without its quantities.
#[derive(Clone, Debug)]
pub struct RawOption {
    pub name: Named,
    pub candidate: Option<bool>,
    pub after_retirement: Option<Named>,
    pub route_to: Option<Named>,
    pub escalate_to: Option<Named>,
    pub batch_discounts_cached: Option<bool>,
    pub timing: Timing,
    pub has_migration: Option<Span>,
    pub lines: Vec<RawLine>,
    /// Whether some of its keys are not known: then a field that seems to be missing may be the misspelt one.
    pub has_unknown_keys: bool,
}

/// An `[[option.cost]]` without its amount.
#[derive(Clone, Debug)]
pub struct RawLine {
    pub name: Named,
    pub unit: CostUnit,
    pub kind: CostKind,
}

/// Reads all options; what is wrong goes to `problems`.
pub fn read_options(options: &[(&TomlTable, Span)], raw: &mut Raw, problems: &mut Vec<Diagnostic>) {
    if let Some((_, span)) = options.get(MOST_OPTIONS) {
        let message = format!("{} options are too many; {MOST_OPTIONS} is the most", options.len());
        problems.push(Diagnostic::error(*span, message).help("split the comparison into several scenarios"));
    }
    for (table, span) in options.iter().take(MOST_OPTIONS) {
        let number = raw.options.len();
        if let Some(option) = read_option(number, table, *span, raw, problems) {
            raw.options.push(option);
        } else {
            raw.quantities.retain(|(p, _)| !matches!(p, Place::Option(n, _) | Place::Line(n, _) if *n == number));
        }
    }
}

fn read_option(
    number: usize,
    table: &TomlTable,
    span: Span,
    raw: &mut Raw,
    problems: &mut Vec<Diagnostic>,
) -> Option<RawOption> {
    let mut reader = Reader::new(table, "[[option]]", problems);
    let name = reader.text("name");
    let candidate = reader.boolean("candidate");
    let after_retirement = reader.text("after_retirement");
    let route_to = reader.text("route_to");
    quantities(&mut reader, Section::Option, raw, |field| Place::Option(number, field));
    let sections: Vec<_> = Section::OF_OPTION.iter().map(|s| (*s, reader.table(s.name()))).collect();
    let lines = reader.tables("cost");
    let unknown =
        reader.finish(known_keys(Section::Option).chain(Section::OF_OPTION.iter().map(|s| s.name())).chain(["cost"]));
    let mut option = RawOption {
        name: name.clone().unwrap_or(Named { text: String::new(), span }),
        candidate,
        after_retirement,
        route_to,
        escalate_to: None,
        batch_discounts_cached: None,
        timing: Timing::Scheduled,
        has_migration: None,
        lines: Vec::new(),
        has_unknown_keys: unknown,
    };
    for (section, found) in sections {
        if let Some((table, span)) = found {
            read_section(number, section, (table, span), &mut option, raw, problems);
        }
    }
    read_lines(number, &lines, &mut option, raw, problems);
    if table.get("name").is_none() {
        problems.push(Diagnostic::error(span, "this option has no name").help("write name = \"Prompting\""));
    }
    name.map(|_| option)
}

/// An `[option.SECTION]`.
fn read_section(
    number: usize,
    section: Section,
    (table, span): (&TomlTable, Span),
    option: &mut RawOption,
    raw: &mut Raw,
    problems: &mut Vec<Diagnostic>,
) {
    let mut reader = Reader::new(table, format!("[option.{}]", section.name()), problems);
    quantities(&mut reader, section, raw, |field| Place::Option(number, field));
    match section {
        Section::Inference => {
            option.batch_discounts_cached = reader.boolean("batch_discounts_cached");
            // Prices have been filled in by it; its type is checked here.
            drop(reader.text("model"));
        }
        Section::Training => {
            option.timing = reader.choice("retrain_timing", Timing::WORDS).unwrap_or(Timing::Scheduled);
        }
        Section::Hosting => drop(reader.text("gpu")),
        Section::Quality => option.escalate_to = reader.text("escalate_to"),
        Section::Migration => option.has_migration = Some(span),
        _ => {}
    }
    option.has_unknown_keys |= reader.finish(known_keys(section));
}

/// The `[[option.cost]]` of an option.
fn read_lines(
    number: usize,
    lines: &[(&TomlTable, Span)],
    option: &mut RawOption,
    raw: &mut Raw,
    problems: &mut Vec<Diagnostic>,
) {
    for (table, span) in lines.iter().take(MOST_LINES) {
        read_line(number, table, *span, option, raw, problems);
    }
    if let Some((_, span)) = lines.get(MOST_LINES) {
        let message = format!("{} custom lines are too many; {MOST_LINES} is the most", lines.len());
        problems.push(Diagnostic::error(*span, message).help("add up those of one driver"));
    }
}

fn read_line(
    number: usize,
    table: &TomlTable,
    span: Span,
    option: &mut RawOption,
    raw: &mut Raw,
    problems: &mut Vec<Diagnostic>,
) {
    let mut reader = Reader::new(table, "[[option.cost]]", problems);
    let name = reader.text("name");
    let unit = reader.choice("per", CostUnit::WORDS);
    let kind = reader.choice("kind", CostKind::WORDS);
    let amount = reader.quantity("amount");
    reader.finish(["name", "amount", "per", "kind"].into_iter());
    for (key, example) in [("name", "\"Vector database\""), ("amount", "\"70 to 120\""), ("per", "\"month\"")] {
        if table.get(key).is_none() {
            let message = format!("this cost line has no `{key}`");
            problems.push(Diagnostic::error(span, message).help(format!("write {key} = {example}")));
        }
    }
    if let (Some(name), Some(unit), Some(amount)) = (name, unit, amount) {
        raw.quantities.push((Place::Line(number, option.lines.len()), amount));
        option.lines.push(RawLine { name, unit, kind: kind.unwrap_or(CostKind::Vendor) });
    }
}
