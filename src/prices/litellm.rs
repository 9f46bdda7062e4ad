//! LiteLLM's map of models, in dollars per token.

use serde_json::{Map, Value};

use super::entry::{LongPrices, ModelPrices, per_million};

/// Uses of a model that are about text.
const MODES: [&str; 3] = ["chat", "completion", "responses"];
/// The entry that explains the format.
const SAMPLE: &str = "sample_spec";

/// The models of a list; `None` where it is another kind of map.
pub(super) fn entries(models: &Map<String, Value>) -> Option<Vec<ModelPrices>> {
    let known = |value: &Value| value.get("mode").is_some() || value.get("litellm_provider").is_some();
    if !models.values().any(known) {
        return None;
    }
    let text = |(name, value): &(&String, &Value)| {
        *name != SAMPLE && value["mode"].as_str().is_some_and(|mode| MODES.contains(&mode))
    };
    Some(models.iter().filter(text).map(|(name, value)| entry(name, value)).collect())
}

fn entry(name: &str, value: &Value) -> ModelPrices {
    let per_token = |key: &str| value[key].as_f64().filter(|x| x.is_finite() && *x >= 0.0).map(per_million);
    let words = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    ModelPrices {
        provider: words("litellm_provider"),
        model: name.to_owned(),
        input: per_token("input_cost_per_token"),
        output: per_token("output_cost_per_token"),
        cache_read: per_token("cache_read_input_token_cost"),
        cache_write: per_token("cache_creation_input_token_cost"),
        cache_min_tokens: value["prompt_cache_min_tokens"].as_f64(),
        batch_input: per_token("input_cost_per_token_batches"),
        batch_output: per_token("output_cost_per_token_batches"),
        long: long(value, per_token),
        context: value["max_input_tokens"].as_f64(),
        retires: value["deprecation_date"].as_str().and_then(|day| day.parse().ok()),
        source: words("source"),
        ..ModelPrices::default()
    }
}

/// The prices above the lowest threshold that the entry names, such as `input_cost_per_token_above_200k_tokens`.
fn long(value: &Value, per_token: impl Fn(&str) -> Option<f64>) -> Option<LongPrices> {
    let threshold = |key: &String| {
        let k = key.strip_prefix("input_cost_per_token_above_")?.strip_suffix("k_tokens")?;
        k.parse::<u32>().ok()
    };
    let k = value.as_object()?.keys().filter_map(threshold).min()?;
    let [input, output] =
        ["input", "output"].map(|side| per_token(&format!("{side}_cost_per_token_above_{k}k_tokens")));
    Some(LongPrices { above: f64::from(k) * 1e3, input, output })
}
