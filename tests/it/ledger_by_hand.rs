//! Scenarios of constants, with every line of the ledger worked out by hand.

use crate::common::{option, run_text, run_with, value};
use breakeven::engine::{Metric, MonthlyCurve, Results, Stat};
use breakeven::model::Substitute;
use breakeven::scenario::CostKind;

/// Every part of the cost model at once. Prices fall by a tenth a month (0.9¹² = 0.282429536481), and the requests are
/// 100,000, 110,000, 121,000, 133,100, 146,410, 161,051.
const ALL_PARTS: &str = r#"
[simulation]
horizon_months = 6
trials = 16
[labour]
hourly_rate = 100
[workload]
requests_per_month = "100k"
growth_per_month = "10%"
input_tokens = 1000
output_tokens = 200

[[option]]
name = "Prompting"
setup = { hours = 10, hourly_rate = 120, cost = 300 }
maintenance.hours_per_month = 4
[option.inference]
input_price = 2.5
output_price = 10
instruction_tokens = 2000
cache_hit_rate = 0.8
cached_price = 0.25
cache_write_price = 3.125
cache_min_tokens = 2000
retry_rate = 0.25
price_change_per_year = -0.717570463519
[[option.cost]]
name = "Gateway"
amount = 0.0001
per = "request"
kind = "other"

[[option]]
name = "Fine-tuning"
launch_month = 1.5
retire_month = 4.2
after_retirement = "Self-hosted"
setup = { hours = 40, cost = 500 }
dataset = { hours = 20, hourly_rate = 80, examples = 1000, cost_per_example = 0.5 }
migration = { first_after_months = 0.5, every_months = 2, hours = 5, hourly_rate = 90, cost = 200, training_runs = 1.5, price_factor = 0.5 }
hosting = { cost_per_month = 70, cost_per_hour = 0.5, units = 2, hours_per_month = 600 }
maintenance = { hours_per_month = 2, hourly_rate = 150 }
quality = { failure_rate = "2%", cost_per_failure = 0.25, escalation_rate = 0.1 }
[option.inference]
input_price = 4
output_price = 12
instruction_tokens = 300
extra_input_tokens = 100
extra_output_tokens = 50
batch_share = 0.5
batch_discount = 0.4
token_multiplier = 1.2
retry_rate = 0.1
[option.training]
cost_per_run = 50
tokens_per_example = 400
epochs = 3
training_price = 25
initial_runs = 2
retrains_per_year = 4
hours_per_retrain = 3
examples_per_retrain = 100
[[option.cost]]
name = "Licence"
amount = 1000
per = "once"
[[option.cost]]
name = "Review"
amount = 250
per = "retrain"
kind = "people"
[[option.cost]]
name = "Audit"
amount = 75
per = "migration"
kind = "quality"
[[option.cost]]
name = "Moderation"
amount = 0.2
per = "million_input_tokens"
[[option.cost]]
name = "Logging"
amount = 0.3
per = "million_output_tokens"
[[option.cost]]
name = "Database"
amount = 45.5
per = "month"
[[option.cost]]
name = "Rebate"
amount = -0.0005
per = "request"
kind = "other"

[[option]]
name = "Self-hosted"
setup.cost = 5000
[option.hosting]
cost_per_month = 30
hours_per_month = 700
gpu_hourly_rate = 2
gpu_tokens_per_second = 73
peak_to_average = 3.1974
min_gpus = 3
gpus_per_step = 2
"#;

/// Units and undiscounted cost.
type Entry = (f64, f64);
const NOTHING: Entry = (0.0, 0.0);

fn is_cent(got: f64, want: f64) -> bool {
    (got - want).abs() < 0.005
}

