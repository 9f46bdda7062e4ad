//! A progress bar on standard error, where that is a terminal.

use std::time::Duration;

use breakeven::engine::Progress;
use breakeven::report;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar for so many trials; hidden when quiet, and by itself when standard error is not a terminal.
pub fn bar(trials: u64, quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
    let bar = ProgressBar::with_draw_target(Some(trials), target);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {human_pos} of {human_len} trials, {eta} left{msg}") {
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
