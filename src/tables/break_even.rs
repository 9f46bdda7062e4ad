//! `break_even.csv`: probabilities of having broken even, by month.

use super::{Cell, Table};
use crate::engine::{Curve, Results};

const HEADER: [&str; 8] = [
    "option",
    "month",
    "p_cheaper",
    "p_cheaper_se",
    "p_paid_back",
    "p_paid_back_se",
    "p_stays_cheaper",
    "p_stays_cheaper_se",
];

pub(super) fn table(results: &Results) -> Table {
    let mut table = Table::new("break_even", &HEADER);
    for option in results.model.challengers() {
        for month in 1..=results.model.horizon {
            let mut row = vec![Cell::text(&results.model.options[option].name), Cell::Number(f64::from(month))];
            for curve in [Curve::Cheaper, Curve::PaidBack, Curve::StaysCheaper] {
                let p = results.curve(option, curve, month);
                row.extend([Cell::value(p), Cell::error(p)]);
            }
            table.rows.push(row);
        }
    }
    table
}
