//! Scenario text to a validated scenario: an invalid one cannot exist.
//!
//! The text becomes a document, overrides change it, raw values are read from it, quantities are resolved to registers of
//! a program, what must hold between fields is checked, and the scenario is assembled. Every stage adds to one list of
//! findings, so that all mistakes of a file are reported together.

mod assemble;
mod built_in;
mod calendar;
mod catalogue;
mod column;
mod correlation;
mod course;
mod data;
mod data_remark;
mod decision;
mod document;
mod field;
mod fill;
mod findings;
mod label;
mod lines;
mod months;
mod option;
mod order;
mod origin;
mod overrides;
mod pairs;
mod path;
mod place;
mod proportion;
mod range;
mod raw;
mod raw_option;
mod read;
mod reference;
mod refusal;
mod requests;
mod resolve;
mod scenario_file;
mod section;
mod settings;
mod shared_draws;
mod slots;
mod syntax;
mod targets;
mod template;
mod understand;
mod validate;
mod volume;
mod written;

use std::collections::HashMap;
use std::path::{Path as FilePath, PathBuf};

pub use built_in::BuiltIn;
pub use calendar::Start;
pub use data::DataFiles;
pub use decision::{Criterion, Decision, SpendScope};
pub use field::{Fallback, Field};
pub use fill::{FilledPrice, NamedModel};
pub use findings::Findings;
pub use label::{Takes, TextKey};
pub use months::{SLACK, Since};
pub use option::{LineSpec, OptionSpec};
pub use origin::Origin;
pub use path::Path;
pub(crate) use path::{behind, joined};
pub use place::Place;
pub use range::FieldRange;
pub use reference::{FieldReference, explain, reference};
pub use scenario_file::ScenarioFile;
pub use section::Section;
pub use settings::{CostKind, CostUnit, Timing, TrialsAre};
pub(crate) use shared_draws::share_draws;
pub use template::Template;
pub use volume::{Volume, VolumeUnit};

use crate::diagnostic::{Diagnostic, Sources, Span};
use crate::quantity::{Builder, Reg};
use crate::sample::{Group, Sampler};
pub(crate) use catalogue::Catalogue;
use resolve::Preparation;
pub use understand::Variation;
use understand::{Changes, understand};
use written::Written;

/// A validated scenario. Nothing of it can be changed that could make it invalid.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What it is about.
    pub(crate) title: String,
    /// The label of its money.
    pub(crate) currency: String,
    /// The number of the option that serves the task today.
    pub(crate) baseline: usize,
    /// How it is simulated.
    pub(crate) simulation: Simulation,
    /// By what its options are chosen.
    pub(crate) decision: Decision,
    /// The options, in the order of the file.
    pub(crate) options: Vec<OptionSpec>,
    /// The program of all quantities; the model adds its own.
    pub(crate) quantities: Builder,
    /// Correlated variables.
    pub(crate) groups: Vec<Group>,
    /// SHA-256 of the file, the overrides and the data files, in hexadecimal.
    pub(crate) hash: String,
    /// Prices that were filled in.
    pub(crate) prices: Vec<FilledPrice>,
    /// The models that these are of.
    pub(crate) models: Vec<NamedModel>,
    /// The price lists that names of models are looked up in.
    pub(crate) catalogue: Catalogue,
    /// What was written over the file, as `PATH=QUANTITY`.
    pub(crate) overrides: Vec<String>,
    /// Discount rate, workload: by [`Field::index`].
    common: Vec<Option<Reg>>,
    /// Requests of a month, where they differ by more than growth; then the field's register holds the volume.
    pub(crate) volume: Option<Volume>,
    /// The register that is to hold the requests of a month, where a quantity asks for them.
    pub(crate) requests: Option<Reg>,
    /// The quantities as written, in the order of the file.
    pub(crate) written: Vec<WrittenQuantity>,
    /// Where each random variable comes from.
    pub(crate) origins: Vec<Origin>,
    /// The quantity that each check of the program holds to its range.
    pub(crate) checked: Vec<Place>,
    spans: HashMap<Place, Span>,
}

