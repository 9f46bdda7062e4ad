//! What `breakeven check` says: how a scenario was understood.

use super::budgets::described;
use super::criterion::at;
use super::format::short;
use super::grid::{TextGrid, wrap};
use super::input_value::input_value;
use super::screen::WIDTH;
use crate::engine::{Case, CaseKind, Prepared};
use crate::model::Model;
use crate::number::trimmed;
use crate::quantity::family::Family;
use crate::quantity::{Law, Variable};
use crate::scenario::{Criterion, Place, Scenario, WrittenQuantity};
use crate::stats::Estimate;

/// What a scenario was understood to say: its random variables.
pub fn describe_scenario(prepared: &Prepared) -> String {
    let scenario = prepared.scenario();
    let options: Vec<String> = scenario.options.iter().map(|o| o.name.clone()).collect();
    let baseline = &scenario.options[scenario.baseline].name;
    let mut text = wrap(&scenario.title, WIDTH) + "\n";
    text += &(wrap(&format!("Options: {} (baseline: {baseline})", options.join("; ")), WIDTH) + "\n\n");
    text += &decision(scenario);
    let variables = &prepared.model().program.variables;
    if variables.is_empty() {
        return text + "Nothing in it is uncertain.\n" + &by_month(prepared);
    }
    let mut order: Vec<usize> = (0..variables.len()).collect();
    order.sort_by_key(|v| variables[*v].dimension);
    let mut grid = TextGrid::new(&["Uncertain", "family", "mean", "90 % of draws"]);
    for v in order {
        let (variable, found) = (&variables[v], &prepared.variables()[v]);
        let written = |x: f64| input_value(scenario, variable, Estimate::exact(x));
        let [low, _, high] = found.quantiles.map(written);
        let family = family(variable) + if is_part(scenario, variable) { " in a formula" } else { "" };
        grid.row(vec![variable.name.clone(), family, written(found.mean), format!("{low} to {high}")]);
    }
    text + &grid.render(WIDTH) + &by_month(prepared)
}

/// By what options are chosen, where that is not the mean, and budgets.
fn decision(scenario: &Scenario) -> String {
    let criterion = scenario.decision().criterion;
    let unit = scenario.simulation.trials_are.word();
    let chosen =
        (criterion != Criterion::Mean).then(|| format!("Chosen: the option that costs least {}.", at(criterion, unit)));
    let budget = described(scenario).map(|budget| format!("Budget: {budget}."));
    let lines: String = chosen.into_iter().chain(budget).map(|line| wrap(&line, WIDTH) + "\n").collect();
    if lines.is_empty() { lines } else { lines + "\n" }
}

/// What differs by month: in the first, the twelfth and the last, with every input at its median.
fn by_month(prepared: &Prepared) -> String {
    let (scenario, model) = (prepared.scenario(), prepared.model());
    // What an input is may depend on the option that asks for it.
    let is_shown = |q: &&WrittenQuantity| !matches!(q.place, Place::Input(_)) && model.program.is_monthly(q.register);
    let differ: Vec<_> = scenario.written.iter().filter(is_shown).collect();
    let Some(case) =
        Some(()).filter(|()| !differ.is_empty()).and_then(|()| Case::new(scenario, model, CaseKind::Median).ok())
    else {
        return String::new();
    };
    let mut months = vec![1, 12, model.horizon];
    months.retain(|month| *month <= model.horizon);
    months.dedup();
    let heads: Vec<String> = months.iter().map(|month| format!("month {month}")).collect();
    let mut columns = vec!["By month, inputs at their medians"];
    columns.extend(heads.iter().map(String::as_str));
    let mut grid = TextGrid::new(&columns);
    for quantity in differ {
        let values = months.iter().map(|month| plain(case.record.value(quantity.register, *month as usize)));
        grid.row(std::iter::once(quantity.path.clone()).chain(values).collect());
    }
    format!("\n{}", grid.render(WIDTH))
}

/// Whether the quantity that a variable is named after is a formula around it.
fn is_part(scenario: &Scenario, variable: &Variable) -> bool {
    scenario.written.iter().any(|quantity| quantity.path == variable.name && quantity.variable.is_none())
}

/// The family as it was written, where a family's name begins the text: PERT rather than beta.
fn family(variable: &Variable) -> String {
    let word = variable.written.split('(').next().and_then(Family::named);
    match (&variable.law, word) {
        (Law::Varying(_), Some(family)) => format!("{}, varying", family.name()),
        (Law::Varying(_), None) => "varying".to_owned(),
        (Law::Choice(weights), _) => format!("choice of {}", weights.len()),
        (Law::Fixed(_), Some(family)) => family.name().to_owned(),
        (Law::Fixed(quantiles), None) => quantiles.dist().family().to_owned(),
    }
}

/// A number of any unit, in three or four digits.
pub(super) fn plain(x: f64) -> String {
    match x.abs() {
        _ if !x.is_finite() => "n/a".to_owned(),
        0.0 => "0".to_owned(),
        a if a >= 9_999.5 => format!("{}{}", if x < 0.0 { "-" } else { "" }, short(a, 0.0)),
        a if a < 1e-3 => format!("{x:.1e}"),
        a => {
            let digits = (2.0 - crate::math::log10(a).floor()).clamp(0.0, 5.0) as usize;
            trimmed(&format!("{x:.digits$}")).to_owned()
        }
    }
}

/// At what rate costs are discounted, if they are.
pub(super) fn discounting(model: &Model) -> Option<String> {
    match model.yearly_discount() {
        Some(0.0) => None,
        Some(rate) => Some(format!("discounted at {} % a year", plain(100.0 * rate))),
        None => Some("discounted at an uncertain rate".to_owned()),
    }
}
