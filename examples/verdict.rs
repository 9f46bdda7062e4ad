//! A scenario to its verdict: what fine-tuning saves, how likely it is cheapest, and by when it has paid for itself.
//!
//! `cargo run --release --example verdict [SCENARIO]`

use std::error::Error;

use breakeven::scenario::Scenario;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).unwrap_or_else(|| "configs/article.toml".to_owned());
    let scenario = Scenario::from_file(file)?;
    let results = scenario.simulate(Default::default())?;
    for option in results.options() {
        println!("{} costs {:.0}", option.name(), option.total().mean());
        // Nothing is compared with the baseline but the others.
        if let Some(never) = option.p_never() {
            println!("  saves {:.0}, never for good with probability {:.4}", option.saving().mean(), never.value);
        }
        for month in [6, 12, 24] {
            if let Some(p) = option.p_broken_even(month) {
                println!("  has broken even by month {month} with probability {:.4}", p.value);
            }
        }
    }
    Ok(())
}
