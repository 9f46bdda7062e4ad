//! Mistakes on the command line, and what is right there but extreme.

use std::fs;

use super::{DOTTED, GOOD, breakeven, everything, refused, says_where_and_what, stderr, with_good};

/// `--set` texts with a part of what must be said, its column, and a part of the help.
const SETS: &[(&str, usize, &str, &str)] = &[
    ("workload.requests_per_month", 1, "takes PATH=QUANTITY", "--set 'workload.requests_per_month=50k to 200k'"),
    ("", 1, "takes PATH=QUANTITY", "--set"),
    ("=3", 1, "no such field", "paths look like"),
    ("colour=3", 1, "no such field", "paths look like"),
    ("workload.request_per_month=5", 1, "no such field", "did you mean `workload.requests_per_month`?"),
    ("workload.growth=5", 1, "no such field", "did you mean `workload.growth_per_month`?"),
    ("workload.weather=5", 1, "no such field", "paths look like"),
    ("requests_per_month=5", 1, "no such field", "workload.requests_per_month"),
    ("wages=90", 1, "no such field", "paths look like"),
    ("A.inference.input_prise=5", 1, "no such field", "did you mean `A.inference.input_price`?"),
    ("Z.inference.input_price=5", 1, "no such field", "A.inference.input_price"),
    ("A.B.C.amount=5", 1, "two ways", "\"A.B\".C.amount"),
    ("workload.input_tokens=800K", 23, "not a suffix", "small k"),
    ("workload.input_tokens=", 23, "empty", "write a number"),
    ("workload.input_tokens=-5", 23, "is -5", "at least 0"),
    ("workload.input_tokens=0 to 9", 23, "above 0", "uniform(0, 9)"),
    ("workload.input_tokens = normal(9, -1)", 35, "must not be negative", "sd=1"),
    ("workload.input_tokens=wage", 23, "no input `wage`", "[inputs]"),
    ("salary=salary", 8, "depends on itself", "without reference"),
    ("simulation.horizon_months=0", 27, "whole number", "at least 1"),
    ("simulation.horizon_months=12 to 24", 27, "whole number", "constant"),
    ("simulation.trials=many", 19, "whole number", "constant"),
    ("simulation.sampler=sobel", 20, "one of sobol", "did you mean `sobol`?"),
    ("A.candidate=maybe", 13, "true or false", "true or false"),
    ("baseline=B", 10, "no option `B`", "A, A.B"),
    ("A.launch_month=3", 16, "the baseline", "leave it out"),
    ("A.B.hosting.gpu_hourly_rate=3", 29, "GPUs that follow the traffic", "gpu_tokens_per_second"),
    ("\"A.B\".success_probability=lognormal(1, 2)", 37, "by name", "mean=…, sd=…"),
    ("A.inference.input_price=\u{1b}[31m3", 25, "not part of the quantity language", "numbers, names"),
];

#[test]
fn mistakes_in_set_are_placed_in_it() {
    let folder = with_good(DOTTED);
    for (set, column, message, help) in SETS {
        let output = breakeven(folder.path(), &["check", "good.toml", "--set", set]);
        let found = refused(set, &output);
        says_where_and_what(set, &found, "--set");
        assert!(found.contains(&format!("--> --set:1:{column}\n")), "{set}: {found}");
        assert!(found.lines().next().is_some_and(|l| l.contains(message)), "{set}: {found}");
        assert!(found.lines().any(|l| l.contains("= help: ") && l.contains(help)), "{set}: {found}");
        let run = breakeven(folder.path(), &["run", "good.toml", "--out", "out", "--set", set]);
        assert_eq!(refused(set, &run), found);
    }
    assert_eq!(everything(folder.path()).len(), 1);
}

