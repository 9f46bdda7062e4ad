//! Every family against draws of an independent implementation (rand_distr): one-sample Kolmogorov-Smirnov tests of the
//! draws' empirical distribution function against the exact one.

use breakeven::dist::{Dist, Form};
use rand::rngs::ChaCha8Rng as Rng;
use rand::{RngExt, SeedableRng};
use rand_distr::Distribution;

const DRAWS: usize = 200_000;

/// P(√n·D > x) → 2·Σ(−1)ᵏ⁻¹exp(−2k²x²) ≤ 2·exp(−2x²); equal to α at x = √(−ln(α/2)/2), here for α = 1e-6. For a discrete
/// distribution the true level is smaller.
fn limit() -> f64 {
    (-(1e-6_f64 / 2.0).ln() / 2.0).sqrt() / (DRAWS as f64).sqrt()
}

/// sup |Fₙ − F|, at the draws from both sides.
fn distance(dist: &Dist, mut draws: Vec<f64>) -> f64 {
    draws.sort_by(f64::total_cmp);
    let n = draws.len() as f64;
    let mut worst = 0.0_f64;
    let mut i = 0;
    while i < draws.len() {
        let x = draws[i];
        let next = i + draws[i..].partition_point(|y| *y == x);
        worst = worst.max((dist.cdf(x) - next as f64 / n).abs());
        worst = worst.max((dist.cdf_below(x) - i as f64 / n).abs());
        i = next;
    }
    worst
}

fn build(form: Form, params: &[f64]) -> Dist {
    form.build(params).expect("valid parameters")
}

fn draws<T: Into<f64>>(oracle: impl Distribution<T>, seed: u64) -> Vec<f64> {
    let mut rng = Rng::seed_from_u64(seed);
    (0..DRAWS).map(|_| oracle.sample(&mut rng).into()).collect()
}

fn agrees(form: Form, params: &[f64], oracle: impl Distribution<f64>) {
    let name = format!("{form:?} {params:?}");
    let d = distance(&build(form, params), draws(oracle, 20_261_123));
    assert!(d < limit(), "{name}: {d} is not below {}", limit());
}

#[test]
fn continuous_families() {
    agrees(Form::Uniform, &[2.0, 5.0], rand_distr::Uniform::new(2.0, 5.0).unwrap());
    agrees(Form::Triangular, &[1.0, 2.0, 6.0], rand_distr::Triangular::new(1.0, 6.0, 2.0).unwrap());
    agrees(Form::Pert, &[20.0, 100.0, 900.0, 4.0], rand_distr::Pert::new(20.0, 900.0).with_mode(100.0).unwrap());
    agrees(Form::Pert, &[1.0, 2.0, 6.0, 2.0], rand_distr::Pert::new(1.0, 6.0).with_shape(2.0).with_mode(2.0).unwrap());
    agrees(Form::NormalMeanSd, &[3.0, 2.0], rand_distr::Normal::new(3.0, 2.0).unwrap());
    agrees(Form::LogNormalMedianSigma, &[1.0, 0.7], rand_distr::LogNormal::new(0.0, 0.7).unwrap());
    agrees(Form::LogNormalMeanSd, &[100.0, 20.0], rand_distr::LogNormal::from_mean_cv(100.0, 0.2).unwrap());
    agrees(Form::Exponential, &[4.0], rand_distr::Exp::new(0.25).unwrap());
    agrees(Form::Weibull, &[1.5, 3.0], rand_distr::Weibull::new(3.0, 1.5).unwrap());
    for shape in [0.05, 0.7, 1.0, 9.0, 1e4] {
        agrees(Form::GammaShapeScale, &[shape, 2.0], rand_distr::Gamma::new(shape, 2.0).unwrap());
    }
    for (a, b) in [(0.5, 0.7), (2.0, 5.0), (40.0, 3.0), (5e3, 4e3)] {
        agrees(Form::BetaAlphaBeta, &[a, b], rand_distr::Beta::new(a, b).unwrap());
    }
}

