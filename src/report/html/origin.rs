//! How certain the figures are, and where they come from.

use super::Page;
use super::figures::figure;
use super::markup::Markup;
use super::tables::paragraphs;
use crate::engine::{Metric, Stat};
use crate::number::grouped;
use crate::report::format::{number_text, short};
use crate::report::precision::missed_precision;

impl Page<'_> {
    /// What ± means and what it does not.
    pub(super) fn certainty(&self) -> Markup {
        let results = self.screen.results;
        let choice = self.screen.verdict.choice;
        let trials = grouped(results.design.trials() as f64, 0);
        let mut sentences = vec![format!(
            "Every figure is an estimate from {trials} simulated {}; another seed would give slightly different ones. ± is \
             its standard error, how far off it is likely to be for that reason alone. Figures in words show only digits \
             that this error leaves standing, and an option is called cheaper only where the error cannot explain the \
             difference.",
            results.scenario.simulation.trials_are.word()
        )];
        let total = results.metric(choice, Metric::Total, Stat::Mean);
        if let Some((total, reach)) = total.and_then(|t| Some((t, t.half_width(0.95)?))) {
            let (value, error) = figure(total.value, total.std_error);
            let error = error.unwrap_or_else(|| "± 0".to_owned());
            let (name, currency) = (self.screen.name(choice), &results.scenario.currency);
            sentences.push(format!(
                "The mean total of {name}, for example, is {value} {error} {currency}: with 95 % confidence it lies within \
                 {} of what endless trials would give.",
                short(reach, 0.0)
            ));
        }
        sentences.push(
            "This error says how well the simulation knows the figure, not how well the inputs are known. That is what the \
             90 % ranges are for: they are as wide as the scenario's own uncertainty, and more trials do not narrow them. \
             If an input is wrong, or a cost is missing, no figure here shows it."
                .to_owned(),
        );
        sentences.push(
            "“<” and “>” before a percentage mark a probability that the trials only bound: none of them, or all of them, \
             agreed."
                .to_owned(),
        );
        sentences.extend(missed_precision(results).map(|missed| format!("Note: {missed}.")));
        sentences.extend(self.screen.notes());
        paragraphs(sentences)
    }

    /// The text that was run, and what was set besides.
    pub(super) fn scenario(&self) -> Markup {
        let text = self.sources.get(0).map_or("", |source| &*source.text);
        let label =
            [("class", "scenario"), ("tabindex", "0"), ("role", "region"), ("aria-label", "The scenario's text")];
        let text = Markup::element("pre", &label, Markup::lines(text));
        let set: Vec<&str> = self.set().collect();
        let about = if set.is_empty() {
            "The file as it was read."
        } else {
            "The file as it was read; some of its fields were changed for this run, see below it."
        };
        let changes = (!set.is_empty()).then(|| {
            let lines = Markup::element("pre", &[("class", "command")], Markup::lines(&set.join("\n")));
            Markup::all([Markup::paragraph("Changed for this run:"), lines])
        });
        Markup::all([Markup::paragraph(about), text].into_iter().chain(changes))
    }

    /// What `--set` said: every text after the file's own.
    fn set(&self) -> impl Iterator<Item = &str> {
        (1..).map_while(|k| self.sources.get(k)).map(|source| &*source.text)
    }

    /// The command, and all that the figures depend on.
    pub(super) fn again(&self) -> Markup {
        let results = self.screen.results;
        let words = "Save the scenario's text as scenario.toml, with the data files it names beside it, and run this. The \
                     same scenario, seed and version give the same figures, on any number of threads.";
        let facts = [
            ("Version", format!("breakeven {}", env!("CARGO_PKG_VERSION"))),
            ("Seed", results.scenario.simulation.seed.to_string()),
            ("Sampler", results.scenario.simulation.sampler.word().to_owned()),
            ("Trials", grouped(results.design.trials() as f64, 0)),
            ("Scenario (SHA-256 of text, changes and data)", results.scenario.hash.clone()),
        ];
        let pair = |(name, value): &(&str, String)| {
            Markup::joined([Markup::tag("dt", Markup::text(name)), Markup::tag("dd", Markup::text(value))])
        };
        Markup::all([
            Markup::paragraph(words),
            Markup::element("pre", &[("class", "command")], Markup::lines(&self.command())),
            Markup::element("dl", &[("class", "pairs")], Markup::all(facts.iter().map(pair))),
        ])
    }

    fn command(&self) -> String {
        let simulation = &self.screen.results.scenario.simulation;
        let mut command = format!(
            "breakeven run scenario.toml --trials {} --sampler {} --seed {}",
            simulation.trials,
            simulation.sampler.word(),
            simulation.seed
        );
        if let Some(reached) = self.screen.results.precision {
            let wanted = number_text(reached.asked.wanted);
            command += &format!(" --precision {wanted} --max-trials {}", reached.asked.max_trials);
        }
        for set in self.set() {
            command += &format!(" --set {}", quoted(set));
        }
        command + " --report"
    }
}

/// For a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
