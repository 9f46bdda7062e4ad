//! From usage logs to a workload.
//!
//! A log has a row per request: tokens in, tokens out, now and then whether the answer was any good. A scenario asks for
//! something else: how unsure you are of next year's *averages*. A month has thousands of requests, so its bill depends on
//! their mean and hardly on how single requests differ.
//!
//! # Tokens
//!
//! Keep the log as a CSV file beside the scenario and write
//!
//! ```toml
//! [workload]
//! input_tokens  = "mean_of('usage.csv', 'input_tokens')"
//! output_tokens = "mean_of('usage.csv', 'output_tokens')"
//! ```
//!
//! `mean_of` is the mean with its standard error, s/√n, as if requests were independent. Those of one time resemble each
//! other, though, and on real traces the error is many times that. Where the log has a time,
//! `mean_of('usage.csv', 'input_tokens', by='time')` adds the requests up by the longest of day, hour and minute of which the
//! log spans at least 14, and takes the error from how these blocks scatter and hang together. For sums of days,
//! `per='requests'` makes it a mean per request. `where='model == small and status != failure'` picks records; the file may
//! be CSV, JSON or JSON Lines, also compressed by gzip, and a field may be a path such as `usage.input_tokens`.
//!
//! It knows nothing of a change of habits: if next year's requests may
//! be longer, say so, `"uniform(0.9, 1.4) * mean_of('usage.csv', 'input_tokens')"`. `data('usage.csv', 'input_tokens')`
//! would resample single requests, and overstate the uncertainty of a month's cost by the root of their number; the
//! program warns of it.
//!
//! Do the averages of the log include the instructions that go with every request? Then take them off, or leave
//! `instruction_tokens` at 0: they are sent on top of `input_tokens`.
//!
//! # All of it at once
//!
//! `breakeven workload` does this for the logs of the usual exporters, and estimates traffic and growth with it. An hour of
//! a chat service in production, 19,366 requests, with the options of `examples/assistant.toml`:
//!
//! ```text
//! breakeven workload configs/data/azure-conversations.csv.gz --assume-representative \
//!     --scenario examples/assistant.toml -o assistant.toml
//! breakeven run assistant.toml
//! ```
//!
//! The mean input is 1,155 tokens; sixty minutes say that to about 116 tokens, while s/√n would claim 8. An hour says nothing
//! of the traffic of a month: without `--assume-representative`, or `--requests-per-month`, there is no answer. Nor does it say
//! anything of growth, which is then written as `0  # not estimated`, and `run` says beside the verdict from which growth on
//! another option would be the cheapest. From 14 days on volumes are estimated, from 8 weeks on growth, which becomes part of
//! the scenario from 26 weeks on.
//!
//! # Traffic
//!
//! Last month's count is a fact; next year's is not. `requests_per_month = "80k to 150k"` says that you would bet nineteen
//! to one against each end, and `growth_per_month = "normal(0.02, 0.01)"` how it moves on. Seasons and single days are left
//! out: a month is its average. Where capacity is bought for the peak, `hosting.peak_to_average` says how far it lies above.
//!
//! # Failures
//!
//! Of 400 answers that were looked at, 14 were bad: `failure_rate = "beta(15, 387)"`, which is what a flat prior becomes.
//! What a bad answer costs is a matter of judgement, and often the input that decides; give it an honest interval.
//!
//! # What was paid
//!
//! `breakeven actuals scenario.toml LOG…` holds the months of a log against what the scenario expects of them: see
//! [`decisions`](super::decisions).
//!
//! `breakeven ledger scenario.toml --month 1` prints one case with the numbers substituted. Held against last month's
//! invoice it shows a double count, or a price per token where one per million is meant, before anybody believes a
//! probability.
//!
//! ```
//! use breakeven::scenario::{DataFiles, LoadOptions, read};
//!
//! let text = r#"
//!     simulation.horizon_months = 12
//!     [workload]
//!     requests_per_month = "80k to 150k"
//!     growth_per_month   = "normal(0.02, 0.01)"
//!     input_tokens       = 900
//!     output_tokens      = 120
//!     [[option]]
//!     name = "Prompted"
//!     inference = { input_price = 3, output_price = 15 }
//!     quality   = { failure_rate = "beta(15, 387)", cost_per_failure = "0.5 to 4" }
//! "#;
//! let reading = read("task.toml", "task", text, &LoadOptions::default(), DataFiles::none());
//! assert!(reading.findings.is_empty() && reading.scenario.is_some());
//! ```
