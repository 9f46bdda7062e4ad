//! The inputs as drawn, by their exact distributions.

use super::super::axis_unit::axis_unit;
use super::super::understood::plain;
use super::{Chart, by_explained, explained, heading};
use crate::chart::{self, ChartError, ChartStyle, InputShape};
use crate::dist::Dist;
use crate::engine::{Results, VariableSummary};
use crate::quantity::Law;
use crate::tables::Verdict;

/// So many inputs are drawn.
const MOST: usize = 12;
/// Bins of a continuous distribution, between its outermost half percents.
const BINS: usize = 30;
const TAIL: f64 = 0.005;
/// More values than these are put into bins.
const MOST_VALUES: usize = 60;

pub(super) const INPUTS: Chart = Chart {
    key: "inputs",
    title: "What was put in",
    reading: |_| {
        "What the scenario says about each input: the higher a bar, the more often it takes such values. \
                         The shade holds 90 % of them."
            .to_owned()
    },
    applies: |results, _| !results.variables.is_empty(),
    draw,
};

fn draw(results: &Results, verdict: &Verdict, style: ChartStyle) -> Result<Vec<u8>, ChartError> {
    let order = by_explained(results, verdict);
    let shown = &order[..order.len().min(MOST)];
    let panel = |v: &usize| chart::InputPanel {
        name: results.model.program.variables[*v].name.clone(),
        unit: axis_unit(&results.scenario, &results.model.program.variables[*v]),
        shape: shape(&results.model.program.variables[*v].law, &results.variables[*v]),
        quantiles: results.variables[*v].quantiles,
    };
    let chart = chart::InputsChart {
        heading: heading(
            results,
            title(results, verdict, &order),
            "The inputs as drawn, by what they explain",
            results.detail_trials(),
        ),
        y_label: "probability of each bin or value, between the 0.5th and the 99.5th percentile".to_owned(),
        panels: shown.iter().map(panel).collect(),
        missing: order.len() - shown.len(),
    };
    chart::inputs(&chart, style)
}

/// How many inputs there are, and how many of them explain anything.
fn title(results: &Results, verdict: &Verdict, order: &[usize]) -> String {
    let matters = |v: &&usize| explained(results, verdict, **v).is_some_and(|share| share.value >= 0.01);
    match (order.len(), order.iter().filter(matters).count()) {
        (1, _) => "What is assumed of the one uncertain input".to_owned(),
        (n, 0) => format!("What is assumed of the {n} uncertain inputs"),
        (n, 1) => format!("One of the {n} uncertain inputs explains more than 1 % of the outcome by itself"),
        (n, k) => format!("{k} of the {n} uncertain inputs explain more than 1 % of the outcome each"),
    }
}

fn shape(law: &Law, summary: &VariableSummary) -> InputShape {
    match law {
        Law::Fixed(quantiles) => exact(quantiles.dist()),
        Law::Choice(weights) => {
            let before = std::iter::once(&0.0).chain(weights);
            let branches = weights.iter().zip(before).enumerate();
            InputShape::Values(branches.map(|(k, (to, from))| ((k + 1) as f64, to - from)).collect())
        }
        Law::Varying(_) => {
            let [low, _, high] = summary.quantiles.map(plain);
            let mean = plain(summary.mean);
            InputShape::Words(format!("with uncertain parameters: mean {mean}, 90 % of draws from {low} to {high}"))
        }
    }
}

/// The values of a distribution that takes few, else its bins.
fn exact(dist: &Dist) -> InputShape {
    let [low, high] = [TAIL, 1.0 - TAIL].map(|u| dist.quantile(u));
    let values = values(dist, low, high);
    match values {
        Some(values) if values.len() <= MOST_VALUES => InputShape::Values(values),
        // Bins of whole numbers hold equally many of them: others would show a pattern that is not there.
        Some(values) if values.iter().all(|(value, _)| value.fract() == 0.0) => {
            let width = ((high - low + 1.0) / BINS as f64).ceil();
            bins(dist, low - 0.5, width, ((high - low + 1.0) / width).ceil() as usize)
        }
        _ => bins(dist, low, (high - low) / BINS as f64, BINS),
    }
}