/// The number of a line by its name and kind.
fn line(results: &Results, of: usize, name: &str, kind: CostKind) -> usize {
    let model = &results.model.options[of];
    let absent = |line: &Substitute| line.name() == name && line.kind == kind;
    let own = model.lines.iter().position(|l| l.name.as_str() == name && l.kind == kind);
    let found = own.or_else(|| Some(model.lines.len() + model.substitutes.iter().position(absent)?));
    found.unwrap_or_else(|| panic!("{} has no line {name} of kind {}", model.name, kind.word()))
}

/// Asserts units to seven digits and cost to the cent, and what it is worth under a monthly discount.
fn entry(results: &Results, of: &str, (name, kind): (&str, CostKind), month: u32, want: Entry, discount: f64) {
    let of = option(results, of);
    let figures = results.ledger(of, line(results, of, name, kind), month).map(value);
    let label = format!("{name}, month {month}: {figures:?} against {want:?}");
    assert!((figures[0] - want.0).abs() <= 1e-7 * want.0.abs(), "units of {label}");
    assert!(is_cent(figures[1], want.1), "cost of {label}");
    let worth = want.1 * discount.powi(month as i32);
    assert!(is_cent(figures[2], worth), "discounted {label}: {worth}");
}

fn metric(results: &Results, of: &str, metric: Metric) -> f64 {
    value(results.metric(option(results, of), metric, Stat::Mean))
}

use CostKind::{Other, People, Quality, Vendor};

