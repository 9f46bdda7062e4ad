//! The case in live formulas: worked out by a spreadsheet that is not ours, it gives the costs of the model, and still
//! does after a number was changed in it.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use breakeven::engine::{Case, CaseKind, OpenCase};
use breakeven::model::Model;
use breakeven::report::Workbook;
use breakeven::scenario::{LoadOptions, Scenario, ScenarioFile};
use ironcalc::base::cell::CellValue;
use ironcalc::import::load_from_xlsx_bytes;

/// Everything that a formula has to be written for.
const ALL: &str = r#"
title = "Everything at once"
[simulation]
horizon_months = 30
trials = 1024
discount_rate = 0.08
[inputs]
rate = "lognormal(mean=100, sd=20)"
share = "beta(2, 8)"
level = 2
floor_of_costs = "round(sqrt(abs(-2.5 * level))) + floor(1.7) - ceil(0.2) + ln(exp(1)) * log10(100)"
[labour]
hourly_rate = "rate * 1.1"
[workload]
requests_per_month = "200k to 400k"
growth_per_month = 0.03
input_tokens = "lognormal(mean=1000, sd=200)"
output_tokens = "100 * (1 + share) ^ level"
[[option]]
name = "Prompt, 'old'"
retire_month = 14
after_retirement = "=Next!A1"
setup.cost = "floor_of_costs"
inference.input_price = 3
inference.output_price = 15
inference.instruction_tokens = 1500
inference.cache_hit_rate = 0.6
inference.cached_price = 0.3
inference.cache_min_tokens = 1024
inference.price_change_per_year = -0.3
inference.retry_rate = 0.02
quality.failure_rate = 0.03
quality.cost_per_failure = "min(1, max(0.02, 0.001 * rate))"
[[option.cost]]
name = "Gateway"
amount = 0.001
per = "request"
[[option]]
name = "=Next!A1"
launch_month = 1.5
inference.input_price = 2.5
inference.output_price = "10 to 14"
inference.batch_share = 0.3
quality.escalation_rate = 0.1
migration.first_after_months = 10
migration.every_months = 7
migration.hours = "5 to 20"
migration.price_factor = 0.8
maintenance.hours_per_month = "max(2, 0.01 * workload.requests_per_month / 1k)"
[[option]]
name = "Tuned"
launch_month = "uniform(1, 4)"
success_probability = 0.8
dataset.hours = "40 + poisson(3)"
dataset.examples = 2000
dataset.cost_per_example = "mix(0.5: 0.5, 0.5: uniform(0.2, 1) * level)"
training.cost_per_run = 400
training.tokens_per_example = 700
training.training_price = 8
training.retrains_per_year = "3 to 7"
training.hours_per_retrain = 6
hosting.gpu_hourly_rate = 2.5
hosting.gpu_tokens_per_second = 2500
hosting.peak_to_average = 3
hosting.gpus_per_step = 2
maintenance.hours_per_month = "if(share > 0.1, 5, 8)"
migration.first_after_months = 12
migration.training_runs = 1
[[option.cost]]
name = "=Vector"
amount = "70 to 120"
per = "month"
[[option.cost]]
name = "per token"
amount = 0.01
per = "million_output_tokens"
kind = "quality"
[[option]]
name = "Random"
training.cost_per_run = 100
training.retrains_per_year = 5
training.retrain_timing = "random"
inference.input_price = 1
inference.output_price = 2
hosting.cost_per_hour = 0.5
hosting.units = 2
retire_month = 20
launch_month = 3
"#;

/// Numbers of it, each changed to another one.
const CHANGES: [(&str, f64); 26] = [
    ("simulation.discount_rate", 0.2),
    ("level", 3.0),
    ("workload.growth_per_month", -0.02),
    ("Prompt, 'old'.retire_month", 9.2),
    ("Prompt, 'old'.inference.input_price", 2.0),
    ("Prompt, 'old'.inference.instruction_tokens", 1000.0),
    ("Prompt, 'old'.inference.cache_hit_rate", 0.95),
    ("Prompt, 'old'.inference.cache_min_tokens", 1600.0),
    ("Prompt, 'old'.inference.price_change_per_year", 0.1),
    ("Prompt, 'old'.inference.retry_rate", 0.5),
    ("Prompt, 'old'.quality.failure_rate", 0.001),
    ("=Next!A1.launch_month", 7.0),
    ("=Next!A1.inference.batch_share", 1.0),
    ("=Next!A1.quality.escalation_rate", 0.4),
    ("=Next!A1.migration.first_after_months", 3.5),
    ("=Next!A1.migration.every_months", 2.0),
    ("=Next!A1.migration.price_factor", 1.3),
    ("Tuned.dataset.examples", 777.0),
    ("Tuned.training.training_price", 80.0),
    ("Tuned.hosting.gpu_tokens_per_second", 100.0),
    ("Tuned.hosting.gpus_per_step", 8.0),
    ("Tuned.migration.first_after_months", 4.0),
    ("Tuned.per token.amount", 12.5),
    ("Random.training.retrains_per_year", 50.0),
    ("Random.hosting.units", 5.0),
    ("Random.launch_month", 25.0),
];

