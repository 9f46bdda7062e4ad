//! What differs by month in its place: the volume of requests, and what months mean to each option.

use super::assemble::MOST_STEPS;
use super::field::Field;
use super::months::{self, Since};
use super::place::Place;
use super::raw::Raw;
use super::refusal::refused_in;
use super::resolve::{Resolved, range_of};
use super::volume::{self, Volume};
use crate::diagnostic::Diagnostic;
use crate::quantity::program::Check;
use crate::quantity::{Reg, Rewriting};

/// Puts the volume in the place of requests that differ by month, and the requests of a month in that of what refers to
/// them.
pub(super) fn volume_of(resolved: &mut Resolved, given: Option<f64>) -> Option<Volume> {
    let place = Place::Common(Field::Requests);
    let requests = resolved.registers.get(&place).copied().filter(|r| resolved.builder.is_monthly(*r))?;
    let range = Field::Requests.range();
    let check = Check { name: Field::Requests.path(), low: range.low, high: range.high };
    let checks = resolved.builder.checks().len();
    let (held, volume) = volume::volume(&mut resolved.builder, requests, check, given);
    if resolved.builder.checks().len() > checks {
        resolved.checked.push(place.clone());
    }
    rewrite(resolved, &mut Rewriting::of([(requests, volume.of_month)]), |_| true);
    resolved.registers.insert(place, held);
    Some(volume)
}

/// Writes quantities anew, in the order of their registers: what is made anew has the same numbers every time.
fn rewrite(resolved: &mut Resolved, rewriting: &mut Rewriting, chosen: impl Fn(&Place) -> bool) {
    let mut places: Vec<(Reg, Place)> =
        resolved.registers.iter().filter(|(place, _)| chosen(place)).map(|(p, r)| (*r, p.clone())).collect();
    places.sort_by_key(|(register, _)| *register);
    for (register, place) in places {
        // A scenario of more steps is refused: then there is no need to go on.
        if resolved.builder.steps() > MOST_STEPS {
            return;
        }
        let other = resolved.builder.rewritten(register, rewriting);
        resolved.registers.insert(place, other);
    }
}

/// What an option's quantities ask of the months since its launch and training, in registers of its own.
pub(super) fn own_months(
    raw: &Raw,
    number: usize,
    labour: Option<Reg>,
    resolved: &mut Resolved,
    findings: &mut Vec<Diagnostic>,
) -> (Since, Option<Reg>) {
    let has_migration = raw.options[number].has_migration.is_some();
    let get = |field| resolved.registers.get(&Place::Option(number, field)).copied();
    let is_retrained = get(Field::RetrainsPerYear).is_some_and(|rate| !resolved.builder.is_zero(rate));
    let launch = get(Field::LaunchMonth);
    let (since, mut rewriting) =
        months::since(&mut resolved.builder, &resolved.asked, launch, is_retrained || has_migration);
    rewrite(resolved, &mut rewriting, |place| matches!(place, Place::Option(i, _) | Place::Line(i, _) if *i == number));
    if let Some(launch) = months::launched(&resolved.builder, launch) {
        hold_known(raw, (number, launch as usize), resolved, findings);
    }
    (since, labour.map(|labour| resolved.builder.rewritten(labour, &mut rewriting)))
}

/// Holds what is known of an option's months to its range, now that it is known when it is launched.
fn hold_known(raw: &Raw, (number, launch): (usize, usize), resolved: &mut Resolved, findings: &mut Vec<Diagnostic>) {
    for (place, quantity) in &raw.quantities {
        if !matches!(place, Place::Option(i, _) | Place::Line(i, _) if *i == number) {
            continue;
        }
        let Some(level) = resolved.registers.get(place).and_then(|r| resolved.builder.level(*r)) else { continue };
        let range = range_of(place);
        if let Some((month, x)) = months::first_outside(&level, launch, range) {
            findings.push(refused_in((&raw.path(place).join("."), x, month), quantity, range));
        }
        let register = resolved.builder.by_month(months::from_launch(&level, launch));
        resolved.registers.insert(place.clone(), register);
    }
}
