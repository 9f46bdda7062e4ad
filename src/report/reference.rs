//! What the format's keys mean: for the terminal, as a reference, and as a schema for editors.

use serde_json::{Map, Value, json as value};

use super::format::number_text;
use super::grid::wrap;
use super::screen::WIDTH;
use crate::quantity::reference::{Construct, constructs};
use crate::scenario::{FieldReference, Takes, reference};

/// What the list of all keys does not say.
const MORE: &str = "`[inputs]` holds named quantities. `breakeven explain KEY` says more of one key, `breakeven explain \
                    quantities` how numbers, distributions and formulas are written.";
/// What stands for all forms of the quantity language.
pub const ALL_FORMS: &str = "quantities";
/// Other words for them.
const SYNONYMS: [&str; 3] = ["quantity", "distribution", "distributions"];

/// The version of JSON Schema that editors of TOML understand.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// What a key means, in lines of at most 80 columns.
pub fn explain_text(entry: &FieldReference) -> String {
    let mut text = format!("{}\n", entry.path());
    let mut paragraph = |words: &str| {
        for line in wrap(words, WIDTH - 2).lines() {
            text += &format!("  {line}\n");
        }
    };
    paragraph(entry.meaning);
    if !entry.formula.is_empty() {
        paragraph(&format!("Formula: {}", entry.formula));
    }
    paragraph(&format!("Takes {}.", takes(entry)));
    paragraph(&default(entry));
    text
}

