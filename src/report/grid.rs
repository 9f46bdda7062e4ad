//! Text in columns, by the width that a terminal gives its letters.

use std::collections::HashSet;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns before the row of a name that stands above it.
const INDENT: usize = 4;
/// The narrowest first column.
const LEAST: usize = 10;

/// A table whose first column is aligned left and whose others are aligned right.
pub struct TextGrid {
    rows: Vec<Vec<String>>,
}

impl TextGrid {
    /// A table with these headings.
    pub fn new(header: &[&str]) -> TextGrid {
        TextGrid { rows: vec![header.iter().map(|h| (*h).to_owned()).collect()] }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Its rows, the headings first.
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// The table as lines of at most so many columns, two spaces between its own. The first one gives way, down to
    /// what tells names apart.
    pub fn render(&self, columns: usize) -> String {
        let wide = self.layout(|text| text.to_owned());
        let widest = wide.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let first = self.rows.iter().map(|r| r[0].width()).max().unwrap_or(0);
        let room = first.saturating_sub(widest.saturating_sub(columns)).max(LEAST);
        match widest <= columns {
            true => wide,
            // Nothing is cut twice: what has been cut stands above its row, as what would be alike does.
            false if self.is_cut() || self.collide(room) => self.stacked(columns),
            false => self.layout(|text| fit(text, room)),
        }
    }

    fn is_cut(&self) -> bool {
        self.rows.iter().any(|row| row[0].contains('…'))
    }

    /// Whether different names are the same when they are cut.
    fn collide(&self, room: usize) -> bool {
        let names: HashSet<&str> = self.rows.iter().map(|row| row[0].as_str()).collect();
        let cut: HashSet<String> = names.iter().map(|name| fit(name, room)).collect();
        cut.len() < names.len()
    }

    /// Each name on a line of its own, above its row.
    fn stacked(&self, columns: usize) -> String {
        let names = self.rows.iter().map(|row| fit(&row[0], columns));
        let rows = self.layout(|_| " ".repeat(INDENT));
        let above = |name: String| if name.is_empty() { name } else { name + "\n" };
        names.zip(rows.lines()).map(|(name, row)| format!("{}{row}\n", above(name))).collect()
    }

    fn layout(&self, first: impl Fn(&str) -> String) -> String {
        let shortened = |row: &Vec<String>| {
            let mut row = row.clone();
            row[0] = first(&row[0]);
            row
        };
        TextGrid { rows: self.rows.iter().map(shortened).collect() }.lines()
    }

    fn lines(&self) -> String {
        let columns = self.rows[0].len();
        let width = |c: usize| self.rows.iter().filter_map(|r| r.get(c)).map(|s| s.width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (c, cell) in row.iter().enumerate() {
                let space = " ".repeat(widths[c].saturating_sub(cell.width()));
                if c == 0 {
                    line += &format!("{cell}{space}");
                } else {
                    line += &format!("  {space}{cell}");
                }
            }
            text += line.trim_end();
            text.push('\n');
        }
        text
    }
}

/// A text cut in the middle to so many columns: names often differ in their last word.
pub fn fit(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let head = take(text.chars(), columns / 2);
    let tail: String = take(text.chars().rev(), columns - columns / 2 - 1).chars().rev().collect();
    format!("{head}…{tail}")
}

/// The first letters that fit into so many columns.
fn take(letters: impl Iterator<Item = char>, columns: usize) -> String {
    let mut used = 0;
    letters
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= columns
        })
        .collect()
}

/// A text broken into lines of at most so many columns, at spaces.
pub fn wrap(text: &str, columns: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    // `90 %` stays together: the percent sign belongs to its number.
    for word in text.replace(" %", "\u{a0}%").split(' ') {
        let width = word.width();
        if used > 0 && used + 1 + width > columns {
            out.push('\n');
            used = 0;
        }
        if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(&fit(word, columns));
        used += width.min(columns);
    }
    out.replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_would_be_cut_to_the_same_stand_above_their_rows() {
        let mut grid = TextGrid::new(&["", "value"]);
        for key in ["requests", "growth"] {
            grid.row(vec![format!("workload.{key}_per_month_of_the_year"), "1".repeat(24)]);
        }
        let text = grid.render(40);
        assert!(text.contains("workload.requests_per_month_of_the_year\n      1111"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
    }

    #[test]
    fn columns_line_up() {
        let mut grid = TextGrid::new(&["", "cost"]);
        grid.row(vec!["Größe".into(), "1".into()]);
        grid.row(vec!["模型".into(), "1,000".into()]);
        assert_eq!(grid.render(80), "        cost\nGröße      1\n模型   1,000\n");
    }

    #[test]
    fn the_first_column_gives_way() {
        let mut grid = TextGrid::new(&["", "cost"]);
        grid.row(vec!["a name that is much too long, version 2".into(), "1".into()]);
        assert_eq!(grid.render(20), "                cost\na name …sion 2     1\n");
    }

    #[test]
    fn texts_are_cut_and_wrapped() {
        assert_eq!(fit("a long name, version 2", 11), "a lon…ion 2");
        assert_eq!(wrap("one two three 90 % four", 10), "one two\nthree 90 %\nfour");
    }
}
