//! `breakeven run`: simulate, write files, sum up.

use breakeven::engine::{OpenCase, Precision, Results, RunOptions, run as simulate, trials};
use breakeven::report::{self, Earlier, NativeCharts, Output, SHEET_ROWS, Workbook, WorkbookError};
use breakeven::sample::Design;
use breakeven::scenario::Manuscript;
use breakeven::tables::{tables, trials_header, trials_row};

use super::args::RunArgs;
use super::files::{self, Book};
use super::plan::{Plan, apply, folder, manuscript, place, refuse, stopped, understood, unwritten};
use super::{Stop, progress, say};

/// The file with all tables.
const WORKBOOK: &str = "results.xlsx";
/// The file that says what was run.
const JSON: &str = "run.json";
/// The file of single trials.
const TRIALS: &str = "trials.csv";

pub fn run(args: RunArgs) -> Result<(), Stop> {
    let mut manuscript = manuscript(&args.scenario, &args.load)?;
    let plan = understood(manuscript.read(), |scenario| apply(&args.common, args.trials, scenario))?;
    let folder = folder(&args.scenario, &args.common);
    let mut output = Output::prepare(&folder).map_err(unwritten)?;
    let results = simulate_with_bar(&plan, &args)?;
    let (summary, tables) = (report::summary(&results), tables(&results));
    files::tables(&tables, &args.common, &mut output);
    let mut book = Book::new(&summary, &tables, &NativeCharts::of_run(&results), &args.common);
    book.put(|workbook| add_case(workbook, &plan, &manuscript));
    if args.save_trials > 0 {
        save_trials(&plan, &results, &args, &mut output, &mut book)?;
    }
    output.add(JSON, report::json_bytes(&results));
    if args.report {
        output.add(report::HTML_NAME, report::html(&results, &plan.sources));
    }
    let mut broken = book.add(WORKBOOK, &mut output);
    if !args.common.no_charts {
        broken.extend(files::charts(report::charts(&results, args.common.style.into()), &mut output));
    }
    let other = [TRIALS, WORKBOOK, report::HTML_NAME].map(str::to_owned).to_vec();
    files::finish(output, &Earlier { mark: JSON, files: [report::chart_names(), other].concat() })?;
    files::warn_of_letters(&plan, &args.common);
    warn(&args, &results);
    conclude(&args, &results, &format!("{summary}\n{}", place(&folder)))?;
    // Numbers come first: a chart that cannot be drawn costs the exit code, not the run.
    if broken.is_empty() { Ok(()) } else { Err(Stop::Failed(broken.join("\n"))) }
}

/// Says what did not come out as one might think.
fn warn(args: &RunArgs, results: &Results) {
    if !sheet_holds(args, results) {
        let most = report::grouped((SHEET_ROWS - 1) as f64, 0);
        let without = if args.common.xlsx { format!("; {WORKBOOK} is without them") } else { String::new() };
        say::warning(&format!("a spreadsheet opens only the first {most} trials of {TRIALS}{without}"));
    }
    if let Some(missed) = report::missed_precision(results) {
        say::warning(&format!("{missed}; --max-trials sets how many are allowed"));
    }
}

/// Whether a sheet has a row for each of the trials that are saved, and one for the header.
fn sheet_holds(args: &RunArgs, results: &Results) -> bool {
    args.save_trials.min(results.design.trials()) < SHEET_ROWS
}

fn simulate_with_bar(plan: &Plan, args: &RunArgs) -> Result<Results, Stop> {
    let design = Design::new(plan.scenario.simulation.sampler, plan.scenario.simulation.trials);
    let bar = progress::bar(design.trials(), "trials", args.common.quiet);
    let tick = |progress| progress::show(&bar, progress);
    let precision = args.precision.map(|wanted| Precision { wanted, max_trials: args.max_trials });
    let options = RunOptions { threads: args.common.threads.map(usize::from), precision, progress: Some(&tick) };
    let results = simulate(&plan.scenario, &plan.model, &plan.pilot, options);
    bar.finish_and_clear();
    results.map_err(|failure| stopped(failure, &plan.sources))
}

/// Adds the case of `ledger` in live formulas.
fn add_case(workbook: &mut Workbook, plan: &Plan, manuscript: &Manuscript) -> Result<(), WorkbookError> {
    let open = manuscript.read_open().scenario;
    let missing = match open.map(|open| OpenCase::at_median(&plan.scenario, &plan.model, open)) {
        Some(Ok(case)) if workbook.case(&case)? => return Ok(()),
        Some(Ok(_)) => "would be too large",
        Some(Err(_)) | None => "has no finite costs at the medians of all inputs",
    };
    say::warning(&format!("{WORKBOOK} is without the case in live formulas, which {missing}"));
    Ok(())
}

fn save_trials(
    plan: &Plan,
    results: &Results,
    args: &RunArgs,
    output: &mut Output,
    book: &mut Book,
) -> Result<(), Stop> {
    let (header, dialect) = (trials_header(results), args.common.csv_dialect.into());
    if sheet_holds(args, results) {
        book.put(|workbook| workbook.begin_trials(&header));
    }
    let mut found = Ok(());
    let written = output.stream(TRIALS, |file| {
        file.write_all(&report::header_bytes(&header, dialect))?;
        let rows = trials(&plan.scenario, &plan.model, results.design, args.save_trials, |row| {
            let cells = trials_row(results, row);
            book.put(|workbook| workbook.trial(&cells));
            file.write_all(&report::row_bytes(&cells, dialect))
        });
        rows.unwrap_or_else(|finding| {
            found = Err(finding);
            Ok(())
        })
    });
    written.map_err(unwritten)?;
    found.map_err(|finding| refuse(&[finding], &plan.sources))
}

fn conclude(args: &RunArgs, results: &Results, summary: &str) -> Result<(), Stop> {
    if args.json {
        return say::out(&String::from_utf8_lossy(&report::json_bytes(results)));
    }
    if args.common.quiet {
        return Ok(());
    }
    say::out(summary)
}
