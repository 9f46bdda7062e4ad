//! Whether text is coloured: decided once, for findings as well as for clap's own help and errors.

use std::ffi::OsString;

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use breakeven::diagnostic::TextStyle;
use clap::ValueEnum;

/// When to colour, as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ColourArg {
    Auto,
    Always,
    Never,
}

impl From<ColourArg> for ColorChoice {
    fn from(when: ColourArg) -> ColorChoice {
        match when {
            ColourArg::Auto => ColorChoice::Auto,
            ColourArg::Always => ColorChoice::Always,
            ColourArg::Never => ColorChoice::Never,
        }
    }
}

/// Settles it for all that is written from here on. What was typed comes first, then `NO_COLOR`, then
/// `CLICOLOR_FORCE`, then whether a terminal is reading.
pub fn settle(arguments: impl Iterator<Item = OsString>) {
    typed(arguments).map_or(ColorChoice::Auto, ColorChoice::from).write_global();
}

/// The last `--color` among the arguments. It is looked for before clap reads them, as clap's errors are coloured too;
/// clap takes no value that begins with a hyphen, so what looks like the option is one.
fn typed(arguments: impl Iterator<Item = OsString>) -> Option<ColourArg> {
    let mut words = arguments.take_while(|word| word != "--").map(|word| word.to_string_lossy().into_owned());
    let mut found = None;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--color") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        found = value.and_then(|value| ColourArg::from_str(&value, false).ok()).or(found);
    }
    found
}

/// How to write to standard error, or to standard output.
pub fn style(stream: &impl RawStream) -> TextStyle {
    match AutoStream::choice(stream) {
        ColorChoice::Never => TextStyle::Plain,
        _ => TextStyle::Coloured,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_one_typed_counts() {
        let found = |line: &str| typed(line.split(' ').map(OsString::from)).map(ColorChoice::from);
        assert_eq!(found("run a.toml"), None);
        assert_eq!(found("run --color never a.toml --color=always"), Some(ColorChoice::Always));
        assert_eq!(found("--color=sometimes run"), None);
        assert_eq!(found("run -- --color=always"), None);
        assert_eq!(found("run --colors --color"), None);
    }
}
