//! Formulas of the drivers' rows: requests, prices, retrains, migrations, GPUs, and who serves.

use super::base_case::{BaseTable, cell, header};
use super::plan::MonthRow;
use crate::model::Absence;
use crate::scenario::Timing;

/// Slack for events that fall on the end of a month but for rounding, as the model has it.
const SLACK: &str = "1E-9";

impl BaseTable<'_, '_> {
    pub(super) fn requests(&self, number: u32, month: usize, each: &str) -> String {
        if let Some(volume) = self.open.scenario.volume() {
            let growth = self
                .each_of(MonthRow::Growth)
                .map_or(String::new(), |growth| format!("*POWER({growth},{}-1)", header(month)));
            return format!("{}{growth}", self.in_month(volume.of_month, month));
        }
        match self.each_of(MonthRow::Growth).filter(|_| month > 1) {
            Some(growth) => format!("{}*{growth}", cell(number, month - 1)),
            None => each.to_owned(),
        }
    }

    /// The trend, and the factor of each migration.
    pub(super) fn price(&self, i: usize, number: u32, month: usize, each: &str) -> Option<String> {
        let trend = if month > 1 { format!("{}*{each}", cell(number, month - 1)) } else { "1".to_owned() };
        let Some(migrations) = self.at(MonthRow::Migrations(i), month) else { return Some(trend) };
        let factor = self.amount(self.option(i).price_factor, month)?;
        Some(format!("{trend}*IF({migrations}>0,POWER({factor},{migrations}),1)"))
    }

    pub(super) fn retrains(&self, i: usize, month: usize, each: &str) -> Option<String> {
        let option = self.option(i);
        let launch = self.formulas.of(option.launch)?;
        let now = header(month);
        Some(match option.retrains?.timing {
            Timing::Random => format!("IF({now}>{launch},{each},0)"),
            Timing::Scheduled => Self::scheduled(each, &now, &launch),
        })
    }

    /// Retrains on a schedule, at so many a month, in the month of a cell.
    pub(super) fn scheduled(monthly: &str, now: &str, launch: &str) -> String {
        let until = |earlier: &str| format!("MAX(0,INT({monthly}*({now}{earlier}-({launch}))+{SLACK}))");
        format!("({}-{})", until(""), until("-1"))
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
        let [least, step] = [self.amount(gpus.least, month)?, self.amount(gpus.step, month)?];
        let requests = self.at(MonthRow::Requests, month)?;
        let inline = self.is_monthly(gpus.per_request).then(|| self.in_month(gpus.per_request, month));
        let each = inline.as_deref().unwrap_or(each);
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
