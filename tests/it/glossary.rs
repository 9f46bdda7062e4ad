//! Every figure that a table holds can be looked up.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use breakeven::report::{ALL_FIGURES, figure_names, figure_text};

/// The header of every table of the samples, and the metrics of the summary.
fn names() -> BTreeSet<String> {
    let outputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("outputs");
    let mut names = BTreeSet::new();
    for folder in ["article", "small-model"] {
        for entry in fs::read_dir(outputs.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            // Columns of a sweep are named after what was varied.
            if path.extension().is_none_or(|e| e != "csv") || path.ends_with("sweep.csv") {
                continue;
            }
            let mut reader = csv::Reader::from_path(&path).unwrap();
            names.extend(reader.headers().unwrap().iter().map(str::to_owned));
            if path.ends_with("summary.csv") {
                names.extend(reader.records().map(|row| row.unwrap()[1].to_owned()));
            }
        }
    }
    names
}

#[test]
fn every_column_and_metric_of_the_samples_is_explained() {
    let names = names();
    assert!(names.len() > 60 && names.contains("p_stays_cheaper_se") && names.contains("peak_outlay"), "{names:?}");
    let missing: Vec<&String> = names.iter().filter(|name| figure_text(name).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_is_explained_fits_a_terminal_and_has_one_meaning() {
    let all = figure_text(ALL_FIGURES).unwrap();
    for line in all.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let names: Vec<&str> = figure_names().collect();
    let distinct: BTreeSet<&&str> = names.iter().collect();
    assert_eq!(names.len(), distinct.len());
    assert_eq!(figure_text("no such figure"), None);
}

#[test]
fn a_figure_is_found_by_its_column_its_option_or_its_error() {
    let explained = |name: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_breakeven")).args(["explain", name]).output().unwrap();
        assert!(output.status.success(), "{name}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(explained("p_never"), explained("p_never_se"));
    assert_eq!(explained("Fine-tuning.saving"), explained("mean_saving"));
    assert!(explained("EVPPI").contains("before"));
    assert_eq!(explained("distributions"), explained("quantities"));
}
