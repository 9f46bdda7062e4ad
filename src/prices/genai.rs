//! genai-prices' list of providers, in dollars per million tokens.

use jiff::civil::Date;
use serde_json::Value;

use super::entry::{LongPrices, ModelPrices};
use super::rule::Rule;

/// The models of a list as of a day, or with the newest prices; `None` where it is another kind of array.
pub(super) fn entries(providers: &[Value], date: Option<Date>) -> Option<Vec<ModelPrices>> {
    let mut found = Vec::new();
    for provider in providers {
        let (id, models) = (provider["id"].as_str()?, provider["models"].as_array()?);
        found.extend(models.iter().filter_map(|model| entry(id, model, date)));
    }
    Some(found)
}

fn entry(provider: &str, model: &Value, date: Option<Date>) -> Option<ModelPrices> {
    let (dated, as_of) = active(&model["prices"], date)?;
    let prices = if dated.get("prices").is_some() { &dated["prices"] } else { dated };
    let variants = [&dated["price_variants"], &model["price_variants"]];
    let is_batch = |variant: &&Value| variant["when"]["processing"] == "batch";
    let batch = variants.into_iter().filter_map(Value::as_array).flatten().find(is_batch);
    let batch = batch.map_or(&Value::Null, |variant| &variant["prices"]);
    let untimed = model["prices"].as_array().is_some_and(|all| all.iter().any(is_timed));
    Some(ModelPrices {
        provider: provider.to_owned(),
        model: model["id"].as_str()?.to_owned(),
        rule: Rule::read(&model["match"]),
        input: base(&prices["input_mtok"]),
        output: base(&prices["output_mtok"]),
        cache_read: base(&prices["cache_read_mtok"]),
        cache_write: base(&prices["cache_write_5m_mtok"]).or_else(|| base(&prices["cache_write_mtok"])),
        batch_input: base(&batch["input_mtok"]),
        batch_output: base(&batch["output_mtok"]),
        batch_cache_read: base(&batch["cache_read_mtok"]),
        long: long(prices),
        context: model["context_window"].as_f64(),
        as_of,
        note: if untimed { "other prices hold at some hours of the day".to_owned() } else { String::new() },
        ..ModelPrices::default()
    })
}

fn is_timed(price: &Value) -> bool {
    price["constraint"].get("start_time").is_some()
}

fn start(price: &Value) -> Option<Date> {
    price["constraint"]["start_date"].as_str()?.parse().ok()
}

/// The last of dated prices that holds on a day, and since when; without a day the last of all. Prices of some hours of the
/// day are not looked at.
fn active(prices: &Value, date: Option<Date>) -> Option<(&Value, Option<Date>)> {
    let Some(all) = prices.as_array() else { return prices.is_object().then_some((prices, None)) };
    let holds = |price: &&Value| match (start(price), date) {
        (Some(start), Some(date)) => start <= date,
        _ => true,
    };
    let always = || all.iter().filter(|price| !is_timed(price));
    let found = always().rfind(holds).or_else(|| always().next()).or_else(|| all.first())?;
    Some((found, start(found)))
}

/// A price, or that of short requests.
fn base(price: &Value) -> Option<f64> {
    price.as_f64().or_else(|| price["base"].as_f64()).filter(|x| x.is_finite() && *x >= 0.0)
}

/// The prices above the lowest threshold.
fn long(prices: &Value) -> Option<LongPrices> {
    let tier = |side: &str| {
        let tiers = prices[side]["tiers"].as_array()?.iter();
        let found = tiers.filter_map(|tier| Some((tier["start"].as_f64()?, tier["price"].as_f64()?)));
        found.min_by(|a, b| a.0.total_cmp(&b.0))
    };
    let [input, output] = ["input_mtok", "output_mtok"].map(tier);
    let above = input.or(output)?.0;
    Some(LongPrices { above, input: input.map(|tier| tier.1), output: output.map(|tier| tier.1) })
}
