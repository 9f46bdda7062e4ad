//! What the results say to somebody who has to decide.

use super::BadAnswers;
use crate::engine::{Metric, MonthlyCurve, Percentile, Results, Stat, Training};
use crate::information::Flip;
use crate::scenario::{CostKind, Criterion};
use crate::stats::{Estimate, Order};

/// The choice, and how firmly it stands.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// By which figure of their totals candidates are compared.
    pub criterion: Criterion,
    /// The candidate that is lowest by it.
    pub choice: usize,
    /// The candidate that is next; `None` where there is only one.
    pub rival: Option<usize>,
    /// How much more the rival costs by it.
    pub margin: Option<Estimate>,
    /// The candidate with the lowest mean total, where that is another one than the choice.
    pub mean_choice: Option<usize>,
    /// The probability that the choice is no dearer than the rival.
    pub p_cheaper_than_rival: Option<Estimate>,
    /// Whether the Monte Carlo error of the margin spans zero, or there is none.
    pub too_close: bool,
    /// How the choice compares with the rival by the criterion.
    pub order: Order,
    /// The candidate that is cheapest most often, where it is not the choice.
    pub usually_cheapest: Option<usize>,
    /// The probability that the choice is the cheapest.
    pub p_cheapest: Option<Estimate>,
    /// What the choice costs above the cheapest, on average over the trials in which it is not the cheapest.
    pub loss_when_wrong: Option<Estimate>,
    /// Mean cost of the choice above the cheapest, over all trials.
    pub regret: Option<Estimate>,
    /// The choice by what invoices and people cost on average, where means decide and it is another one.
    pub hard_choice: Option<usize>,
    /// The challenger with the lowest mean total: the choice, or what comes nearest to it.
    pub closest: Option<usize>,
    /// The comparison of each challenger with the baseline.
    pub challengers: Vec<Challenger>,
    /// Where the choice hangs on what a bad answer costs.
    pub bad_answers: Option<BadAnswers>,
    /// Where the money goes, by option.
    pub kinds: Vec<KindShares>,
    /// The inputs worth knowing better, by more than chance; the most valuable first.
    pub worth_knowing: Vec<WorthKnowing>,
    /// The value of knowing everything beforehand.
    pub everything: Option<Estimate>,
    /// Whether that counts the chances of random retrains, which nobody can know: then it is an upper bound.
    pub knows_chances: bool,
}

/// An input that it pays to know before deciding.
#[derive(Clone, Debug)]
pub struct WorthKnowing {
    /// The number of the random variable.
    pub variable: usize,
    /// What knowing it exactly is worth.
    pub worth: Estimate,
    /// Where it would change the choice.
    pub flips: Vec<Flip>,
}

/// A challenger against the baseline.
#[derive(Clone, Debug)]
pub struct Challenger {
    /// Its number.
    pub option: usize,
    /// Mean saving, and its 5th and 95th percentile.
    pub saving: [Option<Estimate>; 3],
    /// The largest outlay before it pays: mean and 95th percentile.
    pub peak_outlay: [Option<Estimate>; 2],
    /// The lasting break-even month: 5th, 50th and 95th percentile.
    pub months: [Option<f64>; 3],
    /// The probability of never breaking even for good.
    pub p_never: Option<Estimate>,
    /// The probability of being cheaper at the horizon.
    pub p_cheaper: Option<Estimate>,
    /// The volume at which its mean total is the baseline's.
    pub mean_break_even_volume: Option<Estimate>,
    /// How its mean total compares with the baseline's at the least of the volumes, and at the largest.
    pub order_at_ends: [Order; 2],
    /// The probability that it costs the same as the baseline.
    pub p_tied: Option<Estimate>,
    /// The volume at which it is as likely as not to be cheaper.
    pub median_break_even_volume: Option<Estimate>,
    /// That probability at the scenario's own volume.
    pub p_cheaper_at_volume: Option<Estimate>,
    /// How it is trained.
    pub training: Training,
    /// The inputs with the share of the saving's variance that each explains by itself, the largest first.
    pub drivers: Vec<(usize, Estimate)>,
    /// Whether it is the larger volumes at which it is more likely to be cheaper.
    pub gains_with_volume: bool,
}

/// Shares of an option's mean total, with what it is charged while others serve.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct KindShares {
    /// Invoices.
    pub vendors: f64,
    /// Hours.
    pub people: f64,
    /// Bad answers.
    pub bad_answers: f64,
    /// Anything else.
    pub other: f64,
}

impl Challenger {
    /// Whether it mostly costs the same as the baseline.
    pub fn mostly_ties(&self) -> bool {
        self.p_tied.and_then(|p| p.is_likely()) == Some(true)
    }
}

