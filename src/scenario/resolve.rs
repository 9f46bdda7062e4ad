//! Quantities as written to registers of a program: names found, cycles refused, ranges checked.

use std::collections::{HashMap, HashSet};
use std::ops::Range as Bytes;
use std::sync::Arc;

use super::data::DataFiles;
use super::field::{Fallback, Field, Range, Section};
use super::raw::{Place, Raw};
use crate::diagnostic::{Diagnostic, nearest};
use crate::quantity::program::Check;
use crate::quantity::{Builder, Expr, Names, QuantityError, Reg, lower, parse, written_variables};

/// The program of a scenario's quantities, with where each stands.
pub struct Resolved {
    /// The program so far; the model adds to it.
    pub builder: Builder,
    /// The register of every quantity that is written and sound.
    pub registers: HashMap<Place, Reg>,
    /// The parts of each random variable's name.
    pub parts: Vec<Vec<String>>,
    /// Each random variable with the place that writes it and its number there.
    pub positions: Vec<(usize, Place, usize)>,
}

/// The path of a place, in parts.
pub fn parts(raw: &Raw, place: &Place) -> Vec<String> {
    let option = |i: usize| raw.options.get(i).map_or(String::new(), |o| o.name.text.clone());
    let with_section = |field: Field, mut parts: Vec<String>| {
        if field.section() != Section::Option {
            parts.push(field.section().name().to_owned());
        }
        parts.push(field.key().to_owned());
        parts
    };
    match place {
        Place::Input(name) => vec![name.clone()],
        Place::Common(field) => with_section(*field, Vec::new()),
        Place::Option(i, field) => with_section(*field, vec![option(*i)]),
        Place::Line(i, line) => {
            let line = raw.options.get(*i).and_then(|o| o.lines.get(*line)).map(|l| l.name.text.clone());
            vec![option(*i), line.unwrap_or_default(), "amount".to_owned()]
        }
    }
}

/// Resolves all quantities.
pub fn resolve(raw: &Raw, data: &mut DataFiles, problems: &mut Vec<Diagnostic>) -> Resolved {
    let parsed: Vec<Option<Expr>> =
        raw.quantities.iter().map(|(_, q)| parse(&q.text).map_err(|e| problems.push(q.diagnose(e))).ok()).collect();
    let index: HashMap<&Place, usize> = raw.quantities.iter().enumerate().map(|(i, (p, _))| (p, i)).collect();
    let order = Order::find(raw, &parsed, &index, problems);
    let mut resolver = Resolver {
        raw,
        data,
        builder: Builder::default(),
        registers: HashMap::new(),
        parts: Vec::new(),
        positions: Vec::new(),
    };
    for i in order {
        if let Some(expr) = &parsed[i] {
            resolver.quantity(i, expr, problems);
        }
    }
    let Resolver { builder, registers, parts, positions, .. } = resolver;
    Resolved { builder, registers, parts, positions }
}

/// An order of quantities in which each comes after those it refers to; those on a cycle are left out.
struct Order<'a> {
    edges: Vec<Vec<(usize, Bytes<usize>)>>,
    raw: &'a Raw,
}

#[derive(Clone, Copy, PartialEq)]
enum Colour {
    White,
    Grey,
    Black,
}

impl<'a> Order<'a> {
    fn find(
        raw: &'a Raw,
        parsed: &[Option<Expr>],
        index: &HashMap<&Place, usize>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<usize> {
        let edges = parsed.iter().map(|expr| {
            let references = expr.iter().flat_map(|e| e.references());
            references.filter_map(|(name, at)| Some((*index.get(&place_of(name)?)?, at))).collect()
        });
        let order = Order { edges: edges.collect(), raw };
        let mut colours = vec![Colour::White; parsed.len()];
        let mut sorted = Vec::new();
        for start in 0..parsed.len() {
            order.walk(start, &mut colours, &mut sorted, problems);
        }
        sorted
    }

    /// Depth-first from one quantity; with a stack of its own, since chains may be long.
    fn walk(&self, start: usize, colours: &mut [Colour], sorted: &mut Vec<usize>, problems: &mut Vec<Diagnostic>) {
        if colours[start] != Colour::White {
            return;
        }
        let mut stack = vec![(start, 0)];
        let mut broken = HashSet::new();
        colours[start] = Colour::Grey;
        while let Some((node, next)) = stack.last_mut() {
            let node = *node;
            match self.edges[node].get(*next) {
                Some((child, at)) => {
                    *next += 1;
                    match colours[*child] {
                        Colour::White => {
                            colours[*child] = Colour::Grey;
                            stack.push((*child, 0));
                        }
                        Colour::Grey => {
                            let from = stack.iter().position(|(n, _)| n == child).unwrap_or(0);
                            let cycle: Vec<usize> = stack[from..].iter().map(|(n, _)| *n).collect();
                            problems.push(self.cycle(&cycle, at));
                            broken.extend(cycle);
                        }
                        Colour::Black => {}
                    }
                }
                None => {
                    colours[node] = Colour::Black;
                    stack.pop();
                    if !broken.contains(&node) {
                        sorted.push(node);
                    }
                }
            }
        }
    }

    fn cycle(&self, cycle: &[usize], at: &Bytes<usize>) -> Diagnostic {
        let name = |i: usize| parts(self.raw, &self.raw.quantities[i].0).join(".");
        let mut names: Vec<String> = cycle.iter().take(8).map(|i| name(*i)).collect();
        names.push(name(cycle[0]));
        let last = &self.raw.quantities[cycle[cycle.len() - 1]].1;
        let message = format!("`{}` depends on itself: {}", names[0], names.join(" → "));
        Diagnostic::error(last.place(at), message).help("write one of them without reference to the others")
    }
}

/// What a reference may mean.
fn place_of(name: &str) -> Option<Place> {
    match name.strip_prefix("workload.") {
        Some(key) => Section::Workload.fields().find(|f| f.key() == key).map(Place::Common),
        None => Some(Place::Input(name.to_owned())),
    }
}

struct Resolver<'a> {
    raw: &'a Raw,
    data: &'a mut DataFiles,
    builder: Builder,
    registers: HashMap<Place, Reg>,
    parts: Vec<Vec<String>>,
    positions: Vec<(usize, Place, usize)>,
}

