//! One concrete case: a single trial, line by line and month by month, as the simulation computes it.

use super::block::NotFinite;
use super::ledger::{COLUMNS, Ledger};
use super::pilot::not_finite;
use super::sums::{Sums, first_line, line_count};
use crate::diagnostic::Diagnostic;
use crate::inputs::Inputs;
use crate::model::{EventKeys, Model, Walk};
use crate::quantity::{Coordinates, Law, Reg, Registers};
use crate::sample::{BLOCK, Design};
use crate::scenario::{Field, Scenario};

/// Which case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Every input at its mean; random retrains come as often as expected.
    Mean,
    /// Every input at its median.
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
    pub lines: Vec<Vec<Vec<Entry>>>,
    /// By option, what it is charged while another serves, in each month.
    pub moved: Vec<Vec<Vec<Entry>>>,
    /// By option: discounted cost of all months.
    pub totals: Vec<f64>,
    /// What a cost at the end of each month is worth at the start, from month 0.
    pub discount: Vec<f64>,
    registers: Registers,
}

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

impl Case {
    /// Works out a case.
    ///
    /// # Errors
    /// A value that is not finite, or a trial that the run does not have.
    pub fn new(scenario: &Scenario, model: &Model, at: At) -> Result<Case, Diagnostic> {
        let (registers, walk) = draw(scenario, model, at)?;
        Ok(go_through(model, registers, walk))
    }

    /// The value of a field of an option; 0 where nothing stands.
    pub fn field(&self, scenario: &Scenario, option: usize, field: Field) -> f64 {
        scenario.options[option].get(field).map_or(0.0, |register| self.value(register))
    }

    /// The value of a field outside the options.
    pub fn common(&self, scenario: &Scenario, field: Field) -> f64 {
        scenario.common(field).map_or(0.0, |register| self.value(register))
    }

    /// The value of a register.
    pub fn value(&self, register: Reg) -> f64 {
        self.registers.column(register, 1)[0]
    }
}

/// The registers of a case, and a walk that knows its events.
fn draw(scenario: &Scenario, model: &Model, at: At) -> Result<(Registers, Walk), Diagnostic> {
    let mut registers = Registers::new(&model.program, 1);
    let mut walk = Walk::new(model, 1);
    match at {
        At::Mean | At::Median => {
            compute(model, &Coordinates::new(model.program.variables.len(), 1), at == At::Mean, &mut registers);
            walk.expect_events(model, &registers, 1);
        }
        At::Trial(number) => {
            let place = Place::of(scenario, number)?;
            compute(model, &place.coordinates(scenario, model), false, &mut registers);
            let keys = EventKeys::new(model, scenario.simulation.seed, place.randomisation);
            walk.draw_events_of(model, &registers, &keys, (place.block, place.trial));
        }
    }
    NotFinite::check(model, &mut registers).map_err(|bad| not_finite(scenario, &bad))?;
    Ok((registers, walk))
}

/// Carries out the program at some coordinates, or with means in place of what is drawn there.
fn compute(model: &Model, coordinates: &Coordinates, means: bool, registers: &mut Registers) {
    let program = &model.program;
    for op in 0..program.operations() {
        registers.run(program, &[op], coordinates, 1);
        let Some(variable) = program.drawn_by(op).map(|v| &program.variables[v]).filter(|_| means) else { continue };
        // Of a choice, or where the mean does not exist or differs by trial, the median stands.
        if let Law::Fixed(quantiles) = &variable.law
            && quantiles.dist().mean().is_finite()
        {
            registers.fill(variable.register, quantiles.dist().mean());
        }
    }
}

/// Where a trial of the run stands.
struct Place {
    design: Design,
    randomisation: u32,
    block: u64,
    /// Its number in the block.
    trial: usize,
}

impl Place {
    fn of(scenario: &Scenario, number: u64) -> Result<Place, Diagnostic> {
        let design = Design::new(scenario.simulation.sampler, scenario.simulation.trials);
        let mut left = number.wrapping_sub(1);
        for randomisation in 0..design.randomisations {
            if left < design.points_of(randomisation) {
                let (block, trial) = (left / BLOCK as u64, (left % BLOCK as u64) as usize);
                return Ok(Place { design, randomisation, block, trial });
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
        let mut room = Inputs::block(&model.program, BLOCK);
        let at = (self.block, self.design.block_size(self.randomisation, self.block));
        let drawn = inputs.place(&inputs.axes(self.randomisation), at, &mut room);
        let mut own = Coordinates::new(variables, 1);
        (0..variables).for_each(|v| own.column_mut(v, 1)[0] = drawn.column(v, self.trial + 1)[self.trial]);
        own
    }
}

fn go_through(model: &Model, registers: Registers, mut walk: Walk) -> Case {
    let months = model.horizon as usize;
    let mut ledger = Ledger::new(model, 1);
    ledger.start(model, &registers, 1);
    walk.start(model, &registers, 0..1);
    let mut paced: Vec<Vec<Vec<(f64, f64)>>> =
        model.options.iter().map(|o| vec![vec![(1.0, 1.0); months + 1]; o.lines.len()]).collect();
    let mut discount = vec![1.0];
    while walk.month() < model.horizon {
        walk.advance(model, &registers);
        ledger.month(model, &registers, &walk);
        discount.push(walk.discount()[0]);
        for (i, option) in model.options.iter().enumerate() {
            for (k, line) in option.lines.iter().enumerate() {
                let (basis, price) = walk.units(i, line);
                paced[i][k][walk.month() as usize] = (basis[0], price[0]);
            }
        }
    }
    let mut sums = Sums::default();
    ledger.finish(1, &mut sums);
    let entry = |index: usize, month: usize, (basis, price_level): (f64, f64)| {
        let at = (index * (months + 1) + month) * COLUMNS;
        Entry { basis, price_level, cost: sums.ledger[at + 1], discounted: sums.ledger[at + 2] }
    };
    let of = |i: usize, k: usize, paces: Option<&Vec<(f64, f64)>>| -> Vec<Entry> {
        let pace = |m: usize| paces.map_or((1.0, 1.0), |paces| paces[m]);
        (0..=months).map(|m| entry(first_line(model, i) + k, m, pace(m))).collect()
    };
    let own = |i: usize| model.options[i].lines.len();
    let options = 0..model.options.len();
    Case {
        inputs: model.program.variables.iter().map(|v| registers.column(v.register, 1)[0]).collect(),
        lines: options.clone().map(|i| (0..own(i)).map(|k| of(i, k, Some(&paced[i][k]))).collect()).collect(),
        moved: options.clone().map(|i| (own(i)..line_count(model, i)).map(|k| of(i, k, None)).collect()).collect(),
        totals: options.map(|i| walk.total(i)[0]).collect(),
        discount,
        registers,
    }
}
