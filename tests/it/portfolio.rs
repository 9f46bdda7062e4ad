//! What the tasks of a list cost together: by hand, and with true errors.

use breakeven::stats::Estimate;
use breakeven::sweep::{OptionFigures, PointFigures, Portfolio, PortfolioRow};
use rand::rngs::ChaCha8Rng;
use rand::{Rng, RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};

use crate::common::{chi_square_limits, mean_sd, normal_score, phi};

const RANDOMISATIONS: usize = 16;

/// A task whose options have these means by randomisation.
fn task(means: &[Vec<f64>]) -> PointFigures {
    let option = |means: &Vec<f64>| OptionFigures {
        total: Estimate::of_means(means),
        range: [None, None],
        p_cheapest: Some(Estimate::exact(0.5)),
        by_randomisation: means.clone(),
    };
    PointFigures { trials: 64, options: means.iter().map(option).collect(), cheapest: None }
}

fn exact(value: f64) -> Option<Estimate> {
    Estimate::new(value, 0.0, 15.0)
}

#[test]
fn certain_tasks_are_added_up_by_hand() {
    let mut portfolio = Portfolio::default();
    for totals in [[10.0, 30.0, 11.0], [20.0, 5.0, 21.0], [8.0, 8.0, 3.0], [40.0, 24.0, 41.0]] {
        portfolio.add(&task(&totals.map(|x| vec![x; RANDOMISATIONS])), 0);
    }
    // Best are 10, 5, 3 and 24: the first option for one task, the second for two, the third for one.
    let row = |option, total, tasks, money| PortfolioRow { option, total: exact(total), tasks, money };
    // The baseline costs 10, 20, 8 and 40.
    let shares = |tasks: f64, money: f64| (exact(tasks), exact(money / 78.0));
    let [(t0, m0), (t1, m1), (t2, m2)] = [shares(0.25, 10.0), shares(0.5, 60.0), shares(0.25, 8.0)];
    let whole = Some(Estimate::exact(1.0));
    let rows = portfolio.rows();
    let wanted = [
        row(Some(0), 78.0, t0, m0),
        row(Some(1), 67.0, t1, m1),
        row(Some(2), 76.0, t2, m2),
        row(None, 42.0, whole, whole),
    ];
    for (found, wanted) in rows.iter().zip(wanted) {
        assert_eq!((found.option, found.total, found.tasks), (wanted.option, wanted.total, wanted.tasks));
        let [found, wanted] = [found.money, wanted.money].map(|e| e.expect("a share"));
        assert!((found.value - wanted.value).abs() < 1e-15 && found.std_error.unwrap_or(0.0) < 1e-15, "{found:?}");
    }
    assert_eq!(portfolio.saving_against(0), exact(36.0));
    // Against the first option the tasks save 0, 15, 5 and 16 at best, and −20, 15, 0 and 16 with the second throughout.
    assert_eq!(portfolio.cumulative_savings(None), [0.0, 16.0, 31.0, 36.0, 36.0]);
    assert_eq!(portfolio.cumulative_savings(Some(1)), [0.0, 16.0, 31.0, 31.0, 11.0]);
}

/// What the first option costs for a task.
fn level(k: usize) -> f64 {
    10.0 + 5.0 * (k % 3) as f64
}

/// Tasks whose options differ by N(0.3, 1) in truth, with noise that all tasks share and noise of their own.
fn noisy(seed: u64, differences: &[f64]) -> Portfolio {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
    let shared: Vec<f64> = (0..RANDOMISATIONS).map(|_| 0.4 * normal()).collect();
    let mut portfolio = Portfolio::default();
    for (k, difference) in differences.iter().enumerate() {
        let first: Vec<f64> = shared.iter().map(|noise| level(k) + noise * 0.5).collect();
        let second =
            shared.iter().zip(&first).map(|(noise, first)| first + difference + noise + 0.1 * normal()).collect();
        portfolio.add(&task(&[first, second]), 0);
    }
    portfolio
}

/// The sum of squared normal scores of estimates of a truth lies where one in a million does not.
fn holds(what: &str, estimates: &[Estimate], truth: f64) {
    let scores: Vec<f64> =
        estimates.iter().map(|e| normal_score((e.value - truth) / e.std_error.expect("an error"), e.freedom)).collect();
    let squares: f64 = scores.iter().map(|z| z * z).sum();
    let (low, high) = chi_square_limits(scores.len() as f64);
    let (mean, sd) = mean_sd(&scores);
    assert!(low < squares && squares < high, "{what}: {squares} of {} scores, mean {mean}, sd {sd}", scores.len());
}

#[test]
fn errors_of_sums_and_shares_are_true() {
    // Evenly spread quantiles, so that truths are those of the normal distribution.
    let count = 1000;
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut differences: Vec<f64> = Vec::new();
    let mut x = -5.0;
    for k in 0..count {
        let p = (f64::from(k) + 0.5) / f64::from(count);
        while phi(x) < p {
            x += 1e-4;
        }
        differences.push(x + 0.3);
    }
    for k in (1..differences.len()).rev() {
        differences.swap(k, rng.random_range(0..=k));
    }
    let found: Vec<Vec<PortfolioRow>> = (0..300).map(|seed| noisy(seed + 10, &differences).rows()).collect();
    let column = |row: usize, of: fn(&PortfolioRow) -> Option<Estimate>| -> Vec<Estimate> {
        found.iter().map(|rows| of(&rows[row]).expect("an estimate")).collect()
    };
    let n = f64::from(count);
    let first: f64 = (0..differences.len()).map(level).sum();
    let chosen: Vec<(usize, f64)> = differences.iter().copied().enumerate().filter(|(_, d)| *d < 0.0).collect();
    holds("the first for all", &column(0, |row| row.total), first);
    holds("the second for all", &column(1, |row| row.total), first + differences.iter().sum::<f64>());
    holds("the best of each", &column(2, |row| row.total), first + chosen.iter().map(|(_, d)| d).sum::<f64>());
    holds("its tasks", &column(1, |row| row.tasks), chosen.len() as f64 / n);
    holds("its money", &column(1, |row| row.money), chosen.iter().map(|(k, _)| level(*k)).sum::<f64>() / first);
}

#[test]
fn the_best_of_equals_is_not_flattered() {
    // Options that are equal in truth, and noise of each task's own: chosen by the same trials the best of 400 tasks would
    // look cheaper by 400 · 0.1 / √(16 π) = 5.6, which is 40 times the error.
    let estimate = |seed: u64| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut portfolio = Portfolio::default();
        for _ in 0..400 {
            let mut option = || (0..RANDOMISATIONS).map(|_| 1.0 + 0.1 * noise(&mut rng)).collect::<Vec<f64>>();
            portfolio.add(&task(&[option(), option()]), 0);
        }
        portfolio.rows()[2].total.expect("a total")
    };
    let found: Vec<Estimate> = (0..200).map(estimate).collect();
    let scores: Vec<f64> = found.iter().map(|e| (e.value - 400.0) / e.std_error.expect("an error")).collect();
    // Of figures that jump the jackknife claims too large an error, and never too small a one.
    let (mean, sd) = mean_sd(&scores);
    assert!(mean.abs() < 5.0 * sd / 200.0_f64.sqrt() && (0.3..1.0).contains(&sd), "mean {mean}, sd {sd}");
}

fn noise(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}
