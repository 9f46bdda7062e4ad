//! What is to hold: `OPTION.METRIC[.STATISTIC] = X`, or `OPTION.p_cheapest = X`.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Sources, Span};
use crate::engine::{Collected, Dearest, Metric, Percentile, Stat, Totals};
use crate::model::Model;
use crate::quantity::plain_number as number;
use crate::scenario::{behind, joined};
use crate::stats::Estimate;

/// What to write.
const HELP: &str = "write --goal 'OPTION.saving = 0', 'OPTION.total.p90 = 500k' or 'OPTION.p_cheapest = 50%'";
/// The word for a probability of being the cheapest.
const P_CHEAPEST: &str = "p_cheapest";

/// A figure of an option that can be wanted to have a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GoalFigure {
    /// A statistic of a metric that is collected of every trial.
    Metric(Metric, Stat),
    /// The probability of being the cheapest candidate.
    PCheapest,
}

/// A figure of an option, and the value that it shall have.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The option.
    pub option: usize,
    /// Its figure.
    pub figure: GoalFigure,
    /// The value.
    pub target: f64,
    /// All of it with the statistic and the plain number: `Fine-tuning.saving.mean = 0`.
    pub text: String,
}

impl Goal {
    /// Reads a goal; the text becomes one of the sources, so that errors can point into it. A name of an option may hold
    /// dots, and may be quoted.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, model: &Model, sources: &mut Sources) -> Result<Goal, Diagnostic> {
        let reader = Reader { text, source: sources.add("--goal", text), model };
        // A name may hold `=`, a number does not.
        let Some(equals) = text.rfind('=') else {
            return Err(reader.error(0..text.len(), "`--goal` takes OPTION.METRIC = X").help(HELP));
        };
        let left = reader.trimmed(0..equals);
        if text[left.clone()].ends_with(['<', '>', '=', '!', ':']) {
            let error = reader.error(left.end - 1..equals + 1, "a goal is a value that is met: `=` stands before it");
            return Err(error.help(HELP));
        }
        let (option, rest) = reader.option(left)?;
        let figure = reader.figure(option, rest)?;
        let target = reader.target(figure, reader.trimmed(equals + 1..text.len()))?;
        let words = figure.words();
        let parts: Vec<&str> =
            std::iter::once(model.options[option].name.as_str()).chain(words.iter().map(String::as_str)).collect();
        Ok(Goal { option, figure, target, text: format!("{} = {target}", joined(&parts)) })
    }

    /// The figure in a run; `None` where it is undefined.
    pub fn of(&self, totals: &Totals) -> Option<Estimate> {
        match self.figure {
            GoalFigure::Metric(metric, stat) => totals.metric(self.option, metric, stat),
            GoalFigure::PCheapest => totals.p_cheapest(self.option),
        }
    }
}

impl GoalFigure {
    /// Its words in a goal.
    fn words(self) -> Vec<String> {
        match self {
            GoalFigure::Metric(metric, stat) => vec![metric.word().to_owned(), stat_word(stat)],
            GoalFigure::PCheapest => vec![P_CHEAPEST.to_owned()],
        }
    }
}

/// The statistics of a metric.
fn stats(metric: Metric) -> Vec<Stat> {
    let quantiles = Percentile::ALL.map(Stat::Quantile);
    let dearest = Dearest::ALL.into_iter().filter(|_| metric == Metric::Total).map(Stat::Dearest);
    std::iter::once(Stat::Mean).chain(quantiles).chain(dearest).collect()
}

fn stat_word(stat: Stat) -> String {
    match stat {
        Stat::Mean => "mean".to_owned(),
        Stat::Quantile(level) => level.word(),
        Stat::Dearest(dearest) => dearest.word().to_owned(),
        Stat::Sd => "sd".to_owned(),
        Stat::Min => "min".to_owned(),
        Stat::Max => "max".to_owned(),
    }
}

/// A goal as written.
struct Reader<'a> {
    text: &'a str,
    source: u32,
    model: &'a Model,
}

