//! Fields that mean nothing without one another.

use super::field::Field;
use super::place::Place;
use super::raw_option::RawOption;
use super::validate::Checker;
use crate::diagnostic::Diagnostic;

impl Checker<'_> {
    /// `first` needs `second`, which has no sensible default.
    fn needs(&self, i: usize, first: Field, second: Field, (what, help): (&str, &str), problems: &mut Vec<Diagnostic>) {
        if let Some(span) = self.nonzero(i, first).filter(|_| !self.written(i, second)) {
            problems.push(Diagnostic::error(span, what).help(help));
        }
    }

    /// Half-filled pairs of an option: errors, since their silent zeros would win comparisons unnoticed.
    pub(super) fn pairs(&self, i: usize, option: &RawOption, problems: &mut Vec<Diagnostic>) {
        if option.has_unknown_keys {
            return;
        }
        self.work(i, problems);
        self.inference(i, problems);
        self.training(i, problems);
        self.hosting(i, problems);
        self.migration(i, option, problems);
    }

    fn work(&self, i: usize, problems: &mut Vec<Diagnostic>) {
        let no_labour = !self.spans.contains_key(&Place::Common(Field::LabourRate));
        let hours = [
            (Field::SetupHours, Field::SetupRate),
            (Field::DatasetHours, Field::DatasetRate),
            (Field::HoursPerRetrain, Field::TrainingRate),
            (Field::MigrationHours, Field::MigrationRate),
            (Field::MaintenanceHours, Field::MaintenanceRate),
        ];
        for (hours, rate) in hours.into_iter().filter(|_| no_labour) {
            let help = "write hourly_rate beside it, or once for all under [labour]";
            self.needs(i, hours, rate, ("hours without an hourly rate cost nothing", help), problems);
        }
        for examples in [Field::Examples, Field::ExamplesPerRetrain] {
            if !self.written(i, Field::TrainingPrice) {
                let help = "write dataset.cost_per_example, or 0 if they are free";
                self.needs(i, examples, Field::CostPerExample, ("examples without a cost", help), problems);
            }
        }
    }

    fn inference(&self, i: usize, problems: &mut Vec<Diagnostic>) {
        let prices = [Field::InputPrice, Field::OutputPrice];
        for (a, b) in [(prices[0], prices[1]), (prices[1], prices[0])] {
            if let Some(span) = self.span(i, a).filter(|_| !self.written(i, b)) {
                let message = format!("`{}` without `{}`", a.key(), b.key());
                let help = format!("write {} too; 0 if those tokens are free", b.key());
                problems.push(Diagnostic::error(span, message).help(help));
            }
        }
        if let Some(span) = self.span(i, Field::CacheHitRate).filter(|_| !self.written(i, Field::CachedPrice)) {
            let error = Diagnostic::error(span, "`cache_hit_rate` turns caching on, which needs `cached_price`");
            problems.push(error.help("write cached_price, the price per million tokens read from the cache"));
        }
        self.long_requests(i, problems);
        for field in [Field::CachedPrice, Field::CacheWritePrice, Field::CacheMinTokens] {
            if let Some(span) = self.span(i, field).filter(|_| !self.written(i, Field::CacheHitRate)) {
                let warning = Diagnostic::warning(span, format!("`{}` has no effect: caching is off", field.key()));
                problems.push(warning.help("write cache_hit_rate to turn it on"));
            }
        }
    }

    /// Long requests have prices of their own, both.
    fn long_requests(&self, i: usize, problems: &mut Vec<Diagnostic>) {
        let share = self.span(i, Field::LongTokenShare);
        for price in [Field::LongInputPrice, Field::LongOutputPrice] {
            match (share, self.span(i, price)) {
                (Some(span), None) => {
                    let message = format!("`long_token_share` needs `{}`", price.key());
                    let help = format!("write {}, the price per million tokens of long requests", price.key());
                    problems.push(Diagnostic::error(span, message).help(help));
                }
                (None, Some(span)) => {
                    let message = format!("`{}` has no effect: no tokens are in long requests", price.key());
                    let help = "write long_token_share, the share of tokens in requests above the vendor's threshold";
                    problems.push(Diagnostic::warning(span, message).help(help));
                }
                _ => {}
            }
        }
    }

    fn training(&self, i: usize, problems: &mut Vec<Diagnostic>) {
        let billing = [Field::TrainingPrice, Field::TokensPerExample, Field::Examples];
        let by_token = billing.iter().all(|f| self.written(i, *f));
        let started = billing[..2].iter().find_map(|f| self.nonzero(i, *f));
        if let Some(span) = started.filter(|_| !by_token) {
            let error = Diagnostic::error(span, "billing by training token takes three numbers");
            problems.push(error.help(
                "write training.training_price, training.tokens_per_example and dataset.examples, or none of the first two",
            ));
            return;
        }
        let runs = [Field::InitialRuns, Field::RetrainsPerYear, Field::MigrationRuns];
        let run = runs.iter().find_map(|f| self.nonzero(i, *f));
        if let Some(span) = run.filter(|_| !by_token && !self.written(i, Field::CostPerRun)) {
            let error = Diagnostic::error(span, "training runs without their price");
            problems.push(error.help("write training.cost_per_run, or 0 if runs cost nothing"));
        }
    }

    fn hosting(&self, i: usize, problems: &mut Vec<Diagnostic>) {
        let capacities = [Field::GpuTokensPerSecond, Field::GpuRequestsPerSecond];
        let given = capacities.iter().filter(|f| self.written(i, **f)).count();
        if let Some(span) = self.span(i, Field::GpuRate) {
            if given != 1 {
                let message = match given {
                    0 => "GPUs that follow the traffic need to know what one of them serves",
                    _ => "what a GPU serves is given twice",
                };
                let help = "write gpu_tokens_per_second or gpu_requests_per_second, one of them";
                problems.push(Diagnostic::error(span, message).help(help));
            }
        } else {
            let idle = [Field::PeakToAverage, Field::MinGpus, Field::GpusPerStep];
            for field in capacities.into_iter().chain(idle) {
                if let Some(span) = self.span(i, field) {
                    let warning =
                        Diagnostic::warning(span, format!("`{}` has no effect: no GPUs are paid for", field.key()));
                    problems.push(warning.help("write gpu_hourly_rate to turn GPUs on"));
                }
            }
        }
    }

    fn migration(&self, i: usize, option: &RawOption, problems: &mut Vec<Diagnostic>) {
        if let Some(span) = option.has_migration.filter(|_| !self.written(i, Field::FirstAfterMonths)) {
            let error = Diagnostic::error(span, "a migration needs `first_after_months`");
            problems
                .push(error.help("write first_after_months = \"uniform(1, 17)\": months until the model is retired"));
        }
    }
}
