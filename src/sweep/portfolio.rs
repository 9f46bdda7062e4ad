//! What the tasks of a list cost together: with one option for all of them, and with the best for each.

use super::figures::PointFigures;
use crate::stats::Estimate;

/// Sums over the tasks of a list. These share their random numbers, so that errors are those of sums: by randomisation.
///
/// Which option is best for a task is settled for each randomisation by all others: chosen by the same trials as it is judged
/// by, the best would look better than it is. What that gives is no mean of independent parts any more, so that its error is
/// the jackknife's (B. Efron and C. Stein, The jackknife estimate of variance, 1981: if anything too large).
#[derive(Clone, Debug, Default)]
pub struct Portfolio {
    tasks: u64,
    /// Trials of the first task.
    trials: u64,
    /// By option and randomisation: its mean totals.
    throughout: Vec<Vec<f64>>,
    /// The best of each.
    best: Choices,
    /// By randomisation: the same without it.
    without: Vec<Choices>,
    /// By option and task: what it saves against the baseline; then what the best of each saves.
    savings: Vec<Vec<f64>>,
}

/// What was chosen for tasks in some randomisations.
#[derive(Clone, Debug, Default)]
struct Choices {
    /// By option, how often.
    chosen: Vec<u64>,
    /// By option, what the baseline costs for the tasks for which it was.
    baseline: Vec<f64>,
    /// What all that was chosen costs.
    cost: f64,
}

impl Choices {
    fn none(options: usize) -> Choices {
        Choices { chosen: vec![0; options], baseline: vec![0.0; options], cost: 0.0 }
    }

    /// The best option of a task, as a randomisation has it.
    fn add(&mut self, task: &Task<'_>, best: usize, r: usize) {
        self.chosen[best] += 1;
        self.baseline[best] += task.means[task.baseline][r];
        self.cost += task.means[best][r];
    }
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
    /// What the baseline costs for these, as a share of what it costs for all.
    pub money: Option<Estimate>,
}

impl Portfolio {
    /// The next task; `baseline` is the option that serves it today.
    pub fn add(&mut self, point: &PointFigures, baseline: usize) {
        let task = Task::new(point, baseline);
        if self.tasks == 0 {
            self.begin(point.options.len(), task.randomisations);
            self.trials = point.trials;
        }
        self.tasks += 1;
        for (sums, means) in self.throughout.iter_mut().zip(&task.means) {
            sums.iter_mut().zip(*means).for_each(|(sum, mean)| *sum += mean);
        }
        let mut saving = 0.0;
        for r in 0..task.randomisations {
            let best = task.best(r, None);
            self.best.add(&task, best, r);
            saving += task.means[baseline][r] - task.means[best][r];
            for (s, without) in self.without.iter_mut().enumerate().filter(|(s, _)| *s != r) {
                without.add(&task, task.best(r, Some(s)), r);
            }
        }
        let of_option = |i: usize| task.sums[baseline] - task.sums[i];
        let all = (0..task.means.len()).map(of_option).chain([saving]);
        let count = task.randomisations as f64;
        self.savings.iter_mut().zip(all).for_each(|(savings, saving)| savings.push(saving / count));
    }

    fn begin(&mut self, options: usize, randomisations: usize) {
        self.throughout = vec![vec![0.0; randomisations]; options];
        self.best = Choices::none(options);
        self.without = vec![Choices::none(options); randomisations];
        self.savings = vec![Vec::new(); options + 1];
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
            money: self.jackknife(|choices, _| choices.baseline[i] / choices.baseline.iter().sum::<f64>()),
        });
        let whole = (self.tasks > 0).then_some(Estimate::exact(1.0));
        let total = self.jackknife(|choices, randomisations| choices.cost / randomisations);
        rows.chain([PortfolioRow { option: None, total, tasks: whole, money: whole }]).collect()
    }

    /// What the best of each saves against an option throughout.
    pub fn saving_against(&self, option: usize) -> Option<Estimate> {
        let all = &self.throughout[option];
        let sum: f64 = all.iter().sum();
        let n = all.len() as f64;
        let without = all.iter().zip(&self.without).map(|(own, choices)| (sum - own - choices.cost) / (n - 1.0));
        Estimate::jackknife((sum - self.best.cost) / n, &without.collect::<Vec<_>>())
    }

    fn tasks_of(&self, option: usize) -> Option<Estimate> {
        // Counts are whole, so that those that agree have no error at all.
        let counts: Vec<f64> = self.without.iter().map(|choices| choices.chosen[option] as f64).collect();
        let [n, tasks] = [counts.len() as f64, self.tasks as f64];
        let error = Estimate::jackknife(0.0, &counts)?.std_error.unwrap_or(f64::NAN) / ((n - 1.0) * tasks);
        Estimate::new(self.best.chosen[option] as f64 / (n * tasks), error, n - 1.0)
    }

    /// A figure of choices in so many randomisations.
    fn jackknife(&self, figure: impl Fn(&Choices, f64) -> f64) -> Option<Estimate> {
        let n = self.without.len() as f64;
        let without: Vec<f64> = self.without.iter().map(|choices| figure(choices, n - 1.0)).collect();
        Estimate::jackknife(figure(&self.best, n), &without)
    }
}

/// The mean totals of a task.
struct Task<'a> {
    /// By option and randomisation.
    means: Vec<&'a [f64]>,
    /// By option, over all of them.
    sums: Vec<f64>,
    /// The options among which one is chosen.
    ranked: Vec<usize>,
    baseline: usize,
    randomisations: usize,
}

impl Task<'_> {
    fn new(point: &PointFigures, baseline: usize) -> Task<'_> {
        let means: Vec<&[f64]> = point.options.iter().map(|option| &*option.by_randomisation).collect();
        Task {
            sums: means.iter().map(|means| means.iter().sum()).collect(),
            ranked: (0..means.len()).filter(|i| point.options[*i].p_cheapest.is_some()).collect(),
            randomisations: means.first().map_or(0, |means| means.len()),
            means,
            baseline,
        }
    }

    /// The option that is best in all randomisations but one, or but two. Where these are all, none is left out.
    fn best(&self, r: usize, s: Option<usize>) -> usize {
        let s = s.filter(|_| self.randomisations > 2);
        let others = |i: usize| match self.randomisations {
            1 => self.sums[i],
            _ => self.sums[i] - self.means[i][r] - s.map_or(0.0, |s| self.means[i][s]),
        };
        let best = self.ranked.iter().copied().min_by(|a, b| others(*a).total_cmp(&others(*b)));
        best.unwrap_or(self.baseline)
    }
}
