//! The text of a draft, written otherwise.

use std::fmt::Write;

use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;

const OPTION: &str = "[[option]]\n";
const LINE: &str = "[[option.cost]]\n";
const INPUTS: &str = "[inputs]\n";

/// With retrains at random times in every other case.
pub fn random_retrains(text: String, case: u64) -> String {
    const SECTION: &str = "[option.training]\n";
    if case % 4 < 2 { text } else { text.replace(SECTION, &format!("{SECTION}retrain_timing = \"random\"\n")) }
}

/// With its options in another order: which of them stands where.
pub fn reordered(text: &str, random: &mut ChaCha8Rng) -> (String, Vec<usize>) {
    let (text, inputs) = text.split_once(INPUTS).expect("inputs at the end");
    let mut parts = text.split(OPTION);
    let head = parts.next().expect("what is before the options");
    let options: Vec<&str> = parts.collect();
    let mut order: Vec<usize> = (0..options.len()).rev().collect();
    if options.len() > 2 {
        order.shuffle(random);
    }
    let mut turned = format!("{head}{INPUTS}{inputs}");
    order.iter().for_each(|i| turned += &format!("{OPTION}{}", options[*i]));
    (turned, order)
}

/// With each custom line as several that cost a part of it. What is drawn is an input, so that the parts draw it once.
pub fn with_lines_in_parts(text: &str, parts: &[f64]) -> String {
    let mut pieces = text.split(LINE);
    let mut written = pieces.next().expect("what is before the lines").to_owned();
    let mut inputs = String::new();
    for (i, piece) in pieces.enumerate() {
        let mut rows = piece.splitn(4, '\n');
        let mut value = |key: &str| {
            let row = rows.next().and_then(|row| row.strip_prefix(key)?.strip_prefix(" = "));
            row.expect(key).trim_matches('"')
        };
        let (name, per, mut amount) = (value("name"), value("per"), value("amount").to_owned());
        if amount.starts_with("uniform(") {
            writeln!(inputs, "drawn{i} = \"{amount}\"").unwrap();
            amount = format!("drawn{i}");
        }
        for (k, part) in parts.iter().enumerate() {
            let name = format!("{name} {k}");
            writeln!(written, "{LINE}name = \"{name}\"\nper = \"{per}\"\namount = \"{part:?} * ({amount})\"").unwrap();
        }
        written += rows.next().unwrap_or_default();
    }
    written + &inputs
}
