//! The results of a sweep: tables, charts and a summary.

use std::io::Write;

use breakeven::diagnostic::system_words;
use breakeven::files::{CommandKind, Output};
use breakeven::report::{self, NativeCharts, SweepBase};
use breakeven::sweep::{PointList, PointOutcome, Points, Portfolio, Shard, Sweep, SweepAxis};
use breakeven::tables::{LIST_TABLES, SWEEP_TABLES, Table, portfolio_table, sweep_columns, sweep_row, sweep_table};
use serde_json::{Map, Value, json};

use super::Stop;
use super::files::{self, Book, OutputNames};
use super::plan::unwritten;
use super::points::SweepPlan;
use super::walk::{PointSource, walk};

/// The file with all tables.
const WORKBOOK: &str = "sweep.xlsx";
/// The table with a row for each point.
const TABLE: &str = "sweep.csv";

/// Writes what comes of all points.
pub fn results(sweep: &SweepPlan<'_>, source: PointSource, kept: Map<String, Value>) -> Result<(), Stop> {
    let options = sweep.plan.model().options.len();
    let (tables, charts) = match &sweep.points {
        Points::Grid(_) => (SWEEP_TABLES.to_vec(), report::sweep_chart_names(options)),
        Points::List(_) => (LIST_TABLES.to_vec(), report::portfolio_chart_names()),
    };
    let others = vec![(WORKBOOK, sweep.common.xlsx)];
    let names = OutputNames { kind: CommandKind::Sweep, tables, charts, others };
    let output = files::prepare(&names, &sweep.plan, sweep.common)?;
    let head = report::head(sweep.plan.scenario(), CommandKind::Sweep.word(), kept);
    match &sweep.points {
        Points::Grid(axes) => of_grid(sweep, axes, source, (output, head)),
        Points::List(list) => of_list(sweep, list, source, (output, head)),
    }
}

fn of_grid(
    sweep: &SweepPlan<'_>,
    axes: &[SweepAxis],
    source: PointSource,
    (mut output, head): (Output, Map<String, Value>),
) -> Result<(), Stop> {
    let mut grid = Sweep::of(axes);
    walk(sweep, Shard::WHOLE, source, &mut |_, outcome| {
        grid.push(outcome);
        Ok(())
    })?;
    let base = base(sweep);
    let tables = [sweep_table(base.model, &grid)];
    files::tables(&tables, sweep.common, &mut output)?;
    let summary = report::sweep_summary(base, &grid);
    let book = Book::new(&summary, &tables, &NativeCharts::of_sweep(base, &grid), sweep.common);
    let mut broken = book.add(WORKBOOK, &mut output);
    if !sweep.common.no_charts {
        let charts = report::sweep_charts(base, &grid, sweep.common.style.into());
        broken.extend(files::charts(charts, &mut output));
    }
    files::conclude(output, head, (&sweep.plan, sweep.common), &summary, &broken)
}

fn of_list(
    sweep: &SweepPlan<'_>,
    list: &PointList,
    source: PointSource,
    (mut output, mut head): (Output, Map<String, Value>),
) -> Result<(), Stop> {
    let base = base(sweep);
    let mut rows = Rows { portfolio: Portfolio::default(), table: None, left_out: 0 };
    if sweep.common.xlsx {
        rows.table = Some(Table::new("sweep", sweep_columns(base.model, &sweep.points)));
    }
    let written = output.stream(TABLE, &mut files::waiting(), |file| {
        file.write_all(&report::header_bytes(
            &sweep_columns(base.model, &sweep.points),
            sweep.common.csv_dialect.into(),
        ))?;
        Ok(walk(sweep, Shard::WHOLE, source, &mut |row, outcome| rows.take(sweep, row, &outcome, file)))
    });
    written.map_err(unwritten)??;
    let Rows { portfolio, table, left_out } = rows;
    if portfolio.tasks() == 0 {
        return Err(Stop::Failed("no row could be run: nothing was written".to_owned()));
    }
    let tables = [portfolio_table(base.model, &portfolio)];
    files::tables(&tables, sweep.common, &mut output)?;
    let summary = report::portfolio_summary(base, &portfolio, left_out);
    let sheets: Vec<Table> = table.into_iter().chain(tables).collect();
    let book = Book::new(&summary, &sheets, &NativeCharts::none(base), sweep.common);
    let mut broken = book.add(WORKBOOK, &mut output);
    if !sweep.common.no_charts {
        let charts = report::portfolio_charts(base, &portfolio, sweep.common.style.into());
        broken.extend(files::charts(charts, &mut output));
    }
    let points = json!({ "rows": list.count(), "left_out": left_out, "sha256": sweep.points.digest() });
    head.insert("points".to_owned(), points);
    files::conclude(output, head, (&sweep.plan, sweep.common), &summary, &broken)
}

/// What is kept of the rows of a list while they are written.
struct Rows {
    portfolio: Portfolio,
    /// The rows themselves, where a workbook is wanted.
    table: Option<Table>,
    left_out: usize,
}

impl Rows {
    fn take(
        &mut self,
        sweep: &SweepPlan<'_>,
        row: usize,
        outcome: &PointOutcome,
        file: &mut dyn Write,
    ) -> Result<(), String> {
        let Some(figures) = outcome.figures() else {
            self.left_out += 1;
            return Ok(());
        };
        let model = sweep.plan.model();
        let cells = sweep_row(model, &sweep.points, row, figures);
        let bytes = report::row_bytes(&cells, sweep.common.csv_dialect.into());
        file.write_all(&bytes).map_err(|error| format!("cannot write {TABLE}: {}", system_words(&error)))?;
        self.portfolio.add(figures, model.baseline);
        self.table.iter_mut().for_each(|table| table.rows.push(cells.clone()));
        Ok(())
    }
}

fn base<'a>(sweep: &'a SweepPlan<'_>) -> SweepBase<'a> {
    SweepBase { scenario: sweep.plan.scenario(), model: sweep.plan.model() }
}
