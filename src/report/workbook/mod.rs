//! Tables as one workbook for a spreadsheet: a sheet for each, and charts that can be edited there.

mod about;
mod chart_data;
mod figures;
mod live;
mod native;
mod place;
mod sheet;
mod style;

use std::fmt;
use std::panic::AssertUnwindSafe;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

use crate::engine::OpenCase;
use crate::tables::{Cell, Column, Table};
pub use native::NativeCharts;
use sheet::Sheet;

/// Rows that a sheet has, the header included.
pub const SHEET_ROWS: u64 = 1_048_576;

/// The first sheet, which holds the charts.
const CHARTS: &str = "charts";

/// Why there is no workbook.
#[derive(Debug)]
pub enum WorkbookError {
    /// A table has more rows than a sheet.
    TooLong {
        /// Its name.
        table: String,
        /// Its rows, the header included.
        rows: u64,
    },
    /// The workbook cannot be put together.
    Failed(XlsxError),
    /// The temporary folder has no room for its long sheets.
    NoSpace,
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorkbookError::TooLong { table, rows } => {
                write!(f, "`{table}` has {rows} rows, and a sheet {SHEET_ROWS}")
            }
            WorkbookError::Failed(error) => write!(f, "{error}"),
            WorkbookError::NoSpace => write!(f, "the temporary folder has no room for it"),
        }
    }
}

impl std::error::Error for WorkbookError {}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> WorkbookError {
        WorkbookError::Failed(error)
    }
}

/// The bytes of a workbook: a summary, the charts, if any, a sheet for each table in their order, and what their columns
/// are. The same content gives the same bytes.
///
/// # Errors
/// A table that is longer than a sheet.
pub fn workbook(summary: &str, tables: &[Table], charts: Option<&NativeCharts>) -> Result<Vec<u8>, WorkbookError> {
    Workbook::new(summary, tables, charts)?.bytes()
}

/// A workbook in preparation, for one that also holds single trials, which are too many to be kept as a table.
pub struct Workbook {
    inner: rust_xlsxwriter::Workbook,
    trials: Option<Sheet>,
}

impl Workbook {
    /// Puts in a summary, the charts, if any, and the tables.
    ///
    /// # Errors
    /// A table that is longer than a sheet.
    pub fn new(summary: &str, tables: &[Table], charts: Option<&NativeCharts>) -> Result<Workbook, WorkbookError> {
        let mut inner = rust_xlsxwriter::Workbook::new();
        // The clock would make every workbook another one.
        let never = ExcelDateTime::from_ymd(2000, 1, 1)?;
        inner.set_properties(&DocProperties::new().set_creation_datetime(&never));
        about::add(inner.add_worksheet(), summary)?;
        if let Some(charts) = charts {
            native::add(&mut inner, tables, charts)?;
        }
        for table in tables {
            sheet::add(&mut inner, table)?;
        }
        if let Some(data) = charts.and_then(|charts| charts.data(tables)) {
            sheet::add(&mut inner, &data)?;
        }
        figures::add(&mut inner, tables)?;
        Ok(Workbook { inner, trials: None })
    }

    /// Adds a case in live formulas, on the sheets `assumptions` and `base_case`. Says whether it did: one of hundreds of
    /// lines and months would be too large to be of use.
    ///
    /// # Errors
    /// What keeps the sheets from being made.
    pub fn case(&mut self, open: &OpenCase) -> Result<bool, WorkbookError> {
        if !live::add(&mut self.inner, open)? {
            return Ok(false);
        }
        about::add_note(self.inner.worksheet_from_name(about::NAME)?, live::NOTE)?;
        // Before the tables: most readers come for them.
        let sheets = self.inner.worksheets_mut();
        let first = 1 + usize::from(sheets.get(1).is_some_and(|sheet| sheet.name() == CHARTS));
        sheets[first..].rotate_right(live::SHEETS);
        Ok(true)
    }

    /// Begins the last sheet, `trials`, whose rows follow one by one and are kept in a temporary file.
    ///
    /// # Errors
    /// A temporary file that cannot be made.
    pub fn begin_trials(&mut self, columns: &[Column]) -> Result<(), WorkbookError> {
        let inner = self.inner.add_worksheet_with_low_memory()?;
        self.trials = Some(Sheet::begin(inner, "trials", columns, &[])?);
        Ok(())
    }

    /// Adds a row to the trials; nothing where they were not begun.
    ///
    /// # Errors
    /// More rows than a sheet has.
    pub fn trial(&mut self, row: &[Cell]) -> Result<(), WorkbookError> {
        let Some(sheet) = &mut self.trials else { return Ok(()) };
        let inner = &mut self.inner;
        guarded(|| sheet.row(inner.worksheet_from_name("trials")?, row))
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// What keeps the parts from being put together.
    pub fn bytes(mut self) -> Result<Vec<u8>, WorkbookError> {
        let Workbook { inner, trials } = &mut self;
        guarded(|| {
            if let Some(sheet) = trials {
                sheet.finish(inner.worksheet_from_name("trials")?)?;
            }
            Ok(inner.save_to_buffer()?)
        })
    }
}

/// Writing what goes through a temporary file: the crate of workbooks knows no error there, and panics. What it leaves is
/// thrown away.
fn guarded<T>(write: impl FnOnce() -> Result<T, WorkbookError>) -> Result<T, WorkbookError> {
    std::panic::catch_unwind(AssertUnwindSafe(write)).unwrap_or(Err(WorkbookError::NoSpace))
}
