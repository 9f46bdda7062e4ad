//! The coefficients of a metalog through given points.

use crate::math::{ln, ln_1p};

/// The most terms there are.
pub(crate) const MOST: usize = 9;
/// For each term in Keelin's order, whether it is multiplied by L, and its power of c: 1, L, cL, c, c², c²L, c³, c³L, c⁴.
const TERMS: [(bool, usize); MOST] =
    [(false, 0), (true, 0), (true, 1), (false, 1), (false, 2), (true, 2), (false, 3), (true, 3), (false, 4)];

/// The coefficients A and B, by powers of c, of the metalog with as many terms as points (at most [`MOST`]) that goes exactly
/// through `values` on the unbounded scale at the probabilities `p`; `None` where the equations have no finite solution.
pub(crate) fn fit(p: &[f64], values: &[f64]) -> Option<([f64; 5], [f64; 4])> {
    let n = p.len();
    let mut rows = [[0.0; MOST + 1]; MOST];
    for i in 0..n {
        let (c, l) = (p[i] - 0.5, ln(p[i]) - ln_1p(-p[i]));
        for (k, (with_logit, power)) in TERMS[..n].iter().enumerate() {
            let base = (0..*power).fold(1.0, |product, _| product * c);
            rows[i][k] = if *with_logit { base * l } else { base };
        }
        rows[i][n] = values[i];
    }
    let coefficients = eliminate(&mut rows, n)?;
    let size = coefficients[1..n].iter().fold(0.0, |a: f64, b| a.max(b.abs()));
    let (mut plain, mut logit) = ([0.0; 5], [0.0; 4]);
    for (k, (with_logit, power)) in TERMS[..n].iter().enumerate() {
        // what is zero but for rounding must not bend the extreme tails
        let a = if k > 0 && coefficients[k].abs() < 1e-13 * size { 0.0 } else { coefficients[k] };
        if *with_logit { logit[*power] = a } else { plain[*power] = a }
    }
    Some((plain, logit))
}

/// Solves the n linear equations in `rows` by Gaussian elimination with row pivoting, whose column n is the right-hand side.
fn eliminate(rows: &mut [[f64; MOST + 1]; MOST], n: usize) -> Option<[f64; MOST]> {
    for k in 0..n {
        let pivot = (k..n).fold(k, |best, i| if rows[i][k].abs() > rows[best][k].abs() { i } else { best });
        rows.swap(k, pivot);
        let top = rows[k];
        if top[k] == 0.0 || !top[n].is_finite() {
            return None;
        }
        for row in &mut rows[k + 1..n] {
            let factor = row[k] / top[k];
            for j in k..=n {
                row[j] -= factor * top[j];
            }
        }
    }
    let mut solution = [0.0; MOST];
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| rows[k][j] * solution[j]).sum();
        solution[k] = (rows[k][n] - known) / rows[k][k];
    }
    Some(solution)
}
