//! Slices of a variable's coordinate: equal parts, of which the outermost two are halved again and again towards the ends,
//! where costs may turn on one trial in a thousand.

use crate::vector::kernels;

/// The fewest trials that are expected in a slice that was halved off.
const TRIALS: u64 = 64;
/// The most halvings of an outermost part.
const HALVINGS: usize = 6;

/// A cut of the unit interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    parts: usize,
    halvings: usize,
}

impl Levels {
    /// So many equal parts, at least two, of which the outermost are halved as often as the number of trials allows.
    pub fn new(parts: usize, trials: u64) -> Levels {
        let in_part = trials / parts as u64;
        let halvings = (in_part / TRIALS).checked_ilog2().map_or(0, |n| n as usize);
        Levels { parts, halvings: halvings.min(HALVINGS) }
    }

    /// How often each of the outermost parts is halved.
    pub fn halvings(self) -> usize {
        self.halvings
    }

    /// How many slices there are.
    pub fn count(self) -> usize {
        self.parts + 2 * self.halvings
    }

    /// Where a slice begins, and behind the last where it ends: a coordinate in [0, 1].
    pub fn edge(self, slice: usize) -> f64 {
        let middle = self.count() / 2;
        if slice > middle {
            return 1.0 - self.edge(self.count() - slice);
        }
        let parts = self.parts as f64;
        match slice.checked_sub(self.halvings) {
            Some(whole @ 1..) => whole as f64 / parts,
            _ if slice == 0 => 0.0,
            _ => f64::exp2(slice as f64 - 1.0 - self.halvings as f64) / parts,
        }
    }

    /// The slices in which coordinates lie, counted from `first` on.
    pub fn places(self, coordinates: &[f64], first: usize, out: &mut [usize]) {
        equal_parts(coordinates, first + self.halvings, self.parts - 1, out);
        if self.halvings == 0 {
            return;
        }
        let [low, high] = [first + self.halvings, first + self.halvings + self.parts - 1];
        let last = first + self.count() - 1;
        for (place, u) in out.iter_mut().zip(coordinates) {
            if *place == low {
                *place = first + self.halved(*u);
            } else if *place == high {
                *place = last - self.halved(1.0 - u);
            }
        }
    }

    /// The slice of the first part in which a coordinate lies.
    fn halved(self, u: f64) -> usize {
        let narrowest = f64::exp2(-(self.halvings as f64)) / self.parts as f64;
        ((u / narrowest) as u64).checked_ilog2().map_or(0, |n| (n as usize + 1).min(self.halvings))
    }
}

kernels! {
    /// The equal parts of coordinates, the first of which has the number `first`, and the last one that is so much larger.
    fn equal_parts(coordinates: &[f64], first: usize, last: usize, out: &mut [usize]) {
        let parts = (last + 1) as f64;
        for (place, u) in out.iter_mut().zip(coordinates) {
            *place = first + ((u * parts) as usize).min(last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coordinate_lies_between_the_edges_of_its_slice() {
        for (parts, trials) in [(64, 1 << 18), (64, 1 << 16), (64, 1000), (4, 1 << 18), (2, 512)] {
            let levels = Levels::new(parts, trials);
            let coordinates: Vec<f64> = (0..100_000).map(|k| (f64::from(k) + 0.37) / 1e5).collect();
            let mut places = vec![0; coordinates.len()];
            levels.places(&coordinates, 3, &mut places);
            for (u, place) in coordinates.iter().zip(&places) {
                let slice = place - 3;
                assert!((levels.edge(slice)..levels.edge(slice + 1)).contains(u), "{levels:?}: {u} is not in {slice}");
            }
            assert_eq!((levels.edge(0), levels.edge(levels.count())), (0.0, 1.0));
        }
    }

    #[test]
    fn the_narrowest_slice_holds_some_trials() {
        let narrowest = |trials: u64| Levels::new(64, trials).edge(1) * trials as f64;
        assert_eq!([4096, 65_536, 262_144, 1 << 30].map(narrowest), [64.0, 64.0, 64.0, (1u64 << 18) as f64]);
        assert_eq!(Levels::new(64, 10).count(), 64);
    }
}
