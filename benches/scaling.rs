//! What a run's time grows with: trials, threads, random variables and options, months.
//!
//! `cargo bench --bench scaling` prints tables and draws `benches/scaling.svg`; with some of the words `threads`,
//! `trials`, `options` and `months` after `--` only those tables.

mod support {
    pub mod loglog;
    pub mod scenario;
}

use breakeven::scenario::Scenario;
use support::loglog::{Line, Panel, draw};
use support::scenario::{config, text, timed};

/// The best of three: what the machine does besides only adds time.
fn best(scenario: &Scenario, trials: u64, threads: Option<usize>) -> f64 {
    (0..3).map(|_| timed(scenario, trials, 1, threads).1).fold(f64::INFINITY, f64::min)
}

/// Nanoseconds per trial beyond the first 2^18, which are run in detail.
fn marginal(scenario: &Scenario, trials: u64) -> f64 {
    let detailed = 1 << 18;
    (best(scenario, trials, None) - best(scenario, detailed, None)) / (trials - detailed) as f64 * 1e9
}

/// `options` options with ten random variables each, over some months.
fn wide(options: usize, months: u32) -> Scenario {
    let mut toml = format!(
        "[simulation]\nhorizon_months = {months}\n[labour]\nhourly_rate = 100\n[workload]\n\
         requests_per_month = 100_000\ninput_tokens = 1000\noutput_tokens = 100\n"
    );
    for i in 0..options {
        toml.push_str(&format!(
            "[[option]]\nname = 'Option {i}'\ninference.input_price = 'lognormal(mean={0}, sd=1)'\n\
             inference.output_price = 'lognormal(mean={1}, sd=4)'\ninference.instruction_tokens = 'pert(100, 400, 900)'\n\
             inference.retry_rate = 'beta(2, 60)'\nsetup.hours = 'lognormal(mean=40, sd=12)'\n\
             setup.cost = 'gamma(mean=900, sd=300)'\nhosting.cost_per_month = 'uniform(10, 90)'\n\
             maintenance.hours_per_month = 'pert(1, 3, 9)'\nquality.failure_rate = 'beta(3, 200)'\n\
             quality.cost_per_failure = 'lognormal(mean=0.02, sd=0.01)'\n",
            3.0 + 0.1 * i as f64,
            15.0 - 0.1 * i as f64
        ));
    }
    text(&toml)
}

/// A row of a table for each x, with what it comes to per trial and per piece.
fn table(heading: &str, rows: &[(f64, f64)]) -> Vec<(f64, f64)> {
    println!("\n| {heading} | ns per trial | ns per trial and one of these |\n|---|---|---|");
    rows.iter().for_each(|(x, ns)| println!("| {x} | {ns:.1} | {:.3} |", ns / x));
    rows.iter().map(|(x, ns)| (*x, ns / x)).collect()
}

fn panel(title: &str, x: &'static str, y: &'static str, points: Vec<(f64, f64)>) -> Panel {
    let line = Line { name: "breakeven".to_owned(), measured: true, colour: 0, points };
    Panel { title: title.to_owned(), x, y, lines: vec![line] }
}

fn trials(article: &Scenario) -> Vec<(f64, f64)> {
    println!("\n| trials | seconds | ns per trial |\n|---|---|---|");
    (18..=30)
        .step_by(2)
        .map(|size| {
            let n = (1u64 << size) as f64;
            let seconds = if size < 28 { best(article, 1 << size, None) } else { timed(article, 1 << size, 1, None).1 };
            println!("| 2^{size} | {seconds:.3} | {:.1} |", seconds / n * 1e9);
            (n, seconds)
        })
        .collect()
}

fn threads(article: &Scenario) {
    let pairs: Vec<[f64; 2]> = (0..7).map(|_| [1, 2].map(|t| timed(article, 1 << 26, 1, Some(t)).1)).collect();
    let mut ratios: Vec<f64> = pairs.iter().map(|[one, two]| one / two).collect();
    ratios.sort_by(f64::total_cmp);
    println!("\none thread over two, 2^26 trials, {} pairs: {ratios:.3?}", ratios.len());
    let best = [0, 1].map(|k| pairs.iter().map(|pair| pair[k]).fold(f64::INFINITY, f64::min));
    println!("the best of one over the best of two: {:.3}", best[0] / best[1]);
}

fn main() {
    let article = config("article", &[]);
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    if std::env::args().any(|a| a == "--test") {
        // Only asked whether it works.
        timed(&wide(3, 12), 1 << 12, 1, None);
        return;
    }
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|a| a == part);
    let mut panels = Vec::new();
    if wanted("threads") {
        threads(&article);
    }
    if wanted("trials") {
        panels.push(panel("Time by trials", "trials", "seconds", trials(&article)));
    }
    if wanted("options") {
        let of = |n: &usize| (*n as f64, marginal(&wide(*n, 24), 1 << 21));
        let rows: Vec<(f64, f64)> = [2, 4, 8, 12, 16, 20, 30].iter().map(of).collect();
        let points = table("options of ten random variables", &rows);
        panels.push(panel("Cost of an option with ten variables", "options", "ns per trial and option", points));
    }
    if wanted("months") {
        let of = |n: &u32| {
            let overrides = format!("simulation.horizon_months={n}");
            (f64::from(*n), marginal(&config("article", &[&overrides]), 1 << 22))
        };
        let rows: Vec<(f64, f64)> = [6, 12, 24, 60, 120, 300, 600].iter().map(of).collect();
        let points = table("months", &rows);
        panels.push(panel("Cost of a month", "months", "ns per trial and month", points));
    }
    if asked.is_empty() {
        let picture = draw("What a run's time grows with, two threads", &panels);
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/scaling.svg"), picture)
            .expect("a writable folder");
    }
}
