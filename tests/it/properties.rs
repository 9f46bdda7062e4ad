//! What holds in every scenario, tried on scenarios made at random from a fixed seed.

use std::fmt::Write;

use crate::common::{results, rows, scenario, value};
use breakeven::engine::{Metric, MonthlyCurve, Percentile, Results, Stat};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// A scenario to be written out.
#[derive(Clone, Debug)]
struct Plan {
    sampler: &'static str,
    seed: u64,
    horizon: u32,
    growth: f64,
    discount: f64,
    /// Requests of month 1, and whether they are uncertain.
    requests: (f64, bool),
    uncertain: bool,
    options: Vec<Choice>,
    /// What all amounts of money are multiplied by.
    scale: f64,
    /// What every option costs once on top.
    once: f64,
}

/// An option; the first one serves from the start.
#[derive(Clone, Debug)]
struct Choice {
    candidate: bool,
    setup: f64,
    price: f64,
    instructions: f64,
    hosting: f64,
    price_change: f64,
    launch: f64,
    success: f64,
    retire: Option<f64>,
    retrains: (f64, bool),
    run: f64,
    migration: Option<(f64, f64)>,
    failures: f64,
    escalation: f64,
    gpus: Option<f64>,
    rebate: f64,
}

fn choice() -> impl Strategy<Value = Choice> {
    let money = (0.0..20_000.0, 0.1..20.0, 0.0..3000.0, 0.0..800.0);
    let time = (-0.5..0.5, 0.0..6.0, prop_oneof![Just(1.0), 0.3..1.0], prop::option::of(1.0..14.0));
    let renewals = ((0.0..12.0, any::<bool>()), 0.0..900.0, prop::option::of((0.5..9.0, 0.5..9.0)));
    let rest = (0.0..0.2, prop_oneof![Just(0.0), 0.0..0.5], prop::option::of(20.0..400.0), -300.0..300.0);
    (prop::bool::weighted(0.8), money, time, renewals, rest).prop_map(|(candidate, money, time, renewals, rest)| {
        Choice {
            candidate,
            setup: money.0,
            price: money.1,
            instructions: money.2,
            hosting: money.3,
            price_change: time.0,
            launch: time.1,
            success: time.2,
            retire: time.3,
            retrains: renewals.0,
            run: renewals.1,
            migration: renewals.2,
            failures: rest.0,
            escalation: rest.1,
            gpus: rest.2,
            rebate: rest.3,
        }
    })
}

fn plan() -> impl Strategy<Value = Plan> {
    let sampler = prop_oneof![Just("sobol"), Just("latin-hypercube"), Just("monte-carlo")];
    let market = (1_u32..15, -0.1..0.2, 0.0..0.5, (1e3..1e6, any::<bool>()), prop::bool::weighted(0.8));
    (sampler, 0_u64..1000, market, prop::collection::vec(choice(), 2..5)).prop_map(
        |(sampler, seed, market, options)| {
            let (horizon, growth, discount, requests, uncertain) = market;
            Plan { sampler, seed, horizon, growth, discount, requests, uncertain, options, scale: 1.0, once: 0.0 }
        },
    )
}

impl Plan {
    /// An amount, or a distribution around it.
    fn quantity(&self, x: f64, width: f64) -> String {
        if self.uncertain && x > 0.0 {
            format!("uniform({}, {})", x * (1.0 - width), x * (1.0 + width))
        } else {
            x.to_string()
        }
    }

    /// The same in money, which is scaled.
    fn money(&self, x: f64, width: f64) -> String {
        format!("{} * {}", self.scale, self.quantity(x, width))
    }

    fn text(&self) -> String {
        let requests = if self.requests.1 { self.quantity(self.requests.0, 0.6) } else { self.requests.0.to_string() };
        let mut text = format!(
            "[simulation]\nhorizon_months = {}\ntrials = 300\nseed = {}\nsampler = \"{}\"\ndiscount_rate = {}\n\
             [workload]\nrequests_per_month = \"{requests}\"\ngrowth_per_month = {}\n\
             input_tokens = \"{}\"\noutput_tokens = \"{}\"\n",
            self.horizon,
            self.seed,
            self.sampler,
            self.discount,
            self.growth,
            self.quantity(800.0, 0.5),
            self.quantity(150.0, 0.5),
        );
        for (i, option) in self.options.iter().enumerate() {
            self.option(i, option, &mut text).expect("a string takes all text");
        }
        text
    }

