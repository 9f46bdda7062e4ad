//! Whatever ends a command, and whoever else writes into its folder: results are whole, and nobody's files are lost.
//!
//! Faults at each single step are tested beside the code, in `src/files/tests.rs`; here the program itself is run.
//! `FAULTS=200 cargo test --release --test it whole_results` kills and pairs more often, and the ignored test needs strace.

use std::fs;
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::time::Duration;

use assert_cmd::Command;

const SCENARIO: &str = r#"
[simulation]
horizon_months = 12
trials = 4096
[workload]
requests_per_month = "data('inputs.csv', 'tokens')"
input_tokens = 800
output_tokens = 150
[[option]]
name = "A"
[option.inference]
input_price = 3
output_price = 15
[[option]]
name = "B"
setup.cost = "1k to 5k"
[option.inference]
input_price = 1
output_price = 4
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.toml"), SCENARIO).unwrap();
    fs::write(folder.path().join("inputs.csv"), "tokens\n90000\n100000\n120000\n").unwrap();
    folder
}

/// Runs the program: exit code, standard output and standard error.
fn breakeven(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_breakeven")).current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[track_caller]
fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let (code, _, said) = breakeven(folder, arguments);
    assert_eq!(code, 0, "{arguments:?}: {said}");
    said
}

#[track_caller]
fn refuses(folder: &Path, arguments: &[&str], words: &[&str]) {
    let (code, _, said) = breakeven(folder, arguments);
    assert_eq!(code, 1, "{arguments:?}: {said}");
    assert!(words.iter().all(|word| said.contains(word)), "{said}");
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut process = Process::new(env!("CARGO_BIN_EXE_breakeven"));
    process.current_dir(folder).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// How often faults by chance are tried.
fn times(usually: u32) -> u32 {
    std::env::var("FAULTS").ok().and_then(|n| n.parse().ok()).unwrap_or(usually)
}

const RUN: [&str; 4] = ["run", "s.toml", "--no-charts", "--out"];

#[test]
fn what_the_scenario_reads_is_never_written() {
    let folder = folder();
    let before = fs::read(folder.path().join("inputs.csv")).unwrap();
    for more in [[].as_slice(), &["--force"]] {
        refuses(folder.path(), &[&RUN, ["."].as_slice(), more].concat(), &["inputs.csv", "read by the scenario"]);
    }
    assert_eq!(fs::read(folder.path().join("inputs.csv")).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "something was left");
    // The scenario itself, under a name of results.
    fs::rename(folder.path().join("s.toml"), folder.path().join("summary.csv")).unwrap();
    refuses(folder.path(), &["run", "summary.csv", "--out", ".", "--force"], &["summary.csv is read"]);
}

#[test]
fn somebodys_own_files_are_found_before_anything_is_simulated() {
    let folder = folder();
    let out = folder.path().join("o");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("summary.csv"), "mine").unwrap();
    // So many trials would take minutes.
    let long = ["run", "s.toml", "--trials", "2B", "--out", "o"];
    refuses(folder.path(), &long, &["summary.csv is none of this program's results", "--force"]);
    assert_eq!(fs::read(out.join("summary.csv")).unwrap(), b"mine");
    succeeds(folder.path(), &["run", "s.toml", "--out", "o", "--force"]);
    succeeds(folder.path(), &["run", "s.toml", "--out", "o"]);
    // A workbook in which somebody has worked is in the way of the next, and stays where there is none.
    succeeds(folder.path(), &["run", "s.toml", "--out", "o", "--xlsx"]);
    fs::write(out.join("results.xlsx"), "worked on").unwrap();
    refuses(folder.path(), &["run", "s.toml", "--out", "o", "--xlsx"], &["results.xlsx was changed"]);
    let said = succeeds(folder.path(), &["run", "s.toml", "--out", "o"]);
    assert!(said.contains("left what was changed") && said.contains("results.xlsx"), "{said}");
    assert_eq!(fs::read(out.join("results.xlsx")).unwrap(), b"worked on");
}

