//! `breakeven sweep`: a scenario on a grid of its fields, or for each task of a list.

use breakeven::sweep::{PartHeader, Shard};
use serde_json::{Map, Value};

use super::args::SweepArgs;
use super::partial::Partial;
use super::points::SweepPlan;
use super::sweep_results::results;
use super::walk::{PointSource, walk};
use super::{Stop, interrupt, say, shard};

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
