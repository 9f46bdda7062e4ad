//! One concrete case: a single trial, line by line and month by month, as the simulation computes it.

use std::collections::HashMap;

use super::block::NotFinite;
use super::pilot::not_finite;
use super::record::{LedgerEntry, PathRecord};
use crate::diagnostic::Diagnostic;
use crate::inputs::Inputs;
use crate::model::{EventKeys, Model, MonthlyCosts, OptionModel};
use crate::quantity::{Coordinates, Law, Reg, Registers, Variable};
use crate::sample::{BLOCK, Design, Rows};
use crate::scenario::{Field, Scenario};

/// Which case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseKind {
    /// Every input at its mean; random retrains come as often as expected, and projects that may fail succeed: of their
    /// failure there is nothing to be shown.
    Mean,
    /// Every input at its median; otherwise the same.
    Median,
    /// A trial of the run, by its number in `trials.csv`.
    Trial(u64),
}

/// A case.
#[derive(Clone, Debug)]
pub struct Case {
    /// The value of each random variable, by number.
    pub inputs: Vec<f64>,
    /// By option and line of its own: what it was in each month, from 0.
    pub lines: Vec<Vec<Vec<LedgerEntry>>>,
    /// By option, what it is charged while another serves, in each month.
    pub absent: Vec<Vec<Vec<LedgerEntry>>>,
    /// What happened in each month.
    pub record: PathRecord,
}

impl Case {
    /// Works out a case.
    ///
    /// # Errors
    /// A value that is not finite, or a trial that the run does not have.
    pub fn new(scenario: &Scenario, model: &Model, at: CaseKind) -> Result<Case, Diagnostic> {
        let (registers, monthly) = draw(scenario, model, at)?;
        Ok(Case::of(model, registers, monthly))
    }

    /// The case of a model in which the variables have these values, by name; others have their median. Random retrains
    /// come as often as expected.
    ///
    /// # Errors
    /// A value that is not finite.
    pub fn with(scenario: &Scenario, model: &Model, values: &HashMap<&str, f64>) -> Result<Case, Diagnostic> {
        let mut registers = Registers::new(&model.program, 1);
        let mut monthly = MonthlyCosts::new(model, 1);
        let middle = Coordinates::new(model.program.variables.len(), 1);
        let given = |variable: &Variable, median: f64| {
            values.get(variable.name.as_str()).copied().unwrap_or_else(|| without_noise(median))
        };
        compute(model, &middle, given, &mut registers);
        monthly.expect_events(model, &registers, 1);
        NotFinite::check(&mut registers).map_err(|bad| not_finite(scenario, bad))?;
        Ok(Case::of(model, registers, monthly))
    }

    fn of(model: &Model, mut registers: Registers, mut monthly: MonthlyCosts) -> Case {
        let record = PathRecord::new(model, &mut registers, &mut monthly);
        let lines = |(i, option): (usize, &OptionModel)| {
            option.lines.iter().enumerate().map(|(k, line)| record.line(model, i, k, line)).collect()
        };
        Case {
            inputs: model.program.variables.iter().map(|v| registers.column(v.register, 1)[0]).collect(),
            lines: model.options.iter().enumerate().map(lines).collect(),
            absent: (0..model.options.len()).map(|i| record.absent(model, i)).collect(),
            record,
        }
    }

    /// Discounted cost of all months of an option.
    pub fn total(&self, option: usize) -> f64 {
        self.record.options[option].so_far.last().copied().unwrap_or(0.0)
    }

    /// The value of a field of an option; 0 where nothing stands.
    pub fn field(&self, scenario: &Scenario, option: usize, field: Field) -> f64 {
        scenario.options[option].get(field).map_or(0.0, |register| self.value(register))
    }

    /// The value of a field outside the options.
    pub fn common(&self, scenario: &Scenario, field: Field) -> f64 {
        scenario.common(field).map_or(0.0, |register| self.value(register))
    }

    /// The value of a register; of one that differs by month that of month 1.
    pub fn value(&self, register: Reg) -> f64 {
        self.record.value(register, 1)
    }
}

