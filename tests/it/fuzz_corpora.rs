//! What fuzzing found worth keeping, and every input that once broke something, under plain `cargo test`.
//!
//! `fuzz/README.md` says how to look for more.

#[path = "../fuzz/bodies.rs"]
mod bodies;
#[path = "../fuzz/sweeps.rs"]
mod sweeps;

use std::fs;
use std::path::{Path, PathBuf};

/// The files in a folder, sorted. A folder that is empty or not there would make a test that tests nothing.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files.sort();
    files
}

/// Gives every file that is kept for a target to its body.
fn replay(target: &str, body: fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    for kept in ["corpus", "regressions"] {
        for file in files(&root.join(kept).join(target)) {
            let bytes = fs::read(&file).unwrap();
            if let Err(cause) = std::panic::catch_unwind(|| body(&bytes)) {
                eprintln!("the file is {}", file.display());
                std::panic::resume_unwind(cause);
            }
        }
    }
}

#[test]
fn quantities_of_strangers() {
    replay("quantity", bodies::quantity);
}

#[test]
fn scenarios_of_strangers() {
    replay("scenario", bodies::scenario);
}

#[test]
fn data_files_of_strangers() {
    replay("data", bodies::data_file);
}

#[test]
fn overrides_of_strangers() {
    replay("set", bodies::set);
}

#[test]
fn logs_of_strangers() {
    replay("log", bodies::log);
}

#[test]
fn lists_of_points_of_strangers() {
    replay("points", sweeps::points);
}

#[test]
fn parts_of_strangers() {
    replay("part", sweeps::part);
}

#[test]
fn price_lists_of_strangers() {
    replay("prices", bodies::price_list);
}
