//! How many trials there are and how they are divided.

use super::Sampler;

/// Trials of a block: the unit of work, of streams and of folding.
pub const BLOCK: usize = 1024;
/// Rows of a block: consecutive points of a randomisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The block's number in its randomisation.
    pub block: u64,
    /// The first of them.
    pub first: usize,
    /// How many.
    pub count: usize,
}

impl Rows {
    /// The first rows of a block, all of them where it has no more.
    pub fn of_block(block: u64, count: usize) -> Rows {
        Rows { block, first: 0, count }
    }

    /// Those from one on, so many at most.
    pub fn part(self, first: usize, most: usize) -> Rows {
        Rows { first: self.first + first, count: most.min(self.count - first), ..self }
    }
}

/// Independent randomisations of Sobol points and Latin hypercubes, from which their errors come.
pub const RANDOMISATIONS: u32 = 16;
/// Fewest points of a Sobol randomisation.
const FEWEST_POINTS: u64 = 64;

/// Randomisations times points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Design {
    /// The sampler.
    pub sampler: Sampler,
    /// Independent repetitions.
    pub randomisations: u32,
    /// Trials of each, or one fewer.
    pub points: u64,
    /// How many of every 16 have one trial more; only independent points can be divided unevenly.
    pub uneven: u32,
}

impl Design {
    /// Randomisations of equal size.
    pub fn even(sampler: Sampler, randomisations: u32, points: u64) -> Design {
        Design { sampler, randomisations, points, uneven: 0 }
    }

    /// The smallest design of at least so many trials: for Sobol points 16 times a power of two from 64 on, for Latin
    /// hypercubes a multiple of 16, for plain Monte Carlo anything from 2 on, in up to 16 parts of at least two.
    pub fn new(sampler: Sampler, trials: u64) -> Design {
        let each = trials.div_ceil(u64::from(RANDOMISATIONS)).max(1);
        match sampler {
            Sampler::Sobol => {
                let points = each.max(FEWEST_POINTS).next_power_of_two();
                Design::even(sampler, RANDOMISATIONS, points)
            }
            Sampler::LatinHypercube => Design::even(sampler, RANDOMISATIONS, each),
            Sampler::MonteCarlo => {
                let trials = trials.max(2);
                let parts = (trials / 2).min(u64::from(RANDOMISATIONS));
                Design {
                    sampler,
                    randomisations: parts as u32,
                    points: trials / parts,
                    uneven: (trials % parts) as u32,
                }
            }
        }
    }

    /// The same with twice as many randomisations; the first half is what it was.
    pub fn doubled(self) -> Design {
        Design { randomisations: 2 * self.randomisations, ..self }
    }

    /// Trials of a randomisation.
    pub fn points_of(&self, randomisation: u32) -> u64 {
        self.points + u64::from(randomisation % RANDOMISATIONS < self.uneven)
    }

    /// All trials.
    pub fn trials(&self) -> u64 {
        // Whole sets of 16 have all the uneven ones; a smaller number is one set.
        let sets = self.randomisations.div_ceil(RANDOMISATIONS);
        self.points * u64::from(self.randomisations) + u64::from(sets * self.uneven)
    }

    /// Blocks of a randomisation.
    pub fn blocks(&self, randomisation: u32) -> u64 {
        self.points_of(randomisation).div_ceil(BLOCK as u64)
    }

    /// Trials of a block; all but the last of a randomisation are full.
    pub fn block_size(&self, randomisation: u32, block: u64) -> usize {
        let left = self.points_of(randomisation).saturating_sub(block * BLOCK as u64);
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
        let design = Design::new(Sampler::LatinHypercube, 40_000);
        assert_eq!((design.blocks(0), design.block_size(0, 0), design.block_size(0, 2)), (3, 1024, 452));
    }

    #[test]
    fn independent_trials_are_divided_to_the_last() {
        for trials in (2..100).chain([1000, 2500, 12_345, 262_144]) {
            let design = Design::new(Sampler::MonteCarlo, trials);
            for design in [design, design.doubled().doubled()] {
                let sum: u64 = (0..design.randomisations).map(|r| design.points_of(r)).sum();
                assert_eq!(design.trials(), sum);
                assert!((0..design.randomisations).all(|r| design.points_of(r) >= 2));
            }
            assert_eq!(design.trials(), trials);
        }
    }
}
