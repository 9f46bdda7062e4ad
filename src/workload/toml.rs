//! The section of a scenario, as a text that is valid as it stands.

use super::estimate::{Correlation, EstimatedField, EstimatedLaw, Workload};
use crate::diagnostic::{clean, excerpt};
use crate::logs::{RecordCounts, Requests};

/// Letters of a line of comments.
const WIDTH: usize = 110;
/// Letters of a name that is quoted.
const NAME: usize = 80;

/// What a workload was estimated from.
#[derive(Clone, Debug)]
pub struct LogOrigin {
    /// The logs: their names and digests.
    pub logs: Vec<(String, [u8; 32])>,
    /// The formats they are of.
    pub formats: Vec<&'static str>,
    /// What became of their records.
    pub counts: RecordCounts,
    /// Whether some identifiers could not be remembered.
    pub has_forgotten: bool,
}

impl LogOrigin {
    /// What was read so far, of these logs.
    pub fn of(requests: &Requests<'_>, logs: Vec<(String, [u8; 32])>) -> LogOrigin {
        LogOrigin {
            logs,
            formats: requests.formats().iter().map(|format| format.name).collect(),
            counts: requests.counts().clone(),
            has_forgotten: requests.has_forgotten(),
        }
    }

    /// What became of the records, in a line.
    pub fn summary(&self) -> String {
        let RecordCounts { read, filtered, repeated, answered_by_cache, rejected, .. } = &self.counts;
        let mut text = rejected.summary(*read, *filtered);
        if *repeated > 0 {
            text += &format!(", counted once {repeated} that were there twice");
        }
        if *answered_by_cache > 0 {
            text += &format!(", left out {answered_by_cache} that the proxy's own cache answered");
        }
        text
    }
}

impl Workload {
    /// What somebody should know before the numbers are used.
    pub fn notes(&self, origin: &LogOrigin) -> Vec<String> {
        let mut notes = self.facts.notes();
        if origin.has_forgotten {
            notes.push("there are more identifiers than are remembered: later records may be counted twice".to_owned());
        }
        notes
    }

    /// The section `[workload]` and its correlations, with comments.
    pub fn toml(&self, origin: &LogOrigin) -> String {
        let mut text = String::new();
        self.head(origin, &mut text);
        text += "[workload]\n";
        for (i, field) in self.fields.iter().enumerate() {
            if i > 0 {
                text.push('\n');
            }
            text += &line(field);
        }
        let comments = self.facts.comments(&self.fields[2].text());
        if !comments.is_empty() {
            text += "\n# For the options of the scenario:\n";
            comments.iter().flat_map(|comment| comment.lines()).for_each(|line| comment(line, &mut text));
        }
        for correlation in &self.correlations {
            text += &pair(correlation);
        }
        text
    }

    fn head(&self, origin: &LogOrigin, text: &mut String) {
        let names: Vec<String> = origin.logs.iter().map(|(name, _)| format!("`{}`", excerpt(name, NAME))).collect();
        comment(&format!("Estimated from {} ({}).", names.join(", "), origin.formats.join(", ")), text);
        let days = self.facts.days;
        let ends = self.facts.ends.as_ref().map(|(from, to)| format!(", from {from} to {to}")).unwrap_or_default();
        comment(&format!("Records: {}.", origin.summary()), text);
        comment(&format!("Whole days: {days}{ends}."), text);
        for fault in &origin.counts.rejected.faults {
            comment(&format!("Rejected: {fault}."), text);
        }
        for (name, digest) in &origin.logs {
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            comment(&format!("SHA-256 of `{}`: {digest}", excerpt(name, NAME)), text);
        }
        for note in self.notes(origin) {
            comment(&format!("Note: {note}."), text);
        }
        text.push('\n');
    }
}

fn line(field: &EstimatedField) -> String {
    let mut text = String::new();
    field.above.iter().for_each(|line| comment(line, &mut text));
    let value = match (&field.law, field.is_of_month) {
        (EstimatedLaw::Number(_), false) => field.text(),
        _ if field.text().parse::<f64>().is_ok() => field.text(),
        _ => quoted(&field.text()),
    };
    let beside = field.beside.map(|beside| format!("  # {beside}")).unwrap_or_default();
    text + &format!("{} = {value}{beside}\n", field.key)
}

fn pair(correlation: &Correlation) -> String {
    let [a, b] = correlation.keys.map(|key| quoted(&format!("workload.{key}")));
    let mut text = "\n".to_owned();
    comment(&correlation.above, &mut text);
    text + &format!("[[correlation]]\ninputs = [{a}, {b}]\nrank = {:.4}\n", correlation.rank)
}

/// A text in quotation marks; those of JSON are TOML's as well.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Adds a comment, in lines that can be read.
fn comment(line: &str, text: &mut String) {
    let mut width = 0;
    for word in clean(line).split(' ') {
        let letters = word.chars().count();
        if width > 0 && width + letters < WIDTH {
            text.push(' ');
        } else {
            text.push_str(if width > 0 { "\n# " } else { "# " });
            width = 1;
        }
        text.push_str(word);
        width += letters + 1;
    }
    text.push('\n');
}
