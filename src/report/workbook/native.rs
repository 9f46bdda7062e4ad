//! Charts that a spreadsheet draws from the sheets, and that can be edited there.

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartRange, ChartSeries,
    ChartSolidFill, ChartType, Color,
};

use super::place::TableRows;
use super::{CHARTS, WorkbookError, chart_data};
use crate::engine::Results;
use crate::model::Model;
use crate::palette::{Rgb, light};
use crate::report::pilot::PilotBase;
use crate::report::study::main_outcome;
use crate::report::sweep::SweepBase;
use crate::sensitivity::Study;
use crate::sweep::Sweep;
use crate::tables::Table;

/// Size of a chart in pixels, and where the next one begins in cells of 64 by 20.
const SIZE: [u32; 2] = [832, 440];
const NEXT: [u16; 2] = [14, 23];
/// Points of a line.
const LINE: f64 = 2.25;

/// What the charts of a workbook need beside its tables.
#[derive(Clone, Debug)]
pub struct NativeCharts {
    currency: String,
    /// The options that are ranked, with the slots of their colours.
    options: Vec<(usize, String)>,
    of: Of,
}

#[derive(Clone, Debug)]
enum Of {
    Run,
    /// The outcome whose shares are drawn.
    Study(String),
    /// The only varied field, whether its values are numbers, and whether equal ratios are between them.
    Sweep {
        path: String,
        numbers: bool,
        log: bool,
    },
    /// The tests of one input.
    Pilot,
    Nothing,
}

impl NativeCharts {
    /// Those of a run.
    pub fn of_run(results: &Results) -> NativeCharts {
        NativeCharts::new(&results.model, &results.scenario.currency, Of::Run)
    }

    /// Those of a sensitivity study: of the outcome that a decision is made by.
    pub fn of_study(results: &Results, study: &Study) -> NativeCharts {
        let outcome = main_outcome(results, study).map(|o| study.tornado_outcomes[o].name(&results.model));
        NativeCharts::new(&results.model, &results.scenario.currency, outcome.map_or(Of::Nothing, Of::Study))
    }

    /// Those of a sweep: of one with a single varied field.
    pub fn of_sweep(base: SweepBase<'_>, sweep: &Sweep) -> NativeCharts {
        let of = match &sweep.axes[..] {
            [axis] => Of::Sweep { path: axis.path.clone(), numbers: axis.numbers().is_some(), log: axis.log },
            _ => Of::Nothing,
        };
        NativeCharts::new(base.model, &base.scenario.currency, of)
    }

    /// Those of tests before deciding: of tests of one input.
    pub fn of_pilot(base: PilotBase<'_>) -> NativeCharts {
        let of = if base.plan.tested.len() == 1 { Of::Pilot } else { Of::Nothing };
        NativeCharts::new(base.model, &base.scenario.currency, of)
    }

    /// Those of tables that nothing is drawn from.
    pub fn none(base: SweepBase) -> NativeCharts {
        NativeCharts::new(base.model, &base.scenario.currency, Of::Nothing)
    }

    fn new(model: &Model, currency: &str, of: Of) -> NativeCharts {
        let options = model.candidates().into_iter().map(|i| (i, model.options[i].name.clone())).collect();
        NativeCharts { currency: currency.to_owned(), options, of }
    }

    /// The sheet of what no table has side by side.
    pub(super) fn data(&self, tables: &[Table]) -> Option<Table> {
        let names: Vec<&str> = self.options.iter().map(|(_, name)| name.as_str()).collect();
        match &self.of {
            Of::Run => chart_data::cost_lines(named(tables, "cost_lines")?, &names),
            Of::Study(outcome) => chart_data::indices(named(tables, "indices")?, outcome),
            Of::Sweep { .. } | Of::Pilot | Of::Nothing => None,
        }
    }

    fn charts(&self, tables: &[Table], data: Option<&Table>) -> Vec<Chart> {
        let charts = match &self.of {
            Of::Run => vec![
                named(tables, "cumulative").and_then(|table| self.cumulative(table)),
                named(tables, "break_even").and_then(|table| self.break_even(table)),
                named(tables, "histogram").and_then(|table| self.histogram(table)),
                data.and_then(|table| self.cost_lines(table)),
            ],
            Of::Study(outcome) => vec![data.and_then(|table| self.shares(table, outcome))],
            Of::Sweep { .. } => {
                let table = named(tables, "sweep");
                vec![table.and_then(|table| self.costs(table)), table.and_then(|table| self.chances(table))]
            }
            Of::Pilot => vec![named(tables, "pilot").and_then(|table| self.worth(table))],
            Of::Nothing => Vec::new(),
        };
        charts.into_iter().flatten().collect()
    }