/// The lines of an option with their entries in some months.
type Lines<'a, const N: usize> = &'a [((&'a str, CostKind), [Entry; N])];

/// Prompting in months 0, 1, 2 and 3. Per request, in dollars, with 1.25 calls:
/// input 1.25·1000·2.5/1e6 = 0.003125; output 1.25·200·10/1e6 = 0.0025; instructions, which are just long enough for the
/// cache, cost 0.8·0.25 + 0.2·3.125 = 0.825 a million, so 1.25·2000·0.825/1e6 = 0.0020625.
/// Requests grow by 1.1 and prices fall to 0.9 a month: months differ by a factor of 0.99.
const PROMPTING: Lines<'_, 4> = &[
    // 10 h · 120
    (("setup", People), [(1.0, 1200.0), NOTHING, NOTHING, NOTHING]),
    (("setup", Vendor), [(1.0, 300.0), NOTHING, NOTHING, NOTHING]),
    // 100,000 · 1.25 · 1000 = 125 million tokens at 2.5; 137.5 at 2.25; 151.25 at 2.025
    (("input tokens", Vendor), [NOTHING, (125.0, 312.5), (137.5, 309.375), (151.25, 306.28125)]),
    // 250 million at 0.825; 275 at 0.7425; 302.5 at 0.66825
    (("instruction tokens", Vendor), [NOTHING, (250.0, 206.25), (275.0, 204.1875), (302.5, 202.145625)]),
    // 25 million at 10; 27.5 at 9; 30.25 at 8.1
    (("output tokens", Vendor), [NOTHING, (25.0, 250.0), (27.5, 247.5), (30.25, 245.025)]),
    // 4 h · 100 from [labour]
    (("maintenance", People), [NOTHING, (1.0, 400.0), (1.0, 400.0), (1.0, 400.0)]),
    (("Gateway", Other), [NOTHING, (100_000.0, 10.0), (110_000.0, 11.0), (121_000.0, 12.1)]),
];

/// Fine-tuning in months 0, 1, 3, 4, 5 and 6. It launches after month ⌈1.5⌉ = 2 and serves last in month ⌈4.2⌉ = 5.
/// One run: 50 + 1000·400·3·25/1e6 = 50 + 30 = 80.
/// Retrains, 4 a year: 3, 6, … months after the launch, so in month 5 and, when it no longer serves, in month 8.
/// Migrations at 0.5, 2.5, 4.5: in month 1, which does not count before the launch, and in months 3 and 5, so that
/// token prices are halved in months 3 and 4 and quartered in month 5.
/// Per call (1000+100)·1.2 = 1320 input, 300·1.2 = 360 instruction and (200+50)·1.2 = 300 output tokens, 1.1 calls a
/// request, prices times 1 − 0.5·0.4 = 0.8: per request 1452 input tokens at 3.2, 396 at 3.2, 330 output tokens at 9.6.
const FINE_TUNING: Lines<'_, 6> = &[
    // 40 h · 100 from [labour]
    (("setup", People), [(1.0, 4000.0), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]),
    (("setup", Vendor), [(1.0, 500.0), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]),
    // 20 h · 80
    (("dataset", People), [(1.0, 1600.0), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]),
    // 1000 · 0.5
    (("dataset", Vendor), [(1.0, 500.0), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]),
    // 2 runs of 80
    (("initial training", Vendor), [(1.0, 160.0), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]),
    (("Licence", Vendor), [(1.0, 1000.0), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]),
    // 121,000 · 1452 = 175.692 million at 1.6; 133,100 · 1452 = 193.2612 at 1.6; 146,410 · 1452 = 212.58732 at 0.8
    (
        ("input tokens", Vendor),
        [NOTHING, NOTHING, (175.692, 281.1072), (193.2612, 309.21792), (212.58732, 170.069856), NOTHING],
    ),
    // 396 a request: 47.916 and 52.7076 million at 1.6, 57.97836 at 0.8
    (
        ("instruction tokens", Vendor),
        [NOTHING, NOTHING, (47.916, 76.6656), (52.7076, 84.33216), (57.97836, 46.382688), NOTHING],
    ),
    // 330 a request: 39.93 and 43.923 million at 4.8, 48.3153 at 2.4
    (
        ("output tokens", Vendor),
        [NOTHING, NOTHING, (39.93, 191.664), (43.923, 210.8304), (48.3153, 115.95672), NOTHING],
    ),
    // 3 h · 100 from [labour]
    (("retraining", People), [NOTHING, NOTHING, NOTHING, NOTHING, (1.0, 300.0), NOTHING]),
    // a run and 100 examples at 0.5
    (("retraining", Vendor), [NOTHING, NOTHING, NOTHING, NOTHING, (1.0, 130.0), NOTHING]),
    (("Review", People), [NOTHING, NOTHING, NOTHING, NOTHING, (1.0, 250.0), NOTHING]),
    // 5 h · 90
    (("migration", People), [NOTHING, NOTHING, (1.0, 450.0), NOTHING, (1.0, 450.0), NOTHING]),
    // 200 and 1.5 runs of 80
    (("migration", Vendor), [NOTHING, NOTHING, (1.0, 320.0), NOTHING, (1.0, 320.0), NOTHING]),
    (("Audit", Quality), [NOTHING, NOTHING, (1.0, 75.0), NOTHING, (1.0, 75.0), NOTHING]),
    // 70 + 2 · 0.5 · 600
    (("hosting", Vendor), [NOTHING, NOTHING, (1.0, 670.0), (1.0, 670.0), (1.0, 670.0), NOTHING]),
    // 2 h · 150
    (("maintenance", People), [NOTHING, NOTHING, (1.0, 300.0), (1.0, 300.0), (1.0, 300.0), NOTHING]),
    // 0.02 · 0.25 = 0.005 a request
    (("failures", Quality), [NOTHING, NOTHING, (121_000.0, 605.0), (133_100.0, 665.5), (146_410.0, 732.05), NOTHING]),
    // a tenth of prompting's 768.75 · 0.99² = 753.451875, · 0.99³ = 745.91735625, · 0.99⁴ = 738.4581826875
    (
        ("escalation", Vendor),
        [NOTHING, NOTHING, (121_000.0, 75.3451875), (133_100.0, 74.591735625), (146_410.0, 73.84581826875), NOTHING],
    ),
    // a tenth of its gateway's 0.0001 a request, whose price stays
    (("escalation", Other), [NOTHING, NOTHING, (121_000.0, 1.21), (133_100.0, 1.331), (146_410.0, 1.4641), NOTHING]),
    // 1848 input and instruction tokens a request: 223.608, 245.9688 and 270.56568 million at 0.2, whose price stays
    (
        ("Moderation", Vendor),
        [NOTHING, NOTHING, (223.608, 44.7216), (245.9688, 49.19376), (270.56568, 54.113136), NOTHING],
    ),
    (("Logging", Vendor), [NOTHING, NOTHING, (39.93, 11.979), (43.923, 13.1769), (48.3153, 14.49459), NOTHING]),
    (("Database", Vendor), [NOTHING, NOTHING, (1.0, 45.5), (1.0, 45.5), (1.0, 45.5), NOTHING]),
    (("Rebate", Other), [NOTHING, NOTHING, (121_000.0, -60.5), (133_100.0, -66.55), (146_410.0, -73.205), NOTHING]),
    // what prompting costs in month 1: tokens, maintenance and the gateway
    (("before launch", Vendor), [NOTHING, (1.0, 768.75), NOTHING, NOTHING, NOTHING, NOTHING]),
    (("before launch", People), [NOTHING, (1.0, 400.0), NOTHING, NOTHING, NOTHING, NOTHING]),
    (("before launch", Other), [NOTHING, (1.0, 10.0), NOTHING, NOTHING, NOTHING, NOTHING]),
    // what hosting oneself costs in month 6: 4 GPUs · 1400 + 30
    (("after retirement", Vendor), [NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, (1.0, 5630.0)]),
];

/// Hosting oneself in months 0, 1, 2 and 6. A GPU costs 2 · 700 = 1400 a month. The need in month 1 is
/// 100,000 · 1200 · 3.1974 / (73 · 730 · 3600) = 383,688,000/191,844,000 = 2, which floating point makes a hair more:
/// one step of two, and the fewest are three. In month 2 it is 2.2 and in month 6 it is 3.22: two steps.
const SELF_HOSTED: Lines<'_, 4> = &[
    (("setup", Vendor), [(1.0, 5000.0), NOTHING, NOTHING, NOTHING]),
    (("hosting", Vendor), [NOTHING, (1.0, 30.0), (1.0, 30.0), (1.0, 30.0)]),
    (("GPUs", Vendor), [NOTHING, (3.0, 4200.0), (4.0, 5600.0), (4.0, 5600.0)]),
];

