//! `--shard`: which part of a sweep a command does, as it was typed or as a scheduler says.

use std::env;

use breakeven::sweep::Shard;

use super::Stop;
use super::logs::wrong;

/// What `--shard` takes.
#[derive(Clone, Copy, Debug)]
pub enum ShardArg {
    /// A part by number.
    Given(Shard),
    /// As a scheduler says, of so many parts or as many as it has tasks.
    Auto(Option<u32>),
}

pub fn shard(text: &str) -> Result<ShardArg, String> {
    let auto = text.strip_prefix("auto").map(|rest| rest.strip_prefix('/').map(str::parse::<u32>).transpose());
    let is_auto = text == "auto" || text.starts_with("auto/");
    match auto {
        Some(Ok(count)) if is_auto && count.is_none_or(|count| Shard::new(1, count).is_some()) => {
            Ok(ShardArg::Auto(count))
        }
        _ => Shard::parse(text)
            .map(ShardArg::Given)
            .ok_or_else(|| "write 2/16 for the second of 16 parts, auto, or auto/16".to_owned()),
    }
}

/// The part that is meant.
pub fn of(arg: ShardArg) -> Result<Shard, Stop> {
    let count = match arg {
        ShardArg::Given(shard) => return Ok(shard),
        ShardArg::Auto(count) => count,
    };
    match (slurm()?, whole("JOB_COMPLETION_INDEX")?, count) {
        (Some(task), _, count) => task.shard(count),
        (None, Some(index), Some(count)) => part(u64::from(index) + 1, count),
        (None, Some(_), None) => Err(wrong(
            "an indexed job does not say how many tasks it has",
            "write --shard auto/N, with its completions",
        )),
        (None, None, _) => Err(wrong(
            "--shard auto: no scheduler says which part this is",
            "in an array of Slurm SLURM_ARRAY_TASK_ID does, in an indexed job of Kubernetes JOB_COMPLETION_INDEX; else write \
             --shard 2/16",
        )),
    }
}

/// A task of an array.
struct SlurmTask {
    id: u32,
    first: u32,
    step: u32,
    count: u32,
}

/// The task of Slurm's that this is, if it is one.
fn slurm() -> Result<Option<SlurmTask>, Stop> {
    let Some(id) = whole("SLURM_ARRAY_TASK_ID")? else { return Ok(None) };
    let first = whole("SLURM_ARRAY_TASK_MIN")?.unwrap_or(1);
    let step = whole("SLURM_ARRAY_TASK_STEP")?.unwrap_or(1).max(1);
    let count = whole("SLURM_ARRAY_TASK_COUNT")?;
    let count =
        count.ok_or_else(|| wrong("SLURM_ARRAY_TASK_COUNT is not set", "write --shard auto/N, or --shard I/N"))?;
    Ok(Some(SlurmTask { id, first, step, count }))
}

impl SlurmTask {
    /// Its part. Of an array that is given again for some of its tasks Slurm counts only those: then tasks are parts by their
    /// own numbers, from 1.
    fn shard(&self, count: Option<u32>) -> Result<Shard, Stop> {
        match count {
            Some(count) if count != self.count => part(self.id.into(), count),
            _ => part(u64::from(self.id.saturating_sub(self.first) / self.step) + 1, self.count),
        }
    }
}

fn part(index: u64, count: u32) -> Result<Shard, Stop> {
    let shard = u32::try_from(index).ok().and_then(|index| Shard::new(index, count));
    shard.ok_or_else(|| {
        wrong(
            format!("task {index} is none of {count} parts"),
            "number the tasks of an array from 1 to as many as there are parts",
        )
    })
}

fn whole(name: &str) -> Result<Option<u32>, Stop> {
    let Some(text) = env::var_os(name) else { return Ok(None) };
    let number = text.to_str().and_then(|text| text.parse().ok());
    number.map(Some).ok_or_else(|| wrong(format!("{name} is no number"), "write --shard I/N"))
}
