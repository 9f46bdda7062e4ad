//! Running the program as a user does.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;

/// The tables of a run.
pub const TABLES: [&str; 16] = [
    "summary",
    "break_even",
    "break_even_month",
    "break_even_volume",
    "cumulative",
    "histogram",
    "cost_lines",
    "ledger",
    "spend",
    "inputs",
    "value_of_information",
    "one_way",
    "drivers",
    "pairs",
    "acceptability",
    "tail",
];

/// A folder with a scenario in `small.toml`.
pub fn folder(scenario: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("small.toml"), scenario).unwrap();
    folder
}

/// The program, in a folder.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_breakeven"));
    command.current_dir(folder);
    command
}

/// The program with arguments.
pub fn breakeven(folder: &Path, arguments: &[&str]) -> Assert {
    program(folder).args(arguments).assert()
}

/// The names of what is in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
