//! Which rows the sheet of costs has.

use std::collections::HashMap;

use crate::model::{Model, OptionModel, Substitute};
use crate::scenario::CostKind;

/// What a row holds for each month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum MonthRow {
    /// Requests.
    Requests,
    /// Requests of a month over those of the month before.
    Growth,
    /// What a cost at the end of the month is worth at the start.
    Discount,
    /// Token prices of an option over those of month 1.
    Price(usize),
    /// Retrains.
    Retrains(usize),
    /// Migrations.
    Migrations(usize),
    /// Months since an option's last training, where a quantity asks.
    SinceTraining(usize),
    /// GPUs.
    Gpus(usize),
    /// Whether the option itself serves.
    Serves(usize),
    /// One of its own lines.
    Line(usize, usize),
    /// What it is charged while another serves.
    Absent(usize, Substitute),
    /// Its own running costs of a kind as if it served.
    Own(usize, CostKind),
    /// All that it is charged.
    Charged(usize),
    /// The same so far, discounted.
    SoFar(usize),
    /// What it saves so far against the baseline.
    Saved(usize),
}

/// The rows in their order.
pub(super) struct SheetPlan {
    pub(super) rows: Vec<MonthRow>,
    places: HashMap<MonthRow, u32>,
}

impl SheetPlan {
    pub(super) fn new(model: &Model) -> SheetPlan {
        let mut rows = vec![MonthRow::Requests, MonthRow::Growth, MonthRow::Discount];
        for (i, option) in model.options.iter().enumerate() {
            rows.extend(drivers(model, i, option));
            rows.extend((0..option.lines.len()).map(|k| MonthRow::Line(i, k)));
            rows.extend(option.substitutes.iter().map(|line| MonthRow::Absent(i, *line)));
            rows.extend([MonthRow::Charged(i), MonthRow::SoFar(i)]);
            rows.extend(model.is_challenger(i).then_some(MonthRow::Saved(i)));
        }
        // The header is row 1.
        let places = (2..).zip(&rows).map(|(number, row)| (*row, number)).collect();
        SheetPlan { rows, places }
    }

    /// The number of a row in the sheet, from 1, if there is one.
    pub(super) fn number(&self, row: MonthRow) -> Option<u32> {
        self.places.get(&row).copied()
    }
}

fn drivers(model: &Model, i: usize, option: &OptionModel) -> Vec<MonthRow> {
    let moves = model.program.constant(option.price_change) != Some(1.0) || option.migrations.is_some();
    let follows = model.options.iter().flat_map(|o| &o.lines).any(|line| line.price_of == Some(i));
    let followed = follows || option.price_level.is_some();
    let takes_over = model.options.iter().any(|o| o.successor() == Some(i));
    let rows = [
        (moves && followed, MonthRow::Price(i)),
        (option.retrains.is_some(), MonthRow::Retrains(i)),
        (option.migrations.is_some(), MonthRow::Migrations(i)),
        (option.since.training.is_some(), MonthRow::SinceTraining(i)),
        (option.gpus.is_some(), MonthRow::Gpus(i)),
        (!option.substitutes.is_empty(), MonthRow::Serves(i)),
    ];
    let kinds = option.terms_by_kind.iter().filter(|_| takes_over).map(|(kind, _)| MonthRow::Own(i, *kind));
    rows.into_iter().filter(|(wanted, _)| *wanted).map(|(_, row)| row).chain(kinds).collect()
}
