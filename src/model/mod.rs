//! The cost model: options as lists of cost lines, a line being an amount times a driver.
//!
//! [`Model::new`] turns a scenario into lines whose amounts are registers of its program; a [`MonthlyCosts`] goes through the
//! months of one block of trials; [`Outcomes`] are what a trial comes to.

mod answers;
mod assemble;
mod charge;
mod closed_form;
mod events;
mod factor;
mod formulas;
mod line;
mod lines;
mod monthly_costs;
mod months;
mod option;
mod outcomes;
mod pace;
mod part;
mod path_outcomes;
mod period;
mod prices;
mod response;
mod state;
mod substitute;
mod term;
mod timeline;

pub use assemble::Model;
pub use closed_form::{Difference, Steady};
pub use events::EventKeys;
pub use factor::{Factor, Role};
pub use line::{Basis, CostLine, Driver, LineName};
pub use lines::Tokens;
pub use monthly_costs::{Depth, MonthlyCosts, TILE};
pub use option::OptionModel;
pub(crate) use outcomes::at_most;
pub use outcomes::{CheaperMonths, Outcomes};
pub use pace::{Calendar, Pace, Service};
pub use part::{CostPart, PartCosts};
pub use path_outcomes::PathOutcomes;
pub use period::{Period, PeriodKind};
pub use response::Response;
pub use substitute::{Absence, Substitute};
pub use term::Term;
pub use timeline::{Gpus, Migrations, Retrains};
