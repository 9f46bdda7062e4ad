//! `breakeven sensitivity`: what outcomes hang on.

use std::path::PathBuf;

use breakeven::diagnostic::Diagnostic;
use breakeven::engine::{Results, RunOptions, Watch};
use breakeven::files::CommandKind;
use breakeven::model::Model;
use breakeven::report;
use breakeven::sample::Design;
use breakeven::sensitivity::{Hold, Outcome, Study, StudyOptions, study};
use breakeven::tables::{STUDY_TABLES, study_tables};
use clap::Args;
use serde_json::{Map, Value};

use super::args::{CommonArgs, LoadArgs};
use super::files::{self, Book, OutputNames};
use super::plan::{RunPlan, apply, folder, place, refuse, scenario_file, stopped, task, understood};
use super::progress::Meter;
use super::values::{count, share};
use super::{Stop, interrupt, say};

#[derive(Debug, Args)]
pub struct SensitivityArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    /// Trials of each evaluation; rounded up to what the sampler takes
    #[arg(long, value_name = "N", default_value_t = 1 << 16)]
    #[arg(value_parser = count)]
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

/// The file with all tables.
const WORKBOOK: &str = "sensitivity.xlsx";

pub fn sensitivity(args: &SensitivityArgs, kept: Map<String, Value>) -> Result<(), Stop> {
    let mut scenario_file = scenario_file(&args.scenario, &args.load)?;
    let folder = folder(&args.scenario, &args.common);
    let plan = understood(&mut scenario_file, folder, |scenario| apply(&args.common, None, scenario))?;
    let options = options(args, &plan)?;
    let others = vec![(WORKBOOK, args.common.xlsx)];
    let names = OutputNames {
        kind: CommandKind::Sensitivity,
        tables: STUDY_TABLES.into(),
        charts: report::study_chart_names(),
        others,
    };
    let mut output = files::prepare(&names, &plan, &args.common)?;
    let (results, found) = studied(args, &plan, &options)?;
    let tables = study_tables(&results, &found, options.variables.as_deref());
    files::tables(&tables, &args.common, &mut output)?;
    let summary = report::study_summary(&results, &found);
    let book = Book::new(&summary, &tables, &report::NativeCharts::of_study(&results, &found), &args.common);
    let mut broken = book.add(WORKBOOK, &mut output);
    if !args.common.no_charts {
        let charts = report::study_charts(&results, &found, options.hold, args.common.style.into());
        broken.extend(files::charts(charts, &mut output));
    }
    files::finish(output, report::head(plan.scenario(), "sensitivity", kept))?;
    files::warn_of_letters(&plan, &args.common);
    if !args.common.quiet {
        say::out(&format!("{summary}\n{}", place(&plan.folder)))?;
    }
    if broken.is_empty() { Ok(()) } else { Err(Stop::Failed(broken.join("\n"))) }
}

fn studied(args: &SensitivityArgs, plan: &RunPlan, options: &StudyOptions) -> Result<(Results, Study), Stop> {
    let design = Design::new(plan.scenario().simulation().sampler, plan.scenario().simulation().trials);
    let evaluations = design.trials() + options.evaluations(plan.scenario(), plan.model());
    let task = task(&format!("{} evaluations", report::grouped(evaluations as f64, 0)), plan);
    let meter = Meter::new(evaluations, "evaluations", task, args.common.quiet);
    let tell = |progress| meter.see(progress);
    let watch = Watch { progress: Some(&tell), stop: Some(interrupt::stop()) };
    let run_options = RunOptions { threads: options.threads, watch, ..RunOptions::default() };
    let results = plan.prepared.simulate(run_options);
    let found = results.and_then(|results| Ok((results, study(plan.scenario(), plan.model(), options, watch)?)));
    found.map_err(|failure| stopped(failure, &plan.sources))
}

fn options(args: &SensitivityArgs, plan: &RunPlan) -> Result<StudyOptions, Stop> {
    let model = plan.model();
    let inputs: Vec<String> = model.program.variables.iter().map(|v| v.name.clone()).collect();
    let outcomes: Vec<String> = outcomes(model);
    let mut findings = Vec::new();
    let written = plan.scenario().written();
    let variables = chosen(&args.inputs, &inputs, &mut findings, |name| match written.iter().any(|w| w.path == name) {
        true => not_random(name),
        false => unknown("input", name, &inputs),
    });
    let wanted = chosen(&args.outcome, &outcomes, &mut findings, |name| unknown("outcome", name, &outcomes));
    if args.low >= args.high {
        findings.push(Diagnostic::general("--low must lie below --high").help("such as --low 5% --high 95%"));
    }
    if !findings.is_empty() {
        return Err(refuse(&findings, &plan.sources));
    }
    let hold = Hold { ends: [args.low, args.high], partners: args.hold_partners, at_median: args.at_median };
    Ok(StudyOptions {
        trials: args.trials,
        hold,
        variables: (!args.inputs.is_empty()).then_some(variables),
        outcomes: (!args.outcome.is_empty()).then(|| wanted.into_iter().map(|k| outcomes[k].clone()).collect()),
        shapley: args.shapley,
        threads: args.common.threads.map(usize::from),
    })
}

/// Names of all outcomes of a model.
fn outcomes(model: &Model) -> Vec<String> {
    Outcome::all(model, model.baseline).into_iter().map(|o| o.name(model)).collect()
}

/// What is written, but not as a distribution.
fn not_random(name: &str) -> Diagnostic {
    Diagnostic::general(format!("`{name}` is a number or a formula, not a distribution"))
        .help("a formula's own distributions can be named; for a number write one, or use `breakeven sweep --vary`")
}

fn unknown(what: &str, name: &str, known: &[String]) -> Diagnostic {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    Diagnostic::general(format!("the scenario has no {what} `{name}`")).one_of(name, &names)
}

/// The places of names among the known ones; each text is a name, or several with commas between them.
fn chosen(
    texts: &[String],
    known: &[String],
    findings: &mut Vec<Diagnostic>,
    wrong: impl Fn(&str) -> Diagnostic,
) -> Vec<usize> {
    let names = texts.iter().flat_map(|text| match known.contains(text) {
        true => vec![text.as_str()],
        false => text.split(',').map(str::trim).collect(),
    });
    let mut found = Vec::new();
    for name in names {
        match known.iter().position(|k| k == name) {
            Some(place) if !found.contains(&place) => found.push(place),
            Some(_) => {}
            None => findings.push(wrong(name)),
        }
    }
    found.sort_unstable();
    found
}
