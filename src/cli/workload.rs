//! `breakeven workload`: from logs of requests to a section of a scenario.

use std::path::{Path, PathBuf};

use breakeven::chart::{ChartStyle, ImageFormat};
use breakeven::diagnostic::clean;
use breakeven::files::{FileError, place_new};
use breakeven::logs::Requests;
use breakeven::report::workload_chart;
use breakeven::scenario::{DataFiles, LoadOptions, ScenarioFile, read as read_scenario};
use breakeven::workload::{EstimateOptions, LogOrigin, Series, Tally, Volume, Workload, estimate};
use clap::Args;

use super::logs::{self, RecordArgs, of_refusal, wrong};
use super::plan::{refuse, unwritten};
use super::values::{ThemeArg, chart_file, quantity, tokens};
use super::{Stop, say};

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

pub fn workload(args: &WorkloadArgs) -> Result<(), Stop> {
    let files = args.output.iter().chain(args.chart.iter().map(|(file, _)| file));
    if let Some(file) = files.into_iter().find(|file| file.symlink_metadata().is_ok()) {
        return Err(taken(file));
    }
    let reading = logs::reading(&args.records)?;
    let mut requests = Requests::new(&reading);
    let mut tally = Tally::new(args.records.timezone.unwrap_or_default(), reading.cached.is_some());
    let mut names = Vec::new();
    for log in &args.logs {
        names.push(logs::read(log, &mut requests, &mut |request| tally.add(request))?);
    }
    requests.finish().map_err(of_refusal)?;
    let found = estimate(&tally, &options(args)).map_err(of_refusal)?;
    let origin = LogOrigin::of(&requests, names);
    for note in found.notes(&origin) {
        say::remark(&note);
    }
    let section = found.toml(&origin);
    let text = args.scenario.as_deref().map_or_else(|| Ok(section.clone()), |file| whole(file, &section, args))?;
    if let Some((file, format)) = &args.chart {
        draw(file, ChartStyle { format: *format, theme: args.theme.into() }, &found, &tally)?;
    }
    match &args.output {
        None => say::out(&text),
        Some(file) => {
            place(file, text.into_bytes())?;
            say::out(&format!("Wrote {}: {}\n", clean(&file.display().to_string()), origin.summary()))
        }
    }
}

/// A scenario that says all but the workload, with its section behind it: keys before the first table stay where they are.
fn whole(file: &Path, section: &str, args: &WorkloadArgs) -> Result<String, Stop> {
    let options = LoadOptions::default();
    let opened = ScenarioFile::open(file, &options).map_err(|r| refuse(&r.findings, &r.sources))?;
    let text = format!("{}\n\n{section}", opened.text().trim_end());
    let folder = args.output.as_deref().and_then(Path::parent).filter(|f| !f.as_os_str().is_empty());
    let data = DataFiles::beside(folder.unwrap_or(Path::new(".")), false);
    let reading = read_scenario(
        &format!("{} and the workload", clean(&file.display().to_string())),
        "scenario",
        &text,
        &options,
        data,
    );
    match reading.scenario {
        Some(_) => Ok(text),
        None => Err(refuse(&reading.findings, &reading.sources)),
    }
}

/// Draws what the log says of the month that follows.
fn draw(file: &Path, style: ChartStyle, found: &Workload, tally: &Tally) -> Result<(), Stop> {
    match workload_chart(found, &Series::of(tally), style) {
        Some(Ok(bytes)) => place(file, bytes),
        Some(Err(error)) => Err(Stop::Failed(error.to_string())),
        None => {
            Err(wrong("the log has no whole day that a chart could show", "leave out --chart, or read a longer log"))
        }
    }
}

fn options(args: &WorkloadArgs) -> EstimateOptions {
    let volume = match &args.requests_per_month {
        Some(text) => Volume::Given(text.clone()),
        None if args.assume_representative => Volume::Representative,
        None => Volume::FromWeeks,
    };
    EstimateOptions { horizon: args.horizon, volume, instruction_tokens: args.instruction_tokens }
}

fn taken(file: &Path) -> Stop {
    wrong(format!("{} exists already", file.display()), "name a file that does not, or move this one away")
}

fn place(file: &Path, bytes: Vec<u8>) -> Result<(), Stop> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file.file_name().map(PathBuf::from).unwrap_or_default();
    place_new(folder, &[(name, bytes)], false).map_err(|error| match error {
        // Somebody was faster.
        FileError::System { source, .. } if source.kind() == std::io::ErrorKind::AlreadyExists => taken(file),
        error => unwritten(error),
    })
}
