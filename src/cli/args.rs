//! What can be typed.

use std::path::PathBuf;

use breakeven::chart::ImageFormat;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::colour::ColourArg;
use super::examples;
use super::shard::{ShardArg, shard};
use super::values::{
    CachedArg, CaseArg, DialectArg, SamplerArg, StyleArgs, TemplateArg, ThemeArg, case, chart_file, count, quantity,
    rows, share, tokens, zone,
};

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

#[derive(Debug, Args)]
pub struct RunArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    /// Trials, instead of the scenario's; rounded up to what the sampler takes
    #[arg(long, value_name = "N", value_parser = count)]
    pub trials: Option<u64>,
    /// Add trials until results are so precise, such as 0.5%: of mean totals and, in absolute terms, of probabilities
    #[arg(long, value_name = "P", value_parser = share)]
    pub precision: Option<f64>,
    /// Trials at which to give up on the precision; at least as many as it begins with
    #[arg(long, value_name = "N", requires = "precision", default_value_t = 1 << 30)]
    #[arg(value_parser = count)]
    pub max_trials: u64,
    /// Also write the first N trials to trials.csv
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = rows)]
    pub save_trials: u64,
    /// Also write report.html: all of it on one page that can be mailed, with its charts inside
    #[arg(long)]
    pub report: bool,
    /// The summary as JSON on standard output, and nothing else there; with --quiet, no progress on standard error either
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

#[derive(Debug, Args)]
pub struct SensitivityArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    /// Trials of each evaluation; rounded up to what the sampler takes
    #[arg(long, value_name = "N", default_value_t = 1 << 16)]
    #[arg(value_parser = count)]
    pub trials: u64,
    /// Only these inputs, by their names in inputs.csv; may be repeated, or separated by commas
    #[arg(long, value_name = "NAMES")]
    pub inputs: Vec<String>,
    /// Only these outcomes: OPTION.total, OPTION.saving, OPTION.paid_back, regret; may be repeated, or separated by commas
    #[arg(long, value_name = "NAMES")]
    pub outcome: Vec<String>,
    /// Where inputs are held low for the tornado, as a share of their draws
    #[arg(long, value_name = "P", value_parser = share, default_value = "5%")]
    pub low: f64,
    /// Where they are held high
    #[arg(long, value_name = "P", value_parser = share, default_value = "95%")]
    pub high: f64,
    /// For the tornado, leave correlated inputs as drawn instead of letting them move along
    #[arg(long)]
    pub hold_partners: bool,
    /// For the tornado, all other inputs at their medians instead of as drawn
    #[arg(long)]
    pub at_median: bool,
    /// Shapley effects even where no inputs are correlated
    #[arg(long)]
    pub shapley: bool,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

#[derive(Debug, Args)]
pub struct SweepArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    #[command(flatten)]
    pub points: PointsArgs,
    /// Do only the I-th of N parts of the points, and leave their figures in the file of --partial for `breakeven merge`: I/N,
    /// or auto in an array of Slurm, or auto/N there and in an indexed job of Kubernetes
    #[arg(long, value_name = "I/N", requires = "partial", value_parser = shard)]
    pub shard: Option<ShardArg>,
    /// Keep finished points in this file; a command that is stopped goes on from them when it is given again
    #[arg(long, value_name = "FILE")]
    pub partial: Option<PathBuf>,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    /// The parts, as `breakeven sweep --shard` left them
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
    #[command(flatten)]
    pub points: PointsArgs,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

/// The points of a sweep.
#[derive(Debug, Args)]
pub struct PointsArgs {
    /// What to vary, once or twice: PATH=LOW..HIGH[:log][:STEPS] or PATH=VALUE,VALUE,…
    #[arg(long, value_name = "WHAT", required_unless_present = "points", conflicts_with = "points")]
    pub vary: Vec<String>,
    /// A CSV file with a row for each point, or - for standard input: the header names fields as --set does, and in the column
    /// `name` rows are labelled
    #[arg(long, value_name = "FILE")]
    pub points: Option<PathBuf>,
    /// Leave out rows of --points that are wrong, and count them
    #[arg(long, requires = "points")]
    pub skip_bad: bool,
    /// Trials of each point; rounded up to what the sampler takes
    #[arg(long, value_name = "N", default_value_t = 1 << 16)]
    #[arg(value_parser = count)]
    pub trials: u64,
}

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The scenarios, TOML files; the others are held against the first
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// A variation of the only scenario: 'NAME: PATH=QUANTITY; PATH=QUANTITY'; may be repeated
    #[arg(long, value_name = "VARIATION")]
    pub with: Vec<String>,
    /// Trials of each, instead of the first scenario's; rounded up to what the sampler takes
    #[arg(long, value_name = "N", value_parser = count)]
    pub trials: Option<u64>,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

#[derive(Debug, Args)]
pub struct PilotArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    /// The input that is tested, by its name in inputs.csv; several, each as NAME:N with its number of samples, are one test
    #[arg(long, value_name = "INPUT", required = true)]
    pub learn: Vec<String>,
    /// Numbers of samples to compare: outcomes of a share, or with --sd measurements
    #[arg(long, value_name = "N,…")]
    pub samples: Option<String>,
    /// How far one measurement scatters around the input: its standard deviation, of one of several inputs as NAME:S
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    pub sd: Vec<String>,
    /// What a test costs, however many samples it has
    #[arg(long, value_name = "C", allow_hyphen_values = true)]
    pub cost: Option<String>,
    /// What each sample costs
    #[arg(long, value_name = "C", allow_hyphen_values = true)]
    pub cost_per_sample: Option<String>,
    /// Trials, instead of the scenario's; rounded up to what the sampler takes
    #[arg(long, value_name = "N", value_parser = count)]
    pub trials: Option<u64>,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

