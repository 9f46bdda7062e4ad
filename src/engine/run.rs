//! The run: randomisations one after the other, their blocks in parallel.

use std::sync::Mutex;

use rayon::prelude::*;

use super::DETAIL_TRIALS;
use super::block::{Detail, NotFinite, Randomisation, Worker};
use super::counts::Counts;
use super::figures::{Figures, figures};
use super::information::{Choices, Gathered as GatheredInformation, Gathering, Information};
use super::layout::Layout;
use super::metric::Metric;
use super::options::{Failure, Progress, RunOptions};
use super::pilot::{Pilot, not_finite};
use super::precision::{self, Precision, Reached};
use super::results::Results;
use super::slices::SlicePlan;
use super::sums::Sums;
use super::volume::VolumePlan;
use crate::inputs::Inputs;
use crate::model::{EventKeys, Model};
use crate::sample::{BLOCK, Design, RANDOMISATIONS};
use crate::scenario::{Sampler, Scenario};
use crate::stats::{Bins, Fold, Spread};

/// Memory that the sums of unfinished blocks may take.
const WAVE_BYTES: usize = 32 << 20;
/// Trials of the first look at a run's precision: randomisations of fewer would keep no two workers busy.
const LEAST_TRIALS: u64 = DETAIL_TRIALS;
/// Most blocks of a wave, whose sums are folded while nothing else is done.
const WAVE_BLOCKS: u64 = 4096;
/// Into how many runs of blocks a wave is cut for each worker, if it is long enough.
const RUNS: u64 = 8;
/// Blocks of detailed trials in each of the first randomisations: a power of two, and the most of a run.
const DETAIL_BLOCKS: u64 = DETAIL_TRIALS / RANDOMISATIONS as u64 / BLOCK as u64;

/// A scenario with all that running it takes.
pub(super) struct Engine<'a> {
    model: &'a Model,
    inputs: Inputs,
    seed: u64,
    volumes: VolumePlan,
    slices: SlicePlan,
    edges: &'a [Bins],
    pub layout: Layout,
    workers: Vec<Mutex<Worker>>,
    /// Whether the first trials are run in detail.
    detailed: bool,
    precision: Option<Precision>,
    progress: Option<&'a (dyn Fn(Progress) + Sync)>,
}

/// So many worker threads, or as many as there are cores.
///
/// # Errors
/// Threads that cannot be had.
pub fn pool(threads: Option<usize>) -> Result<rayon::ThreadPool, Failure> {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads.map_or(0, |threads| threads.max(1)));
    builder.build().map_err(|e| Failure::Threads(e.to_string()))
}

/// Runs a scenario after its pilot.
///
/// # Errors
/// A value that is not finite in some trial, or threads that cannot be had.
pub fn run(scenario: &Scenario, model: &Model, pilot: &Pilot, options: RunOptions<'_>) -> Result<Results, Failure> {
    let pool = pool(options.threads)?;
    let least = options.precision.map_or(0, |_| LEAST_TRIALS);
    let design = Design::new(scenario.simulation.sampler, scenario.simulation.trials.max(least));
    let engine = Engine {
        volumes: VolumePlan::new(model, pilot.requests[1]),
        slices: SlicePlan::new(model.options.len(), &pilot.values, RANDOMISATIONS as usize),
        detailed: true,
        precision: options.precision,
        progress: options.progress,
        ..Engine::new(scenario, model, &pilot.edges, (design, pool.current_num_threads()))
    };
    let found = pool.install(|| engine.run(design)).map_err(|e| Failure::Scenario(not_finite(scenario, &e)))?;
    Ok(Results {
        scenario: scenario.clone(),
        model: model.clone(),
        design: found.design,
        volumes: engine.volumes.volumes.clone(),
        requests: pilot.requests,
        training: pilot.training.clone(),
        variables: pilot.variables.clone(),
        fallbacks: engine.inputs.fallbacks(),
        precision: found.precision,
        layout: engine.layout,
        figures: found.figures,
        bins: found.bins,
        information: found.information,
    })
}

