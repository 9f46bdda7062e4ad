//! The run: randomisations gathered into figures, more of them until they are precise enough.

use std::sync::{Mutex, OnceLock};

use super::DETAIL_TRIALS;
use super::bad_futures::bad_futures;
use super::block::Worker;
use super::counts::Counts;
use super::crossing::Finder;
use super::failure_costs::failure_costs;
use super::figures::{Axes, Figures, figures};
use super::held::HeldInput;
use super::layout::Layout;
use super::metric::{Collected, Metric};
use super::options::{Progress, RunError, RunOptions};
use super::paired::Paired;
use super::pilot::Pilot;
use super::precision::{self, Precision, Reached};
use super::probe::Probe;
use super::randomisations::{Reduced, lock};
use super::results::Results;
use super::sums::Sums;
use super::tails::Tails;
use super::volume::VolumePlan;
use super::watch::{Halt, Watch};
use super::whole::Whole;
use crate::information::{Choices, Gathered as GatheredInformation, Information, SlicePlan};
use crate::inputs::Inputs;
use crate::model::Model;
use crate::quantity::Clamped;
use crate::sample::{Design, RANDOMISATIONS, Sampler};
use crate::scenario::Scenario;
use crate::stats::{Bins, Fold, LogBins, SdSpread, Spread};

/// Memory that the sums of unfinished blocks or randomisations may take.
pub(super) const WAVE_BYTES: usize = 32 << 20;
/// Trials of the first look at a run's precision: randomisations of fewer would keep no two workers busy.
const LEAST_TRIALS: u64 = DETAIL_TRIALS;

/// With how many trials a scenario is looked at first where a precision is wanted.
pub fn first_look(scenario: &Scenario) -> u64 {
    Design::new(scenario.simulation.sampler, scenario.simulation.trials.max(LEAST_TRIALS)).trials()
}

/// A scenario with all that running it takes.
pub(super) struct Engine<'a> {
    pub model: &'a Model,
    pub inputs: Inputs,
    pub seed: u64,
    pub volumes: VolumePlan,
    pub failure_costs: Vec<f64>,
    pub slices: SlicePlan,
    pub edges: &'a [Bins],
    pub layout: Layout,
    /// By thread, the room that it takes once it has something to do.
    pub workers: Vec<OnceLock<Mutex<Worker>>>,
    /// Whether the first trials are run in detail.
    pub detailed: bool,
    /// What is collected of the others.
    pub collected: Collected,
    /// What is asked for, and what few trials carry.
    pub precision: Option<(Precision, Tails)>,
    /// Who watches.
    pub watch: Watch<'a>,
}

/// Most worker threads, unless there are more cores: each has a megabyte of room or more, and is of no use beyond them.
const MOST_THREADS: usize = 64;
/// The stack of a worker thread in bytes, whatever the environment says.
const STACK: usize = 4 << 20;

/// So many worker threads, or as many as there are cores.
///
/// # Errors
/// Threads that cannot be had.
pub fn pool(threads: Option<usize>) -> Result<rayon::ThreadPool, RunError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.map_or(cores, |threads| threads.clamp(1, cores.max(MOST_THREADS)));
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK);
    builder.build().map_err(|e| RunError::Threads(e.to_string()))
}

