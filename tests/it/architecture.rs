//! The way through the house: lower layers never name higher ones, and the library neither prints nor reads flags.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::sources;

/// From the lowest to the highest.
const LAYERS: [&str; 29] = [
    "vector",
    "math",
    "dist",
    "diagnostic",
    "prices",
    "logs",
    "workload",
    "quantity",
    "sample",
    "scenario",
    "inputs",
    "model",
    "stats",
    "information",
    "engine",
    "lint",
    "sensitivity",
    "evsi",
    "actuals",
    "sweep",
    "compare",
    "solve",
    "tables",
    "number",
    "palette",
    "chart",
    "report",
    "files",
    "guide",
];

/// The layer that a file belongs to: the first folder or file below `src`.
fn layer(path: &Path) -> Option<usize> {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).ok()?;
    let first = below.components().next()?.as_os_str().to_str()?;
    LAYERS.iter().position(|l| *l == first.trim_end_matches(".rs"))
}

#[test]
fn lower_layers_never_name_higher_ones() {
    for (path, text) in sources() {
        let Some(own) = layer(&path) else { continue };
        for part in text.split("crate::").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let named = LAYERS.iter().position(|l| *l == name);
            assert!(named.is_none_or(|n| n <= own), "{} names `{name}`, which lies above it", path.display());
        }
    }
}

#[test]
fn every_module_of_the_library_has_its_layer() {
    let root = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let modules = root.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in modules {
        assert!(LAYERS.contains(&module), "`{module}` has no place in the order");
    }
}

#[test]
fn the_library_neither_prints_nor_reads_flags() {
    let is_binary = |p: &Path| p.ends_with("src/main.rs") || p.components().any(|c| c.as_os_str() == "cli");
    for (path, text) in sources().into_iter().filter(|(p, _)| !is_binary(p)) {
        let code: String = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
        for forbidden in ["println!", "print!(", "clap::", "std::env::args", "process::exit", "dbg!"] {
            assert!(!code.contains(forbidden), "{} uses {forbidden}", path.display());
        }
    }
}

#[test]
fn the_binary_is_thin() {
    let (cli, library): (Vec<_>, Vec<_>) = sources()
        .into_iter()
        .partition(|(p, _)| p.ends_with("src/main.rs") || p.components().any(|c| c.as_os_str() == "cli"));
    let lines = |files: &[(PathBuf, String)]| files.iter().map(|(_, t)| t.lines().count()).sum::<usize>();
    assert!(lines(&cli) * 10 < lines(&library), "the command line has {} lines", lines(&cli));
}
