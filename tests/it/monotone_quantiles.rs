//! Every family's quantiles from the least level to the greatest: they are finite, within the support, and do not fall by
//! more than rounding. Parameters are drawn as extreme as they are accepted; only betas below 1e-9 are left out, of which
//! probabilities are not known to the digits that cutting off all but their tails takes.

use breakeven::dist::{Dist, Form, Quantiles};
use breakeven::math::{Level, normal};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

const CASES: u64 = 8;
/// By how much of itself a quantile may fall: Φ⁻¹ is good to 1e-16, and an exponential makes a hundred times that of it.
const ROUNDING: f64 = 3e-13;
/// Below this a value is nothing: a mixture's search may end anywhere there.
const NOTHING: f64 = 1e-60;
/// How well probabilities are known: of the smaller tail, and at all. Where a density is nearly 0, so little moves quantiles far.
const PROBABILITY: [f64; 2] = [1e-11, 1e-14];
/// What tables may be off by, twice: of the value and the interquartile range.
const TABLE: f64 = 2e-9;

/// Parameters of all sizes.
struct Random(ChaCha8Rng);

impl Random {
    fn power(&mut self, low: f64, high: f64) -> f64 {
        10f64.powf(self.0.random_range(low..=high))
    }

    fn positive(&mut self) -> f64 {
        match self.0.random_range(0..3) {
            0 => self.power(-300.0, 300.0),
            1 => self.power(-20.0, 20.0),
            _ => self.power(-2.0, 6.0),
        }
    }

    fn any(&mut self) -> f64 {
        let x = self.positive();
        [x, -x, x.min(10.0).round()][self.0.random_range(0..3)]
    }

    fn share(&mut self) -> f64 {
        let small = self.power(-16.0, 0.0);
        [self.0.random_range(0.0..=1.0), small, 1.0 - small][self.0.random_range(0..3)]
    }

    fn ordered<const N: usize>(&mut self, mut draw: impl FnMut(&mut Random) -> f64) -> [f64; N] {
        let mut found = std::array::from_fn(|_| draw(self));
        found.sort_by(f64::total_cmp);
        found
    }
}

/// Forms with parameters, of which some are refused.
fn forms(r: &mut Random) -> Vec<(Form, Vec<f64>)> {
    let [a, b, c] = r.ordered(Random::any);
    let [p, q] = r.ordered(Random::positive);
    let [s, t] = r.ordered(Random::share);
    let next = a + f64::from(r.0.random_range(0..20)) * f64::EPSILON * a.abs();
    let [low, high] = r.ordered(|r| r.share().clamp(1e-6, 1.0 - 1e-6));
    let mut all = vec![
        (Form::Uniform, vec![a, b]),
        (Form::Uniform, vec![a, next]),
        (Form::LogUniform, vec![p, q]),
        (Form::LogUniform, vec![a, next]),
        (Form::Triangular, vec![a, b, c]),
        (Form::Triangular, vec![a, next, next]),
        (Form::Pert, vec![a, b, c, r.power(-3.0, 8.0)]),
        (Form::Pert, vec![a, b, c, 4.0]),
        (Form::NormalMeanSd, vec![a, p]),
        (Form::NormalPercentiles([low, high]), vec![a, b]),
        (Form::LogNormalMeanSd, vec![q, p]),
        (Form::LogNormalMedianSigma, vec![p, r.power(-15.0, 2.0)]),
        (Form::LogNormalPercentiles([low, high]), vec![p, q]),
        (Form::LogNormalInterval, vec![p, q]),
        (Form::LogitNormalInterval, vec![s, t]),
        (Form::Exponential, vec![p]),
        (Form::GammaShapeScale, vec![r.power(-15.0, 13.0), p]),
        (Form::GammaShapeScale, vec![r.power(-2.0, 3.0), q]),
        (Form::GammaMeanSd, vec![p, q]),
        (Form::Weibull, vec![r.power(-3.0, 15.0), q]),
        (Form::Weibull, vec![r.power(-2.0, 2.0), q]),
        (Form::BetaAlphaBeta, vec![r.power(-9.0, 13.0), r.power(-9.0, 13.0)]),
        (Form::BetaAlphaBeta, vec![r.power(-1.0, 2.0), r.power(-1.0, 2.0)]),
        (Form::BetaAlphaBeta, vec![r.power(3.4, 5.0), r.power(8.0, 12.0)]),
        (Form::BetaMeanSd, vec![s, r.power(-9.0, 0.0)]),
        (Form::Poisson, vec![r.power(-300.0, 15.0)]),
        (Form::Poisson, vec![r.power(-2.0, 6.0)]),
        (Form::Binomial, vec![r.power(0.0, 15.0).floor(), s]),
        (Form::Binomial, vec![r.power(0.0, 4.0).floor(), t]),
        (Form::Bernoulli, vec![s]),
    ];
    all.extend(metalogs(r));
    all
}

