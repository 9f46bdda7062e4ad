//! The trials cut into parts by the values of an input.

use crate::quantity::Law;

/// Parts of equal probability.
pub const PARTS: usize = 1024;
/// Trials that are expected in a part.
const TRIALS: u64 = 16;
/// The fewest parts.
const FEWEST: usize = 16;
/// Levels at which the values of a distribution are looked at.
const LEVELS: usize = 1 << 14;
/// An input whose draws repeat each value so often takes few values.
const REPEATED: usize = 8;

/// How an input cuts the trials.
#[derive(Clone, Debug)]
pub struct Cut {
    /// The last value of each part but the last, rising.
    ends: Vec<f64>,
    /// Whether a part is one value.
    is_by_value: bool,
}

impl Cut {
    /// Of an input with a law, of which some values were drawn, in a run of so many trials: 1,024 parts of equal
    /// probability, fewer where these would have less than 16 trials; its values, where it takes no more.
    pub fn new(law: &Law, drawn: &[f64], trials: u64) -> Cut {
        let in_trials = usize::try_from(trials / TRIALS).unwrap_or(PARTS).max(1);
        let parts = (1 << in_trials.ilog2()).clamp(FEWEST, PARTS);
        match law {
            Law::Fixed(quantiles) => {
                let levels: Vec<f64> = (0..LEVELS).map(|k| (k as f64 + 0.5) / LEVELS as f64).collect();
                let mut values = vec![0.0; LEVELS];
                quantiles.fill(&levels, &mut values);
                let end = |k: usize| quantiles.quantile(k as f64 / parts as f64);
                Cut::by_value(&values).unwrap_or_else(|| Cut::by_ends((1..parts).map(end)))
            }
            Law::Varying(_) | Law::Choice(_) => {
                let mut values = drawn.to_vec();
                values.sort_by(f64::total_cmp);
                let end = |k: usize| values[(k * values.len() / parts).saturating_sub(1)];
                let ends = if values.is_empty() { 1..1 } else { 1..parts };
                Cut::by_value(&values).unwrap_or_else(|| Cut::by_ends(ends.map(end)))
            }
        }
    }

    /// By the values themselves, of which some that rise are all; `None` where there are too many.
    fn by_value(rising: &[f64]) -> Option<Cut> {
        let mut values = rising.to_vec();
        values.dedup();
        let few = values.len() <= PARTS && values.len() * REPEATED <= rising.len();
        values.pop();
        few.then_some(Cut { ends: values, is_by_value: true })
    }

    fn by_ends(ends: impl Iterator<Item = f64>) -> Cut {
        let mut ends: Vec<f64> = ends.collect();
        ends.dedup();
        Cut { ends, is_by_value: false }
    }

    /// How many parts there are.
    pub fn count(&self) -> usize {
        self.ends.len() + 1
    }

    /// Whether a part is one value.
    pub fn is_by_value(&self) -> bool {
        self.is_by_value
    }

    /// The part of a value.
    pub fn place(&self, x: f64) -> usize {
        self.ends.partition_point(|end| *end < x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::{Form, Quantiles};

    fn cut(form: Form, parameters: &[f64], trials: u64) -> Cut {
        Cut::new(&Law::Fixed(Quantiles::new(form.build(parameters).expect("a distribution"))), &[], trials)
    }

    #[test]
    fn parts_are_equal_or_values() {
        let normal = cut(Form::NormalMeanSd, &[0.0, 1.0], 1 << 18);
        assert_eq!(
            (normal.count(), normal.is_by_value(), normal.place(1e-6), normal.place(-9.0)),
            (1024, false, 512, 0)
        );
        assert_eq!(cut(Form::NormalMeanSd, &[0.0, 1.0], 4096).count(), 256);
        let coin = cut(Form::Binomial, &[3.0, 0.5], 1 << 18);
        assert_eq!((coin.count(), coin.is_by_value(), coin.place(2.0)), (4, true, 2));
    }
}
