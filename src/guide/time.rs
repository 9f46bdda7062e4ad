//! What changes while the months go by.
//!
//! A quantity may ask for the month that it is evaluated in. Then it is worked out anew in every month of every trial, while
//! the random variables in it are drawn once: `"if(month > switch, 1.5, 3)"` with `switch = "uniform(4, 18)"` is a price cut
//! in a month that nobody knows, not a price that flickers.
//!
//! | name | what it is |
//! |---|---|
//! | `month` | 1, 2, …; in what is paid once 0 |
//! | `calendar_month` | 1 to 12, where `start` is written |
//! | `requests` | the requests of the month, growth included |
//! | `months_since_launch` | of the option that uses the quantity; 1 in its first month |
//! | `months_since_training` | the same since its last training: 0 in the first month, and in one with a retrain or a migration with training runs |
//! | `series('forecast.csv', 'requests')` | the number of the month in a file |
//! | `ramp(3, 9)` | 0 up to month 3, 1 from month 9 on |
//!
//! `breakeven check` lists what differs by month, in the first, the twelfth and the last one; `breakeven ledger --month 7`
//! has the month's numbers in its products.
//!
//! # Ways to use it
//!
//! * **A forecast** by month from finance, and how far off such forecasts have been:
//!   `requests_per_month = "series('forecast.csv', 'requests') * lognormal(mean=1, cv=20%)"`. One draw scales all months. A
//!   cloud of draws by month would average itself out over the year, and claim a certainty that nobody has.
//! * **Seasons**: `"(60k to 150k) * if(calendar_month >= 11, 1.5, 1)"`.
//! * **A launch**: `"500k * ramp(3, full_traffic)"` with an uncertain `full_traffic`.
//! * **Tiers and commitments**: `input_price = "if(requests > 1M, 0.6, 0.8)"`.
//! * **A capacity** of one's own that overflows: `traffic_share = "min(1, capacity / requests)"` and `route_to`.
//! * **Drift**: `failure_rate = "1% + 0.4% * months_since_training"`. Then retraining pays, and
//!   `breakeven sweep FILE --vary 'Tuned.training.retrains_per_year=0.5..12:log:25'` says how often it should be.
//!
//! The examples in `examples/months` and `configs/drift.toml` are ready to run.
//!
//! # What cannot differ by month
//!
//! When something happens (launch, retirement, retrains, migrations), whether a project succeeds, growth, the yearly change of
//! prices, the discount rate, parameters of distributions and weights of a mix. Most of it can be said otherwise: growth by
//! month belongs into `requests_per_month`, a price path into the price.
//!
//! # Volumes
//!
//! Where requests differ by month, the volume of charts and sweeps is that of month 1, and the other months keep their ratio
//! to it; where month 1 may have none, it is the average over all months.
//!
//! # Speed
//!
//! What is the same in every trial costs nothing: series, seasons and prices that change in a known month are worked out
//! beforehand, and so is what multiplies them with a number of the trial. Only what mixes both in another way is carried out in
//! every month.
//!
//! # Spending
//!
//! `spend.csv` holds what is paid in each month, quarter and year, undiscounted, to vendors, in cash (all but bad answers) and in
//! all. Its quantiles are those of the trials' own sums: the 95th percentile of a year is not the sum of its months' 95th
//! percentiles, which would be reached only if every month went badly. With `start`, years are those of the calendar, or begin
//! with `fiscal_year_start`; the first and the last may be cut by the horizon.
