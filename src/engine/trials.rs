//! Single trials, for those who want to look at them.

use super::block::{Randomisation, Worker};
use super::metric::{Collected, Metric};
use super::options::RunError;
use super::watch::{Halt, Watch};
use crate::inputs::Inputs;
use crate::model::{EventKeys, Model};
use crate::sample::{Design, Rows};
use crate::scenario::Scenario;
use crate::stats::Bins;

/// One trial.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrialRow {
    /// Its number, from 1.
    pub trial: u64,
    /// The values of the random variables, by number; the branch's number for those that pick one.
    pub inputs: Vec<f64>,
    /// Total cost by option.
    pub totals: Vec<f64>,
    /// By option, the first month at which it is no dearer than the baseline so far; `None` for never.
    pub break_even: Vec<Option<u32>>,
}

/// Passes the first `count` trials of a run of that design to `each`, in order, one randomisation after the other.
///
/// # Errors
/// What `each` says, a value that is not finite, or an early end.
pub fn trials<E>(
    scenario: &Scenario,
    model: &Model,
    design: Design,
    count: u64,
    watch: Watch<'_>,
    mut each: impl FnMut(&TrialRow) -> Result<(), E>,
) -> Result<Result<(), E>, RunError> {
    let inputs = Inputs::new(scenario, &model.program, design);
    let unused: Vec<Bins> = Metric::BINNED.iter().map(|_| Bins::round(0.0, 1.0, 1)).collect();
    let mut worker = Worker::new(model, &unused, Collected::WithSavings);
    let mut row = TrialRow::default();
    for r in 0..design.randomisations {
        let keys = EventKeys::new(model, scenario.simulation.seed, r);
        let randomisation = Randomisation { number: r, axes: inputs.axes(r), keys };
        for block in 0..design.blocks(r) {
            if row.trial >= count.min(design.trials()) {
                return Ok(Ok(()));
            }
            watch.go_on().map_err(|halt| halt.failure(scenario))?;
            let n = design.block_size(r, block);
            let rows = Rows::of_block(block, n);
            let drawn = worker.draw(model, &inputs, &randomisation, rows);
            let run = drawn.and_then(|()| worker.simulate(model, &randomisation, rows, None));
            run.map_err(|bad| Halt::from(bad).failure(scenario))?;
            let left = (count - row.trial).min(n as u64) as usize;
            for t in 0..left {
                fill(&mut row, model, &worker, t, n);
                if let Err(error) = each(&row) {
                    return Ok(Err(error));
                }
            }
        }
    }
    Ok(Ok(()))
}

fn fill(row: &mut TrialRow, model: &Model, worker: &Worker, t: usize, n: usize) {
    row.trial += 1;
    row.inputs.clear();
    row.inputs.extend(model.program.variables.iter().map(|v| worker.registers.column(v.register, n)[t]));
    row.totals.clear();
    row.totals.extend((0..model.options.len()).map(|i| worker.outcomes.totals(i)[t]));
    row.break_even.clear();
    row.break_even.extend((0..model.options.len()).map(|i| worker.outcomes.held(i).first(t)));
}
