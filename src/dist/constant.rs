//! One value with probability 1.

use super::family::QuantileFunction;
use crate::math::Level;

/// One value with probability 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constant {
    pub(crate) value: f64,
}

impl QuantileFunction for Constant {
    fn name(&self) -> &'static str {
        "constant"
    }
    fn quantile(&self, _: Level) -> f64 {
        self.value
    }
    fn level(&self, x: f64) -> Level {
        if x >= self.value { Level::ALL } else { Level::NONE }
    }
    fn level_below(&self, x: f64) -> Level {
        if x > self.value { Level::ALL } else { Level::NONE }
    }
    fn support(&self) -> (f64, f64) {
        (self.value, self.value)
    }
    fn mean(&self) -> f64 {
        self.value
    }
    fn variance(&self) -> f64 {
        0.0
    }
    fn atom_at_most(&self, x: f64) -> Option<f64> {
        (x >= self.value).then_some(self.value)
    }
}