/// Runs a scenario after its pilot.
///
/// # Errors
/// A value that is not finite in some trial, or threads that cannot be had.
pub fn run(scenario: &Scenario, model: &Model, pilot: &Pilot, options: RunOptions<'_>) -> Result<Results, RunError> {
    let pool = pool(options.threads)?;
    let trials = options.precision.map_or(scenario.simulation.trials, |_| first_look(scenario));
    let design = Design::new(scenario.simulation.sampler, trials);
    let tails = || Tails::new(scenario, model).map_err(|halt| halt.failure(scenario));
    let precision = options.precision.map(|asked| Ok((asked, pool.install(tails)?))).transpose()?;
    let engine = Engine {
        volumes: VolumePlan::new(model, pilot.requests[1]),
        failure_costs: failure_costs(pilot.failure_cost),
        slices: SlicePlan::new(model.options.len(), &pilot.values, centres(pilot), design.trials().min(DETAIL_TRIALS)),
        detailed: true,
        precision,
        watch: options.watch,
        ..Engine::new(scenario, model, &pilot.edges, (design, pool.current_num_threads()))
    };
    let found = pool.install(|| engine.run(design)).map_err(|halt| halt.failure(scenario))?;
    let mut results = Results {
        scenario: scenario.clone(),
        model: model.clone(),
        design: found.design,
        volumes: engine.volumes.volumes.clone(),
        failure_costs: engine.failure_costs.clone(),
        requests: pilot.requests,
        training: pilot.training.clone(),
        variables: pilot.variables.clone(),
        fallbacks: engine.inputs.fallbacks(),
        precision: found.precision,
        layout: engine.layout.clone(),
        figures: found.figures,
        bins: found.bins,
        paired: found.paired,
        spreads: found.spreads,
        information: found.information,
        bad_futures: Vec::new(),
    };
    if let Some(choice) = results.ranked(model.decision.criterion.into()).first() {
        let found = pool.install(|| bad_futures(&engine, &results.design, *choice));
        results.bad_futures = found.map_err(|halt| halt.failure(scenario))?;
    }
    Ok(results)
}

/// The median of each variable, where it has one.
fn centres(pilot: &Pilot) -> Vec<f64> {
    let medians = pilot.variables.iter().map(|variable| variable.quantiles[1]);
    medians.map(|median| if median.is_finite() { median } else { 0.0 }).collect()
}

/// What a run found.
pub(super) struct RunFindings {
    design: Design,
    pub figures: Figures,
    /// What is compared between runs, randomisation by randomisation.
    pub paired: Paired,
    precision: Option<Reached>,
    bins: Vec<Bins>,
    /// By option: its totals.
    spreads: Vec<LogBins>,
    information: Information,
}

/// What the randomisations so far have come to.
struct Gathered {
    counts: Counts,
    sums: Fold<Sums>,
    spread: Spread,
    /// By option and metric.
    deviations: Vec<SdSpread>,
    information: GatheredInformation,
    paired: Paired,
    /// How many they are.
    randomisations: u32,
}

