//! Several options: which to choose, at what traffic, and what the bad futures cost.
//!
//! **Against the next best, not only against today.** The baseline is what is done now; where it is the dearest of three
//! options, beating it says little. `pairs.csv` holds every option against every other in the same futures: by how much it is
//! cheaper on average (`saving`), and in how many of them (`p_cheaper`, in which ties count for both). The screen names the next
//! best of three or more options. A mean saving and its probability may point in two directions: an option that is cheaper in
//! 40 % of the futures is the better one on average if it saves more in these than it loses in the others.
//!
//! **At what traffic.** `acceptability.csv` has the probability of being the cheapest of all at 41 volumes, and by month that of the
//! lowest cost so far among the options that are live by then. Its chart shows the volumes, with the frontier as a broken line: the
//! option that is the cheapest *on average* there, which one would choose. Where the frontier lies below another
//! line, that other option is more often the cheapest and still costs more on average. The probabilities are in hindsight, and
//! of an option by itself: two options that are nearly the same share their chances and neither looks likely. In the months
//! before any other option is live only the baseline can be chosen.
//!
//! **What the bad futures cost.** `summary.csv` has for every total `p80` and `cvar90`, the average of the dearest tenth of the
//! futures (`cvar95`: of the dearest twentieth). A 95th percentile says what is rarely exceeded, not by how much; the average
//! beyond it does. The choice in the summary is by the mean, which is right for who runs many such tasks; who cannot afford a bad one
//! may compare these instead. None of them knows a risk that the inputs do not have.
//!
//! **At which value it turns.** `breakeven solve` asks the other way round: not what an option costs at a price, but at which
//! price, volume or effort it saves nothing, costs its budget, or is as likely as not to be the cheapest. Use it where a figure
//! is given and a number is to be agreed: the price at which a contract pays, the hours that a project may take, the traffic
//! that a commitment needs.
//!
//! ```text
//! breakeven solve FILE --vary Tuned.inference.input_price=0.1..5 --goal 'Tuned.saving = 0'
//! breakeven solve FILE --vary 'workload.requests_per_month=10k..10M:log' --goal 'Tuned.p_cheapest = 90%'
//! breakeven solve FILE --vary '*.inference.input_price*=0.5..2' --goal 'Prompted.total.p90 = 500k'
//! ```
//!
//! * The field has the same value in all trials; what it was in the scenario, also a distribution, is replaced. All else stays
//!   as drawn, with the same random numbers at every value, so that a small change of the field is not lost in noise.
//! * `solve.csv` has a row for each value found. `value_se` says how far it may be off by chance: where the figure is as
//!   high as the goal to within its own error, no value is better than another. It is empty where that holds of all the range.
//! * The sentence says on which side the figure is more. Where it jumps over the goal, as a probability may that hangs on a few
//!   prices, the value is the first one behind the jump; months are whole, and the one named is the first behind the goal.
//! * What is met nowhere leaves the table empty; the screen and `solve.json` name the point that comes nearest.
//! * It cannot see two values between two neighbours of its 33 points, nor what lies outside of the range. It holds one field:
//!   that a lower price would go along with another volume is for the scenario to say. And a goal that is met *on average* is missed
//!   in many futures: ask for a percentile or a probability where that matters.
//!
//! ```
//! use breakeven::engine::{Dearest, Metric, Stat};
//! use breakeven::scenario::Scenario;
//!
//! let text = r#"
//!     simulation = { horizon_months = 12, trials = 4096 }
//!     workload = { requests_per_month = "50k to 200k", input_tokens = 1000, output_tokens = 100 }
//!     [[option]]
//!     name = "By the token"
//!     inference = { input_price = 3, output_price = 15 }
//!     [[option]]
//!     name = "By the month"
//!     hosting.cost_per_month = "400 to 550"
//! "#;
//! let results = Scenario::from_toml(text)?.simulate(Default::default())?;
//! let p = |i, k| results.p_cheaper(i, k).expect("a probability").value;
//! assert!((p(0, 1) + p(1, 0) - 1.0).abs() < 1e-12);
//! let worst = |i| results.metric(i, Metric::Total, Stat::Dearest(Dearest::Tenth)).expect("an average").value;
//! assert!(worst(0) > worst(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
