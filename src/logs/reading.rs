//! What a record says, by the description of its format.

use std::borrow::Cow;

use super::format::{Convention, FailureRule, FieldMap, Fields, Grain, Key, LogFormat};
use super::quoted;
use super::request::Request;
use super::row::LogRow;
use super::time::{Time, time};

/// Fields by which records are counted once.
const IDENTIFIERS: [&str; 4] = ["request_id", "id", "requestId", "spanId"];

/// What no record has more of, tokens or money: sums over any number of them stay numbers.
const LARGEST: f64 = 1e15;

/// A record with what tells how it is read.
pub struct RowReading<'a, 'r, 'm> {
    pub row: &'a LogRow<'r>,
    pub format: &'static LogFormat,
    /// What stands before the format's names of fields.
    pub prefix: &'static str,
    pub map: &'m FieldMap,
}

impl<'a> RowReading<'a, '_, '_> {
    fn name(&self, field: &'static str) -> Cow<'static, str> {
        if self.prefix.is_empty() { Cow::Borrowed(field) } else { Cow::Owned(format!("{}{field}", self.prefix)) }
    }

    /// The field that a word of `--map` stands for in this record.
    pub fn field(&self, word: &str) -> Option<String> {
        let key = Key::of_word(word)?;
        if let Some(field) = self.map.get(key) {
            return Some(field.to_owned());
        }
        let format = self.format;
        let fields = match key {
            Key::Time => format.time,
            Key::Model => format.model,
            Key::Input => format.input,
            Key::Output => format.output,
            Key::Written => format.written,
            Key::Requests => format.requests,
            Key::Cost => format.cost,
            Key::Cached => {
                let mut names = format.cached.iter().map(|(field, _)| self.name(field));
                return names.find(|name| self.row.get(name).is_some()).map(Cow::into_owned);
            }
            Key::End | Key::Id | Key::Status => return None,
        };
        let mut names = fields.iter().filter_map(|sum| sum.first()).map(|field| self.name(field));
        names.find(|name| self.row.get(name).is_some()).map(Cow::into_owned)
    }

    /// Whether it is a request at all.
    pub fn counts(&self) -> bool {
        let is = |field: &str, value: &str| self.row.text(field).is_some_and(|text| text.eq_ignore_ascii_case(value));
        self.format.only.iter().all(|(field, value)| is(field, value))
            && (self.format.needs.is_empty() || self.format.needs.iter().any(|field| self.row.holds(field)))
            && self.format.never.is_none_or(|(field, values)| !values.iter().any(|value| is(field, value)))
    }

    pub fn identity(&self) -> Option<Cow<'a, str>> {
        let text = |field: &str| self.row.text(field).filter(|text| !text.is_empty());
        match self.map.get(Key::Id) {
            Some(field) => text(field),
            None => IDENTIFIERS.iter().find_map(|field| text(field)),
        }
    }

