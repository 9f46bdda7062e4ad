//! The claimed standard errors are the true ones: over many seeds, what an estimate is off by, divided by the error it
//! claims, spreads as Student's t does.

use crate::common::{
    NORMAL, SAMPLERS, chi_square_limits, mean_sd, normal_score, option, phi, results, scenario, simulated,
};
use breakeven::engine::{Dearest, Metric, MonthlyCurve, Percentile, Results, Stat};
use breakeven::sample::Sampler;
use breakeven::stats::Estimate;

/// Seeds over which a figure is looked at.
const SEEDS: u64 = 200;
/// Trials of each: 128 in each of 16 randomisations.
const TRIALS: u64 = 2048;

/// A figure of a run with its exact value.
struct Figure {
    name: &'static str,
    truth: f64,
    read: fn(&Results) -> Option<Estimate>,
}

/// Asserts that the errors of some figures are what they claim to be, for every sampler.
///
/// The score of (estimate − truth)/error is standard normal: by Student's t with 15 degrees of freedom for the spread of
/// 16 randomisations, and directly where independent trials have a formula. Over 200 seeds the
/// squares of the scores about their mean are χ² with 199 degrees of freedom, which leaves 0.57..1.58 of 199 once in a
/// million times. Their mean has a standard error of 1/√200; an estimate from few trials may also be off by its own
/// bias, of order 1/n where its error is of order 1/√n, for which a fifth of an error is allowed.
fn errors_are_true(text: &str, figures: &[Figure]) {
    let scenario = scenario(text);
    for sampler in SAMPLERS {
        let mut scores = vec![Vec::new(); figures.len()];
        for seed in 1..=SEEDS {
            let found = results(&simulated(&scenario, sampler, TRIALS, seed), 1);
            for (figure, scores) in figures.iter().zip(&mut scores) {
                let found = (figure.read)(&found).expect("a figure");
                let score = (found.value - figure.truth) / found.std_error.expect("a standard error");
                assert!(found.freedom == 15.0 || sampler == Sampler::MonteCarlo && found.freedom.is_infinite());
                scores.push(normal_score(score, found.freedom));
            }
        }
        let (low, high) = chi_square_limits(SEEDS as f64 - 1.0);
        for (figure, scores) in figures.iter().zip(&scores) {
            let (mean, sd) = mean_sd(scores);
            let squares = sd * sd * (SEEDS as f64 - 1.0);
            let what = format!("{} under {}: bias {mean:.3}, spread {sd:.3}", figure.name, sampler.word());
            assert!(squares > low && squares < high, "{what}: χ² is {squares:.1}, not in {low:.1}..{high:.1}");
            assert!(mean.abs() < NORMAL / (SEEDS as f64).sqrt() + 0.2, "{what}");
        }
    }
}

const COST: usize = 0;
const BUDGET: usize = 1;

/// One month at a cost that is a product of lognormals, against a budget of 120: requests · tokens · price / 1e6 has the
/// median 40,000 · 1,000 · 2.5 / 1e6 = 100 and a logarithm of standard deviation √(0.3² + 0.2² + 0.12) = 0.5.
const PRODUCT: &str = r#"
simulation.horizon_months = 1
[workload]
requests_per_month = "lognormal(median=40k, sigma=0.3)"
input_tokens = "lognormal(median=1000, sigma=0.2)"
output_tokens = 0
[[option]]
name = "Per use"
inference = { input_price = "lognormal(median=2.5, sigma=0.12 ^ 0.5)", output_price = 0 }
[[option]]
name = "Budget"
hosting.cost_per_month = 120
"#;

fn total(results: &Results, stat: Stat) -> Option<Estimate> {
    results.metric(COST, Metric::Total, stat)
}

