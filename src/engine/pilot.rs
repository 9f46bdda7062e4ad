//! A first look at a scenario: the first trials of its run, for what must be known before all are run.
//!
//! It finds draws outside their fields' ranges and values that are not finite, the edges of the histograms, and the
//! median volume.

use super::block::{NotFinite, Randomisation, Worker};
use super::failure_costs::Centre;
use super::metric::{Collected, Metric};
use crate::diagnostic::{Diagnostic, Span};
use crate::information::Distinct;
use crate::inputs::Inputs;
use crate::model::{EventKeys, Model};
use crate::quantity::{Clamped, Law, Registers, Undefined};
use crate::sample::{Design, Rows};
use crate::scenario::{Field, Place, Scenario};
use crate::stats::{Bins, LogBins, Merge, Moments};

/// Trials that are looked at.
const TRIALS: u64 = 16_384;
/// The quantiles by which a range is told.
const QUANTILES: [f64; 3] = [0.05, 0.5, 0.95];
/// Bins of a histogram.
const BINS: usize = 60;
/// Share of the trials outside on either side of the histograms.
const TAIL: f64 = 0.005;
/// Examples below which fine-tuning is said to be too early.
const ENOUGH_EXAMPLES: f64 = 10_000.0;
/// A share above this of values outside their range is no tail of a distribution.
const HALF: f64 = 0.5;
/// Share of draws outside a field's range that is taken for a rounding of the tails.
const TOLERATED: f64 = 0.01;

/// What the first look found.
#[derive(Clone, Debug)]
pub struct Pilot {
    /// Errors and warnings.
    pub findings: Vec<Diagnostic>,
    /// Empty bins for each binned metric.
    pub edges: Vec<Bins>,
    /// The 5th, 50th and 95th percentile of the requests of month 1.
    pub requests: [f64; 3],
    /// The cost of a bad answer around which options are compared, where some answers are bad.
    pub failure_cost: Option<f64>,
    /// Mean, spread and quantiles of the variables, by number, as they were drawn.
    pub variables: Vec<VariableSummary>,
    /// By option: how often it is trained on how much.
    pub training: Vec<Training>,
    /// By variable: all its values, where it was seen to take at most 64.
    pub values: Vec<Option<Vec<f64>>>,
}

/// How an option is trained, in the trials that were looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Training {
    /// Training examples: their 5th and 95th percentile, where any are needed.
    pub examples: Option<[f64; 2]>,
    /// The share of the trials with fewer than 10,000.
    pub few_examples: f64,
    /// Retrains a year: their 5th and 95th percentile, where there are any.
    pub retrains: Option<[f64; 2]>,
}

/// A random variable as drawn, or exactly where its distribution is constant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VariableSummary {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Its 5th, 50th and 95th percentile.
    pub quantiles: [f64; 3],
}

struct Look {
    metrics: Vec<LogBins>,
    requests: LogBins,
    failure_cost: Option<Centre>,
    /// By option: trials with a total below zero.
    negative: Vec<u64>,
    /// By option: examples, of which how many trials have too few, and retrains a year.
    training: Vec<(LogBins, u64, LogBins)>,
    drawn: Vec<(Moments, LogBins)>,
    distinct: Vec<Distinct>,
    clamped: Vec<Clamped>,
    trials: u64,
    not_finite: Option<NotFinite>,
}

/// Looks at a scenario.
pub fn pilot(scenario: &Scenario, model: &Model) -> Pilot {
    let look = look(scenario, model);
    let mut findings = clamps(scenario, model, (&look.clamped, look.trials), look.not_finite);
    if let Some(bad) = look.not_finite {
        findings.push(not_finite(scenario, bad));
    }
    findings.extend(negative(scenario, model, &look));
    let edges = look.metrics.iter().map(|bins| {
        let ends = bins.quantiles(&[TAIL, 1.0 - TAIL]);
        Bins::round(ends[0], ends[1], BINS)
    });
    Pilot {
        edges: edges.collect(),
        requests: range(&look.requests),
        failure_cost: look.failure_cost.as_ref().and_then(|centre| centre.cost(model)),
        variables: variables(model, &look),
        training: look.training.iter().map(|found| training(found, look.trials)).collect(),
        values: look.distinct.into_iter().map(Distinct::values).collect(),
        findings,
    }
}

fn training((examples, few, retrains): &(LogBins, u64, LogBins), trials: u64) -> Training {
    let ends = |bins: &LogBins| {
        let [low, _, high] = range(bins);
        (bins.count() > 0 && high > 0.0).then_some([low, high])
    };
    Training { examples: ends(examples), few_examples: *few as f64 / trials as f64, retrains: ends(retrains) }
}

