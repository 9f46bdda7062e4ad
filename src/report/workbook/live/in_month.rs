//! What differs by month, in the column of its month.

use super::base_case::{BaseTable, cell, header};
use super::plan::MonthRow;
use crate::quantity::Reg;

impl BaseTable<'_, '_> {
    /// Whether a register differs by month.
    pub(super) fn is_monthly(&self, register: Reg) -> bool {
        self.open.model.program.is_monthly(register)
    }

    /// A register in a month: its formula, in brackets where it is more than a cell, or its number where no cell can hold
    /// the formula.
    pub(super) fn in_month(&self, register: Reg, month: usize) -> String {
        let formula = self.formulas.with(register, &|other| self.of_month(other, month));
        formula.unwrap_or_else(|| self.open.case.record.value(register, month).to_string())
    }

    /// The same of one that may be the same in all months.
    pub(super) fn amount(&self, register: Reg, month: usize) -> Option<String> {
        if self.is_monthly(register) { Some(self.in_month(register, month)) } else { self.formulas.of(register) }
    }

    /// What a register stands for that comes from outside the program, or is the same in every trial.
    fn of_month(&self, register: Reg, month: usize) -> Option<String> {
        let model = &self.open.model;
        if model.formulas.requests() == Some(register) {
            return self.at(MonthRow::Requests, month);
        }
        if let Some((_, level)) = model.program.levels().iter().find(|(known, _)| *known == register) {
            let counts = level.iter().enumerate().all(|(m, x)| *x == m as f64);
            return Some(if counts { header(month) } else { level[month].to_string() });
        }
        model.options.iter().enumerate().find_map(|(i, option)| {
            if option.since.launch == Some(register) {
                let launch = self.formulas.of(option.launch)?;
                return Some(format!("MAX(0,{}-({launch}))", header(month)));
            }
            let row = match Some(register) {
                asked if asked == option.since.training => MonthRow::SinceTraining(i),
                asked if asked == option.price_level => MonthRow::Price(i),
                _ => return None,
            };
            self.at(row, month)
        })
    }

    /// Months since the last training: none in the first month in service, and in one with a training.
    pub(super) fn since_training(&self, i: usize, number: u32, month: usize) -> Option<String> {
        let option = self.option(i);
        let (now, launch) = (header(month), self.formulas.of(option.launch)?);
        let before = if month > 1 { cell(number, month - 1) } else { "0".to_owned() };
        let mut trained = vec![format!("{now}<=({launch})+1")];
        if let Some(retrains) = option.retrains {
            let monthly = self.formulas.of(retrains.monthly)?;
            trained.push(format!("{}>0", Self::scheduled(&format!("({monthly})"), &now, &launch)));
        }
        if let (Some(runs), Some(migrations)) = (option.training_runs, self.at(MonthRow::Migrations(i), month)) {
            trained.push(format!("AND({migrations}>0,{}>0)", self.amount(runs, month)?));
        }
        Some(format!("IF(OR({}),0,{before}+1)", trained.join(",")))
    }
}
