//! The ledger of a block: units and costs of every line in every month.

use std::ops::Range;

use super::drive::{Cause, Drive};
use super::sums::{Sums, first_line};
use crate::model::{Basis, CostLine, CostPart, Model, MonthlyCosts, Pace};
use crate::quantity::{Reg, Registers};
use crate::stats::{Moments, dot, sum};

/// Units, cost and discounted cost.
pub const COLUMNS: usize = 3;

/// Adds up the ledger of a block month by month.
#[derive(Clone, Debug)]
pub struct Ledger {
    months: usize,
    /// As in the list of all lines.
    lines: Vec<Line>,
    /// Units that differ by trial.
    drives: Vec<Drive>,
    /// By line, month and column.
    sums: Vec<f64>,
    /// By option and month: cumulative cost.
    cumulative: Vec<f64>,
    /// Room for the cost of a line in each trial.
    total: Vec<f64>,
}

/// A line's amounts and units.
#[derive(Clone, Debug)]
struct Line {
    /// Cost and units per unit of the basis; none where the units are what is charged.
    amounts: Option<[Reg; 2]>,
    /// The units per unit of the basis, if they are the same in every trial.
    each: Option<f64>,
    units: Units,
    /// Of a line whose cost differs by month: what each trial has come to so far.
    so_far: Option<Vec<f64>>,
}

/// The units of a line's basis.
#[derive(Clone, Debug)]
enum Units {
    /// The same in every trial.
    Known(Known),
    /// Those of a drive, by number.
    Driven(usize),
}

/// Units that are known beforehand.
#[derive(Clone, Debug)]
struct Known {
    /// By month from 0, per unit of the basis in month 1.
    series: Series,
    of_requests: bool,
}

/// Units, cost and discounted cost by month from 0.
type Series = Vec<[f64; COLUMNS]>;

impl Ledger {
    /// For the lines of a model, in blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> Ledger {
        let (mut lines, mut drives) = (Vec::new(), Vec::new());
        let mut driven = |option: usize, cause: Cause| {
            let known = drives.iter().position(|drive: &Drive| drive.is(option, cause));
            Units::Driven(known.unwrap_or_else(|| {
                drives.push(Drive::new(option, cause, capacity));
                drives.len() - 1
            }))
        };
        for (i, option) in model.options.iter().enumerate() {
            for line in &option.lines {
                let basis = line.driver.basis();
                let units = match series(model, i, line) {
                    Some(series) => Units::Known(Known { series, of_requests: basis == Basis::Request }),
                    None => driven(i, Cause::Units(basis, line.price_of)),
                };
                let each = model.program.constant(line.units);
                let so_far = model.program.is_monthly(line.cost).then(|| vec![0.0; capacity]);
                lines.push(Line { amounts: Some([line.cost, line.units]), each, units, so_far });
            }
            for substitute in &option.substitutes {
                lines.push(Line {
                    amounts: None,
                    each: None,
                    units: driven(i, Cause::Absent(*substitute)),
                    so_far: None,
                });
            }
        }
        debug_assert_eq!(lines.len(), first_line(model, model.options.len()));
        let months = model.horizon as usize + 1;
        Ledger {
            months,
            sums: vec![0.0; lines.len() * months * COLUMNS],
            lines,
            drives,
            cumulative: vec![0.0; model.options.len() * months],
            total: vec![0.0; capacity],
        }
    }

    /// A new block of `n` trials, in month 0.
    pub fn start(&mut self, model: &Model, registers: &Registers, n: usize) {
        self.sums.fill(0.0);
        self.cumulative.fill(0.0);
        self.drives.iter_mut().for_each(|drive| drive.start(n));
        self.lines.iter_mut().filter_map(|line| line.so_far.as_mut()).for_each(|so_far| so_far.fill(0.0));
        for (i, option) in model.options.iter().enumerate() {
            self.cumulative[i * self.months] = sum(registers.column(option.once(CostPart::All), n));
        }
    }

    /// The current month.
    pub fn month(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts) {
        let (month, trials) = (monthly.month() as usize, monthly.trials());
        self.drives.iter_mut().for_each(|drive| drive.month(model, registers, monthly));
        let rows = self.sums.chunks_exact_mut(self.months * COLUMNS);
        for (line, row) in self.lines.iter_mut().zip(rows) {
            let Units::Driven(number) = line.units else { continue };
            let part = |reg: Reg| registers.part(reg, &trials);
            let entry = line.entry(&self.drives[number], part, trials.len());
            row[month * COLUMNS..][..COLUMNS].iter_mut().zip(entry).for_each(|(a, b)| *a += b);
            line.go_on(&self.drives[number], registers, &trials);
        }
        for i in 0..model.options.len() {
            self.cumulative[i * self.months + month] += sum(monthly.total(i));
        }
    }

    /// Writes the block's ledger into its sums.
    pub fn finish(&mut self, model: &Model, registers: &Registers, n: usize, sums: &mut Sums) {
        let total = &mut self.total[..n];
        let rows = self.sums.chunks_exact_mut(self.months * COLUMNS);
        for (line, row) in self.lines.iter().zip(rows) {
            let column = |reg: Reg| registers.column(reg, n);
            match &line.units {
                Units::Known(known) => {
                    let requests = known.of_requests.then(|| column(model.requests));
                    line.known(known, column, requests, (&mut *total, row));
                }
                Units::Driven(number) => line.driven(&self.drives[*number], column, total),
            }
            sums.lines.push(Moments::of(total));
        }
        sums.ledger.clone_from(&self.sums);
        sums.cumulative.clone_from(&self.cumulative);
        sums.detailed = n as f64;
    }
}

