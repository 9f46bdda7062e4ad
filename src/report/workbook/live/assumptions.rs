//! The sheet of assumptions: every number that the scenario writes, and every formula over them.

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

use super::super::sheet::fitting;
use super::base_case;
use super::formula::Formulas;
use super::plan::SheetPlan;
use super::{ASSUMPTIONS, amount, in_unit, write};
use crate::engine::OpenCase;
use crate::quantity::Variable;
use crate::quantity::{Derivation, Reg};
use crate::scenario::{Field, VolumeUnit, WrittenQuantity};

const NOTES: [&str; 2] = [
    "One case, with every input at its median. Change a blue number: the costs on the sheet base_case follow.",
    "The medians of the inputs do not give the median of the costs, nor how sure it is: the sheet summary does.",
];
const HEADER: [&str; 4] = ["assumption", "value", "unit", "as written"];
const WIDTHS: [f64; 4] = [48.0, 16.0, 24.0, 40.0];
/// What it comes to, beside the assumptions.
const OUTCOME: [&str; 3] = ["option", "total, discounted", "saves"];
const OUTCOME_WIDTHS: [f64; 3] = [28.0, 18.0, 16.0];
/// The column of what it comes to, from 0.
const OUTCOME_COLUMN: u16 = 5;
/// The colour of numbers that are to be changed.
const BLUE: Color = Color::RGB(0x00_00_FF);
/// The row of the header, from 0.
const HEADER_ROW: u32 = 3;

/// A line of the sheet.
struct Row {
    name: String,
    value: f64,
    /// What it follows from; `None` for a number that is to be changed.
    formula: Option<String>,
    /// The field it stands in, if it stands in one.
    field: Option<Field>,
    unit: String,
    written: String,
}

/// Fills the sheet, and lets its cells stand for what they hold.
pub(super) fn add(
    sheet: &mut Worksheet,
    open: &OpenCase,
    formulas: &mut Formulas<'_>,
    plan: &SheetPlan,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let right = Format::new().set_bold().set_align(FormatAlign::Right);
    let beside = Format::new().set_indent(1);
    sheet.set_name(ASSUMPTIONS)?.set_freeze_panes(HEADER_ROW + 1, 1)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    for (row, note) in (0..).zip(NOTES) {
        sheet.write_string(row, 0, note)?;
    }
    for (column, (text, width)) in (0..).zip(HEADER.into_iter().zip(WIDTHS)) {
        let look = if column == 1 { &right } else { &bold };
        sheet.set_column_width(column, width)?.write_string_with_format(HEADER_ROW, column, text, look)?;
    }
    for (row, line) in (HEADER_ROW + 1..).zip(rows(open, formulas)) {
        sheet.write_string(row, 0, fitting(&line.name))?;
        let look = in_unit(line.field, line.value);
        match &line.formula {
            Some(formula) => write(sheet, (row, 1), (formula, line.value), &look)?,
            None => {
                sheet.write_number_with_format(row, 1, line.value, &look.set_font_color(BLUE))?;
            }
        }
        sheet.write_string_with_format(row, 2, &line.unit, &beside)?.write_string(row, 3, fitting(&line.written))?;
    }
    outcome(sheet, open, plan)
}

/// What each option costs in this case, and what it saves, where the assumptions are changed.
fn outcome(sheet: &mut Worksheet, open: &OpenCase, plan: &SheetPlan) -> Result<(), XlsxError> {
    let (bold, right) = (Format::new().set_bold(), Format::new().set_bold().set_align(FormatAlign::Right));
    for (column, (text, width)) in (OUTCOME_COLUMN..).zip(OUTCOME.into_iter().zip(OUTCOME_WIDTHS)) {
        let look = if column == OUTCOME_COLUMN { &bold } else { &right };
        sheet.set_column_width(column, width)?.write_string_with_format(HEADER_ROW, column, text, look)?;
    }
    let (model, total) = (&open.model, |i: usize| open.case.total(i));
    for (row, (i, option)) in (HEADER_ROW + 1..).zip(model.options.iter().enumerate()) {
        sheet.write_string(row, OUTCOME_COLUMN, fitting(&option.name))?;
        let [own, base] = [i, model.baseline].map(|i| base_case::discounted(plan, i));
        write(sheet, (row, OUTCOME_COLUMN + 1), (&own, total(i)), &amount())?;
        if model.is_challenger(i) {
            let saved = (format!("{base}-{own}"), total(model.baseline) - total(i));
            write(sheet, (row, OUTCOME_COLUMN + 2), (&saved.0, saved.1), &amount())?;
        }
    }
    Ok(())
}

