//! Shapley effects against their closed forms.

use crate::common::{STUDENT, estimate};
use breakeven::dist::{Form, Quantiles};
use breakeven::math::linalg;
use breakeven::sample::Group;
use breakeven::sensitivity::{Effort, shapley_effects};
use breakeven::stats::Estimate;

const PI: f64 = std::f64::consts::PI;
const EFFORT: Effort = Effort { points: 1 << 16, seed: 11 };
/// The largest standard error that an effect may have with so many points.
const ERROR: f64 = 4e-3;

fn normals(sds: &[f64]) -> Vec<Quantiles> {
    sds.iter().map(|sd| Quantiles::new(Form::NormalMeanSd.build(&[3.0, *sd]).expect("a distribution"))).collect()
}

/// Σ weight·x.
fn linear(weights: &[f64]) -> impl Fn(&[&[f64]], &mut [f64]) + Sync + '_ {
    move |x: &[&[f64]], out: &mut [f64]| {
        for (t, y) in out.iter_mut().enumerate() {
            *y = weights.iter().zip(x).map(|(w, x)| w * x[t]).sum();
        }
    }
}

#[track_caller]
fn assert_effects(found: &[Option<Estimate>], truth: &[f64]) {
    for (i, (found, truth)) in found.iter().zip(truth).enumerate() {
        let (value, error) = estimate(*found);
        assert!((value - truth).abs() <= STUDENT * error, "input {i}: {value} ± {error}, truly {truth}");
        assert!(error <= ERROR, "input {i}: an error of {error}");
    }
    let sum: f64 = found.iter().map(|e| estimate(*e).0).sum();
    assert!((sum - 1.0).abs() < 1e-12, "the effects add up to {sum}");
}

/// By definition: each input's part in what every set of others leaves of the variance of Σ w·x, for a covariance matrix.
/// What the inputs of a set J leave unexplained when all others are known is w_Jᵀ·Cov(J | others)·w_J.
fn gaussian(covariance: &[f64], weights: &[f64]) -> Vec<f64> {
    let d = weights.len();
    let left: Vec<f64> = (0..1usize << d).map(|set| unexplained(covariance, weights, set)).collect();
    let factorial = |n: usize| (1..=n).product::<usize>() as f64;
    let effect = |i: usize| {
        let sets = (0..1usize << d).filter(|set| set >> i & 1 == 0);
        let part = |set: usize| {
            let size = set.count_ones() as usize;
            let orders = factorial(size) * factorial(d - size - 1) / factorial(d);
            orders * (left[set | 1 << i] - left[set])
        };
        sets.map(part).sum::<f64>() / left[(1 << d) - 1]
    };
    (0..d).map(effect).collect()
}

/// The variance of Σ w·x over the inputs of a set, all others known: that of the residuals of a regression on them, by
/// the factor of the covariance with the known ones in front.
fn unexplained(covariance: &[f64], weights: &[f64], set: usize) -> f64 {
    let d = weights.len();
    let known = (0..d).filter(|i| set >> i & 1 == 0);
    let order: Vec<usize> = known.clone().chain((0..d).filter(|i| set >> i & 1 == 1)).collect();
    let matrix: Vec<f64> = (0..d * d).map(|k| covariance[order[k / d] * d + order[k % d]]).collect();
    let factor = linalg::cholesky(&matrix, d).expect("a covariance");
    let loading = |j: usize| (0..d).map(|i| weights[order[i]] * factor[i * d + j]).sum::<f64>();
    (known.count()..d).map(|j| loading(j) * loading(j)).sum()
}

#[test]
fn ishigami_has_its_effects() {
    let inputs: Vec<Quantiles> =
        (0..3).map(|_| Quantiles::new(Form::Uniform.build(&[-PI, PI]).expect("a distribution"))).collect();
    let ishigami = |x: &[&[f64]], out: &mut [f64]| {
        for (t, y) in out.iter_mut().enumerate() {
            let [a, b, c] = [0, 1, 2].map(|i| x[i][t]);
            *y = a.sin() + 7.0 * b.sin().powi(2) + 0.1 * c.powi(4) * a.sin();
        }
    };
    // The interaction of the first and the third is shared by them.
    let v1 = 0.5 * (1.0 + 0.1 * PI.powi(4) / 5.0).powi(2);
    let (v2, v13) = (49.0 / 8.0, 8.0 * 0.01 * PI.powi(8) / 225.0);
    let v = v1 + v2 + v13;
    let truth = [(v1 + v13 / 2.0) / v, v2 / v, v13 / 2.0 / v];
    assert!((truth[0] - 0.435_747_023_178_885).abs() < 1e-12);
    assert_effects(&shapley_effects(&inputs, &[], ishigami, EFFORT), &truth);
}

