//! What is done with a stranger's bytes, and what must be true of whatever they are.
//!
//! The fuzz targets call these functions with bytes that libFuzzer makes up, `tests/it/fuzz_corpora.rs` with those that it
//! found worth keeping.
#![allow(dead_code, reason = "each fuzz target uses a part of it")]

#[path = "outputs.rs"]
mod outputs;

use std::io::Read as _;
use std::path::Path;

use breakeven::diagnostic::{Diagnostic, Refusal, Severity, Sources, TextStyle, render};
use breakeven::dist::{Dist, Quantiles};
use breakeven::engine::{Prepared, RunError, RunOptions};
use breakeven::lint::{hints, warnings};
use breakeven::logs::{ReadOptions, Request, Requests};
use breakeven::prices::List;
use breakeven::quantity::ast::{DataCall, DataUse};
use breakeven::quantity::{Data, Law, parse};
use breakeven::report::describe_scenario;
use breakeven::scenario::{DataFiles, LoadOptions, Reading, Scenario, read};
use breakeven::workload::{EstimateOptions, LogOrigin, Tally, Volume, estimate};

/// Trials of a run: enough to reach all code, few enough for a thousand runs in a minute.
const TRIALS: u64 = 256;
/// Most bytes that a screen of findings may have.
const LONGEST: usize = 200_000;
/// Distributions above which a text is not read: each takes about a millisecond to prepare, which finds nothing. More than
/// the language nests, so that its limit is met.
const DISTRIBUTIONS: usize = 200;
/// Most `--set` options of one execution.
const SETS: usize = 4;

/// Names that the quantity under test may refer to; it stands in an amount, which takes any number.
const AMOUNT: &str = r#"
format = 1
[simulation]
horizon_months = 3
trials = 64
sampler = "latin-hypercube"
[inputs]
a = 2
b = "1 to 3"
c = "poisson(2)"
q = "QUANTITY"
[workload]
requests_per_month = "100 to 200"
input_tokens = 10
output_tokens = 10
[[option]]
name = "A"
inference.input_price = 1
inference.output_price = 2
[[option]]
name = "B"
[[option.cost]]
name = "line"
amount = "q"
per = "once"
"#;

/// The quantity under test in a field of a narrow range, and as traffic, which the volume curve varies.
const FIELDS: &str = r#"
[simulation]
horizon_months = 3
trials = 64
sampler = "monte-carlo"
[inputs]
a = 2
b = "10% to 30%"
[workload]
requests_per_month = "QUANTITY"
input_tokens = 10
output_tokens = 10
[[option]]
name = "A"
inference.input_price = 1
inference.output_price = 2
[[option]]
name = "B"
quality.failure_rate = "QUANTITY"
quality.cost_per_failure = 1
"#;

/// What overrides are applied to: names with dots, and one of everything that a path can lead to.
const BASE: &str = concat!("\n", include_str!("../errors/dotted.toml"));

/// A file of which the same column is drawn from and averaged.
const FROM_DATA: &str = r#"
[simulation]
horizon_months = 3
[inputs]
values = "data('data.csv', 'a')"
mean = "mean_of('data.csv', 'a')"
[workload]
requests_per_month = 1000
input_tokens = 10
output_tokens = 10
[[option]]
name = "A"
inference.input_price = 1
inference.output_price = 2
[[option]]
name = "B"
[[option.cost]]
name = "line"
amount = "values + mean"
per = "month"
"#;

/// What stands below the section of a log.
const OF_LOG: &str = r#"
[simulation]
horizon_months = 3
[[option]]
name = "A"
inference.input_price = 1
inference.output_price = 2
[[option]]
name = "B"
"#;

/// Any text as a quantity, alone and in the fields of a scenario.
pub fn quantity(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let parsed = parse(text);
    if let Err(error) = &parsed {
        assert!(error.at.start <= error.at.end && error.at.end <= text.len().max(40), "{error:?}");
        assert!(!error.message.is_empty() && !error.help.is_empty(), "{error:?}");
    }
    if text_of(data).is_none() {
        return;
    }
    for template in [AMOUNT, FIELDS] {
        let whole = template.replace("QUANTITY", &escaped(text));
        let reading = understood(&whole, &LoadOptions::default(), &DataFiles::none());
        assert!(reading.scenario.is_none() || parsed.is_ok(), "what cannot be read is valid: {text:?}");
        simulate(reading, Runs::Some);
    }
}