impl Reader<'_> {
    fn error(&self, at: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(Span::new(self.source, at.start, at.end), message)
    }

    /// A stretch without the spaces around it.
    fn trimmed(&self, at: Range<usize>) -> Range<usize> {
        let text = &self.text[at.clone()];
        let start = at.start + text.len() - text.trim_start().len();
        start..start + text.trim().len()
    }

    /// The option that is named, and what stands behind its name. Where one name begins another, that is meant behind which a
    /// figure stands, or else the longer one.
    fn option(&self, left: Range<usize>) -> Result<(usize, Range<usize>), Diagnostic> {
        let text = &self.text[left.clone()];
        let options = self.model.options.iter().enumerate();
        let named = options.filter_map(|(i, option)| Some((i, option.name.len(), behind(text, &option.name)?)));
        if let Some((i, _, rest)) = named.max_by_key(|(_, length, rest)| (begins_with_figure(&text[*rest..]), *length))
        {
            return Ok((i, left.start + rest..left.end));
        }
        let names: Vec<&str> = self.model.options.iter().map(|option| option.name.as_str()).collect();
        if let Some(name) = names.iter().find(|name| text == **name) {
            let message = format!("which figure of {name} is to have that value?");
            return Err(self.error(left, message).help(HELP));
        }
        // Everything up to the last word that can be a figure is the name.
        let cut = text.match_indices('.').rfind(|(i, _)| begins_with_figure(&text[i + 1..])).map(|(i, _)| i);
        let name = &text[..cut.or_else(|| text.find('.')).unwrap_or(text.len())];
        let error = self.error(left.start..left.start + name.len(), format!("no option `{name}`"));
        Err(error.one_of(name, &names))
    }

    /// What is asked of the option.
    fn figure(&self, option: usize, at: Range<usize>) -> Result<GoalFigure, Diagnostic> {
        let cut = self.text[at.clone()].find('.').map_or(at.end, |i| at.start + i);
        let metric_at = self.trimmed(at.start..cut);
        let stat_at = (cut < at.end).then(|| self.trimmed(cut + 1..at.end));
        let is_candidate = self.model.options[option].candidate;
        let name = &self.model.options[option].name;
        if self.text[metric_at.clone()] == *P_CHEAPEST {
            return match stat_at {
                Some(at) => Err(self.error(at, "a probability has no statistics").help("end with `p_cheapest`")),
                None if !is_candidate => Err(self.no_candidate(metric_at, name)),
                None => Ok(GoalFigure::PCheapest),
            };
        }
        let metric = self.metric(metric_at.clone())?;
        if metric == Metric::Saving && option == self.model.baseline {
            let error = self.error(metric_at, format!("{name} is the baseline, against which others save"));
            let others: Vec<&str> =
                self.model.challengers().iter().map(|i| self.model.options[*i].name.as_str()).collect();
            return Err(error.help(match others.first() {
                Some(other) => format!("take the saving of another option, such as {other}"),
                None => "there is no other option: take `total` or `monthly`".to_owned(),
            }));
        }
        if !metric.applies(self.model, option) {
            return Err(self.no_candidate(metric_at, name));
        }
        let stat = stat_at.map_or(Ok(Stat::Mean), |at| self.stat(metric, at))?;
        Ok(GoalFigure::Metric(metric, stat))
    }

    fn no_candidate(&self, at: Range<usize>, name: &str) -> Diagnostic {
        let error = self.error(at, format!("{name} is no candidate: it is neither ranked nor compared"));
        error.help("take `total` or `monthly`, or an option that can be chosen")
    }

    fn metric(&self, at: Range<usize>) -> Result<Metric, Diagnostic> {
        let word = &self.text[at.clone()];
        let possible: Vec<Metric> =
            Metric::ALL.into_iter().filter(|metric| metric.is_in(Collected::WithSavings)).collect();
        if let Some(metric) = possible.iter().find(|metric| metric.word() == word) {
            return Ok(*metric);
        }
        let words: Vec<&str> = possible.iter().map(|metric| metric.word()).chain([P_CHEAPEST]).collect();
        let is_known = Metric::ALL.iter().any(|metric| metric.word() == word);
        Err(match is_known {
            true => {
                let error = self.error(at, format!("`{word}` is not known of every trial"));
                error.help(format!("a goal can be set for {}", listed(&words)))
            }
            false => self.error(at, format!("no figure `{word}`")).one_of(word, &words),
        })
    }

    fn stat(&self, metric: Metric, at: Range<usize>) -> Result<Stat, Diagnostic> {
        let word = &self.text[at.clone()];
        let stats = stats(metric);
        if let Some(stat) = stats.iter().find(|stat| stat_word(**stat) == *word) {
            return Ok(*stat);
        }
        if Dearest::ALL.iter().any(|dearest| dearest.word() == word) {
            let error = self.error(at, format!("`{word}` is the average of the dearest totals"));
            return Err(error.help(format!("take `total.{word}`, or a percentile such as p10")));
        }
        let words: Vec<String> = stats.into_iter().map(stat_word).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        Err(self.error(at, format!("no statistic `{word}`")).help(format!("there are {}", listed(&words))))
    }

    /// The value that the figure shall have.
    fn target(&self, figure: GoalFigure, at: Range<usize>) -> Result<f64, Diagnostic> {
        let text = &self.text[at.clone()];
        let Some(target) = number(text).filter(|x| x.is_finite()) else {
            let at = if at.is_empty() { 0..self.text.len() } else { at };
            return Err(self.error(at, "a goal ends with a number").help(HELP));
        };
        if figure == GoalFigure::PCheapest && !(0.0..=1.0).contains(&target) {
            let error = self.error(at, "a probability lies between 0 and 1");
            return Err(error.help("write 0.9 or 90%"));
        }
        // Zero without a sign.
        Ok(target + 0.0)
    }
}

/// Whether a text begins with the word of a figure, be it one for which a goal can be set or not.
fn begins_with_figure(text: &str) -> bool {
    let word = text.split('.').next().unwrap_or("").trim();
    word == P_CHEAPEST || Metric::ALL.iter().any(|metric| metric.word() == word)
}

/// Words one after the other.
fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.join(""),
    }
}
