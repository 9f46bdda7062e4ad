//! A scenario made at random: every field is left out, a number or a distribution.

use std::collections::HashMap;
use std::fmt::Write;
use std::rc::Rc;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::course::{Course, Shape};
use super::plainly::{Numbers, OptionSetting, Setting};

/// A scenario on its way into a file.
pub struct Draft {
    random: ChaCha8Rng,
    pub text: String,
    pub setting: Setting,
    /// What is known without drawing.
    constants: HashMap<String, f64>,
    /// What is drawn under another name than its own, by that name: the text of the input, and the path it stands for.
    inputs: Vec<[String; 3]>,
    /// Whether anything changes from month to month.
    moves: bool,
    /// Whether more requests may cost less: volume discounts, and rebates for each of them.
    discounts: bool,
}

/// What is the same in all months.
const STEADY: [&str; 8] = [
    "launch_month",
    "retire_month",
    "success_probability",
    "growth_per_month",
    "price_change_per_year",
    "discount_rate",
    "retrains_per_year",
    "first_after_months",
];

impl Draft {
    fn chance(&mut self, p: f64) -> bool {
        self.random.random_bool(p)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.random.random_range(low..=high)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.random.random_range(0..from.len())]
    }

    /// An input of its own, for what stands at a path.
    fn input(&mut self, text: String, path: String) -> String {
        let name = format!("i{}", self.inputs.len());
        self.inputs.push([name.clone(), text, path]);
        name
    }

    /// How a field is to change from month to month, if it does.
    fn course(&mut self, path: &str, key: &str, [low, high]: [f64; 2]) -> Option<Course> {
        if !self.moves || STEADY.contains(&key) || key == "every_months" || !self.chance(0.15) {
            return None;
        }
        let level = if low > 0.0 { self.between(1.0, 1.6) } else { self.between(0.3, 1.6) };
        let each = self.between(0.0, 0.1);
        let mut shapes = vec![Shape::Trend(each), Shape::Season(self.pick(&[3, 6, 9]), level), Shape::Switch(level)];
        if key != "requests_per_month" && self.discounts {
            shapes.push(Shape::Tier(self.between(1e5, 2e6), level));
        }
        if path.starts_with('o') {
            shapes.push(Shape::SinceLaunch(each));
            shapes.extend((key != "training_runs").then_some(Shape::SinceTraining(each)));
        }
        if low <= 0.0 || key == "requests_per_month" {
            let from = self.pick(&[-1.0, 0.0, 1.0, 2.5]);
            shapes.push(Shape::Ramp(from, from + self.between(0.5, 9.0)));
        }
        let shape = self.pick(&shapes);
        let is_share = high <= 1.0 || key == "hours_per_month";
        Some(Course { shape, most: is_share.then_some(high) })
    }

    /// Writes a field in the table that is open: a number, or half of the time a distribution, and some of them on a course.
    fn field(&mut self, path: &str, key: &str, low: f64, high: f64) {
        if let Some(course) = self.course(path, key, [low, high]) {
            return self.moving(path, key, [low, high], course);
        }
        if self.chance(0.5) {
            let (a, b) = (self.between(low, high), self.between(low, high));
            writeln!(self.text, "{key} = \"uniform({}, {})\"", a.min(b), a.max(b)).unwrap();
        } else {
            // Whole numbers meet on whole months.
            let x = self.between(low, high);
            let x = if high >= 3.0 && self.random.random_bool(0.4) { x.round().clamp(low, high) } else { x };
            writeln!(self.text, "{key} = {x:?}").unwrap();
            self.constants.insert(format!("{path}{key}"), x);
        }
    }

    fn moving(&mut self, path: &str, key: &str, [low, high]: [f64; 2], course: Course) {
        let place = if key == "amount" { path.trim_end_matches('.').to_owned() } else { format!("{path}{key}") };
        let (a, b) = (self.between(low, high), self.between(low, high));
        let number = if self.chance(0.5) {
            self.input(format!("uniform({}, {})", a.min(b), a.max(b)), place.clone())
        } else {
            self.constants.insert(place.clone(), a);
            format!("({a:?})")
        };
        let switch = match course.shape {
            Shape::Switch(_) => self.input("uniform(-1, 30)".to_owned(), format!("{place}.switch")),
            _ => String::new(),
        };
        writeln!(self.text, "{key} = \"{}\"", course.text(&number, &switch)).unwrap();
        self.setting.courses.insert(place, course);
    }

    /// Writes each of some fields with a probability.
    fn fields(&mut self, p: f64, path: &str, fields: &[(&str, f64, f64)]) {
        for (key, low, high) in fields {
            if self.chance(p) {
                self.field(path, key, *low, *high);
            }
        }
    }

    /// Whether in that of a number anything changes from month to month.
    pub fn moves(case: u64) -> bool {
        case % 2 == 1
    }

    /// The scenario of a number.
    pub fn new(case: u64) -> Draft {
        Draft::written(case, true)
    }

    /// That of a number where every single cost rises with the requests, or does not ask for them.
    pub fn without_discounts(case: u64) -> Draft {
        Draft::written(case, false)
    }

    fn written(case: u64, discounts: bool) -> Draft {
        let random = ChaCha8Rng::seed_from_u64(case);
        let mut draft = Draft {
            random,
            text: String::new(),
            setting: Setting::default(),
            constants: HashMap::new(),
            inputs: Vec::new(),
            moves: Draft::moves(case),
            discounts,
        };
        draft.market();
        let options = draft.pick(&[2, 2, 3, 4]);
        draft.setting.options =
            (0..options).map(|i| OptionSetting { name: format!("o{i}"), ..Default::default() }).collect();
        for i in 0..options {
            draft.option(i, options);
        }
        draft.text += "[inputs]\n";
        for [name, text, _] in &draft.inputs {
            writeln!(draft.text, "{name} = \"{text}\"").unwrap();
        }
        draft
    }

    fn market(&mut self) {
        // More trials than go through the months at once, and a part of a block.
        let longest = if self.moves { 26 } else { 40 };
        let (horizon, trials) = (self.pick(&[1, 2, 7, 13, 24, longest]), self.pick(&[3, 12, 12, 12, 12, 12, 12, 300]));
        self.setting.horizon = horizon;
        // The baseline is not always the first option.
        self.setting.baseline = self.pick(&[0, 0, 1]);
        writeln!(self.text, "baseline = \"o{}\"\n[simulation]", self.setting.baseline).unwrap();
        writeln!(self.text, "horizon_months = {horizon}\ntrials = {trials}\nsampler = \"monte-carlo\"").unwrap();
        self.setting.start = self.pick(&[1, 6, 11]);
        writeln!(self.text, "start = 2026-{:02}-01", self.setting.start).unwrap();
        self.fields(0.7, "simulation.", &[("discount_rate", 0.0, 0.4)]);
        self.text += "[labour]\n";
        self.field("labour.", "hourly_rate", 40.0, 200.0);
        self.text += "[workload]\n";
        self.field("workload.", "requests_per_month", 1e4, 2e6);
        self.fields(0.6, "workload.", &[("growth_per_month", -0.05, 0.1)]);
        self.field("workload.", "input_tokens", 100.0, 3000.0);
        self.field("workload.", "output_tokens", 20.0, 800.0);
    }

    fn option(&mut self, i: usize, options: usize) {
        let (path, is_baseline) = (format!("o{i}."), i == self.setting.baseline);
        let others: Vec<usize> = (0..options).filter(|k| *k != i).collect();
        let mut setting = OptionSetting { name: format!("o{i}"), candidate: true, ..OptionSetting::default() };
        writeln!(self.text, "[[option]]\nname = \"o{i}\"").unwrap();
        setting.after_retirement = self.pick(&others);
        if !is_baseline {
            setting.candidate = self.chance(0.8);
            writeln!(self.text, "candidate = {}", setting.candidate).unwrap();
            self.fields(0.5, &path, &[("launch_month", 0.0, 9.0), ("success_probability", 0.3, 1.0)]);
        }
        if self.chance(0.4) {
            self.field(&path, "retire_month", 0.0, 30.0);
            writeln!(self.text, "after_retirement = \"o{}\"", setting.after_retirement).unwrap();
        }
        let answering: Vec<usize> = others.iter().copied().filter(|k| k % 2 == 0).collect();
        if self.chance(0.4) && !answering.is_empty() {
            setting.route_to = self.pick(&answering);
            self.field(&path, "traffic_share", 0.0, 0.99);
            writeln!(self.text, "route_to = \"o{}\"", setting.route_to).unwrap();
        }
        self.inference(&path, &mut setting);
        self.renewal(&path);
        self.running(&path, &others, &mut setting);
        self.lines(&path, &mut setting);
        self.setting.options[i] = setting;
    }

    fn inference(&mut self, path: &str, setting: &mut OptionSetting) {
        let path = format!("{path}inference.");
        self.text += "[option.inference]\n";
        self.field(&path, "input_price", 0.05, 10.0);
        self.field(&path, "output_price", 0.1, 30.0);
        let tokens = [
            ("instruction_tokens", 0.0, 4000.0),
            ("extra_input_tokens", 0.0, 500.0),
            ("extra_output_tokens", 0.0, 400.0),
        ];
        self.fields(0.5, &path, &tokens);
        let calls = [("token_multiplier", 0.5, 1.5), ("retry_rate", 0.0, 0.5), ("price_change_per_year", -0.6, 0.3)];
        self.fields(0.5, &path, &calls);
        self.fields(0.4, &path, &[("batch_share", 0.0, 1.0), ("batch_discount", 0.0, 0.8)]);
        self.fields(0.3, &path, &[("response_cache_rate", 0.0, 0.9)]);
        if self.chance(0.3) {
            let long =
                [("long_token_share", 0.0, 1.0), ("long_input_price", 0.1, 20.0), ("long_output_price", 0.2, 60.0)];
            self.fields(1.0, &path, &long);
        }
        setting.batches_leave_cached = self.chance(0.5);
        writeln!(self.text, "batch_discounts_cached = {}", !setting.batches_leave_cached).unwrap();
        if self.chance(0.5) {
            self.field(&path, "cache_hit_rate", 0.0, 1.0);
            self.field(&path, "cached_price", 0.01, 2.0);
            self.fields(0.5, &path, &[("cache_write_price", 0.1, 12.0), ("cache_min_tokens", 0.0, 3000.0)]);
        }
    }

    /// What is made, and made again.
    fn renewal(&mut self, path: &str) {
        self.text += "[option.setup]\n";
        self.fields(
            0.5,
            &format!("{path}setup."),
            &[("hours", 0.0, 300.0), ("hourly_rate", 50.0, 150.0), ("cost", 0.0, 2e4)],
        );
        let dataset = format!("{path}dataset.");
        self.text += "[option.dataset]\n";
        self.fields(0.5, &dataset, &[("hours", 0.0, 200.0), ("hourly_rate", 50.0, 150.0)]);
        self.field(&dataset, "examples", 10.0, 5000.0);
        self.field(&dataset, "cost_per_example", 0.01, 2.0);
        let training = format!("{path}training.");
        self.text += "[option.training]\n";
        self.field(&training, "cost_per_run", 1.0, 2000.0);
        if self.chance(0.4) {
            self.field(&training, "tokens_per_example", 100.0, 3000.0);
            self.field(&training, "training_price", 1.0, 25.0);
            self.fields(0.5, &training, &[("epochs", 1.0, 6.0)]);
        }
        let again = [("initial_runs", 0.0, 4.0), ("retrains_per_year", 0.0, 30.0), ("hours_per_retrain", 0.0, 30.0)];
        self.fields(0.6, &training, &again);
        self.fields(0.4, &training, &[("examples_per_retrain", 0.0, 500.0), ("hourly_rate", 50.0, 150.0)]);
        if self.chance(0.5) {
            let migration = format!("{path}migration.");
            self.text += "[option.migration]\n";
            self.field(&migration, "first_after_months", 0.0, 20.0);
            let each = [("every_months", 0.3, 18.0), ("hours", 0.0, 80.0), ("cost", 0.0, 3000.0)];
            self.fields(0.6, &migration, &each);
            let rest = [("hourly_rate", 50.0, 150.0), ("training_runs", 0.0, 3.0), ("price_factor", 0.5, 1.3)];
            self.fields(0.6, &migration, &rest);
        }
    }

    /// What is paid month by month.
    fn running(&mut self, path: &str, others: &[usize], setting: &mut OptionSetting) {
        let hosting = format!("{path}hosting.");
        self.text += "[option.hosting]\n";
        self.fields(0.4, &hosting, &[("cost_per_month", 0.0, 3000.0), ("hours_per_month", 100.0, 730.0)]);
        if self.chance(0.4) {
            self.field(&hosting, "cost_per_hour", 0.1, 8.0);
            self.fields(0.5, &hosting, &[("units", 0.0, 4.0)]);
        }
        // Every other option may have GPUs; escalations go to those between.
        let own = (0..).find(|i| !others.contains(i)).unwrap();
        if self.chance(0.7) && own % 2 == 1 {
            self.field(&hosting, "gpu_hourly_rate", 0.2, 8.0);
            match self.chance(0.5) {
                true => self.field(&hosting, "gpu_tokens_per_second", 50.0, 4000.0),
                false => self.field(&hosting, "gpu_requests_per_second", 0.05, 5.0),
            }
            let fleet = [("peak_to_average", 1.0, 5.0), ("min_gpus", 0.0, 4.0), ("gpus_per_step", 0.5, 8.0)];
            self.fields(0.5, &hosting, &fleet);
        }
        self.text += "[option.maintenance]\n";
        let upkeep = [("hours_per_month", 0.0, 40.0), ("hourly_rate", 50.0, 150.0)];
        self.fields(0.5, &format!("{path}maintenance."), &upkeep);
        self.text += "[option.quality]\n";
        let quality = format!("{path}quality.");
        self.field(&quality, "failure_rate", 0.0, 0.1);
        self.field(&quality, "cost_per_failure", 0.01, 2.0);
        let answering: Vec<usize> = others.iter().copied().filter(|i| i % 2 == 0).collect();
        if self.chance(0.6) && !answering.is_empty() {
            setting.escalate_to = self.pick(&answering);
            self.field(&quality, "escalation_rate", 0.01, 0.6);
            writeln!(self.text, "escalate_to = \"o{}\"", setting.escalate_to).unwrap();
        }
    }

    fn lines(&mut self, path: &str, setting: &mut OptionSetting) {
        for k in 0..self.pick(&[0, 1, 3]) {
            let per = self.pick(&[
                "month",
                "request",
                "million_input_tokens",
                "million_output_tokens",
                "once",
                "retrain",
                "migration",
            ]);
            let high = if per == "request" { 0.01 } else { 500.0 };
            writeln!(self.text, "[[option.cost]]\nname = \"l{k}\"\nper = \"{per}\"").unwrap();
            let low = if self.discounts { -0.2 * high } else { 0.0 };
            self.field(&format!("{path}l{k}."), "amount", low, high);
            setting.lines.push(per);
        }
    }

    /// The numbers of a trial: constants, and what was drawn.
    pub fn numbers(&self, names: &[&str], drawn: &[f64]) -> Numbers<'_> {
        let drawn = names.iter().map(|n| (*n).to_owned()).zip(drawn.iter().copied());
        let place = |(name, x): (String, f64)| {
            let input = self.inputs.iter().find(|[input, ..]| *input == name).map(|[_, _, place]| place.clone());
            let own = || name.strip_suffix(".amount").unwrap_or(&name).to_owned();
            (input.unwrap_or_else(own), x)
        };
        let values = self.constants.clone().into_iter().chain(drawn).map(place).collect();
        Numbers { setting: &self.setting, values: Rc::new(values), volume: None, failure_cost: None, month: 0 }
    }
}
