//! An option of a scenario to its cost lines, and to when it serves.

use super::closed_form::{Difference, Steady};
use super::line::{Basis, CostLine};
use super::lines::{Answering, LineBuilder, Tokens};
use super::pace::{Pace, Service};
use super::part::{CostPart, PartCosts};
use super::substitute::Substitute;
use super::term::Term;
use super::timeline::{Gpus, Migrations, Retrains};
use crate::quantity::ast::{Binary, Comparison, Unary};
use crate::quantity::{Builder, Reg};
use crate::scenario::{CostKind, Field, OptionSpec, SLACK, Scenario, Since};

/// Hours of a month by which GPU capacity is reckoned, and seconds of an hour.
const SECONDS_PER_MONTH: f64 = 730.0 * 3600.0;

/// One option.
#[derive(Clone, Debug)]
pub struct OptionModel {
    /// Its name.
    pub name: String,
    /// Whether it is ranked and compared.
    pub candidate: bool,
    /// Its own cost lines.
    pub lines: Vec<CostLine>,
    /// Costs charged while another option serves, of all kinds that it may have; empty until all options are known.
    pub substitutes: Vec<Substitute>,
    /// The lines' paces, in the same order.
    pub paces: Vec<Pace>,
    /// Its own costs, all of them and by parts.
    pub parts: [PartCosts; CostPart::COUNT],
    /// The running costs of each kind by themselves, where the option may serve in another's place.
    pub terms_by_kind: Vec<(CostKind, Vec<Term>)>,
    /// The months in which it serves, where they are the same in every trial.
    pub service: Option<Service>,
    /// What it has been charged by the end of each month as a formula, where there is one.
    pub steady: Option<Steady>,
    /// For an option that is compared with the baseline, the same of what separates them.
    pub difference: Option<Difference>,
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
    /// The share of all requests that are answered badly, by itself or by whom it routes to.
    pub failure_rate: Reg,
    /// What bad answers to an average request cost.
    pub failure_cost: Reg,
    /// When its model is replaced.
    pub migrations: Option<Migrations>,
    /// Training runs of a migration, where there are any.
    pub training_runs: Option<Reg>,
    /// Where the months since its launch and training are to stand.
    pub since: Since,
    /// Where its token prices over those of month 1 are to stand, if some cost is made up of what follows them and what
    /// does not.
    pub price_level: Option<Reg>,
    /// What is sent and generated for a request that reaches its model.
    pub tokens: Tokens,
    /// The share of all requests that reach its model.
    pub served: Reg,
    /// GPUs, where they follow the traffic.
    pub gpus: Option<Gpus>,
}

/// What serving one request takes an option, wherever the request comes from.
pub struct Inference {
    /// The option's number.
    number: usize,
    /// What it costs.
    per_request: Reg,
    /// Where the level of its token prices is to stand.
    price_level: Option<Reg>,
    /// What is sent and generated.
    tokens: Tokens,
    /// The share of all requests that reach the model.
    served: Reg,
    /// The cost lines of its tokens.
    lines: Vec<CostLine>,
    /// The cost lines that the scenario names itself, of all drivers.
    custom: Vec<CostLine>,
}

impl Inference {
    /// That of an option.
    pub fn new(builder: &mut Builder, scenario: &Scenario, number: usize) -> Inference {
        let mut draft = draft(builder, scenario, number);
        let tokens = draft.tokens();
        let per_request = draft.inference(&tokens);
        let lines = std::mem::take(&mut draft.lines);
        draft.custom(&tokens);
        let served = draft.reaching();
        let moves = !draft.has_steady_prices();
        let custom = draft.lines;
        let is_mixed = moves && of_requests(&custom).any(|line| line.kind == CostKind::Vendor);
        let price_level = is_mixed.then(|| builder.outside());
        Inference { number, per_request, price_level, tokens, served, lines, custom }
    }