#[test]
fn discrete_families() {
    for mean in [0.3, 4.0, 60.0, 1e6] {
        agrees(Form::Poisson, &[mean], rand_distr::Poisson::new(mean).unwrap());
    }
    for (n, p) in [(1, 0.3), (20, 0.3), (1000, 0.01), (1_000_000, 0.6)] {
        let oracle = rand_distr::Binomial::new(n, p).unwrap().map(|k| k as f64);
        agrees(Form::Binomial, &[n as f64, p], oracle);
    }
}

#[test]
fn mixtures_truncation_and_transformed_families() {
    let mut rng = Rng::seed_from_u64(7);
    let normal = rand_distr::Normal::new(1.0, 2.0).unwrap();
    let gamma = rand_distr::Gamma::new(2.5, 3.0).unwrap();
    let mixed = (0..DRAWS).map(|_| match rng.random::<f64>() {
        u if u < 0.3 => 4.0,
        u if u < 0.5 => normal.sample(&mut rng),
        _ => gamma.sample(&mut rng),
    });
    let mixed: Vec<f64> = mixed.collect();
    let parts = vec![
        (3.0, Dist::constant(4.0)),
        (2.0, build(Form::NormalMeanSd, &[1.0, 2.0])),
        (5.0, build(Form::GammaShapeScale, &[2.5, 3.0])),
    ];
    assert!(distance(&Dist::mixture(parts).unwrap(), mixed) < limit());

    let kept: Vec<f64> =
        std::iter::repeat_with(|| normal.sample(&mut rng)).filter(|x| *x >= 0.0 && *x <= 4.0).take(DRAWS).collect();
    let cut = build(Form::NormalMeanSd, &[1.0, 2.0]).truncated(Some(0.0), Some(4.0)).unwrap();
    assert!(distance(&cut, kept) < limit());

    let standard = rand_distr::Normal::new(0.0, 1.0).unwrap();
    let share = build(Form::LogitNormalInterval, &[0.1, 0.9]);
    // both percentiles are logit 2·ln 3 from 0: sigma = ln 9/1.6448536…
    let sigma = 9.0_f64.ln() / 1.644_853_626_951_472_2;
    let draw = |z: f64| 1.0 / (1.0 + (-sigma * z).exp());
    assert!(distance(&share, draws(standard.map(draw), 8)) < limit());
    let log = build(Form::LogUniform, &[2.0, 50.0]);
    let oracle = rand_distr::Uniform::new(2.0_f64.ln(), 50.0_f64.ln()).unwrap().map(f64::exp);
    assert!(distance(&log, draws(oracle, 9)) < limit());
    // a three-term metalog with a₃ = 0 is a logistic distribution
    let form = Form::Metalog { probabilities: vec![0.1, 0.5, 0.9], has_min: false, has_max: false };
    let logistic = build(form, &[-(9.0_f64.ln()), 0.0, 9.0_f64.ln()]);
    let oracle = rand_distr::OpenClosed01.map(|u: f64| (u / (1.0 - u + 1e-17)).ln());
    assert!(distance(&logistic, draws(oracle, 10)) < limit());
}

#[test]
fn the_test_notices_a_wrong_parameter() {
    let oracle = draws(rand_distr::Normal::new(3.0, 2.0).unwrap(), 1);
    assert!(distance(&build(Form::NormalMeanSd, &[3.05, 2.0]), oracle.clone()) > limit());
    assert!(distance(&build(Form::NormalMeanSd, &[3.0, 2.05]), oracle) > limit());
    let oracle = draws(rand_distr::Gamma::new(2.5, 1.0).unwrap(), 2);
    assert!(distance(&build(Form::GammaShapeScale, &[2.55, 1.0]), oracle) > limit());
    let oracle = draws(rand_distr::Poisson::new(4.0).unwrap(), 3);
    assert!(distance(&build(Form::Poisson, &[4.05]), oracle) > limit());
}
