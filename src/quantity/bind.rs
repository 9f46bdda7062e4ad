//! The arguments of a distribution to the parameters of one of its forms.

use std::ops::Range;

use super::QuantityError;
use super::ast::{Argument, Expr};
use super::family::Family;
use crate::diagnostic::nearest;
use crate::dist::Form;

/// A form with the expression of each parameter; `None` where the default stands.
#[derive(Debug)]
pub(super) struct Bound<'a> {
    pub form: Form,
    pub parameters: Vec<Parameter<'a>>,
}

/// A parameter's value.
#[derive(Debug)]
pub(super) enum Parameter<'a> {
    Written(&'a Expr),
    /// As a share of the size of the first parameter, the mean.
    OfMean(&'a Expr),
    Default(f64),
}

/// The coefficient of variation, by which every standard deviation may be given.
const CV: &str = "cv";

/// One way to give a family's parameters.
#[derive(Clone, Copy)]
struct Choice {
    form: &'static Form,
    names: &'static [&'static str],
    defaults: &'static [f64],
}

impl Choice {
    /// The place of a parameter.
    fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| *n == name || *n == "sd" && name == CV)
    }
}

fn choices(family: Family) -> Vec<Choice> {
    let description = family.description();
    let choice = |form: &'static Form| Some(Choice { form, names: form.names()?, defaults: description.defaults });
    description.forms.iter().filter_map(choice).collect()
}

/// Matches arguments with a form of the family.
///
/// # Errors
/// Unknown, repeated, missing or surplus parameters, and positions where names are required.
pub(super) fn bind<'a>(
    family: Family,
    arguments: &'a [Argument],
    at: &Range<usize>,
) -> Result<Bound<'a>, QuantityError> {
    repeated(arguments)?;
    let by_percentiles = matches!(family, Family::Normal | Family::LogNormal | Family::Metalog);
    let has_percentile = arguments.iter().any(|a| percentile(a).is_some());
    let named_only = matches!(family, Family::LogNormal | Family::Metalog);
    if let Some(first) = arguments.first().filter(|a| named_only && a.name.is_none()) {
        return Err(positional(family, first));
    }
    if family == Family::Metalog || (by_percentiles && has_percentile) {
        return percentiles(family, arguments, at);
    }
    let choices = choices(family);
    let chosen = choices.iter().find(|c| {
        let mut named = arguments.iter().filter_map(|a| a.name.as_ref());
        named.all(|(n, _)| c.place(n).is_some())
    });
    match chosen {
        Some(choice) => fill(family, choice, arguments, at),
        None => Err(unknown(family, &choices, arguments)),
    }
}

fn fill<'a>(
    family: Family,
    choice: &Choice,
    arguments: &'a [Argument],
    at: &Range<usize>,
) -> Result<Bound<'a>, QuantityError> {
    let mut slots: Vec<Option<&Argument>> = vec![None; choice.names.len()];
    for (i, argument) in arguments.iter().enumerate() {
        let slot = match &argument.name {
            Some((name, _)) => choice.place(name),
            None => Some(i),
        };
        match slot.and_then(|s| slots.get_mut(s)) {
            Some(Some(_)) => return Err(wrong(family, &argument.value.at, "this parameter is given twice")),
            Some(empty) => *empty = Some(argument),
            None => {
                return Err(wrong(family, &argument.value.at, &format!("`{}` has no such parameter", family.name())));
            }
        }
    }
    let required = choice.names.len() - choice.defaults.len();
    let mut parameters = Vec::new();
    for (i, slot) in slots.into_iter().enumerate() {
        parameters.push(match (slot, i.checked_sub(required)) {
            (Some(Argument { name: Some((name, _)), value }), _) if name == CV => Parameter::OfMean(value),
            (Some(argument), _) => Parameter::Written(&argument.value),
            (None, Some(d)) => Parameter::Default(choice.defaults[d]),
            (None, None) => {
                return Err(wrong(family, at, &format!("`{}` needs `{}`", family.name(), choice.names[i])));
            }
        });
    }
    Ok(Bound { form: choice.form.clone(), parameters })
}

