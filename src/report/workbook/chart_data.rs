//! Numbers that charts need side by side, where the tables have them below each other: a sheet of its own.

use crate::tables::{Cell, Column, Meaning, Table};

/// The name of the sheet.
pub(super) const NAME: &str = "chart_data";
/// Cost lines with an area of their own; the rest are summed up.
const LINES: usize = 9;
/// What the rest is called.
const OTHER: &str = "other";
/// Inputs with a bar.
const INPUTS: usize = 15;

/// Mean total cost by option and cost line, of the options named; `None` where nothing is paid.
pub(super) fn cost_lines(table: &Table, options: &[&str]) -> Option<Table> {
    let cells = |row: &[Cell]| match row {
        [Cell::Text(option), Cell::Text(line), _, _, Cell::Number(mean), ..] => {
            Some((options.iter().position(|o| **o == **option)?, line.to_string(), *mean))
        }
        _ => None,
    };
    let paid: Vec<(usize, String, f64)> =
        table.rows.iter().filter_map(|row| cells(row)).filter(|(.., mean)| mean.is_finite() && *mean != 0.0).collect();
    let columns = columns(&paid);
    let mut sums = vec![vec![0.0; columns.len()]; options.len()];
    for (option, line, mean) in &paid {
        let column = columns.iter().position(|c| c == line).unwrap_or(columns.len() - 1);
        sums[*option][column] += mean;
    }
    let row = |(option, sums): (&&str, Vec<f64>)| {
        std::iter::once(Cell::text(*option)).chain(sums.into_iter().map(Cell::Number)).collect()
    };
    let lines = columns.iter().map(|line| Column::amount(line.clone(), Meaning::Line));
    let mut data = Table::new(NAME, [Column::words("option", Meaning::Subject)].into_iter().chain(lines));
    data.rows = options.iter().zip(sums).map(row).collect();
    (!paid.is_empty()).then_some(data)
}

/// The lines that cost most, in the order of the model, and one for the rest if there is any.
fn columns(paid: &[(usize, String, f64)]) -> Vec<String> {
    let mut lines: Vec<(String, f64)> = Vec::new();
    for (_, line, mean) in paid {
        match lines.iter_mut().find(|(known, _)| known == line) {
            Some((_, sum)) => *sum += mean.abs(),
            None => lines.push((line.clone(), mean.abs())),
        }
    }
    if lines.len() <= LINES {
        return lines.into_iter().map(|(line, _)| line).collect();
    }
    let mut sums: Vec<f64> = lines.iter().map(|(_, sum)| *sum).collect();
    sums.sort_by(|a, b| b.total_cmp(a));
    let large = lines.into_iter().filter(|(_, sum)| *sum >= sums[LINES - 2]).take(LINES - 1).map(|(line, _)| line);
    large.chain([OTHER.to_owned()]).collect()
}

/// The inputs that explain most of an outcome, the largest first: by Shapley effects where there are any.
pub(super) fn indices(table: &Table, outcome: &str) -> Option<Table> {
    let number = |row: &[Cell], place: usize| match row.get(place) {
        Some(Cell::Number(x)) if x.is_finite() => Some(*x),
        _ => None,
    };
    let rows: Vec<&Vec<Cell>> = table.rows.iter().filter(|row| row.first() == Some(&Cell::text(outcome))).collect();
    let effects = table.place("shapley").filter(|place| rows.iter().any(|row| number(row, *place).is_some()));
    let names: &[&str] = if effects.is_some() { &["shapley"] } else { &["first_order", "total"] };
    let places = names.iter().map(|name| table.place(name)).collect::<Option<Vec<usize>>>()?;
    let decides = *places.last()?;
    let mut found: Vec<(f64, &Vec<Cell>)> =
        rows.into_iter().filter_map(|row| Some((number(row, decides)?, row))).filter(|(x, _)| *x > 0.0).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let input = table.place("input")?;
    let cells =
        |row: &Vec<Cell>| std::iter::once(input).chain(places.clone()).map(|place| row[place].clone()).collect();
    let columns = std::iter::once(&input).chain(&places).map(|place| table.columns[*place].clone());
    let mut data = Table::new(NAME, columns);
    data.rows = found.into_iter().take(INPUTS).map(|(_, row)| cells(row)).collect();
    (!data.rows.is_empty()).then_some(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_cost_lines_are_summed_up() {
        let mut rows = Vec::new();
        for k in 0..12 {
            let mut row = vec![Cell::text("A"), Cell::text(format!("line {k}"))];
            row.extend([Cell::text("vendor"), Cell::text("month"), Cell::Number(f64::from(k) + 1.0)]);
            rows.push(row);
        }
        let mut table = Table::new("cost_lines", []);
        table.rows = rows;
        let data = cost_lines(&table, &["A", "B"]).unwrap();
        assert_eq!(data.columns.len(), 1 + LINES);
        let keys: Vec<&str> = data.columns.iter().map(|column| &*column.key).collect();
        assert_eq!((&keys[1..3], keys[LINES]), (&["line 4", "line 5"][..], OTHER));
        assert_eq!(data.rows[0][LINES], Cell::Number(1.0 + 2.0 + 3.0 + 4.0));
        assert_eq!(data.rows[1][1], Cell::Number(0.0));
    }
}
