//! An axis of a grid: a cell around each of its values, or around each of its names.

use super::axis::Axis;
use super::range::Range;
use super::unit::AxisUnit;
use crate::math;

/// Larger values would overflow when their distance is taken.
const LIMIT: f64 = 1e300;
/// About so many ticks for numbers.
const TICKS: f64 = 8.0;

/// One axis of a map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapAxis {
    /// Its name, with the unit.
    pub label: String,
    /// The values of the grid, in any order and at any distances.
    pub values: Vec<f64>,
    /// Equal distances for equal ratios; values at or below zero are left out.
    pub log: bool,
    /// Of the values.
    pub unit: AxisUnit,
    /// If not empty, categories in the place of numbers, one per value.
    pub names: Vec<String>,
}

/// Where the cells of one value lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AxisCell {
    /// Which of the values.
    pub index: usize,
    /// The value, in units of the placed axis.
    pub at: f64,
    /// The lower edge.
    pub low: f64,
    /// The upper edge.
    pub high: f64,
}

/// The axis with its cells in rising order.
#[derive(Debug, Clone, PartialEq)]
pub struct GridAxis {
    /// For positions and ticks.
    pub axis: Axis,
    /// One per value that can be drawn.
    pub cells: Vec<AxisCell>,
    /// Whether neighbours are categories, between which there is nothing.
    pub categories: bool,
    values: Vec<f64>,
}

impl GridAxis {
    /// Across the sheet.
    pub fn across(of: &MapAxis) -> Self {
        Self::new(of, false)
    }

    /// Up the sheet; categories come in reading order, from the top down.
    pub fn upward(of: &MapAxis) -> Self {
        Self::new(of, true)
    }

    fn new(of: &MapAxis, downward: bool) -> Self {
        let numbers = numbers(of);
        if !of.names.is_empty() {
            return Self::named(of.names.clone(), of.values.clone(), downward);
        }
        match numbers[..] {
            // A single number has no neighbours from which to take the size of its cell.
            [(index, value)] => {
                let mut axis = Self::named(vec![of.unit.write(value)], vec![value], downward);
                axis.cells.iter_mut().for_each(|cell| cell.index = index);
                axis
            }
            _ => Self::numbered(of, &numbers),
        }
    }

    fn named(names: Vec<String>, values: Vec<f64>, downward: bool) -> Self {
        let count = names.len();
        let place = |index: usize| if downward { count - 1 - index } else { index } as f64;
        let cell = |index| AxisCell { index, at: place(index), low: place(index) - 0.5, high: place(index) + 0.5 };
        let mut cells: Vec<AxisCell> = (0..count).map(cell).collect();
        let mut names = names;
        if downward {
            cells.reverse();
            names.reverse();
        }
        Self { axis: Axis::categories(names), cells, categories: true, values }
    }

    fn numbered(of: &MapAxis, numbers: &[(usize, f64)]) -> Self {
        let log = of.log;
        let scaled: Vec<f64> = numbers.iter().map(|&(_, value)| if log { math::ln(value) } else { value }).collect();
        let unscaled = |edge| if log { math::exp(edge).clamp(f64::MIN_POSITIVE, LIMIT) } else { edge };
        let edges: Vec<f64> = edges(&scaled).into_iter().map(unscaled).collect();
        let cell =
            |(i, &(index, at)): (usize, &(usize, f64))| AxisCell { index, at, low: edges[i], high: edges[i + 1] };
        let cells = numbers.iter().enumerate().map(cell).collect();
        let axis = match Range::of(edges.iter().copied()) {
            Some(range) if log => Axis::log(range, of.unit),
            range => Axis::at_or_exact(range.unwrap_or(Range { low: 0.0, high: 1.0 }), &scaled, TICKS, of.unit),
        };
        Self { axis, cells, categories: false, values: Vec::new() }
    }

    /// Where a point of the scenario lies on the axis, if on it at all.
    pub fn find(&self, value: f64) -> Option<f64> {
        if self.categories {
            let which = self.values.iter().position(|&known| known == value)?;
            // The only cell of a single number keeps the number's index, which says nothing of its place here.
            let only = self.values.len() == 1;
            return self.cells.iter().find(|cell| only || cell.index == which).map(|cell| cell.at);
        }
        self.axis.position(value).filter(|place| (0.0..=1.0).contains(place)).map(|_| value)
    }
}

/// The values that have a place, in rising order, with their indices; of equal ones the first.
fn numbers(of: &MapAxis) -> Vec<(usize, f64)> {
    let drawable = |value: f64| value.abs() <= LIMIT && (!of.log || value >= f64::MIN_POSITIVE);
    let mut numbers: Vec<(usize, f64)> =
        of.values.iter().copied().enumerate().filter(|&(_, value)| drawable(value)).collect();
    numbers.sort_by(|a, b| a.1.total_cmp(&b.1));
    numbers.dedup_by(|next, kept| next.1 == kept.1);
    numbers
}

/// Halfway between neighbours; the outermost cells reach as far out as in.
fn edges(values: &[f64]) -> Vec<f64> {
    let between: Vec<f64> = values.windows(2).map(|pair| pair[0] / 2.0 + pair[1] / 2.0).collect();
    let (Some(first), Some(last)) = (between.first(), between.last()) else {
        return Vec::new();
    };
    let (low, high) = (2.0 * values[0] - first, 2.0 * values[values.len() - 1] - last);
    std::iter::once(low).chain(between.iter().copied()).chain([high]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers_axis(values: &[f64], log: bool) -> GridAxis {
        GridAxis::across(&MapAxis { values: values.to_vec(), log, ..MapAxis::default() })
    }

    #[test]
    fn cells_end_halfway_to_their_neighbours() {
        let axis = numbers_axis(&[4.0, f64::NAN, 0.0, 1.0, 1.0], false);
        let cells: Vec<_> = axis.cells.iter().map(|cell| (cell.index, cell.low, cell.high)).collect();
        assert_eq!(cells, [(2, -0.5, 0.5), (3, 0.5, 2.5), (0, 2.5, 5.5)]);
    }

    #[test]
    fn on_a_log_axis_halfway_is_the_geometric_mean() {
        let axis = numbers_axis(&[1.0, 100.0, -3.0, 0.0], true);
        let ends = [axis.cells[0].low, axis.cells[0].high, axis.cells[1].high];
        for (end, expected) in ends.into_iter().zip([0.1, 10.0, 1000.0]) {
            assert!((end / expected - 1.0).abs() < 1e-12, "{ends:?}");
        }
    }

    #[test]
    fn a_point_is_found_inside_only() {
        assert_eq!(numbers_axis(&[1.0, 3.0], false).find(3.5), Some(3.5));
        assert_eq!(numbers_axis(&[1.0, 3.0], false).find(4.5), None);
        assert_eq!(numbers_axis(&[f64::NAN, 7.0], false).find(7.0), Some(0.0));
        assert_eq!(numbers_axis(&[f64::NAN, 7.0], false).find(6.0), None);
        let names = vec!["a".to_owned(), "b".to_owned()];
        let named = GridAxis::upward(&MapAxis { values: vec![5.0, 6.0], names, ..MapAxis::default() });
        assert_eq!((named.find(5.0), named.find(6.0)), (Some(1.0), Some(0.0)));
    }
}
