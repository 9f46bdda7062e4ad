//! What is varied: `PATH=LOW..HIGH[:log][:STEPS]`, or `PATH=VALUE,VALUE,…`.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Sources, Span};
use crate::math;
use crate::quantity::plain_number as number;

/// Values of a range whose steps are not given.
const STEPS: usize = 21;
/// Most values of an axis.
const MOST: usize = 10_000;
/// What to write.
const HELP: &str =
    "write --vary 'workload.requests_per_month=50k..2M:log:25' or --vary 'simulation.horizon_months=12,24,36'";

/// A field and the values that it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepAxis {
    /// The field, as written.
    pub path: String,
    /// Its values, in order.
    pub values: Vec<AxisValue>,
    /// Whether equal ratios, rather than equal differences, are between them.
    pub log: bool,
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisValue {
    /// As it would be written.
    pub text: String,
    /// As a number, where it is one.
    pub number: Option<f64>,
}

impl SweepAxis {
    /// Reads an axis; the text becomes one of the sources, so that errors can point into it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, sources: &mut Sources) -> Result<SweepAxis, Diagnostic> {
        let reader = Reader { text, source: sources.add("--vary", text), help: HELP };
        let right = reader
            .right()
            .ok_or_else(|| reader.error(0..text.len(), "`--vary` takes PATH=LOW..HIGH or PATH=VALUE,VALUE"))?;
        let path = reader.path(&right);
        let (values, log) = match reader.range(&right)? {
            Some(Ends { low, high, log, steps }) => {
                let steps = steps.map_or(STEPS, |(steps, _)| steps);
                let value = |x: f64| AxisValue { text: format!("{x}"), number: Some(x) };
                (steps_between((low, high), log, steps).into_iter().map(value).collect(), log)
            }
            None => (reader.list(right.clone()), false),
        };
        if values.iter().any(|v| v.text.is_empty()) || values.len() > MOST {
            return Err(reader.error(right, "from one to 10,000 values stand here, with commas between them"));
        }
        Ok(SweepAxis { path, values, log })
    }

    /// The values as numbers, where all of them are.
    pub fn numbers(&self) -> Option<Vec<f64>> {
        self.values.iter().map(|v| v.number).collect()
    }

    /// What `--set` would be given for a value.
    pub fn set(&self, value: usize) -> String {
        format!("{}={}", self.path, self.values[value].text)
    }
}

/// A range as written.
pub(super) struct Ends {
    pub low: f64,
    pub high: f64,
    pub log: bool,
    /// In how many steps, and where that is written.
    pub steps: Option<(usize, Range<usize>)>,
}

/// What is varied, as written.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub source: u32,
    /// What to write.
    pub help: &'a str,
}

impl Reader<'_> {
    pub fn error(&self, at: Range<usize>, message: &str) -> Diagnostic {
        Diagnostic::error(Span::new(self.source, at.start, at.end), message).help(self.help)
    }

    /// What stands behind the path.
    pub fn right(&self) -> Option<Range<usize>> {
        end_of_path(self.text).map(|cut| cut + 1..self.text.len())
    }

    /// The path before that.
    pub fn path(&self, right: &Range<usize>) -> String {
        self.text[..right.start - 1].trim().to_owned()
    }

    /// The range that stands there; `None` for a list. Parts after the first say how it is gone through.
    pub fn range(&self, right: &Range<usize>) -> Result<Option<Ends>, Diagnostic> {
        let parts = split(self.text, right.clone(), ':');
        let Some((low, high)) = self.text[parts[0].clone()].split_once("..") else { return Ok(None) };
        let (mut log, mut steps) = (false, None);
        for part in &parts[1..] {
            match self.text[part.clone()].trim() {
                "log" => log = true,
                word => {
                    let number = word.parse().ok().filter(|n| (2..=MOST).contains(n));
                    let message = "`log`, or 2 to 10,000 steps, stand here";
                    steps = Some((number.ok_or_else(|| self.error(part.clone(), message))?, part.clone()));
                }
            }
        }
        let ends = number(low).zip(number(high)).filter(|(low, high)| low != high);
        let ends = ends.ok_or_else(|| self.error(parts[0].clone(), "a range goes between two different numbers"))?;
        if log && (ends.0 <= 0.0 || ends.1 <= 0.0) {
            return Err(self.error(parts[0].clone(), "equal ratios need numbers above zero"));
        }
        Ok(Some(Ends { low: ends.0, high: ends.1, log, steps }))
    }

    /// The values of a list.
    fn list(&self, at: Range<usize>) -> Vec<AxisValue> {
        let value = |at: Range<usize>| {
            let text = self.text[at].trim().to_owned();
            AxisValue { number: number(&text), text }
        };
        split(self.text, at, ',').into_iter().map(value).collect()
    }
}

