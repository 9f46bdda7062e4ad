//! What lists of tasks cost: a row of each scenario, and the merging of parts.
//!
//! `cargo bench --bench lists` prints both tables; with `rows` or `parts` after `--` only that one.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use breakeven::diagnostic::Sources;
use breakeven::scenario::{LoadOptions, Scenario, ScenarioFile};
use breakeven::sweep::{
    PartHeader, PartWriter, Parts, PointList, PointOutcome, Points, Portfolio, Shard, SweepOptions, Walk,
};

/// Rows of a measurement.
const ROWS: usize = 200;
/// Rows that are merged.
const MERGED: usize = 40_000;

fn opened(config: &str) -> (ScenarioFile, Scenario) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("configs").join(config).with_extension("toml");
    let mut file = ScenarioFile::open(&path, &LoadOptions::default()).expect("a scenario");
    let scenario = file.read().scenario.expect("a scenario");
    (file, scenario)
}

/// Rows with volumes of their own.
fn list(file: &ScenarioFile, rows: usize) -> Points {
    let rows: String = (0..rows).map(|k| format!("task {k},{}\n", 10_000 + 37 * k)).collect();
    let text = format!("name,workload.requests_per_month\n{rows}");
    Points::List(PointList::read("list", text, file, &mut Sources::default()).expect("a list"))
}

/// Seconds of a row, and what came of the last.
fn row(config: &str, trials: u64, threads: Option<usize>) -> (f64, PointOutcome) {
    let (file, _) = opened(config);
    let points = list(&file, ROWS);
    let change = |scenario: &mut Scenario| scenario.set_trials(trials);
    let options = SweepOptions { threads, change: Some(&change), ..SweepOptions::default() };
    let walk = Walk { scenario_file: &file, points: &points, shard: Shard::WHOLE, skip_bad: false, options };
    let mut last = None;
    let begin = Instant::now();
    let walked = walk.run(&mut |_| Ok(None), &mut |_, outcome| {
        last = Some(outcome);
        Ok(())
    });
    walked.expect("rows that can be run");
    (begin.elapsed().as_secs_f64() / ROWS as f64, last.expect("a row"))
}

fn rows() {
    println!("\n| scenario | a row of 1,024 trials, ms | of 65,536 | 40,000 rows of 65,536, s |\n|---|---|---|---|");
    for config in ["article", "small-model", "self-hosted", "portfolio"] {
        let best = |trials| (0..3).map(|_| row(config, trials, None).0).fold(f64::INFINITY, f64::min);
        let [few, many] = [1 << 10, 1 << 16].map(best);
        println!("| {config} | {:.2} | {:.2} | {:.0} |", 1e3 * few, 1e3 * many, 4e4 * many);
    }
}

/// Writes all parts of a sweep, each row with the same figures.
fn write(folder: &Path, header: &PartHeader, count: u32, outcome: &PointOutcome) -> Vec<PathBuf> {
    let part = |index| {
        let shard = Shard::new(index, count).expect("a part");
        let mut part = PartWriter::begin(Vec::new(), &header.of(shard)).expect("bytes");
        shard.points(MERGED).for_each(|point| part.put(point, outcome).expect("bytes"));
        let path = folder.join(format!("{index}.part"));
        fs::write(&path, part.finish().expect("bytes")).expect("a file");
        path
    };
    (1..=count).map(part).collect()
}

fn parts() {
    let (_, outcome) = row("article", 1 << 10, Some(1));
    let (file, scenario) = opened("article");
    let points = list(&file, MERGED);
    let header = PartHeader::new(&scenario, &points, Shard::WHOLE, false);
    println!("\n| parts of 40,000 rows | MB | opened and checked, s | read and added up, s |\n|---|---|---|---|");
    for count in [1, 2, 4, 8, 16, 64, 256, 1000] {
        let folder = tempfile::tempdir().expect("a folder");
        let paths = write(folder.path(), &header, count, &outcome);
        let bytes: u64 = paths.iter().map(|path| fs::metadata(path).expect("a file").len()).sum();
        let begin = Instant::now();
        let mut parts = Parts::open(&paths, &header).expect("all parts");
        let opened = begin.elapsed().as_secs_f64();
        let mut portfolio = Portfolio::default();
        for point in 0..MERGED {
            let outcome = parts.get(point).expect("a part").expect("a point");
            portfolio.add(outcome.figures().expect("figures"), 0);
        }
        let all = begin.elapsed().as_secs_f64();
        println!("| {count} | {:.1} | {opened:.2} | {:.2} |", bytes as f64 / 1e6, all - opened);
    }
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_wanted = |word: &str| wanted.is_empty() || wanted.iter().any(|w| w == word);
    if is_wanted("rows") {
        rows();
    }
    if is_wanted("parts") {
        parts();
    }
}
