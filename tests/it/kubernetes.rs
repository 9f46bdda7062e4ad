//! The manifests of `examples/kubernetes`: keys that the API knows, jobs that fit each other, pods that do as they are told.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::{Container, PersistentVolumeClaim, PodSpec};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::common::program::{breakeven, program};
use crate::parts::same;
use crate::points::SMALL;

const SWEEP: &str = include_str!("../../examples/kubernetes/sweep.yaml");
const MERGE: &str = include_str!("../../examples/kubernetes/merge.yaml");
const VOLUME: &str = include_str!("../../examples/kubernetes/volume.yaml");
const IMAGE: &str = include_str!("../../examples/kubernetes/Dockerfile");
const README: &str = include_str!("../../examples/README.md");
const TAG: &str = concat!("breakeven:", env!("CARGO_PKG_VERSION"));

/// A manifest as a type of the API has it. The types pass over what they do not know: it is missing when they are written.
fn manifest<T: DeserializeOwned + Serialize>(text: &str) -> Result<T, String> {
    let document: Value = serde_saphyr::from_str(text).map_err(|error| error.to_string())?;
    let known: T = serde_json::from_value(document.clone()).map_err(|error| error.to_string())?;
    let written = serde_json::to_value(&known).map_err(|error| error.to_string())?;
    if written == document { Ok(known) } else { Err(format!("{document} is taken for {written}")) }
}

fn jobs() -> [Job; 2] {
    [SWEEP, MERGE].map(|text| manifest(text).unwrap())
}

fn pod(job: &Job) -> &PodSpec {
    job.spec.as_ref().unwrap().template.spec.as_ref().unwrap()
}

/// The only container of a job.
fn container(job: &Job) -> &Container {
    let [container] = &pod(job).containers[..] else { panic!("other than one container") };
    container
}

fn arguments(job: &Job) -> &[String] {
    container(job).args.as_ref().unwrap()
}

/// The text of a manifest with each of its keys misspelt in turn, but for names of resources, which are free.
fn misspelt(text: &str) -> impl Iterator<Item = String> {
    let keys = text.match_indices(':').filter(|(at, _)| text[at + 1..].starts_with([' ', '\n'])).filter(|(at, _)| {
        let line = &text[text[..*at].rfind('\n').map_or(0, |end| end + 1)..*at];
        !line.contains('#') && !["cpu", "memory", "storage"].contains(&line.trim())
    });
    keys.map(|(at, _)| format!("{}x{}", &text[..at], &text[at..]))
}

#[test]
fn the_api_knows_every_key() {
    manifest::<PersistentVolumeClaim>(VOLUME).unwrap();
    jobs();
    let mut tried = 0;
    for changed in misspelt(SWEEP).chain(misspelt(MERGE)) {
        assert!(manifest::<Job>(&changed).is_err(), "{changed}");
        tried += 1;
    }
    for changed in misspelt(VOLUME) {
        assert!(manifest::<PersistentVolumeClaim>(&changed).is_err(), "{changed}");
        tried += 1;
    }
    assert!(tried > 90, "{tried}");
}

/// What the API's server asks for, and its types do not.
#[test]
fn words_are_the_apis() {
    let [sweep, merge] = jobs();
    let spec = sweep.spec.as_ref().unwrap();
    assert_eq!(spec.completion_mode.as_deref(), Some("Indexed"));
    assert_eq!(spec.pod_replacement_policy.as_deref(), Some("Failed"));
    for rule in &spec.pod_failure_policy.as_ref().unwrap().rules {
        assert!(["FailJob", "FailIndex", "Ignore", "Count"].contains(&&*rule.action));
        let Some(exits) = &rule.on_exit_codes else { continue };
        assert!(["In", "NotIn"].contains(&&*exits.operator));
        assert_eq!(exits.container_name.as_ref(), Some(&container(&sweep).name));
        assert!(!exits.values.contains(&0) && exits.values.is_sorted());
    }
    for job in [&sweep, &merge] {
        assert_eq!(pod(job).restart_policy.as_deref(), Some("Never"));
    }
    let claim: PersistentVolumeClaim = manifest(VOLUME).unwrap();
    assert_eq!(claim.spec.unwrap().access_modes.unwrap(), ["ReadWriteMany"]);
}

