//! Hints and warnings: each teaches at the place where it is needed, and nothing is said of what is right.

use crate::common::{run_with, scenario};
use breakeven::diagnostic::{Diagnostic, Severity};
use breakeven::lint::{hints, warnings};
use breakeven::model::Model;
use breakeven::scenario::{DataFiles, LoadOptions, load, read};

const PLAIN: &str = r#"
simulation.horizon_months = 12
[inputs]
lifetime_a = "gamma(mean=17, sd=5)"
lifetime_b = "gamma(mean=17, sd=5)"
[workload]
requests_per_month = "80k to 120k"
input_tokens = 1000
output_tokens = 100
[[option]]
name = "A"
inference = { input_price = 3, output_price = 15, instruction_tokens = 500 }
migration = { first_after_months = "lifetime_a", hours = 3, hourly_rate = 100 }
[[option]]
name = "B"
inference = { input_price = 1, output_price = 5 }
setup.cost = "10 to 20"
migration = { first_after_months = "lifetime_b", hours = 3, hourly_rate = 100 }
training = { cost_per_run = 10, retrains_per_year = 2 }
"#;

/// What is found in the plain scenario with one text in place of another.
fn found(from: &str, to: &str) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    assert!(PLAIN.contains(from));
    let text = PLAIN.replace(from, to);
    let reading = read("test.toml", "test", &text, &LoadOptions::default(), DataFiles::none());
    let scenario = reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings));
    let prepared = scenario.prepare();
    let (scenario, model) = (prepared.scenario(), prepared.model());
    let findings = prepared.findings().iter().cloned().chain(warnings(scenario, model)).collect();
    (hints(scenario, model), findings)
}

#[track_caller]
fn assert_hint(from: &str, to: &str, message: &str) {
    let (hints, _) = found(from, to);
    assert!(hints.iter().any(|h| h.message.contains(message)), "{hints:?}");
    assert!(hints.iter().all(|h| h.severity == Severity::Hint && !h.help.is_empty()));
    let place = hints.iter().find(|h| h.message.contains(message)).and_then(|h| h.at.clone()).expect("a place");
    assert!(place.span.end > place.span.start, "{message}: without a place");
}

#[test]
fn nothing_is_said_of_a_sound_scenario() {
    let (hints, warnings) = found("A", "A");
    assert!(hints.is_empty() && warnings.is_empty(), "{hints:?} {warnings:?}");
}

/// What looks like the number of a variable may be part of a name.
#[test]
fn an_option_may_have_a_number_in_its_name() {
    let plain = "name = \"B\"\ninference = { input_price = 1, output_price = 5 }\nsetup.cost = \"10 to 20\"";
    let numbered = plain.replace("\"B\"", "\"Plan #2\"").replace("10 to 20", "lognormal(mean=10, sd=100)");
    assert_hint(plain, &numbered, "the tail of `Plan #2.setup.cost` is so heavy");
}

#[test]
fn each_hint_comes_where_it_is_needed() {
    assert_hint("\"10 to 20\"", "\"lognormal(mean=10, sd=100)\"", "so heavy that few draws decide its mean");
    assert_hint("instruction_tokens = 500", "instruction_tokens = 5000", "longer than the rest of the input");
    assert_hint("retrains_per_year = 2", "retrains_per_year = 0.5", "no retraining falls within the horizon in 100 %");
    let cache = "instruction_tokens = 500, cache_hit_rate = 0.5, cached_price = 4";
    assert_hint("instruction_tokens = 500", cache, "cached tokens cost more than other input tokens");
    let spare = "[inputs]\nspare = \"uniform(1, 2)\"\nalias = \"lifetime_a\"";
    assert_hint("[inputs]", spare, "nothing refers to the input `spare`");
}

