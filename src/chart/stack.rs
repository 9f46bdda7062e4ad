//! What is stacked: the largest cost lines by themselves, the others in one, and how high it gets.

use super::range::Range;
use super::stacked::Panel;
use crate::palette::MOST_FILLS;

/// A bar this many times as high as the others would press them flat; the scale then ends at the others.
const TOO_HIGH: f64 = 3.0;
/// What is at most this many times as high is not cut then, either.
const BEARABLE: f64 = 2.0;
/// So many bars per panel may be cut.
const CUTS_PER_PANEL: usize = 2;
/// Above the highest uncut bar, as a share of it.
const HEADROOM: f64 = 1.2;

/// The two directions from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Amounts to pay.
    Up,
    /// Amounts received.
    Down,
}

/// Cost lines of all panels under common names: `amounts[panel][line][month]`.
pub struct Stack {
    /// The names that were given; what is in none of them comes last.
    pub names: Vec<String>,
    /// The values, zero where there is none.
    pub amounts: Vec<Vec<Vec<f64>>>,
    /// Months of the longest line.
    pub months: usize,
}

impl Stack {
    /// Gathers the panels' lines, those of these names by themselves and all others in one.
    pub fn of(panels: &[Panel], kept: &[String]) -> Self {
        let all = names(panels);
        let kept: Vec<&str> = kept.iter().map(String::as_str).take(MOST_FILLS).collect();
        let others: Vec<&str> = all.into_iter().filter(|name| !kept.contains(name)).collect();
        let months = panels.iter().flat_map(|panel| &panel.lines).map(|line| line.values.len()).max().unwrap_or(0);
        let slots = kept.len() + usize::from(!others.is_empty());
        let amounts = panels.iter().map(|panel| sums(panel, &kept, slots, months)).collect();
        let mut names: Vec<String> = kept.iter().map(|&name| name.to_owned()).collect();
        match others[..] {
            [] => {}
            [only] => names.push(only.to_owned()),
            _ => names.push(format!("other ({} lines)", others.len())),
        }
        Self { names, amounts, months }
    }

    /// Sum of a month's positive amounts in one panel.
    pub fn height(&self, panel: usize, month: usize) -> f64 {
        self.amounts[panel].iter().map(|line| line[month].max(0.0)).sum()
    }

    /// Where each line ends, month by month, when stacked on those before it: `[line][month]`.
    ///
    /// A bar higher than `limit` is pressed together and keeps its proportions: otherwise only its lowest
    /// line would be seen.
    pub fn ends(&self, panel: usize, side: Direction, limit: f64) -> Vec<Vec<f64>> {
        let mut sums = vec![0.0; self.months];
        let mut ends = Vec::new();
        for line in &self.amounts[panel] {
            for (month, (sum, amount)) in sums.iter_mut().zip(line).enumerate() {
                *sum += match side {
                    Direction::Up => amount.max(0.0) * (limit / self.height(panel, month)).min(1.0),
                    Direction::Down => amount.min(0.0),
                };
            }
            ends.push(sums.clone());
        }
        ends
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize)> {
        let months = self.months;
        (0..self.amounts.len()).flat_map(move |panel| (0..months).map(move |month| (panel, month)))
    }

    /// Whether a bar is higher than the y axis.
    pub fn is_cut(&self) -> bool {
        let high = self.range().high;
        self.cells().any(|(panel, month)| self.height(panel, month) > high)
    }

    /// The range of the y axis.
    pub fn range(&self) -> Range {
        let depth = |panel: usize, month: usize| self.amounts[panel].iter().map(|line| line[month].min(0.0)).sum();
        let low = self.cells().map(|(panel, month)| depth(panel, month)).fold(0.0, f64::min);
        let mut heights: Vec<f64> = self.cells().map(|(panel, month)| self.height(panel, month)).collect();
        heights.sort_by(|a, b| b.total_cmp(a));
        let highest = heights.first().copied().unwrap_or(0.0);
        let ordinary = heights.get(CUTS_PER_PANEL * self.amounts.len()).copied().unwrap_or(0.0);
        let cut = ordinary > 0.0 && highest > TOO_HIGH * ordinary.max(-low);
        let uncut = heights.into_iter().find(|height| *height <= BEARABLE * ordinary).unwrap_or(ordinary);
        Range { low, high: if cut { HEADROOM * uncut } else { highest } }
    }
}

/// Every line's name once, in order of appearance.
fn names(panels: &[Panel]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for line in panels.iter().flat_map(|panel| &panel.lines) {
        if !names.contains(&line.name.as_str()) {
            names.push(&line.name);
        }
    }
    names
}