#[test]
fn jobs_fit_each_other_the_volume_and_the_image() {
    let [sweep, merge] = jobs();
    let count = sweep.spec.as_ref().unwrap().completions.unwrap();
    assert!(arguments(&sweep).contains(&format!("auto/{count}")));
    let merged = arguments(&merge).iter().filter(|argument| argument.ends_with(".part"));
    assert_eq!(merged.count(), usize::try_from(count).unwrap());
    let claim: PersistentVolumeClaim = manifest(VOLUME).unwrap();
    let rust = IMAGE.split("FROM rust:").nth(1).unwrap();
    assert!(rust.starts_with(env!("CARGO_PKG_RUST_VERSION")), "{rust}");
    assert!([IMAGE, README].iter().all(|text| text.contains(&format!("-t {TAG} ."))));
    for job in [&sweep, &merge] {
        let (pod, container) = (pod(job), container(job));
        assert_eq!(container.image.as_deref(), Some(TAG));
        let user = pod.security_context.as_ref().unwrap().run_as_user.unwrap();
        assert!(IMAGE.contains(&format!("USER {user}:{user}\n")));
        let volumes = pod.volumes.as_ref().unwrap();
        for mount in container.volume_mounts.as_ref().unwrap() {
            let volume = volumes.iter().find(|volume| volume.name == mount.name);
            let volume = volume.unwrap_or_else(|| panic!("no volume {}", mount.name));
            let claimed = volume.persistent_volume_claim.as_ref().map(|claimed| &claimed.claim_name);
            assert!(claimed.is_none_or(|claimed| Some(claimed) == claim.metadata.name.as_ref()));
        }
        assert_eq!(volumes.len(), container.volume_mounts.as_ref().unwrap().len());
    }
}

/// What a container of a job is told, with the places where its volumes are mounted below a folder.
fn told(job: &Job, index: i32, folder: &Path) -> Vec<String> {
    let mounts = container(job).volume_mounts.as_ref().unwrap();
    let placed = |argument: &String| {
        let argument = argument.replace("$(JOB_COMPLETION_INDEX)", &index.to_string());
        let mounted = mounts.iter().any(|mount| Path::new(&argument).starts_with(&mount.mount_path));
        assert!(mounted || !argument.starts_with('/'), "{argument} is in no volume");
        if mounted { format!("{}{argument}", folder.display()) } else { argument }
    };
    arguments(job).iter().map(placed).chain(["--trials=1024".into(), "--no-charts".into()]).collect()
}

/// The files that the jobs read, in their places below a folder.
fn input() -> (tempfile::TempDir, [PathBuf; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let files = ["scenario.toml", "tasks.csv"].map(|name| folder.path().join("input").join(name));
    fs::create_dir(folder.path().join("input")).unwrap();
    fs::create_dir(folder.path().join("sweep")).unwrap();
    let rows: String = (0..40).map(|k| format!("t{k},{}\n", 1000 + 7000 * k)).collect();
    fs::write(&files[0], SMALL).unwrap();
    fs::write(&files[1], format!("name,workload.requests_per_month\n{rows}")).unwrap();
    (folder, files)
}

#[test]
fn what_pods_are_told_gives_the_bytes_of_one_command() {
    let [sweep, merge] = jobs();
    let (folder, files) = input();
    let [scenario, list] = files.each_ref().map(|file| file.to_str().unwrap());
    let whole = ["sweep", scenario, "--points", list, "--trials=1024", "--no-charts", "--out", "sweep/whole"];
    breakeven(folder.path(), &whole).success();
    let pod = |job: &Job, index: i32| -> Command {
        let mut command = program(folder.path());
        command.env("JOB_COMPLETION_INDEX", index.to_string()).args(told(job, index, folder.path()));
        command
    };
    for index in 0..sweep.spec.as_ref().unwrap().completions.unwrap() {
        pod(&sweep, index).assert().success();
    }
    pod(&merge, 0).assert().success();
    same(&folder.path().join("sweep"), "whole", "results");
}
