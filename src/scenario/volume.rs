//! The volume of requests that differ by month: a number that can be varied, and what the months are by it.

use super::assemble::MOST_STEPS;
use super::field::Field;
use super::order::place_of;
use super::place::Place;
use super::raw::Raw;
use crate::quantity::ast::{Binary, Comparison, DataUse, ExprKind};
use crate::quantity::program::Check;
use crate::quantity::{Builder, Level, MonthName, NEARLY_ALL, Reg, Rewriting, parse};

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
        let mut sum = builder.number(0.0);
        // A scenario of more steps is refused: then there is no need to go on.
        for month in 1..=builder.horizon() {
            if builder.steps() > MOST_STEPS {
                break;
            }
            let requests = at(builder, month);
            sum = builder.add(sum, requests);
        }
        (builder.scale(sum, 1.0 / builder.horizon() as f64), VolumeUnit::Average)
    };
    let ratio = builder.binary(Binary::Divide, requests, unit);
    let zero = builder.number(0.0);
    (unit, builder.select(Comparison::Greater, [unit, zero, ratio, zero]), kind)
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
