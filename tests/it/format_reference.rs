//! What the format's reference says is what the program reads.

use assert_cmd::Command;
use breakeven::report::{explain_text, reference_markdown, schema};
use breakeven::scenario::{DataFiles, FieldReference, LoadOptions, Takes, explain, read, reference};
use serde_json::Value;

use crate::common::json_schema::conforms;

/// A scenario in which every key can stand.
const BASE: &str = r#"
simulation.horizon_months = 12
workload = { requests_per_month = 1, input_tokens = 1, output_tokens = 1 }
labour.hourly_rate = 100
[[option]]
name = "A"
inference = { input_price = 1, output_price = 1 }
[[option]]
name = "B"
"#;

/// Something that a key takes, in range.
fn example(entry: &FieldReference) -> String {
    match entry.takes {
        Takes::Text if entry.key == "currency" => "EUR".to_owned(),
        Takes::Text => "A".to_owned(),
        Takes::Date => "2026-12-01".to_owned(),
        Takes::Names | Takes::Files => unreachable!("lists cannot be set"),
        Takes::Boolean => "true".to_owned(),
        Takes::Whole(low, _) => low.max(1).to_string(),
        Takes::Number(low, _) => low.to_string(),
        Takes::Words(words) => words()[0].to_owned(),
        Takes::Amount => "15k".to_owned(),
        Takes::Quantity => entry.range.map_or(1.0, |range| 0.5f64.clamp(range.low.max(-1e6), range.high)).to_string(),
    }
}

#[test]
fn every_key_of_the_reference_can_be_set() {
    for entry in reference() {
        let path = match entry.table.as_str() {
            "correlation" | "option.cost" => continue,
            "" if entry.key == "format" => continue,
            "catalogue" if entry.key == "files" => continue,
            table => match table.strip_prefix("option") {
                Some(section) => format!("B{section}.{}", entry.key),
                None => entry.path(),
            },
        };
        let overrides = vec![format!("{path}={}", example(&entry))];
        let options = LoadOptions { overrides, allow_data_outside: false, ..LoadOptions::default() };
        let reading = read("test.toml", "test", BASE, &options, DataFiles::none());
        // What belongs together may be missing; but the key is known, and takes what is said of it.
        for finding in &reading.findings {
            let unknown = ["no such field", "there is no `", "` takes a", "lies outside", "is one of"];
            assert!(!unknown.iter().any(|u| finding.message.contains(u)), "{path}: {}", finding.message);
        }
    }
}

/// Dates as editors see them, in the place of what the reader of TOML makes of them.
fn write_dates(value: &mut Value) {
    let date = value.get("$__toml_private_datetime").cloned();
    match (value, date) {
        (value, Some(date)) => *value = date,
        (Value::Object(object), None) => object.values_mut().for_each(write_dates),
        (Value::Array(list), None) => list.iter_mut().for_each(write_dates),
        _ => {}
    }
}

#[test]
fn the_schema_knows_every_key_of_the_examples() {
    let schema: Value = serde_json::from_str(&schema()).expect("a schema");
    for file in std::fs::read_dir("configs").expect("the examples") {
        let path = file.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a scenario");
        let value: toml::Table = toml::from_str(&text).expect("TOML");
        let mut value = serde_json::to_value(&value).expect("JSON");
        write_dates(&mut value);
        assert_eq!(conforms(&schema, &value, &path.display().to_string()), Ok(()));
    }
}

#[test]
fn explanations_fit_the_terminal_and_the_reference_holds_all_of_them() {
    let markdown = reference_markdown();
    for entry in reference() {
        let text = explain_text(&entry);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.contains("Takes "), "{text}");
        assert!(markdown.contains(&format!("| `{}` |", entry.key)) && markdown.contains(entry.meaning));
        let found = explain(&entry.path()).expect("the entry");
        assert_eq!((found.len(), found[0].path()), (1, entry.path()));
    }
}

#[test]
fn explain_answers_on_the_terminal() {
    let run = |arguments: &[&str]| Command::new(env!("CARGO_BIN_EXE_breakeven")).args(arguments).assert();
    let said = |output: &[u8]| String::from_utf8(output.to_vec()).expect("text");
    let text = said(&run(&["explain", "Fine-tuning.training.retrains_per_year"]).success().get_output().stdout);
    assert!(text.starts_with("option.training.retrains_per_year\n") && text.contains("from 0 to 1000"), "{text}");
    let text = said(&run(&["explain", "retrains_per_yaer"]).code(2).get_output().stderr);
    assert!(text.contains("did you mean `retrains_per_year`?"), "{text}");
    assert!(said(&run(&["explain"]).success().get_output().stdout).contains("## `[option.training]`"));
    let title = |arguments: &[&str]| {
        let schema: Value = serde_json::from_slice(&run(arguments).success().get_output().stdout).expect("JSON");
        schema["title"].as_str().expect("a title").to_owned()
    };
    assert_eq!(title(&["schema"]), "breakeven scenario");
    assert_eq!(title(&["schema", "run"]), "breakeven run.json, format 1");
}
