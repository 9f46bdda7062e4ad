//! Randomisations: small ones side by side, one for each worker; large ones one after the other, their blocks in
//! parallel. Either way each is reduced at once to what its errors need.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use super::block::{Curves, Detail, Randomisation, Worker};
use super::counts::Counts;
use super::figures::figures;
use super::options::Progress;
use super::run::{Engine, WAVE_BYTES};
use super::sums::Sums;
use super::watch::Halt;
use super::{CURVE_TRIALS, DETAIL_TRIALS};
use crate::information::Gathering;
use crate::model::EventKeys;
use crate::sample::{BLOCK, Design, RANDOMISATIONS, Rows};
use crate::stats::Fold;

/// Most blocks of a wave, whose sums are folded while nothing else is done.
const WAVE_BLOCKS: u64 = 4096;
/// Into how many runs of blocks a wave is cut for each worker, if it is long enough.
const RUNS: u64 = 8;
/// Blocks of each of these randomisations that curves are made of.
pub(super) const CURVE_BLOCKS: u64 = DETAIL_BLOCKS * CURVE_TRIALS / DETAIL_TRIALS;
/// Blocks of detailed trials in each of the first randomisations: a power of two, and the most of a run.
const DETAIL_BLOCKS: u64 = DETAIL_TRIALS / RANDOMISATIONS as u64 / BLOCK as u64;
/// Randomisations of at most so many blocks are small.
const FEW_BLOCKS: u64 = 4 * DETAIL_BLOCKS;

/// What is kept of a randomisation.
pub(super) struct Reduced {
    /// Its figures, as a layout places them.
    pub figures: Vec<f64>,
    /// Its sums, without those by slice.
    pub sums: Sums,
    /// Its sums by slice.
    pub gathering: Option<Gathering>,
}

impl Engine<'_> {
    /// Runs some randomisations and adds what they count to `counts`. In their order, whoever ran them.
    pub(super) fn reduced(
        &self,
        numbers: Range<u32>,
        design: &Design,
        counts: &Mutex<&mut Counts>,
    ) -> Vec<Result<Reduced, Halt>> {
        if design.blocks(numbers.start) <= FEW_BLOCKS {
            return numbers.into_par_iter().map(|number| self.by_one_worker(number, design, counts)).collect();
        }
        numbers.map(|number| self.by_all_workers(number, design, counts)).collect()
    }

    fn by_one_worker(&self, number: u32, design: &Design, counts: &Mutex<&mut Counts>) -> Result<Reduced, Halt> {
        let mut worker = self.worker();
        let randomisation = self.randomisation(number);
        let fold = self.fold_blocks(&mut worker, &randomisation, 0..design.blocks(number), design)?;
        let reduced = self.reduce(&worker.counts, fold);
        lock(counts).merge(&worker.counts);
        worker.counts.clear();
        Ok(reduced)
    }

    fn by_all_workers(&self, number: u32, design: &Design, counts: &Mutex<&mut Counts>) -> Result<Reduced, Halt> {
        let randomisation = self.randomisation(number);
        let blocks = design.blocks(number);
        let mut fold = Fold::default();
        let mut next = 0;
        while next < blocks {
            let end = self.end_of_wave(number, next, blocks, &fold);
            let run = if self.is_detailed(number, next) { 1 } else { self.run_length(end - next) };
            let starts: Vec<u64> = (next..end).step_by(run as usize).collect();
            let blocks = |first: u64| first..end.min(first + run);
            let fold_run = |first| self.fold_blocks(&mut self.worker(), &randomisation, blocks(first), design);
            let folds: Vec<Result<Fold<Sums>, Halt>> = starts.into_par_iter().map(fold_run).collect();
            folds.into_iter().try_for_each(|run| run.map(|run| fold.append(run)))?;
            next = end;
        }
        let mut own = Counts::new(self.model, self.edges);
        for worker in self.workers.iter().filter_map(OnceLock::get) {
            let mut worker = lock(worker);
            own.merge(&worker.counts);
            worker.counts.clear();
        }
        lock(counts).merge(&own);
        Ok(self.reduce(&own, fold))
    }

    fn reduce(&self, counts: &Counts, fold: Fold<Sums>) -> Reduced {
        let mut sums = fold.whole().unwrap_or_default();
        let figures = figures(self.model, &self.layout, self.axes(), counts, &sums, None).values;
        let gathering = (sums.detailed > 0.0).then(|| {
            let regret = sums.regret.iter().map(|moments| moments.mean()).collect();
            let moments = (0..self.model.options.len()).map(|i| sums.sliced_of(i)).collect();
            Gathering { trials: sums.detailed, regret, slices: std::mem::take(&mut sums.slices), moments }
        });
        Reduced { figures, sums, gathering }
    }

    fn randomisation(&self, number: u32) -> Randomisation {
        let keys = EventKeys::new(self.model, self.seed, number);
        Randomisation { number, axes: self.inputs.axes(number), keys }
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
        worker: &mut Worker,
        randomisation: &Randomisation,
        blocks: Range<u64>,
        design: &Design,
    ) -> Result<Fold<Sums>, Halt> {
        let mut fold = Fold::default();
        for block in blocks {
            self.watch.go_on()?;
            let n = design.block_size(randomisation.number, block);
            let curves = Curves { volumes: &self.volumes, failure_costs: &self.failure_costs };
            let detail = Detail { slices: &self.slices, curves: (block < CURVE_BLOCKS).then_some(curves) };
            let detail = self.is_detailed(randomisation.number, block).then_some(detail);
            fold.push(worker.run(self.model, &self.inputs, randomisation, Rows::of_block(block, n), detail)?);
            self.watch.tell(Progress::Trials(n as u64));
        }
        Ok(fold)
    }

    /// The room of the worker thread that asks; no result depends on which it is.
    fn worker(&self) -> MutexGuard<'_, Worker> {
        let place = rayon::current_thread_index().unwrap_or(0) % self.workers.len();
        lock(self.workers[place].get_or_init(|| Mutex::new(Worker::new(self.model, self.edges, self.collected))))
    }

    /// Whether a block is one of the detailed trials, which are the first of each of the first randomisations.
    fn is_detailed(&self, randomisation: u32, block: u64) -> bool {
        self.detailed && randomisation < RANDOMISATIONS && block < DETAIL_BLOCKS
    }
}

/// What a panic elsewhere left is as good as any: it ends the run.
pub(super) fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
