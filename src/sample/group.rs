//! Variables that are drawn together.

use crate::math::{self, linalg};

/// Variables that are drawn together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Their numbers.
    pub members: Vec<usize>,
    /// The lower Cholesky factor of their normal correlation matrix, row by row.
    pub factor: Vec<f64>,
}

impl Group {
    /// Variables with a normal correlation matrix, row by row; `None` where no variables have it.
    pub fn new(members: Vec<usize>, correlation: &[f64]) -> Option<Group> {
        let factor = linalg::cholesky(correlation, members.len())?;
        Some(Group { members, factor })
    }

    /// The normal correlation of two of its variables, by their places among the members.
    pub fn correlation(&self, i: usize, j: usize) -> f64 {
        let row = |i: usize| &self.factor[i * self.members.len()..][..self.members.len()];
        row(i).iter().zip(row(j)).map(|(a, b)| a * b).sum()
    }

    /// The rank correlation of two of its variables, by their places among the members.
    pub fn rank_correlation(&self, i: usize, j: usize) -> f64 {
        rank_correlation(self.correlation(i, j))
    }
}

/// The normal correlation whose rank correlation (Spearman) is `rank`: 2·sin(π·rank/6).
pub fn normal_correlation(rank: f64) -> f64 {
    2.0 * math::sin(std::f64::consts::PI * rank / 6.0)
}

/// The rank correlation of a normal correlation: (6/π)·asin(ρ/2).
pub fn rank_correlation(normal: f64) -> f64 {
    6.0 / std::f64::consts::PI * math::asin(normal / 2.0)
}
