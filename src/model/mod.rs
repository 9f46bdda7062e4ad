//! The cost model: options as lists of cost lines, a line being an amount times a driver.
//!
//! [`Model::new`] turns a scenario into lines whose amounts are registers of its program; a [`Walk`] goes through the
//! months of one block of trials; [`Outcomes`] are what a trial comes to.

mod assemble;
mod charge;
mod closed_form;
mod course;
mod difference;
mod events;
mod factor;
mod line;
mod lines;
mod months;
mod option;
mod outcomes;
mod pace;
mod state;
mod steady;
mod substitute;
mod term;
mod timeline;
mod walk;

pub use assemble::Model;
pub use course::Course;
pub use difference::Difference;
pub use events::EventKeys;
pub use factor::{Factor, Role};
pub use line::{Basis, CostLine, Driver, LineName};
pub use option::OptionModel;
pub(crate) use outcomes::at_most;
pub use outcomes::{Held, Outcomes};
pub use pace::{Calendar, Pace, Service};
pub use steady::Steady;
pub use substitute::{Absence, Substitute};
pub use term::Term;
pub use timeline::{Gpus, Migrations, Retrains};
pub use walk::{Kinds, TILE, Walk};
