//! Points from a list: each row is the scenario with its cells set, and what is wrong with a list is told.

use std::fs;
use std::path::Path;

use breakeven::diagnostic::Sources;
use breakeven::scenario::{LoadOptions, Scenario, ScenarioFile};
use breakeven::sweep::{PointFigures, PointList, Points, Shard, Sweep, SweepAxis, SweepOptions, Walk, sweep};

use crate::common::program::{breakeven, folder, names, program};

/// A small scenario with two options that cost a price and a fee.
pub const SMALL: &str = r#"
simulation = { horizon_months = 12, trials = 1024, seed = 3 }
workload = { requests_per_month = "50k to 150k", input_tokens = 1000, output_tokens = "uniform(50, 150)" }
[[option]]
name = "API"
inference = { input_price = 3, output_price = 15 }
[[option]]
name = "Tuned"
inference = { input_price = 0.3, output_price = "uniform(1, 2)" }
cost = [{ name = "Upkeep", per = "month", amount = "200 to 500" }]
"#;

fn opened(folder: &Path) -> ScenarioFile {
    let mut file = ScenarioFile::open(&folder.join("small.toml"), &LoadOptions::default()).expect("a scenario");
    assert!(file.read().scenario.is_some());
    file
}

/// What comes of the rows of a list.
fn walked(file: &ScenarioFile, text: &str, threads: usize) -> Vec<PointFigures> {
    let list = PointList::read("tasks.csv", text.to_owned(), file, &mut Sources::default()).expect("a list");
    let points = Points::List(list);
    let change = |scenario: &mut Scenario| scenario.set_trials(1024);
    let options = SweepOptions { threads: Some(threads), change: Some(&change), progress: None, stop: None };
    let walk = Walk { scenario_file: file, points: &points, shard: Shard::WHOLE, skip_bad: false, options };
    let mut found = Vec::new();
    let walked = walk.run(&mut |_| Ok(None), &mut |_, outcome| {
        found.push(outcome.figures().expect("figures").clone());
        Ok(())
    });
    walked.expect("rows that can be run");
    found
}

fn grid(file: &ScenarioFile, axis: &str) -> Sweep {
    let axis = SweepAxis::parse(axis, &mut Sources::default()).expect("an axis");
    let change = |scenario: &mut Scenario| scenario.set_trials(1024);
    let options = SweepOptions { threads: Some(1), change: Some(&change), progress: None, stop: None };
    sweep(file, &[axis], options).expect("a sweep").0
}

#[test]
fn a_row_is_the_point_with_its_cells_set() {
    let folder = folder(SMALL);
    let file = opened(folder.path());
    // Cells in quotes, with spaces around them, of any kind; and one that leaves the scenario as it is.
    let list = "\u{feff}name,workload.requests_per_month , Tuned.Upkeep.amount\r\n\
                one,10k,\r\n\"two, or more\",\"lognormal(mean=90k, sd=9k)\",\r\nthree,,0\r\nfour,,\r\n";
    let rows = walked(&file, list, 2);
    let volumes = grid(&file, "workload.requests_per_month=10k,lognormal(mean=90k, sd=9k)");
    let amounts = grid(&file, "Tuned.Upkeep.amount=0,200 to 500");
    assert_eq!(rows, [&volumes.points[..], &amounts.points[..]].concat());
    assert_eq!(rows, walked(&file, list, 1));
}

#[test]
fn tables_say_what_rows_say() {
    let folder = folder(SMALL);
    let list =
        "name,workload.requests_per_month,API.inference.batch_share\n=1+1,10k,\n\"two, or more\",20k to 30k,50%\n";
    fs::write(folder.path().join("tasks.csv"), list).unwrap();
    let arguments = ["sweep", "small.toml", "--points", "tasks.csv", "--trials", "1024", "--out", "o", "--no-charts"];
    breakeven(folder.path(), &arguments).success();
    assert_eq!(names(&folder.path().join("o")), ["portfolio.csv", "sweep.csv", "sweep.json"]);
    let mut reader = csv::Reader::from_path(folder.path().join("o/sweep.csv")).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let paths = ["name", "workload.requests_per_month", "API.inference.batch_share", "API.mean_total"];
    assert_eq!(header[..4], paths);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!([&rows[0][0], &rows[0][1], &rows[0][2]], ["'=1+1", "10000", ""]);
    assert_eq!([&rows[1][0], &rows[1][1], &rows[1][2]], ["two, or more", "20k to 30k", "0.5"]);
    // Verify finds the same list again, and that another is another.
    breakeven(folder.path(), &["verify", "o", "--rerun", "small.toml"]).success();
    fs::write(folder.path().join("tasks.csv"), list.replace("10k", "11k")).unwrap();
    breakeven(folder.path(), &["verify", "o", "--rerun", "small.toml"]).code(1);
}

