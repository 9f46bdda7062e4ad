//! Scenarios to measure.

use std::time::Instant;

use breakeven::engine::{Results, RunOptions};
use breakeven::scenario::{DataFiles, LoadOptions, Scenario, read};

/// A scenario of `configs/` with some fields changed.
pub fn config(name: &str, overrides: &[&str]) -> Scenario {
    let path = format!("{}/configs/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("a config");
    let data = DataFiles::beside(std::path::Path::new(&path).parent().expect("a folder"), false);
    parsed(&path, &text, overrides, data)
}

/// A scenario from its text.
#[allow(dead_code, reason = "not every bench writes its own")]
pub fn text(text: &str) -> Scenario {
    parsed("bench.toml", text, &[], DataFiles::none())
}

fn parsed(path: &str, text: &str, overrides: &[&str], data: DataFiles) -> Scenario {
    let overrides = overrides.iter().map(|o| (*o).to_owned()).collect();
    let options = LoadOptions { overrides, allow_data_outside: false, ..LoadOptions::default() };
    let reading = read(path, "bench", text, &options, data);
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

/// A whole run, from a validated scenario to all its figures, with the seconds it took.
#[allow(dead_code, reason = "Criterion has a clock of its own")]
pub fn timed(scenario: &Scenario, trials: u64, seed: u64, threads: Option<usize>) -> (Results, f64) {
    let mut scenario = scenario.clone();
    scenario.set_trials(trials);
    scenario.set_seed(seed);
    let start = Instant::now();
    let options = RunOptions { threads, ..RunOptions::default() };
    let results = scenario.prepare().simulate(options).expect("finite figures");
    (results, start.elapsed().as_secs_f64())
}
