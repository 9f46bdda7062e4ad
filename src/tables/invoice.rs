//! The lines of one concrete case with the numbers that they are made of, to be held against an invoice.

use crate::engine::{Case, Entry};
use crate::model::{CostLine, Driver, Model};
use crate::scenario::{CostKind, Field, Scenario};

/// A number that a cost is a product of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Factor {
    /// So many of something.
    Count(f64, &'static str),
    /// Money per something.
    Money(f64, &'static str),
    /// Money per million of something.
    PerMillion(f64),
    /// A share, or a level.
    Share(f64, &'static str),
}

impl Factor {
    /// What the cost is multiplied by.
    pub fn value(self) -> f64 {
        match self {
            Factor::Count(x, _) | Factor::Money(x, _) | Factor::Share(x, _) => x,
            Factor::PerMillion(x) => x / 1e6,
        }
    }
}

/// Reads the factors of lines off a case.
#[derive(Clone, Copy, Debug)]
pub struct Invoice<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its model.
    pub model: &'a Model,
    /// The case.
    pub case: &'a Case,
    /// The option whose lines are read.
    pub option: usize,
}

impl Invoice<'_> {
    fn field(&self, field: Field) -> f64 {
        self.case.field(self.scenario, self.option, field)
    }

    /// What a training run costs.
    fn run(&self) -> f64 {
        let by_token = [Field::Examples, Field::TokensPerExample, Field::Epochs, Field::TrainingPrice];
        self.field(Field::CostPerRun) + by_token.map(|f| self.field(f)).iter().product::<f64>() / 1e6
    }

    /// The factors whose product a line costs in a month.
    pub fn factors(&self, line: &CostLine, entry: Entry) -> Vec<Factor> {
        let mut factors = match (line.name.as_str(), line.kind, line.driver) {
            ("setup", CostKind::People, _) => self.hours(Field::SetupHours, Field::SetupRate),
            ("setup", ..) => vec![Factor::Money(self.field(Field::SetupCost), "")],
            ("dataset", CostKind::People, _) => self.hours(Field::DatasetHours, Field::DatasetRate),
            ("dataset", ..) => vec![
                Factor::Count(self.field(Field::Examples), "examples"),
                Factor::Money(self.field(Field::CostPerExample), "each"),
            ],
            ("initial training", ..) => {
                vec![Factor::Count(self.field(Field::InitialRuns), "runs"), Factor::Money(self.run(), "each")]
            }
            ("input tokens" | "instruction tokens" | "output tokens", ..) => self.tokens(&line.name, entry),
            ("retraining", ..) => self.renewal("retrains", line.kind, entry),
            ("migration", ..) => self.renewal("migrations", line.kind, entry),
            ("hosting", ..) => self.hosting(),
            ("GPUs", ..) => vec![
                Factor::Count(entry.basis, "GPUs"),
                Factor::Money(self.field(Field::GpuRate), "/h"),
                Factor::Count(self.field(Field::HoursPerMonth), "hours"),
            ],
            ("maintenance", ..) => self.hours(Field::MaintenanceHours, Field::MaintenanceRate),
            ("failures", ..) => vec![
                Factor::Count(entry.basis, "requests"),
                Factor::Share(self.field(Field::FailureRate), "fail"),
                Factor::Money(self.field(Field::CostPerFailure), "each"),
            ],
            ("escalation", ..) => self.escalation(line, entry),
            _ => self.custom(line, entry),
        };
        if entry.price_level != 1.0 {
            factors.push(Factor::Share(entry.price_level, "of the first month's price"));
        }
        factors
    }

    fn hours(&self, hours: Field, rate: Field) -> Vec<Factor> {
        vec![Factor::Count(self.field(hours), "hours"), Factor::Money(self.field(rate), "/h")]
    }

    fn tokens(&self, line: &str, entry: Entry) -> Vec<Factor> {
        let multiplier = self.field(Field::TokenMultiplier);
        let common = |field: Field| self.case.common(self.scenario, field);
        let instructions = self.field(Field::InstructionTokens) * multiplier;
        let (tokens, price) = match line {
            "input tokens" => {
                let sent = common(Field::InputTokens) + self.field(Field::ExtraInputTokens);
                (sent * multiplier, self.field(Field::InputPrice))
            }
            "output tokens" => {
                let answered = common(Field::OutputTokens) + self.field(Field::ExtraOutputTokens);
                (answered * multiplier, self.field(Field::OutputPrice))
            }
            _ => (instructions, self.instruction_price(instructions)),
        };
        let batches = 1.0 - self.field(Field::BatchShare) * self.field(Field::BatchDiscount);
        let mut factors = vec![
            Factor::Count(entry.basis, "requests"),
            Factor::Count(1.0 + self.field(Field::RetryRate), "calls"),
            Factor::Count(tokens, "tokens"),
            Factor::PerMillion(price),
        ];
        if batches != 1.0 {
            factors.push(Factor::Share(batches, "after batches"));
        }
        factors
    }

    fn instruction_price(&self, tokens: f64) -> f64 {
        let caching = self.scenario.options[self.option].get(Field::CacheHitRate).is_some();
        if !caching || tokens < self.field(Field::CacheMinTokens) {
            return self.field(Field::InputPrice);
        }
        let hit = self.field(Field::CacheHitRate);
        hit * self.field(Field::CachedPrice) + (1.0 - hit) * self.field(Field::CacheWritePrice)
    }

    /// A retraining or a migration.
    fn renewal(&self, what: &'static str, kind: CostKind, entry: Entry) -> Vec<Factor> {
        let count = Factor::Count(entry.basis, what);
        let migrates = what == "migrations";
        match (kind, migrates) {
            (CostKind::People, true) => [vec![count], self.hours(Field::MigrationHours, Field::MigrationRate)].concat(),
            (CostKind::People, false) => {
                [vec![count], self.hours(Field::HoursPerRetrain, Field::TrainingRate)].concat()
            }
            (_, true) => {
                let runs = self.field(Field::MigrationRuns) * self.run();
                vec![count, Factor::Money(self.field(Field::MigrationCost) + runs, "each")]
            }
            (_, false) => {
                let examples = self.field(Field::ExamplesPerRetrain) * self.field(Field::CostPerExample);
                vec![count, Factor::Money(self.run() + examples, "each")]
            }
        }
    }

    fn hosting(&self) -> Vec<Factor> {
        let flat = self.field(Field::HostingPerMonth);
        let [units, price, hours] =
            [Field::Units, Field::HostingPerHour, Field::HoursPerMonth].map(|field| self.field(field));
        match (flat, units * price * hours) {
            (0.0, _) => {
                vec![Factor::Count(units, "units"), Factor::Money(price, "/h"), Factor::Count(hours, "hours")]
            }
            (flat, by_hour) => vec![Factor::Money(flat + by_hour, "a month")],
        }
    }

    fn escalation(&self, line: &CostLine, entry: Entry) -> Vec<Factor> {
        let rate = self.field(Field::EscalationRate);
        let inference = if rate > 0.0 { self.case.value(line.cost) / rate } else { 0.0 };
        vec![Factor::Count(entry.basis, "requests"), Factor::Share(rate, "escalated"), Factor::Money(inference, "each")]
    }

    fn custom(&self, line: &CostLine, entry: Entry) -> Vec<Factor> {
        let units = self.case.value(line.units);
        let amount = if units != 0.0 { self.case.value(line.cost) / units } else { 0.0 };
        let count = |what: &'static str, each: &'static str| {
            vec![Factor::Count(entry.basis * units, what), Factor::Money(amount, each)]
        };
        match line.driver {
            Driver::Once => vec![Factor::Money(amount, "")],
            Driver::Month => vec![Factor::Money(amount, "a month")],
            Driver::Request => count("requests", "each"),
            Driver::MillionInputTokens => count("million input tokens", "each"),
            Driver::MillionOutputTokens => count("million output tokens", "each"),
            Driver::Retrain => count("retrains", "each"),
            Driver::Migration => count("migrations", "each"),
            Driver::Gpu => count("GPUs", "each"),
        }
    }
}
