//! Scenarios side by side: what differs is what they say.

use std::fs;

use breakeven::compare::{Changed, Compared, NotComparable, align, changes, difference, not_comparable};
use breakeven::engine::Measure;
use breakeven::sample::Sampler;
use breakeven::scenario::Scenario;
use breakeven::stats::Estimate;

use crate::common::program::program;
use crate::common::{results, scenario, scenario_with};

/// Two options whose totals are a volume times a price, and a fee.
const BASE: &str = r#"
simulation = { horizon_months = 3, trials = 8192, seed = 7 }
workload = { requests_per_month = "100 to 200", input_tokens = 1, output_tokens = 1 }
[inputs]
price = "lognormal(mean=2, sd=1)"
[[option]]
name = "A"
inference = { input_price = 0, output_price = 0 }
cost = [{ name = "Fee", per = "request", amount = "price" }]
[[option]]
name = "B"
inference = { input_price = 0, output_price = 0 }
cost = [{ name = "Fee", per = "month", amount = "normal(300, 20)" }, { name = "Mishap", per = "retrain", amount = 5 }]
training = { retrains_per_year = 30, retrain_timing = "random", cost_per_run = 1 }
"#;

/// The same with everything in another order, and another seed.
const TURNED: &str = r#"
simulation = { horizon_months = 3, trials = 4096, seed = 8 }
[[option]]
name = "B"
inference = { input_price = 0, output_price = 0 }
cost = [{ name = "Fee", per = "month", amount = "normal(300, 20)" }, { name = "Mishap", per = "retrain", amount = 5 }]
training = { retrains_per_year = 30, retrain_timing = "random", cost_per_run = 1 }
[[option]]
name = "A"
inference = { input_price = 0, output_price = 0 }
cost = [{ name = "Fee", per = "request", amount = "price" }]
[inputs]
price = "lognormal(mean=2, sd=1)"
[workload]
input_tokens = 1
output_tokens = 1
requests_per_month = "100 to 200"
"#;

fn compared(mut scenarios: Vec<Scenario>) -> Vec<Compared> {
    align(&mut scenarios);
    let name = |k: usize| format!("scenario {k}");
    scenarios
        .iter()
        .enumerate()
        .map(|(k, scenario)| Compared { name: name(k), results: results(scenario, 1) })
        .collect()
}

fn known(found: Option<Estimate>) -> (f64, f64) {
    let found = found.expect("an estimate");
    (found.value, found.std_error.expect("an error"))
}

#[test]
fn the_same_scenario_differs_by_exactly_nothing() {
    let found = compared(vec![scenario(BASE), scenario(BASE)]);
    for option in 0..2 {
        for measure in Measure::ALL {
            let beside = difference(&found, 1, option, measure);
            assert_eq!(beside.value, difference(&found, 0, option, measure).value);
            assert_eq!(known(beside.difference), (0.0, 0.0), "{measure:?} of {option}");
        }
    }
    // The first draws what it draws by itself.
    assert_eq!(found[0].results.measure(Measure::Total, 0), results(&scenario(BASE), 1).measure(Measure::Total, 0));
}

#[test]
fn names_pair_whatever_their_order() {
    let found = compared(vec![scenario(BASE), scenario(TURNED)]);
    for option in 0..2 {
        let (value, error) = known(difference(&found, 1, option, Measure::Total).difference);
        // The baseline is another one, and sums are in another order: only rounding is left, of events too.
        assert!(value.abs() < 1e-8 && error < 1e-8, "{option}: {value} ± {error}");
    }
}

#[test]
fn a_price_moves_a_total_by_what_it_is_and_nothing_else() {
    let dearer = scenario_with(BASE, &["inputs.price*=1.2"]);
    let found = compared(vec![scenario(BASE), dearer]);
    let (first, own) =
        (known(difference(&found, 0, 0, Measure::Total).value), difference(&found, 1, 0, Measure::Total));
    let (change, error) = known(own.difference);
    // In every trial the total is 1.2 times as large, and so is its error of 1.0 a fifth.
    assert!((change / first.0 - 0.2).abs() < 1e-9, "{change}");
    assert!((error / first.1 - 0.2).abs() < 1e-6, "{error} of {}", first.1);
    assert_eq!(known(difference(&found, 1, 1, Measure::Total).difference), (0.0, 0.0));
    let (monthly, _) = known(difference(&found, 1, 0, Measure::Monthly).difference);
    assert!((3.0 * monthly / change - 1.0).abs() < 1e-9);
}

