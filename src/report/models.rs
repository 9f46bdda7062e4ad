//! Price lists, for people and for programs.

use serde_json::{Value, json as value};

use super::grid::TextGrid;
use super::screen::WIDTH;
use crate::prices::{ModelPrices, own_csv};

/// A model, and the list that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct ListedModel<'a> {
    /// The model.
    pub entry: &'a ModelPrices,
    /// The list's name.
    pub list: &'a str,
}

impl ListedModel<'_> {
    /// Whether all of some words occur in its names.
    pub fn is_meant_by(&self, words: &[String]) -> bool {
        let entry = self.entry;
        let names = format!("{} {} {}", entry.provider, entry.model, entry.aliases.join(" ")).to_lowercase();
        words.iter().all(|word| names.contains(&word.to_lowercase()))
    }
}

/// A table for the terminal, in dollars per million tokens; what is not known is left open.
pub fn models_text(found: &[ListedModel<'_>]) -> String {
    let price = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
    let mut grid = TextGrid::new(&["Per million tokens", "input", "output", "cached", "training", "retires", "as of"]);
    for ListedModel { entry, .. } in found {
        let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
        let prices = [entry.input, entry.output, entry.cache_read, entry.training].map(price);
        let mut row = vec![entry.name()];
        row.extend(prices);
        row.extend([day(entry.retires), day(entry.as_of)]);
        grid.row(row);
    }
    grid.render(WIDTH)
}

/// All that is known of the models, as a JSON array.
pub fn models_json(found: &[ListedModel<'_>]) -> String {
    let model = |ListedModel { entry, list }: &ListedModel<'_>| {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        value!({
            "provider": entry.provider,
            "model": entry.model,
            "input": entry.input,
            "output": entry.output,
            "cache_read": entry.cache_read,
            "cache_write": entry.cache_write,
            "batch_input": entry.batch_input,
            "batch_output": entry.batch_output,
            "training": entry.training,
            "hosting_per_hour": entry.hosting_per_hour,
            "context": entry.context,
            "retires": day(entry.retires),
            "as_of": day(entry.as_of),
            "list": list,
        })
    };
    format!("{:#}\n", Value::Array(found.iter().map(model).collect()))
}

/// The same in the format that price lists are read in.
pub fn models_csv(found: &[ListedModel<'_>]) -> String {
    own_csv(found.iter().map(|listed| listed.entry))
}
