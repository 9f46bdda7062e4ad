//! Formulas of the rows of money: lines, what is charged while another serves, and sums.

use super::base_case::{BaseTable, cell, header};
use super::plan::MonthRow;
use crate::model::{Absence, Basis, CostLine, Substitute};
use crate::scenario::CostKind;

impl BaseTable<'_, '_> {
    pub(super) fn line(&self, i: usize, line: &CostLine, month: usize, each: &str) -> Option<String> {
        let once = line.driver.basis() == Basis::Once;
        if once || month == 0 {
            return (once && month == 0).then(|| each.to_owned());
        }
        let serves = self.at(MonthRow::Serves(i), month);
        let inline = self.is_monthly(line.cost).then(|| self.in_month(line.cost, month));
        Some(product(inline.unwrap_or_else(|| each.to_owned()), self.factors(i, line, month).into_iter().chain(serves)))
    }

    /// The units of a line's basis, and the price level that it follows.
    fn factors(&self, i: usize, line: &CostLine, month: usize) -> Vec<String> {
        let basis = match line.driver.basis() {
            Basis::Once | Basis::Month => None,
            Basis::Request => Some(MonthRow::Requests),
            Basis::Retrain => Some(MonthRow::Retrains(i)),
            Basis::Migration => Some(MonthRow::Migrations(i)),
            Basis::Gpu => Some(MonthRow::Gpus(i)),
        };
        let rows = basis.into_iter().chain(line.price_of.map(MonthRow::Price));
        rows.filter_map(|row| self.at(row, month)).collect()
    }

    pub(super) fn own(&self, i: usize, kind: CostKind, month: usize) -> String {
        let line = |(k, line): (usize, &CostLine)| {
            let each = match self.is_monthly(line.cost) {
                true => self.in_month(line.cost, month),
                false => self.each_of(MonthRow::Line(i, k))?,
            };
            Some(product(each, self.factors(i, line, month).into_iter()))
        };
        sum(self.own_lines(i, kind).filter_map(line))
    }

    /// The cell of the last month before the launch, or of the last in service.
    pub(super) fn end_of(&self, i: usize, absence: Absence) -> Option<String> {
        let line = self.option(i).substitutes.iter().find(|line| line.absence == absence)?;
        self.each_of(MonthRow::Absent(i, *line))
    }

    pub(super) fn absent(&self, i: usize, line: Substitute, month: usize) -> String {
        let now = header(month);
        let other = match line.absence {
            Absence::BeforeLaunch => self.charged_of(self.open.model.baseline, line.kind, month),
            Absence::AfterRetirement => self.after(i, line.kind, month),
        };
        let ends = [Absence::BeforeLaunch, Absence::AfterRetirement].map(|absence| self.end_of(i, absence));
        match (line.absence, ends) {
            (Absence::BeforeLaunch, [Some(until), _]) => format!("IF({now}<={until},{other},0)"),
            (Absence::AfterRetirement, [Some(until), Some(retire)]) => {
                format!("IF(AND({now}>{retire},{now}>{until}),{other},0)")
            }
            (_, [_, Some(retire)]) => format!("IF({now}>{retire},{other},0)"),
            _ => "0".to_owned(),
        }
    }

    /// What the option that takes over costs in a month.
    fn after(&self, i: usize, kind: CostKind, month: usize) -> String {
        let other = self.option(i).successor().and_then(|other| self.at(MonthRow::Own(other, kind), month));
        other.unwrap_or_else(|| "0".to_owned())
    }

    /// What an option is charged in a month after its start, of a kind.
    fn charged_of(&self, i: usize, kind: CostKind, month: usize) -> String {
        let own = self.own_lines(i, kind).map(|(k, _)| MonthRow::Line(i, k));
        let absent = self.option(i).substitutes.iter().filter(|line| line.kind == kind);
        sum(own.chain(absent.map(|line| MonthRow::Absent(i, *line))).filter_map(|row| self.at(row, month)))
    }

    pub(super) fn charged(&self, i: usize, month: usize) -> Option<String> {
        let option = self.option(i);
        let lines = (0..option.lines.len()).map(|k| MonthRow::Line(i, k));
        let rows: Vec<MonthRow> =
            lines.chain(option.substitutes.iter().map(|line| MonthRow::Absent(i, *line))).collect();
        let ends = rows.first().zip(rows.last()).map(|(first, last)| [*first, *last]);
        match ends {
            Some([first, last]) => Some(format!("SUM({}:{})", self.at(first, month)?, self.at(last, month)?)),
            None => Some("0".to_owned()),
        }
    }

    pub(super) fn so_far(&self, i: usize, number: u32, month: usize) -> Option<String> {
        let now = format!("{}*{}", self.at(MonthRow::Charged(i), month)?, self.at(MonthRow::Discount, month)?);
        Some(if month > 0 { format!("{}+{now}", cell(number, month - 1)) } else { now })
    }

    pub(super) fn saved(&self, i: usize, month: usize) -> Option<String> {
        let [base, own] = [self.open.model.baseline, i].map(|i| self.at(MonthRow::SoFar(i), month));
        Some(format!("{}-{}", base?, own?))
    }
}

fn sum(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "0".to_owned() } else { parts.join("+") }
}

fn product(first: String, others: impl Iterator<Item = String>) -> String {
    others.fold(first, |product, factor| format!("{product}*{factor}"))
}
