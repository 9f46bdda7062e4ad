//! The regularised incomplete beta function and its inverse.

use super::invert::{Local, invert};
use super::quadrature::concave_tail;
use super::saddle::binomial_point;
use super::{Level, exp, exp_m1, ln, ln_1p, ln_gamma, normal};

/// From this smaller parameter on the tail is integrated numerically: the continued fraction needs about its root in terms.
const LARGE: f64 = 2_000.0;

/// A point of [0, 1] together with its distance from 1, both to full relative precision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fraction {
    /// The point x.
    pub x: f64,
    /// 1 − x.
    pub rest: f64,
}

impl Fraction {
    /// The point `x`, brought into [0, 1].
    pub fn new(x: f64) -> Fraction {
        let x = x.clamp(0.0, 1.0);
        Fraction { x, rest: 1.0 - x }
    }

    /// 1 − x in place of x.
    pub fn mirrored(self) -> Fraction {
        Fraction { x: self.rest, rest: self.x }
    }
}

/// I_x(a, b) = ∫₀ˣ tᵃ⁻¹(1−t)ᵇ⁻¹ dt / B(a, b), for a, b > 0.
pub fn regularised(a: f64, b: f64, x: f64) -> f64 {
    level(a, b, Fraction::new(x)).below
}

/// I_x(a, b) and its complement.
pub fn level(a: f64, b: f64, at: Fraction) -> Level {
    if at.x <= 0.0 {
        Level::NONE
    } else if at.rest <= 0.0 {
        Level::ALL
    } else {
        level_with(a, b, at, weight(a, b, at))
    }
}

/// w = xᵃ(1−x)ᵇ/B(a, b), the density by the logit of x.
fn weight(a: f64, b: f64, at: Fraction) -> f64 {
    a * (b / (a + b)) * binomial_point(a, b, at.x, at.rest)
}

/// As [`level`], with the weight already known.
fn level_with(a: f64, b: f64, at: Fraction, w: f64) -> Level {
    if a.min(b) > LARGE {
        return large(a, b, at, w);
    }
    if at.x * (a + b + 2.0) < a + 1.0 {
        Level::from_below(w * fraction(a, b, at) / a)
    } else {
        Level::from_above(w * fraction(b, a, at.mirrored()) / b)
    }
}

/// a·I_x(a, b)/w: the even part of the continued fraction DLMF 8.17.22 (DiDonato and Morris 1992, ACM TOMS 18, 360-373) by
/// the modified Lentz method; quick for x below (a+1)/(a+b+2). Written in x and 1 − x both, so that it does not cancel for x
/// next to 1 and a huge a.
fn fraction(a: f64, b: f64, at: Fraction) -> f64 {
    let Fraction { x, rest } = at;
    let slope = a * rest - b * x;
    let mut c = nonzero(a * (slope + 1.0) / (a + 1.0));
    let (mut d, mut value) = (0.0, c);
    for m in 1..5_000 {
        let m = f64::from(m);
        let m2 = a + 2.0 * m;
        let step = (m * (b - m) * x) / (m2 - 1.0);
        let top = (a + m - 1.0) / (m2 - 1.0) * (a + b + m - 1.0) * x * step;
        let bottom = m + step + (a + m) * (slope + 1.0 + m * (1.0 + rest)) / (m2 + 1.0);
        d = 1.0 / nonzero(bottom + top * d);
        c = nonzero(bottom + top / c);
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < 2e-16 {
            break;
        }
    }
    a / value
}

/// Keeps Lentz's method from dividing by zero.
fn nonzero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// Both parameters large: the smaller tail is ∫ w d(logit x) from x outwards, where ln w is concave.
fn large(a: f64, b: f64, at: Fraction, w: f64) -> Level {
    let slope = a * at.rest - b * at.x;
    if slope > 0.0 {
        Level::from_below(w * tail(a, b, at, slope))
    } else {
        Level::from_above(w * tail(b, a, at.mirrored(), -slope))
    }
}

/// ∫ w(y − t)/w(y) dt over t > 0 with y = logit x: w(y − t)/w(y) = exp(−a·t)·(1 + x(e⁻ᵗ − 1))^−(a+b). For x next to 1 the
/// two factors are huge and their product is not: there it is exp(b·t)·(1 + (1 − x)(eᵗ − 1))^−(a+b), the same.
fn tail(a: f64, b: f64, at: Fraction, slope: f64) -> f64 {
    let (n, curvature) = (a + b, (a + b) * at.x * at.rest);
    if at.x <= 0.5 {
        concave_tail(slope, curvature, |t| -a * t - n * ln_1p(at.x * exp_m1(-t)))
    } else {
        concave_tail(slope, curvature, |t| b * t - n * ln_1p(at.rest * exp_m1(t)))
    }
}

