//! The scripts of `examples/slurm` without Slurm: tasks that are told who they are, and signals as it sends them.

#![cfg(unix)]

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use crate::common::program::{breakeven, folder};
use crate::parts::same;
use crate::points::SMALL;

const SWEEP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/slurm/sweep.sh");
const MERGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/slurm/merge.sh");

/// Whether there is bash; says so if not.
fn has_bash() -> bool {
    let found = Command::new("bash").arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: bash is not installed");
    }
    found
}

/// A folder with a scenario, a list of so many rows, and a `scontrol` that writes down what it is asked for.
fn ready(rows: u32) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder(SMALL);
    let at = |name: &str| folder.path().join(name);
    let rows: String = (0..rows).map(|k| format!("t{k},{}\n", 1000 + 700 * k)).collect();
    fs::write(at("tasks.csv"), format!("name,workload.requests_per_month\n{rows}")).unwrap();
    fs::create_dir(at("bin")).unwrap();
    fs::write(at("bin/scontrol"), "#!/bin/sh\necho \"$@\" > asked\n").unwrap();
    fs::set_permissions(at("bin/scontrol"), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn bash(folder: &Path, script: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("bash");
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", folder.join("bin").display()));
    command.env("BREAKEVEN", env!("CARGO_BIN_EXE_breakeven")).current_dir(folder);
    command.arg(script).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A task of an array of two.
fn task(folder: &Path, id: &str, trials: &str) -> Command {
    let mut command = bash(folder, SWEEP, &["2", "small.toml", "tasks.csv", "parts", trials]);
    for (name, value) in [("JOB_ID", "40"), ("TASK_ID", id), ("TASK_COUNT", "2"), ("TASK_MIN", "1")] {
        command.env(format!("SLURM_ARRAY_{name}"), value);
    }
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// One command, and what comes of the parts.
fn is_merged(folder: &Path, trials: &str) {
    breakeven(folder, &["sweep", "small.toml", "--points", "tasks.csv", trials, "--out", "whole"]).success();
    let output = bash(folder, MERGE, &["small.toml", "tasks.csv", "parts", "merged", trials]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    same(folder, "whole", "merged");
}

#[test]
fn tasks_leave_parts_that_are_merged() {
    if !has_bash() {
        return;
    }
    let folder = ready(5);
    let at = folder.path();
    assert_eq!(task(at, "2", "--trials=1024").output().unwrap().status.code(), Some(0));
    let output = bash(at, MERGE, &["small.toml", "tasks.csv", "parts", "merged", "--trials=1024"]).output().unwrap();
    assert!(output.status.code() == Some(1) && said(&output).contains("1 part is missing: 1/2"), "{}", said(&output));
    // Given again alone: Slurm counts one task.
    let output = task(at, "1", "--trials=1024").env("SLURM_ARRAY_TASK_COUNT", "1").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    is_merged(at, "--trials=1024");
    // What is wrong is not given again.
    let output = task(at, "1", "--trials=none").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!at.join("asked").exists());
}

/// Signals a task after some time, until a signal finds it at work: what it said then.
fn signalled(folder: &Path, trials: &str, signal: impl Fn(u32)) -> Output {
    for wait in [300, 150, 600, 75, 1200, 40, 2400] {
        let child = task(folder, "1", trials).process_group(0).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        signal(child.id());
        let output = child.wait_with_output().unwrap();
        if said(&output).contains("the same command goes on") {
            return output;
        }
        let _ = fs::remove_file(folder.join("parts/1.part"));
        let _ = fs::remove_file(folder.join("asked"));
    }
    panic!("a task was never found at work");
}

fn kill(signals: &str) {
    Command::new("sh").args(["-c", signals]).status().unwrap();
}

const LONG: &str = "--trials=65536";

#[test]
fn before_its_time_limit_a_task_keeps_its_points_and_is_given_again() {
    if !has_bash() {
        return;
    }
    let folder = ready(300);
    let at = folder.path();
    let output = signalled(at, LONG, |shell| kill(&format!("kill -USR1 {shell}")));
    assert_eq!(output.status.code(), Some(143), "{}", said(&output));
    assert_eq!(fs::read_to_string(at.join("asked")).unwrap(), "requeue 40_1\n");
    for id in ["1", "2"] {
        assert_eq!(task(at, id, LONG).output().unwrap().status.code(), Some(0));
    }
    is_merged(at, LONG);
}

/// Slurm signals every process of a task that it ends, and srun hands its own signal on; so does `timeout`.
#[test]
fn a_task_that_is_cancelled_keeps_its_points_though_it_is_signalled_twice() {
    if !has_bash() {
        return;
    }
    let folder = ready(300);
    let twice = |shell| kill(&format!("kill -TERM -{shell}; sleep 0.003; kill -TERM -{shell}"));
    let output = signalled(folder.path(), LONG, twice);
    assert_eq!(output.status.code(), Some(143), "{}", said(&output));
    assert!(folder.path().join("parts/1.part").exists());
    assert!(!folder.path().join("asked").exists(), "what was cancelled was given again");
}