/// A quantity that a scenario writes.
#[derive(Clone, Debug)]
pub struct WrittenQuantity {
    /// Where it stands in the scenario.
    pub place: Place,
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Where it stands in the text.
    pub span: Span,
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
    /// The month that is month 1, where it is known.
    pub start: Option<Start>,
    /// The month of the year with which years begin.
    pub fiscal_year_start: u32,
}

impl Simulation {
    /// A month in a sentence: `month 14`, or `Jan 2028` where it is known which is the first.
    pub fn month(&self, month: u32) -> String {
        self.start.map_or_else(|| format!("month {month}"), |start| start.name(month))
    }
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
    /// Price lists that are looked at before those of the scenario.
    pub prices: Vec<PathBuf>,
}

/// Reads a scenario file.
pub fn load(path: &FilePath, options: &LoadOptions) -> Reading {
    match ScenarioFile::open(path, options) {
        Ok(mut scenario_file) => scenario_file.read(),
        Err(reading) => *reading,
    }
}

/// Reads a scenario from its text. `name` is what messages call the file, `stem` its title if it has none.
pub fn read(name: &str, stem: &str, text: &str, options: &LoadOptions, mut data: DataFiles) -> Reading {
    let changes = Changes { set: &options.overrides, prices: &options.prices, ..Changes::default() };
    understand(&Written::parse(name, stem, text), changes, &mut data, &Preparation::default())
}

/// Most trials of a simulation.
pub(crate) const MOST_TRIALS: u64 = 1 << 31;

impl Scenario {
    /// What it is about.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The label of its money.
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// The number of the option that serves the task today.
    pub fn baseline(&self) -> usize {
        self.baseline
    }

    /// How it is simulated.
    pub fn simulation(&self) -> Simulation {
        self.simulation
    }

    /// By what its options are chosen.
    pub fn decision(&self) -> Decision {
        self.decision
    }

    /// The options, in the order of the file.
    pub fn options(&self) -> &[OptionSpec] {
        &self.options
    }

    /// Prices that were filled in from the models that options name.
    pub fn prices(&self) -> &[FilledPrice] {
        &self.prices
    }

    /// Requests of a month, where they differ by more than growth; then the register of `requests_per_month` holds the
    /// volume.
    pub fn volume(&self) -> Option<&Volume> {
        self.volume.as_ref()
    }

    /// Correlated variables.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The program of all quantities, which the model adds its own to.
    pub fn quantities(&self) -> &Builder {
        &self.quantities
    }

    /// The quantities as written, in the order of the file.
    pub fn written(&self) -> &[WrittenQuantity] {
        &self.written
    }

    /// SHA-256 of the file, the overrides and the data files, in hexadecimal.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What was written over the file, as `PATH=QUANTITY`.
    pub fn overrides(&self) -> &[String] {
        &self.overrides
    }

    /// Simulates so many trials, at least 1 and at most 2^31; the design rounds them up to what its sampler needs.
    pub fn set_trials(&mut self, trials: u64) {
        self.simulation.trials = trials.clamp(1, MOST_TRIALS);
    }

    /// Draws from another seed.
    pub fn set_seed(&mut self, seed: u64) {
        self.simulation.seed = seed;
    }

    /// Chooses points in another way.
    pub fn set_sampler(&mut self, sampler: Sampler) {
        self.simulation.sampler = sampler;
    }

    /// The register of a field outside the options; those without a value are required ones, which validation has
    /// made sure of, and `labour.hourly_rate`.
    pub fn common(&self, field: Field) -> Option<Reg> {
        self.common[field.index()]
    }

    /// Where a quantity stands, if it is written.
    pub fn span(&self, place: &Place) -> Option<Span> {
        self.spans.get(place).copied()
    }

    /// Where the quantity of a random variable stands.
    pub fn span_of(&self, variable: usize) -> Span {
        self.span(&self.origins[variable].place).unwrap_or(Span::TOP)
    }
}
