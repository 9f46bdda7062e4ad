//! A scenario as written: every value read and placed, nothing yet resolved.

use crate::sample::Sampler;
use std::borrow::Cow;

use super::calendar::Start;
use super::decision::Decision;
use super::document::{KeyValue, TomlTable, TomlValue};
use super::field::Field;
use super::place::Place;
use super::raw_option::{RawOption, read_options};
use super::read::{Named, RawQuantity, Reader};
use super::section::Section;
use super::settings::TrialsAre;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::quantity::MonthName;

/// A whole scenario as written.
#[derive(Clone, Debug, Default)]
pub struct Raw {
    pub title: Option<Named>,
    pub currency: Option<Named>,
    pub baseline: Option<Named>,
    pub horizon: Option<u32>,
    pub trials: Option<u64>,
    pub seed: Option<u64>,
    pub sampler: Option<Sampler>,
    pub trials_are: Option<TrialsAre>,
    pub start: Option<Start>,
    pub fiscal_year_start: Option<u32>,
    pub decision: Decision,
    pub quantities: Vec<(Place, RawQuantity)>,
    pub correlations: Vec<RawCorrelation>,
    pub options: Vec<RawOption>,
}

impl Raw {
    /// The path of a place, in parts.
    pub fn path(&self, place: &Place) -> Vec<String> {
        let option = |i: usize| self.options.get(i).map_or(String::new(), |o| o.name.text.clone());
        let line = |i: usize, k: usize| {
            let line = self.options.get(i).and_then(|o| o.lines.get(k));
            line.map(|l| l.name.text.clone()).unwrap_or_default()
        };
        place.path(option, line)
    }
}

/// A `[[correlation]]`.
#[derive(Clone, Debug)]
pub struct RawCorrelation {
    pub inputs: Vec<Named>,
    pub rank: f64,
    pub span: Span,
}

/// The keys of a scenario.
const TOP: [&str; 12] = [
    "format",
    "title",
    "currency",
    "baseline",
    "simulation",
    "decision",
    "catalogue",
    "inputs",
    "labour",
    "correlation",
    "workload",
    "option",
];

/// Reads a document; what is wrong goes to `problems`.
pub fn read(document: &TomlTable, problems: &mut Vec<Diagnostic>) -> Raw {
    let mut raw = Raw::default();
    Reader::new(document, "a scenario", problems).finish(TOP.into_iter());
    let document = &as_meant(document);
    let mut reader = Reader::new(document, "a scenario", problems);
    if let Some((format, span)) = reader.whole("format", 0, u64::MAX) {
        check_format(format, span, problems);
    }
    let mut reader = Reader::new(document, "a scenario", problems);
    raw.title = reader.text("title");
    raw.currency = reader.text("currency");
    raw.baseline = reader.text("baseline");
    let tables = ["simulation", "inputs", "labour", "workload"].map(|key| reader.table(key));
    let decision = reader.table("decision");
    let correlations = reader.tables("correlation");
    let options = reader.tables("option");
    let [simulation, inputs, labour, workload] = tables;
    read_simulation(simulation, &mut raw, problems);
    if let Some((table, _)) = decision {
        raw.decision = Decision::read(table, raw.trials_are.unwrap_or(TrialsAre::Futures), problems);
    }
    inputs.into_iter().for_each(|(table, _)| read_inputs(table, &mut raw, problems));
    for (table, section) in [(labour, Section::Labour), (workload, Section::Workload)] {
        if let Some((table, _)) = table {
            let mut reader = Reader::new(table, format!("[{}]", section.name()), problems);
            quantities(&mut reader, section, &mut raw, Place::Common);
            reader.finish(known_keys(section));
        }
    }
    correlations.into_iter().for_each(|(table, span)| read_correlation(table, span, &mut raw, problems));
    read_options(&options, &mut raw, problems);
    raw
}

/// A document with its misspelt sections, which have been reported, under the names that were meant: what is in them is
/// read as well, and what refers to it is not wrong too.
fn as_meant(document: &TomlTable) -> Cow<'_, TomlTable> {
    let is_section = |entry: &KeyValue| matches!(entry.node.value, TomlValue::Table(_) | TomlValue::Array(_));
    let meant = |entry: &KeyValue| match TOP.contains(&entry.key.as_str()) {
        false if is_section(entry) => nearest(&entry.key, TOP),
        _ => None,
    };
    if !document.entries.iter().any(|entry| meant(entry).is_some()) {
        return Cow::Borrowed(document);
    }
    let (misspelt, mut right): (Vec<KeyValue>, Vec<KeyValue>) =
        document.entries.iter().cloned().partition(|entry| meant(entry).is_some());
    for mut entry in misspelt {
        let key = meant(&entry).unwrap_or_default();
        match (right.iter_mut().find(|e| e.key == key).map(|e| &mut e.node.value), &mut entry.node.value) {
            (None, _) => right.push(KeyValue { key: key.to_owned(), ..entry }),
            (Some(TomlValue::Array(items)), TomlValue::Array(more)) => items.append(more),
            (Some(TomlValue::Table(table)), TomlValue::Table(more)) => table.entries.append(&mut more.entries),
            (Some(_), _) => {}
        }
    }
    Cow::Owned(TomlTable { entries: right })
}