    /// What a request costs that is answered by this option in another's place, by kind.
    fn answering(&self, builder: &mut Builder) -> Vec<Answering> {
        let inference = match self.price_level {
            Some(level) => builder.multiply(self.per_request, level),
            None => self.per_request,
        };
        let price_of = Some(self.number).filter(|_| self.price_level.is_none());
        let mut costs = vec![Answering { kind: CostKind::Vendor, cost: inference, price_of }];
        for line in of_requests(&self.custom) {
            match costs.iter_mut().find(|known| known.kind == line.kind) {
                Some(known) => known.cost = builder.add(known.cost, line.answering),
                None => costs.push(Answering { kind: line.kind, cost: line.answering, price_of: None }),
            }
        }
        costs
    }
}

/// The lines that each request costs.
fn of_requests(lines: &[CostLine]) -> impl Iterator<Item = &CostLine> {
    lines.iter().filter(|line| line.driver.basis() == Basis::Request)
}

fn draft<'a>(builder: &'a mut Builder, scenario: &'a Scenario, number: usize) -> LineBuilder<'a> {
    LineBuilder { builder, scenario, option: &scenario.options[number], number, lines: Vec::new() }
}

impl OptionModel {
    /// An option whose costs are not yet added up. `inference` holds all options', for escalations.
    pub fn new(builder: &mut Builder, scenario: &Scenario, number: usize, inference: &[Inference]) -> OptionModel {
        let spec = &scenario.options[number];
        let escalates = spec.get(Field::EscalationRate).is_some_and(|r| !builder.is_zero(r));
        let escalate_to = spec.escalate_to.filter(|_| escalates);
        let route_to = spec.route_to.filter(|_| routes(builder, spec));
        let mut answered = |target: Option<usize>| target.map(|to| (to, inference[to].answering(builder)));
        let others = [answered(escalate_to), answered(route_to)];
        let mut draft = draft(builder, scenario, number);
        write_lines(&mut draft, &inference[number], others);
        let [price_change, price_factor] = [Field::PriceChange, Field::PriceFactor].map(|field| draft.field(field));
        let lines = draft.lines;
        let [failure_rate, failure_cost] = failures(builder, spec, route_to.map(|to| &scenario.options[to]));
        let launch = month(builder, spec.get(Field::LaunchMonth)).unwrap_or_else(|| builder.number(0.0));
        let absent_until = absent_until(builder, spec, launch);
        let retire = month(builder, spec.get(Field::RetireMonth));
        OptionModel {
            name: spec.name.clone(),
            candidate: spec.candidate,
            substitutes: Vec::new(),
            paces: Vec::new(),
            parts: PartCosts::once(builder, &lines),
            terms_by_kind: Vec::new(),
            service: service(builder, absent_until, retire),
            steady: None,
            difference: None,
            launch,
            absent_until,
            retire,
            after_retirement: spec.after_retirement,
            escalate_to,
            price_change: builder.compound(price_change, 1.0 / 12.0),
            price_factor,
            failure_rate,
            failure_cost,
            retrains: retrains(builder, spec),
            migrations: migrations(spec),
            training_runs: spec.get(Field::MigrationRuns).filter(|r| spec.has_migration && !builder.is_zero(*r)),
            since: spec.since,
            price_level: inference[number].price_level,
            tokens: inference[number].tokens,
            served: inference[number].served,
            gpus: gpus(builder, spec, &inference[number].tokens, inference[number].served),
            lines,
        }
    }

    /// Costs of month 0.
    pub fn once(&self, part: CostPart) -> Reg {
        self.parts[part.index()].once
    }

    /// Running costs, added up by driver.
    pub fn terms(&self, part: CostPart) -> &[Term] {
        &self.parts[part.index()].terms
    }

    /// The option that takes over after the last month, if there is one.
    pub fn successor(&self) -> Option<usize> {
        self.after_retirement.filter(|_| self.retire.is_some())
    }

    /// The running costs of a kind.
    pub fn running(&self, kind: CostKind) -> Option<&[Term]> {
        self.terms_by_kind.iter().find(|(of, _)| *of == kind).map(|(_, terms)| terms.as_slice())
    }
}

