//! The Gaussian copula: coordinates of correlated variables, by way of correlated normals.

use super::Group;
use crate::math::normal;
use crate::quantity::Coordinates;

/// The coordinate of a standard normal, within (0, 1).
pub fn coordinate(z: f64) -> f64 {
    // Far in the tail Φ rounds to 0 or 1, which no quantile function takes.
    normal::cdf(z).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0)
}

/// Correlates the coordinates of a group in place. `scratch` holds a row per member afterwards.
///
/// The first member keeps its coordinates, and a variable outside all groups is never touched.
pub fn correlate(group: &Group, coordinates: &mut Coordinates, n: usize, scratch: &mut Vec<Vec<f64>>) {
    let size = group.members.len();
    scratch.resize(scratch.len().max(size), Vec::new());
    for (row, member) in scratch.iter_mut().zip(&group.members) {
        row.clear();
        row.extend(coordinates.column(*member, n).iter().map(|u| normal::quantile(*u)));
    }
    // From the last row up, so that the independent normals above are still there.
    for i in (1..size).rev() {
        let factors = &group.factor[i * size..][..=i];
        let (above, from) = scratch.split_at_mut(i);
        let row = &mut from[0];
        for t in 0..n {
            let mut z = factors[i] * row[t];
            for (j, other) in above.iter().enumerate() {
                z += factors[j] * other[t];
            }
            row[t] = z;
        }
        for (u, z) in coordinates.column_mut(group.members[i], n).iter_mut().zip(row.iter()) {
            // Far in the tail Φ rounds to 0 or 1, which no quantile function takes.
            *u = coordinate(*z);
        }
    }
}
