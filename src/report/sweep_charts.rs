//! A sweep to charts.

use super::axis_unit::unit_at;
use super::charts::point;
use super::heading;
use super::input_value::value_at;
use super::sweep::{SweepBase, best_sentence};
use crate::chart::{self, AxisUnit, ChartError, ChartStyle, Heading, XScale, percent};
use crate::number::grouped;
use crate::quantity::Law;
use crate::sweep::{PointFigures, Sweep, SweepAxis};

/// The files of every chart in every format, of a scenario with so many options.
pub fn sweep_chart_names(options: usize) -> Vec<String> {
    let maps = (0..options).map(map_name);
    let names = ["sweep", "sweep_p_cheapest", "sweep_winner"].map(str::to_owned).into_iter().chain(maps);
    names.flat_map(|name| ["png", "svg"].map(|e| format!("{name}.{e}"))).collect()
}

fn map_name(option: usize) -> String {
    format!("sweep_map_{}", option + 1)
}

/// The charts of a sweep, with the names of their files: for one varied field curves, for two maps.
pub fn sweep_charts(
    base: SweepBase<'_>,
    sweep: &Sweep,
    style: ChartStyle,
) -> Vec<(String, Result<Vec<u8>, ChartError>)> {
    let charts = Charts { base, sweep };
    let named = |name: &str| format!("{name}.{}", style.format.extension());
    match &sweep.axes[..] {
        // Values that are no numbers have no place on an axis; the table has them.
        [axis] => match axis.numbers() {
            Some(x) => vec![
                (named("sweep"), charts.costs(axis, &x, style)),
                (named("sweep_p_cheapest"), charts.chances(axis, &x, style)),
            ],
            None => Vec::new(),
        },
        [x, y] => {
            let [x, y] = [x, y].map(|axis| charts.map_axis(axis));
            let mut drawn: Vec<_> = charts
                .mapped()
                .into_iter()
                .map(|i| (named(&map_name(i)), charts.map(i, [x.clone(), y.clone()], style)))
                .collect();
            if base.model.candidates().len() > 2 {
                drawn.push((named("sweep_winner"), charts.winners([x, y], style)));
            }
            drawn
        }
        _ => Vec::new(),
    }
}

struct Charts<'a> {
    base: SweepBase<'a>,
    sweep: &'a Sweep,
}