#[test]
fn results_go_on_as_one_expects() {
    let folder = folder();
    let run = |more: &[&str]| succeeds(folder.path(), &[&["run", "s.toml", "--out", "o"], more].concat());
    assert_eq!(run(&[]), "");
    assert_eq!(run(&[]), "", "the same again needs no words");
    succeeds(folder.path(), &["sensitivity", "s.toml", "--trials", "1024", "--out", "o", "--quiet"]);
    let vary = ["--vary", "workload.requests_per_month=10k..1M:log:3", "--trials", "1024"];
    succeeds(folder.path(), &[&["sweep", "s.toml", "--out", "o"], vary.as_slice()].concat());
    let said = run(&["--chart-format", "svg"]);
    assert!(said.contains("--chart-format (was not given, now svg)") && said.contains("took away"), "{said}");
    let said = run(&["--no-charts", "--set", "B.setup.cost=900"]);
    assert!(said.contains("--set (was not given, now B.setup.cost=900)"), "{said}");
    fs::write(folder.path().join("s.toml"), SCENARIO.to_owned() + "# other\n").unwrap();
    assert!(run(&["--no-charts", "--set", "B.setup.cost=900"]).contains("another scenario"));
    let (code, told, _) = breakeven(folder.path(), &["verify", "o"]);
    assert_eq!((code, told.matches(": whole").count()), (0, 3), "{told}");
}

#[test]
fn results_of_the_first_version_are_replaced() {
    let folder = folder();
    let out = folder.path().join("o");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("run.json"), r#"{ "format": 1, "version": "0.1.0", "scenario_hash": "00" }"#).unwrap();
    for name in ["summary.csv", "break_even.svg", "trials.csv"] {
        fs::write(out.join(name), "old").unwrap();
    }
    let header = "outcome,input,low,high,outcome_low,outcome_high,cheapest_low,cheapest_high\r\n";
    fs::write(out.join("tornado.csv"), header).unwrap();
    fs::write(out.join("indices.csv"), "old").unwrap();
    // Nobody knows whether what is not written again was changed.
    let said = succeeds(folder.path(), &["run", "s.toml", "--out", "o"]);
    assert!(said.contains("trials.csv, break_even.svg") || said.contains("break_even.svg, trials.csv"), "{said}");
    succeeds(folder.path(), &["sensitivity", "s.toml", "--trials", "1024", "--out", "o"]);
    assert_eq!(breakeven(folder.path(), &["verify", "o"]).0, 0);
}

