//! Time to accuracy: how long a run takes, and how far its figures are off, for more and more trials.
//!
//! `cargo bench --bench accuracy [-- PEER.csv]` prints a table and draws `benches/accuracy.svg`. A peer's file has a row
//! for each run, as `benches/peers/article_numpy.py --rows` prints them: trials, seconds, mean, p95, p_cheaper.

mod support {
    pub mod loglog;
    pub mod scenario;
}

use breakeven::engine::{Metric, MonthlyCurve, Percentile, Stat};
use breakeven::scenario::Scenario;
use support::loglog::{Line, Panel, draw};
use support::scenario::{config, timed};

/// Where P(cheaper) of the article's own numbers is practically 0, here it is about 22 %.
const CONTESTED: [&str; 3] = [
    "workload.requests_per_month=lognormal(mean=500k, sd=125k)",
    "Fine-tuning.inference.input_price=0.5",
    "Fine-tuning.inference.output_price=1.5",
];
/// Runs of each size, under different seeds.
const SEEDS: u64 = 24;
/// Sizes, as powers of two.
const SIZES: [u32; 8] = [12, 14, 16, 18, 20, 22, 24, 26];
/// What stands for the truth: so many runs of so many trials, a power of two.
const TRUTH: (u64, u32) = (8, 28);
/// What is estimated: a mean and a percentile of the article's fine-tuning total, and the contested probability.
const FIGURES: [&str; 3] = ["mean total", "95th percentile", "P(cheaper)"];

/// One run.
struct Run {
    trials: u64,
    seconds: f64,
    figures: [f64; 3],
}

/// All runs of one size.
struct Size {
    trials: u64,
    /// The median.
    seconds: f64,
    /// Root mean square errors, relative to the truth.
    errors: [f64; 3],
}

fn once([article, contested]: &[Scenario; 2], trials: u64, seed: u64) -> Run {
    let (results, seconds) = timed(article, trials, seed, None);
    let total = |stat| results.metric(1, Metric::Total, stat).expect("a total").value;
    let p_cheaper = timed(contested, trials, seed, None).0.curve(1, MonthlyCurve::Cheaper, 24).expect("a share").value;
    Run { trials, seconds, figures: [total(Stat::Mean), total(Stat::Quantile(Percentile::P95)), p_cheaper] }
}

fn truth(scenarios: &[Scenario; 2]) -> [f64; 3] {
    let (runs, size) = TRUTH;
    let runs: Vec<Run> = (0..runs).map(|seed| once(scenarios, 1 << size, 1_000_000 + seed)).collect();
    std::array::from_fn(|k| runs.iter().map(|run| run.figures[k]).sum::<f64>() / runs.len() as f64)
}

fn by_size(runs: &[Run], truth: [f64; 3]) -> Vec<Size> {
    runs.chunk_by(|a, b| a.trials == b.trials)
        .map(|runs| {
            let mut seconds: Vec<f64> = runs.iter().map(|run| run.seconds).collect();
            seconds.sort_by(f64::total_cmp);
            let square = |k: usize| runs.iter().map(|run| (run.figures[k] / truth[k] - 1.0).powi(2)).sum::<f64>();
            let errors = std::array::from_fn(|k| (square(k) / runs.len() as f64).sqrt());
            Size { trials: runs[0].trials, seconds: seconds[runs.len() / 2], errors }
        })
        .collect()
}

/// The runs of a peer's file.
fn read(text: &str) -> Vec<Run> {
    let row = |line: &str| {
        let numbers: Vec<f64> = line.split(',').map(|n| n.trim().parse().expect("a number")).collect();
        let [trials, seconds, figures @ ..] = &numbers[..] else { panic!("too few columns: {line}") };
        Run { trials: *trials as u64, seconds: *seconds, figures: figures.try_into().expect("three figures") }
    };
    text.lines().skip(1).map(row).collect()
}

/// The peer's error and time at any size: independent trials err by √n, and its time grows with them. Pooled over sizes.
fn peer_law(peer: &[Size], k: usize) -> (f64, f64) {
    let n = peer.len() as f64;
    let error = peer.iter().map(|s| s.errors[k] * (s.trials as f64).sqrt()).sum::<f64>() / n;
    let last = peer.last().expect("a size");
    (error, last.seconds / last.trials as f64)
}

fn print(ours: &[Size], peer: &[Size]) {
    println!("\n| trials | seconds | relative error of {} | {} | {} |", FIGURES[0], FIGURES[1], FIGURES[2]);
    println!("|---|---|---|---|---|");
    for size in ours.iter().chain(peer) {
        let [a, b, c] = size.errors;
        println!("| {} | {:.4} | {a:.1e} | {b:.1e} | {c:.1e} |", size.trials, size.seconds);
    }
    if peer.is_empty() {
        return;
    }
    println!(
        "\nTimes as fast as the peer to the error that a run of each size has (the peer's time by the law of √n):"
    );
    println!("| trials | {} | {} | {} |\n|---|---|---|---|", FIGURES[0], FIGURES[1], FIGURES[2]);
    for size in ours {
        let [a, b, c] = std::array::from_fn(|k| {
            let (error, each) = peer_law(peer, k);
            (error / size.errors[k]).powi(2) * each / size.seconds
        });
        println!("| {} | {a:.0} | {b:.0} | {c:.0} |", size.trials);
    }
}

fn panel(k: usize, ours: &[Size], peer: &[Size]) -> Panel {
    let points = |sizes: &[Size]| sizes.iter().map(|s| (s.seconds, s.errors[k])).collect();
    let line = |name: &str, measured, colour, points| Line { name: name.to_owned(), measured, colour, points };
    let mut lines = vec![line("breakeven", true, 0, points(ours))];
    if let (Some(from), Some(end)) = (peer.last(), ours.last()) {
        let (error, each) = peer_law(peer, k);
        // To the time of our longest run and as far again as it takes to see the slope.
        let until = (100.0 * end.seconds).max(10.0 * from.seconds);
        let law = |seconds: f64| (seconds, error / (seconds / each).sqrt());
        lines.push(line("numpy", true, 1, points(peer)));
        lines.push(line("numpy, by √n", false, 1, vec![law(from.seconds), law(until)]));
    }
    Panel { title: FIGURES[k].to_owned(), x: "seconds", y: "relative error (RMS)", lines }
}

fn main() {
    let scenarios = [config("article", &[]), config("article", &CONTESTED)];
    if std::env::args().any(|a| a == "--test") {
        // Only asked whether it works.
        once(&scenarios, 1 << 12, 1);
        return;
    }
    let truth = truth(&scenarios);
    println!("truth: {} {:.4}, {} {:.3}, {} {:.7}", FIGURES[0], truth[0], FIGURES[1], truth[1], FIGURES[2], truth[2]);
    let runs = SIZES.iter().flat_map(|size| (1..=SEEDS).map(move |seed| (1 << size, seed)));
    let runs = runs.map(|(trials, seed)| once(&scenarios, trials, seed));
    let ours = by_size(&runs.collect::<Vec<_>>(), truth);
    let file = std::env::args().skip(1).find(|a| a.ends_with(".csv"));
    let peer = file.map(|path| read(&std::fs::read_to_string(path).expect("the peer's file"))).unwrap_or_default();
    let peer = by_size(&peer, truth);
    print(&ours, &peer);
    let panels: Vec<Panel> = (0..3).map(|k| panel(k, &ours, &peer)).collect();
    let picture = draw("Error against time, the article's scenario", &panels);
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/accuracy.svg"), picture).expect("a writable folder");
}
