//! Where along a variable's range another option becomes the cheapest on average.

use super::super::slices::Slices;
use super::Study;
use crate::stats::Estimate;

/// How sure it must be that an option is cheaper over a part of a range. Parts are looked for in many places, of which
/// some look promising by chance.
const LEVEL: f64 = 0.999;
/// A value of a variable at which the option with the lowest mean total changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The option just below.
    pub below: usize,
    /// The option just above.
    pub above: usize,
    /// The value.
    pub at: Option<Estimate>,
}

/// A part of a variable's range in which another option than the choice has the lowest mean total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flip {
    /// The option.
    pub option: usize,
    /// Where it begins; `None` where that is the range's own end.
    pub from: Option<Estimate>,
    /// Where it ends.
    pub to: Option<Estimate>,
}

/// Neighbouring slices of a variable with one option that is the cheapest on average.
pub struct Part {
    option: usize,
    /// Whether that is the option with the lowest mean over the whole range.
    chosen: bool,
    slices: Vec<usize>,
}

/// The parts of others than the choice, with the crossings between all parts.
pub fn flips(parts: &[Part], crossings: &[Crossing]) -> Vec<Flip> {
    let at = |k: usize| crossings.get(k).and_then(|crossing| crossing.at);
    let flip = |(k, part): (usize, &Part)| Flip { option: part.option, from: k.checked_sub(1).and_then(at), to: at(k) };
    parts.iter().enumerate().filter(|(_, part)| !part.chosen).map(flip).collect()
}

