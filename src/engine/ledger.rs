//! The ledger of a block: units and costs of every line in every month.

use super::sums::{Sums, first_line, line_count};
use crate::model::{Basis, CostLine, Model, Moved, OptionModel, Pace, TILE, Walk};
use crate::quantity::{Reg, Registers};
use crate::stats::Moments;
use crate::vector::kernels;

/// Units, cost and discounted cost.
pub const COLUMNS: usize = 3;

/// Adds up the ledger of a block while a walk goes through its months.
#[derive(Clone, Debug)]
pub struct Ledger {
    months: usize,
    /// By line, as in the list of all lines: what its columns are by month from 0, where that is known beforehand.
    known: Vec<Option<Series>>,
    /// By line, month and column.
    sums: Vec<f64>,
    /// By line: discounted cost so far.
    totals: Vec<Vec<f64>>,
    /// By option and month: cumulative cost.
    cumulative: Vec<f64>,
    /// Room for the entries of a line in a month.
    entries: [Vec<f64>; COLUMNS],
}

/// Units, cost and discounted cost by month from 0, per unit of a line's basis in month 1.
type Series = Vec<[f64; COLUMNS]>;

impl Ledger {
    /// For the lines of a model, in blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> Ledger {
        let lines = first_line(model, model.options.len());
        let months = model.horizon as usize + 1;
        let of = |(i, option): (usize, &OptionModel)| {
            let own = option.lines.iter().map(|line| series(model, i, line));
            own.chain(option.moved.iter().map(|_| None)).collect::<Vec<_>>()
        };
        Ledger {
            months,
            known: model.options.iter().enumerate().flat_map(of).collect(),
            sums: vec![0.0; lines * months * COLUMNS],
            totals: vec![vec![0.0; capacity]; lines],
            cumulative: vec![0.0; model.options.len() * months],
            entries: std::array::from_fn(|_| vec![0.0; TILE]),
        }
    }

    /// A new block: lines of known series are added up at once.
    pub fn start(&mut self, model: &Model, registers: &Registers, n: usize) {
        self.sums.fill(0.0);
        self.cumulative.fill(0.0);
        let requests = registers.column(model.requests, n);
        for (i, option) in model.options.iter().enumerate() {
            self.cumulative[i * self.months] = total(registers.column(option.once, n));
            for (k, line) in option.lines.iter().enumerate() {
                let index = first_line(model, i) + k;
                self.totals[index][..n].fill(0.0);
                let Some(series) = &self.known[index] else { continue };
                let [cost, units] = [line.cost, line.units].map(|r| registers.column(r, n));
                let of_requests = line.driver.basis() == Basis::Request;
                let weight: f64 = series.iter().map(|s| s[2]).sum();
                let of = if of_requests { requests } else { &[] };
                let sums = weigh([cost, units], of, weight, &mut self.totals[index][..n]);
                for (month, s) in series.iter().enumerate() {
                    let entry = [sums[1] * s[0], sums[0] * s[1], sums[0] * s[2]];
                    self.sums[(index * self.months + month) * COLUMNS..][..COLUMNS].copy_from_slice(&entry);
                }
            }
            for k in option.lines.len()..line_count(model, i) {
                self.totals[first_line(model, i) + k][..n].fill(0.0);
            }
        }
    }

    /// The month a walk has come to.
    pub fn month(&mut self, model: &Model, registers: &Registers, walk: &Walk) {
        let month = walk.month() as usize;
        let mut first = 0;
        for (i, option) in model.options.iter().enumerate() {
            for (k, line) in option.lines.iter().enumerate() {
                if self.known[first + k].is_none() {
                    self.enter(first + k, i, line, registers, walk);
                }
            }
            for (k, moved) in option.moved.iter().enumerate() {
                self.enter_moved(first + option.lines.len() + k, i, *moved, (model, registers, walk));
            }
            self.cumulative[i * self.months + month] += total(walk.total(i));
            first += line_count(model, i);
        }
    }

    /// A line whose units differ by trial.
    fn enter(&mut self, index: usize, option: usize, line: &CostLine, registers: &Registers, walk: &Walk) {
        let trials = walk.trials();
        let (basis, price) = walk.units(option, line);
        let [cost, units] = [line.cost, line.units].map(|r: Reg| registers.part(r, &trials));
        let columns = [basis, walk.active(option), units, cost, price, walk.discount()];
        let [counted, paid, discounted] = &mut self.entries;
        settle(columns, [counted, paid, discounted], &mut self.totals[index][trials]);
        let sums = self.entries.each_ref().map(|column| total(&column[..basis.len()]));
        self.add(index, walk.month() as usize, sums);
    }

    /// What an option is charged while another serves.
    fn enter_moved(
        &mut self,
        index: usize,
        option: usize,
        moved: Moved,
        (model, registers, walk): (&Model, &Registers, &Walk),
    ) {
        let trials = walk.trials();
        let until = registers.part(model.options[option].absent_until, &trials);
        let (active, charge, discount) = (walk.active(option), walk.charges(option), walk.discount());
        let mut sums = [0.0; COLUMNS];
        for (t, total) in self.totals[index][trials].iter_mut().enumerate() {
            let absent = f64::from(walk.month()) <= until[t] && option != model.baseline;
            if active[t] == 0.0 && absent == (moved == Moved::BeforeLaunch) {
                let entry = [1.0, charge[t], charge[t] * discount[t]];
                sums.iter_mut().zip(entry).for_each(|(sum, x)| *sum += x);
                *total += entry[2];
            }
        }
        self.add(index, walk.month() as usize, sums);
    }

    fn add(&mut self, index: usize, month: usize, sums: [f64; COLUMNS]) {
        let at = (index * self.months + month) * COLUMNS;
        self.sums[at..at + COLUMNS].iter_mut().zip(sums).for_each(|(a, b)| *a += b);
    }

    /// Writes the block's ledger into its sums.
    pub fn finish(&self, n: usize, sums: &mut Sums) {
        sums.ledger.clone_from(&self.sums);
        sums.cumulative.clone_from(&self.cumulative);
        sums.lines = self.totals.iter().map(|t| Moments::of(&t[..n])).collect();
        sums.detailed = n as f64;
    }
}

