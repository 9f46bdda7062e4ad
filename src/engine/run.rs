//! The run: randomisations one after the other, their blocks in parallel.

use std::sync::Mutex;

use rayon::prelude::*;

use super::DETAIL_TRIALS;
use super::block::{NotFinite, Randomisation, Worker};
use super::counts::Counts;
use super::figures::figures;
use super::layout::Layout;
use super::pilot::{Pilot, not_finite};
use super::results::Results;
use super::sums::Sums;
use super::volume::VolumePlan;
use crate::diagnostic::Diagnostic;
use crate::inputs::Inputs;
use crate::model::{EventKeys, Model};
use crate::sample::Design;
use crate::scenario::Scenario;
use crate::stats::{Fold, Spread};

/// Memory that the sums of unfinished blocks may take.
const WAVE_BYTES: usize = 32 << 20;
/// Most blocks of a wave.
const WAVE_BLOCKS: u64 = 256;

/// How to run.
#[derive(Clone, Copy, Default)]
pub struct RunOptions<'a> {
    /// Worker threads; all cores if `None`. Results do not depend on it.
    pub threads: Option<usize>,
    /// Called with the number of trials just finished.
    pub progress: Option<&'a (dyn Fn(u64) + Sync)>,
}

/// Why a run failed.
#[derive(Debug)]
pub enum Failure {
    /// The scenario cannot be computed.
    Scenario(Diagnostic),
    /// The worker threads could not be started.
    Threads(String),
}

struct Engine<'a> {
    model: &'a Model,
    inputs: Inputs,
    design: Design,
    seed: u64,
    volumes: VolumePlan,
    /// Blocks of each randomisation that are run in detail.
    detailed: u64,
    workers: Vec<Mutex<Worker>>,
    progress: Option<&'a (dyn Fn(u64) + Sync)>,
}

/// Runs a scenario after its pilot.
///
/// # Errors
/// A value that is not finite in some trial, or threads that cannot be had.
pub fn run(scenario: &Scenario, model: &Model, pilot: &Pilot, options: RunOptions<'_>) -> Result<Results, Failure> {
    let mut builder = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = options.threads {
        builder = builder.num_threads(threads.max(1));
    }
    let pool = builder.build().map_err(|e| Failure::Threads(e.to_string()))?;
    let design = Design::new(scenario.simulation.sampler, scenario.simulation.trials);
    let threads = pool.current_num_threads();
    let engine = Engine {
        model,
        inputs: Inputs::new(scenario, &model.program, design),
        design,
        seed: scenario.simulation.seed,
        volumes: VolumePlan::new(model, pilot.median_requests),
        detailed: (DETAIL_TRIALS / u64::from(design.randomisations)).div_ceil(crate::sample::BLOCK as u64),
        workers: (0..threads).map(|_| Mutex::new(Worker::new(model, &pilot.edges))).collect(),
        progress: options.progress,
    };
    let found =
        pool.install(|| engine.randomisations(pilot)).map_err(|e| Failure::Scenario(not_finite(scenario, &e)))?;
    let Found { layout, values, errors, counts } = found;
    Ok(Results {
        scenario: scenario.clone(),
        model: model.clone(),
        design,
        volumes: engine.volumes.volumes.clone(),
        median_requests: pilot.median_requests,
        variables: pilot.variables.clone(),
        fallbacks: engine.inputs.fallbacks(),
        layout,
        values,
        errors,
        bins: counts.bins,
    })
}

struct Found {
    layout: Layout,
    values: Vec<f64>,
    errors: Vec<f64>,
    counts: Counts,
}

impl Engine<'_> {
    fn randomisations(&self, pilot: &Pilot) -> Result<Found, NotFinite> {
        let layout = Layout::new(self.model);
        let mut spread = Spread::new(layout.size());
        let mut all = Counts::new(self.model, &pilot.edges);
        let mut fold = Fold::default();
        for r in 0..self.design.randomisations {
            let (counts, sums) = self.randomisation(r, pilot)?;
            spread.add(&figures(self.model, &layout, &self.volumes.volumes, &counts, &sums).values);
            all.merge(&counts);
            fold.push(sums);
        }
        let sums = fold.finish().unwrap_or_default();
        let pooled = figures(self.model, &layout, &self.volumes.volumes, &all, &sums);
        // One randomisation of independent trials has formulas; several have their spread.
        let pooled = match self.design.randomisations {
            1 => pooled,
            r => pooled.with_spread(&spread, r),
        };
        Ok(Found { layout, values: pooled.values, errors: pooled.errors, counts: all })
    }

    fn randomisation(&self, number: u32, pilot: &Pilot) -> Result<(Counts, Sums), NotFinite> {
        let keys = EventKeys::new(self.model, self.seed, number);
        let randomisation = Randomisation { axes: self.inputs.axes(number), keys };
        let mut fold = Fold::default();
        let mut next = 0;
        let mut wave = WAVE_BLOCKS.min(self.workers.len() as u64);
        while next < self.design.blocks() {
            let end = (next + wave).min(self.design.blocks());
            let sums: Vec<Result<Sums, NotFinite>> =
                (next..end).into_par_iter().map(|block| self.block(&randomisation, block)).collect();
            for sums in sums {
                let sums = sums?;
                wave = (WAVE_BYTES / sums.bytes().max(1)).min(WAVE_BLOCKS as usize).max(self.workers.len()) as u64;
                fold.push(sums);
            }
            next = end;
        }
        let mut counts = Counts::new(self.model, &pilot.edges);
        for worker in &self.workers {
            let mut worker = worker.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            counts.merge(&worker.counts);
            worker.counts.clear();
        }
        Ok((counts, fold.finish().unwrap_or_default()))
    }

    /// One block, in the room of the worker thread that happens to run it; no result depends on which.
    fn block(&self, randomisation: &Randomisation, block: u64) -> Result<Sums, NotFinite> {
        let place = rayon::current_thread_index().unwrap_or(0) % self.workers.len();
        let mut worker = self.workers[place].lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let n = self.design.block_size(block);
        let detail = (block < self.detailed).then_some(&self.volumes);
        worker.draw(self.model, &self.inputs, randomisation, (block, n), detail.is_some())?;
        let sums = worker.simulate(self.model, randomisation, block, n, detail)?;
        if let Some(progress) = self.progress {
            progress(n as u64);
        }
        Ok(sums)
    }
}
