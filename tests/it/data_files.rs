//! Columns of data files in scenarios: containers, filters, rejected records, means with an error by blocks of time.

use std::fs;
use std::io::Write;
use std::path::Path;

use breakeven::diagnostic::Severity;
use breakeven::quantity::Law;
use breakeven::scenario::{DataFiles, LoadOptions, Reading, read};
use breakeven::workload::mean_by;

/// Requests and tokens by day, of which another program says the mean and how far it may be off.
const COUNTS: [f64; 14] = [12., 9., 0., 15., 11., 14., 8., 10., 13., 9., 12., 16., 7., 11.];
const SUMS: [f64; 14] = [1250., 880., 0., 1700., 1290., 1500., 700., 950., 1420., 1010., 1230., 1890., 650., 1100.];
const MEAN: f64 = 105.918_367_346_938_78;
const SD: f64 = 3.155_054_101_763_351_3;

fn reading(folder: &Path, quantity: &str) -> Reading {
    let text = format!(
        "[simulation]\nhorizon_months = 3\n[inputs]\nx = \"{quantity}\"\n[workload]\nrequests_per_month = 10\n\
         input_tokens = \"max(0, x)\"\noutput_tokens = 1\n[[option]]\nname = 'A'\ninference.input_price = 1\n\
         inference.output_price = 1\n[[option]]\nname = 'B'\ninference.input_price = 2\ninference.output_price = 2\n"
    );
    read("test.toml", "test", &text, &LoadOptions::default(), DataFiles::beside(folder, false))
}

/// Mean and standard deviation of what is drawn.
fn drawn(folder: &Path, quantity: &str) -> [f64; 2] {
    let reading = reading(folder, quantity);
    let findings = format!("{:?}", reading.findings);
    let prepared = reading.scenario.unwrap_or_else(|| panic!("{findings}")).prepare();
    match &prepared.model().program.variables[0].law {
        Law::Fixed(quantiles) => [quantiles.dist().mean(), quantiles.dist().variance().sqrt()],
        other => panic!("{other:?}"),
    }
}

fn said(folder: &Path, quantity: &str, severity: Severity) -> String {
    let findings = reading(folder, quantity).findings;
    let of_it = findings.iter().filter(|f| f.severity == severity);
    of_it.map(|f| format!("{}\n{}\n", f.message, f.help.join("\n"))).collect()
}

#[track_caller]
fn near(found: [f64; 2], wanted: [f64; 2]) {
    let close = |(a, b): (f64, f64)| (a - b).abs() <= 1e-9 * b.abs();
    assert!(found.into_iter().zip(wanted).all(close), "{found:?} is not {wanted:?}");
}

/// The days as sums, with one of another model among them.
fn days() -> String {
    let day = |i: usize| format!("2026-06-{:02},small,{},{}\n", i + 1, COUNTS[i], SUMS[i]);
    let days: String = (0..14).map(day).collect();
    format!("date,model,n,tokens\n{days}2026-06-03,large,1000,5\n")
}

#[test]
fn the_mean_of_daily_sums_is_as_far_off_as_days_show() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("days.csv"), days()).unwrap();
    let quantity = "mean_of('days.csv', 'tokens', by='date', per='n', where='model == small')";
    near(drawn(folder.path(), quantity), [MEAN, SD]);
    let hint = said(folder.path(), quantity, Severity::Hint);
    assert!(hint.contains("`days.csv`: read 15 records, filtered out 1, rejected 0"), "{hint}");
}

#[test]
fn the_same_requests_are_the_same_in_every_container() {
    let folder = tempfile::tempdir().unwrap();
    // Single requests, whose tokens are the day's mean: the sums are the same, in any order.
    let requests = (0..14).flat_map(|i| {
        (0..COUNTS[i] as usize).map(move |k| (format!("2026-06-{:02}T{:02}:30:00Z", i + 1, k), SUMS[i] / COUNTS[i]))
    });
    // A day without requests counts as a block.
    let requests: Vec<(String, f64)> = requests.collect();
    let csv: String = requests.iter().rev().map(|(time, tokens)| format!("{time};{tokens}\n")).collect();
    let object = |(time, tokens): &(String, f64)| format!("{{\"at\":\"{time}\",\"usage\":{{\"in\":{tokens}}}}}");
    let objects: Vec<String> = requests.iter().map(object).collect();
    fs::write(folder.path().join("log.csv"), format!("at;in\n{csv}")).unwrap();
    fs::write(folder.path().join("log.jsonl"), objects.join("\n")).unwrap();
    fs::write(folder.path().join("log.json"), format!("{{\"data\": [{}]}}", objects.join(","))).unwrap();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(objects.join("\n").as_bytes()).unwrap();
    fs::write(folder.path().join("log.gz"), packed.finish().unwrap()).unwrap();
    near(drawn(folder.path(), "mean_of('log.csv', 'in', by='at')"), [MEAN, SD]);
    for file in ["log.jsonl", "log.json", "log.gz"] {
        near(drawn(folder.path(), &format!("mean_of('{file}', 'usage.in', by='at')")), [MEAN, SD]);
    }
    let found = mean_by(&COUNTS, &SUMS).unwrap();
    near([found.mean, found.sd], [MEAN, SD]);
    // What is drawn from are the numbers of the records that count.
    let values = drawn(folder.path(), "data('log.gz', 'usage.in', where='at ~ 2026-06-01')");
    near([values[0], 1.0 + values[1]], [1250.0 / 12.0, 1.0]);
}

