//! Sums of columns, in an order that does not depend on the width of vectors.

use crate::vector::kernels;

/// Partial sums that are kept beside each other.
const LANES: usize = 8;

#[inline(always)]
fn fold(lanes: [f64; LANES]) -> f64 {
    ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
}

kernels! {
    /// The sum of a column.
    pub(crate) fn sum(column: &[f64]) -> f64 {
        let mut lanes = [0.0; LANES];
        let (rows, rest) = column.as_chunks::<LANES>();
        for row in rows {
            for lane in 0..LANES {
                lanes[lane] += row[lane];
            }
        }
        lanes.iter_mut().zip(rest).for_each(|(lane, x)| *lane += x);
        fold(lanes)
    }

    /// The sum of the products of two columns of one length.
    pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
        let mut lanes = [0.0; LANES];
        let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<LANES>(), b[..a.len()].as_chunks::<LANES>());
        for (a, b) in a.iter().zip(b) {
            for lane in 0..LANES {
                lanes[lane] += a[lane] * b[lane];
            }
        }
        lanes.iter_mut().zip(rest_a).zip(rest_b).for_each(|((lane, a), b)| *lane += a * b);
        fold(lanes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_add_up_exactly_at_any_length() {
        let column: Vec<f64> = (1..=100).map(f64::from).collect();
        for n in 0..=column.len() {
            let whole = n as f64;
            let (a, b) = (&column[..n], &column[100 - n..]);
            assert_eq!(sum(a), whole * (whole + 1.0) / 2.0);
            // The sum of i times (100 - n + i).
            let squares = whole * (whole + 1.0) * (2.0 * whole + 1.0) / 6.0;
            assert_eq!(dot(a, b), squares + (100.0 - whole) * sum(a));
        }
    }
}
