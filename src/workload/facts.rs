//! What else a log says: for comments, not for fields.

use super::estimate::{EstimateOptions, brief, digits};
use super::list_cost::list_cost;
use super::series::Series;
use super::sums::TokenSums;
use super::tally::{LONG, LogTotals, Tally};

/// Whole days from which on the busiest hour means something.
const FOR_PEAK: usize = 14;
/// Models that are listed.
const LISTED: usize = 8;

/// What a log says beside its fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// All of it.
    pub totals: LogTotals,
    /// Its whole days.
    pub days: usize,
    /// The first and the last of them.
    pub ends: Option<(String, String)>,
    /// Requests of the busiest hour by those of the mean hour.
    pub peak: Option<f64>,
    /// Tokens of instructions that are part of every input.
    pub instruction_tokens: Option<f64>,
    /// Whether the number of requests is known.
    pub is_counted: bool,
}

/// That the input of a model was found not to include cached tokens.
pub fn cached_beside(model: &str) -> String {
    format!(
        "input of '{model}' does not include cached tokens, though this format's should: some records have more cached \
         than input; they were added"
    )
}

impl Facts {
    pub(super) fn of(tally: &Tally, series: &Series, options: &EstimateOptions) -> Facts {
        let days = series.days.len();
        Facts {
            totals: tally.totals(),
            days,
            ends: series.ends(),
            peak: tally.peak(series.range()).filter(|_| days >= FOR_PEAK),
            instruction_tokens: options.instruction_tokens,
            is_counted: !tally.has_uncounted,
        }
    }

    /// What may be of use for the options of a scenario, a comment each. `input` is the field of input tokens.
    pub fn comments(&self, input: &str) -> Vec<String> {
        let all = &self.totals.all;
        let mut lines = Vec::new();
        let mut say = |line: Option<String>| lines.extend(line);
        say(self.retries());
        say(self.cached());
        say(self.instructions(input));
        for (i, limit) in LONG.iter().enumerate() {
            let long = self.totals.long.filter(|long| long[i] > 0.0).map(|long| brief(long[i] / all.input));
            say(long
                .map(|share| format!("Requests above {limit} input tokens hold long_token_share = {share} of them.")));
        }
        say(self.peak.map(|peak| format!("Busiest hour by mean hour: peak_to_average = {}.", brief(peak))));
        let is_known = self.totals.has_cost && self.days > 0;
        say(is_known.then(|| {
            let listed = list_cost(&self.totals.models).map_or_else(String::new, |listed| {
                format!(" At the prices of the list that comes with the program: {}.", digits(listed))
            });
            format!("The log's own cost: {} in all.{listed}", digits(all.cost))
        }));
        lines
    }

    fn retries(&self) -> Option<String> {
        let (failed, answered) = (self.totals.failed, self.totals.all.requests);
        let share = brief(failed / (failed + answered));
        (failed > 0.0).then(|| {
            format!(
                "Failed: {failed} requests, {share} of all, which are left out: retry_rate = {}.",
                brief(failed / answered)
            )
        })
    }

    fn cached(&self) -> Option<String> {
        let TokenSums { input, cached, written, .. } = self.totals.all;
        let share = |x: f64| brief(x / input);
        (self.totals.knows_cached && input > 0.0)
            .then(|| format!("Of input {} was read from a cache, {} written to it.", share(cached), share(written)))
    }

    fn instructions(&self, input: &str) -> Option<String> {
        let tokens = self.instruction_tokens.filter(|_| self.is_counted)?;
        let TokenSums { requests, cached, .. } = self.totals.all;
        let rate = brief((cached / (requests * tokens)).min(1.0));
        Some(format!(
            "With {tokens} of the input tokens as instructions, write instead of the field above, and in the option:\n\
             input_tokens = \"{input} - {tokens}\"\ninference.instruction_tokens = {tokens}\n\
             inference.cache_hit_rate = {rate}"
        ))
    }

    /// What somebody should know before the numbers are used.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for model in &self.totals.wrong {
            notes.push(cached_beside(model));
        }
        if self.totals.models.len() > 1 {
            let count = |sums: &TokenSums| if self.is_counted { sums.requests } else { sums.input + sums.output };
            let unit = if self.is_counted { "requests" } else { "tokens" };
            let listed = self.totals.models.iter().take(LISTED);
            let listed: Vec<String> = listed.map(|(name, sums)| format!("'{name}' {}", count(sums))).collect();
            let more = self.totals.models.len().saturating_sub(LISTED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let first = &self.totals.models[0].0;
            notes.push(format!(
                "several models, of which these numbers are the sum, with {unit}: {}{more}; pick one with --where \
                 'model == {first}'",
                listed.join(", ")
            ));
        }
        notes
    }
}
