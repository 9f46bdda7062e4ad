//! Tables, charts and workbooks into the folder of results.

use std::path::PathBuf;

use breakeven::chart::{ChartError, ChartStyle, ImageFormat};
use breakeven::files::{CommandKind, Finished, FolderRequest, Mismatch, Output};
use breakeven::report::{self, NativeCharts, Workbook, WorkbookError};
use breakeven::tables::Table;
use serde_json::{Map, Value};

use super::args::CommonArgs;
use super::plan::{RunPlan, place, unwritten};
use super::{Stop, interrupt, say};

/// Names that are said of files that were taken away, before it is only said how many more there are.
const NAMED: usize = 3;
/// Letters of a value that are said where options differ.
const VALUE: usize = 60;

/// What a command may write: tables, charts by their names in every format, other files, and those of them that it writes
/// this time.
pub struct OutputNames {
    pub kind: CommandKind,
    pub tables: Vec<&'static str>,
    pub charts: Vec<String>,
    pub others: Vec<(&'static str, bool)>,
}

impl OutputNames {
    fn request(&self, args: &CommonArgs, inputs: Vec<PathBuf>) -> FolderRequest {
        let tables: Vec<String> = self.tables.iter().map(|table| format!("{table}.csv")).collect();
        let format = ChartStyle::from(args.style).format.extension();
        let is_drawn = |name: &&String| !args.no_charts && name.ends_with(&format!(".{format}"));
        let drawn = self.charts.iter().filter(is_drawn).cloned();
        let others = self.others.iter().filter(|(_, wanted)| *wanted).map(|(name, _)| (*name).to_owned());
        let known = self.charts.iter().cloned().chain(self.others.iter().map(|(name, _)| (*name).to_owned()));
        FolderRequest {
            kind: self.kind,
            names: tables.iter().cloned().chain(drawn).chain(others).collect(),
            known: tables.iter().cloned().chain(known).collect(),
            inputs,
            force: args.force,
        }
    }
}

/// A folder in which all that a command may write this time can be written.
pub fn prepare(names: &OutputNames, plan: &RunPlan, args: &CommonArgs) -> Result<Output, Stop> {
    interrupt::ends_at_once(false);
    let request = names.request(args, plan.inputs.clone());
    Output::prepare(&plan.folder, request, &mut waiting()).map_err(unwritten)
}

/// Says once that another command has the folder.
pub fn waiting() -> impl FnMut() -> Result<(), breakeven::files::FileError> {
    let mut calls = 0_u32;
    move || {
        calls += 1;
        if calls == 50 {
            say::remark("waiting for another command that is writing into the same folder");
        }
        interrupt::wait()
    }
}

/// Ends a command whose files are all at hand: puts them in their places and says what it found. What could not be made costs
/// the exit code, and nothing else.
pub fn conclude(
    output: Output,
    head: Map<String, Value>,
    (plan, args): (&RunPlan, &CommonArgs),
    summary: &str,
    broken: &[String],
) -> Result<(), Stop> {
    finish(output, head)?;
    warn_of_letters(plan, args);
    if !args.quiet {
        say::out(&format!("{summary}\n{}", place(&plan.folder)))?;
    }
    if broken.is_empty() { Ok(()) } else { Err(Stop::Failed(broken.join("\n"))) }
}

/// Puts all files in their places, and says what became of an earlier result. Gives the manifest.
pub fn finish(output: Output, head: Map<String, Value>) -> Result<Vec<u8>, Stop> {
    let Finished { manifest, removed, kept, differences } = output.finish(head, &mut waiting()).map_err(unwritten)?;
    interrupt::ends_at_once(true);
    if !differences.is_empty() {
        let said: Vec<String> = differences.iter().map(difference).collect();
        say::remark(&format!("replaced results of another {}", said.join("; ")));
    }
    say_of("took away what an earlier run had left", &removed);
    say_of("left what was changed since an earlier run wrote it, or may have been", &kept);
    Ok(manifest)
}

fn difference(difference: &Mismatch) -> String {
    let Mismatch { what, values } = difference;
    let [was, is] = values.each_ref().map(|value| {
        value.as_ref().map_or("not given".to_owned(), |value| breakeven::diagnostic::excerpt(value, VALUE))
    });
    match values {
        [None, None] => what.clone(),
        _ => format!("{what} (was {was}, now {is})"),
    }
}

fn say_of(what: &str, names: &[String]) {
    let named = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 if names.is_empty() => {}
        0 => say::remark(&format!("{what}: {named}")),
        more => say::remark(&format!("{what}: {named} and {more} more files")),
    }
}

/// Adds a file for each table.
pub fn tables(tables: &[Table], args: &CommonArgs, output: &mut Output) -> Result<(), Stop> {
    let dialect = args.csv_dialect.into();
    let mut add = |table: &Table| {
        let name = format!("{}.csv", table.name);
        output.stream(&name, &mut waiting(), |file| report::write_table(table, dialect, file))
    };
    tables.iter().try_for_each(|table| add(table).map_err(unwritten))
}

/// Adds charts, and says what is wrong with those that cannot be drawn.
pub fn charts(drawn: Vec<(String, Result<Vec<u8>, ChartError>)>, output: &mut Output) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, chart) in drawn {
        match chart {
            Ok(bytes) => output.add(&name, bytes),
            Err(error) => broken.push(format!("cannot draw {name}: {error}")),
        }
    }
    broken
}

/// Warns of pictures in which some letters are boxes.
pub fn warn_of_letters(plan: &RunPlan, args: &CommonArgs) {
    let wanted = !args.no_charts && ChartStyle::from(args.style).format == ImageFormat::Png;
    if let Some(letter) = report::missing_letter(plan.scenario(), plan.model()).filter(|_| wanted) {
        say::warning(&format!(
            "the charts' font has no `{letter}`, which is drawn as a box; --chart-format svg leaves letters to whoever opens it"
        ));
    }
}

/// The workbook, if one is wanted. Like a chart, one that cannot be made does not keep other files back.
pub struct Book(Option<Result<Workbook, WorkbookError>>);

impl Book {
    /// With a summary, these tables, and charts unless those are not wanted.
    pub fn new(summary: &str, tables: &[Table], charts: &NativeCharts, args: &CommonArgs) -> Book {
        Book(args.xlsx.then(|| Workbook::new(summary, tables, (!args.no_charts).then_some(charts))))
    }

    /// Puts more in, as long as nothing has gone wrong.
    pub fn put(&mut self, put: impl FnOnce(&mut Workbook) -> Result<(), WorkbookError>) {
        if let Some(Ok(workbook)) = &mut self.0
            && let Err(error) = put(workbook)
        {
            self.0 = Some(Err(error));
        }
    }

    /// Adds the file, or says why there is none.
    pub fn add(self, name: &str, output: &mut Output) -> Vec<String> {
        match self.0.map(|workbook| workbook.and_then(Workbook::bytes)) {
            Some(Ok(bytes)) => output.add(name, bytes),
            Some(Err(error)) => return vec![format!("cannot make {name}: {error}")],
            None => {}
        }
        Vec::new()
    }
}
