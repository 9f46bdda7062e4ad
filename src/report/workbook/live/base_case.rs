//! The sheet of costs: drivers, lines and sums, month by month.

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::super::sheet::fitting;
use super::formula::Formulas;
use super::plan::{MonthRow, SheetPlan};
use super::{BASE_CASE, amount, plain, plain_row, write};
use crate::engine::OpenCase;
use crate::model::{Absence, Basis, CostLine, OptionModel, Substitute};
use crate::quantity::Reg;
use crate::scenario::CostKind;

const HEADER: [&str; 7] = ["option", "line", "kind", "per", "each", "total", "discounted"];
const WIDTHS: [f64; 7] = [22.0, 24.0, 8.0, 10.0, 14.0, 13.0, 13.0];
/// What a month takes: seven digits in threes.
const MONTH_WIDTH: f64 = 11.0;
/// The column of what a line costs per unit, and those of its sums.
const EACH: u16 = 4;
const TOTAL: u16 = 5;
const DISCOUNTED: u16 = 6;
/// The column of month 0.
const MONTHS: u16 = 7;

/// Fills the sheet.
pub(super) fn add(
    sheet: &mut Worksheet,
    open: &OpenCase,
    formulas: &Formulas<'_>,
    plan: &SheetPlan,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let right = Format::new().set_bold().set_align(FormatAlign::Right);
    sheet.set_name(BASE_CASE)?.set_freeze_panes(1, 2)?;
    sheet.set_landscape().set_repeat_rows(0, 0)?.set_repeat_columns(0, 1)?;
    for (column, (text, width)) in (0..).zip(HEADER.into_iter().zip(WIDTHS)) {
        let look = if column < EACH { &bold } else { &right };
        sheet.set_column_width(column, width)?.write_string_with_format(0, column, text, look)?;
    }
    for month in 0..=open.model.horizon as usize {
        let column = column_of(month);
        sheet.set_column_width(column, MONTH_WIDTH)?.write_number_with_format(0, column, month as f64, &bold)?;
    }
    let table = BaseTable { open, formulas, plan };
    for row in &plan.rows {
        table.row(sheet, *row)?;
    }
    Ok(())
}

fn column_of(month: usize) -> u16 {
    MONTHS + month as u16
}

/// The cell of a month in a row.
pub(super) fn cell(row: u32, month: usize) -> String {
    format!("{}{row}", column_number_to_name(column_of(month)))
}

pub(super) struct BaseTable<'a, 'b> {
    pub(super) open: &'a OpenCase,
    pub(super) formulas: &'a Formulas<'b>,
    pub(super) plan: &'a SheetPlan,
}

impl BaseTable<'_, '_> {
    pub(super) fn option(&self, i: usize) -> &OptionModel {
        &self.open.model.options[i]
    }

    fn row(&self, sheet: &mut Worksheet, row: MonthRow) -> Result<(), XlsxError> {
        let Some(number) = self.plan.number(row) else { return Ok(()) };
        let values = (0..=self.open.model.horizon as usize).filter(|month| self.formula(row, number, *month).is_some());
        let look = if is_money(row) { amount() } else { plain_row(values.map(|month| self.value(row, month))) };
        let (at, look) = (number - 1, if is_sum(row) { look.set_bold() } else { look });
        let words = if is_sum(row) { Format::new().set_bold() } else { Format::new() };
        for (column, text) in (0..).zip(self.labels(row)) {
            sheet.write_string_with_format(at, column, fitting(&text), &words)?;
        }
        if let Some(register) = self.each(row).filter(|register| !self.is_monthly(*register)) {
            self.register(sheet, (at, EACH), register)?;
        }
        for month in 0..=self.open.model.horizon as usize {
            if let Some(formula) = self.formula(row, number, month) {
                write(sheet, (at, column_of(month)), (&formula, self.value(row, month)), &look)?;
            }
        }
        if matches!(row, MonthRow::Line(..) | MonthRow::Absent(..) | MonthRow::Charged(_)) {
            self.sums(sheet, row, number)?;
        }
        Ok(())
    }

    /// The value of a register as a formula, or as a number where no cell can hold the formula.
    fn register(&self, sheet: &mut Worksheet, place: (u32, u16), register: Reg) -> Result<(), XlsxError> {
        let value = self.open.case.value(register);
        match self.formulas.of(register) {
            Some(formula) => write(sheet, place, (&formula, value), &plain(value)),
            None => sheet.write_number_with_format(place.0, place.1, value, &plain(value)).map(|_| ()),
        }
    }

