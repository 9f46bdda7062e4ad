//! A scenario to the model of its options.

use super::difference::Difference;
use super::line::{CostLine, Moved};
use super::lines::{Lines, Tokens};
use super::pace::{Calendar, Pace, Service};
use super::steady::Steady;
use super::term::{self, Term};
use super::timeline::{Gpus, Migrations, Retrains, SLACK};
use crate::quantity::ast::{Binary, Comparison, Unary};
use crate::quantity::{Builder, Program, Reg};
use crate::scenario::{CostKind, Field, OptionSpec, Scenario, Timing};

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
    /// What is known of the months before any trial is drawn.
    pub calendar: Calendar,
    /// Operations from this one on only multiply and add up amounts by driver.
    pub totalling_from: usize,
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
    /// The lines' paces, in the same order.
    pub paces: Vec<Pace>,
    /// Costs of month 0.
    pub once: Reg,
    /// Running costs, added up by driver.
    pub terms: Vec<Term>,
    /// The same for what no invoice or payroll shows: bad answers, and kinds other than vendors and people.
    pub soft_once: Reg,
    /// As above.
    pub soft_terms: Vec<Term>,
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
    /// When its model is replaced.
    pub migrations: Option<Migrations>,
    /// GPUs, where they follow the traffic.
    pub gpus: Option<Gpus>,
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
        let mut options: Vec<OptionModel> =
            (0..scenario.options.len()).map(|i| option(&mut builder, scenario, i, &inference)).collect();
        let zero = builder.number(0.0);
        let [growth, discount, requests] =
            [Field::Growth, Field::DiscountRate, Field::Requests].map(|f| scenario.common(f).unwrap_or(zero));
        let one = builder.number(1.0);
        let growth = builder.add(one, growth);
        let discount = yearly(&mut builder, discount, -1.0 / 12.0);
        let horizon = scenario.simulation.horizon;
        let calendar = Calendar::new(&builder, &options, [growth, discount], horizon);
        let totalling_from = builder.steps();
        for (number, option) in options.iter_mut().enumerate() {
            total(&mut builder, &calendar, number, option, requests);
        }
        let baseline = scenario.baseline;
        let forms: Vec<Option<Steady>> =
            options.iter().map(|o| steady(&mut builder, &calendar, &options, o, baseline)).collect();
        for (i, (option, form)) in options.iter_mut().zip(&forms).enumerate().filter(|(_, (_, form))| form.is_some()) {
            let base = forms[baseline].as_ref().filter(|_| i != baseline && option.candidate);
            option.steady.clone_from(form);
            option.difference = base.zip(form.as_ref()).and_then(|(base, own)| Difference::new(own, base, zero));
        }
        let program = builder.finish();
        Model { program, options, baseline, horizon, requests, growth, discount, calendar, totalling_from }
    }

    /// By how much a cost a year later weighs less, where that is the same in every trial: 0.08 for 8 % a year.
    pub fn yearly_discount(&self) -> Option<f64> {
        let monthly = self.program.constant(self.discount)?;
        let digits = 1e9;
        Some(((crate::math::powi(monthly, -12) - 1.0) * digits).round() / digits)
    }

    /// The options other than the baseline that are compared with it.
    pub fn challengers(&self) -> Vec<usize> {
        (0..self.options.len()).filter(|i| self.is_challenger(*i)).collect()
    }

    /// Whether costs so far have closed forms for every option, and one without retrains for the baseline.
    pub fn is_steady(&self) -> bool {
        let simple = |s: &Steady| !s.has_retrains();
        self.options.iter().all(|o| o.steady.is_some())
            && self.options[self.baseline].steady.as_ref().is_some_and(simple)
    }

    /// The operations that totals come from; of a model that is not steady all.
    pub fn operations_of_totals(&self) -> Vec<usize> {
        let read = |o: &OptionModel| o.steady.as_ref().map(|s| s.reads().collect::<Vec<_>>()).unwrap_or_default();
        let registers: Vec<Reg> = self.options.iter().flat_map(read).chain([self.requests]).collect();
        if self.is_steady() { self.program.sources(&registers) } else { (0..self.program.operations()).collect() }
    }

    /// Whether an option is one of them.
    pub fn is_challenger(&self, option: usize) -> bool {
        option != self.baseline && self.options[option].candidate
    }

    /// Whether any cost is of a kind that no invoice or payroll shows.
    pub fn has_soft_costs(&self) -> bool {
        let costs = |r: Reg| self.program.constant(r) != Some(0.0);
        self.options.iter().any(|o| costs(o.soft_once) || o.soft_terms.iter().any(|t| costs(t.rate)))
    }

    /// Whether any option is retrained at random.
    pub fn has_random_retrains(&self) -> bool {
        self.options.iter().any(|o| o.retrains.is_some_and(|r| r.timing == Timing::Random))
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
        paces: Vec::new(),
        once: term::once(builder, &lines, |_| true),
        terms: Vec::new(),
        soft_once: term::once(builder, &lines, is_soft),
        soft_terms: Vec::new(),
        service: service(builder, absent_until, retire),
        steady: None,
        difference: None,
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

/// Kinds of cost that no invoice or payroll shows.
fn is_soft(line: &CostLine) -> bool {
    matches!(line.kind, CostKind::Quality | CostKind::Other)
}

fn service(builder: &Builder, absent_until: Reg, retire: Option<Reg>) -> Option<Service> {
    let retire = match retire {
        Some(retire) => builder.constant(retire)?,
        None => f64::INFINITY,
    };
    Some(Service { absent_until: builder.constant(absent_until)?, retire })
}

/// Adds up an option's lines by driver.
fn total(builder: &mut Builder, calendar: &Calendar, number: usize, option: &mut OptionModel, requests: Reg) {
    let lines = &option.lines;
    option.paces = lines.iter().map(|l| calendar.pace(number, l.driver.basis(), l.price_of)).collect();
    option.terms = term::terms(builder, calendar, (number, lines), requests, |_| true);
    option.soft_terms = term::terms(builder, calendar, (number, lines), requests, is_soft);
}

fn steady(
    builder: &mut Builder,
    calendar: &Calendar,
    options: &[OptionModel],
    option: &OptionModel,
    baseline: usize,
) -> Option<Steady> {
    let terms = |i: usize| options[i].terms.as_slice();
    // The baseline's charge after its own last month is not its own: then there is no simple form for the others.
    let before = options[baseline].retire.is_none().then(|| terms(baseline));
    Steady::new(builder, calendar, option, [before, option.after_retirement.map(terms)])
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
