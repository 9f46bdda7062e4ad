//! Parts of a sweep: merged they are the bytes of one command, and whatever is wrong with them is told.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::common::program::{breakeven, folder, names, program};
use crate::points::SMALL;

const TASKS: &str = "name,workload.requests_per_month,Tuned.Upkeep.amount\n\
                     a,10k,\nb,20k to 50k,100\nc,,0\nd,1M,900\ne,70k,\"lognormal(mean=300, sd=50)\"\n";

/// A folder with a scenario and a list.
fn ready() -> tempfile::TempDir {
    let folder = folder(SMALL);
    fs::write(folder.path().join("tasks.csv"), TASKS).unwrap();
    folder
}

const LIST: [&str; 5] = ["--points", "tasks.csv", "--trials=1024", "--xlsx", "--chart-format=svg"];
const GRID: [&str; 4] = ["--vary", "workload.requests_per_month=10k..1M:log:7", "--trials=1024", "--chart-format=svg"];

/// Makes the parts of a sweep.
fn parts(folder: &Path, points: &[&str], count: usize) -> Vec<String> {
    let part = |index: usize| {
        let [shard, name] = [format!("{index}/{count}"), format!("parts/{index}.part")];
        let threads = if index.is_multiple_of(2) { "--threads=1" } else { "--threads=3" };
        let arguments = [&["sweep", "small.toml", "--shard", &shard, "--partial", &name, threads], points].concat();
        breakeven(folder, &arguments).success();
        name
    };
    (1..=count).map(part).collect()
}

fn merge(folder: &Path, points: &[&str], parts: &[String], out: &str) -> assert_cmd::assert::Assert {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    breakeven(folder, &[&["merge", "small.toml", "--out", out], points, &parts[..]].concat())
}

/// Whether two folders hold the same bytes.
pub fn same(folder: &Path, one: &str, other: &str) {
    let [one, other] = [one, other].map(|name| folder.join(name));
    assert_eq!(names(&one), names(&other));
    for name in names(&one) {
        let [one, other] = [&one, &other].map(|folder| fs::read(folder.join(&name)).unwrap());
        assert!(one == other, "{name}");
    }
}

#[test]
fn parts_merge_to_the_bytes_of_one_command() {
    for points in [&LIST[..], &GRID] {
        let folder = ready();
        let whole = [&["sweep", "small.toml", "--out", "whole"], points].concat();
        let whole = breakeven(folder.path(), &whole).success().get_output().stdout.clone();
        for count in [1, 2, 3, 9] {
            let mut made = parts(folder.path(), points, count);
            made.reverse();
            let assert = merge(folder.path(), points, &made, "merged").success();
            let merged = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
            assert_eq!(merged.replace("merged", "whole"), String::from_utf8_lossy(&whole));
            same(folder.path(), "whole", "merged");
            fs::remove_dir_all(folder.path().join("merged")).unwrap();
            fs::remove_dir_all(folder.path().join("parts")).unwrap();
        }
    }
}

#[test]
fn rows_that_were_left_out_stay_so_when_parts_are_merged() {
    let folder = ready();
    fs::write(folder.path().join("tasks.csv"), TASKS.replace("20k to 50k", "-7")).unwrap();
    let points = ["--points", "tasks.csv", "--skip-bad", "--trials=1024", "--no-charts"];
    breakeven(folder.path(), &[&["sweep", "small.toml", "--out", "whole"], &points[..]].concat()).success();
    let made = parts(folder.path(), &points, 2);
    merge(folder.path(), &points, &made, "merged").success();
    same(folder.path(), "whole", "merged");
}

