//! What a test before deciding is worth, against closed forms, exact sums, and what must hold of it.

use crate::common::program::{breakeven, folder, names};
use crate::common::{NORMAL, SAMPLERS, STUDENT, chi_square_limits, mean_sd, phi, scenario, simulated};
use breakeven::diagnostic::Sources;
use breakeven::evsi::{Pilot, PilotPlan, PilotWords, pilot};
use breakeven::math::{Level, beta, exp, ln_gamma, normal};
use breakeven::model::Model;
use breakeven::sample::Sampler;
use breakeven::scenario::Scenario;
use breakeven::stats::Estimate;

/// A worth below this is none beside costs of 1,000.
const TINY: f64 = 1e-9;

/// A sure 1,000 against 1,000 less a net benefit.
fn against_sure(inputs: &str, benefit: &str, more: &str) -> String {
    format!(
        "simulation.horizon_months = 1\n[inputs]\n{inputs}\n[workload]\nrequests_per_month = 1\ninput_tokens = 0\n\
         output_tokens = 0\n{more}\n\
         [[option]]\nname = 'Sure'\ncost = [{{ name = 'Fee', amount = 1000, per = 'once' }}]\n\
         [[option]]\nname = 'Risky'\ncost = [{{ name = 'Fee', amount = '1000 - ({benefit})', per = 'once' }}]\n"
    )
}

fn plan(scenario: &Scenario, learn: &[&str], samples: Option<&str>, sd: &[&str]) -> Result<PilotPlan, String> {
    let [learn, sd] = [learn, sd].map(|texts| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    let words = PilotWords { learn: &learn, samples, sd: &sd, cost: Some("0.1"), cost_per_sample: Some("0.001") };
    let found = PilotPlan::read(words, scenario, &Model::new(scenario), &mut Sources::default());
    found.map_err(|findings| findings.into_iter().map(|f| f.message).collect::<Vec<_>>().join("; "))
}

fn tested(scenario: &Scenario, learn: &[&str], samples: Option<&str>, sd: &[&str]) -> Pilot {
    let plan = plan(scenario, learn, samples, sd).expect("a plan");
    pilot(scenario, &Model::new(scenario), &plan, Some(1), Default::default()).expect("finite values")
}

fn evsi(found: &Pilot) -> Vec<Estimate> {
    found.rows.iter().map(|row| row.evsi.expect("a worth")).collect()
}

fn density(x: f64) -> f64 {
    exp(-x * x / 2.0) / (2.0 * std::f64::consts::PI).sqrt()
}

/// With a net benefit whose mean after the data is N(m, s²) they are worth s·φ(m/s) − |m|·Φ(−|m|/s).
fn of_normal(m: f64, s: f64) -> f64 {
    s * density(m / s) - m.abs() * phi(-m.abs() / s)
}

/// The standard deviation of the mean of a normal of standard deviation `prior` after n measurements.
fn learned(prior: f64, sd: f64, n: f64) -> f64 {
    prior * prior / (prior * prior + sd * sd / n).sqrt()
}

/// To 1 %, or to what the error allows.
#[track_caller]
fn assert_near(found: Estimate, truth: f64, what: &str) {
    let error = found.std_error.expect("an error");
    let off = (found.value - truth).abs();
    assert!(
        off <= (0.01 * truth).max(STUDENT * error).max(TINY),
        "{what}: {} ± {error}, in truth {truth}",
        found.value
    );
    assert!(error < 0.05 * truth.max(1e-4), "{what}: an error of {error} tells nothing of {truth}");
}

#[test]
fn measurements_of_a_normal_have_their_closed_form() {
    let text = against_sure("x = 'normal(1, 2)'", "x", "");
    let truths = [(1.0, 0.000_673_587), (10.0, 0.100_573_453), (100.0, 0.322_341_829), (1000.0, 0.386_966_550)];
    for (n, truth) in truths {
        assert!((of_normal(1.0, learned(2.0, 10.0, n)) - truth).abs() < 1e-9);
    }
    for sampler in SAMPLERS {
        // Independent trials draw the input itself with an error.
        let trials = if sampler == Sampler::MonteCarlo { 1 << 20 } else { 1 << 18 };
        let found = tested(&simulated(&scenario(&text), sampler, trials, 3), &["x"], Some("1,10,100,1k"), &["10"]);
        for ((n, truth), found) in truths.iter().zip(evsi(&found)) {
            assert_near(found, *truth, &format!("{n} under {}", sampler.word()));
        }
        assert_near(found.evppi.expect("a worth"), 0.395_593_115, sampler.word());
    }
}

/// The worth of n outcomes of a share with a beta prior, where the net benefit is the share less a threshold: the mean of
/// max(0, (a + k)/(a + b + n) − threshold) over the beta-binomial k, less the same without data.
fn of_beta([a, b]: [f64; 2], threshold: f64, n: u64) -> f64 {
    let beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    let n = n as f64;
    let p = |k: f64| {
        let ways = ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0);
        exp(ways + beta(a + k, b + n - k) - beta(a, b))
    };
    let chosen = |k: f64| ((a + k) / (a + b + n) - threshold).max(0.0);
    (0..=n as u64).map(|k| p(k as f64) * chosen(k as f64)).sum::<f64>() - (a / (a + b) - threshold).max(0.0)
}

