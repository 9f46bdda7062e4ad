//! What `%` means where it is written, and quantities in proportion to what is written already.

use crate::common::scenario_with;
use breakeven::quantity::Law;
use breakeven::scenario::{DataFiles, LoadOptions, read};

const BASE: &str = r#"
simulation.horizon_months = 12
[inputs]
rate = "lognormal(mean=100, cv=20%)"
share = "20%"
large = "800k"
[labour]
hourly_rate = "rate"
[workload]
requests_per_month = "60k to 170k"
input_tokens = 1000
output_tokens = 100
[[correlation]]
inputs = ["rate", "workload.requests_per_month"]
rank = 0.5
[[option]]
name = "A"
inference = { input_price = 3, output_price = 15 }
quality = { failure_rate = "2%", cost_per_failure = 0.5 }
[[option]]
name = "B"
inference = { input_price = "1 to 2", output_price = "2 + 3" }
setup = { hours = 40 }
cost = [{ name = "Store", amount = 90, per = "month" }]
"#;

/// What is said of an override: errors and hints, with their remedies.
fn said(set: &str) -> Vec<String> {
    let options = LoadOptions { overrides: vec![set.to_owned()], allow_data_outside: false, ..LoadOptions::default() };
    let reading = read("test.toml", "test", BASE, &options, DataFiles::none());
    let findings = reading.findings.iter().filter(|f| !f.message.contains("leaves its correlations"));
    findings.map(|f| format!("{}; {}", f.message, f.help.join("; "))).collect()
}

/// The text of a quantity under an override.
fn text(set: &str, path: &str) -> String {
    let scenario = scenario_with(BASE, &[set]);
    let found = scenario.written().iter().find(|w| w.path == path);
    found.unwrap_or_else(|| panic!("{path} is not written")).text.clone()
}

/// What a share beside something that is none is refused with: both readings.
#[test]
fn a_share_is_not_added_to_what_is_none() {
    for (set, remedies) in [
        ("rate=100 + 20%", ["100 * 1.2", "100 + 0.2"]),
        ("workload.requests_per_month=800k + 20%", ["800k * 1.2", "800k + 0.2"]),
        ("workload.requests_per_month=800k - 20%", ["800k * 0.8", "800k - 0.2"]),
        ("workload.requests_per_month=20% + 800k", ["800k * 1.2", "800k + 0.2"]),
        ("workload.requests_per_month=60k to 170k + 20%", ["170k * 1.2", "170k + 0.2"]),
        ("workload.requests_per_month=(60k to 170k) + 20%", ["(60k to 170k) * 1.2", "(60k to 170k) + 0.2"]),
        ("workload.requests_per_month=(40k) + 5 + 20%", ["((40k) + 5) * 1.2", "(40k) + 5 + 0.2"]),
        ("workload.requests_per_month=(40k + 5) + 20%", ["(40k + 5) * 1.2", "(40k + 5) + 0.2"]),
        ("workload.requests_per_month=large + 20%", ["large * 1.2", "large + 0.2"]),
        ("workload.requests_per_month=2 * large + 20%", ["2 * large * 1.2", "2 * large + 0.2"]),
        ("share=workload.input_tokens - 5%", ["workload.input_tokens * 0.95", "workload.input_tokens - 0.05"]),
        ("B.inference.output_price=max(2, share) + 10%", ["max(2, share) * 1.1", "max(2, share) + 0.1"]),
        ("rate=lognormal(mean=100, sd=20%)", ["cv=20%", "sd=0.2"]),
        ("rate=normal(100, 20%)", ["cv=20%", "sd=0.2"]),
        ("rate=gamma(mean=rate2, sd=5%)", ["rate", "rate"]),
    ] {
        let said = said(set);
        let fits = remedies.iter().all(|remedy| said.iter().any(|text| text.contains(remedy)));
        assert!(fits, "{set}: {said:?}");
    }
}

#[test]
fn a_share_stands_in_no_field_with_a_unit() {
    for set in ["A.inference.input_price=+20%", "A.inference.input_price=20%", "B.Store.amount=10% to 20%"] {
        let said = said(set);
        assert!(said.len() == 1 && said[0].contains("is a share") && said[0].contains("*=1.2"), "{set}: {said:?}");
    }
    for set in ["A.quality.failure_rate=1-3%", "workload.growth_per_month=1%-3%"] {
        assert!(said(set)[0].contains("write 1% to 3%"), "{set}: {:?}", said(set));
    }
}

/// Sums of shares, factors, rests, products, and names that may stand for anything.
#[test]
fn what_percent_can_mean_is_taken() {
    for set in [
        "share=1 + 20%",
        "share=1 + 20% + 5%",
        "share=0.2 + 5%",
        "share=100% - 5%",
        "rate=40 * (1 - 20%)",
        "rate=40 * 20% + 30 * 80%",
        "rate=2 * 60% * 2 + 5%",
        "A.quality.failure_rate=100% - 95%",
        "A.quality.failure_rate=max(share - 15%, 1%)",
        "B.inference.output_price=3 + share",
        "B.inference.retry_rate=5% + 1%",
        "workload.growth_per_month=-3%",
        "share=1.5 * (10% to 20%)",
        "rate=3 - bernoulli(1%)",
        "share=beta(mean=20%, cv=25%)",
        "share=normal(0.5, 10%)",
        "rate=normal(-100, cv=20%)",
    ] {
        assert_eq!(said(set), Vec::<String>::new(), "{set}");
    }
}

