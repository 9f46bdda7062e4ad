//! Bad input: every mistake ends with exit code 2, a message that says where and what to write instead, and nothing
//! written.
//!
//! `errors/NAME.toml` holds one mistake, `errors/NAME.txt` what `breakeven check NAME.toml` says about it. Comments at
//! the top of the former, `# mend: OLD ==> NEW`, are replacements that follow the advice; what they make of the file
//! must pass without a word. `BLESS=1 cargo test --test it errors` writes the messages anew: read them before keeping them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;

/// A refusal that takes longer hangs, even on a loaded machine: no measure of speed, only an end to waiting.
const LONGEST: Duration = Duration::from_secs(120);
/// Most memory that any refusal may take, in kB.
#[cfg(target_os = "linux")]
const MOST_MEMORY: u64 = 500_000;

/// Two ways to serve a task, nothing uncertain; the names and sections that the tables below refer to.
const GOOD: &str = r#"
[simulation]
horizon_months = 12
trials = 1024
[inputs]
salary = "80 to 120"
[workload]
requests_per_month = 100_000
input_tokens = 800
output_tokens = 150
[[option]]
name = "A"
[option.inference]
input_price = 3
output_price = 15
[[option.cost]]
name = "B.C"
amount = 90
per = "month"
[[option]]
name = "A.B"
[option.inference]
input_price = 1
output_price = 4
[[option.cost]]
name = "C"
amount = 70
per = "month"
"#;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors")
}

fn breakeven(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_breakeven"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("RUST_BACKTRACE").timeout(LONGEST);
    command.args(arguments).output().unwrap()
}

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

/// The text of a case without the comments at its top, and the mends in those comments.
fn mends(text: &str) -> (String, Vec<(String, String)>) {
    let body = text.lines().position(|l| !l.starts_with('#')).unwrap_or(0);
    let found = text.lines().take(body).filter_map(|l| l.strip_prefix("# mend: "));
    let mends = found.map(|l| {
        let (old, new) = l.split_once(" ==> ").unwrap();
        (old.to_owned(), new.replace("\\n", "\n"))
    });
    (text.split_inclusive('\n').skip(body).collect(), mends.collect())
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(cases()).unwrap().map(|e| e.unwrap().path());
    let files = entries.filter(|p| p.extension().is_some_and(|e| e == "toml"));
    let mut names: Vec<String> = files.map(|p| p.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_cases_are_many_and_each_has_its_message() {
    assert!(names().len() >= 200, "{}", names().len());
    let entries = fs::read_dir(cases()).unwrap().map(|e| e.unwrap().path());
    for golden in entries.filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        assert!(golden.with_extension("toml").exists(), "{} belongs to no scenario", golden.display());
    }
}

#[test]
fn each_mistake_gets_its_message() {
    let bless = std::env::var_os("BLESS").is_some_and(|v| v == "1");
    let mut wrong = Vec::new();
    for name in names() {
        let file = format!("{name}.toml");
        let message = refused(&file, &breakeven(&cases(), &["check", &file]));
        says_where_and_what(&file, &message, &file);
        let golden = cases().join(format!("{name}.txt"));
        if bless {
            fs::write(&golden, &message).unwrap();
        } else if fs::read_to_string(&golden).unwrap_or_default() != message {
            wrong.push(format!("{name}.txt differs from:\n{message}"));
        }
    }
    assert!(wrong.is_empty(), "{} messages changed; BLESS=1 accepts them\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn run_says_the_same_and_writes_nothing() {
    let before = everything(&cases());
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("a/b");
    for name in names() {
        let file = format!("{name}.toml");
        let check = refused(&file, &breakeven(&cases(), &["check", &file]));
        let run = refused(&file, &breakeven(&cases(), &["run", &file, "--out", folder.to_str().unwrap()]));
        assert_eq!(check, run, "{name}");
        assert_eq!(everything(out.path()), [], "{name} leaves something behind");
        refused(&file, &breakeven(&cases(), &["run", &file]));
    }
    let after = everything(&cases());
    let messages =
        |files: &[(PathBuf, Vec<u8>)]| files.iter().filter(|(p, _)| p.extension().is_some_and(|e| e == "txt")).count();
    // Messages may be blessed meanwhile; all else is as it was.
    assert_eq!(
        before.len() - messages(&before),
        after.len() - messages(&after),
        "run wrote into its working directory"
    );
}

#[test]
fn results_of_an_earlier_run_stay_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("summary.csv"), "earlier").unwrap();
    let before = everything(folder.path());
    refused("run", &breakeven(&cases(), &["run", "range-share.toml", "--out", out.to_str().unwrap()]));
    assert_eq!(everything(folder.path()), before);
}

