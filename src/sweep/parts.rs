//! The parts of a sweep together.

use std::path::{Path, PathBuf};

use super::figures::PointOutcome;
use super::part::{Part, PartError, PartHeader};
use super::shard::Shard;

/// Parts that are told one by one.
const TOLD: usize = 20;

/// All parts of a sweep, by number.
#[derive(Debug)]
pub struct Parts(Vec<Part>);

impl Parts {
    /// Opens parts that make up a sweep.
    ///
    /// # Errors
    /// What is wrong with them, file by file, and what is missing.
    pub fn open(paths: &[PathBuf], sweep: &PartHeader) -> Result<Parts, Vec<String>> {
        let mut refused = Vec::new();
        let mut refuse = |path: &Path, error: &PartError| refused.push(format!("{} {error}", shown(path)));
        let opened = paths.iter().filter_map(|path| Part::open(path, sweep).map_err(|e| refuse(path, &e)).ok());
        let mut parts: Vec<Part> = opened.collect();
        parts.sort_by_key(|part| part.shard().index());
        refused.extend(overlaps(&parts));
        // What is missing can be told only of parts that agree on how many they are.
        if refused.is_empty() {
            refused.extend(missing(&parts));
        }
        if refused.is_empty() { Ok(Parts(parts)) } else { Err(refused) }
    }

    /// What came of a point; points are asked for in rising order.
    ///
    /// # Errors
    /// The part that has it, and why it cannot be had.
    pub fn get(&mut self, point: usize) -> Result<Option<PointOutcome>, String> {
        let count = self.0.len() as u32;
        let part = &mut self.0[Shard::with(point, count).index() as usize - 1];
        part.get(point).map_err(|error| format!("{} {error}", shown(part.path())))
    }
}

/// Parts with points that others have too, in their order.
fn overlaps(parts: &[Part]) -> Vec<String> {
    let mut found = Vec::new();
    let Some(first) = parts.first() else { return found };
    for pair in parts.windows(2) {
        let [one, other] = [&pair[0], &pair[1]].map(Part::shard);
        let [name, again] = [&pair[0], &pair[1]].map(|part| shown(part.path()));
        if one == other {
            found.push(format!("{again} is part {other}, as is {name}"));
        }
    }
    let others = parts.iter().filter(|part| part.shard().count() != first.shard().count());
    found.extend(others.map(|part| {
        format!("{} is part {}, and {} part {}", shown(part.path()), part.shard(), shown(first.path()), first.shard())
    }));
    found
}

/// What a sweep lacks: parts, and points of parts that were stopped.
fn missing(parts: &[Part]) -> Vec<String> {
    let Some(count) = parts.first().map(|part| part.shard().count()) else {
        return vec!["there are no parts".to_owned()];
    };
    let has = |index: &u32| parts.binary_search_by_key(index, |part| part.shard().index()).is_ok();
    let absent: Vec<String> = (1..=count).filter(|index| !has(index)).map(|index| format!("{index}/{count}")).collect();
    let mut found = Vec::new();
    if !absent.is_empty() {
        let verb = if absent.len() == 1 { "part is" } else { "parts are" };
        found.push(format!("{} {verb} missing: {}", absent.len(), absent.join(", ")));
    }
    let unfinished = parts.iter().filter(|part| part.finished()[0] != part.finished()[1]);
    for part in unfinished.clone().take(TOLD) {
        let [finished, all] = part.finished();
        let name = shown(part.path());
        found.push(format!("{name} was stopped after {finished} of its {all} points: its command goes on from them"));
    }
    let more = unfinished.count().saturating_sub(TOLD);
    if more > 0 {
        found.push(format!("{more} more were stopped too"));
    }
    found
}

fn shown(path: &Path) -> String {
    crate::diagnostic::clean(&path.display().to_string())
}
