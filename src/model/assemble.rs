//! A scenario to the model of its options.

use super::line::{Basis, CostLine, Moved};
use super::lines::{Lines, Tokens};
use super::timeline::{Gpus, Migrations, Retrains, SLACK};
use crate::quantity::ast::{Binary, Comparison, Unary};
use crate::quantity::{Builder, Program, Reg};
use crate::scenario::{CostKind, Field, OptionSpec, Scenario};

/// Hours of a month by which GPU capacity is reckoned, and seconds of an hour.
const SECONDS_PER_MONTH: f64 = 730.0 * 3600.0;

/// All options of a scenario, and the program that computes their amounts.
#[derive(Clone, Debug)]
pub struct Model {
    /// The scenario's quantities and the model's amounts.
    pub program: Program,
    /// The options, in the scenario's order.
    pub options: Vec<OptionModel>,
    /// The number of the baseline.
    pub baseline: usize,
    /// Months.
    pub horizon: u32,
    /// Requests in month 1.
    pub requests: Reg,
    /// Requests of a month over those of the month before.
    pub growth: Reg,
    /// Discount of a month over that of the month before.
    pub discount: Reg,
}

/// One option.
#[derive(Clone, Debug)]
pub struct OptionModel {
    /// Its name.
    pub name: String,
    /// Whether it is ranked and compared.
    pub candidate: bool,
    /// Its own cost lines.
    pub lines: Vec<CostLine>,
    /// Costs charged while another option serves.
    pub moved: Vec<Moved>,
    /// Its lines added up by basis.
    pub rates: Rates,
    /// The same for what no invoice or payroll shows: bad answers, and kinds other than vendors and people.
    pub soft: Rates,
    /// Its launch month, rounded up: retrains and migrations count from here.
    pub launch: Reg,
    /// The last month in which the baseline serves in its place: the launch, or never ending where the project fails.
    pub absent_until: Reg,
    /// Its last month, rounded up.
    pub retire: Option<Reg>,
    /// The option that takes over then.
    pub after_retirement: Option<usize>,
    /// The option that takes its escalations.
    pub escalate_to: Option<usize>,
    /// Token price of a month over that of the month before.
    pub price_change: Reg,
    /// What each migration multiplies token prices by.
    pub price_factor: Reg,
    /// When it is retrained.
    pub retrains: Option<Retrains>,
    /// When its model is replaced.
    pub migrations: Option<Migrations>,
    /// GPUs, where they follow the traffic.
    pub gpus: Option<Gpus>,
}

/// Cost per unit of each basis.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// In month 0.
    pub once: Reg,
    /// Per month.
    pub month: Reg,
    /// Per request, at prices that stay.
    pub request: Reg,
    /// Per request, at the option's own token prices of month 1.
    pub request_own: Reg,
    /// Per request, at the token prices of the option that takes escalations.
    pub request_escalated: Reg,
    /// Per retrain.
    pub retrain: Reg,
    /// Per migration.
    pub migration: Reg,
    /// Per GPU and month.
    pub gpu: Reg,
}

impl Model {
    /// The model of a scenario.
    pub fn new(scenario: &Scenario) -> Model {
        let mut builder = scenario.quantities.clone();
        let inference: Vec<Inference> = (0..scenario.options.len())
            .map(|i| {
                let mut lines = draft(&mut builder, scenario, i);
                let tokens = lines.tokens();
                let per_request = lines.inference(&tokens);
                Inference { per_request, tokens, lines: lines.lines }
            })
            .collect();
        let options: Vec<OptionModel> =
            (0..scenario.options.len()).map(|i| option(&mut builder, scenario, i, &inference)).collect();
        let zero = builder.number(0.0);
        let [growth, discount, requests] =
            [Field::Growth, Field::DiscountRate, Field::Requests].map(|f| scenario.common(f).unwrap_or(zero));
        let one = builder.number(1.0);
        let growth = builder.add(one, growth);
        let discount = yearly(&mut builder, discount, -1.0 / 12.0);
        let horizon = scenario.simulation.horizon;
        let baseline = scenario.baseline;
        Model { program: builder.finish(), options, baseline, horizon, requests, growth, discount }
    }

    /// The options other than the baseline that are compared with it.
    pub fn challengers(&self) -> Vec<usize> {
        (0..self.options.len()).filter(|i| *i != self.baseline && self.options[*i].candidate).collect()
    }

    /// The options that are ranked.
    pub fn candidates(&self) -> Vec<usize> {
        (0..self.options.len()).filter(|i| self.options[*i].candidate).collect()
    }
}

/// What serving one request takes an option, wherever the request comes from.
struct Inference {
    per_request: Reg,
    tokens: Tokens,
    lines: Vec<CostLine>,
}

fn draft<'a>(builder: &'a mut Builder, scenario: &'a Scenario, number: usize) -> Lines<'a> {
    Lines { builder, scenario, option: &scenario.options[number], number, lines: Vec::new() }
}

/// (1 + rate)^power: the monthly factor of a yearly rate.
fn yearly(builder: &mut Builder, rate: Reg, power: f64) -> Reg {
    let one = builder.number(1.0);
    let base = builder.add(one, rate);
    let power = builder.number(power);
    builder.binary(Binary::Power, base, power)
}

