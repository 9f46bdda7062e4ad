//! How the numbers of a column look. It changes nothing about what a cell holds.

use rust_xlsxwriter::Format;

use crate::tables::Unit;

/// The look of an amount: thousands separated, and cents only below one hundred, where they matter.
pub(super) const AMOUNT: &str = "[>=100]#,##0;[<=-100]-#,##0;#,##0.00";
/// The look of a share.
pub(super) const SHARE: &str = "0.00%";

/// The look of a unit as a spreadsheet has it; `None` for its own.
pub(super) fn format(unit: Unit) -> Option<Format> {
    match unit {
        Unit::Words | Unit::Number => None,
        Unit::Amount => Some(Format::new().set_num_format(AMOUNT)),
        Unit::Share => Some(Format::new().set_num_format(SHARE)),
    }
}
