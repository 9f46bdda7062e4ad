//! From point to point: some of them at a time, in parallel, and what comes of them in their order.

use rayon::prelude::*;

use super::figures::{PointFigures, PointOutcome};
use super::point::{Stopped, SweepOptions, run_with};
use super::points::{PointChanges, Points};
use super::shard::Shard;
use crate::diagnostic::{Diagnostic, Sources};
use crate::engine::{Collected, RunError, pool};
use crate::scenario::{ScenarioFile, Variation};

/// Points that are on their way together: enough that workers seldom wait for the last of them.
const WAVE: usize = 256;
/// Rows that were left out of which it is told what is wrong.
const TOLD: usize = 20;

/// A scenario and the points at which it is run.
#[derive(Clone, Copy)]
pub struct Walk<'a> {
    /// The scenario.
    pub scenario_file: &'a ScenarioFile,
    /// All points.
    pub points: &'a Points,
    /// Those of them that are run.
    pub shard: Shard,
    /// Whether points whose scenario is wrong are left out.
    pub skip_bad: bool,
    /// How they are run.
    pub options: SweepOptions<'a>,
}

/// Findings with the texts that they point into.
pub type Warnings = (Vec<Diagnostic>, Sources);

/// What looked suspicious or wrong on the way.
#[derive(Clone, Debug, Default)]
pub struct WalkFindings {
    /// The first point at which anything looked suspicious, and what.
    pub first: Option<(usize, Warnings)>,
    /// At how many points something did.
    pub suspicious: usize,
    /// What is wrong with the first points that were left out.
    pub bad: Vec<Warnings>,
    /// How many these are.
    pub left_out: usize,
}

/// What is known of a point before it is run.
pub type Known<'a> = &'a mut dyn FnMut(usize) -> Result<Option<PointOutcome>, String>;
/// Who takes what came of a point, in the order of points.
pub type Taker<'a> = &'a mut dyn FnMut(usize, PointOutcome) -> Result<(), String>;

/// What came of a point; nothing of one that is left out without being run.
type Found = Result<Option<(PointFigures, Option<Warnings>)>, Stopped>;

impl Walk<'_> {
    /// Runs all points that are not known.
    ///
    /// # Errors
    /// A scenario that cannot be run, of several the first; an early end, after those that were finished were taken; what
    /// `known` and `take` say.
    pub fn run(&self, known: Known<'_>, take: Taker<'_>) -> Result<WalkFindings, Stopped> {
        let pool = pool(self.options.threads).map_err(Stopped::Failed)?;
        let mut findings = WalkFindings::default();
        let mut numbers = self.shard.points(self.points.count());
        loop {
            let wave: Vec<usize> = numbers.by_ref().take(WAVE).collect();
            if wave.is_empty() {
                return Ok(findings);
            }
            let known = wave.iter().map(|point| known(*point)).collect::<Result<Vec<_>, String>>();
            let found = pool.install(|| self.wave(&wave, known.map_err(Stopped::Refused)?));
            self.take(&wave, found?, &mut findings, take)?;
        }
    }

    /// Runs those points of a wave that are not known.
    fn wave(&self, wave: &[usize], known: Vec<Option<PointOutcome>>) -> Result<Vec<Found>, Stopped> {
        let run = |(point, known): (&usize, Option<PointOutcome>)| match known {
            Some(PointOutcome::Ran(figures)) => Ok(Some((figures, None))),
            Some(PointOutcome::LeftOut) => Ok(None),
            // It was told when the list was read.
            None if self.skip_bad && self.points.is_bad(*point) => Ok(None),
            None => self.point(*point).map(Some),
        };
        Ok(wave.par_iter().zip(known).with_max_len(1).map(run).collect())
    }

    /// Hands on what came of the points of a wave.
    fn take(
        &self,
        wave: &[usize],
        found: Vec<Found>,
        findings: &mut WalkFindings,
        take: &mut dyn FnMut(usize, PointOutcome) -> Result<(), String>,
    ) -> Result<(), Stopped> {
        let mut end = Ok(());
        for (point, found) in wave.iter().zip(found) {
            match self.outcome((*point, found), findings) {
                Ok(outcome) => take(*point, outcome).map_err(Stopped::Refused)?,
                // What others have finished is not lost.
                Err(Stopped::Failed(RunError::Stopped)) => end = Err(Stopped::Failed(RunError::Stopped)),
                Err(stopped) => return Err(stopped),
            }
        }
        end
    }

    fn point(&self, point: usize) -> Result<(PointFigures, Option<Warnings>), Stopped> {
        let found = match self.points {
            Points::List(list) if list.is_bad(point) => {
                let finding = Diagnostic::general(format!("{} is wrong by itself", list.place(point)));
                Err(Stopped::At(vec![finding], Box::default()))
            }
            _ => {
                let PointChanges { name, changes } = self.points.changes(point);
                let variation = Variation { name: &name, changes: &changes };
                let run = run_with(self.scenario_file, variation, Collected::Totals, self.options);
                run.map_err(|stopped| self.placed(point, stopped)).map(|run| {
                    let figures = PointFigures::of(&run);
                    (figures, (!run.findings.is_empty()).then_some((run.findings, run.sources)))
                })
            }
        };
        if let Some(finished) = self.options.progress {
            finished();
        }
        found
    }

    /// What is wrong with the scenario of a row, with the row where it does not point there by itself.
    fn placed(&self, point: usize, stopped: Stopped) -> Stopped {
        let Some(place) = self.points.place(point) else { return stopped };
        match stopped {
            Stopped::At(mut findings, sources) => {
                let is_in_row = |finding: &Diagnostic| {
                    let source = finding.at.as_ref().and_then(|label| sources.get(label.span.source));
                    source.is_some_and(|source| *source.name == *place)
                };
                for finding in findings.iter_mut().filter(|finding| !is_in_row(finding)) {
                    finding.message = format!("{place}: {}", finding.message);
                }
                Stopped::At(findings, sources)
            }
            stopped => stopped,
        }
    }

    /// What came of a point, with what was found there.
    fn outcome(&self, (point, found): (usize, Found), findings: &mut WalkFindings) -> Result<PointOutcome, Stopped> {
        match found {
            Ok(Some((figures, warnings))) => {
                findings.suspicious += usize::from(warnings.is_some());
                findings.first = findings.first.take().or(warnings.map(|warnings| (point, warnings)));
                Ok(PointOutcome::Ran(figures))
            }
            Ok(None) => {
                findings.left_out += 1;
                Ok(PointOutcome::LeftOut)
            }
            Err(Stopped::At(bad, sources)) if self.skip_bad => {
                findings.left_out += 1;
                if findings.bad.len() < TOLD {
                    findings.bad.push((bad, *sources));
                }
                Ok(PointOutcome::LeftOut)
            }
            Err(stopped) => Err(stopped),
        }
    }
}
