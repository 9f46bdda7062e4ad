//! A file with the figures of some points of a sweep: what one of several commands leaves, or one that was stopped.
//!
//! Magic, length of the header in four bytes, the header as JSON, a record of fixed size for each finished point in rising
//! order, and SHA-256 of all before it. Numbers are little-endian. How large a record is follows from the sweep that a reader
//! has at hand, not from what a file claims.

mod error;
mod header;
mod read;
mod record;
mod write;

pub use error::PartError;
pub use header::PartHeader;
pub use read::Part;
pub use write::PartWriter;

/// The first bytes of every part.
const MAGIC: &[u8; 16] = b"breakeven part 1";
/// Bytes of the digest at the end.
const DIGEST: usize = 32;
/// Largest header, in bytes.
const LARGEST_HEADER: u32 = 1 << 20;
