//! Points of the unit cube: each sampler fills the coordinates of one variable for one block of trials.
//!
//! A coordinate depends on the seed, the variable's name (for Sobol points its dimension too), the randomisation and
//! the trial, and on nothing else: not on other variables, and not on which thread asks.

mod copula;
mod design;
mod far;
mod group;
mod latin_hypercube;
mod sampler;
mod sobol;
mod stream;

pub use copula::{coordinate, correlate};
pub use design::{BLOCK, Design, RANDOMISATIONS, Rows};
pub use far::Far;
pub use group::{Group, normal_correlation, rank_correlation};
pub use sampler::Sampler;
pub use sobol::{DIMENSIONS, GROUP as TILE};
pub use stream::{Purpose, key, stream};

use rand::RngExt;
use rand::rngs::ChaCha8Rng;

use crate::quantity::Variable;

/// The axes of all variables of a scenario.
#[derive(Clone, Debug)]
pub struct Cube {
    design: Design,
    seed: u64,
    names: Vec<String>,
    patterns: Vec<Option<sobol::Pattern>>,
}

impl Cube {
    /// The cube of some variables.
    pub fn new(design: Design, seed: u64, variables: &[Variable]) -> Cube {
        let dimensions: Vec<usize> = variables.iter().map(|v| v.dimension).collect();
        let names = variables.iter().map(|v| v.name.clone()).collect();
        Cube { design, seed, names, patterns: sobol::patterns(&dimensions) }
    }

    /// The cube of variables that are nothing but names, in dimensions from 0 on.
    pub fn named(design: Design, seed: u64, names: Vec<String>) -> Cube {
        let dimensions: Vec<usize> = (0..names.len()).collect();
        Cube { design, seed, names, patterns: sobol::patterns(&dimensions) }
    }

    /// Variables for which Sobol directions run out, so that they are drawn independently.
    pub fn fallbacks(&self) -> usize {
        let sobol = self.design.sampler == Sampler::Sobol;
        self.patterns.iter().filter(|d| sobol && d.is_none()).count()
    }

    /// The axes of one randomisation.
    pub fn axes(&self, randomisation: u32) -> Vec<VariablePoints> {
        let axis = |(name, pattern): (&String, &Option<sobol::Pattern>)| {
            let key = stream::key(self.seed, Purpose::Variable, name, randomisation);
            let points = match (self.design.sampler, pattern) {
                (Sampler::Sobol, Some(pattern)) => {
                    Points::Sobol(Box::new(sobol::Dimension::new(pattern.clone(), &key)))
                }
                (Sampler::LatinHypercube, _) => {
                    Points::LatinHypercube(latin_hypercube::Strata::new(self.design.points, &key))
                }
                (Sampler::MonteCarlo | Sampler::Sobol, _) => Points::MonteCarlo,
            };
            VariablePoints { key, points }
        };
        self.names.iter().zip(&self.patterns).map(axis).collect()
    }
}

/// The coordinates of one variable in one randomisation.
#[derive(Clone, Debug)]
pub struct VariablePoints {
    key: [u8; 32],
    points: Points,
}

#[derive(Clone, Debug)]
enum Points {
    Sobol(Box<sobol::Dimension>),
    LatinHypercube(latin_hypercube::Strata),
    /// Independent; also where Sobol directions run out.
    MonteCarlo,
}

impl VariablePoints {
    /// Fills the coordinates of block `block` from its trial `first` on, all in (0, 1). `first` is a multiple of
    /// [`TILE`].
    pub fn fill(&self, block: u64, first: usize, out: &mut [f64]) {
        match &self.points {
            Points::Sobol(dimension) => dimension.fill(block, first, out),
            Points::LatinHypercube(strata) => {
                uniform(&mut self.stream(block, first), out);
                strata.place(block * BLOCK as u64 + first as u64, out);
            }
            Points::MonteCarlo => uniform(&mut self.stream(block, first), out),
        }
    }

    fn stream(&self, block: u64, first: usize) -> ChaCha8Rng {
        let mut rng = stream(&self.key, block);
        // Of 32 bits each.
        rng.set_word_pos(2 * first as u128);
        rng
    }
}

/// Uniform numbers strictly between 0 and 1.
fn uniform(rng: &mut ChaCha8Rng, out: &mut [f64]) {
    for u in out {
        *u = open(rng.random::<u64>());
    }
}

/// The middle of one of 2^52 equal parts of the unit interval: never 0 nor 1, and exact in a float.
#[inline(always)]
fn open(bits: u64) -> f64 {
    // As the mantissa of a number in [1, 2), from which subtracting is exact; a conversion from integers has no vector
    // instruction on most processors.
    f64::from_bits(1.0f64.to_bits() | bits >> 12) - (1.0 - f64::EPSILON / 2.0)
}