#[test]
fn two_correlated_gaussians_have_theirs() {
    for (rho, truth) in [(0.5, [0.339_285_714, 0.660_714_286]), (-0.5, [0.125, 0.875]), (0.0, [0.2, 0.8])] {
        let covariance = [1.0, 2.0 * rho, 2.0 * rho, 4.0];
        let exact = gaussian(&covariance, &[1.0, 1.0]);
        assert!((exact[0] - truth[0]).abs() < 1e-8 && (exact[1] - truth[1]).abs() < 1e-8, "{exact:?}");
        let group = Group::new(vec![0, 1], &[1.0, rho, rho, 1.0]).expect("a correlation");
        let found = shapley_effects(&normals(&[1.0, 2.0]), &[group], linear(&[1.0, 1.0]), EFFORT);
        assert_effects(&found, &truth);
    }
}

#[test]
fn groups_among_independent_inputs_have_theirs() {
    // Inputs 4, 0 and 2 belong together, and so do 1 and 5; 3 stands alone.
    let correlation = [1.0, 0.6, -0.3, 0.6, 1.0, 0.2, -0.3, 0.2, 1.0];
    let groups = [
        Group::new(vec![4, 0, 2], &correlation).expect("a correlation"),
        Group::new(vec![1, 5], &[1.0, 0.8, 0.8, 1.0]).expect("a correlation"),
    ];
    let (sds, weights) = ([1.0, 2.0, 0.5, 1.5, 1.0, 1.0], [1.0, -1.0, 3.0, 0.5, 2.0, 1.0]);
    let mut covariance = [0.0; 36];
    for i in 0..6 {
        covariance[i * 6 + i] = sds[i] * sds[i];
    }
    for (members, matrix) in [(&[4, 0, 2][..], &correlation[..]), (&[1, 5][..], &[1.0, 0.8, 0.8, 1.0][..])] {
        for (i, a) in members.iter().enumerate() {
            for (j, b) in members.iter().enumerate() {
                covariance[a * 6 + b] = matrix[i * members.len() + j] * sds[*a] * sds[*b];
            }
        }
    }
    let found = shapley_effects(&normals(&sds), &groups, linear(&weights), EFFORT);
    assert_effects(&found, &gaussian(&covariance, &weights));
}

#[test]
fn copies_of_an_input_share_its_effect_and_idle_inputs_have_none() {
    let copies = Group::new(vec![0, 1], &[1.0; 4]).expect("a correlation");
    let only_the_first = |x: &[&[f64]], out: &mut [f64]| out.copy_from_slice(x[0]);
    let found = shapley_effects(&normals(&[1.0, 5.0, 2.0]), &[copies], only_the_first, EFFORT);
    assert_effects(&found, &[0.5, 0.5, 0.0]);
    assert_eq!(estimate(found[2]).0, 0.0);
}

#[test]
fn what_does_not_vary_has_no_effects() {
    for constant in [1e9, f64::NAN] {
        let found =
            shapley_effects(&normals(&[1.0, 1.0]), &[], |_: &[&[f64]], out: &mut [f64]| out.fill(constant), EFFORT);
        assert_eq!(found, [None, None]);
    }
}

#[test]
fn effects_do_not_depend_on_the_number_of_threads() {
    let group = || Group::new(vec![0, 2], &[1.0, 0.4, 0.4, 1.0]).expect("a correlation");
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let effort = Effort { points: 1 << 19, seed: 7 };
        pool.install(|| shapley_effects(&normals(&[1.0, 2.0, 3.0]), &[group()], linear(&[1.0, 2.0, 0.3]), effort))
    };
    let one = on(1);
    for threads in [2, 3] {
        assert_eq!(on(threads), one);
    }
}