/// The series of a line, where pace, service and discount are the same in every trial.
fn series(model: &Model, option: usize, line: &CostLine) -> Option<Series> {
    let (basis, calendar) = (line.driver.basis(), &model.calendar);
    let mut series = vec![[0.0; COLUMNS]; model.horizon as usize + 1];
    if basis == Basis::Once {
        series[0] = [1.0; COLUMNS];
        return Some(series);
    }
    let service = model.options[option].service?;
    let discount = calendar.discount.as_ref()?;
    let paces = [calendar.pace(option, basis, None), calendar.pace(option, basis, line.price_of)];
    let [Pace::Known(units), Pace::Known(priced)] = paces else { return None };
    for month in (1..=model.horizon).filter(|m| service.holds(*m)) {
        let m = month as usize;
        series[m] = [units[m - 1], priced[m - 1], priced[m - 1] * discount[m - 1]];
    }
    Some(series)
}

/// Partial sums that are kept beside each other, whatever the width of vectors.
const LANES: usize = 8;

#[inline(always)]
fn fold(lanes: [f64; LANES]) -> f64 {
    ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
}

kernels! {
    /// The sum of a column.
    fn total(column: &[f64]) -> f64 {
        let mut lanes = [0.0; LANES];
        let (rows, rest) = column.as_chunks::<LANES>();
        for row in rows {
            for lane in 0..LANES {
                lanes[lane] += row[lane];
            }
        }
        lanes.iter_mut().zip(rest).for_each(|(lane, x)| *lane += x);
        fold(lanes)
    }

    /// Sums of cost and of units, both times `of` unless that is empty; writes the cost times a weight.
    fn weigh(columns: [&[f64]; 2], of: &[f64], weight: f64, out: &mut [f64]) -> [f64; 2] {
        let [cost, units] = columns;
        let (mut costs, mut counts) = ([0.0; LANES], [0.0; LANES]);
        for (r, row) in out.chunks_mut(LANES).enumerate() {
            for (lane, out) in row.iter_mut().enumerate() {
                let t = r * LANES + lane;
                let times = if of.is_empty() { 1.0 } else { of[t] };
                costs[lane] += cost[t] * times;
                counts[lane] += units[t] * times;
                *out = cost[t] * times * weight;
            }
        }
        [fold(costs), fold(counts)]
    }

    /// Units, cost and discounted cost; adds the last to each trial's. The columns are units of the basis, 1 where the
    /// option serves, units and cost per unit of the basis, price level and discount.
    fn settle(columns: [&[f64]; 6], entries: [&mut [f64]; COLUMNS], out: &mut [f64]) {
        let n = out.len();
        let [basis, active, units, cost, price, discount] = columns.map(|c| &c[..n]);
        let [counted, paid, discounted] = entries.map(|c| &mut c[..n]);
        for t in 0..n {
            let served = basis[t] * active[t];
            counted[t] = units[t] * served;
            paid[t] = cost[t] * served * price[t];
            discounted[t] = paid[t] * discount[t];
        }
        for t in 0..n {
            out[t] += discounted[t];
        }
    }
}