#[test]
fn two_of_the_same_distribution_may_be_one() {
    let text = PLAIN
        .replace("\"lifetime_a\"", "\"gamma(mean=17, sd=5)\"")
        .replace("\"lifetime_b\"", "\"gamma(mean=17, sd=5)\"");
    let scenario = scenario(&text);
    let hints = hints(&scenario, &Model::new(&scenario));
    let hint = hints.iter().find(|h| h.message.contains("drawn separately")).expect("a hint");
    assert!(hint.help[0].contains("first_after_months = \"gamma(mean=17, sd=5)\" in [inputs]"), "{hint:?}");
    assert_eq!(hint.help.len(), 1, "{hint:?}");
}

#[test]
fn options_that_are_written_alike_get_one_hint() {
    let fields = "setup = { hours = \"1 to 2\", hourly_rate = 90, cost = \"5 to 6\" }\ntraining.cost_per_run = \"2 to 3\"\n\
                  maintenance.hours_per_month = \"3 to 4\"\nhosting.cost_per_month = \"4 to 5\"\n";
    let options: String = ["A", "B"].iter().map(|name| format!("[[option]]\nname = \"{name}\"\n{fields}")).collect();
    let text = format!(
        "simulation.horizon_months = 3\nlabour.hourly_rate = 80\n[workload]\nrequests_per_month = 10\n\
         input_tokens = 1\noutput_tokens = 1\n{options}"
    );
    let scenario = scenario(&text);
    let hints = hints(&scenario, &Model::new(&scenario));
    let twice: Vec<_> = hints.iter().filter(|h| h.message.contains("drawn separately")).collect();
    assert_eq!(twice.len(), 1, "{hints:?}");
    assert!(twice[0].help[1].ends_with("and 1 more"), "{twice:?}");
    assert_eq!(twice[0].help[1].matches("`B.").count(), 3, "{twice:?}");
}

#[test]
fn skewed_values_do_not_correlate_as_their_ranks_do() {
    let pair = |sd: u32, rank: f64| {
        let inputs = format!("[inputs]\nx = \"lognormal(mean=1, sd={sd})\"\ny = \"lognormal(mean=1, sd={sd})\"");
        let used = PLAIN.replace("[inputs]", &inputs).replace("\"10 to 20\"", "\"x + y\"");
        let text = format!("{used}[[correlation]]\ninputs = [\"x\", \"y\"]\nrank = {rank}\n");
        let scenario = scenario(&text);
        let hints = hints(&scenario, &Model::new(&scenario));
        hints.into_iter().find(|hint| hint.message.contains("their values correlate by")).map(|hint| hint.message)
    };
    // With σ² = ln 2 the least linear correlation is (exp(−σ²) − 1) / (exp σ² − 1) = −1/2.
    assert!(
        pair(1, -0.95).is_some_and(|message| message.contains("rank correlation -0.95") && message.contains("-0.48"))
    );
    assert_eq!(pair(1, 0.95), None);
    assert!(pair(3, -0.5).is_some());
}

#[test]
fn a_model_that_outlives_its_kind_needs_a_migration() {
    let text = PLAIN.replace("horizon_months = 12", "horizon_months = 24");
    let text = text.replace("migration = { first_after_months = \"lifetime_b\", hours = 3, hourly_rate = 100 }", "");
    let scenario = scenario(&text);
    let hints = hints(&scenario, &Model::new(&scenario));
    assert_eq!(
        hints.iter().filter(|h| h.message.contains("hosted models last about 16 months")).count(),
        1,
        "{hints:?}"
    );
}

#[test]
fn batches_and_caches_together_are_looked_at_twice() {
    assert_hint(
        "instruction_tokens = 500 }",
        "instruction_tokens = 500, cache_hit_rate = 0.5, cached_price = 0.3, batch_share = 0.5 }",
        "both discounted",
    );
}

