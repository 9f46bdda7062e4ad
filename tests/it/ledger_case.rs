//! One concrete case, line by line: the same as the simulation has it, to the cent.

use crate::common::{rows, scenario};
use assert_cmd::Command;
use breakeven::engine::{Case, CaseKind};
use breakeven::model::Model;
use breakeven::scenario::{LoadOptions, Scenario, load};
use breakeven::tables::amounts;

/// Every line that there is, in an option that is late, retires, and escalates.
const EVERYTHING: &str = r#"
[simulation]
horizon_months = 30
discount_rate = 0.07
[labour]
hourly_rate = "80 to 150"
[workload]
requests_per_month = "100k to 300k"
growth_per_month = "normal(0.01, 0.005)"
input_tokens = 900
output_tokens = "100 to 200"
[[option]]
name = "Prompted"
inference = { input_price = 3, output_price = 15, instruction_tokens = 2000, cache_hit_rate = "20% to 80%", cached_price = 0.3, cache_write_price = 3.75, batch_share = 0.3, retry_rate = 0.02, price_change_per_year = -0.3 }
[[option]]
name = "Tuned"
launch_month = "uniform(1, 4)"
retire_month = 26
success_probability = 0.7
setup = { hours = "20 to 50", cost = 300 }
dataset = { hours = 30, examples = "1k to 5k", cost_per_example = 0.2 }
training = { cost_per_run = 50, tokens_per_example = 1200, training_price = 0.5, initial_runs = 3, retrains_per_year = "2 to 5", hours_per_retrain = 12, examples_per_retrain = 400, retrain_timing = "random" }
inference = { input_price = 0.8, output_price = 3.2, extra_input_tokens = 200, token_multiplier = 1.1, price_change_per_year = 0.1 }
migration = { first_after_months = 9, every_months = "6 to 9", hours = 20, cost = 100, training_runs = 2, price_factor = 0.8 }
hosting = { cost_per_month = 40, cost_per_hour = 1.5, units = 2, gpu_hourly_rate = 2.5, gpu_requests_per_second = 0.1, gpus_per_step = 2 }
maintenance.hours_per_month = "2 to 6"
quality = { failure_rate = 0.02, cost_per_failure = "0.1 to 0.4", escalation_rate = 0.05 }
[[option.cost]]
name = "Vectors"
amount = "70 to 120"
per = "month"
[[option.cost]]
name = "Guard"
amount = 0.1
per = "million_input_tokens"
[[option.cost]]
name = "Log"
amount = -0.2
per = "million_output_tokens"
[[option.cost]]
name = "Audit"
amount = 900
per = "once"
[[option.cost]]
name = "Review"
amount = 30
per = "retrain"
kind = "people"
"#;

fn configs() -> Vec<Scenario> {
    let file = |name: &str| {
        let reading = load(format!("configs/{name}.toml").as_ref(), &LoadOptions::default());
        reading.scenario.expect("the scenario")
    };
    let mut all = vec![scenario(EVERYTHING)];
    all.extend(["article", "small-model", "self-hosted", "drift", "portfolio"].map(file));
    all
}

#[test]
fn factors_multiply_to_the_cost_of_every_line_and_month() {
    for scenario in configs() {
        let model = Model::new(&scenario);
        for at in [CaseKind::Mean, CaseKind::Median, CaseKind::Trial(1), CaseKind::Trial(4321)] {
            let case = Case::new(&scenario, &model, at).expect("a case");
            for (option, lines) in case.lines.iter().enumerate() {
                let mut sum = 0.0;
                for (line, entries) in model.options[option].lines.iter().zip(lines) {
                    for (month, entry) in entries.iter().enumerate().filter(|(_, e)| e.cost != 0.0) {
                        let product: f64 =
                            amounts(&case, line, (month, *entry)).into_iter().map(|a| a.multiplier()).product();
                        let what =
                            format!("{at:?} {} {} month {month}", model.options[option].name, line.name.as_str());
                        let off = (product - entry.cost).abs() / entry.cost.abs();
                        assert!(off < 1e-9, "{what}: {product} against {}", entry.cost);
                    }
                    sum += entries.iter().map(|e| e.discounted).sum::<f64>();
                }
                sum += case.absent[option].iter().flatten().map(|e| e.discounted).sum::<f64>();
                assert!((sum - case.total(option)).abs() < 0.005, "{at:?}: {sum} against {}", case.total(option));
            }
        }
    }
}

