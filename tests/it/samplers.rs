//! The points of the unit cube: where they must lie exactly, and that nothing ties those together which must be apart.

use crate::common::{NORMAL, SAMPLERS, chi_square_limits, mean_sd, square_chi_square, variables};
use breakeven::sample::{BLOCK, Cube, DIMENSIONS, Design, Sampler, VariablePoints};

fn design(sampler: Sampler, points: u64) -> Design {
    Design::even(sampler, 16, points)
}

/// The coordinates of all points of an axis, block by block.
fn coordinates(axis: &VariablePoints, design: Design) -> Vec<f64> {
    let mut all = Vec::new();
    for block in 0..design.blocks(0) {
        let start = all.len();
        all.resize(start + design.block_size(0, block), f64::NAN);
        axis.fill(block, 0, &mut all[start..]);
    }
    assert!(all.iter().all(|u| *u > 0.0 && *u < 1.0), "coordinates lie strictly inside");
    all
}

fn axes(sampler: Sampler, points: u64, names: &[&str], seed: u64, randomisation: u32) -> Vec<Vec<f64>> {
    let design = design(sampler, points);
    let axes = Cube::new(design, seed, &variables(names)).axes(randomisation);
    axes.iter().map(|axis| coordinates(axis, design)).collect()
}

/// Whether each of n equal parts of the unit interval holds one of n numbers.
fn one_in_each_part(u: &[f64]) -> bool {
    let n = u.len() as f64;
    let mut parts: Vec<usize> = u.iter().map(|u| (u * n) as usize).collect();
    parts.sort_unstable();
    parts.into_iter().eq(0..u.len())
}

/// The Kolmogorov-Smirnov distance of numbers from the uniform distribution, times √n.
fn uniform_distance(u: &[f64]) -> f64 {
    let mut sorted = u.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = u.len() as f64;
    let at = |(i, u): (usize, &f64)| (u - i as f64 / n).max((i + 1) as f64 / n - u);
    sorted.iter().enumerate().map(at).fold(0.0, f64::max) * n.sqrt()
}

/// √n·D exceeds x with probability 2·exp(−2x²) at most: 1e-6.
const UNIFORM: f64 = 2.694;

