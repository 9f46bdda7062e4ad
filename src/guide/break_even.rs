//! Reading break-even curves.
//!
//! An option that takes an effort first and saves later is *cheaper so far* in a month if its cumulative cost by then is no
//! more than the baseline's. It has *paid back* if that was so at the end of some month; it *stays cheaper* if it is so from
//! that month on to the horizon. The three differ: a model that must be retrained, or replaced when its base is retired,
//! can pay back and be dearer again.
//!
//! * The curve of `p_stays_cheaper` is the one to decide by, and the summary's break-even month is read off it.
//! * Where the curve ends is the probability of having paid for good. The rest is *never within the horizon*, which is a
//!   result and not a gap: medians are empty where it is more than half, and no month stands for it.
//! * A curve that still rises at the end says that the horizon decides. The summary says when a longer one may change the
//!   choice.
//! * The probability of being cheaper is not the size of the saving. An option may win in 70 % of the futures and lose on
//!   average, since what it loses in the others is more. The choice is by mean cost; the summary says when the two differ.
//! * Against volume the same question has another axis: `break_even_volume.csv` holds all other inputs as drawn and sets the
//!   traffic.
//!
//! ```
//! use breakeven::engine::MonthlyCurve;
//! use breakeven::scenario::Scenario;
//!
//! let text = r#"
//!     simulation.horizon_months = 24
//!     simulation.trials = 4096
//!     workload = { requests_per_month = "50k to 200k", input_tokens = 1000, output_tokens = 100 }
//!     [[option]]
//!     name = "Prompted"
//!     inference = { input_price = 3, output_price = 15 }
//!     [[option]]
//!     name = "Tuned"
//!     setup.cost = "1k to 6k"
//!     inference = { input_price = 0.8, output_price = 3.2 }
//! "#;
//! let results = Scenario::from_toml(text)?.simulate(Default::default())?;
//! let by_month = |m| results.curve(1, MonthlyCurve::StaysCheaper, m).expect("a probability").value;
//! let never = results.p_never(1, true).expect("a probability").value;
//! assert!(by_month(6) < by_month(24) && (by_month(24) + never - 1.0).abs() < 1e-12);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