    /// # Errors
    /// What is missing or makes no sense.
    pub fn request(&self, cached: Option<Convention>) -> Result<Request<'a>, String> {
        let grain = self.grain();
        if grain == Grain::Request && self.has_failed() {
            return Ok(self.failure());
        }
        let time = self.time()?.ok_or("it has no time")?;
        let (counted, output) = self.tokens()?;
        let (through, told) = self.cached()?;
        let request = Request {
            grain,
            time,
            model: self.model(),
            counted,
            cached: through,
            written: self.count(Key::Written, self.format.written)?,
            convention: cached.or(told).unwrap_or(self.format.convention),
            output,
            requests: self.requests(grain)?,
            failed: self.sum(self.format.failed)?.unwrap_or(0.0),
            cost: self.cost()?,
        };
        if grain == Grain::Request && (output == 0.0 || counted + request.through_cache() == 0.0) {
            return Err("it was answered, and has no tokens".to_owned());
        }
        Ok(request)
    }

    fn grain(&self) -> Grain {
        if self.map.get(Key::Requests).is_some() { Grain::Sums } else { self.format.grain }
    }

    fn failure(&self) -> Request<'a> {
        let time = self.time().ok().flatten().unwrap_or(Time { seconds: f64::NAN, is_relative: true });
        let model = self.model();
        Request {
            grain: Grain::Request,
            time,
            model,
            counted: 0.0,
            cached: None,
            written: None,
            convention: self.format.convention,
            output: 0.0,
            requests: Some(0.0),
            failed: 1.0,
            cost: None,
        }
    }

    fn model(&self) -> Cow<'a, str> {
        let text = |field: &str| self.row.text(field).filter(|text| !text.is_empty());
        let found = match self.map.get(Key::Model) {
            Some(field) => text(field),
            None => self.format.model.iter().flat_map(|sum| sum.iter()).find_map(|field| text(&self.name(field))),
        };
        found.unwrap_or_default()
    }

    fn time(&self) -> Result<Option<Time>, String> {
        let read = |field: &str| {
            time(self.row, field, self.format.unit)
                .map_err(|text| format!("'{}' in `{field}` is no time", quoted(&text)))
        };
        if let Some(field) = self.map.get(Key::Time) {
            return read(field);
        }
        for field in self.format.time.iter().flat_map(|sum| sum.iter()) {
            if let Some(time) = read(&self.name(field))? {
                return Ok(Some(time));
            }
        }
        Ok(None)
    }

    /// Input as it is counted, and output.
    fn tokens(&self) -> Result<(f64, f64), String> {
        let [input, output] = [(Key::Input, self.format.input), (Key::Output, self.format.output)];
        if self.format.meter.is_empty() || self.map.get(Key::Input).is_some() || self.map.get(Key::Output).is_some() {
            let input = self.count(input.0, input.1)?.ok_or("it has no input tokens")?;
            return Ok((input, self.count(output.0, output.1)?.ok_or("it has no output tokens")?));
        }
        let quantity = self.count(input.0, input.1)?.ok_or("it has no quantity")?;
        let mut meters = self.format.meter.iter().flat_map(|sum| sum.iter());
        let meter = meters.find_map(|field| self.row.text(field)).unwrap_or_default().to_lowercase();
        if ["output", "completion"].iter().any(|word| meter.contains(word)) {
            Ok((0.0, quantity))
        } else if ["input", "prompt", "cache"].iter().any(|word| meter.contains(word)) {
            Ok((quantity, 0.0))
        } else {
            Err(format!("its meter '{}' says neither input nor output", quoted(&meter)))
        }
    }

    /// Tokens read from a cache, and what their field says of the input.
    fn cached(&self) -> Result<(Option<f64>, Option<Convention>), String> {
        if self.map.get(Key::Cached).is_some() {
            return Ok((self.count(Key::Cached, &[])?, None));
        }
        for (field, convention) in self.format.cached {
            if let Some(x) = self.whole(&self.name(field))? {
                return Ok((Some(x), Some(*convention)));
            }
        }
        Ok((None, None))
    }

    fn requests(&self, grain: Grain) -> Result<Option<f64>, String> {
        match grain {
            Grain::Request => Ok(Some(1.0)),
            Grain::SumsOnly => Ok(None),
            Grain::Sums => Ok(Some(self.count(Key::Requests, self.format.requests)?.ok_or("it has no requests")?)),
        }
    }

    fn cost(&self) -> Result<Option<f64>, String> {
        let field = self.map.get(Key::Cost).map(Cow::Borrowed);
        let known = || self.format.cost.iter().flat_map(|sum| sum.iter()).map(|field| self.name(field));
        let field = field.or_else(|| known().find(|field| self.row.get(field).is_some()));
        field.map_or(Ok(None), |field| self.number(&field))
    }

    /// The count of a key: by the field that was named, else the format's.
    fn count(&self, key: Key, fields: Fields) -> Result<Option<f64>, String> {
        self.map.get(key).map_or_else(|| self.sum(fields), |field| self.whole(field))
    }

    /// The first of several sums that the record has something of.
    fn sum(&self, alternatives: Fields) -> Result<Option<f64>, String> {
        for fields in alternatives {
            let mut total = None;
            for field in *fields {
                if let Some(x) = self.whole(&self.name(field))? {
                    total = Some(total.unwrap_or(0.0) + x);
                }
            }
            if total.is_some() {
                return Ok(total);
            }
        }
        Ok(None)
    }

    /// What cannot be below zero.
    fn whole(&self, field: &str) -> Result<Option<f64>, String> {
        match self.number(field)? {
            Some(x) if x < 0.0 => Err(format!("{x} in `{field}` is negative")),
            x => Ok(x),
        }
    }

    fn number(&self, field: &str) -> Result<Option<f64>, String> {
        match self.row.number(field) {
            Ok(Some(x)) if x.abs() > LARGEST => Err(format!("{x:e} in `{field}` cannot be")),
            Ok(found) => Ok(found),
            Err(text) => Err(format!("'{}' in `{field}` is no number", quoted(&text))),
        }
    }

    fn has_failed(&self) -> bool {
        if let Some(field) = self.map.get(Key::Status) {
            let words = ["failure", "failed", "fail", "error", "false"];
            let is_word = |text: &str| words.iter().any(|word| text.eq_ignore_ascii_case(word));
            return self.is_at_least_400(field) || self.row.text(field).is_some_and(|text| is_word(&text));
        }
        let text = |field: &str| self.row.text(field).filter(|text| !text.is_empty());
        self.format.failure.iter().any(|failure| match failure {
            FailureRule::Is(field, values) => {
                text(field).is_some_and(|t| values.iter().any(|v| t.eq_ignore_ascii_case(v)))
            }
            FailureRule::IsNot(field, value) => text(field).is_some_and(|t| !t.eq_ignore_ascii_case(value)),
            FailureRule::Holds(field) => self.row.holds(field) || self.row.holds(&self.name(field)),
            FailureRule::AtLeast400(field) => self.is_at_least_400(field),
            FailureRule::NoOutput => self.count(Key::Output, self.format.output).ok().flatten() == Some(0.0),
        })
    }

    fn is_at_least_400(&self, field: &str) -> bool {
        self.row.number(field).ok().flatten().is_some_and(|status| status >= 400.0)
    }
}
