//! `--partial`: the file that keeps the finished points of a sweep.

use std::path::{Path, PathBuf};

use breakeven::diagnostic::clean;
use breakeven::files::NewFile;
use breakeven::report;
use breakeven::sweep::{Part, PartHeader, PartWriter, PointOutcome};

use super::Stop;
use super::plan::unwritten;

/// The file as an earlier command left it, and as it becomes.
pub struct Partial {
    place: PathBuf,
    old: Option<Part>,
    new: PartWriter<NewFile>,
    finished: usize,
}

impl Partial {
    /// Goes on with a file, or begins it.
    pub fn open(place: &Path, header: &PartHeader) -> Result<Partial, Stop> {
        let refused = |what: String| {
            let name = clean(&place.display().to_string());
            Stop::Failed(format!("{name} {what}; name another file, or take this one away"))
        };
        let old = match place.symlink_metadata() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            _ => Some(Part::open(place, header).map_err(|error| refused(error.to_string()))?),
        };
        if let Some(old) = old.as_ref().filter(|old| old.shard() != header.shard) {
            return Err(refused(format!("is part {}, not {}", old.shard(), header.shard)));
        }
        let failed = |error| Stop::Failed(format!("cannot write {}: {error}", clean(&place.display().to_string())));
        let new = PartWriter::begin(NewFile::beside(place).map_err(unwritten)?, header).map_err(failed)?;
        Ok(Partial { place: place.to_owned(), old, new, finished: 0 })
    }

    /// What an earlier command found of a point.
    pub fn get(&mut self, point: usize) -> Result<Option<PointOutcome>, String> {
        let found = self.old.as_mut().map_or(Ok(None), |old| old.get(point));
        found.map_err(|error| format!("{} {error}", clean(&self.place.display().to_string())))
    }

    /// Keeps a point.
    pub fn put(&mut self, point: usize, outcome: &PointOutcome) -> std::io::Result<()> {
        self.finished += 1;
        self.new.put(point, outcome)
    }

    /// Puts the file in its place. Says how many of so many points it has.
    pub fn finish(self, all: usize) -> Result<String, Stop> {
        let Partial { place, new, finished, .. } = self;
        let name = clean(&place.display().to_string());
        let file = new.finish().map_err(|error| Stop::Failed(format!("cannot write {name}: {error}")))?;
        file.take_place().map_err(unwritten)?;
        let [finished, all] = [finished, all].map(|n| report::grouped(n as f64, 0));
        Ok(format!("{finished} of {all} points are in {name}"))
    }
}
