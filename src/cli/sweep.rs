//! `breakeven sweep`: a scenario on a grid of its fields.

use breakeven::diagnostic::{Diagnostic, Sources};
use breakeven::files::CommandKind;
use breakeven::report;
use breakeven::scenario::{Scenario, ScenarioFile};
use breakeven::sweep::{Sweep, SweepAxis, SweepOptions, sweep as run};
use breakeven::tables::{SWEEP_TABLES, sweep_table};
use serde_json::{Map, Value};

use super::args::SweepArgs;
use super::files::{self, Book, OutputNames};
use super::plan::{RunPlan, apply, folder, halted, refuse, scenario_file, task, understood};
use super::progress::Meter;
use super::{Stop, interrupt, say};

/// Most points of a grid.
const MOST: usize = 100_000;
/// The file with all tables.
const WORKBOOK: &str = "sweep.xlsx";

pub fn sweep(args: &SweepArgs, kept: Map<String, Value>) -> Result<(), Stop> {
    let axes = axes(args)?;
    let mut scenario_file = scenario_file(&args.scenario, &args.load)?;
    // A varied number of trials is not overridden.
    let trials = (!axes.iter().any(|axis| axis.path == "simulation.trials")).then_some(args.trials);
    let change = |scenario: &mut Scenario| apply(&args.common, trials, scenario);
    let plan = understood(&mut scenario_file, folder(&args.scenario, &args.common), change)?;
    let charts = report::sweep_chart_names(plan.model().options.len());
    let names = OutputNames {
        kind: CommandKind::Sweep,
        tables: SWEEP_TABLES.into(),
        charts,
        others: vec![(WORKBOOK, args.common.xlsx)],
    };
    let mut output = files::prepare(&names, &plan, &args.common)?;
    let sweep = run_with_meter(args, &plan, &scenario_file, &axes, &change)?;
    let base = report::SweepBase { scenario: plan.scenario(), model: plan.model() };
    let tables = [sweep_table(plan.model(), &sweep)];
    files::tables(&tables, &args.common, &mut output)?;
    let summary = report::sweep_summary(base, &sweep);
    let book = Book::new(&summary, &tables, &report::NativeCharts::of_sweep(base, &sweep), &args.common);
    let mut broken = book.add(WORKBOOK, &mut output);
    if !args.common.no_charts {
        let charts = report::sweep_charts(base, &sweep, args.common.style.into());
        broken.extend(files::charts(charts, &mut output));
    }
    files::conclude(output, report::head(plan.scenario(), "sweep", kept), (&plan, &args.common), &summary, &broken)
}

fn axes(args: &SweepArgs) -> Result<Vec<SweepAxis>, Stop> {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    let parse = |text: &String| SweepAxis::parse(text, &mut sources).map_err(|finding| findings.push(finding)).ok();
    let axes: Vec<SweepAxis> = args.vary.iter().filter_map(parse).collect();
    let points = axes.iter().map(|axis| axis.values.len()).product::<usize>();
    if args.vary.len() > 2 {
        findings.push(Diagnostic::general("at most two fields can be varied").help("give --vary once or twice"));
    } else if points > MOST {
        let message = format!("{points} points are too many for a grid");
        findings.push(Diagnostic::general(message).help("at most 100,000 fit; take fewer steps"));
    }
    if findings.is_empty() { Ok(axes) } else { Err(refuse(&findings, &sources)) }
}

fn run_with_meter(
    args: &SweepArgs,
    plan: &RunPlan,
    scenario_file: &ScenarioFile,
    axes: &[SweepAxis],
    change: &(dyn Fn(&mut Scenario) + Sync),
) -> Result<Sweep, Stop> {
    let points = axes.iter().map(|axis| axis.values.len()).product::<usize>();
    let trials = report::grouped(args.trials as f64, 0);
    let meter = Meter::new(
        points as u64,
        "points",
        task(&format!("{points} points, {trials} trials each,"), plan),
        args.common.quiet,
    );
    let tick = || meter.advance(1);
    let threads = args.common.threads.map(usize::from);
    let options = SweepOptions { threads, change: Some(change), progress: Some(&tick), stop: Some(interrupt::stop()) };
    let found = run(scenario_file, axes, options);
    drop(meter);
    let sweep = found.map_err(halted)?;
    if let Some((findings, sources)) = &sweep.warnings {
        say::diagnostics(findings, sources);
    }
    Ok(sweep)
}
