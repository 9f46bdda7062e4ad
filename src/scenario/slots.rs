//! Dimensions of the unit cube, given out in the order of the file.
//!
//! Every quantity of the file as written takes at least one, constants too: then replacing a distribution by a
//! constant, by hand or by an override, leaves the dimensions of all others alone.

use std::collections::HashMap;

use super::field::Field;
use super::origin::Origin;
use super::place::Place;
use super::raw::Raw;
use crate::diagnostic::Span;
use crate::quantity::Variable;

/// The dimensions of each quantity.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    first: HashMap<Place, (usize, usize)>,
    total: usize,
}

impl Slots {
    /// The slots of a file as written.
    pub fn new(raw: &Raw) -> Slots {
        let mut ordered: Vec<_> = raw.quantities.iter().collect();
        ordered.sort_by_key(|(_, quantity)| quantity.span);
        let mut slots = Slots::default();
        for (place, quantity) in ordered {
            let success = usize::from(matches!(place, Place::Option(_, Field::SuccessProbability)));
            let count = quantity.variables().max(1) + success;
            slots.first.insert(place.clone(), (slots.total, count));
            slots.total += count;
        }
        slots
    }

    /// Gives each variable its dimension. Those that the file as written had no room for come after all others.
    pub fn assign(&self, origins: &[Origin], raw: &Raw, variables: &mut [Variable]) {
        let spans: HashMap<&Place, Span> = raw.quantities.iter().map(|(p, q)| (p, q.span)).collect();
        let mut ordered: Vec<(usize, &Origin)> = origins.iter().enumerate().collect();
        ordered.sort_by_key(|(variable, origin)| (spans.get(&origin.place).copied(), origin.dimension, *variable));
        let mut extra = self.total;
        for (variable, origin) in ordered {
            variables[variable].dimension = self.dimension(&origin.place, origin.dimension).unwrap_or_else(|| {
                extra += 1;
                extra - 1
            });
        }
    }

    /// The dimension of the k-th variable of a place, if the file as written had room for it.
    fn dimension(&self, place: &Place, k: usize) -> Option<usize> {
        self.first.get(place).filter(|(_, count)| k < *count).map(|(first, _)| first + k)
    }
}
