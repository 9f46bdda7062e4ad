//! Sums by stretches of time of one length, and of models.

use std::collections::BTreeMap;

/// What can be added up.
pub trait Additive: Clone + Default {
    /// Adds others.
    fn add(&mut self, other: &Self);
}

/// Sums by stretches of time, of which the length may grow.
#[derive(Clone, Debug)]
pub struct Stretches<S> {
    /// Seconds of one.
    width: f64,
    sums: BTreeMap<(i64, u32), S>,
}

impl<S: Additive> Stretches<S> {
    /// None yet, of so many seconds each.
    pub fn new(width: f64) -> Stretches<S> {
        Stretches { width, sums: BTreeMap::new() }
    }

    /// Seconds of one.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Adds sums of a model at a time.
    pub fn add(&mut self, seconds: f64, model: u32, sums: &S) {
        let number = crate::math::floor(seconds / self.width) as i64;
        self.sums.entry((number, model)).or_default().add(sums);
    }

    /// Puts several together, so that each has so many seconds: a multiple of those it had.
    pub fn widen(&mut self, width: f64) {
        let factor = (width / self.width) as i64;
        let mut wide: BTreeMap<(i64, u32), S> = BTreeMap::new();
        for ((number, model), sums) in &self.sums {
            wide.entry((number.div_euclid(factor), *model)).or_default().add(sums);
        }
        *self = Stretches { width, sums: wide };
    }

    /// The first and the last number.
    pub fn span(&self) -> Option<(i64, i64)> {
        let (first, last) = (self.sums.first_key_value()?, self.sums.last_key_value()?);
        Some((first.0.0, last.0.0))
    }

    /// Those from the first to the last, empty ones as well, over all models, whose sums `settle` makes final.
    pub fn all(&self, settle: impl Fn(&S, u32) -> S) -> Vec<S> {
        let Some((first, last)) = self.span() else { return Vec::new() };
        let mut all = vec![S::default(); usize::try_from(last - first + 1).unwrap_or_default()];
        for ((number, model), sums) in &self.sums {
            all[(number - first) as usize].add(&settle(sums, *model));
        }
        all
    }
}
