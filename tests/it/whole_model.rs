//! What holds of costs in every single trial, tried on the scenarios that the second model is held against.

mod text;

use crate::arithmetic::draft::Draft;
use crate::common::{rows, scenario, scenario_with, simulated};
use breakeven::compare::align;
use breakeven::engine::{Case, CaseKind, TrialRow};
use breakeven::model::Model;
use breakeven::sample::Sampler;
use breakeven::scenario::Scenario;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

const CASES: u64 = 120;
/// Sums in another order differ in their last digits.
const TOLERANCE: f64 = 1e-9;
/// What an option pays for the work of another one: it follows the prices of that one.
const OF_OTHERS: [&str; 5] = ["escalation", "routed", "routed failures", "before launch", "after retirement"];

/// A line of a trial, and what it comes to in each month from 0.
type Line = (String, Vec<f64>);

fn random(case: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(case ^ 0x20_261_129)
}

/// By option, its own lines and those of whoever stands in for it.
fn lines(scenario: &Scenario, trial: u64) -> Vec<Vec<Line>> {
    let model = Model::new(scenario);
    let case = Case::new(scenario, &model, CaseKind::Trial(trial)).expect("finite costs");
    let option = |i: usize| {
        let option = &model.options[i];
        let own = option.lines.iter().map(|line| line.name.as_str()).zip(&case.lines[i]);
        let others = option.substitutes.iter().map(|line| line.name()).zip(&case.absent[i]);
        own.chain(others)
            .map(|(name, months)| (name.to_owned(), months.iter().map(|m| m.discounted).collect()))
            .collect()
    };
    (0..model.options.len()).map(option).collect()
}

/// The paths of all that is an amount of money.
fn money(scenario: &Scenario) -> Vec<String> {
    let is_money = |field: breakeven::scenario::Field| field.unit().starts_with("money");
    let written = scenario.written().iter().filter(|q| q.is_amount || q.field.is_some_and(is_money));
    written.map(|q| q.path.clone()).collect()
}

/// A scenario with some of its quantities multiplied.
fn times(text: &str, paths: &[String], factor: f64) -> Scenario {
    let overrides: Vec<String> = paths.iter().map(|path| format!("{path}*={factor:?}")).collect();
    scenario_with(text, &overrides.iter().map(String::as_str).collect::<Vec<_>>())
}

fn all_rows(scenario: &Scenario) -> Vec<TrialRow> {
    rows(scenario, u64::MAX)
}

fn near(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= TOLERANCE * size.max(1.0)
}

#[test]
fn money_in_another_unit_is_every_cost_in_that_unit() {
    for case in 0..CASES {
        let draft = text::random_retrains(Draft::new(case).text, case);
        let before = scenario(&draft);
        // A power of two scales to the last bit.
        for factor in [0.25, 3.0] {
            let after = times(&draft, &money(&before), factor);
            let same = |a: f64, b: f64| if factor < 1.0 { a * factor == b } else { near(a * factor, b, b.abs()) };
            for (a, b) in all_rows(&before).iter().zip(all_rows(&after)) {
                assert_eq!(a.inputs, b.inputs);
                assert_eq!(a.break_even, b.break_even, "case {case} times {factor}, trial {}", a.trial);
                let pairs = a.totals.iter().zip(&b.totals);
                assert!(
                    pairs.clone().all(|(a, b)| same(*a, *b)),
                    "case {case}: {:?} {:?}\n{draft}",
                    a.totals,
                    b.totals
                );
            }
            let found = [&before, &after].map(|s| lines(s, 1 + case % 3).concat());
            for ((name, a), (_, b)) in found[0].iter().zip(&found[1]) {
                assert!(a.iter().zip(b).all(|(a, b)| same(*a, *b)), "case {case}, {name}: {a:?} {b:?}\n{draft}");
            }
        }
    }
}

#[test]
fn the_price_of_a_line_moves_that_line_and_no_other() {
    let mut moved = 0;
    for case in 0..CASES {
        let draft = Draft::new(case).text;
        let before = scenario(&draft);
        let amounts: Vec<String> = before.written().iter().filter(|q| q.is_amount).map(|q| q.path.clone()).collect();
        let Some(path) = amounts.get(random(case).random_range(0..amounts.len().max(1))) else { continue };
        let (option, line) = path.split_once('.').expect("an option and its line");
        let found = [before, times(&draft, std::slice::from_ref(path), 4.0)].map(|s| lines(&s, 2));
        for (i, options) in found[0].iter().zip(&found[1]).enumerate() {
            for ((name, a), (_, b)) in options.0.iter().zip(options.1) {
                let is_it = option == format!("o{i}") && line.strip_suffix(".amount") == Some(name);
                let factor = if is_it { 4.0 } else { 1.0 };
                let exempt = OF_OTHERS.contains(&name.as_str());
                let same = exempt || a.iter().zip(b).all(|(a, b)| a * factor == *b);
                assert!(same, "case {case}, {path} moves {name} of o{i}: {a:?} {b:?}\n{draft}");
                moved += usize::from(is_it && a != b);
            }
        }
    }
    assert!(moved > 30, "only {moved} lines have moved");
}

