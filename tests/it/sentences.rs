//! What the summary says of comparisons: nothing that their errors do not bear out, and equal where it is equal.

use crate::common::{run_text, run_with};
use breakeven::report::{json, summary};
use breakeven::tables::{Cell, table};

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

/// Vendors and people are paid the same on average for both; one errs.
#[test]
fn what_would_be_chosen_on_invoices_alone_is_not_said_of_a_difference_within_its_error() {
    let errs = "[option.quality]\nfailure_rate = \"10%\"\ncost_per_failure = 5\n";
    let paid = text("uniform(1, 3)", "uniform(1, 3)").replacen(
        "[[option]]\nname = \"B\"",
        &format!("{errs}[[option]]\nname = \"B\""),
        1,
    );
    let chooses_other = |seed: &u32| {
        let results = run_with(&paid, &[&format!("simulation.seed={seed}")]);
        let said = summary(&results).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("Choose B"), "seed {seed}: {said}");
        said.contains("Counting only")
    };
    // By chance in one of forty; in every other seed if the error were not asked.
    assert!((0..40).filter(chooses_other).count() <= 8);
    let dearer = paid.replace(
        "uniform(1, 3)\", per = \"request\" }]\n[option.quality]",
        "uniform(0.9, 2.9)\", per = \"request\" }]\n[option.quality]",
    );
    assert!(
        dearer != paid
            && self::said(&dearer).contains("Counting only what vendors and people are paid, it would be A.")
    );
}

#[test]
fn heavy_tails_are_said_where_the_figures_are() {
    let results = run_text(&text("3", "lognormal(median=1, sigma=4)"));
    assert!(summary(&results).contains("Few draws from the far tail of B.b.amount"));
    assert_eq!(json(&results)["heavy_tails"], serde_json::json!(["B.b.amount"]));
    let light = run_text(&text("3", "lognormal(median=1, sigma=1)"));
    assert!(!summary(&light).contains("far tail") && json(&light)["heavy_tails"] == serde_json::json!([]));
}

/// Two that are 1 in a fifth of the trials cannot have a rank correlation below −0.25.
#[test]
fn ranks_that_ties_keep_from_what_was_asked_for_are_in_the_table() {
    let pair = "[[correlation]]\ninputs = [\"A.a.amount\", \"B.b.amount\"]\nrank = -0.9\n";
    let reached = |a: &str, b: &str| {
        let rows = table(&run_text(&(text(a, b) + pair)), "inputs").expect("a table").rows;
        rows.into_iter().filter_map(|row| row.last().cloned()).collect::<Vec<Cell>>()
    };
    let found = reached("bernoulli(20%)", "bernoulli(20%)");
    assert!(
        found.contains(&Cell::text("B.b.amount=-0.25")) && found.contains(&Cell::text("A.a.amount=-0.25")),
        "{found:?}"
    );
    assert!(reached("uniform(0, 1)", "uniform(0, 1)").iter().all(|cell| *cell == Cell::text("")));
}

/// That all trials agree does not make a probability certain: its interval reaches three over their number.
#[test]
fn a_probability_on_which_all_agree_has_the_error_of_the_rule_of_three() {
    for sampler in crate::common::SAMPLERS {
        let found = crate::common::results(
            &crate::common::simulated(&crate::common::scenario(&text("3", "5 to 6")), sampler, 16_384, 1),
            1,
        );
        let p = found.p_cheapest(0).expect("a probability");
        assert_eq!(p.value, 1.0);
        assert!((p.half_width(0.95).expect("an error") - 3.0 / 16_384.0).abs() < 1e-12, "{p:?}");
    }
    let certain = run_with(&text("3", "5"), &["workload.requests_per_month=10"]).p_cheapest(0).expect("a probability");
    assert_eq!((certain.value, certain.std_error), (1.0, Some(0.0)));
}
