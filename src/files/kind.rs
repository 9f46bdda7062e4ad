//! The kinds of commands that keep a manifest.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A kind of command; results of different kinds share a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandKind {
    /// `breakeven run`.
    Run,
    /// `breakeven sensitivity`.
    Sensitivity,
    /// `breakeven sweep`.
    Sweep,
    /// `breakeven compare`.
    Compare,
    /// `breakeven pilot`.
    Pilot,
    /// `breakeven solve`.
    Solve,
    /// `breakeven actuals`.
    Actuals,
}

impl CommandKind {
    /// All of them.
    pub const ALL: [CommandKind; 7] = [
        CommandKind::Run,
        CommandKind::Sensitivity,
        CommandKind::Sweep,
        CommandKind::Solve,
        CommandKind::Compare,
        CommandKind::Pilot,
        CommandKind::Actuals,
    ];

    /// The command's name.
    pub fn word(self) -> &'static str {
        match self {
            CommandKind::Run => "run",
            CommandKind::Sensitivity => "sensitivity",
            CommandKind::Sweep => "sweep",
            CommandKind::Compare => "compare",
            CommandKind::Pilot => "pilot",
            CommandKind::Solve => "solve",
            CommandKind::Actuals => "actuals",
        }
    }

    /// The file of its manifest.
    pub fn manifest(self) -> &'static str {
        match self {
            CommandKind::Run => "run.json",
            CommandKind::Sensitivity => "sensitivity.json",
            CommandKind::Sweep => "sweep.json",
            CommandKind::Compare => "compare.json",
            CommandKind::Pilot => "pilot.json",
            CommandKind::Solve => "solve.json",
            CommandKind::Actuals => "actuals.json",
        }
    }

    /// Whether a folder holds results of a version whose studies kept no manifest: they are known by the header of a
    /// table.
    pub fn is_without_manifest(self, folder: &Path) -> bool {
        let header = |name: &str| {
            let mut header = [0; 200];
            let file = File::open(folder.join(name)).ok().filter(|file| file.metadata().is_ok_and(|m| m.is_file()));
            let n = file.and_then(|mut file| file.read(&mut header).ok()).unwrap_or(0);
            String::from_utf8_lossy(&header[..n]).replace(';', ",")
        };
        match self {
            CommandKind::Run
            | CommandKind::Solve
            | CommandKind::Compare
            | CommandKind::Pilot
            | CommandKind::Actuals => false,
            CommandKind::Sensitivity => {
                header("tornado.csv").trim_start_matches('\u{feff}').starts_with("outcome,input,low,high,outcome_low,")
            }
            CommandKind::Sweep => header("sweep.csv").contains(".mean_total,"),
        }
    }
}