    fn cumulative(&self, table: &Table) -> Option<Chart> {
        let series = self.options.iter().filter_map(|(slot, option)| {
            let rows = TableRows::of(table, &[("option", option)])?;
            let mut series = line(&rows, ["month", "mean"], *slot)?;
            series.set_name(&rows.name("option")?);
            Some(series)
        });
        let mut chart = drawn(ChartType::Line, series, "Cumulative cost, mean of all trials")?;
        chart.x_axis().set_name("month");
        self.money_axis(&mut chart, "cumulative cost");
        Some(chart)
    }

    fn break_even(&self, table: &Table) -> Option<Chart> {
        let kinds = [("p_stays_cheaper", "Cheaper for good", false), ("p_cheaper", "Cheaper so far", true)];
        let series = self.options.iter().flat_map(|option| kinds.map(|kind| (option, kind)));
        let series = series.filter_map(|((slot, option), (column, when, dashed))| {
            let rows = TableRows::of(table, &[("option", option)])?;
            let mut series = line(&rows, ["month", column], *slot)?;
            if dashed {
                series.set_format(stroke(*slot).set_dash_type(ChartLineDashType::Dash));
            }
            series.set_name(&words(&format!("{when}: {option}")));
            Some(series)
        });
        let mut chart = drawn(ChartType::Line, series, "Probability of having broken even")?;
        chart.x_axis().set_name("month");
        share_axis(&mut chart, "probability");
        Some(chart)
    }

    fn histogram(&self, table: &Table) -> Option<Chart> {
        let series = self.options.iter().filter_map(|(slot, option)| {
            // What lies outside of the bins has no place between them.
            let rows =
                TableRows::of(table, &[("option", option), ("metric", "total")])?.with_numbers(&["low", "high"])?;
            let mut series = ChartSeries::new();
            series.set_categories(&rows.column("low")?).set_values(&rows.column("count")?);
            series.set_name(&rows.name("option")?).set_gap(4).set_overlap(100);
            series.set_format(ChartSolidFill::new().set_color(rgb(light().colour(*slot))).set_transparency(35));
            Some(series)
        });
        let mut chart = drawn(ChartType::Column, series, "How the total cost is distributed")?;
        chart.x_axis().set_name(&words(&format!("total cost from, {}", self.currency))).set_num_format("#,##0");
        chart.y_axis().set_name("trials in the bin").set_num_format("#,##0");
        Some(chart)
    }

    fn cost_lines(&self, data: &Table) -> Option<Chart> {
        let rows = TableRows::of_all(data)?;
        let series = data.columns.iter().map(|column| &*column.key).enumerate().skip(1).filter_map(|(k, line)| {
            let mut series = ChartSeries::new();
            series.set_categories(&rows.column("option")?).set_values(&rows.column(line)?);
            series.set_name(&rows.header(line)?).set_gap(60);
            series.set_format(ChartSolidFill::new().set_color(rgb(light().fill(k - 1))));
            Some(series)
        });
        let mut chart = drawn(ChartType::ColumnStacked, series, "Where the money goes, mean of all trials")?;
        self.money_axis(&mut chart, "total cost");
        chart.legend().set_position(ChartLegendPosition::Right);
        Some(chart)
    }