#[test]
fn outcomes_of_a_share_are_worth_their_exact_sum() {
    for (prior, threshold) in [([8.0, 12.0], 0.42), ([0.5, 30.0], 0.02), ([40.0, 3.0], 0.9)] {
        let text =
            against_sure(&format!("x = 'beta({}, {})'", prior[0], prior[1]), &format!("1000 * (x - {threshold})"), "");
        let found = tested(&scenario(&text), &["x"], Some("1,2,10,100,1000,5000,100k"), &[]);
        for (row, found) in found.rows.iter().zip(evsi(&found)) {
            let truth = 1000.0 * of_beta(prior, threshold, row.samples[0]);
            assert_near(found, truth, &format!("{} of {prior:?}", row.samples[0]));
        }
    }
}

#[test]
fn a_share_of_few_values_is_learned_by_its_values() {
    // 0.2 or 0.8, each as likely: the data lead to the likelier one.
    let text = against_sure("x = 'mix(0.5: 0.2, 0.5: 0.8)'", "10 * (x - 0.6)", "");
    let found = tested(&scenario(&text), &["x"], Some("1,2"), &[]);
    // After k of n: P(0.8 | k) is 0.8^k·0.2^(n−k) over both; a benefit of 2 or of −4.
    let benefit = |yes: f64, no: f64| (0.5 * yes * 2.0 - 0.5 * no * 4.0).max(0.0);
    let truths = [benefit(0.8, 0.2), benefit(0.64, 0.04) + 2.0 * benefit(0.16, 0.16)];
    for (found, truth) in evsi(&found).into_iter().zip(truths) {
        assert!((found.value - truth).abs() < 1e-9, "{found:?} {truth}");
    }
    assert!((found.rows[0].p_changes_choice.expect("a chance").value - 0.5).abs() < 1e-9);
    assert!((found.evppi.expect("a worth").value - 1.0).abs() < 1e-9);
}

#[test]
fn more_data_are_worth_more_and_never_more_than_knowing() {
    let more = "[[correlation]]\ninputs = ['x', 'y']\nrank = 0.4";
    let inputs = "x = '50% to 90%'\ny = '1 to 9'\nz = 'normal(0, 2)'";
    let text = against_sure(inputs, "10 * x * y - 33 + z", more);
    for sampler in SAMPLERS {
        let scenario = simulated(&scenario(&text), sampler, 1 << 14, 7);
        let found = tested(&scenario, &["x"], Some("1,3,10,30,100,300,1000,10k,100k,1M,100M"), &[]);
        let worth: Vec<f64> = evsi(&found).into_iter().chain(found.evppi).map(|e| e.value).collect();
        assert!(worth.is_sorted() && worth[0] >= 0.0 && worth[3] > 0.0, "{worth:?}");
        let p = found.rows.iter().map(|row| row.p_changes_choice.expect("a chance").value);
        assert!(p.into_iter().all(|p| (0.0..=1.0).contains(&p)));
    }
}

#[test]
fn what_changes_nothing_is_worth_nothing() {
    // Risky costs at least 1 more whatever x is, and z does not matter at all.
    let text = against_sure("x = 'uniform(0, 1)'\nz = 'normal(0, 1)'", "x - 2 + 0 * z", "");
    for learn in ["x", "z"] {
        let found = tested(&scenario(&text), &[learn], Some("1,100,100k"), &["0.5"]);
        for worth in evsi(&found).into_iter().chain(found.evppi) {
            assert_eq!((worth.value, worth.std_error), (0.0, Some(0.0)));
        }
        assert!(found.rows.iter().all(|row| row.p_changes_choice.is_some_and(|p| p.value == 0.0)));
        assert!(found.best().is_none());
    }
}

