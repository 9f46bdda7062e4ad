//! What an option is charged while another one serves, by who is paid.

use breakeven::engine::{Metric, Results, Stat};
use breakeven::tables::Verdict;

/// The old service costs 100 of a vendor and 2 hours at 25 a month, and ends with month 2; the desk that follows costs 10 of a
/// vendor and 30 in bad answers. The new service is launched after month 4 and ends with month 5.
const SCENARIO: &str = r#"
[simulation]
trials = 1024
horizon_months = 6
[workload]
requests_per_month = 100
[[option]]
name = "Old"
hosting.cost_per_month = 100
maintenance = { hours_per_month = 2, hourly_rate = 25 }
quality = { failure_rate = 0.2, cost_per_failure = 0 }
retire_month = 2
after_retirement = "Desk"
[[option]]
name = "Desk"
hosting.cost_per_month = 10
quality = { failure_rate = 0.1, cost_per_failure = 3 }
[[option]]
name = "New"
launch_month = 4
retire_month = 5
after_retirement = "Old"
hosting.cost_per_month = 7
quality = { failure_rate = 0.4, cost_per_failure = 0 }
"#;

/// Line, kind and cost of each month from 1.
const NEW: [(&str, &str, [f64; 6]); 6] = [
    ("hosting", "vendor", [0.0, 0.0, 0.0, 0.0, 7.0, 0.0]),
    ("before launch", "vendor", [100.0, 100.0, 10.0, 10.0, 0.0, 0.0]),
    ("before launch", "people", [50.0, 50.0, 0.0, 0.0, 0.0, 0.0]),
    ("before launch", "quality", [0.0, 0.0, 30.0, 30.0, 0.0, 0.0]),
    // What the old service would cost if it served.
    ("after retirement", "vendor", [0.0, 0.0, 0.0, 0.0, 0.0, 100.0]),
    ("after retirement", "people", [0.0, 0.0, 0.0, 0.0, 0.0, 50.0]),
];

#[test]
fn every_kind_has_a_row() {
    let results = crate::common::run_text(SCENARIO);
    let labels = breakeven::tables::line_labels(&results, 2);
    assert_eq!(labels.len(), NEW.len(), "{labels:?}");
    for (k, (name, kind, costs)) in NEW.iter().enumerate() {
        assert_eq!(labels[k][..2], [*name, *kind]);
        for (month, cost) in (1..).zip(costs) {
            let found = results.ledger(2, k, month)[1].unwrap().value;
            assert!((found - cost).abs() < 1e-9, "{name}, {kind}, month {month}: {found} for {cost}");
        }
    }
}

/// Of 100 requests a month 80, 80, 90, 90, 60 and 80 are answered well, by whoever serves; all cost 537.
#[test]
fn good_answers_are_those_of_whoever_serves() {
    let results = crate::common::run_text(SCENARIO);
    let found = results.metric(2, Metric::PerThousandGood, Stat::Mean).unwrap().value;
    assert!((found - 537.0 / 480.0 * 1000.0).abs() < 1e-9, "{found}");
}

/// 227 of vendors, 100 of people and 60 of bad answers before the launch and in month 5, 150 after it.
#[test]
fn the_screen_adds_up_the_rows() {
    let results: Results = crate::common::run_text(SCENARIO);
    let shares = Verdict::new(&results).kinds[2];
    let total = 227.0 + 100.0 + 60.0 + 150.0;
    for (found, by_hand) in [(shares.vendors, 327.0), (shares.people, 150.0), (shares.bad_answers, 60.0)] {
        assert!((found - by_hand / total).abs() < 1e-12, "{found} for {by_hand} of {total}");
    }
    assert_eq!(shares.other, 0.0);
}
