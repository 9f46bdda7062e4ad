//! The program as a user meets it: files, exit codes, standard output.

use std::fs;

use crate::common::program::{TABLES, folder, names, program};

const SMALL: &str = r#"
title = "A small one"
[simulation]
horizon_months = 6
trials = 1024
[workload]
requests_per_month = "80k to 120k"
input_tokens = 1000
output_tokens = 100
[[option]]
name = "=SUM(A1), \"quoted\""
inference.input_price = 3
inference.output_price = 15
[[option]]
name = "Tuned"
setup.cost = "500 to 2k"
inference.input_price = 1
inference.output_price = 5
"#;

const CHARTS: [&str; 15] = [
    "verdict",
    "histogram",
    "histogram_cumulative",
    "histogram_saving",
    "break_even",
    "break_even_volume",
    "acceptability",
    "cumulative",
    "cost_lines",
    "ledger",
    "spend",
    "inputs",
    "one_way",
    "value_of_information",
    "tail",
];

#[test]
fn a_run_writes_every_table_and_a_chart_beside_its_numbers() {
    let folder = folder(SMALL);
    program(folder.path()).args(["run", "small.toml"]).assert().success();
    let out = folder.path().join("outputs/small");
    let mut expected: Vec<String> = TABLES.iter().map(|t| format!("{t}.csv")).collect();
    let charts = CHARTS;
    expected.extend(charts.iter().map(|c| format!("{c}.png")));
    expected.push("run.json".to_owned());
    expected.sort();
    assert_eq!(names(&out), expected);
    for chart in charts {
        assert!(fs::read(out.join(format!("{chart}.png"))).unwrap().starts_with(b"\x89PNG"));
    }
}

#[test]
fn every_csv_is_rectangular_and_holds_no_formula() {
    let folder = folder(SMALL);
    program(folder.path()).args(["run", "small.toml", "--no-charts", "--save-trials", "50"]).assert().success();
    for name in TABLES.iter().chain(&["trials"]) {
        let bytes = fs::read(folder.path().join(format!("outputs/small/{name}.csv"))).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let width = reader.headers().unwrap().len();
        let mut rows = 0;
        for record in reader.records() {
            let record = record.unwrap();
            assert_eq!(record.len(), width, "{name}");
            let formula = |cell: &str| cell.starts_with(['=', '+', '@']) || cell.contains(['\t', '\r']);
            assert!(!record.iter().any(formula), "{name}: {record:?}");
            assert!(!record.iter().any(|c| c == "NaN" || c == "inf"), "{name}: {record:?}");
            rows += 1;
        }
        assert!(rows > 0, "{name} is empty");
    }
}

#[test]
fn json_is_all_there_is_on_standard_output() {
    let folder = folder(SMALL);
    let run = program(folder.path()).args(["run", "small.toml", "--no-charts", "--json"]).assert().success();
    let text = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["verdict"]["choice"], "Tuned");
    assert_eq!(value["trials"], 1024);
    assert_eq!(fs::read_to_string(folder.path().join("outputs/small/run.json")).unwrap(), text);
}

