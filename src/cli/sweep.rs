//! `breakeven sweep`: a scenario on a grid of its fields, or for each task of a list.

use std::path::PathBuf;

use breakeven::sweep::{PartHeader, Shard};
use clap::Args;
use serde_json::{Map, Value};

use super::args::{CommonArgs, LoadArgs};
use super::partial::Partial;
use super::points::{PointsArgs, SweepPlan};
use super::shard::{ShardArg, shard};
use super::sweep_results::results;
use super::walk::{PointSource, walk};
use super::{Stop, interrupt, say, shard};

#[derive(Debug, Args)]
pub struct SweepArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    #[command(flatten)]
    pub points: PointsArgs,
    /// Do only the I-th of N parts of the points, and leave their figures in the file of --partial for `breakeven merge`: I/N,
    /// or auto in an array of Slurm, or auto/N there and in an indexed job of Kubernetes
    #[arg(long, value_name = "I/N", requires = "partial", value_parser = shard)]
    pub shard: Option<ShardArg>,
    /// Keep finished points in this file; a command that is stopped goes on from them when it is given again
    #[arg(long, value_name = "FILE")]
    pub partial: Option<PathBuf>,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

pub fn sweep(args: &SweepArgs, kept: Map<String, Value>) -> Result<(), Stop> {
    interrupt::ends_at_once(false);
    let shard = args.shard.map(shard::of).transpose()?;
    let sweep = SweepPlan::new(&args.scenario, &args.points, &args.common, &args.load)?;
    let header = header(&sweep, shard.unwrap_or(Shard::WHOLE));
    let partial = args.partial.as_deref().map(|place| Partial::open(place, &header).map(Box::new)).transpose()?;
    let source = PointSource::Run(partial);
    let Some(shard) = shard else { return results(&sweep, source, kept) };
    let said = walk(&sweep, shard, source, &mut |_, _| Ok(()))?;
    match said.filter(|_| !args.common.quiet) {
        Some(said) => say::out(&format!("Part {shard}: {said}\n")),
        None => Ok(()),
    }
}

/// What parts of a sweep have to agree on.
pub fn header(sweep: &SweepPlan<'_>, shard: Shard) -> PartHeader {
    PartHeader::new(sweep.plan.scenario(), &sweep.points, shard, sweep.args.skip_bad)
}
