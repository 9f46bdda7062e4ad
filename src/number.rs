//! Digits as people read them: what screen, page, workbook and charts share.

/// From here on sizes are written with a power of ten.
pub const LARGEST: f64 = 1e15;

/// Sizes that have a letter, the largest first.
pub const UNITS: [(f64, &str); 5] = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"), (1.0, "")];

/// The largest of them that a size reaches.
pub fn unit_below(size: f64) -> (f64, &'static str) {
    UNITS.into_iter().find(|(unit, _)| size >= *unit).unwrap_or((1.0, ""))
}

/// A number without the zeros after its point that say nothing.
pub fn trimmed(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// Thousands separated by commas; what is too large to be read with a power of ten.
pub fn grouped(x: f64, decimals: usize) -> String {
    if x.abs() >= LARGEST {
        return format!("{x:.4e}");
    }
    let text = format!("{x:.decimals$}");
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut out = sign.to_owned();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out + fraction
}

/// The sign of a currency that has one; the others are named by their codes.
pub fn currency_sign(code: &str) -> Option<&'static str> {
    match code {
        "USD" => Some("$"),
        "EUR" => Some("€"),
        "GBP" => Some("£"),
        _ => None,
    }
}
