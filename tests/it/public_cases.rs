//! Cases that teams have told in public, as scenarios with figures that were worked out by hand.

use crate::common::{run_text, run_with};
use breakeven::engine::{Metric, Results, Stat};

fn mean(results: &Results, option: &str, metric: Metric) -> f64 {
    let i = results.model.options.iter().position(|o| o.name == option).unwrap();
    results.metric(i, metric, Stat::Mean).unwrap().value
}

#[track_caller]
fn near(found: f64, by_hand: f64) {
    assert!((found / by_hand - 1.0).abs() < 1e-9, "{found} is not {by_hand}");
}

/// Tickets sorted at 15,000 a month by a large model, and at 800 by a small one that has been tuned.
///
/// 1.5M tickets of 3,600 tokens in and 100 out at 2.50 and 10 are 0.009 + 0.001 each; the tuned model needs 700 in, for its
/// instructions are in its weights, at 0.50 and 2: 0.00035 + 50·2/1e6 = 0.00045, 675 a month, and 125 for watching it.
/// It costs 120 hours at 100 and 2,000 of training first: 14,000.
#[test]
fn a_ticket_classifier_goes_from_15000_to_800_a_month() {
    let results = run_text(
        r#"
simulation = { horizon_months = 12, trials = 1024 }
workload = { requests_per_month = "1.5M", input_tokens = 700, output_tokens = 50 }
labour.hourly_rate = 100
[[option]]
name = "Prompted"
inference = { input_price = 2.5, output_price = 10, instruction_tokens = 2900, extra_output_tokens = 50 }
[[option]]
name = "Tuned"
inference = { input_price = 0.5, output_price = 2 }
setup.hours = 120
training.cost_per_run = 2000
cost = [{ name = "Monitoring", amount = 125, per = "month" }]
"#,
    );
    near(mean(&results, "Prompted", Metric::Total), 12.0 * 15_000.0);
    near(mean(&results, "Tuned", Metric::Total), 14_000.0 + 12.0 * 800.0);
    near(mean(&results, "Tuned", Metric::Saving), 156_400.0);
    // 14,800 at the end of the first month against 15,000.
    assert_eq!(results.break_even_months(1, true)[2], Some(1.0));
}

/// Two million recipes classified once: 850 tokens in and 100 out at 10 and 30 are 0.0115 each, 23,000 in all. A tuned model
/// of 7B takes 10,000 answers of the large one for examples (115), 19 of training, 16 hours at 90 (1,440), and one GPU
/// at 0.79 an hour for 730 hours (576.70), since 2M requests a month are 0.761 a second and it serves 2.
#[test]
fn recipes_for_23000_against_a_tuned_7b() {
    let results = run_text(
        r#"
simulation = { horizon_months = 1, trials = 1024 }
workload = { requests_per_month = "2M", input_tokens = 850, output_tokens = 100 }
labour.hourly_rate = 90
[[option]]
name = "Prompted"
inference = { input_price = 10, output_price = 30 }
[[option]]
name = "Tuned 7B"
setup.hours = 16
dataset = { examples = "10k", cost_per_example = 0.0115 }
training.cost_per_run = 19
hosting = { gpu_hourly_rate = 0.79, gpu_requests_per_second = 2 }
"#,
    );
    near(mean(&results, "Prompted", Metric::Total), 23_000.0);
    near(mean(&results, "Tuned 7B", Metric::Total), 115.0 + 19.0 + 1_440.0 + 576.7);
}

/// Conversations at 13,000 a month, of which 6 % of the small model's fall back to the large one at all that an answer costs
/// there: 4,000 tokens in at 5 and 400 out at 12.50 are 0.025, and each is moderated for 0.001: 0.026 · 500k. The small
/// model's are 0.0012 + 0.00048 = 0.00168: 840 a month, and 6 % of 13,000 are 780.
#[test]
fn conversations_at_13000_of_which_6_percent_fall_back() {
    let text = r#"
simulation = { horizon_months = 24, trials = 1024 }
workload = { requests_per_month = "500k", input_tokens = 4000, output_tokens = 400 }
[[option]]
name = "Large"
inference = { input_price = 5, output_price = 12.5 }
cost = [{ name = "Moderation", amount = 0.001, per = "request" }]
[[option]]
name = "Small"
inference = { input_price = 0.3, output_price = 1.2 }
quality = { escalation_rate = "6%" }
"#;
    let results = run_text(text);
    near(mean(&results, "Large", Metric::Total), 24.0 * 13_000.0);
    near(mean(&results, "Small", Metric::Total), 24.0 * (840.0 + 780.0));
    // One row for what vendors are paid there, whose price does not change.
    let lines = &results.model.options[1].lines;
    assert_eq!(lines.iter().filter(|line| line.name.as_str() == "escalation").count(), 1);
    // Prices that fall by a quarter a year do not make the moderation cheaper: Σ 0.75^((m−1)/12) over 24 months is
    // (1 − 0.75²)/(1 − 0.75^(1/12)).
    let falling = run_with(text, &["Large.inference.price_change_per_year=-25%"]);
    let months = (1.0 - 0.75 * 0.75) / (1.0 - 0.75_f64.powf(1.0 / 12.0));
    near(mean(&falling, "Small", Metric::Total), 24.0 * 840.0 + 0.06 * (12_500.0 * months + 24.0 * 500.0));
    // Moderation by people: a row of its own.
    let people = run_text(&text.replace("per = \"request\"", "per = \"request\", kind = \"people\""));
    near(mean(&people, "Small", Metric::Total), 24.0 * (840.0 + 780.0));
    assert_eq!(people.model.options[1].lines.iter().filter(|line| line.name.as_str() == "escalation").count(), 2);
}

