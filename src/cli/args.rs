//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::actuals::ActualsArgs;
use super::check::CheckArgs;
use super::colour::ColourArg;
use super::compare::CompareArgs;
use super::examples;
use super::explain::{ExplainArgs, SchemaArgs};
use super::init::InitArgs;
use super::ledger::LedgerArgs;
use super::manual::{CompletionsArgs, ManArgs};
use super::merge::MergeArgs;
use super::models::ModelsArgs;
use super::pilot::PilotArgs;
use super::run::RunArgs;
use super::sensitivity::SensitivityArgs;
use super::solve::SolveArgs;
use super::sweep::SweepArgs;
use super::values::{DialectArg, SamplerArg, StyleArgs};
use super::verify::VerifyArgs;
use super::workload::WorkloadArgs;

/// Prompt a task, or fine-tune a model for it? Costs, break-even probabilities and charts by Monte Carlo simulation.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true, max_term_width = 100, after_long_help = examples::ALL)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// When to colour errors, warnings and help; on auto NO_COLOR and CLICOLOR_FORCE count as well
    // Read by `colour::settle`; clap only checks it.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto", overrides_with = "color")]
    #[arg(display_order = 900)]
    pub color: ColourArg,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Simulate a scenario: tables and charts into a folder, a summary on the screen
    #[command(after_long_help = examples::RUN)]
    Run(RunArgs),
    /// What costs, savings and the decision hang on: tornado, Sobol and Shapley shares, flip points
    #[command(after_long_help = examples::SENSITIVITY)]
    Sensitivity(SensitivityArgs),
    /// A scenario on a grid of one or two of its fields, curves or maps of the decision, or for each task of a list
    #[command(after_long_help = examples::SWEEP)]
    Sweep(SweepArgs),
    /// The results of a sweep from the parts that several commands left
    #[command(after_long_help = examples::MERGE)]
    Merge(MergeArgs),
    /// Scenarios side by side, or variations of one, in the same trials
    #[command(after_long_help = examples::COMPARE)]
    Compare(CompareArgs),
    /// What a test before deciding is worth: some outcomes or measurements of an input
    #[command(after_long_help = examples::PILOT)]
    Pilot(PilotArgs),
    /// At which value of a field a figure is what it shall be: goal seek, with how far the value may be off
    #[command(after_long_help = examples::SOLVE)]
    Solve(SolveArgs),
    /// Whether months came out as expected: requests, tokens and spending of a log against a scenario
    #[command(after_long_help = examples::ACTUALS)]
    Actuals(ActualsArgs),
    /// Whether a folder's results are as they were written, and whether the same bytes come out again
    #[command(after_long_help = examples::VERIFY)]
    Verify(VerifyArgs),
    /// One concrete case line by line, to be held against an invoice
    #[command(after_long_help = examples::LEDGER)]
    Ledger(LedgerArgs),
    /// Only check scenarios, and say how they are understood
    #[command(after_long_help = examples::CHECK)]
    Check(CheckArgs),
    /// What a field means, its unit, default and formula, or a figure of the tables; without a path, all fields
    #[command(after_long_help = examples::EXPLAIN)]
    Explain(ExplainArgs),
    /// The scenario format as a JSON Schema, for completion in editors, or that of `run.json`
    #[command(after_long_help = examples::SCHEMA)]
    Schema(SchemaArgs),
    /// What models cost by name, as price lists have it
    #[command(after_long_help = examples::MODELS)]
    Models(ModelsArgs),
    /// Write a commented scenario to start from
    #[command(after_long_help = examples::INIT)]
    Init(InitArgs),
    /// What logs of requests say of a month to come: a `[workload]` section, with its uncertainty
    #[command(after_long_help = examples::WORKLOAD)]
    Workload(WorkloadArgs),
    /// Print a script that lets a shell complete commands and options
    #[command(after_long_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Print the man page, or that of a command
    #[command(after_long_help = examples::MAN)]
    Man(ManArgs),
}

/// What all that simulates has in common.
#[derive(Debug, Args)]
pub struct CommonArgs {
    /// Folder for the results [default: outputs/ and the scenario's name]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Seed, instead of the scenario's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How points are chosen, instead of the scenario's; indices and Shapley effects of a sensitivity study always take
    /// Sobol points
    #[arg(long, value_enum, value_name = "S")]
    pub sampler: Option<SamplerArg>,
    /// Replace also files that are not known to be earlier results
    #[arg(long)]
    pub force: bool,
    /// Worker threads [default: all cores], at most 64 or as many as there are cores; results do not depend on them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// No files of charts
    #[arg(long)]
    pub no_charts: bool,
    #[command(flatten)]
    pub style: StyleArgs,
    /// CSV as programs read it, or as Excel opens it where the comma is the decimal mark
    #[arg(long, value_enum, value_name = "DIALECT", default_value = "standard")]
    pub csv_dialect: DialectArg,
    /// Also all tables in one workbook, with charts that can be edited; of a run with one case in live formulas
    #[arg(long)]
    pub xlsx: bool,
    /// No summary and no progress
    #[arg(long)]
    pub quiet: bool,
}

#[derive(Clone, Debug, Args)]
pub struct LoadArgs {
    /// Change a field: 'workload.requests_per_month=50k to 200k', 'Fine-tuning.training.cost_per_run=800'
    #[arg(long, value_name = "PATH=QUANTITY")]
    pub set: Vec<String>,
    /// A price list to look at before the scenario's and the built-in one: a CSV, or LiteLLM's or genai-prices' JSON
    #[arg(long, value_name = "FILE")]
    pub prices: Vec<PathBuf>,
    /// Let data('…') read files outside the scenario's folder
    #[arg(long)]
    pub allow_data_outside: bool,
}
