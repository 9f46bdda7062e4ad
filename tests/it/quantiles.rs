//! Tables against exact quantiles, round trips, order, and input that must not hang or panic.

use breakeven::dist::{Dist, Form, Quantiles};

fn build(form: Form, params: &[f64]) -> Dist {
    form.build(params).expect("valid parameters")
}

fn metalog(values: &[f64; 3]) -> Dist {
    build(Form::Metalog { probabilities: vec![0.1, 0.5, 0.9], has_min: false, has_max: false }, values)
}

fn gamma(shape: f64) -> Dist {
    build(Form::GammaShapeScale, &[shape, 3.0])
}

fn beta(a: f64, b: f64) -> Dist {
    build(Form::BetaAlphaBeta, &[a, b])
}

fn normal(mean: f64, sd: f64) -> Dist {
    build(Form::NormalMeanSd, &[mean, sd])
}

fn poisson(mean: f64) -> Dist {
    build(Form::Poisson, &[mean])
}

fn mix(parts: Vec<(f64, Dist)>) -> Dist {
    Dist::mixture(parts).expect("valid weights")
}

fn smooth() -> Vec<Dist> {
    let mut list: Vec<Dist> = [0.05, 0.4, 1.0, 2.5, 149.0, 1e6, 1e11].into_iter().map(gamma).collect();
    for (a, b) in [(0.05, 0.05), (0.5, 0.7), (1.0, 1e9), (0.05, 1e6), (3.0, 4.0), (1e3, 50.0), (1e6, 1e6)] {
        list.push(beta(a, b));
    }
    list.push(build(Form::Pert, &[-3.0, 0.0, 50.0, 4.0]));
    list.push(mix(vec![(0.3, normal(0.0, 1.0)), (0.7, normal(10.0, 3.0))]));
    list.push(mix(vec![(0.3, Dist::constant(500.0)), (0.7, build(Form::Uniform, &[100.0, 2000.0]))]));
    list.push(mix(vec![(1.0, build(Form::Uniform, &[0.0, 1.0])), (1.0, build(Form::Uniform, &[10.0, 11.0]))]));
    list.push(mix(vec![(1.0, metalog(&[1.0, 3.0, 9.0])), (1.0, gamma(2.0))]));
    list.push(gamma(2.5).truncated(Some(1.0), Some(20.0)).unwrap());
    list
}

fn discrete() -> Vec<Dist> {
    let mut list: Vec<Dist> = [0.2, 3.0, 400.0, 1e6].into_iter().map(poisson).collect();
    for (n, p) in [(1.0, 0.3), (20.0, 0.5), (1e4, 0.01), (1e15, 1e-14), (1e6, 0.999)] {
        list.push(build(Form::Binomial, &[n, p]));
    }
    list.push(mix(vec![(0.3, poisson(5.0)), (0.7, Dist::constant(2.5))]));
    list.push(mix(vec![(3.0, Dist::constant(5.0)), (3.0, Dist::constant(7.0)), (4.0, Dist::constant(6.0))]));
    list.push(poisson(5.0).truncated(Some(2.0), Some(9.0)).unwrap());
    list
}

/// A fine grid of (0, 1) with both tails.
fn grid() -> Vec<f64> {
    let mut u: Vec<f64> = (1..20_000).map(|i| f64::from(i) / 20_000.0).collect();
    for k in 0..400 {
        let p = 0.05 * 0.95_f64.powi(k);
        u.extend([p, 1.0 - p]);
    }
    u.sort_by(f64::total_cmp);
    u
}

#[test]
fn a_table_agrees_with_the_exact_quantiles() {
    for dist in smooth() {
        let table = Quantiles::new(dist.clone());
        let scale = dist.quantile(0.75) - dist.quantile(0.25);
        let (u, mut last) = (grid(), f64::NEG_INFINITY);
        let mut out = vec![0.0; u.len()];
        table.fill(&u, &mut out);
        for (u, got) in u.iter().zip(&out) {
            let want = dist.quantile(*u);
            let scratch = 1e-9 * (want.abs() + scale);
            assert!((got - want).abs() <= scratch, "{dist:?} {u}: {got} {want}");
            assert!(*got >= last - scratch, "{dist:?} {u}: {last} then {got}");
            assert_eq!(*got, table.quantile(*u));
            last = *got;
        }
    }
}

#[test]
fn a_discrete_table_is_exact() {
    for dist in discrete() {
        let table = Quantiles::new(dist.clone());
        let mut last = f64::NEG_INFINITY;
        for u in grid() {
            let k = table.quantile(u);
            assert_eq!(k, dist.quantile(u), "{dist:?} {u}");
            assert!(k >= last);
            // 1e-14: u itself is rounded
            assert!(dist.cdf(k) >= u * (1.0 - 1e-12) - 1e-15, "{dist:?} {u} {k}");
            assert!(dist.cdf_below(k) <= u * (1.0 + 1e-12) + 1e-15, "{dist:?} {u} {k}");
            last = k;
        }
    }
}

