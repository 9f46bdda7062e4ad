//! What an author may want to look at once more: choices that are often made by mistake.

use super::models::models;
use crate::diagnostic::Diagnostic;
use crate::dist::Dist;
use crate::engine::{Drawn, ReachedRank, reached_ranks};
use crate::math;
use crate::model::Model;
use crate::quantity::{Law, Variable};
use crate::scenario::{Field, Place, Scenario, Timing, WrittenQuantity};

/// Months that hosted models last from their release, as a rule.
const LIFETIME: u32 = 16;
/// A standard deviation of so many means is a tail that few draws decide.
const HEAVY: f64 = 3.0;
/// Rank correlations from here on are worth a word, where the values reach less than this share of them.
const NOTABLE: f64 = 0.3;
const REACHED: f64 = 0.6;
/// Of what goes for many variables, so many are named.
const NAMED: usize = 3;

/// Hints for a scenario that can be run.
pub fn hints(scenario: &Scenario, model: &Model) -> Vec<Diagnostic> {
    let mut found = heavy_tails(scenario, model);
    found.extend(written_twice(scenario, model));
    found.extend(rows_apart(scenario, model));
    found.extend(unused(scenario, model));
    found.extend(skewed_pairs(scenario, model));
    found.extend(tied_pairs(scenario, model));
    if let Some(drawn) = Drawn::new(scenario, model) {
        for option in 0..scenario.options.len() {
            found.extend(long_instructions(&drawn, option));
            found.extend(two_discounts(&drawn, option));
            found.extend(no_retrain(&drawn, option).filter(|_| no_launch(&drawn, option).is_none()));
            found.extend(dear_cache(&drawn, option));
            found.extend(no_migration(&drawn, option));
        }
        found.extend(models(&drawn));
    }
    found
}

/// The numbers of the variables whose tails are so heavy that few draws decide their means.
pub fn heavy_tailed(model: &Model) -> Vec<usize> {
    let heavy = |variable: &Variable| match &variable.law {
        Law::Fixed(quantiles) => {
            let (mean, sd) = (quantiles.dist().mean(), quantiles.dist().variance().sqrt());
            !sd.is_finite() || sd > HEAVY * mean.abs() && mean != 0.0 && quantiles.dist().support().1.is_infinite()
        }
        Law::Varying(_) | Law::Choice(_) => false,
    };
    (0..model.program.variables.len()).filter(|v| heavy(&model.program.variables[*v])).collect()
}

fn heavy_tails(scenario: &Scenario, model: &Model) -> Vec<Diagnostic> {
    let hint = |v: usize| {
        let variable = &model.program.variables[v];
        let message = format!("the tail of `{}` is so heavy that few draws decide its mean", variable.name);
        Diagnostic::hint(scenario.span_of(v), message)
            .help("write truncate(…, max=…) with the most that is possible, or look at medians and P(cheapest)")
    };
    heavy_tailed(model).into_iter().map(hint).collect()
}

