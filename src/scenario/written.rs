//! A scenario's text as it is written: parsed once, whatever is then written over it again and again.

use std::sync::{Arc, OnceLock};

use super::catalogue::Catalogue;
use super::document::{self, TomlTable};
use super::fill::fill;
use super::raw::{self, Raw};
use super::slots::Slots;
use super::targets::{Target, targets};
use crate::diagnostic::Diagnostic;

/// A text with all that follows from it alone.
#[derive(Debug)]
pub(super) struct Written {
    /// What messages call it.
    pub name: String,
    /// The scenario's title if it has none.
    pub stem: String,
    /// The text.
    pub text: Arc<str>,
    /// The text as a tree; of all sources it is the first.
    pub document: TomlTable,
    /// What is no TOML in it.
    pub findings: Vec<Diagnostic>,
    /// What the tree says.
    pub raw: Raw,
    /// What can be set in it, once somebody asks.
    targets: OnceLock<Arc<Vec<Target>>>,
    /// Its slots with the price lists that they were found with, which are mostly the same.
    slots: OnceLock<(Catalogue, Arc<Slots>)>,
}

impl Written {
    /// Parses a text.
    pub fn parse(name: &str, stem: &str, text: &str) -> Written {
        let mut findings = Vec::new();
        let document = document::parse(text, 0, &mut findings);
        Written {
            name: name.to_owned(),
            stem: stem.to_owned(),
            text: text.into(),
            findings,
            raw: raw::read(&document, &mut Vec::new()),
            targets: OnceLock::new(),
            document,
            slots: OnceLock::new(),
        }
    }

    /// What can be set in it.
    pub fn targets(&self) -> Arc<Vec<Target>> {
        Arc::clone(self.targets.get_or_init(|| Arc::new(targets(&self.document))))
    }

    /// The slots of the text. A price that is filled in has one like a price that is written, so that both draw the same
    /// numbers.
    pub fn slots(&self, catalogue: &Catalogue) -> Arc<Slots> {
        let found = || {
            let mut document = self.document.clone();
            fill(&mut document, catalogue, &mut Vec::new());
            Arc::new(Slots::new(&raw::read(&document, &mut Vec::new())))
        };
        let (known, slots) = self.slots.get_or_init(|| (catalogue.clone(), found()));
        if known.is(catalogue) { Arc::clone(slots) } else { found() }
    }
}
