//! A distribution prepared for drawing many values.

use super::Dist;
use super::family::Family;
use super::steps::Steps;
use super::table::Table;
use crate::math::Level;

/// A distribution prepared for drawing many values: formulas directly, slow quantile functions through a table built once.
#[derive(Clone, Debug)]
pub struct Quantiles {
    dist: Dist,
    plan: Plan,
}

/// How values are drawn.
#[derive(Clone, Debug)]
enum Plan {
    /// By the exact quantile function.
    Exact,
    /// By interpolation, to 1e-10 of the value plus the interquartile range.
    Smooth(Table),
    /// By looking up cumulative probabilities, exactly.
    Steps(Steps),
}

impl Quantiles {
    /// Prepares a distribution; takes a few milliseconds at most for the usual ones.
    pub fn new(dist: Dist) -> Quantiles {
        let plan = plan(&dist);
        Quantiles { dist, plan }
    }

    /// The distribution.
    pub fn dist(&self) -> &Dist {
        &self.dist
    }

    /// How values are drawn, for reports on speed: "exact", or the number of polynomials or of values in the table.
    pub fn describe(&self) -> String {
        match &self.plan {
            Plan::Exact => "exact".to_string(),
            Plan::Smooth(table) => format!("table of {} polynomials", table.len()),
            Plan::Steps(steps) => format!("table of {} values", steps.len()),
        }
    }

    /// The quantile at one `u` in (0, 1); the same value as [`Quantiles::fill`] gives.
    pub fn quantile(&self, u: f64) -> f64 {
        match &self.plan {
            Plan::Exact => self.dist.quantile(u),
            Plan::Smooth(table) => table.quantile(u).unwrap_or_else(|| self.dist.quantile(u)),
            Plan::Steps(steps) => steps.quantile(u).unwrap_or_else(|| self.dist.quantile(u)),
        }
    }

    /// The quantiles at each of `u`, written to `out` as far as both go.
    pub fn fill(&self, u: &[f64], out: &mut [f64]) {
        match (&self.plan, &self.dist) {
            (Plan::Exact, Dist::Constant(d)) => each(d, u, out),
            (Plan::Exact, Dist::Uniform(d)) => each(d, u, out),
            (Plan::Exact, Dist::LogUniform(d)) => each(d, u, out),
            (Plan::Exact, Dist::Triangular(d)) => each(d, u, out),
            (Plan::Exact, Dist::Normal(d)) => each(d, u, out),
            (Plan::Exact, Dist::LogNormal(d)) => each(d, u, out),
            (Plan::Exact, Dist::LogitNormal(d)) => each(d, u, out),
            (Plan::Exact, Dist::Exponential(d)) => each(d, u, out),
            (Plan::Exact, Dist::Weibull(d)) => each(d, u, out),
            (Plan::Exact, Dist::Metalog(d)) => each(d, u, out),
            (Plan::Exact, Dist::Empirical(d)) => each(d.as_ref(), u, out),
            _ => {
                for (u, out) in u.iter().zip(out) {
                    *out = self.quantile(*u);
                }
            }
        }
    }
}

/// A loop over one known family, without a dispatch per value.
fn each<F: Family>(dist: &F, u: &[f64], out: &mut [f64]) {
    for (u, out) in u.iter().zip(out) {
        *out = if u.is_nan() { f64::NAN } else { dist.quantile(Level::new(*u)) };
    }
}

fn plan(dist: &Dist) -> Plan {
    let steps = |dist| Steps::new(dist).map_or(Plan::Exact, Plan::Steps);
    match dist {
        Dist::Beta(_) | Dist::Gamma(_) => Plan::Smooth(Table::new(dist)),
        Dist::Poisson(_) | Dist::Binomial(_) => steps(dist),
        Dist::Truncated(_) if dist.as_family().point(0.0).is_some() => steps(dist),
        Dist::Truncated(d) => match plan(d.inner()) {
            Plan::Smooth(_) => Plan::Smooth(Table::new(dist)),
            _ => Plan::Exact,
        },
        Dist::Mixture(m) => match Steps::of_mixture(m) {
            Some(steps) => Plan::Steps(steps),
            None => Plan::Smooth(Table::new(dist)),
        },
        _ => Plan::Exact,
    }
}
