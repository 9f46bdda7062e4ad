//! Sobol indices against their closed forms.

use crate::common::{STUDENT, estimate};
use breakeven::dist::{Form, Quantiles};
use breakeven::sensitivity::{Effort, Index, sobol_indices};

/// Base points of 16 randomisations.
const POINTS: u64 = 1 << 16;
/// The largest standard error that an index of a bounded test function may have with so many points.
const ERROR: f64 = 1.5e-3;
/// The same for a product of lognormals, whose few largest values weigh more.
const HEAVY: f64 = 2.5e-3;

fn uniform(low: f64, high: f64) -> Quantiles {
    Quantiles::new(Form::Uniform.build(&[low, high]).expect("a distribution"))
}

fn effort(seed: u64) -> Effort {
    Effort { points: POINTS, seed }
}

#[track_caller]
fn assert_indices(found: &[Index], first: &[f64], total: &[f64], most: f64) {
    assert_eq!(found.len(), first.len());
    for (i, index) in found.iter().enumerate() {
        for (what, share, truth) in [("first", index.first_order, first[i]), ("total", index.total, total[i])] {
            let (value, error) = estimate(share);
            assert!((value - truth).abs() <= STUDENT * error, "{what} order of {i}: {value} ± {error}, truly {truth}");
            assert!(error <= most, "{what} order of {i}: an error of {error}");
        }
    }
}

/// Ishigami's function with a = 7, b = 0.1, plus a constant.
fn ishigami(shift: f64) -> impl Fn(&[&[f64]], &mut [f64]) + Sync {
    move |x: &[&[f64]], out: &mut [f64]| {
        for (t, y) in out.iter_mut().enumerate() {
            let [a, b, c] = [0, 1, 2].map(|i| x[i][t]);
            *y = shift + a.sin() + 7.0 * b.sin().powi(2) + 0.1 * c.powi(4) * a.sin();
        }
    }
}

const PI: f64 = std::f64::consts::PI;

#[test]
fn ishigami_has_its_indices_wherever_it_lies() {
    // V₁ = ½(1 + bπ⁴/5)², V₂ = a²/8, V₁₃ = 8b²π⁸/225.
    let v1 = 0.5 * (1.0 + 0.1 * PI.powi(4) / 5.0).powi(2);
    let (v2, v13) = (49.0 / 8.0, 8.0 * 0.01 * PI.powi(8) / 225.0);
    let v = v1 + v2 + v13;
    assert!((v - 13.844_587_940_719_254).abs() < 1e-9);
    let inputs = [0; 3].map(|_| uniform(-PI, PI));
    for (seed, shift) in [(1, 0.0), (2, 1000.0)] {
        let found = sobol_indices(&inputs, ishigami(shift), effort(seed));
        assert_indices(&found, &[v1 / v, v2 / v, 0.0], &[(v1 + v13) / v, v2 / v, v13 / v], ERROR);
    }
}

#[test]
fn few_points_are_no_trap() {
    // Where the two draws are consecutive points of one sequence of three dimensions, 1,024 points give 0, 0.16 and 0.37
    // for both orders, however independent the inputs look.
    let inputs = [0; 3].map(|_| uniform(-PI, PI));
    let found = sobol_indices(&inputs, ishigami(0.0), Effort { points: 1024, seed: 9 });
    for (index, (first, total)) in found.iter().zip([(0.314, 0.558), (0.442, 0.442), (0.0, 0.244)]) {
        assert!((estimate(index.first_order).0 - first).abs() < 0.05, "{index:?}");
        assert!((estimate(index.total).0 - total).abs() < 0.05, "{index:?}");
    }
}

#[test]
fn the_g_function_has_its_indices() {
    for weights in [&[0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0][..], &[0.0, 0.5, 3.0, 9.0, 99.0, 99.0]] {
        let parts: Vec<f64> = weights.iter().map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a))).collect();
        let product: f64 = parts.iter().map(|v| 1.0 + v).product();
        let first: Vec<f64> = parts.iter().map(|v| v / (product - 1.0)).collect();
        let total: Vec<f64> = parts.iter().map(|v| v * product / (1.0 + v) / (product - 1.0)).collect();
        let inputs: Vec<Quantiles> = weights.iter().map(|_| uniform(0.0, 1.0)).collect();
        let g = |x: &[&[f64]], out: &mut [f64]| {
            for (t, y) in out.iter_mut().enumerate() {
                let factor = |(a, x): (&f64, &&[f64])| ((4.0 * x[t] - 2.0).abs() + a) / (1.0 + a);
                *y = weights.iter().zip(x).map(factor).product();
            }
        };
        assert_indices(&sobol_indices(&inputs, g, effort(3)), &first, &total, ERROR);
    }
}

#[test]
fn a_product_of_lognormals_has_its_indices() {
    let sigmas = [0.5, 0.3, 0.1f64];
    let all: f64 = sigmas.iter().map(|s| s * s).sum();
    let first = sigmas.map(|s| (s * s).exp_m1() / all.exp_m1());
    let total = sigmas.map(|s| -(-s * s).exp_m1() / -(-all).exp_m1());
    assert!((first[0] - 0.677_755_69).abs() < 1e-7 && (total[0] - 0.749_035_88).abs() < 1e-7);
    let inputs = sigmas.map(|s| Quantiles::new(Form::LogNormalMedianSigma.build(&[1.0, s]).expect("a distribution")));
    let product = |x: &[&[f64]], out: &mut [f64]| {
        for (t, y) in out.iter_mut().enumerate() {
            *y = x.iter().map(|x| x[t]).product();
        }
    };
    assert_indices(&sobol_indices(&inputs, product, effort(4)), &first, &total, HEAVY);
}

#[test]
fn what_does_not_vary_has_no_shares_and_idle_inputs_have_none_of_it() {
    let inputs = [0; 2].map(|_| uniform(0.0, 1.0));
    let constant = sobol_indices(&inputs, |_: &[&[f64]], out: &mut [f64]| out.fill(1e9), effort(5));
    assert!(constant.iter().all(|index| index.first_order.is_none() && index.total.is_none()));
    let undefined = sobol_indices(&inputs, |_: &[&[f64]], out: &mut [f64]| out.fill(f64::NAN), effort(5));
    assert!(undefined.iter().all(|index| index.first_order.is_none() && index.total.is_none()));
    let lone = sobol_indices(&inputs, |x: &[&[f64]], out: &mut [f64]| out.copy_from_slice(x[0]), effort(5));
    assert_eq!([lone[1].first_order, lone[1].total].map(|s| s.expect("it varies").value), [0.0, 0.0]);
    assert!((lone[0].total.expect("it varies").value - 1.0).abs() < 1e-3);
}

#[test]
fn shares_do_not_depend_on_the_number_of_threads() {
    let inputs = [0; 3].map(|_| uniform(-PI, PI));
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| sobol_indices(&inputs, ishigami(0.0), Effort { points: 1 << 15, seed: 7 }))
    };
    let one = on(1);
    for threads in [2, 3, 7] {
        assert_eq!(on(threads), one);
    }
}