#[test]
fn what_is_correlated_with_the_input_is_learned_along() {
    // p1 ~ N(1, 1), p2 | p1 ~ N(p1, 2²), the benefit p1 + p2 − 1: given p1 it is 2·p1 − 1.
    let rank = 6.0 / std::f64::consts::PI * (0.2f64.sqrt() / 2.0).asin();
    let correlation = format!("[[correlation]]\ninputs = ['p1', 'p2']\nrank = {rank}");
    let text = against_sure("p1 = 'normal(1, 1)'\np2 = 'normal(1, 5 ^ 0.5)'", "p1 + p2 - 1", &correlation);
    let found = tested(&scenario(&text), &["p1"], Some("4"), &["3"]);
    assert_near(evsi(&found)[0], of_normal(1.0, 2.0 * learned(1.0, 3.0, 4.0)), "p1");
}

#[test]
fn tests_of_independent_inputs_add_up() {
    let text = against_sure("a = 'normal(0.5, 1)'\nb = 'normal(0.2, 1.5)'\nc = 'beta(4, 6)'", "a + b", "");
    let text = scenario(&text);
    for sampler in SAMPLERS {
        let found = tested(&simulated(&text, sampler, 1 << 18, 5), &["a:3", "b:20"], None, &["a:2", "b:5"]);
        let s = learned(1.0, 2.0, 3.0).hypot(learned(1.5, 5.0, 20.0));
        assert_near(evsi(&found)[0], of_normal(0.7, s), sampler.word());
        assert_near(found.evppi.expect("a worth"), of_normal(0.7, 1f64.hypot(1.5)), sampler.word());
        assert!(
            found.interaction.is_some_and(|found| found.is_notable() == Some(false) && found.share.value.abs() < 0.02)
        );
    }
}

#[test]
fn what_inputs_move_only_together_is_told() {
    // Of x·y with means 0 all of the variance is their interaction; of (1 + x)(2 + y) with variances 1 a sixth.
    for (benefit, share) in [("x * y", 1.0), ("(1 + x) * (2 + y)", 1.0 / 6.0)] {
        let text = against_sure("x = 'normal(0, 1)'\ny = 'normal(0, 1)'", benefit, "");
        let found = tested(&scenario(&text), &["x:3", "y:3"], None, &["2"]).interaction.expect("a share");
        assert!(
            found.is_notable() == Some(true) && (found.share.value / share - 1.0).abs() < 0.1,
            "{benefit}: {found:?}"
        );
    }
}

/// The standard normal score of a value of Student's t with 15 degrees of freedom.
fn normal_score(t: f64) -> f64 {
    let outside = beta::level(7.5, 0.5, beta::Fraction::new(15.0 / (15.0 + t * t))).below;
    normal::quantile_at(Level::from_above(outside / 2.0)).copysign(t)
}

#[test]
fn errors_are_what_they_claim() {
    const SEEDS: u64 = 100;
    // Noise of another input beside a benefit of N(0.5, 1).
    let text = scenario(&against_sure("x = 'normal(0.5, 1)'\nz = 'normal(0, 3)'\ny = 'normal(0, 1)'", "x + z + y", ""));
    let (_, most) = chi_square_limits(SEEDS as f64);
    for sampler in SAMPLERS {
        let mut scores = [Vec::new(), Vec::new(), Vec::new()];
        for seed in 1..=SEEDS {
            let simulated = simulated(&text, sampler, 1 << 13, seed);
            let alone = evsi(&tested(&simulated, &["x"], Some("4,100"), &["2"]));
            // What holds of joint tests does not hang on the sampler.
            let both = (sampler == Sampler::Sobol).then(|| evsi(&tested(&simulated, &["x:4", "z:10"], None, &["2"])));
            let s = [
                learned(1.0, 2.0, 4.0),
                learned(1.0, 2.0, 100.0),
                learned(1.0, 2.0, 4.0).hypot(learned(3.0, 2.0, 10.0)),
            ];
            for ((found, s), scores) in alone.into_iter().chain(both.into_iter().flatten()).zip(s).zip(&mut scores) {
                let error = found.std_error.expect("an error");
                scores.push(normal_score((found.value - of_normal(0.5, s)) / error));
            }
        }
        for (what, scores) in ["4", "100", "two"].into_iter().zip(&scores).filter(|(_, scores)| !scores.is_empty()) {
            let squares: f64 = scores.iter().map(|z| z * z).sum();
            let (mean, sd) = mean_sd(scores);
            // They hold how far two ways of choosing are apart, so that they may be too large, but not by far.
            assert!(squares < most && sd > 0.4, "{what} under {}: bias {mean:.3}, spread {sd:.3}", sampler.word());
            assert!(mean.abs() < NORMAL / (SEEDS as f64).sqrt() + 0.3, "{what} under {}: {mean:.3}", sampler.word());
        }
    }
}

