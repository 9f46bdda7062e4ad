//! What is done with a stranger's list of points and with a stranger's part of a sweep.
#![allow(dead_code, reason = "each fuzz target uses a part of it")]

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use breakeven::diagnostic::{Diagnostic, Sources, TextStyle, clean, render};
use breakeven::model::Model;
use breakeven::report::{Dialect, row_bytes};
use breakeven::scenario::{LoadOptions, Scenario, ScenarioFile};
use breakeven::sweep::{
    Part, PartHeader, PartWriter, PointList, PointOutcome, Points, Portfolio, Shard, SweepOptions, Walk,
};
use breakeven::tables::{sweep_columns, sweep_row};
use sha2::{Digest, Sha256};

/// Trials of a point.
const TRIALS: u64 = 64;
/// Rows above which a list is only read.
const ROWS: usize = 12;
/// Most bytes that a screen of findings may have.
const LONGEST: usize = 200_000;

const SCENARIO: &str = r#"
simulation = { horizon_months = 3, trials = 64 }
workload = { requests_per_month = "100 to 200", input_tokens = 1000, output_tokens = "uniform(50, 150)" }
inputs = { rate = "50 to 90" }
[[option]]
name = "API"
inference = { input_price = 3, output_price = 15 }
[[option]]
name = "Tuned"
inference = { input_price = 1, output_price = 2 }
cost = [{ name = "Upkeep", per = "month", amount = "rate * 2" }]
"#;

struct Ready {
    folder: tempfile::TempDir,
    scenario_file: ScenarioFile,
    scenario: Scenario,
}

/// The scenario, read once.
fn ready() -> &'static Ready {
    static READY: OnceLock<Ready> = OnceLock::new();
    READY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("small.toml");
        fs::write(&path, SCENARIO).expect("a file");
        let mut scenario_file = ScenarioFile::open(&path, &LoadOptions::default()).expect("a scenario");
        let mut scenario = scenario_file.read().scenario.expect("a scenario");
        scenario.set_trials(TRIALS);
        Ready { folder, scenario_file, scenario }
    })
}

/// A list of points, run as far as it is short, with its wrong rows left out.
pub fn points(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ready { scenario_file, scenario, .. } = ready();
    let mut sources = Sources::default();
    let list = match PointList::read("list.csv", text.to_owned(), scenario_file, &mut sources) {
        Ok(list) => list,
        Err(findings) => return tell(&findings, &sources),
    };
    let (bad, count) = list.bad_rows();
    assert!(bad.len() <= count && count <= list.count());
    tell(bad, &sources);
    let points = Points::List(list);
    if points.count() > ROWS {
        return;
    }
    let model = Model::new(scenario);
    let columns = sweep_columns(&model, &points).len();
    let change = |scenario: &mut Scenario| scenario.set_trials(TRIALS);
    let options = SweepOptions { threads: Some(1), change: Some(&change), ..SweepOptions::default() };
    let walk = Walk { scenario_file, points: &points, shard: Shard::WHOLE, skip_bad: true, options };
    let (mut taken, mut portfolio) = (0, Portfolio::default());
    let found = walk.run(&mut |_| Ok(None), &mut |row, outcome| {
        taken += 1;
        let Some(figures) = outcome.figures() else { return Ok(()) };
        let cells = sweep_row(&model, &points, row, figures);
        assert_eq!(cells.len(), columns);
        one_record(&row_bytes(&cells, Dialect::Standard), columns);
        portfolio.add(figures, model.baseline);
        Ok(())
    });
    let findings = found.expect("wrong rows are left out");
    assert_eq!((taken, portfolio.tasks() as usize + findings.left_out), (points.count(), points.count()));
    findings.bad.iter().for_each(|(bad, sources)| tell(bad, sources));
}

/// A row of a table is read as one record whose texts are no formulas.
fn one_record(bytes: &[u8], columns: usize) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
    assert_eq!((records.len(), records[0].len()), (1, columns));
    for cell in records[0].iter().filter(|cell| cell.parse::<f64>().is_err()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
}

fn tell(findings: &[Diagnostic], sources: &Sources) {
    let text = render(findings, sources, TextStyle::Plain);
    assert!(text.len() < LONGEST && clean(&text.replace('\n', " ")) == text.replace('\n', " "));
}

/// Bytes as a part of a sweep; and sealed with the digest that they lack, behind a header that is right, or as they stand.
pub fn part(data: &[u8]) {
    let Ready { folder, scenario_file, scenario } = ready();
    let list = PointList::read("", "rate\n1\n2\n3\n".to_owned(), scenario_file, &mut Sources::default());
    let header = PartHeader::new(scenario, &Points::List(list.expect("a list")), Shard::WHOLE, false);
    let place = folder.path().join("part");
    let mut begun = PartWriter::begin(Vec::new(), &header).expect("bytes").finish().expect("bytes");
    begun.truncate(begun.len() - 32);
    let sealed = |mut bytes: Vec<u8>| {
        let digest = Sha256::digest(&bytes);
        bytes.extend(digest);
        bytes
    };
    for bytes in [data.to_vec(), sealed(data.to_vec()), sealed([&begun, data].concat())] {
        open(&place, &bytes, &header);
    }
}

/// What is opened says of each point what it is, or that it is damaged, and the same again when it is written anew.
fn open(place: &PathBuf, bytes: &[u8], header: &PartHeader) {
    fs::write(place, bytes).expect("a file");
    let Ok(mut part) = Part::open(place, header) else { return };
    let [finished, _] = part.finished();
    let mut known: Vec<(usize, PointOutcome)> = Vec::new();
    for point in 0..3 {
        match part.get(point) {
            Ok(Some(outcome)) => known.push((point, outcome)),
            Ok(None) => {}
            Err(_) => return,
        }
    }
    if part.shard() == Shard::WHOLE {
        assert!(known.len() <= finished);
        let mut again = PartWriter::begin(Vec::new(), header).expect("bytes");
        known.iter().for_each(|(point, outcome)| again.put(*point, outcome).expect("bytes"));
        assert!(again.finish().is_ok());
    }
}
