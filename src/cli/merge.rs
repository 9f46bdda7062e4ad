//! `breakeven merge`: the results of a sweep from its parts.

use breakeven::diagnostic::clean;
use breakeven::sweep::{Parts, Shard};
use serde_json::{Map, Value};

use super::args::MergeArgs;
use super::points::SweepPlan;
use super::sweep::header;
use super::sweep_results::results;
use super::walk::PointSource;
use super::{Stop, interrupt};

pub fn merge(args: &MergeArgs, kept: Map<String, Value>) -> Result<(), Stop> {
    interrupt::ends_at_once(false);
    let sweep = SweepPlan::new(&args.scenario, &args.points, &args.common, &args.load)?;
    let parts = Parts::open(&args.parts, &header(&sweep, Shard::WHOLE));
    let parts = parts.map_err(|refused| Stop::Failed(clean(&refused.join("; "))))?;
    results(&sweep, PointSource::Parts(parts), kept)
}
