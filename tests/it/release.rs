//! What a release says of itself in several places, and what it carries.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const CHANGELOG: &str = include_str!("../../CHANGELOG.md");
const CITATION: &str = include_str!("../../CITATION.cff");
const WORKFLOW: &str = include_str!("../../.github/workflows/release.yml");

/// The value of a key at the top of a file of YAML.
fn cited(key: &str) -> &'static str {
    let mut values = CITATION.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
    values.next().unwrap_or_else(|| panic!("no {key}"))
}

#[test]
fn the_version_and_its_day_are_the_same_everywhere() {
    let released = CHANGELOG.lines().find_map(|line| line.strip_prefix("## ")?.split_once(" - "));
    assert_eq!(released, Some((VERSION, cited("date-released"))));
    assert_eq!(cited("version"), VERSION);
}

/// Tags of actions can be moved; only those of some length are a promise.
#[test]
fn actions_are_pinned_to_a_version() {
    let used: Vec<&str> = WORKFLOW.lines().filter_map(|line| Some(line.split_once("uses: ")?.1)).collect();
    let is_pinned = |action: &&str| {
        let version = action.split_once("@v").map_or("", |(_, version)| version);
        !version.is_empty() && version.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    assert!(used.len() > 3 && used.iter().all(is_pinned), "{used:?}");
}

/// Results, tests and benchmarks are megabytes that nobody builds with.
#[test]
fn a_package_holds_what_is_built_and_read() {
    let listed = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["package", "--list", "--locked", "--offline", "--allow-dirty"])
        .output()
        .unwrap();
    let names = String::from_utf8(listed.stdout).unwrap();
    let tops: BTreeSet<&str> = names.lines().filter_map(|name| Path::new(name).iter().next()?.to_str()).collect();
    let own = ["CHANGELOG.md", "CITATION.cff", "LICENSE", "README.md", "configs", "examples", "pyproject.toml", "src"];
    let of_cargo = |name: &&str| name.starts_with("Cargo.") || name.starts_with(".cargo");
    let found: Vec<&str> = tops.into_iter().filter(|name| !of_cargo(name)).collect();
    assert_eq!(found, own, "{}", String::from_utf8_lossy(&listed.stderr));
}