    fn option(&self, i: usize, o: &Choice, text: &mut String) -> std::fmt::Result {
        let other = if i == 0 { 1 } else { 0 };
        writeln!(text, "[[option]]\nname = \"o{i}\"")?;
        if i > 0 {
            writeln!(text, "candidate = {}\nsuccess_probability = {}", o.candidate, o.success)?;
            writeln!(text, "launch_month = \"{}\"", self.quantity(o.launch, 0.5))?;
        }
        if let Some(retire) = o.retire {
            writeln!(text, "retire_month = {retire}\nafter_retirement = \"o{other}\"")?;
        }
        writeln!(text, "setup.cost = \"{}\"", self.money(if i > 0 { o.setup } else { 0.0 }, 0.7))?;
        writeln!(text, "[option.inference]\ninput_price = \"{}\"", self.money(o.price, 0.4))?;
        writeln!(
            text,
            "output_price = \"{}\"\ninstruction_tokens = {}",
            self.money(4.0 * o.price, 0.4),
            o.instructions
        )?;
        writeln!(text, "price_change_per_year = {}\n[option.hosting]", o.price_change)?;
        writeln!(text, "cost_per_month = \"{}\"", self.money(o.hosting, 0.5))?;
        if let Some(capacity) = o.gpus {
            writeln!(text, "gpu_hourly_rate = \"{}\"\ngpu_tokens_per_second = {capacity}", self.money(0.3, 0.2))?;
        }
        let timing = if o.retrains.1 { "random" } else { "scheduled" };
        writeln!(text, "[option.training]\ncost_per_run = \"{}\"\ninitial_runs = 1", self.money(o.run, 0.5))?;
        writeln!(text, "retrains_per_year = {}\nretrain_timing = \"{timing}\"", o.retrains.0)?;
        if let Some((first, every)) = o.migration {
            writeln!(text, "[option.migration]\nfirst_after_months = \"{}\"", self.quantity(first, 0.5))?;
            writeln!(text, "every_months = {every}\ntraining_runs = 1\nprice_factor = 0.8")?;
        }
        writeln!(text, "[option.quality]\nfailure_rate = {}", o.failures)?;
        writeln!(text, "cost_per_failure = \"{}\"", self.money(0.1, 0.5))?;
        // GPUs that follow the traffic take no escalations.
        if self.options[other].gpus.is_none() {
            writeln!(text, "escalation_rate = {}\nescalate_to = \"o{other}\"", o.escalation)?;
        }
        for (name, amount, per) in [("Rebate", o.rebate, "month"), ("Once", self.once, "once")] {
            writeln!(
                text,
                "[[option.cost]]\nname = \"{name}\"\namount = \"{} * {amount}\"\nper = \"{per}\"",
                self.scale
            )?;
        }
        Ok(())
    }

    fn run(&self) -> Results {
        results(&scenario(&self.text()), 1)
    }
}

/// The same cases every time: a property that fails by chance would help nobody.
fn config(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(20_261_123), failure_persistence: None, ..Config::default() }
}

fn metric(results: &Results, option: usize, metric: Metric, stat: Stat) -> Option<f64> {
    results.metric(option, metric, stat).map(|e| e.value)
}

fn mean(results: &Results, option: usize, of: Metric) -> f64 {
    metric(results, option, of, Stat::Mean).expect("a mean")
}

/// Every statistic of every metric of an option.
fn statistics(results: &Results, option: usize) -> Vec<(Metric, Stat, Option<f64>)> {
    let quantiles = Percentile::ALL.map(Stat::Quantile).into_iter();
    let stats: Vec<Stat> = [Stat::Mean, Stat::Sd, Stat::Min, Stat::Max].into_iter().chain(quantiles).collect();
    let of = |m: Metric| stats.iter().map(move |s| (m, *s, metric(results, option, m, *s))).collect::<Vec<_>>();
    Metric::ALL.into_iter().flat_map(of).collect()
}

