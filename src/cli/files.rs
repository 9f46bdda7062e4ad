//! Tables, charts and workbooks into the folder of results.

use breakeven::chart::{ChartError, Format, Style};
use breakeven::report::{self, Earlier, NativeCharts, Output, Workbook, WorkbookError};
use breakeven::tables::Table;

use super::args::CommonArgs;
use super::plan::{Plan, unwritten};
use super::{Stop, say};

/// Names that are said of files that were taken away, before it is only said how many more there are.
const NAMED: usize = 3;

/// Puts all files in their places, and says what of an earlier run was taken away.
pub fn finish(output: Output, earlier: &Earlier) -> Result<(), Stop> {
    let removed = output.finish(earlier).map_err(unwritten)?;
    let names = removed.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match removed.len().saturating_sub(NAMED) {
        0 if removed.is_empty() => {}
        0 => say::remark(&format!("took away what an earlier run had left: {names}")),
        more => say::remark(&format!("took away what an earlier run had left: {names} and {more} more files")),
    }
    Ok(())
}

/// Adds a file for each table.
pub fn tables(tables: &[Table], args: &CommonArgs, output: &mut Output) {
    for table in tables {
        output.add(format!("{}.csv", table.name), report::table_bytes(table, args.csv_dialect.into()));
    }
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
pub fn warn_of_letters(plan: &Plan, args: &CommonArgs) {
    let wanted = !args.no_charts && Style::from(args.style).format == Format::Png;
    if let Some(letter) = report::missing_letter(&plan.scenario, &plan.model).filter(|_| wanted) {
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
