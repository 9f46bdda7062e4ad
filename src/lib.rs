//! Prompt a task, or fine-tune a model for it, and from when on does it pay?
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod chart;
pub mod diagnostic;
pub mod dist;
pub mod engine;
pub mod inputs;
pub mod math;
pub mod model;
pub mod quantity;
pub mod report;
pub mod sample;
pub mod scenario;
pub mod stats;
pub mod tables;
