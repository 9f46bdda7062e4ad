//! Numbers that were probably written in another unit than the format's: prices per token, a percent without its sign.

use crate::diagnostic::{Diagnostic, Span};
use crate::engine::Drawn;
use crate::scenario::{Field, Place};

/// Prices per million tokens that no provider has asked for.
const LEAST: f64 = 0.005;
const MOST: f64 = 1000.0;
/// Rates above which a number is more likely to be a percent: per month, and per year.
const MONTHLY: f64 = 0.5;
const YEARLY: f64 = 1.0;

/// Warnings of numbers that change the verdict unnoticed if their unit is wrong.
pub fn units(drawn: &Drawn<'_>) -> Vec<Diagnostic> {
    let prices =
        [Field::InputPrice, Field::OutputPrice, Field::CachedPrice, Field::CacheWritePrice, Field::TrainingPrice];
    let mut findings = Vec::new();
    for (field, most) in [(Field::DiscountRate, YEARLY), (Field::Growth, MONTHLY)] {
        let place = drawn.scenario.span(&Place::Common(field));
        findings.extend(place.and_then(|span| rate((field.path(), span), drawn.common(field), most)));
    }
    for option in 0..drawn.scenario.options.len() {
        let written = |field: Field| {
            let path = format!("{}.{}", drawn.scenario.options[option].name, field.path());
            drawn.place(option, field).map(|span| (path, span))
        };
        for field in prices {
            let (Some(column), Some(place)) = (drawn.field(option, field), written(field)) else { continue };
            findings.extend(price(place, column));
        }
        let field = Field::PriceChange;
        findings.extend(written(field).and_then(|place| rate(place, drawn.mean(option, field), YEARLY)));
    }
    findings
}

/// A price that makes an option almost free, or that nobody could pay.
fn price((path, span): (String, Span), column: &[f64]) -> Option<Diagnostic> {
    let most = column.iter().copied().fold(0.0, f64::max);
    let least = column.iter().copied().fold(f64::INFINITY, f64::min);
    if most > 0.0 && most < LEAST {
        let message = format!("`{path}` is below {LEAST} per million tokens, which makes the option almost free");
        let [thousand, one] = [1e3, 1e6].map(|tokens| plain(most * tokens));
        let help = format!(
            "prices are per million tokens: write {one} for {most:e} a token, {thousand} for {most:e} a thousand tokens"
        );
        return Some(Diagnostic::warning(span, message).help(help));
    }
    (least > MOST).then(|| {
        let message = format!("`{path}` is above {MOST} per million tokens");
        Diagnostic::warning(span, message).help("prices are per million tokens")
    })
}

/// A rate that was probably meant in percent.
fn rate((path, span): (String, Span), mean: f64, most: f64) -> Option<Diagnostic> {
    (mean > most).then(|| {
        let message = format!("`{path}` is {} on average, which means {} %", plain(mean), plain(100.0 * mean));
        let help = format!("rates are shares of one: write {}% if that is meant", plain(mean));
        Diagnostic::warning(span, message).help(help)
    })
}

/// A number in at most six digits.
fn plain(x: f64) -> String {
    let digits = format!("{x:.5e}").parse::<f64>().unwrap_or(x);
    digits.to_string()
}
