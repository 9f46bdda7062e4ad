//! Claimed and true errors.
//!
//! How far figures are off over 200 seeds, in the standard errors that they claim: the root mean square of one over that of
//! the other, which is 1 where errors are what they should be. The median over all figures of a kind in five scenarios, and
//! in parentheses the range that holds nine tenths of them; 200 seeds by themselves make 0.92 to 1.08 of it. The
//! scenarios are the four in `configs/`, and one in which a single lognormal price decides everything. The mean over
//! the seeds of Sobol runs, at 4,096 trials those of 65,536, is taken for the truth: what all seeds are off by alike does not
//! show. LHS are Latin hypercubes, MC plain Monte Carlo.
//!
//! | figure | Sobol 4,096 | LHS 4,096 | MC 4,096 | Sobol 65,536 | LHS 65,536 | MC 65,536 | Sobol 262,144 | LHS 262,144 | MC 262,144 |
//! |---|---|---|---|---|---|---|---|---|---|
//! | mean | 1.03 (0.97–1.08) | 1.02 (0.96–1.06) | 1.01 (0.96–1.05) | 0.99 (0.92–1.07) | 1.02 (0.97–1.06) | 0.98 (0.92–1.02) | 1.02 (0.93–1.11) | 0.99 (0.91–1.10) | 0.96 (0.85–1.31) |
//! | standard deviation | 1.05 (0.95–1.34) | 1.01 (0.96–1.37) | 1.01 (0.94–1.29) | 1.04 (0.92–1.42) | 1.03 (0.96–1.26) | 1.07 (0.93–1.10) | 1.03 (0.97–1.17) | 1.04 (0.93–1.16) | 0.99 (0.89–1.22) |
//! | median | 0.97 (0.85–1.07) | 0.97 (0.87–1.28) | 0.96 (0.93–1.03) | 0.96 (0.56–1.06) | 0.97 (0.48–1.06) | 0.98 (0.94–1.02) | 0.99 (0.06–1.01) | 1.00 (0.06–1.13) | 0.99 (0.83–1.14) |
//! | p5, p10, p90, p95 | 1.00 (0.90–1.05) | 0.98 (0.91–1.07) | 0.99 (0.93–1.07) | 1.00 (0.87–1.07) | 0.99 (0.85–1.08) | 1.00 (0.91–1.08) | 0.98 (0.69–1.08) | 0.99 (0.63–1.13) | 0.98 (0.86–1.16) |
//! | p1, p99 | 1.00 (0.92–1.04) | 0.96 (0.83–1.06) | 0.93 (0.86–1.04) | 0.97 (0.52–1.07) | 0.97 (0.52–1.04) | 1.00 (0.91–1.10) | 0.97 (0.88–1.08) | 0.93 (0.78–1.04) | 0.99 (0.87–1.07) |
//! | cumulative cost | 0.99 (0.94–1.08) | 0.99 (0.94–1.08) | 1.02 (0.92–1.06) | 0.99 (0.89–1.11) | 1.01 (0.91–1.06) | 0.97 (0.92–1.03) | 1.01 (0.89–1.11) | 0.97 (0.85–1.09) | 0.98 (0.83–1.19) |
//! | cost line | 1.03 (0.93–1.18) | 1.00 (0.95–1.14) | 1.02 (0.95–1.14) | 1.00 (0.91–1.18) | 1.01 (0.93–1.08) | 0.98 (0.91–1.06) | 1.01 (0.93–1.11) | 0.99 (0.85–1.15) | 0.99 (0.83–1.11) |
//! | probability | 0.96 (0.93–1.08) | 0.98 (0.83–1.04) | 0.96 (0.88–1.03) | 0.95 (0.59–1.04) | 1.01 (0.56–1.05) | 0.98 (0.92–1.00) | 0.99 (0.87–1.07) | 0.98 (0.93–1.11) | 0.95 (0.79–1.11) |
//! | regret, loss when wrong | 1.04 (0.88–1.08) | 1.01 (0.97–1.05) | 0.98 (0.94–1.04) | 1.01 (0.91–1.06) | 1.03 (0.93–1.10) | 1.02 (0.95–1.06) | 1.00 (0.91–1.10) | 0.99 (0.85–1.17) | 0.95 (0.82–1.18) |
//! | break-even volume | 1.03 (0.97–1.22) | 1.01 (0.92–1.08) | 0.98 (0.91–1.04) | 1.00 (0.55–1.09) | 0.99 (0.52–1.03) | 1.02 (0.95–1.12) | 1.02 (0.87–1.31) | 1.09 (0.94–1.33) | 1.00 (0.84–1.25) |
//! | flip point | 1.03 (0.97–1.04) | 0.98 (0.96–1.08) | 1.07 (1.03–1.07) | 1.00 (0.95–1.19) | 1.13 (0.95–1.24) | 1.11 (1.03–1.20) | 1.09 (0.93–1.33) | 0.99 (0.84–1.19) | 0.97 (0.86–1.09) |
//! | mean of a slice | 1.00 (0.92–1.08) | 1.00 (0.92–1.08) | 0.99 (0.91–1.08) | 0.99 (0.91–1.08) | 1.00 (0.92–1.09) | 1.00 (0.92–1.08) | 1.00 (0.91–1.08) | 0.99 (0.84–1.15) | 0.99 (0.85–1.14) |
//! | share of variance | 0.62 (0.05–0.97) | 0.62 (0.07–1.00) | 0.65 (0.08–1.00) | 0.65 (0.10–1.01) | 0.67 (0.15–1.04) | 0.67 (0.29–1.06) | 0.66 (0.27–1.06) | 0.70 (0.37–1.12) | 0.70 (0.38–1.08) |
//! | EVPI | 1.03 (0.94–1.06) | 1.02 (0.99–1.09) | 1.02 (0.96–1.03) | 1.02 (0.93–1.02) | 1.06 (0.99–1.10) | 1.03 (1.01–1.04) | 1.02 (0.93–1.10) | 1.15 (0.86–1.24) | 1.06 (0.80–1.17) |
//! | EVPPI | 0.22 (0.10–0.91) | 0.21 (0.10–0.95) | 0.20 (0.10–0.89) | 0.44 (0.14–0.99) | 0.49 (0.22–1.02) | 0.37 (0.14–1.01) | 0.47 (0.14–1.02) | 0.44 (0.09–1.09) | 0.42 (0.10–1.06) |
//!
//! `cargo test --release --test it claimed_errors -- --ignored --nocapture` prints it, with the worst figure of each
//! kind; hours for all samplers and sizes. At 262,144 trials Latin hypercubes and plain Monte Carlo are of 64 seeds, held against their
//! own means; probabilities and shares of variance of Sobol points are of 64 too. 64 seeds by themselves make 0.85 to 1.15
//! of 1.
//!
//! What is outside 0.8 to 1.25, and why:
//!
//! * **Shares of variance** and the **value of information** (EVPPI): the error holds what slices cannot see, and how far the
//!   optimistic and the pessimistic estimate lie apart. These are biases, which do not spread over seeds.
//! * **Where one input decides**, stratified points know quantiles and probabilities to a part of a trial. At least half a trial of
//!   a randomisation is claimed for probabilities and the break-even volume, and for quantiles at least the rounding of
//!   ranks; all randomisations together may know far better than that, or than the spread of single ones.
//! * **Standard deviations under heavy tails** (a portfolio of tasks): the trials that decide the second moment are in few
//!   of the seeds, and where they are not, the error is too small as the figure is. So are shares of cost lines that hardly ever
//!   occur.
//! * The volume curve is not among the **probabilities**: its volumes follow the median of the pilot and so the seed.
//! * **Flip points**: of ten at 262,144 trials one (in `self-hosted`) is a third farther off than claimed.