fn check<const N: usize>(results: &Results, of: &str, months: [u32; N], lines: Lines<'_, N>, discount: f64) {
    let model = &results.model.options[option(results, of)];
    assert_eq!(lines.len(), model.lines.len() + model.substitutes.len(), "{of} has lines that are not expected");
    for (label, entries) in lines {
        for (month, want) in months.into_iter().zip(entries) {
            entry(results, of, *label, month, *want, discount);
        }
    }
}

fn check_all(results: &Results, discount: f64) {
    check(results, "Prompting", [0, 1, 2, 3], PROMPTING, discount);
    check(results, "Fine-tuning", [0, 1, 3, 4, 5, 6], FINE_TUNING, discount);
    check(results, "Self-hosted", [0, 1, 2, 6], SELF_HOSTED, discount);
}

#[test]
fn every_line_costs_what_it_does_by_hand() {
    check_all(&run_text(ALL_PARTS), 1.0);
}

/// A yearly rate of 1.1¹² − 1 = 2.138428376721 makes a month's cost worth 1/1.1 of the month before.
const DISCOUNTED: &str = "simulation.discount_rate=2.138428376721";

#[test]
fn discounting_starts_with_month_one() {
    check_all(&run_with(ALL_PARTS, &[DISCOUNTED]), 1.0 / 1.1);
}

