//! `breakeven sweep`: a scenario on a grid of its fields.

use breakeven::diagnostic::{Diagnostic, Sources};
use breakeven::report::{self, Earlier, Output};
use breakeven::scenario::{Manuscript, Scenario};
use breakeven::sweep::{Axis, Stopped, Sweep, SweepOptions, sweep as run};
use breakeven::tables::sweep_table;

use super::args::SweepArgs;
use super::files::{self, Book};
use super::plan::{apply, folder, manuscript, place, refuse, stopped, understood, unwritten};
use super::{Stop, progress, say};

/// Most points of a grid.
const MOST: usize = 100_000;
/// The file with all tables.
const WORKBOOK: &str = "sweep.xlsx";

pub fn sweep(args: &SweepArgs) -> Result<(), Stop> {
    let axes = axes(args)?;
    let mut manuscript = manuscript(&args.scenario, &args.load)?;
    // A varied number of trials is not overridden.
    let trials = (!axes.iter().any(|axis| axis.path == "simulation.trials")).then_some(args.trials);
    let change = |scenario: &mut Scenario| apply(&args.common, trials, scenario);
    let plan = understood(manuscript.read(), change)?;
    let folder = folder(&args.scenario, &args.common);
    let mut output = Output::prepare(&folder).map_err(unwritten)?;
    let sweep = run_with_bar(args, &manuscript, &axes, &change)?;
    let base = report::SweepBase { scenario: &plan.scenario, model: &plan.model };
    let tables = [sweep_table(&plan.model, &sweep)];
    files::tables(&tables, &args.common, &mut output);
    let summary = report::sweep_summary(base, &sweep);
    let book = Book::new(&summary, &tables, &report::NativeCharts::of_sweep(base, &sweep), &args.common);
    let mut broken = book.add(WORKBOOK, &mut output);
    if !args.common.no_charts {
        let charts = report::sweep_charts(base, &sweep, args.common.style.into());
        broken.extend(files::charts(charts, &mut output));
    }
    let files = [report::sweep_chart_names(plan.model.options.len()), vec![WORKBOOK.to_owned()]].concat();
    files::finish(output, &Earlier { mark: "sweep.csv", files })?;
    files::warn_of_letters(&plan, &args.common);
    if !args.common.quiet {
        say::out(&format!("{summary}\n{}", place(&folder)))?;
    }
    if broken.is_empty() { Ok(()) } else { Err(Stop::Failed(broken.join("\n"))) }
}

fn axes(args: &SweepArgs) -> Result<Vec<Axis>, Stop> {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let parse = |text: &String| Axis::parse(text, &mut sources).map_err(|finding| findings.push(finding)).ok();
    let axes: Vec<Axis> = args.vary.iter().filter_map(parse).collect();
    let points = axes.iter().map(|axis| axis.values.len()).product::<usize>();
    if args.vary.len() > 2 {
        findings.push(Diagnostic::general("at most two fields can be varied").help("give --vary once or twice"));
    } else if points > MOST {
        let message = format!("{points} points are too many for a grid");
        findings.push(Diagnostic::general(message).help("at most 100,000 fit; take fewer steps"));
    }
    if findings.is_empty() { Ok(axes) } else { Err(refuse(&findings, &sources)) }
}

fn run_with_bar(
    args: &SweepArgs,
    manuscript: &Manuscript,
    axes: &[Axis],
    change: &(dyn Fn(&mut Scenario) + Sync),
) -> Result<Sweep, Stop> {
    let points = axes.iter().map(|axis| axis.values.len()).product::<usize>();
    let bar = progress::bar(points as u64, "points", args.common.quiet);
    let tick = || bar.inc(1);
    let threads = args.common.threads.map(usize::from);
    let found = run(manuscript, axes, SweepOptions { threads, change: Some(change), progress: Some(&tick) });
    bar.finish_and_clear();
    let sweep = found.map_err(|stop| match stop {
        Stopped::At(findings, sources) => refuse(&findings, &sources),
        Stopped::Failed(failure) => stopped(failure, &Sources::default()),
    })?;
    if let Some((findings, sources)) = &sweep.warnings {
        say::diagnostics(findings, sources);
    }
    Ok(sweep)
}
