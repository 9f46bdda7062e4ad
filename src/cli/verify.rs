//! `breakeven verify`: whether results are as they were written, and whether the same come out again.

use std::path::{Path, PathBuf};

use breakeven::diagnostic::{Diagnostic, Sources, clean};
use breakeven::files::{CommandKind, FileState, Finding, Manifest, verify as look};
use clap::{Args, CommandFactory, FromArgMatches};
use serde_json::Value;

use super::args::Cli;
use super::options::typed;
use super::plan::{refuse, unwritten};
use super::{Stop, carry_out, say};

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The folder of results
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Also run this scenario again with the same options, and compare; once for each scenario that was named
    #[arg(long, value_name = "SCENARIO")]
    pub rerun: Vec<PathBuf>,
    /// Worker threads for that [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Let data('…') read files outside the scenario's folder
    #[arg(long)]
    pub allow_data_outside: bool,
}

pub fn verify(args: &VerifyArgs) -> Result<(), Stop> {
    if !args.folder.is_dir() {
        let finding = Diagnostic::general(format!("{} is no folder", args.folder.display()));
        return Err(refuse(
            &[finding.help("name the folder that a command wrote its results into")],
            &Sources::default(),
        ));
    }
    let (findings, is_unfinished) = look(&args.folder).map_err(unwritten)?;
    let mut is_good = !findings.is_empty() && !is_unfinished;
    if is_unfinished {
        say::warning(
            "a command was interrupted while it put its results in place; the next one that writes here finishes it",
        );
    }
    if findings.is_empty() {
        let known = CommandKind::ALL.map(CommandKind::manifest).join(", ");
        say::warning(&format!("there is no manifest here (of {known})"));
    }
    for finding in &findings {
        say::out(&told(finding))?;
        is_good &= finding.is_whole();
        if !args.rerun.is_empty() {
            is_good &= rerun(args, finding)?;
        }
    }
    if is_good { Ok(()) } else { Err(Stop::Said) }
}

/// What a manifest says, and how its files stand to it.
fn told(finding: &Finding) -> String {
    let name = finding.kind.manifest();
    if finding.manifest.files.is_none() {
        return format!("{name} is of a version that kept no digests: nothing can be said of its files\n");
    }
    let mut text = match finding.is_whole() {
        true => format!("{name}: whole, {} files\n", finding.files.len()),
        false => format!("{name}: not whole\n"),
    };
    if !finding.manifest.is_whole {
        text += &format!("  {name} changed since it was written\n");
    }
    for (file, state) in &finding.files {
        let word = match state {
            FileState::Whole if finding.is_whole() => continue,
            FileState::Whole => "whole",
            FileState::Changed => "changed since it was written",
            FileState::Missing => "missing",
        };
        text += &format!("  {} {word}\n", clean(file));
    }
    text
}

/// Runs a command again, and says which of its files come out otherwise.
fn rerun(args: &VerifyArgs, finding: &Finding) -> Result<bool, Stop> {
    let word = finding.kind.word();
    let of = |key: &str| finding.manifest.head.get(key);
    let options = of("arguments").and_then(Value::as_object).cloned().unwrap_or_default();
    let Some(words) = typed(word, &options) else {
        say::warning(&format!("{} has options that this version does not know", finding.kind.manifest()));
        return Ok(false);
    };
    let version = of("version").and_then(Value::as_str).unwrap_or("unknown");
    if version != env!("CARGO_PKG_VERSION") {
        say::remark(&format!("the results are of version {version}, this is {}", env!("CARGO_PKG_VERSION")));
    }
    let folder = tempfile::tempdir().map_err(|e| Stop::Failed(format!("cannot make a temporary folder: {e}")))?;
    again(word, &words, folder.path(), args)?;
    let Some(new) = Manifest::read(folder.path(), finding.kind).map_err(unwritten)? else { return Ok(false) };
    let other = different(&finding.manifest, &new);
    let same = other.is_empty() && finding.manifest.sha256 == new.sha256;
    let text = match (same, finding.manifest.head.get("scenario_hash") == new.head.get("scenario_hash")) {
        (true, _) => format!("breakeven {word} gives the same bytes again\n"),
        (_, false) => "the scenario, its data or what is set over it is not the one of these results\n".to_owned(),
        (_, true) => format!("breakeven {word} gives other bytes\n"),
    };
    say::out(&(text + &other.iter().map(|name| format!("  {} differs\n", clean(name))).collect::<String>()))?;
    Ok(same)
}

/// Types the command again, into another folder.
fn again(word: &str, words: &[String], folder: &Path, args: &VerifyArgs) -> Result<(), Stop> {
    let typed = ["breakeven", word, "--quiet", "--out"].map(Into::into).into_iter().chain([folder.into()]);
    let threads = args.threads.map(|threads| format!("--threads={threads}").into());
    let outside = args.allow_data_outside.then(|| "--allow-data-outside".into());
    let words = words.iter().map(Into::into).chain(threads).chain(outside);
    let scenarios = args.rerun.iter().map(Into::into);
    let all: Vec<std::ffi::OsString> = typed.chain(words).chain(["--".into()]).chain(scenarios).collect();
    let matches = Cli::command().try_get_matches_from(all);
    let parsed = matches.and_then(|matches| Cli::from_arg_matches(&matches).map(|cli| (cli, matches)));
    match parsed {
        Ok((cli, matches)) => carry_out(cli, &matches),
        Err(error) => Err(Stop::Failed(format!("the options of the manifest cannot be used: {}", error.kind()))),
    }
}

/// The files that one manifest lists otherwise than another.
fn different(old: &Manifest, new: &Manifest) -> Vec<String> {
    let names = |manifest: &Manifest| manifest.files.iter().flatten().map(|f| f.name.clone()).collect::<Vec<_>>();
    let mut all = names(old);
    all.extend(names(new).into_iter().filter(|name| old.find(name).is_none()));
    all.retain(|name| old.find(name) != new.find(name));
    all
}
