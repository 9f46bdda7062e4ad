//! Prices that a scenario does not write, from the models that it names.

use jiff::civil::Date;

use super::catalogue::{Catalogue, FoundModel};
use super::document::{KeyValue, Node, TomlTable, TomlValue};
use crate::diagnostic::{Diagnostic, Span};
use crate::prices::{gpu, gpus};

/// By how much discounts of batches may differ before it is said.
const ALIKE: f64 = 0.01;
/// The discount of batches where a list has none.
const USUAL_DISCOUNT: f64 = 0.5;

/// A price that was filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct FilledPrice {
    /// The option's name.
    pub option: String,
    /// The field, such as `inference.input_price`.
    pub field: String,
    /// Its value.
    pub value: f64,
    /// The entry, as `provider/model`.
    pub entry: String,
    /// The list that has it.
    pub list: String,
    /// SHA-256 of the list, in hexadecimal.
    pub list_sha256: String,
    /// Of which day the price is, where that is known.
    pub as_of: Option<Date>,
}

/// A model that an option names, and what its list says of it beside prices.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedModel {
    /// The number of the option.
    pub option: usize,
    /// Where it is named.
    pub span: Span,
    /// The entry, as `provider/model`.
    pub entry: String,
    /// When it is retired.
    pub retires: Option<Date>,
    /// Of which day its prices are.
    pub as_of: Option<Date>,
    /// Input tokens above which a request costs more.
    pub long_above: Option<f64>,
    /// What it costs by the hour, beside its tokens.
    pub hosting: Option<f64>,
}

/// What was filled in, and from which models.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled {
    pub prices: Vec<FilledPrice>,
    pub models: Vec<NamedModel>,
}

/// Fills in what the options of a document leave to the models that they name.
pub(super) fn fill(document: &mut TomlTable, catalogue: &Catalogue, findings: &mut Vec<Diagnostic>) -> Filled {
    let mut filled = Filled::default();
    let Some(TomlValue::Array(options)) = document.get_mut("option").map(|entry| &mut entry.node.value) else {
        return filled;
    };
    for (number, option) in options.iter_mut().enumerate() {
        if let TomlValue::Table(table) = &mut option.value {
            let name = text(table, "name").map_or_else(String::new, |(name, _)| name);
            OptionPrices { table, number, name, catalogue, findings, filled: &mut filled }.fill();
        }
    }
    filled
}

/// Without digits that only the division made.
fn rounded(x: f64) -> f64 {
    (x * 1e9).round() / 1e9
}

/// A text below a table, with its place.
fn text(table: &TomlTable, key: &str) -> Option<(String, Span)> {
    let node = &table.get(key)?.node;
    match &node.value {
        TomlValue::Text(text, _) | TomlValue::Free(text, _) => Some((text.clone(), node.span)),
        _ => None,
    }
}

fn section<'a>(table: &'a TomlTable, key: &str) -> Option<&'a TomlTable> {
    match &table.get(key)?.node.value {
        TomlValue::Table(table) => Some(table),
        _ => None,
    }
}

/// An option that is being filled in.
struct OptionPrices<'a> {
    table: &'a mut TomlTable,
    number: usize,
    name: String,
    catalogue: &'a Catalogue,
    findings: &'a mut Vec<Diagnostic>,
    filled: &'a mut Filled,
}

