//! What the README shows is what the program does.

use std::path::Path;

use assert_cmd::Command;
use breakeven::scenario::{DataFiles, LoadOptions, read};

const README: &str = include_str!("../../README.md");

/// The contents of the fenced blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or("")).collect()
}

#[test]
fn the_example_scenario_is_valid() {
    let text = blocks("toml")[0];
    let reading = read("README.md", "readme", text, &LoadOptions::default(), DataFiles::none());
    assert!(reading.scenario.is_some(), "{:?}", reading.findings);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
}

#[test]
fn the_summary_is_what_the_main_command_prints() {
    let out = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_breakeven"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", "configs/article.toml", "--no-charts", "--out"])
        .arg(out.path())
        .assert()
        .success();
    let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let summary = printed.split("\nResults are in").next().unwrap().trim_end();
    let shown = blocks("text").into_iter().find(|b| b.contains("Choose Prompting")).unwrap().trim_end();
    assert_eq!(shown, summary);
}

#[test]
fn the_ledger_is_what_the_program_prints() {
    let run = Command::new(env!("CARGO_BIN_EXE_breakeven"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["ledger", "configs/article.toml", "--at", "mean", "--option", "Fine-tuning", "--month", "2"])
        .assert()
        .success();
    let printed = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let shown = blocks("text").into_iter().find(|b| b.contains("every input at its mean")).unwrap().trim_end();
    assert_eq!(shown, printed.split("\nThis is one case").next().unwrap().trim_end());
}

#[test]
#[cfg(unix)]
fn the_commands_in_its_blocks_can_be_typed() {
    let program = Path::new(env!("CARGO_BIN_EXE_breakeven"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let out = tempfile::tempdir().unwrap();
    let mut typed = 0;
    for block in blocks("sh") {
        let commands = block.replace("\\\n", " ");
        for command in commands.lines().filter(|line| line.starts_with("breakeven sweep")) {
            // As it stands, with fewer trials of each point.
            let few = format!("{command} --trials 1024 --no-charts --out {}", out.path().display());
            let run = Command::new("sh")
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .env("PATH", &path)
                .args(["-c", &few])
                .assert();
            assert!(String::from_utf8(run.success().get_output().stdout.clone()).unwrap().contains("1,600 points"));
            typed += 1;
        }
    }
    assert_eq!(typed, 1);
}

#[test]
fn the_options_shown_are_those_of_the_program() {
    let usage = blocks("text").into_iter().find(|b| b.contains("breakeven run SCENARIO")).unwrap();
    for command in usage.split("breakeven ").skip(1) {
        // What stands in the usage and is no option of the program would be a promise.
        let name = command.split_whitespace().next().unwrap();
        let help = Command::new(env!("CARGO_BIN_EXE_breakeven")).args([name, "--help"]).assert().success();
        let help = String::from_utf8(help.get_output().stdout.clone()).unwrap();
        for option in command.split(['[', ' ', ']', '\n', '|']).filter(|w| w.starts_with("--")) {
            assert!(help.contains(option), "{option} is not in the help of {name}");
        }
    }
}

#[test]
fn every_linked_file_exists() {
    for link in README.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(link).exists(), "{link}");
    }
}
