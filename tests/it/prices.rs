//! Prices by name: lists as they are published, the look-up of names, and what scenarios leave to them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use breakeven::prices::{List, built_in};
use breakeven::report::{Dialect, table_bytes};
use breakeven::scenario::{DataFiles, LoadOptions, Reading, Scenario, load, read};
use breakeven::tables::tables;
use tempfile::TempDir;

use crate::common::results;

/// A map of models as LiteLLM publishes it: dollars per token, oddities and all.
const LITELLM: &str = r#"{
  "sample_spec": { "mode": "one of: chat", "input_cost_per_token": 0.0, "litellm_provider": "one of" },
  "big": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 1.5e-07, "output_cost_per_token": 6e-07,
           "cache_read_input_token_cost": 7.5e-08, "input_cost_per_token_batches": 6e-08, "output_cost_per_token_batches": 3e-07,
           "input_cost_per_token_above_200k_tokens": 3e-07, "output_cost_per_token_above_200k_tokens": 9e-07,
           "max_input_tokens": 1000000, "deprecation_date": "2027-06-01" },
  "acme/small": { "litellm_provider": "acme", "mode": "responses", "input_cost_per_token": 0.0, "output_cost_per_token": 1e-07 },
  "other/small": { "litellm_provider": "other", "mode": "chat", "input_cost_per_token": 2e-07, "output_cost_per_token": 1e-07 },
  "half": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 2e-07 },
  "eyes": { "litellm_provider": "acme", "mode": "embedding", "input_cost_per_token": 1e-08 }
}"#;

/// Providers as genai-prices publishes them: rules, tiers, dated prices, batches.
const GENAI: &str = r#"[{ "id": "acme", "name": "Acme", "models": [
  { "id": "big-1", "match": { "or": [{ "starts_with": "big-1" }, { "and": [{ "contains": "large" }, { "regex": "v[0-9]+$" }] }] },
    "context_window": 200000,
    "prices": [
      { "prices": { "input_mtok": { "base": 3, "tiers": [{ "start": 200000, "price": 6 }] }, "output_mtok": 15 } },
      { "constraint": { "start_date": "2026-03-01" }, "prices": { "input_mtok": 2, "output_mtok": 10, "cache_read_mtok": 0.2 },
        "price_variants": [{ "when": { "processing": "batch" }, "prices": { "input_mtok": 1, "output_mtok": 5, "cache_read_mtok": 0.2 } }] },
      { "constraint": { "start_time": "00:30:00Z", "end_time": "16:30:00Z" }, "prices": { "input_mtok": 9, "output_mtok": 9 } }
    ] }
] }]"#;

const OURS: &str = "provider,model,input_per_mtok,output_per_mtok,aliases,training_per_mtok,as_of\n\
    acme,big,0.5,2,the-big-one;grand,,2026-10-01\nacme,ft:big,0.75,3,,25,2026-10-01\n";

fn list(text: &str, date: Option<&str>) -> List {
    List::read("a list", text.as_bytes(), date.map(|day| day.parse().expect("a day"))).expect("a price list")
}

#[test]
fn lists_are_known_by_what_is_in_them() {
    let models = |text: &str| list(text, None).entries.iter().map(|e| e.model.clone()).collect::<Vec<_>>();
    assert_eq!(models(LITELLM), ["big", "acme/small", "other/small", "half"]);
    assert_eq!(models(GENAI), ["big-1"]);
    assert_eq!(models(OURS), ["big", "ft:big"]);
    for other in [
        "",
        "a,b\n1,2\n",
        "{\"a\": 1}",
        "[1, 2]",
        "{",
        "{\"a\": {}}",
        "provider,model,input_per_mtok,output_per_mtok\na,b,-1,2\n",
    ] {
        let error = List::read("other", other.as_bytes(), None).expect_err(other);
        assert!(error.help.contains("LiteLLM") && error.help.contains("genai-prices"), "{error}");
    }
}

#[test]
fn dollars_per_token_are_read_to_the_last_digit_and_missing_is_not_zero() {
    let list = list(LITELLM, None);
    let big = list.find("BIG").unwrap().expect("an entry");
    let prices = [big.input, big.output, big.cache_read, big.batch_input, big.batch_output];
    assert_eq!(prices, [0.15, 0.6, 0.075, 0.06, 0.3].map(Some));
    let long = big.long.expect("prices of long requests");
    assert_eq!((long.above, long.input, long.output), (200_000.0, Some(0.3), Some(0.9)));
    assert_eq!(big.retires.map(|day| day.to_string()).as_deref(), Some("2027-06-01"));
    assert_eq!(list.find("half").unwrap().map(|half| (half.input, half.output)), Some((Some(0.2), None)));
    assert_eq!(list.find("acme/small").unwrap().map(|small| small.input), Some(Some(0.0)));
}

