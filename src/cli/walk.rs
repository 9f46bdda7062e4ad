//! The points of a sweep run, or taken from where they are known, with a meter.

use std::cell::RefCell;

use breakeven::engine::RunError;
use breakeven::report;
use breakeven::scenario::Scenario;
use breakeven::sweep::{Parts, PointOutcome, Shard, Stopped, SweepOptions, Walk, WalkFindings};

use super::partial::Partial;
use super::plan::{apply, halted, task};
use super::points::SweepPlan;
use super::progress::Meter;
use super::{Stop, interrupt, say};

/// Where figures come from.
pub enum PointSource {
    /// The points are run, but for those that a file keeps.
    Run(Option<Box<Partial>>),
    /// All are in parts.
    Parts(Parts),
}

impl PointSource {
    fn get(&mut self, point: usize) -> Result<Option<PointOutcome>, String> {
        match self {
            PointSource::Run(None) => Ok(None),
            PointSource::Run(Some(partial)) => partial.get(point),
            PointSource::Parts(parts) => {
                parts.get(point)?.map(Some).ok_or_else(|| "the parts changed while they were read".to_owned())
            }
        }
    }

    fn keep(&mut self, point: usize, outcome: &PointOutcome) -> Result<(), String> {
        match self {
            PointSource::Run(Some(partial)) => {
                partial.put(point, outcome).map_err(|error| format!("cannot keep finished points: {error}"))
            }
            _ => Ok(()),
        }
    }

    /// Puts the file of finished points in its place, and says what it has.
    fn finish(self, all: usize) -> Result<Option<String>, Stop> {
        match self {
            PointSource::Run(Some(partial)) => partial.finish(all).map(Some),
            _ => Ok(None),
        }
    }
}

/// Takes the points of a shard in their order. Says what the file of finished points has.
pub fn walk(
    sweep: &SweepPlan<'_>,
    shard: Shard,
    source: PointSource,
    take: &mut dyn FnMut(usize, PointOutcome) -> Result<(), String>,
) -> Result<Option<String>, Stop> {
    let count = shard.points(sweep.points.count()).count();
    let trials = report::grouped(sweep.args.trials as f64, 0);
    let points = report::grouped(count as f64, 0);
    let task = task(&format!("{points} points, {trials} trials each,"), &sweep.plan);
    let meter = Meter::new(count as u64, "points", task, sweep.common.quiet);
    let tick = || meter.advance(1);
    let change = |scenario: &mut Scenario| apply(sweep.common, sweep.trials, scenario);
    let options = SweepOptions {
        threads: sweep.common.threads.map(usize::from),
        change: Some(&change),
        progress: Some(&tick),
        stop: Some(interrupt::stop()),
    };
    let (scenario_file, points) = (&sweep.scenario_file, &sweep.points);
    let walk = Walk { scenario_file, points, shard, skip_bad: sweep.args.skip_bad, options };
    let source = RefCell::new(source);
    let known = &mut |point| source.borrow_mut().get(point);
    let found = walk.run(known, &mut |point, outcome| {
        source.borrow_mut().keep(point, &outcome)?;
        take(point, outcome)
    });
    drop(meter);
    match found {
        Ok(findings) => {
            tell(sweep, &findings);
            source.into_inner().finish(count)
        }
        Err(Stopped::Failed(RunError::Stopped)) => match source.into_inner().finish(count)? {
            Some(kept) => Err(Stop::Kept(format!("{kept}, and the same command goes on from them"))),
            None => Err(Stop::Interrupted),
        },
        Err(stopped) => Err(halted(stopped)),
    }
}

/// What looked suspicious, and why points were left out.
fn tell(sweep: &SweepPlan<'_>, findings: &WalkFindings) {
    if let Some((point, (first, sources))) = &findings.first {
        if let Some(place) = sweep.points.place(*point) {
            let rows = report::grouped(findings.suspicious as f64, 0);
            say::remark(&format!("in {rows} of the rows something looks suspicious, first in {place}:"));
        }
        say::diagnostics(first, sources);
    }
    for (bad, sources) in &findings.bad {
        say::as_warnings(bad, sources);
    }
    if findings.left_out > 0 {
        let rows = report::grouped(findings.left_out as f64, 0);
        say::warning(&format!(
            "{rows} wrong {} left out",
            if findings.left_out == 1 { "row was" } else { "rows were" }
        ));
    }
}
