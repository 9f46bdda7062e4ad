//! From sums of days to a section of a scenario: the statistics against other programs, the text against the reader.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use breakeven::workload::{LevelSum, MONTH, local_level, mean_by};

use crate::common::scenario;

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() <= 1e-8 * wanted.abs(), "{found} {wanted}");
}

const Y: [f64; 10] = [7.10, 7.22, 7.05, 7.31, 7.18, 7.40, 7.29, 7.52, 7.44, 7.38];

/// Numbers of a program with dense inverses in numpy and scipy's t distribution.
#[test]
fn the_local_level_agrees_with_another_program() {
    let (w, half) = (10.0, 12.0);
    let targets = [LevelSum::level(w + 0.5 + MONTH / 14.0), LevelSum::rise(w, w + half * MONTH / 7.0, half)];
    let drifting = local_level(&Y, true, &targets).unwrap();
    let wanted = [
        [7.261598679588307, 7.55682958626354, 7.789889326612575],
        [-0.03943436753680844, 0.16724162938301995, 0.3437895589713421],
    ];
    let four = local_level(&Y[..4], false, &[LevelSum::mean([5.0, 6.0, 7.0, 8.0].into_iter())]).unwrap();
    let weeks = (24.0 * MONTH / 7.0).round() as usize;
    let long = local_level(&Y, false, &[LevelSum::mean((1..weeks + 1).map(|k| (10 + k) as f64))]).unwrap();
    for (i, p) in [0.05, 0.5, 0.95].into_iter().enumerate() {
        near(drifting.quantile(0, p), wanted[0][i]);
        near(drifting.quantile(1, p), wanted[1][i]);
        near(four.quantile(0, p), [6.901961184821375, 7.199260097470419, 7.610961797726475][i]);
        near(long.quantile(0, p), [6.404887504238939, 7.369924704226228, 8.382094557601723][i]);
    }
    assert!((0.0..1.0).contains(&drifting.correlation(0, 1).unwrap()));
    assert!(local_level(&Y[..2], true, &targets).is_none());
}

#[test]
fn a_level_that_never_moves_is_known() {
    let still = local_level(&[3.0; 8], false, &[LevelSum::level(20.0)]).unwrap();
    for p in [0.05, 0.5, 0.95] {
        assert!((still.quantile(0, p) - 3.0).abs() < 1e-6);
    }
}

#[test]
fn the_error_of_a_mean_agrees_with_another_program() {
    let counts = [12., 9., 0., 15., 11., 14., 8., 10., 13., 9., 12., 16., 7., 11.];
    let sums = [1250., 880., 0., 1700., 1290., 1500., 700., 950., 1420., 1010., 1230., 1890., 650., 1100.];
    let found = mean_by(&counts, &sums).unwrap();
    near(found.mean, 105.91836734693878);
    near(found.se, 2.930433292564119);
    near(found.sd, 3.1550541017633513);
    // What hangs together that much is widened as far as it goes.
    let slow = [
        100., 105., 112., 118., 121., 119., 115., 110., 104., 98., 95., 92., 90., 93., 97., 101., 108., 114., 117.,
        120.,
    ];
    let found = mean_by(&[1.0; 20], &slow).unwrap();
    near(found.mean, 106.45);
    near(found.se, 10.012367352429694);
    near(found.sd, 10.525382092617221);
    assert!(mean_by(&[1.0; 3], &slow[..3]).is_none());
}

/// Sums of so many days from 1 June 2026: requests, their input and output, with a weekly rhythm and some noise.
fn daily(days: u32) -> String {
    let mut text = "date,model,prompt_tokens,completion_tokens,cache_read_input_tokens,successful_requests,\
        failed_requests,spend\n"
        .to_owned();
    for day in 0..days {
        let noise = |k: u32| f64::from((day * 7919 + k * 104_729) % 1000) / 1000.0 - 0.5;
        let requests = (1000.0 + 4.0 * f64::from(day)) * [1.1, 1.2, 1.1, 1.1, 1.0, 0.6, 0.5][day as usize % 7];
        let requests = (requests * (1.0 + 0.2 * noise(1))).round();
        let input = (requests * (1200.0 + 200.0 * noise(2))).round();
        let output = (requests * (150.0 + 30.0 * noise(2) + 10.0 * noise(3))).round();
        let (month, of_month) = [(6, 30), (7, 31), (8, 31), (9, 30), (10, 31), (11, 30), (12, 31)]
            .into_iter()
            .scan(day, |left, (month, length)| {
                let found = (month, *left);
                *left = left.wrapping_sub(length);
                (found.1 < length).then_some(Some(found)).or(Some(None))
            })
            .flatten()
            .next()
            .unwrap();
        let date = format!("2026-{month:02}-{:02}", of_month + 1);
        text += &format!("{date},m,{input},{output},{},{requests},3,0.5\n", (input / 4.0).round());
    }
    text
}

