//! Token prices that were probably written in another unit than the format's.

use super::drawn::Drawn;
use crate::diagnostic::Diagnostic;
use crate::scenario::Field;

/// Prices per million tokens that no provider has asked for.
const LEAST: f64 = 0.005;
const MOST: f64 = 1000.0;

/// Warnings of prices that make an option almost free, or that nobody could pay.
pub fn prices(drawn: &Drawn<'_>) -> Vec<Diagnostic> {
    let fields =
        [Field::InputPrice, Field::OutputPrice, Field::CachedPrice, Field::CacheWritePrice, Field::TrainingPrice];
    let mut findings = Vec::new();
    for option in 0..drawn.scenario.options.len() {
        for field in fields {
            let (Some(column), Some(span)) = (drawn.field(option, field), drawn.place(option, field)) else { continue };
            let most = column.iter().copied().fold(0.0, f64::max);
            let least = column.iter().copied().fold(f64::INFINITY, f64::min);
            let path = format!("{}.{}", drawn.scenario.options[option].name, field.path());
            if most > 0.0 && most < LEAST {
                let message =
                    format!("`{path}` is below {LEAST} per million tokens, which makes the option almost free");
                let help = format!("prices are per million tokens: write {} for {most:e} a token", most * 1e6);
                findings.push(Diagnostic::warning(span, message).help(help));
            } else if least > MOST {
                let message = format!("`{path}` is above {MOST} per million tokens");
                findings.push(Diagnostic::warning(span, message).help("prices are per million tokens"));
            }
        }
    }
    findings
}