#[test]
fn names_are_looked_up_step_by_step() {
    let found = list(LITELLM, None);
    let model = |name: &str| found.find(name).unwrap().map(|entry| entry.model.as_str());
    assert_eq!(
        [model("big"), model("acme/big"), model("azure/big"), model("none")],
        [Some("big"), Some("big"), Some("big"), None]
    );
    // Both are named so at the end, with other prices.
    let ambiguous = found.find("small").expect_err("two models");
    assert_eq!(
        (ambiguous.entries, ambiguous.count),
        (vec!["acme/small 0 0.1".to_owned(), "other/small 0.2 0.1".to_owned()], 2)
    );
    let ours = list(OURS, None);
    assert_eq!(ours.find("Grand").unwrap().map(|entry| entry.model.as_str()), Some("big"));
    assert_eq!(ours.find("nothing/the-big-one").unwrap(), None);
}

#[test]
fn dated_prices_are_those_of_the_day_and_rules_name_models() {
    let prices = |date: Option<&str>| {
        let list = list(GENAI, date);
        let entry = list.find("acme-Large-V12").unwrap().expect("the rule holds").clone();
        (entry.input, entry.output, entry.batch_input, entry.long.map(|long| long.above))
    };
    let (old, new) = ((Some(3.0), Some(15.0), None, Some(200_000.0)), (Some(2.0), Some(10.0), Some(1.0), None));
    assert_eq!([prices(None), prices(Some("2026-03-01")), prices(Some("2026-02-28"))], [new, new, old]);
    assert_eq!(list(GENAI, None).find("large-v12b").unwrap(), None);
}

#[test]
fn the_list_that_comes_with_the_program_is_dated_and_sourced() {
    let entries = &built_in().entries;
    assert!(entries.len() >= 100, "{}", entries.len());
    for entry in entries {
        let name = entry.name();
        assert!(!entry.provider.is_empty() && entry.as_of.is_some() && !entry.source.is_empty(), "{name}");
        assert!(entry.input.is_some_and(|x| x > 0.0) && entry.output.is_some_and(|x| x > 0.0), "{name}");
        let read = [entry.cache_read, entry.batch_input, entry.batch_cache_read];
        assert!(read.into_iter().flatten().all(|x| x > 0.0 && Some(x) <= entry.input), "{name}");
        assert_eq!(
            built_in().find(&name).unwrap().map(|found| (found.input, found.output)),
            Some((entry.input, entry.output)),
            "{name}"
        );
    }
    let price = |name: &str| built_in().find(name).unwrap().and_then(|entry| entry.input);
    assert_eq!([price("gpt-4.1-mini"), price("openai/gpt-4.1-mini"), price("gpt-4o-mini")], [0.4, 0.4, 0.15].map(Some));
}

/// Two options, of which the second leaves its prices to a model.
fn scenario_text(second: &str) -> String {
    format!(
        "[simulation]\nhorizon_months = 3\ntrials = 256\n[workload]\nrequests_per_month = \"1k to 3k\"\ninput_tokens = 900\n\
         output_tokens = 100\n[[option]]\nname = \"Now\"\ninference = {{ input_price = 3, output_price = 15 }}\n[[option]]\n\
         name = \"New\"\n{second}"
    )
}

fn reading(text: &str, set: &[&str]) -> Reading {
    let overrides = set.iter().map(|set| (*set).to_owned()).collect();
    let options = LoadOptions { overrides, ..LoadOptions::default() };
    read("test.toml", "test", text, &options, DataFiles::none())
}