    fn shares(&self, data: &Table, outcome: &str) -> Option<Chart> {
        let rows = TableRows::of_all(data)?;
        let series = data.columns.iter().map(|column| &*column.key).enumerate().skip(1).filter_map(|(k, column)| {
            let mut series = ChartSeries::new();
            series.set_categories(&rows.column("input")?).set_values(&rows.column(column)?);
            series.set_name(&rows.header(column)?).set_gap(40);
            series.set_format(ChartSolidFill::new().set_color(rgb(light().colour(k - 1))));
            Some(series)
        });
        let mut chart = drawn(ChartType::Bar, series, &format!("Share of the variance of {outcome}"))?;
        // Of bars, y is the axis of the names, which begins at the bottom; the largest is to be at the top, and the
        // percents stay at the bottom.
        chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max).set_major_gridlines(false);
        chart.x_axis().set_num_format("0%").set_major_gridlines(true).set_major_gridlines_line(&hair());
        Some(chart)
    }

    fn costs(&self, table: &Table) -> Option<Chart> {
        let mut chart = self.along(table, "mean_total", "Mean total cost")?;
        self.money_axis(&mut chart, "mean total cost");
        Some(chart)
    }

    fn chances(&self, table: &Table) -> Option<Chart> {
        let mut chart = self.along(table, "p_cheapest", "Probability of being the cheapest")?;
        share_axis(&mut chart, "probability");
        Some(chart)
    }

    /// A column of each option along the varied field.
    fn along(&self, table: &Table, column: &str, title: &str) -> Option<Chart> {
        let Of::Sweep { path, numbers, log } = &self.of else { return None };
        let rows = TableRows::of_all(table)?;
        let series = self.options.iter().filter_map(|(slot, option)| {
            let mut series = line(&rows, [path, &format!("{option}.{column}")], *slot)?;
            series.set_name(&words(option));
            Some(series)
        });
        let kind = if *numbers { ChartType::ScatterStraight } else { ChartType::Line };
        let mut chart = drawn(kind, series, title)?;
        chart.x_axis().set_name(&words(path)).set_num_format("[>=1000]#,##0;General");
        if *log {
            chart.x_axis().set_log_base(10);
        }
        Some(chart)
    }

    /// What tests are worth by their samples.
    fn worth(&self, table: &Table) -> Option<Chart> {
        let rows = TableRows::of_all(table)?;
        let series = ["evsi", "enbs"].into_iter().enumerate().filter_map(|(slot, column)| {
            let mut series = line(&rows, ["samples", column], slot)?;
            series.set_name(&rows.header(column)?);
            Some(series)
        });
        let mut chart = drawn(ChartType::ScatterStraight, series, "What a test before deciding is worth")?;
        chart.x_axis().set_name("samples").set_num_format("#,##0");
        self.money_axis(&mut chart, "mean cost saved");
        Some(chart)
    }

    fn money_axis(&self, chart: &mut Chart, what: &str) {
        chart.y_axis().set_name(&words(&format!("{what}, {}", self.currency))).set_num_format("#,##0");
    }
}

/// Adds the sheet of the charts, two beside each other.
pub(super) fn add(
    workbook: &mut rust_xlsxwriter::Workbook,
    tables: &[Table],
    charts: &NativeCharts,
) -> Result<(), WorkbookError> {
    let data = charts.data(tables);
    let drawn = charts.charts(tables, data.as_ref());
    if drawn.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet().set_name(CHARTS)?.set_screen_gridlines(false);
    sheet.set_landscape().set_print_fit_to_pages(1, 1);
    for (k, chart) in (0u16..).zip(&drawn) {
        sheet.insert_chart(u32::from(k / 2 * NEXT[1]), k % 2 * NEXT[0], chart)?;
    }
    Ok(())
}

fn named<'a>(tables: &'a [Table], name: &str) -> Option<&'a Table> {
    tables.iter().find(|table| table.name == name)
}

/// A chart of some series; `None` without any.
fn drawn(kind: ChartType, series: impl Iterator<Item = ChartSeries>, title: &str) -> Option<Chart> {
    let series: Vec<ChartSeries> = series.collect();
    let mut chart = Chart::new(kind);
    series.iter().for_each(|series| {
        chart.push_series(series);
    });
    chart.title().set_name(&words(title));
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.y_axis().set_major_gridlines(true).set_major_gridlines_line(&hair());
    chart.set_width(SIZE[0]).set_height(SIZE[1]);
    (!series.is_empty()).then_some(chart)
}

/// A line through the points of two columns.
fn line(rows: &TableRows<'_>, [x, y]: [&str; 2], slot: usize) -> Option<ChartSeries> {
    let [x, y]: [ChartRange; 2] = [rows.column(x)?, rows.column(y)?];
    let mut series = ChartSeries::new();
    series.set_categories(&x).set_values(&y);
    series.set_format(&mut stroke(slot)).set_marker(ChartMarker::new().set_none());
    Some(series)
}

fn stroke(slot: usize) -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(rgb(light().colour(slot))).set_width(LINE);
    line
}

/// The grid, which is not to stand before the data.
fn hair() -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(rgb(light().grid)).set_width(0.75);
    line
}

fn share_axis(chart: &mut Chart, what: &str) {
    chart.y_axis().set_name(what).set_num_format("0%").set_min(0).set_max(1);
}

fn rgb(colour: Rgb) -> Color {
    Color::RGB(u32::from(colour.0) << 16 | u32::from(colour.1) << 8 | u32::from(colour.2))
}

/// A text that is not taken for a reference to cells, which may begin with an equals sign or end with `!A1`.
fn words(text: &str) -> String {
    let text = text.replace('!', "! ");
    if text.starts_with('=') { format!("'{text}") } else { text }
}
