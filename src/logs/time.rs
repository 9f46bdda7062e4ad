//! Times of records: dates and clocks with or without a zone, and seconds since 1970 or since an unknown start.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::number;
use super::row::{LogCell, LogRow};

/// Seconds from which on a number counts from 1970, not from an unknown start: March 1973.
const SINCE_1970: f64 = 1e8;
/// The largest time: the end of the year 9999.
const LATEST: f64 = 253_402_300_800.0;

/// When a record was made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Time {
    /// Seconds since 1970-01-01 in UTC, or since the start.
    pub seconds: f64,
    /// Whether the start is unknown, and only differences between times mean something.
    pub is_relative: bool,
}

/// What a number means as a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds or smaller, as its size says.
    BySize,
    /// Milliseconds since the start.
    Milliseconds,
}

/// The time in a field; nothing where it holds nothing.
///
/// # Errors
/// The text that is no time.
pub fn time(row: &LogRow<'_>, field: &str, unit: TimeUnit) -> Result<Option<Time>, String> {
    match row.get(field) {
        None | Some(LogCell::Null) => Ok(None),
        Some(LogCell::Text(text)) if text.is_empty() || text == "null" => Ok(None),
        Some(LogCell::Number(x)) => of_number(x, unit).map(Some).ok_or_else(|| x.to_string()),
        Some(LogCell::Text(text)) => parse(&text, unit).map(Some).ok_or_else(|| text.into_owned()),
        Some(LogCell::Flag(_) | LogCell::Structure) => Err("an object".to_owned()),
    }
}

/// The time that a text says.
pub fn parse(text: &str, unit: TimeUnit) -> Option<Time> {
    if let Some(x) = number::parse(text) {
        return of_number(x, unit);
    }
    let text = text.trim().strip_suffix(" UTC").unwrap_or(text.trim());
    let bytes = text.as_bytes();
    // Only what stands in the order of year, month and day: others are guesses.
    if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' || text.contains('[') {
        return None;
    }
    let seconds = if bytes.len() == 10 {
        days(text.parse().ok()?) * 86_400.0
    } else if let Some(at) = zone(bytes) {
        of_timestamp(written_with_zone(text, at)?)
    } else {
        let time: DateTime = text.parse().ok()?;
        of_timestamp(TimeZone::UTC.to_timestamp(time).ok()?)
    };
    within(seconds, false)
}

/// Where the zone of a time begins.
fn zone(bytes: &[u8]) -> Option<usize> {
    bytes.iter().skip(11).position(|b| matches!(b, b'Z' | b'z' | b'+' | b'-')).map(|at| at + 11)
}

/// Databases write `+00` where the standard has `+00:00`.
fn written_with_zone(text: &str, at: usize) -> Option<Timestamp> {
    let zone = &text[at..];
    let spaced = text[..at].trim_end();
    match zone.len() {
        3 => format!("{spaced}{zone}:00").parse().ok(),
        _ => format!("{spaced}{zone}").parse().ok(),
    }
}

fn of_timestamp(time: Timestamp) -> f64 {
    time.as_second() as f64 + f64::from(time.subsec_nanosecond()) / 1e9
}

fn of_number(x: f64, unit: TimeUnit) -> Option<Time> {
    let seconds = match (unit, x.abs()) {
        (TimeUnit::Milliseconds, size) if size < 1e11 => return within(x / 1e3, true),
        (_, size) if size >= 1e17 => x / 1e9,
        (_, size) if size >= 1e14 => x / 1e6,
        (_, size) if size >= 1e11 => x / 1e3,
        _ => x,
    };
    within(seconds, seconds.abs() < SINCE_1970)
}

fn within(seconds: f64, is_relative: bool) -> Option<Time> {
    (seconds.abs() < LATEST).then_some(Time { seconds, is_relative })
}

/// Days from 1970-01-01 to a date.
pub fn days(date: Date) -> f64 {
    let since = date.since(Date::constant(1970, 1, 1)).map(|span| span.get_days());
    f64::from(since.unwrap_or_default())
}

/// The date so many days after 1970-01-01, as it is written.
pub fn date(day: i64) -> String {
    let days = jiff::Span::new().try_days(day);
    let date = days.and_then(|days| Date::constant(1970, 1, 1).checked_add(days));
    date.map_or_else(|_| format!("day {day}"), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<f64> {
        parse(text, TimeUnit::BySize).filter(|time| !time.is_relative).map(|time| time.seconds)
    }

    #[test]
    fn one_moment_in_many_words() {
        let moment = 1_700_158_546.5;
        let words = [
            "2023-11-16T18:15:46.5Z",
            "2023-11-16 18:15:46.500000",
            "2023-11-16T20:15:46.5+02:00",
            "2023-11-16 18:15:46.5+00",
            "2023-11-16 18:15:46.5 +00:00",
            "2023-11-16 18:15:46.5 UTC",
            "1700158546.5",
            "1700158546500",
            "1700158546500000",
            "1700158546500000000",
        ];
        for text in words {
            assert_eq!(seconds(text), Some(moment), "{text}");
        }
        assert_eq!(seconds("2023-11-16"), Some(19_677.0 * 86_400.0));
        assert_eq!(date(19_677), "2023-11-16");
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "16.11.2023", "11/16/2023 18:15", "2023-13-01", "2023-11-16 25:00:00", "yesterday"] {
            assert_eq!(parse(text, TimeUnit::BySize), None, "{text}");
        }
    }

    #[test]
    fn small_numbers_count_from_an_unknown_start() {
        assert_eq!(parse("5", TimeUnit::BySize), Some(Time { seconds: 5.0, is_relative: true }));
        assert_eq!(of_number(3_536_999.0, TimeUnit::Milliseconds), Some(Time { seconds: 3536.999, is_relative: true }));
    }
}
