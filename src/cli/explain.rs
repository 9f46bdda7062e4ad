//! `breakeven explain` and `breakeven schema`: what the format's keys mean.

use breakeven::report;
use breakeven::scenario::explain as find;

use super::args::ExplainArgs;
use super::{Stop, say};

pub fn explain(args: &ExplainArgs) -> Result<(), Stop> {
    let Some(path) = &args.path else { return say::out(&report::reference_markdown()) };
    match find(path) {
        Ok(entries) => {
            let texts: Vec<String> = entries.iter().map(report::explain_text).collect();
            say::out(&texts.join("\n"))
        }
        Err(near) => {
            let clean = breakeven::diagnostic::clean(path);
            let help = match near {
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
