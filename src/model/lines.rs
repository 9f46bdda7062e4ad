//! The cost lines of an option, from the fields of its sections.

use super::factor::{self, Factor, Role};
use super::formulas;
use super::line::{CostLine, Driver, LineName};
use super::prices::Prices;
use crate::quantity::{Builder, Reg};
use crate::scenario::{BuiltIn, CostKind, CostUnit, Field, OptionSpec, Scenario};

/// What an option's inference takes per request, retries included.
#[derive(Clone, Copy, Debug)]
pub struct Tokens {
    /// Calls per request.
    pub calls: Reg,
    /// Input tokens per call, without instructions.
    pub input: Reg,
    /// Instruction tokens per call.
    pub instructions: Reg,
    /// Output tokens per call.
    pub output: Reg,
}

/// What a request costs that an option answers, of a kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answering {
    /// Who is paid, or who suffers.
    pub kind: CostKind,
    /// The cost; at the token prices of month 1 where it follows them.
    pub cost: Reg,
    /// The option whose token prices it follows.
    pub price_of: Option<usize>,
}

/// Builds the lines of one option.
pub(super) struct LineBuilder<'a> {
    pub builder: &'a mut Builder,
    pub scenario: &'a Scenario,
    pub option: &'a OptionSpec,
    /// The option's number, whose prices its tokens follow.
    pub number: usize,
    pub lines: Vec<CostLine>,
}