#[test]
fn paired_errors_are_much_smaller_and_true_over_seeds() {
    // A fee of 1 % more on top: the difference is 3 months · mean of a normal fee, whose error is what is left.
    for sampler in [Sampler::MonteCarlo, Sampler::Sobol] {
        let of = |seed: u64| {
            let [mut first, mut other] = [scenario(BASE), scenario_with(BASE, &["B.Fee.amount=normal(303, 26)"])];
            for scenario in [&mut first, &mut other] {
                scenario.set_seed(seed);
                scenario.set_sampler(sampler);
                scenario.set_trials(4096);
            }
            let found = compared(vec![first, other]);
            let unpaired = [0, 1].map(|k| known(difference(&found, k, 1, Measure::Total).value).1);
            let (value, error) = known(difference(&found, 1, 1, Measure::Total).difference);
            (value, error, unpaired[0].hypot(unpaired[1]))
        };
        let found: Vec<_> = (0..100).map(of).collect();
        let squares: f64 = found.iter().map(|(value, error, _)| ((value - 9.0) / error).powi(2)).sum();
        // Student's t with 15 degrees of freedom or more: squares have mean 15/13 at most, variance 3.9 at most.
        assert!((60.0..115.4 + 4.9 * (3.9f64 * 100.0).sqrt()).contains(&squares), "{sampler:?}: {squares}");
        let ratio = found.iter().map(|(_, error, unpaired)| unpaired / error).sum::<f64>() / 100.0;
        assert!(ratio > 4.0, "{sampler:?}: {ratio}");
    }
}

#[test]
fn what_differs_is_told_and_what_cannot_be_compared() {
    let other = scenario_with(BASE, &["workload.requests_per_month=300", "B.setup.cost=50"]);
    let texts = |path: &str, texts: [Option<&str>; 2]| Changed {
        path: path.to_owned(),
        texts: texts.map(|text| text.map(str::to_owned)),
    };
    let expected = [
        texts("workload.requests_per_month", [Some("100 to 200"), Some("300")]),
        texts("B.setup.cost", [None, Some("50")]),
    ];
    assert_eq!(changes(&scenario(BASE), &other), expected);
    let longer = scenario_with(BASE, &["simulation.horizon_months=4"]);
    assert_eq!(not_comparable(&[scenario(BASE), longer]), Some(NotComparable::Horizons(1, [3, 4])));
    let euro = scenario_with(BASE, &["currency=EUR"]);
    let money = ["USD", "EUR"].map(str::to_owned);
    assert_eq!(not_comparable(&[scenario(BASE), scenario(BASE), euro]), Some(NotComparable::Currencies(2, money)));
    // An option that only one has is compared with nothing.
    let renamed = scenario(&BASE.replace("\"B\"", "\"C\""));
    let found = compared(vec![scenario(BASE), renamed]);
    assert_eq!(difference(&found, 1, 1, Measure::Total).difference, None);
    let text = breakeven::report::compare_summary(&found);
    assert!(text.contains("Only scenario 1 has C, not scenario 0."), "{text}");
}

#[test]
fn the_command_writes_its_table_and_says_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    fs::write(path.join("a.toml"), BASE).expect("a file");
    fs::write(path.join("b.toml"), TURNED.replace("horizon_months = 3", "horizon_months = 5")).expect("a file");
    let with = ["--with", "Dearer: inputs.price*=1.2", "--with", "Busier: workload.requests_per_month=300"];
    program(path).args(["compare", "a.toml"]).args(with).assert().success();
    let table = fs::read_to_string(path.join("outputs/a/compare.csv")).expect("a table");
    assert_eq!(table.lines().next(), Some("scenario,option,metric,value,value_se,difference,difference_se"));
    assert_eq!(table.lines().count(), 1 + 3 * 2 * 4);
    assert!(path.join("outputs/a/compare.png").exists() && path.join("outputs/a/compare.json").exists());
    program(path).args(["verify", "outputs/a", "--rerun", "a.toml"]).assert().success();
    for (words, said) in [
        (vec!["a.toml"], "nothing to compare the scenario with"),
        (vec!["a.toml", "b.toml"], "`b` has a horizon of 5 months, `a` 3 months"),
        (vec!["a.toml", "b.toml", "--with", "X: inputs.price=1"], "variations are those of one scenario"),
        (vec!["a.toml", "--with", "inputs.price=1"], "`--with` takes NAME: PATH=QUANTITY"),
        (vec!["a.toml", "--with", "X: inputs.prize=1"], "did you mean"),
    ] {
        let output = program(path).arg("compare").args(&words).assert().code(2).get_output().clone();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains(said), "{words:?}: {error}");
    }
}
