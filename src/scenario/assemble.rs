//! Resolved quantities and settings to a scenario.

use crate::sample::Sampler;
use std::collections::HashMap;

use super::catalogue::Catalogue;
use super::correlation::factor;
use super::course::{own_months, volume_of};
use super::field::Field;
use super::option::{LineSpec, OptionSpec, with_defaults};
use super::origin::Origin;
use super::place::Place;
use super::raw::Raw;
use super::read::{Named, RawQuantity};
use super::resolve::Resolved;
use super::settings::TrialsAre;
use super::slots::Slots;
use super::{Scenario, Simulation, WrittenQuantity, validate};
use crate::diagnostic::{Diagnostic, Span};
use crate::dist::Form;
use crate::quantity::program::Shape;
use crate::quantity::{Builder, Law, Reg};

/// Most random variables of a scenario.
const MOST_VARIABLES: usize = 2_000;
/// Most steps of all formulas together: each takes 8 KiB in every worker.
pub(super) const MOST_STEPS: usize = 20_000;
/// Most entries of the ledger: cost lines times months.
const MOST_ENTRIES: usize = 1_000_000;
/// About the lines that an option's sections can make.
const BUILT_IN_LINES: usize = 17;
/// Trials where the scenario does not say.
const DEFAULT_TRIALS: u64 = 1 << 18;

/// Assembles a scenario; `None` where the horizon is missing, which has been reported.
pub(super) fn assemble(
    raw: &Raw,
    mut resolved: Resolved,
    (slots, given): (&Slots, Option<f64>),
    (stem, hash): (&str, String),
    findings: &mut Vec<Diagnostic>,
) -> Option<Scenario> {
    let volume = volume_of(&mut resolved, given);
    let common = with_defaults(|f| resolved.registers.get(&Place::Common(f)).copied(), None, &mut resolved.builder);
    let labour = common[Field::LabourRate.index()];
    let options = (0..raw.options.len()).map(|i| option(raw, i, labour, &mut resolved, findings)).collect();
    let Resolved { mut builder, mut registers, origins, checked, asked } = resolved;
    if let Some(volume) = &volume {
        registers.insert(Place::Common(Field::Requests), volume.of_month);
    }
    // Before anything is made of them: a matrix of thousands of variables takes minutes.
    if let Some(finding) = too_many(&builder).or_else(|| too_long(raw)) {
        findings.push(finding);
        return None;
    }
    slots.assign(&origins, raw, &mut builder.variables);
    let written = written(raw, &registers, &builder);
    let groups = factor(&raw.correlations, (&builder.variables, &origins), raw, findings);
    Some(Scenario {
        title: raw.title.as_ref().map_or_else(|| stem.to_owned(), |t| t.text.clone()),
        currency: raw.currency.as_ref().map_or_else(|| "USD".to_owned(), |c| c.text.clone()),
        baseline: validate::baseline(raw),
        simulation: simulation(raw)?,
        decision: raw.decision,
        options,
        quantities: builder,
        groups,
        hash,
        overrides: Vec::new(),
        prices: Vec::new(),
        models: Vec::new(),
        catalogue: Catalogue::default(),
        common,
        volume,
        requests: asked.requests(),
        written,
        origins,
        checked,
        spans: raw.quantities.iter().map(|(place, quantity)| (place.clone(), quantity.span)).collect(),
    })
}

fn written(raw: &Raw, registers: &HashMap<Place, Reg>, builder: &Builder) -> Vec<WrittenQuantity> {
    let quantity = |(place, quantity): &(Place, RawQuantity)| {
        let (path, text, field) = (raw.path(place).join("."), quantity.text.clone(), place.field());
        let register = *registers.get(place)?;
        let is_amount = matches!(place, Place::Line(..));
        let variable = builder.drawn(register);
        Some(WrittenQuantity {
            place: place.clone(),
            path,
            text,
            span: quantity.span,
            field,
            is_amount,
            register,
            variable,
        })
    };
    raw.quantities.iter().filter_map(quantity).collect()
}

/// The ledger has an entry for every line in every month.
fn too_long(raw: &Raw) -> Option<Diagnostic> {
    let lines: usize = raw.options.iter().map(|o| o.lines.len() + BUILT_IN_LINES).sum();
    let entries = lines * (raw.horizon? as usize + 1);
    let message = format!("{entries} cost lines times months are too many; {MOST_ENTRIES} is the most");
    let finding = Diagnostic::error(Span::TOP, message).help("shorten the horizon, or split the comparison");
    (entries > MOST_ENTRIES).then_some(finding)
}