#[test]
fn the_advice_helps() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    for file in fs::read_dir(cases().join("data")).unwrap().map(|e| e.unwrap().path()) {
        fs::copy(&file, data.join(file.file_name().unwrap())).unwrap();
    }
    for name in names() {
        let (mut text, mends) = mends(&fs::read_to_string(cases().join(format!("{name}.toml"))).unwrap());
        for (old, new) in &mends {
            assert_eq!(text.matches(old.as_str()).count(), 1, "{name}: {old}");
            text = text.replace(old.as_str(), new);
        }
        fs::write(folder.path().join("mended.toml"), text).unwrap();
        let output = breakeven(folder.path(), &["check", "mended.toml"]);
        // A mended interval may still make an option cheaper than free, of which a warning is right.
        let quiet = output.stderr.is_empty() || stderr(&output).contains("costs less than nothing");
        let passes = output.status.success() && quiet;
        assert_eq!(passes, !mends.is_empty(), "{name}: {}", stderr(&output));
    }
}

#[test]
fn several_mistakes_come_in_the_order_of_the_file() {
    let message = refused("several", &breakeven(&cases(), &["check", "several.toml"]));
    let places = message.lines().filter_map(|l| l.trim_start().strip_prefix("--> several.toml:"));
    let lines: Vec<u32> = places.map(|p| p.split(':').next().unwrap().parse().unwrap()).collect();
    assert!(lines.len() >= 5, "{message}");
    assert!(lines.is_sorted(), "{lines:?}");
}

#[test]
fn several_files_are_all_checked() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), GOOD).unwrap();
    fs::write(folder.path().join("bad.toml"), GOOD.replace("= 800", "= -800")).unwrap();
    fs::write(folder.path().join("worse.toml"), GOOD.replace("= 150", "= \"150K\"")).unwrap();
    let output = breakeven(folder.path(), &["check", "bad.toml", "good.toml", "worse.toml"]);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    assert!(message.contains("bad.toml:9:16") && message.contains("worse.toml:10:18"), "{message}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("A.B"));
}

// --- the command line

/// `--set` texts with a part of what must be said, its column, and a part of the help.
const SETS: &[(&str, usize, &str, &str)] = &[
    ("workload.requests_per_month", 1, "takes PATH=QUANTITY", "--set 'workload.requests_per_month=50k to 200k'"),
    ("", 1, "takes PATH=QUANTITY", "--set"),
    ("=3", 1, "no such field", "paths look like"),
    ("colour=3", 1, "no such field", "paths look like"),
    ("workload.request_per_month=5", 1, "no such field", "did you mean `workload.requests_per_month`?"),
    ("workload.growth=5", 1, "no such field", "did you mean `workload.growth_per_month`?"),
    ("workload.weather=5", 1, "no such field", "paths look like"),
    ("requests_per_month=5", 1, "no such field", "workload.requests_per_month"),
    ("wages=90", 1, "no such field", "paths look like"),
    ("A.inference.input_prise=5", 1, "no such field", "did you mean `A.inference.input_price`?"),
    ("Z.inference.input_price=5", 1, "no such field", "A.inference.input_price"),
    ("A.B.C.amount=5", 1, "two ways", "\"A.B\".C.amount"),
    ("workload.input_tokens=800K", 23, "not a suffix", "small k"),
    ("workload.input_tokens=", 23, "empty", "write a number"),
    ("workload.input_tokens=-5", 23, "is -5", "at least 0"),
    ("workload.input_tokens=0 to 9", 23, "above 0", "uniform(0, 9)"),
    ("workload.input_tokens = normal(9, -1)", 35, "must not be negative", "sd=1"),
    ("workload.input_tokens=wage", 23, "no input `wage`", "[inputs]"),
    ("salary=salary", 8, "depends on itself", "without reference"),
    ("simulation.horizon_months=0", 27, "whole number", "at least 1"),
    ("simulation.horizon_months=12 to 24", 27, "whole number", "constant"),
    ("simulation.trials=many", 19, "whole number", "constant"),
    ("simulation.sampler=sobel", 20, "one of sobol", "did you mean `sobol`?"),
    ("A.candidate=maybe", 13, "true or false", "true or false"),
    ("baseline=B", 10, "no option `B`", "A, A.B"),
    ("A.launch_month=3", 16, "the baseline", "leave it out"),
    ("A.B.hosting.gpu_hourly_rate=3", 29, "GPUs that follow the traffic", "gpu_tokens_per_second"),
    ("\"A.B\".success_probability=lognormal(1, 2)", 37, "by name", "mean=…, sd=…"),
    ("A.inference.input_price=\u{1b}[31m3", 25, "not part of the quantity language", "numbers, names"),
];

