//! What the trials have of each month: means, quantiles, and how many are at or below what was seen.

use super::figure::{Figure, QUANTILES, UseMetric};
use super::walk::{Walk, Walked};
use crate::engine::Halt;
use crate::model::at_most;
use crate::stats::{Estimate, LogBins, Merge, Moments, t_quantile};

/// What some trials have of everything that is compared: by month and metric, and last the sum of what is spent.
#[derive(Clone)]
struct Sums(Vec<FigureSums>);

#[derive(Clone)]
struct FigureSums {
    bins: LogBins,
    moments: Moments,
    /// Trials at or below what was seen.
    below: f64,
}

impl Merge for Sums {
    fn merge(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            own.bins.merge(&other.bins);
            own.moments.merge(&other.moments);
            own.below += other.below;
        }
    }
}

/// What is compared, by month and metric, and last the sum of what is spent, each with what was seen of it. `is_certain`
/// where every trial is the same.
///
/// # Errors
/// A value that is not finite in some trial, or an early end.
pub fn expect(walk: &Walk<'_>, seen: &[Option<f64>], is_certain: bool) -> Result<Vec<Figure>, Halt> {
    let parts = walk.by_randomisation(|walked| add_up(walked, walk.months(), seen))?;
    let figure = |(k, actual): (usize, &Option<f64>)| {
        let own: Vec<&FigureSums> = parts.iter().map(|part| &part.0[k]).collect();
        figure(*actual, &own, is_certain)
    };
    Ok(seen.iter().enumerate().map(figure).collect())
}

fn add_up(walked: &Walked<'_>, months: usize, seen: &[Option<f64>]) -> Sums {
    let of = |column: &[f64], seen: Option<f64>| {
        let mut bins = LogBins::one_of(months * UseMetric::ALL.len());
        bins.add(column);
        let below = seen.map_or(0, |seen| column.iter().filter(|x| at_most(**x, seen)).count());
        FigureSums { bins, moments: Moments::of(column), below: below as f64 }
    };
    let all = (0..months).flat_map(|month| UseMetric::ALL.map(|metric| (month, metric)));
    let mut sums: Vec<FigureSums> =
        all.zip(seen).map(|((month, metric), seen)| of(walked.column(month, metric), *seen)).collect();
    sums.push(of(&walked.spent(0..months), seen.last().copied().flatten()));
    Sums(sums)
}

/// All randomisations together, with errors by their spread.
fn figure(actual: Option<f64>, parts: &[&FigureSums], is_certain: bool) -> Figure {
    let mut bins = parts[0].bins.clone();
    parts[1..].iter().for_each(|part| bins.merge(&part.bins));
    let found = bins.quantiles(&QUANTILES);
    let means: Vec<f64> = parts.iter().map(|part| part.moments.mean()).collect();
    let shares: Vec<f64> = parts.iter().map(|part| part.below / part.moments.count()).collect();
    let percentile = Estimate::of_means(&shares).filter(|_| actual.is_some());
    Figure {
        actual,
        mean: Estimate::of_means(&means),
        quantiles: [found[0], found[1], found[2]],
        percentile: percentile.map(|share| if is_certain { share } else { agreed(share, bins.count() as f64) }),
    }
}

/// A share on which all of so many trials agree has no spread, and is off by up to 3/n by the rule of three.
fn agreed(share: Estimate, n: f64) -> Estimate {
    match share.value {
        0.0 | 1.0 => Estimate { std_error: Some(3.0 / n / t_quantile(0.975, share.freedom)), ..share },
        _ => share,
    }
}