#[test]
fn errors_are_true_for_a_product_of_lognormals_against_a_budget() {
    let (s, budget) = (0.5, 120.0);
    let mean = 100.0 * f64::exp(s * s / 2.0);
    let quantile = |z: f64| 100.0 * f64::exp(s * z);
    // With d2 = ln(100/120)/s the cost stays below the budget with Φ(−d2); E max(0, budget − cost) =
    // 120·Φ(−d2) − mean·Φ(−d2 − s) = 26.520228822146, and E max(0, cost − budget) is less by budget − mean.
    let d2 = (100.0f64 / budget).ln() / s;
    let below = phi(-d2);
    let dear = budget * below - mean * phi(-d2 - s);
    assert!((mean - 113.314_845_306_683).abs() < 1e-9 && (below - 0.642_311_086_236_839).abs() < 1e-12);
    assert!((dear - 26.520_228_822_146).abs() < 1e-9);
    let figures = [
        Figure { name: "mean", truth: mean, read: |r| total(r, Stat::Mean) },
        Figure {
            name: "p5",
            truth: quantile(-1.644_853_626_951_472_7),
            read: |r| total(r, Stat::Quantile(Percentile::P5)),
        },
        Figure { name: "p50", truth: 100.0, read: |r| total(r, Stat::MEDIAN) },
        Figure {
            name: "p95",
            truth: quantile(1.644_853_626_951_472_7),
            read: |r| total(r, Stat::Quantile(Percentile::P95)),
        },
        // E[X; X > q] = mean · Φ(s − z), for the quantile q of z.
        Figure {
            name: "cvar90",
            truth: mean * phi(s - 1.281_551_565_544_600_4) / 0.1,
            read: |r| total(r, Stat::Dearest(Dearest::Tenth)),
        },
        Figure { name: "p_cheapest", truth: below, read: |r| r.p_cheapest(COST) },
        Figure { name: "p_cheaper", truth: 1.0 - below, read: |r| r.curve(BUDGET, MonthlyCurve::Cheaper, 1) },
        Figure { name: "regret of the budget", truth: dear, read: |r| r.regret(BUDGET) },
        Figure { name: "loss of a wrong budget", truth: dear / below, read: |r| r.loss_when_wrong(BUDGET) },
        Figure { name: "regret per use", truth: dear - (budget - mean), read: |r| r.regret(COST) },
        Figure { name: "the best", truth: budget - dear, read: |r| r.best() },
        Figure { name: "saving", truth: mean - budget, read: |r| r.metric(BUDGET, Metric::Saving, Stat::Mean) },
        Figure { name: "difference", truth: budget - mean, read: |r| r.difference(BUDGET, COST) },
    ];
    errors_are_true(PRODUCT, &figures);
}

/// A fixed cost of 20,000 ± 5,000 once and a saving of 0.02 ± 0.01 a request, of which there are 250,000 a month.
const NORMALS: &str = r#"
simulation.horizon_months = 8
[workload]
requests_per_month = "250k"
input_tokens = 0
output_tokens = 0
[[option]]
name = "Today"
[[option.cost]]
name = "Requests"
amount = 0.05
per = "request"
[[option]]
name = "Tuned"
[[option.cost]]
name = "Project"
amount = "normal(20k, 5k)"
per = "once"
[[option.cost]]
name = "Requests"
amount = "0.05 - normal(0.02, 0.01)"
per = "request"
"#;