#[test]
fn the_summary_fits_eighty_columns_and_quiet_says_nothing() {
    let folder = folder(SMALL);
    let run = program(folder.path()).args(["run", "small.toml", "--no-charts"]).assert().success();
    let text = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert!(text.contains("Choose Tuned"), "{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(run.get_output().stderr.is_empty());
    program(folder.path()).args(["run", "small.toml", "--no-charts", "--quiet"]).assert().success().stdout("");
}

#[test]
fn overrides_change_any_field() {
    let folder = folder(SMALL);
    let totals = |set: &[&str]| {
        let mut command = program(folder.path());
        command.args(["run", "small.toml", "--no-charts", "--json"]);
        for s in set {
            command.args(["--set", s]);
        }
        let run = command.assert().success();
        let value: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
        value["options"].as_array().unwrap().iter().map(|o| o["total"]["value"].as_f64().unwrap()).collect::<Vec<_>>()
    };
    let plain = totals(&[]);
    assert_eq!(totals(&["Tuned.setup.cost=0", "workload.requests_per_month=0"]), [0.0, 0.0]);
    // 1,000 tokens at $3 and 100 at $15 per million, 100,000 times in each of 6 months.
    assert!((totals(&["workload.requests_per_month=100k"])[0] - 2700.0).abs() < 1e-6);
    assert!((totals(&["=SUM(A1), \"quoted\".setup.cost=50"])[0] - plain[0] - 50.0).abs() < 1e-6);
    assert!((totals(&["simulation.horizon_months=12"])[0] / plain[0] - 2.0).abs() < 1e-9);
}

#[test]
fn a_failed_run_leaves_earlier_results_alone() {
    let folder = folder(SMALL);
    program(folder.path()).args(["run", "small.toml", "--no-charts"]).assert().success();
    let before = fs::read(folder.path().join("outputs/small/summary.csv")).unwrap();
    let bad = ["run", "small.toml", "--set", "Tuned.setup.cost=0 to 5"];
    program(folder.path()).args(bad).assert().code(2);
    assert_eq!(fs::read(folder.path().join("outputs/small/summary.csv")).unwrap(), before);
    fs::write(folder.path().join("taken"), "").unwrap();
    program(folder.path()).args(["run", "small.toml", "--out", "taken"]).assert().code(1);
}

#[test]
fn check_says_what_it_understood() {
    let folder = folder(SMALL);
    let run = program(folder.path()).args(["check", "small.toml"]).assert().success();
    let text = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let line = text.lines().find(|l| l.starts_with("workload.requests_per_month")).unwrap();
    assert!(line.contains("lognormal") && line.contains("80.0k to 120k"), "{line}");
    assert_eq!(names(folder.path()), ["small.toml"]);
}

#[test]
fn a_part_of_a_formula_does_not_pass_for_the_field() {
    let said = |cost: &str| {
        let folder = folder(&SMALL.replace("500 to 2k", cost));
        let run = program(folder.path()).args(["check", "small.toml"]).assert().success();
        String::from_utf8(run.get_output().stdout.clone()).unwrap()
    };
    let row = |text: String| text.lines().find(|line| line.starts_with("Tuned.setup.cost")).unwrap().to_owned();
    let part = row(said("100 + poisson(3)"));
    assert!(part.contains("poisson in a formula") && !part.contains('$'), "{part}");
    let whole = row(said("poisson(3)"));
    assert!(!whole.contains("formula") && whole.contains("$3"), "{whole}");
}

#[test]
fn charts_can_be_svg() {
    let folder = folder(SMALL);
    program(folder.path()).args(["run", "small.toml", "--chart-format", "svg", "--out", "o"]).assert().success();
    let svg = fs::read_to_string(folder.path().join("o/histogram.svg")).unwrap();
    assert!(svg.starts_with("<svg") || svg.starts_with("<?xml"), "{}", &svg[..60]);
    assert!(!names(&folder.path().join("o")).iter().any(|n| n.ends_with(".png")));
}

#[test]
fn letters_that_charts_lack_are_warned_of() {
    let folder = folder(&SMALL.replace("Tuned", "調整"));
    let said = |format: &str| {
        let run =
            program(folder.path()).args(["run", "small.toml", "--quiet", "--chart-format", format]).assert().success();
        String::from_utf8(run.get_output().stderr.clone()).unwrap()
    };
    assert!(said("png").contains("the charts' font has no `調`"), "{}", said("png"));
    assert!(!said("svg").contains("font"));
}

#[test]
fn charts_have_a_light_and_a_dark_theme() {
    let folder = folder(SMALL);
    for (theme, paper) in [("light", "#FFFFFF"), ("dark", "#12151A")] {
        let run = ["run", "small.toml", "--chart-format", "svg", "--chart-theme", theme, "--out", theme];
        program(folder.path()).args(run).assert().success();
        for chart in CHARTS {
            let svg = fs::read_to_string(folder.path().join(theme).join(format!("{chart}.svg"))).unwrap();
            let page = svg.lines().find(|line| line.starts_with("<rect")).unwrap();
            assert!(page.contains(paper), "{chart}: {page}");
        }
    }
    program(folder.path()).args(["run", "small.toml", "--chart-theme", "pink"]).assert().code(2);
}

#[test]
fn charts_without_data_are_left_out_and_do_not_stay_from_an_earlier_run() {
    let folder = folder(SMALL);
    program(folder.path()).args(["run", "small.toml", "--out", "o"]).assert().success();
    let certain = ["--set", "workload.requests_per_month=100k", "--set", "Tuned.setup.cost=1000"];
    program(folder.path()).args(["run", "small.toml", "--out", "o"]).args(certain).assert().success();
    let left = names(&folder.path().join("o"));
    for chart in ["inputs.png", "one_way.png", "value_of_information.png"] {
        assert!(!left.contains(&chart.to_owned()), "{chart}");
    }
    assert!(left.contains(&"cost_lines.png".to_owned()));
}

#[test]
fn json_may_be_all_there_is() {
    let folder = folder(SMALL);
    let run = program(folder.path()).args(["run", "small.toml", "--no-charts", "--quiet", "--json"]).assert().success();
    let output = run.get_output();
    assert!(output.stderr.is_empty());
    serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON alone");
}

#[test]
fn saved_trials_are_counted_as_trials_are() {
    let folder = folder(SMALL);
    let run = ["run", "small.toml", "--no-charts", "--quiet", "--trials", "2k", "--save-trials", "1k", "--out", "o"];
    program(folder.path()).args(run).assert().success();
    let rows = std::fs::read_to_string(folder.path().join("o/trials.csv")).unwrap();
    assert_eq!(rows.lines().count(), 1001);
}

/// It was ignored, and more trials were run than were allowed.
#[test]
fn fewer_trials_than_a_precision_begins_with_are_refused() {
    let folder = folder(SMALL);
    for (trials, most) in [("1k", "100k"), ("1M", "512k")] {
        let run = ["run", "small.toml", "--trials", trials, "--precision", "1%", "--max-trials", most, "--out", "o"];
        let found = program(folder.path()).args(run).assert().code(2);
        let said = String::from_utf8_lossy(&found.get_output().stderr).into_owned();
        assert!(said.contains("--max-trials") && said.contains("begins with"), "{said}");
        assert!(!folder.path().join("o").exists());
    }
}

/// An outage of one in a million carries a tenth of the mean: results are written, the screen says what stands in the way, and
/// the exit code is 1.
#[test]
fn a_precision_that_cannot_be_claimed_is_said_and_costs_the_exit_code() {
    let folder = folder(&SMALL.replace("\"500 to 2k\"", "\"1e9 * bernoulli(1e-6)\""));
    let run = ["run", "small.toml", "--precision", "0.5%", "--max-trials", "262144", "--no-charts", "--out", "o"];
    let found = program(folder.path()).args(run).assert().code(1);
    let said = String::from_utf8_lossy(&found.get_output().stderr).into_owned();
    assert!(said.contains("cannot be claimed") && said.contains("Tuned.setup.cost"), "{said}");
    assert!(folder.path().join("o/summary.csv").exists() && folder.path().join("o/run.json").exists());
}
