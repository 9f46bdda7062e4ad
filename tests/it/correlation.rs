//! Correlated inputs: the rank correlations are those asked for, and nothing else changes.

use crate::common::{NORMAL, SAMPLERS, STUDENT, draws, law, mean_sd, rows, scenario, simulated};
use breakeven::engine::TrialRow;
use breakeven::model::Model;
use breakeven::sample::Sampler;
use breakeven::scenario::Scenario;

/// Trials of a randomisation; plain Monte Carlo has as many as all 16, and is taken in 16 parts.
const POINTS: u64 = 8192;

/// Inputs of several families, all continuous, with some correlations between them.
fn text(inputs: &[(&str, &str)], correlations: &[(&[&str], f64)]) -> String {
    let written = inputs.iter().map(|(name, dist)| format!("{name} = \"{dist}\"\n")).collect::<String>();
    let correlated =
        correlations.iter().map(|(names, rank)| format!("[[correlation]]\ninputs = {names:?}\nrank = {rank:?}\n"));
    format!(
        "simulation.horizon_months = 1\n[inputs]\n{written}{}[workload]\nrequests_per_month = 1000\n\
         input_tokens = 10\noutput_tokens = 10\n[[option]]\nname = \"Only\"\nhosting.cost_per_month = 1\n",
        correlated.collect::<String>()
    )
}

fn sampled(text: &str, sampler: Sampler) -> Scenario {
    simulated(&scenario(text), sampler, 16 * POINTS, 3)
}

/// Fewer trials, for what holds in each of them.
fn briefly(text: &str, sampler: Sampler) -> Scenario {
    simulated(&scenario(text), sampler, 16 * 1024, 3)
}

/// Ranks from 1; the values are all different.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    for (rank, place) in order.into_iter().enumerate() {
        ranks[place] = (rank + 1) as f64;
    }
    ranks
}

fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let ((mean, sd_a), (_, sd_b)) = (mean_sd(&a), mean_sd(&b));
    let products = a.iter().zip(&b).map(|(x, y)| (x - mean) * (y - mean)).sum::<f64>();
    products / ((a.len() - 1) as f64 * sd_a * sd_b)
}

/// Asserts that two columns have a rank correlation.
///
/// In a sample of n independent pairs its variance is (1 − r²)²·(1 + r²/2)/n at most (Bonett and Wright 2000) and its
/// bias below 1/n: 4.9 standard errors and the bias. Latin hypercubes have a variance at most n/(n − 1) times as large
/// (Owen 1997). For Sobol points the 16 randomisations give 16 independent estimates, whose mean over their standard
/// error is Student's t with 15 degrees of freedom.
fn has_rank(what: &str, sampler: Sampler, (a, b): (&[f64], &[f64]), asked: f64) {
    let (all, points) = (a.len() as f64, POINTS as usize);
    let each: Vec<f64> = a.chunks(points).zip(b.chunks(points)).map(|(a, b)| spearman(a, b)).collect();
    assert_eq!(each.len(), 16);
    let (mean, sd) = mean_sd(&each);
    let independent = (1.0 - asked * asked) * ((1.0 + asked * asked / 2.0) / all).sqrt();
    let error = if sampler == Sampler::Sobol { STUDENT * sd / 4.0 } else { NORMAL * independent };
    let limit = error + 1.0 / points as f64;
    // Taking a rank correlation of ½ for the correlation of the normals would miss it by 0.017.
    assert!(limit < 0.015, "{what}: {limit}");
    assert!((mean - asked).abs() < limit, "{what}: rank correlation {mean}, asked {asked}, limit {limit}");
}

const FAMILIES: [(&str, &str); 10] = [
    ("a_normal", "normal(100, 20)"),
    ("b_lognormal", "lognormal(mean=100, sd=80)"),
    ("c_uniform", "uniform(1, 2)"),
    ("d_pert", "pert(0, 1, 10)"),
    ("e_gamma", "gamma(shape=0.5, scale=3)"),
    ("f_beta", "beta(0.7, 2)"),
    ("g_exponential", "exponential(5)"),
    ("h_metalog", "metalog(p10=10, p50=20, p90=50)"),
    ("i_share", "50% to 90%"),
    ("j_truncated", "truncate(normal(0, 1), min=0.5)"),
];

fn columns(scenario: &Scenario, names: &[&str]) -> (Vec<TrialRow>, Vec<Vec<f64>>) {
    let rows = rows(scenario, u64::MAX);
    assert_eq!(rows.len() as u64, scenario.simulation().trials);
    let columns = names.iter().map(|name| draws(scenario, &rows, name)).collect();
    (rows, columns)
}

#[test]
fn pairs_of_any_families_have_the_rank_correlation_asked_for() {
    // Every family once first and once second, with weak, strong, negative and no correlation.
    let asked = [0.4, -0.7, 0.95, 0.0, -0.2];
    for sampler in SAMPLERS {
        for shift in [0, 1] {
            let name = |k: usize| FAMILIES[(k + shift) % FAMILIES.len()].0;
            let pairs: Vec<[&str; 2]> = (0..5).map(|k| [name(2 * k), name(2 * k + 1)]).collect();
            let correlations: Vec<(&[&str], f64)> = pairs.iter().map(|p| &p[..]).zip(asked).collect();
            let scenario = sampled(&text(&FAMILIES, &correlations), sampler);
            let names: Vec<&str> = pairs.iter().flatten().copied().collect();
            let (_, found) = columns(&scenario, &names);
            for (k, asked) in asked.into_iter().enumerate() {
                let what = format!("{}: {:?}", sampler.word(), pairs[k]);
                has_rank(&what, sampler, (&found[2 * k], &found[2 * k + 1]), asked);
            }
            // Those that nobody correlates are independent, though their partners are not.
            has_rank("strangers", sampler, (&found[0], &found[3]), 0.0);
            has_rank("strangers", sampler, (&found[2], &found[5]), 0.0);
        }
    }
}

