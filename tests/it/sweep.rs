//! Sweeps: every point is the run that `--set` would make.

use crate::common::results;
use breakeven::diagnostic::Sources;
use breakeven::engine::{Metric, Percentile, Stat};
use breakeven::scenario::{LoadOptions, Scenario, ScenarioFile};
use breakeven::sweep::{Stopped, Sweep, SweepAxis, SweepOptions, sweep};

const TRIALS: u64 = 1 << 14;
const FILE: &str = "configs/small-model.toml";

fn axes(texts: &[&str]) -> Vec<SweepAxis> {
    texts.iter().map(|text| SweepAxis::parse(text, &mut Sources::default()).expect(text)).collect()
}

fn swept(file: &str, axes: &[SweepAxis], threads: usize) -> Result<Sweep, Stopped> {
    let mut scenario_file = ScenarioFile::open(file.as_ref(), &LoadOptions::default()).expect("the scenario");
    assert!(scenario_file.read().scenario.is_some());
    let change = |scenario: &mut Scenario| scenario.set_trials(TRIALS);
    sweep(
        &scenario_file,
        axes,
        SweepOptions { threads: Some(threads), change: Some(&change), progress: None, stop: None },
    )
}

#[test]
fn every_point_is_the_run_with_its_fields_set() {
    let axes = axes(&[
        "workload.requests_per_month=100k..2M:log:3",
        "Large prompted.inference.cache_hit_rate=0,0.5,50% to 90%",
    ]);
    let found = swept(FILE, &axes, 2).expect("a sweep");
    assert_eq!(found.points.len(), 9);
    let scenario_file = ScenarioFile::open(FILE.as_ref(), &LoadOptions::default()).expect("the scenario");
    for (k, point) in found.points.iter().enumerate() {
        let set: Vec<String> =
            axes.iter().zip(found.values(k)).map(|(a, v)| format!("{}={}", a.path, v.text)).collect();
        let mut scenario = scenario_file.read_with(&set).scenario.expect("the scenario");
        scenario.set_trials(TRIALS);
        let run = results(&scenario, 2);
        for i in 0..2 {
            assert_eq!(point.totals[i], run.metric(i, Metric::Total, Stat::Mean), "{set:?}");
            assert_eq!(point.ranges[i][1], run.metric(i, Metric::Total, Stat::Quantile(Percentile::P95)), "{set:?}");
            assert_eq!(point.p_cheapest[i], run.p_cheapest(i), "{set:?}");
        }
    }
}

#[test]
fn points_do_not_depend_on_the_number_of_threads() {
    let axes = axes(&["workload.requests_per_month=100k..2M:log:5"]);
    let on = |threads| format!("{:?}", swept(FILE, &axes, threads).expect("a sweep").points);
    let one = on(1);
    assert!([2, 3].into_iter().all(|threads| on(threads) == one));
}

#[test]
fn a_point_that_cannot_be_run_ends_the_sweep_with_what_is_wrong() {
    for (axis, message) in [
        ("workload.requests_per_month=1k,-5,1M", "-5"),
        ("workload.request_per_month=1k,2k", "no such field"),
        ("workload.requests_per_month=1k,normal(10, 1000)", "is drawn outside"),
    ] {
        match swept("configs/article.toml", &axes(&[axis]), 2) {
            Err(Stopped::At(findings, _)) => {
                let texts: Vec<&str> = findings.iter().map(|f| f.message.as_str()).collect();
                assert!(texts.iter().any(|text| text.contains(message)), "{axis}: {texts:?}");
            }
            other => panic!("{axis}: {other:?}"),
        }
    }
}
