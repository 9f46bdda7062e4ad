//! Logs of requests as commands read them: files or standard input, one after the other as if they were one.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use breakeven::diagnostic::{Diagnostic, Refusal, Sources, clean, system_words};
use breakeven::logs::{self, FieldMap, Filter, Requests};
use clap::Args;

use super::Stop;
use super::metered::Metered;
use super::plan::refuse;
use super::values::{CachedArg, zone};

/// Which records of a log count, and how they are read.
#[derive(Debug, Args)]
pub struct RecordArgs {
    /// Only records that pass, such as 'model == gpt-4.1-mini and output > 0'
    #[arg(long = "where", value_name = "FILTER")]
    pub filter: Option<String>,
    /// Which field says what: time, end, model, id, input, output, cached, written, requests, status or cost
    #[arg(long, value_name = "KEY=FIELD")]
    pub map: Vec<String>,
    /// Whether input includes cached tokens, whatever the log's format says
    #[arg(long, value_enum, value_name = "HOW")]
    pub cached: Option<CachedArg>,
    /// Where days begin, such as +02:00 [default: UTC]
    #[arg(long, value_name = "±hh:mm", value_parser = zone, allow_hyphen_values = true)]
    pub timezone: Option<i32>,
}

/// How records are read.
pub fn reading(args: &RecordArgs) -> Result<logs::ReadOptions, Stop> {
    let options = || -> Result<logs::ReadOptions, Refusal> {
        Ok(logs::ReadOptions {
            filter: args.filter.as_deref().map(Filter::parse).transpose()?,
            map: FieldMap::parse(&args.map)?,
            cached: args.cached.map(Into::into),
        })
    };
    options().map_err(of_refusal)
}

/// Hands the requests of a log to `add`. Says what it is called, and its digest.
pub fn read(
    log: &Path,
    requests: &mut Requests<'_>,
    add: &mut dyn FnMut(&logs::Request<'_>) -> Result<(), Refusal>,
) -> Result<(String, [u8; 32]), Stop> {
    let name = called(log);
    let mut source: Box<dyn Read + Send> = match log.as_os_str() == "-" {
        true => Box::new(Metered::pipe(std::io::stdin())),
        false => Box::new(Metered::file(open(log)?, &name)),
    };
    let read = requests.read(&mut source, &name, add).map_err(of_refusal)?;
    Ok((name, read.digest))
}

fn open(log: &Path) -> Result<File, Stop> {
    let fail = |why: String| wrong(format!("cannot read `{}`: {why}", log.display()), "check the path");
    // A folder can be opened, and only reading it fails.
    match File::open(log) {
        Ok(_) if log.is_dir() => Err(fail("it is a folder".to_owned())),
        Ok(file) => Ok(file),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(fail("there is no such file".to_owned())),
        Err(error) => Err(fail(system_words(&error))),
    }
}

/// What a log is called: where it lies does not matter to what it says.
fn called(log: &Path) -> String {
    match log.file_name() {
        Some(name) if log.as_os_str() != "-" => clean(&name.to_string_lossy()),
        _ => "standard input".to_owned(),
    }
}

/// Says why something cannot be used.
pub fn of_refusal(Refusal { message, help }: Refusal) -> Stop {
    wrong(message, help)
}

/// Says what is wrong, and what to do.
pub fn wrong(message: impl Into<String>, help: impl Into<String>) -> Stop {
    refuse(&[Diagnostic::general(message).help(help)], &Sources::default())
}
