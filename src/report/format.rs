//! Numbers as text, for files and for people.

use crate::stats::Estimate;

/// The shortest decimal that reads back as the same number; empty where it is undefined.
pub fn number_text(x: f64) -> String {
    match x.abs() {
        _ if !x.is_finite() => String::new(),
        0.0 => "0".to_owned(),
        a if !(1e-7..1e17).contains(&a) => format!("{x:e}"),
        _ => format!("{x}"),
    }
}

/// An amount of money rounded to three digits, with k, M or B, and to where its error starts: `$12.3k`, `EUR 450`.
pub fn money(currency: &str, estimate: Estimate) -> String {
    let symbol = match currency {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        _ => "",
    };
    let sign = if estimate.value < 0.0 { "-" } else { "" };
    let amount = short(estimate.value.abs(), estimate.std_error.unwrap_or(0.0));
    if symbol.is_empty() { format!("{sign}{amount} {currency}") } else { format!("{sign}{symbol}{amount}") }
}

/// A size with three digits, fewer where the error reaches further up.
pub fn short(x: f64, error: f64) -> String {
    let (unit, suffix) = match x {
        x if x >= 999.5e6 => (1e9, "B"),
        x if x >= 999.5e3 => (1e6, "M"),
        x if x >= 9_999.5 => (1e3, "k"),
        _ => (1.0, ""),
    };
    let scaled = x / unit;
    let digits = decimals(scaled, error / unit);
    format!("{}{suffix}", grouped(scaled, digits))
}

/// Decimals that leave three significant digits, without those below the error.
fn decimals(x: f64, error: f64) -> usize {
    let magnitude = if x > 0.0 { crate::math::log10(x).floor() } else { 0.0 };
    let wanted = (2.0 - magnitude).clamp(0.0, 6.0);
    // Four-digit numbers are written whole: 4,321 rather than 4.32k.
    let trusted = if error > 0.0 { (-crate::math::log10(error).floor()).max(0.0) } else { wanted };
    if x == 0.0 { 0 } else { wanted.min(trusted) as usize }
}

/// Thousands separated by commas.
pub fn grouped(x: f64, decimals: usize) -> String {
    let text = format!("{x:.decimals$}");
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    let fraction = fraction.map_or(String::new(), |f| format!(".{f}"));
    format!("{sign}{out}{fraction}")
}

/// A probability in percent. One on which all trials agree is bounded by the rule of three: with n trials of an event
/// that never happened, its probability is below 3/n with 95 % confidence.
pub fn percent(p: Estimate, trials: u64) -> String {
    let bound = (300.0 / trials as f64).min(100.0);
    let digits = (1.0 - crate::math::log10(bound).floor()).max(0.0) as usize;
    match 100.0 * p.value {
        0.0 => format!("< {bound:.digits$} %"),
        100.0 => format!("> {:.digits$} %", 100.0 - bound),
        x if x < 0.05 => "< 0.1 %".to_owned(),
        x if x > 99.95 => "> 99.9 %".to_owned(),
        x => {
            let error = 100.0 * p.std_error.unwrap_or(0.0);
            let digits = usize::from(error < 0.5 && !(10.0..90.0).contains(&x));
            format!("{x:.digits$} %")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, error: f64) -> Estimate {
        Estimate { value, std_error: Some(error) }
    }

    #[test]
    fn numbers_read_back() {
        for x in [0.1, -5.0, 1e300, 1e-12, 123_456_789.125, 1e16, 0.0] {
            assert_eq!(number_text(x).parse::<f64>().unwrap(), x);
        }
        assert_eq!(number_text(f64::NAN), "");
        assert_eq!(number_text(450.0), "450");
    }

    #[test]
    fn people_get_three_digits() {
        assert_eq!(money("USD", estimate(74_855.66, 1.0)), "$74.9k");
        assert_eq!(money("USD", estimate(-449.89, 0.001)), "-$450");
        assert_eq!(money("CHF", estimate(1_234_567.0, 0.0)), "1.23M CHF");
        assert_eq!(money("USD", estimate(4.5, 0.001)), "$4.50");
        assert_eq!(money("USD", estimate(4_321.0, 0.1)), "$4,321");
        assert_eq!(money("USD", estimate(0.0, 0.0)), "$0");
        assert_eq!(money("USD", estimate(12_345.0, 600.0)), "$12.3k");
        assert_eq!(money("USD", estimate(12_345.0, 6_000.0)), "$12k");
    }

    #[test]
    fn certainty_is_bounded() {
        assert_eq!(percent(estimate(0.0, 0.0), 262_144), "< 0.0011 %");
        assert_eq!(percent(estimate(0.4534, 0.0002), 262_144), "45 %");
        assert_eq!(percent(estimate(0.0266, 0.0001), 262_144), "2.7 %");
        assert_eq!(percent(estimate(0.00001, 0.0001), 262_144), "< 0.1 %");
    }
}
