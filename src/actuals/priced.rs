//! What tokens cost of which a log does not say it: at the prices of the record's model in the scenario's lists.

use std::collections::BTreeSet;

use super::usage::MonthUse;
use crate::diagnostic::{Refusal, refuse};
use crate::logs::quoted;
use crate::prices::ModelPrices;
use crate::scenario::Scenario;
use crate::workload::token_cost;

/// Models that a message names.
const NAMED: usize = 5;
/// What helps where a model has no prices.
const HELP: &str =
    "name the field of costs with --map cost=FIELD, give its prices with --prices FILE, or leave it out with --where";

/// Where the prices of a model in a log come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedPrice {
    /// Its name in the log.
    pub model: String,
    /// Its entry, `provider/model`.
    pub entry: String,
    /// The list that has it.
    pub list: String,
    /// SHA-256 of that list, in hexadecimal.
    pub list_sha256: String,
}

/// The prices of all models whose requests have no cost.
pub struct LogPrices<'a> {
    found: Vec<(&'a ModelPrices, UsedPrice)>,
}

impl<'a> LogPrices<'a> {
    /// Those that some months need.
    ///
    /// # Errors
    /// Models that no list has, or that one has twice.
    pub fn find(scenario: &'a Scenario, months: &[MonthUse]) -> Result<LogPrices<'a>, Refusal> {
        let names = months.iter().flat_map(|month| &month.unpriced).map(|(name, _)| name.as_str());
        let names: BTreeSet<&str> = names.collect();
        if names.contains("") {
            return refuse(
                "the log has records without a cost that do not say their model either",
                "name a field: --map cost=FIELD or --map model=FIELD",
            );
        }
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        for name in names {
            match scenario.catalogue.find(name) {
                Ok(Some(model)) => found.push((model.entry, used(name, model.entry, model.list))),
                Ok(None) => unknown.push(name),
                Err((list, ambiguous)) => {
                    let message = format!("`{}` means several models of {list}", quoted(name));
                    return refuse(format!("{message}: {}", ambiguous.entries.join("; ")), HELP);
                }
            }
        }
        if unknown.is_empty() { Ok(LogPrices { found }) } else { Err(unpriced(scenario, &unknown)) }
    }

    /// What a month cost.
    ///
    /// # Errors
    /// Tokens of a kind that a model has no price of.
    pub fn spend(&self, month: &MonthUse) -> Result<f64, Refusal> {
        let mut spend = month.cost;
        for (name, sums) in &month.unpriced {
            let known = self.found.iter().find(|(_, used)| used.model == *name);
            match known.and_then(|(prices, _)| token_cost(prices, sums)) {
                Some(cost) => spend += cost,
                None => {
                    let message = format!("the prices of `{}` lack some that the log's tokens need", quoted(name));
                    return refuse(format!("{message}: input, output, or what a cache holds"), HELP);
                }
            }
        }
        Ok(spend)
    }

    /// Where they come from, by model.
    pub fn used(self) -> Vec<UsedPrice> {
        self.found.into_iter().map(|(_, used)| used).collect()
    }
}

fn used(name: &str, entry: &ModelPrices, list: &crate::prices::List) -> UsedPrice {
    UsedPrice { model: name.to_owned(), entry: entry.name(), list: list.name.clone(), list_sha256: list.digest.clone() }
}

/// Which models have no prices, with the names nearest to the first.
fn unpriced(scenario: &Scenario, unknown: &[&str]) -> Refusal {
    let named: Vec<String> = unknown.iter().take(NAMED).map(|name| format!("`{}`", quoted(name))).collect();
    let more = match unknown.len().saturating_sub(NAMED) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    let near = scenario.catalogue.near(unknown[0]);
    let near = if near.is_empty() { String::new() } else { format!("; near the first are {}", near.join(", ")) };
    Refusal {
        message: format!("the log has no costs, and no price list has {}{more}", named.join(", ")),
        help: format!("{HELP}{near}"),
    }
}
