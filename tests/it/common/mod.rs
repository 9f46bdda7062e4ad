//! What the tests of whole scenarios share: reading a text, running it, finding figures, and limits for chance.

pub mod json_schema;
pub mod program;

use breakeven::dist::Quantiles;
use breakeven::engine::{Results, RunOptions, TrialRow, Watch, trials};
use breakeven::math::{Level, beta, normal};
use breakeven::model::Model;
use breakeven::quantity::{Builder, Law, Variable};
use breakeven::sample::{Design, Sampler};
use breakeven::scenario::{DataFiles, LoadOptions, Scenario, read};
use breakeven::stats::Estimate;

pub const SAMPLERS: [Sampler; 3] = [Sampler::Sobol, Sampler::LatinHypercube, Sampler::MonteCarlo];

/// Two-sided standard normal limit of one false alarm in a million; for about 200 degrees of freedom and more, and for
/// plain Monte Carlo, it is Student's too.
pub const NORMAL: f64 = 4.9;
/// The same for Student's t with 15 degrees of freedom: the errors of 16 randomisations.
pub const STUDENT: f64 = 7.9;

/// A scenario from its text.
pub fn scenario(text: &str) -> Scenario {
    scenario_with(text, &[])
}

/// A scenario from its text and `PATH=QUANTITY` overrides.
pub fn scenario_with(text: &str, overrides: &[&str]) -> Scenario {
    let overrides = overrides.iter().map(|o| (*o).to_owned()).collect();
    let options = LoadOptions { overrides, allow_data_outside: false, ..LoadOptions::default() };
    let reading = read("test.toml", "test", text, &options, DataFiles::none());
    let findings: Vec<_> = reading.findings.iter().map(|f| f.message.clone()).collect();
    reading.scenario.unwrap_or_else(|| panic!("{findings:?}\n{text}"))
}

/// A scenario run on some threads.
pub fn results(scenario: &Scenario, threads: usize) -> Results {
    let prepared = scenario.clone().prepare();
    // Test cases may have costs below zero, or prices and rates that nobody asks for.
    let unusual = |message: &str| {
        ["less than nothing", "per million tokens", "on average, which means", "goes live after"]
            .iter()
            .any(|part| message.contains(part))
    };
    let findings: Vec<_> = prepared.findings().iter().map(|f| &f.message).filter(|m| !unusual(m)).collect();
    assert!(findings.is_empty(), "{findings:?}");
    match prepared.simulate(RunOptions { threads: Some(threads), ..RunOptions::default() }) {
        Ok(results) => results,
        Err(failure) => panic!("{failure:?}"),
    }
}

/// A text run on one thread; tests run in parallel already.
pub fn run_text(text: &str) -> Results {
    results(&scenario(text), 1)
}

/// The same with overrides.
pub fn run_with(text: &str, overrides: &[&str]) -> Results {
    results(&scenario_with(text, overrides), 1)
}

/// Another sampler, trials and seed for the same scenario.
pub fn simulated(scenario: &Scenario, sampler: Sampler, trials: u64, seed: u64) -> Scenario {
    let mut other = scenario.clone();
    other.set_sampler(sampler);
    other.set_trials(trials);
    other.set_seed(seed);
    other
}

/// The number of an option.
pub fn option(results: &Results, name: &str) -> usize {
    results.model.options.iter().position(|o| o.name == name).unwrap_or_else(|| panic!("no option {name}"))
}

/// A figure that must exist.
pub fn value(estimate: Option<Estimate>) -> f64 {
    estimate.expect("a figure").value
}

/// A figure and its standard error, which must both exist.
pub fn estimate(estimate: Option<Estimate>) -> (f64, f64) {
    let estimate = estimate.expect("a figure");
    (estimate.value, estimate.std_error.expect("a standard error"))
}

/// Fails unless an estimate is within so many of its standard errors of the truth.
pub fn agrees(what: &str, found: Option<Estimate>, truth: f64, limit: f64) {
    let (value, error) = estimate(found);
    let z = (value - truth) / error;
    assert!(z.abs() <= limit, "{what}: {value} ± {error} against {truth}, {z:.2} standard errors");
}