/// From the first to the last, in steps.
pub(super) fn steps_between((low, high): (f64, f64), log: bool, steps: usize) -> Vec<f64> {
    let at = |k: usize| {
        let share = k as f64 / (steps - 1) as f64;
        match (k, log) {
            (0, _) => low,
            (k, _) if k == steps - 1 => high,
            // The ratio of the ends may be beyond all floats, and their difference too.
            (_, true) => math::pow(low, 1.0 - share) * math::pow(high, share),
            (_, false) => low * (1.0 - share) + high * share,
        }
    };
    // Without the last digits, which are only noise of the arithmetic; so is what is left where a range passes zero.
    let noise = if log { 0.0 } else { 1e-12 * low.abs().max(high.abs()) };
    let clean = |x: f64| if x.abs() < noise { 0.0 } else { format!("{x:.11e}").parse().unwrap_or(x) };
    (0..steps).map(|k| clean(at(k))).collect()
}

/// Where the path ends: the first `=` outside quotes.
fn end_of_path(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(i, c)| {
        quoted ^= c == '"';
        (c == '=' && !quoted).then_some(i)
    })
}

/// The parts of a text between separators that stand outside parentheses and quotes.
fn split(text: &str, at: Range<usize>, separator: char) -> Vec<Range<usize>> {
    let (mut depth, mut quote) = (0usize, None);
    let mut parts = Vec::new();
    let mut start = at.start;
    for (i, c) in text[at.clone()].char_indices().map(|(i, c)| (at.start + i, c)) {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('(', None) => depth += 1,
            (')', None) => depth = depth.saturating_sub(1),
            (c, None) if c == separator && depth == 0 => {
                parts.push(start..i);
                start = i + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(start..at.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(text: &str) -> SweepAxis {
        SweepAxis::parse(text, &mut Sources::default()).expect(text)
    }

    #[test]
    fn ranges_and_lists_are_read() {
        let found = axis("workload.requests_per_month=50k..200k:log:3");
        assert_eq!(found.numbers(), Some(vec![50e3, 100e3, 200e3]));
        assert_eq!((found.path.as_str(), found.log), ("workload.requests_per_month", true));
        assert_eq!(axis("x=0..1:5").numbers(), Some(vec![0.0, 0.25, 0.5, 0.75, 1.0]));
        assert_eq!(axis("x=-10%..10%:3").numbers(), Some(vec![-0.1, 0.0, 0.1]));
        assert_eq!(axis("x=0.1..0.3").values.len(), STEPS);
        assert_eq!(axis("x=0..0.3:4").values[1].text, "0.1");
        assert_eq!(axis("\"a=b\".setup.cost=1,2k").numbers(), Some(vec![1.0, 2000.0]));
        let texts = axis("x=pert(1, 2, 3),mix(0.5: 1, 0.5: 2),7").values;
        assert_eq!(
            texts.iter().map(|v| v.text.as_str()).collect::<Vec<_>>(),
            ["pert(1, 2, 3)", "mix(0.5: 1, 0.5: 2)", "7"]
        );
        assert_eq!(texts[2].number, Some(7.0));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for (text, middle) in [("x=1e-300..1e15:log:3", 3.16227766017e-143), ("x=-1e308..1e308:3", 0.0)] {
            assert_eq!(axis(text).numbers().unwrap()[1], middle, "{text}");
        }
        for text in ["x", "x=", "x=1..", "x=1..1", "x=0..10:log", "x=1..2:1", "x=1..2:often", "x=1,,2", "x=1..2:20000"]
        {
            assert!(SweepAxis::parse(text, &mut Sources::default()).is_err(), "{text}");
        }
    }
}