#[test]
fn cumulative_probabilities_undo_quantiles() {
    let mut list = smooth();
    list.extend([normal(5.0, 2.0), metalog(&[10.0, 20.0, 50.0]), build(Form::LogNormalInterval, &[1.0, 9.0])]);
    list.push(build(Form::LogitNormalInterval, &[0.1, 0.6]));
    list.push(build(Form::Weibull, &[0.7, 3.0]));
    list.push(build(Form::Exponential, &[3.0]));
    list.push(build(Form::LogUniform, &[3.0, 4.0]));
    list.push(build(Form::Triangular, &[3.0, 4.0, 9.0]));
    list.push(normal(0.0, 1.0).truncated(Some(6.0), None).unwrap());
    for dist in list {
        for u in [1e-10, 1e-5, 0.01, 0.2, 0.5, 0.77, 0.99, 1.0 - 1e-6] {
            let x = dist.quantile(u);
            if x == dist.support().1 {
                // closer to the end than the numbers there are
                continue;
            }
            let (below, at) = (dist.cdf_below(x), dist.cdf(x));
            // x is good to 2e-14, which moves the probability by this
            let slack = 2e-14 * x.abs() + f64::MIN_POSITIVE;
            let rounding = dist.cdf(x + slack) - dist.cdf_below(x - slack);
            let scratch = 1e-9 * u.min(1.0 - u) + 1e-15 + rounding;
            assert!(below <= u + scratch && at >= u - scratch, "{dist:?} {u}: {x} {below} {at}");
        }
    }
}

#[test]
fn a_mixture_is_exact_at_atoms_and_gaps() {
    let d = mix(vec![
        (0.25, Dist::constant(500.0)),
        (0.25, Dist::constant(1e-3)),
        (0.5, build(Form::Uniform, &[1e3, 2e3])),
    ]);
    assert_eq!(
        [d.quantile(1e-9), d.quantile(0.25), d.quantile(0.250_001), d.quantile(0.5)],
        [1e-3, 1e-3, 500.0, 500.0]
    );
    assert!((d.quantile(0.75) - 1500.0).abs() < 1e-9);
    assert_eq!((d.cdf_below(500.0), d.cdf(500.0)), (0.25, 0.5));
    let gap = mix(vec![(1.0, build(Form::Uniform, &[0.0, 1.0])), (1.0, build(Form::Uniform, &[10.0, 11.0]))]);
    assert!((gap.quantile(0.5) - 1.0).abs() < 1e-12 && (gap.quantile(0.5 + 1e-12) - 10.0).abs() < 1e-9);
}

#[test]
fn moments_agree_with_quadrature_free_formulas() {
    let parts = vec![(0.25, Dist::constant(3.0)), (0.75, normal(1.0, 2.0))];
    let d = mix(parts);
    assert!((d.mean() - 1.5).abs() < 1e-15 && (d.variance() - (3.0 + 0.25 * 2.25 + 0.75 * 0.25)).abs() < 1e-14);
    let cut = poisson(5.0).truncated(Some(1.0), None).unwrap();
    let rest = 1.0 - (-5.0_f64).exp();
    assert!((cut.mean() - 5.0 / rest).abs() < 1e-12, "{}", cut.mean());
    let whole = build(Form::Triangular, &[0.0, 1.0, 4.0]);
    let same = whole.clone().truncated(Some(0.0), Some(4.0)).unwrap();
    assert!((whole.mean() - same.mean()).abs() < 1e-9 && (whole.variance() - same.variance()).abs() < 1e-9);
    let logistic = metalog(&[-(9.0_f64.ln()), 0.0, 9.0_f64.ln()]);
    assert!(logistic.mean().abs() < 1e-12 && (logistic.variance() - std::f64::consts::PI.powi(2) / 3.0).abs() < 1e-9);
}

#[test]
fn odd_input_neither_hangs_nor_panics() {
    let odd = [
        0.0,
        -0.0,
        1.0,
        0.5,
        -1.0,
        3.0,
        1e-300,
        5e-324,
        1e-12,
        1e12,
        1e15,
        1e16,
        1e300,
        f64::MAX,
        f64::NAN,
        f64::INFINITY,
    ];
    let p = [0.05, 0.95];
    let two = [
        Form::Uniform,
        Form::LogUniform,
        Form::NormalMeanSd,
        Form::NormalPercentiles(p),
        Form::LogNormalMeanSd,
        Form::LogNormalMedianSigma,
        Form::LogNormalPercentiles(p),
        Form::LogNormalInterval,
        Form::LogitNormalInterval,
        Form::GammaShapeScale,
        Form::GammaMeanSd,
        Form::Weibull,
        Form::BetaAlphaBeta,
        Form::BetaMeanSd,
        Form::Binomial,
    ];
    let mut built: Vec<(String, Dist)> = Vec::new();
    let mut keep = |form: &Form, params: &[f64]| {
        if let Ok(d) = form.build(params) {
            built.push((format!("{form:?} {params:?}"), d));
        }
    };
    for a in odd {
        for form in [Form::Exponential, Form::Poisson, Form::Bernoulli] {
            keep(&form, &[a]);
        }
        for b in odd {
            two.iter().for_each(|form| keep(form, &[a, b]));
            keep(&Form::Pert, &[0.0, 1.0, a, b]);
            keep(&Form::Triangular, &[a, b, 1e3]);
            keep(
                &Form::Metalog { probabilities: vec![0.1, 0.5, 0.9], has_min: true, has_max: false },
                &[a, b, 1e4, 0.0],
            );
        }
    }
    assert!(built.len() > 200, "{}", built.len());
    for (name, dist) in built {
        let mut last = f64::NEG_INFINITY;
        for u in [f64::MIN_POSITIVE, 1e-16, 1e-6, 0.3, 0.5, 0.7, 1.0 - 1e-6, 1.0 - f64::EPSILON] {
            let x = dist.quantile(u);
            assert!(x.is_finite() && x >= last - 1e-9 * last.abs(), "{name} {u}: {last} {x}");
            let at = dist.cdf(x);
            assert!((0.0..=1.0).contains(&at), "{name} {u} {at}");
            last = x;
        }
        assert!(!dist.mean().is_nan(), "{name}");
        assert!(dist.variance() >= 0.0, "{name} {}", dist.variance());
        assert!(dist.quantile(f64::NAN).is_nan());
        Quantiles::new(dist).quantile(0.4);
    }
}
