//! Bad input: every mistake ends with exit code 2, a message that says where and what to write instead, and nothing
//! written.

mod cases;
mod command_line;
mod files;
mod huge;
mod mistakes;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use crate::common::program::program;

/// A refusal that takes longer hangs, even on a loaded machine: no measure of speed, only an end to waiting.
const LONGEST: Duration = Duration::from_secs(120);

/// Two ways to serve a task, nothing uncertain: what the cases change, too.
const GOOD: &str = include_str!("../errors/base.toml");
/// Names with dots, and one of everything that a path can lead to.
const DOTTED: &str = include_str!("../errors/dotted.toml");

/// A folder with a scenario in `good.toml`.
fn with_good(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), text).unwrap();
    folder
}

/// What the program does in a folder.
fn breakeven(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = program(folder);
    command.env_remove("NO_COLOR").env_remove("RUST_BACKTRACE").timeout(LONGEST);
    command.args(arguments).output().unwrap()
}

/// What it says.
fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What is true of every refusal; returns the message.
#[track_caller]
fn refused(what: &str, output: &Output) -> String {
    let message = stderr(output);
    assert_eq!(output.status.code(), Some(2), "{what}: {message}");
    assert!(output.stdout.is_empty(), "{what} writes to standard output");
    assert!(!message.contains("panicked"), "{what}: {message}");
    assert!(message.len() < 40_000, "{what}: a message of {} bytes", message.len());
    let unsafe_char = |c: &char| c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c);
    assert_eq!(message.chars().find(unsafe_char), None, "{what}: {message:?}");
    message
}

/// Every error of a message says where, and what to do.
#[track_caller]
fn says_where_and_what(what: &str, message: &str, file: &str) {
    let errors: Vec<&str> = message.split("\n\n").filter(|e| e.starts_with("error")).collect();
    assert!(!errors.is_empty(), "{what}: {message}");
    for error in errors {
        assert!(error.contains("= help: "), "{what} gets no help: {error}");
        let place = error.lines().find_map(|l| l.trim_start().strip_prefix("--> ")).unwrap_or("");
        let numbers = place.strip_prefix(file).and_then(|p| p.strip_prefix(':')).unwrap_or("");
        let parts: Vec<bool> = numbers.split(':').map(|n| n.parse::<u32>().is_ok_and(|n| n > 0)).collect();
        assert_eq!(parts, [true, true], "{what} has no place: {error}");
        assert!(error.contains('^'), "{what} underlines nothing: {error}");
    }
}

/// All below a folder, with the contents of files.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.push((path.clone(), Vec::new()));
                folders.push(path);
            } else {
                let bytes = if path.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
                found.push((path, bytes));
            }
        }
    }
    found.sort();
    found
}
