//! `breakeven merge`: the results of a sweep from its parts.

use std::path::PathBuf;

use breakeven::diagnostic::clean;
use breakeven::sweep::{Parts, Shard};
use clap::Args;
use serde_json::{Map, Value};

use super::args::{CommonArgs, LoadArgs};
use super::points::{PointsArgs, SweepPlan};
use super::sweep::header;
use super::sweep_results::results;
use super::walk::PointSource;
use super::{Stop, interrupt};

#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The scenario, a TOML file
    pub scenario: PathBuf,
    /// The parts, as `breakeven sweep --shard` left them
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
    #[command(flatten)]
    pub points: PointsArgs,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub load: LoadArgs,
}

pub fn merge(args: &MergeArgs, kept: Map<String, Value>) -> Result<(), Stop> {
    interrupt::ends_at_once(false);
    let sweep = SweepPlan::new(&args.scenario, &args.points, &args.common, &args.load)?;
    let parts = Parts::open(&args.parts, &header(&sweep, Shard::WHOLE));
    let parts = parts.map_err(|refused| Stop::Failed(clean(&refused.join("; "))))?;
    results(&sweep, PointSource::Parts(parts), kept)
}
