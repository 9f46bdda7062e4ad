//! A progress bar on standard error, where that is a terminal.

use std::time::Duration;

use breakeven::engine::Progress;
use breakeven::report;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar for so many trials, or whatever they are called; hidden when quiet, and by itself when standard error is not a terminal.
pub fn bar(count: u64, what: &str, quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
    let bar = ProgressBar::with_draw_target(Some(count), target);
    if let Ok(style) = ProgressStyle::with_template(&format!(
        "{{wide_bar}} {{human_pos}} of {{human_len}} {what}, {{eta}} left{{msg}}"
    )) {
        bar.set_style(style);
    }
    // Runs of less than a moment need no bar; the tick draws it for those that take longer.
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

/// Moves the bar on. A look at the precision says how far it is, and how many trials come next.
pub fn show(bar: &ProgressBar, progress: Progress) {
    match progress {
        Progress::Trials(trials) => bar.inc(trials),
        Progress::Looked(reached, next) => {
            bar.set_length(next);
            let [reach, wanted] = [reached.reach, reached.asked.wanted].map(report::precise);
            bar.set_message(format!(", ± {reach} of ± {wanted}"));
        }
    }
}

/// A sign that something is under way whose length is not known.
pub fn spinner(what: &'static str, quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
    let bar = ProgressBar::with_draw_target(None, target).with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}, {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}
