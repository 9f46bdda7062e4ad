//! Logs of requests: records of any of several containers, in one pass and in bounded memory, as what they say of tokens.
//!
//! [`each`] hands out records as they are written, [`Requests`] reads them as [`Request`]s, whatever program wrote them.

mod ahead;
mod container;
mod filter;
mod format;
mod hashed;
mod identity;
mod json;
mod marks;
mod number;
mod object;
mod otlp;
mod reading;
pub mod records;
mod rejected;
mod request;
mod row;
mod table;
mod time;

pub use container::{Read, Source, each};
pub use filter::Filter;
pub use format::{Convention, FieldMap, Grain, Key, LogFormat};
pub use hashed::Hashed;
pub use identity::Identities;
pub use marks::{Doubt, Marks};
pub use rejected::{Rejected, check_any};
pub use request::{ReadOptions, RecordCounts, Request, Requests};
pub use row::{LogCell, LogRow};
pub use table::FORMATS;
pub use time::{Time, TimeUnit, date, days, time};

use crate::diagnostic::excerpt;

/// Most letters of a text of a log that a message quotes.
const QUOTED: usize = 40;

/// A text of a log, short enough for a message.
pub(crate) fn quoted(text: &str) -> String {
    excerpt(text, QUOTED)
}
