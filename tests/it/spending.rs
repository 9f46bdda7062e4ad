//! What is spent in each month, quarter and year, worked out by hand.

use breakeven::engine::Results;
use breakeven::scenario::SpendScope;
use breakeven::tables::{Cell, table};

use crate::common::{option, run_text, value};

/// 100 a month for tokens, twice as much in half of all trials; 30 for people; 10 of bad answers; 500 once.
const TEXT: &str = r#"
[simulation]
horizon_months = 16
trials = 4096
start = 2026-11-01
fiscal_year_start = 7
discount_rate = 0.08
[workload]
requests_per_month = "mix(0.5: 100k, 0.5: 200k)"
input_tokens = 1000
output_tokens = 0
[[option]]
name = "A"
inference = { input_price = 1, output_price = 0 }
maintenance = { hours_per_month = 1, hourly_rate = 30 }
quality = { failure_rate = "1%", cost_per_failure = "1 / (workload.requests_per_month / 1k)" }
setup = { cost = 500 }
[[option]]
name = "B"
inference = { input_price = 2, output_price = 0 }
launch_month = 2
"#;

fn spent(results: &Results, name: &str, scope: SpendScope, months: &str) -> Vec<f64> {
    let place = results.model.periods.iter().position(|period| period.months() == months).expect("a period");
    results.spend(option(results, name), scope, place).map(value).to_vec()
}

#[test]
fn money_is_spent_as_it_is_paid() {
    let results = run_text(TEXT);
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 0.01 * expected, "{found}, {expected}");
    // Years begin in July: 8 months are left of the first, and a quarter has two.
    let starts: Vec<String> = results.model.periods.iter().map(|p| p.months()).filter(|m| m.contains('-')).collect();
    assert_eq!(starts, ["1-2", "3-5", "6-8", "9-11", "12-14", "15-16", "1-8", "9-16", "1-16"]);
    for (scope, month) in [(SpendScope::Vendor, 150.0), (SpendScope::Cash, 180.0), (SpendScope::All, 190.0)] {
        for (months, count, once) in [("1", 1.0, 500.0), ("2", 1.0, 0.0), ("1-2", 2.0, 500.0), ("9-16", 8.0, 0.0)] {
            let [mean, p5, .., p95] = spent(&results, "A", scope, months)[..] else { panic!("nine figures") };
            near(mean, month * count + once);
            near(p5, (month - 50.0) * count + once);
            near(p95, (month + 50.0) * count + once);
        }
    }
    // A quantile of a year is that of its sum in each trial: half of all trials spend the less in every month.
    near(spent(&results, "A", SpendScope::Cash, "1-8")[4], 130.0 * 8.0 + 500.0);
    // Before its launch B is charged what A is; what A pays once is not.
    near(spent(&results, "B", SpendScope::Cash, "1")[0], 180.0);
    near(spent(&results, "B", SpendScope::Cash, "3")[0], 300.0);
}

#[test]
fn the_table_names_its_periods() {
    let results = run_text(TEXT);
    let table = table(&results, "spend").expect("a table");
    let texts = |row: &Vec<Cell>| -> Vec<String> {
        let text = |cell: &Cell| match cell {
            Cell::Text(text) => text.to_string(),
            Cell::Number(x) => x.to_string(),
        };
        row[..5].iter().map(text).collect()
    };
    let rows: Vec<Vec<String>> = table.rows.iter().map(texts).collect();
    assert_eq!(rows.len(), 2 * 3 * (16 + 6 + 2 + 1));
    assert_eq!(rows[0], ["A", "month", "2026-11-01", "1", "vendor"]);
    assert!(rows.iter().any(|row| row[..] == ["B", "year", "2027-07-01", "9-16", "all"]));
    assert!(rows.iter().any(|row| row[..] == ["A", "horizon", "2026-11-01", "1-16", "cash"]));
}
