//! The recipes of CONTRIBUTING.md name every file that they touch: those that hold the example, and no others.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::common::sources;

const CONTRIBUTING: &str = include_str!("../../CONTRIBUTING.md");

/// The files below `src` with texts that fit.
fn holding(fits: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let name = |path: PathBuf| path.strip_prefix(root).unwrap().display().to_string().replace('\\', "/");
    sources().into_iter().filter(|(_, text)| fits(text)).map(|(path, _)| name(path)).collect()
}

/// The files below `src` that the list of a recipe begins its items with.
fn named(recipe: &str) -> BTreeSet<String> {
    let start = CONTRIBUTING.find(&format!("## {recipe}\n")).unwrap_or_else(|| panic!("no recipe {recipe}"));
    let section = CONTRIBUTING[start + 3..].split("\n## ").next().unwrap();
    let items = section.lines().filter_map(|line| line.strip_prefix("- `")?.split('`').next());
    items.map(str::to_owned).collect()
}

#[test]
fn a_distribution() {
    assert_eq!(named("A distribution"), holding(|text| text.to_lowercase().contains("weibull")));
}

#[test]
fn a_cost_line() {
    let holds = |text: &str| text.contains("BuiltIn::Maintenance") || text.contains("Maintenance = \"maintenance\"");
    assert_eq!(named("A cost line"), holding(holds));
}

#[test]
fn a_table() {
    let holds =
        |text: &str| ["Table::new(\"drivers\"", "drivers::table", "drivers.csv"].iter().any(|mark| text.contains(mark));
    assert_eq!(named("A table"), holding(holds));
}

#[test]
fn a_chart() {
    assert_eq!(named("A chart"), holding(|text| text.to_lowercase().contains("histogram_saving")));
}