/// Any text as a scenario.
pub fn scenario(data: &[u8]) {
    if let Some(text) = text_of(data) {
        simulate(understood(text, &LoadOptions::default(), &DataFiles::none()), Runs::All);
    }
}

/// Any bytes as a data file.
pub fn data_file(data: &[u8]) {
    let folder = folder();
    std::fs::write(folder.path().join("data.csv"), data).expect("a file in one's own folder");
    let files = || DataFiles::beside(folder.path(), false);
    let mut open = files();
    let call = DataCall {
        wanted: DataUse::Values,
        file: "data.csv".to_owned(),
        column: "a".to_owned(),
        filter: None,
        by: None,
        per: None,
    };
    let first = open.column(&call);
    // The second time it comes from memory, and then from the file again.
    assert_eq!(first, open.column(&call));
    assert_eq!(first, files().column(&call));
    let blocks = FROM_DATA.replace("'a')", "'a', by='t', per='n', where='a != 7')").replace("data(", "mean_of(");
    simulate(understood(&blocks, &LoadOptions::default(), &files()), Runs::Some);
    let reading = understood(FROM_DATA, &LoadOptions::default(), &files());
    match first {
        Ok((Data::Values(values), _)) => resampled(values.to_vec(), &reading),
        Ok((mean, _)) => panic!("{mean:?}"),
        Err(error) => {
            refusal(&[error.message, error.help]);
            assert!(reading.scenario.is_none(), "a file that cannot be read is part of a valid scenario");
        }
    }
    simulate(reading, Runs::Some);
}

/// Any bytes as a log: read in two ways they come to the same section of a scenario, which is valid, or to one refusal.
pub fn log(data: &[u8]) {
    let options = ReadOptions::default();
    let estimated = |bytes: &mut (dyn std::io::Read + Send)| -> Result<String, [String; 2]> {
        let said = |e: Refusal| [e.message, e.help];
        let (mut requests, mut tally) = (Requests::new(&options), Tally::new(0, false));
        let add = &mut |request: &Request<'_>| tally.add(request);
        let read = requests.read(bytes, "log", add).map_err(said)?;
        requests.finish().map_err(said)?;
        let options = EstimateOptions { volume: Volume::Representative, ..EstimateOptions::default() };
        let found = estimate(&tally, &options).map_err(said)?;
        Ok(found.toml(&LogOrigin::of(&requests, vec![("log".to_owned(), read.digest)])))
    };
    let mut whole = data;
    let first = estimated(&mut whole);
    // A few bytes at a time, as a pipe may give them.
    let half = data.len() / 2;
    assert_eq!(first, estimated(&mut data[..half].chain(&data[half..])));
    match first {
        Ok(section) => {
            outputs::plain(&section);
            let text = format!("{section}\n{OF_LOG}");
            assert!(understood(&text, &LoadOptions::default(), &DataFiles::none()).scenario.is_some(), "{text}");
        }
        Err(said) => refusal(&said),
    }
}

/// Any bytes as a price list: every price is a number that an option may have, and the list can be written and read back.
pub fn price_list(data: &[u8]) {
    match List::read("list", data, None) {
        Ok(list) => {
            for entry in &list.entries {
                let prices = [entry.input, entry.output, entry.cache_read, entry.cache_write, entry.training];
                assert!(prices.into_iter().flatten().all(|price| price.is_finite() && price >= 0.0), "{entry:?}");
                assert!(!entry.model.is_empty(), "{entry:?}");
                let _ = list.find(&entry.model);
            }
        }
        Err(Refusal { message, help }) => refusal(&[message, help]),
    }
}

/// What is said of bytes that cannot be used: not too much, and nothing that a terminal takes for commands.
fn refusal([message, help]: &[String; 2]) {
    assert!(!message.is_empty() && !help.is_empty(), "{message}; {help}");
    assert!(message.len() + help.len() < 10_000, "{message}; {help}");
    findings(&[Diagnostic::general(message.as_str()).help(help.as_str())], &Sources::default());
}