fn percentiles<'a>(family: Family, arguments: &'a [Argument], at: &Range<usize>) -> Result<Bound<'a>, QuantityError> {
    let mut found: Vec<(f64, &Expr)> = Vec::new();
    let (mut min, mut max) = (None, None);
    for argument in arguments {
        let name = argument.name.as_ref().map_or("", |(n, _)| n.as_str());
        match (percentile(argument), name) {
            (Some(p), _) if p > 0.0 && p < 1.0 => found.push((p, &argument.value)),
            (Some(_), _) => return Err(wrong(family, &name_at(argument), "percentiles lie between 0 and 100")),
            (None, "min") if family == Family::Metalog => min = Some(&argument.value),
            (None, "max") if family == Family::Metalog => max = Some(&argument.value),
            _ => return Err(wrong(family, &name_at(argument), &format!("unexpected parameter `{name}`"))),
        }
    }
    let expected = if family == Family::Metalog { 3..=9 } else { 2..=2 };
    if !expected.contains(&found.len()) {
        let wanted = if family == Family::Metalog { "3 to 9 percentiles" } else { "two percentiles" };
        return Err(wrong(family, at, &format!("`{}` takes {wanted}, not {}", family.name(), found.len())));
    }
    let probabilities: Vec<f64> = found.iter().map(|(p, _)| *p).collect();
    let form = match family {
        Family::Normal => Form::NormalPercentiles([probabilities[0], probabilities[1]]),
        Family::LogNormal => Form::LogNormalPercentiles([probabilities[0], probabilities[1]]),
        _ => Form::Metalog { probabilities, has_min: min.is_some(), has_max: max.is_some() },
    };
    let parameters = found.iter().map(|(_, e)| *e).chain(min).chain(max).map(Parameter::Written).collect();
    Ok(Bound { form, parameters })
}

/// 0.025 for `p2.5 = …`.
fn percentile(argument: &Argument) -> Option<f64> {
    let (name, _) = argument.name.as_ref()?;
    let digits = name.strip_prefix('p').filter(|d| d.starts_with(|c: char| c.is_ascii_digit()))?;
    let percent: f64 = digits.parse().ok()?;
    Some(percent / 100.0)
}

fn repeated(arguments: &[Argument]) -> Result<(), QuantityError> {
    for (i, argument) in arguments.iter().enumerate() {
        let Some((name, at)) = &argument.name else { continue };
        if arguments[..i].iter().any(|a| a.name.as_ref().is_some_and(|(n, _)| n == name)) {
            return Err(QuantityError::new(at.clone(), format!("`{name}` is given twice")).help("keep one of the two"));
        }
    }
    Ok(())
}

fn name_at(argument: &Argument) -> Range<usize> {
    argument.name.as_ref().map_or(argument.value.at.clone(), |(_, at)| at.clone())
}

fn wrong(family: Family, at: &Range<usize>, message: &str) -> QuantityError {
    QuantityError::new(at.clone(), message).help(format!("write {}", family.description().usage))
}

fn positional(family: Family, first: &Argument) -> QuantityError {
    let why = match family {
        Family::LogNormal => "two numbers alone could be mean and sd, or median and sigma; both are in use",
        _ => "each value needs to say which percentile it is",
    };
    let message = format!("the parameters of `{}` are given by name", family.name());
    QuantityError::new(first.value.at.clone(), message).help(why).help(format!("write {}", family.description().usage))
}

fn unknown(family: Family, choices: &[Choice], arguments: &[Argument]) -> QuantityError {
    let known: Vec<&str> = choices.iter().flat_map(|c| c.names.iter().copied()).collect();
    let stranger = arguments.iter().filter_map(|a| a.name.as_ref()).find(|(n, _)| !known.contains(&n.as_str()));
    let Some((name, at)) = stranger else {
        let at = arguments.first().map_or(0..0, name_at);
        return wrong(family, &at, "these parameters do not go together");
    };
    let error = QuantityError::new(at.clone(), format!("`{}` has no parameter `{name}`", family.name()));
    let error = match nearest(name, known.iter().copied()) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error,
    };
    error.help(format!("write {}", family.description().usage))
}
