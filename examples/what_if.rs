//! The same scenario under other assumptions, as `--set` gives them: at which volume does the answer change?
//!
//! `cargo run --release --example what_if`

use std::error::Error;
use std::path::Path;

use breakeven::scenario::{LoadOptions, ScenarioFile, Variation};

fn main() -> Result<(), Box<dyn Error>> {
    let scenario_file = match ScenarioFile::open(Path::new("configs/article.toml"), &LoadOptions::default()) {
        Ok(scenario_file) => scenario_file,
        Err(reading) => return Err(reading.into_scenario().unwrap_err().into()),
    };
    for volume in ["100k", "1M", "10M", "100M"] {
        let set = [format!("workload.requests_per_month={volume}"), "simulation.trials=16384".to_owned()];
        let scenario = scenario_file.read_with(Variation::of(&set)).into_scenario()?;
        let results = scenario.simulate(Default::default())?;
        let tuned = results.option("Fine-tuning")?;
        let cheapest = tuned.p_cheapest().map_or(f64::NAN, |p| p.value);
        println!(
            "{volume:>5} requests a month: saves {:.0}, cheapest with probability {cheapest:.3}",
            tuned.saving().mean()
        );
    }
    Ok(())
}