impl Verdict {
    /// Reads the verdict off the results.
    pub fn new(results: &Results) -> Verdict {
        let criterion = results.scenario.decision.criterion;
        let [ranked, on_average] = [criterion.into(), Stat::Mean].map(|stat| results.ranked(stat));
        let choice = ranked.first().copied().unwrap_or(results.model.baseline);
        let rival = ranked.get(1).copied();
        let margin = rival.and_then(|rival| results.difference_by_criterion(rival, choice));
        let order = rival.map_or(Order::Open, |rival| results.order_by_criterion(choice, rival));
        let hard = |i: usize| results.hard_mean(i).map_or(f64::INFINITY, |e| e.value);
        let hard_choice = ranked.iter().copied().fold(choice, |best, i| if hard(i) < hard(best) { i } else { best });
        Verdict {
            criterion,
            choice,
            rival,
            margin,
            mean_choice: on_average.first().copied().filter(|i| *i != choice),
            p_cheaper_than_rival: rival.and_then(|rival| results.p_cheaper(choice, rival)),
            too_close: rival.is_some() && order != Order::Less,
            order,
            usually_cheapest: usually_cheapest(results, choice, &ranked),
            p_cheapest: results.p_cheapest(choice),
            loss_when_wrong: results.loss_when_wrong(choice),
            regret: results.regret(choice),
            hard_choice: (criterion == Criterion::Mean && results.hard_order(hard_choice, choice) == Order::Less)
                .then_some(hard_choice),
            closest: ranked.iter().copied().find(|i| results.model.is_challenger(*i)),
            challengers: results.model.challengers().into_iter().map(|i| challenger(results, i)).collect(),
            bad_answers: BadAnswers::new(results),
            kinds: (0..results.model.options.len()).map(|i| kinds(results, i)).collect(),
            worth_knowing: worth_knowing(results),
            everything: results.information.everything,
            knows_chances: results.model.has_random_retrains(),
        }
    }
}

/// The option that nothing beats most often, where that is another than the choice by more than the error allows. Errors
/// of two shares add up at most.
fn usually_cheapest(results: &Results, choice: usize, ranked: &[usize]) -> Option<usize> {
    let p = |i: usize| results.p_unbeaten(i).map_or((0.0, 0.0), |p| (p.value, p.half_width(0.95).unwrap_or(1.0)));
    let often = ranked.iter().copied().fold(choice, |best, i| if p(i).0 > p(best).0 { i } else { best });
    (p(often).0 - p(choice).0 > p(often).1 + p(choice).1).then_some(often)
}

fn worth_knowing(results: &Results) -> Vec<WorthKnowing> {
    let information = &results.information;
    let certain = |worth: &Estimate| worth.half_width(0.95).is_some_and(|reach| worth.value > reach);
    let found = information.inputs.iter().enumerate().filter_map(|(variable, worth)| {
        let worth = worth.filter(certain)?;
        Some(WorthKnowing { variable, worth, flips: information.flips[variable].clone() })
    });
    let mut found: Vec<WorthKnowing> = found.collect();
    found.sort_by(|a, b| b.worth.value.total_cmp(&a.worth.value));
    found
}

fn challenger(results: &Results, option: usize) -> Challenger {
    let stat = |metric, stat| results.metric(option, metric, stat);
    let months = results.break_even_months(option, true);
    let curve: Vec<Estimate> = results.volume_curve(option).into_iter().flatten().collect();
    Challenger {
        option,
        saving: [Stat::Mean, Stat::Quantile(Percentile::P5), Stat::Quantile(Percentile::P95)]
            .map(|s| stat(Metric::Saving, s)),
        peak_outlay: [Stat::Mean, Stat::Quantile(Percentile::P95)].map(|s| stat(Metric::PeakOutlay, s)),
        months: [months[0], months[2], months[4]],
        p_never: results.p_never(option, true),
        p_cheaper: results.curve(option, MonthlyCurve::Cheaper, results.model.horizon),
        mean_break_even_volume: results.mean_break_even_volume(option),
        order_at_ends: orders(results, &results.saving_by_volume(option)),
        p_tied: results.p_tied(option),
        median_break_even_volume: results.median_break_even_volume(option),
        p_cheaper_at_volume: curve.get(curve.len() / 2).copied(),
        training: results.training[option],
        drivers: drivers(results, option),
        gains_with_volume: curve.first().map(|e| e.value) <= curve.last().map(|e| e.value),
    }
}

/// What the first and the last of some savings say of who costs less.
fn orders(results: &Results, savings: &[Option<Estimate>]) -> [Order; 2] {
    let size = results.metric(results.model.baseline, Metric::Total, Stat::Mean).map_or(0.0, |mean| mean.value.abs());
    [savings.first(), savings.last()].map(|saving| match saving.copied().flatten().map(|s| s.order(size, 0.95)) {
        Some(Order::Less) => Order::More,
        Some(Order::More) => Order::Less,
        order => order.unwrap_or(Order::Open),
    })
}

fn drivers(results: &Results, option: usize) -> Vec<(usize, Estimate)> {
    let shares = results.information.first_order.iter().enumerate();
    let mut found: Vec<(usize, Estimate)> = shares.filter_map(|(v, shares)| Some((v, shares[option][1]?))).collect();
    found.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    found
}

fn kinds(results: &Results, option: usize) -> KindShares {
    let model = &results.model.options[option];
    let mut shares = KindShares::default();
    let own = model.lines.iter().map(|line| line.kind);
    for (k, kind) in own.chain(model.substitutes.iter().map(|line| line.kind)).enumerate() {
        let place = match kind {
            CostKind::Vendor => &mut shares.vendors,
            CostKind::People => &mut shares.people,
            CostKind::Quality => &mut shares.bad_answers,
            CostKind::Other => &mut shares.other,
        };
        *place += results.line(option, k)[1].map_or(0.0, |e| e.value);
    }
    shares
}