fn option(builder: &mut Builder, scenario: &Scenario, number: usize, inference: &[Inference]) -> OptionModel {
    let spec = &scenario.options[number];
    let tokens = inference[number].tokens;
    let escalates = spec.get(Field::EscalationRate).is_some_and(|r| !builder.is_zero(r));
    let escalate_to = spec.escalate_to.filter(|_| escalates);
    let mut draft = draft(builder, scenario, number);
    draft.one_time();
    draft.lines.extend_from_slice(&inference[number].lines);
    draft.renewals();
    draft.standing();
    draft.quality(escalate_to.map(|target| (target, inference[target].per_request)));
    draft.custom(&tokens);
    let price_change = draft.field(Field::PriceChange);
    let price_factor = draft.field(Field::PriceFactor);
    let lines = draft.lines;
    let launch = month(builder, spec.get(Field::LaunchMonth)).unwrap_or_else(|| builder.number(0.0));
    let absent_until = match spec.success {
        Some(success) => {
            let (half, never) = (builder.number(0.5), builder.number(f64::INFINITY));
            builder.select(Comparison::Greater, [success, half, launch, never])
        }
        None => launch,
    };
    let retire = month(builder, spec.get(Field::RetireMonth));
    OptionModel {
        name: spec.name.clone(),
        candidate: spec.candidate,
        moved: moved(builder, number == scenario.baseline, absent_until, retire),
        rates: rates(builder, &lines, number, |_| true),
        soft: rates(builder, &lines, number, |l| matches!(l.kind, CostKind::Quality | CostKind::Other)),
        launch,
        absent_until,
        retire,
        after_retirement: spec.after_retirement,
        escalate_to,
        price_change: yearly(builder, price_change, 1.0 / 12.0),
        price_factor,
        retrains: retrains(builder, spec),
        migrations: migrations(spec),
        gpus: gpus(builder, spec, &tokens),
        lines,
    }
}

fn moved(builder: &Builder, baseline: bool, absent_until: Reg, retire: Option<Reg>) -> Vec<Moved> {
    let absent = !baseline && !builder.constant(absent_until).is_some_and(|x| x <= 0.0);
    let before = absent.then_some(Moved::BeforeLaunch);
    before.into_iter().chain(retire.map(|_| Moved::AfterRetirement)).collect()
}

/// A month of the scenario, rounded up.
fn month(builder: &mut Builder, month: Option<Reg>) -> Option<Reg> {
    let slack = builder.number(SLACK);
    let less = builder.subtract(month?, slack);
    Some(builder.unary(Unary::Ceil, less))
}

fn rates(builder: &mut Builder, lines: &[CostLine], own: usize, include: impl Fn(&CostLine) -> bool) -> Rates {
    let mut sum = |basis: Basis, price: fn(Option<usize>, usize) -> bool| {
        let zero = builder.number(0.0);
        let fitting = lines.iter().filter(|l| include(l) && l.driver.basis() == basis && price(l.price_of, own));
        fitting.fold(zero, |sum, line| builder.add(sum, line.cost))
    };
    let any = |_: Option<usize>, _: usize| true;
    Rates {
        once: sum(Basis::Once, any),
        month: sum(Basis::Month, any),
        request: sum(Basis::Request, |of, _| of.is_none()),
        request_own: sum(Basis::Request, |of, own| of == Some(own)),
        request_escalated: sum(Basis::Request, |of, own| of.is_some_and(|of| of != own)),
        retrain: sum(Basis::Retrain, any),
        migration: sum(Basis::Migration, any),
        gpu: sum(Basis::Gpu, any),
    }
}

fn retrains(builder: &Builder, spec: &OptionSpec) -> Option<Retrains> {
    let rate = spec.get(Field::RetrainsPerYear)?;
    (!builder.is_zero(rate)).then_some(Retrains { rate, timing: spec.timing })
}

fn migrations(spec: &OptionSpec) -> Option<Migrations> {
    let first = spec.get(Field::FirstAfterMonths)?;
    Some(Migrations { first, every: spec.get(Field::EveryMonths) })
}

fn gpus(builder: &mut Builder, spec: &OptionSpec, tokens: &Tokens) -> Option<Gpus> {
    spec.get(Field::GpuRate)?;
    let work = match spec.get(Field::GpuTokensPerSecond) {
        Some(capacity) => {
            let sent = builder.add(tokens.input, tokens.instructions);
            let all = builder.add(sent, tokens.output);
            builder.binary(Binary::Divide, all, capacity)
        }
        None => {
            let one = builder.number(1.0);
            builder.binary(Binary::Divide, one, spec.get(Field::GpuRequestsPerSecond)?)
        }
    };
    let peak = spec.get(Field::PeakToAverage)?;
    let work = builder.multiply(work, tokens.calls);
    let at_peak = builder.multiply(work, peak);
    let seconds = builder.number(SECONDS_PER_MONTH);
    let per_request = builder.binary(Binary::Divide, at_peak, seconds);
    Some(Gpus { per_request, least: spec.get(Field::MinGpus)?, step: spec.get(Field::GpusPerStep)? })
}