/// Prompting by month: 768.75 · 0.99^(m−1) + 400 + 10 · 1.1^(m−1):
///   1: 768.75 + 400 + 10 = 1178.75
///   2: 761.0625 + 400 + 11 = 1172.0625
///   3: 753.451875 + 400 + 12.1 = 1165.551875
///   4: 745.91735625 + 400 + 13.31 = 1159.22735625
///   5: 738.4581826875 + 400 + 14.641 = 1153.0991826875
///   6: 731.073600860625 + 400 + 16.1051 = 1147.178700860625
const PROMPTING_MONTHS: [f64; 6] = [1178.75, 1172.0625, 1165.551875, 1159.22735625, 1153.0991826875, 1147.178700860625];

/// Fine-tuning by month: months 1 and 2 are prompting's, then the columns of the lines above add up.
///   3: tokens 281.1072 + 76.6656 + 191.664 = 549.4368; migration 450 + 320 + 75 = 845; standing 670 + 300 + 45.5 =
///      1015.5; failures 605; escalation 75.3451875 + 1.21; Moderation 44.7216, Logging 11.979, Rebate −60.5: 3087.6925875
///   4: tokens 309.21792 + 84.33216 + 210.8304 = 604.38048; standing 1015.5; failures 665.5; escalation 74.591735625 + 1.331;
///      49.19376 + 13.1769 − 66.55 = −4.17934: 2357.123875625
///   5: tokens 170.069856 + 46.382688 + 115.95672 = 332.409264; retrain 300 + 130 + 250 = 680; migration 845; standing
///      1015.5; failures 732.05; escalation 73.84581826875 + 1.4641; 54.113136 + 14.49459 − 73.205 = −4.597274: 3675.67190826875
///   6: 5630
const FINE_TUNING_MONTHS: [f64; 6] = [1178.75, 1172.0625, 3087.6925875, 2357.123875625, 3675.67190826875, 5630.0];

/// 4200 + 30, then 5600 + 30.
const SELF_HOSTED_MONTHS: [f64; 6] = [4230.0, 5630.0, 5630.0, 5630.0, 5630.0, 5630.0];

/// One-time costs: 1200 + 300; 4000 + 500 + 1600 + 500 + 160 + 1000; 5000.
const OPTIONS: [(&str, f64, [f64; 6]); 3] = [
    ("Prompting", 1500.0, PROMPTING_MONTHS),
    ("Fine-tuning", 7760.0, FINE_TUNING_MONTHS),
    ("Self-hosted", 5000.0, SELF_HOSTED_MONTHS),
];

/// 100,000 · (1.1⁶ − 1)/0.1
const ALL_REQUESTS: f64 = 771_561.0;

#[test]
fn totals_are_the_sums_of_their_months() {
    for (discount, overrides) in [(1.0, &[][..]), (1.0 / 1.1, &[DISCOUNTED][..])] {
        let results = run_with(ALL_PARTS, overrides);
        let worth = |once: f64, months: [f64; 6]| -> Vec<f64> {
            let mut sum = once;
            let after = |(m, cost): (usize, f64)| {
                sum += cost * f64::powi(discount, m as i32 + 1);
                sum
            };
            std::iter::once(once).chain(months.into_iter().enumerate().map(after)).collect()
        };
        let baseline = worth(1500.0, PROMPTING_MONTHS);
        for (name, once, months) in OPTIONS {
            let cumulative = worth(once, months);
            for (month, want) in cumulative.iter().enumerate() {
                let figures = results.cumulative(option(&results, name), month as u32).map(value);
                assert!(figures.iter().all(|f| is_cent(*f, *want)), "{name}, month {month}: {figures:?}, {want}");
            }
            let total = cumulative[6];
            let is = |m: Metric, want: f64| {
                let got = metric(&results, name, m);
                assert!(is_cent(got, want), "{} of {name}: {got} against {want}", m.word());
            };
            is(Metric::Total, total);
            is(Metric::OneTime, once);
            is(Metric::Monthly, total / 6.0);
            is(Metric::Running, (total - once) / 6.0);
            is(Metric::LastMonth, months[5]);
            is(Metric::PerThousand, 1000.0 * total / ALL_REQUESTS);
            if name != "Prompting" {
                is(Metric::Saving, baseline[6] - total);
                let excess = cumulative.iter().zip(&baseline).map(|(x, b)| x - b);
                is(Metric::PeakOutlay, excess.fold(0.0, f64::max));
            }
        }
    }
    // Undiscounted, in one place: 1500 + 6975.869614798125, 7760 + 17101.300871393750, 5000 + 32380.
    let results = run_text(ALL_PARTS);
    for (name, total) in [("Prompting", 8475.87), ("Fine-tuning", 24_861.30), ("Self-hosted", 37_380.0)] {
        assert!(is_cent(metric(&results, name, Metric::Total), total), "{name}");
    }
}

