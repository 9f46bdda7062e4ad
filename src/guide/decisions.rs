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
//! **If a bad answer costs more than …** What a bad answer costs is often the number nobody knows. The axis `cost_per_failure` of
//! `acceptability.csv` and its chart ask for all costs at once: every bad answer of every option costs the same, from a hundredth
//! of the scenario's figure for the baseline to a hundred times it (where it has none, around the cost at which the choice
//! changes). The summary names that cost. It is about answers that fail as often as the scenario says; it does not know whose
//! failures are the worse ones.
//!
//! **What the bad futures cost.** `summary.csv` has for every total `p80` and `cvar90`, the average of the dearest tenth of the
//! futures (`cvar95`: of the dearest twentieth). A 95th percentile says what is rarely exceeded, not by how much; the average
//! beyond it does. None of them knows a risk that the inputs do not have.
//!
//! **What the bad futures have in common.** `tail.csv` looks back from how futures turned out: in the dearest tenth of each option's,
//! and in those in which the chosen option is not the cheapest, it has the average rank of every input (0 for its least values, 1 for
//! its largest, 0.5 where it makes no difference). The summary names the inputs that lie farthest off where the choice is wrong: they
//! are what to watch once it is made, and where a way back should be kept open. It says what goes together, not what causes what: of
//! correlated inputs all are off. For what to find out *before* choosing there is `value_of_information.csv`.
//!
//! **What if …?** `breakeven compare a.toml b.toml`, or `breakeven compare a.toml --with 'Prices up a fifth:
//! *.inference.input_price*=1.2'`, runs scenarios on the same random numbers: what both draw by the same name is the same in both.
//! What differs between them is then known far better than either figure, and its error in `compare.csv` is that of the paired
//! difference. Use it for a handful of whole cases that have names; for one number over a range there is `sweep`. It says how an
//! assumption moves the answer, not how likely the assumption is: what may turn out either way belongs in the scenario, as a
//! distribution.
//!
//! **By what to choose.** The choice is by the mean, which is right for who runs many such tasks. Who cannot afford a bad one writes
//! what counts instead, and what may be spent:
//!
//! ```toml
//! [decision]
//! criterion = "cvar90"          # the average of the dearest 10 %; or mean, p50, p75, p80, p90, p95, cvar95
//! monthly_budget = "15k"        # undiscounted, as it is paid
//! yearly_budget = "150k"        # years of the calendar, or of simulation.fiscal_year_start, where month 1 has a date
//! horizon_budget = "300k"
//! budget_scope = "cash"         # what counts: vendor, cash (all but bad answers), all
//! ```
//!
//! Choice, runner-up and margin are then by that figure, and the verdict says what would be chosen on average, if that is another
//! option. What it is worth to know an input, where inputs change the choice, and volumes stay about average costs. The screen says
//! how likely each option is to spend more than the budget in *any* month, in any year and in all; `p_over_budget` in `spend.csv`
//! has each period by itself. One-time costs belong to the first month. Budgets and criterion do not change a trial: they are read
//! from the same ones.
//!
//! **What a test before deciding is worth.** `value_of_information.csv` says what knowing an input exactly is worth; a test does
//! not tell it exactly. `breakeven pilot SCENARIO --learn INPUT --samples 50,200,1000` says what is worth how much of it: labelling 200 answers
//! before choosing, measuring a cache for a week. Of an input that is a share, samples are outcomes (an answer is bad or not); with
//! `--sd S` they are measurements, each of which scatters around the input with the standard deviation S. With `--cost` and
//! `--cost-per-sample` it names the best of the sizes that were asked for. Use it where an input is worth knowing and a test is not free; where
//! `evppi` is below the price of any test there is no need to. The curve rises steeply as long as data can turn the choice
//! and flattens below `evppi`; `p_changes_choice` is how often the test would change anything, and in all other cases it was run for nothing.
//! Independent inputs can be tested together, `--learn 'A:200' --learn 'B:50'`: what each says of a total is added up, and a note says where that is
//! rough. It cannot say what a test is worth to somebody who does not choose by the mean; nor what a biased sample is worth, which
//! measures something else than the input; nor what is learned about other inputs, other than by their correlation with this one.
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
//! **Did it come out as expected?** `breakeven actuals SCENARIO LOG…` holds what was spent and used against the trials, month by
//! month: last month's bill is the cheapest check of a scenario that there is. It reads the logs that `workload` reads, costs as
//! they are written or tokens at list prices, and needs `simulation.start`. `percentile` in `actuals.csv` is the share of trials
//! at or below the actual figure; over many months a good scenario has nine of ten within its 90 % range, and one that always
//! has all of them is wider than it needs to be. Months of one future hang together: a volume that was misjudged is so in all of
//! them. Like is compared with like: requests are those that the option's own model answers, tokens are all of its calls, and
//! spending is what these cost in the month, at its prices and undiscounted; no hosting, no hours, no lines of your own. Costs
//! of a log are taken to be in the scenario's currency: nothing is converted. The option (the baseline, or `--option NAME`) is
//! taken to serve in every month of the log, also before its launch in the scenario. Retries are in tokens and spending as the
//! scenario bills them, not in requests. What is escalated or routed to other options is in none of it: pick the option's model
//! with `--where 'model == …'`. A month counts if the log reaches from its first day to its last; others are left out. Where
//! spending lies outside, the input is named that would explain it by itself with the least surprise: that whose mean spending,
//! given the input, meets the actual figure nearest to the input's median. It is where to look first, not what happened: inputs
//! that move spending alike cannot be told apart by it, two that moved a little explain as much as one that moved far, and what
//! the scenario does not have is no input. Then estimate that input anew, with `workload` or a test, rather than setting it to
//! what the last month would need.
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
