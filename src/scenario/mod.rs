//! Scenario text to a validated scenario: an invalid one cannot exist.
//!
//! The text becomes a document, overrides change it, raw values are read from it, quantities are resolved to registers of
//! a program, what must hold between fields is checked, and the scenario is assembled. Every stage adds to one list of
//! findings, so that all mistakes of a file are reported together.

mod assemble;
mod column;
mod correlation;
mod data;
mod document;
mod field;
mod label;
mod lines;
mod manuscript;
mod option;
mod order;
mod overrides;
mod pairs;
mod path;
mod proportion;
mod range;
mod raw;
mod raw_option;
mod read;
mod records;
mod reference;
mod refusal;
mod requests;
mod resolve;
mod section;
mod settings;
mod slots;
mod syntax;
mod targets;
mod template;
mod validate;

use std::collections::HashSet;
use std::path::Path as FilePath;
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use correlation::Group;
pub use data::DataFiles;
pub use field::{Fallback, Field};
pub use label::{Label, Takes};
pub use manuscript::Manuscript;
pub use option::{LineSpec, OptionSpec};
pub use path::Path;
pub use range::Range;
pub use reference::{Entry, explain, reference};
pub use section::Section;
pub use settings::{CostKind, CostUnit, Sampler, Timing, TrialsAre};
pub use template::Template;

use crate::diagnostic::{Diagnostic, Severity, Sources, Span};
use crate::dist::Quantiles;
use crate::quantity::{Builder, Reg};
use lines::Lines;
use resolve::Numbers;
use slots::Slots;

/// A validated scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What it is about.
    pub title: String,
    /// The label of its money.
    pub currency: String,
    /// The number of the option that serves the task today.
    pub baseline: usize,
    /// How it is simulated.
    pub simulation: Simulation,
    /// The options, in the order of the file.
    pub options: Vec<OptionSpec>,
    /// The program of all quantities; the model adds its own.
    pub quantities: Builder,
    /// Correlated variables.
    pub groups: Vec<Group>,
    /// SHA-256 of the file, the overrides and the data files, in hexadecimal.
    pub hash: String,
    /// What was written over the file, as `PATH=QUANTITY`.
    pub overrides: Vec<String>,
    /// Discount rate, workload: by [`Field::index`].
    common: Vec<Option<Reg>>,
    /// The quantities as written, in the order of the file.
    pub written: Vec<WrittenQuantity>,
    /// Where the quantity of each field check stands, by the name that the check blames.
    places: Vec<(String, Span)>,
}

/// A quantity that a scenario writes.
#[derive(Clone, Debug)]
pub struct WrittenQuantity {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The field that it stands in; `None` for an input and for the amount of a custom line.
    pub field: Option<Field>,
    /// Whether it is the amount of a custom cost line.
    pub is_amount: bool,
    /// Where its values are.
    pub register: Reg,
    /// The random variable that it is; `None` for a number, and for a formula even if it is one around a variable.
    pub variable: Option<usize>,
}

/// The `[simulation]` of a scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Simulation {
    /// Months.
    pub horizon: u32,
    /// Trials asked for; the design rounds them up to what its sampler needs.
    pub trials: u64,
    /// Seed of all randomness.
    pub seed: u64,
    /// How points are chosen.
    pub sampler: Sampler,
    /// What a trial stands for.
    pub trials_are: TrialsAre,
}

/// What reading a scenario gave: the texts, all findings, and the scenario if none of them is an error.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The texts that findings point into.
    pub sources: Sources,
    /// Errors and warnings.
    pub findings: Vec<Diagnostic>,
    /// The scenario, unless there are errors.
    pub scenario: Option<Scenario>,
}

/// Where a scenario's data may come from, and what is changed in it.
#[derive(Clone, Debug, Default)]
pub struct LoadOptions {
    /// `PATH=QUANTITY` overrides, applied in order.
    pub overrides: Vec<String>,
    /// Whether data files may lie outside the scenario's folder.
    pub allow_data_outside: bool,
}

/// Reads a scenario file.
pub fn load(path: &FilePath, options: &LoadOptions) -> Reading {
    match Manuscript::open(path, options) {
        Ok(mut manuscript) => manuscript.read(),
        Err(reading) => *reading,
    }
}

/// Reads a scenario from its text. `name` is what messages call the file, `stem` its title if it has none.
pub fn read(name: &str, stem: &str, text: &str, options: &LoadOptions, mut data: DataFiles) -> Reading {
    understand((name, stem, text), [&options.overrides, &[]], &mut data, (&Arc::default(), Numbers::Folded))
}

/// Understands a text by its name, its stem and itself. Distributions that are `known` need not be prepared again.
fn understand(
    (name, stem, text): (&str, &str, &str),
    overrides: [&[String]; 2],
    data: &mut DataFiles,
    (known, numbers): (&Arc<Vec<Quantiles>>, Numbers),
) -> Reading {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let source = sources.add(name, text);
    let mut document = document::parse(text, source, &mut findings);
    let slots = Slots::new(&raw::read(&document, &mut Vec::new()));
    let syntax = findings.len();
    let lines = Lines::of(text);
    let broken: HashSet<usize> =
        findings.iter().filter_map(|f| Some(lines.of_place(f.at.as_ref()?.span.start as usize))).collect();
    let mut set = overrides::Overrides::default();
    for (flag, texts) in ["--set", "--vary"].into_iter().zip(overrides) {
        for text in texts {
            set.apply(&mut document, (flag, text), &mut sources, &mut findings);
        }
    }
    let overrides = overrides.concat();
    let raw = raw::read(&document, &mut findings);
    let mut resolved = resolve::resolve(&raw, data, (known, Numbers::Folded), &mut findings);
    validate::validate(&raw, &resolved, syntax == 0, &mut findings);
    if numbers == Numbers::Open {
        // What is wrong with it has been found.
        resolved = resolve::resolve(&raw, data, (known, numbers), &mut Vec::new());
    }
    let hash = scenario_hash(text, &overrides, data);
    // What is left of a line that is not TOML says nothing about what its author meant.
    let mut seen = 0;
    findings.retain(|f| {
        seen += 1;
        let follows =
            f.at.as_ref()
                .is_some_and(|l| l.span.source == source && broken.contains(&lines.of_place(l.span.start as usize)));
        seen <= syntax || !follows
    });
    let scenario = assemble::assemble(&raw, resolved, &slots, (stem, hash), &mut findings);
    let scenario = scenario.map(|scenario| Scenario { overrides: overrides.clone(), ..scenario });
    let scenario = scenario.filter(|_| !findings.iter().any(|f| f.severity == Severity::Error));
    Reading { sources, findings, scenario }
}

fn scenario_hash(text: &str, overrides: &[String], data: &DataFiles) -> String {
    let mut hasher = Sha256::new();
    // Lengths keep one part from being taken for the beginning of the next.
    let mut part = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    part(text.as_bytes());
    overrides.iter().for_each(|o| part(o.as_bytes()));
    for (file, digest) in data.digests() {
        part(file.as_bytes());
        part(digest);
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

impl Scenario {
    /// The register of a field outside the options; those without a value are required ones, which validation has
    /// made sure of, and `labour.hourly_rate`.
    pub fn common(&self, field: Field) -> Option<Reg> {
        self.common[field.index()]
    }

    /// Where the quantity stands that a check blames.
    pub fn place(&self, name: &str) -> Option<Span> {
        self.places.iter().find(|(n, _)| n == name).map(|(_, span)| *span)
    }
}
