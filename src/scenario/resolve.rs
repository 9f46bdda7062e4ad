//! Quantities as written to registers of a program: names found, cycles refused, ranges checked.

use std::collections::{HashMap, HashSet};
use std::ops::Range as Bytes;
use std::sync::Arc;

use super::data::DataFiles;
use super::data_remark::{DataRemark, remarks};
use super::field::{Fallback, Field, is_share};
use super::months::{Asked, first_outside};
use super::order::{QuantityOrder, place_of};
use super::origin::Origin;
use super::place::Place;
use super::range::FieldRange;
use super::raw::Raw;
use super::read::RawQuantity;
use super::refusal::{misread, refused, refused_in};
use super::section::Section;
use crate::diagnostic::{Diagnostic, nearest};
use crate::dist::Quantiles;
use crate::quantity::ast::DataCall;
use crate::quantity::program::Check;
use crate::quantity::{
    Builder, Data, Expr, MonthName, Names, Operand, QuantityError, Reg, Standing, lower, written_variables,
};

/// Misspelt references for which the nearest name is looked up.
const SUGGESTIONS: usize = 100;

/// The program of a scenario's quantities, with where each stands.
pub struct Resolved {
    /// The program so far; the model adds to it.
    pub builder: Builder,
    /// The register of every quantity that is written and sound.
    pub registers: HashMap<Place, Reg>,
    /// Where each random variable comes from.
    pub origins: Vec<Origin>,
    /// The quantity that each check holds to its range.
    pub checked: Vec<Place>,
    /// What is asked of months.
    pub asked: Asked,
}

/// Fields that a run is asked to hold at other values than their own: each keeps a register to itself.
const HELD: &[Field] = &[Field::Requests];

/// How quantities are made a program of.
#[derive(Clone, Debug)]
pub struct Preparation {
    /// Distributions that need not be prepared for drawing again.
    pub known: Arc<Vec<Quantiles>>,
    /// What becomes of numbers as written.
    pub numbers: Numbers,
    /// Fields with a register that nothing else shares, and that can be written to.
    pub held: &'static [Field],
}

impl Default for Preparation {
    fn default() -> Preparation {
        Preparation { known: Arc::default(), numbers: Numbers::Folded, held: HELD }
    }
}

/// What becomes of numbers as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// What follows from them is worked out at once.
    #[default]
    Folded,
    /// They are left open, so that the program says what follows from each.
    Open,
}

/// Resolves all quantities; what is wrong goes to `problems`.
pub fn resolve(raw: &Raw, data: &mut DataFiles, preparation: &Preparation, problems: &mut Vec<Diagnostic>) -> Resolved {
    let parsed: Vec<Option<&Expr>> = raw
        .quantities
        .iter()
        .map(|(_, q)| q.expr.as_ref().map_err(|e| problems.push(q.diagnose(e.clone()))).ok())
        .collect();
    let index: HashMap<&Place, usize> = raw.quantities.iter().enumerate().map(|(i, (p, _))| (p, i)).collect();
    let order = QuantityOrder::find(raw, &parsed, &index, problems);
    let written: HashSet<&Place> = raw.quantities.iter().map(|(p, _)| p).collect();
    let mut resolver = Resolver {
        raw,
        written,
        suggestions: SUGGESTIONS,
        data,
        preparation,
        builder: Builder::knowing(Arc::clone(&preparation.known), raw.horizon.unwrap_or(1) as usize),
        registers: HashMap::new(),
        standings: HashMap::new(),
        origins: Vec::new(),
        checked: Vec::new(),
        asked: Asked::default(),
    };
    for i in order {
        if let Some(expr) = parsed[i] {
            resolver.quantity(i, expr, problems);
        }
    }
    let Resolver { builder, registers, mut origins, checked, asked, .. } = resolver;
    origins.resize(builder.variables.len(), Origin::unknown());
    Resolved { builder, registers, origins, checked, asked }
}

struct Resolver<'a> {
    raw: &'a Raw,
    written: HashSet<&'a Place>,
    suggestions: usize,
    data: &'a mut DataFiles,
    preparation: &'a Preparation,
    builder: Builder,
    registers: HashMap<Place, Reg>,
    standings: HashMap<Place, Standing>,
    origins: Vec<Origin>,
    checked: Vec<Place>,
    asked: Asked,
}