/// Any texts as overrides, one after each NUL, which no argument of a program can hold.
pub fn set(data: &[u8]) {
    let Some(text) = text_of(data) else { return };
    let overrides: Vec<String> = text.split('\0').take(SETS).map(str::to_owned).collect();
    let options = LoadOptions { overrides, allow_data_outside: false, ..LoadOptions::default() };
    let reading = understood(BASE, &options, &DataFiles::none());
    if let Some(scenario) = &reading.scenario {
        assert_eq!(scenario.overrides(), options.overrides);
    }
    simulate(reading, Runs::Some);
}

/// The bytes as text, unless it is so full of distributions that reading it only takes long.
fn text_of(data: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(data).ok()?;
    // Brackets alone are no calls: however many there are, they are cheap.
    let calls = data.windows(2).filter(|pair| pair[0].is_ascii_alphanumeric() && pair[1] == b'(').count();
    let intervals = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| *word == "to").count();
    (calls + intervals <= DISTRIBUTIONS).then_some(text)
}

/// A folder for a data file, in memory where there is one.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a temporary folder")
}

/// A text as it stands in a basic string of TOML.
fn escaped(text: &str) -> String {
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04X}", c as u32),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}

/// Reads a scenario, and asserts what is true of every reading.
fn understood(text: &str, options: &LoadOptions, data: &DataFiles) -> Reading {
    let reading = read("test.toml", "test", text, options, data.clone());
    findings(&reading.findings, &reading.sources);
    let errors = reading.findings.iter().filter(|f| f.severity == Severity::Error).count();
    assert_eq!(reading.scenario.is_none(), errors > 0, "{:?}", reading.findings);
    // Of what is valid one in sixteen, since preparing distributions takes most of the time.
    if reading.scenario.as_ref().is_none_or(|scenario| is_among(scenario, "1")) {
        let again = read("test.toml", "test", text, options, data.clone());
        assert_eq!(reading.findings, again.findings);
        let hash = |reading: &Reading| reading.scenario.as_ref().map(|s| s.hash().to_owned());
        assert_eq!(hash(&reading), hash(&again));
    }
    reading
}

/// Every finding says where and what to do, in words that no terminal takes for commands.
fn findings(found: &[Diagnostic], sources: &Sources) {
    for finding in found {
        assert!(!finding.message.is_empty(), "{finding:?}");
        assert!(!finding.help.is_empty() || finding.severity != Severity::Error, "{finding:?}");
        for label in finding.at.iter().chain(&finding.also) {
            let text = &sources.get(label.span.source).expect("a source").text;
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            assert!(start <= end && end <= text.len(), "{finding:?}");
        }
    }
    let text = render(found, sources, TextStyle::Plain);
    outputs::plain(&text);
    assert!(text.len() < LONGEST, "findings of {} bytes", text.len());
    assert_eq!(text.is_empty(), found.is_empty());
}

/// Which scenarios are run after their pilot.
#[derive(PartialEq)]
enum Runs {
    All,
    /// One in four: where they differ in a quantity or two, a run finds little that the pilot does not.
    Some,
}

/// Whether a scenario is one of a share, by a digit of its hash, which is as good as random and the same every time.
fn is_among(scenario: &Scenario, digits: &str) -> bool {
    scenario.hash().starts_with(|digit| digits.contains(digit))
}

/// Runs a scenario as far as it goes, if it is small, and asserts what is true of every result.
fn simulate(reading: Reading, runs: Runs) {
    let Some(mut scenario) = reading.scenario.filter(is_small) else { return };
    scenario.set_trials(scenario.simulation().trials.min(TRIALS));
    let prepared = scenario.prepare();
    let (scenario, model) = (prepared.scenario(), prepared.model());
    for variable in &model.program.variables {
        if let Law::Fixed(quantiles) = &variable.law {
            drawn(quantiles);
        }
    }
    findings(prepared.findings(), &reading.sources);
    if prepared.findings().iter().any(|f| f.severity == Severity::Error) {
        return;
    }
    outputs::plain(&describe_scenario(&prepared));
    findings(&hints(scenario, model), &reading.sources);
    findings(&warnings(scenario, model), &reading.sources);
    outputs::cases(scenario, model);
    if runs == Runs::All || is_among(scenario, "048c") {
        results(&prepared, &reading.sources);
    }
}

