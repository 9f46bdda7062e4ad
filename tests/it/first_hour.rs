//! The first hour with the program: what it shows, writes and suggests to somebody who has just installed it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// The program, without what the environment says of colours.
fn breakeven(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_breakeven"));
    command.current_dir(folder);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        command.env_remove(name);
    }
    command
}

/// What a command writes to standard output and standard error, and its exit code.
fn written(mut command: Command) -> (String, String, i32) {
    let output = command.output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (out, err, output.status.code().unwrap())
}

fn said(folder: &Path, words: &[&str]) -> (String, String, i32) {
    let mut command = breakeven(folder);
    command.args(words);
    written(command)
}

/// A text without its colours.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |all, part| all + part.split_once('m').unwrap().1)
}

/// A command line that fails in each way that has a text: by a finding, by an error of a run, by clap, and not at all.
fn telling(folder: &Path) -> [Vec<&'static str>; 5] {
    fs::write(folder.join("bad.toml"), "[simulation]\nhorizon = 3\n").unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("configs/article.toml"), folder.join("good.toml")).unwrap();
    [
        vec!["check", "bad.toml"],
        vec!["run", "good.toml", "--out", "bad.toml"],
        vec!["swep"],
        vec!["run", "--help"],
        vec!["run", "--trials", "many", "good.toml"],
    ]
}

#[test]
fn colours_come_and_go_without_changing_the_text() {
    let folder = tempfile::tempdir().unwrap();
    for words in telling(folder.path()) {
        let with = |when: &[&'static str]| said(folder.path(), &[&words[..], when].concat());
        let (always, never, auto) = (with(&["--color", "always"]), with(&["--color=never"]), with(&[]));
        let coloured = always.0.clone() + &always.1;
        assert!(coloured.contains("\u{1b}["), "{words:?}: {coloured}");
        assert!(!(never.0.clone() + &never.1).contains('\u{1b}'), "{words:?}");
        assert_eq!((plain(&always.0), plain(&always.1), always.2), never, "{words:?}");
        assert_eq!(auto, never, "{words:?}");
    }
}

#[test]
fn the_environment_counts_where_nothing_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    for words in telling(folder.path()) {
        let coloured = |variables: &[(&str, &str)], when: &[&str]| {
            let mut command = breakeven(folder.path());
            command.args(&words).args(when).envs(variables.iter().copied());
            let (out, err, _) = written(command);
            (out + &err).contains('\u{1b}')
        };
        let (no, force) = (("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1"));
        assert!(coloured(&[force], &[]), "{words:?}");
        assert!(!coloured(&[no, force], &[]), "{words:?}");
        assert!(coloured(&[no], &["--color", "always"]), "{words:?}");
        assert!(!coloured(&[force], &["--color", "never"]), "{words:?}");
        assert!(coloured(&[("NO_COLOR", ""), force], &["--color", "auto"]), "{words:?}");
    }
}

#[test]
fn slips_of_the_keyboard_are_met_with_the_nearest_word() {
    let folder = tempfile::tempdir().unwrap();
    let slips: [(&[&str], &str); 4] = [
        (&["swep", "a.toml"], "'sweep'"),
        (&["sensitivty", "a.toml"], "'sensitivity'"),
        (&["run", "a.toml", "--trails", "5"], "'--trials'"),
        (&["run", "a.toml", "--color", "allways"], "'always'"),
    ];
    for (words, meant) in slips {
        let (_, err, code) = said(folder.path(), words);
        assert!(err.contains(meant) && code == 2, "{words:?}: {err}");
    }
}

/// The example scenarios with their data.
fn configs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("configs");
    fs::create_dir_all(folder.path().join("configs/data")).unwrap();
    for place in ["", "data"] {
        for entry in fs::read_dir(from.join(place)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap();
                fs::copy(&path, folder.path().join("configs").join(place).join(name)).unwrap();
            }
        }
    }
    let scenario = "examples/assistant.toml";
    fs::create_dir(folder.path().join("examples")).unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(scenario), folder.path().join(scenario)).unwrap();
    folder
}