impl OptionPrices<'_> {
    fn is_written(&self, part: &str, key: &str) -> bool {
        section(self.table, part).is_some_and(|table| table.get(key).is_some())
    }

    fn fill(&mut self) {
        self.rent();
        let Some((model, span)) = section(self.table, "inference").and_then(|table| text(table, "model")) else {
            return;
        };
        let [input, output] = ["input_price", "output_price"].map(|key| self.is_written("inference", key));
        // Where both are written nothing is missing, and GPUs need no prices of tokens.
        let needs_prices = if input || output { input != output } else { !self.has_gpus() };
        if needs_prices {
            match self.catalogue.find(&model) {
                Ok(Some(found)) => self.inference(&found, span),
                Ok(None) if input || output || !self.is_paid_otherwise() => self.unknown(&model, span),
                Ok(None) => {}
                Err((list, ambiguous)) => self.ambiguous(&model, span, list, &ambiguous.entries, ambiguous.count),
            }
        } else if !input && matches!(self.catalogue.find(&model), Ok(Some(_))) {
            let hint = Diagnostic::hint(span, "no prices of tokens are filled in: this option runs on GPUs of its own");
            self.findings.push(hint.help("write input_price and output_price if tokens are paid for as well"));
        }
        if self.is_written("training", "tokens_per_example") && !self.is_written("training", "training_price") {
            self.training(&model, span);
        }
    }

    fn has_gpus(&self) -> bool {
        self.is_written("hosting", "gpu_hourly_rate") || self.is_written("hosting", "gpu")
    }

    /// Whether something else than tokens is paid.
    fn is_paid_otherwise(&self) -> bool {
        ["cost_per_month", "cost_per_hour"].iter().any(|key| self.is_written("hosting", key))
            || self.has_gpus()
            || self.table.get("cost").is_some()
    }

    /// The token prices, and what is asked for beside them.
    fn inference(&mut self, found: &FoundModel<'_>, span: Span) {
        let entry = found.entry;
        self.filled.models.push(NamedModel {
            option: self.number,
            span,
            entry: entry.name(),
            retires: entry.retires,
            as_of: entry.as_of,
            long_above: entry.long.map(|long| long.above),
            hosting: entry.hosting_per_hour,
        });
        self.needed(found, span, "input_price", entry.input);
        self.needed(found, span, "output_price", entry.output);
        if self.is_written("inference", "cache_hit_rate") {
            self.needed(found, span, "cached_price", entry.cache_read);
            self.offered(found, span, "cache_write_price", entry.cache_write);
            self.offered(found, span, "cache_min_tokens", entry.cache_min_tokens);
        }
        if self.is_written("inference", "batch_share") {
            self.batches(found, span);
        }
        if self.is_written("inference", "long_token_share") {
            self.needed(found, span, "long_input_price", entry.long.and_then(|long| long.input));
            self.needed(found, span, "long_output_price", entry.long.and_then(|long| long.output));
        }
    }

    fn batches(&mut self, found: &FoundModel<'_>, span: Span) {
        let entry = found.entry;
        let off = |batch: Option<f64>, price: Option<f64>| {
            let ratio = batch? / price.filter(|price| *price > 0.0)?;
            Some(rounded(1.0 - ratio))
        };
        let discounts = [off(entry.batch_input, entry.input), off(entry.batch_output, entry.output)];
        if !self.is_written("inference", "batch_discount") {
            if discounts[0].is_none() {
                let hint =
                    Diagnostic::hint(span, format!("{} has no batch prices in {}", entry.name(), found.list.name));
                self.findings.push(hint.help("half price is assumed; write batch_discount if it is another"));
            }
            self.offered(found, span, "batch_discount", Some(discounts[0].unwrap_or(USUAL_DISCOUNT)));
        }
        if let [Some(input), Some(output)] = discounts
            && (input - output).abs() > ALIKE
        {
            let message = format!("batches of {} discount input by {input} and output by {output}", entry.name());
            let hint = Diagnostic::hint(span, message);
            self.findings.push(hint.help("that of input is taken; write batch_discount if output weighs more"));
        }
        let keeps = entry.batch_cache_read.zip(entry.cache_read).is_some_and(|(batch, read)| batch >= read);
        if keeps && !self.is_written("inference", "batch_discounts_cached") {
            self.put("inference", "batch_discounts_cached", TomlValue::Bool(false), span);
        }
    }

    fn training(&mut self, model: &str, span: Span) {
        let tuned = self.catalogue.find(&format!("ft:{model}")).ok().flatten();
        let tuned = tuned.filter(|found| found.entry.training.is_some());
        let found = tuned.or_else(|| self.catalogue.find(model).ok().flatten());
        match found {
            Some(found) => self.needed_in("training", &found, span, "training_price", found.entry.training),
            None => self.unknown(model, span),
        }
    }

    /// The rent of a GPU that is named.
    fn rent(&mut self) {
        let Some((name, span)) = section(self.table, "hosting").and_then(|table| text(table, "gpu")) else { return };
        if self.is_written("hosting", "gpu_hourly_rate") {
            return;
        }
        let Some((found, rate)) = gpu(&name) else {
            let chip = name.to_lowercase().split(['@', ':']).next().unwrap_or_default().to_owned();
            let known: Vec<String> = gpus().iter().map(|gpu| format!("{}@{}", gpu.gpu, gpu.provider)).collect();
            let same: Vec<&String> = known.iter().filter(|known| known.starts_with(&format!("{chip}@"))).collect();
            let shown = if same.is_empty() { known.iter().take(8).collect() } else { same };
            let list = shown.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
            let error = Diagnostic::error(span, format!("there is no rent of `{name}`"));
            self.findings.push(error.help(format!("known are {list}; or write gpu_hourly_rate")));
            return;
        };
        self.put("hosting", "gpu_hourly_rate", TomlValue::Text(rate.to_string(), None), span);
        self.filled.prices.push(FilledPrice {
            option: self.name.clone(),
            field: "hosting.gpu_hourly_rate".to_owned(),
            value: rate,
            entry: format!("{}@{}", found.gpu, found.provider),
            list: "built-in GPU rents".to_owned(),
            list_sha256: String::new(),
            as_of: found.as_of.parse().ok(),
        });
    }

    fn needed(&mut self, found: &FoundModel<'_>, span: Span, key: &str, price: Option<f64>) {
        self.needed_in("inference", found, span, key, price);
    }

    /// Fills in a price that must be there.
    fn needed_in(&mut self, part: &str, found: &FoundModel<'_>, span: Span, key: &str, price: Option<f64>) {
        if self.is_written(part, key) {
            return;
        }
        let (entry, list) = (found.entry.name(), &found.list.name);
        let problem = match price {
            None => (format!("{entry} has no `{key}` in {list}"), format!("write {key} = …")),
            Some(0.0) => (format!("the `{key}` of {entry} is 0 in {list}"), format!("write {key} = 0 if it is free")),
            Some(price) => return self.write(part, found, span, key, price),
        };
        self.findings.push(Diagnostic::error(span, problem.0).help(problem.1));
    }

    /// Fills in what may be left out.
    fn offered(&mut self, found: &FoundModel<'_>, span: Span, key: &str, price: Option<f64>) {
        if let Some(price) = price.filter(|_| !self.is_written("inference", key)) {
            self.write("inference", found, span, key, price);
        }
    }

    fn write(&mut self, part: &str, found: &FoundModel<'_>, span: Span, key: &str, value: f64) {
        self.put(part, key, TomlValue::Text(value.to_string(), None), span);
        self.filled.prices.push(FilledPrice {
            option: self.name.clone(),
            field: format!("{part}.{key}"),
            value,
            entry: found.entry.name(),
            list: found.list.name.clone(),
            list_sha256: found.list.digest.clone(),
            as_of: found.entry.as_of,
        });
    }

    /// Puts a value into a section that is there.
    fn put(&mut self, part: &str, key: &str, value: TomlValue, span: Span) {
        if let Some(TomlValue::Table(table)) = self.table.get_mut(part).map(|entry| &mut entry.node.value) {
            table.entries.push(KeyValue { key: key.to_owned(), key_span: span, node: Node { span, value } });
        }
    }

    fn unknown(&mut self, model: &str, span: Span) {
        let near = self.catalogue.near(model);
        let error = Diagnostic::error(span, format!("no price list has `{model}`"));
        self.findings.push(match near.is_empty() {
            true => error.help("write input_price and output_price, or name a list with --prices"),
            false => error.help(format!("did you mean {}? Or write input_price and output_price", near.join(", "))),
        });
    }

    fn ambiguous(&mut self, model: &str, span: Span, list: &str, entries: &[String], count: usize) {
        let message = format!("`{model}` is {count} models of different prices in {list}");
        let help = format!("name one of them: {}", entries.join("; "));
        self.findings.push(Diagnostic::error(span, message).help(help));
    }
}
