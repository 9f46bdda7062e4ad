//! The options that results depend on, as manifests keep them: `verify --rerun` types them again.

use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, CommandFactory};
use serde_json::{Map, Value};

use super::args::Cli;

/// Options on which no byte of a result depends. Any other is kept, also one that is added later.
const WITHOUT_EFFECT: [&str; 8] =
    ["out", "threads", "quiet", "json", "color", "force", "allow-data-outside", "partial"];

/// The options of a command that were typed, with their values; what the others stand for is the version's to say.
pub fn options(command: &str, matches: &ArgMatches) -> Map<String, Value> {
    let mut found = Map::new();
    let is_typed = |id: &String| matches.value_source(id) == Some(ValueSource::CommandLine);
    for (name, id, action) in kept(command).into_iter().filter(|(_, id, _)| is_typed(id)) {
        let texts = || matches.get_raw(&id).into_iter().flatten().map(|text| Value::from(text.to_string_lossy()));
        let value = match action {
            ArgAction::SetTrue => matches.get_flag(&id).then_some(Value::Bool(true)),
            ArgAction::Append => Some(texts().collect::<Vec<_>>()).filter(|texts| !texts.is_empty()).map(Value::from),
            _ => texts().next_back(),
        };
        found.extend(value.map(|value| (name, value)));
    }
    found
}

/// Kept options as they are typed; `None` where one is none that a manifest of this command keeps.
pub fn typed(command: &str, options: &Map<String, Value>) -> Option<Vec<String>> {
    let known: Vec<String> = kept(command).into_iter().map(|(name, ..)| name).collect();
    let mut words = Vec::new();
    for (name, value) in options {
        known.contains(name).then_some(())?;
        match value {
            Value::Bool(true) => words.push(format!("--{name}")),
            Value::String(text) => words.push(format!("--{name}={text}")),
            Value::Array(texts) => {
                for text in texts {
                    words.push(format!("--{name}={}", text.as_str()?));
                }
            }
            _ => return None,
        }
    }
    Some(words)
}

/// Name, identifier and action of each option that is kept.
fn kept(command: &str) -> Vec<(String, String, ArgAction)> {
    let program = Cli::command();
    let arguments = program.find_subcommand(command).into_iter().flat_map(clap::Command::get_arguments);
    let kept = |argument: &clap::Arg| {
        let name = argument.get_long().filter(|name| !WITHOUT_EFFECT.contains(name))?;
        let action = argument.get_action().clone();
        let is_value = matches!(action, ArgAction::Set | ArgAction::Append | ArgAction::SetTrue);
        is_value.then(|| (name.to_owned(), argument.get_id().to_string(), action))
    };
    arguments.filter_map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Map<String, Value> {
        let matches = Cli::command().try_get_matches_from(words).unwrap();
        let (command, matches) = matches.subcommand().unwrap();
        options(command, matches)
    }

    #[test]
    fn what_is_kept_types_the_same_again() {
        let words = ["b", "run", "a.toml", "--set", "x.y=1 to 2", "--set=z=-3", "--trials=64k", "--report", "--out=o"];
        let kept = parsed(&words);
        assert!(!kept.contains_key("out") && kept["set"].as_array().unwrap().len() == 2, "{kept:?}");
        let again = typed("run", &kept).unwrap();
        let again: Vec<&str> = ["b", "run", "a.toml"].into_iter().chain(again.iter().map(String::as_str)).collect();
        assert_eq!(parsed(&again), kept);
    }

    #[test]
    fn a_strangers_manifest_types_nothing_else() {
        for name in ["out", "force", "allow-data-outside", "unknown"] {
            let options = Map::from_iter([(name.to_owned(), Value::from("x"))]);
            assert_eq!(typed("run", &options), None, "{name}");
        }
    }
}
