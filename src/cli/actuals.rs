//! `breakeven actuals`: whether months came out as a scenario expected.

use std::path::PathBuf;

use breakeven::actuals::{Actuals, Observed, UsageLog, actuals as study};
use breakeven::diagnostic::Diagnostic;
use breakeven::engine::Watch;
use breakeven::files::CommandKind;
use breakeven::logs::Requests;
use breakeven::report::{self, ActualsBase};
use breakeven::sample::Design;
use breakeven::tables::{ACTUALS_TABLES, Table, actuals_table};
use breakeven::workload::LogOrigin;
use clap::Args;
use serde_json::{Map, Value, json};

use super::args::{CommonArgs, LoadArgs};
use super::files::{self, Book, OutputNames};
use super::logs::RecordArgs;
use super::plan::{RunPlan, apply, folder, refuse, scenario_file, stopped, task, understood};
use super::progress::Meter;
use super::values::count;
use super::{Stop, interrupt, logs, say};

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

/// The file with all tables.
const WORKBOOK: &str = "actuals.xlsx";

pub fn actuals(args: &ActualsArgs, kept: Map<String, Value>) -> Result<(), Stop> {
    let mut scenario_file = scenario_file(&args.scenario, &args.load)?;
    let folder = folder(&args.scenario, &args.common);
    let mut plan = understood(&mut scenario_file, folder, |scenario| apply(&args.common, Some(args.trials), scenario))?;
    let option = option(args, &plan)?;
    let (observed, logs) = observed(args, &plan, option)?;
    // Of logs, too, none may be written over.
    plan.inputs.extend(args.logs.iter().filter(|log| log.as_os_str() != "-").cloned());
    let names = OutputNames {
        kind: CommandKind::Actuals,
        tables: ACTUALS_TABLES.into(),
        charts: report::actuals_chart_names(),
        others: vec![(WORKBOOK, args.common.xlsx)],
    };
    let mut output = files::prepare(&names, &plan, &args.common)?;
    let found = run_with_meter(args, &plan, option, &observed)?;
    let base = ActualsBase { scenario: plan.scenario(), model: plan.model(), observed: &observed };
    let tables: Vec<Table> =
        plan.scenario().simulation().start.map(|start| actuals_table(start, &found)).into_iter().collect();
    files::tables(&tables, &args.common, &mut output)?;
    let summary = report::actuals_summary(base, &found);
    let sheet = report::SweepBase { scenario: plan.scenario(), model: plan.model() };
    let charts = report::NativeCharts::none(sheet);
    let mut broken = Book::new(&summary, &tables, &charts, &args.common).add(WORKBOOK, &mut output);
    if !args.common.no_charts {
        broken.extend(files::charts(report::actuals_charts(base, &found, args.common.style.into()), &mut output));
    }
    let mut head = report::head(plan.scenario(), "actuals", kept);
    head.insert("logs".to_owned(), logs);
    head.insert("actuals".to_owned(), report::actuals_json(base, &found));
    files::conclude(output, head, (&plan, &args.common), &summary, &broken)
}

/// The option that was in use.
fn option(args: &ActualsArgs, plan: &RunPlan) -> Result<usize, Stop> {
    let Some(name) = &args.option else { return Ok(plan.model().baseline) };
    let names: Vec<&str> = plan.model().options.iter().map(|o| o.name.as_str()).collect();
    names.iter().position(|known| known == name).ok_or_else(|| {
        let finding = Diagnostic::general(format!("the scenario has no option `{name}`")).one_of(name, &names);
        refuse(&[finding], &plan.sources)
    })
}

/// What the logs say of an option, and what is kept of them: their names and digests.
fn observed(args: &ActualsArgs, plan: &RunPlan, option: usize) -> Result<(Observed, Value), Stop> {
    let reading = logs::reading(&args.records)?;
    let mut requests = Requests::new(&reading);
    let mut usage = UsageLog::new(args.records.timezone.unwrap_or_default(), reading.cached.is_some());
    let mut names = Vec::new();
    for log in &args.logs {
        names.push(logs::read(log, &mut requests, &mut |request| usage.add(request))?);
    }
    requests.finish().map_err(logs::of_refusal)?;
    let observed = Observed::new(plan.scenario(), plan.model(), option, &usage).map_err(logs::of_refusal)?;
    let origin = LogOrigin::of(&requests, names);
    for note in std::iter::once(origin.summary()).chain(observed.notes.iter().cloned()) {
        say::remark(&note);
    }
    Ok((observed, origin.logs.iter().map(kept).collect()))
}

fn kept((name, digest): &(String, [u8; 32])) -> Value {
    json!({ "name": name, "sha256": digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>() })
}

fn run_with_meter(args: &ActualsArgs, plan: &RunPlan, option: usize, observed: &Observed) -> Result<Actuals, Stop> {
    let simulation = plan.scenario().simulation();
    let trials = Design::new(simulation.sampler, simulation.trials).trials();
    let task = task(&format!("{} trials", report::grouped(trials as f64, 0)), plan);
    let meter = Meter::new(trials, "trials", task, args.common.quiet);
    let tell = |progress| meter.see(progress);
    let watch = Watch { progress: Some(&tell), stop: Some(interrupt::stop()) };
    let threads = args.common.threads.map(usize::from);
    study(&plan.prepared, option, &observed.seen, threads, watch).map_err(|failure| stopped(failure, &plan.sources))
}
