//! Tables of the page: those of the terminal, and the headline ones of the files.

use super::Page;
use super::figures::figure;
use super::markup::Markup;
use crate::report::format::number_text;
use crate::report::grid::TextGrid;
use crate::report::understood::plain;
use crate::tables::{Cell, Column, Table, Unit, table, variable_order};

/// The files that are shown whole, with a word on each. The others are curves, which charts show better.
const SHOWN: [(&str, &str); 4] = [
    ("summary", "every metric of every option: mean, spread (sd), extremes and percentiles (p5: 5 % lie below)"),
    ("cost_lines", "where the money goes, by line: mean total and share of the option's total"),
    ("break_even_month", "the month of breaking even, first and lasting; empty where that is never"),
    (
        "value_of_information",
        "what it is worth to know each input exactly before deciding (EVPPI), and everything (EVPI)",
    ),
];
/// The columns of the inputs.
const HEADINGS: [&str; 4] = ["Input", "Distribution, as written", "Mean", "90 % of draws"];
/// Letters from which on a cell of words is broken.
const LONG: usize = 28;

/// Sentences, one a paragraph.
pub fn paragraphs(sentences: Vec<String>) -> Markup {
    Markup::all(sentences.iter().map(|sentence| Markup::paragraph(sentence)))
}

/// A table of the terminal; on a narrow screen each row is a card. `first` is the heading of the first column, which the
/// terminal leaves open or uses as a title.
pub fn cards(grid: &TextGrid, first: &'static str) -> Markup {
    let Some((header, rows)) = grid.rows().split_first() else { return Markup::default() };
    let heading = |(k, text): (usize, &String)| head(if k == 0 { first } else { text }, k == 0, false);
    let cell = |(k, text): (usize, &String)| match k {
        0 => row_head(text),
        _ if text.chars().count() > LONG => words(&header[k], text),
        _ => Markup::element("td", &[("data-label", &header[k])], Markup::prose(text)),
    };
    let row = |row: &Vec<String>| Markup::tag("tr", Markup::joined(row.iter().enumerate().map(cell)));
    let caption = header.first().filter(|title| !title.is_empty());
    frame(
        "sortable cards",
        caption.map_or(first, String::as_str),
        Markup::joined(header.iter().enumerate().map(heading)),
        Markup::all(rows.iter().map(row)),
    )
}

/// A table in a frame that scrolls by itself, so that the page never does.
pub fn frame(class: &str, label: &str, header: Markup, rows: Markup) -> Markup {
    let table = Markup::all([Markup::tag("thead", Markup::tag("tr", header)), Markup::tag("tbody", rows)]);
    let table = Markup::element("table", &[("class", class)], table);
    Markup::element("div", &[("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", label)], table)
}

/// The heading of a column, of words or of figures.
pub fn head(text: &str, words: bool, detail: bool) -> Markup {
    let class = if words {
        "words"
    } else if detail {
        "detail"
    } else {
        "figures"
    };
    Markup::element("th", &[("scope", "col"), ("class", class)], Markup::name(text))
}

/// What a row is about.
pub fn row_head(text: &str) -> Markup {
    Markup::element("th", &[("scope", "row")], Markup::name(text))
}

/// Words that may be broken, under their heading.
pub fn words(label: &str, text: &str) -> Markup {
    Markup::element("td", &[("class", "words"), ("data-label", label)], Markup::prose(text))
}

/// A figure as it is to be read, which sorts by its exact value, under its heading.
pub fn number(label: &str, x: f64, text: &str) -> Markup {
    Markup::element("td", &[("data-label", label), ("data-value", &number_text(x))], Markup::prose(text))
}

impl Page<'_> {
    /// The random variables.
    pub(super) fn inputs(&self) -> Markup {
        let results = self.screen.results;
        let order = variable_order(results);
        if order.is_empty() {
            return Markup::paragraph("Nothing in the scenario is uncertain.");
        }
        let row = |v: usize| {
            let (variable, found) = (&results.model.program.variables[v], &results.variables[v]);
            let [low, _, high] = found.quantiles;
            let range = format!("{} to {}", plain(low), plain(high));
            let cells = [
                row_head(&variable.name),
                words(HEADINGS[1], &variable.written),
                number(HEADINGS[2], found.mean, &plain(found.mean)),
                number(HEADINGS[3], low, &range),
            ];
            Markup::tag("tr", Markup::joined(cells))
        };
        let header = Markup::joined(HEADINGS.iter().enumerate().map(|(k, text)| head(text, k < 2, false)));
        let about =
            "What the scenario holds to be uncertain. Everything else in it is a fixed number or follows from these.";
        let table = frame("sortable cards", "Inputs", header, Markup::all(order.into_iter().map(row)));
        Markup::all([Markup::paragraph(about), table])
    }

    /// The headline tables of the files.
    pub(super) fn tables(&self) -> Markup {
        let shown = SHOWN.iter().filter_map(|(name, about)| Some((table(self.screen.results, name)?, about)));
        let part = |(table, about): (Table, &&str)| {
            let about = format!("{}.csv: {about}.", table.name);
            Markup::all([Markup::tag("h3", Markup::text(table.name)), Markup::paragraph(&about), data(&table)])
        };
        let filled = shown.filter(|(table, _)| !table.rows.is_empty());
        let intro = format!(
            "Amounts are in {}; shares and probabilities are out of 1; figures after ± are standard errors. A click on a \
             heading sorts; print leaves out some percentiles and errors.",
            self.screen.results.scenario.currency
        );
        Markup::all(std::iter::once(Markup::paragraph(&intro)).chain(filled.map(part)))
    }
}

/// A table of a file, each error beside its figure.
fn data(table: &Table) -> Markup {
    let columns = columns(table);
    let heading = |(k, _): &(usize, Option<usize>)| {
        let column = &table.columns[*k];
        head(&column.key, column.unit == Unit::Words, column.is_detail)
    };
    let row = |row: &Vec<Cell>| Markup::tag("tr", Markup::joined(columns.iter().map(|c| cell(table, row, *c))));
    let class = if columns.len() > 10 { "sortable data wide" } else { "sortable data" };
    let header = Markup::joined(columns.iter().map(heading));
    frame(class, table.name, header, Markup::all(table.rows.iter().map(row)))
}

fn cell(table: &Table, row: &[Cell], (k, error): (usize, Option<usize>)) -> Markup {
    let x = match &row[k] {
        Cell::Text(text) if k == 0 => return row_head(text),
        Cell::Text(text) => return Markup::element("td", &[("class", "words")], Markup::name(text)),
        Cell::Number(x) => *x,
    };
    let error = error.and_then(|e| if let Cell::Number(e) = row[e] { Some(e) } else { None });
    let (value, error) = figure(x, error);
    let error = error.map(|e| Markup::element("span", &[("class", "error")], Markup::text(&format!(" {e}"))));
    let inside = Markup::joined(std::iter::once(Markup::text(&value)).chain(error));
    let class = if table.columns[k].is_detail { "detail" } else { "figures" };
    Markup::element("td", &[("class", class), ("data-value", &number_text(x))], inside)
}

/// The columns that are no errors, each with the one that holds its error.
fn columns(table: &Table) -> Vec<(usize, Option<usize>)> {
    let error = |column: &Column| table.columns.iter().position(|c| c.error_of.as_ref() == Some(&column.key));
    let figures = table.columns.iter().enumerate().filter(|(_, column)| column.error_of.is_none());
    figures.map(|(k, column)| (k, error(column))).collect()
}