    /// All months added up, and discounted.
    fn sums(&self, sheet: &mut Worksheet, row: MonthRow, number: u32) -> Result<(), XlsxError> {
        let horizon = self.open.model.horizon as usize;
        let values = |m: usize| self.value(row, m);
        let all = |number: u32| format!("{}:{}", cell(number, 0), cell(number, horizon));
        let sum: f64 = (0..=horizon).map(values).sum();
        let discount = &self.open.case.record.discount;
        let discounted: f64 = (0..=horizon).map(|m| values(m) * discount[m]).sum();
        let discounts = all(self.plan.number(MonthRow::Discount).unwrap_or(1));
        write(sheet, (number - 1, TOTAL), (&format!("SUM({})", all(number)), sum), &amount())?;
        let product = format!("SUMPRODUCT({},{discounts})", all(number));
        write(sheet, (number - 1, DISCOUNTED), (&product, discounted), &amount())
    }

    /// Option, line, kind and driver.
    fn labels(&self, row: MonthRow) -> [String; 4] {
        let driver = |i: usize, line: &str, per: &str| [self.option(i).name.as_str(), line, "", per].map(str::to_owned);
        let of = |i: usize, line: &str| driver(i, line, "");
        match row {
            MonthRow::Requests => ["", "requests", "", "month"].map(str::to_owned),
            MonthRow::Growth => ["", "growth factor", "", "month"].map(str::to_owned),
            MonthRow::Discount => ["", "discount factor", "", "month"].map(str::to_owned),
            MonthRow::Price(i) => driver(i, "price level", "month"),
            MonthRow::Retrains(i) => driver(i, "retrains", "month"),
            MonthRow::Migrations(i) => driver(i, "migrations", "first after"),
            MonthRow::SinceTraining(i) => of(i, "months since training"),
            MonthRow::Gpus(i) => driver(i, "GPUs rented", "request"),
            MonthRow::Serves(i) => of(i, "serves"),
            MonthRow::Line(i, k) => {
                let line = &self.option(i).lines[k];
                let [kind, per] = [line.kind.word(), per(line.driver.basis())];
                [self.option(i).name.clone(), line.name.as_str().to_owned(), kind.to_owned(), per.to_owned()]
            }
            MonthRow::Absent(i, line) => {
                let month = if line.absence == Absence::BeforeLaunch { "up to" } else { "after" };
                [self.option(i).name.as_str(), line.name(), line.kind.word(), month].map(str::to_owned)
            }
            MonthRow::Own(i, kind) => {
                [self.option(i).name.as_str(), "running costs if it serves", kind.word(), ""].map(str::to_owned)
            }
            MonthRow::Charged(i) => of(i, "all costs"),
            MonthRow::SoFar(i) => of(i, "costs so far, discounted"),
            MonthRow::Saved(i) => of(i, "saved so far, discounted"),
        }
    }

    /// What stands before the months: a line's cost per unit, a driver's parameter.
    fn each(&self, row: MonthRow) -> Option<Reg> {
        let model = &self.open.model;
        match row {
            MonthRow::Requests => Some(model.requests),
            MonthRow::Growth => Some(model.growth),
            MonthRow::Discount => Some(model.discount),
            MonthRow::Price(i) => Some(self.option(i).price_change),
            MonthRow::Retrains(i) => self.option(i).retrains.map(|retrains| retrains.monthly),
            MonthRow::Migrations(i) => self.option(i).migrations.map(|migrations| migrations.first),
            MonthRow::Gpus(i) => self.option(i).gpus.map(|gpus| gpus.per_request),
            MonthRow::Line(i, k) => Some(self.option(i).lines[k].cost),
            MonthRow::Absent(i, Substitute { absence: Absence::BeforeLaunch, .. }) => Some(self.option(i).absent_until),
            MonthRow::Absent(i, Substitute { absence: Absence::AfterRetirement, .. }) => self.option(i).retire,
            MonthRow::Serves(_)
            | MonthRow::SinceTraining(_)
            | MonthRow::Own(..)
            | MonthRow::Charged(_)
            | MonthRow::SoFar(_)
            | MonthRow::Saved(_) => None,
        }
    }

