//! From point to point: some of them at a time, in parallel, and what comes of them in their order.

use rayon::prelude::*;

use super::figures::PointFigures;
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

/// What is known of a point before it is run: `Some(None)` if it was left out.
pub type Known<'a> = &'a mut dyn FnMut(usize) -> Result<Option<Option<PointFigures>>, String>;
/// Who takes what came of a point, in the order of points; `None` for one that was left out.
pub type Taker<'a> = &'a mut dyn FnMut(usize, Option<PointFigures>) -> Result<(), String>;

/// What came of a point.
type Found = Result<(PointFigures, Option<Warnings>), Stopped>;

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
            let known = known.map_err(Stopped::Refused)?;
            let new: Vec<usize> =
                wave.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(point, _)| *point).collect();
            let found: Vec<Found> =
                pool.install(|| new.into_par_iter().with_max_len(1).map(|point| self.point(point)).collect());
            let mut found = found.into_iter();
            let mut end = Ok(());
            for (point, known) in wave.into_iter().zip(known) {
                let outcome = match known {
                    Some(known) => Ok(known),
                    None => found.next().map_or(Ok(None), |found| self.outcome((point, found), &mut findings)),
                };
                match outcome {
                    Ok(figures) => take(point, figures).map_err(Stopped::Refused)?,
                    // What others have finished is not lost.
                    Err(Stopped::Failed(RunError::Stopped)) => end = Err(Stopped::Failed(RunError::Stopped)),
                    Err(stopped) => return Err(stopped),
                }
            }
            end?;
        }
    }

    fn point(&self, point: usize) -> Found {
        let found = match self.points {
            Points::List(list) if let Some(finding) = list.finding(point) => {
                Err(Stopped::At(vec![finding.clone()], Box::default()))
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

    /// The figures of a point, or nothing if it is left out.
    fn outcome(
        &self,
        (point, found): (usize, Found),
        findings: &mut WalkFindings,
    ) -> Result<Option<PointFigures>, Stopped> {
        match found {
            Ok((figures, warnings)) => {
                findings.suspicious += usize::from(warnings.is_some());
                findings.first = findings.first.take().or(warnings.map(|warnings| (point, warnings)));
                Ok(Some(figures))
            }
            Err(Stopped::At(bad, sources)) if self.skip_bad => {
                findings.left_out += 1;
                if findings.bad.len() < TOLD {
                    findings.bad.push((bad, *sources));
                }
                Ok(None)
            }
            Err(stopped) => Err(stopped),
        }
    }
}
