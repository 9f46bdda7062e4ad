//! What a log says of the months that a scenario has too.

use super::figure::UseMetric;
use super::months::{Covered, days_of};
use super::priced::{LogPrices, UsedPrice};
use super::study::Seen;
use super::usage::{MonthUse, UsageLog};
use super::walk::inference_lines;
use crate::diagnostic::{Refusal, refuse};
use crate::model::Model;
use crate::scenario::{Scenario, TrialsAre};
use crate::workload::cached_beside;

/// What a log says, month by month.
#[derive(Clone, Debug)]
pub struct Observed {
    /// What was seen in the whole months.
    pub seen: Seen,
    /// Months that the log covers only in part, which are left out.
    pub partial: Vec<u32>,
    /// The models of the log, in the order in which they were met.
    pub models: Vec<String>,
    /// What somebody should know before the numbers are used.
    pub notes: Vec<String>,
    /// Where prices come from that the log does not have.
    pub prices: Vec<UsedPrice>,
}

impl Observed {
    /// What a log says of the months of a scenario, of an option by number. Spending is not compared of an option that pays
    /// for no tokens.
    ///
    /// # Errors
    /// A scenario without a date, a log of other times or without dates, one that has no whole month, and one that neither has
    /// costs nor is of models with known prices.
    pub fn new(scenario: &Scenario, model: &Model, option: usize, log: &UsageLog) -> Result<Observed, Refusal> {
        let simulation = scenario.simulation();
        if simulation.trials_are == TrialsAre::Tasks {
            return refuse(
                "each trial of the scenario is a task, and says nothing of a month",
                "hold a log against a scenario whose trials are futures: trials_are = \"futures\"",
            );
        }
        let Some(start) = simulation.start else {
            return refuse(
                "the scenario does not say which month of the calendar its first one is",
                "write it under [simulation], such as start = 2027-01-01",
            );
        };
        if log.is_relative() {
            return refuse(
                "the times of the log count from an unknown start",
                "name a field of dates with --map time=FIELD",
            );
        }
        let Some(ends) = log.ends() else { return refuse("the log has no requests", "read another") };
        let Covered { whole, partial } = Covered::new(start, simulation.horizon, ends)?;
        let months: Vec<MonthUse> = whole.clone().map(|month| log.between(days_of(start, month))).collect();
        let pays = inference_lines(model, option).next().is_some();
        let (spend, prices) = if pays { spending(scenario, &months)? } else { (vec![None; months.len()], Vec::new()) };
        let rows = months.iter().zip(spend).map(|(month, spend)| row(month, spend)).collect();
        Ok(Observed {
            seen: Seen { first_month: *whole.start(), months: rows },
            partial,
            models: log.models().to_vec(),
            notes: log.wrong().iter().map(|model| cached_beside(model)).collect(),
            prices,
        })
    }
}

fn spending(scenario: &Scenario, months: &[MonthUse]) -> Result<(Vec<Option<f64>>, Vec<UsedPrice>), Refusal> {
    let prices = LogPrices::find(scenario, months)?;
    let spend = months.iter().map(|month| prices.spend(month).map(Some)).collect::<Result<_, _>>()?;
    Ok((spend, prices.used()))
}

fn row(month: &MonthUse, spend: Option<f64>) -> [Option<f64>; 4] {
    UseMetric::ALL.map(|metric| match metric {
        UseMetric::Requests => month.requests,
        UseMetric::InputTokens => Some(month.input),
        UseMetric::OutputTokens => Some(month.output),
        UseMetric::Spend => spend,
    })
}
