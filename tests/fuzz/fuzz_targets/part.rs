//! Any bytes as a part of a sweep.
#![no_main]

#[path = "../sweeps.rs"]
mod sweeps;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| sweeps::part(data));
