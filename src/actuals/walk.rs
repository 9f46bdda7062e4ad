//! What an option's model is asked, sent and paid in some months, trial by trial.

use std::ops::RangeInclusive;

use super::figure::UseMetric;
use crate::engine::{Halt, NotFinite, Probe, Probed, Progress, Trials, Watch};
use crate::inputs::{Block, Inputs};
use crate::model::{Basis, CostLine, LineName, Model, MonthlyCosts};
use crate::quantity::{Coordinates, Reg, Registers};
use crate::sample::{BLOCK, Design, Rows, VariablePoints};
use crate::scenario::{BuiltIn, Scenario};
use crate::sensitivity::by_randomisation;
use crate::stats::Merge;

/// What is worked out of a month.
const METRICS: usize = UseMetric::ALL.len();

/// The lines that the vendor of an option's model is paid by: what is sent, instructions, and what is generated.
pub fn inference_lines(model: &Model, option: usize) -> impl Iterator<Item = &CostLine> {
    let inference = [BuiltIn::InputTokens, BuiltIn::InstructionTokens, BuiltIn::OutputTokens];
    let is_it = move |line: &&CostLine| matches!(&line.name, LineName::BuiltIn(name) if inference.contains(name));
    model.options[option].lines.iter().filter(is_it)
}

/// A scenario whose trials go through some months.
pub struct Walk<'a> {
    model: &'a Model,
    option: usize,
    months: RangeInclusive<u32>,
    inputs: Inputs,
    probe: Probe<'a>,
    design: Design,
    watch: Watch<'a>,
}

/// The room of one worker.
struct Room {
    block: Block,
    probed: Probed,
    /// By month and metric.
    columns: Vec<Vec<f64>>,
}

/// A block of trials that went through the months.
pub struct Walked<'r> {
    columns: &'r [Vec<f64>],
    /// The coordinates of the variables.
    pub coordinates: &'r Coordinates,
    /// The values of quantities.
    pub registers: &'r Registers,
    /// How many trials.
    pub n: usize,
}

impl Walked<'_> {
    /// A metric of a month, counted from 0, by trial.
    pub fn column(&self, month: usize, metric: UseMetric) -> &[f64] {
        &self.columns[month * METRICS + metric.index()][..self.n]
    }

    /// The sum of what is spent in some months, by trial.
    pub fn spent(&self, months: impl Iterator<Item = usize>) -> Vec<f64> {
        let mut sum = vec![0.0; self.n];
        for month in months {
            sum.iter_mut().zip(self.column(month, UseMetric::Spend)).for_each(|(sum, x)| *sum += x);
        }
        sum
    }
}

impl<'a> Walk<'a> {
    /// Of an option by number, through months counted from 1.
    pub fn new(
        scenario: &Scenario,
        model: &'a Model,
        option: usize,
        months: RangeInclusive<u32>,
        watch: Watch<'a>,
    ) -> Walk<'a> {
        let design = Design::new(scenario.simulation.sampler, scenario.simulation.trials);
        Walk {
            model,
            option,
            months,
            inputs: Inputs::new(scenario, &model.program, design),
            probe: Probe::new(model, scenario.simulation.seed).with_everything(),
            design,
            watch,
        }
    }

    /// How many months there are.
    pub fn months(&self) -> usize {
        (self.months.end() - self.months.start()) as usize + 1
    }

    /// How many trials there are.
    pub fn trials(&self) -> u64 {
        self.design.trials()
    }

    /// What the blocks of each randomisation add up to.
    ///
    /// # Errors
    /// A value that is not finite in some trial, or an early end.
    pub fn by_randomisation<S: Merge + Clone + Send>(
        &self,
        add_up: impl Fn(&Walked<'_>) -> S + Sync,
    ) -> Result<Vec<S>, Halt> {
        let block = |room: &mut Room, at: (u32, &[VariablePoints]), rows: Rows| {
            self.watch.go_on()?;
            self.go(room, at, rows)?;
            self.watch.tell(Progress::Trials(rows.count as u64));
            Ok(add_up(&Walked {
                columns: &room.columns,
                coordinates: room.block.coordinates(),
                registers: &room.probed.registers,
                n: rows.count,
            }))
        };
        by_randomisation(|r| self.inputs.axes(r), &self.design, || self.room(), block)
    }

    fn room(&self) -> Room {
        Room {
            block: Inputs::block(&self.model.program, BLOCK),
            probed: self.probe.scratch(BLOCK),
            columns: vec![vec![0.0; BLOCK]; self.months() * METRICS],
        }
    }

    fn go(&self, room: &mut Room, (r, axes): (u32, &[VariablePoints]), rows: Rows) -> Result<(), Halt> {
        let Room { block, probed, columns } = room;
        let coordinates = self.inputs.place(axes, rows, block);
        let trials = Trials::new(coordinates, r, rows);
        let first = *self.months.start();
        self.probe.months(&trials, *self.months.end(), probed, |registers, monthly| {
            if let Some(month) = monthly.month().checked_sub(first) {
                let own = &mut columns[month as usize * METRICS..][..METRICS];
                self.write(registers, monthly, own);
            }
        })?;
        let is_finite = |column: &Vec<f64>| column[..rows.count].iter().sum::<f64>().is_finite();
        if columns.iter().all(is_finite) { Ok(()) } else { Err(NotFinite::Total(self.option).into()) }
    }

    /// Writes the current month of some trials.
    fn write(&self, registers: &Registers, monthly: &MonthlyCosts, columns: &mut [Vec<f64>]) {
        let trials = monthly.trials();
        let option = &self.model.options[self.option];
        let tokens = &option.tokens;
        let part = |register: Reg| registers.part(register, &trials);
        let requests = monthly.counted(self.option, Basis::Request);
        let column = |metric: UseMetric| metric.index();
        for (t, at) in trials.clone().enumerate() {
            let answered = requests[t] * part(option.served)[t];
            let calls = answered * part(tokens.calls)[t];
            columns[column(UseMetric::Requests)][at] = answered;
            columns[column(UseMetric::InputTokens)][at] =
                calls * (part(tokens.input)[t] + part(tokens.instructions)[t]);
            columns[column(UseMetric::OutputTokens)][at] = calls * part(tokens.output)[t];
        }
        let spend = &mut columns[column(UseMetric::Spend)][trials.clone()];
        spend.fill(0.0);
        for line in inference_lines(self.model, self.option) {
            add_line(part(line.cost), requests, monthly.price_level(line.price_of), spend);
        }
    }
}

/// Adds what a line comes to: its cost for each request, the requests, and the level of its prices.
fn add_line(cost: &[f64], requests: &[f64], level: &[f64], spend: &mut [f64]) {
    for (t, spend) in spend.iter_mut().enumerate() {
        *spend += cost[t] * requests[t] * level[t];
    }
}
