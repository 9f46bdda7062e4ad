//! Goal seek: the values that it finds are those of closed forms, and no farther off than it claims.

use std::fs;

use crate::common::program::{breakeven, folder, names};
use crate::common::{NORMAL, chi_square_limits, mean_sd, normal_score, phi};
use breakeven::diagnostic::{Diagnostic, Sources};
use breakeven::math::{ln, normal};
use breakeven::model::Model;
use breakeven::sample::Sampler;
use breakeven::scenario::{LoadOptions, Scenario, ScenarioFile};
use breakeven::solve::{Goal, Meeting, Solution, Way, solve};
use breakeven::stats::Estimate;
use breakeven::sweep::{SweepOptions, SweepRange};

const TRIALS: u64 = 1 << 12;

/// How a scenario is run.
#[derive(Clone, Copy)]
struct How {
    sampler: Sampler,
    seed: u64,
    threads: usize,
}

const HOW: How = How { sampler: Sampler::Sobol, seed: 1, threads: 2 };

/// Two options that cost something once, by a formula of x: `A` and `B`.
fn costs(a: &str, b: &str) -> String {
    format!(
        "simulation.horizon_months = 1\n[inputs]\nx = 1\n[workload]\nrequests_per_month = 1\n\
         [[option]]\nname = \"A\"\nsetup.cost = \"{a}\"\n[[option]]\nname = \"B\"\nsetup.cost = \"{b}\"\n"
    )
}

fn sought(text: &str, vary: &str, goal: &str, how: How) -> Solution {
    let folder = folder(text);
    let file = folder.path().join("small.toml");
    let mut scenario_file = ScenarioFile::open(&file, &LoadOptions::default()).expect("the scenario");
    let reading = scenario_file.read();
    let scenario = reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings));
    let mut sources = Sources::default();
    let range = SweepRange::parse(vary, &mut sources).expect(vary);
    let goal = Goal::parse(goal, &Model::new(&scenario), &mut sources).expect(goal);
    let change = |scenario: &mut Scenario| {
        scenario.set_trials(TRIALS);
        scenario.set_seed(how.seed);
        scenario.set_sampler(how.sampler);
    };
    let options = SweepOptions { threads: Some(how.threads), change: Some(&change), ..SweepOptions::default() };
    solve(&scenario_file, &range, &goal, options).expect("a solution")
}

/// The only value, and how the figure passes the goal there.
fn only(solution: &Solution) -> (Estimate, Way) {
    match &solution.meetings[..] {
        [Meeting::At { value, way, .. }] => (*value, *way),
        other => panic!("{}: {other:?}", solution.goal.text),
    }
}

/// Fails unless the only value is the true one to within its own errors, which are to be so small.
fn is_found(text: &str, vary: &str, goal: &str, (truth, largest): (f64, f64)) {
    let (value, _) = only(&sought(text, vary, goal, HOW));
    let error = value.std_error.expect("an error");
    let score = normal_score((value.value - truth) / error, value.freedom);
    assert!(score.abs() < NORMAL, "{goal} over {vary}: {} ± {error} against {truth}", value.value);
    assert!(error > 0.0 && error < largest, "{goal} over {vary}: an error of {error}");
}

/// Prices, volumes and hours of ten months, with uncertain efforts and rates.
const TASK: &str = r#"
simulation.horizon_months = 10
labour.hourly_rate = "lognormal(mean=100, sd=20)"
[workload]
requests_per_month = "50k to 200k"
input_tokens = 1000
output_tokens = 0
[[option]]
name = "Prompted"
inference = { input_price = 3, output_price = 0 }
[[option]]
name = "Tuned"
setup.cost = "lognormal(mean=500, sd=150)"
inference = { input_price = 1, output_price = 0 }
"#;

#[test]
fn a_linear_figure_is_solved_exactly() {
    let text = TASK.replace("\"50k to 200k\"", "10_000").replace("\"lognormal(mean=500, sd=150)\"", "40");
    for (vary, goal, truth) in [
        // 10 · 10,000 · 1,000 / 1M = 100 times the difference of the prices.
        ("Tuned.inference.input_price=0..3", "Tuned.saving = 0", 2.6),
        ("Tuned.inference.input_price=0..3", "Tuned.total.p5 = 240", 2.0),
        ("Prompted.inference.input_price=5..0", "Tuned.saving.mean = 60", 2.0),
        ("workload.requests_per_month=100..100k:log", "Tuned.saving = 0", 2000.0),
        ("workload.requests_per_month*=0.1..10:log", "Tuned.saving = 0", 0.2),
        ("Tuned.setup.hours=0..2", "Tuned.monthly = 24", 1.0),
    ] {
        let text = text.replace("\"lognormal(mean=100, sd=20)\"", "100");
        let (value, _) = only(&sought(&text, vary, goal, HOW));
        assert!((value.value / truth - 1.0).abs() < 1e-9, "{goal} over {vary}: {value:?}");
        let is_mean = !goal.contains(".p5");
        assert!(!is_mean || value.std_error == Some(0.0), "{goal} over {vary}: {value:?}");
    }
}