fn said(folder: &Path, words: &[&str], input: &str) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_breakeven"));
    let output = command.current_dir(folder).arg("workload").args(words).write_stdin(input).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (out, err, output.status.code().unwrap())
}

/// What is estimated from standard input.
fn section(words: &[&str], input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let words = [&["-"], words].concat();
    let (out, err, code) = said(folder.path(), &words, input);
    assert_eq!(code, 0, "{err}");
    out
}

/// The value of a field.
fn value<'a>(text: &'a str, key: &str) -> &'a str {
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{key} = ")));
    line.unwrap_or_else(|| panic!("{key} in {text}"))
}

const OPTIONS: &str = "
[[option]]
name = \"A\"
inference = { input_price = 3, output_price = 15 }
[[option]]
name = \"B\"
inference = { input_price = 1, output_price = 5 }
";

/// Reads a section as it stands, with options behind it.
fn runs(text: &str) {
    let scenario = scenario(&format!("{text}[simulation]\nhorizon_months = 24\n{OPTIONS}"));
    assert_eq!(scenario.simulate(Default::default()).unwrap().option("A").unwrap().name(), "A");
}

#[test]
fn what_is_written_hangs_on_the_length_of_the_log_and_runs_as_it_stands() {
    let cases = [
        (7, ["500k", "0  # not estimated: shorter", "\"lognormal(mean="]),
        (16, ["\"lognormal(median=", "0  # not estimated: shorter", "\"lognormal(mean="]),
        (40, ["\"lognormal(p5=", "0  # not estimated: shorter", "\"lognormal(mean="]),
        (80, ["\"lognormal(p5=", "0  # not estimated", "\"lognormal(p5="]),
        (200, ["\"lognormal(p5=", "\"normal(p5=", "\"lognormal(p5="]),
    ];
    for (days, [requests, growth, tokens]) in cases {
        let words: &[&str] = if days < 14 { &["--requests-per-month", "500k"] } else { &[] };
        let text = section(words, &daily(days));
        assert!(value(&text, "requests_per_month").trim_matches('"').starts_with(requests.trim_matches('"')), "{text}");
        assert!(value(&text, "growth_per_month").starts_with(growth), "{text}");
        assert!(value(&text, "input_tokens").starts_with(tokens), "{text}");
        assert!(value(&text, "output_tokens").starts_with(tokens), "{text}");
        assert!(text.contains(&format!("Whole days: {days}, from 2026-06-01")), "{text}");
        runs(&text);
    }
}

#[test]
fn a_short_log_asks_for_what_it_does_not_say() {
    let folder = tempfile::tempdir().unwrap();
    let (out, err, code) = said(folder.path(), &["-"], &daily(7));
    assert_eq!((out.as_str(), code), ("", 2));
    assert!(err.contains("7 whole days") && err.contains("--requests-per-month"), "{err}");
    let text = section(&["--assume-representative"], &daily(7));
    assert!(value(&text, "requests_per_month").parse::<f64>().is_ok() && text.contains("assumed"), "{text}");
    runs(&text);
}