impl LineBuilder<'_> {
    pub(super) fn field(&mut self, field: Field) -> Reg {
        let zero = self.builder.number(0.0);
        self.option.get(field).unwrap_or(zero)
    }

    pub(super) fn common(&mut self, field: Field) -> Reg {
        let zero = self.builder.number(0.0);
        self.scenario.common(field).unwrap_or(zero)
    }

    pub(super) fn times(&mut self, fields: &[Field]) -> Reg {
        let factors: Vec<Reg> = fields.iter().map(|f| self.field(*f)).collect();
        factor::multiply(self.builder, factors)
    }

    fn factor(&mut self, field: Field, role: Role) -> Factor {
        Factor::new(self.field(field), role)
    }

    /// Adds a line, unless it is known to cost nothing.
    fn push(&mut self, line: BuiltIn, kind: CostKind, driver: Driver, factors: Vec<Factor>) -> Reg {
        self.push_priced(LineName::BuiltIn(line), kind, driver, factors, None)
    }

    /// The same of a line that follows the token prices of an option. Says what it costs where all requests reach it.
    fn push_priced(
        &mut self,
        name: LineName,
        kind: CostKind,
        driver: Driver,
        mut factors: Vec<Factor>,
        price_of: Option<usize>,
    ) -> Reg {
        if driver == Driver::Once {
            factors.iter_mut().for_each(|f| f.amount = formulas::once(self.builder, self.scenario, f.amount));
        }
        let answering = factor::cost(self.builder, &factors);
        let reach = factor::reach(self.builder, &factors);
        let cost = self.builder.multiply(answering, reach);
        let units = factor::units(self.builder, &factors, reach);
        if !self.builder.is_zero(cost) {
            self.lines.push(CostLine { name, kind, driver, factors, cost, answering, units, price_of });
        }
        answering
    }

    /// Hours at a rate.
    fn hours(&mut self, line: BuiltIn, driver: Driver, [hours, rate]: [Field; 2]) {
        let factors = vec![self.factor(hours, Role::Count("hours")), self.factor(rate, Role::Money("/h"))];
        self.push(line, CostKind::People, driver, factors);
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

    /// The share of all requests that the option is to serve.
    fn share(&mut self) -> Factor {
        self.factor(Field::TrafficShare, Role::Reach("of the traffic"))
    }

    /// The shares that reach its model: of all requests, and of those the ones that no cache of its own answers.
    fn served(&mut self) -> [Factor; 2] {
        let (one, cached) = (self.builder.number(1.0), self.field(Field::ResponseCacheRate));
        let past = Factor::new(self.builder.subtract(one, cached), Role::Reach("past the cache"));
        [self.share(), past]
    }

    /// Their product.
    pub(super) fn reaching(&mut self) -> Reg {
        let served = self.served();
        factor::reach(self.builder, &served)
    }

    /// The lines of inference, and what answering a request costs at month-1 prices.
    pub(super) fn inference(&mut self, tokens: &Tokens) -> Reg {
        let prices = Prices::new(self, tokens);
        let mut sum = self.builder.number(0.0);
        for (line, tokens_per_call, price, driver) in [
            (BuiltIn::InputTokens, tokens.input, prices.input, Driver::MillionInputTokens),
            (BuiltIn::InstructionTokens, tokens.instructions, prices.instructions, Driver::MillionInputTokens),
            (BuiltIn::OutputTokens, tokens.output, prices.output, Driver::MillionOutputTokens),
        ] {
            let mut factors = vec![
                Factor::new(tokens.calls, Role::Repeats("calls")),
                Factor::new(tokens_per_call, Role::Count("tokens")),
                Factor::new(price.per_million, Role::PerMillion),
                Factor::new(price.after_batches, Role::Level("after batches")),
            ];
            factors.extend(self.served());
            let cost = self.push_priced(LineName::BuiltIn(line), CostKind::Vendor, driver, factors, Some(self.number));
            sum = self.builder.add(sum, cost);
        }
        sum
    }

    /// Millions of tokens per request, retries included.
    fn millions(&mut self, tokens: &Tokens, per_call: Reg) -> Reg {
        let all = self.builder.multiply(tokens.calls, per_call);
        factor::millions(self.builder, all)
    }

    /// What a training run costs: flat, and by training token.
    fn run(&mut self) -> Reg {
        let by_token = self.times(&[Field::Examples, Field::TokensPerExample, Field::Epochs, Field::TrainingPrice]);
        let by_token = factor::millions(self.builder, by_token);
        let flat = self.field(Field::CostPerRun);
        self.builder.add(flat, by_token)
    }

    /// Setup, dataset and the first training runs.
    pub(super) fn one_time(&mut self) {
        self.hours(BuiltIn::Setup, Driver::Once, [Field::SetupHours, Field::SetupRate]);
        let cost = self.factor(Field::SetupCost, Role::Money(""));
        self.push(BuiltIn::Setup, CostKind::Vendor, Driver::Once, vec![cost]);
        self.hours(BuiltIn::Dataset, Driver::Once, [Field::DatasetHours, Field::DatasetRate]);
        let examples = self.factor(Field::Examples, Role::Count("examples"));
        let each = self.factor(Field::CostPerExample, Role::Money("each"));
        self.push(BuiltIn::Dataset, CostKind::Vendor, Driver::Once, vec![examples, each]);
        let runs = self.factor(Field::InitialRuns, Role::Count("runs"));
        let run = Factor::new(self.run(), Role::Money("each"));
        self.push(BuiltIn::InitialTraining, CostKind::Vendor, Driver::Once, vec![runs, run]);
    }

    /// Retrains and migrations.
    pub(super) fn renewals(&mut self) {
        if self.option.get(Field::RetrainsPerYear).is_some_and(|r| !self.builder.is_zero(r)) {
            self.hours(BuiltIn::Retraining, Driver::Retrain, [Field::HoursPerRetrain, Field::TrainingRate]);
            let examples = self.times(&[Field::ExamplesPerRetrain, Field::CostPerExample]);
            let run = self.run();
            let cost = Factor::new(self.builder.add(run, examples), Role::Money("each"));
            self.push(BuiltIn::Retraining, CostKind::Vendor, Driver::Retrain, vec![cost]);
        }
        if self.option.has_migration {
            self.hours(BuiltIn::Migration, Driver::Migration, [Field::MigrationHours, Field::MigrationRate]);
            let (run, runs) = (self.run(), self.field(Field::MigrationRuns));
            let runs = self.builder.multiply(run, runs);
            let flat = self.field(Field::MigrationCost);
            let cost = Factor::new(self.builder.add(flat, runs), Role::Money("each"));
            self.push(BuiltIn::Migration, CostKind::Vendor, Driver::Migration, vec![cost]);
        }
    }

    /// Hosting, GPUs and maintenance.
    pub(super) fn standing(&mut self) {
        let hosting = self.hosting();
        self.push(BuiltIn::Hosting, CostKind::Vendor, Driver::Month, hosting);
        if self.option.get(Field::GpuRate).is_some() {
            let rate = self.factor(Field::GpuRate, Role::Money("/h"));
            let hours = self.factor(Field::HoursPerMonth, Role::Count("hours"));
            self.push(BuiltIn::Gpus, CostKind::Vendor, Driver::Gpu, vec![rate, hours]);
        }
        self.hours(BuiltIn::Maintenance, Driver::Month, [Field::MaintenanceHours, Field::MaintenanceRate]);
    }

    /// Machines by the hour; a sum for the month where some of it is flat.
    fn hosting(&mut self) -> Vec<Factor> {
        let flat = self.field(Field::HostingPerMonth);
        if self.builder.is_zero(flat) {
            let units = self.factor(Field::Units, Role::Repeats("units"));
            let price = self.factor(Field::HostingPerHour, Role::Money("/h"));
            return vec![units, price, self.factor(Field::HoursPerMonth, Role::Count("hours"))];
        }
        let by_hour = self.times(&[Field::Units, Field::HostingPerHour, Field::HoursPerMonth]);
        vec![Factor::new(self.builder.add(flat, by_hour), Role::Money("a month"))]
    }

    /// Answers that are bad.
    pub(super) fn failures(&mut self) {
        let rate = self.factor(Field::FailureRate, Role::Share("fail"));
        let each = self.factor(Field::CostPerFailure, Role::Money("each"));
        let factors = vec![rate, each, self.share()];
        self.push(BuiltIn::Failures, CostKind::Quality, Driver::Request, factors);
    }

    /// Requests that are answered again by another option.
    pub(super) fn escalation(&mut self, answering: &[Answering]) {
        let rate = self.factor(Field::EscalationRate, Role::Share("escalated"));
        let served = self.served();
        self.answered(BuiltIn::Escalation, answering, |each| [vec![rate, each], served.to_vec()].concat());
    }

    /// Requests that another option serves, and what its bad answers cost.
    pub(super) fn routed(&mut self, target: usize, answering: &[Answering]) {
        let (one, share) = (self.builder.number(1.0), self.field(Field::TrafficShare));
        let rest = Factor::new(self.builder.subtract(one, share), Role::Reach("of the traffic"));
        self.answered(BuiltIn::Routed, answering, |each| vec![each, rest]);
        let spec = &self.scenario.options[target];
        let fails = [(Field::FailureRate, Role::Share("fail")), (Field::CostPerFailure, Role::Money("each"))];
        let fails =
            fails.map(|(field, role)| Factor::new(spec.get(field).unwrap_or_else(|| self.builder.number(0.0)), role));
        let factors = [fails.to_vec(), vec![rest]].concat();
        self.push(BuiltIn::RoutedFailures, CostKind::Quality, Driver::Request, factors);
    }

    /// Lines of requests that another option answers at what that costs there, by kind; `of` says of what this is a
    /// factor.
    fn answered(&mut self, line: BuiltIn, answering: &[Answering], of: impl Fn(Factor) -> Vec<Factor>) {
        for each in answering {
            let factors = of(Factor::new(each.cost, Role::Money("each")));
            self.push_priced(LineName::BuiltIn(line), each.kind, Driver::Request, factors, each.price_of);
        }
    }

    /// Whether the option's token prices are in every month what they are in the first.
    pub(super) fn has_steady_prices(&self) -> bool {
        let spec = self.option;
        let constant = |field| spec.get(field).map(|r| self.builder.constant(r));
        let changes = constant(Field::PriceChange).is_some_and(|change| change != Some(0.0));
        let jumps = spec.has_migration && constant(Field::PriceFactor).is_some_and(|factor| factor != Some(1.0));
        !(changes || jumps)
    }

    /// The lines that the scenario names itself.
    pub(super) fn custom(&mut self, tokens: &Tokens) {
        let option = self.option;
        for (number, line) in option.lines.iter().enumerate() {
            let money = |per| Factor::new(line.amount, Role::Money(per));
            let mut factors = match line.unit {
                CostUnit::Once => vec![money("")],
                CostUnit::Month => vec![money("a month")],
                CostUnit::Request | CostUnit::Retrain | CostUnit::Migration => vec![money("each")],
                CostUnit::MillionInputTokens => {
                    let sent = self.builder.add(tokens.input, tokens.instructions);
                    let millions = self.millions(tokens, sent);
                    vec![Factor::new(millions, Role::Units("million input tokens")), money("each")]
                }
                CostUnit::MillionOutputTokens => {
                    let millions = self.millions(tokens, tokens.output);
                    vec![Factor::new(millions, Role::Units("million output tokens")), money("each")]
                }
            };
            match line.unit {
                CostUnit::Request => factors.push(self.share()),
                CostUnit::MillionInputTokens | CostUnit::MillionOutputTokens => factors.extend(self.served()),
                CostUnit::Once | CostUnit::Month | CostUnit::Retrain | CostUnit::Migration => {}
            }
            let name = LineName::Custom(number, line.name.clone());
            self.push_priced(name, line.kind, Driver::from(line.unit), factors, None);
        }
    }
}