/// The rows of a scenario's trials.
pub fn rows(scenario: &Scenario, count: u64) -> Vec<TrialRow> {
    let model = Model::new(scenario);
    let mut rows = Vec::new();
    let done = trials::<()>(scenario, &model, design(scenario), count, Watch::default(), |row| {
        rows.push(row.clone());
        Ok(())
    });
    done.expect("finite values").expect("rows are only collected");
    rows
}

/// The draws of a variable in rows of a scenario's trials.
pub fn draws(scenario: &Scenario, rows: &[TrialRow], variable: &str) -> Vec<f64> {
    let model = Model::new(scenario);
    let v = model.program.variables.iter().position(|v| v.name == variable);
    let v = v.unwrap_or_else(|| panic!("no variable {variable}"));
    rows.iter().map(|r| r.inputs[v]).collect()
}

/// Variables of some names with dimensions from 0 on, for a cube.
pub fn variables(names: &[&str]) -> Vec<Variable> {
    let mut builder = Builder::default();
    for (dimension, name) in names.iter().enumerate() {
        let number = builder.draw(Law::Choice(vec![1.0]), String::new());
        (builder.variables[number].name, builder.variables[number].dimension) = ((*name).to_owned(), dimension);
    }
    builder.variables
}

/// The distribution of a variable whose parameters are constant.
pub fn law<'a>(model: &'a Model, variable: &str) -> &'a Quantiles {
    match &model.program.variables.iter().find(|v| v.name == variable).expect("the variable").law {
        Law::Fixed(quantiles) => quantiles,
        other => panic!("{variable} is {other:?}"),
    }
}

/// The design of a scenario.
pub fn design(scenario: &Scenario) -> Design {
    Design::new(scenario.simulation().sampler, scenario.simulation().trials)
}

/// P(Z ≤ x) for a standard normal Z.
pub fn phi(x: f64) -> f64 {
    normal::cdf(x)
}

/// Mean and standard deviation (n − 1).
pub fn mean_sd(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    (mean, (squares / (n - 1.0)).sqrt())
}

/// The limits that χ² of many degrees of freedom leaves with probability 5e-7 on either side, by Wilson and Hilferty's
/// cube root: within 0.5 % of the exact ones from 50 degrees on.
pub fn chi_square_limits(freedom: f64) -> (f64, f64) {
    let cube = |z: f64| freedom * (1.0 - 2.0 / (9.0 * freedom) + z * (2.0 / (9.0 * freedom)).sqrt()).powi(3);
    (cube(-NORMAL), cube(NORMAL))
}

/// The standard normal score of a value of Student's t: independent t's become independent normals.
pub fn normal_score(t: f64, freedom: f64) -> f64 {
    if freedom.is_infinite() {
        return t;
    }
    // P(|T| > t) = I_x(ν/2, ½), x = ν/(ν + t²)
    let x = freedom / (freedom + t * t);
    let outside = beta::level(freedom / 2.0, 0.5, beta::Fraction::new(x)).below;
    normal::quantile_at(Level::from_above(outside / 2.0)).copysign(t)
}

/// χ² of pairs of coordinates over k × k equal cells of the unit square, against the same number in each.
pub fn square_chi_square(pairs: impl Iterator<Item = (f64, f64)>, k: usize) -> f64 {
    let mut cells = vec![0.0; k * k];
    let place = |u: f64| ((u * k as f64) as usize).min(k - 1);
    let mut n = 0.0;
    for (u, v) in pairs {
        cells[place(u) * k + place(v)] += 1.0;
        n += 1.0;
    }
    let expected = n / (k * k) as f64;
    cells.iter().map(|c| (c - expected) * (c - expected) / expected).sum()
}

/// The files of the library and the program, with their texts.
pub fn sources() -> Vec<(std::path::PathBuf, String)> {
    fn walk(folder: &std::path::Path, found: &mut Vec<(std::path::PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 50, "the sources were not found");
    found
}
