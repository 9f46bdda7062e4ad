//! What a log says of the month that follows it, as a chart.

use super::format::short;
use crate::chart::{self, ChartError, ChartStyle, Expected, Forecast, ForecastPanel, Heading};
use crate::workload::{EstimatedLaw, MONTH, Series, TokenSums, Workload};

/// Weeks from which on a chart shows weeks and not days.
const WEEKS: usize = 4;
/// Days of a week.
const WEEK: f64 = 7.0;

/// Requests and tokens by week, or by day where there are few, with the estimates beside them; nothing where the log has no
/// whole day.
pub fn workload_chart(found: &Workload, series: &Series, style: ChartStyle) -> Option<Result<Vec<u8>, ChartError>> {
    let weeks = series.weeks();
    let by_week = weeks.len() >= WEEKS;
    let (sums, days) = if by_week { (weeks, WEEK) } else { (series.days.clone(), 1.0) };
    let word = if by_week { "week" } else { "day" };
    let (from, to) = series.ends()?;
    let month = MONTH / days;
    let panel = |name: String, field: usize, share: f64, of: &dyn Fn(&TokenSums) -> f64| ForecastPanel {
        name,
        note: note(&found.fields[field].law),
        seen: seen(&sums, of),
        ahead: found.fields[field].law.percentiles().map(|[low, middle, high]| Expected {
            until: month,
            low: share * low,
            middle: share * middle,
            high: share * high,
        }),
    };
    let mut panels = vec![panel(format!("Requests a {word}"), 0, 1.0 / month, &|sums| sums.requests)];
    if found.facts.is_counted {
        panels.push(panel("Input tokens of a request".to_owned(), 2, 1.0, &|sums| sums.input / sums.requests));
        panels.push(panel("Output tokens of a request".to_owned(), 3, 1.0, &|sums| sums.output / sums.requests));
    }
    let heading = Heading {
        scenario: String::new(),
        title: title(&found.fields[0].law),
        subtitle: format!(
            "{} whole days, {from} to {to}; intervals of means, not of single {word}s",
            series.days.len()
        ),
    };
    let x_label = format!("{word}s from the end of the log");
    Some(chart::forecast(&Forecast { heading, x_label, panels }, style))
}

/// The finding, in words.
fn title(requests: &EstimatedLaw) -> String {
    match requests.percentiles() {
        Some([low, middle, high]) if requests.is_random() => {
            let [low, middle, high] = [low, middle, high].map(|x| short(x, 0.005 * middle));
            format!("Some {middle} requests in the month that follows: {low} to {high} in 90\u{a0}% of cases")
        }
        Some([_, middle, _]) => {
            format!("{} requests in the month that follows, if nothing changes", short(middle, 0.0))
        }
        None => "What the log says of the month that follows".to_owned(),
    }
}

/// Each stretch at its middle, counted back from the end.
fn seen(sums: &[TokenSums], of: &dyn Fn(&TokenSums) -> f64) -> Vec<[f64; 2]> {
    let middle = |i: usize| i as f64 + 0.5 - sums.len() as f64;
    sums.iter().enumerate().map(|(i, sums)| [middle(i), of(sums)]).collect()
}

fn note(law: &EstimatedLaw) -> String {
    match law {
        EstimatedLaw::Text(text) => format!("given: {text}"),
        law if law.is_random() => String::new(),
        _ => "without an error".to_owned(),
    }
}
