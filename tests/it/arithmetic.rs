//! The engine against the cost model written a second time: every trial of scenarios made at random.

mod course;
pub mod draft;
mod plainly;

use crate::common::{results, rows, scenario, value};
use breakeven::engine::{Metric, MonthlyCurve, Percentile, Results, Stat};
use draft::Draft;
use plainly::{Numbers, Setting, Trial};

const CASES: u64 = 250;
/// Exponentials and sums in another order differ in their last digits.
const TOLERANCE: f64 = 1e-9;

type Figure<'a> = &'a dyn Fn(&Trial) -> f64;

fn near(what: &str, found: f64, expected: f64, scale: f64) {
    assert!((found - expected).abs() <= TOLERANCE * scale.max(1.0), "{what}: {found} instead of {expected}");
}

/// Figures of the run against means over the trials of the second writing.
fn compare(results: &Results, draft: &Draft, trials: &[Trial]) {
    let (setting, n) = (&draft.setting, trials.len() as f64);
    let mean = |f: Figure<'_>| trials.iter().map(f).sum::<f64>() / n;
    let months = f64::from(setting.horizon);
    for i in 0..setting.options.len() {
        let total = |t: &Trial| *t.so_far[i].last().unwrap();
        let saving = |t: &Trial| t.so_far[setting.baseline].last().unwrap() - total(t);
        let outlay =
            |t: &Trial| t.so_far[i].iter().zip(&t.so_far[setting.baseline]).map(|(a, b)| a - b).fold(0.0, f64::max);
        let scale = mean(&|t| {
            total(t).abs()
                + t.so_far[setting.baseline].last().unwrap().abs()
                + t.charges[i].iter().map(|x| x.abs()).sum::<f64>()
        });
        let metrics: [(Metric, Figure<'_>); 8] = [
            (Metric::Total, &total),
            (Metric::Monthly, &|t| total(t) / months),
            (Metric::Running, &|t| (total(t) - t.one_time[i]) / months),
            (Metric::OneTime, &|t| t.one_time[i]),
            (Metric::LastMonth, &|t| *t.charges[i].last().unwrap()),
            (Metric::PerThousand, &|t| 1000.0 * total(t) / t.requests),
            (Metric::Saving, &saving),
            (Metric::PeakOutlay, &outlay),
        ];
        for (metric, of) in metrics {
            let Some(found) = results.metric(i, metric, Stat::Mean) else {
                let compared = i != setting.baseline && setting.options[i].candidate;
                let undefined = match metric {
                    Metric::Saving | Metric::PeakOutlay => !compared,
                    Metric::PerThousand => trials.iter().any(|t| t.requests == 0.0),
                    _ => false,
                };
                assert!(undefined, "{metric:?} of {i}");
                continue;
            };
            near(&format!("{metric:?} of {i}"), found.value, mean(of), scale);
        }
        for m in 0..=setting.horizon {
            let found = value(results.cumulative(i, m)[0]);
            near(&format!("cost of {i} by month {m}"), found, mean(&|t| t.so_far[i][m as usize]), scale);
        }
        let lines = 0..results.model.options[i].lines.len() + results.model.options[i].substitutes.len();
        near(&format!("lines of {i}"), lines.map(|k| value(results.line(i, k)[0])).sum(), mean(&total), scale);
        curves(results, (i, setting), trials);
    }
}

/// Shares of trials, which are the same to the last one.
fn curves(results: &Results, (i, setting): (usize, &Setting), trials: &[Trial]) {
    if i == setting.baseline || !setting.options[i].candidate {
        return;
    }
    for m in 1..=setting.horizon as usize {
        let share = |f: &dyn Fn(&[bool]) -> bool| {
            trials.iter().filter(|t| f(&t.cheaper[i])).count() as f64 / trials.len() as f64
        };
        let expected = [
            (MonthlyCurve::Cheaper, share(&|held| held[m - 1])),
            (MonthlyCurve::PaidBack, share(&|held| held[..m].contains(&true))),
            (MonthlyCurve::StaysCheaper, share(&|held| !held[m - 1..].contains(&false))),
        ];
        for (curve, expected) in expected {
            near(&format!("{curve:?} of {i} in month {m}"), value(results.curve(i, curve, m as u32)), expected, 1.0);
        }
    }
}

/// The first of the candidates whose cost is the least of all, but for rounding.
fn cheapest(candidates: &[usize], cost: impl Fn(usize) -> f64) -> Option<usize> {
    let least = candidates.iter().map(|i| cost(*i)).fold(f64::INFINITY, f64::min);
    candidates.iter().copied().find(|i| least.is_finite() && cost(*i) <= least + 1e-9 * least.abs())
}

/// Who is the cheapest so far of those that are live.
fn cheapest_by_month(results: &Results, trials: &[Trial]) {
    let (candidates, n) = (results.model.candidates(), trials.len() as f64);
    for m in 1..=results.model.horizon as usize {
        let winner =
            |t: &Trial| cheapest(&candidates, |i| if t.live[i][m - 1] { t.so_far[i][m] } else { f64::INFINITY });
        for i in &candidates {
            let won = trials.iter().filter(|t| winner(t) == Some(*i)).count() as f64 / n;
            let found = value(results.p_cheapest_by_month(*i, m as u32));
            near(&format!("chance of {i} in month {m}"), found, won, 1.0);
        }
    }
}

/// Who is the cheapest, and quantiles, which bins know to half a thousandth.
fn rank(results: &Results, setting: &Setting, trials: &[Trial]) {
    let (n, candidates) = (trials.len(), results.model.candidates());
    let total = |t: &Trial, i: usize| *t.so_far[i].last().unwrap();
    let least = |t: &Trial| candidates.iter().map(|i| total(t, *i)).fold(f64::INFINITY, f64::min);
    let winner = |t: &Trial| candidates.iter().copied().find(|i| total(t, *i) <= least(t) + 1e-9 * least(t).abs());
    let best: f64 = trials.iter().map(least).sum::<f64>() / n as f64;
    near("the best of each trial", value(results.best()), best, 2.0 * best.abs());
    for i in 0..setting.options.len() {
        let won = trials.iter().filter(|t| winner(t) == Some(i)).count() as f64 / n as f64;
        if candidates.contains(&i) {
            near(&format!("chance of {i}"), value(results.p_cheapest(i)), won, 1.0);
        }
        let mut sorted: Vec<f64> = trials.iter().map(|t| total(t, i)).collect();
        sorted.sort_by(f64::total_cmp);
        for level in [Percentile::P5, Percentile::P25, Percentile::P50, Percentile::P95] {
            let p = level.probability();
            let exact = sorted[((p * n as f64 - 1e-9).ceil() as usize).max(1) - 1];
            let found = value(results.metric(i, Metric::Total, Stat::Quantile(level)));
            assert!((found - exact).abs() <= 0.0005 * exact.abs(), "{p} of {i}: {found} instead of {exact}");
        }
    }
}

/// The volume curve: the same trials with other requests.
fn volumes(results: &Results, draft: &Draft, drawn: &[Numbers<'_>]) {
    for (k, volume) in results.volumes.iter().enumerate().step_by(8) {
        let trials: Vec<Trial> = drawn.iter().map(|numbers| numbers.with_requests(*volume).trial()).collect();
        wins(results, &trials, (&format!("at {volume} requests"), &|i| value(results.p_cheapest_by_volume(i)[k])));
        for i in results.model.challengers() {
            let saves = |t: &&Trial| {
                let [own, base] = [i, draft.setting.baseline].map(|i| *t.so_far[i].last().unwrap());
                own <= base + 1e-9 * own.abs().max(base.abs())
            };
            let share = trials.iter().filter(saves).count() as f64 / trials.len() as f64;
            let found = value(results.volume_curve(i)[k]);
            near(&format!("{i} at {volume} requests"), found, share, 1.0);
        }
    }
}

/// How often each candidate is the cheapest of all.
fn wins(results: &Results, trials: &[Trial], (where_, found): (&str, &dyn Fn(usize) -> f64)) {
    let candidates = results.model.candidates();
    let winner = |t: &Trial| cheapest(&candidates, |i| *t.so_far[i].last().unwrap());
    for i in &candidates {
        let won = trials.iter().filter(|t| winner(t) == Some(*i)).count() as f64 / trials.len() as f64;
        near(&format!("chance of {i} {where_}"), found(*i), won, 1.0);
    }
}

/// The same trials where all bad answers cost the same; says whether there are any.
fn failure_costs(results: &Results, drawn: &[Numbers<'_>]) -> bool {
    for (k, cost) in results.failure_costs.iter().enumerate().step_by(8) {
        let trials: Vec<Trial> = drawn.iter().map(|numbers| numbers.with_failure_cost(*cost).trial()).collect();
        wins(results, &trials, (&format!("at {cost}"), &|i| value(results.p_cheapest_by_failure_cost(i)[k])));
        for i in results.model.candidates() {
            let total = |t: &Trial| *t.so_far[i].last().unwrap();
            let mean = trials.iter().map(total).sum::<f64>() / trials.len() as f64;
            let size = trials.iter().map(|t| total(t).abs()).sum::<f64>() / trials.len() as f64;
            near(&format!("mean of {i} at {cost}"), value(results.mean_by_failure_cost(i)[k]), mean, size);
        }
    }
    !results.failure_costs.is_empty()
}

#[test]
fn every_trial_of_any_scenario_is_what_the_formulas_say() {
    agree((0..CASES).filter(|case| !Draft::moves(*case)));
}

#[test]
fn so_is_every_trial_where_numbers_change_from_month_to_month() {
    agree((0..CASES).filter(|case| Draft::moves(*case)));
}

#[test]
#[ignore = "thousands of scenarios take ten minutes; run by hand: cargo test --test it thousands -- --ignored"]
fn thousands_of_scenarios_agree() {
    agree(CASES..4000);
}

fn agree(cases: impl Iterator<Item = u64>) {
    let mut compared = 0;
    for case in cases {
        let draft = Draft::new(case);
        let scenario = scenario(&draft.text);
        let results = results(&scenario, 1);
        let names: Vec<&str> = results.model.program.variables.iter().map(|v| v.name.as_str()).collect();
        let rows = rows(&scenario, u64::MAX);
        let drawn: Vec<Numbers<'_>> = rows.iter().map(|row| draft.numbers(&names, &row.inputs)).collect();
        let trials: Vec<Trial> = drawn.iter().map(Numbers::trial).collect();
        for (row, trial) in rows.iter().zip(&trials) {
            for (i, so_far) in trial.so_far.iter().enumerate() {
                let expected = so_far.last().unwrap();
                let scale = expected.abs() + trial.charges[i].iter().map(|x| x.abs()).sum::<f64>();
                near(
                    &format!("case {case}, trial {}, option {i}\n{}", row.trial, draft.text),
                    row.totals[i],
                    *expected,
                    scale,
                );
                if i != draft.setting.baseline && draft.setting.options[i].candidate {
                    let first = trial.cheaper[i].iter().position(|held| *held).map(|m| m as u32 + 1);
                    assert_eq!(row.break_even[i], first, "case {case}, trial {}, option {i}", row.trial);
                }
            }
        }
        compare(&results, &draft, &trials);
        cheapest_by_month(&results, &trials);
        rank(&results, &draft.setting, &trials);
        if case % 5 == 0 {
            volumes(&results, &draft, &drawn);
            compared += usize::from(failure_costs(&results, &drawn));
        }
    }
    assert!(compared > 10, "bad answers in {compared} scenarios");
}
