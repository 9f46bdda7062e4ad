//! Numbers in texts, as scenarios write them, without suffixes.

/// The finite number that a text is: digits, which underscores may group, a point, an exponent.
pub fn parse(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_part = |b: &u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'_' | b'e' | b'E');
    // Leaves out words such as `inf`, which are numbers elsewhere.
    if !text.as_bytes().iter().all(is_part) {
        return None;
    }
    let x: f64 = match text.contains('_') {
        true if is_grouped(text) => text.replace('_', "").parse().ok()?,
        true => return None,
        false => text.parse().ok()?,
    };
    x.is_finite().then_some(x)
}

/// Whether every underscore has a digit on both sides.
fn is_grouped(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    text.match_indices('_').all(|(i, _)| is_digit(i.checked_sub(1)) && is_digit(Some(i + 1)))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn digits_and_no_words() {
        for (text, x) in [("1500", 1500.0), ("1_000", 1000.0), (" 1e-3", 0.001), ("-2.5", -2.5), (".5", 0.5)] {
            assert_eq!(parse(text), Some(x), "{text}");
        }
        for text in ["", "inf", "NaN", "1k", "20%", "1,5", "_1", "1__0", "1e999", "0x10", "-"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
