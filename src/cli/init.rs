//! `breakeven init`: a scenario to start from.

use std::path::{Path, PathBuf};

use breakeven::diagnostic::{Diagnostic, Sources, clean};
use breakeven::files::{StartError, start};
use clap::Args;

use super::plan::{refuse, unwritten};
use super::values::TemplateArg;
use super::{Stop, say};

#[derive(Debug, Args)]
pub struct InitArgs {
    /// The scenario to write; a template's data goes into data/ beside it
    #[arg(value_name = "FILE", default_value = "scenario.toml")]
    pub file: PathBuf,
    /// The example to start from
    #[arg(long, value_enum, value_name = "NAME", default_value = "article")]
    pub template: TemplateArg,
    /// Replace files that exist
    #[arg(long)]
    pub force: bool,
}

pub fn init(args: &InitArgs) -> Result<(), Stop> {
    if args.file.is_dir() || args.file.file_name().is_none() {
        let inside = as_typed(&args.file.join("scenario.toml"));
        let finding = Diagnostic::general(format!("{} is a folder", args.file.display()));
        return Err(refuse(
            &[finding.help(format!("name a file in it: breakeven init {inside}"))],
            &Sources::default(),
        ));
    }
    let called = as_typed(&args.file);
    match start(&args.template.0, &args.file, &called, args.force) {
        Ok(written) => {
            let names: Vec<String> = written.iter().rev().map(|path| clean(&path.display().to_string())).collect();
            let next = format!("  breakeven check {called}\n  breakeven run {called}\n");
            say::out(&format!("Wrote {}\n\nTry next:\n{next}", names.join(" and ")))
        }
        Err(StartError::Taken(paths)) => Err(refuse(&taken(args, &paths), &Sources::default())),
        Err(StartError::Write(error)) => Err(unwritten(error)),
    }
}

fn taken(args: &InitArgs, paths: &[PathBuf]) -> Vec<Diagnostic> {
    let finding = |path: &PathBuf| match path == &args.file {
        true => Diagnostic::general(format!("{} exists already", path.display()))
            .help("give the scenario another name, as in `breakeven init my-task.toml`, or replace it with `--force`"),
        false => Diagnostic::general(format!("{} exists already, and holds something else", path.display())).help(
            "write into another folder, as in `breakeven init my-task/scenario.toml`, or replace it with `--force`",
        ),
    };
    paths.iter().map(finding).collect()
}

/// A path as it is typed into a shell.
fn as_typed(path: &Path) -> String {
    let text = clean(&path.display().to_string());
    let text = if text.starts_with('-') { format!("./{text}") } else { text };
    let is_plain = |c: char| c.is_alphanumeric() || "/\\._-+:,@".contains(c);
    match text.chars().all(is_plain) && !(cfg!(unix) && text.contains('\\')) {
        true => text,
        false if cfg!(windows) => format!("\"{text}\""),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}
