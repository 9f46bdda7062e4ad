//! Commas and points of a column whose cells other marks separate: there `1.234` may be one thousand or one and a bit.

/// What has been seen of them.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// The first that stands where thousands are marked: its line and its cell.
    grouping: Option<(u64, String)>,
    /// Whether one stands where only decimals are.
    is_decimal: bool,
}

/// A number that can be read in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Its line.
    pub line: u64,
    /// As it is written.
    pub cell: String,
    /// With a mark of thousands.
    pub thousands: String,
    /// With a mark of decimals.
    pub decimal: String,
}

impl Marks {
    /// Looks at one more cell.
    pub fn see(&mut self, line: u64, cell: &str) {
        let digits = cell.trim_start_matches(['+', '-']);
        let Some(at) = digits.find([',', '.']) else { return };
        let is_group = matches!(at, 1..=3) && digits[..at] != *"0" && digits.len() == at + 4;
        let is_plain = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
        if !(is_group && is_plain) {
            self.is_decimal = true;
        } else if self.grouping.is_none() {
            self.grouping = Some((line, cell.to_owned()));
        }
    }

    /// The first cell that could be either, where nothing tells which is meant.
    pub fn doubt(&self) -> Option<Doubt> {
        let (line, cell) = self.grouping.clone().filter(|_| !self.is_decimal)?;
        let (thousands, decimal) = (cell.replace([',', '.'], ""), cell.replace(',', "."));
        Some(Doubt { line, cell, thousands, decimal })
    }
}
