//! Where along a variable's range another option becomes the cheapest on average.

use super::super::slices::Slices;
use super::Study;
use crate::stats::Estimate;

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
    /// A variable's range in parts in which one option is the cheapest on average. Where another than the choice is so by
    /// no more than chance, it counts as the choice's.
    pub fn parts(&self, variable: usize) -> Vec<Part> {
        let table = self.plan.table(&self.pooled);
        let filled = |s: &usize| !self.pooled.is_empty() && table.count(*s) > 0.0;
        let slices: Vec<usize> = self.plan.slices(variable).filter(filled).collect();
        let undefined = slices.iter().any(|s| !table.values(*s).is_finite());
        if self.choices.candidates.len() < 2 || undefined {
            return Vec::new();
        }
        let choice = self.least(|i| slices.iter().map(|s| table.cost(*s, i)).sum());
        let best: Vec<usize> = slices.iter().map(|s| self.least(|i| table.cost(*s, i))).collect();
        let mut parts: Vec<Part> = Vec::new();
        let mut start = 0;
        for run in best.chunk_by(|a, b| a == b) {
            let own = &slices[start..start + run.len()];
            start += run.len();
            let certain = run[0] != choice && self.is_cheaper(own, run[0], choice);
            let option = if certain { run[0] } else { choice };
            match parts.last_mut().filter(|last| last.option == option) {
                Some(last) => last.slices.extend(own),
                None => parts.push(Part { option, chosen: option == choice, slices: own.to_vec() }),
            }
        }
        parts
    }

    /// Where one part ends and the next begins.
    pub fn crossings(&self, parts: &[Part]) -> Vec<Crossing> {
        let between = |pair: &[Part]| Crossing {
            below: pair[0].option,
            above: pair[1].option,
            at: self.crossing([&pair[0], &pair[1]]),
        };
        parts.windows(2).map(between).collect()
    }

    /// Where between two neighbouring parts their options cost the same, by straight lines between the slices' means. Its
    /// error is the jackknife's over the randomisations. Where a third option lies between the two by chance, they need not
    /// cross between the slices: then nothing is known but these.
    fn crossing(&self, [below, above]: [&Part; 2]) -> Option<Estimate> {
        let (options, slices) = ([below.option, above.option], [*below.slices.last()?, *above.slices.first()?]);
        let [(x0, _), (x1, _)] = self.ends(slices, options, None);
        let at = |share: f64| x0 + share * (x1 - x0);
        let share = |without: Option<usize>| {
            let [(_, d0), (_, d1)] = self.ends(slices, options, without);
            d0 / (d0 - d1)
        };
        let whole = share(None);
        if !(-1.0..=2.0).contains(&whole) {
            return Estimate::new(at(0.5), (x1 - x0).abs() / 12f64.sqrt(), f64::INFINITY);
        }
        let without: Vec<f64> = (0..self.gathered.parts.len()).map(|r| at(share(Some(r)))).collect();
        Estimate::jackknife(at(whole), &without)
    }

    /// The variable and the difference of two options' costs in two slices, on request without one of the randomisations.
    fn ends(&self, slices: [usize; 2], [option, other]: [usize; 2], without: Option<usize>) -> [(f64, f64); 2] {
        let sum = |number: &dyn Fn(Slices<'_>) -> f64| {
            let left_out = without.map_or(0.0, |r| number(self.plan.table(&self.gathered.parts[r].slices)));
            number(self.plan.table(&self.pooled)) - left_out
        };
        slices.map(|s| {
            let count = sum(&|table| table.count(s));
            let difference = sum(&|table| table.cost(s, option) - table.cost(s, other));
            (sum(&|table| table.values(s)) / count, difference / count)
        })
    }

    /// Whether an option costs less than another over some slices, with more than the confidence of 97.5 %.
    fn is_cheaper(&self, slices: &[usize], option: usize, other: usize) -> bool {
        let saved = self.estimate(|r| {
            let table = self.plan.table(&self.gathered.parts[r].slices);
            slices.iter().map(|s| table.cost(*s, other) - table.cost(*s, option)).sum()
        });
        saved.is_some_and(|saved| saved.reach(0.95).is_some_and(|reach| saved.value > reach))
    }
}
