//! What changes while the months go by: prices, tiers, seasons, drift, overflow, each worked out by hand.

use breakeven::engine::{Case, CaseKind, Metric, MonthlyCurve, Results, Stat};
use breakeven::model::Model;
use breakeven::scenario::VolumeUnit;

use crate::common::{option, run_text, value};

/// Two options over some months, 100,000 requests of 1,000 tokens each unless `workload` says otherwise: a million tokens
/// cost `price` at A and 1 at B.
fn text(months: u32, workload: &str, a: &str) -> String {
    format!(
        "[simulation]\nhorizon_months = {months}\ntrials = 16\nstart = 2026-11-01\n[inputs]\nswitch = \"mix(0.5: 2, 0.5: 4)\"\n\
         [workload]\n{workload}\ninput_tokens = 1000\noutput_tokens = 0\n[[option]]\nname = \"A\"\n\
         inference.output_price = 0\n{a}\n[[option]]\nname = \"B\"\ninference = {{ input_price = 1, output_price = 0 }}\n"
    )
}

const STEADY: &str = "requests_per_month = \"100k\"";

fn total(results: &Results, name: &str) -> f64 {
    value(results.metric(option(results, name), Metric::Total, Stat::Mean))
}

#[track_caller]
fn costs(text: &str, expected: f64) -> Results {
    let results = run_text(text);
    let found = total(&results, "A");
    assert!((found - expected).abs() < 1e-9 * expected.abs(), "{found} instead of {expected}");
    results
}

#[test]
fn a_price_changes_in_a_month_that_is_not_known() {
    // 300 a month until the switch, 150 after it: in half of all trials 2 × 300 + 4 × 150, in the others 4 × 300 + 2 × 150.
    let results = costs(&text(6, STEADY, "inference.input_price = \"if(month > switch, 1.5, 3)\""), 1350.0);
    assert!(!results.model.is_steady());
    let a = option(&results, "A");
    let months: Vec<f64> = (1..=6).map(|m| value(results.ledger(a, 0, m)[1])).collect();
    assert_eq!(months, [300.0, 300.0, 225.0, 225.0, 150.0, 150.0]);
    // In a month that is known it has a closed form.
    let known = costs(&text(6, STEADY, "inference.input_price = \"if(month > 3, 1.5, 3)\""), 1350.0);
    assert!(known.model.is_steady());
    let drawn =
        costs(&text(6, STEADY, "inference.input_price = \"if(month > 3, switch, 3)\""), 3.0 * 300.0 + 3.0 * 300.0);
    assert!(drawn.model.is_steady());
}

#[test]
fn tiers_follow_the_traffic_of_the_month() {
    let growing = "requests_per_month = \"500k\"\ngrowth_per_month = \"10%\"";
    let grown = |months: i32| 1.1_f64.powi(months);
    let expected = 500.0 * (grown(8) - 1.0) / 0.1 + 250.0 * (grown(24) - grown(8)) / 0.1;
    costs(&text(24, growing, "inference.input_price = \"if(requests > 1M, 0.5, 1)\""), expected);
    // A commitment: so much a month at least.
    let fee = "inference.input_price = 0\ncost = [{ name = \"Commitment\", per = \"month\", amount = \"max(600, 0.001 * requests)\" }]";
    let spent: f64 = (0..24).map(|m| (500.0 * grown(m)).max(600.0)).sum();
    costs(&text(24, growing, fee), spent);
}

#[test]
fn seasons_follow_the_calendar() {
    // November and January as usual, December half as much again.
    let seasonal = "requests_per_month = \"100k * if(calendar_month >= 12, 1.5, 1)\"";
    let results = costs(&text(3, seasonal, "inference.input_price = 2"), 200.0 + 300.0 + 200.0);
    assert!(results.model.is_steady());
    let uncertain = "requests_per_month = \"mix(0.5: 50k, 0.5: 150k) * if(calendar_month >= 12, 1.5, 1)\"";
    let results = costs(&text(3, uncertain, "inference.input_price = 2"), 700.0);
    assert!(results.model.is_steady());
}

