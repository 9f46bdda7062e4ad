//! `run.json` is what its schema says, whatever the scenario.

use breakeven::engine::{Precision, RunOptions};
use breakeven::report::{json, run_schema};
use serde_json::{Value, json as value};

use crate::common::json_schema::conforms;
use crate::common::{run_text, scenario};

/// Random retrains, a portfolio's shares, an option that is no candidate, an input that flips the choice.
const VARIED: &str = r#"
[simulation]
horizon_months = 12
trials = 4096
trials_are = "tasks"
[workload]
requests_per_month = "1k to 1M"
input_tokens = 500
output_tokens = 100
[[option]]
name = "Prompted"
inference.input_price = 3
inference.output_price = 15
[[option]]
name = "Tuned"
inference.input_price = 1
inference.output_price = 3
training = { cost_per_run = "500 to 1k", retrains_per_year = 4, retrain_timing = "random" }
dataset = { examples = "5k to 20k", cost_per_example = 0.01 }
setup.cost = "mix(0.5: 1000, 0.5: 20000)"
[[option]]
name = "By hand"
candidate = false
hosting.cost_per_month = 2000
"#;
/// Nothing uncertain, and one option.
const PLAIN: &str = "simulation = { horizon_months = 1, trials = 256 }\n\
    workload = { requests_per_month = 1, input_tokens = 0, output_tokens = 0 }\n[[option]]\nname = 'A'\nsetup.cost = 1\n";

fn schema() -> Value {
    serde_json::from_str(run_schema()).expect("a schema")
}

#[test]
fn documents_of_runs_are_what_the_schema_says() {
    for text in [VARIED, PLAIN] {
        let document = json(&run_text(text));
        assert_eq!(conforms(&schema(), &document, "run.json"), Ok(()));
    }
    let precision = Some(Precision { wanted: 0.01, max_trials: 4096 });
    let precise = scenario(VARIED).simulate(RunOptions { precision, ..RunOptions::default() });
    let document = json(&precise.expect("finite figures"));
    assert!(document["precision"].is_object());
    assert_eq!(conforms(&schema(), &document, "run.json"), Ok(()));
}

#[test]
fn the_committed_sample_is_what_the_schema_says() {
    let text = std::fs::read_to_string("outputs/article/run.json").expect("the sample");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert!(document["files"].is_array() && document["sha256_of_the_above"].is_string());
    assert_eq!(conforms(&schema(), &document, "run.json"), Ok(()));
}

#[test]
fn another_document_is_not() {
    let document = json(&run_text(PLAIN));
    let wrong = |change: &dyn Fn(&mut Value)| {
        let mut document = document.clone();
        change(&mut document);
        conforms(&schema(), &document, "run.json").expect_err("something is wrong")
    };
    let told = wrong(&|document| document["options"][0]["total"]["value"] = value!("1"));
    assert!(told.contains("run.json.options.total.value"), "{told}");
    assert!(wrong(&|document| document["verdict"]["choices"] = value!("A")).contains("`choices` is not in the schema"));
    let told = wrong(&|document| {
        document.as_object_mut().expect("an object").remove("verdict");
    });
    assert!(told.contains("`verdict` is missing"), "{told}");
}
