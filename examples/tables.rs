//! All tables of a run as CSV on standard output, for whatever reads them next.
//!
//! `cargo run --release --example tables [SCENARIO]`

use std::error::Error;
use std::io::Write;

use breakeven::report::{Dialect, table_bytes};
use breakeven::scenario::Scenario;
use breakeven::tables::tables;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).unwrap_or_else(|| "configs/article.toml".to_owned());
    let results = Scenario::from_file(file)?.simulate(Default::default())?;
    let mut out = std::io::stdout().lock();
    for table in tables(&results) {
        writeln!(out, "# {}", table.name)?;
        out.write_all(&table_bytes(&table, Dialect::default()))?;
    }
    Ok(())
}