fn look(scenario: &Scenario, model: &Model) -> Look {
    let design = Design::new(scenario.simulation.sampler, scenario.simulation.trials);
    let inputs = Inputs::new(scenario, &model.program, design);
    let unused: Vec<Bins> = Metric::BINNED.iter().map(|_| Bins::round(0.0, 1.0, 1)).collect();
    let mut worker = Worker::new(model, &unused, Collected::WithSavings);
    let mut look = Look {
        metrics: vec![LogBins::fine(); Metric::BINNED.len()],
        requests: LogBins::fine(),
        failure_cost: Centre::new(scenario, model),
        negative: vec![0; scenario.options.len()],
        training: vec![(LogBins::fine(), 0, LogBins::fine()); scenario.options.len()],
        drawn: vec![(Moments::default(), LogBins::fine()); model.program.variables.len()],
        distinct: vec![Distinct::default(); model.program.variables.len()],
        clamped: vec![Clamped::default(); model.program.checks.len()],
        trials: 0,
        not_finite: None,
    };
    for r in 0..design.randomisations {
        let keys = EventKeys::new(model, scenario.simulation.seed, r);
        let randomisation = Randomisation { number: r, axes: inputs.axes(r), keys };
        for block in 0..design.blocks(r) {
            if look.trials >= TRIALS {
                return look;
            }
            let n = design.block_size(r, block);
            if let Err(bad) =
                look.see((scenario, model), &inputs, &randomisation, Rows::of_block(block, n), &mut worker)
            {
                look.not_finite = Some(bad);
                return look;
            }
        }
    }
    look
}

impl Look {
    fn see(
        &mut self,
        (scenario, model): (&Scenario, &Model),
        inputs: &Inputs,
        randomisation: &Randomisation,
        rows: Rows,
        worker: &mut Worker,
    ) -> Result<(), NotFinite> {
        let drawn = worker.draw(model, inputs, randomisation, rows);
        let n = rows.count;
        self.trials += n as u64;
        let simulated = drawn.and_then(|()| worker.simulate(model, randomisation, rows, None));
        self.clamped.copy_from_slice(worker.registers.clamped());
        simulated?;
        for option in model.candidates() {
            for (k, metric) in Metric::BINNED.into_iter().enumerate() {
                if metric.applies(model, option) {
                    self.metrics[k].add(worker.metric(model, option, metric));
                }
            }
        }
        for (option, negative) in self.negative.iter_mut().enumerate() {
            *negative += worker.outcomes.totals(option).iter().filter(|total| **total < 0.0).count() as u64;
        }
        self.requests.add(worker.registers.column(model.requests, n));
        self.see_training(scenario, &worker.registers, n);
        self.see_variables(model, &worker.registers, n);
        self.failure_cost.as_mut().map_or(Ok(()), |centre| centre.see(model, worker, n))
    }

    fn see_training(&mut self, scenario: &Scenario, registers: &Registers, n: usize) {
        for (option, (examples, few, retrains)) in scenario.options.iter().zip(&mut self.training) {
            let column = |field| option.get(field).map(|register| registers.column(register, n));
            if let Some(column) = column(Field::Examples) {
                examples.add(column);
                *few += column.iter().filter(|x| **x < ENOUGH_EXAMPLES).count() as u64;
            }
            retrains.add(column(Field::RetrainsPerYear).unwrap_or_default());
        }
    }

    fn see_variables(&mut self, model: &Model, registers: &Registers, n: usize) {
        for (variable, distinct) in model.program.variables.iter().zip(&mut self.distinct) {
            distinct.see(registers.column(variable.register, n));
        }
        for (variable, (moments, bins)) in model.program.variables.iter().zip(&mut self.drawn) {
            if !matches!(variable.law, Law::Fixed(_)) {
                let column = registers.column(variable.register, n);
                // What a branch that is not taken would have drawn may be undefined.
                let defined: Vec<f64> = column.iter().copied().filter(|x| x.is_finite()).collect();
                moments.merge(&Moments::of(&defined));
                bins.add(&defined);
            }
        }
    }
}

/// Options that cost less than nothing in some trials.
fn negative(scenario: &Scenario, model: &Model, look: &Look) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let counted = model.options.iter().zip(&look.negative).enumerate();
    for (i, (option, count)) in counted.filter(|(_, (_, count))| **count > 0) {
        let share = 100.0 * *count as f64 / look.trials as f64;
        let message = format!("`{}` costs less than nothing in {share:.2} % of trials", option.name);
        let help = "a cost line with a negative amount outweighs all others there; truncate(…, min=…) bounds it";
        findings.push(match option.lines.iter().rev().find_map(|line| line.name.custom().map(|k| Place::Line(i, k))) {
            Some(place) => Diagnostic::warning(scenario.span(&place).unwrap_or(Span::TOP), message).help(help),
            None => {
                Diagnostic { severity: crate::diagnostic::Severity::Warning, ..Diagnostic::general(message) }.help(help)
            }
        });
    }
    findings
}

