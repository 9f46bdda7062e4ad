//! Watching a computation from outside, and ending it early.

use std::sync::atomic::{AtomicBool, Ordering};

use super::block::NotFinite;
use super::options::{Progress, RunError};
use super::pilot::not_finite;
use crate::scenario::Scenario;

/// Who is told how far a computation is, and who may end it. By default nobody.
#[derive(Clone, Copy, Default)]
pub struct Watch<'a> {
    /// Told how far it is.
    pub progress: Option<&'a (dyn Fn(Progress) + Sync)>,
    /// Ends it at the next block of trials once it is set.
    pub stop: Option<&'a AtomicBool>,
}

impl Watch<'_> {
    /// Tells how far it is.
    pub fn tell(&self, progress: Progress) {
        if let Some(tell) = self.progress {
            tell(progress);
        }
    }

    /// Whether it may go on.
    ///
    /// # Errors
    /// [`Halt::Stopped`] once it shall end.
    pub(crate) fn go_on(&self) -> Result<(), Halt> {
        let stop = self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        if stop { Err(Halt::Stopped) } else { Ok(()) }
    }
}

/// Why blocks of trials come to an end before the last one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    /// A value that is not finite.
    NotFinite(NotFinite),
    /// Somebody ended it.
    Stopped,
}

impl From<NotFinite> for Halt {
    fn from(bad: NotFinite) -> Halt {
        Halt::NotFinite(bad)
    }
}

impl Halt {
    /// What is said of it.
    pub fn failure(&self, scenario: &Scenario) -> RunError {
        match self {
            Halt::NotFinite(bad) => RunError::Scenario(not_finite(scenario, *bad)),
            Halt::Stopped => RunError::Stopped,
        }
    }
}