fn metalogs(r: &mut Random) -> Vec<(Form, Vec<f64>)> {
    let mut metalog = |probabilities: Vec<f64>, mut values: Vec<f64>| {
        let (has_min, has_max) = (r.0.random_bool(0.5), r.0.random_bool(0.5));
        let [first, last] = [values[0], values[values.len() - 1]];
        values.extend(has_min.then(|| first - r.power(-6.0, 3.0)));
        values.extend(has_max.then(|| last + r.power(-6.0, 3.0)));
        (Form::Metalog { probabilities, has_min, has_max }, values)
    };
    // Percentiles of a normal, which have a metalog with any number of terms, and three of anything.
    let five = [0.02, 0.2, 0.5, 0.9, 0.99];
    let of_normal = metalog(five.to_vec(), five.map(|p| 7.0 + normal::quantile(p)).to_vec());
    let three = metalog(vec![0.1, 0.5, 0.9], vec![1.0, 2.0, 4.0]);
    let steps: [f64; 3] = r.ordered(|r| r.power(-3.0, 3.0));
    let mut any = three.clone();
    any.1[..3].copy_from_slice(&steps);
    vec![of_normal, three, any]
}

/// The distributions of a case: of all forms, parts of them, and mixtures.
fn distributions(case: u64) -> Vec<Dist> {
    let mut r = Random(ChaCha8Rng::seed_from_u64(case));
    let mut all: Vec<Dist> = forms(&mut r).iter().filter_map(|(form, params)| form.build(params).ok()).collect();
    all.push(Dist::empirical((0..9).map(|_| r.any()).collect()).expect("finite values"));
    let plain = all.len();
    for i in 0..plain {
        let [u, v] = r.ordered(|r| r.0.random_range(0.0..=1.0));
        let bounds = [all[i].quantile(u), all[i].quantile(v)];
        all.extend(all[i].clone().truncated(Some(bounds[0]), Some(bounds[1])));
        all.extend(all[i].clone().truncated(Some(bounds[0]), None));
    }
    for _ in 0..6 {
        let parts = (0..3).map(|_| (r.power(-6.0, 0.0), all[r.0.random_range(0..plain)].clone())).collect();
        all.extend(Dist::mixture(parts));
    }
    all
}

/// Levels from 1e-300 to as close to 1, each with the floats next to it.
fn levels() -> Vec<Level> {
    let far = (1..=300).rev().step_by(3).map(|k| 10f64.powi(-k)).filter(|p| *p < 0.005);
    let ends = far.chain((1..=50).map(|k| f64::from(k) / 100.0));
    let lower: Vec<f64> = ends.flat_map(|p| [p.next_down(), p, p.next_up()]).filter(|p| *p <= 0.5).collect();
    let upper = lower.iter().rev().map(|p| Level { below: 1.0 - p, above: *p });
    lower.iter().map(|p| Level { below: *p, above: 1.0 - p }).chain(upper).collect()
}

/// Whether two values are the same but for what is not known of probabilities.
fn same_probability(dist: &Dist, x: f64, y: f64) -> bool {
    let [a, b] = [dist.level(x), dist.level(y)];
    let scratch = PROBABILITY[0] * a.below.min(a.above) + PROBABILITY[1] / share_kept(dist);
    (a.below - b.below).abs().min((a.above - b.above).abs()) <= scratch
}

/// The probability that a truncated distribution has kept of another.
fn share_kept(dist: &Dist) -> f64 {
    let Dist::Truncated(truncated) = dist else { return 1.0 };
    let (low, high) = dist.support();
    let [below, above] = [truncated.inner().level_below(low), truncated.inner().level(high)];
    (above.below - below.below).max(below.above - above.above)
}

/// Fails where values fall, or lie outside the support; falls within `scratch` are rounding.
fn rises(dist: &Dist, values: impl Iterator<Item = (f64, f64)>, scratch: impl Fn(f64) -> f64) {
    let (low, high) = dist.support();
    let mut most = f64::NEG_INFINITY;
    for (level, x) in values {
        assert!(x.is_finite() && x >= low && x <= high, "{x:e} at {level:e} of {dist:?}");
        let falls = x < most - scratch(most) && !same_probability(dist, x, most);
        assert!(!falls, "{most:e} falls to {x:e} at {level:e} of {dist:?}");
        most = most.max(x);
    }
}

#[test]
fn quantiles_do_not_fall_whatever_the_parameters() {
    let levels = levels();
    for case in 0..CASES {
        for dist in distributions(case) {
            let values = levels.iter().map(|level| (level.below, dist.quantile_at(*level)));
            rises(&dist, values, |x| ROUNDING * x.abs() + NOTHING);
        }
    }
}

#[test]
fn what_is_drawn_does_not_fall_either() {
    let mut u: Vec<f64> = levels().iter().map(|level| level.below).filter(|u| *u < 1.0).collect();
    u.extend((0..2000).map(|k| (f64::from(k) + 0.5) / 2000.0));
    u.sort_by(f64::total_cmp);
    let mut drawn = vec![0.0; u.len()];
    for case in 0..CASES / 4 {
        for dist in distributions(case) {
            Quantiles::new(dist.clone()).fill(&u, &mut drawn);
            let range = dist.quantile(0.75) - dist.quantile(0.25);
            rises(&dist, u.iter().copied().zip(drawn.iter().copied()), |x| TABLE * (x.abs() + range) + NOTHING);
        }
    }
}