#[test]
fn three_variables_keep_all_three_correlations() {
    // What the normal correlations 2·sin(π·r/6) leave positive definite: 0.618, 0.209 and −0.313.
    let [a, b, c] = ["b_lognormal", "f_beta", "g_exponential"];
    let correlations: [(&[&str], f64); 3] = [(&[a, b], 0.6), (&[a, c], 0.2), (&[c, b], -0.3)];
    for sampler in SAMPLERS {
        let scenario = sampled(&text(&FAMILIES, &correlations), sampler);
        let (_, found) = columns(&scenario, &[a, b, c]);
        for ((i, j), asked) in [((0, 1), 0.6), ((0, 2), 0.2), ((2, 1), -0.3)] {
            has_rank(sampler.word(), sampler, (&found[i], &found[j]), asked);
        }
    }
}

#[test]
fn one_list_of_several_variables_correlates_every_pair() {
    let names = ["a_normal", "c_uniform", "e_gamma", "i_share"];
    for sampler in SAMPLERS {
        let scenario = sampled(&text(&FAMILIES, &[(&names, 0.5)]), sampler);
        let (_, found) = columns(&scenario, &names);
        for i in 0..names.len() {
            for j in 0..i {
                has_rank(sampler.word(), sampler, (&found[i], &found[j]), 0.5);
            }
        }
    }
}

#[test]
fn ranks_of_one_and_minus_one_are_exact() {
    let [a, b, c] = ["b_lognormal", "e_gamma", "h_metalog"];
    let correlations: [(&[&str], f64); 3] = [(&[a, b], 1.0), (&[a, c], -1.0), (&[b, c], -1.0)];
    for sampler in SAMPLERS {
        let scenario = briefly(&text(&FAMILIES, &correlations), sampler);
        let (_, found) = columns(&scenario, &[a, b, c]);
        let [x, y, z] = [&found[0], &found[1], &found[2]].map(|c| ranks(c));
        let n = x.len() as f64;
        assert!(x == y, "{}: the same order", sampler.word());
        assert!(x.iter().zip(&z).all(|(x, z)| x + z == n + 1.0), "{}: the reverse order", sampler.word());
    }
}

/// √n·D exceeds 2.694 with probability 2·exp(−2·2.694²) = 1e-6 for independent draws. Points that are stratified are
/// nearer to their distribution function; those of the second of a pair are a mixture of both.
fn has_margin(what: &str, values: &[f64], model: &Model, name: &str) {
    let dist = law(model, name).dist();
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let at = |(i, x): (usize, &f64)| {
        let p = dist.cdf(*x);
        (p - i as f64 / n).max((i + 1) as f64 / n - p)
    };
    let distance = sorted.iter().enumerate().map(at).fold(0.0, f64::max) * n.sqrt();
    assert!(distance < 2.694, "{what}: {name} is off by {distance}");
}

#[test]
fn correlated_variables_keep_their_own_distributions() {
    let names: Vec<&str> = FAMILIES.iter().map(|(name, _)| *name).collect();
    for (rank, among) in [(0.6, &names[..]), (1.0, &names[..]), (-0.8, &names[3..5]), (-1.0, &names[6..8])] {
        for sampler in SAMPLERS {
            let scenario = briefly(&text(&FAMILIES, &[(among, rank)]), sampler);
            let model = Model::new(&scenario);
            let (_, found) = columns(&scenario, &names);
            for (name, values) in names.iter().zip(&found) {
                has_margin(&format!("{}, rank {rank}", sampler.word()), values, &model, name);
            }
        }
    }
}

#[test]
fn variables_that_are_not_correlated_are_not_touched() {
    for sampler in SAMPLERS {
        let names: Vec<&str> = FAMILIES.iter().map(|(name, _)| *name).collect();
        let (_, free) = columns(&briefly(&text(&FAMILIES, &[]), sampler), &names);
        let correlated = [names[2], names[7]];
        let (_, tied) = columns(&briefly(&text(&FAMILIES, &[(&correlated, 0.8)]), sampler), &names);
        for (k, name) in names.iter().enumerate() {
            // The first of a group keeps its draws, the second follows it.
            assert_eq!(free[k] == tied[k], k != 7, "{}: {name}", sampler.word());
        }
    }
}

#[test]
fn integers_and_mixtures_follow_a_correlation_upwards() {
    // With ties there is no closed form; but all quantile functions rise, so a rank of 1 must order them weakly.
    let inputs = [
        ("base", "normal(0, 1)"),
        ("count", "poisson(4)"),
        ("flag", "bernoulli(0.3)"),
        ("either", "mix(0.3: 5, 0.7: uniform(1, 2))"),
    ];
    let names = inputs.map(|(name, _)| name);
    for sampler in SAMPLERS {
        let (_, found) = columns(&briefly(&text(&inputs, &[(&names, 1.0)]), sampler), &names);
        let mut order: Vec<usize> = (0..found[0].len()).collect();
        order.sort_by(|a, b| found[0][*a].total_cmp(&found[0][*b]));
        for column in &found[1..] {
            assert!(order.windows(2).all(|w| column[w[0]] <= column[w[1]]), "{}", sampler.word());
        }
    }
}