#[test]
fn quality_decays_until_a_model_is_trained_again() {
    let drift = |retrains: &str| {
        format!(
            "inference.input_price = 0\nquality = {{ failure_rate = \"1% + 0.4% * months_since_training\", \
             cost_per_failure = 0.5 }}\ntraining = {{ cost_per_run = 200, initial_runs = 0, retrains_per_year = {retrains}, \
             retrain_timing = \"scheduled\" }}"
        )
    };
    // Months since: 0 1 0 1 2 0 1 with retrains in months 3 and 6, and 0 0 1 0 1 0 1 in 2, 4 and 6.
    let [quarterly, bimonthly] =
        [(5.0, 2.0), (3.0, 3.0)].map(|(since, runs)| 50_000.0 * (0.07 + 0.004 * since) + 200.0 * runs);
    costs(&text(7, STEADY, &drift("4")), quarterly);
    costs(&text(7, STEADY, &drift("6")), bimonthly);
    let results = costs(&text(7, STEADY, &drift("\"mix(0.5: 4, 0.5: 6)\"")), (quarterly + bimonthly) / 2.0);
    assert_eq!(results.model.program.variables.len(), 2);
    // Without trainings it goes on.
    costs(&text(7, STEADY, &drift("0")), 50_000.0 * (0.07 + 0.004 * 21.0));
}

#[test]
fn a_migration_with_training_runs_is_a_training() {
    let migrated = |runs: &str| {
        format!(
            "inference.input_price = 0\nquality = {{ failure_rate = \"1% * months_since_training\", cost_per_failure = 1 }}\n\
             migration = {{ first_after_months = 3, cost = 0, training_runs = {runs} }}\ntraining.cost_per_run = 0"
        )
    };
    costs(&text(5, STEADY, &migrated("1")), 1000.0 * (0.0 + 1.0 + 0.0 + 1.0 + 2.0));
    costs(&text(5, STEADY, &migrated("0")), 1000.0 * (0.0 + 1.0 + 2.0 + 3.0 + 4.0));
}

#[test]
fn what_exceeds_a_capacity_overflows() {
    let growing = "requests_per_month = \"50k\"\ngrowth_per_month = \"50%\"";
    let overflow = "inference.input_price = 0\ntraffic_share = \"min(1, 80k / requests)\"\nroute_to = \"B\"\n\
                    hosting.cost_per_month = 500";
    // 50,000, 75,000 and 112,500 requests: 32,500 of the last go to B.
    costs(&text(3, growing, overflow), 1500.0 + 32.5);
}

#[test]
fn months_since_the_launch_count_where_the_option_serves() {
    // Before the launch B would pay 10 % divided by nothing; A's 300 are charged instead.
    let late = "inference.input_price = 3\n[[option]]\nname = \"New\"\nlaunch_month = 2\n\
                inference = { input_price = 0, output_price = 0 }\n\
                quality = { failure_rate = \"10% / months_since_launch\", cost_per_failure = 1 }";
    let results = run_text(&text(4, STEADY, late).replace("[workload]", "# 100,000 requests\n[workload]"));
    let expected = 300.0 + 300.0 + 10_000.0 + 5_000.0;
    assert!((total(&results, "New") - expected).abs() < 1e-6, "{}", total(&results, "New"));
}

#[test]
fn what_is_paid_once_sees_the_first_month() {
    let once = "inference.input_price = 0\nsetup.cost = \"if(month > 0, 1000, 200) + 0.01 * requests + 5 * months_since_launch\"";
    costs(&text(3, "requests_per_month = \"10k * month\"", once), 200.0 + 100.0);
}

#[test]
fn a_volume_keeps_the_course_of_the_months() {
    let at = |workload: &str| {
        let scenario = crate::common::scenario(&text(4, workload, "inference.input_price = 1"));
        let volume = scenario.volume().expect("requests that differ by month").clone();
        let case = Case::new(&scenario, &Model::new(&scenario), CaseKind::Mean).expect("a case");
        (volume.unit, case.record.requests[1..].to_vec())
    };
    let series = |numbers: [f64; 4]| numbers.map(|x| x * 1000.0).to_vec();
    assert_eq!(at("requests_per_month = \"20k * month\""), (VolumeUnit::FirstMonth, series([20.0, 40.0, 60.0, 80.0])));
    assert_eq!(at("requests_per_month = \"60k * ramp(1, 4)\""), (VolumeUnit::Average, series([0.0, 20.0, 40.0, 60.0])));
    // What does not come apart: an uncertain start.
    let (unit, requests) = at("requests_per_month = \"30k * ramp(1, switch)\"");
    assert_eq!((unit, requests), (VolumeUnit::Average, series([0.0, 15.0, 30.0, 30.0])));
    let grown = at("requests_per_month = \"20k * month\"\ngrowth_per_month = \"100%\"").1;
    assert_eq!(grown, series([20.0, 80.0, 240.0, 640.0]));
}

