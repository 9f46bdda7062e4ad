//! `breakeven explain` and `breakeven schema`: what the format's keys mean.

use std::io::IsTerminal;

use breakeven::diagnostic::nearest;
use breakeven::quantity::reference::constructs;
use breakeven::report;
use breakeven::scenario::explain as find;
use clap::{Args, ValueEnum};

use super::{Stop, say};

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A field (training.retrains_per_year), a section (migration), a distribution (pert) or a figure (p_never); also
    /// `quantities` and `figures`
    #[arg(value_name = "PATH")]
    pub path: Option<String>,
}

#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Whose
    #[arg(value_enum, value_name = "FORMAT", default_value = "scenario")]
    pub of: SchemaOf,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SchemaOf {
    /// Scenarios
    Scenario,
    /// `run.json`, and what `run --json` writes
    Run,
}

pub fn explain(args: &ExplainArgs) -> Result<(), Stop> {
    let Some(path) = &args.path else {
        // Tables of Markdown are for files and pagers of their own.
        let terminal = std::io::stdout().is_terminal();
        return say::out(&if terminal { report::reference_text() } else { report::reference_markdown() });
    };
    if let Some(text) = report::quantity_text(path) {
        return say::out(&text);
    }
    match (find(path), report::figure_text(path)) {
        (Ok(entries), _) => {
            let texts: Vec<String> = entries.iter().map(report::explain_text).collect();
            say::out(&texts.join("\n"))
        }
        (Err(_), Some(text)) => say::out(&text),
        (Err(near), None) => {
            let clean = breakeven::diagnostic::clean(path);
            let figure = || nearest(path, report::figure_names()).map(str::to_owned);
            let help = match form(path).map(str::to_owned).or(near).or_else(figure) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`breakeven explain` alone lists all fields, `explain figures` all figures".to_owned(),
            };
            say::error(&format!("neither a scenario nor a table has `{clean}`; {help}"));
            Err(Stop::Invalid)
        }
    }
}

/// The nearest form of the quantity language, or word for all of something.
fn form(path: &str) -> Option<&'static str> {
    nearest(path, constructs().map(|form| form.name).chain([report::ALL_FORMS, report::ALL_FIGURES]))
}

pub fn schema(of: SchemaOf) -> Result<(), Stop> {
    match of {
        SchemaOf::Scenario => say::out(&report::schema()),
        SchemaOf::Run => say::out(report::run_schema()),
    }
}
