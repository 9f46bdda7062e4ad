//! Where a scenario is run: the points of a grid, or those of a list.

use sha2::{Digest, Sha256};

use super::axis::{AxisValue, SweepAxis};
use super::grid::values;
use super::list::PointList;

/// All points of a sweep, by number.
#[derive(Clone, Debug)]
pub enum Points {
    /// Every value of a field with every value of another.
    Grid(Vec<SweepAxis>),
    /// Those that a list names.
    List(PointList),
}

/// The changes of a point, and what messages call it.
#[derive(Clone, Debug)]
pub(super) struct PointChanges {
    pub name: String,
    pub changes: Vec<String>,
}

impl Points {
    /// How many there are.
    pub fn count(&self) -> usize {
        match self {
            Points::Grid(axes) => axes.iter().map(|axis| axis.values.len()).product(),
            Points::List(list) => list.count(),
        }
    }

    /// The fields that change from point to point.
    pub fn paths(&self) -> Vec<&str> {
        match self {
            Points::Grid(axes) => axes.iter().map(|axis| axis.path.as_str()).collect(),
            Points::List(list) => list.paths(),
        }
    }

    /// What stands in the fields of [`Points::paths`] at a point; an empty text where the scenario's own does.
    pub fn values(&self, point: usize) -> Vec<AxisValue> {
        match self {
            Points::Grid(axes) => values(axes, point).cloned().collect(),
            Points::List(list) => list.values(point),
        }
    }

    /// Where a point stands, if it is in a list.
    pub fn place(&self, point: usize) -> Option<String> {
        match self {
            Points::Grid(_) => None,
            Points::List(list) => Some(list.place(point)),
        }
    }

    /// Whether a point is known to be wrong without its scenario.
    pub(super) fn is_bad(&self, point: usize) -> bool {
        matches!(self, Points::List(list) if list.is_bad(point))
    }

    /// What is written over the scenario at a point.
    pub(super) fn changes(&self, point: usize) -> PointChanges {
        match self {
            Points::Grid(axes) => {
                let set = |(axis, value): (&SweepAxis, &AxisValue)| format!("{}={}", axis.path, value.text);
                let changes = axes.iter().zip(values(axes, point)).map(set).collect();
                PointChanges { name: "--vary".to_owned(), changes }
            }
            Points::List(list) => PointChanges { name: list.place(point), changes: list.changes(point) },
        }
    }

    /// SHA-256 of all of them, in hexadecimal.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        let mut part = |text: &str| {
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text);
        };
        match self {
            Points::List(list) => part(list.text()),
            Points::Grid(axes) => {
                for axis in axes {
                    part(&axis.path);
                    axis.values.iter().for_each(|value| part(&value.text));
                }
            }
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
