//! Which values a variable takes, where these are few.

use super::slices::SlicePlan;

/// The distinct values of a variable, until they are too many.
#[derive(Clone, Debug, Default)]
pub struct Distinct {
    values: Vec<f64>,
    many: bool,
}

impl Distinct {
    /// Adds values; those that are not finite count as none.
    pub fn see(&mut self, values: &[f64]) {
        for x in values.iter().filter(|x| x.is_finite()) {
            if self.many {
                return;
            }
            if let Err(place) = self.values.binary_search_by(|y| y.total_cmp(x)) {
                self.values.insert(place, *x);
                self.many = self.values.len() > SlicePlan::MOST_VALUES;
            }
        }
    }

    /// The values in rising order; `None` if they are too many.
    pub fn values(self) -> Option<Vec<f64>> {
        (!self.many).then_some(self.values)
    }
}
