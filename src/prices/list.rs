//! A price list, and the look-up of names in it.

use jiff::civil::Date;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::entry::ModelPrices;
use super::{genai, litellm, own};
use crate::diagnostic::Refusal;

/// Largest list that is read, in bytes.
pub const LARGEST: u64 = 64 << 20;
/// Entries that are named where a name is ambiguous.
const NAMED: usize = 8;

/// A price list.
#[derive(Clone, Debug)]
pub struct List {
    /// What it is called.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// The models, in its order.
    pub entries: Vec<ModelPrices>,
}

/// Entries of one list that a name means, whose prices differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// Each with its prices, the first of them.
    pub entries: Vec<String>,
    /// How many there are.
    pub count: usize,
}

const FORMATS: &str = "a price list is a CSV with provider, model, input_per_mtok and output_per_mtok, LiteLLM's \
     model_prices_and_context_window.json, or genai-prices' data.json";

impl List {
    /// Reads a list, recognised by its content, with prices as of a day where they are dated.
    ///
    /// # Errors
    /// What is none of the known formats, or a broken one.
    pub fn read(name: &str, bytes: &[u8], date: Option<Date>) -> Result<List, Refusal> {
        let refused = |message: String| Refusal { message: format!("`{name}`: {message}"), help: FORMATS.to_owned() };
        let text = std::str::from_utf8(bytes).map_err(|_| refused("this is not UTF-8 text".to_owned()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let entries = match text.trim_start().chars().next() {
            Some('{' | '[') => {
                let value: Value = serde_json::from_str(text).map_err(|e| refused(format!("broken JSON: {e}")))?;
                let found = match &value {
                    Value::Object(models) => litellm::entries(models),
                    Value::Array(providers) => genai::entries(providers, date),
                    _ => None,
                };
                let mut found = found.ok_or_else(|| refused("JSON of another shape".to_owned()))?;
                // Nothing could mean them, but for what means anything.
                found.retain(|entry| !entry.model.trim().is_empty());
                found
            }
            _ => own::entries(text).map_err(refused)?,
        };
        let digest = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
        Ok(List { name: name.to_owned(), digest, entries })
    }

    /// The entry that a name means; `None` where there is none.
    ///
    /// # Errors
    /// Entries that are as near to it as each other, with different prices.
    pub fn find(&self, name: &str) -> Result<Option<&ModelPrices>, Ambiguous> {
        let name = name.to_lowercase();
        let last = name.rsplit('/').next().unwrap_or(&name);
        let steps: [&dyn Fn(&ModelPrices) -> bool; 3] =
            [&|entry| entry.is(&name), &|entry| entry.is_also(&name), &|entry| entry.ends_with(last)];
        for step in steps {
            let found: Vec<&ModelPrices> = self.entries.iter().filter(|entry| step(entry)).collect();
            let Some(first) = found.first() else { continue };
            if found.iter().all(|entry| entry.prices() == first.prices()) {
                return Ok(Some(first));
            }
            let shown = found.iter().take(NAMED).map(|entry| shown(entry)).collect();
            return Err(Ambiguous { entries: shown, count: found.len() });
        }
        Ok(None)
    }
}

fn shown(entry: &ModelPrices) -> String {
    let price = |x: Option<f64>| x.map_or_else(|| "-".to_owned(), |x| x.to_string());
    format!("{} {} {}", entry.name(), price(entry.input), price(entry.output))
}
