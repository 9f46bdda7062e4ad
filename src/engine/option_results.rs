//! What a run found out about one option, by name.

use std::fmt;

use super::metric::Metric;
use super::results::Results;
use super::statistic::{MonthlyCurve, Percentile, Stat};
use crate::stats::Estimate;

/// An option of some results.
#[derive(Clone, Copy, Debug)]
pub struct OptionResults<'a> {
    results: &'a Results,
    number: usize,
}

/// There is no option of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownOption(pub String);

impl fmt::Display for UnknownOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no option `{}`", self.0)
    }
}

impl std::error::Error for UnknownOption {}

impl Results {
    /// An option by its name.
    ///
    /// # Errors
    /// There is none.
    pub fn option(&self, name: &str) -> Result<OptionResults<'_>, UnknownOption> {
        let number = self.scenario.options.iter().position(|option| option.name == name);
        number.map(|number| OptionResults { results: self, number }).ok_or_else(|| UnknownOption(name.to_owned()))
    }

    /// All options, in the order of the scenario.
    pub fn options(&self) -> impl Iterator<Item = OptionResults<'_>> {
        (0..self.scenario.options.len()).map(|number| OptionResults { results: self, number })
    }
}

impl<'a> OptionResults<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        &self.results.scenario.options[self.number].name
    }

    /// Its number in the scenario, from 0.
    pub fn number(&self) -> usize {
        self.number
    }

    /// What a metric comes to over the trials.
    pub fn metric(&self, metric: Metric) -> Statistics<'a> {
        Statistics { option: *self, metric }
    }

    /// Discounted cost of all months, one-time costs included.
    pub fn total(&self) -> Statistics<'a> {
        self.metric(Metric::Total)
    }

    /// The total per month.
    pub fn monthly(&self) -> Statistics<'a> {
        self.metric(Metric::Monthly)
    }

    /// The baseline's total less this one's; undefined for the baseline.
    pub fn saving(&self) -> Statistics<'a> {
        self.metric(Metric::Saving)
    }

    /// The probability of being the cheapest candidate.
    pub fn p_cheapest(&self) -> Option<Estimate> {
        self.results.p_cheapest(self.number)
    }

    /// The probability of having broken even for good by the end of a month, from 1.
    pub fn p_broken_even(&self, month: u32) -> Option<Estimate> {
        self.results.curve(self.number, MonthlyCurve::StaysCheaper, month)
    }

    /// The probability of never breaking even for good.
    pub fn p_never(&self) -> Option<Estimate> {
        self.results.p_never(self.number, true)
    }
}

/// What a metric of an option comes to. Figures that are undefined have NaN for value.
#[derive(Clone, Copy, Debug)]
pub struct Statistics<'a> {
    option: OptionResults<'a>,
    metric: Metric,
}

impl Statistics<'_> {
    /// Any of its statistics; `None` where it is undefined.
    pub fn get(&self, stat: Stat) -> Option<Estimate> {
        self.option.results.metric(self.option.number, self.metric, stat)
    }

    fn defined(&self, stat: Stat) -> Estimate {
        self.get(stat).unwrap_or(Estimate::UNDEFINED)
    }

    /// Its mean.
    pub fn mean(&self) -> Estimate {
        self.defined(Stat::Mean)
    }

    /// Its standard deviation.
    pub fn sd(&self) -> Estimate {
        self.defined(Stat::Sd)
    }

    /// A quantile.
    pub fn quantile(&self, level: Percentile) -> Estimate {
        self.defined(Stat::Quantile(level))
    }
}
