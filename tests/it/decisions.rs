//! What decides beside means: candidates against each other, trial by trial, and what the dearest trials cost.

use breakeven::chart::{ChartStyle, ImageFormat, Theme};
use breakeven::engine::{Dearest, Metric, Stat};
use breakeven::model::PeriodKind;
use breakeven::stats::Estimate;
use breakeven::tables::{Cell, Verdict, table};

use crate::common::{results, rows, scenario};

#[test]
fn the_frontier_is_the_option_with_the_lowest_mean() {
    // A is paid for month by month, C once: on average C is dearer until A has cost as much.
    let results = results(&scenario(FOUR), 1);
    let table = table(&results, "acceptability").expect("a table");
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.to_string(),
        Cell::Number(x) => x.to_string(),
    };
    assert_eq!(table.rows.len(), 3 * (3 + 41));
    let on = |axis: &str, value: &str| -> Vec<String> {
        let rows = table.rows.iter().map(|row| row.iter().map(text).collect::<Vec<_>>());
        let on = rows.filter(|row| row[1] == axis && row[2] == value && row[5] == "true");
        on.map(|row| row[0].clone()).collect()
    };
    // 109 against 127 and 173 + 20, and 328 against 382 and 233 after three.
    assert_eq!((on("month", "1"), on("month", "3")), (vec!["A".to_owned()], vec!["C".to_owned()]));
    assert_eq!(on("requests_per_month", "1000"), ["C"]);
}

/// Per 1,000 requests A fails 50 times and costs 10, B fails 20 and costs 40, C fails never and costs 160: B is cheapest
/// from 1 on, C from 6.
fn answers(quality: &str, fee: &str) -> String {
    let option = |name: &str, rate: f64, fee: &str| {
        format!(
            "[[option]]\nname = \"{name}\"\ninference = {{ input_price = 0, output_price = 0 }}\n\
             quality = {{ failure_rate = {rate}{quality} }}\ncost = [{{ name = \"Fee\", per = \"month\", amount = {fee} }}]\n"
        )
    };
    "[simulation]\nhorizon_months = 4\ntrials = 4096\ndiscount_rate = 0.2\n[workload]\n\
     requests_per_month = 1000\ninput_tokens = 1\noutput_tokens = 1\n"
        .to_owned()
        + &option("A", 0.05, fee)
        + &option("B", 0.02, "40")
        + &option("C", 0.0, "160")
}

#[test]
fn the_cost_of_a_bad_answer_decides_where_worked_out_by_hand() {
    // The fee is discounted as the answers are: what they cost where options meet is the same in every month.
    for (quality, centre, own) in [("", 1.0, None), (", cost_per_failure = 2.5", 2.5, Some(2.5))] {
        let results = results(&scenario(&answers(quality, "10")), 1);
        assert!((results.failure_costs[20] / centre - 1.0).abs() < 1e-9);
        let found = Verdict::new(&results).bad_answers.expect("changes");
        let places: Vec<(f64, usize)> = found.changes.iter().map(|(cost, i)| (cost.value, *i)).collect();
        assert_eq!((found.first, found.own), (0, own));
        for ((cost, option), (by_hand, next)) in places.iter().zip([(1.0, 1), (6.0, 2)]) {
            assert!((cost / by_hand - 1.0).abs() < 1e-9 && *option == next, "{places:?}");
        }
        assert_eq!(places.len(), 2);
    }
    // Where A is the dearest at any cost there is nothing to say, and without bad answers no axis.
    let dear = results(&scenario(&answers("", "200")), 1);
    assert!(Verdict::new(&dear).bad_answers.expect("B and C cross").changes.len() == 1);
    assert_eq!(results(&scenario(FOUR), 1).failure_costs, [0.0; 0]);
    let style = ChartStyle { format: ImageFormat::Svg, theme: Theme::Light };
    let names = |text: &str| -> Vec<String> {
        let results = results(&scenario(text), 1);
        breakeven::report::charts(&results, style).into_iter().map(|(name, _)| name).collect()
    };
    assert!(names(&answers("", "10")).contains(&"acceptability_bad_answers.svg".to_owned()));
    assert!(!names(FOUR).contains(&"acceptability_bad_answers.svg".to_owned()));
}

#[test]
fn where_a_bad_answer_decides_is_as_uncertain_as_its_error_says() {
    // The fee of A is 40 − u, so that A and B meet at u / 30: its mean is 1, with the error of a mean over 4,096 trials.
    let text =
        answers("", "\"40 - normal(30, 12)\"").replace("trials = 4096", "trials = 4096\nsampler = \"monte-carlo\"");
    let z = |seed: u64| {
        let mut scenario = scenario(&text);
        scenario.set_seed(seed);
        let crossing = results(&scenario, 1).failure_crossing(0, 1).expect("a crossing");
        (crossing.value - 1.0) / crossing.std_error.expect("an error")
    };
    let squares: f64 = (0..100).map(|seed| z(seed) * z(seed)).sum();
    // Each is Student's t with 31 degrees of freedom or near it: its square has mean 31/29 and variance 2.6.
    let reach = 4.9 * (2.6f64 * 100.0).sqrt();
    assert!((squares - 106.9).abs() < reach, "{squares}");
}

