//! Where along a variable's range another option becomes the cheapest on average.

use super::Study;
use super::levels::Levels;
use crate::stats::{Estimate, t_quantile};

/// Finds the crossings of a variable at a border, by the mean totals of randomisations and options; none where there are none
/// to be found.
pub type Find<'a, E> = &'a (dyn Fn(usize, Border, &[Vec<f64>]) -> Result<Vec<Crossing>, E> + Sync);

/// Where two options change places: what the slices say.
#[derive(Clone, Copy, Debug)]
pub struct Border {
    /// The options below and above.
    pub options: [usize; 2],
    /// The coordinate between the slices.
    pub at: f64,
    /// Half of the widths of the slices.
    pub reach: [f64; 2],
    /// Coordinates between which the two options are the cheapest.
    pub within: [f64; 2],
}

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
    /// The value; of a variable that takes few values the middle between two of them, which has no error.
    pub at: Option<Estimate>,
    /// These two: the last value below and the first above.
    pub between: Option<[f64; 2]>,
}

/// A part of a variable's range in which another option than the choice has the lowest mean total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flip {
    /// The option.
    pub option: usize,
    /// Where it begins; `None` where that is the range's own end.
    pub from: Option<Crossing>,
    /// Where it ends.
    pub to: Option<Crossing>,
}

/// Neighbouring slices of a variable with one option that is the cheapest on average.
pub struct Part {
    option: usize,
    slices: Vec<usize>,
}

/// The parts of others than the choice, between crossings in rising order.
pub fn flips(choice: usize, crossings: &[Crossing]) -> Vec<Flip> {
    let options = crossings.iter().take(1).map(|first| first.below).chain(crossings.iter().map(|c| c.above));
    let at = |k: usize| crossings.get(k).copied();
    let flip = |(k, option): (usize, usize)| Flip { option, from: k.checked_sub(1).and_then(at), to: at(k) };
    options.enumerate().filter(|(_, option)| *option != choice).map(flip).collect()
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
        runs.into_iter().map(|(option, slices)| Part { option, slices }).collect()
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

    /// Where one part ends and the next begins: between two of few values, or where `find` says between two slices.
    ///
    /// # Errors
    /// What `find` says.
    pub fn crossings<E>(&self, variable: usize, parts: &[Part], find: Find<'_, E>) -> Result<Vec<Crossing>, E> {
        let mut found = Vec::new();
        for pair in parts.windows(2) {
            let [below, above] = [&pair[0], &pair[1]];
            let slices = [below.slices.last(), above.slices.first()].map(|s| s.copied().unwrap_or_default());
            let options = [below.option, above.option];
            let own = match self.plan.levels(variable) {
                None => Vec::new(),
                Some(levels) => find(variable, self.border(variable, levels, [below, above]), &self.means())?,
            };
            if own.is_empty() { found.push(self.between(variable, options, slices)) } else { found.extend(own) }
        }
        Ok(found)
    }

    fn border(&self, variable: usize, levels: &Levels, [below, above]: [&Part; 2]) -> Border {
        let all = self.plan.slices(variable);
        let edge = |slice: usize| levels.edge(slice - all.start);
        let first = |part: &Part| part.slices.first().copied().unwrap_or(all.start);
        let end = above.slices.last().map_or(all.end, |last| last + 1);
        let at = first(above);
        // Not the ends themselves, which no value has.
        let within = [edge(first(below)).max(1e-6), edge(end).min(1.0 - 1e-6)];
        let reach =
            [at.saturating_sub(1).max(all.start), (at + 1).min(all.end)].map(|s| 0.5 * (edge(s) - edge(at)).abs());
        Border { options: [below.option, above.option], at: edge(at), reach, within }
    }

    /// Between the mean values of two slices.
    fn between(&self, variable: usize, [below, above]: [usize; 2], slices: [usize; 2]) -> Crossing {
        let table = self.plan.table(&self.pooled);
        let [low, high] = slices.map(|s| self.plan.centre(variable) + table.values(s) / table.count(s));
        let is_by_value = self.plan.is_by_value(variable);
        let middle = 0.5 * (low + high);
        let error = if is_by_value { f64::NAN } else { (high - low).abs() / 12f64.sqrt() };
        let at = Estimate::new(middle, error, f64::INFINITY);
        Crossing { below, above, at, between: is_by_value.then_some([low, high]) }
    }

    /// How certainly an option is cheaper than another over some slices, in units of what [`LEVEL`] asks for: by the mean of
    /// their t statistics weighted by the root of their trials (T. Lipták's form of S. Stouffer's method), in which a slice
    /// that a few huge trials decide counts as one of many.
    fn certainty(&self, slices: &[usize], option: usize, other: usize) -> f64 {
        let pooled = self.plan.table(&self.pooled);
        let statistic = |s: &usize| {
            let saved = self.estimate(|r| {
                let table = self.plan.table(&self.gathered.parts[r].slices);
                table.cost(*s, other) - table.cost(*s, option)
            })?;
            let most = f64::MAX.sqrt();
            let ratio = saved.value / saved.std_error?;
            Some((if ratio.is_nan() { 0.0 } else { ratio.clamp(-most, most) }, pooled.count(*s)))
        };
        let found: Vec<(f64, f64)> = slices.iter().filter_map(statistic).collect();
        // Student's t with 15 degrees of freedom varies by more than a normal: by 15/13.
        let freedom = (self.gathered.parts.len() as f64 - 1.0).max(3.0);
        let wanted = match found.len() {
            0 => return 0.0,
            1 => t_quantile(0.5 + LEVEL / 2.0, freedom),
            _ => t_quantile(0.5 + LEVEL / 2.0, f64::INFINITY) * (freedom / (freedom - 2.0)).sqrt(),
        };
        let [sum, trials] = found.iter().fold([0.0; 2], |a, (t, n)| [a[0] + t * n.sqrt(), a[1] + n]);
        (sum / trials.sqrt() / wanted).max(0.0)
    }
}

/// Adds a run of slices; one of the same option goes on with the last.
fn join(runs: &mut Vec<(usize, Vec<usize>)>, (option, slices): (usize, Vec<usize>)) {
    match runs.last_mut().filter(|last| last.0 == option) {
        Some(last) => last.1.extend(slices),
        None => runs.push((option, slices)),
    }
}
