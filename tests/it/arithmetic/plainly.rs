//! The cost model once more, as plainly as it can be: one trial, one option, one month after the other.
//!
//! Nothing here is shared with the program, and nothing is fast. Fields are looked up by their paths.

use std::collections::HashMap;
use std::rc::Rc;

use super::course::{Course, Shape};

/// What the comparison is, apart from its numbers.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    pub horizon: u32,
    pub baseline: usize,
    pub options: Vec<OptionSetting>,
    /// The first month's number in its year.
    pub start: u32,
    /// What changes from month to month, by its path.
    pub courses: HashMap<String, Course>,
}

/// An option, apart from its numbers.
#[derive(Clone, Debug, Default)]
pub struct OptionSetting {
    pub name: String,
    pub candidate: bool,
    pub escalate_to: usize,
    pub after_retirement: usize,
    pub route_to: usize,
    /// Whether batches cost as much as ever for what is read from the cache.
    pub batches_leave_cached: bool,
    /// What each custom line is counted by.
    pub lines: Vec<&'static str>,
}

/// What one trial comes to, by option.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    pub one_time: Vec<f64>,
    /// Undiscounted charges of months 1 to H.
    pub charges: Vec<Vec<f64>>,
    /// Discounted cost by the end of months 0 to H.
    pub so_far: Vec<Vec<f64>>,
    /// Whether it has cost no more than the baseline by the end of months 1 to H, and is live.
    pub cheaper: Vec<Vec<bool>>,
    /// Whether it is live in months 1 to H; the baseline always is.
    pub live: Vec<Vec<bool>>,
    /// Requests of all months.
    pub requests: f64,
}

/// The numbers of one trial in a month.
#[derive(Clone)]
pub struct Numbers<'a> {
    pub setting: &'a Setting,
    pub values: Rc<HashMap<String, f64>>,
    /// What the requests are set to, where they are.
    pub volume: Option<f64>,
    /// What every bad answer costs, where that is set.
    pub failure_cost: Option<f64>,
    pub month: u32,
}

/// What a month of an option is counted by.
struct Counts {
    requests: f64,
    calls: f64,
    /// Tokens of a call: input, instructions, output.
    tokens: [f64; 3],
    retrains: f64,
    migrations: f64,
}

