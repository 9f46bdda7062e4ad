//! Months that have names: dates in scenarios, days in tables, names on the screen.

use breakeven::report::{Dialect, summary, table_bytes};
use breakeven::tables::{Cell, tables};

use crate::common::{run_text, run_with};

const DATED: &str = r#"
[simulation]
horizon_months = 14
trials = 256
start = 2026-12-01
[workload]
requests_per_month = 1000
input_tokens = 0
output_tokens = 0
[[option]]
name = "Today"
hosting.cost_per_month = 100
[[option]]
name = "Later"
launch_month = 2027-01-14
retire_month = 2027-12-01
setup.cost = "50 to 60"
hosting.cost_per_month = 60
migration = { first_after_months = 2027-05-31, cost = 10 }
"#;

#[test]
fn dates_are_months_from_the_start() {
    // 14 January is 13 of 31 days into the second month, 31 May 30 of 31 into the sixth; twelve months end in December.
    let numbers = [
        ("start = 2026-12-01\n", ""),
        ("2027-01-14", "1.4193548387096775"),
        ("2027-12-01", "12"),
        ("2027-05-31", "5.967741935483871"),
    ];
    let undated = numbers.iter().fold(DATED.to_owned(), |text, (date, number)| text.replace(date, number));
    let [dated, undated] = [DATED, &undated].map(|text| tables(&run_text(text)));
    // The periods of spending are those of the calendar where there is one.
    for (dated, mut undated) in dated.into_iter().zip(undated).filter(|(table, _)| table.name != "spend") {
        let places = dated.place("period_start");
        assert_eq!(places.is_some(), undated.place("month").is_some(), "{}", dated.name);
        if let Some(place) = places {
            assert_eq!(place + 1, dated.columns.len(), "{}", dated.name);
            undated.columns.push(dated.columns[place].clone());
            undated.rows.iter_mut().zip(&dated.rows).for_each(|(row, with)| row.push(with[place].clone()));
        }
        let bytes = |table| table_bytes(table, Dialect::Standard);
        assert_eq!(bytes(&dated), bytes(&undated), "{}", dated.name);
    }
}

#[test]
fn tables_say_when_a_month_begins() {
    let all = tables(&run_text(DATED));
    let table = all.iter().find(|table| table.name == "cumulative").expect("a table");
    let days: Vec<&Cell> = table.rows.iter().take(15).map(|row| row.last().expect("cells")).collect();
    assert_eq!(
        [0, 1, 2, 14].map(|m| days[m]),
        ["2026-12-01", "2026-12-01", "2027-01-01", "2028-01-01"].map(Cell::text).each_ref()
    );
}

#[test]
fn months_are_named_on_the_screen() {
    // Live from February on, it saves 40 a month of which some 55 are spent, and 10 in June.
    let text = summary(&run_text(DATED));
    assert!(text.contains("Mar 2027"), "{text}");
    assert!(!text.contains("month 4"), "{text}");
}

#[test]
fn a_date_can_be_typed() {
    let typed = run_with(DATED, &["Later.launch_month=2027-02-01"]);
    let written = run_text(&DATED.replace("2027-01-14", "2"));
    let bytes = |results| tables(results).iter().map(|t| table_bytes(t, Dialect::Standard)).collect::<Vec<_>>();
    assert!(bytes(&typed) == bytes(&written));
}
