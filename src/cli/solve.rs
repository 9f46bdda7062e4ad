//! `breakeven solve`: goal seek.

use std::path::PathBuf;

use breakeven::diagnostic::Sources;
use breakeven::files::CommandKind;
use breakeven::report::{self, NativeCharts, SOLVE_CHART, SweepBase};
use breakeven::scenario::{Scenario, ScenarioFile};
use breakeven::solve::{Goal, Solution, solve as run};
use breakeven::sweep::{SweepOptions, SweepRange};
use breakeven::tables::{SOLVE_TABLES, solve_table};
use clap::Args;
use serde_json::{Map, Value};

use super::args::{CommonArgs, LoadArgs};
use super::files::{self, Book, OutputNames};
use super::plan::{RunPlan, apply, folder, halted, refuse, scenario_file, task, understood};
use super::progress::Meter;
use super::values::count;
use super::{Stop, interrupt, say};

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

/// The file with all tables.
const WORKBOOK: &str = "solve.xlsx";
/// Evaluations of a goal that is met once, about.
const USUAL: u64 = 50;

pub fn solve(args: &SolveArgs, kept: Map<String, Value>) -> Result<(), Stop> {
    let mut sources = Sources::default();
    let range = SweepRange::parse(&args.vary, &mut sources).map_err(|finding| refuse(&[finding], &sources))?;
    let mut scenario_file = scenario_file(&args.scenario, &args.load)?;
    // A varied number of trials is not overridden.
    let trials = (range.path != "simulation.trials").then_some(args.trials);
    let change = |scenario: &mut Scenario| apply(&args.common, trials, scenario);
    let plan = understood(&mut scenario_file, folder(&args.scenario, &args.common), change)?;
    let goal = Goal::parse(&args.goal, plan.model(), &mut sources).map_err(|finding| refuse(&[finding], &sources))?;
    let names = OutputNames {
        kind: CommandKind::Solve,
        tables: SOLVE_TABLES.into(),
        charts: ["png", "svg"].map(|extension| format!("{SOLVE_CHART}.{extension}")).into(),
        others: vec![(WORKBOOK, args.common.xlsx)],
    };
    let mut output = files::prepare(&names, &plan, &args.common)?;
    let solution = run_with_meter(args, &plan, &scenario_file, (&range, &goal), &change)?;
    let base = SweepBase { scenario: plan.scenario(), model: plan.model() };
    let tables = [solve_table(&solution)];
    files::tables(&tables, &args.common, &mut output)?;
    let summary = report::solve_summary(base, &solution);
    let mut broken = Book::new(&summary, &tables, &NativeCharts::none(base), &args.common).add(WORKBOOK, &mut output);
    if !args.common.no_charts {
        let style = breakeven::chart::ChartStyle::from(args.common.style);
        let name = format!("{SOLVE_CHART}.{}", style.format.extension());
        broken.extend(files::charts(vec![(name, report::solve_chart(base, &solution, style))], &mut output));
    }
    files::conclude(
        output,
        report::solve_head(plan.scenario(), &solution, kept),
        (&plan, &args.common),
        &summary,
        &broken,
    )
}

fn run_with_meter(
    args: &SolveArgs,
    plan: &RunPlan,
    scenario_file: &ScenarioFile,
    (range, goal): (&SweepRange, &Goal),
    change: &(dyn Fn(&mut Scenario) + Sync),
) -> Result<Solution, Stop> {
    let trials = report::grouped(args.trials as f64, 0);
    let task = task(&format!("about {USUAL} points, {trials} trials each,"), plan);
    let meter = Meter::new(USUAL, "points", task, args.common.quiet);
    let tick = || meter.advance(1);
    let threads = args.common.threads.map(usize::from);
    let options = SweepOptions { threads, change: Some(change), progress: Some(&tick), stop: Some(interrupt::stop()) };
    let found = run(scenario_file, range, goal, options);
    drop(meter);
    let solution = found.map_err(halted)?;
    if let Some((findings, sources)) = &solution.warnings {
        say::diagnostics(findings, sources);
    }
    Ok(solution)
}
