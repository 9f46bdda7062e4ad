//! How far every kind of figure is off over many seeds, in the errors that it claims.
//!
//! The table of the guide's chapter. `SEEDS=200 cargo test --release --test it claimed_errors -- --ignored --nocapture`; LEAST and
//! MOST bound the trials, SAMPLER chooses one.

use breakeven::sample::Sampler;
use std::collections::BTreeMap;

use crate::common::{SAMPLERS, results, simulated};
use breakeven::engine::{Metric, MonthlyCurve, Percentile, Results, Stat};
use breakeven::scenario::{LoadOptions, Scenario, load};
use breakeven::stats::Estimate;

/// One month of use at a price that is all there is to know, against a flat fee near its mean.
const ONE_DECIDES: &str = r#"
simulation.horizon_months = 6
workload = { requests_per_month = "1M", input_tokens = 1000, output_tokens = 0 }
[[option]]
name = "Per use"
inference = { input_price = "lognormal(median=1.5, sigma=0.8)", output_price = 0 }
[[option]]
name = "Flat"
hosting.cost_per_month = 1900
"#;

/// The share of the seeds in which a figure may be undefined.
const MOST_ABSENT: f64 = 0.02;

/// The figures of a run with a name each, and their kinds.
fn figures(r: &Results) -> Vec<(&'static str, String, Option<Estimate>)> {
    let mut found = Vec::new();
    let horizon = r.model.horizon;
    found.push(("EVPI", String::new(), r.information.everything));
    for i in 0..r.model.options.len() {
        let mut add = |kind, what: &str, estimate| found.push((kind, format!("{i} {what}"), estimate));
        for metric in [Metric::Total, Metric::Saving] {
            let what = format!("{metric:?}");
            add("mean", &what, r.metric(i, metric, Stat::Mean));
            add("standard deviation", &what, r.metric(i, metric, Stat::Sd));
            add("median", &what, r.metric(i, metric, Stat::MEDIAN));
            for level in [Percentile::P5, Percentile::P10, Percentile::P90, Percentile::P95] {
                add("p5, p10, p90, p95", &format!("{what} {level:?}"), r.metric(i, metric, Stat::Quantile(level)));
            }
            for level in [Percentile::P1, Percentile::P99] {
                add("p1, p99", &format!("{what} {level:?}"), r.metric(i, metric, Stat::Quantile(level)));
            }
        }
        add("probability", "cheapest", r.p_cheapest(i));
        add("probability", "never", r.p_never(i, true));
        for month in [1, horizon / 2, horizon].into_iter().filter(|m| *m > 0) {
            add("probability", &format!("cheaper {month}"), r.curve(i, MonthlyCurve::Cheaper, month));
            add("cumulative cost", &format!("mean {month}"), r.cumulative(i, month)[0]);
            add("cumulative cost", &format!("median {month}"), r.cumulative(i, month)[3]);
        }
        add("regret, loss when wrong", "regret", r.regret(i));
        add("regret, loss when wrong", "loss", r.loss_when_wrong(i));
        add("break-even volume", "of the median", r.median_break_even_volume(i));
        add("break-even volume", "of the mean", r.mean_break_even_volume(i));
        for line in 0..r.model.options[i].lines.len() {
            add("cost line", &format!("mean {line}"), r.line(i, line)[0]);
            add("cost line", &format!("share {line}"), r.line(i, line)[1]);
        }
        for v in 0..r.model.program.variables.len() {
            let shares = r.information.first_order[v][i];
            add("share of variance", &format!("total {v}"), shares[0]);
            add("share of variance", &format!("saving {v}"), shares[1]);
            let slices = r.information.ranges[v].iter().enumerate().step_by(9);
            slices.for_each(|(k, s)| add("mean of a slice", &format!("{v} {k}"), s.totals[i]));
        }
    }
    for v in 0..r.model.program.variables.len() {
        found.push(("EVPPI", v.to_string(), r.information.inputs[v]));
        let crossings = r.information.crossings[v].iter().filter(|c| c.between.is_none());
        let named = crossings.map(|c| ("flip point", format!("{v} {} {}", c.below, c.above), c.at));
        found.extend(named);
    }
    found
}