#[track_caller]
fn valid(reading: Reading) -> Scenario {
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

#[track_caller]
fn same_figures(left: &Scenario, right: &Scenario) {
    let bytes = |scenario| -> Vec<Vec<u8>> {
        let tables = tables(&results(scenario, 1)).into_iter().filter(|table| table.name != "inputs");
        tables.map(|table| table_bytes(&table, Dialect::Standard)).collect()
    };
    assert!(bytes(left) == bytes(right));
}

#[track_caller]
fn errors(text: &str) -> String {
    let reading = reading(text, &[]);
    assert!(reading.scenario.is_none());
    reading.findings.iter().map(|f| format!("{}; {}\n", f.message, f.help.join(" "))).collect()
}

#[test]
fn a_model_stands_for_its_prices() {
    let named = "inference = { model = \"gpt-4.1-mini\", instruction_tokens = 1500, cache_hit_rate = 0.5, batch_share = 0.3 }\n";
    let written = "inference = { input_price = 0.4, output_price = 1.6, instruction_tokens = 1500, cache_hit_rate = 0.5, \
                   cached_price = 0.1, batch_share = 0.3, batch_discount = 0.5, batch_discounts_cached = false }\n";
    // What is drawn behind the prices is the same, too.
    let text = |inference: &str| {
        scenario_text(&format!("{inference}maintenance = {{ hours_per_month = \"2 to 5\", hourly_rate = 70 }}\n"))
    };
    let named = valid(reading(&text(named), &[]));
    same_figures(&named, &valid(reading(&text(written), &[])));
    same_figures(
        &valid(reading(&text(""), &["New.inference.model=gpt-4.1-mini"])),
        &valid(reading(&text(""), &["New.inference.input_price=0.4", "New.inference.output_price=1.6"])),
    );
    let filled: Vec<(&str, f64)> = named.prices().iter().map(|price| (price.field.as_str(), price.value)).collect();
    let fields =
        ["input_price", "output_price", "cached_price", "batch_discount"].map(|key| format!("inference.{key}"));
    let expected: Vec<(&str, f64)> = fields.iter().map(String::as_str).zip([0.4, 1.6, 0.1, 0.5]).collect();
    assert_eq!(filled, expected);
    assert!(named.prices().iter().all(|price| price.option == "New" && price.entry == "openai/gpt-4.1-mini"));
}

#[test]
fn what_is_written_stays_and_what_is_filled_can_be_changed() {
    let text = scenario_text("inference = { model = \"gpt-4.1-mini\", input_price = 0.3 }\n");
    let price = |set: &[&str], field: &str| {
        let scenario = valid(reading(&text, set));
        let written =
            scenario.written().iter().find(|q| q.path == format!("New.inference.{field}")).expect("a field").register;
        scenario.quantities().constant(written)
    };
    assert_eq!([price(&[], "input_price"), price(&[], "output_price")], [0.3, 1.6].map(Some));
    assert_eq!(price(&["New.inference.output_price*=1.5"], "output_price"), Some(1.6 * 1.5));
    assert_eq!(price(&["*.inference.output_price*=2"], "output_price"), Some(3.2));
    assert_eq!(price(&["New.inference.model=gpt-4o-mini"], "output_price"), Some(0.6));
}

#[test]
fn training_and_gpus_have_prices_by_name() {
    let tuned = "inference = { model = \"gpt-4.1-mini\" }\ndataset = { examples = 100, cost_per_example = 1 }\n\
                 training = { tokens_per_example = 500 }\n";
    let training = valid(reading(&scenario_text(tuned), &[]));
    let price = training.prices().iter().find(|price| price.field == "training.training_price").expect("a price");
    assert_eq!((price.value, price.entry.contains("ft:")), (5.0, true));
    let gpus = "hosting = { gpu = \"H100@lambda\", gpu_requests_per_second = 2 }\n";
    let rented = valid(reading(&scenario_text(gpus), &[]));
    same_figures(
        &rented,
        &valid(reading(&scenario_text(&gpus.replace("gpu = \"H100@lambda\"", "gpu_hourly_rate = 4.29")), &[])),
    );
    let unknown = errors(&scenario_text(&gpus.replace("lambda", "lamda")));
    assert!(unknown.contains("h100@lambda"), "{unknown}");
}

#[test]
fn gpus_leave_token_prices_out_and_say_so() {
    let second =
        "inference.model = 'gpt-4.1-mini'\nhosting.gpu = 'h100@lambda'\nhosting.gpu_tokens_per_second = 5000\n";
    let found = reading(&scenario_text(second), &[]);
    let said: Vec<&str> = found.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(said.contains(&"no prices of tokens are filled in: this option runs on GPUs of its own"), "{said:?}");
    let filled: Vec<String> = valid(found).prices().iter().map(|price| price.field.to_string()).collect();
    assert!(filled.iter().all(|field| !field.contains("_price")), "{filled:?}");
    // A model of one's own is a label, of which there is nothing to say.
    assert!(reading(&scenario_text(&second.replace("gpt-4.1-mini", "tuned 8B")), &[]).findings.is_empty());
}

#[test]
fn a_price_that_no_list_has_is_asked_for() {
    let told = |second: &str| errors(&scenario_text(second));
    let unknown = told("inference.model = \"gpt-4.1-minni\"\n");
    assert!(unknown.contains("no price list has `gpt-4.1-minni`") && unknown.contains("gpt-4.1-mini"), "{unknown}");
    let uncached = told(
        "inference = { model = \"groq/llama-3.1-8b-instant\", instruction_tokens = 2000, cache_hit_rate = 0.5 }\n",
    );
    assert!(uncached.contains("has no `cached_price` in built-in"), "{uncached}");
    let short = told("inference = { model = \"gpt-4.1-mini\", long_token_share = 0.1 }\n");
    assert!(short.contains("has no `long_input_price`"), "{short}");
    // Where nothing asks for a price, a name is a label.
    valid(reading(&scenario_text("inference = { model = \"our own\", input_price = 1, output_price = 2 }\n"), &[]));
    valid(reading(&scenario_text("inference.model = \"our own\"\nhosting.cost_per_month = 10\n"), &[]));
}

#[test]
fn what_a_list_says_beside_prices_is_hinted_at() {
    let hints = |second: &str, head: &str| {
        let text = scenario_text(second).replace("trials = 256\n", &format!("trials = 256\n{head}"));
        let prepared = valid(reading(&text, &[])).prepare();
        let found = breakeven::lint::hints(prepared.scenario(), prepared.model());
        found.iter().map(|hint| format!("{}; {}\n", hint.message, hint.help.join(" "))).collect::<String>()
    };
    let named = "inference.model = \"gpt-4.1-mini\"\n";
    let retired = hints(named, "start = 2026-12-01\n");
    // From the first of December to the 14th of January it is 1 + 13/31 months.
    assert!(retired.contains("openai/gpt-4.1-mini is retired on 2027-01-14"), "{retired}");
    assert!(retired.contains("first_after_months = 2"), "{retired}");
    let moved = format!("{named}migration = {{ first_after_months = 1.4, cost = 10 }}\n");
    assert!(!hints(&moved, "start = 2026-12-01\n").contains("is retired"));
    assert!(!hints(named, "start = 2026-09-01\n").contains("is retired"));
    // 180 days after the first of August 2026 is the 28th of January.
    assert!(!hints(named, "start = 2027-01-01\n").contains("prices of"));
    assert!(hints(named, "start = 2027-02-01\n").contains("the prices of openai/gpt-4.1-mini are those of 2026-08-01"));
    let long = "inference = { model = \"gemini/gemini-2.5-pro\", extra_input_tokens = 49_000 }\n";
    assert!(!hints(long, "").contains("cost more"));
    let longer = hints(&long.replace("49_000", "50_000"), "");
    assert!(longer.contains("requests of more than 200000 input tokens cost more"), "{longer}");
    let tuned = "inference.model = \"azure/ft:gpt-4.1-mini\"\n";
    let rented = hints(tuned, "");
    assert!(rented.contains("costs 1.7 for every hour") && rented.contains("hosting.cost_per_hour = 1.7"), "{rented}");
    assert!(!hints(&format!("{tuned}hosting.cost_per_hour = 1.7\n"), "").contains("every hour"));
}

/// A folder with a scenario that names a list beside it.
fn folder(scenario: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("ours.csv"), OURS).expect("a list");
    fs::write(folder.path().join("map.json"), LITELLM).expect("a list");
    fs::write(folder.path().join("task.toml"), scenario).expect("a scenario");
    folder
}

