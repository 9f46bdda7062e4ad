//! Points of the unit cube to the values of a block's quantities: sampled, correlated, drawn, computed.

use crate::math::normal;
use crate::quantity::{Coordinates, Program, Registers};
use crate::sample::{Cube, Design, Group, Rows, VariablePoints, coordinate, correlate};
use crate::scenario::Scenario;

/// The random inputs of a scenario.
#[derive(Clone, Debug)]
pub struct Inputs {
    cube: Cube,
    groups: Vec<Group>,
    /// By variable: whether it is in a group.
    grouped: Vec<bool>,
}

/// Room for the inputs of one block; one per worker.
#[derive(Clone, Debug)]
pub struct Block {
    coordinates: Coordinates,
    normals: Vec<Vec<f64>>,
}

impl Block {
    /// The coordinates of the block that was drawn last, correlated. Of a block not all of whose operations were carried
    /// out those of some variables are older.
    pub fn coordinates(&self) -> &Coordinates {
        &self.coordinates
    }
}

impl Inputs {
    /// The inputs of a scenario under a design.
    pub fn new(scenario: &Scenario, program: &Program, design: Design) -> Inputs {
        let cube = Cube::new(design, scenario.simulation.seed, &program.variables);
        let member = |v: usize| scenario.groups.iter().any(|g| g.members.contains(&v));
        let grouped = (0..program.variables.len()).map(member).collect();
        Inputs { cube, groups: scenario.groups.clone(), grouped }
    }

    /// Variables that are drawn together.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Room for blocks of up to `capacity` trials.
    pub fn block(program: &Program, capacity: usize) -> Block {
        Block { coordinates: Coordinates::new(program.variables.len(), capacity), normals: Vec::new() }
    }

    /// The axes of one randomisation.
    pub fn axes(&self, randomisation: u32) -> Vec<VariablePoints> {
        self.cube.axes(randomisation)
    }

    /// Variables for which Sobol directions run out.
    pub fn fallbacks(&self) -> usize {
        self.cube.fallbacks()
    }

    /// Draws the trials of some rows, the first a multiple of [`TILE`](crate::sample::TILE), and carries out some operations of the
    /// program. They are the first of the room's and the registers'.
    pub fn draw(
        &self,
        program: &Program,
        ops: &[usize],
        axes: &[VariablePoints],
        rows: Rows,
        scratch: &mut Block,
        registers: &mut Registers,
    ) {
        self.place_groups(axes, rows, scratch);
        let n = rows.count;
        for op in ops {
            // Coordinates are filled only now, so that they are still at hand when they are turned into values.
            if let Some(variable) = program.drawn_by(*op).filter(|v| !self.grouped[*v]) {
                axes[variable].fill(rows.block, rows.first, scratch.coordinates.column_mut(variable, n));
            }
            registers.run(program, &[*op], &scratch.coordinates, n);
        }
    }

    /// A variable and those that are correlated with it, itself first.
    pub fn moved(&self, variable: usize) -> Vec<usize> {
        let partners = self.group(variable).map(|g| g.members.as_slice()).unwrap_or_default();
        std::iter::once(variable).chain(partners.iter().copied().filter(|v| *v != variable)).collect()
    }

    fn group(&self, variable: usize) -> Option<&Group> {
        self.groups.iter().find(|group| group.members.contains(&variable))
    }

    /// Puts the first of some variables at a coordinate. What the others, its partners, are off by from what it lets expect
    /// of them, they stay off by: that is their distribution, given it.
    pub fn hold(&self, moved: &[usize], u: f64, n: usize, coordinates: &mut Coordinates) {
        let Some((variable, partners)) = moved.split_first() else { return };
        let to = normal::quantile(u);
        let shift: Vec<f64> = match partners {
            [] => Vec::new(),
            _ => coordinates.column(*variable, n).iter().map(|u| to - normal::quantile(*u)).collect(),
        };
        coordinates.column_mut(*variable, n).fill(u);
        let Some(group) = self.group(*variable) else { return };
        let place = |v: &usize| group.members.iter().position(|member| member == v).unwrap_or(0);
        for partner in partners {
            let correlation = group.correlation(place(variable), place(partner));
            for (u, shift) in coordinates.column_mut(*partner, n).iter_mut().zip(&shift) {
                *u = coordinate(normal::quantile(*u) + correlation * shift);
            }
        }
    }

    /// The coordinates of some rows, correlated, without drawing any values.
    pub fn place<'a>(&self, axes: &[VariablePoints], rows: Rows, scratch: &'a mut Block) -> &'a mut Coordinates {
        self.place_groups(axes, rows, scratch);
        for (variable, axis) in axes.iter().enumerate().filter(|(v, _)| !self.grouped[*v]) {
            axis.fill(rows.block, rows.first, scratch.coordinates.column_mut(variable, rows.count));
        }
        &mut scratch.coordinates
    }

    fn place_groups(&self, axes: &[VariablePoints], rows: Rows, scratch: &mut Block) {
        let n = rows.count;
        for group in &self.groups {
            for variable in &group.members {
                axes[*variable].fill(rows.block, rows.first, scratch.coordinates.column_mut(*variable, n));
            }
            correlate(group, &mut scratch.coordinates, n, &mut scratch.normals);
        }
    }

    /// Recomputes some operations of the block that was drawn last, after a register was overwritten.
    pub fn redraw(program: &Program, ops: &[usize], n: usize, scratch: &Block, registers: &mut Registers) {
        registers.run(program, ops, &scratch.coordinates, n);
    }
}
