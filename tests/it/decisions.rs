//! What decides beside means: candidates against each other, trial by trial, and what the dearest trials cost.

use breakeven::chart::{ChartStyle, ImageFormat, Theme};
use breakeven::engine::{BadFuture, Dearest, Metric, Stat};
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

/// A costs a uniform fee u of 0 to 100 and some noise, B always 60: A is chosen, and wrong where u is above 60.
const UNIFORM: &str = r#"
simulation = { horizon_months = 1, trials = 4096, sampler = "monte-carlo" }
workload = { requests_per_month = 1, input_tokens = 1, output_tokens = 1 }
[[option]]
name = "A"
inference = { input_price = 0, output_price = 0 }
cost = [{ name = "Fee", per = "month", amount = "uniform(0, 100)" }, { name = "Idle", per = "month", amount = "0 * uniform(0, 1)" }]
[[option]]
name = "B"
inference = { input_price = 0, output_price = 0 }
cost = [{ name = "Fee", per = "month", amount = 60 }]
"#;

#[test]
fn bad_futures_are_those_with_high_fees_and_errors_are_true() {
    let find = |seed: u64, why: BadFuture| {
        let mut scenario = scenario(UNIFORM);
        scenario.set_seed(seed);
        let results = results(&scenario, 1);
        let fee = results.model.program.variables.iter().position(|v| v.name == "A.Fee.amount").expect("the fee");
        let found = results.bad_futures.iter().find(|f| f.option == 0 && f.why == why).expect("bad futures");
        let idle = found.mean_ranks[1 - fee].expect("a rank");
        (found.share, found.mean_ranks[fee].expect("a rank"), idle)
    };
    for (why, share, rank) in [(BadFuture::WrongChoice, 0.4, 0.8), (BadFuture::DearestTenth, 0.1, 0.95)] {
        let found: Vec<_> = (0..100).map(|seed| find(seed, why)).collect();
        let z = |e: Estimate, truth: f64| (e.value - truth) / e.std_error.expect("an error");
        let squares: f64 = found.iter().map(|(_, fee, _)| z(*fee, rank).powi(2)).sum();
        let idle: f64 = found.iter().map(|(_, _, idle)| z(*idle, 0.5).powi(2)).sum();
        // Student's t with 15 degrees of freedom or more: squares have mean 15/13 at most, variance 3.9 at most.
        let range = 61.0..115.4 + 4.9 * (3.9f64 * 100.0).sqrt();
        assert!(range.contains(&squares) && range.contains(&idle), "{why:?}: {squares} and {idle}");
        let mean = found.iter().map(|(share, ..)| share).sum::<f64>() / 100.0;
        assert!((mean - share).abs() < 4.9 * (share * (1.0 - share) / 409_600.0).sqrt(), "{why:?}: {mean}");
    }
}

#[test]
fn tails_are_those_of_the_sorted_trials() {
    let scenario = scenario(&RISKY.replace("CRITERION", ""));
    let (results, rows) = (results(&scenario, 2), rows(&scenario, u64::MAX));
    let rank_of = |v: usize| -> Vec<f64> {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by(|a, b| rows[*a].inputs[v].total_cmp(&rows[*b].inputs[v]));
        let mut ranks = vec![0.0; rows.len()];
        order.into_iter().enumerate().for_each(|(k, t)| ranks[t] = (k as f64 + 0.5) / rows.len() as f64);
        ranks
    };
    for futures in &results.bad_futures {
        let total = |t: usize| rows[t].totals[futures.option];
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by(|a, b| total(*b).total_cmp(&total(*a)));
        let tenth: Vec<usize> = order[..rows.len() / 10].to_vec();
        let wrong = (0..rows.len()).filter(|t| total(*t) > rows[*t].totals[1 - futures.option]).collect();
        let chosen = if futures.why == BadFuture::WrongChoice { wrong } else { tenth };
        assert!((futures.share - chosen.len() as f64 / rows.len() as f64).abs() < 1.0 / rows.len() as f64);
        for (v, found) in futures.mean_ranks.iter().enumerate() {
            let ranks = rank_of(v);
            let mean = chosen.iter().map(|t| ranks[*t]).sum::<f64>() / chosen.len() as f64;
            // Plain Monte Carlo draws have ranks off by a hundredth from what they are of.
            assert!((found.expect("a rank").value - mean).abs() < 0.03, "{:?} {v}: {found:?} and {mean}", futures.why);
        }
    }
    assert_eq!(results.bad_futures.len(), 3);
    let table = table(&results, "tail").expect("a table");
    assert_eq!(table.rows.len(), 3 * 2);
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