#[test]
fn threads_do_not_matter() {
    let text = scenario(&against_sure("x = '50% to 90%'\nz = 'normal(0, 3)'", "10 * x - 7 + z", ""));
    let text = simulated(&text, Sampler::LatinHypercube, 1 << 16, 1);
    let model = Model::new(&text);
    for (learn, samples, sd) in [(&["x"][..], Some("5,50,50k"), &[][..]), (&["x:9", "z:2"], None, &["z:4"])] {
        let plan = plan(&text, learn, samples, sd).expect("a plan");
        let on = |n| format!("{:?}", pilot(&text, &model, &plan, Some(n), Default::default()).expect("finite values"));
        let one = on(1);
        assert!([2, 3].into_iter().all(|threads| on(threads) == one));
    }
}

#[test]
fn a_hierarchical_input_is_learned_by_its_values() {
    // m ~ N(1, 1), x | m ~ N(m, 3^½): x ~ N(1, 2²).
    let text = scenario(&against_sure("m = 'normal(1, 1)'\nx = 'normal(mean=m, sd=3 ^ 0.5)'", "x", ""));
    let found = tested(&text, &["x"], Some("10,1000"), &["10"]);
    assert_near(evsi(&found)[0], 0.100_573_453, "10");
    assert_near(evsi(&found)[1], 0.386_966_550, "1000");
    assert!(plan(&text, &["x:1", "m:1"], None, &["1"]).is_err_and(|said| said.contains("not independent")));
}

const TWO: &str = "simulation = { horizon_months = 12, trials = 4096 }\n\
    [inputs]\nfixed = 7\nrate = '2% to 9%'\nother = 'uniform(10, 30)'\nthird = 'uniform(0, 1)'\npicked = 'mix(0.5: fixed, 0.5: 3)'\n\
    bad = 'normal(0.5, 0.2)'\nparameter = 'uniform(0, 2)'\nloose = 'normal(mean=parameter, sd=0.1)'\n\
    branch = 'if(parameter > 1, normal(mean=sqrt(parameter - 1), sd=0.1), 0)'\n\
    [workload]\nrequests_per_month = 1000\ninput_tokens = 0\noutput_tokens = 0\n\
    [[correlation]]\ninputs = ['other', 'third']\nrank = 0.5\n\
    [[option]]\nname = 'Now'\nhosting.cost_per_month = 'other + 0 * loose'\n\
    [[option]]\nname = 'New'\nhosting.cost_per_month = 'if(parameter > 1, 1, 1) * (15 + 100 * rate) + 0 * bad'\n";

