//! How a format says what [`Request`](super::Request)s say: a description, not a program.

use super::row::LogRow;
use super::time::TimeUnit;
use crate::diagnostic::{Refusal, nearest, refuse};

/// Whether a log's input tokens include those that were read from or written to a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// They do.
    Included,
    /// They have to be added.
    Excluded,
}

/// What a record stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// One request.
    Request,
    /// Sums over a stretch of time, with a number of requests.
    Sums,
    /// Sums over a stretch of time, and nobody knows of how many requests.
    SumsOnly,
}

/// When a request got no answer.
#[derive(Clone, Copy, Debug)]
pub enum FailureRule {
    /// A field has one of these values.
    Is(&'static str, &'static [&'static str]),
    /// A field has a value other than this.
    IsNot(&'static str, &'static str),
    /// A field holds something.
    Holds(&'static str),
    /// A field is an HTTP status of 400 or more.
    AtLeast400(&'static str),
    /// There are no output tokens.
    NoOutput,
}

/// Alternatives of which the first counts that a record has; each is a sum of fields.
pub type Fields = &'static [&'static [&'static str]];

/// The description of a format.
#[derive(Clone, Copy, Debug)]
pub struct LogFormat {
    /// What it is called.
    pub name: &'static str,
    /// What it is recognised by: of each group one field is there.
    pub marks: Fields,
    /// What may stand before all names of fields.
    pub prefixes: &'static [&'static str],
    /// What a record stands for.
    pub grain: Grain,
    /// What a number means as a time.
    pub unit: TimeUnit,
    /// When it was sent, or the stretch of time begins.
    pub time: Fields,
    /// The model.
    pub model: Fields,
    /// Input tokens.
    pub input: Fields,
    /// Output tokens.
    pub output: Fields,
    /// Input tokens read from a cache, with what that says of the input.
    pub cached: &'static [(&'static str, Convention)],
    /// Input tokens written to a cache.
    pub written: Fields,
    /// Whether input includes both, where no field tells.
    pub convention: Convention,
    /// Requests that were answered.
    pub requests: Fields,
    /// Requests that were not.
    pub failed: Fields,
    /// What it cost.
    pub cost: Fields,
    /// Only records with these values count; capitals do not matter.
    pub only: &'static [(&'static str, &'static str)],
    /// Only records count of which one of these fields holds something; any where there are none.
    pub needs: &'static [&'static str],
    /// Records with one of these values do not count.
    pub never: Option<(&'static str, &'static [&'static str])>,
    /// Records with these values were answered by a cache of the proxy's own.
    pub answered_by_cache: Option<(&'static str, &'static str)>,
    /// When a request failed.
    pub failure: &'static [FailureRule],
    /// A field whose text says whether `input` is input or output.
    pub meter: Fields,
}

/// The format of a log that is in none of the table: every field is named by hand.
pub const BY_HAND: LogFormat = LogFormat {
    name: "fields named by --map",
    marks: &[],
    prefixes: &[""],
    grain: Grain::Request,
    unit: TimeUnit::BySize,
    time: &[],
    model: &[&["model"]],
    input: &[],
    output: &[],
    cached: &[],
    written: &[],
    convention: Convention::Included,
    requests: &[],
    failed: &[],
    cost: &[],
    only: &[],
    needs: &[],
    never: None,
    answered_by_cache: None,
    failure: &[],
    meter: &[],
};

impl LogFormat {
    /// Whether a record is of this format.
    pub fn is(&self, row: &LogRow<'_>) -> bool {
        let has = |prefix: &str, field: &str| row.get(&format!("{prefix}{field}")).is_some();
        let fits = |prefix: &&str| self.marks.iter().all(|group| group.iter().any(|field| has(prefix, field)));
        self.prefixes.iter().any(fits)
    }

    /// What stands before the names of fields in a record: that which the input tokens have.
    pub fn prefix(&self, row: &LogRow<'_>) -> &'static str {
        let [_, _, ..] = self.prefixes else { return "" };
        let has = |prefix: &&&str| {
            self.input.iter().flat_map(|sum| sum.iter()).any(|field| row.get(&format!("{prefix}{field}")).is_some())
        };
        self.prefixes.iter().find(has).copied().unwrap_or_default()
    }
}

/// What can be named by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// When it was sent, or the stretch of time begins.
    Time,
    /// When the stretch of time ends.
    End,
    /// The model.
    Model,
    /// An identifier, by which records are counted once.
    Id,
    /// Input tokens.
    Input,
    /// Output tokens.
    Output,
    /// Input tokens read from a cache.
    Cached,
    /// Input tokens written to a cache.
    Written,
    /// Requests of a record that holds sums.
    Requests,
    /// Whether it was answered: an HTTP status, or a word.
    Status,
    /// What it cost.
    Cost,
}

impl Key {
    /// All of them, with their words.
    pub const ALL: [(&'static str, Key); 11] = [
        ("time", Key::Time),
        ("end", Key::End),
        ("model", Key::Model),
        ("id", Key::Id),
        ("input", Key::Input),
        ("output", Key::Output),
        ("cached", Key::Cached),
        ("written", Key::Written),
        ("requests", Key::Requests),
        ("status", Key::Status),
        ("cost", Key::Cost),
    ];

    /// The key of a word.
    pub fn of_word(word: &str) -> Option<Key> {
        Key::ALL.iter().find(|(w, _)| *w == word).map(|(_, key)| *key)
    }
}

/// Fields named by hand, instead of a format's.
#[derive(Clone, Debug, Default)]
pub struct FieldMap(Vec<(Key, String)>);

impl FieldMap {
    /// Reads `KEY=FIELD`, each key at most once.
    ///
    /// # Errors
    /// Unknown keys, and what has no `=`.
    pub fn parse<T: AsRef<str>>(texts: &[T]) -> Result<FieldMap, Refusal> {
        let mut map = FieldMap::default();
        for text in texts.iter().map(AsRef::as_ref) {
            let words = || Key::ALL.map(|(word, _)| word).join(", ");
            let Some((word, field)) = text.split_once('=').filter(|(_, field)| !field.is_empty()) else {
                let message = format!("--map {} names no field", super::quoted(text));
                return refuse(message, format!("write KEY=FIELD; the keys are {}", words()));
            };
            let Some(key) = Key::of_word(word) else {
                let near = nearest(word, Key::ALL.map(|(word, _)| word));
                let help = near.map_or_else(|| format!("the keys are {}", words()), |n| format!("did you mean `{n}`?"));
                return refuse(format!("--map knows no `{}`", super::quoted(word)), help);
            };
            if map.get(key).is_some() {
                return refuse(format!("--map names `{word}` twice"), "name each field once");
            }
            map.0.push((key, field.to_owned()));
        }
        Ok(map)
    }

    /// The field that stands for a key.
    pub fn get(&self, key: Key) -> Option<&str> {
        self.0.iter().find(|(k, _)| *k == key).map(|(_, field)| field.as_str())
    }

    /// Whether time, input and output are named: enough for a log of no known format.
    pub fn is_enough(&self) -> bool {
        [Key::Time, Key::Input, Key::Output].iter().all(|key| self.get(*key).is_some())
    }
}
