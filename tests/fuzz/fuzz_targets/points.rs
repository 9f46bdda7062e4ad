//! Any bytes as a list of points.
#![no_main]

#[path = "../sweeps.rs"]
mod sweeps;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| sweeps::points(data));