/// By kind and figure, the values with their errors over the seeds.
type Seen = BTreeMap<(&'static str, String), Vec<(f64, f64)>>;

fn seen(scenario: &Scenario, sampler: Sampler, trials: u64, seeds: u64) -> Seen {
    let mut seen = Seen::new();
    for seed in 1..=seeds {
        let found = results(&simulated(scenario, sampler, trials, seed), 2);
        for (kind, name, estimate) in figures(&found) {
            let Some(Estimate { value, std_error: Some(error), .. }) = estimate else { continue };
            // A probability that hardly any trial speaks for or against has no spread to measure.
            let counted = kind != "probability" || (20.0 / trials as f64..1.0 - 20.0 / trials as f64).contains(&value);
            if error.is_finite() && counted {
                seen.entry((kind, name)).or_default().push((value, error));
            }
        }
    }
    seen
}

/// By kind and figure, its mean over the seeds.
fn means(seen: &Seen) -> Truths {
    let mean = |found: &Vec<(f64, f64)>| found.iter().map(|f| f.0).sum::<f64>() / found.len() as f64;
    seen.iter().map(|(figure, found)| (figure.clone(), mean(found))).collect()
}

/// By kind and figure, what is taken for the truth.
type Truths = BTreeMap<(&'static str, String), f64>;

/// How far figures are off over the seeds in claimed errors, both as root mean squares, by kind: of each figure that is there
/// in nearly all seeds.
fn ratios(seen: &Seen, truths: &Truths, seeds: u64) -> BTreeMap<&'static str, Vec<(f64, String)>> {
    let mut ratios: BTreeMap<&'static str, Vec<(f64, String)>> = BTreeMap::new();
    for (figure, found) in seen {
        let Some(truth) = truths.get(figure) else { continue };
        let mean_of = |of: &dyn Fn(&(f64, f64)) -> f64| found.iter().map(of).sum::<f64>() / found.len() as f64;
        let off = mean_of(&|(value, _)| (value - truth).powi(2)).sqrt();
        let claimed = mean_of(&|(_, error)| error * error).sqrt();
        if found.len() as f64 >= (1.0 - MOST_ABSENT) * seeds as f64 && off > 1e-9 * truth.abs() {
            ratios.entry(figure.0).or_default().push((off / claimed, figure.1.clone()));
        }
    }
    ratios
}

#[test]
#[ignore = "an hour"]
fn table_of_errors() {
    let number = |name: &str, default| std::env::var(name).map_or(default, |n| n.parse().expect("a number"));
    let (seeds, least, most) = (number("SEEDS", 200), number("LEAST", 0), number("MOST", 1 << 18));
    let only = std::env::var("SAMPLER").ok();
    let config = |name: &str| {
        let path = format!("configs/{name}.toml");
        load(path.as_ref(), &LoadOptions::default()).scenario.expect("the scenario")
    };
    let mut scenarios: Vec<(&str, Scenario)> =
        ["article", "small-model", "self-hosted", "portfolio"].map(|name| (name, config(name))).into();
    scenarios.push(("one decides", crate::common::scenario(ONE_DECIDES)));
    let mut truths = BTreeMap::new();
    for trials in [1 << 18, 1 << 16, 1 << 12].into_iter().filter(|n| (least..=most).contains(n)) {
        for sampler in SAMPLERS.into_iter().filter(|s| only.as_deref().is_none_or(|only| only == s.word())) {
            let mut all: BTreeMap<&str, Vec<(f64, String)>> = BTreeMap::new();
            for (name, scenario) in &scenarios {
                let seen = seen(scenario, sampler, trials, seeds);
                // The largest runs with the smallest errors are the nearest to the truth.
                let truths = truths.entry(*name).or_insert_with(|| means(&seen));
                for (kind, found) in ratios(&seen, truths, seeds) {
                    let named = found.into_iter().map(|(ratio, figure)| (ratio, format!("{name}: {figure}")));
                    all.entry(kind).or_default().extend(named);
                }
            }
            for (kind, mut found) in all {
                found.sort_by(|a, b| a.0.total_cmp(&b.0));
                let at = |p: f64| &found[((found.len() - 1) as f64 * p).round() as usize];
                println!(
                    "{trials:>7} {:<15} {kind:<24} {:>4}  median {:.2}  p5 {:.2}  p95 {:.2}  least {:.2} ({})  most {:.2} ({})",
                    sampler.word(),
                    found.len(),
                    at(0.5).0,
                    at(0.05).0,
                    at(0.95).0,
                    at(0.0).0,
                    at(0.0).1,
                    at(1.0).0,
                    at(1.0).1
                );
            }
        }
    }
}
