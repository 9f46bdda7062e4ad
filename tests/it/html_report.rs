//! The page for mailing: whole, harmless, and the same for everybody.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use breakeven::chart::{ChartStyle, ImageFormat, Theme};
use breakeven::engine::{Results, RunOptions};
use breakeven::report::{charts, html, json, money, summary};
use breakeven::scenario::{DataFiles, LoadOptions, Reading, load, read};
use breakeven::stats::Estimate;
use serde_json::Value;

const HOSTILE: &str = r#"
title = "</title><script>alert('title')</script> & \"quotes\""
[simulation]
horizon_months = 6
trials = 1024
[workload]
requests_per_month = "80k to 120k"
input_tokens = 1000
output_tokens = 100
# </pre><script>alert('comment')</script>
[[option]]
name = "<img src=x onerror=alert(1)>"
inference.input_price = 3
inference.output_price = 15
[[option]]
name = "'\" onmouseover='alert(2)' ]]>--><svg onload=alert(3)>"
setup.cost = "500 to 2k"
inference.input_price = "1 to 3"
inference.output_price = 5
[[option.cost]]
name = "<i>line</i>"
amount = "1 to 2"
per = "month"
"#;

fn config(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("configs").join(format!("{name}.toml"))
}

/// Results, page and text of the page, of a scenario that was read.
struct Run {
    results: Results,
    page: String,
    text: String,
}

fn report(reading: Reading, trials: u64, threads: usize) -> Run {
    let mut scenario = reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings));
    scenario.set_trials(trials);
    let options = RunOptions { threads: Some(threads), ..RunOptions::default() };
    let results = scenario.simulate(options).expect("finite figures");
    let page = String::from_utf8(html(&results, &reading.sources)).expect("UTF-8");
    let text = well_formed(&page).replace('\u{a0}', " ");
    Run { results, page, text }
}

fn of_config(name: &str) -> Run {
    report(load(&config(name), &LoadOptions::default()), 1 << 13, 2)
}

fn hostile() -> Run {
    let overrides = vec!["workload.input_tokens='</pre><script>alert(4)</script>'".to_owned()];
    let fails = read("h.toml", "h", HOSTILE, &LoadOptions { overrides, ..LoadOptions::default() }, DataFiles::none());
    assert!(fails.scenario.is_none(), "markup is no quantity");
    report(read("h.toml", "h", HOSTILE, &LoadOptions::default(), DataFiles::none()), 1024, 2)
}

