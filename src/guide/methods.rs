//! Methods and their sources.
//!
//! **Points.** Scrambled Sobol points: directions of S. Joe and F. Kuo (SIAM J. Sci. Comput. 30, 2008), nested uniform
//! scrambling of A. Owen (1995) by hashing (B. Burley, J. Comput. Graph. Tech. 9, 2020), always whole powers of two with the
//! first point kept (A. Owen, "On dropping the first Sobol' point", 2020). Latin hypercubes after M. McKay, R. Beckman and
//! W. Conover (1979). A coordinate depends on seed, name, randomisation and trial alone.
//!
//! **Errors.** Sixteen independent randomisations; the spread of their figures is the error of the mean of them, Student t
//! with 15 degrees of freedom. Ratios, crossings and indices have the jackknife's over the randomisations. `--precision`
//! looks after 16, 32, 64, … randomisations and spends half of the error level that is left at each look.
//!
//! **Correlation.** A Gaussian copula. A rank correlation r belongs to a normal correlation 2·sin(πr/6). Any rank correlation
//! can be reached, whatever the distributions; Pearson's may not.
//!
//! **Quantiles** of outcomes come from bins of a relative width of 0.05 %, counted in whole numbers, so that no order of
//! adding matters.
//!
//! **Break-even volume** is where P(cheaper) crosses one half, interpolated in the logarithm of the volume.
//!
//! **Value of information**: slices of one input after M. Strong and J. Oakley (Med. Decis. Making 33, 2013). The option is
//! chosen by all randomisations but one and costed in that one: choosing and costing on the same trials is optimistic.
//!
//! **Sobol indices**: estimators of A. Saltelli et al. (Comput. Phys. Commun. 181, 2010) for the first order and M. Jansen
//! (ibid. 117, 1999) for the total, on the two halves of one sequence, about a common centre.
//!
//! **Shapley effects**: A. Owen (SIAM/ASA J. Uncertain. Quantif. 2, 2014), E. Song, B. Nelson and J. Staum (ibid. 4, 2016),
//! by random orders, each followed by its reverse.
//!
//! **Metalogs**: T. Keelin (Decis. Anal. 13, 2016).
//!
//! What is *not* modelled: noise from day to day, competition, quality itself. Every figure is conditional on the scenario;
//! its Monte Carlo error says how well the simulation knows the figure, and nothing of how well you know the inputs.
