//! Sensitivity studies and sweeps as a user meets them: files, columns, exit codes, standard output.

use std::fs;
use std::path::Path;

use crate::common::program::{breakeven, folder, names};

const SCENARIO: &str = r#"
title = "A small one"
[simulation]
horizon_months = 6
[workload]
requests_per_month = "80k to 120k"
input_tokens = "lognormal(mean=1000, sd=100)"
output_tokens = "lognormal(mean=100, sd=10)"
[[correlation]]
inputs = ["workload.input_tokens", "workload.output_tokens"]
rank = 0.5
[[option]]
name = "=SUM(A1), \"quoted\""
inference.input_price = 3
inference.output_price = 15
[[option]]
name = "Tuned"
setup.cost = "500 to 4k"
inference.input_price = 1
inference.output_price = 5
training.cost_per_run = 100
training.retrains_per_year = 4
training.retrain_timing = "random"
[[option]]
name = "Tuned again, with a name that is much too long for a column of a table"
setup.cost = "uniform(1k, 3k)"
inference.input_price = 0.5
inference.output_price = 2
"#;

/// The header and the rows of a table, which must be rectangular and harmless.
fn table(folder: &Path, name: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let bytes = fs::read(folder.join(format!("outputs/small/{name}.csv"))).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
    for cell in rows.iter().flatten().chain(&header) {
        assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']) && cell != "NaN" && cell != "inf", "{name}: {cell}");
    }
    assert!(!rows.is_empty(), "{name} is empty");
    (header, rows)
}

fn fits(text: &[u8]) -> String {
    let text = String::from_utf8(text.to_vec()).unwrap();
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    text
}

#[test]
fn a_study_writes_its_tables_and_charts() {
    let folder = folder(SCENARIO);
    let run = breakeven(folder.path(), &["sensitivity", "small.toml", "--trials", "4096"]).success();
    let files = ["flip_points.csv", "indices.csv", "indices.png", "sensitivity.json", "tornado.csv", "tornado.png"];
    assert_eq!(names(&folder.path().join("outputs/small")), files);
    let (header, rows) = table(folder.path(), "tornado");
    let columns = ["outcome", "input", "low", "high", "outcome_low", "outcome_high", "cheapest_low", "cheapest_high"];
    assert_eq!(header[..8], columns);
    // Three totals and two savings of five inputs each, the longest bars first.
    assert_eq!(rows.len(), 25);
    let swing = |row: &Vec<String>| row[10].parse::<f64>().unwrap().abs();
    assert!(rows[..5].windows(2).all(|pair| swing(&pair[0]) >= swing(&pair[1])));
    let (header, rows) = table(folder.path(), "indices");
    let columns = ["outcome", "input", "first_order", "first_order_se", "total", "total_se", "shapley", "shapley_se"];
    assert_eq!(header[..8], columns);
    assert_eq!(header[8], "rank_correlation");
    let find = |outcome: &str, input: &str| rows.iter().find(|r| r[0] == outcome && r[1] == input).unwrap();
    let correlated = find("Tuned.saving", "workload.input_tokens");
    assert!(correlated[2].is_empty() && correlated[4].is_empty() && !correlated[6].is_empty());
    assert!(!find("Tuned.saving", "Tuned.setup.cost")[2].is_empty());
    assert!(!find("Tuned.total", "(random retrains)")[6].is_empty());
    assert!(rows.iter().any(|row| row[0] == "regret") && rows.iter().any(|row| row[0] == "Tuned.paid_back"));
    let text = fits(&run.get_output().stdout);
    assert!(text.contains("Shapley effects") && text.contains("One input at a time"), "{text}");
}

#[test]
fn flip_points_are_listed_with_their_intervals() {
    let folder = folder(SCENARIO);
    breakeven(folder.path(), &["sensitivity", "small.toml", "--no-charts", "--trials", "4096"]).success();
    let (header, rows) = table(folder.path(), "flip_points");
    assert_eq!(header[..5], ["input", "value", "std_error", "low", "high"]);
    let row = rows.iter().find(|row| row[0] == "Tuned.setup.cost").unwrap();
    let number = |k: usize| row[k].parse::<f64>().unwrap();
    assert!(number(3) <= number(1) && number(1) <= number(4) && (0.0..=1.0).contains(&number(5)));
    assert_ne!(row[6], row[7]);
}

