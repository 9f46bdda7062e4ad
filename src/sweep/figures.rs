//! What is kept of a point.

use super::point::PointRun;
use crate::engine::{Percentile, Stat};
use crate::stats::Estimate;

/// What came of a point of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub enum PointOutcome {
    /// It was run.
    Ran(PointFigures),
    /// Its scenario is wrong, and it was left out.
    LeftOut,
}

impl PointOutcome {
    /// Its figures, if it was run.
    pub fn figures(&self) -> Option<&PointFigures> {
        match self {
            PointOutcome::Ran(figures) => Some(figures),
            PointOutcome::LeftOut => None,
        }
    }
}

/// What options cost at a point of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct PointFigures {
    /// Trials.
    pub trials: u64,
    /// By option.
    pub options: Vec<OptionFigures>,
    /// The candidate with the lowest mean total.
    pub cheapest: Option<usize>,
}

/// What an option costs at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionFigures {
    /// Its mean total.
    pub total: Option<Estimate>,
    /// The 5th and the 95th percentile of its total.
    pub range: [Option<Estimate>; 2],
    /// The probability that it is the cheapest candidate; `None` where it is not ranked.
    pub p_cheapest: Option<Estimate>,
    /// The mean total of each randomisation.
    pub by_randomisation: Vec<f64>,
}

impl PointFigures {
    pub(super) fn of(run: &PointRun) -> PointFigures {
        let PointRun { model, totals, .. } = run;
        let ends = [Stat::Quantile(Percentile::P5), Stat::Quantile(Percentile::P95)];
        let figures = |i: usize| OptionFigures {
            total: totals.total(i, Stat::Mean),
            range: ends.map(|end| totals.total(i, end)),
            p_cheapest: totals.p_cheapest(i).filter(|_| model.options[i].candidate),
            by_randomisation: totals.by_randomisation(i),
        };
        let options: Vec<OptionFigures> = (0..model.options.len()).map(figures).collect();
        let value = |i: &usize| options[*i].total.map_or(f64::INFINITY, |e| e.value);
        let cheapest = model.candidates().into_iter().min_by(|a, b| value(a).total_cmp(&value(b)));
        PointFigures { trials: totals.design.trials(), options, cheapest }
    }
}
