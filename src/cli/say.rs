//! All that is written to the screen.

use std::io::{ErrorKind, Write};

use breakeven::diagnostic::{Diagnostic, Severity, Sources, clean, render};
use clap::builder::styling::{AnsiColor, Style};

use super::{Stop, colour};

/// Writes to standard output. A reader that has gone is no error.
pub fn out(text: &str) -> Result<(), Stop> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    written.map_err(|e| match e.kind() {
        ErrorKind::BrokenPipe => Stop::ClosedPipe,
        _ => Stop::Failed(format!("cannot write to standard output: {e}")),
    })
}

/// Writes findings to standard error.
pub fn diagnostics(findings: &[Diagnostic], sources: &Sources) {
    note(&render(findings, sources, colour::style(&std::io::stderr())));
}

/// Writes errors that end nothing to standard error.
pub fn as_warnings(findings: &[Diagnostic], sources: &Sources) {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let warnings = errors.map(|finding| Diagnostic { severity: Severity::Warning, ..finding.clone() });
    diagnostics(&warnings.collect::<Vec<_>>(), sources);
}

/// Hints, which are part of an answer and go to standard output; empty where there are none.
pub fn hints(findings: &[Diagnostic], sources: &Sources) -> String {
    let text = render(findings, sources, colour::style(&std::io::stdout()));
    if findings.is_empty() { String::new() } else { format!("\nWorth a second look:\n\n{}\n", text.trim_end()) }
}

/// Writes an error to standard error.
pub fn error(message: &str) {
    titled("error", AnsiColor::BrightRed, message);
}

/// Writes a warning to standard error.
pub fn warning(message: &str) {
    titled("warning", AnsiColor::Yellow, message);
}

/// Writes to standard error what somebody may want to know.
pub fn remark(message: &str) {
    titled("note", AnsiColor::BrightBlue, message);
}

fn titled(title: &str, colour: AnsiColor, message: &str) {
    let style = Style::new().fg_color(Some(colour.into())).bold();
    let lines: Vec<String> = message.lines().map(clean).collect();
    note(&format!("{style}{title}{style:#}: {}\n", lines.join("\n")));
}

/// Writes to standard error, without its colours where there are to be none; where it is closed there is nobody to tell.
fn note(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}