/// The names of the lines with the most money in them, as many as there are colours: in all months, or in one, so that
/// what is paid once does not vanish among what is paid every month.
pub fn largest_lines(panels: &[Panel]) -> Vec<String> {
    let names = names(panels);
    let amounts = |name: &str| {
        let lines = panels.iter().flat_map(|panel| &panel.lines).filter(|line| line.name == name);
        lines.flat_map(|line| &line.values).map(|value| drawable(*value).abs()).collect::<Vec<f64>>()
    };
    let sums: Vec<f64> = names.iter().map(|name| amounts(name).iter().sum()).collect();
    let peaks: Vec<f64> = names.iter().map(|name| amounts(name).into_iter().fold(0.0, f64::max)).collect();
    let share = |of: &[f64], i: usize| {
        let all = of.iter().fold(0.0, |all, x| f64::max(all, *x));
        if all > 0.0 { of[i] / all } else { 0.0 }
    };
    let weight = |i: usize| share(&sums, i).max(share(&peaks, i));
    let mut by_weight: Vec<(usize, f64)> = (0..names.len()).map(|i| (i, weight(i))).collect();
    by_weight.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let kept = by_weight.iter().take(MOST_FILLS);
    let mut kept: Vec<usize> = kept.filter(|(_, weight)| *weight > 0.0).map(|&(i, _)| i).collect();
    kept.sort_unstable();
    kept.into_iter().map(|i| names[i].to_owned()).collect()
}

fn sums(panel: &Panel, kept: &[&str], slots: usize, months: usize) -> Vec<Vec<f64>> {
    let mut sums = vec![vec![0.0; months]; slots];
    for line in &panel.lines {
        let slot = kept.iter().position(|name| *name == line.name).unwrap_or(kept.len());
        for (sum, value) in sums[slot].iter_mut().zip(&line.values) {
            *sum += drawable(*value);
        }
    }
    sums
}

/// Zero for what has no height; smaller than the largest number, so that sums remain finite.
fn drawable(value: f64) -> f64 {
    if value.is_finite() { value.clamp(-1e290, 1e290) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::stacked::StackLine;
    use super::*;

    fn panel(lines: &[(&str, [f64; 6])]) -> Panel {
        let line = |(name, values): &(&str, [f64; 6])| StackLine { name: (*name).into(), values: values.to_vec() };
        Panel { name: String::new(), lines: lines.iter().map(line).collect() }
    }

    fn whole(panels: &[Panel]) -> Stack {
        Stack::of(panels, &largest_lines(panels))
    }

    #[test]
    fn amounts_are_stacked_from_zero_both_ways() {
        let stack = whole(&[panel(&[("a", [1.0; 6]), ("b", [-2.0; 6]), ("c", [3.0; 6])])]);
        let ends = |side| stack.ends(0, side, 10.0).iter().map(|line| line[0]).collect::<Vec<_>>();
        assert_eq!(ends(Direction::Up), [1.0, 1.0, 4.0]);
        assert_eq!(ends(Direction::Down), [0.0, -2.0, -2.0]);
        assert_eq!(stack.range(), Range { low: -2.0, high: 4.0 });
    }

    #[test]
    fn a_bar_far_above_the_others_is_cut_in_proportion() {
        let stack = whole(&[panel(&[("a", [30.0, 1.0, 1.0, 1.0, 1.0, 1.0]), ("b", [70.0, 1.0, 1.0, 1.0, 1.0, 1.0])])]);
        assert!(stack.is_cut());
        assert_eq!(stack.range().high, 2.0 * HEADROOM);
        let ends: Vec<f64> = stack.ends(0, Direction::Up, 10.0).iter().map(|line| line[0]).collect();
        assert_eq!(ends, [3.0, 10.0]);
    }

    #[test]
    fn small_lines_are_summed_up() {
        let names: Vec<String> = (0..12).map(|i| format!("line {i}")).collect();
        let lines: Vec<_> = names.iter().enumerate().map(|(i, name)| (name.as_str(), [(i + 1) as f64; 6])).collect();
        let stack = whole(&[panel(&lines)]);
        assert_eq!(stack.names.len(), MOST_FILLS + 1);
        assert_eq!(stack.names[0], "line 3");
        assert_eq!(stack.names[MOST_FILLS], "other (3 lines)");
        assert_eq!(stack.amounts[0][MOST_FILLS][0], 6.0);
    }

    #[test]
    fn a_line_has_its_place_wherever_its_name_is_given() {
        let panels = [panel(&[("small", [1.0; 6]), ("large", [9.0; 6])])];
        let names =
            |named: &[&str]| Stack::of(&panels, &named.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()).names;
        assert_eq!(names(&["large", "elsewhere"]), ["large", "elsewhere", "small"]);
        assert_eq!(names(&[]), ["other (2 lines)"]);
    }
}
