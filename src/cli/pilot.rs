//! `breakeven pilot`: what a test before deciding is worth.

use std::path::PathBuf;

use breakeven::engine::Watch;
use breakeven::evsi::{Pilot, PilotPlan, PilotWords, pilot as study};
use breakeven::files::CommandKind;
use breakeven::report;
use breakeven::sample::Design;
use breakeven::tables::{PILOT_TABLES, pilot_table};
use clap::Args;
use serde_json::{Map, Value};

use super::args::{CommonArgs, LoadArgs};
use super::files::{self, Book, OutputNames};
use super::plan::{RunPlan, apply, folder, refuse, scenario_file, stopped, task, understood};
use super::progress::Meter;
use super::values::count;
use super::{Stop, interrupt};

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

/// The file with all tables.
const WORKBOOK: &str = "pilot.xlsx";

pub fn pilot(args: &PilotArgs, kept: Map<String, Value>) -> Result<(), Stop> {
    let mut scenario_file = scenario_file(&args.scenario, &args.load)?;
    let folder = folder(&args.scenario, &args.common);
    let plan = understood(&mut scenario_file, folder, |scenario| apply(&args.common, args.trials, scenario))?;
    let tests = tests(args, &plan)?;
    let names = OutputNames {
        kind: CommandKind::Pilot,
        tables: PILOT_TABLES.into(),
        charts: report::pilot_chart_names(),
        others: vec![(WORKBOOK, args.common.xlsx)],
    };
    let mut output = files::prepare(&names, &plan, &args.common)?;
    let found = run_with_meter(args, &plan, &tests)?;
    let base = report::PilotBase { scenario: plan.scenario(), model: plan.model(), plan: &tests };
    let tables = [pilot_table(plan.model(), &tests, &found)];
    files::tables(&tables, &args.common, &mut output)?;
    let summary = report::pilot_summary(base, &found);
    let book = Book::new(&summary, &tables, &report::NativeCharts::of_pilot(base), &args.common);
    let mut broken = book.add(WORKBOOK, &mut output);
    if !args.common.no_charts {
        let charts = report::pilot_charts(base, &found, args.common.style.into());
        broken.extend(files::charts(charts, &mut output));
    }
    files::conclude(output, report::head(plan.scenario(), "pilot", kept), (&plan, &args.common), &summary, &broken)
}

fn tests(args: &PilotArgs, plan: &RunPlan) -> Result<PilotPlan, Stop> {
    let words = PilotWords {
        learn: &args.learn,
        samples: args.samples.as_deref(),
        sd: &args.sd,
        cost: args.cost.as_deref(),
        cost_per_sample: args.cost_per_sample.as_deref(),
    };
    let mut sources = plan.sources.clone();
    let found = PilotPlan::read(words, plan.scenario(), plan.model(), &mut sources);
    found.map_err(|findings| refuse(&findings, &sources))
}

fn run_with_meter(args: &PilotArgs, plan: &RunPlan, tests: &PilotPlan) -> Result<Pilot, Stop> {
    let simulation = plan.scenario().simulation();
    let trials = Design::new(simulation.sampler, simulation.trials).trials();
    let task = task(&format!("{} trials", report::grouped(trials as f64, 0)), plan);
    let meter = Meter::new(trials, "trials", task, args.common.quiet);
    let tell = |progress| meter.see(progress);
    let watch = Watch { progress: Some(&tell), stop: Some(interrupt::stop()) };
    let threads = args.common.threads.map(usize::from);
    study(plan.scenario(), plan.model(), tests, threads, watch).map_err(|failure| stopped(failure, &plan.sources))
}
