//! The program's own format of price lists: a CSV with a row for each model, in dollars per million tokens.

use super::entry::{LongPrices, ModelPrices};

/// Columns that must be there.
const REQUIRED: [&str; 4] = ["provider", "model", "input_per_mtok", "output_per_mtok"];

/// The columns that are written.
const COLUMNS: [&str; 22] = [
    "provider",
    "model",
    "aliases",
    "input_per_mtok",
    "output_per_mtok",
    "cache_read_per_mtok",
    "cache_write_per_mtok",
    "cache_min_tokens",
    "batch_input_per_mtok",
    "batch_output_per_mtok",
    "batch_cache_read_per_mtok",
    "above_tokens",
    "input_above",
    "output_above",
    "training_per_mtok",
    "hosting_per_hour",
    "max_input_tokens",
    "max_output_tokens",
    "deprecation_date",
    "as_of",
    "source",
    "note",
];

/// The models of a list.
///
/// # Errors
/// What keeps it from being read, with the line.
pub(super) fn entries(text: &str) -> Result<Vec<ModelPrices>, String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let place = |column: &str| header.iter().position(|name| name.trim() == column);
    if let Some(missing) = REQUIRED.iter().find(|column| place(column).is_none()) {
        return Err(format!("there is no column `{missing}`"));
    }
    let mut found = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| e.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |column: &str| place(column).and_then(|k| row.get(k)).unwrap_or_default().trim();
        found.push(entry(&Row { cell: &cell, line })?);
    }
    Ok(found)
}

struct Row<'a> {
    cell: &'a dyn Fn(&str) -> &'a str,
    line: u64,
}

impl Row<'_> {
    fn text(&self, column: &str) -> String {
        (self.cell)(column).to_owned()
    }

    /// A number that is not negative; an empty cell is missing.
    fn number(&self, column: &str) -> Result<Option<f64>, String> {
        let text = (self.cell)(column);
        if text.is_empty() {
            return Ok(None);
        }
        let number = text.parse().ok().filter(|x: &f64| x.is_finite() && *x >= 0.0);
        number.map(Some).ok_or_else(|| format!("line {}: `{column}` is no amount", self.line))
    }

    fn day(&self, column: &str) -> Result<Option<jiff::civil::Date>, String> {
        let text = (self.cell)(column);
        let day = if text.is_empty() { Ok(None) } else { text.parse().map(Some) };
        day.map_err(|_| format!("line {}: `{column}` is no date such as 2026-12-01", self.line))
    }
}

fn entry(row: &Row<'_>) -> Result<ModelPrices, String> {
    let above = row.number("above_tokens")?;
    let long = |above| {
        Ok::<_, String>(LongPrices { above, input: row.number("input_above")?, output: row.number("output_above")? })
    };
    if (row.cell)("model").is_empty() {
        return Err(format!("line {}: there is no `model`", row.line));
    }
    let aliases = row.text("aliases");
    let aliases = aliases.split(';').map(str::trim).filter(|alias| !alias.is_empty()).map(str::to_owned);
    Ok(ModelPrices {
        provider: row.text("provider"),
        model: row.text("model"),
        aliases: aliases.collect(),
        rule: None,
        input: row.number("input_per_mtok")?,
        output: row.number("output_per_mtok")?,
        cache_read: row.number("cache_read_per_mtok")?,
        cache_write: row.number("cache_write_per_mtok")?,
        cache_min_tokens: row.number("cache_min_tokens")?,
        batch_input: row.number("batch_input_per_mtok")?,
        batch_output: row.number("batch_output_per_mtok")?,
        batch_cache_read: row.number("batch_cache_read_per_mtok")?,
        long: above.map(long).transpose()?,
        training: row.number("training_per_mtok")?,
        hosting_per_hour: row.number("hosting_per_hour")?,
        context: row.number("max_input_tokens")?,
        retires: row.day("deprecation_date")?,
        as_of: row.day("as_of")?,
        source: row.text("source"),
        note: row.text("note"),
    })
}

/// Entries in this format, with a header.
pub fn own_csv<'a>(entries: impl Iterator<Item = &'a ModelPrices>) -> String {
    let number = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(COLUMNS);
    for e in entries {
        let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
        let _ = writer.write_record([
            e.provider.clone(),
            e.model.clone(),
            e.aliases.join(";"),
            number(e.input),
            number(e.output),
            number(e.cache_read),
            number(e.cache_write),
            number(e.cache_min_tokens),
            number(e.batch_input),
            number(e.batch_output),
            number(e.batch_cache_read),
            number(e.long.map(|long| long.above)),
            number(e.long.and_then(|long| long.input)),
            number(e.long.and_then(|long| long.output)),
            number(e.training),
            number(e.hosting_per_hour),
            number(e.context),
            String::new(),
            day(e.retires),
            day(e.as_of),
            e.source.clone(),
            e.note.clone(),
        ]);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