/// The x with I_x(a, b) = `target`, for a, b > 0; 0 or 1 where it underflows to them.
pub fn inverse(a: f64, b: f64, target: Level) -> Fraction {
    if target.below <= 0.0 {
        return Fraction { x: 0.0, rest: 1.0 };
    }
    if target.above <= 0.0 {
        return Fraction { x: 1.0, rest: 0.0 };
    }
    let odds = invert(target, start(a, b, target), |odds| {
        let at = from_odds(odds);
        let slope = weight(a, b, at);
        Local { level: level_with(a, b, at, slope), slope, drift: a * at.rest - b * at.x }
    });
    from_odds(odds)
}

/// x = odds/(1 + odds).
fn from_odds(odds: f64) -> Fraction {
    Fraction { x: odds / (1.0 + odds), rest: 1.0 / (1.0 + odds) }
}

/// A first guess of the odds x/(1−x): Abramowitz and Stegun 26.5.22 for both parameters above 1, else power laws at the ends.
fn start(a: f64, b: f64, target: Level) -> f64 {
    let lower = power_law(a, b, target.below);
    if lower < ln(0.1 * (a + 1.0) / (a + b)) {
        return exp(lower.max(-690.0));
    }
    let upper = power_law(b, a, target.above);
    if upper < ln(0.1 * (b + 1.0) / (a + b)) {
        return exp(-upper.max(-690.0));
    }
    if a <= 1.0 || b <= 1.0 {
        let share = exp(lower.min(upper).min(-0.7));
        return if lower < upper { share / (1.0 - share) } else { (1.0 - share) / share };
    }
    let z = normal::quantile_at(target);
    let (ra, rb) = (1.0 / (2.0 * a - 1.0), 1.0 / (2.0 * b - 1.0));
    let h = 2.0 / (ra + rb);
    let lambda = (z * z - 3.0) / 6.0;
    let w = z * (h + lambda).max(0.0).sqrt() / h + (rb - ra) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
    a / b * exp((2.0 * w).clamp(-690.0, 690.0))
}

/// ln x where I_x(a, b) is about xᵃ/(a·B(a, b)).
fn power_law(a: f64, b: f64, p: f64) -> f64 {
    (ln(p) + ln(a) + ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)) / a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_undoes_the_function() {
        let parameters = [0.05, 0.7, 1.0, 3.0, 30.0, 1999.0, 2001.0, 1e4, 1e6];
        for a in parameters {
            for b in parameters {
                for k in [1e-10, 1e-4, 0.2, 0.5] {
                    for target in [Level::from_below(k), Level::from_above(k)] {
                        let at = inverse(a, b, target);
                        let back = level(a, b, at);
                        let error =
                            (back.below / target.below - 1.0).abs().min((back.above / target.above - 1.0).abs());
                        assert!(error < 1e-11, "{a} {b} {target:?} {at:?} {error}");
                    }
                }
            }
        }
    }

    #[test]
    fn methods_agree_where_they_meet() {
        for x in [0.2, 0.25, 0.3, 0.35] {
            let (a, b, at) = (300.0, 800.0, Fraction::new(x));
            let w = weight(a, b, at);
            let (direct, integral) = (level_with(a, b, at, w), large(a, b, at, w));
            assert!((direct.below / integral.below - 1.0).abs() < 1e-12, "{x} {direct:?} {integral:?}");
            assert!((direct.above / integral.above - 1.0).abs() < 1e-12, "{x} {direct:?} {integral:?}");
        }
    }

    /// Of parameters that differ by much one factor of the integrand is as large as the other is small.
    #[test]
    fn the_smaller_tail_keeps_its_digits_next_to_a_huge_parameter() {
        for b in [1e8, 1e9, 1e11] {
            let target = Level::from_below(0.745);
            let x = inverse(3000.0, b, target).x;
            let at = |k: i32| level(3000.0, b, Fraction::new(x * (1.0 + f64::from(k) * 1e-12)));
            let levels: Vec<f64> = (-200..200).map(|k| at(k).above).collect();
            assert!(levels.windows(2).all(|pair| pair[1] <= pair[0]), "{b}");
            assert!((at(0).above / target.above - 1.0).abs() < 1e-11, "{b}");
        }
    }
}