#[test]
fn mistakes_in_set_are_placed_in_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), GOOD).unwrap();
    for (set, column, message, help) in SETS {
        let output = breakeven(folder.path(), &["check", "good.toml", "--set", set]);
        let found = refused(set, &output);
        says_where_and_what(set, &found, "--set");
        assert!(found.contains(&format!("--> --set:1:{column}\n")), "{set}: {found}");
        assert!(found.lines().next().is_some_and(|l| l.contains(message)), "{set}: {found}");
        assert!(found.lines().any(|l| l.contains("= help: ") && l.contains(help)), "{set}: {found}");
        let run = breakeven(folder.path(), &["run", "good.toml", "--out", "out", "--set", set]);
        assert_eq!(refused(set, &run), found);
    }
    assert_eq!(everything(folder.path()).len(), 1);
}

#[test]
fn a_field_is_changed_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), GOOD).unwrap();
    let set = |path: &str| ["--set".to_owned(), format!("{path}=9")];
    let vary = |path: &str| ["--vary".to_owned(), format!("{path}=1..5:3")];
    let cases = [
        ("run", [set("salary"), set("inputs.salary")].concat()),
        ("sweep", [set("salary"), vary("salary")].concat()),
        ("sweep", [vary("salary"), vary("salary")].concat()),
    ];
    for (command, flags) in cases {
        let args: Vec<&str> =
            [command, "good.toml", "--out", "o"].into_iter().chain(flags.iter().map(String::as_str)).collect();
        let message = refused(command, &breakeven(folder.path(), &args));
        assert!(
            message.contains("this field is changed twice") && message.contains("leave one of them out"),
            "{message}"
        );
    }
    assert_eq!(everything(folder.path()).len(), 1);
}

#[test]
fn the_second_of_several_sets_is_blamed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), GOOD).unwrap();
    let sets = ["check", "good.toml", "--set", "salary=90", "--set", "salary=9K"];
    let message = refused("two sets", &breakeven(folder.path(), &sets));
    assert!(message.contains("salary=9K"), "{message}");
}

#[test]
fn bad_command_lines() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), GOOD).unwrap();
    for (arguments, part) in [
        (&["simulate", "good.toml"][..], "unrecognized subcommand"),
        (&["run"], "<SCENARIO>"),
        (&["check"], "<FILE>"),
        (&["run", "good.toml", "--trails", "9"], "--trials"),
        (&["run", "good.toml", "--trials", "0"], "--trials"),
        (&["run", "good.toml", "--trials", "1e6"], "--trials"),
        (&["run", "good.toml", "--trials", "-5"], "unexpected argument"),
        (&["run", "good.toml", "--seed", "18446744073709551616"], "--seed"),
        (&["run", "good.toml", "--sampler", "halton"], "latin-hypercube"),
        (&["run", "good.toml", "--threads", "0"], "--threads"),
        (&["run", "good.toml", "--chart-format", "gif"], "svg"),
        (&["run", "good.toml", "--save-trials", "all"], "--save-trials"),
        (&["run", "good.toml", "--save-trials", "1.5k"], "--save-trials"),
        (&["run", "good.toml", "other.toml"], "unexpected argument"),
        (&["run", "good.toml", "--set"], "a value is required"),
    ] {
        let message = refused(&arguments.join(" "), &breakeven(folder.path(), arguments));
        assert!(message.starts_with("error: ") && message.contains(part), "{arguments:?}: {message}");
        assert!(message.contains("--help") || message.contains("tip: "), "{arguments:?}: {message}");
    }
    assert_eq!(everything(folder.path()).len(), 1);
}