/// The curves of an option, month by month.
fn curves(results: &Results, option: usize) -> Vec<[f64; 3]> {
    let at = |m: u32| {
        [MonthlyCurve::Cheaper, MonthlyCurve::PaidBack, MonthlyCurve::StaysCheaper]
            .map(|c| value(results.curve(option, c, m)))
    };
    (1..=results.model.horizon).map(at).collect()
}

fn near(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * scale.abs().max(1.0)
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn lines_add_up_to_the_total_and_months_to_lines(plan in plan()) {
        let found = plan.run();
        for (i, option) in found.model.options.iter().enumerate() {
            let total = mean(&found, i, Metric::Total);
            let lines = option.lines.len() + option.substitutes.len();
            let size: f64 = (0..lines).map(|k| value(found.line(i, k)[0]).abs()).sum();
            let sum: f64 = (0..lines).map(|k| value(found.line(i, k)[0])).sum();
            prop_assert!(near(sum, total, size), "lines of {} add up to {sum}, not {total}", option.name);
            let shares: f64 = (0..lines).map(|k| value(found.line(i, k)[1])).sum();
            prop_assert!(near(shares, 1.0, size / total), "shares add up to {shares}");
            let mut so_far = 0.0;
            for month in 0..=plan.horizon {
                so_far += (0..lines).map(|k| value(found.ledger(i, k, month)[2])).sum::<f64>();
                let cumulative = value(found.cumulative(i, month)[0]);
                prop_assert!(near(so_far, cumulative, size), "by month {month} {so_far}, not {cumulative}");
            }
            for k in 0..lines {
                let months: f64 = (0..=plan.horizon).map(|m| value(found.ledger(i, k, m)[2])).sum();
                prop_assert!(near(months, value(found.line(i, k)[0]), size));
            }
            let once: f64 = (0..lines).map(|k| value(found.ledger(i, k, 0)[1])).sum();
            prop_assert!(near(once, mean(&found, i, Metric::OneTime), size));
            let last: f64 = (0..lines).map(|k| value(found.ledger(i, k, plan.horizon)[1])).sum();
            prop_assert!(near(last, mean(&found, i, Metric::LastMonth), size));
        }
    }

    #[test]
    fn probabilities_of_being_cheapest_add_up_to_one(plan in plan()) {
        let found = plan.run();
        let all: Vec<Option<f64>> =
            (0..found.model.options.len()).map(|i| found.p_cheapest(i).map(|e| e.value)).collect();
        prop_assert!((all.iter().flatten().sum::<f64>() - 1.0).abs() < 1e-12, "{all:?}");
        for (i, p) in all.iter().enumerate() {
            prop_assert_eq!(p.is_some(), found.model.options[i].candidate);
        }
        // Only candidates can be chosen, and the best of each trial costs no more than any of them.
        let best = value(found.best());
        for i in found.model.candidates() {
            let (total, regret) = (mean(&found, i, Metric::Total), value(found.regret(i)));
            prop_assert!(regret >= 0.0 && near(total - regret, best, total), "{total} less {regret} is not {best}");
            let never_best = all[i] == Some(0.0);
            prop_assert!(!never_best || regret > 0.0);
        }
    }

    #[test]
    fn break_even_curves_keep_their_order_and_rise(plan in plan()) {
        let found = plan.run();
        for i in found.model.challengers() {
            let curves = curves(&found, i);
            for [cheaper, paid_back, stays] in &curves {
                prop_assert!(stays <= cheaper && cheaper <= paid_back, "{stays} {cheaper} {paid_back}");
                prop_assert!(*stays >= 0.0 && *paid_back <= 1.0);
            }
            for months in curves.windows(2) {
                prop_assert!(months[0][1] <= months[1][1] && months[0][2] <= months[1][2], "{months:?}");
            }
            let [last_cheaper, last_paid, last_stays] = curves[curves.len() - 1];
            prop_assert_eq!(last_cheaper, last_stays);
            prop_assert!((value(found.p_never(i, false)) - (1.0 - last_paid)).abs() < 1e-12);
            prop_assert!((value(found.p_never(i, true)) - (1.0 - last_stays)).abs() < 1e-12);
            prop_assert_eq!(curves[0][0], curves[0][1]);
            for (lasting, curve) in [(false, 1), (true, 2)] {
                for (month, q) in found.break_even_months(i, lasting).into_iter().zip([0.05, 0.25, 0.5, 0.75, 0.95]) {
                    // The first month at which the curve has come to q, or none.
                    let first = curves.iter().position(|c| c[curve] >= q - 1e-12).map(|m| (m + 1) as f64);
                    prop_assert_eq!(month, first);
                }
            }
        }
    }

    #[test]
    fn quantiles_are_ordered_between_the_extremes(plan in plan()) {
        let found = plan.run();
        for i in 0..found.model.options.len() {
            for m in Metric::ALL {
                let get = |s: Stat| metric(&found, i, m, s);
                let Some(mean) = get(Stat::Mean) else {
                    prop_assert!(!m.applies(&found.model, i), "{} is missing", m.word());
                    continue;
                };
                let mut all = vec![get(Stat::Min).expect("a minimum")];
                all.extend(Percentile::ALL.map(|level| get(Stat::Quantile(level)).expect("a quantile")));
                all.push(get(Stat::Max).expect("a maximum"));
                prop_assert!(all.windows(2).all(|w| w[0] <= w[1]), "{}: {all:?}", m.word());
                prop_assert!(all[0] <= mean && mean <= all[all.len() - 1]);
                let half = (all[all.len() - 1] - all[0]) / 2.0;
                // No standard deviation (n − 1) exceeds half the range by more than √(n/(n − 1)).
                prop_assert!(get(Stat::Sd).expect("a deviation") <= half * 1.01 + 1e-9 * mean.abs());
            }
            let bands = (0..=plan.horizon).map(|m| found.cumulative(i, m).map(value));
            for band in bands {
                prop_assert!(band[1..].windows(2).all(|w| w[0] <= w[1]), "{band:?}");
            }
        }
    }

    #[test]
    fn histograms_count_every_trial_once(plan in plan()) {
        let found = plan.run();
        let trials = found.design.trials();
        for i in 0..found.model.options.len() {
            for m in Metric::BINNED {
                let bins = found.histogram(i, m);
                prop_assert_eq!(bins.is_some(), m.applies(&found.model, i));
                let Some(bins) = bins else { continue };
                prop_assert_eq!(bins.total(), trials);
                prop_assert_eq!((bins.counts().len(), bins.edges().len()), (62, 61));
                // The counts up to an edge are the share of trials below it: so the median lies between its edges.
                let (edges, counts) = (bins.edges(), bins.counts());
                let median = metric(&found, i, m, Stat::MEDIAN).expect("a median");
                let slack = 1e-3 * median.abs() + 1e-9;
                let mut below = 0;
                for (edge, count) in edges.iter().zip(counts) {
                    below += count;
                    let past = 2 * below > trials;
                    let fits = if past { median <= edge + slack } else { median >= edge - slack || 2 * below == trials };
                    prop_assert!(fits, "{} of {} below {}, the median is {}", below, trials, edge, median);
                }
            }
        }
    }

    #[test]
    fn metrics_are_consistent_with_each_other(plan in plan()) {
        let found = plan.run();
        let months = f64::from(plan.horizon);
        let baseline = mean(&found, 0, Metric::Total);
        for i in 0..found.model.options.len() {
            let of = |m| mean(&found, i, m);
            let (total, once) = (of(Metric::Total), of(Metric::OneTime));
            prop_assert!(near(of(Metric::Monthly) * months, total, total));
            prop_assert!(near(of(Metric::Running) * months, total - once, total));
            if Metric::Saving.applies(&found.model, i) {
                prop_assert!(near(of(Metric::Saving), baseline - total, baseline.abs() + total.abs()));
                let peak = of(Metric::PeakOutlay);
                let behind = once - mean(&found, 0, Metric::OneTime);
                let slack = 1e-9 * (baseline.abs() + total.abs());
                prop_assert!(peak >= -slack && peak >= behind - slack && peak >= total - baseline - slack);
                // No outlay at all, and it is live and no dearer at the end.
                let never_behind = metric(&found, i, Metric::PeakOutlay, Stat::Max) == Some(0.0);
                let last = value(found.curve(i, MonthlyCurve::Cheaper, plan.horizon));
                prop_assert!(!never_behind || plan.options[i].success < 1.0 || plan.options[i].launch > 0.0 || last == 1.0);
            }
        }
    }

    #[test]
    fn money_in_another_unit_changes_nothing_else(plan in plan(), power in -3_i32..6) {
        // A power of two, so that every product scales to the last bit.
        let factor = 2f64.powi(power);
        let scaled = Plan { scale: factor, ..plan.clone() };
        let (before, after) = (plan.run(), scaled.run());
        for i in 0..before.model.options.len() {
            for ((m, s, a), (_, _, b)) in statistics(&before, i).into_iter().zip(statistics(&after, i)) {
                prop_assert_eq!(a.map(|a| a * factor), b, "{:?} of {}", s, m.word());
            }
            prop_assert_eq!(before.p_cheapest(i), after.p_cheapest(i));
            for k in 0..before.model.options[i].lines.len() {
                let [a, b] = [&before, &after].map(|r| value(r.line(i, k)[0]));
                prop_assert_eq!(a * factor, b);
            }
        }
        for i in before.model.challengers() {
            prop_assert_eq!(curves(&before, i), curves(&after, i));
            prop_assert_eq!(before.volume_curve(i), after.volume_curve(i));
        }
    }

    #[test]
    fn the_same_once_for_all_shifts_totals_and_changes_no_ranking(plan in plan(), once in 1.0..50_000.0) {
        let shifted = Plan { once, ..plan.clone() };
        let (before, after) = (plan.run(), shifted.run());
        for i in 0..before.model.options.len() {
            let [a, b] = [&before, &after].map(|r| mean(r, i, Metric::Total));
            prop_assert!(near(a + once, b, b), "{a} and {once} are not {b}");
            let [a, b] = [&before, &after].map(|r| metric(r, i, Metric::Total, Stat::Max).expect("a maximum"));
            prop_assert!(near(a + once, b, b));
            let [a, b] = [&before, &after].map(|r| mean(r, i, Metric::LastMonth));
            prop_assert_eq!(a, b);
            prop_assert_eq!(before.p_cheapest(i), after.p_cheapest(i));
        }
        for i in before.model.challengers() {
            let [a, b] = [&before, &after].map(|r| mean(r, i, Metric::Saving));
            prop_assert!(near(a, b, mean(&after, i, Metric::Total) + once));
            prop_assert_eq!(curves(&before, i), curves(&after, i));
        }
    }

    #[test]
    fn a_higher_rate_of_random_retrains_only_adds_and_advances_them(plan in plan(), more in 0.1..20.0) {
        // In every single trial: what a retrain costs is at least 0, and discounting makes an earlier one no cheaper.
        // Nobody retires: one that is paid for after a retirement could be advanced to before it, at another's expense.
        let mut plan = plan;
        plan.options.iter_mut().for_each(|o| (o.retrains.1, o.retire) = (true, None));
        let mut frequent = plan.clone();
        frequent.options.iter_mut().for_each(|o| o.retrains.0 += more);
        let [few, many] = [&plan, &frequent].map(|p| rows(&scenario(&p.text()), 2000));
        prop_assert!(few.iter().zip(&many).all(|(a, b)| a.inputs == b.inputs));
        for (a, b) in few.iter().zip(&many) {
            for (x, y) in a.totals.iter().zip(&b.totals) {
                prop_assert!(*y >= x - 1e-9 * x.abs(), "trial {}: {x} falls to {y}", a.trial);
            }
        }
    }
}
