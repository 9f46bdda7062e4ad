//! Two independent draws of all inputs: the halves of one sequence of twice as many dimensions. Consecutive points of a
//! shorter sequence are far from independent of each other.

use super::blocks::by_randomisation;
use super::evaluate::Input;
use crate::engine::Halt;
use crate::quantity::Coordinates;
use crate::sample::{BLOCK, Cube, Design, Group, Rows, Sampler, VariablePoints, correlate};

use crate::stats::Merge;

/// How much is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Pairs of draws, rounded up to 16 times a power of two; each takes an evaluation or two for every input.
    pub points: u64,
    /// Under which seed.
    pub seed: u64,
}

/// Pairs of draws.
pub struct Pairs<'a> {
    /// How they are divided.
    pub design: Design,
    /// Inputs that are drawn together.
    pub groups: &'a [Group],
    inputs: usize,
    seed: u64,
    cube: Cube,
}

/// One pair of draws of a block's inputs.
pub struct Pair {
    /// The coordinates of both.
    pub draws: [Coordinates; 2],
    normals: Vec<Vec<f64>>,
}

impl<'a> Pairs<'a> {
    /// Draws of inputs of these names.
    pub fn new(names: &[String], groups: &'a [Group], effort: Effort) -> Pairs<'a> {
        let design = Design::new(Sampler::Sobol, effort.points);
        let of = |draw: &'static str| names.iter().map(move |name| format!("{draw} draw of {name}"));
        let cube = Cube::named(design, effort.seed, of("first").chain(of("second")).collect());
        Pairs { design, groups, inputs: names.len(), seed: effort.seed, cube }
    }

    /// How many variables there are.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Whether an input depends on another.
    pub fn is_correlated(&self, input: Input) -> bool {
        let Input::Variable(v) = input else { return false };
        let with_others = |group: &Group| {
            let place = group.members.iter().position(|m| *m == v);
            place.is_some_and(|i| (0..group.members.len()).any(|j| j != i && group.correlation(i, j) != 0.0))
        };
        self.groups.iter().any(with_others)
    }

    /// Of all that is random.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The axes of a randomisation: of the first draw, then of the second.
    pub fn axes(&self, randomisation: u32) -> Vec<VariablePoints> {
        self.cube.axes(randomisation)
    }

    /// Room for a pair.
    pub fn scratch(&self) -> Pair {
        Pair { draws: [(); 2].map(|()| Coordinates::new(self.inputs, BLOCK)), normals: Vec::new() }
    }

    /// Draws the trials of some rows, all inputs independent of each other.
    pub fn draw_apart(&self, axes: &[VariablePoints], rows: Rows, pair: &mut Pair) {
        for (k, axis) in axes.iter().enumerate() {
            axis.fill(rows.block, rows.first, pair.draws[k / self.inputs].column_mut(k % self.inputs, rows.count));
        }
    }

    /// The same, correlated.
    pub fn draw(&self, axes: &[VariablePoints], rows: Rows, pair: &mut Pair) {
        self.draw_apart(axes, rows, pair);
        for coordinates in &mut pair.draws {
            for group in self.groups {
                correlate(group, coordinates, rows.count, &mut pair.normals);
            }
        }
    }

    /// What the blocks of each randomisation come to.
    ///
    /// # Errors
    /// What `block` says.
    pub fn by_randomisation<S: Merge + Clone + Send, R: Send>(
        &self,
        scratch: impl Fn() -> R + Sync,
        block: impl Fn(&mut R, (u32, &[VariablePoints]), Rows) -> Result<S, Halt> + Sync,
    ) -> Result<Vec<S>, Halt> {
        by_randomisation(|r| self.cube.axes(r), &self.design, scratch, block)
    }
}