/// Not every extreme is a mistake, but none may end in a panic.
#[test]
fn extremes_do_not_panic() {
    let folder = tempfile::tempdir().unwrap();
    let run = |text: &str, more: &[&str]| {
        fs::write(folder.path().join("good.toml"), text).unwrap();
        let all = [&["run", "good.toml", "--no-charts", "--trials", "64", "--out", "out"], more].concat();
        let output = breakeven(folder.path(), &all);
        assert!(matches!(output.status.code(), Some(0 | 2)), "{text} {more:?}: {}", stderr(&output));
    };
    run(GOOD, &["--threads", "1024"]);
    for sampler in ["sobol", "latin-hypercube", "monte-carlo"] {
        run(GOOD, &["--sampler", sampler, "--trials", "1", "--save-trials", "18446744073709551615"]);
    }
    // Undefined in every trial, and hidden from the field by a comparison or by the branch that is taken.
    run(&GOOD.replace("= 90", "= \"if(normal(0, -uniform(1, 2)) > 5, 1, 2)\""), &[]);
    run(&GOOD.replace("= 90", "= \"if(uniform(0, 1) > 5, normal(0, -uniform(1, 2)), 2)\""), &[]);
    run(&GOOD.replace("= 90", "= \"1e308\""), &["--set", "workload.requests_per_month=1e15"]);
    run(&GOOD.replace("= 90", "= \"normal(0, 1e200)\""), &[]);
    run(&GOOD.replace("100_000", "0").replace("= 800", "= 0").replace("= 150", "= 0"), &[]);
}

// --- files

#[test]
fn files_that_cannot_be_scenarios() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("folder.toml")).unwrap();
    write("latin-1.toml", b"title = \"M\xe4rz\"\n");
    write("utf-16.toml", b"\xff\xfet\0i\0t\0l\0e\0");
    write("nul.toml", b"title = \"a\0b\"\n");
    write("picture.toml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    write("empty.toml", b"");
    write("blank.toml", b"\n\n  \n");
    for (file, part) in [
        ("missing.toml", "there is no such file"),
        ("nowhere/missing.toml", "there is no such file"),
        ("folder.toml", "not a regular file"),
        ("latin-1.toml", "not UTF-8"),
        ("utf-16.toml", "not UTF-8"),
        ("nul.toml", "invalid basic string"),
        ("picture.toml", "not UTF-8"),
        ("empty.toml", "simulation.horizon_months"),
        ("blank.toml", "simulation.horizon_months"),
    ] {
        let message = refused(file, &breakeven(folder.path(), &["check", file]));
        assert!(message.contains(part), "{file}: {message}");
        assert!(message.contains("= help: "), "{file}: {message}");
        let place = message.contains(&format!("--> {file}:1:")) || message.starts_with(&format!("error: {file}: "));
        assert!(place, "{file}: {message}");
        let run = breakeven(folder.path(), &["run", file, "--out", "out"]);
        assert_eq!(refused(file, &run), message);
        assert!(!folder.path().join("out").exists() && !folder.path().join("outputs").exists());
    }
}

#[test]
fn a_byte_order_mark_is_no_mistake_and_moves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), format!("\u{feff}{GOOD}")).unwrap();
    assert!(breakeven(folder.path(), &["check", "good.toml"]).status.success());
    fs::write(folder.path().join("bad.toml"), format!("\u{feff}titel = 3{GOOD}")).unwrap();
    let message = refused("bad.toml", &breakeven(folder.path(), &["check", "bad.toml"]));
    assert!(message.contains("--> bad.toml:1:1\n"), "{message}");
}

