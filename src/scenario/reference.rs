//! Everything that a scenario can say, as one list: what `explain`, the reference and the schema are made of.

use super::field::{Fallback, Field};
use super::label::{Takes, TextKey};
use super::months::never_monthly;
use super::range::FieldRange;
use super::section::Section;
use crate::diagnostic::nearest;

/// One key of the format.
#[derive(Clone, Debug)]
pub struct FieldReference {
    /// The table it stands in, such as `option.training`; empty for the top of the file.
    pub table: String,
    /// Its key there.
    pub key: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// The values it can have, for a quantity.
    pub range: Option<FieldRange>,
    /// What it is counted in; empty for what is no quantity.
    pub unit: &'static str,
    /// Whether it may differ by month.
    pub may_differ_by_month: bool,
    /// What it holds when it is not written; `None` where nothing is assumed.
    pub default: Option<String>,
    /// Whether it must be written.
    pub required: bool,
    /// What it means.
    pub meaning: &'static str,
    /// How costs follow from it; empty where there is nothing to add.
    pub formula: &'static str,
}

impl FieldReference {
    /// The table and the key.
    pub fn path(&self) -> String {
        if self.table.is_empty() { self.key.to_owned() } else { format!("{}.{}", self.table, self.key) }
    }
}

/// All keys, in the order of the format.
pub fn reference() -> Vec<FieldReference> {
    let sections = [Section::Simulation, Section::Labour, Section::Workload, Section::Option];
    let mut entries: Vec<FieldReference> = labels("", "");
    for section in sections.into_iter().chain(Section::OF_OPTION) {
        let (table, own) = match section {
            Section::Simulation | Section::Labour | Section::Workload => (section.name().to_owned(), section.name()),
            Section::Option => ("option".to_owned(), "option"),
            section => (format!("option.{}", section.name()), section.name()),
        };
        entries.extend(labels(own, &table));
        entries.extend(section.fields().map(|field| of_field(&table, field)));
    }
    entries.extend(labels("cost", "option.cost"));
    entries.extend(labels("decision", "decision"));
    entries.extend(labels("catalogue", "catalogue"));
    entries.extend(labels("correlation", "correlation"));
    entries
}

fn labels(own: &str, table: &str) -> Vec<FieldReference> {
    let entry = |label: &TextKey| FieldReference {
        table: table.to_owned(),
        key: label.key,
        takes: label.takes,
        range: matches!(label.takes, Takes::Quantity).then_some(FieldRange::ANY),
        unit: "",
        may_differ_by_month: matches!(label.takes, Takes::Quantity),
        default: (!label.default.is_empty()).then(|| label.default.to_owned()),
        required: label.required,
        meaning: label.meaning,
        formula: "",
    };
    TextKey::ALL.iter().filter(|label| label.table == own).map(entry).collect()
}

fn of_field(table: &str, field: Field) -> FieldReference {
    let default = match field.fallback() {
        Fallback::Number(x) => Some(x.to_string()),
        Fallback::HourlyRate => Some("labour.hourly_rate".to_owned()),
        Fallback::InputPrice => Some("input_price".to_owned()),
        Fallback::Absent(meaning) => Some(meaning.to_owned()),
        Fallback::WherePaid => Some("required where an option pays for such tokens".to_owned()),
        Fallback::Required => None,
    };
    FieldReference {
        table: table.to_owned(),
        key: field.key(),
        takes: Takes::Quantity,
        range: Some(field.range()),
        unit: field.unit(),
        may_differ_by_month: never_monthly(field).is_none(),
        default,
        required: field.fallback() == Fallback::Required,
        meaning: field.meaning(),
        formula: field.formula(),
    }
}

/// The entries that a path may mean: as the format has it, with the name of an option in front, or the end of it.
///
/// # Errors
/// The nearest path, if there is none.
pub fn explain(path: &str) -> Result<Vec<FieldReference>, Option<String>> {
    let entries = reference();
    let path = path.trim();
    let ends_with = |entry: &&FieldReference| {
        let own = entry.path();
        let short = own.strip_prefix("option.").unwrap_or(&own).to_owned();
        // `Fine-tuning.training.epochs` ends with `.training.epochs`, and `training.epochs` with `.epochs`.
        own == path || short == path || short.contains('.') && path.ends_with(&format!(".{short}"))
    };
    let exact: Vec<FieldReference> = entries.iter().filter(ends_with).cloned().collect();
    if !exact.is_empty() {
        return Ok(exact);
    }
    let key = path.rsplit('.').next().unwrap_or(path);
    let of_option = |entry: &&FieldReference| entry.table == "option" && path.ends_with(&format!(".{}", entry.key));
    if let Some(entry) = entries.iter().find(of_option) {
        return Ok(vec![entry.clone()]);
    }
    let table = |entry: &&FieldReference| entry.table == path || entry.table.strip_prefix("option.") == Some(path);
    let same: Vec<FieldReference> =
        entries.iter().filter(|e| e.key == key && !path.contains('.') || table(e)).cloned().collect();
    if !same.is_empty() {
        return Ok(same);
    }
    let paths: Vec<String> = entries.iter().map(FieldReference::path).collect();
    let short = paths.iter().map(|p| p.strip_prefix("option.").unwrap_or(p));
    let known = paths.iter().map(String::as_str).chain(short).chain(entries.iter().map(|e| e.key));
    Err(nearest(path, known).or_else(|| nearest(key, entries.iter().map(|e| e.key))).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str) -> Vec<String> {
        explain(path).unwrap_or_default().iter().map(FieldReference::path).collect()
    }

    #[test]
    fn paths_are_found_in_all_their_forms() {
        for path in [
            "option.training.retrains_per_year",
            "training.retrains_per_year",
            "Fine-tuning.training.retrains_per_year",
        ] {
            assert_eq!(found(path), ["option.training.retrains_per_year"]);
        }
        assert_eq!(found("retrains_per_year"), ["option.training.retrains_per_year"]);
        assert_eq!(found("workload.input_tokens"), ["workload.input_tokens"]);
        assert_eq!(found("GPT-4.1 prompted.launch_month"), ["option.launch_month"]);
        assert_eq!(found("option.launch_month"), ["option.launch_month"]);
        assert!(found("hourly_rate").len() > 4 && found("migration").len() > 4);
        assert_eq!(explain("retrains_per_yaer").err(), Some(Some("retrains_per_year".to_owned())));
        assert_eq!(explain("quite something else").err(), Some(None));
    }

    #[test]
    fn every_key_says_what_it_means() {
        for entry in reference() {
            assert!(entry.meaning.ends_with('.') && entry.meaning.len() > 15, "{}", entry.path());
            assert!(!(entry.required && entry.default.is_some()), "{}", entry.path());
        }
    }
}
