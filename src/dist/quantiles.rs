//! A distribution prepared for drawing many values.

use std::sync::Arc;

use super::Dist;
use super::cells::Cells;
use super::steps::Steps;
use super::table::QuantileTable;
use crate::math::Level;

/// A distribution prepared for drawing many values.
#[derive(Clone, Debug)]
pub struct Quantiles {
    dist: Dist,
    /// Shared by copies: tables may be large.
    plan: Arc<Plan>,
}

/// How values are drawn.
#[derive(Clone, Debug)]
enum Plan {
    /// By the exact quantile function, which is a line or a lookup.
    Exact,
    /// By polynomials, to 1e-9 of the value plus the interquartile range; where there is none, by the table of a slow
    /// quantile function, and last by the exact one.
    Smooth(Cells, Option<QuantileTable>),
    /// By looking up cumulative probabilities, exactly.
    Steps(Steps),
}

impl Quantiles {
    /// Prepares a distribution; takes a millisecond or so, more for mixtures.
    pub fn new(dist: Dist) -> Quantiles {
        let plan = Arc::new(plan(&dist));
        Quantiles { dist, plan }
    }

    /// The distribution.
    pub fn dist(&self) -> &Dist {
        &self.dist
    }

    /// How values are drawn, for reports on speed: "exact", or the number of polynomials or of values in the table.
    pub fn describe(&self) -> String {
        match &*self.plan {
            Plan::Exact => "exact".to_string(),
            Plan::Smooth(cells, _) => format!("table of {} polynomials", cells.len()),
            Plan::Steps(steps) => format!("table of {} values", steps.len()),
        }
    }

    /// The quantile at one `u` in (0, 1); the same value as [`Quantiles::fill`] gives.
    pub fn quantile(&self, u: f64) -> f64 {
        let mut out = [0.0];
        self.fill(&[u], &mut out);
        out[0]
    }

    /// The quantiles at each of `u`, written to `out` as far as both go.
    pub fn fill(&self, u: &[f64], out: &mut [f64]) {
        match (&*self.plan, &self.dist) {
            (Plan::Exact, Dist::Uniform(d)) => d.fill(u, out),
            (Plan::Exact, dist) => each(u, out, |u| dist.quantile(u)),
            (Plan::Steps(steps), dist) => {
                each(u, out, |u| steps.quantile(u).unwrap_or_else(|| dist.quantile(u)));
            }
            (Plan::Smooth(cells, table), dist) => {
                if cells.fill(u, out) {
                    for (u, out) in u.iter().zip(out).filter(|(_, out)| out.is_nan()) {
                        *out = slower(dist, table.as_ref(), *u);
                    }
                }
            }
        }
    }
}

fn each(u: &[f64], out: &mut [f64], quantile: impl Fn(f64) -> f64) {
    for (u, out) in u.iter().zip(out) {
        *out = quantile(*u);
    }
}

/// The quantile by a table where it has one, else the exact one.
fn slower(dist: &Dist, table: Option<&QuantileTable>, u: f64) -> f64 {
    table.and_then(|t| t.quantile(u)).unwrap_or_else(|| dist.quantile(u))
}

/// Polynomials, with a table first where the quantile function itself is slow.
fn smooth(dist: &Dist, slow: bool) -> Plan {
    let table = slow.then(|| QuantileTable::new(dist));
    let quantile = |upper: bool, p: f64| match (&table, upper) {
        (Some(table), upper) => slower(dist, Some(table), if upper { 1.0 - p } else { p }),
        (None, false) => dist.quantile_at(Level { below: p, above: 1.0 - p }),
        (None, true) => dist.quantile_at(Level { below: 1.0 - p, above: p }),
    };
    Plan::Smooth(Cells::new(dist.support(), quantile), table)
}

fn plan(dist: &Dist) -> Plan {
    let steps = |dist| Steps::new(dist).map_or(Plan::Exact, Plan::Steps);
    match dist {
        Dist::Poisson(_) | Dist::Binomial(_) => steps(dist),
        Dist::Truncated(_) if dist.as_family().point(0.0).is_some() => steps(dist),
        Dist::Mixture(m) => Steps::of_mixture(m).map_or_else(|| smooth(dist, true), Plan::Steps),
        Dist::Truncated(d) => match d.inner() {
            Dist::Mixture(m) if Steps::of_mixture(m).is_some() => Plan::Exact,
            inner if is_direct(inner) => Plan::Exact,
            inner => smooth(dist, is_slow(inner)),
        },
        _ if is_direct(dist) => Plan::Exact,
        _ => smooth(dist, is_slow(dist)),
    }
}

/// Whether the quantile function is a line or a lookup.
fn is_direct(dist: &Dist) -> bool {
    matches!(dist, Dist::Constant(_) | Dist::Uniform(_) | Dist::Empirical(_))
}

/// Whether the quantile function is a search.
fn is_slow(dist: &Dist) -> bool {
    matches!(dist, Dist::Beta(_) | Dist::Gamma(_) | Dist::Mixture(_))
}
