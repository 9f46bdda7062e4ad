//! Sweeps: every point is the run that `--set` would make.

use crate::common::results;
use breakeven::diagnostic::Sources;
use breakeven::engine::{Metric, Percentile, Stat};
use breakeven::scenario::{LoadOptions, Scenario, ScenarioFile, Variation};
use breakeven::sweep::{BestValue, Stopped, Sweep, SweepAxis, SweepOptions, best_value, sweep};

const TRIALS: u64 = 1 << 14;
const FILE: &str = "configs/small-model.toml";

fn axes(texts: &[&str]) -> Vec<SweepAxis> {
    texts.iter().map(|text| SweepAxis::parse(text, &mut Sources::default()).expect(text)).collect()
}

fn swept(file: &str, axes: &[SweepAxis], threads: usize) -> Result<Sweep, Stopped> {
    let mut scenario_file = ScenarioFile::open(file.as_ref(), &LoadOptions::default()).expect("the scenario");
    assert!(scenario_file.read().scenario.is_some());
    let change = |scenario: &mut Scenario| scenario.set_trials(TRIALS);
    let options = SweepOptions { threads: Some(threads), change: Some(&change), progress: None, stop: None };
    sweep(&scenario_file, axes, options).map(|(sweep, _)| sweep)
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
        let mut scenario = scenario_file.read_with(Variation::of(&set)).scenario.expect("the scenario");
        scenario.set_trials(TRIALS);
        let run = results(&scenario, 2);
        for i in 0..2 {
            assert_eq!(point.options[i].total, run.metric(i, Metric::Total, Stat::Mean), "{set:?}");
            assert_eq!(
                point.options[i].range[1],
                run.metric(i, Metric::Total, Stat::Quantile(Percentile::P95)),
                "{set:?}"
            );
            assert_eq!(point.options[i].p_cheapest, run.p_cheapest(i), "{set:?}");
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

/// An option whose cost is a parabola of what is varied, steeper in some trials than in others; another that falls with it.
const PARABOLA: &str = "[simulation]\nhorizon_months = 1\n[inputs]\nx = 1\n[workload]\nrequests_per_month = 1\n[[option]]\n\
     name = \"Hollow\"\nsetup.cost = \"100 + (x - 3.2) ^ 2 * uniform(1, 9) + uniform(0, 50)\"\n[[option]]\n\
     name = \"Falling\"\nsetup.cost = \"500 - x\"\n[[option]]\nname = \"Even\"\nsetup.cost = \"100 to 200\"\n";

#[test]
fn the_best_value_is_where_the_curve_is_least() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("parabola.toml");
    std::fs::write(&file, PARABOLA).expect("a file");
    let file = file.to_str().expect("a path");
    for (axis, end) in [("x=1..6:11", 6.0), ("x=1..6:log:16", 6.0)] {
        let found = swept(file, &axes(&[axis]), 2).expect("a sweep");
        let Some(BestValue::At(best)) = best_value(&found, 0) else { panic!("{axis}: no least value") };
        // The same trials stand at every point: each randomisation has its least value at the same place. By its logarithm
        // what is varied gives no parabola, and the error says so.
        let (off, error) = ((best.value - 3.2).abs(), best.std_error.expect("an error"));
        let most = if axis.contains("log") { 0.1 } else { 1e-6 };
        assert!(error < most && off < most && off <= 2.2 * error.max(1e-6), "{axis}: {best:?}");
        assert!(matches!(best_value(&found, 1), Some(BestValue::AtEnd(x)) if (x - end).abs() < 1e-9), "{axis}");
        assert_eq!(best_value(&found, 2), None, "{axis}");
    }
}

/// Requests that differ by month keep their course at every volume of a sweep.
#[test]
fn a_volume_that_is_varied_keeps_the_course_of_the_months() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("course.toml");
    let text = "[simulation]\nhorizon_months = 3\n[workload]\nrequests_per_month = \"(1k to 3k) * (1 + ramp(1, 3))\"\n\
                input_tokens = 1M\noutput_tokens = 0\n[[option]]\nname = \"A\"\n\
                inference = { input_price = 1, output_price = 0 }\n";
    std::fs::write(&file, text.replace("1M", "\"1M\"")).expect("a file");
    let found =
        swept(file.to_str().expect("a path"), &axes(&["workload.requests_per_month=1000,4k"]), 2).expect("a sweep");
    let totals: Vec<f64> = found.points.iter().map(|point| point.options[0].total.expect("a total").value).collect();
    // 1, 1.5 and 2 times the volume.
    assert_eq!(totals, [4500.0, 18_000.0]);
}
