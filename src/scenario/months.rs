//! What differs by month: names that a formula may ask for, fields that may not, and the requests of a month by its volume.

use std::collections::HashMap;

use super::field::Field;
use super::order::place_of;
use super::place::Place;
use super::range::FieldRange;
use super::raw::Raw;
use crate::quantity::ast::{Binary, Comparison, DataUse, ExprKind};
use crate::quantity::program::Check;
use crate::quantity::{Builder, Level, MonthName, NEARLY_ALL, Reg, Rewriting, parse};

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

/// Whether a quantity asks for the month, directly or through inputs.
fn differs(raw: &Raw, place: &Place, seen: &mut Vec<Place>) -> bool {
    if seen.contains(place) {
        return false;
    }
    seen.push(place.clone());
    let quantity = raw.quantities.iter().find(|(other, _)| other == place);
    let Some(expr) = quantity.and_then(|(_, quantity)| quantity.expr.as_ref().ok()) else { return false };
    let mut asks = false;
    expr.visit(&mut |part| {
        asks |= match &part.kind {
            ExprKind::Ramp(_) => true,
            ExprKind::Data(call) => call.wanted == DataUse::Series,
            ExprKind::Reference(name) => MonthName::named(name).is_some(),
            _ => false,
        }
    });
    asks || expr.references().iter().filter_map(|(name, _)| place_of(name)).any(|place| differs(raw, &place, seen))
}

/// The volume that a change by `--vary` sets, where requests differ by month: they keep their course.
pub(super) fn varied_volume(change: &str, raw: &Raw) -> Option<f64> {
    let (path, value) = change.split_once('=')?;
    let place = Place::Common(Field::Requests);
    let is_volume = path.trim() == Field::Requests.path() && differs(raw, &place, &mut Vec::new());
    match parse(value).ok().filter(|_| is_volume)?.kind {
        ExprKind::Number(x, _) if x.is_finite() && x >= 0.0 => Some(x),
        _ => None,
    }
}

/// Why a field is the same in all months, and what to write instead.
fn never_monthly(field: Field) -> Option<(&'static str, &'static str)> {
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

/// What the volume of a scenario is, whose requests differ by month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VolumeUnit {
    /// Requests of month 1.
    FirstMonth,
    /// The average over all months, before growth: month 1 has none.
    Average,
}

/// Requests that differ by month beyond their growth.
#[derive(Clone, Debug)]
pub struct Volume {
    /// Requests of a month, before growth: a multiple of the volume.
    pub of_month: Reg,
    /// Which multiple, where that is the same in every trial.
    pub level: Option<Level>,
    /// What the volume counts.
    pub unit: VolumeUnit,
    /// Requests of month 1.
    pub first: Reg,
}

/// The volume of requests that differ by month, in a register of its own, and what the months are by it.
/// Another volume than the scenario's own may be `given`.
pub(super) fn volume(builder: &mut Builder, requests: Reg, check: Check, given: Option<f64>) -> (Reg, Volume) {
    let (unit, profile, kind) = match builder.separated(requests).as_deref() {
        Some([(number, level)]) => of_product(builder, *number, level),
        _ => of_any(builder, requests),
    };
    let volume = match given.or_else(|| builder.constant(unit)) {
        Some(x) => builder.pinned(x),
        None => builder.clamp(unit, check),
    };
    let of_month = builder.multiply(volume, profile);
    let first = builder.rewritten(of_month, &mut Rewriting::at(1, []));
    (volume, Volume { of_month, level: builder.numbers(profile), unit: kind, first })
}

/// A number of the trial times a number of the month.
fn of_product(builder: &mut Builder, number: Reg, level: &Level) -> (Reg, Reg, VolumeUnit) {
    let average = level[1..].iter().sum::<f64>() / (level.len() - 1) as f64;
    let (unit, kind) = match level[1] {
        0.0 => (average, VolumeUnit::Average),
        first => (first, VolumeUnit::FirstMonth),
    };
    let profile = level.iter().map(|x| if unit == 0.0 { 0.0 } else { x / unit }).collect();
    (builder.scale(number, unit), builder.by_month(profile), kind)
}

/// Anything else.
fn of_any(builder: &mut Builder, requests: Reg) -> (Reg, Reg, VolumeUnit) {
    let at = |builder: &mut Builder, month: usize| builder.rewritten(requests, &mut Rewriting::at(month, []));
    let first = at(builder, 1);
    let (unit, kind) = if builder.bounds(first, NEARLY_ALL)[0] > 0.0 {
        (first, VolumeUnit::FirstMonth)
    } else {
        let all: Vec<Reg> = (1..=builder.horizon()).map(|m| at(builder, m)).collect();
        let zero = builder.number(0.0);
        let sum = all.into_iter().fold(zero, |sum, x| builder.add(sum, x));
        (builder.scale(sum, 1.0 / builder.horizon() as f64), VolumeUnit::Average)
    };
    let ratio = builder.binary(Binary::Divide, requests, unit);
    let zero = builder.number(0.0);
    (unit, builder.select(Comparison::Greater, [unit, zero, ratio, zero]), kind)
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

impl Asked {
    /// The register with the requests of a month, if any quantity asks for them.
    pub fn requests(&self) -> Option<Reg> {
        self.get(MonthName::Requests)
    }
}