#[test]
fn texts_cannot_forge_lines_of_a_message() {
    let folder = tempfile::tempdir().unwrap();
    let correlation = "[[correlation]]\ninputs = [\"a\\nerror: forged\", \"salary\"]\nrank = 0.1\n";
    for text in [format!("\"a\\nerror: forged\" = 1{GOOD}"), format!("{GOOD}{correlation}")] {
        fs::write(folder.path().join("bad.toml"), text).unwrap();
        let message = refused("bad.toml", &breakeven(folder.path(), &["check", "bad.toml"]));
        assert!(message.lines().all(|l| !l.trim_start().starts_with("error: forged")), "{message}");
    }
}

#[test]
fn file_names_cannot_paint_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1b}[31m\u{202e}b.toml";
    fs::write(folder.path().join(name), GOOD.replace("= 800", "= -800")).unwrap();
    refused(name, &breakeven(folder.path(), &["check", name]));
    fs::write(folder.path().join(name), GOOD).unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let into_file = ["run", name, "--no-charts", "--out", "file/\u{1b}[31m"];
    for arguments in [&["check", name][..], &["run", name, "--no-charts"], &into_file] {
        let output = breakeven(folder.path(), arguments);
        let text = stderr(&output) + &String::from_utf8_lossy(&output.stdout);
        assert_eq!(text.chars().find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}'), None, "{text:?}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_links_are_no_data_files() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("inside");
    fs::create_dir(&folder).unwrap();
    fs::write(root.path().join("secret.csv"), "a\n1\n2\n").unwrap();
    std::os::unix::fs::symlink("../secret.csv", folder.join("link.csv")).unwrap();
    std::os::unix::fs::symlink("loop.csv", folder.join("loop.csv")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe.csv")).status().unwrap().success());
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe.toml")).status().unwrap().success());
    for (file, part) in [
        ("pipe.csv", "not a regular file"),
        ("link.csv", "lies outside the scenario's folder"),
        ("../secret.csv", "lies outside the scenario's folder"),
        ("/dev/zero", "lies outside the scenario's folder"),
        ("loop.csv", "cannot read"),
        ("link.csv/x", "cannot read"),
        ("", "not the name of a file"),
    ] {
        let text = GOOD.replace("= 800", &format!("= \"mean_of('{file}', 'a')\""));
        fs::write(folder.join("bad.toml"), text).unwrap();
        let message = refused(file, &breakeven(&folder, &["check", "bad.toml"]));
        says_where_and_what(file, &message, "bad.toml");
        assert!(message.contains(part), "{file}: {message}");
    }
    let message = refused("pipe.toml", &breakeven(&folder, &["check", "pipe.toml"]));
    assert!(message.contains("not a regular file"), "{message}");
    // Even where files outside are allowed, what never ends is not read.
    fs::write(folder.join("bad.toml"), GOOD.replace("= 800", "= \"mean_of('/dev/zero', 'a')\"")).unwrap();
    let message = refused("/dev/zero", &breakeven(&folder, &["check", "bad.toml", "--allow-data-outside"]));
    assert!(message.contains("not a regular file"), "{message}");
    fs::write(folder.join("good.toml"), GOOD.replace("= 800", "= \"mean_of('../secret.csv', 'a')\"")).unwrap();
    assert!(breakeven(&folder, &["check", "good.toml", "--allow-data-outside"]).status.success());
}

// --- huge inputs

/// Runs `check` with a limit of time and, on Linux, a watch on its memory.
#[track_caller]
#[allow(
    clippy::zombie_processes,
    reason = "the loop ends when the child has been waited for, or killed and waited for"
)]
fn refuses_in_time(what: &str, folder: &Path) -> String {
    let (out, err) = (folder.join("out.txt"), folder.join("err.txt"));
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_breakeven"))
        .args(["check", "huge.toml"])
        .current_dir(folder)
        .stdout(fs::File::create(&out).unwrap())
        .stderr(fs::File::create(&err).unwrap())
        .spawn()
        .unwrap();
    let start = std::time::Instant::now();
    let mut status = None;
    while status.is_none() {
        #[cfg(target_os = "linux")]
        if peak_memory(child.id()) > MOST_MEMORY {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{what} takes more than {MOST_MEMORY} kB");
        }
        if start.elapsed() > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{what} takes more than {LONGEST:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
        status = child.try_wait().unwrap();
    }
    let (stdout, stderr) = (fs::read(&out).unwrap(), fs::read(&err).unwrap());
    refused(what, &Output { status: status.unwrap(), stdout, stderr })
}

/// The most memory that a process has held so far, in kB.
#[cfg(target_os = "linux")]
fn peak_memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}

