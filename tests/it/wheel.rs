//! The wheel, made of the release that Cargo built: what is in it, and that it brings a fresh environment to a first chart.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::Command as Checked;
use zip::ZipArchive;

use crate::common::program::names;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is needed beside Rust, and shows by its exit code whether it is here.
const NEEDED: [(&str, &[&str]); 2] = [("maturin", &["--version"]), ("python3", &["-c", "import venv, ensurepip"])];

/// What is needed and not here.
fn missing() -> Vec<&'static str> {
    let works = |(program, arguments): &(&str, &[&str])| {
        Command::new(program).args(*arguments).output().is_ok_and(|output| output.status.success())
    };
    NEEDED.iter().filter(|needed| !works(needed)).map(|(program, _)| *program).collect()
}

/// Where Cargo puts what it builds: above the folder of the profile of these tests.
fn target() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_breakeven")).ancestors().nth(2).unwrap()
}

/// The one wheel that maturin puts into a folder.
fn built(folder: &Path) -> PathBuf {
    Checked::new("maturin")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("CARGO_TARGET_DIR", target())
        .args(["build", "--release", "--locked", "--offline", "--out"])
        .arg(folder)
        .assert()
        .success();
    let [wheel] = &names(folder)[..] else { panic!("not one wheel: {:?}", names(folder)) };
    folder.join(wheel)
}

/// The program and what packages must say of themselves; no Python, nothing of the repository.
fn assert_holds_the_program_only(wheel: &Path) {
    let mut archive = ZipArchive::new(File::open(wheel).unwrap()).unwrap();
    let program = format!("breakeven-{VERSION}.data/scripts/breakeven{}", std::env::consts::EXE_SUFFIX);
    let about = format!("breakeven-{VERSION}.dist-info/");
    let mut held: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    held.sort();
    let told = ["METADATA", "RECORD", "WHEEL", "licenses/LICENSE"].map(|name| format!("{about}{name}"));
    assert_eq!(held, [&[program], &told[..]].concat());
    let metadata = std::io::read_to_string(archive.by_name(&format!("{about}METADATA")).unwrap()).unwrap();
    for line in [format!("Version: {VERSION}"), "License-Expression: MIT OR Apache-2.0".to_owned()] {
        assert!(metadata.lines().any(|l| l == line), "{line}\n{metadata}");
    }
}

/// The program that pip puts into an environment that holds nothing else, from the wheel and without a network.
fn installed(wheel: &Path, environment: &Path) -> PathBuf {
    Checked::new("python3").args(["-m", "venv"]).arg(environment).assert().success();
    let programs = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let install = ["-m", "pip", "install", "--quiet", "--no-index"];
    Checked::new(programs.join("python")).args(install).arg(wheel).assert().success();
    programs.join(format!("breakeven{}", std::env::consts::EXE_SUFFIX))
}

#[test]
#[ignore = "builds a release if there is none; .ci/run, which has one, runs this"]
fn from_the_wheel_to_a_first_chart() {
    let missing = missing();
    if !missing.is_empty() {
        eprintln!("skipped: without {} there is no wheel", missing.join(" and "));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let wheel = built(&folder.path().join("wheels"));
    assert_holds_the_program_only(&wheel);
    let program = installed(&wheel, &folder.path().join("environment"));
    let breakeven = |arguments: &[&str]| Checked::new(&program).current_dir(&folder).args(arguments).assert().success();
    breakeven(&["--version"]).stdout(format!("breakeven {VERSION}\n"));
    breakeven(&["init"]);
    breakeven(&["run", "scenario.toml"]);
    let chart = fs::read(folder.path().join("outputs/scenario/verdict.png")).unwrap();
    assert!(chart.starts_with(b"\x89PNG"));
}
