//! A range of a field, of which any value may be taken: `PATH=LOW..HIGH[:log]`.

use super::axis::{Ends, Reader, steps_between};
use crate::diagnostic::{Diagnostic, Sources, Span};
use crate::math;
use crate::scenario::{Takes, TextKey};

/// What to write.
const HELP: &str = "write --vary 'workload.requests_per_month=50k..2M:log'";
/// Values this close are one: as a share of the range, or with equal ratios of the values themselves.
const FINE: f64 = 1e-12;

/// A field and the range of its values.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepRange {
    /// The field, as written.
    pub path: String,
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
    /// Whether equal ratios, rather than equal differences, are between its points.
    pub log: bool,
    /// Whether the field takes whole numbers only.
    pub whole: bool,
}

impl SweepRange {
    /// Reads a range; the text becomes one of the sources, so that errors can point into it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, sources: &mut Sources) -> Result<SweepRange, Diagnostic> {
        let reader = Reader { text, source: sources.add("--vary", text), help: HELP };
        let no_range = || reader.error(0..text.len(), "a goal is sought in a range, PATH=LOW..HIGH");
        let right = reader.right().ok_or_else(no_range)?;
        let Ends { low, high, log, steps } = reader.range(&right)?.ok_or_else(no_range)?;
        if let Some((_, at)) = steps {
            let error =
                Diagnostic::error(Span::new(reader.source, at.start, at.end), "a range to seek in has no steps");
            return Err(error.help(format!("leave `:{}` out", text[at].trim())));
        }
        let path = reader.path(&right);
        let whole = takes_whole_numbers(&path);
        let (low, high) = if whole { (math::ceil(low.min(high)), math::floor(low.max(high))) } else { (low, high) };
        if whole && low >= high {
            return Err(reader.error(right, "the field takes whole numbers, of which there are not two in this range"));
        }
        Ok(SweepRange { path, low: low.min(high), high: low.max(high), log, whole })
    }

    /// So many values from the lowest to the highest; fewer where there are fewer whole numbers.
    pub fn points(&self, count: usize) -> Vec<f64> {
        let mut points = steps_between((self.low, self.high), self.log, count);
        if self.whole {
            points.iter_mut().for_each(|x| *x = math::round(*x));
            points.dedup();
        }
        points
    }

    /// A value between two others, at a share of the way from one to the other; `None` where they are so close that there is
    /// none.
    pub fn between(&self, low: f64, high: f64, share: f64) -> Option<f64> {
        if self.whole {
            let x = math::round(low * (1.0 - share) + high * share);
            return (high - low > 1.0).then(|| x.max(low + 1.0).min(high - 1.0));
        }
        let at = |share: f64| match self.log {
            true => math::pow(low, 1.0 - share) * math::pow(high, share),
            false => low * (1.0 - share) + high * share,
        };
        let is_apart = high - low > FINE * if self.log { low } else { self.high - self.low };
        // What rounds to an end says nothing new.
        [share, 0.5].map(at).into_iter().find(|x| low < *x && *x < high).filter(|_| is_apart)
    }

    /// What `--set` would be given for a value.
    pub fn set(&self, value: f64) -> String {
        format!("{}={value}", self.path)
    }
}

/// Whether a path is that of a number that must be whole.
fn takes_whole_numbers(path: &str) -> bool {
    let is_whole = |key: &&TextKey| matches!(key.takes, Takes::Whole(..));
    TextKey::ALL.iter().filter(is_whole).any(|key| path.split_once('.') == Some((key.table, key.key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> SweepRange {
        SweepRange::parse(text, &mut Sources::default()).expect(text)
    }

    #[test]
    fn ranges_are_read_and_gone_through() {
        let volume = range("workload.requests_per_month=1k..100k:log");
        assert_eq!((volume.points(3), volume.whole), (vec![1e3, 1e4, 1e5], false));
        assert!((volume.between(1e3, 1e5, 0.5).unwrap() / 1e4 - 1.0).abs() < 1e-12);
        assert_eq!(volume.between(1e4, 1e4 * (1.0 + 1e-13), 0.5), None);
        // From the lower end on, whichever is written first.
        let falling = range("x=3..-1");
        assert_eq!((falling.points(3), falling.between(0.0, 1.0, 0.25)), (vec![-1.0, 1.0, 3.0], Some(0.25)));
        assert_eq!(falling.set(0.5), "x=0.5");
        // A share that rounds to an end is taken for a half.
        assert_eq!(falling.between(1.0, 3.0, 1e-20), Some(2.0));
        let months = range("simulation.horizon_months=11.5..14");
        assert_eq!(months.points(33), [12.0, 13.0, 14.0]);
        assert_eq!((months.between(12.0, 14.0, 0.01), months.between(12.0, 13.0, 0.5)), (Some(13.0), None));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for text in [
            "x",
            "x=1",
            "x=1,2",
            "x=1..1",
            "x=0..10:log",
            "x=1..2:21",
            "x=1..2:log:9",
            "simulation.horizon_months=1..1.5",
        ] {
            assert!(SweepRange::parse(text, &mut Sources::default()).is_err(), "{text}");
        }
    }
}