/// What is said of values outside their ranges, of which there were so many in so many trials, by check.
pub fn clamps(
    scenario: &Scenario,
    model: &Model,
    (clamped, trials): (&[Clamped], u64),
    not_finite: Option<NotFinite>,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    // A value that is infinite lies outside too; that it is not finite says more.
    let counted = model.program.checks.iter().zip(&scenario.checked).zip(clamped).enumerate();
    let said = |number: usize| matches!(not_finite, Some(NotFinite::Quantity(undefined)) if undefined.check == number);
    for (_, ((check, place), clamped)) in counted.filter(|(number, (_, clamped))| clamped.values > 0 && !said(*number))
    {
        let months = if clamped.first_month.is_some() { f64::from(model.horizon) } else { 1.0 };
        let share = clamped.values as f64 / (trials as f64 * months);
        let span = scenario.span(place).unwrap_or(Span::TOP);
        let percent = format!("{:.2} %", 100.0 * share);
        let number = |x: f64| if x >= 1e6 && x.is_finite() { format!("{x:e}") } else { x.to_string() };
        let bounds = match (check.low, check.high) {
            (low, f64::INFINITY) => format!("min={}", number(low)),
            (low, high) => format!("min={}, max={}", number(low), number(high)),
        };
        let side = format!("outside {}..{}", number(check.low), number(check.high));
        let message = match clamped.first_month {
            None => format!("`{}` is drawn {side} in {percent} of trials", check.name),
            Some(first) => {
                let first = scenario.simulation.month(first);
                format!("`{}` is {side} in {percent} of all months of all trials, first in {first}", check.name)
            }
        };
        let finding = match share > TOLERATED {
            true => Diagnostic::error(span, message),
            false => Diagnostic::warning(span, format!("{message}, and held to it")),
        };
        findings.push(finding.help(match share > HALF && check.high == 1.0 {
            true => "shares are of one: write 5% or 0.05, and 60% to 95%".to_owned(),
            false if clamped.first_month.is_some() => match (check.low, check.high) {
                (low, f64::INFINITY) => format!("hold it with max({}, …)", number(low)),
                (low, high) => format!("hold it with min({}, max({}, …))", number(high), number(low)),
            },
            false => format!("write truncate(…, {bounds}), or a distribution that stays inside"),
        }));
    }
    findings
}

/// The finding for a value that is not finite.
pub fn not_finite(scenario: &Scenario, bad: NotFinite) -> Diagnostic {
    let when = match bad {
        NotFinite::Quantity(Undefined { month: Some(month), .. }) => {
            format!(", first in {}", scenario.simulation.month(month))
        }
        _ => String::new(),
    };
    let (name, span, help) = match bad {
        NotFinite::Total(option) => {
            let option = &scenario.options[option];
            let help = "some price, volume or growth is far too large; check the units";
            (format!("{}.total", option.name), option.span, help)
        }
        NotFinite::Quantity(undefined) => {
            let place = &scenario.checked[undefined.check];
            let written = scenario.written.iter().find(|quantity| quantity.place == *place);
            let (name, span) = written.map_or((String::new(), Span::TOP), |q| (q.path.clone(), q.span));
            let help = "check for divisions by zero, logarithms of negatives, and parameters impossible in some trials";
            (name, span, help)
        }
    };
    Diagnostic::error(span, format!("`{name}` is not a finite number in some trials{when}")).help(help)
}

fn range(bins: &LogBins) -> [f64; 3] {
    let found = bins.quantiles(&QUANTILES);
    [found[0], found[1], found[2]]
}

fn variables(model: &Model, look: &Look) -> Vec<VariableSummary> {
    let summarise = |(variable, (moments, bins)): (&crate::quantity::Variable, &(Moments, LogBins))| {
        let Law::Fixed(quantiles) = &variable.law else {
            let sd = moments.sd().unwrap_or(f64::NAN);
            return VariableSummary { mean: moments.mean(), sd, quantiles: range(bins) };
        };
        let dist = quantiles.dist();
        let quantiles = QUANTILES.map(|p| dist.quantile(p));
        VariableSummary { mean: dist.mean(), sd: dist.variance().sqrt(), quantiles }
    };
    model.program.variables.iter().zip(&look.drawn).map(summarise).collect()
}
