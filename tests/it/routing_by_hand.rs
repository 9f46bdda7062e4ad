//! Options that share the traffic, and prices that are not one: every line of a month worked out by hand.

use breakeven::engine::{Metric, Results, Stat};

use crate::common::{option, run_text, value};

/// A month of 100,000 requests of 1,000 and 200 tokens.
const SHARED: &str = r#"
[simulation]
horizon_months = 1
trials = 16
[workload]
requests_per_month = "100k"
input_tokens = 1000
output_tokens = 200

[[option]]
name = "Large"
quality = { failure_rate = "1%", cost_per_failure = 0.5 }
[option.inference]
input_price = 3
output_price = 15
instruction_tokens = 2000
cache_hit_rate = 0.75
cached_price = 0.3
cache_write_price = 3.75
batch_share = 0.5
batch_discounts_cached = false
[[option.cost]]
name = "Gateway"
amount = 0.001
per = "request"
kind = "other"

[[option]]
name = "Small"
traffic_share = 0.6
quality = { failure_rate = "2%", cost_per_failure = 0.5, escalation_rate = 0.1 }
[option.inference]
input_price = 1
output_price = 4
response_cache_rate = 0.2
long_token_share = 0.25
long_input_price = 2
long_output_price = 8
[[option.cost]]
name = "Logs"
amount = 0.5
per = "million_output_tokens"
[[option.cost]]
name = "Tags"
amount = 0.002
per = "request"

[[option]]
name = "Hosted"
inference.response_cache_rate = 0.5
hosting = { gpu_hourly_rate = 2, gpu_requests_per_second = 0.01 }
"#;

/// A line, its kind, the units of its driver, and what it costs.
type Line = (&'static str, &'static str, f64, f64);

#[track_caller]
fn costs(results: &Results, name: &str, expected: &[Line]) {
    let of = option(results, name);
    let lines = &results.model.options[of].lines;
    let found: Vec<(&str, &str)> = lines.iter().map(|line| (line.name.as_str(), line.kind.word())).collect();
    let wanted: Vec<(&str, &str)> = expected.iter().map(|(name, kind, ..)| (*name, *kind)).collect();
    assert_eq!(found, wanted, "{name}");
    for (k, (line, _, units, cost)) in expected.iter().enumerate() {
        let [counted, paid, _] = results.ledger(of, k, 1).map(value);
        assert!((counted - units).abs() < 1e-9 * units, "{name}, {line}: {counted} instead of {units}");
        assert!((paid - cost).abs() < 1e-9 * cost, "{name}, {line}: {paid} instead of {cost}");
    }
    let total = value(results.metric(of, Metric::Total, Stat::Mean));
    assert!((total - expected.iter().map(|(.., cost)| cost).sum::<f64>()).abs() < 1e-6, "{name} costs {total}");
}

#[test]
fn batches_may_leave_cached_tokens_at_their_price() {
    // Instructions: 2,000 tokens at 0.75·0.30 + (1 − 0.5·0.5)·0.25·3.75 = 0.225 + 0.703125 a million; the rest at 0.75.
    let lines = [
        ("input tokens", "vendor", 100.0, 225.0),
        ("instruction tokens", "vendor", 200.0, 185.625),
        ("output tokens", "vendor", 20.0, 225.0),
        ("failures", "quality", 100_000.0, 500.0),
        ("Gateway", "other", 100_000.0, 100.0),
    ];
    costs(&run_text(SHARED), "Large", &lines);
    // Too short to be cached, they leave nothing out: 2,000 tokens at 0.75·3 a million.
    let short = SHARED.replace("cached_price = 0.3", "cached_price = 0.3\ncache_min_tokens = 2001");
    let mut lines = lines;
    lines[1].3 = 450.0;
    costs(&run_text(&short), "Large", &lines);
}

