//! The cost lines of an option, from the fields of its sections.

use super::line::{CostLine, Driver};
use crate::quantity::ast::{Binary, Comparison};
use crate::quantity::{Builder, Reg};
use crate::scenario::{CostKind, Field, OptionSpec, Scenario};

/// What an option's inference takes per request, retries included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tokens {
    /// Calls per request.
    pub calls: Reg,
    /// Input tokens per call, without instructions.
    pub input: Reg,
    /// Instruction tokens per call.
    pub instructions: Reg,
    /// Output tokens per call.
    pub output: Reg,
}

/// What a request costs that an option answers.
#[derive(Clone, Debug)]
pub(super) struct Answering {
    /// What follows its token prices, at those of month 1.
    pub inference: Reg,
    /// What does not, by kind.
    pub others: Vec<(CostKind, Reg)>,
}

/// Builds the lines of one option.
pub(super) struct Lines<'a> {
    pub builder: &'a mut Builder,
    pub scenario: &'a Scenario,
    pub option: &'a OptionSpec,
    /// The option's number, whose prices its tokens follow.
    pub number: usize,
    pub lines: Vec<CostLine>,
}

impl Lines<'_> {
    pub(super) fn field(&mut self, field: Field) -> Reg {
        let zero = self.builder.number(0.0);
        self.option.get(field).unwrap_or(zero)
    }

    pub(super) fn common(&mut self, field: Field) -> Reg {
        let zero = self.builder.number(0.0);
        self.scenario.common(field).unwrap_or(zero)
    }

    fn times(&mut self, fields: &[Field]) -> Reg {
        let one = self.builder.number(1.0);
        fields.iter().fold(one, |product, f| {
            let x = self.field(*f);
            self.builder.multiply(product, x)
        })
    }

    /// Adds a line, unless it is known to cost nothing.
    fn push(&mut self, name: &str, kind: CostKind, driver: Driver, cost: Reg) {
        let units = self.builder.number(1.0);
        self.push_priced(name, kind, driver, (cost, units), None);
    }

    fn push_priced(
        &mut self,
        name: &str,
        kind: CostKind,
        driver: Driver,
        (cost, units): (Reg, Reg),
        price_of: Option<usize>,
    ) {
        if !self.builder.is_zero(cost) {
            self.lines.push(CostLine { name: name.to_owned(), kind, driver, cost, units, price_of });
        }
    }

    /// The tokens of a request.
    pub(super) fn tokens(&mut self) -> Tokens {
        let one = self.builder.number(1.0);
        let retries = self.field(Field::RetryRate);
        let multiplier = self.field(Field::TokenMultiplier);
        let mut side = |common: Field, extra: Field| {
            let (own, extra) = (self.common(common), self.field(extra));
            let sum = self.builder.add(own, extra);
            self.builder.multiply(sum, multiplier)
        };
        let input = side(Field::InputTokens, Field::ExtraInputTokens);
        let output = side(Field::OutputTokens, Field::ExtraOutputTokens);
        let instructions = self.field(Field::InstructionTokens);
        let instructions = self.builder.multiply(instructions, multiplier);
        Tokens { calls: self.builder.add(one, retries), input, instructions, output }
    }

    /// The price of instruction tokens: cached where caching is on and the instructions are long enough.
    fn instruction_price(&mut self, tokens: &Tokens) -> Reg {
        let plain = self.field(Field::InputPrice);
        let (Some(hit), Some(cached)) = (self.option.get(Field::CacheHitRate), self.option.get(Field::CachedPrice))
        else {
            return plain;
        };
        let write = self.field(Field::CacheWritePrice);
        let least = self.field(Field::CacheMinTokens);
        let one = self.builder.number(1.0);
        let miss = self.builder.subtract(one, hit);
        let (read, written) = (self.builder.multiply(hit, cached), self.builder.multiply(miss, write));
        let mixed = self.builder.add(read, written);
        self.builder.select(Comparison::GreaterEqual, [tokens.instructions, least, mixed, plain])
    }

    /// The lines of inference, and what it costs per request at month-1 prices.
    pub(super) fn inference(&mut self, tokens: &Tokens) -> Reg {
        let discount = self.times(&[Field::BatchShare, Field::BatchDiscount]);
        let one = self.builder.number(1.0);
        let after_discount = self.builder.subtract(one, discount);
        let input_price = self.field(Field::InputPrice);
        let instruction_price = self.instruction_price(tokens);
        let output_price = self.field(Field::OutputPrice);
        let mut sum = self.builder.number(0.0);
        for (name, tokens_per_call, price, driver) in [
            ("input tokens", tokens.input, input_price, Driver::MillionInputTokens),
            ("instruction tokens", tokens.instructions, instruction_price, Driver::MillionInputTokens),
            ("output tokens", tokens.output, output_price, Driver::MillionOutputTokens),
        ] {
            let millions = self.millions(tokens, tokens_per_call);
            // What is constant comes first, so that it is multiplied once and for all.
            let price = self.builder.multiply(price, after_discount);
            let per_million = self.builder.multiply(price, tokens.calls);
            let million = self.builder.number(1e6);
            let per_token = self.builder.binary(Binary::Divide, per_million, million);
            let cost = self.builder.multiply(tokens_per_call, per_token);
            self.push_priced(name, CostKind::Vendor, driver, (cost, millions), Some(self.number));
            sum = self.builder.add(sum, cost);
        }
        sum
    }

    /// Millions of tokens per request, retries included.
    fn millions(&mut self, tokens: &Tokens, per_call: Reg) -> Reg {
        let all = self.builder.multiply(tokens.calls, per_call);
        let million = self.builder.number(1e6);
        self.builder.binary(Binary::Divide, all, million)
    }

    /// What a training run costs: flat, and by training token.
    fn run(&mut self) -> Reg {
        let by_token = self.times(&[Field::Examples, Field::TokensPerExample, Field::Epochs, Field::TrainingPrice]);
        let million = self.builder.number(1e6);
        let by_token = self.builder.binary(Binary::Divide, by_token, million);
        let flat = self.field(Field::CostPerRun);
        self.builder.add(flat, by_token)
    }

    /// Setup, dataset and the first training runs.
    pub(super) fn one_time(&mut self) {
        let hours = self.times(&[Field::SetupHours, Field::SetupRate]);
        self.push("setup", CostKind::People, Driver::Once, hours);
        let cost = self.field(Field::SetupCost);
        self.push("setup", CostKind::Vendor, Driver::Once, cost);
        let hours = self.times(&[Field::DatasetHours, Field::DatasetRate]);
        self.push("dataset", CostKind::People, Driver::Once, hours);
        let examples = self.times(&[Field::Examples, Field::CostPerExample]);
        self.push("dataset", CostKind::Vendor, Driver::Once, examples);
        let (run, runs) = (self.run(), self.field(Field::InitialRuns));
        let training = self.builder.multiply(run, runs);
        self.push("initial training", CostKind::Vendor, Driver::Once, training);
    }

    /// Retrains and migrations.
    pub(super) fn renewals(&mut self) {
        if self.option.get(Field::RetrainsPerYear).is_some_and(|r| !self.builder.is_zero(r)) {
            let hours = self.times(&[Field::HoursPerRetrain, Field::TrainingRate]);
            self.push("retraining", CostKind::People, Driver::Retrain, hours);
            let examples = self.times(&[Field::ExamplesPerRetrain, Field::CostPerExample]);
            let run = self.run();
            let cost = self.builder.add(run, examples);
            self.push("retraining", CostKind::Vendor, Driver::Retrain, cost);
        }
        if self.option.has_migration {
            let hours = self.times(&[Field::MigrationHours, Field::MigrationRate]);
            self.push("migration", CostKind::People, Driver::Migration, hours);
            let (run, runs) = (self.run(), self.field(Field::MigrationRuns));
            let runs = self.builder.multiply(run, runs);
            let flat = self.field(Field::MigrationCost);
            let cost = self.builder.add(flat, runs);
            self.push("migration", CostKind::Vendor, Driver::Migration, cost);
        }
    }

    /// Hosting, GPUs and maintenance.
    pub(super) fn standing(&mut self) {
        let by_hour = self.times(&[Field::Units, Field::HostingPerHour, Field::HoursPerMonth]);
        let flat = self.field(Field::HostingPerMonth);
        let hosting = self.builder.add(flat, by_hour);
        self.push("hosting", CostKind::Vendor, Driver::Month, hosting);
        if self.option.get(Field::GpuRate).is_some() {
            let month = self.times(&[Field::GpuRate, Field::HoursPerMonth]);
            self.push("GPUs", CostKind::Vendor, Driver::Gpu, month);
        }
        let hours = self.times(&[Field::MaintenanceHours, Field::MaintenanceRate]);
        self.push("maintenance", CostKind::People, Driver::Month, hours);
    }

    /// Failures, and escalations to another option at what it costs to answer there.
    pub(super) fn quality(&mut self, escalate_to: Option<(usize, Answering)>) {
        let failures = self.times(&[Field::FailureRate, Field::CostPerFailure]);
        self.push("failures", CostKind::Quality, Driver::Request, failures);
        let Some((target, Answering { mut inference, mut others })) = escalate_to else { return };
        if self.has_steady_prices(target)
            && let Some(vendor) = others.iter().position(|(kind, _)| *kind == CostKind::Vendor)
        {
            inference = self.builder.add(inference, others.remove(vendor).1);
        }
        let vendors = (CostKind::Vendor, inference, Some(target));
        let others = others.into_iter().map(|(kind, cost)| (kind, cost, None));
        for (kind, cost, price_of) in std::iter::once(vendors).chain(others) {
            let (rate, one) = (self.field(Field::EscalationRate), self.builder.number(1.0));
            let cost = self.builder.multiply(rate, cost);
            self.push_priced("escalation", kind, Driver::Request, (cost, one), price_of);
        }
    }

    /// Whether an option's token prices are in every month what they are in the first.
    fn has_steady_prices(&self, option: usize) -> bool {
        let spec = &self.scenario.options[option];
        let constant = |field| spec.get(field).map(|r| self.builder.constant(r));
        let changes = constant(Field::PriceChange).is_some_and(|change| change != Some(0.0));
        let jumps = spec.has_migration && constant(Field::PriceFactor).is_some_and(|factor| factor != Some(1.0));
        !(changes || jumps)
    }

    /// The lines that the scenario names itself.
    pub(super) fn custom(&mut self, tokens: &Tokens) {
        let option = self.option;
        for line in &option.lines {
            let driver = Driver::from(line.unit);
            let units = match driver {
                Driver::MillionInputTokens => {
                    let sent = self.builder.add(tokens.input, tokens.instructions);
                    self.millions(tokens, sent)
                }
                Driver::MillionOutputTokens => self.millions(tokens, tokens.output),
                _ => self.builder.number(1.0),
            };
            let cost = self.builder.multiply(line.amount, units);
            self.push_priced(&line.name, line.kind, driver, (cost, units), None);
        }
    }
}
