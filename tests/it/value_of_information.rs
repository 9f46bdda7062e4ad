//! The value of knowing more, and where the choice flips, against closed forms.

use crate::common::{SAMPLERS, STUDENT, estimate, phi, results, run_text, scenario, simulated};
use breakeven::dist::{Form, Quantiles};
use breakeven::engine::Results;
use breakeven::information::Information;
use breakeven::math::normal;
use breakeven::sample::Group;
use breakeven::sensitivity::{Effort, value_of_information};
use breakeven::stats::Estimate;

/// Slices of a continuous variable.
const SLICES: i32 = 64;

fn density(x: f64) -> f64 {
    (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The unit normal loss L(u) = φ(u) − u·(1 − Φ(u)): with a net benefit N(m, s²) against 0 the information is worth
/// s·L(|m|/s).
fn loss(u: f64) -> f64 {
    density(u) - u * phi(-u)
}

/// The same when only the slice is learned in which the net benefit's normal lies: the mean of max(0, m + s·z) over the
/// slices' means z, less max(0, m). It is what the estimator tends to.
fn sliced(m: f64, s: f64) -> f64 {
    let at = |k: i32| match k {
        0 => 0.0,
        SLICES => 0.0,
        k => density(normal::quantile(f64::from(k) / f64::from(SLICES))),
    };
    let mean = |k: i32| f64::from(SLICES) * (at(k) - at(k + 1));
    let gained: f64 = (0..SLICES).map(|k| (m + s * mean(k)).max(0.0)).sum();
    gained / f64::from(SLICES) - m.max(0.0)
}

/// A sure 1,000 against 1,000 less a net benefit.
fn against_sure(inputs: &str, benefit: &str, more: &str) -> String {
    format!(
        "simulation.horizon_months = 1\n[inputs]\n{inputs}\n[workload]\nrequests_per_month = 1\ninput_tokens = 0\n\
         output_tokens = 0\n{more}\n\
         [[option]]\nname = 'Sure'\ncost = [{{ name = 'Fee', amount = 1000, per = 'once' }}]\n\
         [[option]]\nname = 'Risky'\ncost = [{{ name = 'Fee', amount = '1000 - ({benefit})', per = 'once' }}]\n"
    )
}

fn variable(results: &Results, name: &str) -> usize {
    let variables = &results.model.program.variables;
    variables.iter().position(|v| v.name == name).unwrap_or_else(|| panic!("no variable {name}"))
}

fn worth(results: &Results, name: &str) -> Option<Estimate> {
    results.information.inputs[variable(results, name)]
}

#[track_caller]
fn assert_near(found: Option<Estimate>, truth: f64, what: &str) {
    let (value, error) = estimate(found);
    assert!((value - truth).abs() <= STUDENT * error, "{what}: {value} ± {error}, in truth {truth}");
    assert!(error < 0.02 * truth.max(0.1), "{what}: an error of {error} tells nothing of {truth}");
}

#[test]
fn a_difference_of_normals_is_worth_its_unit_normal_loss() {
    // Net benefit p1 − p2 with p1 ~ N(1, 1), p2 ~ N(0, 2²); `idle` has nothing to do with it.
    let text =
        against_sure("p1 = 'normal(1, 1)'\np2 = 'normal(0, 2)'\nidle = 'normal(0, 1)'", "p1 - p2 + 0 * idle", "");
    let s = 5.0f64.sqrt();
    assert!((s * loss(1.0 / s) - 0.479_810_706_348_392_5).abs() < 1e-9);
    assert!((loss(1.0) - sliced(1.0, 1.0)).abs() < 2e-3 && sliced(1.0, 1.0) < loss(1.0));
    for sampler in SAMPLERS {
        let found = results(&simulated(&scenario(&text), sampler, 1 << 18, 3), 2);
        let what = sampler.word();
        assert_near(found.information.everything, s * loss(1.0 / s), what);
        assert_near(worth(&found, "p1"), sliced(1.0, 1.0), what);
        assert_near(worth(&found, "p2"), sliced(1.0, 2.0), what);
        assert_near(worth(&found, "idle"), 0.0, what);
    }
}

#[test]
fn a_model_of_ones_own_has_its_value_of_information() {
    let normal = |mean: f64, sd: f64| Quantiles::new(Form::NormalMeanSd.build(&[mean, sd]).expect("a distribution"));
    let effort = Effort { points: 1 << 18, seed: 5 };
    // Net benefits against 0: p1 − p2, p1 + p2 correlated, and x·y − 45 of two independent normals.
    let s = 5.0f64.sqrt();
    let difference = |x: &[&[f64]], cost: &mut [Vec<f64>]| {
        cost[0].fill(0.0);
        (0..x[0].len()).for_each(|t| cost[1][t] = x[1][t] - x[0][t]);
    };
    let found = value_of_information(&[normal(1.0, 1.0), normal(0.0, 2.0)], &[], 2, difference, effort);
    assert_near(found.everything, s * loss(1.0 / s), "EVPI of a difference");
    assert_near(found.inputs[0], sliced(1.0, 1.0), "p1");
    assert_near(found.inputs[1], sliced(1.0, 2.0), "p2");
    let rho = 0.2f64.sqrt();
    let group = Group::new(vec![0, 1], &[1.0, rho, rho, 1.0]).expect("a correlation");
    let sum = |x: &[&[f64]], cost: &mut [Vec<f64>]| {
        cost[0].fill(0.0);
        (0..x[0].len()).for_each(|t| cost[1][t] = -x[1][t] - x[0][t]);
    };
    let found = value_of_information(&[normal(1.0, 1.0), normal(1.0, s)], &[group], 2, sum, effort);
    assert_near(found.everything, 8f64.sqrt() * loss(2.0 / 8f64.sqrt()), "EVPI of a correlated sum");
    assert_near(found.inputs[0], sliced(2.0, 2.0), "p1 of a correlated sum");
    let product = |x: &[&[f64]], cost: &mut [Vec<f64>]| {
        cost[0].fill(0.0);
        (0..x[0].len()).for_each(|t| cost[1][t] = 45.0 - x[0][t] * x[1][t]);
    };
    // Given x the product is 5x on average, given y 10y.
    assert!(
        (10.0 * loss(0.5) - 1.977_965_574_013).abs() < 1e-9 && (15.0 * loss(1.0 / 3.0) - 3.813_541_714).abs() < 1e-6
    );
    let found = value_of_information(&[normal(10.0, 2.0), normal(5.0, 1.5)], &[], 2, product, effort);
    assert_near(found.inputs[0], sliced(5.0, 10.0), "x of a product");
    assert_near(found.inputs[1], sliced(5.0, 15.0), "y of a product");
    let (all, error) = estimate(found.everything);
    // By quadrature.
    assert!((all - 4.880_686_553).abs() < STUDENT * error, "EVPI of a product: {all} ± {error}");
    let lone = value_of_information(
        &[normal(1.0, 1.0)],
        &[],
        1,
        |_: &[&[f64]], cost: &mut [Vec<f64>]| cost[0].fill(1.0),
        effort,
    );
    assert_eq!((lone.everything, lone.inputs), (None, vec![None]));
}

#[test]
fn noise_is_worth_nothing_however_few_the_trials() {
    // Chosen and costed on the same trials it would be: 16 trials a slice are about 0.1 off. Values are not below 0, so
    // their mean is above; but hardly any is taken for more than chance.
    let text = against_sure("p1 = 'normal(0.1, 1)'\nidle = 'normal(0, 1)'", "p1 + 0 * idle", "");
    let found: Vec<Estimate> = (1..=64)
        .map(|seed| worth(&results(&simulated(&scenario(&text), SAMPLERS[2], 1024, seed), 1), "idle").expect("a worth"))
        .collect();
    let mean = found.iter().map(|worth| worth.value).sum::<f64>() / found.len() as f64;
    assert!(mean < 0.03 && found.iter().all(|worth| worth.value >= 0.0), "{mean}");
    let certain = found.iter().filter(|worth| worth.value > worth.half_width(0.95).expect("an error")).count();
    assert!(certain <= 3, "{certain} of 64 are taken for more than chance");
}

#[test]
fn correlated_inputs_are_worth_what_they_say_of_each_other() {
    // p1 ~ N(1, 1), p2 | p1 ~ N(p1, 2²): p2 ~ N(1, 5), their normal correlation 1/√5.
    let rank = 6.0 / std::f64::consts::PI * (0.2f64.sqrt() / 2.0).asin();
    let inputs = "p1 = 'normal(1, 1)'\np2 = 'normal(1, 5 ^ 0.5)'";
    let correlation = format!("[[correlation]]\ninputs = ['p1', 'p2']\nrank = {rank}");
    let sum = run_text(&against_sure(inputs, "p1 + p2", &correlation));
    let s = 8.0f64.sqrt();
    assert!((s * loss(2.0 / s) - 0.399_282_456_748_491).abs() < 1e-9);
    assert!((2.0 * loss(1.0) - 0.166_630_941_175_373).abs() < 1e-9);
    assert_near(sum.information.everything, s * loss(2.0 / s), "EVPI");
    assert_near(worth(&sum, "p1"), sliced(2.0, 2.0), "p1 of the sum");
    // Of the difference p1 says nothing at all.
    let difference = run_text(&against_sure(inputs, "p1 - p2", &correlation));
    assert_near(worth(&difference, "p1"), 0.0, "p1 of the difference");
}

#[test]
fn two_points_are_worth_what_a_hand_calculation_says() {
    // +100 with 0.7, −200 with 0.3: 10 on average; knowing beforehand gives 70 and so is worth 60.
    let text = against_sure("wins = 'bernoulli(0.7)'", "if(wins > 0.5, 100, -200)", "");
    let found = run_text(&text);
    let range = &found.information.ranges[variable(&found, "wins")];
    assert_eq!(range.iter().map(|slice| slice.value).collect::<Vec<_>>(), [0.0, 1.0]);
    let values = |of: &[Option<Estimate>]| of.iter().map(|e| crate::common::value(*e)).collect::<Vec<_>>();
    assert_eq!(range.iter().map(|s| values(&s.totals)).collect::<Vec<_>>(), [[1000.0, 1200.0], [1000.0, 900.0]]);
    assert_eq!(range.iter().map(|s| values(&s.p_cheapest)).collect::<Vec<_>>(), [[1.0, 0.0], [0.0, 1.0]]);
    assert!((range[1].share - 0.7).abs() < 1e-4);
    for information in [found.information.everything, worth(&found, "wins")] {
        // Of 2^14 stratified points a share is off by less than one.
        assert!((estimate(information).0 - 60.0).abs() < 200.0 / 16384.0, "{information:?}");
    }
}

#[test]
fn the_choice_flips_where_the_conditional_means_cross() {
    let text =
        against_sure("p1 = 'normal(1, 1)'\np2 = 'normal(0, 2)'\nidle = 'normal(0, 1)'", "p1 - p2 + 0 * idle", "");
    let found = run_text(&text);
    let Information { flips, .. } = &found.information;
    // Given p1 the net benefit is p1 on average, given p2 it is 1 − p2. Of 4,096 trials a slice's mean has an error of
    // at most 2/√4096 = 0.031, and two slices decide.
    let tolerance = 4.9 * 0.031;
    match flips[variable(&found, "p1")][..] {
        [flip] => {
            assert!(
                flip.option == 0 && flip.from.is_none() && flip.to.unwrap().at.unwrap().value.abs() < tolerance,
                "{flip:?}"
            )
        }
        ref other => panic!("{other:?}"),
    }
    match flips[variable(&found, "p2")][..] {
        [flip] => {
            assert!(
                flip.option == 0 && flip.to.is_none() && (flip.from.unwrap().at.unwrap().value - 1.0).abs() < tolerance,
                "{flip:?}"
            );
        }
        ref other => panic!("{other:?}"),
    }
    assert!(flips[variable(&found, "idle")].is_empty());
}

#[test]
fn no_input_is_worth_more_than_everything_and_constants_change_nothing() {
    for seed in 1..=4 {
        let inputs = "a = 'lognormal(mean=400, sd=300)'\nb = 'gamma(mean=2, sd=1)'\nc = 'poisson(2)'";
        let text = against_sure(inputs, "a - 150 * b + 20 * c - 90", "");
        let dearer = text.replace("per = 'once' }", "per = 'once' }, { name = 'Rent', amount = 512, per = 'month' }");
        let [found, dearer] = [text, dearer].map(|text| {
            let mut scenario = scenario(&text);
            scenario.set_seed(seed);
            scenario.set_trials(1 << 16);
            results(&scenario, 2)
        });
        let (all, error) = estimate(found.information.everything);
        for (v, (worth, again)) in found.information.inputs.iter().zip(&dearer.information.inputs).enumerate() {
            let ((value, own), (same, _)) = (estimate(*worth), estimate(*again));
            assert!(
                value >= -STUDENT * own && value <= all + STUDENT * (own + error),
                "variable {v}: {value} of {all}"
            );
            assert!((value - same).abs() <= 1e-9 * all, "variable {v}: {value}, then {same}");
        }
    }
}

#[test]
fn slices_add_up_to_the_whole() {
    let found = run_text(&against_sure("a = 'lognormal(mean=400, sd=300)'\nc = 'poisson(2)'", "a - 20 * c", ""));
    let mean = |i: usize| {
        crate::common::value(found.metric(i, breakeven::engine::Metric::Total, breakeven::engine::Stat::Mean))
    };
    for range in &found.information.ranges {
        assert!((range.iter().map(|slice| slice.share).sum::<f64>() - 1.0).abs() < 1e-12);
        for option in 0..2 {
            let whole: f64 = range.iter().map(|slice| slice.share * crate::common::value(slice.totals[option])).sum();
            assert!((whole - mean(option)).abs() < 1e-9 * mean(option), "{whole}, {}", mean(option));
        }
    }
}

/// With few trials some choices within slices are wrong, and seem right on the trials that they were made by: what is lost
/// and what is only seemingly gained is within the claimed error. Before, errors were up to 1.6 times too small, and values
/// up to 12 % too low.
#[test]
fn errors_hold_what_few_trials_lose() {
    let text = against_sure("p1 = 'normal(1, 1)'\np2 = 'normal(0, 2)'", "p1 - p2", "");
    // Of slices: what those that are cut through by the crossing hide is a ten-thousandth.
    let truths = [("p1", sliced(1.0, 1.0)), ("p2", sliced(1.0, 2.0))];
    for (trials, seeds) in [(1 << 12, 60), (1 << 16, 12)] {
        for sampler in SAMPLERS {
            let mut scores = [Vec::new(), Vec::new()];
            let mut values = [0.0; 2];
            for seed in 0..seeds {
                let found = results(&simulated(&scenario(&text), sampler, trials, seed), 1);
                for ((k, (name, truth)), scores) in truths.iter().enumerate().zip(&mut scores) {
                    let (value, error) = estimate(worth(&found, name));
                    scores.push((value - truth) / error);
                    values[k] += value / seeds as f64 / truth - 1.0 / seeds as f64;
                }
            }
            for ((name, _), (scores, bias)) in truths.iter().zip(scores.iter().zip(values)) {
                let ratio = (scores.iter().map(|x| x * x).sum::<f64>() / scores.len() as f64).sqrt();
                let what = format!("{name}, {}, {trials} trials: {ratio:.2} of the claimed error", sampler.word());
                println!("{what}, bias {bias:.4}");
                assert!(ratio < 1.6 && bias.abs() < 0.04, "{what}, bias {bias:.4}");
            }
        }
    }
}

/// A library's model has its discrete inputs cut between their values, as a scenario's are: 60 against 150 with a probability
/// of 0.4 is worth knowing at 60 − 0.4·60. Cut at levels, one slice would hold both values, and lose by it without an error.
#[test]
fn discrete_inputs_of_a_model_of_ones_own_are_cut_between_their_values() {
    let input = Quantiles::new(Form::Bernoulli.build(&[0.4]).expect("a probability"));
    let costs = |x: &[&[f64]], costs: &mut [Vec<f64>]| {
        costs[0].fill(60.0);
        costs[1].iter_mut().zip(x[0]).for_each(|(cost, x)| *cost = 150.0 * x);
    };
    let found = value_of_information(&[input], &[], 2, costs, Effort { points: 1 << 14, seed: 3 });
    for worth in [found.inputs[0], found.everything] {
        let (value, error) = estimate(worth);
        assert!((value - 36.0).abs() < STUDENT * error && error < 0.05, "{value} ± {error}");
    }
}