impl Study<'_> {
    /// A variable's range in parts in which one option is the cheapest on average. A part in which that holds by no more
    /// than chance goes to its neighbours, the least certain first.
    pub fn parts(&self, variable: usize) -> Vec<Part> {
        let table = self.plan.table(&self.pooled);
        let filled = |s: &usize| !self.pooled.is_empty() && table.count(*s) > 0.0;
        let slices: Vec<usize> = self.plan.slices(variable).filter(filled).collect();
        let undefined = slices.iter().any(|s| !table.values(*s).is_finite());
        if self.choices.candidates.len() < 2 || undefined {
            return Vec::new();
        }
        let choice = self.least(|i| slices.iter().map(|s| table.cost(*s, i)).sum());
        let mut runs: Vec<(usize, Vec<usize>)> = Vec::new();
        for slice in slices {
            join(&mut runs, (self.least(|i| table.cost(slice, i)), vec![slice]));
        }
        while let Some(doubtful) = self.most_doubtful(&runs) {
            self.give_away(&mut runs, doubtful);
        }
        if let [(option, _)] = runs.as_mut_slice() {
            *option = choice;
        }
        runs.into_iter().map(|(option, slices)| Part { option, chosen: option == choice, slices }).collect()
    }

    /// The run that is least certain to be cheaper than its neighbours' options, if any is not.
    fn most_doubtful(&self, runs: &[(usize, Vec<usize>)]) -> Option<usize> {
        let certainty = |k: usize| {
            let neighbours = k.checked_sub(1).into_iter().chain(Some(k + 1)).filter_map(|n| runs.get(n));
            let saved = neighbours.map(|(other, _)| self.certainty(&runs[k].1, runs[k].0, *other));
            saved.fold(f64::INFINITY, f64::min)
        };
        let certainties = (0..runs.len()).map(|k| (certainty(k), k));
        let least = certainties.min_by(|a, b| a.0.total_cmp(&b.0))?;
        (least.0 <= 1.0).then_some(least.1)
    }

    /// Gives a run to the neighbour whose option costs less in it.
    fn give_away(&self, runs: &mut Vec<(usize, Vec<usize>)>, doubtful: usize) {
        let table = self.plan.table(&self.pooled);
        let cost = |option: usize| -> f64 { runs[doubtful].1.iter().map(|s| table.cost(*s, option)).sum() };
        let neighbours = doubtful.checked_sub(1).into_iter().chain(Some(doubtful + 1));
        let options = neighbours.filter_map(|k| runs.get(k)).map(|run| run.0);
        let heir = options.min_by(|a, b| cost(*a).total_cmp(&cost(*b)));
        for (k, (option, slices)) in std::mem::take(runs).into_iter().enumerate() {
            let option = heir.filter(|_| k == doubtful).unwrap_or(option);
            join(runs, (option, slices));
        }
    }

    /// Where one part ends and the next begins.
    pub fn crossings(&self, variable: usize, parts: &[Part]) -> Vec<Crossing> {
        let between = |pair: &[Part]| Crossing {
            below: pair[0].option,
            above: pair[1].option,
            at: self.crossing(variable, [&pair[0], &pair[1]]),
        };
        parts.windows(2).map(between).collect()
    }

    /// Where two neighbouring parts' options cost the same, by a straight line through the means of slices on either side
    /// of their border: of as few as are certain to lie on their sides, for nearer ones are where they are by chance, and
    /// farther ones need not lie on one line. Its error is the jackknife's over the randomisations. Where the line does
    /// not cross between the slices nothing is known but that they lie there.
    fn crossing(&self, variable: usize, [below, above]: [&Part; 2]) -> Option<Estimate> {
        let options = [below.option, above.option];
        let slices = self.around([below, above]);
        let centre = self.plan.centre(variable);
        let points = self.differences(&slices, options, None);
        let (low, high) = (points.first()?.0, points.last()?.0);
        let whole = root(&points);
        if !(low..=high).contains(&whole) {
            return Estimate::new(centre + 0.5 * (low + high), (high - low).abs() / 12f64.sqrt(), f64::INFINITY);
        }
        let parts = 0..self.gathered.parts.len();
        let without = parts.map(|r| centre + root(&self.differences(&slices, options, Some(r))));
        Estimate::jackknife(centre + whole, &without.collect::<Vec<_>>())
    }

    /// Slices on either side of a border, as many as make it certain which option is the cheaper on each.
    fn around(&self, [below, above]: [&Part; 2]) -> Vec<usize> {
        let mut near = 1;
        loop {
            let own = &below.slices[below.slices.len().saturating_sub(near)..];
            let other = &above.slices[..near.min(above.slices.len())];
            let certain = self.certainty(own, below.option, above.option) > 1.0
                && self.certainty(other, above.option, below.option) > 1.0;
            if certain || near >= below.slices.len().max(above.slices.len()) {
                return [own, other].concat();
            }
            near *= 2;
        }
    }

    /// The variable from its centre, the difference of two options' costs, and the trials of some slices, on request without one of the
    /// randomisations.
    fn differences(
        &self,
        slices: &[usize],
        [option, other]: [usize; 2],
        without: Option<usize>,
    ) -> Vec<(f64, f64, f64)> {
        let sum = |number: &dyn Fn(Slices<'_>) -> f64| {
            let left_out = without.map_or(0.0, |r| number(self.plan.table(&self.gathered.parts[r].slices)));
            number(self.plan.table(&self.pooled)) - left_out
        };
        let point = |s: &usize| {
            let count = sum(&|table| table.count(*s));
            let difference = sum(&|table| table.cost(*s, option) - table.cost(*s, other));
            (sum(&|table| table.values(*s)) / count, difference / count, count)
        };
        slices.iter().map(point).collect()
    }

    /// What an option saves over some slices against another, in units of its error at [`LEVEL`].
    fn certainty(&self, slices: &[usize], option: usize, other: usize) -> f64 {
        let saved = self.estimate(|r| {
            let table = self.plan.table(&self.gathered.parts[r].slices);
            slices.iter().map(|s| table.cost(*s, other) - table.cost(*s, option)).sum()
        });
        saved.and_then(|saved| Some(saved.value / saved.reach(LEVEL)?)).map_or(0.0, |ratio| ratio.max(0.0))
    }
}

/// Adds a run of slices; one of the same option goes on with the last.
fn join(runs: &mut Vec<(usize, Vec<usize>)>, (option, slices): (usize, Vec<usize>)) {
    match runs.last_mut().filter(|last| last.0 == option) {
        Some(last) => last.1.extend(slices),
        None => runs.push((option, slices)),
    }
}

/// Where the straight line of least squares through weighted points is zero.
fn root(points: &[(f64, f64, f64)]) -> f64 {
    let sum = |of: &dyn Fn(&(f64, f64, f64)) -> f64| -> f64 { points.iter().map(|p| p.2 * of(p)).sum() };
    let all = sum(&|_| 1.0);
    let (x, y) = (sum(&|p| p.0) / all, sum(&|p| p.1) / all);
    let slope = sum(&|p| (p.0 - x) * (p.1 - y)) / sum(&|p| (p.0 - x) * (p.0 - x));
    x - y / slope
}