#[test]
fn sobol_points_hold_every_elementary_interval_of_every_dimension() {
    let names: Vec<String> = (0..DIMENSIONS).map(|d| format!("v{d}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let all = axes(Sampler::Sobol, 4096, &names, 1, 3);
    for (dimension, u) in all.iter().enumerate() {
        // Not only the first 2^k points: any 2^k that begin at a multiple of 2^k.
        for size in [1, 2, 64, 1024, 4096] {
            assert!(u.chunks(size).all(one_in_each_part), "dimension {dimension}, {size} points");
        }
    }
}

#[test]
fn the_first_two_sobol_dimensions_hold_every_rectangle_of_their_area() {
    // Dimensions 0 and 1 are a (0, m, 2)-net, and scrambling keeps it one: of 2^m points every rectangle of 2^-a by
    // 2^-b with a + b = m holds exactly one.
    for randomisation in 0..4 {
        let found = axes(Sampler::Sobol, 1024, &["a", "b"], 7, randomisation);
        for a in 0..=10 {
            let (wide, high) = (f64::from(1 << a), f64::from(1 << (10 - a)));
            let cell = |(u, v): (&f64, &f64)| (u * wide) as usize * (1 << (10 - a)) + (v * high) as usize;
            let mut cells: Vec<usize> = found[0].iter().zip(&found[1]).map(cell).collect();
            cells.sort_unstable();
            assert!(cells.into_iter().eq(0..1024), "2^-{a} by 2^-{}", 10 - a);
        }
    }
}

#[test]
fn sobol_dimensions_that_run_out_are_drawn_independently() {
    let mut beyond = variables(&["a", "b"]);
    (beyond[0].dimension, beyond[1].dimension) = (DIMENSIONS, DIMENSIONS + 1);
    let design = design(Sampler::Sobol, 4096);
    let cube = Cube::new(design, 1, &beyond);
    assert_eq!(cube.fallbacks(), 2);
    let found: Vec<Vec<f64>> = cube.axes(0).iter().map(|axis| coordinates(axis, design)).collect();
    assert!(found.iter().all(|u| uniform_distance(u) < UNIFORM && !one_in_each_part(u)));
    assert_ne!(found[0], found[1]);
}

#[test]
fn latin_hypercubes_hold_each_part_once_for_any_number_of_points() {
    for points in [1, 2, 3, 63, 64, 1000, 1024, 1025, 5000] {
        for u in axes(Sampler::LatinHypercube, points, &["a", "b", "c"], 1, 2) {
            assert_eq!(u.len() as u64, points);
            assert!(one_in_each_part(&u), "{points} points");
        }
    }
}

#[test]
fn places_within_the_parts_are_uniform() {
    for sampler in [Sampler::Sobol, Sampler::LatinHypercube] {
        for u in axes(sampler, 4096, &["a", "b", "c"], 1, 0) {
            let within: Vec<f64> = u.iter().map(|u| u * 4096.0).map(|x| x - x.floor()).collect();
            assert!(uniform_distance(&within) < UNIFORM, "{}: {}", sampler.word(), uniform_distance(&within));
        }
    }
}

#[test]
fn monte_carlo_coordinates_are_uniform_and_not_stratified() {
    for u in axes(Sampler::MonteCarlo, 20_000, &["a", "b", "c"], 1, 0) {
        let distance = uniform_distance(&u);
        // √n·D falls below 0.25 with a probability of 3e-8 (the theta series of its limit); stratified points do.
        assert!(distance < UNIFORM && distance > 0.25, "{distance}");
    }
}

/// Names that a careless digest or sum of letters would confuse.
const SIMILAR: [&str; 7] = ["a", "b", "ab", "ba", "a#1", "a#2", "A"];
/// Randomisations from which a pair of coordinates is taken; each gives one independent pair.
const PAIRS: u32 = 6400;
/// Cells to a side: a hundred pairs are expected in each of 64.
const SIDE: usize = 8;

/// χ² with 63 degrees of freedom.
fn is_independent(what: &str, pairs: impl Iterator<Item = (f64, f64)>) {
    let (low, high) = chi_square_limits((SIDE * SIDE - 1) as f64);
    let found = square_chi_square(pairs, SIDE);
    assert!(found > low && found < high, "{what}: χ² is {found}, not in {low}..{high}");
}

/// For each variable and randomisation the first and the last point.
fn ends(sampler: Sampler) -> Vec<Vec<[f64; 2]>> {
    let design = design(sampler, 16);
    let cube = Cube::new(design, 1, &variables(&SIMILAR));
    let of = |r: u32| {
        let points = cube.axes(r).into_iter().map(|axis| coordinates(&axis, design));
        points.map(|u| [u[0], u[15]]).collect::<Vec<_>>()
    };
    (0..PAIRS).map(of).collect()
}

#[test]
fn variables_of_similar_names_are_independent_in_every_trial() {
    for sampler in SAMPLERS {
        let found = ends(sampler);
        for a in 0..SIMILAR.len() {
            for b in 0..a {
                for (i, j) in [(0, 0), (1, 1), (0, 1)] {
                    let what = format!("{}: {} and {}", sampler.word(), SIMILAR[a], SIMILAR[b]);
                    is_independent(&what, found.iter().map(|r| (r[a][i], r[b][j])));
                }
            }
        }
    }
}

#[test]
fn randomisations_are_independent_of_each_other() {
    for sampler in SAMPLERS {
        let found = ends(sampler);
        for (v, name) in SIMILAR.iter().enumerate() {
            let what = format!("{}: {name}", sampler.word());
            // Neighbours, and numbers that differ in one higher bit.
            let next = |gap: usize| found.iter().zip(&found[gap..]).map(move |(r, s)| (r[v][0], s[v][0]));
            is_independent(&what, next(1));
            is_independent(&what, next(256));
        }
    }
}

#[test]
fn seeds_are_independent_of_each_other() {
    for sampler in SAMPLERS {
        let first = |seed: u64| axes(sampler, 16, &["a"], seed, 0)[0][0];
        let found: Vec<f64> = (0..u64::from(PAIRS)).map(first).collect();
        is_independent(sampler.word(), found.iter().copied().zip(found[1..].iter().copied()));
    }
}

#[test]
fn trials_are_independent_where_they_should_be() {
    // Under plain Monte Carlo any two; a block must not repeat another. Within a stratified sample of 16 points two
    // differ in their parts, so only places within the parts can be independent.
    let points = 8 * BLOCK as u64;
    let u = axes(Sampler::MonteCarlo, points, &["a"], 1, 0).remove(0);
    is_independent("neighbours", u.iter().copied().zip(u[1..].iter().copied()));
    is_independent("blocks", u.iter().copied().zip(u[BLOCK..].iter().copied()));
    for sampler in [Sampler::Sobol, Sampler::LatinHypercube] {
        let within = |u: f64| (u * 16.0).fract();
        is_independent(sampler.word(), ends(sampler).iter().map(|r| (within(r[0][0]), within(r[0][1]))));
    }
    // Latin hypercubes take their places from blocks of a stream too.
    let u = axes(Sampler::LatinHypercube, points, &["a"], 1, 0).remove(0);
    let places: Vec<f64> = u.iter().map(|u| (u * points as f64).fract()).collect();
    is_independent("blocks of places", places.iter().copied().zip(places[BLOCK..].iter().copied()));
}

#[test]
fn coordinates_of_different_variables_are_uncorrelated_on_average() {
    // The covariance of 16 points is one number per randomisation, with mean 0; their mean over 2,000 randomisations
    // divided by its standard error is Student's t with 1,999 degrees of freedom.
    for sampler in SAMPLERS {
        let design = design(sampler, 16);
        let cube = Cube::new(design, 5, &variables(&SIMILAR));
        let all: Vec<Vec<Vec<f64>>> =
            (0..2000).map(|r| cube.axes(r).iter().map(|axis| coordinates(axis, design)).collect()).collect();
        for a in 0..SIMILAR.len() {
            for b in 0..a {
                let covariance =
                    |u: &Vec<Vec<f64>>| u[a].iter().zip(&u[b]).map(|(x, y)| (x - 0.5) * (y - 0.5)).sum::<f64>();
                let found: Vec<f64> = all.iter().map(covariance).collect();
                let (mean, sd) = mean_sd(&found);
                let t = mean / (sd / (found.len() as f64).sqrt());
                assert!(t.abs() < NORMAL, "{}: {} and {}: {t}", sampler.word(), SIMILAR[a], SIMILAR[b]);
            }
        }
    }
}

/// How many randomisations an error is measured over.
const RUNS: u32 = 200;

/// The mean square error of the mean of some function over `RUNS` randomisations.
fn square_error(sampler: Sampler, points: u64, f: impl Fn([f64; 3]) -> f64, truth: f64) -> f64 {
    let design = design(sampler, points);
    let cube = Cube::new(design, 11, &variables(&["a", "b", "c"]));
    let error = |r: u32| {
        let axes: Vec<Vec<f64>> = cube.axes(r).iter().map(|axis| coordinates(axis, design)).collect();
        let sum: f64 = (0..points as usize).map(|i| f([axes[0][i], axes[1][i], axes[2][i]])).sum();
        sum / points as f64 - truth
    };
    (0..RUNS).map(|r| error(r).powi(2)).sum::<f64>() / f64::from(RUNS)
}

#[test]
fn the_mean_of_a_stratified_variable_has_the_error_it_must_have() {
    // One uniform place in each of n parts: the variance of the mean is 1/(12·n³), against 1/(12·n) for independent
    // points. The mean square error over 200 randomisations is that times χ²/200 with 200 degrees of freedom, nearly:
    // the mean of many places is nearly normal.
    let (low, high) = chi_square_limits(f64::from(RUNS));
    for (sampler, points) in SAMPLERS.into_iter().flat_map(|s| [(s, 64), (s, 256)]) {
        let n = points as f64;
        let variance = if sampler == Sampler::MonteCarlo { 1.0 / (12.0 * n) } else { 1.0 / (12.0 * n.powi(3)) };
        let ratio = square_error(sampler, points, |u| u[0], 0.5) / variance * f64::from(RUNS);
        assert!(ratio > low && ratio < high, "{}, {points}: {ratio} not in {low}..{high}", sampler.word());
    }
}

/// The slope of the root mean square error in the number of points, from 2^6 to 2^12.
///
/// Each mean square error is χ² over 200 degrees of freedom or so, times what it should be, so its logarithm has a
/// standard deviation of √(2/200) = 0.1; the slope is half the difference of two over ln 2^6, with a standard deviation
/// of 0.5·√2·0.1/4.16 = 0.017, 4.9 of which are 0.083.
fn slope(sampler: Sampler, f: impl Fn([f64; 3]) -> f64 + Copy, truth: f64) -> f64 {
    let errors = [64, 4096].map(|n| square_error(sampler, n, f, truth));
    0.5 * (errors[1] / errors[0]).ln() / 64f64.ln()
}

#[test]
fn errors_of_smooth_integrands_fall_at_the_rate_of_their_sampler() {
    let product = |u: [f64; 3]| u.map(|u| 1.0 + (u - 0.5)).iter().product::<f64>();
    let sum = |u: [f64; 3]| u.iter().map(|u| u.exp()).sum::<f64>();
    let e = 3.0 * (std::f64::consts::E - 1.0);
    // Independent points: −1/2. Latin hypercubes take out what is additive, so −3/2 for the sum, and leave −1/2 for the
    // interactions. Scrambled nets: n^(−3/2)·(log n)^((d−1)/2) for smooth functions, whose logarithm costs
    // ln(ln 4096 / ln 64)/ln 64 = 0.17 of the slope at d = 3 and nothing for the sum.
    let limit = 0.083;
    for f in [slope(Sampler::MonteCarlo, product, 1.0), slope(Sampler::MonteCarlo, sum, e)] {
        assert!((f + 0.5).abs() < limit, "monte-carlo: {f}");
    }
    let f = slope(Sampler::LatinHypercube, product, 1.0);
    assert!((f + 0.5).abs() < limit, "latin-hypercube, product: {f}");
    let f = slope(Sampler::LatinHypercube, sum, e);
    assert!((f + 1.5).abs() < limit, "latin-hypercube, sum: {f}");
    let f = slope(Sampler::Sobol, product, 1.0);
    assert!(f < -1.5 + 0.17 + limit, "sobol, product: {f}");
    let f = slope(Sampler::Sobol, sum, e);
    assert!((f + 1.5).abs() < limit, "sobol, sum: {f}");
}