#[test]
fn sums_of_tokens_alone_are_divided_by_requests() {
    let mut log = String::new();
    for line in daily(60).lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        log += &format!(
            "{{\"daily\": [{{\"date\": \"{}\", \"inputTokens\": {}, \"outputTokens\": {}, \"cacheReadTokens\": 10}}]}}\n",
            cells[0], cells[2], cells[3]
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let (_, err, code) = said(folder.path(), &["-"], &log);
    assert!(code == 2 && err.contains("no number of requests"), "{err}");
    let text = section(&["--requests-per-month", "80k to 120k"], &log);
    assert!(value(&text, "input_tokens").ends_with(" / workload.requests_per_month\""), "{text}");
    runs(&text);
    let text = section(&["--requests-per-month", "90k"], &log.lines().take(20).collect::<Vec<_>>().join("\n"));
    runs(&text);
}

#[test]
fn the_same_log_gives_the_same_bytes_and_nothing_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let log = daily(70);
    fs::write(folder.path().join("log.csv"), &log).unwrap();
    let words = ["log.csv", "--instruction-tokens", "300", "-o", "w.toml"];
    let (out, err, code) = said(folder.path(), &words, "");
    assert!(code == 0 && out.contains("Wrote w.toml: read 70 records"), "{out}{err}");
    let written = fs::read_to_string(folder.path().join("w.toml")).unwrap();
    assert_eq!(said(folder.path(), &words[..3], "").0, written);
    assert!(
        written.contains("# inference.cache_hit_rate = 1\n") || written.contains("cache_hit_rate = 0."),
        "{written}"
    );
    let (_, err, code) = said(folder.path(), &words, "");
    assert!(code == 2 && err.contains("w.toml exists already"), "{err}");
    let (_, err, code) = said(folder.path(), &["log.csv", "--where", "model == other", "-o", "x.toml"], "");
    assert!(code == 2 && err.contains("none of 70 records") && !folder.path().join("x.toml").exists(), "{err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_week_without_requests_is_named() {
    let log: String = daily(60)
        .lines()
        .enumerate()
        .filter(|(i, _)| !(20..35).contains(i))
        .map(|(_, l)| l.to_owned() + "\n")
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let (_, err, code) = said(folder.path(), &["-"], &log);
    assert!(code == 2 && err.contains("has no requests") && err.contains("--where 'time >= 2026-07-0"), "{err}");
}

#[test]
fn days_begin_where_the_zone_says() {
    // Twenty days of requests at 23:30 and 00:30.
    let log: String = (1..=20)
        .flat_map(|day| {
            [("00:30", 2), ("23:30", 4)].map(|(time, n)| format!("2026-06-{day:02}T{time}:00Z,{}00,{n}0\n", n))
        })
        .collect();
    let log = format!("TIMESTAMP,ContextTokens,GeneratedTokens\n{log}");
    assert!(section(&[], &log).contains("Whole days: 18, from 2026-06-02 to 2026-06-19"));
    assert!(section(&["--timezone", "+01:00"], &log).contains("Whole days: 19, from 2026-06-02 to 2026-06-20"));
    assert!(section(&["--timezone", "-01:00"], &log).contains("Whole days: 19, from 2026-06-01 to 2026-06-19"));
}

#[test]
#[ignore = "a million records; run by hand: cargo test --test it a_million -- --ignored --nocapture"]
fn a_million_records_are_read_in_seconds() {
    let mut log = "TIMESTAMP,ContextTokens,GeneratedTokens\n".to_owned();
    for i in 0..1_000_000 {
        let (day, second) = (i / 20_000 % 28 + 1, i * 4 % 80_000);
        let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
        log += &format!(
            "2026-{:02}-{day:02} {h:02}:{m:02}:{s:02}.1234560,{},{}\n",
            6 + i / 560_000,
            100 + i % 2000,
            1 + i % 300
        );
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("log.csv"), log).unwrap();
    let began = std::time::Instant::now();
    let (out, err, code) = said(folder.path(), &["log.csv"], "");
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("read 1000000 records"), "{out}");
    eprintln!("{:.2} s", began.elapsed().as_secs_f64());
}

#[test]
fn a_chart_is_drawn_beside_the_section() {
    let folder = tempfile::tempdir().unwrap();
    let log = daily(60);
    for (file, begins) in [("a.svg", &b"<svg"[..]), ("a.png", b"\x89PNG")] {
        let (_, err, code) = said(folder.path(), &["-", "--chart", file], &log);
        assert_eq!(code, 0, "{err}");
        assert!(fs::read(folder.path().join(file)).unwrap().starts_with(begins), "{file}");
    }
    let svg = fs::read_to_string(folder.path().join("a.svg")).unwrap();
    let text = section(&[], &log);
    let [low, high] = ["p5=", "p95="].map(|p| {
        let number = value(&text, "requests_per_month").split(p).nth(1).unwrap();
        number.split([',', ')']).next().unwrap().parse::<f64>().unwrap()
    });
    // The finding in the title, to three digits.
    let rounded = |x: f64| format!("{:.1}k", x / 1000.0);
    assert!(svg.contains(&format!("{} to {}", rounded(low), rounded(high))), "{svg:.1500} {low} {high}");
    // Of what never varied no interval is claimed.
    let still: String = (1..=28).map(|day| format!("2026-06-{day:02},m,9000,90,0,10,0,1\n")).collect();
    let still = format!("{}\n{still}", log.lines().next().unwrap());
    assert_eq!(said(folder.path(), &["-", "--chart", "still.svg"], &still).2, 0);
    let svg_of_still = fs::read_to_string(folder.path().join("still.svg")).unwrap();
    assert!(
        svg_of_still.contains("304 requests in the month that follows, if nothing changes"),
        "{svg_of_still:.1500}"
    );
    let (_, err, code) = said(folder.path(), &["-", "--chart", "a.svg"], &log);
    assert!(code == 2 && err.contains("a.svg exists already"), "{err}");
    let (_, err, code) = said(folder.path(), &["-", "--chart", "a.gif"], &log);
    assert!(code == 2 && err.contains(".png or .svg"), "{err}");
    let hour = "TIMESTAMP,ContextTokens,GeneratedTokens\n".to_owned()
        + &(0..40).map(|i| format!("2026-06-01 00:{i:02}:00,{},7\n", 100 + i)).collect::<String>();
    let words = ["-", "--assume-representative", "--chart", "b.png"];
    let (_, err, code) = said(folder.path(), &words, &hour);
    assert!(code == 2 && err.contains("no whole day") && !folder.path().join("b.png").exists(), "{err}");
}

