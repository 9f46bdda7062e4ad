//! `breakeven run`: simulate, write files, sum up.

use std::path::PathBuf;

use breakeven::diagnostic::Sources;
use breakeven::engine::{OpenCase, Precision, Results, RunOptions, Watch, first_look, trials};
use breakeven::files::{CommandKind, Output};
use breakeven::report::{self, NativeCharts, SHEET_ROWS, Workbook, WorkbookError};
use breakeven::sample::Design;
use breakeven::scenario::{Scenario, ScenarioFile};
use breakeven::sweep::{Stopped, SweepAxis, SweepOptions, sweep};
use breakeven::tables::{run_table_names, tables, trials_columns, trials_row};
use clap::Args;
use serde_json::{Map, Value};

use super::args::{CommonArgs, LoadArgs};
use super::files::{self, Book, OutputNames};
use super::plan::{RunPlan, apply, folder, place, scenario_file, stopped, task, understood, unwritten};
use super::progress::Meter;
use super::values::{count, rows, share};
use super::{Stop, interrupt, say};

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

/// The file with all tables.
const WORKBOOK: &str = "results.xlsx";
/// The file of single trials.
const TRIALS: &str = "trials.csv";
/// From how many saved trials on it is said what they take.
const BIG: u64 = 1 << 20;
/// Trials by which it is looked at what growth another option becomes the cheapest.
const GROWTH_TRIALS: u64 = 1 << 12;

pub fn run(args: RunArgs, options: Map<String, Value>) -> Result<(), Stop> {
    let mut scenario_file = scenario_file(&args.scenario, &args.load)?;
    let folder = folder(&args.scenario, &args.common);
    let plan = understood(&mut scenario_file, folder, |scenario| apply(&args.common, args.trials, scenario))?;
    look_far_enough(&plan, &args)?;
    let mut output = files::prepare(&names(&args), &plan, &args.common)?;
    foresee(&plan, &args)?;
    let results = simulate_with_meter(&plan, &args)?;
    let (summary, tables) = (report::summary(&results), tables(&results));
    files::tables(&tables, &args.common, &mut output)?;
    let mut book = Book::new(&summary, &tables, &NativeCharts::of_run(&results), &args.common);
    book.put(|workbook| add_case(workbook, &plan, &scenario_file));
    if args.save_trials > 0 {
        save_trials(&plan, &results, &args, &mut output, &mut book)?;
    }
    if args.report {
        output.add(report::HTML_NAME, report::html(&results, &plan.sources));
    }
    let mut broken = book.add(WORKBOOK, &mut output);
    if !args.common.no_charts {
        broken.extend(files::charts(report::charts(&results, args.common.style.into()), &mut output));
    }
    let manifest = files::finish(output, report::run_head(&results, options))?;
    files::warn_of_letters(&plan, &args.common);
    warn(&args, &results);
    let growth = assumed_growth(&plan, &scenario_file, &args)?;
    conclude(&args, &manifest, &format!("{summary}\n{growth}{}", place(&plan.folder)))?;
    // Numbers come first: a chart that cannot be drawn, or a claim that cannot be made, costs the exit code, not the run.
    if let Some(missed) = report::missed_precision(&results) {
        broken.push(format!("{missed}; all results are written (--max-trials sets how many trials are allowed)"));
    }
    if broken.is_empty() { Ok(()) } else { Err(Stop::Failed(broken.join("\n"))) }
}

/// What there is to say of a growth that nobody estimated; nothing where somebody did.
fn assumed_growth(plan: &RunPlan, scenario_file: &ScenarioFile, args: &RunArgs) -> Result<String, Stop> {
    if args.common.quiet || !scenario_file.assumes_growth() {
        return Ok(String::new());
    }
    let Ok(axis) = SweepAxis::parse(report::GROWTH, &mut Sources::default()) else { return Ok(String::new()) };
    let change = |scenario: &mut Scenario| apply(&args.common, Some(GROWTH_TRIALS), scenario);
    let threads = args.common.threads.map(usize::from);
    let options = SweepOptions { threads, change: Some(&change), progress: None, stop: Some(interrupt::stop()) };
    match sweep(scenario_file, &[axis], options) {
        Ok((sweep, _)) => {
            let base = report::SweepBase { scenario: plan.scenario(), model: plan.model() };
            Ok(report::assumed_growth(base, &sweep) + "\n")
        }
        Err(Stopped::At(..) | Stopped::Refused(_)) => Ok(String::new()),
        Err(Stopped::Failed(failure)) => Err(stopped(failure, &plan.sources)),
    }
}

/// A precision cannot be given up on before it was looked at.
fn look_far_enough(plan: &RunPlan, args: &RunArgs) -> Result<(), Stop> {
    let least = first_look(plan.scenario());
    if args.precision.is_none() || args.max_trials >= least {
        return Ok(());
    }
    let [asked, least] = [args.max_trials, least].map(|n| report::grouped(n as f64, 0));
    say::error(&format!(
        "--max-trials {asked} is less than the {least} trials that a precision begins with; allow more, or leave out \
         --precision"
    ));
    Err(Stop::Invalid)
}

