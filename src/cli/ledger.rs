//! `breakeven ledger`: one concrete case, line by line.

use std::path::PathBuf;

use breakeven::diagnostic::Diagnostic;
use breakeven::engine::Case;
use breakeven::report;
use clap::Args;

use super::args::LoadArgs;
use super::plan::{plan, refuse};
use super::values::{CaseArg, case};
use super::{Stop, say};

#[derive(Debug, Args)]
pub struct LedgerArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    /// Only this option
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,
    /// Which case: mean, median, or trial=N of the run
    #[arg(long, value_name = "CASE", value_parser = case, default_value = "median")]
    pub at: CaseArg,
    /// Only this month; 0 for what is paid once
    #[arg(long, value_name = "M")]
    pub month: Option<u32>,
    /// Seed, instead of the scenario's, for a trial
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    #[command(flatten)]
    pub load: LoadArgs,
}

pub fn ledger(args: &LedgerArgs) -> Result<(), Stop> {
    let plan = plan(&args.scenario, &args.load, |scenario| {
        scenario.set_seed(args.seed.unwrap_or(scenario.simulation().seed));
    })?;
    let names: Vec<&str> = plan.model().options.iter().map(|o| o.name.as_str()).collect();
    let shown: Vec<usize> = match &args.option {
        Some(name) => match names.iter().position(|n| n == name) {
            Some(option) => vec![option],
            None => {
                let finding = Diagnostic::general(format!("the scenario has no option `{name}`")).one_of(name, &names);
                return Err(refuse(&[finding], &plan.sources));
            }
        },
        None => (0..names.len()).collect(),
    };
    if let Some(month) = args.month.filter(|month| *month > plan.model().horizon) {
        let finding = Diagnostic::general(format!("the scenario has no month {month}"))
            .help(format!("its months are 0, for what is paid once, to {}", plan.model().horizon));
        return Err(refuse(&[finding], &plan.sources));
    }
    let case = Case::new(plan.scenario(), plan.model(), args.at.0);
    let case = case.map_err(|finding| refuse(&[finding], &plan.sources))?;
    let text = |i: usize| report::case_text(plan.scenario(), plan.model(), &case, args.at.0, i, args.month);
    let texts: Vec<String> = shown.into_iter().map(text).collect();
    say::out(&texts.join("\n"))
}