/// The coefficient of variation of each family that has a standard deviation, of positive and negative means, and of an
/// uncertain one.
#[test]
fn cv_is_a_share_of_the_size_of_the_mean() {
    let dist = |text: &str| {
        let scenario = scenario_with(BASE, &[&format!("rate={text}")]);
        let program = scenario.quantities().clone().finish();
        let variable = program.variables.iter().find(|v| v.name == "rate").unwrap();
        let Law::Fixed(quantiles) = &variable.law else { panic!("{text}: {:?}", variable.law) };
        [0.01, 0.5, 0.99].map(|u| quantiles.quantile(u))
    };
    for (cv, sd) in [
        ("normal(100, cv=20%)", "normal(100, 20)"),
        ("normal(mean=-100, cv=0.2)", "normal(mean=-100, sd=20)"),
        ("lognormal(cv=150%, mean=40)", "lognormal(mean=40, sd=60)"),
        ("gamma(mean=10, cv=50%)", "gamma(mean=10, sd=5)"),
        ("beta(mean=20%, cv=50%)", "beta(mean=0.2, sd=0.1)"),
    ] {
        assert_eq!(dist(cv), dist(sd), "{cv}");
    }
    let text = "rate=lognormal(mean=uniform(50, 150), cv=1e-9)";
    assert!(said(text).is_empty(), "{:?}", said(text));
    assert!(said("rate=normal(100, sd=20, cv=20%)")[0].contains("given twice"));
}

#[test]
fn quantities_are_changed_in_proportion() {
    for (set, path, expected) in [
        ("A.inference.input_price*=1.2", "A.inference.input_price", "3 * 1.2"),
        ("A.inference.input_price += 0.5", "A.inference.input_price", "3 + 0.5"),
        ("B.inference.output_price*=1.2", "B.inference.output_price", "(2 + 3) * 1.2"),
        ("rate*=uniform(0.9, 1.1)", "rate", "lognormal(mean=100, cv=20%) * uniform(0.9, 1.1)"),
        ("A.quality.failure_rate+=1%", "A.quality.failure_rate", "2% + 1%"),
        ("B.inference.token_multiplier*=1.3", "B.inference.token_multiplier", "1 * 1.3"),
        ("B.setup.hourly_rate*=1.5", "B.setup.hourly_rate", "rate * 1.5"),
        ("B.Store.amount*=50%", "B.Store.amount", "90 * 50%"),
        ("*.inference.input_price*=1.2", "A.inference.input_price", "3 * 1.2"),
        ("*.inference.input_price*=1.2", "B.inference.input_price", "(1 to 2) * 1.2"),
        ("*.Store.amount+=10", "B.Store.amount", "90 + 10"),
        ("*.inference.output_price=7", "A.inference.output_price", "7"),
    ] {
        assert_eq!(text(set, path), expected, "{set}");
    }
}

/// A distribution stays one: the same variable, at the same place among the random points, correlated as before.
#[test]
fn a_distribution_in_proportion_keeps_its_name_and_its_correlations() {
    let scenario = scenario_with(BASE, &["workload.requests_per_month*=2", "rate*=1.5"]);
    let plain = crate::common::scenario(BASE);
    let names = |s: &breakeven::scenario::Scenario| {
        s.quantities().variables.iter().map(|v| (v.name.clone(), v.dimension)).collect::<Vec<_>>()
    };
    assert_eq!(names(&scenario), names(&plain));
    assert_eq!(scenario.groups(), plain.groups());
    let [a, b] = [&plain, &scenario].map(|s| crate::common::results(s, 1));
    let total = |r: &breakeven::engine::Results| {
        use breakeven::engine::{Metric, Stat};
        r.metric(0, Metric::Total, Stat::Mean).unwrap().value
    };
    assert!((total(&b) / total(&a) - 2.0).abs() < 1e-12);
}

#[test]
fn a_change_that_cannot_have_been_meant_is_refused() {
    for (set, remedy) in [
        ("A.inference.input_price+=5%", "*=1.05"),
        ("A.inference.input_price*=+20%", "*=1.2"),
        ("A.hosting.gpu_hourly_rate*=2", "set it with = alone"),
        ("simulation.trials*=2", "set it with = alone"),
        ("*.hosting.cost_per_month*=2", "where it is written"),
        ("*.hosting.cost*=2", "did you mean"),
        ("B.setup.hourly_rate*=", "write a number"),
    ] {
        let said = said(set);
        assert!(said.len() == 1 && said[0].contains(remedy), "{set}: {said:?}");
    }
    let uncertain = BASE.replace("hourly_rate = \"rate\"", "hourly_rate = \"80 to 120\"");
    let options = LoadOptions {
        overrides: vec!["B.setup.hourly_rate*=2".into()],
        allow_data_outside: false,
        ..LoadOptions::default()
    };
    let reading = read("test.toml", "test", &uncertain, &options, DataFiles::none());
    assert!(reading.findings[0].help[0].contains("[inputs]"), "{:?}", reading.findings);
}

#[test]
fn a_correlated_variable_made_certain_leaves_its_correlations() {
    for (set, holds) in
        [("rate=100", "no distribution"), ("rate=normal(50, 2) + normal(50, 3)", "several distributions")]
    {
        let options =
            LoadOptions { overrides: vec![set.to_owned()], allow_data_outside: false, ..LoadOptions::default() };
        let reading = read("test.toml", "test", BASE, &options, DataFiles::none());
        let said: Vec<&str> = reading.findings.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(said, [format!("`rate` holds {holds} now and leaves its correlations")]);
        assert!(reading.scenario.unwrap().groups().is_empty());
    }
}
