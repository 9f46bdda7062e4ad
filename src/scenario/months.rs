//! What a quantity may ask of the month that it is evaluated in, and which may not ask.

use std::collections::HashMap;

use super::field::Field;
use super::place::Place;
use super::range::FieldRange;
use super::raw::Raw;
use crate::quantity::{Builder, MonthName, Reg, Rewriting};

/// Slack for what falls on the end of a month but for rounding.
pub const SLACK: f64 = 1e-9;

/// Registers of what is asked of a month and is not the same in every trial; those of options stand for the option that
/// asks.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked(HashMap<MonthName, Reg>);

impl Asked {
    /// The register of a name.
    ///
    /// # Errors
    /// What the scenario lacks for it.
    pub fn register(&mut self, builder: &mut Builder, raw: &Raw, name: MonthName) -> Result<Reg, &'static str> {
        let months = builder.horizon() as u32;
        match name {
            MonthName::Month => Ok(builder.by_month((0..=months).map(f64::from).collect())),
            MonthName::CalendarMonth => {
                let start = raw.start.ok_or("write start = 2027-01-01 under [simulation]: the first day of month 1")?;
                Ok(builder.by_month((0..=months).map(|m| f64::from(start.period(m).month())).collect()))
            }
            _ => Ok(*self.0.entry(name).or_insert_with(|| builder.outside())),
        }
    }

    /// The register with the requests of a month, if any quantity asks for them.
    pub fn requests(&self) -> Option<Reg> {
        self.get(MonthName::Requests)
    }

    fn get(&self, name: MonthName) -> Option<Reg> {
        self.0.get(&name).copied()
    }

    /// Why a quantity at a place may not be as it is, and what to write.
    pub fn refuse(&self, builder: &Builder, place: &Place, register: Reg) -> Option<(String, &'static str)> {
        if !builder.is_monthly(register) {
            return None;
        }
        let reads = |name| self.get(name).is_some_and(|source| builder.reads(register, source));
        let field = place.field()?;
        if let Some((why, help)) = never_monthly(field) {
            return Some((format!("`{}` cannot differ by month: {why}", field.key()), help));
        }
        let of_option = [MonthName::SinceLaunch, MonthName::SinceTraining].into_iter().find(|name| reads(*name));
        match (place, of_option) {
            (Place::Common(field), Some(name)) if *field != Field::LabourRate => Some((
                format!("`{}` belongs to an option, and `{}` to all of them", name.name(), field.key()),
                "use `month`, or write it in the option",
            )),
            (Place::Common(Field::Requests), None) if reads(MonthName::Requests) => Some((
                "`requests_per_month` depends on itself: `requests` are those of the month".to_owned(),
                "use `month`, a series or a ramp",
            )),
            (Place::Option(_, Field::MigrationRuns), Some(MonthName::SinceTraining)) => Some((
                "`training_runs` decides when an option is trained, and cannot depend on the months since".to_owned(),
                "use `month` or `months_since_launch`",
            )),
            _ => None,
        }
    }
}

/// Why a field is the same in all months, and what to write instead.
pub(super) fn never_monthly(field: Field) -> Option<(&'static str, &'static str)> {
    let once = "it says when something happens";
    let price = "write it into the prices, as in input_price = \"if(month > 12, 1.5, 3)\"";
    match field {
        Field::Growth => Some((
            "it applies to every month after the first",
            "write it into requests_per_month, as a series or a formula",
        )),
        Field::PriceChange => Some(("it compounds over all months", price)),
        Field::DiscountRate => Some(("one rate discounts all months", "write one number or distribution")),
        Field::SuccessProbability => Some(("a project succeeds or fails once", "write one number or distribution")),
        Field::LaunchMonth | Field::RetireMonth | Field::FirstAfterMonths | Field::EveryMonths => {
            Some((once, "write one number or distribution"))
        }
        Field::RetrainsPerYear => Some((once, "write one rate; what a retrain costs may differ by month")),
        _ => None,
    }
}

/// The first month after another in which a number lies outside a range.
pub(super) fn first_outside(level: &[f64], after: usize, range: FieldRange) -> Option<(usize, f64)> {
    level.iter().copied().enumerate().skip(after + 1).find(|(_, x)| !(x.is_finite() && range.contains(*x)))
}

/// Numbers by month of an option that is launched in a month; what is undefined before it does no harm.
pub(super) fn from_launch(level: &[f64], launch: usize) -> Vec<f64> {
    let harmless = |(m, x): (usize, &f64)| if m <= launch && !x.is_finite() { 0.0 } else { *x };
    level.iter().enumerate().map(harmless).collect()
}

/// The month of a launch as a number, where it is the same in every trial; the option serves after it.
pub(super) fn launched(builder: &Builder, launch: Option<Reg>) -> Option<f64> {
    launch.map_or(Some(0.0), |launch| builder.constant(launch)).map(|x| (x - SLACK).ceil())
}

/// The registers that say how long ago an option was launched and trained, where a quantity asks and trials differ.
#[derive(Clone, Copy, Debug, Default)]
pub struct Since {
    /// Months since the launch.
    pub launch: Option<Reg>,
    /// Months since the last training.
    pub training: Option<Reg>,
}

/// What an option's quantities mean by the months since its launch and training; `launch` is its month, and
/// `is_trained_again` whether there are retrains or migrations.
pub(super) fn since(
    builder: &mut Builder,
    asked: &Asked,
    launch: Option<Reg>,
    is_trained_again: bool,
) -> (Since, Rewriting) {
    let (mut since, mut known) = (Since::default(), HashMap::new());
    let launched = launched(builder, launch);
    let months = builder.horizon();
    for (name, place, later) in
        [(MonthName::SinceLaunch, &mut since.launch, 0.0), (MonthName::SinceTraining, &mut since.training, 1.0)]
    {
        let Some(any) = asked.get(name) else { continue };
        let own = match launched.filter(|_| name == MonthName::SinceLaunch || !is_trained_again) {
            Some(launch) => builder.by_month((0..=months).map(|m| (m as f64 - launch - later).max(0.0)).collect()),
            None => {
                let outside = builder.outside();
                *place = Some(outside);
                outside
            }
        };
        known.insert(any, own);
    }
    (since, Rewriting::of(known))
}