#[test]
fn a_growth_that_somebody_wrote_is_not_called_assumed() {
    let folder = tempfile::tempdir().unwrap();
    for (growth, is_assumed) in [
        ("growth_per_month = 0  # not estimated", true),
        ("growth_per_month = 0  # not estimated: shorter than 8 weeks", true),
        ("growth_per_month = 0.02  # not estimated", false),
        ("growth_per_month = 0  # flat", false),
    ] {
        let text = format!(
            "[simulation]\nhorizon_months = 6\n[workload]\nrequests_per_month = 1000\ninput_tokens = 9\noutput_tokens = 9\n\
             {growth}\n{OPTIONS}"
        );
        fs::write(folder.path().join("s.toml"), text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_breakeven"));
        let words = ["run", "s.toml", "--no-charts", "--trials", "64"];
        let output = command.current_dir(folder.path()).args(words).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said.contains("Nobody estimated how the requests grow"), is_assumed, "{growth}: {said}");
    }
}

#[test]
fn options_and_workload_become_a_scenario() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("o.toml"), format!("title = 'T'\n[simulation]\nhorizon_months = 24\n{OPTIONS}"))
        .unwrap();
    let words = ["-", "--scenario", "o.toml", "-o", "s.toml"];
    let (_, err, code) = said(folder.path(), &words, &daily(60));
    assert_eq!(code, 0, "{err}");
    let whole = scenario(&fs::read_to_string(folder.path().join("s.toml")).unwrap());
    assert_eq!((whole.title(), whole.simulation().horizon), ("T", 24));
    // What is no scenario then is said with its place, and nothing is written.
    for (text, wanted) in
        [("[workload]\ninput_tokens = 1\n", "workload"), ("horizon = \n", "o.toml and the workload:1")]
    {
        fs::write(folder.path().join("o.toml"), text).unwrap();
        let (_, err, code) = said(folder.path(), &["-", "--scenario", "o.toml", "-o", "t.toml"], &daily(60));
        assert!(code == 2 && err.contains(wanted) && !folder.path().join("t.toml").exists(), "{err}");
    }
    let (_, err, code) = said(folder.path(), &["-", "--scenario", "none.toml"], &daily(60));
    assert!(code == 2 && err.contains("no such file"), "{err}");
}

#[test]
fn what_a_log_cost_is_held_against_list_prices() {
    let sums = |model: &str, cached: u32| {
        let header = "date,model,prompt_tokens,completion_tokens,cache_read_input_tokens,successful_requests,failed_requests,spend\n";
        let day = |d: u32| format!("2026-06-{:02},{model},2000000,100000,{cached},1000,0,9\n", d + 1);
        header.to_owned() + &(0..20).map(day).collect::<String>()
    };
    // 20 days of 1.5 million tokens at 0.40, 0.5 million cached at 0.10, 0.1 million of output at 1.60.
    let text = section(&[], &sums("gpt-4.1-mini", 500_000));
    assert!(text.contains("own cost: 180 in all"), "{text}");
    assert!(text.replace("\n# ", " ").contains("comes with the program: 16.2."), "{text}");
    // Of a model that is not in the list nothing is said.
    assert!(!section(&[], &sums("own-model", 0)).contains("comes with the program"));
}
