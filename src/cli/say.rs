//! All that is written to the screen.

use std::io::{ErrorKind, IsTerminal, Write};

use breakeven::diagnostic::{Diagnostic, Sources, Style, render};

use super::Stop;

/// Writes to standard output. A reader that has gone is no error.
pub fn out(text: &str) -> Result<(), Stop> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    written.map_err(|e| match e.kind() {
        ErrorKind::BrokenPipe => Stop::ClosedPipe,
        _ => Stop::Failed(format!("cannot write to standard output: {e}")),
    })
}

/// Writes findings to standard error, in colour where that is a terminal.
pub fn diagnostics(findings: &[Diagnostic], sources: &Sources) {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let style = if colour { Style::Coloured } else { Style::Plain };
    note(&render(findings, sources, style));
}

/// Writes an error to standard error.
pub fn error(message: &str) {
    let lines: Vec<String> = message.lines().map(breakeven::diagnostic::clean).collect();
    note(&format!("error: {}\n", lines.join("\n")));
}

/// Writes to standard error; where that is closed there is nobody to tell.
pub fn note(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