/// Everything that moves, with formulas of the month that come apart; `walk` stands around each and keeps them together.
fn moving(walk: &str) -> String {
    let of = |formula: &str| walk.replace('_', formula);
    format!(
        "[simulation]\nhorizon_months = 18\ntrials = 4096\nstart = 2026-11-01\ndiscount_rate = 0.08\n[inputs]\n\
         level = \"0.5 to 2\"\n[workload]\nrequests_per_month = \"{}\"\ngrowth_per_month = 0.02\n\
         input_tokens = \"800 to 1200\"\noutput_tokens = 100\n[[option]]\nname = \"A\"\n\
         inference = {{ input_price = \"{}\", output_price = 4, price_change_per_year = -0.1 }}\n\
         migration = {{ first_after_months = 5, every_months = 6, cost = \"{}\", price_factor = 0.9 }}\n\
         [[option]]\nname = \"B\"\nlaunch_month = 3\nretire_month = 15\nsuccess_probability = 0.9\n\
         setup.cost = \"5k to 9k\"\ninference = {{ input_price = 0.4, output_price = 1.6 }}\n\
         quality = {{ failure_rate = \"{}\", cost_per_failure = 0.05 }}\n\
         hosting.cost_per_month = \"{}\"\n",
        of("(80k to 120k) * if(calendar_month > 10, 1.5, 1)"),
        of("if(month > 9, level, 2 * level)"),
        of("500 * level * (1 + month / 10)"),
        of("1% + 0.2% * months_since_launch"),
        of("level * 300 / (1 + month) + 50"),
    )
}

#[test]
fn what_comes_apart_costs_what_it_costs_month_by_month() {
    let [apart, together] = ["_", "min(_, 1e15)"].map(|walk| run_text(&moving(walk)));
    let near = |what: &str, a: Option<breakeven::stats::Estimate>, b: Option<breakeven::stats::Estimate>| {
        assert_eq!(a.is_some(), b.is_some(), "{what}");
        let [a, b] = [a, b].map(|estimate| estimate.map_or(0.0, |e| e.value));
        assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{what}: {a} and {b}");
    };
    for i in 0..2 {
        for metric in Metric::ALL {
            let of = |results: &Results| results.metric(i, metric, Stat::Mean);
            near(&format!("{i} {metric:?}"), of(&apart), of(&together));
        }
        for line in 0..apart.model.options[i].lines.len() {
            for month in 0..=18 {
                (0..3).for_each(|k| {
                    let of = |results: &Results| results.ledger(i, line, month)[k];
                    near(&format!("{i}, line {line}, month {month}"), of(&apart), of(&together));
                });
            }
        }
    }
    let curves = [&apart, &together].map(|results| results.saving_by_volume(1));
    curves[0].iter().zip(&curves[1]).for_each(|(a, b)| near("a volume", *a, *b));
}

#[test]
fn a_cost_that_dips_for_a_month_breaks_even_in_it() {
    // 50, 100, -50 and then rising again: cheaper so far in month 3 alone, in the trials in which the amount is not small.
    let dips = |amount: &str| {
        let option = format!("cost = [{{ name = \"Credit\", per = \"month\", amount = \"{amount}\" }}]");
        let text = text(6, STEADY, "inference.input_price = 0")
            .replace("name = \"B\"\n", &format!("name = \"B\"\n{option}\n"));
        run_text(&text.replace("input_price = 1,", "input_price = 0,"))
    };
    let amount = "(switch - 1) * if(month > 3, 200, if(month > 2, -150, 50))";
    for results in [dips(amount), dips(&format!("min({amount}, 1e9)"))] {
        let b = option(&results, "B");
        let cheaper = |month| value(results.curve(b, MonthlyCurve::Cheaper, month));
        assert_eq!((1..=6).map(cheaper).collect::<Vec<f64>>(), [0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
        assert_eq!(value(results.curve(b, MonthlyCurve::PaidBack, 6)), 1.0);
    }
}
