//! What the summary says of comparisons: nothing that their errors do not bear out, and equal where it is equal.

mod common;

use breakeven::report::summary;
use common::{run_text, run_with};

/// Two options whose only costs are these.
fn text(a: &str, b: &str) -> String {
    format!(
        r#"
simulation.horizon_months = 1
simulation.trials = 16384
[workload]
requests_per_month = "10k to 100k"
input_tokens = 0
output_tokens = 0
[[option]]
name = "A"
cost = [{{ name = "a", amount = "{a}", per = "request" }}]
[[option]]
name = "B"
cost = [{{ name = "b", amount = "{b}", per = "request" }}]
"#
    )
}

/// The summary on one line.
fn said(text: &str) -> String {
    summary(&run_text(text)).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn identical_options_are_called_equal_and_neither_cheaper() {
    let said = said(&text("3", "3"));
    assert!(said.contains("A and B cost the same on average."), "{said}");
    assert!(said.contains("B is as dear as A on average"), "{said}");
    assert!(said.contains("costs the same in > 99.9"), "{said}");
    assert!(!said.contains("cheaper"), "{said}");
}

/// B is cheaper in one trial of a hundred and the same in all others.
#[test]
fn what_ties_mostly_is_not_called_likely_cheaper() {
    let said = said(&text("3", "3 - bernoulli(1%)"));
    assert!(said.contains("Choose B"), "{said}");
    assert!(said.contains("B is cheaper than A on average"), "{said}");
    assert!(said.contains("costs the same in 99") && !said.contains("likely"), "{said}");
    assert!(!said.contains("usually not"), "nothing beats B: {said}");
}

/// Which of two is the cheapest more often is a matter of chance here: whether it is said must not be.
#[test]
fn usually_is_not_said_of_a_difference_within_its_error() {
    let even = text("uniform(1, 3)", "uniform(1, 3) - 0.002");
    for seed in 0..12 {
        let results = run_with(&even, &[&format!("simulation.seed={seed}")]);
        let said = summary(&results).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!said.contains("usually not"), "seed {seed}: {said}");
    }
}
