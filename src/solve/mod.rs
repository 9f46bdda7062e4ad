//! Goal seek: at which value of a field a figure has the value that it shall have.

mod close_in;
mod error;
mod goal;
mod search;

pub use close_in::SolvePoint;
pub use goal::{Goal, GoalFigure};
pub use search::{Meeting, Solution, Way, solve};
