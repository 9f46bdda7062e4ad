//! A cost line: an amount times a driver.

use super::factor::Factor;
use crate::quantity::Reg;
use crate::scenario::{BuiltIn, CostKind, CostUnit};

/// What a line is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Driver {
    /// Once, in month 0.
    Once,
    /// Months in service.
    Month,
    /// Requests.
    Request,
    /// Millions of input tokens.
    MillionInputTokens,
    /// Millions of output tokens.
    MillionOutputTokens,
    /// Retrains.
    Retrain,
    /// Migrations.
    Migration,
    /// GPUs rented in the month.
    Gpu,
}

impl Driver {
    /// Its word in the output files; custom lines use the same.
    pub fn word(self) -> &'static str {
        match self {
            Driver::Once => CostUnit::Once.word(),
            Driver::Month => CostUnit::Month.word(),
            Driver::Request => CostUnit::Request.word(),
            Driver::MillionInputTokens => CostUnit::MillionInputTokens.word(),
            Driver::MillionOutputTokens => CostUnit::MillionOutputTokens.word(),
            Driver::Retrain => CostUnit::Retrain.word(),
            Driver::Migration => CostUnit::Migration.word(),
            Driver::Gpu => "gpu",
        }
    }

    /// What it is proportional to.
    pub fn basis(self) -> Basis {
        match self {
            Driver::Once => Basis::Once,
            Driver::Month => Basis::Month,
            Driver::Request | Driver::MillionInputTokens | Driver::MillionOutputTokens => Basis::Request,
            Driver::Retrain => Basis::Retrain,
            Driver::Migration => Basis::Migration,
            Driver::Gpu => Basis::Gpu,
        }
    }
}

impl From<CostUnit> for Driver {
    fn from(unit: CostUnit) -> Driver {
        match unit {
            CostUnit::Once => Driver::Once,
            CostUnit::Month => Driver::Month,
            CostUnit::Request => Driver::Request,
            CostUnit::MillionInputTokens => Driver::MillionInputTokens,
            CostUnit::MillionOutputTokens => Driver::MillionOutputTokens,
            CostUnit::Retrain => Driver::Retrain,
            CostUnit::Migration => Driver::Migration,
        }
    }
}

/// The series of numbers by month that drivers come down to: tokens are requests times tokens per request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// 1 in month 0, nothing after it.
    Once,
    /// 1 in every month.
    Month,
    /// Requests of the month.
    Request,
    /// Retrains of the month.
    Retrain,
    /// Migrations of the month.
    Migration,
    /// GPUs of the month.
    Gpu,
}

impl Basis {
    /// What is counted, in the plural; nothing of what there is once in a month.
    pub fn noun(self) -> Option<&'static str> {
        match self {
            Basis::Once | Basis::Month => None,
            Basis::Request => Some("requests"),
            Basis::Retrain => Some("retrains"),
            Basis::Migration => Some("migrations"),
            Basis::Gpu => Some("GPUs"),
        }
    }
}

/// Which line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LineName {
    /// One that sections make.
    BuiltIn(BuiltIn),
    /// One that the scenario names, with its number among those of the option.
    Custom(usize, String),
}

impl LineName {
    /// Its name in the tables.
    pub fn as_str(&self) -> &str {
        match self {
            LineName::BuiltIn(line) => line.word(),
            LineName::Custom(_, name) => name,
        }
    }

    /// The number of a custom line.
    pub fn custom(&self) -> Option<usize> {
        match self {
            LineName::BuiltIn(_) => None,
            LineName::Custom(number, _) => Some(*number),
        }
    }
}

/// An amount times a driver, of a kind.
#[derive(Clone, Debug)]
pub struct CostLine {
    /// Its name.
    pub name: LineName,
    /// Who is paid, or who suffers.
    pub kind: CostKind,
    /// What it is counted in.
    pub driver: Driver,
    /// What the cost per unit of the driver's basis is the product of.
    pub factors: Vec<Factor>,
    /// Cost per unit of the driver's basis, at month-1 prices.
    pub cost: Reg,
    /// The same where all requests reach it: what another option pays whose requests it answers.
    pub answering: Reg,
    /// Units of the driver per unit of its basis: millions of tokens per request, the share of the requests that it is for.
    pub units: Reg,
    /// The option whose token prices the line follows, by trend and by migration.
    pub price_of: Option<usize>,
}
