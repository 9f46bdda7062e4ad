//! The cases: each mistake is refused with its message, leaves nothing behind, and is mended by following the advice.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use super::{breakeven, cases, everything, refused, says_where_and_what, stderr};

/// The file that every case is written into.
const BAD: &str = "bad.toml";

/// A folder for scenarios, with the data files that they name in it, and one outside.
struct Place {
    root: tempfile::TempDir,
}

impl Place {
    /// A new one.
    fn new() -> Place {
        let place = Place { root: tempfile::tempdir().unwrap() };
        let data = place.folder().join("data");
        fs::create_dir_all(&data).unwrap();
        for file in fs::read_dir(cases::folder().join("data")).unwrap().map(|e| e.unwrap().path()) {
            fs::copy(&file, data.join(file.file_name().unwrap())).unwrap();
        }
        fs::copy(data.join("calls.csv"), place.root.path().join("outside.csv")).unwrap();
        place
    }

    /// Where the scenarios are.
    fn folder(&self) -> PathBuf {
        self.root.path().join("scenarios")
    }

    /// What `check` does with a scenario.
    fn check(&self, text: &str) -> Output {
        fs::write(self.folder().join(BAD), text).unwrap();
        breakeven(&self.folder(), &["check", BAD])
    }

    /// What `run` does with the scenario that was checked last.
    fn run(&self, more: &[&str]) -> Output {
        breakeven(&self.folder(), &[&["run", BAD], more].concat())
    }
}

#[test]
fn the_cases_are_many_and_each_has_its_name() {
    let cases = cases::all();
    assert!(cases.len() >= 270, "{}", cases.len());
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "two cases have one name");
}

#[test]
fn each_mistake_gets_its_message() {
    let bless = std::env::var_os("BLESS").is_some_and(|v| v == "1");
    let place = Place::new();
    let mut wrong = Vec::new();
    for mut topic in cases::topics() {
        for case in &mut topic.cases {
            let message = refused(&case.name, &place.check(&case.text()));
            says_where_and_what(&case.name, &message, BAD);
            if format!("{}\n\n", case.message) != message {
                wrong.push(format!("{} differs from:\n{message}", case.name));
                case.message = message.trim_end().to_owned();
            }
        }
        if bless {
            topic.write();
        }
    }
    assert!(bless || wrong.is_empty(), "{} messages differ; BLESS=1 accepts them\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn run_says_the_same_and_writes_nothing() {
    let place = Place::new();
    let out = place.root.path().join("a/b");
    for case in cases::all() {
        let check = refused(&case.name, &place.check(&case.text()));
        let before = everything(place.root.path());
        assert_eq!(refused(&case.name, &place.run(&["--out", out.to_str().unwrap()])), check, "{}", case.name);
        assert_eq!(refused(&case.name, &place.run(&[])), check, "{}", case.name);
        assert_eq!(everything(place.root.path()), before, "{} leaves something behind", case.name);
    }
}

#[test]
fn results_of_an_earlier_run_stay_as_they_were() {
    let place = Place::new();
    let out = place.root.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("summary.csv"), "earlier").unwrap();
    refused("check", &place.check(&cases::text_of("range-share")));
    let before = everything(place.root.path());
    refused("run", &place.run(&["--out", out.to_str().unwrap()]));
    assert_eq!(everything(place.root.path()), before);
}

#[test]
fn the_advice_helps() {
    let place = Place::new();
    for case in cases::all() {
        let Some(text) = case.mended() else { continue };
        let output = place.check(&text);
        // A mended interval may still make an option cheaper than free, of which a warning is right.
        let quiet = output.stderr.is_empty() || stderr(&output).contains("costs less than nothing");
        assert!(output.status.success() && quiet, "{}: {}", case.name, stderr(&output));
    }
}

#[test]
fn several_mistakes_come_in_the_order_of_the_file() {
    let message = refused("several", &Place::new().check(&cases::text_of("several")));
    let places = message.lines().filter_map(|l| l.trim_start().strip_prefix("--> bad.toml:"));
    let lines: Vec<u32> = places.map(|p| p.split(':').next().unwrap().parse().unwrap()).collect();
    assert!(lines.len() >= 5, "{message}");
    assert!(lines.is_sorted(), "{lines:?}");
}
