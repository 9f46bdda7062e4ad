//! An option in the current month.

use std::ops::Range;

use super::months;
use super::option::OptionModel;
use super::part::CostPart;
use crate::quantity::{Reg, Registers};

/// What is known of an option in the current month.
#[derive(Clone, Debug)]
pub struct State {
    /// Token prices over those of month 1.
    pub price: Vec<f64>,
    /// Retrains.
    pub retrains: Vec<f64>,
    /// Migrations.
    pub migrations: Vec<f64>,
    /// Scheduled retrains from the beginning of time.
    pub scheduled: Vec<f64>,
    /// Migrations from the beginning of time.
    pub migrated: Vec<f64>,
    /// GPUs.
    pub gpus: Vec<f64>,
    /// Running costs of the month, whoever serves, all of them and by parts.
    pub own: [Vec<f64>; CostPart::COUNT],
    /// Discounted cost so far, and the part of it that no invoice or payroll shows.
    pub total: [Vec<f64>; 2],
    /// Discounted retrains so far.
    pub paid: Vec<f64>,
    /// The month of the last training, or the first in service.
    pub trained: Vec<f64>,
    /// Trainings of the month as months since the last count them.
    pub trainings: Vec<f64>,
}

impl State {
    /// Room for so many trials.
    pub fn new(trials: usize) -> State {
        let column = || vec![0.0; trials];
        State {
            price: column(),
            retrains: column(),
            migrations: column(),
            scheduled: column(),
            migrated: column(),
            gpus: column(),
            own: std::array::from_fn(|_| column()),
            total: [column(), column()],
            paid: column(),
            trained: column(),
            trainings: column(),
        }
    }

    /// Goes back to month 0, where only one-time costs fall.
    pub fn start(&mut self, option: &OptionModel, registers: &Registers, trials: &Range<usize>) {
        let n = trials.len();
        let zero = [&mut self.paid, &mut self.scheduled, &mut self.migrated].map(|column| (column, 0.0));
        for (column, x) in zero.into_iter().chain([(&mut self.price, 1.0)]) {
            column[..n].fill(x);
        }
        let launch = registers.part(option.launch, trials);
        self.trained[..n].iter_mut().zip(launch).for_each(|(trained, launch)| *trained = launch + 1.0);
        self.migrate(option, registers, trials, 0.0);
        for (total, once) in self.total.iter_mut().zip([CostPart::All, CostPart::Soft].map(|part| option.once(part))) {
            total[..n].copy_from_slice(registers.part(once, trials));
        }
    }

    /// Token prices of the month where they differ by trial: after this month's migrations, if there are any.
    pub fn reprice(&mut self, option: &OptionModel, registers: &Registers, trials: &Range<usize>, month: usize) {
        let n = trials.len();
        if month > 1 {
            months::multiply(registers.part(option.price_change, trials), &mut self.price[..n]);
        }
        if option.migrations.is_some() {
            let factor = registers.part(option.price_factor, trials);
            let (migrations, price) = (&self.migrations[..n], &mut self.price[..n]);
            if months::price_migrations(factor, migrations, price) {
                for t in (0..n).filter(|t| migrations[*t] > 1.0) {
                    price[t] *= crate::math::pow(factor[t], migrations[t]);
                }
            }
        }
    }

    /// Writes the months since the launch and the last training into the registers of those who ask. In the first month in
    /// service, and in one with a training, it is 0 months since.
    pub fn since(&mut self, option: &OptionModel, registers: &mut Registers, trials: &Range<usize>, month: f64) {
        let n = trials.len();
        if let Some(register) = option.since.launch {
            let launch = registers.part(option.launch, trials).to_vec();
            let since = registers.part_mut(register, trials).iter_mut().zip(&launch);
            since.for_each(|(since, launch)| *since = (month - launch).max(0.0));
        }
        let Some(register) = option.since.training else { return };
        let runs = option.training_runs.map(|runs| registers.part(runs, trials));
        for t in 0..n {
            let is_migrated = self.migrations[t] > 0.0 && runs.is_some_and(|runs| runs[t] > 0.0);
            if self.trainings[t] > 0.0 || is_migrated {
                self.trained[t] = month;
            }
        }
        let since = registers.part_mut(register, trials).iter_mut().zip(&self.trained);
        since.for_each(|(since, trained)| *since = (month - trained).max(0.0));
    }

    /// Migrations of the month, after those up to the month before; month 0 has those that were before it.
    pub fn migrate(&mut self, option: &OptionModel, registers: &Registers, trials: &Range<usize>, month: f64) {
        let Some(migrations) = option.migrations else { return };
        let (n, column) = (trials.len(), |r: Reg| registers.part(r, trials));
        let (first, every) = (column(migrations.first), migrations.every.map(column));
        let counted = [&mut self.migrated[..n], &mut self.migrations[..n]];
        months::migrations_of(first, every, column(option.launch), month, counted);
    }
}