#[test]
fn the_dearest_are_those_of_the_sorted_trials() {
    let scenario = scenario(FOUR);
    let (results, rows) = (results(&scenario, 1), rows(&scenario, u64::MAX));
    for i in 0..results.model.options.len() {
        let mut totals: Vec<f64> = rows.iter().map(|row| row.totals[i]).collect();
        totals.sort_by(|a, b| b.total_cmp(a));
        for (dearest, n) in [(Dearest::Tenth, 300), (Dearest::Twentieth, 150)] {
            let true_ = totals[..n].iter().sum::<f64>() / n as f64;
            let found = results.metric(i, Metric::Total, Stat::Dearest(dearest)).expect("an estimate").value;
            assert!((found / true_ - 1.0).abs() < 1e-3, "{dearest:?} of {i}: {found} instead of {true_}");
        }
    }
}

/// The fee of the risky one is dearer in the dearest trials, that of the safe one on average.
const RISKY: &str = r#"
[simulation]
horizon_months = 14
trials = 4096
sampler = "monte-carlo"
discount_rate = 0.1
start = 2027-03-01
fiscal_year_start = 7
[decision]
CRITERION
monthly_budget = 130
yearly_budget = "1.2k"
horizon_budget = "1.45k"
budget_scope = "all"
[workload]
requests_per_month = 10
input_tokens = 1
output_tokens = 1
[inputs]
fee = "20 to 200"
[[option]]
name = "Risky"
inference = { input_price = 0, output_price = 0 }
cost = [{ name = "Fee", per = "month", amount = "fee * (1 + 0.02 * month)" }]
[[option]]
name = "Safe"
inference = { input_price = 0, output_price = 0 }
cost = [{ name = "Fee", per = "month", amount = 106, kind = "people" }]
quality = { failure_rate = 0.1, cost_per_failure = "uniform(1, 2)" }
"#;

#[test]
fn budgets_are_burst_as_often_as_the_trials_say() {
    let scenario = scenario(&RISKY.replace("CRITERION", ""));
    let (results, rows) = (results(&scenario, 1), rows(&scenario, u64::MAX));
    let input = |name: &str| results.model.program.variables.iter().position(|v| v.name == name).expect("an input");
    let (fee, each) = (input("fee"), input("Safe.quality.cost_per_failure"));
    // Years begin in July: months 1 to 4, 5 to 14.
    let risky = |fee: f64| -> Vec<f64> { (1..=14).map(|month| fee * (1.0 + 0.02 * f64::from(month))).collect() };
    let months = |row: &[f64]| [risky(row[fee]), vec![106.0 + row[each]; 14]];
    let share = |option: usize, over: &dyn Fn(&[f64]) -> bool| {
        rows.iter().filter(|row| over(&months(&row.inputs)[option])).count() as f64 / rows.len() as f64
    };
    let found = |p: Option<Estimate>| p.expect("an estimate").value;
    for option in 0..2 {
        for (number, period) in results.model.periods.iter().enumerate() {
            let (from, to) = (period.first as usize - 1, period.last as usize);
            let spent = |months: &[f64]| months[from..to].iter().sum::<f64>();
            let Some(budget) = period.kind.budget(&scenario.decision()) else {
                assert_eq!(results.p_over_budget(option, number), None);
                continue;
            };
            let expected = share(option, &|months| spent(months) > budget);
            assert_eq!(found(results.p_over_budget(option, number)), expected, "{option} in {period:?}");
        }
        let any_month = share(option, &|months| months.iter().any(|spent| *spent > 130.0));
        let any_year = share(option, &|months| {
            months[..4].iter().sum::<f64>() > 1200.0 || months[4..].iter().sum::<f64>() > 1200.0
        });
        assert_eq!(found(results.p_over_in_any(option, PeriodKind::Month)), any_month);
        assert_eq!(found(results.p_over_in_any(option, PeriodKind::Year)), any_year);
    }
    // What bad answers cost is no cash: then the safe one never bursts the month.
    let cash = RISKY.replace("CRITERION", "").replace("budget_scope = \"all\"", "").replace("130", "106");
    let results = crate::common::results(&crate::common::scenario(&cash), 1);
    assert_eq!(found(results.p_over_in_any(1, PeriodKind::Month)), 0.0);
}

