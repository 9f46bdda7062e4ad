//! What options cost on average in each part of an input's range, by all trials, by those of a randomisation, and by the others.

/// The parts of an input. Costs are what the trials of a part add to the mean total over all trials: the share of the part
/// times its mean, by part and candidate.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The mean value of the input, rising.
    pub values: Vec<f64>,
    /// The share of the trials.
    pub shares: Vec<f64>,
    /// Costs in each randomisation.
    pub own: Vec<Costs>,
    /// Costs by all but each randomisation, and last by all: whoever chooses goes by one of these.
    pub views: Vec<Costs>,
    is_by_value: bool,
}

/// Costs by part and candidate.
#[derive(Clone, Debug)]
pub struct Costs {
    candidates: usize,
    costs: Vec<f64>,
    totals: Vec<f64>,
}

impl Costs {
    /// From a row of costs for each part, one behind the other.
    pub fn new(candidates: usize, costs: Vec<f64>) -> Costs {
        let mut totals = vec![0.0; candidates];
        for row in costs.chunks_exact(candidates) {
            totals.iter_mut().zip(row).for_each(|(total, x)| *total += x);
        }
        Costs { candidates, costs, totals }
    }

    /// How many candidates there are.
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    /// Those of a part.
    pub fn of(&self, part: usize) -> &[f64] {
        &self.costs[part * self.candidates..][..self.candidates]
    }

    /// The mean totals of all parts.
    pub fn totals(&self) -> &[f64] {
        &self.totals
    }

    /// The candidate that costs least without any data.
    pub fn blind(&self) -> usize {
        least(&self.totals)
    }

    /// Of parts of which each holds so many of these.
    fn joined(&self, parts: usize) -> Costs {
        let row = |rows: &[f64]| -> Vec<f64> {
            (0..self.candidates).map(|i| rows.iter().skip(i).step_by(self.candidates).sum()).collect()
        };
        Costs::new(self.candidates, self.costs.chunks(parts * self.candidates).flat_map(row).collect())
    }
}

/// The place of the least of some numbers; of equal ones the first.
pub fn least(numbers: &[f64]) -> usize {
    (0..numbers.len()).fold(0, |best, i| if numbers[i] < numbers[best] { i } else { best })
}

impl Parts {
    /// From sums by randomisation with the trials that they are over: for each part the trials in it, the sum of the input,
    /// and those of the candidates' totals. Parts without trials are left out.
    pub fn new(sums: &[(&[f64], f64)], candidates: usize, is_by_value: bool) -> Parts {
        let width = candidates + 2;
        let mut pooled = vec![0.0; sums.first().map_or(0, |(sums, _)| sums.len())];
        sums.iter().for_each(|(own, _)| pooled.iter_mut().zip(*own).for_each(|(all, x)| *all += x));
        let trials: f64 = sums.iter().map(|(_, trials)| trials).sum();
        let filled: Vec<usize> = (0..pooled.len() / width).filter(|part| pooled[part * width] > 0.0).collect();
        let costs = |sums: &dyn Fn(usize) -> f64, trials: f64| {
            let row = |part: &usize| (0..candidates).map(|i| sums(part * width + 2 + i) / trials).collect::<Vec<_>>();
            Costs::new(candidates, filled.iter().flat_map(row).collect())
        };
        let own = sums.iter().map(|(own, trials)| costs(&|k| own[k], *trials));
        let rest = sums.iter().map(|(own, count)| costs(&|k| pooled[k] - own[k], trials - count));
        Parts {
            values: filled.iter().map(|part| pooled[part * width + 1] / pooled[part * width]).collect(),
            shares: filled.iter().map(|part| pooled[part * width] / trials).collect(),
            own: own.collect(),
            views: rest.chain(std::iter::once(costs(&|k| pooled[k], trials))).collect(),
            is_by_value,
        }
    }

    /// The same with parts twice as wide; `None` where a part is a value.
    pub fn paired(&self) -> Option<Parts> {
        let share = |pair: &[f64]| pair.iter().sum::<f64>();
        let weighted: Vec<f64> = self.values.iter().zip(&self.shares).map(|(x, share)| x * share).collect();
        let shares: Vec<f64> = self.shares.chunks(2).map(share).collect();
        (!self.is_by_value && self.values.len() > 2).then(|| Parts {
            values: weighted.chunks(2).map(share).zip(&shares).map(|(sum, share)| sum / share).collect(),
            shares,
            own: self.own.iter().map(|costs| costs.joined(2)).collect(),
            views: self.views.iter().map(|costs| costs.joined(2)).collect(),
            is_by_value: false,
        })
    }
}
