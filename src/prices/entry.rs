//! A model in a price list.

use jiff::civil::Date;

use super::rule::Rule;

/// The prices of a model. Money is per million tokens; `None` is not known or not offered, never zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModelPrices {
    /// Who sells it.
    pub provider: String,
    /// Its name there.
    pub model: String,
    /// Other names, as they are.
    pub aliases: Vec<String>,
    /// Which names mean it too.
    pub rule: Option<Rule>,
    /// Input tokens.
    pub input: Option<f64>,
    /// Output tokens.
    pub output: Option<f64>,
    /// Input tokens read from the provider's cache.
    pub cache_read: Option<f64>,
    /// Input tokens written to it, for five minutes.
    pub cache_write: Option<f64>,
    /// Tokens of a shorter prompt are never cached.
    pub cache_min_tokens: Option<f64>,
    /// Input tokens by batch.
    pub batch_input: Option<f64>,
    /// Output tokens by batch.
    pub batch_output: Option<f64>,
    /// Input tokens read from the cache by batch.
    pub batch_cache_read: Option<f64>,
    /// Prices of long requests.
    pub long: Option<LongPrices>,
    /// Training tokens, those of the file times epochs.
    pub training: Option<f64>,
    /// A deployment of its own, by the hour.
    pub hosting_per_hour: Option<f64>,
    /// The most input tokens.
    pub context: Option<f64>,
    /// When it is retired.
    pub retires: Option<Date>,
    /// Of which day the prices are.
    pub as_of: Option<Date>,
    /// Where they were found.
    pub source: String,
    /// What to mind.
    pub note: String,
}

/// What a request costs that is longer than a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LongPrices {
    /// Input tokens above which a request is long.
    pub above: f64,
    /// Input tokens of such a request.
    pub input: Option<f64>,
    /// Its output tokens.
    pub output: Option<f64>,
}

impl ModelPrices {
    /// `provider/model`, once where the name begins with the provider.
    pub fn name(&self) -> String {
        match self.model.strip_prefix(&self.provider).is_some_and(|rest| rest.starts_with('/')) {
            true => self.model.clone(),
            false => format!("{}/{}", self.provider, self.model),
        }
    }

    /// Whether a name in small letters is its own, with or without the provider.
    pub(super) fn is(&self, name: &str) -> bool {
        let model = self.model.to_lowercase();
        model == name
            || self.name().to_lowercase() == name
            || name
                .strip_prefix(&self.provider.to_lowercase())
                .is_some_and(|rest| rest.strip_prefix('/') == Some(&model))
    }

    /// Whether a name in small letters is another of its names.
    pub(super) fn is_also(&self, name: &str) -> bool {
        self.aliases.iter().any(|alias| alias.to_lowercase() == name)
            || self.rule.as_ref().is_some_and(|rule| rule.holds(name))
    }

    /// Whether a name in small letters is the end of its own.
    pub(super) fn ends_with(&self, name: &str) -> bool {
        self.model.to_lowercase().rsplit('/').next() == Some(name)
    }

    /// What deciding between two entries hangs on.
    pub(super) fn prices(&self) -> [Option<f64>; 2] {
        [self.input, self.output]
    }
}

/// A price per token as one per million, without digits that only the conversion made.
pub(super) fn per_million(price: f64) -> f64 {
    format!("{:.11e}", price * 1e6).parse().unwrap_or(price * 1e6)
}