#[derive(Debug, Args)]
pub struct SolveArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    /// Where to seek: PATH=LOW..HIGH[:log]
    #[arg(long, value_name = "RANGE")]
    pub vary: String,
    /// What is to hold: OPTION.total, OPTION.monthly or OPTION.saving, with .mean, .p90, .cvar90 or the like, or
    /// OPTION.p_cheapest, and = X
    #[arg(long, value_name = "GOAL")]
    pub goal: String,
    /// Trials of each point; rounded up to what the sampler takes
    #[arg(long, value_name = "N", default_value_t = 1 << 16)]
    #[arg(value_parser = count)]
    pub trials: u64,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

#[derive(Debug, Args)]
pub struct ActualsArgs {
    /// The scenario, a TOML file that says with which month it starts
    pub scenario: PathBuf,
    /// Logs or usage reports, as workload reads them; `-` is standard input; several are one log
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// The option that was in use [default: the baseline]
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,
    /// Trials; rounded up to what the sampler takes
    #[arg(long, value_name = "N", default_value_t = 1 << 16)]
    #[arg(value_parser = count)]
    pub trials: u64,
    #[command(flatten)]
    pub records: RecordArgs,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

/// Which records of a log count, and how they are read.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// Only records that pass, such as 'model == gpt-4.1-mini and output > 0'
    #[arg(long = "where", value_name = "FILTER")]
    pub filter: Option<String>,
    /// Which field says what: time, end, model, id, input, output, cached, written, requests, status or cost
    #[arg(long, value_name = "KEY=FIELD")]
    pub map: Vec<String>,
    /// Whether input includes cached tokens, whatever the log's format says
    #[arg(long, value_enum, value_name = "HOW")]
    pub cached: Option<CachedArg>,
    /// Where days begin, such as +02:00 [default: UTC]
    #[arg(long, value_name = "±hh:mm", value_parser = zone, allow_hyphen_values = true)]
    pub timezone: Option<i32>,
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

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The folder of results
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Also run this scenario again with the same options, and compare; once for each scenario that was named
    #[arg(long, value_name = "SCENARIO")]
    pub rerun: Vec<PathBuf>,
    /// Worker threads for that [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Let data('…') read files outside the scenario's folder
    #[arg(long)]
    pub allow_data_outside: bool,
}

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

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A field (training.retrains_per_year), a section (migration), a distribution (pert) or a figure (p_never); also
    /// `quantities` and `figures`
    #[arg(value_name = "PATH")]
    pub path: Option<String>,
}

#[derive(Debug, Args)]
pub struct ModelsArgs {
    /// Words that must occur in the provider, the model or another of its names
    #[arg(value_name = "WORD")]
    pub query: Vec<String>,
    /// A price list to look at before the built-in one: a CSV, or LiteLLM's or genai-prices' JSON
    #[arg(long, value_name = "FILE")]
    pub prices: Vec<PathBuf>,
    /// Write JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Write the CSV that --prices reads
    #[arg(long)]
    pub csv: bool,
}

#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Whose
    #[arg(value_enum, value_name = "FORMAT", default_value = "scenario")]
    pub of: SchemaOf,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SchemaOf {
    /// Scenarios
    Scenario,
    /// `run.json`, and what `run --json` writes
    Run,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The scenarios, TOML files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub load: LoadArgs,
}

#[derive(Debug, Args)]
pub struct InitArgs {
    /// The scenario to write; a template's data goes into data/ beside it
    #[arg(value_name = "FILE", default_value = "scenario.toml")]
    pub file: PathBuf,
    /// The example to start from
    #[arg(long, value_enum, value_name = "NAME", default_value = "article")]
    pub template: TemplateArg,
    /// Replace files that exist
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct WorkloadArgs {
    /// Logs or usage reports: CSV, JSON or JSON Lines, also compressed by gzip; `-` is standard input; several are one log
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    #[command(flatten)]
    pub records: RecordArgs,
    /// Months that the scenario looks ahead
    #[arg(long, value_name = "H", default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=600))]
    pub horizon: u32,
    /// Requests in a month, as a quantity, where the log is too short for it or does not say it
    #[arg(long, value_name = "QUANTITY", value_parser = quantity)]
    pub requests_per_month: Option<String>,
    /// Take requests of a log of less than 14 days as if it stood for any time, without an error
    #[arg(long, conflicts_with = "requests_per_month")]
    pub assume_representative: bool,
    /// Tokens of instructions that are part of every input, for what can be cached
    #[arg(long, value_name = "N", value_parser = tokens)]
    pub instruction_tokens: Option<f64>,
    /// Draw requests and tokens, with what is estimated ahead, into a PNG or SVG that must not exist
    #[arg(long, value_name = "FILE", value_parser = chart_file)]
    pub chart: Option<(PathBuf, ImageFormat)>,
    /// Colours of the chart
    #[arg(long = "chart-theme", value_enum, value_name = "THEME", default_value = "light")]
    pub theme: ThemeArg,
    /// A scenario without a workload: what is written is then the whole of it, ready to run
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// The file to write, which must not exist [default: standard output]
    #[arg(short, long = "output", value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    /// The command whose page is wanted, instead of the page of breakeven itself
    pub command: Option<String>,
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
