//! How many trials there are and how they are divided.

use crate::scenario::Sampler;

/// Trials of a block: the unit of work, of streams and of folding.
pub const BLOCK: usize = 1024;
/// Independent randomisations of Sobol points and Latin hypercubes, from which their errors come.
const RANDOMISATIONS: u32 = 16;
/// Fewest points of a Sobol randomisation.
const FEWEST_POINTS: u64 = 64;

/// Randomisations times points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Design {
    /// The sampler.
    pub sampler: Sampler,
    /// Independent repetitions; 1 for plain Monte Carlo, whose trials are independent already.
    pub randomisations: u32,
    /// Trials of each.
    pub points: u64,
}

impl Design {
    /// The smallest design of at least so many trials: for Sobol points 16 times a power of two from 64 on, for Latin
    /// hypercubes a multiple of 16, for plain Monte Carlo anything from 2 on.
    pub fn new(sampler: Sampler, trials: u64) -> Design {
        let each = trials.div_ceil(u64::from(RANDOMISATIONS)).max(1);
        match sampler {
            Sampler::Sobol => {
                let points = each.max(FEWEST_POINTS).next_power_of_two();
                Design { sampler, randomisations: RANDOMISATIONS, points }
            }
            Sampler::LatinHypercube => Design { sampler, randomisations: RANDOMISATIONS, points: each },
            Sampler::MonteCarlo => Design { sampler, randomisations: 1, points: trials.max(2) },
        }
    }

    /// All trials.
    pub fn trials(&self) -> u64 {
        self.points * u64::from(self.randomisations)
    }

    /// Blocks of one randomisation.
    pub fn blocks(&self) -> u64 {
        self.points.div_ceil(BLOCK as u64)
    }

    /// Trials of a block; all but the last of a randomisation are full.
    pub fn block_size(&self, block: u64) -> usize {
        let left = self.points.saturating_sub(block * BLOCK as u64);
        left.min(BLOCK as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trials_are_rounded_up() {
        let trials = |sampler, n| Design::new(sampler, n).trials();
        assert_eq!(trials(Sampler::Sobol, 1), 1024);
        assert_eq!(trials(Sampler::Sobol, 262_144), 262_144);
        assert_eq!(trials(Sampler::Sobol, 262_145), 524_288);
        assert_eq!(trials(Sampler::LatinHypercube, 1000), 1008);
        assert_eq!(trials(Sampler::MonteCarlo, 1), 2);
        assert_eq!(trials(Sampler::MonteCarlo, 12_345), 12_345);
        let design = Design::new(Sampler::MonteCarlo, 2500);
        assert_eq!((design.blocks(), design.block_size(0), design.block_size(2)), (3, 1024, 452));
    }
}
