//! The triangular distribution: density rising in a straight line from min to the mode, and falling from there to max.

use super::bad_parameter::show;
use super::family::QuantileFunction;
use super::{BadParameter, Dist};
use crate::math::Level;

/// A density that rises to the mode and falls from it in straight lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triangular {
    min: f64,
    mode: f64,
    max: f64,
}

impl Triangular {
    /// From min ≤ mode ≤ max, parameters 0 to 2.
    pub(crate) fn build(min: f64, mode: f64, max: f64) -> Result<Dist, BadParameter> {
        check_three(min, mode, max)?;
        Ok(if min == max { Dist::constant(min) } else { Dist::Triangular(Triangular { min, mode, max }) })
    }

    /// The probability on either side of the mode.
    fn split(&self) -> Level {
        let width = self.max - self.min;
        Level { below: (self.mode - self.min) / width, above: (self.max - self.mode) / width }
    }
}

/// min ≤ mode ≤ max, of a finite width; parameters 0 to 2.
pub(crate) fn check_three(min: f64, mode: f64, max: f64) -> Result<(), BadParameter> {
    if min > mode || mode > max {
        let mut sorted = [min, mode, max];
        sorted.sort_by(f64::total_cmp);
        let help = format!("write min={}, mode={}, max={}", show(sorted[0]), show(sorted[1]), show(sorted[2]));
        let (at, message) = if min > max {
            (vec![0, 2], format!("min must not be above max, is {} > {}", show(min), show(max)))
        } else {
            (
                vec![1],
                format!(
                    "mode must lie between min and max, {} is not within {} .. {}",
                    show(mode),
                    show(min),
                    show(max)
                ),
            )
        };
        return BadParameter::err(&at, message, help);
    }
    if !(max - min).is_finite() {
        return BadParameter::err(&[0, 2], "min and max are too far apart", "write bounds within 1e300 of zero");
    }
    Ok(())
}

impl QuantileFunction for Triangular {
    fn name(&self) -> &'static str {
        "triangular"
    }
    #[inline]
    fn quantile(&self, level: Level) -> f64 {
        let Level { below, above } = self.split();
        let width = self.max - self.min;
        if level.below <= below {
            (self.min + width * (level.below * below).sqrt()).min(self.mode)
        } else {
            (self.max - width * (level.above * above).sqrt()).max(self.mode)
        }
    }
    fn level(&self, x: f64) -> Level {
        let split = self.split();
        let width = self.max - self.min;
        if x <= self.min {
            Level::NONE
        } else if x >= self.max {
            Level::ALL
        } else if x <= self.mode && split.below > 0.0 {
            let t = (x - self.min) / width;
            Level::from_below(t * (t / split.below))
        } else if split.above > 0.0 {
            let t = (self.max - x) / width;
            Level::from_above(t * (t / split.above))
        } else {
            // the mode is so close to max that the difference vanishes beside the width
            Level::ALL
        }
    }
    fn support(&self) -> (f64, f64) {
        (self.min, self.max)
    }
    fn mean(&self) -> f64 {
        self.min + ((self.mode - self.min) + (self.max - self.min)) / 3.0
    }
    /// (w² + m² − w·m)/18 with w = max − min, m = mode − min.
    fn variance(&self) -> f64 {
        let (w, m) = (self.max - self.min, self.mode - self.min);
        (w * w + m * m - w * m) / 18.0
    }
}
