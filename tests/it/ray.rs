//! `examples/ray/sweep.py` on this machine: workers and programs that are killed, and the bytes of one command in the end.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::common::program::{breakeven, folder, names};
use crate::parts::same;
use crate::points::SMALL;

const DRIVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/ray/sweep.py");

/// The Python that has Ray: `BREAKEVEN_PYTHON`, or `python3`. Says what is missing.
fn python() -> Option<String> {
    let python = std::env::var("BREAKEVEN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    match Command::new(&python).args(["-c", "import ray"]).output() {
        Ok(output) if output.status.success() => return Some(python),
        Ok(_) => eprintln!("skipped: {python} has no ray; BREAKEVEN_PYTHON names one that has"),
        Err(_) => eprintln!("skipped: {python} is not installed"),
    }
    None
}

/// The program, but the first time that it does part 2 its worker is killed, and the first time that it does part 3 it is.
const FRAIL: &str = r#"#!/bin/sh
case "$*" in
    *" 2/5 "*) mkdir worker 2> /dev/null && kill -KILL $PPID && exit 1;;
    *" 3/5 "*) mkdir program 2> /dev/null && kill -KILL $$;;
esac
exec breakeven "$@"
"#;

/// A folder with a scenario whose data lie beside it, a list, and the frail program.
fn ready() -> tempfile::TempDir {
    let scenario = SMALL.replace("\"50k to 150k\"", "\"data('months/usage.csv', 'requests')\"");
    assert_ne!(scenario, SMALL);
    let folder = folder(&scenario);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("months")).unwrap();
    fs::write(at("months/usage.csv"), "requests\n50000\n90000\n140000\n").unwrap();
    let rows: String = (0..20).map(|k| format!("t{k},{}\n", 100 * k)).collect();
    fs::write(at("list.csv"), format!("name,Tuned.Upkeep.amount\n{rows}")).unwrap();
    let seen = folder.path().display();
    let frail = FRAIL.replace("mkdir ", &format!("mkdir {seen}/"));
    fs::write(at("frail"), frail.replace("exec breakeven", concat!("exec ", env!("CARGO_BIN_EXE_breakeven")))).unwrap();
    fs::set_permissions(at("frail"), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// The driver with two workers, in a folder.
fn driven(python: &str, folder: &Path, options: &[&str]) -> Output {
    let program = folder.join("frail").display().to_string();
    let mut command = Command::new(python);
    command.current_dir(folder).envs([("RAY_AUTH_MODE", "disabled"), ("RAY_USAGE_STATS_ENABLED", "0")]);
    command.args([DRIVER, "small.toml", "list.csv", "--parts", "5", "--out", "merged", "--local", "2"]);
    command.args(["--data", "months/usage.csv", "--program", &program, "--"]).args(options).output().unwrap()
}

#[test]
fn parts_of_killed_workers_are_done_again() {
    let Some(python) = python() else { return };
    let folder = ready();
    let options = ["--trials=1024", "--no-charts"];
    let whole = ["sweep", "small.toml", "--points", "list.csv", "--out", "whole"];
    breakeven(folder.path(), &[&whole[..], &options].concat()).success();
    let output = driven(&python, folder.path(), &options);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    same(folder.path(), "whole", "merged");
    for killed in ["worker", "program"] {
        assert!(names(folder.path()).contains(&killed.to_owned()), "no {killed} was killed");
    }
    // What is wrong is said, and not tried again.
    let output = driven(&python, folder.path(), &["--trials=none"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && said.contains("exit code 2"), "{said}");
}