/// Checks that every element is closed in its turn, and gives the text between the tags, entities resolved.
fn well_formed(page: &str) -> String {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a document type");
    let (mut open, mut text) = (Vec::<String>::new(), String::new());
    while let Some(start) = rest.find('<') {
        text += &rest[..start];
        let end = start + rest[start..].find('>').expect("a tag that ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let name: String = tag.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        assert!(!name.is_empty() && !tag.contains('<'), "<{tag}>");
        assert_eq!(tag.matches('"').count() % 2, 0, "<{tag}>");
        match tag {
            _ if tag.starts_with('/') => assert_eq!(open.pop().as_ref(), Some(&name), "</{name}> closes another"),
            _ if tag.ends_with('/') || ["meta", "wbr"].contains(&name.as_str()) => {}
            _ if name == "style" || name == "script" => {
                rest = rest.split_once(&format!("</{name}>")).expect("an end").1;
            }
            _ => open.push(name),
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, c)| text.replace(entity, c))
}

#[test]
fn every_page_is_well_formed_and_small() {
    for name in ["article", "small-model", "self-hosted", "drift", "portfolio"] {
        let run = of_config(name);
        assert!(run.page.len() < 2_000_000, "{name}: {} bytes", run.page.len());
        assert!(run.text.contains(run.results.scenario.title()) && run.text.contains(run.results.scenario.hash()));
    }
}

#[test]
fn a_strangers_names_stay_names() {
    let run = hostile();
    let script = run.page.matches("<script").count();
    assert_eq!((script, run.page.matches("</script").count(), run.page.matches("</title").count() > 0), (1, 1, true));
    for forbidden in ["<img", "<i>", "<svg onload", "' onmouseover", "</pre><"] {
        assert!(!run.page.contains(forbidden), "{forbidden}");
    }
    for option in &run.results.model.options {
        assert!(run.text.contains(&option.name), "{} is missing", option.name);
    }
    // No attribute is one that runs something: names of attributes are what is not in quotes.
    for tag in run.page.split('<').skip(1).filter_map(|t| t.split('>').next()) {
        let names: String = tag.split('"').step_by(2).collect();
        assert!(!tag.contains('"') || !names.contains(" on"), "<{tag}>");
    }
    assert!(run.text.contains("# </pre><script>alert('comment')</script>"), "the scenario is shown as it is");
}

#[test]
fn nothing_is_loaded_and_a_policy_forbids_it() {
    for run in [hostile(), of_config("article")] {
        assert!(!run.page.contains("http:") && !run.page.contains("https:") && !run.page.contains("url("));
        for loading in [" src=", "<link", "@import", "<iframe", "<object", "<base", "<form"] {
            let own = run.page.replace("&lt;img src=", "");
            assert!(!own.contains(loading), "{loading}");
        }
        let links = run.page.split(" href=\"").skip(1);
        assert!(links.into_iter().all(|link| link.starts_with('#')));
        let policy = "content=\"default-src &#39;none&#39;; style-src &#39;sha256-";
        assert!(run.page.contains(policy));
    }
}

#[test]
fn ids_are_unique_and_every_link_leads_somewhere() {
    let page = of_config("small-model").page;
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for link in page.split(" href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(&link), "#{link}");
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

/// An estimate of `run.json` as the page and the screen print amounts.
fn printed(currency: &str, estimate: &Value) -> Option<String> {
    let value = estimate["value"].as_f64()?;
    Some(money(currency, Estimate { value, std_error: estimate["std_error"].as_f64(), freedom: 15.0 }))
}

#[test]
fn the_page_holds_every_headline_figure() {
    for name in ["article", "small-model", "portfolio"] {
        let run = of_config(name);
        let figures = json(&run.results);
        let currency = &run.results.scenario.currency();
        let options = figures["options"].as_array().unwrap().iter();
        let keys = ["total", "total_p5", "total_p95"];
        let totals: Vec<&Value> = options.flat_map(|o| keys.map(|k| &o[k])).collect();
        let challengers = figures["challengers"].as_array().unwrap().iter();
        let savings: Vec<&Value> =
            challengers.flat_map(|c| ["saving", "saving_p5", "saving_p95"].map(|k| &c[k])).collect();
        let margin = [&figures["verdict"]["margin"]];
        for estimate in totals.into_iter().chain(savings).chain(margin) {
            let amount = printed(currency, estimate).expect("a figure");
            assert!(run.text.contains(&amount), "{name}: {amount}");
        }
        // And whatever else the terminal prints: names give way there, figures do not.
        // The scales of its sketches are the terminal's own.
        let sketches = ["Total cost", "Cost per task", "Lasting break-even by month"];
        let said = summary(&run.results);
        let lines = said.lines().filter(|line| !sketches.iter().any(|sketch| line.starts_with(sketch)));
        let words = lines.collect::<Vec<_>>().join("\n");
        for word in words.split_whitespace().filter(|w| w.contains(|c: char| c.is_ascii_digit()) && !w.contains('…'))
        {
            let figure = word.trim_matches(['(', ')', ',', '.', ';', ':']);
            assert!(run.text.contains(figure), "{name}: {figure}");
        }
    }
}

#[test]
fn all_charts_of_the_run_are_inline() {
    for name in ["article", "small-model"] {
        let run = of_config(name);
        let drawn = charts(&run.results, ChartStyle { format: ImageFormat::Svg, theme: Theme::Light });
        assert_eq!(run.page.matches("<svg").count(), drawn.len());
        for (file, chart) in drawn {
            let svg = String::from_utf8(chart.unwrap()).unwrap();
            let body = svg.split_once("<title>").unwrap().1;
            assert!(run.page.contains(body), "{name}: {file}");
        }
    }
}

#[test]
fn threads_do_not_matter() {
    let page = |threads| report(load(&config("small-model"), &LoadOptions::default()), 1 << 13, threads).page;
    assert!(page(1) == page(3));
}

#[test]
fn the_command_to_repeat_it_names_all_that_was_changed() {
    let overrides = vec!["workload.input_tokens=1k to 2k".to_owned()];
    let options = LoadOptions { overrides, ..LoadOptions::default() };
    let run = report(read("h.toml", "h", HOSTILE, &options, DataFiles::none()), 2048, 2);
    let command = "breakeven run scenario.toml --trials 2048 --sampler sobol --seed 1 \
                   --set 'workload.input_tokens=1k to 2k' --report";
    assert!(run.text.contains(command));
}

#[test]
fn the_flag_writes_the_page_and_a_run_without_it_takes_it_away() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("h.toml"), HOSTILE).unwrap();
    let breakeven = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_breakeven"));
        command.current_dir(folder.path()).args(["run", "h.toml", "--quiet", "--no-charts", "--out", "o"]);
        command.args(args).assert().success();
    };
    let page = folder.path().join("o/report.html");
    breakeven(&["--report", "--threads", "1"]);
    let first = fs::read(&page).unwrap();
    breakeven(&["--report", "--threads", "2"]);
    assert!(first == fs::read(&page).unwrap());
    breakeven(&[]);
    assert!(!page.exists());
}
