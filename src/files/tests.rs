//! Faults at every step of putting a result in place: each call of the system fails once, or all from one on, as if the
//! process were gone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::disk::faults::{self, DiskFault};
use super::*;

type Files = BTreeMap<String, Vec<u8>>;

fn go() -> impl FnMut() -> Result<(), FileError> {
    || Ok(())
}

fn request(force: bool) -> FolderRequest {
    let names: Vec<String> = ["a.csv", "b.csv", "c.csv", "d.csv"].map(str::to_owned).to_vec();
    FolderRequest { kind: CommandKind::Run, known: names.clone(), names, inputs: Vec::new(), force }
}

fn head(hash: &str) -> Map<String, Value> {
    let Value::Object(head) = json!({ "scenario_hash": hash, "arguments": {} }) else { unreachable!() };
    head
}

/// Writes files of a result named `version`.
fn write(folder: &Path, names: &[&str], version: &str, force: bool) -> Result<Finished, FileError> {
    let mut output = Output::prepare(folder, request(force), &mut go())?;
    for name in names {
        output.add(*name, format!("{name} of {version}").into_bytes());
    }
    output.finish(head(version), &mut go())
}

/// The first result, and the second, which replaces, leaves out and adds files.
fn first(folder: &Path) -> Result<Finished, FileError> {
    write(folder, &["a.csv", "b.csv", "c.csv"], "one", false)
}

fn second(folder: &Path) -> Result<Finished, FileError> {
    write(folder, &["a.csv", "b.csv", "d.csv"], "two", false)
}

fn files(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|path| path.is_file());
    entries.map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&p).unwrap())).collect()
}

/// What a folder holds after each result alone.
fn alone(result: impl Fn(&Path) -> Result<Finished, FileError>) -> Files {
    let root = tempfile::tempdir().unwrap();
    result(root.path()).unwrap();
    files(root.path())
}

fn is_part(some: &Files, all: &Files) -> bool {
    some.iter().all(|(name, bytes)| all.get(name) == Some(bytes))
}

fn is_whole(folder: &Path) -> bool {
    let (findings, unfinished) = verify(folder).unwrap();
    !unfinished && findings.len() == 1 && findings[0].is_whole()
}

/// A folder with the first result, in which the second meets a fault; whether the fault was reached.
fn struck(fault: (u32, DiskFault)) -> (tempfile::TempDir, bool, bool) {
    let root = tempfile::tempdir().unwrap();
    first(root.path()).unwrap();
    faults::at(Some(fault));
    let done = second(root.path()).is_ok();
    let reached = !faults::is_ahead();
    faults::at(None);
    (root, done, reached)
}

#[test]
fn an_error_at_any_step_changes_nothing_or_all() {
    let (one, two) = (alone(first), alone(second));
    for step in 0.. {
        let (root, done, reached) = struck((step, DiskFault::Once));
        let wanted = if done { &two } else { &one };
        assert_eq!(&files(root.path()), wanted, "step {step}");
        assert!(is_whole(root.path()), "step {step}");
        second(root.path()).unwrap_or_else(|e| panic!("step {step}: {e}"));
        assert_eq!(files(root.path()), two, "step {step}");
        if !reached {
            assert!(step > 40, "only {step} steps");
            break;
        }
    }
}

#[test]
fn an_end_at_any_step_leaves_no_mixture_and_the_next_command_finishes() {
    let (one, two) = (alone(first), alone(second));
    for step in 0.. {
        let (root, _, reached) = struck((step, DiskFault::Forever));
        let found = files(root.path());
        assert!(is_part(&found, &one) || is_part(&found, &two), "step {step}: {:?}", found.keys());
        let (findings, _) = verify(root.path()).unwrap();
        if findings.iter().any(Finding::is_whole) {
            assert!(found == one || found == two, "step {step}");
        }
        second(root.path()).unwrap_or_else(|e| panic!("step {step}: {e}"));
        assert_eq!(files(root.path()), two, "step {step}");
        assert!(is_whole(root.path()) && !root.path().join(work::NAME).exists(), "step {step}");
        if !reached {
            break;
        }
    }
}

#[test]
fn an_end_while_an_earlier_end_is_mended_is_mended_too() {
    let two = alone(second);
    for step in (0..60).step_by(3) {
        for again in 0..30 {
            let (root, ..) = struck((step, DiskFault::Forever));
            faults::at(Some((again, DiskFault::Forever)));
            let _ = first(root.path());
            faults::at(None);
            second(root.path()).unwrap_or_else(|e| panic!("steps {step} and {again}: {e}"));
            assert_eq!(files(root.path()), two, "steps {step} and {again}");
        }
    }
}

