//! `breakeven explain` and `breakeven schema`: what the format's keys mean.

use std::io::IsTerminal;

use breakeven::diagnostic::nearest;
use breakeven::quantity::reference::FORMS;
use breakeven::report;
use breakeven::scenario::explain as find;

use super::args::ExplainArgs;
use super::{Stop, say};

pub fn explain(args: &ExplainArgs) -> Result<(), Stop> {
    let Some(path) = &args.path else {
        // Tables of Markdown are for files and pagers of their own.
        let terminal = std::io::stdout().is_terminal();
        return say::out(&if terminal { report::reference_text() } else { report::reference_markdown() });
    };
    if let Some(text) = report::quantity_text(path) {
        return say::out(&text);
    }
    match find(path) {
        Ok(entries) => {
            let texts: Vec<String> = entries.iter().map(report::explain_text).collect();
            say::out(&texts.join("\n"))
        }
        Err(near) => {
            let clean = breakeven::diagnostic::clean(path);
            let forms = FORMS.iter().map(|form| form.name).chain([report::ALL_FORMS]);
            let help = match nearest(path, forms).map(str::to_owned).or(near) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`breakeven explain` alone lists all of them".to_owned(),
            };
            say::error(&format!("a scenario has no `{clean}`; {help}"));
            Err(Stop::Invalid)
        }
    }
}

pub fn schema() -> Result<(), Stop> {
    say::out(&report::schema())
}