/// The same distribution in two fields is drawn twice; two inputs of `[inputs]` are meant to be two. Options that are
/// written alike have many of them, which are told together.
fn written_twice(scenario: &Scenario, model: &Model) -> Option<Diagnostic> {
    let variables = &model.program.variables;
    let key = |v: usize| scenario.origins[v].key();
    let pair = |later: usize| {
        let same =
            |earlier: &usize| variables[*earlier].written == variables[later].written && key(*earlier) == key(later);
        Some(((0..later).find(same)?, later, key(later)?))
    };
    let pairs: Vec<(usize, usize, &str)> = (0..variables.len()).filter_map(pair).collect();
    let (earlier, place, key) = *pairs.first()?;
    let (earlier, later) = (&variables[earlier], &variables[place]);
    let message = format!("`{}` is written like `{}`, and drawn separately", later.name, earlier.name);
    let help = format!("to share one draw, write {key} = \"{}\" in [inputs] and \"{key}\" in both", later.written);
    let hint = Diagnostic::hint(scenario.span_of(place), message).help(help);
    let name = |v: usize| format!("`{}`", variables[v].name);
    let others: Vec<String> = pairs[1..].iter().take(NAMED).map(|(_, later, _)| name(*later)).collect();
    let more = match pairs.len() - 1 - others.len() {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    Some(if others.is_empty() { hint } else { hint.help(format!("the same goes for {}{more}", others.join(", "))) })
}

/// Two columns of one file are resampled each by itself: what belongs to one row does not stay together.
fn rows_apart(scenario: &Scenario, model: &Model) -> Vec<Diagnostic> {
    let file = |v: usize| scenario.origins[v].file.as_deref();
    let variables = &model.program.variables;
    let correlated = |v: usize| scenario.groups.iter().any(|group| group.members.contains(&v));
    let mut found = Vec::new();
    for (v, later) in variables.iter().enumerate().filter(|(v, _)| file(*v).is_some() && !correlated(*v)) {
        let Some(earlier) = (0..v).find(|earlier| file(*earlier) == file(v)).map(|v| &variables[v]) else { continue };
        let message =
            format!("`{}` and `{}` resample one file, and its rows are not kept together", earlier.name, later.name);
        let help = "if large goes with large there, give the two a [[correlation]]";
        found.push(Diagnostic::hint(scenario.span_of(v), message).help(help));
    }
    found
}

/// Correlated lognormals so skewed that their values cannot be correlated as their ranks are: the linear correlation of
/// exp(σ₁Z₁) and exp(σ₂Z₂) with normal correlation ρ is (exp(ρσ₁σ₂) − 1) / √((exp σ₁² − 1)(exp σ₂² − 1)).
fn skewed_pairs(scenario: &Scenario, model: &Model) -> Vec<Diagnostic> {
    let variables = &model.program.variables;
    // exp σ² − 1 is the squared coefficient of variation.
    let variation = |v: usize| match &variables[v].law {
        Law::Fixed(quantiles) if matches!(quantiles.dist(), Dist::LogNormal(_)) => {
            Some(quantiles.dist().variance() / math::powi(quantiles.dist().mean(), 2))
        }
        _ => None,
    };
    let mut found = Vec::new();
    for group in &scenario.groups {
        for (j, later) in group.members.iter().enumerate() {
            for (i, earlier) in group.members[..j].iter().enumerate() {
                let Some((a, b)) = variation(*earlier).zip(variation(*later)) else { continue };
                let (rank, normal) = (group.rank_correlation(i, j), group.correlation(i, j));
                let linear =
                    (math::exp(normal * (math::ln(1.0 + a) * math::ln(1.0 + b)).sqrt()) - 1.0) / (a * b).sqrt();
                if rank.abs() < NOTABLE || linear.abs() > REACHED * rank.abs() {
                    continue;
                }
                let ([a, b], place) = ([earlier, later].map(|v| &variables[*v]), *later);
                let message = format!(
                    "`{}` and `{}` have rank correlation {rank:.2}, but their values correlate by {linear:.2} only",
                    a.name, b.name
                );
                let help = "distributions this skewed reach no more: check that the ranks are what is known of them";
                found.push(Diagnostic::hint(scenario.span_of(place), message).help(help));
            }
        }
    }
    found
}

/// Correlated variables with too many equal values to have the ranks that were asked for.
fn tied_pairs(scenario: &Scenario, model: &Model) -> Vec<Diagnostic> {
    let hint = |pair: &ReachedRank| {
        let [a, b] = pair.variables.map(|v| &model.program.variables[v]);
        let message = format!(
            "the ranks of `{}` and `{}` reach {:.2}, not the {:.2} that was asked for",
            a.name, b.name, pair.reached, pair.asked
        );
        let help = "equal values have equal ranks: where that is not what is known, correlate what lies behind them";
        Diagnostic::hint(scenario.span_of(pair.variables[1]), message).help(help)
    };
    reached_ranks(scenario, model).iter().map(hint).collect()
}

/// A variable of `[inputs]` that nothing follows from.
fn unused(scenario: &Scenario, model: &Model) -> Vec<Diagnostic> {
    let is_used = |input: &WrittenQuantity| {
        let shares = |other: &&WrittenQuantity| other.path != input.path && other.register == input.register;
        let program = &model.program;
        !program.dependents(input.register).is_empty()
            || !program.monthly_dependents(&[input.register]).is_empty()
            || scenario.written.iter().any(|other| shares(&other))
    };
    let is_random = |input: &&WrittenQuantity| model.program.variables.iter().any(|v| v.register == input.register);
    let inputs = scenario.written.iter().filter(|q| matches!(q.place, Place::Input(_)));
    let hint = |input: &WrittenQuantity| {
        let message = format!("nothing refers to the input `{}`", input.path);
        Diagnostic::hint(input.span, message)
            .help(format!("write \"{}\" where it is meant, or leave it out", input.path))
    };
    inputs.filter(is_random).filter(|input| !is_used(input)).map(hint).collect()
}

/// An option that is not live before the end, of which every run warns: all that it does is cost money.
pub(super) fn no_launch(drawn: &Drawn<'_>, option: usize) -> Option<Diagnostic> {
    let (launch, horizon) = (drawn.mean(option, Field::LaunchMonth), drawn.model.horizon);
    let span = drawn.place(option, Field::LaunchMonth).filter(|_| launch >= f64::from(horizon))?;
    let message = format!("the option goes live after the horizon of {horizon} months");
    Some(Diagnostic::warning(span, message).help("launch it earlier, or lengthen simulation.horizon_months"))
}

/// Reading the cache costs more than sending the tokens anew.
fn dear_cache(drawn: &Drawn<'_>, option: usize) -> Option<Diagnostic> {
    let dearer = drawn.mean(option, Field::CachedPrice) > drawn.mean(option, Field::InputPrice);
    let span = drawn.place(option, Field::CachedPrice).filter(|_| dearer)?;
    let help = "providers ask a tenth to a half of the input price for cached tokens; both are per million";
    Some(Diagnostic::hint(span, "cached tokens cost more than other input tokens").help(help))
}

fn long_instructions(drawn: &Drawn<'_>, option: usize) -> Option<Diagnostic> {
    let (instructions, input) = (drawn.mean(option, Field::InstructionTokens), drawn.common(Field::InputTokens));
    let span = drawn.place(option, Field::InstructionTokens).filter(|_| instructions > input)?;
    let message = "the instructions are longer than the rest of the input";
    let help = "they come on top of workload.input_tokens: an average from logs that includes them counts them twice";
    Some(Diagnostic::hint(span, message).help(help))
}

fn two_discounts(drawn: &Drawn<'_>, option: usize) -> Option<Diagnostic> {
    let both = drawn.mean(option, Field::CacheHitRate) > 0.0 && drawn.mean(option, Field::BatchShare) > 0.0;
    let span = drawn.place(option, Field::BatchShare).filter(|_| both)?;
    let message = "batches and cached instructions are both discounted, one on top of the other";
    Some(Diagnostic::hint(span, message).help("check that the provider grants both: batches often miss the cache"))
}

/// A schedule that most trials do not reach within the horizon.
fn no_retrain(drawn: &Drawn<'_>, option: usize) -> Option<Diagnostic> {
    let rates = drawn.field(option, Field::RetrainsPerYear)?;
    let launches = drawn.field(option, Field::LaunchMonth)?;
    let span = drawn.place(option, Field::RetrainsPerYear)?;
    let horizon = f64::from(drawn.model.horizon);
    let none = |(rate, launch): (&f64, &f64)| *rate > 0.0 && rate * (horizon - launch.ceil()) / 12.0 < 1.0;
    let count = rates.iter().zip(launches).filter(|pair| none(*pair)).count();
    let scheduled = drawn.scenario.options[option].timing == Timing::Scheduled;
    let share = count as f64 / rates.len() as f64;
    if share <= 0.5 || !scheduled {
        return None;
    }
    let message = format!("no retraining falls within the horizon in {:.0} % of trials", 100.0 * share);
    let help = "they come on a schedule, the first after a whole interval; retrain_timing = \"random\" spreads them";
    Some(Diagnostic::hint(span, message).help(help))
}

/// A hosted model that outlives what hosted models last.
fn no_migration(drawn: &Drawn<'_>, option: usize) -> Option<Diagnostic> {
    let spec = &drawn.scenario.options[option];
    let served = spec.has_migration || spec.get(Field::RetireMonth).is_some();
    let hosted = drawn.mean(option, Field::OutputPrice) > 0.0;
    if served || !hosted || drawn.model.horizon <= LIFETIME {
        return None;
    }
    let span = drawn.place(option, Field::OutputPrice)?;
    let message = format!("hosted models last about {LIFETIME} months; the horizon is {}", drawn.model.horizon);
    let help = "give the option a [option.migration], or a retire_month, if its model may be retired within it";
    Some(Diagnostic::hint(span, message).help(help))
}