fn rows(open: &OpenCase, formulas: &mut Formulas<'_>) -> Vec<Row> {
    let mut list = List { open, formulas, rows: Vec::new() };
    for quantity in &open.scenario.written {
        // Its value says how likely a success is, but the case is one in which it happens or not.
        if quantity.field != Some(Field::SuccessProbability) {
            list.quantity(quantity);
        }
    }
    for (number, variable) in open.model.program.variables.iter().enumerate() {
        if !list.formulas.has_cell(variable.register) {
            list.variable(number, variable.name.clone());
        }
    }
    list.rows
}

struct List<'a, 'b, 'c> {
    open: &'a OpenCase,
    formulas: &'b mut Formulas<'c>,
    rows: Vec<Row>,
}

impl List<'_, '_, '_> {
    /// Adds a row, whose cell stands for a register.
    fn push(&mut self, register: Reg, row: Row) {
        let cell = format!("{ASSUMPTIONS}!$B${}", HEADER_ROW as usize + 2 + self.rows.len());
        self.formulas.stand(register, &cell);
        self.rows.push(row);
    }

    fn variable(&mut self, number: usize, name: String) {
        let variable = &self.open.model.program.variables[number];
        let (value, written) = (self.open.case.value(variable.register), variable.written.clone());
        let unit = self.unit_of(variable);
        self.push(variable.register, Row { name, value, formula: None, field: None, unit, written });
    }

    /// What a variable that stands in no field is counted in.
    fn unit_of(&self, variable: &Variable) -> String {
        let success = self.open.scenario.options.iter().any(|option| option.success == Some(variable.register));
        if success { "1: succeeds, 0: fails".to_owned() } else { String::new() }
    }

    fn quantity(&mut self, quantity: &WrittenQuantity) {
        let WrittenQuantity { register, path, text, field, is_amount, variable, .. } = quantity;
        if self.open.model.program.is_monthly(*register) {
            return self.monthly(quantity);
        }
        let itself = variable.map(|number| self.open.model.program.variables[number].register);
        // A variable that has a cell is another quantity's, which this one refers to.
        let itself = itself.filter(|drawn| !self.formulas.has_cell(*drawn));
        if itself.is_none() {
            for (number, _) in self.formulas.variables(*register) {
                let name = &self.open.model.program.variables[number].name;
                let name = if name == path { format!("{name} (drawn)") } else { name.clone() };
                self.variable(number, name);
            }
        }
        // A field holds its values to its range: what is drawn then has a cell of its own.
        let named = self.rows.iter().any(|row| row.name == *path);
        let unit = field.map_or(if *is_amount { "money" } else { "" }, Field::unit);
        let row = Row {
            name: if named { format!("{path} (as used)") } else { path.clone() },
            value: self.open.case.value(*register),
            formula: if itself.is_none() { self.formula(*register) } else { None },
            field: *field,
            unit: unit.replace("money", &self.open.scenario.currency),
            written: text.clone(),
        };
        self.push(*register, row);
        if let Some(variable) = itself {
            let cell = self.formulas.of(*register).unwrap_or_default();
            self.formulas.stand(variable, &cell);
        }
    }

    /// What differs by month stands in the months' columns; here are the variables in it, and the volume of requests.
    fn monthly(&mut self, quantity: &WrittenQuantity) {
        let volume = self.open.model.requests;
        if quantity.field == Some(Field::Requests) && !self.formulas.has_cell(volume) {
            for (number, _) in self.formulas.variables(volume) {
                let name = format!("{} (drawn)", self.open.model.program.variables[number].name);
                self.variable(number, name);
            }
            let unit = self.open.scenario.volume().map(|volume| volume.unit);
            let what = if unit == Some(VolumeUnit::Average) { "average month" } else { "month 1" };
            let row = Row {
                name: format!("{} ({what})", quantity.path),
                value: self.open.case.value(volume),
                formula: self.formula(volume),
                field: quantity.field,
                unit: Field::Requests.unit().to_owned(),
                written: quantity.text.clone(),
            };
            self.push(volume, row);
        }
        for (number, _) in self.formulas.variables(quantity.register) {
            self.variable(number, self.open.model.program.variables[number].name.clone());
        }
    }

    /// What follows from other cells; `None` for a number, and for what no cell can hold as a formula.
    fn formula(&self, register: Reg) -> Option<String> {
        let is_number = matches!(self.formulas.meaning(register), Derivation::Number(_));
        if is_number && !self.formulas.has_cell(register) { None } else { self.formulas.of(register) }
    }
}