#[test]
fn rows_of_one_file_are_not_kept_together() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("usage.csv"), "a,b\n1,2\n3,4\n").expect("a file");
    let text = PLAIN
        .replace("\"80k to 120k\"", "\"1000 * data('usage.csv', 'a')\"")
        .replace("\"10 to 20\"", "\"data('usage.csv', 'b')\"");
    let path = folder.path().join("s.toml");
    std::fs::write(&path, text).expect("a file");
    let scenario = load(&path, &LoadOptions::default()).scenario.expect("a scenario");
    let hints = hints(&scenario, &Model::new(&scenario));
    assert!(hints.iter().any(|h| h.message.contains("its rows are not kept together")), "{hints:?}");
}

#[test]
fn discounting_is_said_where_it_is_done() {
    let said = |rate: &str| breakeven::report::summary(&run_with(PLAIN, &["simulation.trials=1024", rate]));
    assert!(said("simulation.discount_rate=0.08").contains("seed 1; costs discounted at 8 % a year\n"));
    assert!(said("simulation.discount_rate=uniform(0.05, 0.1)").contains("; costs discounted at an uncertain rate\n"));
    assert!(!said("simulation.discount_rate=0").contains("discounted"));
}

#[test]
fn launches_after_the_end_are_warned_of_in_every_run() {
    let (hints, warnings) = found("name = \"B\"", "name = \"B\"\nlaunch_month = 12");
    assert!(warnings.iter().any(|w| w.message.contains("goes live after the horizon of 12 months")), "{warnings:?}");
    assert!(hints.is_empty(), "{hints:?}");
}

#[test]
fn prices_in_another_unit_are_warned_of_in_every_run() {
    let (_, warnings) = found("input_price = 1,", "input_price = \"1/1M\",");
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].message.contains("almost free") && warnings[0].severity == Severity::Warning);
    let (_, warnings) = found("output_price = 5 }", "output_price = 5000 }");
    assert!(warnings[0].message.contains("above 1000 per million tokens"), "{warnings:?}");
    // A price that is only sometimes so low is a distribution's own affair, and 0 is free on purpose.
    let (_, warnings) = found("input_price = 1,", "input_price = \"uniform(0.001, 1)\",");
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[test]
fn a_percent_without_its_sign_is_warned_of_in_every_run() {
    let warned = |from: &str, to: &str| {
        let (_, warnings) = found(from, to);
        warnings.first().map(|warning| (warning.message.clone(), warning.help[0].clone()))
    };
    let workload = "[workload]";
    let (message, help) = warned(workload, "[workload]\ngrowth_per_month = 4").unwrap();
    assert_eq!(message, "`workload.growth_per_month` is 4 on average, which means 400 %");
    assert!(help.contains("write 4%"), "{help}");
    assert_eq!(warned(workload, "[workload]\ngrowth_per_month = 0.4"), None);
    let horizon = "simulation.horizon_months = 12";
    let (message, _) = warned(horizon, "simulation = { horizon_months = 12, discount_rate = 8 }").unwrap();
    assert!(message.contains("simulation.discount_rate"), "{message}");
    let (message, _) = warned("output_price = 5 }", "output_price = 5, price_change_per_year = 3 }").unwrap();
    assert!(message.contains("B.inference.price_change_per_year"), "{message}");
}

#[test]
fn an_option_that_costs_less_than_nothing_is_warned_of() {
    let line = "[[option.cost]]\nname = 'Refund'\namount = -5000\nper = 'month'\n";
    let scenario = scenario(&format!("{PLAIN}{line}"));
    let prepared = scenario.prepare();
    let warnings = prepared.findings();
    assert!(
        warnings.iter().any(|w| w.message.contains("`B` costs less than nothing in 100.00 % of trials")),
        "{warnings:?}"
    );
}

#[test]
fn a_horizon_that_ends_too_early_is_said_so() {
    let found = run_with(PLAIN, &["B.setup.cost=8k", "simulation.trials=1024"]);
    let text = breakeven::report::summary(&found).replace('\n', " ");
    assert!(text.contains("a longer horizon may change the choice"), "{text}");
    let text = breakeven::report::summary(&run_with(PLAIN, &["simulation.trials=1024"]));
    assert!(!text.contains("a longer horizon"), "{text}");
}
