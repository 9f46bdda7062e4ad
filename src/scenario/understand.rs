//! A scenario's text to what it says, stage by stage; all stages add to one list of findings.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::catalogue::Catalogue;
use super::document::TomlTable;
use super::fill::{Filled, fill};
use super::lines::LineStarts;
use super::overrides::Overrides;
use super::raw::{self, Raw};
use super::resolve::{Numbers, Preparation, Resolved, resolve};
use super::volume::varied_volume;
use super::written::Written;
use super::{DataFiles, Reading, Scenario, assemble, validate};
use crate::diagnostic::{Diagnostic, Severity, Sources};

/// What is written over a text, as `PATH=QUANTITY`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Changes<'a> {
    /// By `--set`.
    pub set: &'a [String],
    /// By what varies it, and what messages call that.
    pub vary: Variation<'a>,
    /// Price lists that are looked at first.
    pub prices: &'a [PathBuf],
}

/// What is written over a text last, as `PATH=QUANTITY`: its random numbers stay those that it has without.
#[derive(Clone, Copy, Debug, Default)]
pub struct Variation<'a> {
    /// What messages call it.
    pub name: &'a str,
    /// The changes.
    pub changes: &'a [String],
}

impl<'a> Variation<'a> {
    /// Changes by `--vary`.
    pub fn of(changes: &'a [String]) -> Variation<'a> {
        Variation { name: "--vary", changes }
    }
}

/// Understands a text with changes.
pub(super) fn understand(
    text: &Written,
    changes: Changes<'_>,
    data: &mut DataFiles,
    preparation: &Preparation,
) -> Reading {
    let mut sources = Sources::default();
    sources.add(&*text.name, Arc::clone(&text.text));
    let mut findings = text.findings.clone();
    let syntax = Syntax::of(&text.text, &findings);
    let varied = changes.vary.changes;
    let volume = varied.iter().rev().find_map(|change| varied_volume(change, &text.raw));
    let others: Vec<String> = varied.iter().filter(|c| varied_volume(c, &text.raw).is_none()).cloned().collect();
    let changes = Changes { vary: Variation { changes: &others, ..changes.vary }, ..changes };
    let mut document = text.document.clone();
    let (catalogue, Filled { prices, models }) = apply(changes, text, &mut document, data, &mut sources, &mut findings);
    let slots = text.slots(&catalogue);
    let raw = raw::read(&document, &mut findings);
    let resolved = quantities(&raw, data, preparation, syntax.is_sound(), &mut findings);
    syntax.drop_what_follows(&mut findings);
    let hash = hash(&text.text, changes, data);
    let scenario = assemble::assemble(&raw, resolved, (&slots, volume), (&text.stem, hash), &mut findings);
    let is_sound = !findings.iter().any(|f| f.severity == Severity::Error);
    let overrides = [changes.set, changes.vary.changes].concat();
    let scenario = scenario.filter(|_| is_sound);
    let scenario = scenario.map(|scenario| Scenario { overrides, prices, models, catalogue, ..scenario });
    Reading { sources, findings, scenario }
}

/// Writes changes over a document and fills in prices: before those changes that are about what is filled in, too.
fn apply(
    changes: Changes<'_>,
    text: &Written,
    document: &mut TomlTable,
    data: &mut DataFiles,
    sources: &mut Sources,
    findings: &mut Vec<Diagnostic>,
) -> (Catalogue, Filled) {
    let flags = [("--set", changes.set), (changes.vary.name, changes.vary.changes)];
    let all = || flags.into_iter().flat_map(|(flag, texts)| texts.iter().map(move |text| (flag, text.as_str())));
    // Of a huge text they are dear, and mostly nobody asks.
    let mut overrides = if all().next().is_some() { Overrides::of(text.targets()) } else { Overrides::default() };
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

/// What a path of a text with its changes means: whether it is that of quantities alone.
///
/// # Errors
/// A path that leads nowhere, or to more than one place.
pub(super) fn is_of_quantity(
    text: &Written,
    (set, prices): (&[String], &[PathBuf]),
    data: &mut DataFiles,
    (name, path): (&str, &str),
    sources: &mut Sources,
) -> Result<bool, Diagnostic> {
    let (mut document, changes) = (text.document.clone(), Changes { set, prices, ..Changes::default() });
    apply(changes, text, &mut document, data, &mut Sources::default(), &mut Vec::new());
    Overrides::default().is_of_quantity(&document, (name, path), sources)
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

/// What is not TOML in a text, which is the first of all sources.
struct Syntax<'a> {
    text: &'a str,
    /// The lines that hold it.
    broken: HashSet<usize>,
    /// How many findings say so; they come first.
    findings: usize,
}

impl<'a> Syntax<'a> {
    fn of(text: &'a str, findings: &[Diagnostic]) -> Syntax<'a> {
        let mut broken = HashSet::new();
        if !findings.is_empty() {
            let lines = LineStarts::of(text);
            let places = findings.iter().filter_map(|f| Some(f.at.as_ref()?.span.start as usize));
            broken.extend(places.map(|place| lines.of_place(place)));
        }
        Syntax { text, broken, findings: findings.len() }
    }

    fn is_sound(&self) -> bool {
        self.findings == 0
    }

    /// Drops later findings on broken lines: what is left of a line says nothing about what its author meant.
    fn drop_what_follows(&self, findings: &mut Vec<Diagnostic>) {
        if self.is_sound() {
            return;
        }
        let lines = LineStarts::of(self.text);
        let is_broken = |finding: &Diagnostic| {
            let span = finding.at.as_ref().map(|label| label.span).filter(|span| span.source == 0);
            span.is_some_and(|span| self.broken.contains(&lines.of_place(span.start as usize)))
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
    changes.set.iter().chain(changes.vary.changes).for_each(|o| part(o.as_bytes()));
    for (file, digest) in data.digests() {
        part(file.as_bytes());
        part(digest);
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
