//! Which option is the cheapest at which traffic.

use super::super::format::short;
use super::break_even::{own_volume, requests_label};
use super::{Chart, Words, heading, label, name, point};
use crate::chart::{self, ChartError, ChartStyle};
use crate::engine::Results;
use crate::tables::{Verdict, frontier_by_volume};

pub(super) const ACCEPTABILITY: Chart = Chart {
    key: "acceptability",
    title: "Which is the cheapest at what traffic",
    reading: |Words { unit, .. }| {
        format!(
            "If all {unit} had the traffic below, this would be the share in which each option is the cheapest of all. The \
             broken line follows the option that is the cheapest on average, which is not always the likeliest."
        )
    },
    applies: |results, _| {
        results.model.candidates().len() > 1 && results.volumes.last().is_some_and(|most| *most > 0.0)
    },
    draw: acceptability,
};

fn acceptability(results: &Results, _: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let chances = |i: usize| results.p_cheapest_by_volume(i);
    let curve = |i: usize| chart::Curve {
        name: label(results, i),
        colour: i,
        dashed: false,
        points: std::iter::zip(&results.volumes, chances(i)).map(|(v, p)| point(*v, p)).collect(),
        mark: None,
        end_note: None,
    };
    let frontier = frontier_by_volume(results);
    let along = results.volumes.iter().zip(&frontier).enumerate();
    let frontier_curve = chart::Curve {
        name: "the cheapest on average".to_owned(),
        colour: results.model.options.len(),
        dashed: true,
        points: along.filter_map(|(k, (v, i))| Some(point(*v, chances((*i)?)[k]))).collect(),
        mark: None,
        end_note: None,
    };
    let chart = chart::Curves {
        heading: heading(results, title(results, &frontier), "Probability of being the cheapest at the horizon"),
        x_label: requests_label(results).to_owned(),
        y_label: "probability of being the cheapest".to_owned(),
        x_scale: chart::XScale::Log(chart::AxisUnit::Plain),
        marker: Some(own_volume(results)),
        series: results.model.candidates().into_iter().map(curve).chain([frontier_curve]).collect(),
    };
    chart::curves(&chart, style)
}

/// Where the option changes that is the cheapest on average: between two volumes of the curve.
fn title(results: &Results, frontier: &[Option<usize>]) -> String {
    let known: Vec<(f64, usize)> =
        results.volumes.iter().zip(frontier).filter_map(|(v, i)| Some((*v, (*i)?))).collect();
    let changes: Vec<(f64, usize)> = known
        .windows(2)
        .filter(|pair| pair[0].1 != pair[1].1)
        .map(|pair| (crate::math::sqrt(pair[0].0 * pair[1].0), pair[1].1))
        .collect();
    let Some((low, first)) = known.first() else { return "Which is the cheapest".to_owned() };
    let first = name(results, *first);
    match &changes[..] {
        [] => {
            let high = known.last().map_or(*low, |(high, _)| *high);
            let [low, high] = [*low, high].map(|v| short(v, 0.0));
            format!("{first} is the cheapest on average at any volume from {low} to {high} requests a month")
        }
        [(volume, next)] => {
            let volume = short(*volume, 0.1 * volume);
            let next = name(results, *next);
            format!("{first} is the cheapest on average up to about {volume} requests a month, above that {next}")
        }
        _ => "Which option is the cheapest on average changes with the traffic".to_owned(),
    }
}
