//! What the README shows is what the program does.

use std::path::Path;

use assert_cmd::Command;
use breakeven::engine::RunOptions;
use breakeven::model::PeriodKind;
use breakeven::report::money;
use breakeven::scenario::{DataFiles, LoadOptions, Scenario, SpendScope, read};

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

/// What a command of a block prints holds the text below it.
#[test]
fn its_questions_are_answered_in_its_words() {
    let out = tempfile::tempdir().unwrap();
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut answered = 0;
    for asked in README
        .split("```sh\n")
        .skip(1)
        .filter(|block| block.starts_with("breakeven solve") || block.starts_with("breakeven pilot"))
    {
        let (command, rest) = asked.split_once("```").unwrap();
        let words = command.replace("\\\n", " ");
        let quoted = words.split('\'').enumerate();
        let words: Vec<String> = quoted
            .flat_map(|(k, part)| match k % 2 {
                0 => part.split_whitespace().map(str::to_owned).collect(),
                _ => vec![part.to_owned()],
            })
            .skip(1)
            .collect();
        let run = Command::new(env!("CARGO_BIN_EXE_breakeven"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(&words)
            .args(["--no-charts", "--force", "--out"])
            .arg(out.path())
            .assert()
            .success();
        let printed = plain(&String::from_utf8(run.get_output().stdout.clone()).unwrap());
        let answer = rest.split("```text\n").nth(1).and_then(|text| text.split("```").next()).unwrap();
        assert!(printed.contains(&plain(answer)), "{answer}\n{printed}");
        answered += 1;
    }
    assert_eq!(answered, 2);
}

#[test]
fn its_budget_is_that_of_the_run() {
    let scenario = Scenario::from_file(Path::new(env!("CARGO_MANIFEST_DIR")).join("configs/small-model.toml")).unwrap();
    let results = scenario.simulate(RunOptions::default()).unwrap();
    let year = results.model.periods.iter().position(|period| period.kind == PeriodKind::Year).unwrap();
    let [mean, .., p90, _] = results.spend(0, SpendScope::Cash, year);
    let [mean, p90] = [mean, p90].map(|amount| money("USD", amount.unwrap()));
    let line = format!("{mean} on average, and {p90} that one year in ten exceeds");
    assert!(README.split_whitespace().collect::<Vec<_>>().join(" ").contains(&line), "{line}");
}

/// Not in the folder of the project, into which nothing is written by a test: the files that are read are copied.
#[test]
#[cfg(unix)]
fn a_log_becomes_a_verdict_by_two_commands() {
    let folder = tempfile::tempdir().unwrap();
    for file in ["configs/data/azure-conversations.csv.gz", "examples/assistant.toml"] {
        let to = folder.path().join(file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(file), to).unwrap();
    }
    let block = blocks("sh").into_iter().find(|block| block.starts_with("breakeven workload")).unwrap();
    let commands = block.replace("\\\n", " ");
    let mut said = String::new();
    for command in commands.lines() {
        let words = command.split_whitespace().skip(1).chain((said.is_empty()).then_some("--color=never"));
        let output =
            Command::new(env!("CARGO_BIN_EXE_breakeven")).current_dir(folder.path()).args(words).assert().success();
        said = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    }
    // Means of the trace, counted by another program, and s/√n of the input, which would claim too much.
    let scenario = std::fs::read_to_string(folder.path().join("assistant.toml")).unwrap();
    let field = |key: &str| scenario.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert!(field("input_tokens").contains("mean=1154.6974"), "{scenario}");
    let sd = field("input_tokens").split("sd=").nth(1).unwrap().trim_end_matches(")\"").parse::<f64>().unwrap();
    assert!(sd > 10.0 * 7.967_867_279_941_544, "{sd}");
    assert!(
        said.contains("Choose Small model, tuned") && said.contains("Nobody estimated how the requests grow"),
        "{said}"
    );
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
