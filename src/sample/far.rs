//! Points that reach the far ends of a coordinate, and its rare values, with the weights that make up for it.
//!
//! Importance sampling with a defensive mixture, after T. Hesterberg, "Weighted average importance sampling and defensive
//! mixture distributions", Technometrics 37 (1995): most points are uniform, so that no weight exceeds the inverse of
//! their share; the others have a logarithm of the distance from either end that is uniform, or lie in a part of the
//! coordinate that stands for one value, each part as likely as any.

use rand::RngExt;

use super::stream::{self, Purpose, stream};
use super::uniform;

/// The distance from an end that is looked at last: what is rarer is not looked for.
const NEAREST: f64 = 1.0 / (1_u64 << 40) as f64;

/// The coordinates of one variable.
#[derive(Clone, Debug)]
pub struct Far {
    key: [u8; 32],
    /// The share of points at the ends, and in the parts.
    shares: [f64; 2],
    /// Parts of the coordinate that each stand for one value.
    parts: Vec<[f64; 2]>,
}

impl Far {
    /// For a variable of which `share` of the points are not uniform, and that takes one value in each of some parts.
    pub fn new(seed: u64, name: &str, share: f64, parts: Vec<[f64; 2]>) -> Far {
        let shares = if parts.is_empty() { [share, 0.0] } else { [0.5 * share, 0.5 * share] };
        Far { key: stream::key(seed, Purpose::Far, name, 0), shares, parts }
    }

    /// Fills a column of coordinates, multiplies `weights` by those of its points, and writes how rare it is to be in a
    /// part like theirs or as near to an end.
    pub fn fill(&self, block: u64, out: &mut [f64], weights: &mut [f64], rarity: &mut [f64]) {
        let mut rng = stream(&self.key, block);
        uniform(&mut rng, out);
        for ((u, weight), rarity) in out.iter_mut().zip(weights).zip(rarity) {
            *u = self.moved(rng.random(), *u);
            let part = self.parts.iter().find(|part| part[0] < *u && *u < part[1]).map(|[low, high]| high - low);
            *weight /= self.density(*u, part);
            *rarity = part.unwrap_or(1.0).min(2.0 * u.min(1.0 - *u));
        }
    }

    /// A uniform point, moved by the luck of another.
    fn moved(&self, luck: f64, u: f64) -> f64 {
        let [ends, parts] = self.shares;
        if luck < ends {
            let near = crate::math::pow(NEAREST, u);
            return if luck < 0.5 * ends { near } else { 1.0 - near };
        }
        if luck < ends + parts {
            let place = (luck - ends) / parts * self.parts.len() as f64;
            let [low, high] = self.parts[(place as usize).min(self.parts.len() - 1)];
            return low + (high - low) * u;
        }
        u
    }

    fn density(&self, u: f64, part: Option<f64>) -> f64 {
        let [ends, parts] = self.shares;
        // Rounding may have moved a point beyond the nearest; a uniform one will hardly be there.
        let end = |distance: f64| if distance > 0.5 * NEAREST { 1.0 / distance } else { 0.0 };
        let at_ends = 0.5 * (end(u) + end(1.0 - u)) / -crate::math::ln(NEAREST);
        let in_parts = part.map_or(0.0, |width| 1.0 / (width * self.parts.len() as f64));
        1.0 - ends - parts + ends * at_ends + parts * in_parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sums of weighted points against integrals, within five of their errors.
    #[test]
    fn weights_make_up_for_where_points_are() {
        let far = Far::new(7, "x", 0.4, vec![[0.0, 0.3], [0.3, 0.300_001], [0.300_001, 1.0]]);
        let of = |f: &dyn Fn(f64) -> f64| {
            let mut terms = Vec::new();
            for block in 0..64 {
                let (mut u, mut weights, mut rarity) = (vec![0.0; 1024], vec![1.0; 1024], vec![0.0; 1024]);
                far.fill(block, &mut u, &mut weights, &mut rarity);
                terms.extend(u.iter().zip(&weights).map(|(u, w)| w * f(*u)));
            }
            let n = terms.len() as f64;
            let mean = terms.iter().sum::<f64>() / n;
            let squares: f64 = terms.iter().map(|x| (x - mean) * (x - mean)).sum();
            [mean, (squares / n / n).sqrt()]
        };
        let near = |[mean, error]: [f64; 2], expected: f64| {
            assert!((mean - expected).abs() < 5.0 * error && error < 0.05 * expected, "{mean} ± {error}, {expected}");
        };
        near(of(&|_| 1.0), 1.0);
        near(of(&|u| u), 0.5);
        near(of(&|u| f64::from(u < 1e-7)), 1e-7);
        near(of(&|u| f64::from(1.0 - u < 1e-9)), 1e-9);
        near(of(&|u| f64::from(u > 0.3 && u < 0.300_001)), 1e-6);
    }
}
