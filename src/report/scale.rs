//! The bins that totals and savings are shown in: those of the tables, or where these hold nearly all of some option in a few, bins of
//! one ratio.

use crate::engine::{Metric, Results};

/// Bins of one ratio.
const BINS: usize = 60;
/// Share of the trials outside on either side.
const TAIL: f64 = 0.005;
/// Totals that reach so many times as far as the median of some option are shown by their ratios.
const FAR: f64 = 25.0;

/// Edges that are kept.
const FEWEST: usize = 21;

/// Counts of totals in bins common to all candidates.
pub(super) struct CommonBins {
    /// Rising edges of the bins.
    pub edges: Vec<f64>,
    /// The width of each bin; `None` for bins of one ratio.
    pub width: Option<f64>,
    /// The candidates with their counts: what lies below the first edge, in each bin, and above the last.
    pub rows: Vec<(usize, Vec<u64>)>,
}

impl CommonBins {
    /// The bins for some results; `None` where nothing was counted.
    pub fn of(results: &Results) -> Option<CommonBins> {
        by_ratio(results).or_else(|| by_width(results, Metric::Total))
    }

    /// The bins of savings; `None` without challengers.
    pub fn of_savings(results: &Results) -> Option<CommonBins> {
        by_width(results, Metric::Saving)
    }

    /// Without the outermost bins beyond which no option has more than this share of its trials: a few far ones would
    /// press all others together.
    pub fn without_tails(mut self, share: f64) -> CommonBins {
        let total = |row: &[u64]| row.iter().sum::<u64>() as f64;
        let is_tail =
            |row: &[u64], ends: [usize; 2]| ends.iter().map(|k| row[*k]).sum::<u64>() as f64 <= share * total(row);
        while self.edges.len() > FEWEST && self.rows.iter().all(|(_, row)| is_tail(row, [row.len() - 1, row.len() - 2]))
        {
            self.edges.pop();
            for (_, row) in &mut self.rows {
                let beyond = row.pop().unwrap_or(0);
                row.last_mut().into_iter().for_each(|last| *last += beyond);
            }
        }
        while self.edges.len() > FEWEST && self.rows.iter().all(|(_, row)| is_tail(row, [0, 1])) {
            self.edges.remove(0);
            for (_, row) in &mut self.rows {
                let beyond = row.remove(0);
                row[0] += beyond;
            }
        }
        self
    }
}

fn by_width(results: &Results, metric: Metric) -> Option<CommonBins> {
    let histogram = |i: usize| Some((i, results.histogram(i, metric)?));
    let bins: Vec<_> = results.model.candidates().into_iter().filter_map(histogram).collect();
    let (_, first) = bins.first()?;
    Some(CommonBins {
        edges: first.edges(),
        width: Some(first.width()),
        rows: bins.iter().map(|(i, bins)| (*i, bins.counts().to_vec())).collect(),
    })
}

/// Where every option costs something and some reach far.
fn by_ratio(results: &Results) -> Option<CommonBins> {
    let candidates = results.model.candidates();
    let quantiles = |i: &usize| results.spread(*i).quantiles(&[TAIL, 0.5, 1.0 - TAIL]);
    let quantiles: Vec<Vec<f64>> = candidates.iter().map(quantiles).collect();
    let least = |k: usize| quantiles.iter().map(|q| q[k]).fold(f64::INFINITY, f64::min);
    let (low, median) = (least(0), least(1));
    let high = quantiles.iter().map(|q| q[2]).fold(f64::NEG_INFINITY, f64::max);
    if !(low > 0.0 && high.is_finite() && high > FAR * median) {
        return None;
    }
    let ratio = high / low;
    let edges: Vec<f64> = (0..=BINS).map(|k| low * crate::math::pow(ratio, k as f64 / BINS as f64)).collect();
    let row = |i: &usize| {
        let spread = results.spread(*i);
        let below: Vec<u64> = edges.iter().map(|edge| spread.below(*edge)).collect();
        let between = below.windows(2).map(|pair| pair[1] - pair[0]);
        let ends = [below[0], spread.count() - below[BINS]];
        (*i, std::iter::once(ends[0]).chain(between).chain([ends[1]]).collect())
    };
    Some(CommonBins { rows: candidates.iter().map(row).collect(), edges, width: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn scale(cost: &str) -> (CommonBins, u64) {
        let text = format!(
            "simulation = {{ horizon_months = 2, trials = 4096 }}\nworkload = {{ requests_per_month = 1, input_tokens = 0, \
             output_tokens = 0 }}\n[[option]]\nname = 'A'\nsetup.cost = '{cost}'\n"
        );
        let scenario = Scenario::from_toml(&text).unwrap_or_else(|findings| panic!("{findings}"));
        let results = scenario.simulate(Default::default()).unwrap_or_else(|failure| panic!("{failure:?}"));
        (CommonBins::of(&results).expect("bins"), results.design.trials())
    }

    #[test]
    fn totals_that_reach_far_are_shown_by_ratios() {
        let (far, trials) = scale("lognormal(median=100, sigma=2)");
        assert_eq!(far.width, None);
        let counts = &far.rows[0].1;
        assert_eq!((counts.len(), counts.iter().sum::<u64>()), (BINS + 2, trials));
        // The median is the middle of the scale, and the tails are half a percent each.
        let below: u64 = counts[..=BINS / 2].iter().sum();
        assert!(below.abs_diff(trials / 2) < trials / 100, "{below} of {trials}");
        assert!(counts[0].abs_diff(trials / 200) < 4 && counts[BINS + 1].abs_diff(trials / 200) < 4, "{counts:?}");
    }

    #[test]
    fn far_bins_that_hold_next_to_nothing_are_left_out() {
        let edges: Vec<f64> = (0..26).map(f64::from).collect();
        let thin = [vec![1, 1], vec![96; 21], vec![3, 2, 1, 4]].concat();
        let thick = vec![100; 27];
        let of = |rows: &[&Vec<u64>]| {
            let rows = rows.iter().map(|row| (0, (*row).clone())).collect();
            CommonBins { edges: edges.clone(), width: Some(1.0), rows }.without_tails(0.004)
        };
        // Of 2,028 trials at most 8 may lie beyond: 4 + 1 + 2, and 1 + 1.
        let one = of(&[&thin]);
        assert_eq!(one.edges, edges[1..24]);
        assert_eq!(one.rows[0].1, [vec![2], vec![96; 21], vec![3, 7]].concat());
        // What another option needs is kept.
        assert_eq!(of(&[&thin, &thick]).edges, edges);
    }

    #[test]
    fn other_totals_are_shown_as_in_the_table() {
        assert!(scale("lognormal(median=100, sigma=0.5)").0.width.is_some());
        // Of a constant nothing reaches far.
        assert!(scale("100").0.width.is_some());
    }
}