fn too_many(builder: &Builder) -> Option<Diagnostic> {
    let (variables, steps) = (builder.variables.len(), builder.steps());
    let error = |message: String, help: &str| Some(Diagnostic::error(Span::TOP, message).help(help));
    if variables > MOST_VARIABLES {
        let message = format!("{variables} random variables are too many; {MOST_VARIABLES} is the most");
        return error(message, "write the certain ones as constants");
    }
    if steps > MOST_STEPS {
        let message = format!("formulas of {steps} steps in all are too many; {MOST_STEPS} is the most");
        return error(message, "leave out what nothing depends on");
    }
    None
}

fn simulation(raw: &Raw) -> Option<Simulation> {
    Some(Simulation {
        horizon: raw.horizon?,
        trials: raw.trials.unwrap_or(DEFAULT_TRIALS),
        seed: raw.seed.unwrap_or(1),
        sampler: raw.sampler.unwrap_or(Sampler::Sobol),
        trials_are: raw.trials_are.unwrap_or(TrialsAre::Futures),
        start: raw.start,
        fiscal_year_start: raw.fiscal_year_start.unwrap_or(1),
    })
}

fn option(
    raw: &Raw,
    number: usize,
    labour: Option<Reg>,
    resolved: &mut Resolved,
    findings: &mut Vec<Diagnostic>,
) -> OptionSpec {
    let written = &raw.options[number];
    let (since, labour) = own_months(raw, number, labour, resolved, findings);
    // Escalations and requests after the last month go to the baseline where nothing else is named.
    let target = |name: &Option<Named>| match name {
        Some(named) => validate::find(raw, &named.text),
        None => Some(validate::baseline(raw)).filter(|b| *b != number),
    };
    let registers = &resolved.registers;
    let fields = with_defaults(|f| registers.get(&Place::Option(number, f)).copied(), labour, &mut resolved.builder);
    OptionSpec {
        name: written.name.text.clone(),
        span: written.name.span,
        candidate: written.candidate.unwrap_or(true),
        timing: written.timing,
        has_migration: written.has_migration.is_some(),
        route_to: target(&written.route_to),
        batch_discounts_cached: written.batch_discounts_cached.unwrap_or(true),
        escalate_to: target(&written.escalate_to),
        after_retirement: target(&written.after_retirement),
        since,
        lines: lines(raw, number, registers),
        success: success(raw, number, &fields, resolved),
        fields,
    }
}

fn lines(raw: &Raw, option: usize, registers: &HashMap<Place, Reg>) -> Vec<LineSpec> {
    let written = raw.options[option].lines.iter().enumerate();
    written
        .filter_map(|(k, line)| {
            let amount = *registers.get(&Place::Line(option, k))?;
            Some(LineSpec { name: line.name.text.clone(), amount, unit: line.unit, kind: line.kind })
        })
        .collect()
}

/// The variable that decides whether a project succeeds, where it may fail.
fn success(raw: &Raw, option: usize, fields: &[Option<Reg>], resolved: &mut Resolved) -> Option<Reg> {
    let probability = fields[Field::SuccessProbability.index()]?;
    let law = match resolved.builder.constant(probability) {
        Some(1.0) => return None,
        Some(p) => Law::Fixed(resolved.builder.quantiles(Form::Bernoulli.build(&[p]).ok()?)),
        None => Law::Varying(Shape::Family(Form::Bernoulli, vec![probability])),
    };
    let place = Place::Option(option, Field::SuccessProbability);
    let (_, written) = raw.quantities.iter().find(|(p, _)| *p == place)?;
    let variable = resolved.builder.draw(law, format!("bernoulli({})", written.text));
    let path = vec![raw.options[option].name.text.clone(), "success".to_owned()];
    resolved.builder.variables[variable].name = path.join(".");
    resolved.origins.resize(variable, Origin::unknown());
    // Its dimension comes after those of the distributions in the probability itself.
    let dimension = written.variables().max(1);
    resolved.origins.push(Origin { place, path, number: None, file: None, dimension });
    Some(resolved.builder.variables[variable].register)
}
