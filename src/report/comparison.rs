//! For the reader: the challengers against the baseline.

use super::format::short;
use super::grid::Grid;
use super::screen::Screen;
use crate::engine::Metric;
use crate::tables::Challenger;

impl Screen<'_> {
    /// The challengers against the baseline.
    pub fn challengers(&self) -> Option<Grid> {
        if self.verdict.challengers.is_empty() {
            return None;
        }
        let title = format!("Against {}", self.name(self.results.model.baseline));
        let mut grid = Grid::new(&[&title, "saves", &self.range_heading(), "lasting break-even", "never"]);
        for c in &self.verdict.challengers {
            grid.row(vec![
                self.name(c.option),
                self.money(c.saving[0]),
                self.range(c.option, Metric::Saving),
                months(c),
                self.percent(c.p_never),
            ]);
        }
        Some(grid)
    }

    /// At which volumes each challenger is likely to be cheaper.
    pub fn volumes(&self) -> Vec<String> {
        self.verdict.challengers.iter().map(|c| self.volume(c)).collect()
    }

    fn volume(&self, c: &Challenger) -> String {
        let (results, name) = (self.results, self.name(c.option));
        let [own, low, high] = [results.requests[1], results.volumes[0], results.volumes[results.volumes.len() - 1]]
            .map(|v| short(v, 0.0));
        let side = |gains: bool| if gains { "cheaper" } else { "dearer" };
        let text = match c.even_volume {
            Some(v) => {
                let even = short(v.value, v.std_error.unwrap_or(0.0));
                format!(
                    "{name} is as likely {} as not at {even} requests a month, likelier above",
                    side(c.gains_with_volume)
                )
            }
            None if c.p_cheaper_at_volume == 0.5 => {
                format!("{name} is as likely cheaper as not at any volume from {low} to {high}")
            }
            None => {
                let cheaper = c.p_cheaper_at_volume > 0.5;
                format!("{name} is more likely {} than not at any volume from {low} to {high}", side(cheaper))
            }
        };
        format!("{text}; the median {} has {own}.", if self.is_portfolio() { "task" } else { "future" })
    }
}

/// When a challenger has broken even for good: the median month, and the 90 % range.
pub(super) fn months(c: &Challenger) -> String {
    let [low, median, high] = c.months;
    match (low, median, high) {
        (None, _, _) => "never".to_owned(),
        (Some(low), None, _) => format!("5 % by month {low}"),
        (Some(low), Some(median), Some(high)) if low == high => format!("month {median}"),
        (Some(low), Some(median), Some(high)) => format!("month {median} ({low} to {high})"),
        (Some(low), Some(median), None) => format!("month {median} ({low} to never)"),
    }
}
