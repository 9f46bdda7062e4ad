//! Requests, as all formats say them.

use crate::diagnostic::Refusal;
use std::borrow::Cow;

use super::container::{self, Read, Source};
use super::filter::Filter;
use super::format::{BY_HAND, Convention, FieldMap, Grain, LogFormat};
use super::identity::Identities;
use super::quoted;
use super::reading::RowReading;
use super::rejected::{Rejected, check_any};
use super::row::LogRow;
use super::table::FORMATS;
use super::time::Time;

/// Records after which a format should have been recognised.
const PATIENCE: u64 = 100;

/// How logs are read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Which records count.
    pub filter: Option<Filter>,
    /// Fields named by hand.
    pub map: FieldMap,
    /// Whether input includes cached tokens, whatever the format says.
    pub cached: Option<Convention>,
}

/// A request, or the sums over some.
#[derive(Clone, Debug, PartialEq)]
pub struct Request<'a> {
    /// What it stands for.
    pub grain: Grain,
    /// When.
    pub time: Time,
    /// The model; empty where it is not known.
    pub model: Cow<'a, str>,
    /// Input tokens as the log counts them.
    pub counted: f64,
    /// Of them, or beside them, those that were read from a cache; nothing where the log does not know.
    pub cached: Option<f64>,
    /// Those that were written to a cache.
    pub written: Option<f64>,
    /// Whether `counted` includes both.
    pub convention: Convention,
    /// Output tokens.
    pub output: f64,
    /// Requests that were answered; nothing where the log does not know.
    pub requests: Option<f64>,
    /// Requests that were not.
    pub failed: f64,
    /// What it cost.
    pub cost: Option<f64>,
}

impl Request<'_> {
    /// All tokens that a cache has to do with.
    pub fn through_cache(&self) -> f64 {
        self.cached.unwrap_or(0.0) + self.written.unwrap_or(0.0)
    }
}

/// What became of the records.
#[derive(Clone, Debug, Default)]
pub struct RecordCounts {
    /// Records of all logs.
    pub read: u64,
    /// Those that do not pass the filter, or are no requests.
    pub filtered: u64,
    /// Those that were seen before.
    pub repeated: u64,
    /// Those that a proxy answered from its own cache.
    pub answered_by_cache: u64,
    /// Those of which something is missing or makes no sense.
    pub rejected: Rejected,
    /// Those that count.
    pub accepted: u64,
}

/// What is read from several logs as if they were one.
pub struct Requests<'o> {
    options: &'o ReadOptions,
    /// The format of the log that is being read.
    format: Option<&'static LogFormat>,
    identities: Identities,
    counts: RecordCounts,
    formats: Vec<&'static LogFormat>,
}

/// What a record turns out to be.
enum Kind<'a> {
    Request(Request<'a>),
    Filtered,
    AnsweredByCache,
    Repeated,
    Rejected(String),
}

impl<'o> Requests<'o> {
    /// Nothing is read yet.
    pub fn new(options: &'o ReadOptions) -> Requests<'o> {
        Requests {
            options,
            format: None,
            identities: Identities::default(),
            counts: RecordCounts::default(),
            formats: vec![],
        }
    }

    /// What became of the records so far.
    pub fn counts(&self) -> &RecordCounts {
        &self.counts
    }

    /// The formats of the logs, in the order in which they were met.
    pub fn formats(&self) -> &[&'static LogFormat] {
        &self.formats
    }

    /// Whether there were more identifiers than are remembered.
    pub fn has_forgotten(&self) -> bool {
        self.identities.is_full()
    }

    /// Reads a log called `name`, and hands its requests to `sink`.
    ///
    /// # Errors
    /// A log of no known format without the fields that tell, and what [`each`](super::each) says.
    pub fn read(
        &mut self,
        source: Source<'_>,
        name: &str,
        sink: &mut dyn FnMut(&Request<'_>) -> Result<(), Refusal>,
    ) -> Result<Read, Refusal> {
        self.format = None;
        let mut names = Vec::new();
        let read = container::each(source, name, &mut |row| {
            self.counts.read += 1;
            let Some(format) = self.format_of(row) else {
                if names.is_empty() {
                    names = row.names();
                }
                self.counts.rejected.add(name, row, "it is of no known format");
                return if row.number >= PATIENCE { Err(unknown(name, &names)) } else { Ok(()) };
            };
            match self.kind(row, format) {
                Kind::Request(request) => {
                    self.counts.accepted += 1;
                    sink(&request)?;
                }
                Kind::Filtered => self.counts.filtered += 1,
                Kind::AnsweredByCache => self.counts.answered_by_cache += 1,
                Kind::Repeated => self.counts.repeated += 1,
                Kind::Rejected(fault) => self.counts.rejected.add(name, row, &fault),
            }
            Ok(())
        })?;
        if self.format.is_none() && read.records > 0 {
            return Err(unknown(name, &names));
        }
        Ok(read)
    }

    /// What there is to say once all logs are read.
    ///
    /// # Errors
    /// Nothing that counts, or too much that was rejected.
    pub fn finish(&self) -> Result<(), Refusal> {
        let RecordCounts { read, filtered, accepted, .. } = self.counts;
        let help = "leave out what is no request with --where, or name other fields with --map";
        self.counts.rejected.check(read - filtered, help)?;
        check_any(accepted, [read, filtered], "--where")
    }

    /// The format of this log, which the first record tells that has one.
    fn format_of(&mut self, row: &LogRow<'_>) -> Option<&'static LogFormat> {
        if self.format.is_none() {
            let known = FORMATS.iter().find(|format| format.is(row));
            self.format = known.or_else(|| self.options.map.is_enough().then_some(&BY_HAND));
            self.formats.extend(self.format.filter(|f| self.formats.iter().all(|other| other.name != f.name)));
        }
        self.format
    }

    fn kind<'a>(&mut self, row: &'a LogRow<'_>, format: &'static LogFormat) -> Kind<'a> {
        let reading = RowReading { row, format, prefix: format.prefix(row), map: &self.options.map };
        if !reading.counts()
            || self.options.filter.as_ref().is_some_and(|f| !f.passes(row, &|word| reading.field(word)))
        {
            return Kind::Filtered;
        }
        let cache = format.answered_by_cache;
        if cache.is_some_and(|(field, value)| row.text(field).is_some_and(|text| text.eq_ignore_ascii_case(value))) {
            return Kind::AnsweredByCache;
        }
        if let Some(id) = reading.identity()
            && !self.identities.is_new(&id)
        {
            return Kind::Repeated;
        }
        match reading.request(self.options.cached) {
            Ok(request) => Kind::Request(request),
            Err(fault) => Kind::Rejected(fault),
        }
    }
}

fn unknown(name: &str, names: &[String]) -> Refusal {
    let listed: Vec<String> = names.iter().take(20).map(|name| quoted(name)).collect();
    let formats: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    Refusal {
        message: format!("`{name}` is of no known format; its fields are {}", listed.join(", ")),
        help: format!(
            "name them, as in --map time=FIELD --map input=FIELD --map output=FIELD; known are {}",
            formats.join(", ")
        ),
    }
}