#[test]
fn a_project_that_fails_costs_its_one_time_costs_and_the_baseline() {
    let results = run_with(ALL_PARTS, &["Fine-tuning.success_probability=0"]);
    // 7760 spent, and prompting's six months for 6975.869614798125.
    assert!(is_cent(metric(&results, "Fine-tuning", Metric::Total), 14_735.87));
    assert!(is_cent(metric(&results, "Fine-tuning", Metric::LastMonth), 1147.18));
    let of = option(&results, "Fine-tuning");
    for month in 1..=6 {
        assert_eq!(value(results.curve(of, MonthlyCurve::Cheaper, month)), 0.0, "it is never live");
        let figures = results.ledger(of, line(&results, of, "hosting", Vendor), month).map(value);
        assert_eq!(figures, [0.0; 3], "it never serves");
    }
}

#[test]
fn instructions_that_are_too_short_are_never_cached() {
    let results = run_with(ALL_PARTS, &["Prompting.inference.cache_min_tokens=2000.5"]);
    // 250 million tokens at 2.5
    entry(&results, "Prompting", ("instruction tokens", Vendor), 1, (250.0, 625.0), 1.0);
}

#[test]
fn a_load_test_in_requests_leaves_the_tokens_out() {
    let by_requests = [
        "Self-hosted.hosting.gpu_requests_per_second=0.05",
        "Self-hosted.hosting.min_gpus=0",
        "Self-hosted.hosting.gpus_per_step=1",
    ];
    let text = ALL_PARTS.replace("gpu_tokens_per_second = 73\n", "gpu_requests_per_second = 1\n");
    let results = run_with(&text, &by_requests);
    // 100,000 · 3.1974 / (0.05 · 2,628,000) = 319,740/131,400 = 2.43; in month 6 it is 3.92
    entry(&results, "Self-hosted", ("GPUs", Vendor), 1, (3.0, 4200.0), 1.0);
    entry(&results, "Self-hosted", ("GPUs", Vendor), 6, (4.0, 5600.0), 1.0);
}

/// A baseline of 100 a month against four others:
/// "Dips" spends 250, then 20 a month and 300 in every sixth month;
/// "Late" spends nothing, launches after month 3 and costs 90 a month;
/// "Same" costs what the baseline costs, in other words;
/// "Peaks" spends 10, saves 30 a month, and pays 400 at 4.5 months.
const BREAK_EVEN: &str = r#"
[simulation]
horizon_months = 12
trials = 16
[workload]
requests_per_month = 1000
input_tokens = 0
output_tokens = 0
[[option]]
name = "Today"
hosting.cost_per_month = 100
[[option]]
name = "Dips"
setup.cost = 250
hosting.cost_per_month = 20
training = { retrains_per_year = 2, cost_per_run = 300, initial_runs = 0 }
[[option]]
name = "Late"
launch_month = 3
hosting.cost_per_month = 90
[[option]]
name = "Same"
hosting = { cost_per_hour = 0.1, units = 10, hours_per_month = 100 }
[[option]]
name = "Peaks"
setup.cost = 10
hosting.cost_per_month = 70
migration = { first_after_months = 4.5, cost = 400 }
"#;