#[test]
fn verify_tells_what_is_whole_and_what_comes_out_again() {
    let folder = folder();
    let run =
        ["run", "s.toml", "--out", "o", "--seed", "7", "--save-trials", "100", "--csv-dialect", "excel", "--xlsx"];
    succeeds(folder.path(), &run);
    let verify = |arguments: &[&str]| breakeven(folder.path(), &[&["verify"], arguments].concat());
    let (code, told, _) = verify(&["o", "--rerun", "s.toml"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("gives the same bytes again"), "{told}");
    fs::write(folder.path().join("s.toml"), SCENARIO.replace("= 800", "= 801")).unwrap();
    let (code, told, _) = verify(&["o", "--rerun", "s.toml"]);
    assert_eq!(code, 1);
    assert!(told.contains("not the one of these results") && told.contains("summary.csv differs"), "{told}");
    let ledger = folder.path().join("o/ledger.csv");
    fs::remove_file(&ledger).unwrap();
    fs::write(folder.path().join("o/inputs.csv"), "x").unwrap();
    let (code, told, _) = verify(&["o"]);
    assert_eq!(code, 1);
    assert!(told.contains("ledger.csv missing") && told.contains("inputs.csv changed"), "{told}");
    assert_eq!(verify(&["s.toml"]).0, 2);
    assert_eq!(verify(&["."]).0, 1);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_command_and_leaves_nothing() {
    let folder = folder();
    let commands: [&[&str]; 4] = [
        &["run", "s.toml", "--trials", "2B", "--out", "o"],
        &["run", "s.toml", "--trials", "16M", "--save-trials", "16000000", "--no-charts", "--out", "o"],
        &["sensitivity", "s.toml", "--trials", "500M", "--out", "o"],
        &["sweep", "s.toml", "--vary", "B.setup.cost=1..9:9", "--trials", "500M", "--out", "o"],
    ];
    for (command, (signal, code)) in commands.into_iter().zip([("-INT", 130), ("-TERM", 143)].into_iter().cycle()) {
        let child = start(folder.path(), command);
        std::thread::sleep(Duration::from_millis(400));
        Process::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{command:?}: {said}");
        assert!(said.ends_with("interrupted: nothing was written\n"), "{said}");
        assert!(!folder.path().join("o").exists(), "{command:?}");
    }
}

/// A manifest that agrees with its files, or none, and then nothing of two results.
fn is_sound(folder: &Path) {
    let (_, told, _) = breakeven(folder, &["verify", "o"]);
    let whole = told.contains("run.json: whole");
    let of = |name: &str| fs::read_to_string(folder.join("o").join(name)).ok();
    let seeds = ["one", "two"].map(|kept| {
        let reference = folder.join(kept);
        ["summary.csv", "ledger.csv", "one_way.csv", "drivers.csv", "run.json"].iter().all(|name| {
            of(name).is_none_or(|text| fs::read_to_string(reference.join(name)).is_ok_and(|kept| kept == text))
        })
    });
    assert!(seeds.contains(&true), "a mixture; verify says: {told}");
    assert!(whole || of("run.json").is_none(), "{told}");
}

/// Two results to be told apart, beside the folder that they are fought over.
fn two_results() -> tempfile::TempDir {
    let folder = folder();
    for (seed, out) in [("1", "one"), ("2", "two"), ("1", "o")] {
        succeeds(folder.path(), &[&RUN, [out, "--seed", seed].as_slice()].concat());
    }
    folder
}

#[test]
fn kills_leave_no_mixture_and_lock_nobody_out() {
    let folder = two_results();
    for k in 0..times(20) {
        let seed = ["1", "2"][k as usize % 2];
        let mut child = start(folder.path(), &[&RUN, ["o", "--seed", seed].as_slice()].concat());
        // From the beginning to a little after the end, in steps that do not repeat.
        std::thread::sleep(Duration::from_micros(u64::from(k) * 7919 % 60_000));
        let _ = child.kill();
        child.wait().unwrap();
        is_sound(folder.path());
    }
    succeeds(folder.path(), &[&RUN, ["o", "--seed", "2"].as_slice()].concat());
    is_sound(folder.path());
    assert!(!folder.path().join("o/.breakeven").exists());
}

#[test]
fn two_commands_at_once_leave_one_whole_result() {
    let folder = two_results();
    for _ in 0..times(6) {
        let both = ["1", "2"].map(|seed| start(folder.path(), &[&RUN, ["o", "--seed", seed].as_slice()].concat()));
        for child in both {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        is_sound(folder.path());
        assert_eq!(breakeven(folder.path(), &["verify", "o"]).0, 0);
    }
}

/// Errors of the system itself, at the first, second, … call of each kind.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace"]
fn errors_of_the_system_change_nothing_or_all() {
    let folder = two_results();
    let calls = ["rename", "fsync", "write", "openat", "unlink", "mkdir", "flock", "unlinkat"];
    let (mut tried, mut failed) = (0, 0);
    for call in calls {
        for k in (1..=70).step_by(if call == "write" || call == "openat" { 5 } else { 3 }) {
            let inject = format!("inject={call}:error=EIO:when={k}");
            let trace = ["-f", "-qq", "-o", "trace.txt", "-e", &format!("trace={call}"), "-e", &inject];
            let run = [&RUN, ["o", "--seed", "2", "--quiet"].as_slice()].concat();
            let mut process = Process::new("strace");
            process.current_dir(folder.path()).args(trace).arg(env!("CARGO_BIN_EXE_breakeven")).args(run);
            let output = process.output().expect("strace");
            tried += 1;
            failed += u32::from(!output.status.success());
            is_sound(folder.path());
            succeeds(folder.path(), &[&RUN, ["o", "--seed", "1"].as_slice()].concat());
        }
    }
    println!("{tried} errors injected, of which {failed} ended the command");
    assert!(failed > 20);
}