    fn value(&self, row: MonthRow, month: usize) -> f64 {
        let case = &self.open.case;
        let record = &case.record;
        let passage = |i: usize| &record.options[i];
        let number = |i: usize, line| self.option(i).substitutes.iter().position(|l| *l == line).unwrap_or(0);
        match row {
            MonthRow::Requests => record.requests[month],
            MonthRow::Growth => case.value(self.open.model.growth),
            MonthRow::Discount => record.discount[month],
            MonthRow::Price(i) => passage(i).price[month],
            MonthRow::Retrains(i) => passage(i).retrains[month],
            MonthRow::Migrations(i) => passage(i).migrations[month],
            MonthRow::SinceTraining(i) => self.option(i).since.training.map_or(0.0, |r| record.value(r, month)),
            MonthRow::Gpus(i) => passage(i).gpus[month],
            MonthRow::Serves(i) => passage(i).serves[month],
            MonthRow::Line(i, k) => case.lines[i][k][month].cost,
            MonthRow::Absent(i, line) => case.absent[i][number(i, line)][month].cost,
            MonthRow::Own(i, kind) => self.own_lines(i, kind).map(|(k, line)| self.own_cost(i, k, line, month)).sum(),
            MonthRow::Charged(i) => {
                case.lines[i].iter().chain(&case.absent[i]).map(|entries| entries[month].cost).sum()
            }
            MonthRow::SoFar(i) => passage(i).so_far[month],
            MonthRow::Saved(i) => passage(self.open.model.baseline).so_far[month] - passage(i).so_far[month],
        }
    }

    /// The lines of an option's running costs of a kind.
    pub(super) fn own_lines(&self, i: usize, kind: CostKind) -> impl Iterator<Item = (usize, &CostLine)> {
        let runs = move |line: &CostLine| line.kind == kind && line.driver.basis() != Basis::Once;
        self.option(i).lines.iter().enumerate().filter(move |(_, line)| runs(line))
    }

    fn own_cost(&self, i: usize, k: usize, line: &CostLine, month: usize) -> f64 {
        let entry = self.open.case.lines[i][k][month];
        self.open.case.record.value(line.cost, month) * entry.basis * entry.price_level
    }

    /// What a row holds in a month; `None` where the cell stays empty.
    fn formula(&self, row: MonthRow, number: u32, month: usize) -> Option<String> {
        let each = format!("${}{number}", column_number_to_name(EACH));
        let begun = month > 0;
        match row {
            MonthRow::Discount => {
                Some(if begun { format!("{}*{each}", cell(number, month - 1)) } else { "1".to_owned() })
            }
            MonthRow::Requests => begun.then(|| self.requests(number, month, &each)),
            MonthRow::Price(i) => begun.then(|| self.price(i, number, month, &each)).flatten(),
            MonthRow::Retrains(i) => begun.then(|| self.retrains(i, month, &each)).flatten(),
            MonthRow::Migrations(i) => begun.then(|| self.migrations(i, month, &each)).flatten(),
            MonthRow::SinceTraining(i) => begun.then(|| self.since_training(i, number, month)).flatten(),
            MonthRow::Gpus(i) => begun.then(|| self.gpus(i, month, &each)).flatten(),
            MonthRow::Serves(i) => begun.then(|| self.serves(i, month)),
            MonthRow::Line(i, k) => self.line(i, &self.option(i).lines[k], month, &each),
            MonthRow::Absent(i, line) => begun.then(|| self.absent(i, line, month)),
            MonthRow::Own(i, kind) => begun.then(|| self.own(i, kind, month)),
            MonthRow::Charged(i) => self.charged(i, month),
            MonthRow::SoFar(i) => self.so_far(i, number, month),
            MonthRow::Saved(i) => self.saved(i, month),
            MonthRow::Growth => None,
        }
    }

    /// The cell of a month in another row.
    pub(super) fn at(&self, row: MonthRow, month: usize) -> Option<String> {
        self.plan.number(row).map(|number| cell(number, month))
    }

    /// The cell before the months in another row.
    pub(super) fn each_of(&self, row: MonthRow) -> Option<String> {
        self.plan.number(row).map(|number| format!("${}${number}", column_number_to_name(EACH)))
    }
}

/// The number of a month, in the header.
pub(super) fn header(month: usize) -> String {
    format!("{}$1", column_number_to_name(column_of(month)))
}

fn per(basis: Basis) -> &'static str {
    match basis {
        Basis::Once => "once",
        Basis::Month => "month",
        Basis::Request => "request",
        Basis::Retrain => "retrain",
        Basis::Migration => "migration",
        Basis::Gpu => "GPU",
    }
}

/// The cell of what an option costs in all months, discounted.
pub(super) fn discounted(plan: &SheetPlan, option: usize) -> String {
    let number = plan.number(MonthRow::Charged(option)).unwrap_or(1);
    format!("{BASE_CASE}!${}${number}", column_number_to_name(DISCOUNTED))
}

fn is_sum(row: MonthRow) -> bool {
    matches!(row, MonthRow::Charged(_) | MonthRow::SoFar(_) | MonthRow::Saved(_))
}

fn is_money(row: MonthRow) -> bool {
    let money = matches!(row, MonthRow::Line(..) | MonthRow::Absent(..) | MonthRow::Own(..) | MonthRow::Charged(_));
    money || matches!(row, MonthRow::SoFar(_) | MonthRow::Saved(_))
}
