//! Claimed and true errors.
//!
//! How far figures are off over 200 seeds, in the standard errors that they claim: the root mean square of one over that of
//! the other, which is 1 where errors are what they should be. The median over all figures of a kind in five scenarios, and
//! in parentheses the range that holds nine tenths of them; 200 seeds by themselves make 0.92 to 1.08 of it. The
//! scenarios are the four in `configs/`, and one in which a single lognormal price decides everything. The mean over
//! the seeds of the Sobol runs of the same size is taken for the truth: what all seeds are off by alike does not show.
//!
//! | figure | Sobol 4,096 | Latin hypercube 4,096 | Monte Carlo 4,096 | Sobol 65,536 | Sobol 262,144 |
//! |---|---|---|---|---|---|
//! | mean | 1.03 (0.97–1.07) | 1.02 (0.96–1.06) | 1.01 (0.96–1.05) | 0.99 (0.92–1.07) | 1.02 (0.93–1.11) |
//! | standard deviation | 1.05 (0.95–1.28) | 1.01 (0.96–1.33) | 1.00 (0.94–1.22) | 1.04 (0.92–1.42) | 1.03 (0.97–1.17) |
//! | median | 0.96 (0.73–1.06) | 0.96 (0.87–1.00) | 0.96 (0.93–1.03) | 0.96 (0.56–1.06) | 0.99 (0.06–1.01) |
//! | p5, p10, p90, p95 | 0.99 (0.88–1.05) | 0.97 (0.91–1.07) | 0.99 (0.92–1.07) | 1.00 (0.87–1.07) | 0.98 (0.69–1.08) |
//! | p1, p99 | 0.98 (0.89–1.04) | 0.96 (0.82–1.05) | 0.93 (0.86–1.03) | 0.97 (0.52–1.07) | 0.97 (0.88–1.08) |
//! | cumulative cost | 0.99 (0.91–1.08) | 0.99 (0.92–1.08) | 1.01 (0.92–1.06) | 0.99 (0.89–1.11) | 1.01 (0.89–1.11) |
//! | cost line | 1.03 (0.92–1.17) | 1.00 (0.94–1.14) | 1.02 (0.95–1.13) | 1.00 (0.91–1.18) | 1.01 (0.93–1.11) |
//! | probability | 0.96 (0.93–1.08) | 1.00 (0.83–1.10) | 0.98 (0.89–1.22) | 0.98 (0.59–1.14) | 0.99 (0.69–1.28) |
//! | regret, loss when wrong | 1.04 (0.88–1.08) | 1.01 (0.97–1.05) | 0.98 (0.94–1.04) | 1.01 (0.91–1.06) | 1.00 (0.91–1.10) |
//! | break-even volume | 0.99 (0.86–1.03) | 1.00 (0.73–1.08) | 0.98 (0.91–1.04) | 1.00 (0.55–1.09) | 1.02 (0.87–1.31) |
//! | flip point | 1.03 (0.97–1.04) | 0.98 (0.96–1.08) | 1.07 (1.04–1.07) | 1.00 (0.95–1.19) | 1.09 (0.93–1.33) |
//! | mean of a slice | 1.00 (0.92–1.08) | 1.00 (0.92–1.09) | 0.99 (0.91–1.08) | 0.99 (0.91–1.08) | 1.00 (0.91–1.08) |
//! | share of variance | 0.61 (0.05–0.97) | 0.62 (0.07–0.98) | 0.65 (0.07–1.00) | 0.64 (0.11–1.02) | 0.66 (0.23–1.03) |
//! | EVPI | 1.03 (0.94–1.06) | 1.03 (0.99–1.09) | 1.02 (0.97–1.03) | 1.02 (0.93–1.02) | 1.02 (0.93–1.10) |
//! | EVPPI | 0.22 (0.10–0.90) | 0.21 (0.10–0.95) | 0.19 (0.10–0.88) | 0.44 (0.14–0.99) | 0.47 (0.14–1.02) |
//!
//! `cargo test --release --test claimed_errors -- --ignored --nocapture` prints it, with the worst figure of each
//! kind; hours for all samplers and sizes. Latin hypercubes and plain Monte Carlo of more than 4,096 trials have not been measured; shares of
//! variance at 65,536 and 262,144 trials were, before what the other randomisations predict was taken for their means.
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
//! * **Probabilities** hold some of the volume curve, whose volumes follow the median of the pilot and so the seed: what
//!   looks like an error there is another question.
//! * **Flip points**: of ten at 262,144 trials one (in `self-hosted`) is a third farther off than claimed.
