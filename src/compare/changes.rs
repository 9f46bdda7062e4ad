//! In which quantities a scenario differs from another.

use crate::scenario::Scenario;

/// A quantity that differs: its path, and its text in either; `None` where it is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its path.
    pub path: String,
    /// Its text in the first, and in the other.
    pub texts: [Option<String>; 2],
}

/// The quantities that two scenarios write otherwise, in the order of the first; then those that only the other has.
pub fn changes(first: &Scenario, other: &Scenario) -> Vec<Changed> {
    let text = |scenario: &Scenario, path: &str| {
        let written = scenario.written().iter().find(|quantity| quantity.path == path);
        written.map(|quantity| quantity.text.clone())
    };
    let own = first.written().iter().map(|quantity| quantity.path.clone());
    let more = other.written().iter().filter(|quantity| text(first, &quantity.path).is_none());
    let all = own.chain(more.map(|quantity| quantity.path.clone()));
    let changed = |path: String| {
        let texts = [text(first, &path), text(other, &path)];
        (texts[0] != texts[1]).then_some(Changed { path, texts })
    };
    all.filter_map(changed).collect()
}
