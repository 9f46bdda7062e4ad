//! The tables of a scenario file that hold quantities.

use super::field::Field;
use super::label::TextKey;

/// A table of the scenario file that holds quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// `[simulation]`
    Simulation,
    /// `[labour]`
    Labour,
    /// `[workload]`
    Workload,
    /// `[[option]]` itself.
    Option,
    /// `[option.setup]`
    Setup,
    /// `[option.inference]`
    Inference,
    /// `[option.dataset]`
    Dataset,
    /// `[option.training]`
    Training,
    /// `[option.migration]`
    Migration,
    /// `[option.hosting]`
    Hosting,
    /// `[option.maintenance]`
    Maintenance,
    /// `[option.quality]`
    Quality,
}

impl Section {
    /// The sections of an option.
    pub const OF_OPTION: [Section; 8] = [
        Section::Setup,
        Section::Inference,
        Section::Dataset,
        Section::Training,
        Section::Migration,
        Section::Hosting,
        Section::Maintenance,
        Section::Quality,
    ];

    /// Whether it belongs to an option.
    pub fn is_of_option(self) -> bool {
        self == Section::Option || Section::OF_OPTION.contains(&self)
    }

    /// As written in a path; empty for the option itself.
    pub fn name(self) -> &'static str {
        match self {
            Section::Simulation => "simulation",
            Section::Labour => "labour",
            Section::Workload => "workload",
            Section::Option => "",
            Section::Setup => "setup",
            Section::Inference => "inference",
            Section::Dataset => "dataset",
            Section::Training => "training",
            Section::Migration => "migration",
            Section::Hosting => "hosting",
            Section::Maintenance => "maintenance",
            Section::Quality => "quality",
        }
    }

    /// Keys of the section that hold something else than a quantity.
    pub fn labels(self) -> impl Iterator<Item = &'static str> + Clone {
        let table = match self {
            Section::Option => "option",
            section => section.name(),
        };
        TextKey::of_table(table)
    }

    /// The fields of the section.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        Field::ALL.iter().copied().filter(move |f| f.section() == self)
    }
}