impl<'a> Numbers<'a> {
    /// The same with so many requests in month 1, or on the average where it has none.
    pub fn with_requests(&self, requests: f64) -> Numbers<'a> {
        Numbers { volume: Some(requests), ..self.clone() }
    }

    /// The same where every bad answer costs so much.
    pub fn with_failure_cost(&self, cost: f64) -> Numbers<'a> {
        Numbers { failure_cost: Some(cost), ..self.clone() }
    }

    fn at(&self, month: u32) -> Numbers<'a> {
        Numbers { month, ..self.clone() }
    }

    fn of(&self, path: &str) -> Option<f64> {
        let number = *self.values.get(path)?;
        let Some(course) = self.setting.courses.get(path) else { return Some(number) };
        Some((number * self.factor(path, course.shape)).min(course.most.unwrap_or(f64::INFINITY)))
    }

    fn factor(&self, path: &str, shape: Shape) -> f64 {
        let month = f64::from(self.month);
        let option = || {
            let is_own = |name: &str| path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
            self.setting.options.iter().position(|option| is_own(&option.name)).unwrap()
        };
        let above = |x: f64, threshold: f64, level: f64| if x > threshold { level } else { 1.0 };
        match shape {
            Shape::Trend(each) => 1.0 + each * month,
            Shape::Season(after, level) => {
                let months = self.setting.start + self.month.max(1) - 2;
                above(f64::from(months % 12 + 1), f64::from(after), level)
            }
            Shape::Switch(level) => above(month, self.values[&format!("{path}.switch")], level),
            Shape::Tier(threshold, level) => above(self.requests(), threshold, level),
            Shape::SinceLaunch(each) => 1.0 + each * (month - self.launch(option())).max(0.0),
            Shape::SinceTraining(each) => 1.0 + each * self.since_training(option()),
            Shape::Ramp(from, to) => ((month - from) / (to - from)).clamp(0.0, 1.0),
        }
    }

    /// Months since the first in service, or a later one with a retrain or a migration that trains.
    fn since_training(&self, option: usize) -> f64 {
        let migrations = self.migrations(option);
        let trains = |month: u32| {
            let runs = || self.at(month).or(option, "migration.training_runs", 0.0);
            self.retrains(option, month) > 0.0 || (migrations.contains(&f64::from(month)) && runs() > 0.0)
        };
        let last = (1..=self.month).rev().find(|month| trains(*month)).map_or(0.0, f64::from);
        (f64::from(self.month) - last.max(self.launch(option) + 1.0)).max(0.0)
    }

    fn get(&self, option: usize, key: &str) -> Option<f64> {
        self.of(&[self.setting.options[option].name.as_str(), key].join("."))
    }

    /// A field, or what it is if it is left out.
    fn or(&self, option: usize, key: &str, default: f64) -> f64 {
        self.get(option, key).unwrap_or(default)
    }

    /// An hour of work in a section.
    fn hour(&self, option: usize, section: &str) -> f64 {
        let own = self.get(option, &format!("{section}.hourly_rate"));
        own.or_else(|| self.of("labour.hourly_rate")).unwrap_or(0.0)
    }

    /// Requests of the month; what is paid before it begins sees those of the first.
    fn requests(&self) -> f64 {
        let month = self.month.max(1);
        let written = |month: u32| self.at(month).of("workload.requests_per_month").unwrap();
        let growth = 1.0 + self.of("workload.growth_per_month").unwrap_or(0.0);
        let requests = match self.volume {
            None => written(month),
            Some(volume) if written(1) == 0.0 => {
                let horizon = self.setting.horizon;
                volume * written(month) * f64::from(horizon) / (1..=horizon).map(written).sum::<f64>()
            }
            Some(volume) => volume * (written(month) / written(1)),
        };
        requests * growth.powi(month as i32 - 1)
    }

    fn launch(&self, option: usize) -> f64 {
        (self.or(option, "launch_month", 0.0) - 1e-9).ceil()
    }

    /// A training run.
    fn run(&self, option: usize) -> f64 {
        let tokens = self.or(option, "dataset.examples", 0.0)
            * self.or(option, "training.tokens_per_example", 0.0)
            * self.or(option, "training.epochs", 3.0);
        self.or(option, "training.cost_per_run", 0.0) + tokens * self.or(option, "training.training_price", 0.0) / 1e6
    }

    fn example(&self, option: usize) -> f64 {
        self.or(option, "dataset.cost_per_example", 0.0)
    }

    fn one_time(&self, option: usize) -> f64 {
        let of = |key: &str| self.or(option, key, 0.0);
        of("setup.hours") * self.hour(option, "setup")
            + of("setup.cost")
            + of("dataset.hours") * self.hour(option, "dataset")
            + of("dataset.examples") * self.example(option)
            + self.or(option, "training.initial_runs", 1.0) * self.run(option)
            + self.custom(option, "once")
    }

    /// All custom lines with this driver.
    fn custom(&self, option: usize, per: &str) -> f64 {
        let lines = self.setting.options[option].lines.iter().enumerate().filter(|(_, driver)| **driver == per);
        lines.map(|(k, _)| self.or(option, &format!("l{k}"), f64::NAN)).sum()
    }

    /// How many retrains fall in a month, which are counted from the launch.
    fn retrains(&self, option: usize, month: u32) -> f64 {
        let rate = self.or(option, "training.retrains_per_year", 0.0);
        let until = |month: f64| (rate * (month - self.launch(option)) / 12.0 + 1e-9).floor().max(0.0);
        until(f64::from(month)) - until(f64::from(month) - 1.0)
    }

    /// The months of an option's migrations up to the horizon.
    fn migrations(&self, option: usize) -> Vec<f64> {
        let Some(first) = self.get(option, "migration.first_after_months") else { return Vec::new() };
        let every = self.get(option, "migration.every_months");
        let mut months = Vec::new();
        for k in 0.. {
            let at = first + f64::from(k) * every.unwrap_or(0.0);
            let month = (at - 1e-9).ceil();
            if month > f64::from(self.setting.horizon) || (k > 0 && every.is_none()) {
                return months;
            }
            if at > 1e-9 && month > self.launch(option) {
                months.push(month);
            }
        }
        unreachable!()
    }

    /// Tokens of a call.
    fn tokens(&self, option: usize) -> [f64; 3] {
        let of = |key: &str| self.or(option, key, 0.0);
        let all = self.or(option, "inference.token_multiplier", 1.0);
        [
            (self.of("workload.input_tokens").unwrap() + of("inference.extra_input_tokens")) * all,
            of("inference.instruction_tokens") * all,
            (self.of("workload.output_tokens").unwrap() + of("inference.extra_output_tokens")) * all,
        ]
    }

    /// A price where some tokens are in long requests.
    fn price(&self, option: usize, price: f64, long: &str) -> f64 {
        match self.get(option, "inference.long_token_share") {
            Some(share) => price * (1.0 - share) + self.get(option, long).unwrap() * share,
            None => price,
        }
    }

    /// What one token of the instructions costs, in millionths: what is read from the cache, and the rest.
    fn instruction_prices(&self, option: usize) -> [f64; 2] {
        let of = |key: &str| self.or(option, &["inference.", key].concat(), 0.0);
        let price = |x: f64| self.price(option, x, "inference.long_input_price");
        let [_, instructions, _] = self.tokens(option);
        match self.get(option, "inference.cache_hit_rate") {
            Some(hits) if instructions >= of("cache_min_tokens") => {
                let write = self.get(option, "inference.cache_write_price").unwrap_or(of("input_price"));
                [hits * price(of("cached_price")), (1.0 - hits) * price(write)]
            }
            _ => [0.0, price(of("input_price"))],
        }
    }

    /// The shares of the requests that an option is to serve, and that reach its model.
    fn shares(&self, option: usize) -> [f64; 2] {
        let share = self.or(option, "traffic_share", 1.0);
        [share, share * (1.0 - self.or(option, "inference.response_cache_rate", 0.0))]
    }

    /// The token bill of a month if all requests go to this option's model.
    fn inference(&self, option: usize) -> f64 {
        let of = |key: &str, default: f64| self.or(option, &["inference.", key].concat(), default);
        let [input, instructions, output] = self.tokens(option);
        let [read, fresh] = self.instruction_prices(option).map(|price| price * instructions);
        let fresh = input * self.price(option, of("input_price", 0.0), "inference.long_input_price")
            + fresh
            + output * self.price(option, of("output_price", 0.0), "inference.long_output_price");
        let trend = (1.0 + of("price_change_per_year", 0.0)).powf((f64::from(self.month) - 1.0) / 12.0);
        let migrated = self.migrations(option).into_iter().filter(|m| *m <= f64::from(self.month));
        let factor: f64 = migrated.map(|m| self.at(m as u32).or(option, "migration.price_factor", 1.0)).product();
        let batches = 1.0 - of("batch_share", 0.0) * of("batch_discount", 0.5);
        let call = match self.setting.options[option].batches_leave_cached {
            true => fresh * batches + read,
            false => (fresh + read) * batches,
        };
        self.requests() * (1.0 + of("retry_rate", 0.0)) * call / 1e6 * trend * factor
    }

    /// What it costs where an option answers a share of the requests of a month, of which another reaches its model: its
    /// inference, and its lines by request or tokens.
    fn answering(&self, option: usize, [share, served]: [f64; 2]) -> f64 {
        let counts = self.counts(option);
        let [input, instructions, output] = counts.tokens.map(|t| t * counts.requests * served * counts.calls / 1e6);
        self.inference(option) * served
            + self.custom(option, "request") * counts.requests * share
            + self.custom(option, "million_input_tokens") * (input + instructions)
            + self.custom(option, "million_output_tokens") * output
    }

    /// Bad answers in a month, of all requests to an option.
    fn failures(&self, option: usize) -> f64 {
        let of = |key: &str| self.or(option, key, 0.0);
        let each = self.failure_cost.unwrap_or_else(|| of("quality.cost_per_failure"));
        self.requests() * of("quality.failure_rate") * each
    }

    fn counts(&self, option: usize) -> Counts {
        let now = f64::from(self.month);
        Counts {
            requests: self.requests(),
            calls: 1.0 + self.or(option, "inference.retry_rate", 0.0),
            tokens: self.tokens(option),
            retrains: self.retrains(option, self.month),
            migrations: self.migrations(option).iter().filter(|m| **m == now).count() as f64,
        }
    }

    fn hosting(&self, option: usize, counts: &Counts) -> f64 {
        let of = |key: &str, default: f64| self.or(option, &["hosting.", key].concat(), default);
        let hours = of("hours_per_month", 730.0);
        let fixed = of("cost_per_month", 0.0) + of("units", 1.0) * of("cost_per_hour", 0.0) * hours;
        let Some(rate) = self.get(option, "hosting.gpu_hourly_rate") else { return fixed };
        let served = match self.get(option, "hosting.gpu_tokens_per_second") {
            Some(tokens) => counts.tokens.iter().sum::<f64>() / tokens,
            None => 1.0 / of("gpu_requests_per_second", f64::NAN),
        };
        let [_, reaching] = self.shares(option);
        let need = counts.requests * reaching * counts.calls * served * of("peak_to_average", 1.0) / (730.0 * 3600.0);
        let step = of("gpus_per_step", 1.0);
        fixed + of("min_gpus", 1.0).max(step * (need / step - 1e-9).ceil()) * rate * hours
    }

    /// What a month costs the option itself, whoever is charged for it.
    fn own(&self, option: usize) -> f64 {
        let of = |key: &str| self.or(option, key, 0.0);
        let counts = self.counts(option);
        let retrain = self.run(option)
            + of("training.hours_per_retrain") * self.hour(option, "training")
            + of("training.examples_per_retrain") * self.example(option)
            + self.custom(option, "retrain");
        let migration = of("migration.hours") * self.hour(option, "migration")
            + of("migration.cost")
            + of("migration.training_runs") * self.run(option)
            + self.custom(option, "migration");
        let escalated = of("quality.escalation_rate");
        let &OptionSetting { escalate_to, route_to, .. } = &self.setting.options[option];
        let [share, served] = self.shares(option);
        self.answering(option, [share, served])
            + counts.retrains * retrain
            + counts.migrations * migration
            + of("maintenance.hours_per_month") * self.hour(option, "maintenance")
            + self.hosting(option, &counts)
            + share * self.failures(option)
            + if escalated > 0.0 { served * escalated * self.answering(escalate_to, [1.0; 2]) } else { 0.0 }
            + if share < 1.0 {
                (1.0 - share) * (self.answering(route_to, [1.0; 2]) + self.failures(route_to))
            } else {
                0.0
            }
            + self.custom(option, "month")
    }

    fn succeeds(&self, option: usize) -> bool {
        let certain = self.or(option, "success_probability", 1.0);
        self.or(option, "success", certain) > 0.5
    }

    fn is_live(&self, option: usize, month: u32) -> bool {
        self.succeeds(option) && f64::from(month) > self.launch(option)
    }

    /// What an option is charged in a month.
    fn charge(&self, option: usize) -> f64 {
        let baseline = self.setting.baseline;
        if option != baseline && !self.is_live(option, self.month) {
            return self.charge(baseline);
        }
        match self.get(option, "retire_month") {
            Some(last) if f64::from(self.month) > (last - 1e-9).ceil() => {
                self.own(self.setting.options[option].after_retirement)
            }
            _ => self.own(option),
        }
    }

    fn discount(&self, month: u32) -> f64 {
        (1.0 + self.of("simulation.discount_rate").unwrap_or(0.0)).powf(-f64::from(month) / 12.0)
    }

    /// The whole trial.
    pub fn trial(&self) -> Trial {
        let (options, months) = (0..self.setting.options.len(), 1..=self.setting.horizon);
        let mut trial = Trial { requests: months.clone().map(|m| self.at(m).requests()).sum(), ..Trial::default() };
        for option in options.clone() {
            let mut so_far = vec![self.at(0).one_time(option)];
            let charges: Vec<f64> = months.clone().map(|m| self.at(m).charge(option)).collect();
            for (charge, month) in charges.iter().zip(months.clone()) {
                so_far.push(so_far.last().unwrap() + charge * self.discount(month));
            }
            trial.one_time.push(so_far[0]);
            trial.charges.push(charges);
            trial.so_far.push(so_far);
        }
        for option in options {
            let no_dearer = |m: &u32| {
                let [a, b] = [option, self.setting.baseline].map(|i| trial.so_far[i][*m as usize]);
                self.is_live(option, *m) && a <= b + 1e-9 * a.abs().max(b.abs())
            };
            let cheaper = months.clone().map(|m| no_dearer(&m)).collect();
            trial.cheaper.push(cheaper);
            let is_live = |m: u32| option == self.setting.baseline || self.is_live(option, m);
            trial.live.push(months.clone().map(is_live).collect());
        }
        trial
    }
}
