//! Small dense symmetric matrices, n × n, row by row in a slice of n² numbers.

/// The lower factor L with L·Lᵀ = `matrix`, or `None` where the matrix is not positive semidefinite.
///
/// A pivot within 1e-10 of zero (relative to the largest diagonal element) counts as zero and gives a zero column, provided
/// that what is left below it is zero too.
pub fn cholesky(matrix: &[f64], n: usize) -> Option<Vec<f64>> {
    if matrix.len() != n * n || matrix.iter().any(|x| !x.is_finite()) {
        return None;
    }
    let scale = (0..n).map(|i| matrix[i * n + i].abs()).fold(0.0, f64::max);
    let mut l = vec![0.0; n * n];
    for j in 0..n {
        let pivot = remainder(matrix, &l, n, j, j);
        if pivot > 1e-10 * scale {
            let root = pivot.sqrt();
            l[j * n + j] = root;
            for i in j + 1..n {
                l[i * n + j] = remainder(matrix, &l, n, i, j) / root;
            }
        } else if pivot < -1e-10 * scale || (j + 1..n).any(|i| remainder(matrix, &l, n, i, j).abs() > 1e-5 * scale) {
            // an off-diagonal element may be as large as the root of its pivot's tolerance
            return None;
        }
    }
    Some(l)
}

/// matrix[i, j] − Σ over k < j of l[i, k]·l[j, k].
fn remainder(matrix: &[f64], l: &[f64], n: usize, i: usize, j: usize) -> f64 {
    let mut rest = matrix[i * n + j];
    for k in 0..j {
        rest -= l[i * n + k] * l[j * n + k];
    }
    rest
}

/// The eigenvalues, and the eigenvectors as the columns of a second matrix, by cyclic Jacobi rotations; not sorted.
/// `matrix` must be symmetric with n² elements; anything else gives empty vectors.
pub fn eigen(matrix: &[f64], n: usize) -> (Vec<f64>, Vec<f64>) {
    if matrix.len() != n * n {
        return (Vec::new(), Vec::new());
    }
    let mut a = matrix.to_vec();
    let mut v = identity(n);
    let size = a.iter().map(|x| x * x).sum::<f64>();
    for _ in 0..60 {
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i * n + j] * a[i * n + j]).sum();
        if off.is_nan() || off <= 1e-34 * size {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut v, n, p, q);
            }
        }
    }
    ((0..n).map(|i| a[i * n + i]).collect(), v)
}

/// The n × n unit matrix.
fn identity(n: usize) -> Vec<f64> {
    let mut v = vec![0.0; n * n];
    for i in 0..n {
        v[i * n + i] = 1.0;
    }
    v
}

/// One Jacobi rotation, which makes a[p, q] zero.
fn rotate(a: &mut [f64], v: &mut [f64], n: usize, p: usize, q: usize) {
    let apq = a[p * n + q];
    if apq == 0.0 {
        return;
    }
    let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * apq);
    let sign = if theta < 0.0 { -1.0 } else { 1.0 };
    let t = sign / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for k in 0..n {
        let (x, y) = (a[k * n + p], a[k * n + q]);
        a[k * n + p] = c * x - s * y;
        a[k * n + q] = s * x + c * y;
    }
    for k in 0..n {
        let (x, y) = (a[p * n + k], a[q * n + k]);
        a[p * n + k] = c * x - s * y;
        a[q * n + k] = s * x + c * y;
        let (x, y) = (v[k * n + p], v[k * n + q]);
        v[k * n + p] = c * x - s * y;
        v[k * n + q] = s * x + c * y;
    }
}

/// The correlation matrix nearest to a symmetric `matrix` in the Frobenius norm, by alternating projections with Dykstra's
/// correction (Higham 2002, IMA J. Numer. Anal. 22, 329-343). The result has an exact unit diagonal and is semidefinite
/// within about 1e-12. `matrix` must hold n² finite numbers; anything else is returned as it is.
pub fn nearest_correlation(matrix: &[f64], n: usize) -> Vec<f64> {
    let mut y = matrix.to_vec();
    if matrix.len() != n * n || matrix.iter().any(|x| !x.is_finite()) {
        return y;
    }
    let mut correction = vec![0.0; n * n];
    for _ in 0..5_000 {
        let r: Vec<f64> = y.iter().zip(&correction).map(|(y, c)| y - c).collect();
        let x = semidefinite_part(&r, n);
        let mut change = 0.0_f64;
        for i in 0..n * n {
            correction[i] = x[i] - r[i];
            let next = if i % (n + 1) == 0 { 1.0 } else { x[i] };
            change = change.max((next - y[i]).abs()).max((next - x[i]).abs());
            y[i] = next;
        }
        if change < 1e-13 {
            break;
        }
    }
    y
}

/// The nearest positive semidefinite matrix: negative eigenvalues become zero.
fn semidefinite_part(matrix: &[f64], n: usize) -> Vec<f64> {
    let (values, vectors) = eigen(matrix, n);
    let mut out = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..n).map(|k| vectors[i * n + k] * values[k].max(0.0) * vectors[j * n + k]).sum();
            out[i * n + j] = sum;
            out[j * n + i] = sum;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_correlation_matrices_of_the_literature() {
        let cases = [
            ([1., 1., 0., 1., 1., 1., 0., 1., 1.], [0.760_689_85, 0.157_298_11, 0.760_689_85], 1e-8),
            ([1., 0.9, 0., 0.9, 1., 0.8, 0., 0.8, 1.], [0.775_238, 0.079_056, 0.690_979], 1e-6),
            ([1., 0.9, -0.9, 0.9, 1., 0.9, -0.9, 0.9, 1.], [0.5, -0.5, 0.5], 1e-8),
        ];
        for (matrix, want, tolerance) in cases {
            let y = nearest_correlation(&matrix, 3);
            for (got, want) in [y[1], y[2], y[5]].iter().zip(want) {
                assert!((got - want).abs() < tolerance, "{got} {want}");
            }
            assert!(cholesky(&y, 3).is_some());
        }
    }

    #[test]
    fn semidefinite_is_accepted_and_indefinite_is_not() {
        let ones = [1.0; 9];
        assert_eq!(cholesky(&ones, 3).unwrap(), [1., 0., 0., 1., 0., 0., 1., 0., 0.]);
        assert!(cholesky(&[1., 0.9, -0.9, 0.9, 1., 0.9, -0.9, 0.9, 1.], 3).is_none());
        assert!(cholesky(&[0., 0.5, 0.5, 1.], 2).is_none());
        assert!(cholesky(&[1., f64::NAN, 0., 1.], 2).is_none());
    }

    #[test]
    fn eigenvalues_of_a_known_matrix() {
        let (mut values, vectors) = eigen(&[2., -1., 0., -1., 2., -1., 0., -1., 2.], 3);
        values.sort_by(f64::total_cmp);
        let root = 2.0_f64.sqrt();
        for (got, want) in values.iter().zip([2.0 - root, 2.0, 2.0 + root]) {
            assert!((got - want).abs() < 1e-14);
        }
        let dot: f64 = (0..3).map(|k| vectors[k * 3] * vectors[k * 3 + 1]).sum();
        assert!(dot.abs() < 1e-15);
    }
}