#[test]
fn a_field_is_changed_once() {
    let folder = with_good(DOTTED);
    let set = |path: &str| ["--set".to_owned(), format!("{path}=9")];
    let vary = |path: &str| ["--vary".to_owned(), format!("{path}=1..5:3")];
    let cases = [
        ("run", [set("salary"), set("inputs.salary")].concat()),
        ("sweep", [set("salary"), vary("salary")].concat()),
        ("sweep", [vary("salary"), vary("salary")].concat()),
    ];
    for (command, flags) in cases {
        let args: Vec<&str> =
            [command, "good.toml", "--out", "o"].into_iter().chain(flags.iter().map(String::as_str)).collect();
        let message = refused(command, &breakeven(folder.path(), &args));
        assert!(
            message.contains("this field is changed twice") && message.contains("leave one of them out"),
            "{message}"
        );
    }
    assert_eq!(everything(folder.path()).len(), 1);
}

#[test]
fn the_second_of_several_sets_is_blamed() {
    let folder = with_good(DOTTED);
    let sets = ["check", "good.toml", "--set", "rate=9", "--set", "rate=9K"];
    let message = refused("two sets", &breakeven(folder.path(), &sets));
    assert!(message.contains("rate=9K"), "{message}");
}

#[test]
fn bad_command_lines() {
    let folder = with_good(GOOD);
    for (arguments, part) in [
        (&["simulate", "good.toml"][..], "unrecognized subcommand"),
        (&["run"], "<SCENARIO>"),
        (&["check"], "<FILE>"),
        (&["run", "good.toml", "--trails", "9"], "--trials"),
        (&["run", "good.toml", "--trials", "0"], "--trials"),
        (&["run", "good.toml", "--trials", "1e6"], "--trials"),
        (&["run", "good.toml", "--trials", "-5"], "unexpected argument"),
        (&["run", "good.toml", "--seed", "18446744073709551616"], "--seed"),
        (&["run", "good.toml", "--sampler", "halton"], "latin-hypercube"),
        (&["run", "good.toml", "--threads", "0"], "--threads"),
        (&["run", "good.toml", "--chart-format", "gif"], "svg"),
        (&["run", "good.toml", "--save-trials", "all"], "--save-trials"),
        (&["run", "good.toml", "--save-trials", "1.5k"], "--save-trials"),
        (&["run", "good.toml", "other.toml"], "unexpected argument"),
        (&["run", "good.toml", "--set"], "a value is required"),
    ] {
        let message = refused(&arguments.join(" "), &breakeven(folder.path(), arguments));
        assert!(message.starts_with("error: ") && message.contains(part), "{arguments:?}: {message}");
        assert!(message.contains("--help") || message.contains("tip: "), "{arguments:?}: {message}");
    }
    assert_eq!(everything(folder.path()).len(), 1);
}

/// Not every extreme is a mistake, but none may end in a panic.
#[test]
fn extremes_do_not_panic() {
    let folder = tempfile::tempdir().unwrap();
    let run = |text: &str, more: &[&str]| {
        fs::write(folder.path().join("good.toml"), text).unwrap();
        let all = [&["run", "good.toml", "--no-charts", "--trials", "64", "--out", "out"], more].concat();
        let output = breakeven(folder.path(), &all);
        assert!(matches!(output.status.code(), Some(0 | 2)), "{text} {more:?}: {}", stderr(&output));
    };
    let cost =
        |amount: &str| format!("{GOOD}[[option.cost]]\nname = \"Line\"\namount = \"{amount}\"\nper = \"month\"\n");
    run(DOTTED, &["--threads", "1024"]);
    for sampler in ["sobol", "latin-hypercube", "monte-carlo"] {
        run(DOTTED, &["--sampler", sampler, "--trials", "1", "--save-trials", "18446744073709551615"]);
    }
    // Undefined in every trial, and hidden from the field by a comparison or by the branch that is taken.
    run(&cost("if(normal(0, -uniform(1, 2)) > 5, 1, 2)"), &[]);
    run(&cost("if(uniform(0, 1) > 5, normal(0, -uniform(1, 2)), 2)"), &[]);
    run(&cost("1e308"), &["--set", "workload.requests_per_month=1e15"]);
    run(&cost("normal(0, 1e200)"), &[]);
    run(&GOOD.replace("100_000", "0").replace("= 800", "= 0").replace("= 150", "= 0"), &[]);
}