#[test]
fn a_pilot_that_cannot_be_read_writes_nothing() {
    let folder = folder(TWO);
    let long = |n: usize| (1..=n).map(|k| k.to_string()).collect::<Vec<_>>().join(",");
    let many = long(1001);
    for (arguments, said) in [
        (&["--learn", "rat", "--samples", "5"][..], "did you mean `rate`?"),
        (&["--learn", "fixed", "--samples", "5"], "`fixed` is a number or a formula"),
        (&["--learn", "picked", "--samples", "5"], "`picked` picks a branch of a mix"),
        (&["--learn", "rate"], "write --samples 50,200,1000"),
        (&["--learn", "rate", "--samples", "0"], "a whole number from 1"),
        (&["--learn", "rate", "--samples", "5,2.5"], "a whole number from 1"),
        (&["--learn", "rate", "--samples", "5,,6"], "a whole number from 1"),
        (&["--learn", "rate", "--samples", "10B"], "a whole number from 1"),
        (&["--learn", "rate", "--samples", &many], "1001 tests are too many"),
        (&["--learn", "rate:-3"], "a whole number from 1"),
        (&["--learn", "rate:5", "--samples", "6"], "the number of samples is given twice"),
        (&["--learn", "other", "--samples", "5"], "`other` is no share of outcomes: its values reach from 10 to 30"),
        (&["--learn", "bad", "--samples", "5"], "truncate(…, min=0, max=1)"),
        (&["--learn", "loose", "--samples", "5"], "`loose` is no share of outcomes: its values reach beyond 0..1"),
        (&["--learn", "branch", "--samples", "5", "--sd", "1"], "`branch` has no value in some trials"),
        (&["--learn", "other", "--samples", "5", "--sd", "0"], "a number above 0"),
        (&["--learn", "other", "--samples", "5", "--sd", "-2"], "a number above 0"),
        (&["--learn", "other", "--samples", "5", "--sd", "2", "--sd", "3"], "is given twice"),
        (&["--learn", "other", "--samples", "5", "--sd", "rate:2"], "`rate` is not among what is learned"),
        (&["--learn", "rate", "--samples", "5", "--cost", "-1"], "`--cost` is a number of 0 or more"),
        (&["--learn", "rate", "--samples", "5", "--cost-per-sample", "much"], "`--cost-per-sample` is a number"),
        (&["--learn", "rate", "--learn", "other:5", "--sd", "2"], "each has its own number of samples"),
        (&["--learn", "rate", "--learn", "third", "--samples", "5"], "each has its own number of samples"),
        (&["--learn", "rate:5,6", "--learn", "third:5"], "each has one number of samples"),
        (&["--learn", "rate:5", "--learn", "rate:6"], "`rate` is to be learned twice"),
        (&["--learn", "third:5", "--learn", "other:6", "--sd", "other:2"], "are not independent of each other"),
    ] {
        let run = breakeven(folder.path(), &[&["pilot", "small.toml"], arguments].concat()).code(2);
        let text = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(text.contains(said), "{arguments:?}: {text}");
        assert!(text.contains("help"), "{arguments:?} has no remedy: {text}");
        assert_eq!(names(folder.path()), ["small.toml"], "{arguments:?}");
    }
    let lone = crate::common::program::folder(&TWO[..TWO.rfind("[[option]]").unwrap()]);
    let run = breakeven(lone.path(), &["pilot", "small.toml", "--learn", "other:5", "--sd", "1"]).code(2);
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("there is nothing to decide"));
}

#[test]
fn a_pilot_writes_a_row_for_every_test_and_gives_the_same_again() {
    let folder = folder(TWO);
    let test = [
        "pilot",
        "small.toml",
        "--learn",
        "rate",
        "--samples",
        "200,10,1k",
        "--cost",
        "1",
        "--cost-per-sample",
        "0.01",
    ];
    let run = breakeven(folder.path(), &[&test[..], &["--xlsx", "--threads", "1"]].concat()).success();
    let text = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.contains("net (ENBS)") && text.contains("(EVPPI)"), "{text}");
    let out = folder.path().join("outputs/small");
    assert_eq!(names(&out), ["pilot.csv", "pilot.json", "pilot.png", "pilot.xlsx"]);
    let csv = std::fs::read_to_string(out.join("pilot.csv")).unwrap();
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["inputs", "samples", "evsi", "evsi_se", "cost", "enbs", "p_changes_choice"]);
    assert_eq!(
        rows[1..].iter().map(|row| [row[0], row[1], row[4]]).collect::<Vec<_>>(),
        [["rate", "10", "1.1"], ["rate", "200", "3"], ["rate", "1000", "11"]]
    );
    let number = |k: usize, column: usize| rows[k][column].parse::<f64>().unwrap();
    assert!((1..=3).all(|k| (number(k, 2) - number(k, 4) - number(k, 5)).abs() < 1e-9));
    breakeven(folder.path(), &["verify", "outputs/small", "--rerun", "small.toml", "--threads", "2"]).success();
    // Without costs there is no net; of several inputs there is no axis of samples.
    let two = ["pilot", "small.toml", "--learn", "rate:50", "--learn", "other:4", "--sd", "other:3"];
    breakeven(folder.path(), &two).success();
    assert_eq!(names(&out), ["pilot.csv", "pilot.json"]);
    let csv = std::fs::read_to_string(out.join("pilot.csv")).unwrap();
    let row: Vec<&str> = csv.lines().nth(1).unwrap().split(',').collect();
    assert_eq!([row[0], row[1], row[4], row[5]], ["rate;other", "50;4", "", ""]);
}