#[test]
fn a_trial_is_that_of_the_run_to_the_cent() {
    for mut scenario in configs() {
        scenario.set_trials(1 << 15);
        let model = Model::new(&scenario);
        let rows = rows(&scenario, 5000);
        for number in [1, 2, 1024, 1025, 2049, 4999] {
            let case = Case::new(&scenario, &model, CaseKind::Trial(number)).expect("a case");
            let row = &rows[number as usize - 1];
            assert_eq!((row.trial, &row.inputs), (number, &case.inputs));
            let totals: Vec<f64> = (0..row.totals.len()).map(|i| case.total(i)).collect();
            for (of_run, of_case) in row.totals.iter().zip(&totals) {
                assert!((of_run - of_case).abs() < 0.005, "trial {number}: {of_run} against {of_case}");
            }
        }
        assert!(Case::new(&scenario, &model, CaseKind::Trial(0)).is_err());
        assert!(Case::new(&scenario, &model, CaseKind::Trial((1 << 15) + 1)).is_err());
    }
}

#[test]
fn means_and_medians_are_those_of_the_inputs() {
    let text = "simulation.horizon_months = 12\n[inputs]\na = 'lognormal(mean=100, sd=50)'\n\
                [workload]\nrequests_per_month = 1\ninput_tokens = 0\noutput_tokens = 0\n\
                [[option]]\nname = 'A'\nsetup.cost = 'a'\ntraining = { cost_per_run = 10, initial_runs = 0, \
                retrains_per_year = 6, retrain_timing = 'random' }";
    let scenario = scenario(text);
    let model = Model::new(&scenario);
    let total = |at| Case::new(&scenario, &model, at).expect("a case").total(0);
    // Six retrains of 10 are expected in a year.
    assert!((total(CaseKind::Mean) - 160.0).abs() < 1e-6);
    let median = 100.0 / (1.25f64).sqrt();
    assert!((total(CaseKind::Median) - 60.0 - median).abs() < 1e-6);
}

#[test]
fn the_arithmetic_of_a_median_tips_no_ceiling() {
    // The medians are round numbers, of which interpolated quantiles miss some by their last digits.
    for k in 1..50 {
        let (median, low, high) = (k * 60_000, k * 30_000, k * 120_000);
        let text = format!(
            "simulation.horizon_months = 12\n[workload]\nrequests_per_month = 'lognormal(p10={low}, p90={high})'\n\
             input_tokens = 0\noutput_tokens = 0\n\
             [[option]]\nname = 'A'\nsetup.cost = 'ceil(workload.requests_per_month / {median})'"
        );
        let scenario = scenario(&text);
        let case = Case::new(&scenario, &Model::new(&scenario), CaseKind::Median).expect("a case");
        assert_eq!(case.total(0), 1.0, "{median}");
    }
}

#[test]
fn the_terminal_shows_the_numbers_substituted() {
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_breakeven"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).assert()
    };
    let said = |output: &[u8]| String::from_utf8(output.to_vec()).expect("text");
    for file in ["article", "small-model", "self-hosted", "drift", "portfolio"] {
        let path = format!("configs/{file}.toml");
        let text = said(&run(&["ledger", &path, "--at", "mean"]).success().get_output().stdout);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.contains("The mean of the inputs does not give the mean of the costs"), "{text}");
    }
    // 100,000 requests of 1,000 tokens at $3 and 100 at $15 per million, the article's own numbers.
    let text = said(
        &run(&["ledger", "configs/article.toml", "--at", "mean", "--option", "Prompting", "--month", "3"])
            .success()
            .get_output()
            .stdout,
    );
    assert!(text.contains("100,000 requests x 1,000 tokens x $3.00/M") && text.contains("$300.00"), "{text}");
    assert!(text.contains("$450.00"), "{text}");
    for (arguments, said_) in [
        (["--option", "Promting"], "did you mean `Prompting`?"),
        (["--month", "25"], "the scenario has no month 25"),
        (["--at", "trial=999999999"], "trials are numbered from 1 to 262144"),
        (["--at", "mode"], "mean, median, or trial=N"),
    ] {
        let text =
            said(&run(&[&["ledger", "configs/article.toml"][..], &arguments[..]].concat()).code(2).get_output().stderr);
        assert!(text.contains(said_), "{text}");
    }
}
