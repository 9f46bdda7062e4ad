//! `[catalogue]`: which price lists are looked at, and the model that a name means in them.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::data::DataFiles;
use super::document::{TomlTable, TomlValue};
use super::read::{Named, Reader};
use crate::diagnostic::{Diagnostic, Refusal, nearest};
use crate::prices::{Ambiguous, List, ModelPrices, built_in};

/// Names that are offered where one is not known.
const OFFERED: usize = 3;

/// The keys of the section.
pub(super) const KEYS: [&str; 2] = ["files", "date"];

/// The lists of a scenario, the first of which has the last word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalogue {
    lists: Vec<Arc<List>>,
}

/// A model that was found, and the list that has it.
pub(crate) struct FoundModel<'a> {
    pub entry: &'a ModelPrices,
    pub list: &'a List,
}

impl Catalogue {
    /// Reads the lists: those named on the command line, then those of the scenario; the built-in one is always there.
    pub(super) fn read(
        document: &TomlTable,
        named: &[PathBuf],
        data: &mut DataFiles,
        findings: &mut Vec<Diagnostic>,
    ) -> Catalogue {
        let mut files = Vec::new();
        let mut date: Option<Date> = None;
        if let Some(TomlValue::Table(table)) = document.get("catalogue").map(|entry| &entry.node.value) {
            let mut reader = Reader::new(table, "[catalogue]", findings);
            files = reader.texts("files");
            date = reader.day("date").map(|(day, _)| day);
            reader.finish(KEYS.into_iter());
        }
        let mut lists = Vec::new();
        for path in named {
            match data.named_list(path, date) {
                Ok(list) => lists.push(list),
                Err(Refusal { message, help }) => findings.push(Diagnostic::general(message).help(help)),
            }
        }
        for Named { text, span } in files {
            match data.list(&text, date) {
                Ok(list) => lists.push(list),
                Err(Refusal { message, help }) => findings.push(Diagnostic::error(span, message).help(help)),
            }
        }
        Catalogue { lists }
    }

    /// Whether these are the same lists.
    pub(super) fn is(&self, other: &Catalogue) -> bool {
        self.lists.len() == other.lists.len()
            && self.lists.iter().zip(&other.lists).all(|(own, other)| Arc::ptr_eq(own, other))
    }

    fn all(&self) -> impl Iterator<Item = &List> {
        self.lists.iter().map(|list| &**list).chain([built_in()])
    }

    /// The model that a name means in the first list that has it.
    pub fn find(&self, name: &str) -> Result<Option<FoundModel<'_>>, (&str, Ambiguous)> {
        for list in self.all() {
            let found = list.find(name).map_err(|ambiguous| (list.name.as_str(), ambiguous))?;
            if let Some(entry) = found {
                return Ok(Some(FoundModel { entry, list }));
            }
        }
        Ok(None)
    }

    /// The names nearest to one that no list has.
    pub fn near(&self, name: &str) -> Vec<String> {
        let mut known: Vec<String> =
            self.all().flat_map(|list| &list.entries).map(|entry| entry.model.clone()).collect();
        known.sort();
        known.dedup();
        let words = |text: &str| -> Vec<String> {
            text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
        };
        let asked = words(name);
        let shared = |known: &String| words(known).iter().filter(|word| asked.contains(word)).count();
        let first = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
        let mut rest: Vec<String> =
            known.iter().filter(|known| Some(*known) != first.as_ref() && shared(known) > 0).cloned().collect();
        rest.sort_by_key(|known| (std::cmp::Reverse(shared(known)), known.len()));
        first.into_iter().chain(rest).take(OFFERED).collect()
    }
}
