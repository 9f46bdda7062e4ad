//! Formulas of the drivers' rows: requests, prices, retrains, migrations, GPUs, and who serves.

use super::base_case::{BaseTable, cell, header};
use super::plan::MonthRow;
use crate::model::Absence;
use crate::scenario::Timing;

/// Slack for events that fall on the end of a month but for rounding, as the model has it.
const SLACK: &str = "1E-9";

impl BaseTable<'_, '_> {
    pub(super) fn requests(&self, number: u32, month: usize, each: &str) -> String {
        match self.each_of(MonthRow::Growth).filter(|_| month > 1) {
            Some(growth) => format!("{}*{growth}", cell(number, month - 1)),
            None => each.to_owned(),
        }
    }

    /// The trend, and the factor of each migration.
    pub(super) fn price(&self, i: usize, number: u32, month: usize, each: &str) -> Option<String> {
        let trend = if month > 1 { format!("{}*{each}", cell(number, month - 1)) } else { "1".to_owned() };
        let Some(migrations) = self.at(MonthRow::Migrations(i), month) else { return Some(trend) };
        let factor = self.formulas.of(self.option(i).price_factor)?;
        Some(format!("{trend}*IF({migrations}>0,POWER({factor},{migrations}),1)"))
    }

    pub(super) fn retrains(&self, i: usize, month: usize, each: &str) -> Option<String> {
        let option = self.option(i);
        let launch = self.formulas.of(option.launch)?;
        let now = header(month);
        Some(match option.retrains?.timing {
            Timing::Random => format!("IF({now}>{launch},{each},0)"),
            Timing::Scheduled => {
                let until = |earlier: &str| format!("MAX(0,INT({each}*({now}{earlier}-({launch}))+{SLACK}))");
                format!("{}-{}", until(""), until("-1"))
            }
        })
    }

    pub(super) fn migrations(&self, i: usize, month: usize, each: &str) -> Option<String> {
        let option = self.option(i);
        let launch = self.formulas.of(option.launch)?;
        let every = match option.migrations?.every {
            Some(every) => Some(self.formulas.of(every)?),
            None => None,
        };
        let now = header(month);
        let until = |earlier: &str| {
            let since = format!("{now}{earlier}+{SLACK}-{each}");
            let count = every.as_ref().map_or("1".to_owned(), |every| format!("INT(({since})/({every}))+1"));
            format!("IF({since}<0,0,{count})")
        };
        Some(format!("IF({now}>{launch},{}-{},0)", until(""), until("-1")))
    }

    pub(super) fn gpus(&self, i: usize, month: usize, each: &str) -> Option<String> {
        let gpus = self.option(i).gpus?;
        let [least, step] = [self.formulas.of(gpus.least)?, self.formulas.of(gpus.step)?];
        let requests = self.at(MonthRow::Requests, month)?;
        Some(format!("MAX({least},({step})*-INT(-({requests}*{each}/({step})-{SLACK})))"))
    }

    /// Whether a month lies after the launch and not after the last month.
    pub(super) fn serves(&self, i: usize, month: usize) -> String {
        let now = header(month);
        let before = self.end_of(i, Absence::BeforeLaunch).map(|until| format!("{now}>{until}"));
        let after = self.end_of(i, Absence::AfterRetirement).map(|retire| format!("{now}<={retire}"));
        let holds: Vec<String> = before.into_iter().chain(after).collect();
        format!("IF(AND({}),1,0)", holds.join(","))
    }
}
