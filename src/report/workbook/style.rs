//! How the numbers of a column look. It changes nothing about what a cell holds.

use rust_xlsxwriter::Format;

/// A number's look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As it is.
    General,
    /// Thousands separated, and cents only below one hundred, where they matter.
    Amount,
    /// In percent.
    Share,
}

/// The look of an amount.
pub(super) const AMOUNT: &str = "[>=100]#,##0;[<=-100]-#,##0;#,##0.00";
/// The look of a share.
pub(super) const SHARE: &str = "0.00%";

/// By table and column, where a `*` at the beginning or end stands for anything. The first line that fits counts; errors
/// look like what they are errors of. Names that users give may stand before a point in sweeps and alone in trials.
const STYLES: [(&str, &str, Style); 31] = [
    ("trials", "*.total", Style::Amount),
    ("trials", "*.monthly", Style::Amount),
    ("trials", "*", Style::General),
    ("sweep", "*.mean_total", Style::Amount),
    ("sweep", "*.p5_total", Style::Amount),
    ("sweep", "*.p95_total", Style::Amount),
    ("sweep", "*.p_cheapest", Style::Share),
    ("sweep", "*", Style::General),
    ("chart_data", "first_order", Style::Share),
    ("chart_data", "total", Style::Share),
    ("chart_data", "shapley", Style::Share),
    ("chart_data", "*", Style::Amount),
    ("*", "p_*", Style::Share),
    ("*", "share*", Style::Share),
    ("*", "first_order", Style::Share),
    ("indices", "total", Style::Share),
    ("indices", "shapley", Style::Share),
    ("summary", "*", Style::Amount),
    ("break_even_volume", "requests_per_month", Style::Amount),
    ("cumulative", "month", Style::General),
    ("cumulative", "*", Style::Amount),
    ("histogram", "low", Style::Amount),
    ("histogram", "high", Style::Amount),
    ("*", "mean_cost", Style::Amount),
    ("*", "mean_discounted", Style::Amount),
    ("*", "mean_total", Style::Amount),
    ("cost_lines", "std_error", Style::Amount),
    ("value_of_information", "*", Style::Amount),
    ("tornado", "outcome_*", Style::Amount),
    ("tornado", "swing", Style::Amount),
    ("*", "*", Style::General),
];

impl Style {
    /// The look of a column of a table.
    pub(super) fn of(table: &str, column: &str) -> Style {
        let column = column.strip_suffix("_se").unwrap_or(column);
        let fits = |(t, c, _): &&(&str, &str, Style)| matches(t, table) && matches(c, column);
        STYLES.iter().find(fits).map_or(Style::General, |(_, _, style)| *style)
    }

    /// The look as a spreadsheet has it; `None` for its own.
    pub(super) fn format(self) -> Option<Format> {
        match self {
            Style::General => None,
            Style::Amount => Some(Format::new().set_num_format(AMOUNT)),
            Style::Share => Some(Format::new().set_num_format(SHARE)),
        }
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => name.ends_with(end),
        (None, Some(beginning)) => name.starts_with(beginning),
        (None, None) => pattern == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_look_like_what_they_hold() {
        assert_eq!(Style::of("summary", "p50_se"), Style::Amount);
        assert_eq!(Style::of("summary", "p_cheapest"), Style::Share);
        assert_eq!(Style::of("inputs", "p50"), Style::General);
        assert_eq!(Style::of("ledger", "month"), Style::General);
        assert_eq!(Style::of("ledger", "mean_cost_se"), Style::Amount);
        assert_eq!(Style::of("trials", "p_success"), Style::General);
        assert_eq!(Style::of("trials", "A.total"), Style::Amount);
        assert_eq!(Style::of("indices", "total"), Style::Share);
        assert_eq!(Style::of("sweep", "A.p_cheapest_se"), Style::Share);
    }
}