#[test]
fn huge_inputs_are_refused_in_no_time() {
    let chained = |n: usize| (0..n).map(|i| format!("a{i}=\"a{}\"\n", i + 1)).collect::<String>();
    let quantity = |text: &str| GOOD.replace("= 800", &format!("= \"{text}\""));
    let in_inputs = |lines: &str| GOOD.replace("[inputs]\n", &format!("[inputs]\n{lines}"));
    let lines: String = (0..20_000).map(|i| format!("x{i} = -\n")).collect();
    let pairs = |n: usize| (1..n).map(|i| format!("[[correlation]]\ninputs=[\"b{}\",\"b{i}\"]\nrank=0.1\n", i - 1));
    let many: String = (0..9_000).map(|i| format!("b{i}=\"1 to 2\"\n")).collect();
    let matrix = (0..100).map(|i| format!("\"b{i}\"")).collect::<Vec<_>>().join(",");
    let mut huge: Vec<(&str, String)> = vec![
        ("open parentheses", quantity(&"(".repeat(200_000))),
        ("open parentheses within limits", quantity(&"(".repeat(60_000))),
        ("open parentheses in place of a file", "(".repeat(200_000)),
        ("minus signs", quantity(&"-".repeat(60_000))),
        ("powers of powers", quantity(&format!("{}2", "2^".repeat(30_000)))),
        ("a long sum", quantity(&format!("1{}", "+1".repeat(30_000)))),
        ("functions of functions", quantity(&format!("{}1", "abs(".repeat(15_000)))),
        ("an endless number", quantity(&"9".repeat(60_000))),
        ("an endless fraction", quantity(&format!("0.{}K", "9".repeat(60_000)))),
        ("an endless name", quantity(&"x".repeat(60_000))),
        ("a file of 2 MB", format!("{GOOD}# {}\n", "x".repeat(2_000_000))),
        ("100,000 inputs in a chain", in_inputs(&chained(100_000))),
        ("50,000 inputs in a chain", in_inputs(&chained(50_000))),
        ("a chain of 20,000 that bites its tail", in_inputs(&format!("{}a20000=\"a0\"\n", chained(20_000)))),
        ("50,000 inputs", in_inputs(&(0..50_000).map(|i| format!("a{i}=9\n")).collect::<String>()) + "x"),
        ("50,000 options", format!("{GOOD}{}", "[[option]]\nname=\"x\"\n".repeat(45_000))),
        (
            "20,000 cost lines",
            format!("{GOOD}{}", "[[option.cost]]\nname=\"x\"\nper=\"once\"\namount=1\n".repeat(20_000)),
        ),
        ("50,000 unknown keys", (0..50_000).map(|i| format!("k{i}=1\n")).collect::<String>() + GOOD),
        ("20,000 mistakes of syntax", format!("{lines}{GOOD}")),
        ("a file of nothing but mistakes", "x = = 1\n".repeat(130_000)),
        ("50,000 headings in single brackets", "[option]\nname = 2M\n".repeat(50_000)),
        ("mistakes on a line of 1 MB", format!("x = [{}]\n{GOOD}", "= ,".repeat(300_000))),
        ("an unknown key of 1 MB", format!("{} = 1\n{GOOD}", "k".repeat(1_000_000))),
        ("deep arrays", format!("x = {}{}\n{GOOD}", "[".repeat(100_000), "]".repeat(100_000))),
        ("unclosed deep arrays", format!("x = {}", "[".repeat(200_000))),
        ("deep inline tables", format!("x = {}1{}\n", "{a=".repeat(100_000), "}".repeat(100_000))),
        ("a dotted key of 100,000 parts", format!("{}a = 1\n{GOOD}", "a.".repeat(100_000))),
        ("a heading of 100,000 parts", format!("{GOOD}[{}a]\n", "a.".repeat(100_000))),
        ("headings of 100,000 parts each below", format!("{GOOD}[[{}a]]\n", "a.".repeat(100_000))),
        ("zeros of one kind", "\0".repeat(500_000)),
        ("a name of 1 MB", GOOD.replace("\"A\"", &format!("\"{}\"", "ü".repeat(400_000))) + "x"),
        (
            "a long underlined text of several bytes",
            GOOD.replace("[workload]", &format!("\"{}\" = 1\n[workload]", "é".repeat(2_000))),
        ),
        ("a number beyond all bounds", GOOD.replace("= 800", "= 1e400")),
        ("a chain of 9,000 correlations", in_inputs(&many) + &pairs(9_000).collect::<String>()),
        (
            "a correlation of 100 that cannot be",
            in_inputs(&many) + &format!("[[correlation]]\ninputs=[{matrix}]\nrank=-0.5\n"),
        ),
        (
            "a correlation of all",
            GOOD.to_owned() + &format!("[[correlation]]\ninputs=[{}\"a\"]\nrank=0.5\n", "\"a\",".repeat(200_000)),
        ),
        (
            "20,000 misspelt references",
            in_inputs(&(0..20_000).map(|i| format!("input_name_{i}=\"input_nam_{i}x\"\n")).collect::<String>()),
        ),
        (
            "30,000 misspelt variables to correlate",
            in_inputs(&(0..1_900).map(|i| format!("variable_{i}=\"1 to 2\"\n")).collect::<String>())
                + &format!(
                    "[[correlation]]\nrank=0.1\ninputs=[{}]\n",
                    (0..90).map(|i| format!("\"variabl_{i}\"")).collect::<Vec<_>>().join(",")
                )
                .repeat(350),
        ),
        ("a mix of 10,000", quantity(&format!("mix({}-1: 2)", "1: 2,".repeat(10_000)))),
        (
            "formulas of 500,000 steps",
            in_inputs(&(0..8_000).map(|i| format!("f{i}=\"{}x\"\n", "salary+".repeat(15))).collect::<String>()),
        ),
    ];
    huge.push((
        "10,000 sections of correlation",
        GOOD.to_owned() + &"[[correlation]]\ninputs=[\"a\",\"b\"]\nrank=2\n".repeat(10_000),
    ));
    let mut wrong = Vec::new();
    for (what, text) in huge {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("huge.toml"), text).unwrap();
        let outcome = std::panic::catch_unwind(|| {
            let message = refuses_in_time(what, folder.path());
            assert!(message.contains("= help: "), "{what} gets no help: {message}");
            assert!(
                message.contains("--> huge.toml:") || message.starts_with("error: huge.toml: "),
                "{what} has no place: {message}"
            );
        });
        if outcome.is_err() {
            wrong.push(what);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn huge_data_files_are_refused_in_no_time() {
    let text = GOOD.replace("= 800", "= \"data('huge.csv', 'a')\"");
    let files: [(&str, Vec<u8>, &str); 7] = [
        ("NULs", vec![0; 50_000_000], "NUL byte"),
        ("commas", vec![b','; 50_000_000], "more than 4096 cells"),
        ("a header of one cell", vec![b'x'; 50_000_000], "more than 16777216 bytes"),
        ("a quotation mark that is never closed", [b"a\n\"".to_vec(), vec![b'\n'; 50_000_000]].concat(), "line 2"),
        ("rows without end", [b"a\n".to_vec(), b"1\n".repeat(25_000_000)].concat(), "more than 16777216 rows"),
        ("names of a megabyte", vec![b"n".repeat(1 << 20); 10].join(&b','), "no column 'a'"),
        ("escapes", b"\x1b[2J".repeat(1_000_000), "no column 'a'"),
    ];
    for (what, bytes, message) in files {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("huge.toml"), &text).unwrap();
        fs::write(folder.path().join("huge.csv"), bytes).unwrap();
        let said = refuses_in_time(what, folder.path());
        assert!(said.contains(message) && said.len() < 5_000, "{what}: {} bytes of {said:.2000}", said.len());
    }
}
