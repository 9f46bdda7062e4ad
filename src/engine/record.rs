//! What a single trial goes through, month by month.

use super::ledger::{COLUMNS, Ledger};
use super::sums::{Sums, first_line, line_count};
use crate::model::{Basis, CostLine, Depth, Model, MonthlyCosts};
use crate::quantity::{Reg, Registers};

/// A line in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LedgerEntry {
    /// Units of what the line is proportional to: requests, retrains, GPUs.
    pub basis: f64,
    /// Token prices over those of month 1, of the option that they follow.
    pub price_level: f64,
    /// Undiscounted cost.
    pub cost: f64,
    /// Discounted cost.
    pub discounted: f64,
}

/// What an option went through: a number for each month, from 0.
#[derive(Clone, Debug, Default)]
pub struct OptionRecord {
    /// Retrains.
    pub retrains: Vec<f64>,
    /// Migrations.
    pub migrations: Vec<f64>,
    /// GPUs.
    pub gpus: Vec<f64>,
    /// Token prices over those of month 1.
    pub price: Vec<f64>,
    /// 1 where the option itself serves.
    pub serves: Vec<f64>,
    /// Discounted cost so far.
    pub so_far: Vec<f64>,
}

/// What all options went through.
#[derive(Clone, Debug, Default)]
pub struct PathRecord {
    /// Requests of each month, from 0.
    pub requests: Vec<f64>,
    /// What a cost at the end of each month is worth at the start.
    pub discount: Vec<f64>,
    /// By option.
    pub options: Vec<OptionRecord>,
    /// The values of each month, from 0.
    registers: Vec<Registers>,
    sums: Sums,
}

impl PathRecord {
    /// Goes through all months of the only trial of some registers.
    pub(super) fn new(model: &Model, registers: &mut Registers, monthly: &mut MonthlyCosts) -> PathRecord {
        let mut record =
            PathRecord { options: vec![OptionRecord::default(); model.options.len()], ..PathRecord::default() };
        let mut ledger = Ledger::new(model, 1);
        ledger.start(model, registers, 1);
        monthly.start(model, registers, 0..1, Depth::Details);
        record.see(registers, monthly);
        while monthly.month() < model.horizon {
            monthly.advance(model, registers);
            ledger.month(model, registers, monthly);
            record.see(registers, monthly);
        }
        ledger.finish(model, registers, 1, &mut record.sums);
        record
    }

    fn see(&mut self, registers: &Registers, monthly: &MonthlyCosts) {
        self.registers.push(registers.clone());
        let begun = monthly.month() > 0;
        let now = |column: &[f64], before: f64| if begun { column[0] } else { before };
        self.requests.push(now(monthly.requests(), 0.0));
        self.discount.push(now(monthly.discount(), 1.0));
        for (i, passage) in self.options.iter_mut().enumerate() {
            passage.retrains.push(now(monthly.counted(i, Basis::Retrain), 0.0));
            passage.migrations.push(now(monthly.counted(i, Basis::Migration), 0.0));
            passage.gpus.push(now(monthly.counted(i, Basis::Gpu), 0.0));
            passage.price.push(now(monthly.price_level(Some(i)), 1.0));
            passage.serves.push(now(monthly.active(i), 0.0));
            passage.so_far.push(monthly.total(i)[0]);
        }
    }

    /// The value of a register in a month; of one that is the same in all months in any.
    pub fn value(&self, register: Reg, month: usize) -> f64 {
        self.registers[month.min(self.registers.len() - 1)].column(register, 1)[0]
    }

    fn basis(&self, option: usize, basis: Basis, month: usize) -> f64 {
        let passage = &self.options[option];
        match basis {
            Basis::Once | Basis::Month => 1.0,
            Basis::Request => self.requests[month],
            Basis::Retrain => passage.retrains[month],
            Basis::Migration => passage.migrations[month],
            Basis::Gpu => passage.gpus[month],
        }
    }

    /// Every month of a line of an option's own.
    pub(super) fn line(&self, model: &Model, option: usize, number: usize, line: &CostLine) -> Vec<LedgerEntry> {
        let mut entries = self.entries(model, option, number);
        for (month, entry) in entries.iter_mut().enumerate().skip(1) {
            entry.basis = self.basis(option, line.driver.basis(), month);
            entry.price_level = line.price_of.map_or(1.0, |of| self.options[of].price[month]);
        }
        entries
    }

    /// Every month of what an option is charged while another serves.
    pub(super) fn absent(&self, model: &Model, option: usize) -> Vec<Vec<LedgerEntry>> {
        let own = model.options[option].lines.len();
        (own..line_count(model, option)).map(|number| self.entries(model, option, number)).collect()
    }

    fn entries(&self, model: &Model, option: usize, number: usize) -> Vec<LedgerEntry> {
        let first = (first_line(model, option) + number) * self.discount.len();
        let entry = |month: usize| {
            let at = (first + month) * COLUMNS;
            let [cost, discounted] = [1, 2].map(|column| self.sums.ledger[at + column]);
            LedgerEntry { basis: 1.0, price_level: 1.0, cost, discounted }
        };
        (0..self.discount.len()).map(entry).collect()
    }
}
