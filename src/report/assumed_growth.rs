//! What is said beside a verdict that rests on a growth of requests that nobody estimated.

use super::grid::wrap;
use super::screen::WIDTH;
use super::sweep::SweepBase;
use crate::sweep::{PointFigures, Sweep};

/// Growth of requests a month over which it is looked where another option becomes the cheapest, by `--vary`.
pub const GROWTH: &str = "workload.growth_per_month=-5%..10%:31";

/// The sentence, from a sweep over [`GROWTH`].
pub fn assumed_growth(base: SweepBase<'_>, sweep: &Sweep) -> String {
    let said = "Nobody estimated how the requests grow: 0 is assumed.";
    let switches = [switch(sweep, true), switch(sweep, false)].into_iter().flatten();
    let found: Vec<String> = switches.map(|switch| switch.words(base)).collect();
    let so = match found.is_empty() {
        true => "From \u{2212}5 % to 10 % a month the same option is the cheapest.".to_owned(),
        false => found.join(" "),
    };
    wrap(&format!("{said} {so}"), WIDTH) + "\n"
}

/// Where another option becomes the cheapest.
struct Switch {
    growth: f64,
    option: usize,
    is_above: bool,
}

impl Switch {
    fn words(&self, base: SweepBase<'_>) -> String {
        let (side, on) = if self.is_above { ("From", " on") } else { ("Below", "") };
        let percent = format!("{:.1} %", 100.0 * self.growth).replace('-', "\u{2212}");
        let name = &base.model.options[self.option].name;
        format!("{side} about {percent} a month{on} {name} would be the cheapest.")
    }
}

/// The first change of the cheapest option above or below a growth of 0.
fn switch(sweep: &Sweep, is_above: bool) -> Option<Switch> {
    let growth: Vec<f64> = sweep.axes.first()?.numbers()?;
    let start = growth.iter().position(|g| g.abs() < 1e-9)?;
    let steps: Vec<usize> = if is_above { (start..growth.len()).collect() } else { (0..=start).rev().collect() };
    let pair = steps.windows(2).find(|pair| sweep.points[pair[0]].cheapest != sweep.points[pair[1]].cheapest)?;
    let (near, far) = (&sweep.points[pair[0]], &sweep.points[pair[1]]);
    let (old, new) = (near.cheapest?, far.cheapest?);
    let total = |point: &PointFigures, option: usize| Some(point.options[option].total?.value);
    let lead = |point| Some(total(point, old)? - total(point, new)?);
    let (before, after) = (lead(near)?, lead(far)?);
    let share = if after == before { 1.0 } else { (-before / (after - before)).clamp(0.0, 1.0) };
    Some(Switch { growth: growth[pair[0]] + share * (growth[pair[1]] - growth[pair[0]]), option: new, is_above })
}