fn loaded(folder: &Path, prices: &[&str]) -> Reading {
    let prices = prices.iter().map(|name| folder.join(name)).collect();
    load(&folder.join("task.toml"), &LoadOptions { prices, ..LoadOptions::default() })
}

#[test]
fn the_first_list_that_has_a_name_has_the_last_word() {
    let scenario = scenario_text("inference.model = \"big\"\n");
    let beside = folder(&format!("catalogue.files = [\"ours.csv\"]\n{scenario}"));
    let price = |prices: &[&str]| valid(loaded(beside.path(), prices)).prices()[0].value;
    assert_eq!([price(&[]), price(&["map.json"])], [0.5, 0.15]);
    // The list is part of what the scenario is.
    let hash = || valid(loaded(beside.path(), &[])).hash().to_owned();
    let before = hash();
    fs::write(beside.path().join("ours.csv"), OURS.replace("25", "30")).expect("a list");
    assert_ne!(hash(), before);
    let outside = folder(&format!("catalogue.files = [\"../ours.csv\"]\n{scenario}"));
    let reading = loaded(outside.path(), &[]);
    assert!(reading.findings.iter().any(|f| f.message.contains("../ours.csv")), "{:?}", reading.findings);
}

#[test]
fn models_can_be_listed_edited_and_read_back() {
    let folder = folder("");
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_breakeven"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("output")
    };
    let output = run(&["models", "claude", "HAIKU", "--csv"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    for entry in list(&text, None).entries {
        assert!(built_in().entries.contains(&entry), "{}", entry.name());
    }
    let shown = String::from_utf8(run(&["models", "big", "--prices", "map.json"]).stdout).expect("UTF-8");
    assert!(shown.contains("acme/big") && shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    let none = run(&["models", "gpt-4.1-minni"]);
    assert_eq!(none.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&none.stderr).contains("gpt-4.1-mini"));
}
