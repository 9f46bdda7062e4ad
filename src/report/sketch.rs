//! On the screen: the spread of the totals and the way to the break-even, in letters that are blocks.

use std::ops::Range;

use super::format::{money_range, percent};
use super::grid::{TextGrid, wrap};
use super::scale::CommonBins;
use super::screen::{Screen, WIDTH};
use crate::engine::MonthlyCurve;
use crate::stats::Estimate;

/// Heights, from an eighth of a line to all of it.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Columns of a histogram at most: what the names leave, down to 18 of their columns.
const BARS: usize = WIDTH - 2 - 18;
/// Columns that it keeps: the ends of its scale have room above them.
const FEWEST_BARS: usize = 30;
/// A share of the trials that may lie beyond either end of the scale to make room for the others.
const TAIL: f64 = 0.005;
/// A bar of a smaller share of the trials is left out: even an eighth of a line would show it too large.
const LEAST_BAR: f64 = 0.001;
/// Columns of a curve: what its heading and the last value leave.
const MONTHS: usize = 38;
/// A share of the trials beyond the ends of the scale that is worth a word.
const OUTSIDE: f64 = 0.01;
/// A probability that is as good as zero, and one less of which is as good as one.
const NOTHING: f64 = 0.0005;

impl Screen<'_> {
    /// The totals of all candidates on one scale. Each row has its own height, as narrow spreads would dwarf wide ones.
    pub fn spreads(&self) -> Option<String> {
        let scale = CommonBins::of(self.results)?;
        let edges = &scale.edges;
        let counts: Vec<&[u64]> = scale.rows.iter().map(|(_, counts)| counts.as_slice()).collect();
        // All in one bin of the same place: nothing is spread.
        if (1..edges.len()).filter(|k| counts.iter().any(|row| row[*k] > 0)).count() < 2 {
            return None;
        }
        let shown = shown_bins(&counts);
        let ends = [edges.get(shown.start - 1)?, edges.get(shown.end - 1)?].map(|edge| Estimate::exact(*edge));
        let ends = money_range(&self.results.scenario.currency, ends);
        let merged: Vec<Vec<u64>> = counts.iter().map(|row| merged(&row[shown.clone()], BARS)).collect();
        let heading = if self.is_portfolio() { "Cost per task" } else { "Total cost" };
        let heading = if scale.width.is_none() { format!("{heading}, log") } else { heading.to_owned() };
        let mut grid = TextGrid::new(&[&heading, &ends_of_scale(&ends, merged.first()?.len())]);
        let mut outside = String::new();
        for ((i, counts), merged) in scale.rows.iter().zip(&merged) {
            grid.row(vec![self.label(*i), bars(merged, counts.iter().sum())]);
            outside.extend(self.outside(*i, counts, &shown, &ends).map(|text| wrap(&text, WIDTH) + "\n"));
        }
        Some(grid.render(WIDTH) + &outside)
    }

    /// How many trials lie beyond the ends of the scale, if they are many.
    fn outside(
        &self,
        option: usize,
        counts: &[u64],
        shown: &Range<usize>,
        [low, high]: &[String; 2],
    ) -> Option<String> {
        let total: u64 = counts.iter().sum();
        let share = |counts: &[u64]| counts.iter().sum::<u64>() as f64 / total as f64;
        let sides = [(share(&counts[..shown.start]), "below", low), (share(&counts[shown.end..]), "above", high)];
        let many = sides.into_iter().filter(|(share, ..)| *share > OUTSIDE);
        let told: Vec<String> =
            many.map(|(p, side, end)| format!("{:.0} % of {} {side} {end}", 100.0 * p, self.unit())).collect();
        let name = self.label(option);
        (!told.is_empty()).then(|| format!("Off the scale: {name}, {}.", told.join(" and ")))
    }

    /// The probability of having broken even for good, by month; of those options where it says something.
    pub fn ways_to_break_even(&self) -> Option<String> {
        let horizon = self.results.model.horizon as usize;
        let months = shown_months(horizon, MONTHS);
        let ends = ["1".to_owned(), horizon.to_string()];
        let mut grid = TextGrid::new(&["Lasting break-even by month", &ends_of_scale(&ends, months.len()), ""]);
        let mut any = false;
        for c in &self.verdict.challengers {
            let curve = |month: &u32| self.results.curve(c.option, MonthlyCurve::StaysCheaper, *month);
            let curve: Vec<Estimate> = months.iter().filter_map(curve).collect();
            let Some(last) = curve.last().filter(|_| curve.len() == months.len()) else { continue };
            let all = |test: fn(f64) -> bool| curve.iter().all(|p| test(p.value));
            if months.len() < 2 || all(|p| p < NOTHING) || all(|p| p > 1.0 - NOTHING) {
                continue;
            }
            let line: String = curve.iter().map(|p| block(if p.value < NOTHING { 0.0 } else { p.value })).collect();
            grid.row(vec![self.label(c.option), line, percent(*last, self.chances())]);
            any = true;
        }
        any.then(|| grid.render(WIDTH))
    }
}

