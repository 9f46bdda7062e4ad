//! The example scenarios run without a warning, and the committed sample is what they give.

use std::fs;
use std::path::{Path, PathBuf};

use breakeven::engine::{Metric, Percentile, Results, Stat};
use breakeven::report::{Dialect, json, summary, table_bytes};
use breakeven::scenario::{LoadOptions, load};
use breakeven::tables::{Verdict, tables};

fn config(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("configs").join(format!("{name}.toml"))
}

fn results(name: &str, trials: Option<u64>) -> Results {
    let reading = load(&config(name), &LoadOptions::default());
    assert!(reading.findings.is_empty(), "{name}: {:?}", reading.findings);
    let mut scenario = reading.scenario.expect("a valid scenario");
    scenario.set_trials(trials.unwrap_or(scenario.simulation().trials));
    let prepared = scenario.prepare();
    assert!(prepared.findings().is_empty(), "{name}: {:?}", prepared.findings());
    prepared.simulate(Default::default()).expect("finite figures")
}

#[test]
fn every_config_runs_without_a_warning() {
    let mut seen = 0;
    for entry in fs::read_dir(config("x").parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let results = results(&name, Some(4096));
            for line in summary(&results).lines() {
                assert!(line.chars().count() <= 80, "{name}: {line}");
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 5);
}

/// 100,000 requests of 1,000 tokens at $3 and 100 at $15 per million are $450. The mean of independent factors is the
/// product of their means, so the truth is exact; 7.9 standard errors of 16 randomisations are one in a million.
#[test]
fn the_article_costs_450_a_month_to_prompt_and_thousands_to_tune() {
    let results = results("article", None);
    let prompting = results.metric(0, Metric::Monthly, Stat::Mean).unwrap();
    assert!((prompting.value - 450.0).abs() < 7.9 * prompting.std_error.unwrap(), "{prompting:?}");
    assert!(prompting.std_error.unwrap() < 0.1, "{prompting:?}");
    let tuning = |level| results.metric(1, Metric::Monthly, Stat::Quantile(level)).unwrap().value;
    assert!((1_950.0..2_050.0).contains(&tuning(Percentile::P5)), "{}", tuning(Percentile::P5));
    assert!((4_450.0..4_550.0).contains(&tuning(Percentile::P95)), "{}", tuning(Percentile::P95));
}

#[test]
fn the_committed_sample_is_reproduced_byte_for_byte() {
    let results = results("article", None);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("outputs/article");
    for table in tables(&results) {
        let committed = fs::read(sample.join(format!("{}.csv", table.name))).unwrap();
        assert!(
            committed == table_bytes(&table, Dialect::Standard),
            "{}.csv differs; run the README's main command",
            table.name
        );
    }
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(sample.join("run.json")).unwrap()).unwrap();
    let figures: serde_json::Value = serde_json::from_str(&json(&results).to_string()).unwrap();
    for (key, value) in figures.as_object().unwrap() {
        assert_eq!(&manifest[key], value, "run.json differs");
    }
}

#[test]
fn tuning_wins_few_tasks_that_hold_much_of_the_money() {
    let results = results("portfolio", Some(1 << 16));
    let verdict = Verdict::new(&results);
    assert_eq!(verdict.choice, 0);
    let (tasks, money) = (results.p_cheapest(1).unwrap().value, results.money_share(1).unwrap().value);
    assert!((0.01..0.2).contains(&tasks), "{tasks}");
    assert!(money > 2.0 * tasks, "{money} of the money, {tasks} of the tasks");
    let shares: f64 = (0..2).map(|i| results.money_share(i).unwrap().value).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
}

/// What changes by month: a forecast, a launch and a price cut, a commitment, an overflow.
#[test]
fn every_example_of_months_runs_without_a_warning() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/months");
    let mut saved = Vec::new();
    for name in ["forecast", "launch", "commitment", "overflow"] {
        let reading = load(&folder.join(format!("{name}.toml")), &LoadOptions::default());
        assert!(reading.findings.is_empty(), "{name}: {:?}", reading.findings);
        let mut scenario = reading.scenario.expect("a valid scenario");
        scenario.set_trials(4096);
        let prepared = scenario.prepare();
        assert!(prepared.findings().is_empty(), "{name}: {:?}", prepared.findings());
        assert!(breakeven::lint::hints(prepared.scenario(), prepared.model()).is_empty(), "{name}");
        let results = prepared.simulate(Default::default()).expect("finite figures");
        saved.push(results.metric(1, Metric::Saving, Stat::Mean).expect("a saving").value);
    }
    assert!(saved.iter().all(|x| x.is_finite()), "{saved:?}");
}
