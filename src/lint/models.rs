//! What a price list says of the models that are named, beside their prices.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::diagnostic::Diagnostic;
use crate::engine::Drawn;
use crate::scenario::{Field, NamedModel, Start};

/// The day of this version: what stands for today, since no clock is read.
const RELEASED: Date = date(2026, 11, 29);
/// Days after which a price is old.
const OLD: i64 = 180;
/// A mean of this share of the threshold leaves some requests above it.
const NEAR: f64 = 0.25;

/// Hints on models that are retired within the horizon, old prices, requests that may be long, and rents.
pub fn models(drawn: &Drawn<'_>) -> Vec<Diagnostic> {
    let models = drawn.scenario.models.iter();
    models
        .flat_map(|model| [retired(drawn, model), old(drawn, model), long(drawn, model), rented(drawn, model)])
        .flatten()
        .collect()
}

fn today(drawn: &Drawn<'_>) -> Start {
    let released = Start::new(RELEASED.first_of_month());
    // The first of a month is one.
    drawn.scenario.simulation().start.or(released).unwrap_or_else(|| unreachable!("a first of a month"))
}

fn retired(drawn: &Drawn<'_>, model: &NamedModel) -> Option<Diagnostic> {
    let (spec, start) = (&drawn.scenario.options[model.option], today(drawn));
    let served = spec.has_migration || spec.get(Field::RetireMonth).is_some();
    let day = model.retires.filter(|day| !served && *day < start.period(drawn.model.horizon + 1))?;
    let message = format!("{} is retired on {day}, within the horizon", model.entry);
    let after = start.months_to(day).map_or(0.0, f64::ceil);
    let help = format!("write [option.migration] and first_after_months = {after}, with what moving on takes");
    Some(Diagnostic::hint(model.span, message).help(help))
}

fn old(drawn: &Drawn<'_>, model: &NamedModel) -> Option<Diagnostic> {
    let start = drawn.scenario.simulation().start;
    let now = start.map_or(RELEASED, |start| start.period(1));
    let as_of = model.as_of.filter(|day| day.checked_add(OLD.days()).is_ok_and(|old| old < now))?;
    let hint = Diagnostic::hint(model.span, format!("the prices of {} are those of {as_of}", model.entry));
    Some(hint.help("look them up, or name a newer list with --prices"))
}

fn long(drawn: &Drawn<'_>, model: &NamedModel) -> Option<Diagnostic> {
    let (above, option) = (model.long_above?, model.option);
    let own = [Field::ExtraInputTokens, Field::InstructionTokens].map(|field| drawn.mean(option, field));
    let tokens = drawn.common(Field::InputTokens) + own.iter().sum::<f64>();
    let tokens = tokens * drawn.mean(option, Field::TokenMultiplier);
    if drawn.place(option, Field::LongTokenShare).is_some() || tokens <= NEAR * above {
        return None;
    }
    let message = format!("requests of more than {above} input tokens cost more with {}", model.entry);
    let hint = Diagnostic::hint(model.span, message);
    Some(hint.help("write long_token_share, the share of tokens in such requests"))
}

fn rented(drawn: &Drawn<'_>, model: &NamedModel) -> Option<Diagnostic> {
    let hourly = model.hosting?;
    let hosting = [Field::HostingPerHour, Field::HostingPerMonth, Field::GpuRate];
    if hosting.iter().any(|field| drawn.place(model.option, *field).is_some()) {
        return None;
    }
    let hint = Diagnostic::hint(model.span, format!("{} costs {hourly} for every hour beside its tokens", model.entry));
    Some(hint.help(format!("write hosting.cost_per_hour = {hourly}, or 0 if it is among other costs")))
}