#[test]
fn a_list_comes_through_a_pipe_as_well() {
    let folder = folder(SMALL);
    let list = "workload.requests_per_month\n10k\n20k\n";
    fs::write(folder.path().join("tasks.csv"), list).unwrap();
    let common = ["sweep", "small.toml", "--trials", "1024", "--no-charts", "--xlsx"];
    breakeven(folder.path(), &[&common[..], &["--points", "tasks.csv", "--out", "file"]].concat()).success();
    let piped = [&common[..], &["--points", "-", "--out", "pipe"]].concat();
    program(folder.path()).args(piped).write_stdin(list).assert().success();
    for name in ["sweep.csv", "portfolio.csv", "sweep.xlsx"] {
        let [file, pipe] = ["file", "pipe"].map(|out| fs::read(folder.path().join(out).join(name)).unwrap());
        assert!(file == pipe, "{name}");
    }
    // Rows without names are numbered.
    let text = fs::read_to_string(folder.path().join("pipe/sweep.csv")).unwrap();
    assert_eq!(text.lines().map(|line| line.split(',').next().unwrap()).collect::<Vec<_>>(), ["name", "1", "2"]);
}

/// Runs a list that is wrong; says what was said.
fn refused(list: &[u8], more: &[&str]) -> String {
    let folder = folder(SMALL);
    fs::write(folder.path().join("tasks.csv"), list).unwrap();
    let arguments = ["sweep", "small.toml", "--points", "tasks.csv", "--trials", "1024", "--out", "o"];
    let assert = breakeven(folder.path(), &[&arguments[..], more].concat()).code(2);
    assert!(!folder.path().join("o").exists());
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

#[test]
fn what_is_wrong_with_a_list_is_told_with_its_place() {
    let volume = "workload.requests_per_month";
    let cases: [(String, &[&str]); 18] = [
        (String::new(), &["row 1: there is no header", "name,workload"]),
        (format!("{volume}\n"), &["tasks.csv has no rows"]),
        (format!("{volume}\n\n\n"), &["tasks.csv has no rows"]),
        ("workload.request_per_month\n1\n".into(), &["tasks.csv, row 1", "no such field", "requests_per_month`?"]),
        (format!("{volume},{volume}\n1,2\n"), &["tasks.csv, row 1", "there twice"]),
        (format!("name,name,{volume}\na,b,2\n"), &["tasks.csv, row 1", "there twice"]),
        (format!("{volume},\n1,2\n"), &["tasks.csv, row 1", "a column has no field"]),
        ("simulation.seed\n1\n".into(), &["tasks.csv, row 1", "the same random numbers", "--seed"]),
        ("\"\"\"simulation\"\".sampler\"\nsobol\n".into(), &["tasks.csv, row 1", "the same random numbers"]),
        (format!("{volume}\n1\n2,3\n"), &["tasks.csv, row 3 has 2 cells, and the header 1", "1 of 2 rows are wrong"]),
        (format!("{volume}\n1\nmany\n"), &["tasks.csv, row 3", "no input `many`"]),
        (format!("{volume}\n1\n5 to\n"), &["tasks.csv, row 3", "workload.requests_per_month=5 to", "--skip-bad"]),
        (format!("{volume}\n1\n-5\n"), &["tasks.csv, row 3", "workload.requests_per_month=-5"]),
        (format!("name,{volume}\na,1\na,2\n"), &["tasks.csv, row 3, column name", "`a` is the name of row 2 already"]),
        (format!("name,{volume}\n,1\n"), &["row 2, column name: the row has no name"]),
        (format!("name,{volume}\n\"a\nb\",1\n"), &["row 2, column name: a name stands on one line"]),
        (format!("name,{volume}\n\"a\u{1b}[2J\",1\n"), &["a name stands on one line"]),
        // A cell that no row of its own is wrong with, only the scenario that it makes.
        ("Tuned.inference.output_price\n1\n0 to 1\n".into(), &["tasks.csv, row 3", "output_price=0 to 1"]),
    ];
    for (list, fragments) in cases {
        let said = refused(list.as_bytes(), &[]);
        for fragment in fragments {
            assert!(said.contains(fragment), "{list:?} gives {said}");
        }
        assert!(!said.contains('\u{1b}'), "{said}");
    }
    assert!(refused(b"workload.requests_per_month\n\xff\n", &[]).contains("it is not UTF-8 text"));
    let columns: Vec<String> = (0..1001).map(|k| format!("c{k}")).collect();
    assert!(refused(columns.join(",").as_bytes(), &[]).contains("more than 1,000 columns"));
    // A quote that is never closed swallows the rest: one row of too few cells, and no panic.
    assert!(refused(b"name,workload.requests_per_month\n\"a,1\nb,2\n", &[]).contains("row 2 has 1 cells"));
}

#[test]
fn what_a_row_makes_wrong_elsewhere_names_the_row() {
    // The cell is right by itself, and what it comes to is beyond all numbers.
    let said = refused(b"name,API.quality.failure_rate,API.quality.cost_per_failure\na,0,1\nb,1%,1e308\n", &[]);
    assert!(said.contains("tasks.csv, row 3: ") && said.contains("--> small.toml"), "{said}");
}

#[test]
fn a_wrong_cell_far_down_is_found_before_anything_is_run() {
    let rows: String = (1..40_000).map(|k| if k == 31_206 { "1o\n".to_owned() } else { format!("{k}\n") }).collect();
    let said = refused(format!("workload.requests_per_month\n{rows}").as_bytes(), &[]);
    assert!(said.contains("tasks.csv, row 31207") && said.contains("1 of 39999 rows are wrong"), "{said}");
}

#[test]
fn bad_rows_can_be_left_out_and_are_counted() {
    let folder = folder(SMALL);
    let good = "name,workload.requests_per_month\na,10k\nc,30k\n";
    let bad = "name,workload.requests_per_month\na,10k\nb,many\na,5\nc,30k\nd,-4\ne\n";
    fs::write(folder.path().join("good.csv"), good).unwrap();
    fs::write(folder.path().join("bad.csv"), bad).unwrap();
    let common = ["sweep", "small.toml", "--trials", "1024", "--no-charts"];
    breakeven(folder.path(), &[&common[..], &["--points", "good.csv", "--out", "good"]].concat()).success();
    let skipping = [&common[..], &["--points", "bad.csv", "--skip-bad", "--out", "bad"]].concat();
    let assert = breakeven(folder.path(), &skipping).success();
    let output = assert.get_output();
    let [out, said] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert!(said.contains("4 wrong rows were left out") && said.contains("bad.csv, row 6"), "{said}");
    // Each is told once.
    let told = |row: &str| said.matches(row).count();
    assert_eq!(["row 3", "row 4", "row 6", "row 7"].map(told), [1; 4], "{said}");
    assert!(out.contains("2 tasks of 1,024 trials (sobol), seed 3; 4 wrong rows left out"), "{out}");
    for table in ["sweep.csv", "portfolio.csv"] {
        let [good, bad] = ["good", "bad"].map(|out| fs::read(folder.path().join(out).join(table)).unwrap());
        assert!(good == bad, "{table}");
    }
    // Nothing is left of a list of wrong rows.
    fs::write(folder.path().join("bad.csv"), "workload.requests_per_month\nmany\n").unwrap();
    breakeven(folder.path(), &[&common[..], &["--points", "bad.csv", "--skip-bad", "--out", "none"]].concat()).code(1);
    assert!(!folder.path().join("none").exists());
}

#[test]
fn what_looks_suspicious_is_told_of_the_first_such_row() {
    let folder = folder(SMALL);
    // A tail beyond what a share may be: in three rows of four.
    let wide = "\"normal(mean=0.9, sd=0.0388)\"";
    let list = format!("name,API.inference.batch_share\na,0.1\nb,{wide}\nc,{wide}\nd,{wide}\n");
    fs::write(folder.path().join("tasks.csv"), list).unwrap();
    let arguments = ["sweep", "small.toml", "--points", "tasks.csv", "--trials", "4096", "--out", "o", "--no-charts"];
    let assert = breakeven(folder.path(), &arguments).success();
    let said = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(said.contains("in 3 of the rows something looks suspicious, first in tasks.csv, row 3:"), "{said}");
    assert!(said.contains("is drawn outside 0..1"), "{said}");
}