/// All lines of an option, with what others answer that take its escalations and the requests which it does not serve.
fn write_lines(
    draft: &mut LineBuilder<'_>,
    inference: &Inference,
    [escalated, routed]: [Option<(usize, Vec<Answering>)>; 2],
) {
    draft.one_time();
    draft.lines.extend_from_slice(&inference.lines);
    draft.renewals();
    draft.standing();
    draft.failures();
    if let Some((_, answering)) = escalated {
        draft.escalation(&answering);
    }
    if let Some((target, answering)) = routed {
        draft.routed(target, &answering);
    }
    draft.lines.extend_from_slice(&inference.custom);
}

/// Whether an option leaves some requests to another.
fn routes(builder: &Builder, spec: &OptionSpec) -> bool {
    spec.get(Field::TrafficShare).is_some_and(|share| builder.constant(share) != Some(1.0))
}

/// The share of all requests that are answered badly, by whoever an option has them answered by, and what that costs.
fn failures(builder: &mut Builder, spec: &OptionSpec, route_to: Option<&OptionSpec>) -> [Reg; 2] {
    let own = failures_of(builder, spec);
    let (Some(share), Some(other)) = (spec.get(Field::TrafficShare), route_to) else { return own };
    let one = builder.number(1.0);
    let rest = builder.subtract(one, share);
    let others = failures_of(builder, other);
    [0, 1].map(|k| {
        let (own, others) = (builder.multiply(share, own[k]), builder.multiply(rest, others[k]));
        builder.add(own, others)
    })
}

/// The share of the requests answered by an option itself that it answers badly, and what that costs.
fn failures_of(builder: &mut Builder, spec: &OptionSpec) -> [Reg; 2] {
    let zero = builder.number(0.0);
    let [rate, each] = [Field::FailureRate, Field::CostPerFailure].map(|field| spec.get(field).unwrap_or(zero));
    [rate, builder.multiply(rate, each)]
}

/// The last month in which the baseline serves in an option's place.
fn absent_until(builder: &mut Builder, spec: &OptionSpec, launch: Reg) -> Reg {
    let Some(success) = spec.success else { return launch };
    let (half, never) = (builder.number(0.5), builder.number(f64::INFINITY));
    builder.select(Comparison::Greater, [success, half, launch, never])
}

/// A month of the scenario, rounded up.
fn month(builder: &mut Builder, month: Option<Reg>) -> Option<Reg> {
    let slack = builder.number(SLACK);
    let less = builder.subtract(month?, slack);
    Some(builder.unary(Unary::Ceil, less))
}

fn service(builder: &Builder, absent_until: Reg, retire: Option<Reg>) -> Option<Service> {
    let retire = match retire {
        Some(retire) => builder.constant(retire)?,
        None => f64::INFINITY,
    };
    Some(Service { absent_until: builder.constant(absent_until)?, retire })
}

fn retrains(builder: &mut Builder, spec: &OptionSpec) -> Option<Retrains> {
    let rate = spec.get(Field::RetrainsPerYear).filter(|rate| !builder.is_zero(*rate))?;
    let months = builder.number(12.0);
    let monthly = builder.binary(Binary::Divide, rate, months);
    Some(Retrains { rate, monthly, timing: spec.timing })
}

fn migrations(spec: &OptionSpec) -> Option<Migrations> {
    let first = spec.get(Field::FirstAfterMonths)?;
    Some(Migrations { first, every: spec.get(Field::EveryMonths) })
}

fn gpus(builder: &mut Builder, spec: &OptionSpec, tokens: &Tokens, served: Reg) -> Option<Gpus> {
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
    let per_call = builder.binary(Binary::Divide, at_peak, seconds);
    let per_request = builder.multiply(per_call, served);
    Some(Gpus { per_request, least: spec.get(Field::MinGpus)?, step: spec.get(Field::GpusPerStep)? })
}
