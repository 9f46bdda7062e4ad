//! `breakeven models`: what price lists say that models cost.

use std::path::{Path, PathBuf};

use breakeven::diagnostic::{Diagnostic, Sources, clean, nearest};
use breakeven::prices::{LARGEST, List, built_in};
use breakeven::report::{ListedModel, models_csv, models_json, models_text};
use clap::Args;

use super::plan::refuse;
use super::{Stop, say};

#[derive(Debug, Args)]
pub struct ModelsArgs {
    /// Words that must occur in the provider, the model or another of its names
    #[arg(value_name = "WORD")]
    pub query: Vec<String>,
    /// A price list to look at before the built-in one: a CSV, or LiteLLM's or genai-prices' JSON
    #[arg(long, value_name = "FILE")]
    pub prices: Vec<PathBuf>,
    /// Write JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Write the CSV that --prices reads
    #[arg(long)]
    pub csv: bool,
}

pub fn models(args: &ModelsArgs) -> Result<(), Stop> {
    let lists: Vec<List> = args.prices.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let all = lists.iter().chain([built_in()]);
    let mut found: Vec<ListedModel<'_>> = all
        .flat_map(|list| list.entries.iter().map(|entry| ListedModel { entry, list: &list.name }))
        .filter(|listed| listed.is_meant_by(&args.query))
        .collect();
    found.sort_by(|a, b| (&a.entry.provider, &a.entry.model).cmp(&(&b.entry.provider, &b.entry.model)));
    if found.is_empty() {
        return Err(nothing(&args.query, &lists));
    }
    match (args.json, args.csv) {
        (true, _) => say::out(&models_json(&found)),
        (_, true) => say::out(&models_csv(&found)),
        _ => say::out(&models_text(&found)),
    }
}

fn read(path: &Path) -> Result<List, Stop> {
    let name = clean(&path.display().to_string());
    let refused = |message: String, help: &str| {
        refuse(&[Diagnostic::general(message).help(help.to_owned())], &Sources::default())
    };
    let length = std::fs::metadata(path).map_or(0, |meta| meta.len());
    if length > LARGEST {
        return Err(refused(
            format!("`{name}` has {length} bytes, and at most {LARGEST} are read"),
            "name a price list",
        ));
    }
    let bytes = std::fs::read(path);
    let bytes = bytes.map_err(|e| refused(format!("cannot read `{name}`: {e}"), "check the path"))?;
    List::read(&name, &bytes, None).map_err(|e| refused(e.message, &e.help))
}

/// Says that no model has these words, and which are near.
fn nothing(query: &[String], lists: &[List]) -> Stop {
    let query = clean(&query.join(" "));
    let all = lists.iter().chain([built_in()]).flat_map(|list| &list.entries);
    let names: Vec<&str> = all.map(|entry| entry.model.as_str()).collect();
    let near = nearest(&query, names.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
    Stop::Failed(format!("no model of the price lists has `{query}`{}", near.unwrap_or_default()))
}