/// Eight million requests a month whose instructions are found in the cache in 40 % of cases, growing by 15 to 20 % a quarter:
/// 500·3/1e6 + 1,500·(0.4·0.30 + 0.6·3.75)/1e6 + 150·15/1e6 = 0.0015 + 0.003555 + 0.00225 = 0.007305, which is 58,440 in
/// the first month; at a known growth q a month the year costs that times (q¹² − 1)/(q − 1).
#[test]
fn eight_million_requests_with_a_cache_that_grow_by_the_quarter() {
    let text = |growth: &str| {
        format!(
            r#"
simulation = {{ horizon_months = 12, trials = 16384 }}
inputs.quarter = "{growth}"
workload = {{ requests_per_month = "8M", input_tokens = 500, output_tokens = 150, growth_per_month = "(1 + quarter)^(1/3) - 1" }}
[[option]]
name = "Cached"
[option.inference]
input_price = 3
output_price = 15
instruction_tokens = 1500
cache_hit_rate = "40%"
cached_price = 0.3
cache_write_price = 3.75
"#
        )
    };
    let year = |quarter: f64| {
        let q = (1.0 + quarter).powf(1.0 / 3.0);
        58_440.0 * (q.powf(12.0) - 1.0) / (q - 1.0)
    };
    near(mean(&run_text(&text("17.5%")), "Cached", Metric::Total), year(0.175));
    let unsure = mean(&run_text(&text("15% to 20%")), "Cached", Metric::Total);
    assert!(unsure > year(0.172) && unsure < year(0.176), "{unsure}");
}

/// Teams that know how often each option fails and not what that costs: counted, and not charged.
#[test]
fn failures_without_a_price_cost_nothing() {
    let text = r#"
simulation = { horizon_months = 12, trials = 1024 }
workload.requests_per_month = "100k"
[[option]]
name = "A"
cost = [{ name = "Answers", amount = 0.02, per = "request" }]
quality.failure_rate = "8%"
[[option]]
name = "B"
cost = [{ name = "Answers", amount = 0.03, per = "request" }]
quality.failure_rate = "5%"
"#;
    let results = run_text(text);
    near(mean(&results, "A", Metric::Total), 12.0 * 2_000.0);
    near(mean(&results, "B", Metric::Total), 12.0 * 3_000.0);
    near(mean(&results, "A", Metric::PerThousandGood), 20.0 / 0.92);
    near(mean(&results, "B", Metric::PerThousandGood), 30.0 / 0.95);
    // A answers for three months, then B for six, then A again.
    let moved = run_with(text, &["B.launch_month=3", "B.retire_month=9", "workload.growth_per_month=10%"]);
    let requests = |months: std::ops::Range<i32>| months.map(|m| 1.1_f64.powi(m)).sum::<f64>();
    let (own, others) = (requests(3..9), requests(0..3) + requests(9..12));
    let by_hand = (own * 30.0 + others * 20.0) / (own * 0.95 + others * 0.92);
    near(mean(&moved, "B", Metric::PerThousandGood), by_hand);
    near(mean(&moved, "B", Metric::PerThousand), (own * 30.0 + others * 20.0) / (own + others));
    let said = breakeven::report::summary(&results);
    assert!(said.contains("med./1,000 good") && said.contains("31.6"), "{said}");
}

#[test]
fn without_failures_every_answer_is_good() {
    let results = run_text(
        r#"
simulation = { horizon_months = 12, trials = 1024 }
workload.requests_per_month = "50k to 100k"
[[option]]
name = "A"
cost = [{ name = "Answers", amount = 0.02, per = "request" }, { name = "Fee", amount = 100, per = "month" }]
"#,
    );
    near(mean(&results, "A", Metric::PerThousandGood), mean(&results, "A", Metric::PerThousand));
}

/// What a custom line comes to is money wherever it is shown.
#[test]
fn amounts_of_custom_lines_have_their_currency() {
    let text = r#"
simulation = { horizon_months = 12, trials = 16384 }
workload.requests_per_month = "100k"
[[option]]
name = "A"
cost = [{ name = "Answers", amount = "0.01 to 0.03", per = "request" }]
[[option]]
name = "B"
hosting.cost_per_month = 1800
"#;
    let said = breakeven::report::summary(&run_text(text));
    assert!(said.contains("below $0.0180: A"), "{said}");
}