fn results(prepared: &Prepared, sources: &Sources) {
    let with = |threads| prepared.simulate(RunOptions { threads: Some(threads), ..RunOptions::default() });
    match with(1) {
        Ok(results) => {
            outputs::all(&results);
            // Threads must not matter.
            if is_among(prepared.scenario(), "0") {
                let again = with(2).expect("what one thread can run, two can");
                outputs::same(&results, &again);
            }
        }
        Err(RunError::Scenario(finding)) => findings(&[finding], sources),
        Err(other) => panic!("{other:?}"),
    }
}

/// Whether a run takes some milliseconds.
fn is_small(scenario: &Scenario) -> bool {
    let lines: usize = scenario.options().iter().map(|option| 10 + option.lines.len()).sum();
    let months = scenario.simulation().horizon as usize;
    months * lines <= 1500 && scenario.quantities().steps() <= 500 && scenario.quantities().variables.len() <= 30
}

/// What is true of every distribution: its values rise, stay inside its support, and tables of it agree with it.
fn drawn(quantiles: &Quantiles) {
    let dist = quantiles.dist();
    let (least, most) = dist.support();
    assert!(least <= most, "{dist:?}");
    let (mean, variance) = (dist.mean(), dist.variance());
    assert!(!mean.is_nan() && variance >= 0.0, "mean {mean}, variance {variance}: {dist:?}");
    let levels = (1..32).map(|k| f64::from(k) / 32.0);
    let levels: Vec<f64> = [1e-300, 1e-12].into_iter().chain(levels).chain([1.0 - 1e-12]).collect();
    let values: Vec<f64> = levels.iter().map(|u| quantiles.quantile(*u)).collect();
    assert!(values.iter().all(|x| (least..=most).contains(x)), "{values:?} outside {least}..{most}: {dist:?}");
    rises(dist, &levels);
    let width = dist.quantile(0.75) - dist.quantile(0.25);
    for (u, x) in levels.iter().zip(&values) {
        exact(dist, *u, *x, width);
    }
}

/// The exact quantiles never fall by more than the rounding of a search. Prepared ones are as near to them as is promised,
/// which where values differ by less than that is all that can be said of their order.
fn rises(dist: &Dist, levels: &[f64]) {
    let values: Vec<f64> = levels.iter().map(|u| dist.quantile(*u)).collect();
    let falls = |pair: &[f64]| pair[0] - pair[1] > 1e-12 * pair[0].abs();
    assert!(!values.windows(2).any(falls), "{values:?} of {dist:?}");
}

/// The prepared quantile is the exact one to what is promised; of whole numbers it is the very one.
fn exact(dist: &Dist, u: f64, x: f64, width: f64) {
    let truth = dist.quantile(u);
    let near = x == truth || (x - truth).abs() <= 1e-8 * (truth.abs() + width);
    assert!(near || !width.is_finite(), "{x} at {u}, exactly {truth}: {dist:?}");
    if matches!(dist, Dist::Poisson(_) | Dist::Binomial(_)) {
        assert_eq!((x, x.fract()), (truth, 0.0), "at {u}: {dist:?}");
        assert!(dist.cdf(x) >= u * (1.0 - 1e-9) && dist.cdf_below(x) <= u * (1.0 + 1e-9), "{x} at {u}: {dist:?}");
    }
}

/// What is drawn from a column are its own values: at u the ⌈u·n⌉-th smallest.
fn resampled(mut values: Vec<f64>, reading: &Reading) {
    assert!(!values.is_empty() && values.iter().all(|x| x.is_finite()), "{values:?}");
    values.sort_by(f64::total_cmp);
    let Some(scenario) = &reading.scenario else {
        // The mean of one value has no spread that could be known.
        let overflows = values[values.len() - 1] - values[0] > 1e150 || values[values.len() - 1].abs() > 1e150;
        assert!(values.len() < 2 || overflows || values[0] < -1e150, "{:?}", reading.findings);
        return;
    };
    let variable = scenario.quantities().variables.iter().find(|v| v.name == "values").expect("the input");
    let Law::Fixed(quantiles) = &variable.law else { panic!("{variable:?}") };
    for k in 1..16_usize {
        // Sixteenths are exact, and so is what follows.
        let expected = values[(k * values.len()).div_ceil(16) - 1];
        assert_eq!(quantiles.quantile(k as f64 / 16.0), expected, "{k} sixteenths of {values:?}");
    }
}
