//! From arguments to the points of a sweep.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use breakeven::diagnostic::{Diagnostic, Sources, clean, system_words};
use breakeven::scenario::{Scenario, ScenarioFile};
use breakeven::sweep::{LARGEST_LIST, PointList, Points, SweepAxis};
use clap::Args;

use super::args::{CommonArgs, LoadArgs};
use super::logs::wrong;
use super::plan::{RunPlan, apply, folder, refuse, scenario_file, understood};
use super::values::count;
use super::{Stop, say};

/// The points of a sweep.
#[derive(Debug, Args)]
pub struct PointsArgs {
    /// What to vary, once or twice: PATH=LOW..HIGH[:log][:STEPS] or PATH=VALUE,VALUE,…
    #[arg(long, value_name = "WHAT", required_unless_present = "points", conflicts_with = "points")]
    pub vary: Vec<String>,
    /// A CSV file with a row for each point, or - for standard input: the header names fields as --set does, and in the column
    /// `name` rows are labelled
    #[arg(long, value_name = "FILE")]
    pub points: Option<PathBuf>,
    /// Leave out rows of --points that are wrong, and count them
    #[arg(long, requires = "points")]
    pub skip_bad: bool,
    /// Trials of each point; rounded up to what the sampler takes
    #[arg(long, value_name = "N", default_value_t = 1 << 16)]
    #[arg(value_parser = count)]
    pub trials: u64,
}

/// Most points of a grid.
const MOST: usize = 100_000;

/// A sweep that is ready to run.
pub struct SweepPlan<'a> {
    pub args: &'a PointsArgs,
    pub common: &'a CommonArgs,
    pub scenario_file: ScenarioFile,
    pub plan: RunPlan,
    pub points: Points,
    /// Trials of each point, unless they are what is varied.
    pub trials: Option<u64>,
}

impl<'a> SweepPlan<'a> {
    /// From a scenario and what was typed.
    pub fn new(
        scenario: &Path,
        args: &'a PointsArgs,
        common: &'a CommonArgs,
        load: &LoadArgs,
    ) -> Result<SweepPlan<'a>, Stop> {
        let axes = axes(args)?;
        let text = args.points.as_deref().map(read).transpose()?;
        let mut scenario_file = scenario_file(scenario, load)?;
        let is_varied = axes.iter().any(|axis| axis.path == "simulation.trials");
        let trials = (!is_varied).then_some(args.trials);
        let change = |scenario: &mut Scenario| apply(common, trials, scenario);
        let mut plan = understood(&mut scenario_file, folder(scenario, common), change)?;
        let points = match (text, &args.points) {
            (Some(text), Some(path)) => {
                plan.inputs.extend((path.as_os_str() != "-").then(|| path.clone()));
                Points::List(list(text, path, &scenario_file, args.skip_bad)?)
            }
            _ => Points::Grid(axes),
        };
        Ok(SweepPlan { args, common, scenario_file, plan, points, trials })
    }
}

fn axes(args: &PointsArgs) -> Result<Vec<SweepAxis>, Stop> {
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

/// The text of a list.
fn read(path: &Path) -> Result<String, Stop> {
    let fail =
        |why: String| wrong(format!("{}: {why}", clean(&path.display().to_string())), "lists of points are CSV files");
    let mut source: Box<dyn Read> = match path.as_os_str() == "-" {
        true => Box::new(std::io::stdin()),
        false if path.is_dir() => return Err(fail("it is a folder".to_owned())),
        false => Box::new(File::open(path).map_err(|error| fail(system_words(&error)))?),
    };
    let mut bytes = Vec::new();
    source.by_ref().take(LARGEST_LIST + 1).read_to_end(&mut bytes).map_err(|error| fail(system_words(&error)))?;
    if bytes.len() as u64 > LARGEST_LIST {
        return Err(fail("it has more than 256 MiB".to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| fail("it is not UTF-8 text".to_owned()))
}

fn list(text: String, path: &Path, scenario_file: &ScenarioFile, skip_bad: bool) -> Result<PointList, Stop> {
    let name = if path.as_os_str() == "-" { "standard input".into() } else { path.display().to_string() };
    let mut sources = Sources::default();
    let list = PointList::read(&name, text, scenario_file, &mut sources);
    let list = list.map_err(|findings| refuse(&findings, &sources))?;
    let (findings, all) = list.bad_rows();
    if all > 0 && !skip_bad {
        say::diagnostics(findings, &sources);
        return Err(wrong(
            format!("{all} of {} rows are wrong", list.count()),
            "mend them, or leave them out with --skip-bad",
        ));
    }
    say::as_warnings(findings, &sources);
    Ok(list)
}
