//! Huge files: refused in no time, in little memory, with a message that is not huge.

use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use super::{GOOD, LONGEST, refused};

/// Most memory that any refusal may take, in kB.
#[cfg(target_os = "linux")]
const MOST_MEMORY: u64 = 500_000;

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

/// A scenario with a quantity.
fn quantity(text: &str) -> String {
    GOOD.replace("= 800", &format!("= \"{text}\""))
}

/// A scenario with inputs.
fn inputs(lines: &str) -> String {
    format!("{GOOD}[inputs]\n{lines}")
}

/// Lines that differ in a number.
fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// Inputs of which each is the next.
fn chained(count: usize) -> String {
    numbered(count, |i| format!("a{i}=\"a{}\"\n", i + 1))
}

/// Uncertain inputs, with nothing else about them.
fn uncertain(count: usize) -> String {
    numbered(count, |i| format!("b{i}=\"1 to 2\"\n"))
}

/// A scenario and what may make it huge.
type Huge = (&'static str, String);

/// Quantities that are long, deep or both.
fn quantities() -> Vec<Huge> {
    vec![
        ("open parentheses", quantity(&"(".repeat(200_000))),
        ("open parentheses within limits", quantity(&"(".repeat(60_000))),
        ("minus signs", quantity(&"-".repeat(60_000))),
        ("powers of powers", quantity(&format!("{}2", "2^".repeat(30_000)))),
        ("a long sum", quantity(&format!("1{}", "+1".repeat(30_000)))),
        ("functions of functions", quantity(&format!("{}1", "abs(".repeat(15_000)))),
        ("an endless number", quantity(&"9".repeat(60_000))),
        ("an endless fraction", quantity(&format!("0.{}K", "9".repeat(60_000)))),
        ("an endless name", quantity(&"x".repeat(60_000))),
        ("a mix of 10,000", quantity(&format!("mix({}-1: 2)", "1: 2,".repeat(10_000)))),
        ("a number beyond all bounds", GOOD.replace("= 800", "= 1e400")),
    ]
}

/// Inputs, and what refers to them.
fn references() -> Vec<Huge> {
    let sums = numbered(8_000, |i| format!("f{i}=\"{}x\"\n", "salary+".repeat(15)));
    vec![
        ("100,000 inputs in a chain", inputs(&chained(100_000))),
        ("50,000 inputs in a chain", inputs(&chained(50_000))),
        ("a chain of 20,000 that bites its tail", inputs(&format!("{}a20000=\"a0\"\n", chained(20_000)))),
        ("50,000 inputs", inputs(&numbered(50_000, |i| format!("a{i}=9\n"))) + "x"),
        ("20,000 misspelt references", inputs(&numbered(20_000, |i| format!("input_name_{i}=\"input_nam_{i}x\"\n")))),
        ("formulas of 500,000 steps", inputs(&format!("salary=\"80 to 120\"\n{sums}"))),
    ]
}

/// Options, cost lines, keys and names.
fn sections() -> Vec<Huge> {
    let line = "[[option.cost]]\nname=\"x\"\nper=\"once\"\namount=1\n";
    let accents = format!("\"{}\" = 1\n[workload]", "é".repeat(2_000));
    vec![
        ("50,000 options", format!("{GOOD}{}", "[[option]]\nname=\"x\"\n".repeat(45_000))),
        ("20,000 cost lines", format!("{GOOD}{}", line.repeat(20_000))),
        ("50,000 unknown keys", numbered(50_000, |i| format!("k{i}=1\n")) + GOOD),
        ("an unknown key of 1 MB", format!("{} = 1\n{GOOD}", "k".repeat(1_000_000))),
        ("a name of 1 MB", GOOD.replace("\"Prompting\"", &format!("\"{}\"", "ü".repeat(400_000))) + "x"),
        ("a long underlined text of several bytes", GOOD.replace("[workload]", &accents)),
    ]
}

/// Correlations.
fn correlations() -> Vec<Huge> {
    let names = |count: usize, name: &str| numbered(count, |i| format!("\"{name}{i}\","));
    let section = |names: &str, rank: f64| format!("[[correlation]]\ninputs=[{names}]\nrank={rank}\n");
    let pairs = numbered(8_999, |i| section(&format!("\"b{i}\",\"b{}\"", i + 1), 0.1));
    let variables = numbered(1_900, |i| format!("variable_{i}=\"1 to 2\"\n"));
    let misspelt = section(&names(90, "variabl_"), 0.1).repeat(350);
    vec![
        ("a chain of 9,000 correlations", inputs(&uncertain(9_000)) + &pairs),
        ("a correlation of 100 that cannot be", inputs(&uncertain(100)) + &section(&names(100, "b"), -0.5)),
        ("a correlation of all", GOOD.to_owned() + &section(&"\"a\",".repeat(200_001), 0.5)),
        ("30,000 misspelt variables to correlate", inputs(&variables) + &misspelt),
        ("10,000 sections of correlation", GOOD.to_owned() + &section("\"a\",\"b\"", 2.0).repeat(10_000)),
    ]
}

/// Files that are long or deep before anything is known of scenarios.
fn syntax() -> Vec<Huge> {
    let wrong = numbered(20_000, |i| format!("x{i} = -\n"));
    vec![
        ("open parentheses in place of a file", "(".repeat(200_000)),
        ("a file of 2 MB", format!("{GOOD}# {}\n", "x".repeat(2_000_000))),
        ("20,000 mistakes of syntax", format!("{wrong}{GOOD}")),
        ("a file of nothing but mistakes", "x = = 1\n".repeat(130_000)),
        ("50,000 headings in single brackets", "[option]\nname = 2M\n".repeat(50_000)),
        ("mistakes on a line of 1 MB", format!("x = [{}]\n{GOOD}", "= ,".repeat(300_000))),
        ("deep arrays", format!("x = {}{}\n{GOOD}", "[".repeat(100_000), "]".repeat(100_000))),
        ("unclosed deep arrays", format!("x = {}", "[".repeat(200_000))),
        ("deep inline tables", format!("x = {}1{}\n", "{a=".repeat(100_000), "}".repeat(100_000))),
        ("a dotted key of 100,000 parts", format!("{}a = 1\n{GOOD}", "a.".repeat(100_000))),
        ("a heading of 100,000 parts", format!("{GOOD}[{}a]\n", "a.".repeat(100_000))),
        ("headings of 100,000 parts each below", format!("{GOOD}[[{}a]]\n", "a.".repeat(100_000))),
        ("zeros of one kind", "\0".repeat(500_000)),
    ]
}

/// Fails unless a scenario is refused in time, at a place and with advice.
fn refuses(what: &str, text: &str) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("huge.toml"), text).unwrap();
    let message = refuses_in_time(what, folder.path());
    assert!(message.contains("= help: "), "{what} gets no help: {message}");
    let place = message.contains("--> huge.toml:") || message.starts_with("error: huge.toml: ");
    assert!(place, "{what} has no place: {message}");
}

