//! How far a long command is, on standard error: a bar where that is a terminal, else a plain line now and then.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use breakeven::engine::Progress;
use breakeven::report;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::say;

/// From when on a bar is shown: shorter commands need none.
const FIRST: Duration = Duration::from_millis(500);
/// After how much work the whole is foretold.
const LOOK: Duration = Duration::from_secs(1);
/// From how long on that is said.
const LONG: Duration = Duration::from_secs(10);
/// Between plain lines.
const PAUSE: Duration = Duration::from_secs(10);

/// A meter of a command's work.
pub struct Meter {
    bar: ProgressBar,
    start: Instant,
    done: AtomicU64,
    /// 0 where nobody knows it.
    whole: AtomicU64,
    /// What is counted.
    what: &'static str,
    /// What the command does, for when it takes long.
    task: String,
    quiet: bool,
    is_terminal: bool,
    foretold: AtomicBool,
    last_line: Mutex<Instant>,
}

impl Meter {
    /// Of so many trials, or whatever they are called; silent when quiet.
    pub fn new(whole: u64, what: &'static str, task: String, quiet: bool) -> Meter {
        let bar = ProgressBar::with_draw_target(Some(whole), ProgressDrawTarget::hidden());
        let template = format!("{{wide_bar}} {{human_pos}} of {{human_len}} {what}, {{eta}} left{{msg}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Meter {
            bar,
            start: Instant::now(),
            done: AtomicU64::new(0),
            whole: AtomicU64::new(whole),
            what,
            task,
            quiet,
            is_terminal: std::io::stderr().is_terminal(),
            foretold: AtomicBool::new(false),
            last_line: Mutex::new(Instant::now()),
        }
    }

    /// Of what comes through a pipe, of which nobody knows how much it is.
    pub fn endless(what: &'static str) -> Meter {
        let meter = Meter::new(0, what, String::new(), false);
        meter.bar.unset_length();
        if let Ok(style) = ProgressStyle::with_template(&format!("{{spinner}} {{human_pos}} {what}")) {
            meter.bar.set_style(style);
        }
        meter
    }

    /// Moves it on. A look at the precision says how far it is, and how many trials come next.
    pub fn see(&self, progress: Progress) {
        match progress {
            Progress::Trials(trials) => self.advance(trials),
            Progress::Looked(reached, next) => {
                self.whole.store(next, Ordering::Relaxed);
                self.bar.set_length(next);
                let [reach, wanted] = [reached.reach, reached.asked.wanted].map(report::precise);
                self.bar.set_message(format!(", ± {reach} of ± {wanted}"));
            }
        }
    }

    /// So much more is done.
    pub fn advance(&self, amount: u64) {
        let done = self.done.fetch_add(amount, Ordering::Relaxed) + amount;
        if self.quiet {
            return;
        }
        let elapsed = self.start.elapsed();
        if self.is_terminal && elapsed > FIRST {
            if self.bar.is_hidden() {
                self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            }
            self.bar.set_position(done);
        }
        if elapsed > LOOK {
            self.foretell(done, elapsed);
        }
    }

    fn foretell(&self, done: u64, elapsed: Duration) {
        let whole = Some(self.whole.load(Ordering::Relaxed)).filter(|whole| *whole > 0).map(|whole| whole.max(done));
        let left = whole.map(|whole| elapsed.mul_f64((whole - done) as f64 / done as f64));
        if let Some(left) = left
            && !self.foretold.swap(true, Ordering::Relaxed)
            && left > LONG
        {
            let takes = format!("{} take about {}", self.task, duration(elapsed + left));
            self.bar.suspend(|| say::remark(&takes));
        }
        if self.is_terminal {
            return;
        }
        let mut last = self.last_line.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() > PAUSE {
            *last = Instant::now();
            let (grouped, what) = (|n: u64| report::grouped(n as f64, 0), self.what);
            say::remark(&match whole.zip(left) {
                Some((whole, left)) => {
                    format!("{} of {} {what} done, about {} left", grouped(done), grouped(whole), duration(left))
                }
                None => format!("{} {what} done", grouped(done)),
            });
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A time in words, to two digits or so.
fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        s if s < 90.0 => format!("{s:.0} s"),
        s if s < 5400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_at_a_glance() {
        let shown = [5, 89, 120, 4000, 9000].map(|s| duration(Duration::from_secs(s)));
        assert_eq!(shown, ["5 s", "89 s", "2 min", "67 min", "2.5 h"]);
    }
}
