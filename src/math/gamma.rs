//! The regularised incomplete gamma functions and their inverse.

use super::invert::{Local, invert};
use super::quadrature::concave_tail;
use super::saddle::poisson_point;
use super::{Level, exp, exp_m1, ln, normal};

pub use super::elementary::ln_gamma;

/// From this shape on the tail is integrated numerically: series and continued fraction need about √shape terms.
const LARGE: f64 = 150.0;

/// P(a, x) = ∫₀ˣ tᵃ⁻¹e⁻ᵗ dt / Γ(a), for a > 0.
pub fn lower(a: f64, x: f64) -> f64 {
    level(a, x).below
}

/// Q(a, x) = 1 − P(a, x), accurate where it is small.
pub fn upper(a: f64, x: f64) -> f64 {
    level(a, x).above
}

/// P and Q together.
pub fn level(a: f64, x: f64) -> Level {
    if x <= 0.0 {
        Level::NONE
    } else if x == f64::INFINITY {
        Level::ALL
    } else {
        level_with(a, x, a * poisson_point(a, x))
    }
}

/// As [`level`], with w = xᵃe⁻ˣ/Γ(a) already known.
fn level_with(a: f64, x: f64, w: f64) -> Level {
    if a > LARGE {
        return large(a, x, w);
    }
    if x < a + 1.0 { Level::from_below(w * series(a, x)) } else { Level::from_above(w * fraction(a, x)) }
}

/// P/w = Σ xⁿ/(a(a+1)…(a+n)) (DLMF 8.11.4), quick for x below a + 1.
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    let mut k = a;
    for _ in 0..2_000 {
        k += 1.0;
        term *= x / k;
        sum += term;
        if term <= sum * 1e-17 {
            break;
        }
    }
    sum
}

/// Q/w by Legendre's continued fraction (DLMF 8.9.2), evaluated by the modified Lentz method; for x above a + 1.
fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut value = d;
    for i in 1..2_000 {
        let i = f64::from(i);
        let numerator = i * (a - i);
        b += 2.0;
        d = nonzero(numerator * d + b);
        c = nonzero(b + numerator / c);
        d = 1.0 / d;
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < 2e-16 {
            break;
        }
    }
    value
}

/// Keeps Lentz's method from dividing by zero.
fn nonzero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// Both functions for a large shape: the smaller tail is ∫ w d(ln x) from x outwards, where ln w is concave.
fn large(a: f64, x: f64, w: f64) -> Level {
    if x < a {
        Level::from_below(w * concave_tail(a - x, x, |t| -a * t - x * exp_m1(-t)))
    } else {
        Level::from_above(w * concave_tail(x - a, x, |t| a * t - x * exp_m1(t)))
    }
}

/// The x with P(a, x) = `target`, for a > 0; underflows to 0 where the quantile does.
pub fn inverse(a: f64, target: Level) -> f64 {
    if target.below <= 0.0 {
        return 0.0;
    }
    if target.above <= 0.0 {
        return f64::INFINITY;
    }
    // P(a, x) < xᵃ/Γ(a+1), so the quantile lies above this power law, which is all of it near 0
    let power = (ln(target.below) + ln_gamma(a + 1.0)) / a;
    if power < -690.0 && a < 1.0 {
        return exp(power);
    }
    invert(target, start(a, target, power), |x| {
        let slope = a * poisson_point(a, x);
        Local { level: level_with(a, x, slope), slope, drift: a - x }
    })
}

/// A first guess: the power law near 0, an exponential tail for small shapes, else Wilson and Hilferty's cube.
fn start(a: f64, target: Level, power: f64) -> f64 {
    if power < ln(0.2 * (a + 1.0)) {
        return exp(power) * (1.0 + exp(power) / (a + 1.0));
    }
    if a < 1.0 {
        let tail = -ln(target.above) - ln_gamma(a);
        return if tail > 1.0 { (tail + (a - 1.0) * ln(tail)).max(0.1) } else { exp(power) };
    }
    let ninth = 1.0 / (9.0 * a);
    let root = 1.0 - ninth + normal::quantile_at(target) * ninth.sqrt();
    if root > 0.05 { a * root * root * root } else { exp(power) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_undoes_the_function() {
        for a in [0.05, 0.3, 1.0, 2.5, 40.0, 149.0, 151.0, 1e4, 1e6] {
            for k in [1e-10, 1e-4, 0.01, 0.3, 0.5, 0.77, 0.99] {
                for target in [Level::from_below(k), Level::from_above(k)] {
                    let back = level(a, inverse(a, target));
                    let error = (back.below / target.below - 1.0).abs().min((back.above / target.above - 1.0).abs());
                    assert!(error < 1e-12, "{a} {target:?} {error}");
                }
            }
        }
    }

    #[test]
    fn methods_agree_where_they_meet() {
        for x in [100.0, 140.0, 150.0, 151.0, 170.0, 220.0] {
            let w = 150.0 * poisson_point(150.0, x);
            let (a, b) = (level_with(150.0, x, w), large(150.0, x, w));
            assert!((a.below / b.below - 1.0).abs() < 1e-13 && (a.above / b.above - 1.0).abs() < 1e-13, "{x}");
        }
    }
}
