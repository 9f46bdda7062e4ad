//! How many units of a driver fall in each month, where that is the same in every trial.

use super::line::Basis;
use super::option::OptionModel;
use super::timeline::{first_until, migrations_until, scheduled_until};
use crate::quantity::{Builder, Level, Reg};
use crate::scenario::{Timing, Volume};

/// Units of a driver, at its price level, in each month.
#[derive(Clone, Debug, PartialEq)]
pub enum Pace {
    /// The same in every trial: by month from 1. Those of requests are per request of month 1.
    Known(Vec<f64>),
    /// Different from trial to trial.
    Drawn,
}

/// The months in which an option itself serves, where they are the same in every trial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service {
    /// The last month before it.
    pub absent_until: f64,
    /// Its last month.
    pub retire: f64,
}

impl Service {
    /// Whether the option serves in a month.
    pub fn holds(&self, month: u32) -> bool {
        let month = f64::from(month);
        month > self.absent_until && month <= self.retire
    }
}

/// What is known of the months before any trial is drawn.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Requests of a month over the volume, which are those of month 1 unless that has none.
    pub growth: Option<Vec<f64>>,
    /// The part of it that is not growth.
    pub profile: Option<Level>,
    /// What a cost at the end of a month is worth at the start.
    pub discount: Option<Vec<f64>>,
    /// Token prices of each option over those of month 1.
    pub prices: Vec<Option<Vec<f64>>>,
    retrains: Vec<Option<Vec<f64>>>,
    migrations: Vec<Option<Vec<f64>>>,
    horizon: u32,
}

impl Calendar {
    pub(super) fn new(
        builder: &Builder,
        options: &[OptionModel],
        [growth, discount]: [Reg; 2],
        volume: Option<&Volume>,
        horizon: u32,
    ) -> Calendar {
        let factors = |reg: Reg| builder.constant(reg).map(|x| (1..=horizon).scan(1.0, |p, _| step(p, x)).collect());
        let growth: Option<Vec<f64>> = factors(growth).map(|mut months: Vec<f64>| {
            // Growth begins after month 1, discounting with it.
            months.insert(0, 1.0);
            months.truncate(horizon as usize);
            months
        });
        let profile = volume.and_then(|volume| volume.level.clone());
        let growth = match (growth, volume, &profile) {
            (growth, None, _) => growth,
            (Some(growth), _, Some(profile)) => Some(growth.iter().zip(&profile[1..]).map(|(g, p)| g * p).collect()),
            _ => None,
        };
        let migrations: Vec<_> = options.iter().map(|o| migrations(builder, o, horizon)).collect();
        let prices = options.iter().zip(&migrations).map(|(o, m)| prices(builder, o, m.as_deref(), horizon)).collect();
        let retrains = options.iter().map(|o| retrains(builder, o, horizon)).collect();
        Calendar { growth, profile, discount: factors(discount), prices, retrains, migrations, horizon }
    }

    /// Months.
    pub(super) fn horizon(&self) -> usize {
        self.horizon as usize
    }

    /// Units of a basis of an option, at the price level of another where the line follows it.
    pub fn pace(&self, option: usize, basis: Basis, price_of: Option<usize>) -> Pace {
        let ones = || Some(vec![1.0; self.horizon as usize]);
        let units = match basis {
            Basis::Once => Some(vec![0.0; self.horizon as usize]),
            Basis::Month => ones(),
            Basis::Request => self.growth.clone(),
            Basis::Retrain => self.retrains[option].clone(),
            Basis::Migration => self.migrations[option].clone(),
            Basis::Gpu => None,
        };
        let price = price_of.map_or_else(ones, |of| self.prices[of].clone());
        match (units, price) {
            (Some(units), Some(price)) => Pace::Known(units.iter().zip(price).map(|(u, p)| u * p).collect()),
            _ => Pace::Drawn,
        }
    }
}

fn step(product: &mut f64, factor: f64) -> Option<f64> {
    *product *= factor;
    Some(*product)
}

/// The units of each month from a count up to the end of a month, from the launch on.
fn by_month(launch: f64, horizon: u32, until: impl Fn(f64) -> f64) -> Vec<f64> {
    let count = |m: f64| if m > launch { until(m) - until(m - 1.0) } else { 0.0 };
    (1..=horizon).map(|m| count(f64::from(m))).collect()
}

fn retrains(builder: &Builder, option: &OptionModel, horizon: u32) -> Option<Vec<f64>> {
    let Some(retrains) = option.retrains else { return Some(vec![0.0; horizon as usize]) };
    let (monthly, launch) = (builder.constant(retrains.monthly)?, builder.constant(option.launch)?);
    let scheduled = retrains.timing == Timing::Scheduled;
    scheduled.then(|| by_month(launch, horizon, |m| scheduled_until(monthly, m - launch)))
}

fn migrations(builder: &Builder, option: &OptionModel, horizon: u32) -> Option<Vec<f64>> {
    let Some(migrations) = option.migrations else { return Some(vec![0.0; horizon as usize]) };
    let (first, launch) = (builder.constant(migrations.first)?, builder.constant(option.launch)?);
    let every = match migrations.every {
        Some(every) => Some(builder.constant(every)?),
        None => None,
    };
    Some(by_month(launch, horizon, |m| match every {
        Some(every) => migrations_until(first, every, m),
        None => first_until(first, m),
    }))
}

fn prices(builder: &Builder, option: &OptionModel, migrations: Option<&[f64]>, horizon: u32) -> Option<Vec<f64>> {
    let change = builder.constant(option.price_change)?;
    let factor = if option.migrations.is_some() { Some(builder.numbers(option.price_factor)?) } else { None };
    let mut price = 1.0;
    let months = (0..horizon as usize).zip(migrations?);
    Some(
        months
            .map(|(m, count)| {
                price *= if m > 0 { change } else { 1.0 };
                price *= if *count > 0.0 {
                    crate::math::pow(factor.as_ref().map_or(1.0, |by| by[m + 1]), *count)
                } else {
                    1.0
                };
                price
            })
            .collect(),
    )
}