#[test]
fn the_criterion_decides_and_says_where_the_mean_does_not_agree() {
    let verdict = |criterion: &str| {
        let line = format!("criterion = \"{criterion}\"");
        let results = results(&scenario(&RISKY.replace("CRITERION", &line)), 1);
        let verdict = Verdict::new(&results);
        let stat = Stat::from(results.scenario.decision().criterion);
        let of = |i| results.metric(i, Metric::Total, stat).expect("an estimate").value;
        let margin = verdict.margin.expect("a margin");
        assert!((margin.value - (of(1 - verdict.choice) - of(verdict.choice))).abs() < 1e-6, "{criterion}");
        assert!(margin.std_error.is_some_and(|error| error > 0.0));
        assert!(
            breakeven::report::summary(&results)
                .contains("The budget is $130 a month, $1.20k a year, $1.45k in all 14")
        );
        (verdict.choice, verdict.mean_choice)
    };
    for criterion in ["mean", "p50"] {
        assert_eq!(verdict(criterion), (0, None), "{criterion}");
    }
    for criterion in ["p80", "p90", "p95", "cvar90", "cvar95"] {
        assert_eq!(verdict(criterion), (1, Some(0)), "{criterion}");
    }
}

#[test]
fn differences_by_criterion_are_as_uncertain_as_they_claim() {
    // Over seeds the differences of a quantile and of the dearest tenth spread as their errors say. Both have 31 degrees of
    // freedom: squares of z have mean 31/29 and variance 2.6.
    for criterion in ["p90", "cvar90"] {
        let line = format!("criterion = \"{criterion}\"");
        let text = RISKY.replace("CRITERION", &line);
        let found: Vec<Estimate> = (0..100)
            .map(|seed| {
                let mut scenario = scenario(&text);
                scenario.set_seed(seed);
                results(&scenario, 1).difference_by_criterion(0, 1).expect("a difference")
            })
            .collect();
        let mean = found.iter().map(|e| e.value).sum::<f64>() / 100.0;
        let squares: f64 = found.iter().map(|e| ((e.value - mean) / e.std_error.expect("an error")).powi(2)).sum();
        assert!((squares - 105.8).abs() < 4.9 * (2.6f64 * 100.0).sqrt(), "{criterion}: {squares}");
    }
}

/// Three candidates, of which two cost the same in some trials, and one that is none.
const FOUR: &str = r#"
[simulation]
horizon_months = 3
trials = 3000
sampler = "monte-carlo"
[workload]
requests_per_month = 1000
input_tokens = 100
output_tokens = 10
[inputs]
fee = "50 to 200"
[[option]]
name = "A"
inference = { input_price = 0, output_price = 0 }
cost = [{ name = "Fee", per = "month", amount = "fee" }]
[[option]]
name = "B"
inference = { input_price = 0, output_price = 0 }
cost = [{ name = "Fee", per = "month", amount = "if(fee > 100, fee, uniform(60, 160))" }]
[[option]]
name = "Priced only"
inference = { input_price = 0, output_price = 0 }
candidate = false
cost = [{ name = "Fee", per = "month", amount = 1 }]
[[option]]
name = "C"
inference = { input_price = 0, output_price = 0 }
setup.cost = "100 to 300"
cost = [{ name = "Fee", per = "month", amount = 20 }]
"#;

#[test]
fn pairs_are_what_the_trials_say() {
    let scenario = scenario(FOUR);
    let results = results(&scenario, 2);
    let rows = rows(&scenario, u64::MAX);
    let pairs = table(&results, "pairs").expect("a table");
    assert_eq!(pairs.rows.len(), 6);
    let n = rows.len() as f64;
    for row in &pairs.rows {
        let number = |place: usize| match row[place] {
            Cell::Number(x) => x,
            Cell::Text(_) => panic!("a number"),
        };
        let place = |cell: &Cell| match cell {
            Cell::Text(name) => results.model.options.iter().position(|o| *o.name == **name).expect("an option"),
            Cell::Number(_) => panic!("a name"),
        };
        let (i, k) = (place(&row[0]), place(&row[1]));
        let saving: Vec<f64> = rows.iter().map(|row| row.totals[k] - row.totals[i]).collect();
        let mean = saving.iter().sum::<f64>() / n;
        assert!((number(2) - mean).abs() < 1e-9 * mean.abs().max(1.0), "{i} and {k}: {} instead of {mean}", number(2));
        let cheaper = saving.iter().filter(|x| **x >= -1e-6).count() as f64 / n;
        assert_eq!(number(4), cheaper, "{i} and {k}");
        let error = (cheaper * (1.0 - cheaper) / n).sqrt();
        assert!((number(5) / error - 1.0).abs() < 0.01, "{i} and {k}: {} instead of {error}", number(5));
        assert!(number(3) > 0.0);
    }
    // Where they cost the same each is no dearer.
    let p = |i: usize, k: usize| results.p_cheaper(i, k).expect("a probability").value;
    let same = rows.iter().filter(|row| (row.totals[0] - row.totals[1]).abs() < 1e-6).count() as f64 / n;
    assert!(same > 0.3 && (p(0, 1) + p(1, 0) - 1.0 - same).abs() < 1e-12);
}