/// What a run may write.
fn names(args: &RunArgs) -> OutputNames {
    let others = vec![(TRIALS, args.save_trials > 0), (WORKBOOK, args.common.xlsx), (report::HTML_NAME, args.report)];
    OutputNames { kind: CommandKind::Run, tables: run_table_names().collect(), charts: report::chart_names(), others }
}

/// Says what did not come out as one might think.
fn warn(args: &RunArgs, results: &Results) {
    if !sheet_holds(args, results) {
        let most = report::grouped((SHEET_ROWS - 1) as f64, 0);
        let without = if args.common.xlsx { format!("; {WORKBOOK} is without them") } else { String::new() };
        say::warning(&format!("a spreadsheet opens only the first {most} trials of {TRIALS}{without}"));
    }
}

/// Whether a sheet has a row for each of the trials that are saved, and one for the header.
fn sheet_holds(args: &RunArgs, results: &Results) -> bool {
    args.save_trials.min(results.design.trials()) < SHEET_ROWS
}

fn simulate_with_meter(plan: &RunPlan, args: &RunArgs) -> Result<Results, Stop> {
    let count = Design::new(plan.scenario().simulation().sampler, plan.scenario().simulation().trials).trials();
    let task = task(&format!("{} trials", report::grouped(count as f64, 0)), plan);
    let meter = Meter::new(count, "trials", task, args.common.quiet);
    let tell = |progress| meter.see(progress);
    let precision = args.precision.map(|wanted| Precision { wanted, max_trials: args.max_trials });
    let watch = Watch { progress: Some(&tell), stop: Some(interrupt::stop()) };
    let options = RunOptions { threads: args.common.threads.map(usize::from), precision, watch };
    plan.prepared.simulate(options).map_err(|failure| stopped(failure, &plan.sources))
}

/// Adds the case of `ledger` in live formulas.
fn add_case(workbook: &mut Workbook, plan: &RunPlan, scenario_file: &ScenarioFile) -> Result<(), WorkbookError> {
    let open = scenario_file.read_open().scenario;
    let missing = match open.map(|open| OpenCase::at_median(plan.scenario(), plan.model(), open)) {
        Some(Ok(case)) if workbook.case(&case)? => return Ok(()),
        Some(Ok(_)) => "would be too large",
        Some(Err(_)) | None => "has no finite costs at the medians of all inputs",
    };
    say::warning(&format!("{WORKBOOK} is without the case in live formulas, which {missing}"));
    Ok(())
}

fn save_trials(
    plan: &RunPlan,
    results: &Results,
    args: &RunArgs,
    output: &mut Output,
    book: &mut Book,
) -> Result<(), Stop> {
    let (columns, dialect) = (trials_columns(results), args.common.csv_dialect.into());
    if sheet_holds(args, results) {
        book.put(|workbook| workbook.begin_trials(&columns));
    }
    let count = args.save_trials.min(results.design.trials());
    let meter = Meter::new(count, "trials", format!("{count} rows of {TRIALS}"), args.common.quiet);
    let written = output.stream(TRIALS, &mut files::waiting(), |file| {
        file.write_all(&report::header_bytes(&columns, dialect))?;
        let watch = Watch { stop: Some(interrupt::stop()), ..Watch::default() };
        let rows = trials(plan.scenario(), plan.model(), results.design, count, watch, |row| {
            let cells = trials_row(results, row);
            book.put(|workbook| workbook.trial(&cells));
            meter.advance(1);
            file.write_all(&report::row_bytes(&cells, dialect))
        });
        rows.map_or_else(|failure| Ok(Err(failure)), |written| written.map(Ok))
    });
    written.map_err(unwritten)?.map_err(|failure| stopped(failure, &plan.sources))
}

/// Whether the disk has room for the trials that are to be written: said before anything is simulated.
fn foresee(plan: &RunPlan, args: &RunArgs) -> Result<(), Stop> {
    let design = Design::new(plan.scenario().simulation().sampler, plan.scenario().simulation().trials);
    let rows = args.save_trials.min(design.trials());
    let Some(free) = fs4::available_space(&plan.folder).ok().filter(|_| rows >= BIG) else { return Ok(()) };
    let bytes = report::bytes_of_trials(plan.model(), rows);
    let [bytes, room] = [bytes, free].map(|bytes| report::grouped((bytes as f64 / 1e6).ceil(), 0));
    if report::bytes_of_trials(plan.model(), rows) > free {
        let message = format!("{TRIALS} would take about {bytes} MB, and {} has {room} MB left", place_of(plan));
        return Err(Stop::Failed(message + "; save fewer trials"));
    }
    if !args.common.quiet {
        say::remark(&format!("{TRIALS} will take about {bytes} MB"));
    }
    Ok(())
}

fn place_of(plan: &RunPlan) -> String {
    breakeven::diagnostic::clean(&plan.folder.display().to_string())
}

fn conclude(args: &RunArgs, manifest: &[u8], summary: &str) -> Result<(), Stop> {
    if args.json {
        return say::out(&String::from_utf8_lossy(manifest));
    }
    if args.common.quiet {
        return Ok(());
    }
    say::out(summary)
}