impl Gathered {
    /// The next randomisation.
    fn add(&mut self, reduced: Reduced) {
        self.spread.add(&reduced.figures, reduced.sums.detailed > 0.0);
        self.paired.add(&reduced.figures);
        self.deviations.resize(reduced.sums.metrics.len(), SdSpread::default());
        self.deviations.iter_mut().zip(&reduced.sums.metrics).for_each(|(spread, moments)| spread.add(moments));
        reduced.gathering.into_iter().for_each(|slices| self.information.add(slices));
        self.sums.push(reduced.sums);
        self.randomisations += 1;
    }
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
            failure_costs: Vec::new(),
            slices: SlicePlan::new(0, &[], Vec::new(), 0),
            edges,
            layout: Layout::new(model),
            workers: (0..threads).map(|_| OnceLock::new()).collect(),
            detailed: false,
            collected: Collected::WithSavings,
            precision: None,
            watch: Watch::default(),
        }
    }

    /// Per check, the values held to a range in all that was run.
    pub fn clamped(&self) -> Vec<Clamped> {
        let mut clamped = vec![Clamped::default(); self.model.program.checks.len()];
        for worker in self.workers.iter().filter_map(OnceLock::get) {
            clamped.iter_mut().zip(lock(worker).clamped()).for_each(|(a, b)| a.add(b));
        }
        clamped
    }

    /// Runs a design, and as often as the precision asks for as many randomisations again.
    pub fn run(&self, mut design: Design) -> Result<RunFindings, Halt> {
        let counts = Counts::new(self.model, self.edges);
        let spread = Spread::new(self.layout.size());
        let (sums, information) = (Fold::default(), GatheredInformation::default());
        let mut gathered = Gathered {
            counts,
            sums,
            spread,
            deviations: Vec::new(),
            information,
            paired: Paired::new(&self.layout, self.model),
            randomisations: 0,
        };
        let mut look = 1;
        loop {
            self.extend(&mut gathered, &design)?;
            let figures = self.pooled(&gathered, &design);
            let precision = self.precision.as_ref().map(|(asked, tails)| {
                precision::reached(*asked, (self.model, &self.layout, &figures), tails, design.trials(), look)
            });
            let next = design.doubled();
            match precision.filter(|p| !p.is_enough() && next.trials() <= p.asked.max_trials) {
                Some(reached) => self.watch.tell(Progress::Looked(reached, next.trials())),
                None => {
                    let information = self.information(&gathered, &design)?;
                    let Counts { bins, metrics, .. } = gathered.counts;
                    let totals = metrics.into_iter().skip(Metric::Total.index()).step_by(Metric::ALL.len());
                    return Ok(RunFindings {
                        design,
                        figures,
                        paired: gathered.paired,
                        precision,
                        bins,
                        spreads: totals.collect(),
                        information,
                    });
                }
            }
            (design, look) = (next, look + 1);
        }
    }

    fn information(&self, gathered: &Gathered, design: &Design) -> Result<Information, Halt> {
        let model = self.model;
        let sums = gathered.sums.whole().unwrap_or_default();
        let variances = |i: usize| sums.sliced_of(i).map(|moments| moments.sd().map_or(f64::NAN, |sd| sd * sd));
        let (candidates, options) = (model.candidates(), model.options.len());
        let choices = Choices { candidates: &candidates, options, baseline: model.baseline };
        let probe = Probe::new(model, self.seed);
        let find = |variable: usize, border, means: &[Vec<f64>]| {
            let held = HeldInput::new((model, &self.inputs, &probe), design, variable, means)?;
            Finder { held: &held, candidates: &candidates }.crossings(border)
        };
        gathered.information.information(choices, &self.slices, variances, &find)
    }

    /// Adds randomisations up to those of a design, some of them at a time.
    fn extend(&self, gathered: &mut Gathered, design: &Design) -> Result<(), Halt> {
        while gathered.randomisations < design.randomisations {
            let first = gathered.randomisations;
            let end = design.randomisations.min(first + self.at_a_time(&gathered.sums));
            let reduced = self.reduced(first..end, design, &Mutex::new(&mut gathered.counts));
            reduced.into_iter().try_for_each(|reduced| reduced.map(|reduced| gathered.add(reduced)))?;
        }
        Ok(())
    }

    /// As many as memory holds the sums of, if not one for each worker.
    fn at_a_time(&self, done: &Fold<Sums>) -> u32 {
        let most = done.last().map_or(0, |sums| WAVE_BYTES / sums.bytes().max(1));
        RANDOMISATIONS.min(most.max(self.workers.len()) as u32)
    }

    /// What options are compared along.
    pub fn axes(&self) -> Axes<'_> {
        Axes { volumes: &self.volumes.volumes, failure_costs: &self.failure_costs }
    }

    /// The figures of all randomisations. Independent trials have formulas for most errors; others have their spread.
    fn pooled(&self, gathered: &Gathered, design: &Design) -> Figures {
        let is_independent = design.sampler == Sampler::MonteCarlo;
        let whole = Whole { is_independent, trials: design.trials(), deviations: &gathered.deviations };
        let sums = gathered.sums.whole().unwrap_or_default();
        figures(self.model, &self.layout, self.axes(), &gathered.counts, &sums, Some(whole))
            .with_spread(&gathered.spread, self.model.is_certain())
    }
}