impl Resolver<'_> {
    fn quantity(&mut self, i: usize, expr: &Expr, problems: &mut Vec<Diagnostic>) {
        let (place, quantity) = &self.raw.quantities[i];
        let mut scope = Scope {
            raw: self.raw,
            written: &self.written,
            suggestions: &mut self.suggestions,
            registers: &self.registers,
            standings: &self.standings,
            data: self.data,
            asked: &mut self.asked,
            numbers: Vec::new(),
            remarks: Vec::new(),
        };
        if expr.references().iter().any(|(name, _)| scope.is_broken(name)) {
            return;
        }
        // Defaults of workload fields that are not written: their constants are needed before the program grows.
        scope.numbers = defaults(&mut self.builder);
        let lowered = lower(expr, &quantity.text, &mut self.builder, &mut scope);
        problems.extend(scope.remarks.iter().map(|(at, remark)| remark.at(quantity.place(at))));
        let lowered = match lowered {
            Ok(lowered) => lowered,
            Err(error) => return problems.push(quantity.diagnose(error)),
        };
        if let Some(unit) = unit_of(place) {
            let name = self.raw.path(place).join(".");
            if let Some(problem) = misread((&name, unit), (expr, lowered.value.standing), quantity) {
                return problems.push(problem);
            }
        }
        if let Some((message, help)) = self.asked.refuse(&self.builder, place, lowered.value.register) {
            return problems.push(Diagnostic::error(quantity.span, message).help(help));
        }
        self.standings.insert(place.clone(), lowered.value.standing);
        self.trace(place, expr, &lowered.variables);
        if let Some(register) = self.hold(place, lowered.value.register, quantity, problems) {
            self.registers.insert(place.clone(), register);
        }
    }

    /// Notes where the variables of a quantity come from, and names them after it.
    fn trace(&mut self, place: &Place, expr: &Expr, variables: &[usize]) {
        let path = self.raw.path(place);
        for (dimension, (variable, written)) in variables.iter().zip(written_variables(expr)).enumerate() {
            let number = (variables.len() > 1).then_some(dimension + 1);
            let file = written.expr.data_file().map(str::to_owned);
            let origin = Origin { place: place.clone(), path: path.clone(), number, file, dimension };
            self.builder.variables[*variable].name = origin.parts().join(".");
            self.origins.resize(self.origins.len().max(variable + 1), Origin::unknown());
            self.origins[*variable] = origin;
        }
    }

    /// Refuses constants outside the field's range, and holds draws to it.
    fn hold(
        &mut self,
        place: &Place,
        register: Reg,
        quantity: &RawQuantity,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Reg> {
        let range = range_of(place);
        let name = self.raw.path(place).join(".");
        let is_held = matches!(place, Place::Common(field) if self.preparation.held.contains(field));
        let is_open = self.preparation.numbers == Numbers::Open && !decides_structure(place);
        match self.builder.constant(register) {
            Some(x) if !x.is_finite() || !range.contains(x) => {
                problems.push(refused((&name, x), quantity, range));
                None
            }
            Some(x) if is_held || is_open => Some(self.builder.pinned(x)),
            Some(_) => Some(register),
            None if self.builder.is_monthly(register) => self.hold_months(place, register, (quantity, range), problems),
            None if !is_held && self.builder.stays_within(register, range.low, range.high) => Some(register),
            None => {
                self.checked.push(place.clone());
                Some(self.builder.clamp(register, Check { name, low: range.low, high: range.high }))
            }
        }
    }
}

impl Resolver<'_> {
    /// The same of a quantity that differs by month. Inputs are held where fields use them: what is undefined in a month in
    /// which nobody asks does no harm.
    fn hold_months(
        &mut self,
        place: &Place,
        register: Reg,
        (quantity, range): (&RawQuantity, FieldRange),
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Reg> {
        let name = self.raw.path(place).join(".");
        if let Some(level) = self.builder.level(register) {
            if let Some((month, x)) = first_outside(&level, 0, range) {
                problems.push(refused_in((&name, x, month), quantity, range));
                return None;
            }
            return Some(register);
        }
        if matches!(place, Place::Input(_)) || self.builder.months_stay_within(register, range.low, range.high) {
            return Some(register);
        }
        self.checked.push(place.clone());
        Some(self.builder.clamp(register, Check { name, low: range.low, high: range.high }))
    }
}

/// Whether a place decides which variables there are: a project that is certain to succeed has none for that.
fn decides_structure(place: &Place) -> bool {
    matches!(place, Place::Option(_, Field::SuccessProbability))
}

/// What the quantity at a place is counted in; `None` for an input, which says it nowhere.
fn unit_of(place: &Place) -> Option<&'static str> {
    match place {
        Place::Common(field) | Place::Option(_, field) => Some(field.unit()),
        Place::Line(..) => Some("money"),
        Place::Input(_) => None,
    }
}

