//! Results to charts: each beside the CSV that holds its numbers.

use super::format::{money, percent, short};
use crate::chart::{self, ChartError, Heading, Style, Unit};
use crate::engine::{Curve, Metric, Results, Stat};
use crate::stats::Estimate;
use crate::tables::{Verdict, line_labels};

/// Names, without extension, and the functions that draw them.
type Drawing = (&'static str, fn(&Results, &Verdict, Style) -> Result<Vec<u8>, ChartError>);

const DRAWINGS: [Drawing; 6] = [
    ("histogram", histogram),
    ("break_even", break_even),
    ("break_even_volume", volume),
    ("cumulative", cumulative),
    ("ledger", ledger),
    ("value_of_information", value_of_information),
];

/// The files of every chart in every format.
pub fn chart_names() -> Vec<String> {
    DRAWINGS.iter().flat_map(|(name, _)| ["png", "svg"].map(|e| format!("{name}.{e}"))).collect()
}

/// All charts of a run, with the names of their files. A chart that cannot be drawn does not keep the others back.
pub fn charts(results: &Results, style: Style) -> Vec<(String, Result<Vec<u8>, ChartError>)> {
    let verdict = Verdict::new(results);
    let draw = |(name, draw): Drawing| (format!("{name}.{}", style.format.extension()), draw(results, &verdict, style));
    // A comparison needs two: without challengers there is no break-even to draw.
    let compared = !results.model.challengers().is_empty();
    let informs = verdict.everything.is_some_and(|worth| worth.value > 0.0);
    let has_data = |name: &str| match name {
        "value_of_information" => informs,
        name => compared || !name.starts_with("break_even"),
    };
    DRAWINGS.into_iter().filter(|(name, _)| has_data(name)).map(draw).collect()
}

fn name(results: &Results, option: usize) -> &str {
    &results.model.options[option].name
}

/// Of amounts of money.
fn unit(results: &Results) -> Unit {
    Unit::of_currency(&results.scenario.currency)
}

fn heading(results: &Results, title: String, what: &str) -> Heading {
    let simulation = &results.scenario.simulation;
    let trials = super::format::grouped(results.design.trials() as f64, 0);
    let unit = simulation.trials_are.word();
    let subtitle =
        format!("{what}, {} months, {trials} simulated {unit}, seed {}", simulation.horizon, simulation.seed);
    Heading { title, subtitle }
}

/// The verdict as a title.
fn finding(results: &Results, verdict: &Verdict) -> String {
    let choice = name(results, verdict.choice);
    let Some((rival, margin)) = verdict.rival.zip(verdict.margin) else {
        return format!("What {choice} costs");
    };
    if verdict.too_close {
        return format!("{choice} and {} are too close to call", name(results, rival));
    }
    let amount = money(&results.scenario.currency, margin);
    format!("{choice} costs {amount} less than {} on average", name(results, rival))
}

fn histogram(results: &Results, verdict: &Verdict, style: Style) -> Result<Vec<u8>, ChartError> {
    let options = results.model.candidates();
    let value = |i, s| results.metric(i, Metric::Total, s).map_or(f64::NAN, |e| e.value);
    let mut edges = Vec::new();
    let mut series = Vec::new();
    let mut width = 1.0;
    for i in options {
        let Some(bins) = results.histogram(i, Metric::Total) else { continue };
        (edges, width) = (bins.edges(), bins.width());
        let total = bins.total() as f64;
        let shares: Vec<f64> = bins.counts().iter().map(|c| *c as f64 / total).collect();
        series.push(chart::HistogramSeries {
            name: name(results, i).to_owned(),
            colour: i,
            below: shares[0],
            above: shares[shares.len() - 1],
            shares: shares[1..shares.len() - 1].to_vec(),
            mean: value(i, Stat::Mean),
            p5: value(i, Stat::quantile(0.05)),
            p95: value(i, Stat::quantile(0.95)),
        });
    }
    let chart = chart::Histogram {
        heading: heading(results, finding(results, verdict), "Total cost"),
        x_label: format!("total cost over {} months, {}", results.model.horizon, results.scenario.currency),
        unit: unit(results),
        y_label: format!("share of {} per bin of {}", results.scenario.simulation.trials_are.word(), short(width, 0.0)),
        edges,
        series,
    };
    chart::histogram(&chart, style)
}

/// A point of a curve with its 95 % band.
pub(super) fn point(x: f64, p: Option<Estimate>) -> chart::CurvePoint {
    let y = p.map_or(f64::NAN, |e| e.value);
    let reach = p.and_then(|e| e.reach(0.95)).unwrap_or(0.0);
    chart::CurvePoint { x, y, low: (y - reach).max(0.0), high: (y + reach).min(1.0) }
}

fn break_even(results: &Results, verdict: &Verdict, style: Style) -> Result<Vec<u8>, ChartError> {
    let trials = results.design.trials();
    let mut series = Vec::new();
    for challenger in &verdict.challengers {
        let option = challenger.option;
        let kinds = [(Curve::StaysCheaper, false, "cheaper for good"), (Curve::Cheaper, true, "cheaper so far")];
        for (curve, dashed, label) in kinds {
            let points =
                (1..=results.model.horizon).map(|m| point(f64::from(m), results.curve(option, curve, m))).collect();
            let never = challenger.p_never.filter(|_| !dashed).map(|p| format!("never: {}", percent(p, trials)));
            let name = format!("{}: {label}", name(results, option));
            series.push(chart::Curve { name, colour: option, dashed, points, end_note: never });
        }
    }
    let chart = chart::Curves {
        heading: heading(results, break_even_title(results, verdict), "Cumulative cost against the baseline's"),
        x_label: "month".to_owned(),
        y_label: format!("probability that it costs no more than {} so far", name(results, results.model.baseline)),
        x_scale: chart::XScale::Months,
        marker: None,
        series,
    };
    chart::curves(&chart, style)
}

fn break_even_title(results: &Results, verdict: &Verdict) -> String {
    let best = verdict.challengers.iter().max_by(|a, b| {
        let p = |c: &crate::tables::Challenger| c.p_cheaper.map_or(0.0, |e| e.value);
        p(a).total_cmp(&p(b))
    });
    let Some((challenger, p)) = best.and_then(|c| Some((c, c.p_cheaper?))) else { return "Break-even".to_owned() };
    let unit = results.scenario.simulation.trials_are.word();
    let share = match p.value {
        0.0 => format!("practically none of the {unit}"),
        1.0 => format!("practically all {unit}"),
        _ => format!("{} of {unit}", percent(p, results.design.trials())),
    };
    let horizon = results.model.horizon;
    format!("{} has paid for good within {horizon} months in {share}", name(results, challenger.option))
}

fn volume(results: &Results, verdict: &Verdict, style: Style) -> Result<Vec<u8>, ChartError> {
    let series = verdict.challengers.iter().map(|c| chart::Curve {
        name: name(results, c.option).to_owned(),
        colour: c.option,
        dashed: false,
        points: std::iter::zip(&results.volumes, results.volume_curve(c.option)).map(|(v, p)| point(*v, p)).collect(),
        end_note: None,
    });
    let chart = chart::Curves {
        heading: heading(results, volume_title(results, verdict), "Probability of being cheaper at the horizon"),
        x_label: "requests per month".to_owned(),
        y_label: format!("probability that it costs no more than {}", name(results, results.model.baseline)),
        x_scale: chart::XScale::Log,
        marker: Some(chart::Marker::Line { x: results.median_requests, label: "median of this scenario".to_owned() }),
        series: series.collect(),
    };
    chart::curves(&chart, style)
}

/// On the challenger that would be chosen, or else on the one that is likeliest to be cheaper.
fn volume_title(results: &Results, verdict: &Verdict) -> String {
    let by_choice = verdict.challengers.iter().find(|c| c.option == verdict.choice);
    let likeliest =
        || verdict.challengers.iter().max_by(|a, b| a.p_cheaper_at_volume.total_cmp(&b.p_cheaper_at_volume));
    let Some(challenger) = by_choice.or_else(likeliest) else { return "Volume".to_owned() };
    let option = name(results, challenger.option);
    match challenger.even_volume {
        Some(volume) => {
            let side = if challenger.gains_with_volume { "above" } else { "below" };
            let volume = short(volume.value, volume.std_error.unwrap_or(0.0));
            format!("{option} is more likely than not to pay {side} {volume} requests a month")
        }
        None if challenger.p_cheaper_at_volume > 0.5 => format!("{option} is likely to pay at any volume"),
        None => format!("{option} is unlikely to pay at any volume"),
    }
}

fn cumulative(results: &Results, verdict: &Verdict, style: Style) -> Result<Vec<u8>, ChartError> {
    let series = results.model.candidates().into_iter().map(|i| {
        let months: Vec<u32> = (0..=results.model.horizon).collect();
        let column = |k: usize| -> Vec<f64> {
            months.iter().map(|m| results.cumulative(i, *m)[k].map_or(f64::NAN, |e| e.value)).collect()
        };
        chart::FanSeries {
            name: name(results, i).to_owned(),
            colour: i,
            x: months.iter().map(|m| f64::from(*m)).collect(),
            mean: column(0),
            p5: column(1),
            p25: column(2),
            p50: column(3),
            p75: column(4),
            p95: column(5),
        }
    });
    let chart = chart::Fan {
        heading: heading(results, finding(results, verdict), "Cumulative cost"),
        x_label: "month".to_owned(),
        x_scale: chart::XScale::Months,
        y_label: format!("cost so far, {}", results.scenario.currency),
        unit: unit(results),
        series: series.collect(),
    };
    chart::fan(&chart, style)
}

fn ledger(results: &Results, verdict: &Verdict, style: Style) -> Result<Vec<u8>, ChartError> {
    let months = 0..=results.model.horizon;
    let panels = results.model.candidates().into_iter().map(|i| {
        let mut lines: Vec<chart::StackLine> = Vec::new();
        for (k, [label, ..]) in line_labels(results, i).into_iter().enumerate() {
            let values = months.clone().map(|m| results.ledger(i, k, m)[1].map_or(0.0, |e| e.value)).collect();
            // Hours and invoices of one line are one colour: the chart asks what is paid for, not who is paid.
            match lines.iter_mut().find(|l| l.name == label) {
                Some(same) => add(&mut same.values, values),
                None => lines.push(chart::StackLine { name: label, values }),
            }
        }
        chart::Panel { name: name(results, i).to_owned(), lines }
    });
    let chart = chart::Stacked {
        heading: heading(results, ledger_title(results, verdict), "Mean cost by month and cost line, undiscounted"),
        x_label: "month".to_owned(),
        y_label: format!("cost of the month, {}", results.scenario.currency),
        unit: unit(results),
        panels: panels.collect(),
    };
    chart::stacked(&chart, style)
}

fn value_of_information(results: &Results, verdict: &Verdict, style: Style) -> Result<Vec<u8>, ChartError> {
    let bar = |name: &str, colour: Option<usize>, worth: Estimate| {
        let (value, reach) = (worth.value.max(0.0), worth.reach(0.95).unwrap_or(0.0));
        let note = money(&results.scenario.currency, Estimate { value, ..worth });
        chart::Bar { name: name.to_owned(), colour, value, low: (value - reach).max(0.0), high: value + reach, note }
    };
    let everything = verdict.everything.map(|worth| bar("everything at once", None, worth));
    let inputs = verdict
        .worth_knowing
        .iter()
        .map(|known| bar(&results.model.program.variables[known.variable].name, Some(0), known.worth));
    let chart = chart::Bars {
        heading: heading(results, information_title(results, verdict), "Value of knowing an input exactly beforehand"),
        x_label: format!("lower mean cost over {} months, {}", results.model.horizon, results.scenario.currency),
        unit: unit(results),
        bars: everything.into_iter().chain(inputs).collect(),
    };
    chart::bars(&chart, style)
}

fn information_title(results: &Results, verdict: &Verdict) -> String {
    match verdict.worth_knowing.first() {
        Some(known) => {
            let input = &results.model.program.variables[known.variable].name;
            let worth = money(&results.scenario.currency, known.worth);
            format!("Learning {input} before deciding is worth up to {worth}")
        }
        None => "No single input is worth finding out more about before deciding".to_owned(),
    }
}

fn add(values: &mut [f64], others: Vec<f64>) {
    values.iter_mut().zip(others).for_each(|(a, b)| *a += b);
}

/// What the most is spent on.
fn ledger_title(results: &Results, verdict: &Verdict) -> String {
    let undiscounted = |i: usize, k: usize| {
        let months = 0..=results.model.horizon;
        months.map(|m| results.ledger(i, k, m)[1].map_or(0.0, |e| e.value)).sum::<f64>()
    };
    let largest = |i: usize| {
        let labels: Vec<String> = line_labels(results, i).into_iter().map(|[label, ..]| label).collect();
        let costs: Vec<f64> = (0..labels.len()).map(|k| undiscounted(i, k)).collect();
        let of =
            |label: &String| std::iter::zip(&labels, &costs).filter(|(l, _)| *l == label).map(|(_, c)| c).sum::<f64>();
        let total: f64 = costs.iter().sum();
        let shares = labels.iter().map(|label| (label.clone(), of(label) / total)).filter(|(_, s)| s.is_finite());
        shares.max_by(|a, b| a.1.total_cmp(&b.1))
    };
    match largest(verdict.choice) {
        Some((label, share)) => {
            format!("{}: {:.0} % of the money is {label}", name(results, verdict.choice), 100.0 * share)
        }
        None => "Where the money goes".to_owned(),
    }
}
