//! Special functions and quantiles against scipy and mpmath.

mod table;

use breakeven::dist::{Dist, Form};
use breakeven::math::{Level, beta, gamma, normal};
use table::{BETA, BETA_LARGE, BINOMIAL, GAMMA, NORMAL, POISSON};

fn tail(p: f64, upper: bool) -> Level {
    if upper { Level::from_above(p) } else { Level::from_below(p) }
}

/// Relative, but nothing below 1e-290 counts: there mpmath's value is written as 0.
fn off(got: f64, want: f64) -> f64 {
    if want == 0.0 { if got < 1e-280 { 0.0 } else { f64::INFINITY } } else { (got / want - 1.0).abs() }
}

fn form(form: Form, params: &[f64]) -> Dist {
    form.build(params).expect("valid parameters")
}

#[test]
fn normal_cdf_and_quantile() {
    for &(x, p) in NORMAL {
        // exp(−x²/2) turns a rounding of x into x² roundings
        assert!(off(normal::cdf(x), p) < 2e-16 * (8.0 + x * x), "{x}");
        assert!((normal::quantile_at(tail(p, false)) - x).abs() < 1e-15 * (1.0 + x.abs()), "{x}");
    }
}

#[test]
fn gamma_quantiles() {
    for &(a, p, upper, want) in GAMMA {
        let got = gamma::inverse(a, tail(p, upper));
        // a relative error of the probability is divided by the shape where that is small: x is exp(ln u/shape)
        let tolerance = 2e-14 + 6e-15 / a;
        assert!(off(got, want) < tolerance, "{a} {p} {upper}: {got:e} {want:e} {:e}", off(got, want));
    }
}

#[test]
fn beta_quantiles() {
    for &(a, b, p, upper, x, rest) in BETA {
        let got = beta::inverse(a, b, tail(p, upper));
        let tolerance = 2e-14 + 3e-15 / a.min(b);
        let error = off(got.x, x).max(off(got.rest, rest));
        assert!(error < tolerance, "{a} {b} {p} {upper}: {got:?} {x:e} {rest:e} {error:e}");
    }
}

#[test]
fn beta_with_large_parameters() {
    for &(a, b, x, below, above) in BETA_LARGE {
        let got = beta::level(a, b, beta::Fraction::new(x));
        let error = off(got.below, below).max(off(got.above, above));
        assert!(error < 2e-10, "{a} {b} {x}: {got:?} {error:e}");
    }
}

#[test]
fn poisson_and_binomial() {
    for &(mean, k, below, above) in POISSON {
        let at = form(Form::Poisson, &[mean]).level(k);
        let error = off(at.below, below).max(off(at.above, above));
        assert!(error < 1e-12 + 1e-15 * mean.sqrt(), "{mean} {k}: {at:?} {error:e}");
    }
    for &(n, p, k, below, above) in BINOMIAL {
        let at = form(Form::Binomial, &[n, p]).level(k);
        let error = off(at.below, below).max(off(at.above, above));
        assert!(error < 1e-12 + 1e-15 * n.sqrt(), "{n} {p} {k}: {at:?} {error:e}");
    }
}

fn close(got: f64, want: f64) {
    assert!((got - want).abs() <= 1e-9 * want.abs(), "{got} {want}");
}

#[test]
fn lognormal_from_an_interval() {
    let d = form(Form::LogNormalInterval, &[1.0, 10.0]);
    close(d.mean(), 4.040_012_827);
    close(d.quantile(0.5), 3.162_277_660);
    close(d.variance().sqrt(), 3.212_179_530);
    close(form(Form::LogNormalPercentiles([0.95, 0.05]), &[1e6, 1e5]).mean(), 404_001.282_694_572_66);
}

#[test]
fn pert_and_triangular() {
    let d = form(Form::Pert, &[1.0, 2.0, 6.0, 4.0]);
    close(d.mean(), 2.5);
    close(d.variance(), 0.75);
    for (u, x) in [(0.05, 1.294_886_938), (0.5, 2.383_361_297), (0.95, 4.106_383_620)] {
        close(d.quantile(u), x);
    }
    let d = form(Form::Triangular, &[1.0, 2.0, 6.0]);
    close(d.variance(), 7.0 / 6.0);
    for (u, x) in [(0.05, 1.5), (0.5, 2.837_722_340), (0.95, 5.0)] {
        close(d.quantile(u), x);
    }
}

#[test]
fn truncated_normal() {
    let d = form(Form::NormalMeanSd, &[1.0, 2.0]).truncated(Some(0.0), None).unwrap();
    close(d.mean(), 2.018_320_868);
    close(d.variance(), 1.944_701_743);
    // far out in the upper tail, mpmath: the mean of a standard normal above 6
    let far = form(Form::NormalMeanSd, &[0.0, 1.0]).truncated(Some(6.0), None).unwrap();
    close(far.mean(), 6.158_482_604_544_592);
}

#[test]
fn metalog_with_and_without_a_bound() {
    let p = vec![0.9, 0.1, 0.5];
    let free = form(Form::Metalog { probabilities: p.clone(), has_min: false, has_max: false }, &[50.0, 10.0, 20.0]);
    for (u, x) in [(0.1, 10.0), (0.05, 8.274_370_616), (0.25, 13.125), (0.75, 33.125), (0.95, 61.877_247_801)] {
        close(free.quantile(u), x);
        close(free.cdf(x), u);
    }
    let bounded =
        form(Form::Metalog { probabilities: p.clone(), has_min: true, has_max: false }, &[50.0, 10.0, 20.0, 0.0]);
    for (u, x) in [(0.05, 8.049_053_198), (0.25, 13.849_359_351), (0.75, 30.968_108_954), (0.95, 69.568_858_948)] {
        close(bounded.quantile(u), x);
    }
    // feasible for 0.166577 < (p50 − p10)/(p90 − p10) < 0.833423
    let three = Form::Metalog { probabilities: vec![0.1, 0.5, 0.9], has_min: false, has_max: false };
    assert!(three.build(&[0.0, 0.166_58, 1.0]).is_ok());
    assert!(three.build(&[0.0, 0.166_57, 1.0]).is_err());
    assert!(three.build(&[0.0, 0.833_42, 1.0]).is_ok());
    assert!(three.build(&[0.0, 0.833_43, 1.0]).is_err());
}