fn check_format(format: u64, span: Span, problems: &mut Vec<Diagnostic>) {
    if format != 1 {
        let message = format!("this file has format {format}; breakeven {} reads format 1", env!("CARGO_PKG_VERSION"));
        let help = match format {
            0 => "write format = 1".to_owned(),
            _ => "it needs a newer version of breakeven, whose formats include it".to_owned(),
        };
        problems.push(Diagnostic::error(span, message).help(help));
    }
}

/// The keys that a section knows.
pub(super) fn known_keys(section: Section) -> impl Iterator<Item = &'static str> + Clone {
    let fields: Vec<&'static str> = section.fields().map(Field::key).chain(section.labels()).collect();
    fields.into_iter()
}

pub(super) fn quantities(reader: &mut Reader<'_, '_>, section: Section, raw: &mut Raw, place: impl Fn(Field) -> Place) {
    for field in section.fields() {
        let quantity = match field.is_month() {
            true => reader.month(field.key(), raw.start),
            false => reader.quantity(field.key()),
        };
        if let Some(quantity) = quantity {
            raw.quantities.push((place(field), quantity));
        }
    }
}

fn read_simulation(table: Option<(&TomlTable, Span)>, raw: &mut Raw, problems: &mut Vec<Diagnostic>) {
    let Some((table, _)) = table else { return };
    let mut reader = Reader::new(table, "[simulation]", problems);
    raw.horizon = reader.whole("horizon_months", 1, 600).and_then(|(h, _)| u32::try_from(h).ok());
    raw.trials = reader.whole("trials", 1, super::MOST_TRIALS).map(|(t, _)| t);
    raw.seed = reader.whole("seed", 0, u64::MAX).map(|(s, _)| s);
    raw.sampler = reader.choice("sampler", Sampler::WORDS);
    raw.trials_are = reader.choice("trials_are", TrialsAre::WORDS);
    raw.start = read_start(&mut reader);
    raw.fiscal_year_start = read_fiscal_year(&mut reader, raw.start.is_some());
    quantities(&mut reader, Section::Simulation, raw, Place::Common);
    reader.finish(known_keys(Section::Simulation));
}

/// The month of the year with which years begin, which means something only where months have dates.
fn read_fiscal_year(reader: &mut Reader<'_, '_>, has_start: bool) -> Option<u32> {
    let (month, span) = reader.whole("fiscal_year_start", 1, 12)?;
    if !has_start {
        let error = Diagnostic::error(span, "a fiscal year needs a calendar");
        reader.refuse(error.help("write start = 2027-01-01, the first day of month 1"));
    }
    u32::try_from(month).ok()
}

/// The month that is month 1. A day within it is an error and stands for its month: dates that follow are right.
fn read_start(reader: &mut Reader<'_, '_>) -> Option<Start> {
    let (day, span) = reader.day("start")?;
    if day.day() != 1 {
        let error = Diagnostic::error(span, "a scenario starts with the first day of a month");
        reader.refuse(error.help(format!("write start = {}", day.first_of_month())));
    }
    Start::new(day.first_of_month())
}

fn read_inputs(table: &TomlTable, raw: &mut Raw, problems: &mut Vec<Diagnostic>) {
    for entry in &table.entries {
        if let Some(message) = bad_input_name(&entry.key) {
            let help = "names of inputs are letters, digits and _, not starting with a digit";
            problems.push(Diagnostic::error(entry.key_span, message).help(help));
            continue;
        }
        let mut reader = Reader::new(table, "[inputs]", problems);
        if let Some(quantity) = reader.quantity_of(&entry.key, &entry.node) {
            raw.quantities.push((Place::Input(entry.key.clone()), quantity));
        }
    }
}

fn bad_input_name(name: &str) -> Option<String> {
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let short: String = name.chars().take(60).collect();
    let reserved =
        ["to", "simulation", "decision", "inputs", "labour", "workload", "option", "correlation", "catalogue"];
    if name.is_empty() || !name.chars().all(letters) || name.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(format!("`{short}` cannot be the name of an input"));
    }
    let is_reserved = reserved.contains(&name) || MonthName::named(name).is_some();
    is_reserved.then(|| format!("`{short}` means something else and cannot be the name of an input"))
}

fn read_correlation(table: &TomlTable, span: Span, raw: &mut Raw, problems: &mut Vec<Diagnostic>) {
    let mut reader = Reader::new(table, "[[correlation]]", problems);
    let inputs = reader.texts("inputs");
    let rank = reader.number("rank");
    reader.finish(["inputs", "rank"].into_iter());
    match rank {
        Some((rank, _)) if (-1.0..=1.0).contains(&rank) => {
            if inputs.len() < 2 {
                let help = "write inputs = [\"workload.input_tokens\", \"workload.output_tokens\"]";
                problems.push(Diagnostic::error(span, "a correlation names two or more variables").help(help));
            }
            raw.correlations.push(RawCorrelation { inputs, rank, span });
        }
        Some((rank, at)) => problems.push(
            Diagnostic::error(at, format!("a rank correlation lies between -1 and 1, not {rank}"))
                .help("write rank = 0.4"),
        ),
        None if table.get("rank").is_none() => {
            problems.push(Diagnostic::error(span, "this correlation has no `rank`").help("write rank = 0.4"));
        }
        None => {}
    }
}