/// What a run found.
pub(super) struct Found {
    design: Design,
    pub figures: Figures,
    precision: Option<Reached>,
    bins: Vec<Bins>,
    information: Information,
}

/// What the randomisations so far have come to.
struct Gathered {
    counts: Counts,
    sums: Fold<Sums>,
    spread: Spread,
    information: GatheredInformation,
    /// How many they are.
    randomisations: u32,
}

impl<'a> Engine<'a> {
    /// For totals alone, of a design on so many threads.
    pub fn new(
        scenario: &Scenario,
        model: &'a Model,
        edges: &'a [Bins],
        (design, threads): (Design, usize),
    ) -> Engine<'a> {
        Engine {
            model,
            inputs: Inputs::new(scenario, &model.program, design),
            seed: scenario.simulation.seed,
            volumes: VolumePlan::new(model, 0.0),
            slices: SlicePlan::new(0, &[], 0),
            edges,
            layout: Layout::new(model),
            workers: (0..threads).map(|_| Mutex::new(Worker::new(model, edges))).collect(),
            detailed: false,
            precision: None,
            progress: None,
        }
    }

    /// Per check, the values held to a range in all that was run.
    pub fn clamped(&self) -> Vec<u64> {
        let mut clamped = vec![0; self.model.program.checks.len()];
        for worker in &self.workers {
            let worker = worker.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            clamped.iter_mut().zip(worker.clamped()).for_each(|(a, b)| *a += b);
        }
        clamped
    }

    /// Runs a design, and as often as the precision asks for as many randomisations again.
    pub fn run(&self, mut design: Design) -> Result<Found, NotFinite> {
        let counts = Counts::new(self.model, self.edges);
        let spread = Spread::new(self.layout.size());
        let (sums, information) = (Fold::default(), GatheredInformation::default());
        let mut gathered = Gathered { counts, sums, spread, information, randomisations: 0 };
        let mut look = 1;
        loop {
            self.extend(&mut gathered, &design)?;
            let figures = self.pooled(&gathered, &design);
            let precision = self.precision.map(|asked| {
                let reach = precision::reach(self.model, &self.layout, &figures, design.trials(), look);
                Reached { asked, reach }
            });
            let next = design.doubled();
            match precision.filter(|p| !p.is_enough() && next.trials() <= p.asked.max_trials) {
                Some(reached) => self.tell(Progress::Looked(reached, next.trials())),
                None => {
                    let information = self.information(&gathered);
                    return Ok(Found { design, figures, precision, bins: gathered.counts.bins, information });
                }
            }
            (design, look) = (next, look + 1);
        }
    }

    fn information(&self, gathered: &Gathered) -> Information {
        let model = self.model;
        let sums = gathered.sums.whole().unwrap_or_default();
        let variance = |option: usize, metric: Metric| {
            let moments = sums.metrics.get(option * Metric::ALL.len() + metric.index());
            moments.and_then(|m| m.sd()).map_or(f64::NAN, |sd| sd * sd)
        };
        let (candidates, options) = (model.candidates(), model.options.len());
        let choices = Choices { candidates: &candidates, options, baseline: model.baseline };
        gathered.information.information(choices, &self.slices, variance)
    }

    /// Adds randomisations up to those of a design.
    fn extend(&self, gathered: &mut Gathered, design: &Design) -> Result<(), NotFinite> {
        for r in gathered.randomisations..design.randomisations {
            let (counts, mut sums) = self.randomisation(r, design)?;
            let figures = figures(self.model, &self.layout, &self.volumes.volumes, &counts, &sums, false);
            gathered.spread.add(&figures.values, counts.detailed > 0);
            gathered.counts.merge(&counts);
            if sums.detailed > 0.0 {
                let regret = sums.regret.iter().map(|moments| moments.mean()).collect();
                let slices = std::mem::take(&mut sums.slices);
                gathered.information.add(Gathering { trials: sums.detailed, regret, slices });
            }
            gathered.sums.push(sums);
        }
        gathered.randomisations = design.randomisations;
        Ok(())
    }

    /// The figures of all randomisations. Independent trials have formulas for most errors; others have their spread.
    fn pooled(&self, gathered: &Gathered, design: &Design) -> Figures {
        let formulas = design.sampler == Sampler::MonteCarlo;
        let sums = gathered.sums.whole().unwrap_or_default();
        figures(self.model, &self.layout, &self.volumes.volumes, &gathered.counts, &sums, formulas)
            .with_spread(&gathered.spread)
    }

    fn randomisation(&self, number: u32, design: &Design) -> Result<(Counts, Sums), NotFinite> {
        let keys = EventKeys::new(self.model, self.seed, number);
        let randomisation = Randomisation { number, axes: self.inputs.axes(number), keys };
        let blocks = design.blocks(number);
        let mut fold = Fold::default();
        let mut next = 0;
        while next < blocks {
            let end = self.end_of_wave(number, next, blocks, &fold);
            let run = if self.is_detailed(number, next) { 1 } else { self.run_length(end - next) };
            let starts: Vec<u64> = (next..end).step_by(run as usize).collect();
            let block = |first: u64| self.fold_blocks(&randomisation, first..end.min(first + run), design);
            let folds: Vec<Result<Fold<Sums>, NotFinite>> = starts.into_par_iter().map(block).collect();
            folds.into_iter().try_for_each(|run| run.map(|run| fold.append(run)))?;
            next = end;
        }
        let mut counts = Counts::new(self.model, self.edges);
        for worker in &self.workers {
            let mut worker = worker.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            counts.merge(&worker.counts);
            worker.counts.clear();
        }
        Ok((counts, fold.whole().unwrap_or_default()))
    }

    /// Where the wave of blocks ends that begins with `next`. Detailed blocks have large sums, and waves of their own.
    fn end_of_wave(&self, randomisation: u32, next: u64, blocks: u64, done: &Fold<Sums>) -> u64 {
        if !self.is_detailed(randomisation, next) {
            return blocks.min(next + WAVE_BLOCKS);
        }
        let most = done.last().map_or(0, |sums| WAVE_BYTES / sums.bytes().max(1));
        blocks.min(DETAIL_BLOCKS).min(next + most.max(self.workers.len()) as u64)
    }

    /// How many blocks a worker takes on at a time: a power of two, so that they are a subtree of the fold.
    fn run_length(&self, blocks: u64) -> u64 {
        let share = blocks / (RUNS * self.workers.len() as u64);
        1 << share.max(1).ilog2().min(DETAIL_BLOCKS.ilog2())
    }

    fn fold_blocks(
        &self,
        randomisation: &Randomisation,
        blocks: std::ops::Range<u64>,
        design: &Design,
    ) -> Result<Fold<Sums>, NotFinite> {
        let mut fold = Fold::default();
        for block in blocks {
            fold.push(self.block(randomisation, block, design)?);
        }
        Ok(fold)
    }

    /// One block, in the room of the worker thread that happens to run it; no result depends on which.
    fn block(&self, randomisation: &Randomisation, block: u64, design: &Design) -> Result<Sums, NotFinite> {
        let place = rayon::current_thread_index().unwrap_or(0) % self.workers.len();
        let mut worker = self.workers[place].lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let n = design.block_size(randomisation.number, block);
        let detail = Detail { volumes: &self.volumes, slices: &self.slices };
        let detail = self.is_detailed(randomisation.number, block).then_some(detail);
        let sums = worker.run(self.model, &self.inputs, randomisation, (block, n), detail)?;
        self.tell(Progress::Trials(n as u64));
        Ok(sums)
    }

    fn tell(&self, progress: Progress) {
        if let Some(tell) = self.progress {
            tell(progress);
        }
    }

    /// Whether a block is one of the detailed trials, which are the first of each of the first randomisations.
    fn is_detailed(&self, randomisation: u32, block: u64) -> bool {
        self.detailed && randomisation < RANDOMISATIONS && block < DETAIL_BLOCKS
    }
}