#[test]
fn what_somebody_has_written_stays() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("b.csv"), "mine").unwrap();
    assert!(matches!(first(root.path()), Err(FileError::Claimed(c)) if c[0].1 == Claim::Foreign));
    assert_eq!(files(root.path()).len(), 1);
    write(root.path(), &["a.csv"], "one", true).unwrap();
    // It was not written this time, and is listed by nobody.
    assert_eq!(fs::read(root.path().join("b.csv")).unwrap(), b"mine");
    first(root.path()).unwrap_err();
    write(root.path(), &["a.csv", "b.csv"], "one", true).unwrap();
    fs::write(root.path().join("a.csv"), "worked on").unwrap();
    assert!(matches!(first(root.path()), Err(FileError::Claimed(c)) if c[0].1 == Claim::Changed));
    fs::write(root.path().join("run.json"), fs::read_to_string(root.path().join("run.json")).unwrap() + " ").unwrap();
    assert!(matches!(first(root.path()), Err(FileError::Claimed(c)) if c.len() == 2));
}

#[test]
fn what_would_only_go_stays_where_it_was_changed() {
    let root = tempfile::tempdir().unwrap();
    first(root.path()).unwrap();
    fs::write(root.path().join("c.csv"), "worked on").unwrap();
    let mut narrow = request(false);
    narrow.names.retain(|name| name != "c.csv");
    let mut output = Output::prepare(root.path(), narrow, &mut go()).unwrap();
    output.add("a.csv", b"new".to_vec());
    let finished = output.finish(head("one"), &mut go()).unwrap();
    assert_eq!((finished.removed, finished.kept), (vec!["b.csv".to_owned()], vec!["c.csv".to_owned()]));
    assert_eq!(files(root.path()).len(), 3);
}

#[test]
fn inputs_and_folders_are_never_replaced() {
    let root = tempfile::tempdir().unwrap();
    let input = root.path().join("sub/../a.csv");
    fs::create_dir(root.path().join("sub")).unwrap();
    fs::write(root.path().join("a.csv"), "input").unwrap();
    fs::create_dir(root.path().join("d.csv")).unwrap();
    let wanted = FolderRequest { inputs: vec![input], ..request(true) };
    let refused = Output::prepare(root.path(), wanted, &mut go());
    let Err(FileError::Claimed(claims)) = refused else { panic!("{refused:?}") };
    assert_eq!(claims.iter().map(|(_, claim)| *claim).collect::<Vec<_>>(), [Claim::Input, Claim::Folder]);
}

#[test]
fn a_strangers_manifest_takes_nothing_away() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("o");
    fs::create_dir(&folder).unwrap();
    fs::write(root.path().join("thesis"), "mine").unwrap();
    fs::write(folder.join("thesis"), "mine").unwrap();
    let of = |name: &str| ListedFile { name: name.to_owned(), bytes: 4, sha256: digest::of_bytes(b"mine") };
    fs::write(folder.join("run.json"), Manifest::bytes(head("x"), &[of("thesis")])).unwrap();
    first(&folder).unwrap();
    assert!(folder.join("thesis").exists());
    // A name that leads out of the folder makes it no manifest of ours.
    fs::write(folder.join("run.json"), Manifest::bytes(head("x"), &[of("../thesis")])).unwrap();
    assert!(first(&folder).is_err() && root.path().join("thesis").exists());
}

#[test]
fn nothing_is_left_of_what_was_not_finished() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a/b");
    let mut output = Output::prepare(&folder, request(false), &mut go()).unwrap();
    output.stream("a.csv", &mut go(), |file| file.write_all(b"2")).unwrap();
    assert!(folder.join(work::NAME).exists());
    drop(output);
    assert!(!root.path().join("a").exists());
}

#[test]
fn the_wait_for_another_command_can_be_given_up() {
    let root = tempfile::tempdir().unwrap();
    let held = work::Work::open(root.path(), &mut go()).unwrap();
    let mut calls = 0;
    let mut wait = || {
        calls += 1;
        if calls > 3 { Err(FileError::Interrupted) } else { Ok(()) }
    };
    assert!(matches!(Output::prepare(root.path(), request(false), &mut wait), Err(FileError::Interrupted)));
    drop(held);
    first(root.path()).unwrap();
}

#[test]
fn differences_are_told_by_option() {
    let manifest = |options: Value| {
        let mut head = head("h");
        head.insert("arguments".to_owned(), options);
        head
    };
    let root = tempfile::tempdir().unwrap();
    let output = Output::prepare(root.path(), request(false), &mut go()).unwrap();
    output.finish(manifest(json!({ "trials": "64k", "set": ["a=1"], "xlsx": true })), &mut go()).unwrap();
    let output = Output::prepare(root.path(), request(false), &mut go()).unwrap();
    let found = output.finish(manifest(json!({ "trials": "64k", "set": ["a=2"] })), &mut go()).unwrap();
    let told: Vec<_> = found.differences.iter().map(|d| (d.what.as_str(), d.values.clone())).collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(told, [("--set", [text("a=1"), text("a=2")]), ("--xlsx", [text("true"), None])]);
}
