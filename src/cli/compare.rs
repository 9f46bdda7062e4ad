//! `breakeven compare`: scenarios side by side, or variations of one.

use std::path::{Path, PathBuf};

use breakeven::compare::{Compared, NotComparable, Variation, align, not_comparable};
use breakeven::diagnostic::{Diagnostic, Sources};
use breakeven::engine::{Progress, RunOptions, Watch};
use breakeven::files::CommandKind;
use breakeven::report;
use breakeven::scenario::Scenario;
use breakeven::tables::{COMPARE_TABLES, compare_table};
use clap::Args;
use serde_json::{Map, Value};

use super::args::{CommonArgs, LoadArgs};
use super::files::{self, Book, OutputNames};
use super::plan::{RunPlan, Seen, apply, folder, ready, refuse, scenario, scenario_file, stopped, task};
use super::progress::Meter;
use super::values::count;
use super::{Stop, interrupt};

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

/// The file with all tables.
const WORKBOOK: &str = "compare.xlsx";

pub fn compare(args: &CompareArgs, kept: Map<String, Value>) -> Result<(), Stop> {
    let names_and_plans = plans(args)?;
    let Some((_, first)) = names_and_plans.first() else { return Ok(()) };
    let names = OutputNames {
        kind: CommandKind::Compare,
        tables: COMPARE_TABLES.into(),
        charts: report::compare_chart_names(),
        others: vec![(WORKBOOK, args.common.xlsx)],
    };
    let mut output = files::prepare(&names, first, &args.common)?;
    let compared = simulate_with_meter(&names_and_plans, args)?;
    let tables = [compare_table(&compared)];
    files::tables(&tables, &args.common, &mut output)?;
    let summary = report::compare_summary(&compared);
    let base = report::SweepBase { scenario: first.scenario(), model: first.model() };
    let charts = report::NativeCharts::none(base);
    let mut broken = Book::new(&summary, &tables, &charts, &args.common).add(WORKBOOK, &mut output);
    if !args.common.no_charts {
        broken.extend(files::charts(report::compare_charts(&compared, args.common.style.into()), &mut output));
    }
    let mut head = report::head(first.scenario(), "compare", kept);
    head.insert("scenarios".to_owned(), report::compare_json(&compared));
    files::conclude(output, head, (first, &args.common), &summary, &broken)
}

/// A file, and what is written over it.
struct Named {
    name: String,
    file: PathBuf,
    load: LoadArgs,
}

/// What is compared: files, or one file and its variations.
fn named(args: &CompareArgs) -> Result<Vec<Named>, Stop> {
    let mut sources = Sources::default();
    let refused = |finding: Diagnostic, help: &str| refuse(&[finding.help(help)], &Sources::default());
    match (&args.scenarios[..], &args.with[..]) {
        ([_], []) => {
            let finding = Diagnostic::general("there is nothing to compare the scenario with");
            return Err(refused(finding, "name another one, or vary it: --with 'NAME: PATH=QUANTITY'"));
        }
        ([_, _, ..], [_, ..]) => {
            let finding = Diagnostic::general("variations are those of one scenario");
            return Err(refused(finding, "name one scenario with --with, or several without it"));
        }
        _ => {}
    }
    let mut all: Vec<Named> = args.scenarios.iter().map(|file| of_file(file, args)).collect();
    for text in &args.with {
        let variation = Variation::parse(text, &mut sources).map_err(|finding| refuse(&[finding], &sources))?;
        let set = args.load.set.iter().chain(&variation.changes).cloned().collect();
        let load = LoadArgs { set, ..args.load.clone() };
        all.push(Named { name: variation.name, file: args.scenarios[0].clone(), load });
    }
    tell_apart(&mut all);
    Ok(all)
}

fn of_file(file: &Path, args: &CompareArgs) -> Named {
    let name = file.file_stem().map_or_else(|| "scenario".to_owned(), |stem| stem.to_string_lossy().into_owned());
    Named { name, file: file.to_owned(), load: args.load.clone() }
}

/// Numbers those of one name.
fn tell_apart(all: &mut [Named]) {
    for k in 1..all.len() {
        let (before, own) = (&all[..k], &all[k].name);
        let taken = |name: &str| before.iter().any(|known| known.name == name);
        if taken(own) {
            let name = (2..).map(|n| format!("{own} ({n})")).find(|name| !taken(name));
            all[k].name = name.unwrap_or_default();
        }
    }
}

/// All scenarios, made to draw the same, with their names.
fn plans(args: &CompareArgs) -> Result<Vec<(String, RunPlan)>, Stop> {
    let all = named(args)?;
    let folder = folder(&args.scenarios[0], &args.common);
    let mut read: Vec<(Scenario, Seen)> = Vec::new();
    for Named { file, load, .. } in &all {
        read.push(scenario(&mut scenario_file(file, load)?)?);
    }
    let (mut scenarios, mut seen): (Vec<Scenario>, Vec<Seen>) = read.into_iter().unzip();
    scenarios.iter_mut().for_each(|scenario| apply(&args.common, args.trials, scenario));
    if let Some(why) = not_comparable(&scenarios) {
        return Err(refuse(&[refusal(why, &all)], &Sources::default()));
    }
    align(&mut scenarios);
    // Of the first folder all files are the inputs: none of them may be written over.
    let inputs = seen.iter().flat_map(|seen| seen.inputs.clone()).collect();
    seen[0].inputs = inputs;
    let pairs = std::iter::zip(scenarios, seen).zip(all);
    pairs.map(|((scenario, seen), named)| Ok((named.name, ready(scenario, seen, folder.clone())?))).collect()
}

fn refusal(why: NotComparable, all: &[Named]) -> Diagnostic {
    let said = |what: &str, k: usize, values: [String; 2]| {
        let [first, other] = values;
        let message = format!("`{}` has {what} {other}, `{}` {first}", all[k].name, all[0].name);
        Diagnostic::general(message)
    };
    match why {
        NotComparable::Horizons(k, months) => said("a horizon of", k, months.map(|months| format!("{months} months")))
            .help("compare over the same months: --set simulation.horizon_months=24"),
        NotComparable::Currencies(k, money) => {
            said("the currency", k, money).help("nothing is converted: write all of them in one currency")
        }
    }
}

fn simulate_with_meter(plans: &[(String, RunPlan)], args: &CompareArgs) -> Result<Vec<Compared>, Stop> {
    let Some((_, first)) = plans.first() else { return Ok(Vec::new()) };
    let trials = first.scenario().simulation().trials;
    let what = format!("{} scenarios, {} trials each,", plans.len(), report::grouped(trials as f64, 0));
    let meter = Meter::new(trials * plans.len() as u64, "trials", task(&what, first), args.common.quiet);
    let tell = |progress: Progress| meter.see(progress);
    let run = |(name, plan): &(String, RunPlan)| {
        let watch = Watch { progress: Some(&tell), stop: Some(interrupt::stop()) };
        let options = RunOptions { threads: args.common.threads.map(usize::from), precision: None, watch };
        let results = plan.prepared.simulate(options).map_err(|failure| stopped(failure, &plan.sources))?;
        Ok(Compared { name: name.clone(), results })
    };
    plans.iter().map(run).collect()
}
