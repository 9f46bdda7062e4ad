//! Of which sweep a part is.

use serde_json::{Map, Value, json};

use super::PartError;
use crate::diagnostic::{clean, excerpt};
use crate::sample::RANDOMISATIONS;
use crate::scenario::Scenario;
use crate::sweep::{Points, Shard};

/// Letters of a value that is told.
const TOLD: usize = 40;

/// All that the figures of a part depend on, and which points it has.
#[derive(Clone, Debug, PartialEq)]
pub struct PartHeader {
    /// Names with values, in the order in which differences are told.
    facts: Map<String, Value>,
    /// Which points.
    pub shard: Shard,
    /// By how many options and randomisations records are long.
    pub(super) size: [usize; 2],
    /// How many points the sweep has.
    pub(super) points: usize,
}

/// What messages call the facts.
const FACTS: [(&str, &str); 9] = [
    ("version", "version"),
    ("scenario", "scenario, its data or what is set over it"),
    ("points", "list of points"),
    ("count", "number of points"),
    ("trials", "number of trials"),
    ("seed", "seed"),
    ("sampler", "sampler"),
    ("options", "set of options"),
    ("skip_bad", "--skip-bad"),
];

impl PartHeader {
    /// Of a scenario at some of these points.
    pub fn new(scenario: &Scenario, points: &Points, shard: Shard, skip_bad: bool) -> PartHeader {
        let simulation = scenario.simulation();
        let options: Vec<&str> = scenario.options().iter().map(|option| &*option.name).collect();
        let size = [options.len(), RANDOMISATIONS as usize];
        let facts = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "scenario": scenario.hash(),
            "points": points.digest(),
            "count": points.count(),
            "trials": simulation.trials,
            "seed": simulation.seed,
            "sampler": simulation.sampler.word(),
            "options": options,
            "skip_bad": skip_bad,
        });
        let facts = if let Value::Object(facts) = facts { facts } else { Map::new() };
        PartHeader { facts, shard, size, points: points.count() }
    }

    /// The same of other points.
    pub fn of(&self, shard: Shard) -> PartHeader {
        PartHeader { shard, ..self.clone() }
    }

    pub(super) fn text(&self) -> String {
        let mut all = self.facts.clone();
        all.insert("shard".to_owned(), Value::from(self.shard.to_string()));
        Value::Object(all).to_string()
    }

    /// The shard of a header that is otherwise the same.
    ///
    /// # Errors
    /// What differs.
    pub(super) fn shard_of(&self, text: &[u8]) -> Result<Shard, PartError> {
        let Ok(Value::Object(other)) = serde_json::from_slice(text) else { return Err(PartError::Damaged) };
        let told = |value: Option<&Value>| {
            let text =
                value.map_or_else(|| "none".to_owned(), |v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
            clean(&excerpt(&text, TOLD))
        };
        let differs = |(key, _): &&(&str, &str)| self.facts.get(*key) != other.get(*key);
        let words = FACTS.iter().filter(differs).map(|(key, word)| match *key {
            "scenario" | "points" | "options" => (*word).to_owned(),
            _ => format!("{word} ({}, not {})", told(other.get(*key)), told(self.facts.get(*key))),
        });
        let differences: Vec<String> = words.collect();
        match other.get("shard").and_then(Value::as_str).and_then(Shard::parse) {
            _ if !differences.is_empty() => Err(PartError::Other(differences)),
            Some(shard) => Ok(shard),
            None => Err(PartError::Damaged),
        }
    }
}
