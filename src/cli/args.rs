//! What can be typed.

use std::path::PathBuf;

use breakeven::chart::{Format, Style, Theme};
use breakeven::scenario::Sampler;
use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Prompt a task, or fine-tune a model for it? Costs, break-even probabilities and charts by Monte Carlo simulation.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Simulate a scenario: tables and charts into a folder, a summary on the screen
    Run(RunArgs),
    /// What costs, savings and the decision hang on: tornado, Sobol and Shapley shares, flip points
    Sensitivity(SensitivityArgs),
    /// A scenario on a grid of one or two of its fields: curves, or maps of the decision
    Sweep(SweepArgs),
    /// Only check scenarios, and say how they are understood
    Check(CheckArgs),
}

#[derive(Debug, Args)]
pub struct RunArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    /// Trials, instead of the scenario's; rounded up to what the sampler takes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1 << 31))]
    pub trials: Option<u64>,
    /// Add trials until results are so precise, such as 0.5%: of mean totals and, in absolute terms, of probabilities
    #[arg(long, value_name = "P", value_parser = share)]
    pub precision: Option<f64>,
    /// Trials at which to give up on the precision
    #[arg(long, value_name = "N", requires = "precision", default_value_t = 1 << 30)]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=1 << 31))]
    pub max_trials: u64,
    /// Also write the first N trials to trials.csv
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub save_trials: u64,
    /// The summary as JSON on standard output, and nothing else there
    #[arg(long, conflicts_with = "quiet")]
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
    #[arg(value_parser = clap::value_parser!(u64).range(1..=1 << 28))]
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
    /// What to vary, once or twice: PATH=LOW..HIGH[:log][:STEPS] or PATH=VALUE,VALUE,…
    #[arg(long, value_name = "WHAT", required = true)]
    pub vary: Vec<String>,
    /// Trials of each point; rounded up to what the sampler takes
    #[arg(long, value_name = "N", default_value_t = 1 << 16)]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=1 << 28))]
    pub trials: u64,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
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
    /// How points are chosen, instead of the scenario's
    #[arg(long, value_enum, value_name = "S")]
    pub sampler: Option<SamplerArg>,
    /// Worker threads [default: all cores]; results do not depend on them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Tables only
    #[arg(long)]
    pub no_charts: bool,
    #[command(flatten)]
    pub chart_format: StyleArgs,
    /// No summary
    #[arg(long)]
    pub quiet: bool,
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
pub struct LoadArgs {
    /// Change a field: 'workload.requests_per_month=50k to 200k', 'Fine-tuning.training.cost_per_run=800'
    #[arg(long, value_name = "PATH=QUANTITY")]
    pub set: Vec<String>,
    /// Let data('…') read files outside the scenario's folder
    #[arg(long)]
    pub allow_data_outside: bool,
}

/// A share of one, as a number or in percent.
fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = text.trim().strip_suffix('%').map_or((text, 1.0), |number| (number, 0.01));
    let share = number.trim().parse::<f64>().map_or(f64::NAN, |x| x * unit);
    let valid = share > 0.0 && share < 1.0;
    valid.then_some(share).ok_or_else(|| "a share between 0 and 1 is wanted, such as 0.5% or 0.005".to_owned())
}

/// [`Sampler`] as typed: the words of the scenario format.
#[derive(Clone, Copy, Debug)]
pub struct SamplerArg(pub Sampler);

impl ValueEnum for SamplerArg {
    fn value_variants<'a>() -> &'a [Self] {
        &[SamplerArg(Sampler::Sobol), SamplerArg(Sampler::LatinHypercube), SamplerArg(Sampler::MonteCarlo)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.word()))
    }
}

/// [`Style`] as typed.
#[derive(Clone, Copy, Debug, Args)]
pub struct StyleArgs {
    /// Format of the charts
    #[arg(long = "chart-format", value_enum, value_name = "FORMAT", default_value = "png")]
    format: FormatArg,
    /// Colours of the charts
    #[arg(long = "chart-theme", value_enum, value_name = "THEME", default_value = "light")]
    theme: ThemeArg,
}

impl From<StyleArgs> for Style {
    fn from(StyleArgs { format, theme }: StyleArgs) -> Style {
        let format = match format {
            FormatArg::Png => Format::Png,
            FormatArg::Svg => Format::Svg,
        };
        let theme = match theme {
            ThemeArg::Light => Theme::Light,
            ThemeArg::Dark => Theme::Dark,
        };
        Style { format, theme }
    }
}

/// [`Format`] as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArg {
    Png,
    Svg,
}

/// [`Theme`] as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ThemeArg {
    Light,
    Dark,
}