struct Subject {
    scenario: Scenario,
    model: Model,
    open: OpenCase,
}

fn read(file: &Path, overrides: &[String]) -> Subject {
    let options = LoadOptions { overrides: overrides.to_vec(), ..LoadOptions::default() };
    let mut scenario_file = ScenarioFile::open(file, &options).unwrap();
    let reading = scenario_file.read();
    let scenario = reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings));
    let model = Model::new(&scenario);
    let open = OpenCase::at_median(&scenario, &model, scenario_file.read_open().scenario.unwrap()).unwrap();
    Subject { scenario, model, open }
}

fn workbook(case: &Subject) -> Vec<u8> {
    let mut workbook = Workbook::new("", &[], None).unwrap();
    assert!(workbook.case(&case.open).unwrap());
    workbook.bytes().unwrap()
}

/// A workbook in another spreadsheet.
struct Spreadsheet(ironcalc::base::Model<'static>);

/// The numbers of the two sheets.
const ASSUMPTIONS: u32 = 1;
const BASE_CASE: u32 = 2;
/// The first row below the header, from 1, of each.
const FIRST: [i32; 3] = [1, 5, 2];

impl Spreadsheet {
    /// With the numbers that the file holds.
    fn saved(bytes: &[u8]) -> Spreadsheet {
        let workbook = load_from_xlsx_bytes(bytes, "case", "en", "UTC").unwrap();
        Spreadsheet(ironcalc::base::Model::from_workbook(workbook, "en").unwrap())
    }

    /// With its formulas worked out anew.
    fn open(bytes: &[u8]) -> Spreadsheet {
        let mut sheet = Spreadsheet::saved(bytes);
        sheet.0.evaluate();
        sheet
    }

    fn text(&self, sheet: u32, row: i32, column: i32) -> String {
        match self.0.get_cell_value_by_index(sheet, row, column).unwrap() {
            CellValue::String(text) => text,
            CellValue::None => String::new(),
            other => panic!("{other:?} is no text"),
        }
    }

    /// A number, 0 where the cell is empty.
    fn number(&self, sheet: u32, row: i32, column: i32) -> f64 {
        match self.0.get_cell_value_by_index(sheet, row, column).unwrap() {
            CellValue::Number(x) => x,
            CellValue::None => 0.0,
            other => panic!("{other:?} in row {row}, column {column}"),
        }
    }

    fn row(&self, sheet: u32, holds: impl Fn(&dyn Fn(i32) -> String) -> bool) -> i32 {
        let rows = FIRST[sheet as usize]..2000;
        let found = rows.clone().find(|row| holds(&|column| self.text(sheet, *row, column)));
        found.expect("such a row")
    }

    fn change(&mut self, assumption: &str, value: f64) {
        let row = self.row(ASSUMPTIONS, |text| text(1) == assumption);
        assert_eq!(self.0.get_cell_formula(ASSUMPTIONS, row, 2).unwrap(), None, "{assumption} is a formula");
        self.0.update_cell_with_number(ASSUMPTIONS, row, 2, value).unwrap();
        self.0.evaluate();
    }
}

/// Whether every line of every option costs in every month what the model says, and all of them together.
fn agrees(sheet: &Spreadsheet, case: &Subject, what: &str) {
    let expected = Case::new(&case.scenario, &case.model, CaseKind::Median).unwrap();
    let close = |x: f64, y: f64, scale: f64| (x - y).abs() <= 1e-9 * scale.max(1e-9);
    for (i, option) in case.model.options.iter().enumerate() {
        let total = sheet.row(BASE_CASE, |text| text(1) == option.name && text(2) == "all costs");
        let scale = expected.total(i).abs();
        let outcome = sheet.row(ASSUMPTIONS, |text| text(6) == option.name);
        for found in [sheet.number(BASE_CASE, total, 7), sheet.number(ASSUMPTIONS, outcome, 7)] {
            assert!(close(found, expected.total(i), scale), "{what}: total of {}", option.name);
        }
        let saved =
            if case.model.is_challenger(i) { expected.total(case.model.baseline) - expected.total(i) } else { 0.0 };
        assert!(close(sheet.number(ASSUMPTIONS, outcome, 8), saved, scale), "{what}: saving of {}", option.name);
        for (line, entries) in option.lines.iter().zip(&expected.lines[i]) {
            let [kind, per] = [line.kind.word(), line.driver.word()];
            let row = sheet.row(BASE_CASE, |text| {
                text(1) == option.name && text(2) == line.name.as_str() && text(3) == kind && per_is(&text(4), per)
            });
            for (column, entry) in (8..).zip(entries) {
                assert!(
                    close(sheet.number(BASE_CASE, row, column), entry.cost, scale),
                    "{what}: {}, {}",
                    option.name,
                    line.name.as_str()
                );
            }
        }
        for (line, entries) in option.substitutes.iter().zip(&expected.absent[i]) {
            let row = sheet
                .row(BASE_CASE, |text| text(1) == option.name && text(2) == line.name() && text(3) == line.kind.word());
            for (column, entry) in (8..).zip(entries) {
                let found = sheet.number(BASE_CASE, row, column);
                assert!(close(found, entry.cost, scale), "{what}: {}, {}: {found} {entry:?}", option.name, line.name());
            }
        }
    }
}

/// Whether the sheet's word for what a line is proportional to fits its driver.
fn per_is(basis: &str, driver: &str) -> bool {
    basis.to_lowercase() == driver || basis == "request" && driver.starts_with("million_")
}

fn everything() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.toml");
    std::fs::write(&file, ALL).unwrap();
    (folder, file)
}

