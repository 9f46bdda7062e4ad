//! A model of one's own, any function over columns of inputs: what its outcome hangs on, and what knowing more is worth.
//!
//! `cargo run --release --example own_model`

use std::error::Error;

use breakeven::dist::{Form, Quantiles};
use breakeven::sensitivity::{Effort, sobol_indices, value_of_information};

const NAMES: [&str; 3] = ["requests", "price", "hours"];

fn main() -> Result<(), Box<dyn Error>> {
    let lognormal = |median: f64, sigma: f64| Form::LogNormalMedianSigma.build(&[median, sigma]);
    let inputs = [lognormal(100e3, 0.5)?, lognormal(0.003, 0.2)?, lognormal(20.0, 0.6)?].map(Quantiles::new);
    let effort = Effort { points: 1 << 16, seed: 1 };

    // A month of an API, less a month of looking after a model of one's own.
    let saving = |x: &[&[f64]], out: &mut [f64]| {
        out.iter_mut().enumerate().for_each(|(t, out)| *out = x[0][t] * x[1][t] - 15.0 * x[2][t]);
    };
    for (name, index) in NAMES.iter().zip(sobol_indices(&inputs, saving, effort)) {
        println!("{name} explains {:.3} of the variance", index.first_order.ok_or("it does not vary")?);
    }

    let costs = |x: &[&[f64]], options: &mut [Vec<f64>]| {
        for t in 0..x[0].len() {
            (options[0][t], options[1][t]) = (x[0][t] * x[1][t], 15.0 * x[2][t]);
        }
    };
    let worth = value_of_information(&inputs, &[], 2, costs, effort);
    for (name, worth) in NAMES.iter().zip(worth.inputs) {
        println!("to learn {name} before deciding is worth {:.2} a month", worth.ok_or("there is no choice")?);
    }
    Ok(())
}