impl Resolver<'_> {
    fn quantity(&mut self, i: usize, expr: &Expr, problems: &mut Vec<Diagnostic>) {
        let (place, quantity) = &self.raw.quantities[i];
        let mut scope = Scope { raw: self.raw, registers: &self.registers, data: self.data, numbers: Vec::new() };
        if expr.references().iter().any(|(name, _)| scope.is_broken(name)) {
            return;
        }
        // Defaults of workload fields that are not written: their constants are needed before the program grows.
        scope.numbers = defaults(&mut self.builder);
        let lowered = match lower(expr, &quantity.text, &mut self.builder, &mut scope) {
            Ok(lowered) => lowered,
            Err(error) => return problems.push(quantity.diagnose(error)),
        };
        let count = lowered.variables.len();
        for (k, variable) in lowered.variables.iter().enumerate() {
            let mut parts = parts(self.raw, place);
            if let (Some(last), true) = (parts.last_mut(), count > 1) {
                last.push_str(&format!("#{}", k + 1));
            }
            self.name(*variable, parts);
            self.positions.push((*variable, place.clone(), k));
        }
        if let Some(register) = self.hold(place, lowered.register, quantity, problems) {
            self.registers.insert(place.clone(), register);
        }
    }

    fn name(&mut self, variable: usize, parts: Vec<String>) {
        self.builder.variables[variable].name = parts.join(".");
        self.parts.resize(self.parts.len().max(variable + 1), Vec::new());
        self.parts[variable] = parts;
    }

    /// Refuses constants outside the field's range, and holds draws to it.
    fn hold(
        &mut self,
        place: &Place,
        register: Reg,
        quantity: &super::read::RawQuantity,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Reg> {
        let range = range_of(place);
        let name = parts(self.raw, place).join(".");
        match self.builder.constant(register) {
            Some(x) if !x.is_finite() => {
                let message = format!("`{name}` is not a finite number");
                problems.push(Diagnostic::error(quantity.span, message).help("check for a division by zero"));
                None
            }
            Some(x) if !range.contains(x) => {
                let message = format!("`{name}` is {x}");
                problems.push(Diagnostic::error(quantity.span, message).help(format!("write {}", range.describe())));
                None
            }
            // The volume curve asks what other volumes would cost, so this constant must not be folded away.
            Some(x) if *place == Place::Common(Field::Requests) => Some(self.builder.pinned(x)),
            Some(_) => Some(register),
            None => Some(self.builder.clamp(register, Check { name, low: range.low, high: range.high })),
        }
    }
}

/// The range that the quantity at a place is held to.
fn range_of(place: &Place) -> Range {
    match place {
        Place::Common(field) | Place::Option(_, field) => field.range(),
        Place::Input(_) | Place::Line(..) => Range::ANY,
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
    registers: &'a HashMap<Place, Reg>,
    data: &'a mut DataFiles,
    numbers: Vec<(Field, Reg)>,
}

impl Scope<'_> {
    fn is_written(&self, place: &Place) -> bool {
        self.raw.quantities.iter().any(|(p, _)| p == place)
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
        inputs.chain(Section::Workload.fields().map(|f| format!("workload.{}", f.key()))).collect()
    }
}

impl Names for Scope<'_> {
    fn reference(&mut self, name: &str, at: Bytes<usize>) -> Result<Reg, QuantityError> {
        let place = place_of(name);
        if let Some(register) = place.as_ref().and_then(|p| self.registers.get(p)) {
            return Ok(*register);
        }
        if let Some(Place::Common(field)) = place
            && let Some((_, register)) = self.numbers.iter().find(|(f, _)| *f == field)
        {
            return Ok(*register);
        }
        let known = self.known();
        let error = QuantityError::new(at, format!("there is no input `{name}`"));
        match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => Err(error.help(format!("did you mean `{near}`?"))),
            None if name.contains('.') => Err(error.help("references name [inputs] and workload fields only")),
            None => Err(error.help(format!("write it under [inputs]: {name} = …"))),
        }
    }

    fn data(&mut self, file: &str, column: &str, at: Bytes<usize>) -> Result<Arc<Vec<f64>>, QuantityError> {
        self.data.column(file, column).map_err(|e| QuantityError::new(at, e.message).help(e.help))
    }
}

/// How many random variables a quantity writes; none where it cannot be read.
pub fn count_variables(text: &str) -> usize {
    parse(text).map_or(0, |expr| written_variables(&expr).len())
}
