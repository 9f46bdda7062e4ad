//! In which order quantities can be computed, and which depend on themselves.

use std::collections::{HashMap, HashSet};
use std::ops::Range as Bytes;

use super::place::Place;
use super::raw::Raw;
use super::section::Section;
use crate::diagnostic::Diagnostic;
use crate::quantity::Expr;

/// An order of quantities in which each comes after those it refers to; those on a cycle are left out.
pub(super) struct QuantityOrder<'a> {
    edges: Vec<Vec<(usize, Bytes<usize>)>>,
    raw: &'a Raw,
}

#[derive(Clone, Copy, PartialEq)]
enum Colour {
    White,
    Grey,
    Black,
}

impl<'a> QuantityOrder<'a> {
    /// Finds the order; cycles are reported.
    pub(super) fn find(
        raw: &'a Raw,
        parsed: &[Option<&Expr>],
        index: &HashMap<&Place, usize>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<usize> {
        let edges = parsed.iter().map(|expr| {
            let references = expr.iter().flat_map(|e| e.references());
            references.filter_map(|(name, at)| Some((*index.get(&place_of(name)?)?, at))).collect()
        });
        let order = QuantityOrder { edges: edges.collect(), raw };
        let mut colours = vec![Colour::White; parsed.len()];
        let mut sorted = Vec::new();
        for start in 0..parsed.len() {
            order.monthly(start, &mut colours, &mut sorted, problems);
        }
        sorted
    }

    /// Depth-first from one quantity; with a stack of its own, since chains may be long.
    fn monthly(&self, start: usize, colours: &mut [Colour], sorted: &mut Vec<usize>, problems: &mut Vec<Diagnostic>) {
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
        let name = |i: usize| self.raw.path(&self.raw.quantities[i].0).join(".");
        let mut names: Vec<String> = cycle.iter().take(8).map(|i| name(*i)).collect();
        if cycle.len() > names.len() {
            names.push("…".to_owned());
        }
        names.push(name(cycle[0]));
        let last = &self.raw.quantities[cycle[cycle.len() - 1]].1;
        let message = format!("`{}` depends on itself: {}", names[0], names.join(" → "));
        Diagnostic::error(last.place(at), message).help("write one of them without reference to the others")
    }
}

/// What a reference may mean.
pub(super) fn place_of(name: &str) -> Option<Place> {
    match name.strip_prefix("workload.") {
        Some(key) => Section::Workload.fields().find(|f| f.key() == key).map(Place::Common),
        None => Some(Place::Input(name.to_owned())),
    }
}
