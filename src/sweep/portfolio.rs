//! What the tasks of a list cost together: with one option for all of them, and with the best for each.

use super::figures::PointFigures;
use crate::stats::Estimate;

/// Sums over the points of a list. These share their random numbers, so that errors are those of sums: by randomisation.
///
/// Which option is best for a task is settled for each randomisation by all others: chosen by the same trials as it is judged
/// by, the best would look better than it is.
#[derive(Clone, Debug, Default)]
pub struct Portfolio {
    tasks: u64,
    /// By randomisation.
    parts: Vec<Part>,
    /// By option and randomisation: its mean totals.
    throughout: Vec<Vec<f64>>,
    /// Trials of the first task.
    trials: u64,
    /// By option and task: what it saves against the baseline; then what the best of each saves.
    savings: Vec<Vec<f64>>,
}

/// Sums of a randomisation.
#[derive(Clone, Debug)]
struct Part {
    /// What the best options cost.
    best: f64,
    /// What they cost in all other randomisations.
    best_of_others: f64,
    /// By option, the tasks for which it is best.
    chosen: Vec<u64>,
    /// By option, its part of `best`.
    spent: Vec<f64>,
    /// By option, its part of `best_of_others`.
    spent_of_others: Vec<f64>,
}

/// What tasks cost together in one way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PortfolioRow {
    /// The option that serves all of them; `None` for the best of each.
    pub option: Option<usize>,
    /// Mean total of all tasks.
    pub total: Option<Estimate>,
    /// The share of the tasks for which the option is best.
    pub tasks: Option<Estimate>,
    /// Its share of what the best options cost.
    pub money: Option<Estimate>,
}

impl Part {
    fn none(options: usize) -> Part {
        let (chosen, none) = (vec![0; options], vec![0.0; options]);
        Part { best: 0.0, best_of_others: 0.0, chosen, spent: none.clone(), spent_of_others: none }
    }
}

impl Portfolio {
    /// The next task; `baseline` is the option that serves it today.
    pub fn add(&mut self, point: &PointFigures, baseline: usize) {
        let means: Vec<&[f64]> = point.options.iter().map(|option| &*option.by_randomisation).collect();
        let count = means.first().map_or(0, |means| means.len());
        let options = means.len();
        if self.tasks == 0 {
            self.parts = (0..count).map(|_| Part::none(options)).collect();
            self.throughout = vec![vec![0.0; count]; options];
            self.savings = vec![Vec::new(); options + 1];
            self.trials = point.trials;
        }
        self.tasks += 1;
        let sums: Vec<f64> = means.iter().map(|means| means.iter().sum()).collect();
        let others = |option: usize, r: usize| match count {
            1 => sums[option],
            _ => (sums[option] - means[option][r]) / (count - 1) as f64,
        };
        let ranked: Vec<usize> = (0..options).filter(|i| point.options[*i].p_cheapest.is_some()).collect();
        let mut saving = 0.0;
        for (r, part) in self.parts.iter_mut().enumerate() {
            let best = ranked.iter().copied().min_by(|a, b| others(*a, r).total_cmp(&others(*b, r)));
            let best = best.unwrap_or(baseline);
            let (own, of_others) = (means[best][r], others(best, r));
            part.best += own;
            part.best_of_others += of_others;
            part.chosen[best] += 1;
            part.spent[best] += own;
            part.spent_of_others[best] += of_others;
            saving += (means[baseline][r] - own) / count as f64;
        }
        for (sums, means) in self.throughout.iter_mut().zip(&means) {
            sums.iter_mut().zip(*means).for_each(|(sum, mean)| *sum += mean);
        }
        let of_option = |i: usize| (sums[baseline] - sums[i]) / count as f64;
        let all = (0..options).map(of_option).chain([saving]);
        self.savings.iter_mut().zip(all).for_each(|(savings, saving)| savings.push(saving));
    }

    /// How many tasks there are.
    pub fn tasks(&self) -> u64 {
        self.tasks
    }

    /// Trials of each task.
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// What the first tasks save against the baseline with an option, or with the best of each: by how many they are, those
    /// first that save most.
    pub fn cumulative_savings(&self, option: Option<usize>) -> Vec<f64> {
        let Some(mut savings) = self.savings.get(option.unwrap_or(self.throughout.len())).cloned() else {
            return Vec::new();
        };
        savings.sort_by(|a, b| b.total_cmp(a));
        let mut sum = 0.0;
        let all = savings.into_iter().map(|saving| {
            sum += saving;
            sum
        });
        std::iter::once(0.0).chain(all).collect()
    }

    /// A row for each option, and one for the best of each.
    pub fn rows(&self) -> Vec<PortfolioRow> {
        let rows = (0..self.throughout.len()).map(|i| PortfolioRow {
            option: Some(i),
            total: Estimate::of_means(&self.throughout[i]),
            tasks: self.tasks_of(i),
            money: self.money_of(i),
        });
        let best: Vec<f64> = self.parts.iter().map(|part| part.best).collect();
        let whole = (self.tasks > 0).then_some(Estimate::exact(1.0));
        let best = PortfolioRow { option: None, total: Estimate::of_means(&best), tasks: whole, money: whole };
        rows.chain([best]).collect()
    }

    /// What the best of each saves against an option throughout.
    pub fn saving_against(&self, option: usize) -> Option<Estimate> {
        let savings: Vec<f64> =
            self.throughout[option].iter().zip(&self.parts).map(|(all, part)| all - part.best).collect();
        Estimate::of_means(&savings)
    }

    /// The choices of all randomisations are nearly the same, so that their error is the jackknife's.
    fn tasks_of(&self, option: usize) -> Option<Estimate> {
        // Counts are whole, so that those that agree have no error at all.
        let chosen: Vec<f64> = self.parts.iter().map(|part| part.chosen[option] as f64).collect();
        let found = Estimate::jackknife(chosen.iter().sum::<f64>() / chosen.len() as f64, &chosen)?;
        let tasks = self.tasks as f64;
        Estimate::new(found.value / tasks, found.std_error.unwrap_or(f64::NAN) / tasks, found.freedom)
    }

    fn money_of(&self, option: usize) -> Option<Estimate> {
        let sum = |of: fn(&Part) -> f64| self.parts.iter().map(of).sum::<f64>();
        let spent: f64 = self.parts.iter().map(|part| part.spent[option]).sum();
        let without: Vec<f64> =
            self.parts.iter().map(|part| part.spent_of_others[option] / part.best_of_others).collect();
        Estimate::jackknife(spent / sum(|part| part.best), &without)
    }
}
