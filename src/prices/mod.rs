//! Price lists: what models cost by name.
//!
//! A list is read as it is published: the program's own CSV, LiteLLM's map of models, or genai-prices' providers. What it
//! lacks is missing, which is not zero.

mod built_in;
mod entry;
mod genai;
mod list;
mod litellm;
mod own;
mod rule;

pub use built_in::{Gpu, built_in, gpu, gpus};
pub use entry::{LongPrices, ModelPrices};
pub use list::{Ambiguous, LARGEST, List};
pub use own::own_csv;
