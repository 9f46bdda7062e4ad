//! The files of mistakes, `tests/errors/TOPIC.cases`: how a scenario goes wrong, what is said about it, what mends it.
//!
//! ```text
//! === dist-normal-sd: A negative standard deviation.
//! ~ requests_per_month = "normal(100k, -5k)"
//! mend: -5k ==> 5k
//!
//! error: sd must not be negative, is -5000
//!  --> bad.toml:5:36
//! (and so on, as it is printed)
//! ```
//!
//! The lines below a heading change `base.toml`; an empty line ends them, and the message follows.
//!
//! - `~ KEY = …` takes the place of the one line with that key.
//! - `+ …` is added at the end.
//! - Elsewhere, as in a diff: `- …` is taken away, `+ …` is added, and a line after two spaces stays as it is, to say where.
//!   Between changes in two places stands `...`.
//! - `base: FILE` changes another file of the folder, `base: nothing` an empty one.
//! - `mend: OLD ==> NEW` follows the advice: OLD stands once in the scenario, `\n` in NEW is the end of a line, and what
//!   all mends make of the scenario passes without a word. What has none is not mended by replacing a text.
//!
//! `BLESS=1 cargo test --test it errors` writes the messages anew: read them before keeping them.

use std::fs;
use std::path::{Path, PathBuf};

/// A mistake.
pub struct Case {
    /// What it is called, as no other case is.
    pub name: String,
    /// The lines from the heading to the empty one, as they stand in the file.
    head: String,
    /// What is said about it.
    pub message: String,
}

/// A file of mistakes.
pub struct Topic {
    path: PathBuf,
    /// What stands above the first case.
    about: String,
    /// The cases in their order.
    pub cases: Vec<Case>,
}

/// Where the files are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors")
}

/// All files of mistakes.
pub fn topics() -> Vec<Topic> {
    let entries = fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path());
    let mut paths: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "cases")).collect();
    paths.sort();
    paths.into_iter().map(Topic::read).collect()
}

/// All mistakes.
pub fn all() -> Vec<Case> {
    topics().into_iter().flat_map(|topic| topic.cases).collect()
}

/// The scenario of one mistake.
pub fn text_of(name: &str) -> String {
    all().iter().find(|case| case.name == name).unwrap_or_else(|| panic!("no case {name}")).text()
}

impl Topic {
    /// What a file holds, every line of it: `write` would lose what is not understood.
    fn read(path: PathBuf) -> Topic {
        let text = fs::read_to_string(&path).unwrap();
        let mut sections = text.split("\n=== ");
        let about = sections.next().unwrap().to_owned();
        let cases: Vec<Case> = sections.map(Case::read).collect();
        let headings = text.lines().filter(|line| line.starts_with("==")).count();
        assert_eq!(headings, cases.len(), "{}: a heading is `=== NAME: …`, the first after a line", path.display());
        Topic { path, about, cases }
    }

    /// Writes the file anew, for its messages, in one go: other tests may be reading it.
    pub fn write(&self) {
        let cases = self.cases.iter().map(|case| format!("\n=== {}\n\n{}\n", case.head, case.message));
        let new = self.path.with_extension("new");
        fs::write(&new, self.about.clone() + &cases.collect::<String>()).unwrap();
        fs::rename(new, &self.path).unwrap();
    }
}

impl Case {
    /// A case from its heading on.
    fn read(section: &str) -> Case {
        let (head, message) = section.split_once("\n\n").unwrap_or((section.trim_end(), ""));
        let (name, _) = head.split_once(": ").unwrap_or_else(|| panic!("=== NAME: What is wrong.\nnot {head}"));
        let message = message.trim_end().to_owned();
        assert!(message.is_empty() || message.starts_with("error"), "{name}: after an empty line stands the message");
        Case { name: name.to_owned(), head: head.to_owned(), message }
    }

    /// What stands behind a word at the start of lines.
    fn after(&self, word: &str) -> impl Iterator<Item = &str> {
        self.head.lines().skip(1).filter_map(move |line| line.strip_prefix(word))
    }

    /// The scenario with the mistake.
    pub fn text(&self) -> String {
        let base = match self.after("base: ").next().unwrap_or("base.toml") {
            "nothing" => String::new(),
            file => fs::read_to_string(folder().join(file)).unwrap(),
        };
        let is_change = |line: &&str| !line.starts_with("base: ") && !line.starts_with("mend: ");
        let changes: Vec<&str> = self.head.lines().skip(1).filter(is_change).collect();
        let hunks = changes.chunk_by(|a, b| ![a, b].iter().any(|line| line.starts_with(['~', '.'])));
        hunks.fold(base, |text, hunk| self.changed(&text, hunk))
    }

    /// A text with lines that belong together changed.
    fn changed(&self, text: &str, hunk: &[&str]) -> String {
        let (mut old, mut new) = (String::new(), String::new());
        for line in hunk {
            let content = line.get(2..).unwrap_or("").to_owned() + "\n";
            match line.get(..2).unwrap_or(line) {
                "~ " => (old, new) = (line_of(text, &content), content),
                "- " | "-" => old += &content,
                "+ " | "+" => new += &content,
                "  " => (old, new) = (old + &content, new + &content),
                ".." => return text.to_owned(),
                _ => panic!("{}: {line}", self.name),
            }
        }
        if old.is_empty() {
            return text.to_owned() + &new;
        }
        self.replaced(&format!("\n{text}"), &format!("\n{old}"), &format!("\n{new}"))[1..].to_owned()
    }

    /// The scenario mended, if there is a mend.
    pub fn mended(&self) -> Option<String> {
        let mend = |text: String, mend: &str| {
            let (old, new) = mend.split_once(" ==>").unwrap_or_else(|| panic!("{}: {mend}", self.name));
            self.replaced(&text, old, &new.strip_prefix(' ').unwrap_or(new).replace("\\n", "\n"))
        };
        self.after("mend: ").next()?;
        Some(self.after("mend: ").fold(self.text(), mend))
    }

    /// A text with a part of it replaced that must stand in it once.
    fn replaced(&self, text: &str, old: &str, new: &str) -> String {
        assert_eq!(text.matches(old).count(), 1, "{}: {old:?} must stand once in\n{text}", self.name);
        text.replace(old, new)
    }
}

/// The line of a text with the key of another line.
fn line_of(text: &str, other: &str) -> String {
    let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
    let lines: Vec<&str> = text.split_inclusive('\n').filter(|line| key(line) == key(other)).collect();
    assert_eq!(lines.len(), 1, "~ {other}must have the key of one line in\n{text}");
    lines[0].to_owned()
}
