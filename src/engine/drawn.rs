//! The first trials of a scenario, drawn, for looking at what its fields come to.

use super::block::{Randomisation, Worker};
use super::metric::{Collected, Metric};
use crate::diagnostic::Span;
use crate::inputs::Inputs;
use crate::model::{EventKeys, Model};
use crate::sample::{Design, Rows};
use crate::scenario::{Field, Place, Scenario};
use crate::stats::Bins;

/// Drawn trials.
pub struct Drawn<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its model.
    pub model: &'a Model,
    worker: Worker,
    n: usize,
}

impl<'a> Drawn<'a> {
    /// Draws a block; `None` where a value is not finite, which others report.
    pub fn new(scenario: &'a Scenario, model: &'a Model) -> Option<Drawn<'a>> {
        let design = Design::new(scenario.simulation.sampler, scenario.simulation.trials);
        let inputs = Inputs::new(scenario, &model.program, design);
        let unused: Vec<Bins> = Metric::BINNED.iter().map(|_| Bins::round(0.0, 1.0, 1)).collect();
        let mut worker = Worker::new(model, &unused, Collected::WithSavings);
        let keys = EventKeys::new(model, scenario.simulation.seed, 0);
        let randomisation = Randomisation { number: 0, axes: inputs.axes(0), keys };
        let n = design.block_size(0, 0);
        worker.draw(model, &inputs, &randomisation, Rows::of_block(0, n)).ok()?;
        worker.first_month(model, n);
        Some(Drawn { scenario, model, worker, n })
    }

    /// The values of a field of an option, where it has any; of one that differs by month those of month 1.
    pub fn field(&self, option: usize, field: Field) -> Option<&[f64]> {
        let register = self.scenario.options[option].get(field)?;
        Some(self.worker.registers.column(register, self.n))
    }

    /// The mean of a field of an option; 0 where it has none.
    pub fn mean(&self, option: usize, field: Field) -> f64 {
        self.field(option, field).map_or(0.0, mean)
    }

    /// The mean of a field outside the options.
    pub fn common(&self, field: Field) -> f64 {
        self.scenario.common(field).map_or(0.0, |register| mean(self.worker.registers.column(register, self.n)))
    }

    /// Where a field of an option is written, if it is.
    pub fn place(&self, option: usize, field: Field) -> Option<Span> {
        self.scenario.span(&Place::Option(option, field))
    }
}

fn mean(column: &[f64]) -> f64 {
    column.iter().sum::<f64>() / column.len() as f64
}