/// The range that the quantity at a place is held to.
pub(super) fn range_of(place: &Place) -> FieldRange {
    match place {
        Place::Common(field) | Place::Option(_, field) => field.range(),
        Place::Input(_) | Place::Line(..) => FieldRange::ANY,
    }
}

fn defaults(builder: &mut Builder) -> Vec<(Field, Reg)> {
    let with_default = Section::Workload.fields().filter_map(|f| match f.fallback() {
        Fallback::Number(x) => Some((f, x)),
        _ => None,
    });
    with_default.map(|(f, x)| (f, builder.number(x))).collect()
}

/// The names a quantity can refer to.
struct Scope<'a> {
    raw: &'a Raw,
    written: &'a HashSet<&'a Place>,
    suggestions: &'a mut usize,
    registers: &'a HashMap<Place, Reg>,
    standings: &'a HashMap<Place, Standing>,
    data: &'a mut DataFiles,
    asked: &'a mut Asked,
    numbers: Vec<(Field, Reg)>,
    /// What there is to say of data files, with the place in the quantity.
    remarks: Vec<(Bytes<usize>, DataRemark)>,
}

impl Scope<'_> {
    /// What is known of what a name stands for. Not that it is a share: a name for 20% may be one of calls or hours.
    fn standing(&self, place: &Place) -> Standing {
        match place {
            Place::Common(field) if !is_share(field.unit()) => Standing::NoShare,
            _ => self.standings.get(place).copied().filter(|s| *s == Standing::NoShare).unwrap_or_default(),
        }
    }

    fn is_written(&self, place: &Place) -> bool {
        self.written.contains(place)
    }

    /// Whether a name exists but its own quantity is wrong: then its error is enough.
    fn is_broken(&self, name: &str) -> bool {
        place_of(name).is_some_and(|p| self.is_written(&p) && !self.registers.contains_key(&p))
    }

    fn known(&self) -> Vec<String> {
        let inputs = self.raw.quantities.iter().filter_map(|(p, _)| match p {
            Place::Input(name) => Some(name.clone()),
            _ => None,
        });
        let fields = Section::Workload.fields().map(|f| format!("workload.{}", f.key()));
        inputs.chain(fields).chain(MonthName::ALL.map(|name| name.name().to_owned())).collect()
    }
}

impl Names for Scope<'_> {
    fn reference(&mut self, builder: &mut Builder, name: &str, at: Bytes<usize>) -> Result<Operand, QuantityError> {
        if let Some(asked) = MonthName::named(name) {
            let lacking = |help: &str| QuantityError::new(at, format!("`{name}` needs a calendar")).help(help);
            let register = self.asked.register(builder, self.raw, asked).map_err(lacking)?;
            return Ok(Operand { register, standing: Standing::Open });
        }
        let place = place_of(name);
        if let Some((place, register)) = place.as_ref().and_then(|p| Some((p, *self.registers.get(p)?))) {
            return Ok(Operand { register, standing: self.standing(place) });
        }
        if let Some(Place::Common(field)) = place
            && let Some((_, register)) = self.numbers.iter().find(|(f, _)| *f == field)
        {
            return Ok(Operand { register: *register, standing: Standing::Open });
        }
        if matches!(place, Some(Place::Common(_))) {
            return Err(QuantityError::new(at, format!("`{name}` is not there to refer to")).help("write it first"));
        }
        // Looking through thousands of names thousands of times over would take minutes.
        let known = if *self.suggestions > 0 { self.known() } else { Vec::new() };
        *self.suggestions = self.suggestions.saturating_sub(1);
        let error = QuantityError::new(at, format!("there is no input `{}`", shorten(name)));
        match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => Err(error.help(format!("did you mean `{near}`?"))),
            None if name.contains('.') => Err(error.help("references name [inputs] and workload fields only")),
            None => Err(error.help(format!("write it under [inputs]: {} = …", shorten(name)))),
        }
    }

    fn data(&mut self, call: &DataCall, at: Bytes<usize>) -> Result<Data, QuantityError> {
        match self.data.column(call) {
            Ok((data, records)) => {
                self.remarks.extend(remarks(call, &records).map(|remark| (at.clone(), remark)));
                Ok(data)
            }
            Err(e) => Err(QuantityError::new(at, e.message).help(e.help)),
        }
    }
}

fn shorten(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { short + "…" } else { short }
}
