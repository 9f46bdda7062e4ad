//! Drawing from a discrete distribution by a table of its cumulative probabilities.

use super::{Dist, Mixture, family::QuantileFunction};
use crate::math::Level;

/// The most values a table holds.
const MOST: f64 = 65_536.0;
/// The most whole numbers a mixture's table holds: each costs one evaluation of all its distribution functions.
const MOST_MIXED: f64 = 2_000.0;
/// The table covers all but 2⁻⁴⁵ on either side.
const TAIL: f64 = 1.0 / 35_184_372_088_832.0;
/// Cumulative sums are good to about 1e-11; a u this close (relatively) to one is left to the exact quantile.
const GUARD: f64 = 1e-9;

/// The values of a discrete distribution in ascending order, with their cumulative probabilities.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    values: Vec<f64>,
    /// P(X ≤ value).
    below: Vec<f64>,
    /// P(X > value).
    above: Vec<f64>,
    /// P(X < the first value).
    under: Level,
    /// The relative distance from a cumulative probability within which the table does not decide.
    guard: f64,
}

impl Steps {
    /// For a distribution on whole numbers; `None` where it has too many.
    pub(crate) fn new(dist: &Dist) -> Option<Steps> {
        let first = dist.quantile_at(Level { below: TAIL, above: 1.0 - TAIL });
        let last = dist.quantile_at(Level { below: 1.0 - TAIL, above: TAIL });
        if last.is_nan() || last - first + 1.0 > MOST {
            return None;
        }
        let family = dist.as_family();
        let values: Vec<f64> = (0..=(last - first) as u32).map(|i| first + f64::from(i)).collect();
        let points: Option<Vec<f64>> = values.iter().map(|k| family.point(*k)).collect();
        let points = points?;
        let mut below = points.clone();
        below[0] = family.level(first).below;
        let mut above = vec![family.level(last).above; points.len()];
        for i in 1..points.len() {
            below[i] += below[i - 1];
        }
        for i in (1..points.len()).rev() {
            above[i - 1] = above[i] + points[i];
        }
        Some(Steps { values, below, above, under: family.level_below(first), guard: GUARD })
    }

    /// For a mixture of discrete distributions with few values; `None` for any other.
    pub(crate) fn of_mixture(mixture: &Mixture) -> Option<Steps> {
        let mut values = Vec::new();
        for (_, dist) in mixture.parts() {
            collect(dist, &mut values)?;
        }
        values.sort_by(f64::total_cmp);
        values.dedup();
        let under = mixture.level_below(*values.first()?);
        let levels = values.iter().map(|x| mixture.level(*x));
        let (below, above) = levels.map(|at| (at.below, at.above)).unzip();
        Some(Steps { values, below, above, under, guard: 0.0 })
    }

    /// The number of values.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// The smallest value that reaches `u`, or `None` where the table cannot tell.
    #[inline]
    pub(crate) fn quantile(&self, u: f64) -> Option<f64> {
        if u.is_nan() {
            return None;
        }
        let level = Level::new(u);
        if self.under.reaches(level) {
            return None;
        }
        let (i, target, list, before) = if level.below <= 0.5 {
            let i = self.below.partition_point(|p| *p < level.below);
            (i, level.below, &self.below, self.under.below)
        } else {
            let i = self.above.partition_point(|p| *p > level.above);
            (i, level.above, &self.above, self.under.above)
        };
        let value = *self.values.get(i)?;
        let previous = if i == 0 { before } else { list[i - 1] };
        let scratch = self.guard * target;
        let close = self.guard > 0.0 && ((list[i] - target).abs() <= scratch || (previous - target).abs() <= scratch);
        if close { None } else { Some(value) }
    }
}

/// Appends the values of a discrete distribution; `None` if it is not one, or has too many.
fn collect(dist: &Dist, values: &mut Vec<f64>) -> Option<()> {
    let scratch = MOST - values.len() as f64;
    match dist {
        Dist::Constant(c) => values.push(c.value),
        Dist::Empirical(data) if data.values().len() as f64 <= scratch => values.extend_from_slice(data.values()),
        other => {
            other.as_family().point(0.0)?;
            let first = other.quantile_at(Level { below: TAIL, above: 1.0 - TAIL });
            let last = other.quantile_at(Level { below: 1.0 - TAIL, above: TAIL });
            if last.is_nan() || last - first + 1.0 > MOST_MIXED.min(scratch) {
                return None;
            }
            values.extend((0..=(last - first) as u32).map(|i| first + f64::from(i)));
        }
    }
    (values.len() as f64 <= MOST).then_some(())
}