#[test]
fn errors_are_true_for_sums_of_normals() {
    // After N requests the saving is N·0.02 − 20,000 on average with a variance of N²·0.01² + 5,000²: the probability of
    // being cheaper is Φ of their quotient.
    let cheaper = |n: f64| phi((n * 0.02 - 20_000.0) / (n * n * 1e-4 + 25e6).sqrt());
    assert!((cheaper(5e5) - 0.078_649_604).abs() < 1e-9 && (cheaper(2e6) - 0.834_012_266).abs() < 1e-9);
    let sd = (4e12f64 * 1e-4 + 25e6).sqrt();
    let figures = [
        Figure { name: "mean", truth: 100_000.0 - 20_000.0, read: |r| r.metric(1, Metric::Total, Stat::Mean) },
        Figure {
            name: "p5",
            truth: 80_000.0 - 1.644_853_626_951_472_7 * sd,
            read: |r| r.metric(1, Metric::Total, Stat::Quantile(Percentile::P5)),
        },
        Figure { name: "p50", truth: 80_000.0, read: |r| r.metric(1, Metric::Total, Stat::MEDIAN) },
        Figure {
            name: "p95 of the saving",
            truth: 20_000.0 + 1.644_853_626_951_472_7 * sd,
            read: |r| r.metric(1, Metric::Saving, Stat::Quantile(Percentile::P95)),
        },
        // The mean of a normal beyond its 95th percentile is φ(z)/0.05 = 2.062713 standard deviations above it.
        Figure {
            name: "cvar95",
            truth: 80_000.0 + 2.062_712_807_507_426 * sd,
            read: |r| r.metric(1, Metric::Total, Stat::Dearest(Dearest::Twentieth)),
        },
        Figure {
            name: "p80",
            truth: 80_000.0 + 0.841_621_233_572_914_3 * sd,
            read: |r| r.metric(1, Metric::Total, Stat::Quantile(Percentile::P80)),
        },
        Figure { name: "p_cheapest", truth: cheaper(2e6), read: |r| r.p_cheapest(1) },
        Figure { name: "cheaper by month 2", truth: cheaper(5e5), read: |r| r.curve(1, MonthlyCurve::Cheaper, 2) },
        Figure { name: "cheaper by month 4", truth: 0.5, read: |r| r.curve(1, MonthlyCurve::Cheaper, 4) },
        Figure { name: "never for good", truth: 1.0 - cheaper(2e6), read: |r| r.p_never(1, true) },
        Figure { name: "cheaper at its own volume", truth: cheaper(2e6), read: |r| r.volume_curve(1)[20] },
        Figure { name: "cumulative median of month 4", truth: 20_000.0 + 1e6 * 0.03, read: |r| r.cumulative(1, 4)[3] },
        Figure { name: "cumulative mean of month 4", truth: 50_000.0, read: |r| r.cumulative(1, 4)[0] },
        Figure { name: "mean of a line", truth: 20_000.0, read: |r| r.line(1, 0)[0] },
        Figure { name: "share of a line", truth: 0.25, read: |r| r.line(1, 0)[1] },
        Figure { name: "a line in a month", truth: 7_500.0, read: |r| r.ledger(1, 1, 3)[1] },
    ];
    errors_are_true(NORMALS, &figures);
}

#[test]
fn the_options_are_where_the_figures_look_for_them() {
    let found = results(&simulated(&scenario(PRODUCT), Sampler::Sobol, 1024, 1), 1);
    assert_eq!((option(&found, "Per use"), option(&found, "Budget")), (COST, BUDGET));
}

/// The jackknife's errors of shares of variance are no exact t, but must be as large as what seeds make of the shares: over
/// 100 seeds their spread is known to a fourteenth, and 4.9 of these are a third.
#[test]
fn errors_of_shares_of_variance_are_as_large_as_their_spread() {
    let scenario = scenario(PRODUCT);
    for sampler in SAMPLERS {
        let mut found = vec![(Vec::new(), Vec::new()); 3];
        for seed in 1..=100 {
            let results = results(&simulated(&scenario, sampler, 8192, seed), 1);
            for (variable, (shares, errors)) in found.iter_mut().enumerate() {
                let share = results.information.first_order[variable][COST][0].expect("a share");
                shares.push(share.value);
                errors.push(share.std_error.expect("an error").powi(2));
            }
        }
        for (variable, (shares, squares)) in found.iter().enumerate() {
            let ratio = mean_sd(shares).1 / mean_sd(squares).0.sqrt();
            let what =
                format!("{} under {}", results(&scenario, 1).model.program.variables[variable].name, sampler.word());
            assert!((0.67..1.35).contains(&ratio), "{what}: the spread is {ratio:.2} claimed errors");
        }
    }
}
