//! A scenario's text to what it says, stage by stage; all stages add to one list of findings.

use std::collections::HashSet;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::catalogue::Catalogue;
use super::document::{self, TomlTable};
use super::fill::{Filled, fill};
use super::lines::LineStarts;
use super::overrides::Overrides;
use super::raw::{self, Raw};
use super::resolve::{Numbers, Preparation, Resolved, resolve};
use super::slots::Slots;
use super::volume::varied_volume;
use super::{DataFiles, Reading, Scenario, assemble, validate};
use crate::diagnostic::{Diagnostic, Severity, Sources};

/// A text and what it is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct NamedText<'a> {
    /// Its name in messages.
    pub name: &'a str,
    /// The scenario's title if it has none.
    pub stem: &'a str,
    /// The text itself.
    pub text: &'a str,
}

/// What is written over a text, as `PATH=QUANTITY`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Changes<'a> {
    /// By `--set`.
    pub set: &'a [String],
    /// By `--vary`.
    pub vary: &'a [String],
    /// Price lists that are looked at first.
    pub prices: &'a [PathBuf],
}

/// Understands a text with changes.
pub(super) fn understand(
    text: NamedText<'_>,
    changes: Changes<'_>,
    data: &mut DataFiles,
    preparation: &Preparation,
) -> Reading {
    let mut sources = Sources::default();
    let source = sources.add(text.name, text.text);
    let mut findings = Vec::new();
    let mut document = document::parse(text.text, source, &mut findings);
    let syntax = Syntax::of(text.text, source, &findings);
    let written = document.clone();
    let as_written = raw::read(&document, &mut Vec::new());
    let volume = changes.vary.iter().rev().find_map(|change| varied_volume(change, &as_written));
    let others: Vec<String> =
        changes.vary.iter().filter(|c| varied_volume(c, &as_written).is_none()).cloned().collect();
    let changes = Changes { vary: &others, ..changes };
    let (catalogue, Filled { prices, models }) = apply(changes, &mut document, data, &mut sources, &mut findings);
    let slots = slots(written, &catalogue);
    let raw = raw::read(&document, &mut findings);
    let resolved = quantities(&raw, data, preparation, syntax.is_sound(), &mut findings);
    syntax.drop_what_follows(&mut findings);
    let hash = hash(text.text, changes, data);
    let scenario = assemble::assemble(&raw, resolved, (&slots, volume), (text.stem, hash), &mut findings);
    let is_sound = !findings.iter().any(|f| f.severity == Severity::Error);
    let overrides = [changes.set, changes.vary].concat();
    let scenario = scenario.filter(|_| is_sound);
    let scenario = scenario.map(|scenario| Scenario { overrides, prices, models, catalogue, ..scenario });
    Reading { sources, findings, scenario }
}

/// Writes changes over a document and fills in prices: before those changes that are about what is filled in, too.
fn apply(
    changes: Changes<'_>,
    document: &mut TomlTable,
    data: &mut DataFiles,
    sources: &mut Sources,
    findings: &mut Vec<Diagnostic>,
) -> (Catalogue, Filled) {
    let mut overrides = Overrides::default();
    let flags = [("--set", changes.set), ("--vary", changes.vary)];
    let all = || flags.into_iter().flat_map(|(flag, texts)| texts.iter().map(move |text| (flag, text.as_str())));
    for change in all().filter(|(_, text)| !is_of_filled(text)) {
        overrides.apply(document, change, sources, findings);
    }
    let catalogue = Catalogue::read(document, changes.prices, data, findings);
    let filled = fill(document, &catalogue, findings);
    for change in all().filter(|(_, text)| is_of_filled(text)) {
        overrides.apply(document, change, sources, findings);
    }
    (catalogue, filled)
}

/// The slots of a document as written. A price that is filled in has one like a price that is written, so that both draw
/// the same numbers.
fn slots(mut document: TomlTable, catalogue: &Catalogue) -> Slots {
    fill(&mut document, catalogue, &mut Vec::new());
    Slots::new(&raw::read(&document, &mut Vec::new()))
}

/// Whether a change is in proportion to what is there, or of every option that has the field.
fn is_of_filled(change: &str) -> bool {
    let path = change.split_once('=').map_or(change, |(path, _)| path).trim();
    path.ends_with(['*', '+']) || path.starts_with("*.")
}

/// All quantities resolved, with what is wrong between them.
fn quantities(
    raw: &Raw,
    data: &mut DataFiles,
    preparation: &Preparation,
    is_whole: bool,
    findings: &mut Vec<Diagnostic>,
) -> Resolved {
    let folded = Preparation { numbers: Numbers::Folded, ..preparation.clone() };
    let resolved = resolve(raw, data, &folded, findings);
    validate::validate(raw, &resolved, is_whole, findings);
    match preparation.numbers {
        Numbers::Folded => resolved,
        // What is wrong with it has been found.
        Numbers::Open => resolve(raw, data, preparation, &mut Vec::new()),
    }
}

/// What is not TOML in a text.
struct Syntax<'a> {
    source: u32,
    lines: LineStarts<'a>,
    /// The lines that hold it.
    broken: HashSet<usize>,
    /// How many findings say so; they come first.
    findings: usize,
}

impl<'a> Syntax<'a> {
    fn of(text: &'a str, source: u32, findings: &[Diagnostic]) -> Syntax<'a> {
        let lines = LineStarts::of(text);
        let places = findings.iter().filter_map(|f| Some(f.at.as_ref()?.span.start as usize));
        let broken = places.map(|place| lines.of_place(place)).collect();
        Syntax { source, lines, broken, findings: findings.len() }
    }

    fn is_sound(&self) -> bool {
        self.findings == 0
    }

    /// Drops later findings on broken lines: what is left of a line says nothing about what its author meant.
    fn drop_what_follows(&self, findings: &mut Vec<Diagnostic>) {
        let is_broken = |finding: &Diagnostic| {
            let span = finding.at.as_ref().map(|label| label.span).filter(|span| span.source == self.source);
            span.is_some_and(|span| self.broken.contains(&self.lines.of_place(span.start as usize)))
        };
        let mut seen = 0;
        findings.retain(|finding| {
            seen += 1;
            seen <= self.findings || !is_broken(finding)
        });
    }
}

/// SHA-256 of the text, what was written over it, and the data files, in hexadecimal.
fn hash(text: &str, changes: Changes<'_>, data: &DataFiles) -> String {
    let mut hasher = Sha256::new();
    // Lengths keep one part from being taken for the beginning of the next.
    let mut part = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    part(text.as_bytes());
    changes.set.iter().chain(changes.vary).for_each(|o| part(o.as_bytes()));
    for (file, digest) in data.digests() {
        part(file.as_bytes());
        part(digest);
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