#[test]
fn few_records_may_be_rejected_and_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let column = |bad: usize| -> String {
        (0..100).map(|i| if i < bad { "n/a\n".to_owned() } else { format!("{i}\n") }).collect()
    };
    fs::write(folder.path().join("few.csv"), format!("a\n{}", column(5))).unwrap();
    fs::write(folder.path().join("many.csv"), format!("a\n{}", column(6))).unwrap();
    near(drawn(folder.path(), "data('few.csv', 'a')").map(|x| x.max(52.0)), [52.0, 52.0]);
    let hint = said(folder.path(), "data('few.csv', 'a')", Severity::Hint);
    assert!(hint.contains("read 100 records, filtered out 0, rejected 5"), "{hint}");
    assert!(hint.contains("line 2 of `few.csv`: 'n/a' is not a number in column 'a'"), "{hint}");
    assert_eq!(hint.matches("line ").count(), 3, "{hint}");
    let error = said(folder.path(), "data('many.csv', 'a')", Severity::Error);
    assert!(error.contains("6 of 100 records are of no use: line 2 of `many.csv`"), "{error}");
    let error = said(folder.path(), "data('few.csv', 'a', where='a > 1000')", Severity::Error);
    assert!(error.contains("none of 100 records is left"), "{error}");
}

#[test]
fn requests_of_one_time_are_not_independent() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..40).map(|i| format!("2026-06-01 00:{i:02}:30,{},{}\n", 100 + i, 7)).collect();
    fs::write(folder.path().join("trace.csv"), format!("TIMESTAMP,ContextTokens,GeneratedTokens\n{rows}")).unwrap();
    let warning = said(folder.path(), "mean_of('trace.csv', 'ContextTokens')", Severity::Warning);
    assert!(warning.contains("add by='TIMESTAMP'"), "{warning}");
    let quantity = "mean_of('trace.csv', 'ContextTokens', by='TIMESTAMP')";
    assert!(said(folder.path(), quantity, Severity::Warning).is_empty());
    // Tokens that rise all the while: neighbours resemble each other, and the error is far above that of as many numbers.
    let [plain, blocks] = ["mean_of('trace.csv', 'ContextTokens')", quantity].map(|q| drawn(folder.path(), q));
    assert!((plain[0] - blocks[0]).abs() < 1e-9 && blocks[1] > 3.0 * plain[1], "{plain:?} {blocks:?}");
}

#[test]
fn what_cannot_be_a_mean_by_time_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("days.csv"), days()).unwrap();
    fs::write(folder.path().join("short.csv"), "t,a\n2026-06-01 00:00:10,1\n2026-06-01 00:09:10,3\n").unwrap();
    fs::write(folder.path().join("log.jsonl"), "{\"t\": 1, \"a\": 2}\n".repeat(3)).unwrap();
    for (quantity, wanted) in [
        ("mean_of('days.csv', 'tokens', per='n')", "`per` needs `by`"),
        ("data('days.csv', 'tokens', by='date')", "data('usage.csv', 'column', where='model == small')"),
        ("mean_of('days.csv', 'tokens', over='n')", "where='model == small'"),
        ("mean_of('days.csv', 'tokens', by='dat')", "did you mean 'date'?"),
        ("mean_of('days.csv', 'tokens', by='model')", "'small' in column 'model' is no time"),
        ("mean_of('days.csv', 'tokens', by='date', where='model = small')", "`==` compares"),
        ("mean_of('short.csv', 'a', by='t')", "the log spans 10 minutes, and the error of a mean needs 14"),
        ("data('log.jsonl', 'b')", "there is no number in column 'b'"),
    ] {
        let error = said(folder.path(), quantity, Severity::Error);
        assert!(error.contains(wanted), "{quantity}: {error}");
    }
}