impl Line {
    /// Adds what the month comes to in each trial, where that is no multiple of its units.
    fn go_on(&mut self, drive: &Drive, registers: &Registers, trials: &Range<usize>) {
        let (Some(so_far), Some([cost, _])) = (&mut self.so_far, self.amounts) else { return };
        let months = registers.part(cost, trials).iter().zip(drive.discounted(trials.len()));
        so_far[trials.clone()].iter_mut().zip(months).for_each(|(x, (cost, units))| *x += cost * units);
    }

    /// Sums of units, cost and discounted cost over some trials in a month.
    fn entry<'a>(&self, drive: &Drive, part: impl Fn(Reg) -> &'a [f64], n: usize) -> [f64; COLUMNS] {
        let Some([cost, units]) = self.amounts.map(|amounts| amounts.map(part)) else {
            return [drive.count(), sum(drive.priced(n)), sum(drive.discounted(n))];
        };
        let counted = match self.each {
            Some(each) => each * drive.count(),
            None => dot(units, drive.counted(n)),
        };
        [counted, dot(cost, drive.priced(n)), dot(cost, drive.discounted(n))]
    }

    /// Writes what each trial of a block comes to.
    fn driven<'a>(&self, drive: &Drive, column: impl Fn(Reg) -> &'a [f64], total: &mut [f64]) {
        if let Some(so_far) = &self.so_far {
            return total.copy_from_slice(&so_far[..total.len()]);
        }
        let so_far = drive.so_far(total.len());
        match self.amounts {
            Some([cost, _]) => total.iter_mut().zip(so_far).zip(column(cost)).for_each(|((x, n), cost)| *x = cost * n),
            None => total.copy_from_slice(so_far),
        }
    }

    /// Writes what each trial of a block comes to, and the sums of all months, which are multiples of one another.
    fn known<'a>(
        &self,
        known: &Known,
        column: impl Fn(Reg) -> &'a [f64],
        requests: Option<&[f64]>,
        (total, row): (&mut [f64], &mut [f64]),
    ) {
        let Some([cost, units]) = self.amounts.map(|amounts| amounts.map(column)) else { return };
        let discounted: f64 = known.series.iter().map(|month| month[2]).sum();
        let [paid, counted] = match requests {
            Some(requests) => [cost, units].map(|amount| dot(amount, requests)),
            None => [cost, units].map(sum),
        };
        for (entry, month) in row.chunks_exact_mut(COLUMNS).zip(&known.series) {
            entry.copy_from_slice(&[counted * month[0], paid * month[1], paid * month[2]]);
        }
        total.iter_mut().zip(cost).for_each(|(x, cost)| *x = cost * discounted);
        if let Some(requests) = requests {
            total.iter_mut().zip(requests).for_each(|(x, n)| *x *= n);
        }
    }
}

/// The series of a line, where pace, service and discount are the same in every trial.
fn series(model: &Model, option: usize, line: &CostLine) -> Option<Series> {
    if [line.cost, line.units].iter().any(|r| model.program.is_monthly(*r)) {
        return None;
    }
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
