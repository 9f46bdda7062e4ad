//! Points of the unit cube to the values of a block's quantities: sampled, correlated, drawn, computed.

use crate::quantity::{Coordinates, Program, Registers};
use crate::sample::{Axis, Cube, Design, correlate};
use crate::scenario::{Group, Scenario};

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
    pub fn axes(&self, randomisation: u32) -> Vec<Axis> {
        self.cube.axes(randomisation)
    }

    /// Variables for which Sobol directions run out.
    pub fn fallbacks(&self) -> usize {
        self.cube.fallbacks()
    }

    /// Draws `n` trials of a block from number `first` on, a multiple of [`TILE`](crate::sample::TILE), and carries out
    /// some operations of the program. They are the first of the room's and the registers'.
    pub fn draw(
        &self,
        program: &Program,
        ops: &[usize],
        axes: &[Axis],
        (block, first, n): (u64, usize, usize),
        room: &mut Block,
        registers: &mut Registers,
    ) {
        self.place_groups(axes, (block, first, n), room);
        for op in ops {
            // Coordinates are filled only now, so that they are still at hand when they are turned into values.
            if let Some(variable) = program.drawn_by(*op).filter(|v| !self.grouped[*v]) {
                axes[variable].fill(block, first, room.coordinates.column_mut(variable, n));
            }
            registers.run(program, &[*op], &room.coordinates, n);
        }
    }

    /// The coordinates of `n` trials of a block, correlated, without drawing any values.
    pub fn place<'a>(&self, axes: &[Axis], (block, n): (u64, usize), room: &'a mut Block) -> &'a mut Coordinates {
        self.place_groups(axes, (block, 0, n), room);
        for (variable, axis) in axes.iter().enumerate().filter(|(v, _)| !self.grouped[*v]) {
            axis.fill(block, 0, room.coordinates.column_mut(variable, n));
        }
        &mut room.coordinates
    }

    fn place_groups(&self, axes: &[Axis], (block, first, n): (u64, usize, usize), room: &mut Block) {
        for group in &self.groups {
            for variable in &group.members {
                axes[*variable].fill(block, first, room.coordinates.column_mut(*variable, n));
            }
            correlate(group, &mut room.coordinates, n, &mut room.normals);
        }
    }

    /// Recomputes some operations of the block that was drawn last, after a register was overwritten.
    pub fn redraw(program: &Program, ops: &[usize], n: usize, room: &Block, registers: &mut Registers) {
        registers.run(program, ops, &room.coordinates, n);
    }
}