#[test]
fn break_even_months_are_those_of_the_cumulative_costs() {
    let results = run_text(BREAK_EVEN);
    // "Dips": after months 1 to 12 it has cost 270, 290, 310, 330, 350, 670, 690, 710, 730, 750, 770, 1090 against 100,
    // 200, … 1200: cheaper from month 4, not in month 6, and from month 7 on.
    // "Late": never dearer, but live from month 4 on only.
    // "Same": no dearer from the start.
    // "Peaks": 80, 150, 220, 290, 760, 830, … 1250: cheaper in months 1 to 4; 1250 > 1200 at the end, so never for good.
    let expected = [
        ("Dips", &[4, 5, 7, 8, 9, 10, 11, 12][..], Some(4), Some(7)),
        ("Late", &[4, 5, 6, 7, 8, 9, 10, 11, 12], Some(4), Some(4)),
        ("Same", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], Some(1), Some(1)),
        ("Peaks", &[1, 2, 3, 4], Some(1), None),
    ];
    for (name, cheaper, first, lasting) in expected {
        let of = option(&results, name);
        for month in 1..=12 {
            let is = |curve: MonthlyCurve, want: bool| {
                assert_eq!(
                    value(results.curve(of, curve, month)),
                    f64::from(u8::from(want)),
                    "{name} {curve:?} {month}"
                );
            };
            is(MonthlyCurve::Cheaper, cheaper.contains(&month));
            is(MonthlyCurve::PaidBack, first.is_some_and(|f| f <= month));
            is(MonthlyCurve::StaysCheaper, lasting.is_some_and(|l| l <= month));
        }
        for (months, found) in [(first, false), (lasting, true)] {
            let never = f64::from(u8::from(months.is_none()));
            assert_eq!(value(results.p_never(of, found)), never, "{name}");
            assert_eq!(results.break_even_months(of, found), [months.map(f64::from); 5], "{name}");
        }
    }
}

#[test]
fn the_peak_outlay_is_the_largest_excess_of_any_month() {
    let results = run_text(BREAK_EVEN);
    // "Dips" is 250 behind before month 1, then 170. "Late" and "Same" are never behind. "Peaks" is 10 behind at first,
    // ahead by 20, 50, 80 and 110, and behind by 760 − 500 = 260 after month 5.
    for (name, peak) in [("Dips", 250.0), ("Late", 0.0), ("Same", 0.0), ("Peaks", 260.0)] {
        assert!(is_cent(metric(&results, name, Metric::PeakOutlay), peak), "{name}");
    }
}

#[test]
fn the_cheapest_is_one_option_and_the_first_of_equals() {
    let results = run_text(BREAK_EVEN);
    // Totals: 1200; 1090; 300 + 9·90 = 1110; 1200; 1250.
    let shares =
        |results: &Results, names: [&str; 5]| names.map(|n| results.p_cheapest(option(results, n)).map(|e| e.value));
    let names = ["Today", "Dips", "Late", "Same", "Peaks"];
    assert_eq!(shares(&results, names), [0.0, 1.0, 0.0, 0.0, 0.0].map(Some));
    assert!(is_cent(value(results.best()), 1090.0));
    for (name, regret) in names.into_iter().zip([110.0, 0.0, 20.0, 110.0, 160.0]) {
        assert!(is_cent(value(results.regret(option(&results, name))), regret), "{name}");
    }
    // One that is no candidate is priced and not ranked; of the two at 1200 the first listed is the cheapest.
    let text = BREAK_EVEN.replace("name = \"Dips\"", "name = \"Dips\"\ncandidate = false");
    let text = text.replace("hosting.cost_per_month = 90", "hosting.cost_per_month = 120");
    let results = run_text(&text);
    assert_eq!(shares(&results, names), [Some(1.0), None, Some(0.0), Some(0.0), Some(0.0)]);
    assert!(is_cent(metric(&results, "Dips", Metric::Total), 1090.0));
}