/// The values from `low` to `high` with their probabilities, at most one more than are drawn; none of what is not
/// discrete.
fn values(dist: &Dist, low: f64, high: f64) -> Option<Vec<(f64, f64)>> {
    let mut values = Vec::new();
    let mut x = low;
    loop {
        let below = dist.cdf(x);
        let share = below - dist.cdf_below(x);
        if share.is_nan() || share <= 1e-12 {
            return None;
        }
        values.push((x, share));
        if x >= high || values.len() > MOST_VALUES {
            return Some(values);
        }
        let next = dist.quantile(below + 1e-9 * (1.0 - below));
        if next.is_nan() || next <= x {
            return None;
        }
        x = next;
    }
}

/// Bins of one width; a value on an edge is in the bin above, and the last holds both of its edges.
fn bins(dist: &Dist, low: f64, width: f64, count: usize) -> InputShape {
    let edges: Vec<f64> = (0..=count).map(|k| low + width * k as f64).collect();
    let below = |k: usize| if k == count { dist.cdf(edges[k]) } else { dist.cdf_below(edges[k]) };
    let shares = (0..count).map(|k| below(k + 1) - below(k)).collect();
    InputShape::Bins { edges, shares }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::Form;

    fn of(form: Form, parameters: &[f64]) -> InputShape {
        exact(&form.build(parameters).unwrap())
    }

    #[test]
    fn bins_of_a_continuous_distribution_hold_what_is_between_its_tails() {
        let InputShape::Bins { edges, shares } = of(Form::Uniform, &[0.0, 1.0]) else { unreachable!() };
        assert_eq!((edges.len(), shares.len()), (BINS + 1, BINS));
        assert!((edges[0] - TAIL).abs() < 1e-12 && (edges[BINS] - 1.0 + TAIL).abs() < 1e-12);
        assert!(shares.iter().all(|share| (share - 0.99 / BINS as f64).abs() < 1e-12), "{shares:?}");
    }

    #[test]
    fn few_values_are_drawn_one_by_one() {
        assert_eq!(of(Form::Binomial, &[1.0, 0.25]), InputShape::Values(vec![(0.0, 0.75), (1.0, 0.25)]));
        let data = Dist::empirical(vec![5.0, 5.0, 7.5, 9.0]).unwrap();
        assert_eq!(exact(&data), InputShape::Values(vec![(5.0, 0.5), (7.5, 0.25), (9.0, 0.25)]));
        assert_eq!(exact(&Dist::constant(3.0)), InputShape::Values(vec![(3.0, 1.0)]));
    }

    #[test]
    fn bins_of_whole_numbers_hold_equally_many() {
        let InputShape::Bins { edges, shares } = of(Form::Poisson, &[1000.0]) else { unreachable!() };
        let width = edges[1] - edges[0];
        assert!(width.fract() == 0.0 && edges[0].fract() == 0.5 && shares.len() <= BINS, "{edges:?}");
        assert!(shares.iter().sum::<f64>() > 0.989);
        // From the left up and then down: no teeth.
        let turns = shares.windows(3).filter(|s| (s[1] - s[0]) * (s[2] - s[1]) < 0.0).count();
        assert_eq!(turns, 1, "{shares:?}");
    }

    #[test]
    fn an_atom_in_a_continuous_distribution_is_in_its_bin() {
        let parts = vec![(0.5, Dist::constant(0.5)), (0.5, Form::Uniform.build(&[0.0, 1.0]).unwrap())];
        let InputShape::Bins { shares, .. } = exact(&Dist::mixture(parts).unwrap()) else { unreachable!() };
        let heavy: Vec<f64> = shares.iter().copied().filter(|share| *share > 0.4).collect();
        assert!(heavy.len() == 1 && heavy[0] > 0.5, "{shares:?}");
    }
}