#[test]
fn what_an_option_does_not_serve_another_does_at_its_cost_and_with_its_failures() {
    let results = run_text(SHARED);
    // It serves 60,000 requests, of which 48,000 reach its model, at 0.75·1 + 0.25·2 and 0.75·4 + 0.25·8 a million. The
    // large one answers a tenth of those 48,000 again and 40,000 others, for 635.625 and a gateway of 100 per 100,000.
    let lines = [
        ("input tokens", "vendor", 48.0, 60.0),
        ("output tokens", "vendor", 9.6, 48.0),
        ("failures", "quality", 60_000.0, 600.0),
        ("escalation", "vendor", 48_000.0, 30.51),
        ("escalation", "other", 48_000.0, 4.8),
        ("routed", "vendor", 40_000.0, 254.25),
        ("routed", "other", 40_000.0, 40.0),
        ("routed failures", "quality", 40_000.0, 200.0),
        ("Logs", "vendor", 9.6, 4.8),
        ("Tags", "vendor", 60_000.0, 120.0),
    ];
    costs(&results, "Small", &lines);
    // 0.6·2 % + 0.4·1 % of the answers are bad.
    let good = value(results.metric(option(&results, "Small"), Metric::PerThousandGood, Stat::Mean));
    assert!((good - 1000.0 * 1362.36 / 98_400.0).abs() < 1e-9, "{good}");
}

#[test]
fn a_response_cache_comes_before_the_gpus() {
    // 50,000 requests of the 26,280 that a GPU serves in 730 hours take two; all 100,000 would take four.
    costs(&run_text(SHARED), "Hosted", &[("GPUs", "vendor", 2.0, 2920.0)]);
    let without = SHARED.replace("inference.response_cache_rate = 0.5\n", "");
    costs(&run_text(&without), "Hosted", &[("GPUs", "vendor", 4.0, 5840.0)]);
}

#[test]
fn what_another_answers_follows_its_prices_but_not_its_fees() {
    let two = |change: &str| {
        let text = SHARED.replace("horizon_months = 1", "horizon_months = 2").replace("kind = \"other\"", "");
        text.replacen("input_price = 3", &format!("input_price = 3\n{change}"), 1)
    };
    // 635.625 and fees of 100 per 100,000 requests in the first month, in the second less of the former.
    let cheaper = two("price_change_per_year = -0.99");
    let migrated = two("").replacen(
        "[[option]]\nname = \"Small\"",
        "[option.migration]\nfirst_after_months = 2\ncost = 0\nprice_factor = \"mix(0.5: 0.25, 0.5: 0.75)\"\n[[option]]\nname = \"Small\"",
        1,
    );
    for (text, level) in [(cheaper, 0.01_f64.powf(1.0 / 12.0)), (migrated, 0.5)] {
        let results = run_text(&text);
        let of = option(&results, "Small");
        let lines = &results.model.options[of].lines;
        for (name, requests) in [("escalation", 4800.0), ("routed", 40_000.0)] {
            let rows: Vec<usize> = (0..lines.len()).filter(|k| lines[*k].name.as_str() == name).collect();
            let [row] = rows[..] else { panic!("{name} has rows {rows:?}") };
            for (month, each) in [(1, 635.625 + 100.0), (2, 635.625 * level + 100.0)] {
                let [_, paid, _] = results.ledger(of, row, month).map(value);
                let expected = each * requests / 100_000.0;
                assert!((paid - expected).abs() < 1e-9 * expected, "{name} in {month}: {paid} instead of {expected}");
            }
        }
    }
}

#[test]
fn an_option_that_serves_nothing_costs_what_the_other_does() {
    let text = SHARED.replace("traffic_share = 0.6", "traffic_share = 0");
    let results = run_text(&text);
    let total = |name: &str| value(results.metric(option(&results, name), Metric::Total, Stat::Mean));
    assert!((total("Small") - total("Large")).abs() < 1e-9, "{} and {}", total("Small"), total("Large"));
}
