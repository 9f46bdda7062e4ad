//! The keys of a scenario that hold something else than a quantity: texts, words, whole numbers.

use super::decision::{Criterion, SpendScope};
use super::settings::{CostKind, CostUnit, Timing, TrialsAre};
use crate::sample::Sampler;

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// A text.
    Text,
    /// A day.
    Date,
    /// The names of variables.
    Names,
    /// The names of files.
    Files,
    /// `true` or `false`.
    Boolean,
    /// A whole number in a range.
    Whole(u64, u64),
    /// A plain number in a range.
    Number(f64, f64),
    /// A constant amount of money of at least 0.
    Amount,
    /// A quantity of any size.
    Quantity,
    /// One of some words.
    Words(fn() -> Vec<&'static str>),
}

/// A key that holds no field.
#[derive(Clone, Copy, Debug)]
pub struct TextKey {
    /// The table it stands in; those of the option's sections by their own names.
    pub table: &'static str,
    /// Its key there.
    pub key: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it holds when it is not written; empty where nothing is assumed.
    pub default: &'static str,
    /// Whether it must be written.
    pub required: bool,
    /// What it means.
    pub meaning: &'static str,
}

fn words<T>(all: &[(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(word, _)| *word).collect()
}

const fn label(table: &'static str, key: &'static str, takes: Takes, meaning: &'static str) -> TextKey {
    TextKey { table, key, takes, default: "", required: false, meaning }
}

impl TextKey {
    const fn or(self, default: &'static str) -> TextKey {
        TextKey { default, ..self }
    }

    const fn required(self) -> TextKey {
        TextKey { required: true, ..self }
    }

    /// The keys of a table that hold no field.
    pub fn of_table(table: &'static str) -> impl Iterator<Item = &'static str> + Clone {
        TextKey::ALL.iter().filter(move |label| label.table == table).map(|label| label.key)
    }

    /// All of them, in the order of the format.
    pub const ALL: &'static [TextKey] = &[
        label("", "format", Takes::Whole(1, 1), "The version of the format that the file is written in.").or("1"),
        label("", "title", Takes::Text, "What the comparison is about.").or("the file's name"),
        label("", "currency", Takes::Text, "The name of the money; nothing is converted.").or("USD"),
        label(
            "",
            "baseline",
            Takes::Text,
            "The option that serves the task today: the others are compared with it, it answers until they launch and takes \
             their escalations.",
        )
        .or("the first option"),
        label("simulation", "horizon_months", Takes::Whole(1, 600), "Over how many months costs are compared.").required(),
        label(
            "simulation",
            "trials",
            Takes::Whole(1, 1 << 31),
            "How many futures are simulated; rounded up to what the sampler takes.",
        )
        .or("262144"),
        label("simulation", "seed", Takes::Whole(0, u64::MAX), "Of all randomness: the same seed gives the same bytes.")
            .or("1"),
        label(
            "simulation",
            "sampler",
            Takes::Words(|| words(Sampler::WORDS)),
            "How points are chosen: scrambled Sobol points err least; plain Monte Carlo is what others use.",
        )
        .or("sobol"),
        label(
            "simulation",
            "trials_are",
            Takes::Words(|| words(TrialsAre::WORDS)),
            "What a trial stands for: one way the future may turn out, or one task of a portfolio.",
        )
        .or("futures"),
        label(
            "simulation",
            "start",
            Takes::Date,
            "The month that is month 1, by its first day. Then launch, retirement and migration may be dates, and months have names.",
        ),
        label(
            "simulation",
            "fiscal_year_start",
            Takes::Whole(1, 12),
            "The month of the year with which years and quarters of spending begin, where start is written.",
        )
        .or("1"),
        label(
            "decision",
            "criterion",
            Takes::Words(|| words(Criterion::WORDS)),
            "The figure of its total by which an option is chosen: the mean, a percentile, or the average of the dearest 10 % \
             (cvar90) or 5 % (cvar95) of trials.",
        )
        .or("mean"),
        label("decision", "monthly_budget", Takes::Amount, "What may be spent in a month, undiscounted."),
        label("decision", "yearly_budget", Takes::Amount, "What may be spent in a year, undiscounted: years are those of spend.csv."),
        label("decision", "horizon_budget", Takes::Amount, "What may be spent in all months, undiscounted."),
        label(
            "decision",
            "budget_scope",
            Takes::Words(|| words(SpendScope::WORDS)),
            "What counts against the budgets: what vendors are paid, that and all else but bad answers, or all.",
        )
        .or("cash"),
        label("catalogue", "files", Takes::Files, "Price lists that are looked at before the built-in one, the first of them first."),
        label("catalogue", "date", Takes::Date, "Prices as of that day, where a list is dated.").or("the newest in the list"),
        label("correlation", "inputs", Takes::Names, "Two or more random variables by their names; every pair of them.")
            .required(),
        label("correlation", "rank", Takes::Number(-1.0, 1.0), "Their rank correlation (Spearman).").required(),
        label("option", "name", Takes::Text, "What the option is called; one of a kind.").required(),
        label(
            "option",
            "candidate",
            Takes::Boolean,
            "Whether it can be chosen; if not, it is priced and takes escalations, but is neither ranked nor compared.",
        )
        .or("true"),
        label("option", "after_retirement", Takes::Text, "The option whose running costs are paid after retire_month.")
            .or("the baseline"),
        label(
            "option",
            "route_to",
            Takes::Text,
            "The option that serves the requests which this one does not, where traffic_share is below 1.",
        )
        .or("the baseline"),
        label(
            "inference",
            "batch_discounts_cached",
            Takes::Boolean,
            "Whether the batch discount holds for tokens read from the cache too; false where a vendor leaves them at their price.",
        )
        .or("true"),
        label(
            "inference",
            "model",
            Takes::Text,
            "The model's name: prices that are not written are those of the first price list that has it (`breakeven models`).",
        ),
        label(
            "hosting",
            "gpu",
            Takes::Text,
            "A GPU and who rents it out, such as h100@lambda or h100@lambda:reserved: gpu_hourly_rate is its rent, if that is not written.",
        ),
        label(
            "training",
            "retrain_timing",
            Takes::Words(|| words(Timing::WORDS)),
            "Whether retrains come at even distances, or whenever the task changes (a Poisson process of that rate).",
        )
        .or("scheduled"),
        label("quality", "escalate_to", Takes::Text, "The option that answers what this one escalates.").or("the baseline"),
        label("cost", "name", Takes::Text, "What the line is called.").required(),
        label("cost", "amount", Takes::Quantity, "What it costs per unit; may be negative.").required(),
        label("cost", "per", Takes::Words(|| words(CostUnit::WORDS)), "What it is counted in.").required(),
        label("cost", "kind", Takes::Words(|| words(CostKind::WORDS)), "Who is paid, or who suffers.").or("vendor"),
    ];
}