#[test]
fn means_break_even_where_closed_forms_say() {
    // 500 of setup over 0.02 for each request a month.
    is_found(TASK, "workload.requests_per_month=1k..1M:log", "Tuned.saving = 0", (25_000.0, 100.0));
    // 100k requests a month on average of `50k to 200k` or so: by their own mean.
    let mean = 100e3 * (0.5 * (ln(4.0) / 2.0 / normal::quantile(0.95)).powi(2)).exp();
    is_found(TASK, "Tuned.inference.input_price=0..4", "Tuned.saving = 0", (3.0 - 500.0 / (0.01 * mean), 0.01));
    // So many hours at 100.
    is_found(TASK, "Tuned.dataset.hours=0..40", "Tuned.saving.mean = 500", ((0.02 * mean - 1000.0) / 100.0, 0.5));
}

#[test]
fn quantiles_and_the_dearest_tenth_are_solved_too() {
    let text = costs("1", "x * lognormal(median=100, sigma=0.4) * lognormal(median=1, sigma=0.3)");
    // A logarithm of standard deviation 0.5.
    let p90 = 100.0 * (0.5 * normal::quantile(0.9)).exp();
    is_found(&text, "x=0.1..10:log", "B.total.p90 = 250", (250.0 / p90, 0.05));
    is_found(&text, "x=0..10", "B.saving.p10 = -249", (250.0 / p90, 0.05));
    let text = costs("1", "x + normal(100, 6) + normal(0, 8)");
    let z = normal::quantile(0.9);
    let dearest = 10.0 * (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt() / 0.1;
    is_found(&text, "x=-50..50", "B.total.cvar90 = 130", (30.0 - dearest, 0.5));
}

#[test]
fn probabilities_are_solved_too() {
    // A is the dearer one where normal(100, 10) > x.
    let text = costs("normal(100, 6) + normal(0, 8)", "x");
    is_found(&text, "x=50..150", "B.p_cheapest = 30%", (100.0 + 10.0 * normal::quantile(0.7), 0.5));
    assert!((phi(normal::quantile(0.7)) - 0.7).abs() < 1e-12);
}

#[test]
fn all_crossings_are_found_with_their_directions() {
    let text = costs("1", "abs(abs(x - 3) - 2) * 10 + uniform(0, 1)");
    // A W: 0.5 more than 5 at half a unit to either side of 1 and 5.
    let found = sought(&text, "x=0..6", "B.total = 5.5", HOW);
    let ways: Vec<(f64, Way)> = found
        .meetings
        .iter()
        .map(|meeting| match meeting {
            Meeting::At { value, way, jump: None } => ((value.value * 1e3).round() / 1e3, *way),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [(0.5, Way::Falls), (1.5, Way::Rises), (4.5, Way::Falls), (5.5, Way::Rises)];
    assert_eq!(ways, expected);
}

#[test]
fn kinks_touches_and_stretches_are_told() {
    let kink = costs("1", "max(x, 3)");
    let (value, way) = only(&sought(&kink, "x=0..10", "B.total = 3.5", HOW));
    assert!((value.value - 3.5).abs() < 1e-9 && way == Way::Rises);
    // The figure is 3 up to the last point before 3.
    let along = sought(&kink, "x=0..10", "B.total = 3", HOW).meetings;
    assert_eq!(along, [Meeting::Along { from: 0.0, to: 2.8125 }]);
    let touch = costs("1", "10 + (x - 5) * (x - 5)");
    let (value, way) = only(&sought(&touch, "x=0..10", "B.total = 10", HOW));
    assert_eq!((value, way), (Estimate::exact(5.0), Way::Touches));
    // Kept from its error on one side, the other tells.
    let noisy = costs("1", "max(x, 3) + normal(10, 1)");
    let (value, way) = only(&sought(&noisy, "x=3..10", "B.total = 13.02", HOW));
    assert!((value.value - 3.02).abs() < 0.05 && way == Way::Rises && value.std_error.is_some_and(|e| e < 0.05));
}

#[test]
fn steps_are_no_slopes() {
    let jump = |solution: &Solution| match solution.meetings[..] {
        [Meeting::At { value, jump: Some([before, behind]), .. }] => (value, [before.value, behind.value]),
        ref other => panic!("{other:?}"),
    };
    // B is the cheaper one in the half of trials in which A costs 20, until x is 20.
    let text = costs("mix(0.5: 10, 0.5: 20)", "x");
    let (value, [before, behind]) = jump(&sought(&text, "x=1..30", "B.p_cheapest = 30%", HOW));
    // Costs that differ by 1e-9 of their size are the same.
    assert!((value.value - 20.0).abs() < 1e-7 && value.std_error.is_some_and(|error| error < 1e-7), "{value:?}");
    assert!((before - 0.5).abs() < 0.05 && behind == 0.0);
    // A goal as high as the step itself, but for chance: anywhere on it.
    let mut wide = 0;
    for seed in 1..=20 {
        let found = sought(&text, "x=1..30", "B.p_cheapest = 50%", How { sampler: Sampler::MonteCarlo, seed, ..HOW });
        if matches!(found.meetings[..], [Meeting::Along { .. }]) {
            // By chance exactly half of the trials.
            wide += 1;
            continue;
        }
        let (value, _) = only(&found);
        let error = value.std_error.expect("an error");
        assert!([10.0, 20.0].iter().any(|end| (value.value - end).abs() < 1e-7), "{value:?}");
        assert!(error < 1e-7 || (error - 5.0).abs() < 1e-6, "{value:?}");
        wide += usize::from(error > 1.0);
    }
    assert!((6..20).contains(&wide), "{wide} of 20");
    // Without chance there is one step from 1 to 0.
    let (value, ends) = jump(&sought(&costs("7.25", "x"), "x=1..30", "B.p_cheapest = 50%", HOW));
    assert!((value.value - 7.25).abs() < 1e-7 && value.std_error == Some(0.0) && ends == [1.0, 0.0], "{value:?}");
}

#[test]
fn whole_numbers_stay_whole() {
    let text = TASK.replace("\"50k to 200k\"", "10_000");
    // Of 500 for the setup 20 are saved a month: 10 are left between the months 24 and 25.
    let found = sought(&text, "simulation.horizon_months=2..60", "Tuned.saving = -10", HOW);
    match found.meetings[..] {
        [Meeting::At { value, way: Way::Rises, jump: Some([before, behind]) }] => {
            assert_eq!((value.value, value.std_error), (25.0, Some(0.5)));
            assert!((before.value + 20.0).abs() < 1.0 && behind.value.abs() < 1.0);
        }
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_not_met_is_told_with_what_comes_nearest() {
    let found = sought(&costs("1", "10 + (x - 5) * (x - 5)"), "x=0..10", "B.total = 9", HOW);
    assert!(found.meetings.is_empty());
    let nearest = found.nearest().expect("a point");
    assert_eq!((nearest.value, nearest.figure.value, nearest.above(9.0)), (5.0, 10.0, 1.0));
}

/// Over 100 seeds (value − truth)/error is a standard normal score, but for what few trials bend.
#[test]
fn the_errors_of_values_are_true() {
    let text = costs("1", "x * lognormal(median=100, sigma=0.4) * lognormal(median=1, sigma=0.3)");
    let mean = 100.0 * 0.125f64.exp();
    let p90 = 100.0 * (0.5 * normal::quantile(0.9)).exp();
    for (goal, truth) in [("B.total = 250", 250.0 / mean), ("B.total.p90 = 250", 250.0 / p90)] {
        for sampler in [Sampler::Sobol, Sampler::MonteCarlo] {
            let score = |seed| {
                let (value, _) = only(&sought(&text, "x=0.5..5:log", goal, How { sampler, seed, ..HOW }));
                normal_score((value.value - truth) / value.std_error.expect("an error"), value.freedom)
            };
            let scores: Vec<f64> = (1..=100).map(score).collect();
            let (mean, sd) = mean_sd(&scores);
            let (low, high) = chi_square_limits(99.0);
            let what = format!("{goal} under {}: bias {mean:.3}, spread {sd:.3}", sampler.word());
            assert!((low..high).contains(&(sd * sd * 99.0)), "{what}");
            assert!(mean.abs() < NORMAL / 10.0 + 0.2, "{what}");
        }
    }
}

/// Options whose names hold dots, quotes and an equals sign, one of which begins another's; and one that is no candidate.
const NAMES: &str = r#"
simulation.horizon_months = 2
workload = { requests_per_month = 1000, input_tokens = 1000, output_tokens = 0 }
[[option]]
name = "GPT-4.1"
inference = { input_price = 3, output_price = 0 }
[[option]]
name = "GPT-4.1 \"mini\" n=2"
inference = { input_price = "1 to 2", output_price = 0 }
[[option]]
name = "GPT-4.1.total"
inference = { input_price = "2 to 4", output_price = 0 }
[[option]]
name = "Priced only"
candidate = false
inference = { input_price = 1, output_price = 0 }
"#;

fn parsed(goal: &str) -> Result<Goal, Box<(Diagnostic, Sources)>> {
    let scenario = Scenario::from_toml(NAMES).expect("a scenario");
    let mut sources = Sources::default();
    Goal::parse(goal, &Model::new(&scenario), &mut sources).map_err(|finding| Box::new((finding, sources)))
}

#[test]
fn goals_are_read_and_written_in_one_way() {
    for (goal, text) in [
        ("GPT-4.1.total=5k", "\"GPT-4.1\".total.mean = 5000"),
        (" \"GPT-4.1\".monthly.p5 = 1.5 ", "\"GPT-4.1\".monthly.p5 = 1.5"),
        ("GPT-4.1.total.p10 = 1", "\"GPT-4.1\".total.p10 = 1"),
        ("GPT-4.1.total.total.cvar95 = -3", "\"GPT-4.1.total\".total.cvar95 = -3"),
        ("GPT-4.1 \"mini\" n=2.saving = 0", "\"GPT-4.1 \\\"mini\\\" n=2\".saving.mean = 0"),
        ("'GPT-4.1 \"mini\" n=2'.p_cheapest = 90%", "\"GPT-4.1 \\\"mini\\\" n=2\".p_cheapest = 0.9"),
        ("Priced only.total.p99 = 1M", "Priced only.total.p99 = 1000000"),
    ] {
        let found = parsed(goal).unwrap_or_else(|wrong| panic!("{goal}: {:?}", wrong.0));
        assert_eq!(found.text, text);
        let again = parsed(text).unwrap_or_else(|wrong| panic!("{text}: {:?}", wrong.0));
        assert_eq!(again, found);
    }
}

#[test]
fn goals_that_cannot_be_sought_are_refused_where_they_are_wrong() {
    for (goal, at, said) in [
        ("GPT-4.1.total", "GPT-4.1.total", "takes OPTION.METRIC = X"),
        ("GPT-4.1.total >= 5", ">=", "`=` stands before it"),
        ("GPT-4.l.total = 5", "GPT-4.l", "did you mean `GPT-4.1`?"),
        ("Zebra.saving = 0", "Zebra", "there are `GPT-4.1`"),
        ("Priced only = 0", "Priced only", "which figure of Priced only"),
        ("GPT-4.1.savings = 0", "savings", "did you mean `saving`?"),
        ("Priced only.weather.mean = 0", "weather", "`total`, `monthly`, `saving`, `p_cheapest`"),
        ("Priced only.peak_outlay = 0", "peak_outlay", "not known of every trial"),
        ("Priced only.running.p5 = 0", "running", "`total`, `monthly`, `saving` and `p_cheapest`"),
        ("GPT-4.1.saving = 0", "saving", "GPT-4.1 is the baseline"),
        ("Priced only.saving = 0", "saving", "no candidate"),
        ("Priced only.p_cheapest = 50%", "p_cheapest", "no candidate"),
        ("GPT-4.1.p_cheapest.mean = 50%", "mean", "no statistics"),
        ("GPT-4.1.p_cheapest = 50", "50", "between 0 and 1"),
        ("GPT-4.1.total.p85 = 5", "p85", "`p80`, `p90`"),
        ("GPT-4.1.monthly.cvar90 = 5", "cvar90", "`total.cvar90`"),
        ("GPT-4.1.total = much", "much", "ends with a number"),
        ("GPT-4.1.total = 5 to 9", "5 to 9", "ends with a number"),
        ("GPT-4.1.total =", "GPT-4.1.total =", "ends with a number"),
        ("", "", "takes OPTION.METRIC = X"),
        ("=", "", "no option ``"),
    ] {
        let Err(wrong) = parsed(goal) else { panic!("{goal} is taken") };
        let (finding, sources) = *wrong;
        let all = format!("{} {}", finding.message, finding.help.join(" "));
        assert!(all.contains(said), "{goal}: {all}");
        assert!(!finding.help.is_empty(), "{goal}: {all}");
        assert_eq!(sources.slice(finding.at.expect("a place").span), at, "{goal}: {all}");
    }
}

#[test]
fn a_goal_that_cannot_be_sought_writes_nothing() {
    let folder = folder(TASK);
    let price = "Tuned.inference.input_price=0..4";
    for (vary, goal, said) in [
        ("Tuned.inference.input_price=0..4:21", "Tuned.saving = 0", "leave `:21` out"),
        ("Tuned.inference.input_price=0,1,2", "Tuned.saving = 0", "sought in a range"),
        ("Tuned.inference.input_price=4..4", "Tuned.saving = 0", "two different numbers"),
        ("Tuned.inference.input_price=0..4:log", "Tuned.saving = 0", "equal ratios need numbers above zero"),
        ("Tuned.inference.input_prise=0..4", "Tuned.saving = 0", "did you mean `Tuned.inference.input_price`?"),
        ("workload.requests_per_month=-5..4", "Tuned.saving = 0", "requests_per_month=-5"),
        ("simulation.sampler=1..2", "Tuned.saving = 0", "one of sobol"),
        (price, "Tuned.savings = 0", "did you mean `saving`?"),
        (price, "Tined.saving = 0", "did you mean `Tuned`?"),
    ] {
        let arguments = ["solve", "small.toml", "--trials", "1024", "--vary", vary, "--goal", goal];
        let run = breakeven(folder.path(), &arguments).code(2);
        let text = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(text.contains(said) && text.contains("help: "), "{vary} {goal}: {text}");
    }
    assert_eq!(names(folder.path()), ["small.toml"]);
}

#[test]
fn a_goal_seek_writes_its_table_its_chart_and_what_it_found() {
    let folder = folder(TASK);
    let arguments = ["solve", "small.toml", "--trials", "1024", "--vary", "Tuned.inference.input_price=0..4"];
    let goal = ["--goal", "Tuned.saving = 0"];
    let run = breakeven(folder.path(), &[&arguments[..], &goal, &["--threads", "1", "--xlsx"]].concat()).success();
    let said = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let flat = said.replace('\n', " ");
    assert!(flat.contains("Tuned's mean saving is $0 at a Tuned.inference.input_price of $2.5"), "{said}");
    assert!(flat.contains(": above that it is less, below it more."), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
    let out = folder.path().join("outputs/small");
    assert_eq!(names(&out), ["solve.csv", "solve.json", "solve.png", "solve.xlsx"]);
    let table = fs::read_to_string(out.join("solve.csv")).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["path", "value", "value_se", "goal"]);
    assert_eq!((rows[1][0], rows[1][3], rows.len()), ("Tuned.inference.input_price", "Tuned.saving.mean = 0", 2));
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("solve.json")).unwrap()).unwrap();
    assert_eq!(manifest["met"][0]["value"].to_string(), rows[1][1]);
    assert_eq!((manifest["met"][0]["figure"].as_str(), manifest["nearest"].is_null()), (Some("falls"), true));
    // The same bytes by two threads, and once more.
    let first: Vec<Vec<u8>> = names(&out).iter().map(|name| fs::read(out.join(name)).unwrap()).collect();
    breakeven(folder.path(), &[&arguments[..], &goal, &["--threads", "2", "--xlsx"]].concat()).success();
    let second: Vec<Vec<u8>> = names(&out).iter().map(|name| fs::read(out.join(name)).unwrap()).collect();
    assert!(first == second);
    let again = breakeven(folder.path(), &["verify", "outputs/small", "--rerun", "small.toml"]).success();
    assert!(String::from_utf8_lossy(&again.get_output().stdout).contains("breakeven solve gives the same bytes again"));
    // What is not met leaves an empty table, and says what came nearest.
    let none =
        ["solve", "small.toml", "--trials", "1024", "--vary", "Tuned.setup.cost=0..1", "--goal", "Tuned.total = 9"];
    let run = breakeven(folder.path(), &none).success();
    let flat = String::from_utf8(run.get_output().stdout.clone()).unwrap().replace('\n', " ");
    assert!(
        flat.contains("is not found to be $9.00 at any Tuned.setup.cost from $0 to $1.00. It comes nearest at $0"),
        "{flat}"
    );
    assert_eq!(fs::read_to_string(out.join("solve.csv")).unwrap().lines().count(), 1);
}