#[test]
fn a_study_can_be_narrowed() {
    let folder = folder(SCENARIO);
    let arguments = ["sensitivity", "small.toml", "--trials", "1024", "--no-charts", "--quiet", "--shapley"];
    let narrowed = ["--inputs", "Tuned.setup.cost,workload.input_tokens", "--outcome", "Tuned.saving", "--low", "10%"];
    breakeven(folder.path(), &[&arguments[..], &narrowed[..]].concat()).success().stdout("");
    let (_, rows) = table(folder.path(), "indices");
    assert!(rows.iter().all(|row| row[0] == "Tuned.saving"));
    // Chance is an input of its own whichever others are looked at.
    assert_eq!(
        rows.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(),
        ["workload.input_tokens", "Tuned.setup.cost", "(random retrains)"]
    );
}

#[test]
fn what_a_study_does_not_know_is_refused() {
    let folder = folder(SCENARIO);
    for (arguments, said) in [
        (["--inputs", "Tuned.setup.costs"], "did you mean `Tuned.setup.cost`?"),
        (["--outcome", "Tuned.savings"], "did you mean `Tuned.saving`?"),
        (["--low", "96%"], "--low must lie below --high"),
        (["--low", "200%"], "a share between 0 and 1 is wanted"),
    ] {
        let run = breakeven(folder.path(), &[&["sensitivity", "small.toml"][..], &arguments[..]].concat()).code(2);
        let text = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(text.contains(said), "{text}");
    }
    assert_eq!(names(folder.path()), ["small.toml"]);
}

#[test]
fn a_sweep_writes_a_row_for_every_point() {
    let folder = folder(SCENARIO);
    let vary = ["--vary", "workload.requests_per_month=20k..2M:log:5"];
    let run =
        breakeven(folder.path(), &[&["sweep", "small.toml", "--trials", "1024"][..], &vary[..]].concat()).success();
    let (header, rows) = table(folder.path(), "sweep");
    assert_eq!(header[0], "workload.requests_per_month");
    let columns = ["mean_total", "mean_total_se", "p_cheapest", "p_cheapest_se"];
    assert_eq!(header[5..9], columns.map(|column| format!("Tuned.{column}")));
    assert_eq!(
        rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
        ["20000", "63245.5532034", "200000", "632455.532034", "2000000"]
    );
    fits(&run.get_output().stdout);
    assert_eq!(
        names(&folder.path().join("outputs/small")),
        ["sweep.csv", "sweep.json", "sweep.png", "sweep_p_cheapest.png"]
    );
}

#[test]
fn a_grid_of_two_fields_becomes_maps() {
    let folder = folder(SCENARIO);
    let vary = ["--vary", "workload.requests_per_month=20k..2M:log:4", "--vary", "Tuned.setup.cost=0,1k,2k"];
    let run =
        breakeven(folder.path(), &[&["sweep", "small.toml", "--trials", "1024"][..], &vary[..]].concat()).success();
    let (_, rows) = table(folder.path(), "sweep");
    assert_eq!(rows.len(), 12);
    assert_eq!(rows[..4].iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["0", "1000", "2000", "0"]);
    fits(&run.get_output().stdout);
    let files =
        ["sweep.csv", "sweep.json", "sweep_map_1.png", "sweep_map_2.png", "sweep_map_3.png", "sweep_winner.png"];
    assert_eq!(names(&folder.path().join("outputs/small")), files);
    // The next sweep takes away what would pass for its own.
    let again = ["sweep", "small.toml", "--trials", "1024", "--vary", "simulation.horizon_months=6,12"];
    breakeven(folder.path(), &again).success();
    assert_eq!(
        names(&folder.path().join("outputs/small")),
        ["sweep.csv", "sweep.json", "sweep.png", "sweep_p_cheapest.png"]
    );
}

#[test]
fn a_sweep_that_cannot_be_run_writes_nothing() {
    let folder = folder(SCENARIO);
    for (vary, said) in [
        ("workload.requests_per_month", "`--vary` takes PATH=LOW..HIGH"),
        ("workload.requests_per_month=0..10:log", "equal ratios need numbers above zero"),
        ("workload.request_per_month=1..10", "did you mean `workload.requests_per_month`?"),
        ("workload.requests_per_month=-10..10", "workload.requests_per_month=-10"),
        ("simulation.horizon_months=1..12:10000", "whole"),
    ] {
        let run = breakeven(folder.path(), &["sweep", "small.toml", "--trials", "1024", "--vary", vary]).code(2);
        let text = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(text.contains(said), "{vary}: {text}");
    }
    let three = ["--vary", "workload.input_tokens=1,2"].repeat(3);
    breakeven(folder.path(), &[vec!["sweep", "small.toml"], three].concat()).code(2);
    let many = ["--vary", "workload.input_tokens=1..2:1000", "--vary", "workload.output_tokens=1..2:1000"];
    breakeven(folder.path(), &[&["sweep", "small.toml"][..], &many[..]].concat()).code(2);
    assert_eq!(names(folder.path()), ["small.toml"]);
}
