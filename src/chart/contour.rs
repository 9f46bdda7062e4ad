//! Where a field crosses a level: marching squares, straight between the points of the grid.

use std::collections::BTreeMap;

use super::canvas::Point;

/// Values at the points of a grid; what is not finite is missing.
pub struct GridField {
    /// Places of the columns.
    pub xs: Vec<f64>,
    /// Places of the rows.
    pub ys: Vec<f64>,
    /// Row by row.
    pub values: Vec<Vec<f64>>,
}

/// A side of a square: its lower left point, and whether it goes up.
type Side = (usize, usize, bool);

impl GridField {
    fn value(&self, (column, row): (usize, usize)) -> f64 {
        self.values.get(row).and_then(|values| values.get(column)).copied().unwrap_or(f64::NAN)
    }

    fn crossing(&self, (column, row, up): Side, level: f64) -> Point {
        let (a, b) = ((column, row), if up { (column, row + 1) } else { (column + 1, row) });
        let share = (level - self.value(a)) / (self.value(b) - self.value(a));
        let between = |from: f64, to: f64| from + share * (to - from);
        (between(self.xs[a.0], self.xs[b.0]), between(self.ys[a.1], self.ys[b.1]))
    }

    /// The pairs of sides between which the line crosses the square with this lower left point.
    fn pieces(&self, (column, row): (usize, usize), level: f64) -> Vec<(Side, Side)> {
        let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
        let values = corners.map(|corner| self.value(corner));
        if !values.iter().all(|value| value.is_finite()) {
            return Vec::new();
        }
        let sides = [(column, row, false), (column + 1, row, true), (column, row + 1, false), (column, row, true)];
        let above = values.map(|value| value >= level);
        let crossed: Vec<Side> = (0..4).filter(|&i| above[i] != above[(i + 1) % 4]).map(|i| sides[i]).collect();
        match crossed[..] {
            [a, b] => vec![(a, b)],
            // A saddle: the middle decides which corners hang together.
            [a, b, c, d] => {
                let middle_above = values.iter().sum::<f64>() / 4.0 >= level;
                if middle_above == above[0] { vec![(a, b), (c, d)] } else { vec![(d, a), (b, c)] }
            }
            _ => Vec::new(),
        }
    }
}

/// The lines along which the field has this level, each as long as it can be.
pub fn lines(field: &GridField, level: f64) -> Vec<Vec<Point>> {
    let squares = (1..field.ys.len()).flat_map(|row| (1..field.xs.len()).map(move |column| (column - 1, row - 1)));
    let pieces: Vec<(Side, Side)> = squares.flat_map(|square| field.pieces(square, level)).collect();
    let chains = chains(&pieces);
    chains.into_iter().map(|chain| chain.into_iter().map(|side| field.crossing(side, level)).collect()).collect()
}

/// Joins pieces that share a side; a closed line ends where it begins.
fn chains(pieces: &[(Side, Side)]) -> Vec<Vec<Side>> {
    let mut at: BTreeMap<Side, Vec<usize>> = BTreeMap::new();
    for (i, &(a, b)) in pieces.iter().enumerate() {
        at.entry(a).or_default().push(i);
        at.entry(b).or_default().push(i);
    }
    let ends: Vec<Side> = at.iter().filter(|(_, pieces)| pieces.len() == 1).map(|(&side, _)| side).collect();
    let mut used = vec![false; pieces.len()];
    // First from the open ends, then around what is left: closed lines.
    let starts = ends.into_iter().chain(pieces.iter().map(|piece| piece.0));
    starts.map(|start| follow(start, pieces, &at, &mut used)).filter(|chain| chain.len() > 1).collect()
}

fn follow(start: Side, pieces: &[(Side, Side)], at: &BTreeMap<Side, Vec<usize>>, used: &mut [bool]) -> Vec<Side> {
    let mut chain = vec![start];
    let mut side = start;
    while let Some(&next) = at.get(&side).and_then(|near| near.iter().find(|&&piece| !used[piece])) {
        used[next] = true;
        let (a, b) = pieces[next];
        side = if a == side { b } else { a };
        chain.push(side);
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(columns: usize, rows: usize, of: impl Fn(f64, f64) -> f64) -> GridField {
        // Unevenly spaced.
        let places = |count: usize| -> Vec<f64> { (0..count).map(|i| (i * (i + 3)) as f64).collect() };
        let (xs, ys) = (places(columns), places(rows));
        let values = ys.iter().map(|&y| xs.iter().map(|&x| of(x, y)).collect()).collect();
        GridField { xs, ys, values }
    }

    #[test]
    fn the_line_of_a_plane_is_straight() {
        let lines = lines(&field(7, 5, |x, y| (x + 2.0 * y) / 60.0), 0.5);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].len() > 5);
        for (x, y) in &lines[0] {
            assert!((x + 2.0 * y - 30.0).abs() < 1e-9, "{x} {y}");
        }
    }

    #[test]
    fn a_hill_has_one_closed_line() {
        let lines = lines(&field(9, 9, |x, y| 1.0 - (x - 30.0).hypot(y - 30.0) / 40.0), 0.5);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
    }

    #[test]
    fn what_is_missing_interrupts_the_line() {
        let across = |hole: f64| field(6, 3, move |x, y| if x == hole { f64::NAN } else { y / 10.0 });
        assert_eq!(lines(&across(-1.0), 0.5).len(), 1);
        assert_eq!(lines(&across(10.0), 0.5).len(), 2);
        assert_eq!(lines(&field(1, 5, |_, y| y), 0.5).len(), 0);
        assert_eq!(lines(&field(0, 0, |_, y| y), 0.5).len(), 0);
    }

    #[test]
    fn at_a_saddle_the_middle_decides() {
        let saddle = |high: f64| {
            let values = vec![vec![high, 0.0], vec![0.0, high]];
            lines(&GridField { xs: vec![0.0, 1.0], ys: vec![0.0, 1.0], values }, 0.5)
        };
        // A high middle joins the high corners, a low one the low corners.
        let along = |line: &[Point], sign: f64| line[0].0 + sign * line[0].1 == line[1].0 + sign * line[1].1;
        assert!(saddle(2.0).iter().all(|line| along(line, -1.0)));
        assert!(saddle(0.625).iter().all(|line| along(line, 1.0)));
        assert_eq!((saddle(2.0).len(), saddle(0.625).len()), (2, 2));
    }
}
