//! A number with its Monte Carlo error.

use std::fmt;

use super::t_quantile;

/// An estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Its value.
    pub value: f64,
    /// Its standard error, where one can be had.
    pub std_error: Option<f64>,
    /// Degrees of freedom of the error: what the value is off by, in errors, is Student's t with so many.
    pub freedom: f64,
}

impl fmt::Display for Estimate {
    /// The value with its 95 % interval, in the precision asked for: `{:.0}` gives `1234 ± 56`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)?;
        match self.half_width(0.95) {
            Some(width) => {
                f.write_str(" ± ")?;
                width.fmt(f)
            }
            None => Ok(()),
        }
    }
}

impl Estimate {
    /// What cannot be told.
    pub const UNDEFINED: Estimate = Estimate { value: f64::NAN, std_error: None, freedom: f64::INFINITY };

    /// A number that is no estimate.
    pub fn exact(value: f64) -> Estimate {
        Estimate { value, std_error: None, freedom: f64::INFINITY }
    }

    /// An estimate, or `None` where the value is undefined: NaN, or beyond all numbers.
    pub fn new(value: f64, std_error: f64, freedom: f64) -> Option<Estimate> {
        let std_error = Some(std_error).filter(|e| e.is_finite());
        value.is_finite().then_some(Estimate { value, std_error, freedom })
    }

    /// The mean of independent estimates of equal worth, with the error of their spread.
    pub fn of_means(values: &[f64]) -> Option<Estimate> {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        Estimate::new(mean, (squares / (n - 1.0) / n).sqrt(), n - 1.0)
    }

    /// An estimate from all parts of a sample, with the jackknife's error: `without` holds the same figure without each of
    /// the parts in turn.
    pub fn jackknife(value: f64, without: &[f64]) -> Option<Estimate> {
        let n = without.len() as f64;
        let mean = without.iter().sum::<f64>() / n;
        let squares: f64 = without.iter().map(|x| (x - mean) * (x - mean)).sum();
        Estimate::new(value, (squares * (n - 1.0) / n).sqrt(), n - 1.0)
    }

    /// How two amounts of some size compare whose difference this is, at a level such as 0.95: less where it is below zero.
    /// The same are amounts that differ by less than sums of costs are exact to.
    pub fn order(&self, size: f64, confidence: f64) -> Order {
        const EXACT: f64 = 1e-9;
        match self.half_width(confidence) {
            // Without an error nothing is known of how close they are.
            None => Order::Open,
            Some(reach) if self.value.abs() + reach <= EXACT * size => Order::Equal,
            Some(reach) if self.value.abs() <= reach => Order::Open,
            Some(_) if self.value < 0.0 => Order::Less,
            Some(_) => Order::More,
        }
    }

    /// Whether a probability is above a half, where its 95 % interval tells.
    pub fn is_likely(&self) -> Option<bool> {
        match (Estimate { value: self.value - 0.5, ..*self }).order(0.5, 0.95) {
            Order::More => Some(true),
            Order::Less => Some(false),
            Order::Equal | Order::Open => None,
        }
    }

    /// How far the confidence interval of some level, such as 0.95, reaches to either side; `None` without an error.
    pub fn half_width(&self, confidence: f64) -> Option<f64> {
        let width =
            |error: f64| if error > 0.0 { t_quantile(0.5 + confidence / 2.0, self.freedom) * error } else { 0.0 };
        self.std_error.map(width)
    }
}

/// How one amount compares with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// It is less.
    Less,
    /// It is the same.
    Equal,
    /// It is more.
    More,
    /// The error of their difference does not tell.
    Open,
}

/// Standard error of a share of `n` independent trials.
pub fn proportion_error(share: f64, n: f64) -> f64 {
    (share * (1.0 - share) / n).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_jackknife_of_a_mean_is_its_usual_error() {
        let values = [1.0, 2.0, 3.0, 6.0];
        let without = values.map(|x| (12.0 - x) / 3.0);
        let found = Estimate::jackknife(3.0, &without).unwrap();
        assert!((found.std_error.unwrap() - (14.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
        assert_eq!((found.value, found.freedom), (3.0, 3.0));
    }

    #[test]
    fn amounts_compare_by_their_difference() {
        let of = |value, error| Estimate::new(value, error, 15.0).unwrap().order(100.0, 0.95);
        assert_eq!(
            [of(-3.0, 1.0), of(3.0, 1.0), of(2.0, 1.0), of(-2.0, 1.0)],
            [Order::Less, Order::More, Order::Open, Order::Open]
        );
        assert_eq!([of(0.0, 0.0), of(1e-8, 1e-9), of(1e-6, 0.0)], [Order::Equal, Order::Equal, Order::More]);
        assert_eq!(Estimate::exact(3.0).order(100.0, 0.95), Order::Open);
    }

    #[test]
    fn what_is_beyond_all_numbers_is_undefined() {
        assert_eq!(Estimate::new(f64::INFINITY, 0.0, 15.0), None);
        assert_eq!(Estimate::new(f64::NAN, 0.0, 15.0), None);
        assert_eq!(Estimate::new(2.0, f64::INFINITY, 15.0).unwrap().std_error, None);
        // Without one of the parts a ratio may have nothing to be a part of.
        assert_eq!(Estimate::jackknife(0.5, &[0.4, f64::INFINITY]).unwrap().std_error, None);
    }
}
