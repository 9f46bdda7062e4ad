//! What the figures of the tables are: every column and metric, in the words of someone who reads them.

use std::collections::BTreeSet;

use super::grid::wrap;
use super::screen::WIDTH;

/// The word for all of them.
pub const ALL_FIGURES: &str = "figures";

/// A figure: the names of its columns, metrics and rows, and what it is.
pub(super) type Figure = (&'static [&'static str], &'static str);

const FIGURES: [Figure; 50] = [
    (&["total"], "All that an option is charged from month 0 to the horizon, discounted to month 0."),
    (&["one_time"], "What it costs before month 1: setup, dataset, first training, lines per once. Not discounted."),
    (&["monthly"], "The total over the months of the horizon."),
    (&["running"], "The total without one-time costs, over the months of the horizon."),
    (&["last_month"], "The charge of the last month, not discounted: the run rate at the end."),
    (&["per_1000_requests"], "The total over all requests, times 1,000."),
    (
        &["per_1000_good_answers"],
        "The total over all requests that are not answered badly, times 1,000: what to compare where it is known how often \
       options fail and not what that costs.",
    ),
    (&["saving", "mean_saving"], "The baseline's total minus the option's own: above zero where the option pays."),
    (&["peak_outlay"], "The largest amount by which an option's cost so far exceeds the baseline's: the cash at risk."),
    (
        &["std_error", "_se"],
        "Monte Carlo standard error of the figure beside it: how far the simulation may be off, not how \
       uncertain the future is. Bands of 95 % reach 2.13 errors to both sides with 16 randomisations. `X_se` is that of `X`.",
    ),
    (&["mean", "mean_total"], "The average over all trials. Decisions between options hang on it."),
    (&["sd"], "Standard deviation: how far trials spread around the mean."),
    (&["min", "max"], "The least and the largest of all trials; more trials make them more extreme."),
    (
        &["p1", "p5", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "p5_total", "p95_total"],
        "Percentiles over the trials: p5 is the least number that at least 5 % of trials do not exceed; p50 is the median.",
    ),
    (&["p_cheapest"], "Probability that the option has the lowest total of all; over all options they add up to 1."),
    (
        &["p_cheaper"],
        "Probability that an option is live and has cost no more than the baseline by the end of that month, or at the \
         horizon with such a volume.",
    ),
    (
        &["p_paid_back"],
        "Probability that an option was cheaper than the baseline so far at the end of any month up to then.",
    ),
    (
        &["p_stays_cheaper"],
        "Probability that it is cheaper so far in that month and in all later ones: paid back for good.",
    ),
    (&["p_never"], "Probability of no break-even up to the horizon: not averaged into any month."),
    (
        &["break_even_month", "first", "lasting"],
        "The first month at whose end an option has cost no more than the baseline; the lasting one is that from which on \
         it stays so. Empty where too few trials get there.",
    ),
    (&["mean_break_even_volume"], "Requests a month at which the mean totals of an option and the baseline are equal."),
    (
        &["median_break_even_volume"],
        "Requests a month at which an option is as likely as not to be cheaper than the baseline.",
    ),
    (&["requests_per_month"], "The volume of the row: all trials had so many requests in month 1."),
    (
        &["kind"],
        "Who is paid: vendor, people, quality (bad answers) or other; of a break-even month, first or lasting.",
    ),
    (&["driver"], "What a cost line is proportional to: a month, requests, tokens, retrains, migrations, GPUs."),
    (&["line"], "The cost line: an amount times its driver."),
    (&["share"], "The part of the option's mean total; in one_way.csv, of the trials that lie in the slice."),
    (&["mean_units"], "How many units of the driver a month has on average."),
    (&["mean_cost"], "What a line costs in a month on average, not discounted."),
    (&["mean_discounted"], "What a line costs in a month on average, discounted; all months add up to its mean_total."),
    (&["low", "high"], "The ends of a bin (empty: everything beyond), or the values at which an input was held."),
    (&["count", "density"], "Trials in a bin, and their share over the bin's width."),
    (&["distribution"], "The input's distribution as the scenario has it."),
    (
        &["reached_ranks"],
        "PARTNER=RANK: what the rank correlation comes to where equal values keep it from what was asked for.",
    ),
    (
        &["outcome", "paid_back"],
        "What is studied: OPTION.total, OPTION.saving, OPTION.paid_back (1 if ever, else 0), or regret.",
    ),
    (&["regret"], "What the choice costs above the cheapest option, trial by trial. Its mean is the EVPI."),
    (&["outcome_low", "outcome_high", "outcome_base"], "Mean outcome with the input held low, high, or as drawn."),
    (&["swing"], "How far apart outcome_low and outcome_high are."),
    (&["cheapest", "cheapest_low", "cheapest_high"], "The option with the lowest mean total there."),
    (
        &["cheapest_below", "cheapest_above"],
        "The option with the lowest mean total on the two sides of a value at which it changes.",
    ),
    (&["value", "p_below"], "A value of an input, and the probability of a lower one."),
    (
        &["first_order"],
        "Sobol index: the share of an outcome's variance that an input explains by itself, which goes if it becomes known.",
    ),
    (
        &["total_order", "total_index"],
        "Sobol index of total order (`total` in indices.csv): the share in which an input has any part, with others too.",
    ),
    (
        &["shapley"],
        "Shapley effect: the share of variance with what inputs explain together dealt out fairly; they add up to 1, also \
         where inputs are correlated.",
    ),
    (&["rank_correlation"], "Spearman's correlation of an input and an outcome: which way, and how monotonously."),
    (
        &["evppi", "value_of_information"],
        "Expected value of partial perfect information: by how much the mean cost falls if this input is known before \
         choosing. No test or quote about it is worth more.",
    ),
    (
        &["evpi", "(everything)"],
        "Expected value of perfect information: what knowing all inputs beforehand would save, the mean regret of choosing now.",
    ),
    (&["metric", "option", "input", "month", "trial"], "What the row is about."),
    (
        &["share_of_tasks", "share_of_money"],
        "Of trials that are tasks: those in which the option is the cheapest, and the baseline's money that goes to them.",
    ),
    (&["mean_of_best"], "What a task costs on average if the cheapest option is chosen for each."),
];

/// What the figures of a name are, or all of them for [`ALL_FIGURES`]; `None` where there is no such figure.
pub fn figure_text(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let name = name.rsplit_once('.').map_or(name.as_str(), |(_, last)| last);
    let stem = name.strip_suffix("_se").filter(|stem| !stem.is_empty()).unwrap_or(name);
    let asked = |(names, _): &&Figure| name == ALL_FIGURES || names.contains(&stem);
    let text = |(names, meaning): &Figure| {
        let meaning: String = wrap(meaning, WIDTH - 2).lines().map(|line| format!("  {line}\n")).collect();
        format!("{}\n{meaning}", names.join(", "))
    };
    let texts: Vec<String> = FIGURES.iter().filter(asked).map(text).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// The figures of columns and metrics of some names: all names of each, and what it is.
pub(super) fn figures_of(known: &BTreeSet<&str>) -> impl Iterator<Item = Figure> {
    let is_known = |name: &&str| known.contains(*name) || known.contains(format!("{name}_se").as_str());
    FIGURES.into_iter().filter(move |(names, _)| names.iter().any(&is_known))
}

/// All names of figures.
pub fn figure_names() -> impl Iterator<Item = &'static str> {
    FIGURES.iter().flat_map(|(names, _)| names.iter().copied())
}
