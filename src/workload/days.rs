//! Sums by stretches of time of one length, and of models.

use std::collections::BTreeMap;

use super::sums::TokenSums;

/// Sums by stretches of time, of which the length may grow.
#[derive(Clone, Debug)]
pub struct Stretches {
    /// Seconds of one.
    width: f64,
    sums: BTreeMap<(i64, u32), TokenSums>,
}

impl Stretches {
    /// None yet, of so many seconds each.
    pub fn new(width: f64) -> Stretches {
        Stretches { width, sums: BTreeMap::new() }
    }

    /// Seconds of one.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// The number of that in which a time lies.
    pub fn number(&self, seconds: f64) -> i64 {
        crate::math::floor(seconds / self.width) as i64
    }

    /// Adds sums of a model at a time.
    pub fn add(&mut self, seconds: f64, model: u32, sums: &TokenSums) {
        self.sums.entry((self.number(seconds), model)).or_default().add(sums);
    }

    /// Puts several together, so that each has so many seconds: a multiple of those it had.
    pub fn widen(&mut self, width: f64) {
        let factor = (width / self.width) as i64;
        let mut wide: BTreeMap<(i64, u32), TokenSums> = BTreeMap::new();
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

    /// Those from the first to the last, empty ones as well, over all models.
    pub fn all(&self, is_wrong: &[bool]) -> Vec<TokenSums> {
        let Some((first, last)) = self.span() else { return Vec::new() };
        let mut all = vec![TokenSums::default(); usize::try_from(last - first + 1).unwrap_or_default()];
        for ((number, model), sums) in &self.sums {
            let settled = sums.settled(is_wrong.get(*model as usize).copied().unwrap_or_default());
            all[(number - first) as usize].add(&settled);
        }
        all
    }
}