#[test]
fn huge_inputs_are_refused_in_no_time() {
    let huge = [quantities(), references(), sections(), correlations(), syntax()].concat();
    assert_eq!(huge.len(), 41);
    let wrong = huge.iter().filter(|(what, text)| std::panic::catch_unwind(|| refuses(what, text)).is_err());
    let wrong: Vec<&str> = wrong.map(|(what, _)| *what).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn huge_data_files_are_refused_in_no_time() {
    let text = GOOD.replace("= 800", "= \"data('huge.csv', 'a')\"");
    let files: [(&str, Vec<u8>, &str); 7] = [
        ("NULs", vec![0; 50_000_000], "NUL byte"),
        ("commas", vec![b','; 50_000_000], "more than 4096 fields"),
        ("a header of one cell", vec![b'x'; 50_000_000], "more than 16777216 bytes"),
        ("a quotation mark that is never closed", [b"a\n\"".to_vec(), vec![b'\n'; 50_000_000]].concat(), "line 2"),
        ("rows without end", [b"a\n".to_vec(), b"1\n".repeat(25_000_000)].concat(), "more than 16777216 rows"),
        (
            "names of a megabyte",
            [vec![b"n".repeat(1 << 20); 10].join(&b','), b"\n,,,,,,,,,".to_vec()].concat(),
            "no column 'a'",
        ),
        ("escapes", [b"\x1b[2J".repeat(1_000_000), b"\n1\n".to_vec()].concat(), "no column 'a'"),
    ];
    for (what, bytes, message) in files {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("huge.toml"), &text).unwrap();
        fs::write(folder.path().join("huge.csv"), bytes).unwrap();
        let said = refuses_in_time(what, folder.path());
        assert!(said.contains(message) && said.len() < 5_000, "{what}: {} bytes of {said:.2000}", said.len());
    }
}
