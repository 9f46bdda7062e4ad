//! What a single trial goes through, month by month.

use super::ledger::{COLUMNS, Ledger};
use super::sums::{Sums, first_line, line_count};
use crate::model::{Basis, CostLine, Kinds, Model, Walk};
use crate::quantity::Registers;

/// A line in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entry {
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
pub struct Passage {
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
pub struct Record {
    /// Requests of each month, from 0.
    pub requests: Vec<f64>,
    /// What a cost at the end of each month is worth at the start.
    pub discount: Vec<f64>,
    /// By option.
    pub passages: Vec<Passage>,
    sums: Sums,
}

impl Record {
    /// Goes through all months of the only trial of some registers.
    pub(super) fn new(model: &Model, registers: &Registers, walk: &mut Walk) -> Record {
        let mut record = Record { passages: vec![Passage::default(); model.options.len()], ..Record::default() };
        let mut ledger = Ledger::new(model, 1);
        ledger.start(model, registers, 1);
        walk.start(model, registers, 0..1, Kinds::TotalAndSoft);
        record.see(walk);
        while walk.month() < model.horizon {
            walk.advance(model, registers);
            ledger.month(model, registers, walk);
            record.see(walk);
        }
        ledger.finish(model, registers, 1, &mut record.sums);
        record
    }

    fn see(&mut self, walk: &Walk) {
        let begun = walk.month() > 0;
        let now = |column: &[f64], before: f64| if begun { column[0] } else { before };
        self.requests.push(now(walk.requests(), 0.0));
        self.discount.push(now(walk.discount(), 1.0));
        for (i, passage) in self.passages.iter_mut().enumerate() {
            passage.retrains.push(now(walk.counted(i, Basis::Retrain), 0.0));
            passage.migrations.push(now(walk.counted(i, Basis::Migration), 0.0));
            passage.gpus.push(now(walk.counted(i, Basis::Gpu), 0.0));
            passage.price.push(now(walk.price_level(Some(i)), 1.0));
            passage.serves.push(now(walk.active(i), 0.0));
            passage.so_far.push(walk.total(i)[0]);
        }
    }

    fn basis(&self, option: usize, basis: Basis, month: usize) -> f64 {
        let passage = &self.passages[option];
        match basis {
            Basis::Once | Basis::Month => 1.0,
            Basis::Request => self.requests[month],
            Basis::Retrain => passage.retrains[month],
            Basis::Migration => passage.migrations[month],
            Basis::Gpu => passage.gpus[month],
        }
    }

    /// Every month of a line of an option's own.
    pub(super) fn line(&self, model: &Model, option: usize, number: usize, line: &CostLine) -> Vec<Entry> {
        let mut entries = self.entries(model, option, number);
        for (month, entry) in entries.iter_mut().enumerate().skip(1) {
            entry.basis = self.basis(option, line.driver.basis(), month);
            entry.price_level = line.price_of.map_or(1.0, |of| self.passages[of].price[month]);
        }
        entries
    }

    /// Every month of what an option is charged while another serves.
    pub(super) fn absent(&self, model: &Model, option: usize) -> Vec<Vec<Entry>> {
        let own = model.options[option].lines.len();
        (own..line_count(model, option)).map(|number| self.entries(model, option, number)).collect()
    }

    fn entries(&self, model: &Model, option: usize, number: usize) -> Vec<Entry> {
        let first = (first_line(model, option) + number) * self.discount.len();
        let entry = |month: usize| {
            let at = (first + month) * COLUMNS;
            let [cost, discounted] = [1, 2].map(|column| self.sums.ledger[at + column]);
            Entry { basis: 1.0, price_level: 1.0, cost, discounted }
        };
        (0..self.discount.len()).map(entry).collect()
    }
}
