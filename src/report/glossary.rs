//! What the figures of the tables mean, to be looked up by name.

use super::grid::wrap;
use super::screen::WIDTH;
use crate::tables::Meaning;

/// The word for all of them.
pub const ALL_FIGURES: &str = "figures";

/// What the figures of a name are, or all of them for [`ALL_FIGURES`]; `None` where there is no such figure.
pub fn figure_text(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let name = name.rsplit_once('.').map_or(name.as_str(), |(_, last)| last);
    let stem = name.strip_suffix("_se").filter(|stem| !stem.is_empty()).unwrap_or(name);
    let asked = |meaning: &&Meaning| name == ALL_FIGURES || meaning.names().contains(&stem);
    let text = |meaning: &Meaning| {
        let text: String = wrap(meaning.text(), WIDTH - 2).lines().map(|line| format!("  {line}\n")).collect();
        format!("{}\n{text}", meaning.names().join(", "))
    };
    let texts: Vec<String> = Meaning::ALL.iter().filter(asked).map(text).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// All names of figures.
pub fn figure_names() -> impl Iterator<Item = &'static str> {
    Meaning::ALL.iter().flat_map(|meaning| meaning.names().iter().copied())
}