/// What a construct of the quantity language means, or all of them for `quantities`; `None` where there is no such one.
pub fn quantity_text(name: &str) -> Option<String> {
    let all = name == ALL_FORMS || SYNONYMS.contains(&name);
    let asked = |form: &Construct| all || form.name == name;
    let text = |form: Construct| {
        let examples = wrap(&form.examples.join("   "), WIDTH - 2);
        let lines: String = wrap(form.meaning, WIDTH - 4).lines().map(|line| format!("    {line}\n")).collect();
        format!("{}\n  {}\n{lines}", form.name, examples.replace('\n', "\n  "))
    };
    let texts: Vec<String> = constructs().filter(asked).map(text).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// All keys for a terminal, in lines of at most 80 columns.
pub fn reference_text() -> String {
    let mut text = String::new();
    let mut table = None;
    for entry in reference() {
        if table.as_ref() != Some(&entry.table) {
            text += &format!("\n{}\n", heading(&entry.table).replace('`', ""));
            table = Some(entry.table.clone());
        }
        let default = match (&entry.default, entry.required) {
            (Some(default), _) => format!(" = {default}"),
            (None, true) => " (required)".to_owned(),
            (None, false) => String::new(),
        };
        text += &format!("  {}{default}\n", entry.key);
        text.extend(wrap(entry.meaning, WIDTH - 6).lines().map(|line| format!("      {line}\n")));
    }
    format!("{}\n{}\n", text.trim_start(), wrap(MORE, WIDTH))
}

/// All keys in Markdown, a table of them for each table of the format.
pub fn reference_markdown() -> String {
    let mut text = String::new();
    let mut table = None;
    for entry in reference() {
        if table.as_ref() != Some(&entry.table) {
            text +=
                &format!("\n## {}\n\n| key | takes | default | meaning |\n|---|---|---|---|\n", heading(&entry.table));
            table = Some(entry.table.clone());
        }
        let formula = if entry.formula.is_empty() { String::new() } else { format!(" `{}`", entry.formula) };
        let default = match (&entry.default, entry.required) {
            (Some(default), _) => default.clone(),
            (None, true) => "required".to_owned(),
            (None, false) => String::new(),
        };
        text += &format!("| `{}` | {} | {default} | {}{formula} |\n", entry.key, takes(&entry), entry.meaning);
    }
    format!("# The scenario format\n{}\n{MORE}\n", text.replace("|---|---|---|---|\n\n", "|---|---|---|---|\n"))
}

/// How a table is written in a file.
fn heading(table: &str) -> String {
    match table {
        "" => "Top of the file".to_owned(),
        "option" | "correlation" | "option.cost" => format!("`[[{table}]]`"),
        table => format!("`[{table}]`"),
    }
}

/// What an entry takes, in words.
fn takes(entry: &FieldReference) -> String {
    let months = if entry.may_differ_by_month { "" } else { ", the same in all months" };
    let unit = if entry.unit.is_empty() { String::new() } else { format!(" ({})", entry.unit) };
    let quantity = |what: String| format!("{what}{unit}{months}");
    match entry.takes {
        Takes::Text => "a text".to_owned(),
        Takes::Date => "a date, such as 2026-12-01".to_owned(),
        Takes::Names | Takes::Files => "names in quotes, in brackets".to_owned(),
        Takes::Boolean => "true or false".to_owned(),
        Takes::Whole(low, high) if high > 1 << 40 => format!("a whole number of at least {low}"),
        Takes::Whole(low, high) if low == high => format!("{low}"),
        Takes::Whole(low, high) => format!("a whole number from {low} to {high}"),
        Takes::Number(low, high) => format!("a number from {low} to {high}"),
        Takes::Words(words) => format!("one of {}", words().join(", ")),
        Takes::Amount => "a constant amount of at least 0, such as \"15k\"".to_owned(),
        Takes::Quantity => quantity(match entry.range {
            Some(range) if range.low.is_finite() => {
                let high = if range.high.is_finite() { number_text(range.high) } else { String::new() };
                match high.as_str() {
                    "" => format!("a quantity of at least {}", range.low),
                    high => format!("a quantity from {} to {high}", range.low),
                }
            }
            _ => "a quantity".to_owned(),
        }),
    }
}

fn default(entry: &FieldReference) -> String {
    match (&entry.default, entry.required) {
        (Some(default), _) => format!("Default: {default}."),
        (None, true) => "It must be written.".to_owned(),
        (None, false) => "Without a default: leaving it out is a choice of its own.".to_owned(),
    }
}

/// The format as a JSON Schema, which editors of TOML use for completion and for what stands under the pointer.
pub fn schema() -> String {
    let entries = reference();
    let object = |table: &str| section(&entries, table);
    let mut option = object("option");
    for name in option_tables(&entries) {
        option["properties"][&name] = match name.as_str() {
            "cost" => value!({ "type": "array", "items": object("option.cost") }),
            name => object(&format!("option.{name}")),
        };
    }
    let mut root = object("");
    root["$schema"] = value!(DIALECT);
    root["title"] = value!("breakeven scenario");
    for name in ["simulation", "decision", "catalogue", "labour", "workload"] {
        root["properties"][name] = object(name);
    }
    root["properties"]["inputs"] = value!({
        "type": "object",
        "description": "Named quantities, shared by everything else.",
        "additionalProperties": { "$ref": "#/definitions/quantity" },
    });
    root["properties"]["correlation"] = value!({ "type": "array", "items": object("correlation") });
    root["properties"]["option"] = value!({ "type": "array", "minItems": 1, "items": option });
    root["required"] = value!(["simulation", "workload", "option"]);
    root["definitions"] = value!({ "quantity": {
        "type": ["number", "string"],
        "description": "A number, or a quantity in quotes: \"60k to 170k\", \"pert(20, 40, 80)\", \"2 * engineer_rate\".",
    }});
    format!("{root:#}\n")
}

/// The tables within an option.
fn option_tables(entries: &[FieldReference]) -> Vec<String> {
    let mut names: Vec<String> =
        entries.iter().filter_map(|e| e.table.strip_prefix("option.")).map(str::to_owned).collect();
    names.dedup();
    names
}

fn section(entries: &[FieldReference], table: &str) -> Value {
    let own = || entries.iter().filter(|entry| entry.table == table);
    let properties: Map<String, Value> = own().map(|entry| (entry.key.to_owned(), property(entry))).collect();
    let required: Vec<&str> = own().filter(|entry| entry.required).map(|entry| entry.key).collect();
    let mut object = value!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        object["required"] = value!(required);
    }
    object
}

fn property(entry: &FieldReference) -> Value {
    let mut property = match entry.takes {
        Takes::Text => value!({ "type": "string" }),
        // Editors read dates of TOML as texts.
        Takes::Date => value!({ "type": "string", "format": "date" }),
        Takes::Names => value!({ "type": "array", "items": { "type": "string" }, "minItems": 2 }),
        Takes::Files => value!({ "type": "array", "items": { "type": "string" } }),
        Takes::Boolean => value!({ "type": "boolean" }),
        // Whole numbers may be written as texts such as "100k".
        Takes::Whole(..) => value!({ "type": ["integer", "string"] }),
        Takes::Number(low, high) => value!({ "type": "number", "minimum": low, "maximum": high }),
        Takes::Words(words) => value!({ "enum": words() }),
        Takes::Amount | Takes::Quantity => value!({ "type": ["number", "string"] }),
    };
    let formula = if entry.formula.is_empty() { String::new() } else { format!("\nFormula: {}", entry.formula) };
    property["description"] = value!(format!("{}\nTakes {}. {}{formula}", entry.meaning, takes(entry), default(entry)));
    property
}
