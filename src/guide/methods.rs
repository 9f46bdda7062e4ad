//! Methods and their sources.
//!
//! **Points.** Scrambled Sobol points: directions of S. Joe and F. Kuo (SIAM J. Sci. Comput. 30, 2008), nested uniform
//! scrambling of A. Owen (1995) by hashing (B. Burley, J. Comput. Graph. Tech. 9, 2020), always whole powers of two with the
//! first point kept (A. Owen, "On dropping the first Sobol' point", 2020). Latin hypercubes after M. McKay, R. Beckman and
//! W. Conover (1979). A coordinate depends on seed, name, randomisation and trial alone; under Sobol points also on
//! its place in the file, so that options in another order are at other points.
//!
//! **Trials.** Totals, savings and months of breaking even come from all trials; cost lines, the ledger, drivers and the value
//! of information from the first 262,144; curves, which have thousands of figures and take longest, from the first 65,536:
//! bands and spending by month, volumes, who is the cheapest when, costs of a bad answer, bad futures. Both are spread evenly
//! over the randomisations, errors are those of that share, and charts say how many they are made of.
//!
//! **Errors.** Sixteen independent randomisations; the spread of their figures is the error of the mean of them, Student t
//! with 15 degrees of freedom. Standard deviations have the error of second moments about the common mean; quantiles at
//! least that of cutting a stratum in two ([`claimed_errors`](super::claimed_errors) compares). Ratios, crossings and indices
//! have the jackknife's over the randomisations. `--precision` looks after 16, 32, 64, … randomisations and spends half of the error level that is left at each look. What is too rare to
//! be drawn ten times has no spread, so a claim also allows for what it carries of a mean: found by importance sampling of
//! the far ends of all inputs and of rare values (T. Hesterberg, Technometrics 37, 1995), and by what it may add to any
//! probability. Over 200 seeds and three samplers, of 2,400 claims of 2 % within four million
//! trials one was wrong (`cargo test --release --test it precision -- --ignored`): they were made in all runs with events of
//! 1e-3 and 1e-4, with lognormals of cv 4 and with a product of three lognormals, and in none with events of 1e-5 and
//! 1e-6, two of 1e-3 that cost only together, a lognormal of cv 20, or one of cv 10 that is met once in a thousand.
//!
//! A probability on which all trials agree has the error that makes its 95 % interval three over the trials (the rule of
//! three), unless nothing is drawn that could make it another.
//!
//! **Correlation.** A Gaussian copula. A rank correlation r belongs to a normal correlation 2·sin(πr/6). Any rank correlation
//! can be reached by continuous distributions; Pearson's may not. Equal values have equal ranks, so that discrete inputs may
//! not reach it: `check` and `inputs.csv` say what they do reach.
//!
//! **Quantiles** of outcomes come from bins of a relative width of 0.05 %, counted in whole numbers, so that no order of
//! adding matters.
//!
//! **Break-even volume** is where P(cheaper) crosses one half, interpolated in the logarithm of the volume.
//!
//! **Value of information**: slices of one input, the outermost halved towards the ends, after M. Strong and J. Oakley
//! (Med. Decis. Making 33, 2013). Choosing and costing on the same trials is optimistic, choosing by all randomisations but one and costing in that one pessimistic:
//! the middle is reported, with an error that holds both.
//!
//! **Value of a test**: M. Strong, J. Oakley, A. Brennan and P. Breeze (Med. Decis. Making 35, 2015). The trials are cut into 1,024 parts
//! of equal probability of the input (its values where it has fewer; at least 16 trials a part), and the likelihood of data in a
//! part is that at its mean. What is chosen after which data is found as stretches of data, whose probabilities are exact:
//! binomial and normal likelihoods are totally positive, so that choices change no more often than costs cross along the input. The error also holds what
//! parts of twice the width would see less. Tests of more samples are worth more, and none more than knowing: what noise puts the other way round is pooled
//! (M. Ayer et al., Ann. Math. Stat. 26, 1955). Over 100 seeds and three samplers what a test was off by spread as its errors
//! claim (`cargo test --test it pilot`).
//!
//! **Months of a log**: the trials walk the months again, and shares, means and quantiles are of their own requests, tokens and
//! costs. What explains a figure is read off the slices of the value of information: where conditional means, between the
//! middles of slices, meet it, with the jackknife's error. Over 250 seeds and three samplers 90 % intervals held a trial of
//! another seed as often as they say (`cargo test --test it actuals`).
//!
//! **Flip points**: slices of an input tell between which of its values two options change places; the model is then
//! evaluated with the input held, with the same random numbers at every value, until the two cost the same (Illinois
//! method: M. Dowell and P. Jarratt, BIT 11, 1971). What the whole of each randomisation tells of
//! these trials is a control variate, where it makes the difference more certain. The error is that of their difference over
//! its slope there. Inputs that take few values flip between two of them.
//!
//! **Goal seek**: between neighbours of 33 points of which one is above the goal and one below, by the same method with the same
//! random numbers, to 2 % of the figure's error; where the figure jumps by halves. The error of the value is half the distance
//! between those at which the figure is one standard error below the goal and one above, found likewise: the figure's error
//! over its slope where that is smooth. Over 100 seeds it is the true one, of means and of the 90th percentile, by Sobol
//! points and by plain Monte Carlo (`cargo test --test it solve`).
//!
//! **Sobol indices**, Sobol points whatever the sampler of the run: estimators of A. Saltelli et al. (Comput. Phys. Commun. 181, 2010) for the first order and M. Jansen
//! (ibid. 117, 1999) for the total, on the two halves of one sequence, about a common centre.
//!
//! **Shapley effects**: A. Owen (SIAM/ASA J. Uncertain. Quantif. 2, 2014), E. Song, B. Nelson and J. Staum (ibid. 4, 2016),
//! by random orders, each followed by its reverse.
//!
//! **Metalogs**: T. Keelin (Decis. Anal. 13, 2016).
//!
//! What is *not* modelled: noise from day to day, competition, quality itself. Every figure is conditional on the scenario;
//! its Monte Carlo error says how well the simulation knows the figure, and nothing of how well you know the inputs.