#[test]
fn the_formulas_give_the_costs_of_the_model() {
    let (_folder, all) = everything();
    let examples = ["article", "small-model", "self-hosted", "drift", "portfolio"];
    let configs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../configs");
    let months = ["forecast", "launch", "commitment", "overflow"];
    let months = months.map(|name| configs.join(format!("../examples/months/{name}.toml")));
    let examples = examples.map(|name| configs.join(format!("{name}.toml")));
    for file in examples.iter().chain(&months).chain([&all]) {
        let case = read(file, &[]);
        let (bytes, name) = (workbook(&case), file.display().to_string());
        agrees(&Spreadsheet::open(&bytes), &case, &name);
        // Programs that do not work formulas out show what was saved with them.
        agrees(&Spreadsheet::saved(&bytes), &case, &name);
    }
}

/// Where LibreOffice is installed it must come to the same.
#[test]
fn libreoffice_works_out_the_same_costs() {
    let (folder, file) = everything();
    let case = read(&file, &[]);
    std::fs::write(folder.path().join("bare.xlsx"), without_results(&workbook(&case))).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let mut office = Command::new("soffice");
    office.current_dir(folder.path()).args([&profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]);
    let Ok(output) = office.args(["--outdir", "saved", "bare.xlsx"]).output() else {
        eprintln!("LibreOffice is not installed: not compared");
        return;
    };
    assert!(output.status.success(), "{output:?}");
    let bytes = std::fs::read(folder.path().join("saved/bare.xlsx")).unwrap();
    agrees(&Spreadsheet::saved(&bytes), &case, "LibreOffice");
}

/// A workbook whose formulas come without what they come to, so that whoever opens it has to find out.
fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..from.len() {
        let mut part = from.by_index(i).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        if name.starts_with("xl/worksheets/sheet") {
            let mut pieces = std::str::from_utf8(&text).unwrap().split("</f><v>");
            let first = pieces.next().unwrap().to_owned();
            let rest = pieces.map(|piece| format!("</f>{}", piece.split_once("</v>").unwrap().1));
            text = (first + &rest.collect::<String>()).into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&text).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn a_number_that_is_changed_there_changes_the_costs_as_it_does_here() {
    let (_folder, file) = everything();
    let bytes = workbook(&read(&file, &[]));
    for (assumption, value) in CHANGES {
        let mut sheet = Spreadsheet::open(&bytes);
        sheet.change(assumption, value);
        let quoted = quoted(assumption);
        agrees(&sheet, &read(&file, &[format!("{quoted}={value}")]), assumption);
    }
}

/// A path with its option's name quoted.
fn quoted(path: &str) -> String {
    let options = ["Prompt, 'old'", "=Next!A1", "Tuned.per token", "Tuned", "Random"];
    let option = options.iter().find(|option| path.starts_with(**option));
    match option {
        Some(&"Tuned.per token") => path.replace("Tuned.per token", "Tuned.\"per token\""),
        Some(option) => path.replacen(option, &format!("\"{option}\""), 1),
        None => path.to_owned(),
    }
}
