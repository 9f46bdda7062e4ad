//! Files that are no scenarios or no data, and names and texts that only pretend to be harmless.

use std::fs;

use super::{DOTTED, GOOD, breakeven, refused, says_where_and_what, stderr, with_good};

#[test]
fn several_files_are_all_checked() {
    let folder = with_good(GOOD);
    fs::write(folder.path().join("bad.toml"), GOOD.replace("= 800", "= -800")).unwrap();
    fs::write(folder.path().join("worse.toml"), GOOD.replace("= 150", "= \"150K\"")).unwrap();
    let output = breakeven(folder.path(), &["check", "bad.toml", "good.toml", "worse.toml"]);
    assert_eq!(output.status.code(), Some(2));
    let message = stderr(&output);
    assert!(message.contains("bad.toml:6:16") && message.contains("worse.toml:7:18"), "{message}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Fine-tuned"));
}

#[test]
fn files_that_cannot_be_scenarios() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("folder.toml")).unwrap();
    write("latin-1.toml", b"title = \"M\xe4rz\"\n");
    write("utf-16.toml", b"\xff\xfet\0i\0t\0l\0e\0");
    write("nul.toml", b"title = \"a\0b\"\n");
    write("picture.toml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    write("empty.toml", b"");
    write("blank.toml", b"\n\n  \n");
    for (file, part) in [
        ("missing.toml", "there is no such file"),
        ("nowhere/missing.toml", "there is no such file"),
        ("folder.toml", "not a regular file"),
        ("latin-1.toml", "not UTF-8"),
        ("utf-16.toml", "not UTF-8"),
        ("nul.toml", "invalid basic string"),
        ("picture.toml", "not UTF-8"),
        ("empty.toml", "simulation.horizon_months"),
        ("blank.toml", "simulation.horizon_months"),
    ] {
        let message = refused(file, &breakeven(folder.path(), &["check", file]));
        assert!(message.contains(part), "{file}: {message}");
        assert!(message.contains("= help: "), "{file}: {message}");
        let place = message.contains(&format!("--> {file}:1:")) || message.starts_with(&format!("error: {file}: "));
        assert!(place, "{file}: {message}");
        let run = breakeven(folder.path(), &["run", file, "--out", "out"]);
        assert_eq!(refused(file, &run), message);
        assert!(!folder.path().join("out").exists() && !folder.path().join("outputs").exists());
    }
}

#[test]
fn a_byte_order_mark_is_no_mistake_and_moves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.toml"), format!("\u{feff}{GOOD}")).unwrap();
    assert!(breakeven(folder.path(), &["check", "good.toml"]).status.success());
    fs::write(folder.path().join("bad.toml"), format!("\u{feff}titel = 3\n{GOOD}")).unwrap();
    let message = refused("bad.toml", &breakeven(folder.path(), &["check", "bad.toml"]));
    assert!(message.contains("--> bad.toml:1:1\n"), "{message}");
}

#[test]
fn texts_cannot_forge_lines_of_a_message() {
    let folder = tempfile::tempdir().unwrap();
    let correlation = "[[correlation]]\ninputs = [\"a\\nerror: forged\", \"salary\"]\nrank = 0.1\n";
    for text in [format!("\"a\\nerror: forged\" = 1\n{DOTTED}"), format!("{DOTTED}{correlation}")] {
        fs::write(folder.path().join("bad.toml"), text).unwrap();
        let message = refused("bad.toml", &breakeven(folder.path(), &["check", "bad.toml"]));
        assert!(message.lines().all(|l| !l.trim_start().starts_with("error: forged")), "{message}");
    }
}

#[test]
fn file_names_cannot_paint_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1b}[31m\u{202e}b.toml";
    fs::write(folder.path().join(name), GOOD.replace("= 800", "= -800")).unwrap();
    refused(name, &breakeven(folder.path(), &["check", name]));
    fs::write(folder.path().join(name), GOOD).unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let into_file = ["run", name, "--no-charts", "--out", "file/\u{1b}[31m"];
    for arguments in [&["check", name][..], &["run", name, "--no-charts"], &into_file] {
        let output = breakeven(folder.path(), arguments);
        let text = stderr(&output) + &String::from_utf8_lossy(&output.stdout);
        assert_eq!(text.chars().find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}'), None, "{text:?}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_links_are_no_data_files() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("inside");
    fs::create_dir(&folder).unwrap();
    fs::write(root.path().join("secret.csv"), "a\n1\n2\n").unwrap();
    std::os::unix::fs::symlink("../secret.csv", folder.join("link.csv")).unwrap();
    std::os::unix::fs::symlink("loop.csv", folder.join("loop.csv")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe.csv")).status().unwrap().success());
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe.toml")).status().unwrap().success());
    for (file, part) in [
        ("pipe.csv", "not a regular file"),
        ("link.csv", "lies outside the scenario's folder"),
        ("../secret.csv", "lies outside the scenario's folder"),
        ("/dev/zero", "lies outside the scenario's folder"),
        ("loop.csv", "cannot read"),
        ("link.csv/x", "cannot read"),
        ("", "not the name of a file"),
    ] {
        let text = GOOD.replace("= 800", &format!("= \"mean_of('{file}', 'a')\""));
        fs::write(folder.join("bad.toml"), text).unwrap();
        let message = refused(file, &breakeven(&folder, &["check", "bad.toml"]));
        says_where_and_what(file, &message, "bad.toml");
        assert!(message.contains(part), "{file}: {message}");
    }
    let message = refused("pipe.toml", &breakeven(&folder, &["check", "pipe.toml"]));
    assert!(message.contains("not a regular file"), "{message}");
    // Even where files outside are allowed, what never ends is not read.
    fs::write(folder.join("bad.toml"), GOOD.replace("= 800", "= \"mean_of('/dev/zero', 'a')\"")).unwrap();
    let message = refused("/dev/zero", &breakeven(&folder, &["check", "bad.toml", "--allow-data-outside"]));
    assert!(message.contains("not a regular file"), "{message}");
    fs::write(folder.join("good.toml"), GOOD.replace("= 800", "= \"mean_of('../secret.csv', 'a')\"")).unwrap();
    assert!(breakeven(&folder, &["check", "good.toml", "--allow-data-outside"]).status.success());
}
