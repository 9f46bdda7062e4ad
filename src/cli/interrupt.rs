//! Ctrl-C and SIGTERM: the first ends a command at its next block of trials, a second Ctrl-C at once. Schedulers and `timeout`
//! send the one SIGTERM that they mean more than once.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use breakeven::files::FileError;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// What a shell adds to the number of a signal.
const BASE: i32 = 128;

struct Signals {
    stop: Arc<AtomicBool>,
    /// Whether the next signal ends the program at once.
    last: Arc<AtomicBool>,
    number: Arc<AtomicUsize>,
}

static SIGNALS: LazyLock<Signals> = LazyLock::new(Signals::listen);

impl Signals {
    /// Where the system refuses, signals do what they always do.
    fn listen() -> Signals {
        let signals = Signals { stop: Arc::default(), last: Arc::default(), number: Arc::default() };
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds nothing set, and sets it.
            let second = flag::register_conditional_shutdown(signal, BASE + signal, Arc::clone(&signals.last));
            let number = flag::register_usize(signal, Arc::clone(&signals.number), signal as usize);
            let first = flag::register(signal, Arc::clone(&signals.stop));
            let last = (signal == SIGINT).then(|| flag::register(signal, Arc::clone(&signals.last)));
            let _ = (second, number, first, last);
        }
        signals
    }
}

/// Set once a command shall end. Listening begins with the first call: commands that are over in a moment, or wait for
/// whoever reads their output, do without.
pub fn stop() -> &'static AtomicBool {
    &SIGNALS.stop
}

/// The exit code of a command that was ended.
pub fn code() -> u8 {
    u8::try_from(BASE as usize + SIGNALS.number.load(Ordering::Relaxed)).unwrap_or(1)
}

/// For waits: gives up once the command shall end.
pub fn wait() -> Result<(), FileError> {
    if stop().load(Ordering::Relaxed) { Err(FileError::Interrupted) } else { Ok(()) }
}

/// Whether a signal ends the command at once: when its results are in place, only words are left.
pub fn ends_at_once(at_once: bool) {
    SIGNALS.last.store(at_once, Ordering::Relaxed);
}
