//! The verdict on one slide.

use super::super::format::{chances, money, percent};
use super::super::input_value::input_value;
use super::{Chart, Words, finding, heading, label, unit};
use crate::chart::{self, ChartError, ChartStyle, Fact, SlideCost};
use crate::engine::{Metric, Percentile, Results, Stat};
use crate::information::Flip;
use crate::stats::Estimate;
use crate::tables::{Verdict, WorthKnowing};

pub(super) const VERDICT: Chart = Chart {
    key: "verdict",
    title: "The verdict",
    reading: |Words { unit, .. }| {
        format!(
            "The choice, what each option costs on average and in 90 % of the {unit}, how often it pays, and the one input that would change the answer: made to be pasted."
        )
    },
    applies: |_, _| true,
    draw,
};

fn draw(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let costs = results.model.candidates().into_iter().map(|i| {
        let value = |stat| results.metric(i, Metric::Total, stat).map_or(f64::NAN, |e| e.value);
        let range = [Percentile::P5, Percentile::P95].map(|level| value(Stat::Quantile(level)));
        SlideCost { name: label(results, i), colour: i, range, mean: value(Stat::Mean) }
    });
    let facts = [margin(results, verdict), break_even(results, verdict), Some(change(results, verdict))];
    let chart = chart::Slide {
        heading: heading(results, finding(results, verdict), "Total cost", results.design.trials()),
        x_label: format!("total cost over {} months, {}", results.model.horizon, results.scenario.currency),
        unit: unit(results),
        costs: costs.collect(),
        facts: facts.into_iter().flatten().collect(),
    };
    chart::slide(&chart, style)
}

/// How often the choice is right, and what it costs where it is not.
fn margin(results: &Results, verdict: &Verdict) -> Option<Fact> {
    let (p, loss) = (verdict.p_cheapest?, verdict.loss_when_wrong);
    verdict.rival?;
    let unit = results.scenario.simulation.trials_are.word();
    let mut words = format!("of {unit}: {} is the cheapest", label(results, verdict.choice));
    if let Some(loss) = loss.filter(|_| !results.is_certain()) {
        words += &format!("; where it is not, it costs {} more", money(&results.scenario.currency, loss));
    }
    Some(Fact { figure: percent(p, chances(results)), words })
}

/// How often the challenger that would be chosen, or else the closest one, has paid back for good.
fn break_even(results: &Results, verdict: &Verdict) -> Option<Fact> {
    let chosen = verdict.challengers.iter().find(|c| c.option == verdict.choice);
    let closest = || verdict.challengers.iter().find(|c| Some(c.option) == verdict.closest);
    let challenger = chosen.or_else(closest)?;
    let unit = results.scenario.simulation.trials_are.word();
    let month = |month: u32| results.scenario.simulation().month(month);
    let (option, horizon) = (label(results, challenger.option), month(results.model.horizon));
    let mut words = format!("of {unit}: {option} has broken even for good by {horizon}");
    if let Some(half) = challenger.months[1] {
        words += &format!(", half of all by {}", month(half as u32));
    }
    Some(Fact { figure: percent(challenger.p_cheaper?, chances(results)), words })
}

/// The input that is worth knowing the most among those that would change the choice, and where it would.
fn change(results: &Results, verdict: &Verdict) -> Fact {
    let flips = |known: &&WorthKnowing| !known.flips.is_empty();
    match verdict.worth_knowing.iter().find(flips).and_then(|known| Some((known, known.flips.first()?))) {
        Some((known, flip)) => flipped(results, known.variable, flip),
        None if verdict.rival.is_none() => Fact { figure: "-".to_owned(), words: "nothing to compare with".to_owned() },
        None => Fact { figure: "none".to_owned(), words: "of the inputs by itself would change the choice".to_owned() },
    }
}

fn flipped(results: &Results, variable: usize, flip: &Flip) -> Fact {
    let variable = &results.model.program.variables[variable];
    let at =
        |estimate: Option<Estimate>| estimate.map_or(String::new(), |e| input_value(&results.scenario, variable, e));
    let figure = match (flip.from, flip.to) {
        (Some(from), Some(to)) => format!("{} to {}", at(from.at), at(to.at)),
        (Some(from), None) => format!("> {}", at(from.at)),
        (None, Some(to)) => format!("< {}", at(to.at)),
        (None, None) => "any".to_owned(),
    };
    Fact { figure, words: format!("{}: there {} costs less on average", variable.name, label(results, flip.option)) }
}