/// Merges what is refused; says what was said.
fn refused(folder: &Path, points: &[&str], parts: &[String]) -> String {
    let assert = merge(folder, points, parts, "o").code(1);
    assert!(!folder.join("o").exists());
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

#[test]
fn parts_that_do_not_belong_together_are_named() {
    let folder = ready();
    let at = folder.path();
    let made = parts(at, &LIST, 3);
    let [first, second, third] = [0, 1, 2].map(|k| made[k].clone());
    let all = |parts: &[&String]| parts.iter().map(|part| (*part).clone()).collect::<Vec<_>>();
    // What is given, with which the parts do not agree.
    let with = |more: &[&'static str]| [&LIST[..], more].concat();
    let said = refused(at, &with(&["--seed=4"]), &made);
    assert!(said.contains("parts/1.part is of another seed (3, not 4)") && said.contains("parts/3.part"), "{said}");
    for (more, what) in [
        (["--sampler=latin-hypercube"], "another sampler (sobol, not latin-hypercube)"),
        (["--skip-bad"], "another --skip-bad (false, not true)"),
        (["--set=API.inference.input_price=4"], "another scenario, its data or what is set over it"),
    ] {
        let said = refused(at, &with(&more), &made);
        assert!(said.contains(what), "{said}");
    }
    let trials = ["--points", "tasks.csv", "--trials=2048"];
    assert!(refused(at, &trials, &made).contains("another number of trials (1024, not 2048)"));
    let grid = ["--vary", "workload.requests_per_month=1k,2k", "--trials=1024"];
    let said = refused(at, &grid, &made);
    assert!(said.contains("another list of points, and another number of points (5, not 2)"), "{said}");
    // Parts that are missing, or there twice.
    assert!(refused(at, &LIST, &all(&[&second])).contains("2 parts are missing: 1/3, 3/3"));
    assert!(refused(at, &LIST, &all(&[&first, &second])).contains("1 part is missing: 3/3"));
    fs::copy(at.join(&second), at.join("again.part")).unwrap();
    let said = refused(at, &LIST, &all(&[&first, &second, &third, &"again.part".to_owned()]));
    assert!(
        said.contains("parts/2.part is part 2/3, as is") || said.contains("again.part is part 2/3, as is"),
        "{said}"
    );
    fs::rename(at.join("parts"), at.join("thirds")).unwrap();
    let halves = parts(at, &LIST, 2);
    let mixed = all(&[&halves[0], &"thirds/2.part".to_owned(), &"thirds/3.part".to_owned()]);
    assert!(refused(at, &LIST, &mixed).contains("thirds/2.part is part 2/3, and parts/1.part part 1/2"));
    // What is no part at all.
    fs::write(at.join("empty"), "").unwrap();
    for foreign in ["empty", "tasks.csv", "parts"] {
        assert!(refused(at, &LIST, &[foreign.to_owned()]).contains(&format!("{foreign} is no part of a sweep")));
    }
    assert!(refused(at, &LIST, &["absent".to_owned()]).contains("absent cannot be read"));
}

/// Bytes with the digest that they would end with.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let digest = Sha256::digest(&bytes);
    bytes.extend(digest);
    bytes
}

#[test]
fn every_changed_byte_and_every_cut_is_found() {
    use breakeven::diagnostic::Sources;
    use breakeven::scenario::{LoadOptions, ScenarioFile};
    use breakeven::sweep::{Part, PartError, PartHeader, PointList, Points, Shard};

    let folder = ready();
    let at = folder.path();
    let made = parts(at, &LIST, 5);
    let mut file = ScenarioFile::open(&at.join("small.toml"), &LoadOptions::default()).expect("a scenario");
    let scenario = file.read().scenario.expect("a scenario");
    let list = PointList::read("", TASKS.to_owned(), &file, &mut Sources::default()).expect("a list");
    let header = PartHeader::new(&scenario, &Points::List(list), Shard::WHOLE, false);
    let good = fs::read(at.join(&made[0])).unwrap();
    let place = at.join("changed");
    let opened = |bytes: &[u8]| {
        fs::write(&place, bytes).unwrap();
        Part::open(&place, &header)
    };
    let mut part = opened(&good).expect("a part");
    assert!(part.get(0).unwrap().unwrap().figures().is_some() && part.get(5).unwrap().is_none());
    for k in 0..good.len() {
        for flip in [1, 0x80] {
            let mut bytes = good.clone();
            bytes[k] ^= flip;
            assert!(opened(&bytes).is_err(), "byte {k}");
        }
        assert!(opened(&good[..k]).is_err(), "cut at {k}");
    }
    assert!(opened(&[&good[..], &[0]].concat()).is_err());
    // With a digest that agrees: of another version, of sizes beyond all memory, of records that are not its own.
    let body = &good[..good.len() - 32];
    let text = String::from_utf8_lossy(body);
    let at_version = text.find(concat!("\"version\":\"", env!("CARGO_PKG_VERSION"))).unwrap() + 11;
    let mut other = body.to_vec();
    other[at_version] = b'9';
    let said = opened(&sealed(other)).expect_err("another version").to_string();
    assert!(said.contains("of another version (9"), "{said}");
    for claimed in [u32::MAX, 1 << 20, 1 << 10, 0] {
        let mut huge = body.to_vec();
        huge[16..20].copy_from_slice(&claimed.to_le_bytes());
        assert!(matches!(opened(&sealed(huge)), Err(PartError::Damaged)), "{claimed}");
    }
    let record = body.len() - body.iter().rposition(|b| *b == b'}').unwrap() - 1;
    let number = body.len() - record;
    for point in [1, 2, 7, u64::MAX] {
        let mut foreign = body.to_vec();
        foreign[number..number + 8].copy_from_slice(&point.to_le_bytes());
        let mut part = opened(&sealed(foreign)).expect("a whole file");
        assert!(matches!(part.get(0), Err(PartError::Damaged)), "{point}");
    }
    let twice = [body, &body[number..]].concat();
    assert!(matches!(opened(&sealed(twice)).expect("a whole file").get(0), Err(PartError::Damaged)));
}

#[test]
fn shards_that_are_none_are_refused() {
    let folder = ready();
    let sweep = ["sweep", "small.toml", "--points", "tasks.csv"];
    for shard in ["0/2", "3/2", "1/0", "2", "a/b", "auto/0", "auto/x", "automatic", "-1/2"] {
        let arguments = [&sweep[..], &["--shard", shard, "--partial", "p"]].concat();
        let assert = breakeven(folder.path(), &arguments).code(2);
        let said = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(said.contains("2/16") || shard.starts_with('-'), "{said}");
    }
    breakeven(folder.path(), &[&sweep[..], &["--shard", "1/2"]].concat()).code(2);
    assert_eq!(names(folder.path()), ["small.toml", "tasks.csv"]);
}

#[test]
fn schedulers_say_which_part_it_is() {
    let folder = ready();
    let slurm = |id: &str, count: &str, min: &str| {
        let of = |name: &str, value: &str| (format!("SLURM_ARRAY_TASK_{name}"), value.to_owned());
        vec![of("ID", id), of("COUNT", count), of("MIN", min)]
    };
    let kubernetes = |index: &str| vec![("JOB_COMPLETION_INDEX".to_owned(), index.to_owned())];
    let part = |shard: &str, variables: Vec<(String, String)>| {
        let mut command = program(folder.path());
        command.args(["sweep", "small.toml", "--trials=64", "--shard", shard, "--partial", "p"]);
        command.args(["--points", "tasks.csv"]).envs(variables);
        let output = command.output().unwrap();
        let _ = fs::remove_file(folder.path().join("p"));
        let said = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
        (output.status.code(), said)
    };
    for (shard, variables, wanted) in [
        ("auto", slurm("1", "3", "1"), "Part 1/3: 2 of 2 points"),
        ("auto", slurm("2", "3", "0"), "Part 3/3: 1 of 1 points"),
        ("auto/3", slurm("3", "3", "1"), "Part 3/3"),
        // Two tasks of an array of four, given again.
        ("auto/4", slurm("4", "2", "2"), "Part 4/4"),
        ("auto/4", kubernetes("0"), "Part 1/4"),
        ("auto/4", kubernetes("3"), "Part 4/4"),
    ] {
        let (code, said) = part(shard, variables);
        assert!(code == Some(0) && said.starts_with(wanted), "{shard}: {said}");
    }
    for (shard, variables, wanted) in [
        ("auto", vec![], "no scheduler says"),
        ("auto/3", vec![], "no scheduler says"),
        ("auto", kubernetes("0"), "write --shard auto/N"),
        ("auto/4", kubernetes("4"), "task 5 is none of 4 parts"),
        ("auto/4", kubernetes("x"), "JOB_COMPLETION_INDEX is no number"),
        ("auto/4", slurm("5", "2", "2"), "task 5 is none of 4 parts"),
    ] {
        let (code, said) = part(shard, variables);
        assert!(code == Some(2) && said.contains(wanted), "{shard}: {said}");
    }
    // Nothing is read unasked.
    let mut command = program(folder.path());
    command.args(["sweep", "small.toml", "--trials=64", "--shard", "2/5", "--partial", "p", "--points", "tasks.csv"]);
    let assert = command.envs(slurm("1", "3", "1")).assert().success();
    assert!(String::from_utf8_lossy(&assert.get_output().stdout).starts_with("Part 2/5"));
}

#[test]
fn a_file_that_is_not_the_sweeps_own_is_not_replaced() {
    let folder = ready();
    let sweep = ["sweep", "small.toml", "--points", "tasks.csv", "--trials=64", "--shard"];
    let said = |more: &[&str]| {
        let assert = breakeven(folder.path(), &[&sweep[..], more].concat()).code(1);
        String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
    };
    assert!(said(&["1/2", "--partial", "small.toml"]).contains("small.toml is no part of a sweep; name another file"));
    breakeven(folder.path(), &[&sweep[..], &["1/2", "--partial", "p"]].concat()).success();
    let kept = fs::read(folder.path().join("p")).unwrap();
    assert!(said(&["2/2", "--partial", "p"]).contains("p is part 1/2, not 2/2"));
    assert!(said(&["1/2", "--partial", "p", "--seed=9"]).contains("p is of another seed (3, not 9)"));
    assert_eq!(fs::read(folder.path().join("p")).unwrap(), kept);
    assert_eq!(fs::read_to_string(folder.path().join("small.toml")).unwrap(), SMALL);
}

/// `SIGNALS=100 cargo test --release --test it parts` stops more often.
#[cfg(unix)]
#[test]
fn a_command_that_is_stopped_goes_on_to_the_same_bytes() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let times: u32 = std::env::var("SIGNALS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    let folder = ready();
    let rows: String = (0..300).map(|k| format!("t{k},{},\n", 1000 + 700 * k)).collect();
    let header = TASKS.lines().next().unwrap();
    fs::write(folder.path().join("tasks.csv"), format!("{header}\n{rows}")).unwrap();
    let sweep = ["sweep", "small.toml", "--points", "tasks.csv", "--trials=4096", "--no-charts", "--out"];
    let begin = Instant::now();
    breakeven(folder.path(), &[&sweep[..], &["whole"]].concat()).success();
    let takes = begin.elapsed();
    let mut stopped = 0;
    let mut begun = 0;
    while begun < times {
        let mut child = Command::new(env!("CARGO_BIN_EXE_breakeven"))
            .current_dir(folder.path())
            .args(sweep)
            .args(["o", "--partial", "p"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // From the beginning to a little after the end, in steps that do not repeat.
        let share = f64::from(begun * 7919 % 1000) / 1000.0;
        std::thread::sleep(takes.mul_f64(1.1 * share) + Duration::from_millis(2));
        Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        let status = child.wait().unwrap();
        begun += 1;
        // Before it listens a signal does what signals do; once results are in place only words are lost by it.
        assert!(matches!(status.code(), Some(0 | 143) | None), "{status}");
        let is_done = folder.path().join("o").exists();
        assert!(is_done || !status.success());
        if is_done {
            same(folder.path(), "whole", "o");
            fs::remove_file(folder.path().join("p")).unwrap();
            fs::remove_dir_all(folder.path().join("o")).unwrap();
        }
        stopped += u32::from(!is_done);
    }
    breakeven(folder.path(), &[&sweep[..], &["o", "--partial", "p"]].concat()).success();
    same(folder.path(), "whole", "o");
    assert!(stopped > 0);
    assert!(!names(folder.path()).iter().any(|name| name.contains("tmp")), "{:?}", names(folder.path()));
}