impl Charts<'_> {
    fn name(&self, option: usize) -> &str {
        &self.base.model.options[option].name
    }

    fn scale(&self, axis: &SweepAxis) -> XScale {
        let unit = unit_at(self.base.scenario, &axis.path);
        if axis.log { XScale::Log(unit) } else { XScale::Linear(unit) }
    }

    /// An axis of a map: numbers, or else categories.
    fn map_axis(&self, axis: &SweepAxis) -> chart::MapAxis {
        let names =
            if axis.numbers().is_some() { Vec::new() } else { axis.values.iter().map(|v| v.text.clone()).collect() };
        let values = axis.numbers().unwrap_or_else(|| (0..axis.values.len()).map(|k| k as f64).collect());
        chart::MapAxis {
            label: axis.path.clone(),
            values,
            log: axis.log,
            unit: unit_at(self.base.scenario, &axis.path),
            names,
        }
    }

    fn heading(&self, title: String, what: &str) -> Heading {
        let trials = grouped(self.sweep.points.first().map_or(0.0, |p| p.trials as f64), 0);
        let points = grouped(self.sweep.points.len() as f64, 0);
        let unit = self.base.scenario.simulation.trials_are.word();
        let sample = format!("{points} points of {trials} simulated {unit}");
        heading::heading(self.base.scenario, title, &[what.to_owned(), sample])
    }

    /// Mean total costs with the range of nine tenths of the trials.
    fn costs(&self, axis: &SweepAxis, x: &[f64], style: ChartStyle) -> Result<Vec<u8>, ChartError> {
        let points = self.rising(x);
        let series = self.base.model.candidates().into_iter().map(|i| {
            let column = |f: &dyn Fn(usize) -> Option<crate::stats::Estimate>| -> Vec<f64> {
                points.iter().map(|k| f(*k).map_or(f64::NAN, |e| e.value)).collect()
            };
            chart::FanSeries {
                name: self.name(i).to_owned(),
                colour: i,
                x: points.iter().map(|k| x[*k]).collect(),
                mean: column(&|k| self.sweep.points[k].options[i].total),
                p5: column(&|k| self.sweep.points[k].options[i].range[0]),
                p95: column(&|k| self.sweep.points[k].options[i].range[1]),
                ..chart::FanSeries::default()
            }
        });
        let chart = chart::Fan {
            heading: self.heading(self.title(axis, x), "Total cost"),
            x_label: axis.path.clone(),
            x_scale: self.scale(axis),
            y_label: format!("total cost, {}", self.base.scenario.currency),
            unit: AxisUnit::of_currency(&self.base.scenario.currency),
            series: series.collect(),
            spans: Vec::new(),
        };
        chart::fan(&chart, style)
    }

    fn chances(&self, axis: &SweepAxis, x: &[f64], style: ChartStyle) -> Result<Vec<u8>, ChartError> {
        let points = self.rising(x);
        let series = self.base.model.candidates().into_iter().map(|i| chart::Curve {
            name: self.name(i).to_owned(),
            colour: i,
            dashed: false,
            points: points.iter().map(|k| point(x[*k], self.sweep.points[*k].options[i].p_cheapest)).collect(),
            mark: None,
            end_note: None,
        });
        let chart = chart::Curves {
            heading: self.heading(self.title(axis, x), "Probability of being the cheapest"),
            x_label: axis.path.clone(),
            y_label: "probability of being the cheapest".to_owned(),
            x_scale: self.scale(axis),
            marker: None,
            series: series.collect(),
        };
        chart::curves(&chart, style)
    }

    /// The options with a map of their own: of two candidates one says it all.
    fn mapped(&self) -> Vec<usize> {
        let candidates = self.base.model.candidates();
        match candidates.len() {
            2 => candidates.into_iter().filter(|i| *i != self.base.model.baseline).collect(),
            _ => candidates,
        }
    }

    /// A number of each point, in rows by the second axis.
    fn rows<T>(&self, number: impl Fn(usize) -> T) -> Vec<Vec<T>> {
        let [nx, ny] = [0, 1].map(|k| self.sweep.axes[k].values.len());
        (0..ny).map(|y| (0..nx).map(|x| number(x * ny + y)).collect()).collect()
    }

    fn map(&self, option: usize, [x, y]: [chart::MapAxis; 2], style: ChartStyle) -> Result<Vec<u8>, ChartError> {
        let p = |k: usize| self.sweep.points[k].options[option].p_cheapest.map_or(f64::NAN, |e| e.value);
        let name = self.name(option);
        let is_likely = |point: &PointFigures| point.options[option].p_cheapest.and_then(|p| p.is_likely());
        let title = match self.place(|point| is_likely(point) == Some(true)) {
            Some(place) => format!("{name} is more likely than not to be the cheapest {place}"),
            None if self.sweep.points.iter().all(|point| is_likely(point) == Some(false)) => {
                format!("{name} is nowhere more likely than not to be the cheapest")
            }
            None => format!("{name} is nowhere clearly more likely than not to be the cheapest"),
        };
        let chart = chart::MapChart {
            heading: self.heading(title, "Probability of being the cheapest"),
            x,
            y,
            bar_label: format!("probability that {name} is the cheapest"),
            rows: self.rows(p),
            margins: self.rows(|k| self.margin(k, option)),
            colour: option,
            marker: self.marker(),
        };
        chart::map(&chart, style)
    }

    /// How much lower the mean of an option is than the lowest of the other candidates.
    fn margin(&self, point: usize, option: usize) -> f64 {
        let mean = |i: usize| self.sweep.points[point].options[i].total.map_or(f64::NAN, |e| e.value);
        let others = self.base.model.candidates().into_iter().filter(|i| *i != option).map(mean);
        others.reduce(f64::min).map_or(f64::NAN, |lowest| lowest - mean(option))
    }

    /// `10 of 16 points`.
    /// In how much of the map something holds, as it is drawn; `None` for nowhere. Points stand for what is around
    /// them, those at the edges for half of that, so that a finer grid says the same.
    fn place(&self, holds: impl Fn(&PointFigures) -> bool) -> Option<String> {
        let [nx, ny] = [0, 1].map(|k| self.sweep.axes[k].values.len());
        let weight = |k: usize, n: usize| if n > 1 && (k == 0 || k == n - 1) { 0.5 } else { 1.0 };
        let weights = (0..nx * ny).map(|k| weight(k / ny, nx) * weight(k % ny, ny));
        let (mut held, mut all) = (0.0, 0.0);
        for (point, weight) in self.sweep.points.iter().zip(weights) {
            all += weight;
            held += if holds(point) { weight } else { 0.0 };
        }
        match held / all {
            0.0 => None,
            1.0 => Some("everywhere".to_owned()),
            share => Some(format!("in {} of the range", percent(share))),
        }
    }

    fn winners(&self, [x, y]: [chart::MapAxis; 2], style: ChartStyle) -> Result<Vec<u8>, ChartError> {
        let won = |i: usize| self.sweep.points.iter().filter(|p| p.cheapest == Some(i)).count();
        let most = self.base.model.candidates().into_iter().max_by_key(|i| won(*i)).unwrap_or(0);
        let title = match self.place(|point| point.cheapest == Some(most)) {
            Some(place) => format!("{} is the cheapest on average {place}", self.name(most)),
            None => "No option is clearly the cheapest on average".to_owned(),
        };
        let chart = chart::Winners {
            heading: self.heading(title, "Lowest mean total cost"),
            x,
            y,
            names: self.base.model.candidates().into_iter().map(|i| (self.name(i).to_owned(), i)).collect(),
            rows: self.rows(|k| self.sweep.points[k].cheapest),
            marker: self.marker(),
        };
        chart::winners(&chart, style)
    }

    /// Where the scenario itself stands, if both fields are random variables: at their medians.
    fn marker(&self) -> Option<(f64, f64)> {
        let median = |axis: &SweepAxis| {
            let variable = self.base.model.program.variables.iter().find(|v| v.name == axis.path)?;
            match &variable.law {
                Law::Fixed(quantiles) => Some(quantiles.quantile(0.5)),
                Law::Varying(_) | Law::Choice(_) => None,
            }
        };
        Some((median(&self.sweep.axes[0])?, median(&self.sweep.axes[1])?))
    }

    /// The points in rising order of what is varied.
    fn rising(&self, x: &[f64]) -> Vec<usize> {
        let mut points: Vec<usize> = (0..x.len()).collect();
        points.sort_by(|a, b| x[*a].total_cmp(&x[*b]));
        points
    }

    /// Where another option becomes the cheapest on average.
    fn title(&self, axis: &SweepAxis, x: &[f64]) -> String {
        let points = self.rising(x);
        let cheapest = |k: usize| self.sweep.points[k].cheapest;
        let changes: Vec<usize> =
            (1..points.len()).filter(|k| cheapest(points[k - 1]) != cheapest(points[*k])).collect();
        let name = |k: usize| cheapest(points[k]).map_or("", |i| self.name(i));
        match changes[..] {
            [] => match cheapest(points[0]).and_then(|i| best_sentence(self.base, self.sweep, i)) {
                Some(best) => best,
                None => format!("{} is the cheapest on average at every {}", name(0), axis.path),
            },
            [k] => {
                let [from, to] = [k - 1, k].map(|k| value_at(self.base.scenario, &axis.path, x[points[k]]));
                format!("{} is the cheapest on average above a {} between {from} and {to}", name(k), axis.path)
            }
            _ => format!("Which option is the cheapest on average changes {} times", changes.len()),
        }
    }
}
