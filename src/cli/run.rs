//! `breakeven run`: simulate, write files, sum up.

use breakeven::engine::{Precision, Results, RunOptions, run as simulate, trials};
use breakeven::report::{self, Output};
use breakeven::sample::Design;
use breakeven::tables::{tables, trials_header, trials_row};

use super::args::RunArgs;
use super::plan::{Plan, apply, folder, place, plan, stopped, unwritten};
use super::{Stop, progress, say};

pub fn run(args: RunArgs) -> Result<(), Stop> {
    let plan = plan(&args.scenario, &args.load, |scenario| apply(&args.common, args.trials, scenario))?;
    let folder = folder(&args.scenario, &args.common);
    let mut output = Output::prepare(&folder).map_err(unwritten)?;
    let results = simulate_with_bar(&plan, &args)?;
    for table in tables(&results) {
        output.add(format!("{}.csv", table.name), report::table_bytes(&table));
    }
    if args.save_trials > 0 {
        save_trials(&plan, &results, args.save_trials, &mut output)?;
    }
    output.add("run.json", report::json_bytes(&results));
    let broken = if args.common.no_charts { Vec::new() } else { add_charts(&args, &results, &mut output) };
    let obsolete: Vec<String> = report::chart_names().into_iter().chain(["trials.csv".to_owned()]).collect();
    output.finish(&obsolete).map_err(unwritten)?;
    if let Some(missed) = report::missed_precision(&results) {
        say::warning(&format!("{missed}; --max-trials sets how many are allowed"));
    }
    conclude(&args, &results, &folder)?;
    // Numbers come first: a chart that cannot be drawn costs the exit code, not the run.
    if broken.is_empty() { Ok(()) } else { Err(Stop::Failed(broken.join("\n"))) }
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

fn save_trials(plan: &Plan, results: &Results, count: u64, output: &mut Output) -> Result<(), Stop> {
    let mut invalid = None;
    let written = output.stream("trials.csv", |file| {
        file.write_all(&report::header_bytes(&trials_header(results)))?;
        let rows = trials(&plan.scenario, &plan.model, results.design, count, |row| {
            file.write_all(&report::row_bytes(&trials_row(results, row)))
        });
        match rows {
            Ok(written) => written,
            Err(finding) => {
                invalid = Some(finding);
                Ok(())
            }
        }
    });
    written.map_err(unwritten)?;
    invalid.map_or(Ok(()), |finding| {
        say::diagnostics(&[finding], &plan.sources);
        Err(Stop::Invalid)
    })
}

/// Adds the charts, and says what is wrong with those that cannot be drawn.
fn add_charts(args: &RunArgs, results: &Results, output: &mut Output) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, chart) in report::charts(results, args.common.chart_format.into()) {
        match chart {
            Ok(bytes) => output.add(&name, bytes),
            Err(error) => broken.push(format!("cannot draw {name}: {error}")),
        }
    }
    broken
}

fn conclude(args: &RunArgs, results: &Results, folder: &std::path::Path) -> Result<(), Stop> {
    if args.json {
        return say::out(&String::from_utf8_lossy(&report::json_bytes(results)));
    }
    if args.common.quiet {
        return Ok(());
    }
    say::out(&format!("{}\n{}", report::summary(results), place(folder)))
}