#[test]
fn between_two_prices_a_total_lies_where_the_price_does() {
    let mut moved = 0;
    for case in 0..CASES {
        let (draft, mut random) = (Draft::new(case).text, random(case));
        let paths = money(&scenario(&draft));
        let path = &paths[random.random_range(0..paths.len())];
        let [a, b]: [f64; 2] = std::array::from_fn(|_| random.random_range(0.0..50.0));
        let share: f64 = random.random_range(0.0..1.0);
        let at = |price: f64| all_rows(&scenario_with(&draft, &[&format!("{path}={price:?}")]));
        let found = [a, b, share * a + (1.0 - share) * b].map(at);
        for ((first, second), mixed) in found[0].iter().zip(&found[1]).zip(&found[2]) {
            for ((x, y), z) in first.totals.iter().zip(&second.totals).zip(&mixed.totals) {
                let expected = share * x + (1.0 - share) * y;
                assert!(near(expected, *z, x.abs() + y.abs()), "case {case}, {path}: {expected} and {z}\n{draft}");
                moved += usize::from(x != y);
            }
        }
    }
    assert!(moved > 1000, "only {moved} totals have moved");
}

/// Under plain Monte Carlo and Latin hypercubes draws depend on names alone; under Sobol points on places in the file, too,
/// unless scenarios are compared.
#[test]
fn options_cost_the_same_in_whatever_order_they_are_written() {
    for case in 0..CASES {
        let draft = text::random_retrains(Draft::new(case).text, case);
        let (turned, order) = text::reordered(&draft, &mut random(case));
        let sampler = [Sampler::MonteCarlo, Sampler::LatinHypercube, Sampler::Sobol][case as usize % 3];
        let mut both = [&draft, &turned].map(|text| simulated(&scenario(text), sampler, 48, case));
        if sampler == Sampler::Sobol {
            align(&mut both);
        }
        let [before, after] = &both;
        for (a, b) in all_rows(before).iter().zip(all_rows(after)) {
            for (new, old) in order.iter().enumerate() {
                assert_eq!(a.totals[*old], b.totals[new], "case {case}, trial {}, o{old}\n{turned}", a.trial);
                assert_eq!(a.break_even[*old], b.break_even[new], "case {case}, trial {}, o{old}", a.trial);
            }
        }
        let [a, b] = [before, after].map(|s| lines(s, 5));
        assert!(order.iter().enumerate().all(|(new, old)| a[*old] == b[new]), "case {case}: {a:?} {b:?}");
    }
}

#[test]
fn a_cost_line_in_two_parts_costs_as_much() {
    for case in 0..CASES {
        let (draft, share) = (Draft::new(case).text, random(case).random_range(0.0..1.0));
        let whole = all_rows(&scenario(&text::with_lines_in_parts(&draft, &[1.0])));
        for parts in [[0.5, 0.5], [share, 1.0 - share]] {
            let split = all_rows(&scenario(&text::with_lines_in_parts(&draft, &parts)));
            for (a, b) in whole.iter().zip(&split) {
                let size: f64 = a.totals.iter().map(|x| x.abs()).sum();
                let same = a.totals.iter().zip(&b.totals).all(|(a, b)| near(*a, *b, size));
                assert!(same, "case {case} in {parts:?}: {:?} {:?}\n{draft}", a.totals, b.totals);
            }
        }
    }
}

/// Where neither a formula asks for the requests nor a price is below 0: a volume discount on all units, or a share of the
/// traffic that it sends elsewhere, may well make more of them cheaper.
#[test]
fn no_line_is_cheaper_for_more_requests() {
    let mut risen = 0;
    for case in 0..CASES {
        let draft = text::random_retrains(Draft::without_discounts(case).text, case);
        let factor = [1.0 + 1e-9, 1.1, 2.0, 300.0][case as usize % 4];
        let more = times(&draft, &["workload.requests_per_month".to_owned()], factor);
        let before = scenario(&draft);
        for trial in 1..=3 {
            let [few, many] = [&before, &more].map(|s| lines(s, trial).concat());
            for ((name, a), (_, b)) in few.iter().zip(&many) {
                let rises = a.iter().zip(b).all(|(a, b)| *b >= a - 1e-12 * a.abs());
                assert!(rises, "case {case} times {factor}, {name}: {a:?} {b:?}\n{draft}");
                risen += usize::from(a.iter().zip(b).any(|(a, b)| b > a));
            }
        }
    }
    assert!(risen > 1000, "only {risen} lines have risen");
}