/// The bins that are shown: all but those at the ends in which no option has more than a few trials. The first and the
/// last count are of what lies outside the bins.
fn shown_bins(counts: &[&[u64]]) -> Range<usize> {
    let mut shown = 1..counts.first().map_or(1, |row| row.len() - 1);
    let few = |beyond: Range<usize>| {
        let share = |row: &[u64]| row[beyond.clone()].iter().sum::<u64>() as f64 / row.iter().sum::<u64>() as f64;
        counts.iter().all(|row| share(row) <= TAIL)
    };
    let all = shown.end + 1;
    while shown.len() > FEWEST_BARS && few(shown.end - 1..all) {
        shown.end -= 1;
    }
    while shown.len() > FEWEST_BARS && few(0..shown.start + 1) {
        shown.start += 1;
    }
    shown
}

/// Neighbours put together until there are no more than `most`.
fn merged(counts: &[u64], most: usize) -> Vec<u64> {
    counts.chunks(counts.len().div_ceil(most).max(1)).map(|group| group.iter().sum()).collect()
}

/// Counts, of so many trials, as bars; the highest is a full line high.
fn bars(counts: &[u64], trials: u64) -> String {
    let highest = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
    let bar = |count: &u64| match *count as f64 / trials as f64 {
        share if share < LEAST_BAR => block(0.0),
        _ => block(*count as f64 / highest),
    };
    counts.iter().map(bar).collect()
}

/// A share of a full line. Only nothing looks like nothing.
fn block(share: f64) -> char {
    match (8.0 * share).round() as usize {
        _ if share <= 0.0 => ' ',
        eighths => BLOCKS[eighths.clamp(1, 8) - 1],
    }
}

/// The last month of each of at most so many equal spans, and the last of all.
fn shown_months(horizon: usize, most: usize) -> Vec<u32> {
    let span = horizon.div_ceil(most).max(1);
    (1..=horizon.div_ceil(span)).map(|k| (k * span).min(horizon) as u32).collect()
}

/// The two ends of a scale, at the ends of so many columns.
fn ends_of_scale([low, high]: &[String; 2], columns: usize) -> String {
    let room = columns.saturating_sub(low.chars().count()).max(high.chars().count() + 1);
    format!("{low}{high:>room$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merging_neither_adds_nor_loses() {
        let counts: Vec<u64> = (0..60).map(|k| k * k).collect();
        for most in [60, 59, 30, 7, 1] {
            let merged = merged(&counts, most);
            assert!(merged.len() <= most, "{most}");
            assert_eq!(merged.iter().sum::<u64>(), counts.iter().sum::<u64>());
        }
        assert_eq!(merged(&[1, 2, 3], 60), [1, 2, 3]);
    }

    #[test]
    fn heights_are_in_proportion_and_little_is_not_nothing() {
        assert_eq!(bars(&[0, 2, 20, 400, 800, 1600, 0], 2822), "  ▁▂▄█ ");
        assert_eq!(bars(&[0, 0], 0), "  ");
        assert_eq!([0.0, 0.001, 0.5, 0.51, 1.0].map(block), [' ', '▁', '▄', '▄', '█']);
    }

    #[test]
    fn the_scale_leaves_out_no_more_than_thin_ends() {
        let mut counts = vec![0, 1, 1, 3];
        counts.extend([100; 40]);
        counts.extend([5, 5, 5, 5, 1]);
        // Four of 4,024 are fewer than one in 200, as are the last 5 + 5 + 5 + 1; the next would be one too many.
        assert_eq!(shown_bins(&[&counts]), 4..45);
        assert_eq!(shown_bins(&[&counts, &[100; 49]]), 1..48);
        assert_eq!(shown_bins(&[&[vec![0], vec![100; 20], vec![0]].concat()]), 1..21);
    }

    #[test]
    fn months_fit_and_end_with_the_last() {
        assert_eq!(shown_months(3, 38), [1, 2, 3]);
        assert_eq!(shown_months(7, 3), [3, 6, 7]);
        for horizon in 1..200 {
            let months = shown_months(horizon, 38);
            assert!(months.len() <= 38 && months.last() == Some(&(horizon as u32)));
        }
        assert_eq!(ends_of_scale(&["1".to_owned(), "36".to_owned()], 8), "1     36");
        assert_eq!(ends_of_scale(&["1".to_owned(), "12".to_owned()], 2), "1 12");
    }
}
