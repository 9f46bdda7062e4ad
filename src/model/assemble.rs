//! A scenario to the model of its options.

use super::closed_form::{Difference, Steady};
use super::formulas::Formulas;
use super::option::{Inference, OptionModel};
use super::pace::Calendar;
use super::part::{CostPart, PartCosts};
use super::period::Period;
use super::substitute::{Substitute, kinds, substitutes};
use super::term;
use crate::quantity::{Builder, Program, Reg};
use crate::scenario::{Decision, Field, Scenario, Timing};

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
    /// The periods in which money is spent.
    pub periods: Vec<Period>,
    /// By what options are chosen, and what may be spent.
    pub decision: Decision,
    /// What is carried out in each month.
    pub formulas: Formulas,
    /// Requests of a month before growth, where they differ by more than that.
    pub of_month: Option<Reg>,
}

impl Model {
    /// The model of a scenario.
    pub fn new(scenario: &Scenario) -> Model {
        let mut builder = scenario.quantities.clone();
        let all = 0..scenario.options.len();
        let inference: Vec<Inference> = all.clone().map(|i| Inference::new(&mut builder, scenario, i)).collect();
        let mut options: Vec<OptionModel> =
            all.map(|i| OptionModel::new(&mut builder, scenario, i, &inference)).collect();
        let zero = builder.number(0.0);
        let [growth, discount, requests] =
            [Field::Growth, Field::DiscountRate, Field::Requests].map(|f| scenario.common(f).unwrap_or(zero));
        let one = builder.number(1.0);
        let growth = builder.add(one, growth);
        let discount = builder.compound(discount, -1.0 / 12.0);
        let (baseline, horizon) = (scenario.baseline, scenario.simulation.horizon);
        let calendar = Calendar::new(&builder, &options, [growth, discount], scenario.volume.as_ref(), horizon);
        let totalling_from = builder.steps();
        for (number, option) in options.iter_mut().enumerate() {
            total(&mut builder, &calendar, number, option, requests);
        }
        substitute(&mut builder, &calendar, &mut options, (baseline, requests));
        find_forms(&mut builder, &calendar, &mut options, baseline);
        let never = builder.number(f64::INFINITY);
        let program = builder.finish();
        let of_month = scenario.volume.as_ref().filter(|v| v.level.is_none()).map(|volume| volume.of_month);
        let formulas = Formulas::new(&program, scenario, &options, of_month, never);
        Model {
            program,
            options,
            baseline,
            horizon,
            requests,
            growth,
            discount,
            calendar,
            totalling_from,
            periods: Period::all(&scenario.simulation),
            decision: scenario.decision(),
            formulas,
            of_month,
        }
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
        if self.is_steady() { self.program.sources(&registers) } else { self.program.per_trial().to_vec() }
    }

    /// Whether an option is one of them.
    pub fn is_challenger(&self, option: usize) -> bool {
        option != self.baseline && self.options[option].candidate
    }

    /// Whether some answers are bad.
    pub fn has_failures(&self) -> bool {
        self.options.iter().any(|option| self.program.constant(option.failure_rate) != Some(0.0))
    }

    /// Whether any cost is of a part.
    pub fn has(&self, part: CostPart) -> bool {
        let costs = |r: Reg| self.program.constant(r) != Some(0.0);
        self.options.iter().any(|o| costs(o.once(part)) || o.terms(part).iter().any(|t| costs(t.rate)))
    }

    /// Whether every trial is the same: nothing is drawn.
    pub fn is_certain(&self) -> bool {
        self.program.variables.is_empty() && !self.has_random_retrains()
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

/// Adds up an option's lines by driver.
fn total(builder: &mut Builder, calendar: &Calendar, number: usize, option: &mut OptionModel, requests: Reg) {
    let lines = &option.lines;
    option.paces = lines.iter().map(|l| calendar.pace(number, l.driver.basis(), l.price_of)).collect();
    PartCosts::add_up(&mut option.parts, builder, calendar, (number, lines), requests);
}

/// Finds what options are charged while others serve, and adds up the lines of those others by kind.
fn substitute(
    builder: &mut Builder,
    calendar: &Calendar,
    options: &mut [OptionModel],
    (baseline, requests): (usize, Reg),
) {
    for i in 0..options.len() {
        options[i].substitutes = Substitute::all(builder, options, i, baseline);
    }
    for i in substitutes(options, baseline) {
        let (kinds, lines) = (kinds(options, &[i]), &options[i].lines);
        let mut of = |kind| (kind, term::terms(builder, calendar, (i, lines), requests, |line| line.kind == kind));
        options[i].terms_by_kind = kinds.into_iter().map(&mut of).collect();
    }
}

/// Finds the formulas of what options have been charged, and of what separates them from the baseline.
fn find_forms(builder: &mut Builder, calendar: &Calendar, options: &mut [OptionModel], baseline: usize) {
    let forms: Vec<Option<Steady>> =
        options.iter().map(|option| steady(builder, calendar, options, option, baseline)).collect();
    let zero = builder.number(0.0);
    for (i, (option, form)) in options.iter_mut().zip(&forms).enumerate().filter(|(_, (_, form))| form.is_some()) {
        let base = forms[baseline].as_ref().filter(|_| i != baseline && option.candidate);
        option.steady.clone_from(form);
        option.difference = base.zip(form.as_ref()).and_then(|(base, own)| Difference::new(own, base, zero));
    }
}

fn steady(
    builder: &mut Builder,
    calendar: &Calendar,
    options: &[OptionModel],
    option: &OptionModel,
    baseline: usize,
) -> Option<Steady> {
    let terms = |i: usize| options[i].terms(CostPart::All);
    // The baseline's charge after its own last month is not its own: then there is no simple form for the others.
    let before = options[baseline].retire.is_none().then(|| terms(baseline));
    Steady::new(builder, calendar, option, [before, option.after_retirement.map(terms)])
}