/// Every command that the help lists.
fn commands(folder: &Path) -> Vec<String> {
    let (help, _, _) = said(folder, &["--help"]);
    let (_, rest) = help.split_once("Commands:\n").expect("commands");
    let listed = rest.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    let names: Vec<String> = listed.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect();
    assert!(names.len() > 8, "{help}");
    names.into_iter().filter(|name| name != "help").collect()
}

const TEMPLATES: [&str; 5] = ["article", "small-model", "self-hosted", "drift", "portfolio"];

/// The commands below `Examples:`, with continued lines put together.
fn examples(help: &str) -> Vec<String> {
    let (_, examples) = help.split_once("Examples:\n").expect("examples");
    examples.replace("\\\n", "").lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
#[cfg(unix)]
fn every_example_of_every_long_help_works() {
    let program = Path::new(env!("CARGO_BIN_EXE_breakeven"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let all = commands(tempfile::tempdir().unwrap().path());
    for command in std::iter::once(None).chain(all.iter().map(Some)) {
        let folder = configs();
        fs::create_dir_all(folder.path().join(".config/fish/completions")).unwrap();
        let words: Vec<&str> = command.map(String::as_str).into_iter().chain(["--help"]).collect();
        let (help, _, _) = said(folder.path(), &words);
        let examples = examples(&help);
        assert!((2..=4).contains(&examples.len()), "{command:?}: {examples:?}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{command:?}: {help}");
        for example in examples {
            let mut shell = Command::new("sh");
            let shell = shell.current_dir(folder.path()).env("PATH", &path).env("HOME", folder.path());
            let done = shell.args(["-c", &example]).output().unwrap();
            let err = String::from_utf8(done.stderr).unwrap();
            assert!(done.status.success(), "{example}: {err}");
            assert!(err.lines().all(|line| line.is_empty() || line.starts_with("note: ")), "{example}: {err}");
            assert!(example.starts_with("breakeven "), "{example}");
        }
    }
}

#[test]
fn short_help_is_short() {
    let folder = tempfile::tempdir().unwrap();
    for command in &commands(folder.path()) {
        let (short, _, _) = said(folder.path(), &[command, "-h"]);
        let (long, _, _) = said(folder.path(), &[command, "--help"]);
        assert!(!short.contains("Examples:") && long.contains("Examples:"), "{command}: {short}");
        assert!(short.lines().count() < long.lines().count(), "{command}");
    }
}

#[test]
fn a_template_passes_check_wherever_it_is_written_and_checked_from() {
    let [root, elsewhere] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for template in TEMPLATES {
        let file = root.path().join(template).join("my task.toml");
        let file = file.to_str().unwrap();
        let (out, err, code) = said(elsewhere.path(), &["init", "--template", template, file]);
        assert_eq!((err.as_str(), code), ("", 0));
        for command in ["check", "run"] {
            assert!(out.contains(&format!("  breakeven {command} '{file}'\n")) || cfg!(windows), "{out}");
        }
        let (out, err, code) = said(elsewhere.path(), &["check", file]);
        assert_eq!((err.as_str(), code), ("", 0));
        assert!(out.contains("Options: "), "{out}");
        let text = fs::read_to_string(file).unwrap();
        assert!(text.starts_with('#') && !text.contains("configs/"), "{text}");
    }
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn init_without_a_name_writes_the_article_and_says_how_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let (out, err, code) = said(folder.path(), &["init"]);
    let next = "Try next:\n  breakeven check scenario.toml\n  breakeven run scenario.toml\n";
    assert_eq!((out, err.as_str(), code), (format!("Wrote scenario.toml\n\n{next}"), "", 0));
    let written = fs::read_to_string(folder.path().join("scenario.toml")).unwrap();
    assert!(written.contains("Fine-tuning vs prompting: the article"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn init_replaces_nothing_unasked_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenario.toml");
    fs::write(&file, "mine").unwrap();
    let (out, err, code) = said(folder.path(), &["init"]);
    assert_eq!((out.as_str(), code), ("", 2));
    assert!(err.contains("scenario.toml exists already"), "{err}");
    assert!(err.contains("another name") && err.contains("--force"), "{err}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert_eq!(said(folder.path(), &["init", "--force"]).2, 0);
    assert!(fs::read_to_string(&file).unwrap().contains("[[option]]"));
}

#[test]
fn init_keeps_data_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    let data = folder.path().join("data/usage.csv");
    fs::write(&data, "input_tokens\n7\n").unwrap();
    let (_, err, code) = said(folder.path(), &["init", "--template", "small-model", "a.toml"]);
    assert!(code == 2 && err.contains("usage.csv exists already") && err.contains("another folder"), "{err}");
    assert!(!folder.path().join("a.toml").exists());
    assert_eq!(fs::read_to_string(&data).unwrap(), "input_tokens\n7\n");
    // Data that is the template's own is no obstacle.
    assert_eq!(said(folder.path(), &["init", "--template", "small-model", "a.toml", "--force"]).2, 0);
    assert_eq!(said(folder.path(), &["init", "--template", "small-model", "b.toml"]).2, 0);
    let (_, err, code) = said(folder.path(), &["init", "data"]);
    let inside = Path::new("data").join("scenario.toml");
    assert!(code == 2 && err.contains(inside.to_str().unwrap()), "{err}");
}

#[test]
fn shells_learn_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (script, err, code) = said(folder.path(), &["completions", shell]);
        assert_eq!((err.as_str(), code), ("", 0));
        let options = ["chart-format", "template", "breakeven"].map(str::to_owned);
        for word in commands(folder.path()).iter().chain(&options) {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(said(folder.path(), &["completions", "cmd"]).2, 2);
}

#[test]
fn the_man_page_names_every_command_and_each_has_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (page, err, code) = said(folder.path(), &["man", "--color", "always"]);
    assert_eq!((err.as_str(), code), ("", 0));
    assert!(page.contains(".TH breakeven 1") && !page.contains('\u{1b}'), "{page}");
    let (help, _, _) = said(folder.path(), &["-h"]);
    for command in &commands(folder.path()) {
        assert!(page.contains(&format!("breakeven\\-{command}(1)")), "{command}: {page}");
        assert!(help.contains(&format!("  {command} ")), "{command}: {help}");
        let (own, _, code) = said(folder.path(), &["man", command]);
        assert!(code == 0 && own.contains(&format!(".TH breakeven-{command} 1")), "{own}");
        assert!(own.contains(".SH EXAMPLES\n"), "{own}");
    }
}

/// What `run` prints, and the folder of its results.
fn summary(extra: &[&str]) -> (String, tempfile::TempDir) {
    let folder = configs();
    let (out, err, code) = said(folder.path(), &[&["run", "--no-charts", "--out", "o"], extra].concat());
    assert_eq!((err.as_str(), code), ("", 0));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    (out, folder)
}

/// The lines of a sketch below its heading, with the columns at which its scale begins and ends.
fn sketch<'a>(summary: &'a str, heading: &str) -> Option<(Vec<&'a str>, [usize; 2])> {
    let lines: Vec<&str> = summary.lines().skip_while(|line| !line.starts_with(heading)).collect();
    let (top, rows) = lines.split_first()?;
    let start = heading.len() + top[heading.len()..].find(|c| c != ' ')?;
    Some((rows.iter().take_while(|line| !line.is_empty()).copied().collect(), [start, top.chars().count()]))
}

/// The eighths of a line that the blocks of a row are high.
fn heights(row: &str, [start, end]: [usize; 2]) -> Vec<u32> {
    let mut columns: Vec<char> = row.chars().chain(std::iter::repeat(' ')).skip(start).take(end - start).collect();
    columns.iter_mut().for_each(|c| *c = if *c == ' ' { '\u{2580}' } else { *c });
    assert!(columns.iter().all(|c| ('\u{2580}'..='\u{2588}').contains(c)), "{row}");
    columns.iter().map(|c| u32::from(*c) - 0x2580).collect()
}

#[test]
fn the_histogram_on_the_screen_is_that_of_the_file() {
    let (out, folder) = summary(&["configs/small-model.toml"]);
    let (rows, columns) = sketch(&out, "Total cost").expect("a histogram");
    let csv = fs::read_to_string(folder.path().join("o/histogram.csv")).unwrap();
    let counts = |option: &str| -> Vec<f64> {
        let own = csv.lines().filter(|line| line.starts_with(&format!("{option},total,")));
        let all: Vec<f64> = own.map(|line| line.split(',').nth(4).unwrap().parse().unwrap()).collect();
        all[1..all.len() - 1].to_vec()
    };
    for (row, option) in rows.iter().zip(["Large prompted", "Small tuned"]) {
        assert!(row.starts_with(option), "{row}");
        let counts = counts(option);
        let (highest, all) = (counts.iter().copied().fold(0.0, f64::max), counts.iter().sum::<f64>());
        let height = |n: &f64| if n / all < 0.001 { 0 } else { ((8.0 * n / highest).round() as u32).max(1) };
        let (expected, shown) = (counts.iter().map(height).collect::<Vec<_>>(), heights(row, columns));
        // Only thin ends may be missing.
        let start = (0..=60 - shown.len()).find(|k| expected[*k..].starts_with(&shown)).expect(row);
        let seen: f64 = counts[start..start + shown.len()].iter().sum();
        assert!(seen > 0.99 * all, "{row}");
    }
}

#[test]
fn the_way_to_the_break_even_on_the_screen_is_that_of_the_file() {
    let (out, folder) = summary(&["configs/small-model.toml"]);
    let (rows, _) = sketch(&out, "Lasting break-even by month").expect("a curve");
    let csv = fs::read_to_string(folder.path().join("o/break_even.csv")).unwrap();
    let curve = csv.lines().skip(1).map(|line| line.split(',').nth(6).unwrap().parse::<f64>().unwrap());
    let expected: Vec<u32> = curve.map(|p| if p < 0.0005 { 0 } else { ((8.0 * p).round() as u32).max(1) }).collect();
    assert_eq!(expected.len(), 36);
    let start = "Lasting break-even by month  ".len();
    assert_eq!(heights(rows[0], [start, start + 36]), expected, "{}", rows[0]);
    assert!(rows[0].ends_with(" %"), "{}", rows[0]);
}

#[test]
fn where_there_is_nothing_to_tell_nothing_is_sketched() {
    // Fine-tuning never pays back there.
    let (out, _folder) = summary(&["configs/article.toml"]);
    assert!(sketch(&out, "Total cost").is_some() && !out.contains("Lasting break-even by month"), "{out}");
    // Two options of the same certain cost.
    let certain = "[simulation]\nhorizon_months = 2\ntrials = 256\n[workload]\nrequests_per_month = 1000\n\
                   input_tokens = 1000\noutput_tokens = 0\n[[option]]\nname = \"A\"\ninference.input_price = 3\ninference.output_price = 0\n\
                   [[option]]\nname = \"B\"\ninference.input_price = 3\ninference.output_price = 0\n";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("certain.toml"), certain).unwrap();
    let (out, err, code) = said(folder.path(), &["run", "certain.toml", "--no-charts"]);
    assert!(code == 0 && !out.contains("Total cost") && !out.contains("by month"), "{out}{err}");
}

/// Persian with its joiner, Hindi with one, and a family of emoji, which joiners make one sign.
#[test]
fn names_are_spelt_as_their_scripts_spell_them() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
        "\u{915}\u{94d}\u{200d}\u{937}",
        "\u{1f468}\u{200d}\u{1f469}",
    ] {
        let text = format!(
            "simulation.horizon_months = 1\nworkload.requests_per_month = 10\n[[option]]\nname = \"{name}\"\nhosting.cost_per_month = 3\n"
        );
        fs::write(folder.path().join("s.toml"), text).unwrap();
        let mut command = breakeven(folder.path());
        command.args(["run", "s.toml", "--trials", "1024"]);
        let (out, err, code) = written(command);
        assert!(code == 0 && out.contains(name), "{out}{err}");
        let summary = fs::read_to_string(folder.path().join("outputs/s/summary.csv")).unwrap();
        assert!(summary.contains(name), "{summary}");
    }
}
