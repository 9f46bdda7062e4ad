//! What a block adds up in floating point; folded over blocks in a fixed tree.

use super::metric::Metric;
use crate::model::{Model, Outcomes, Walk, line_cost};
use crate::quantity::Registers;
use crate::stats::{Merge, Moments};

/// Units, cost and discounted cost.
const LEDGER_COLUMNS: usize = 3;

/// Sums over the trials of a block, or of several.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// By option and metric.
    pub metrics: Vec<Moments>,
    /// By option: cost without bad answers and other soft kinds.
    pub hard: Vec<Moments>,
    /// By option: what it costs above the cheapest candidate.
    pub regret: Vec<Moments>,
    /// By option: the baseline's cost in the trials where the option is cheapest, 0 elsewhere.
    pub money: Vec<Moments>,
    /// The cheapest candidate's cost.
    pub best: Moments,
    /// By option and month from 0: sums of cumulative cost. Empty without detail, like all that follows.
    pub cumulative: Vec<f64>,
    /// By line: discounted cost of all months.
    pub lines: Vec<Moments>,
    /// By line and month from 0: sums of units, cost and discounted cost.
    pub ledger: Vec<f64>,
    /// Trials of the detailed sums.
    pub detailed: f64,
}

impl Merge for Sums {
    fn merge(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.metrics, &other.metrics),
            (&mut self.hard, &other.hard),
            (&mut self.regret, &other.regret),
            (&mut self.money, &other.money),
            (&mut self.lines, &other.lines),
        ] {
            merge_moments(mine, theirs);
        }
        self.best.merge(&other.best);
        add(&mut self.cumulative, &other.cumulative);
        add(&mut self.ledger, &other.ledger);
        self.detailed += other.detailed;
    }
}

/// Blocks without detail leave the detailed tables empty, which is nothing to add.
fn merge_moments(mine: &mut Vec<Moments>, theirs: &[Moments]) {
    if mine.is_empty() {
        mine.extend_from_slice(theirs);
        return;
    }
    mine.iter_mut().zip(theirs).for_each(|(a, b)| a.merge(b));
}

fn add(mine: &mut Vec<f64>, theirs: &[f64]) {
    if mine.is_empty() {
        mine.extend_from_slice(theirs);
        return;
    }
    mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
}

/// The cost lines of all options as one list: an option's own, then what it is charged while another serves.
pub fn line_count(model: &Model, option: usize) -> usize {
    model.options[option].lines.len() + model.options[option].moved.len()
}

/// The number of an option's first line in that list.
pub fn first_line(model: &Model, option: usize) -> usize {
    (0..option).map(|i| line_count(model, i)).sum()
}

/// Adds up the ledger of a block while a walk goes through its months.
#[derive(Clone, Debug)]
pub struct LedgerSums {
    months: usize,
    /// As in [`Sums::ledger`].
    sums: Vec<f64>,
    /// By line, a column of discounted cost so far.
    totals: Vec<Vec<f64>>,
    cumulative: Vec<f64>,
}

impl LedgerSums {
    /// For the lines of a model, in blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> LedgerSums {
        let lines = first_line(model, model.options.len());
        let months = model.horizon as usize + 1;
        LedgerSums {
            months,
            sums: vec![0.0; lines * months * LEDGER_COLUMNS],
            totals: vec![vec![0.0; capacity]; lines],
            cumulative: vec![0.0; model.options.len() * months],
        }
    }

    /// Month 0 of a block.
    pub fn start(&mut self, model: &Model, registers: &Registers, outcomes: &Outcomes, n: usize) {
        self.sums.fill(0.0);
        self.totals.iter_mut().for_each(|t| t[..n].fill(0.0));
        for (i, option) in model.options.iter().enumerate() {
            for (k, line) in option.lines.iter().enumerate() {
                if line.driver == crate::model::Driver::Once {
                    let cost = registers.column(line.cost, n);
                    let entry = |t: usize| [1.0, cost[t], cost[t]];
                    self.enter(first_line(model, i) + k, 0, n, entry);
                }
            }
        }
        self.accumulate(model, outcomes, 0);
    }

    /// The month a walk has come to.
    pub fn month(&mut self, model: &Model, registers: &Registers, walk: &Walk, outcomes: &Outcomes, n: usize) {
        let month = walk.month() as usize;
        let mut first = 0;
        for (i, option) in model.options.iter().enumerate() {
            for (k, line) in option.lines.iter().enumerate() {
                if line.driver != crate::model::Driver::Once {
                    let entry = line_cost(walk, i, line, |r| registers.column(r, n));
                    self.enter(first + k, month, n, entry);
                }
            }
            for (k, moved) in option.moved.iter().enumerate() {
                let until = registers.column(option.absent_until, n);
                let (active, charge, discount) = (walk.active(i), walk.charges(i), walk.discount());
                let before = *moved == crate::model::Moved::BeforeLaunch;
                let entry = |t: usize| {
                    let absent = f64::from(walk.month()) <= until[t] && i != model.baseline;
                    let here = active[t] == 0.0 && absent == before;
                    if here { [1.0, charge[t], charge[t] * discount[t]] } else { [0.0; LEDGER_COLUMNS] }
                };
                self.enter(first + option.lines.len() + k, month, n, entry);
            }
            first += line_count(model, i);
        }
        self.accumulate(model, outcomes, month);
    }

    fn enter(&mut self, line: usize, month: usize, n: usize, entry: impl Fn(usize) -> [f64; LEDGER_COLUMNS]) {
        let mut sums = [0.0; LEDGER_COLUMNS];
        for (t, total) in self.totals[line][..n].iter_mut().enumerate() {
            let values = entry(t);
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += value;
            }
            *total += values[2];
        }
        let at = (line * self.months + month) * LEDGER_COLUMNS;
        self.sums[at..at + LEDGER_COLUMNS].copy_from_slice(&sums);
    }

    fn accumulate(&mut self, model: &Model, outcomes: &Outcomes, month: usize) {
        for i in 0..model.options.len() {
            self.cumulative[i * self.months + month] = outcomes.totals(i).iter().sum();
        }
    }

    /// Writes the block's ledger into its sums.
    pub fn finish(&self, n: usize, sums: &mut Sums) {
        sums.ledger.clone_from(&self.sums);
        sums.cumulative.clone_from(&self.cumulative);
        sums.lines = self.totals.iter().map(|t| Moments::of(t[..n].iter().copied())).collect();
        sums.detailed = n as f64;
    }
}

/// The moments of every option's metrics.
pub fn metric_moments(model: &Model, outcomes: &Outcomes, column: &mut Vec<f64>, sums: &mut Sums) {
    for option in 0..model.options.len() {
        for metric in Metric::ALL {
            if metric.applies(model, option) {
                metric.fill(model, outcomes, option, column);
                sums.metrics.push(Moments::of(column.iter().copied()));
            } else {
                sums.metrics.push(Moments::default());
            }
        }
    }
}

impl Sums {
    /// The memory it takes.
    pub fn bytes(&self) -> usize {
        let moments = [&self.metrics, &self.hard, &self.regret, &self.money, &self.lines];
        let moments: usize = moments.iter().map(|m| m.len() * size_of::<Moments>()).sum();
        moments + (self.cumulative.len() + self.ledger.len()) * size_of::<f64>()
    }
}
