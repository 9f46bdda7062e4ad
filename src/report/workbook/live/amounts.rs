//! Formulas of the rows of money: lines, what is charged while another serves, and sums.

use super::base_case::{Table, cell, header};
use super::plan::Row;
use crate::model::{Basis, CostLine, Moved};

impl Table<'_, '_> {
    pub(super) fn line(&self, i: usize, line: &CostLine, month: usize, each: &str) -> Option<String> {
        let once = line.driver.basis() == Basis::Once;
        if once || month == 0 {
            return (once && month == 0).then(|| each.to_owned());
        }
        let serves = self.at(Row::Serves(i), month);
        Some(product(each.to_owned(), self.factors(i, line, month).into_iter().chain(serves)))
    }

    /// The units of a line's basis, and the price level that it follows.
    fn factors(&self, i: usize, line: &CostLine, month: usize) -> Vec<String> {
        let basis = match line.driver.basis() {
            Basis::Once | Basis::Month => None,
            Basis::Request => Some(Row::Requests),
            Basis::Retrain => Some(Row::Retrains(i)),
            Basis::Migration => Some(Row::Migrations(i)),
            Basis::Gpu => Some(Row::Gpus(i)),
        };
        let rows = basis.into_iter().chain(line.price_of.map(Row::Price));
        rows.filter_map(|row| self.at(row, month)).collect()
    }

    pub(super) fn own(&self, i: usize, month: usize) -> String {
        let line = |(k, line): (usize, &CostLine)| {
            Some(product(self.each_of(Row::Line(i, k))?, self.factors(i, line, month).into_iter()))
        };
        let lines: Vec<String> = self.own_lines(i).filter_map(line).collect();
        if lines.is_empty() { "0".to_owned() } else { lines.join("+") }
    }

    pub(super) fn moved(&self, i: usize, moved: Moved, month: usize) -> String {
        let now = header(month);
        let until = self.each_of(Row::Moved(i, Moved::BeforeLaunch));
        let other = match moved {
            Moved::BeforeLaunch => self.at(Row::Charged(self.open.model.baseline), month),
            Moved::AfterRetirement => self.option(i).after_retirement.and_then(|other| self.at(Row::Own(other), month)),
        };
        let other = other.unwrap_or_else(|| "0".to_owned());
        match (moved, until, self.each_of(Row::Moved(i, Moved::AfterRetirement))) {
            (Moved::BeforeLaunch, Some(until), _) => format!("IF({now}<={until},{other},0)"),
            (Moved::AfterRetirement, Some(until), Some(retire)) => {
                format!("IF(AND({now}>{retire},{now}>{until}),{other},0)")
            }
            (_, _, Some(retire)) => format!("IF({now}>{retire},{other},0)"),
            _ => "0".to_owned(),
        }
    }

    pub(super) fn charged(&self, i: usize, month: usize) -> Option<String> {
        let option = self.option(i);
        let lines = (0..option.lines.len()).map(|k| Row::Line(i, k));
        let rows: Vec<Row> = lines.chain(option.moved.iter().map(|moved| Row::Moved(i, *moved))).collect();
        let ends = rows.first().zip(rows.last()).map(|(first, last)| [*first, *last]);
        match ends {
            Some([first, last]) => Some(format!("SUM({}:{})", self.at(first, month)?, self.at(last, month)?)),
            None => Some("0".to_owned()),
        }
    }

    pub(super) fn so_far(&self, i: usize, number: u32, month: usize) -> Option<String> {
        let now = format!("{}*{}", self.at(Row::Charged(i), month)?, self.at(Row::Discount, month)?);
        Some(if month > 0 { format!("{}+{now}", cell(number, month - 1)) } else { now })
    }

    pub(super) fn saved(&self, i: usize, month: usize) -> Option<String> {
        let [base, own] = [self.open.model.baseline, i].map(|i| self.at(Row::SoFar(i), month));
        Some(format!("{}-{}", base?, own?))
    }
}

fn product(first: String, others: impl Iterator<Item = String>) -> String {
    others.fold(first, |product, factor| format!("{product}*{factor}"))
}
