//! Candidates against each other, trial by trial.

use breakeven::tables::{Cell, table};

use crate::common::{results, rows, scenario};

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