/// The registers of a case, and its monthly costs with their events.
fn draw(scenario: &Scenario, model: &Model, at: CaseKind) -> Result<(Registers, MonthlyCosts), Diagnostic> {
    let mut registers = Registers::new(&model.program, 1);
    let mut monthly = MonthlyCosts::new(model, 1);
    match at {
        CaseKind::Mean | CaseKind::Median => {
            let middle = Coordinates::new(model.program.variables.len(), 1);
            let given = |variable: &Variable, median: f64| {
                let success = scenario.options.iter().any(|option| option.success == Some(variable.register));
                let typical = if at == CaseKind::Mean { mean(variable) } else { None };
                if success { 1.0 } else { without_noise(typical.unwrap_or(median)) }
            };
            compute(model, &middle, given, &mut registers);
            monthly.expect_events(model, &registers, 1);
        }
        CaseKind::Trial(number) => {
            let place = Place::of(scenario, number)?;
            compute(model, &place.coordinates(scenario, model), |_, drawn| drawn, &mut registers);
            let keys = EventKeys::new(model, scenario.simulation.seed, place.randomisation);
            monthly.draw_events(model, &registers, &keys, place.row);
        }
    }
    NotFinite::check(&mut registers).map_err(|bad| not_finite(scenario, bad))?;
    Ok((registers, monthly))
}

/// A number without the digits that only the interpolation of quantiles has left: a median of 3,000,000.000000002
/// requests must not need one more of what serves a million.
fn without_noise(x: f64) -> f64 {
    format!("{x:.9e}").parse().unwrap_or(x)
}

/// Carries out the program at some coordinates, with given values in place of what is drawn there.
fn compute(model: &Model, coordinates: &Coordinates, given: impl Fn(&Variable, f64) -> f64, registers: &mut Registers) {
    let program = &model.program;
    for op in program.per_trial() {
        registers.run(program, &[*op], coordinates, 1);
        if let Some(variable) = program.drawn_by(*op).map(|v| &program.variables[v]) {
            let drawn = registers.column(variable.register, 1)[0];
            registers.fill(variable.register, given(variable, drawn));
        }
    }
}

/// The mean of a variable; of a choice, or where it does not exist or differs by trial, there is none.
fn mean(variable: &Variable) -> Option<f64> {
    match &variable.law {
        Law::Fixed(quantiles) => Some(quantiles.dist().mean()).filter(|mean| mean.is_finite()),
        Law::Varying(_) | Law::Choice(_) => None,
    }
}

/// Where a trial of the run stands.
struct Place {
    design: Design,
    randomisation: u32,
    /// The trial's own.
    row: Rows,
}

impl Place {
    fn of(scenario: &Scenario, number: u64) -> Result<Place, Diagnostic> {
        let design = Design::new(scenario.simulation.sampler, scenario.simulation.trials);
        let mut left = number.wrapping_sub(1);
        for randomisation in 0..design.randomisations {
            if left < design.points_of(randomisation) {
                let row = Rows { block: left / BLOCK as u64, first: (left % BLOCK as u64) as usize, count: 1 };
                return Ok(Place { design, randomisation, row });
            }
            left -= design.points_of(randomisation);
        }
        let help = format!("trials are numbered from 1 to {}", design.trials());
        Err(Diagnostic::general(format!("the run has no trial {number}")).help(help))
    }

    /// The coordinates of this trial alone.
    fn coordinates(&self, scenario: &Scenario, model: &Model) -> Coordinates {
        let variables = model.program.variables.len();
        let inputs = Inputs::new(scenario, &model.program, self.design);
        let mut scratch = Inputs::block(&model.program, BLOCK);
        let Rows { block, first: trial, .. } = self.row;
        let rows = Rows::of_block(block, self.design.block_size(self.randomisation, block));
        let drawn = inputs.place(&inputs.axes(self.randomisation), rows, &mut scratch);
        let mut own = Coordinates::new(variables, 1);
        (0..variables).for_each(|v| own.column_mut(v, 1)[0] = drawn.column(v, trial + 1)[trial]);
        own
    }
}
