//! Logs that come out of a database by a pipe, as the README says. Where PostgreSQL is not installed, it says so and tests nothing.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The rows of a table as LiteLLM writes it: 10 requests on each of 30 days, one of them failed.
const TABLE: &str = r#"
create table "LiteLLM_SpendLogs" (request_id text primary key, "startTime" timestamp, model text, prompt_tokens int,
    completion_tokens int, spend float8, status text, cache_hit text, metadata jsonb);
insert into "LiteLLM_SpendLogs" select 'r' || i, timestamp '2026-06-01' + i * interval '144 minutes', 'small', 100 + i, 10,
    0.01, case when i % 10 = 3 then 'failure' else 'success' end, 'False',
    jsonb_build_object('usage_object', jsonb_build_object('cache_read_input_tokens', 40))
    from generate_series(0, 299) as i;
"#;

/// A server with a folder of its own and no port; it ends with the value.
struct Server {
    folder: TempDir,
    programs: PathBuf,
}

impl Server {
    /// A server, where there is PostgreSQL and somebody it can run as.
    fn start() -> Option<Server> {
        let path = std::env::var("PATH").unwrap_or_default();
        let debian = std::fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten();
        let debian = debian.flatten().map(|version| version.path().join("bin"));
        let programs = debian.chain(std::env::split_paths(&path)).find(|folder| folder.join("initdb").exists())?;
        let server = Server { folder: tempfile::tempdir().unwrap(), programs };
        server.sh("true", "chmod 777 .").then_some(())?;
        let made = server.sh(&server.user()?, "initdb -D data -U postgres -A trust > log 2>&1");
        let options = "-c listen_addresses= -k $PWD/data -c fsync=off";
        let start = format!("pg_ctl -D data -w -l server.log -o \"{options}\" start > /dev/null 2>&1");
        (made && server.sh(&server.user()?, &start)).then_some(server)
    }

    /// What runs a command as somebody whom the server accepts: not as root.
    fn user(&self) -> Option<String> {
        let is_root = Command::new("id").arg("-u").output().ok()?.stdout == b"0\n";
        let has = |user: &str| Command::new("id").arg(user).output().is_ok_and(|out| out.status.success());
        match is_root {
            false => Some("exec".to_owned()),
            true => ["postgres", "nobody"].into_iter().find(|u| has(u)).map(|u| format!("exec runuser -u {u} --")),
        }
    }

    fn sh(&self, before: &str, command: &str) -> bool {
        let path = format!("{}:{}", self.programs.display(), std::env::var("PATH").unwrap_or_default());
        let command = if before == "true" { command.to_owned() } else { format!("{before} sh -c '{command}'") };
        let status =
            Command::new("sh").args(["-c", &command]).current_dir(self.folder.path()).env("PATH", path).status();
        status.is_ok_and(|status| status.success())
    }

    /// A client's program or pipe.
    fn client(&self, program: &str, arguments: &[&str]) -> std::process::Output {
        let bin = Path::new(env!("CARGO_BIN_EXE_breakeven")).parent().unwrap();
        let path = format!("{}:{}:{}", bin.display(), self.programs.display(), std::env::var("PATH").unwrap());
        let mut command = Command::new(program);
        command.args(arguments).env("PATH", path).env("PGUSER", "postgres");
        command.env("PGHOST", self.folder.path().join("data")).env("PGDATABASE", "postgres").output().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(user) = self.user() {
            self.sh(&user, "pg_ctl -D data -m immediate stop > /dev/null 2>&1");
        }
    }
}

#[test]
fn a_table_of_litellm_comes_by_the_pipe_of_the_readme() {
    let Some(server) = Server::start() else {
        eprintln!("skipped: there is no PostgreSQL here that can be started");
        return;
    };
    let made = server.client("psql", &["-q", "-v", "ON_ERROR_STOP=1", "-c", TABLE]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let readme = include_str!("../../README.md");
    let pipe = readme.lines().find(|line| line.starts_with("psql ")).unwrap();
    let found = server.client("sh", &["-c", pipe]);
    let text = String::from_utf8(found.stdout).unwrap();
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    assert!(
        text.contains("LiteLLM_SpendLogs") && text.contains("read 300 records, filtered out 0, rejected 0"),
        "{text}"
    );
    // 270 answered requests; 30 failed, a tenth of all.
    assert!(text.contains("Failed: 30 requests, 0.1 of all"), "{text}");
    let requests = (0..300).filter(|i| i % 10 != 3);
    let mean = requests.clone().map(|i| f64::from(100 + i)).sum::<f64>() / requests.count() as f64;
    assert!(text.contains(&format!("mean={mean:.5}")), "{mean} {text}");
}
