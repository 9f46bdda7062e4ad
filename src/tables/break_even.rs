//! `break_even.csv`: probabilities of having broken even, by month.

use super::{Cell, Column, Meaning, Table};
use crate::engine::{MonthlyCurve, Results};

/// The curves, with their columns.
const CURVES: [(MonthlyCurve, &str, Meaning); 3] = [
    (MonthlyCurve::Cheaper, "p_cheaper", Meaning::PCheaper),
    (MonthlyCurve::PaidBack, "p_paid_back", Meaning::PPaidBack),
    (MonthlyCurve::StaysCheaper, "p_stays_cheaper", Meaning::PStaysCheaper),
];

pub(super) fn table(results: &Results) -> Table {
    let about = [Column::words("option", Meaning::Subject), Column::number("month", Meaning::Subject)];
    let curves = CURVES.into_iter().flat_map(|(_, key, meaning)| Column::share(key, meaning).with_error());
    let mut table = Table::new("break_even", about.into_iter().chain(curves));
    for option in results.model.challengers() {
        for month in 1..=results.model.horizon {
            let mut row = vec![Cell::text(&results.model.options[option].name), Cell::Number(f64::from(month))];
            row.extend(CURVES.iter().flat_map(|(curve, ..)| Cell::estimate(results.curve(option, *curve, month))));
            table.rows.push(row);
        }
    }
    table
}
