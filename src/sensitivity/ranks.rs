//! Spearman's rank correlation of inputs with outcomes.

use super::draws::{Pair, Pairs};
use super::evaluate::{Changed, Evaluate, Trials, columns};
use crate::engine::Halt;
use crate::sample::{BLOCK, Design, Rows, VariablePoints};
use crate::stats::{Estimate, Merge};

/// Blocks of each randomisation whose trials are ranked: all values are held at once.
const BLOCKS: u64 = 4;

/// The rank correlation of every outcome with some variables, by outcome and variable; `None` for one that does not vary.
///
/// # Errors
/// A value that is not finite.
pub fn rank_correlations<M: Evaluate>(
    model: &M,
    pairs: &Pairs<'_>,
    variables: &[usize],
) -> Result<Vec<Vec<Option<Estimate>>>, Halt> {
    let outcomes = model.outcomes();
    let scratch = || (pairs.scratch(), columns(outcomes, BLOCK), model.scratch());
    let parts = pairs.by_randomisation(scratch, |scratch, r, at| values(model, pairs, variables, scratch, r, at))?;
    let ranks: Vec<Vec<Option<Vec<f64>>>> =
        parts.iter().map(|part| part.0.iter().map(|c| ranks(c)).collect()).collect();
    let correlation = |o: usize, k: usize| {
        // The rounding of a sum of squares reaches beyond 1.
        let of = |part: &Vec<Option<Vec<f64>>>| {
            Some(product(part[o].as_ref()?, part[outcomes + k].as_ref()?).clamp(-1.0, 1.0))
        };
        let each: Option<Vec<f64>> = ranks.iter().map(of).collect();
        each.and_then(|each| Estimate::of_means(&each))
    };
    Ok((0..outcomes).map(|o| (0..variables.len()).map(|k| correlation(o, k)).collect()).collect())
}

/// How many evaluations that takes.
pub fn ranked(design: &Design) -> u64 {
    let points = |r: u32| design.points_of(r).min(BLOCKS * BLOCK as u64);
    (0..design.randomisations).map(points).sum()
}

/// Columns of values: outcomes, then variables.
#[derive(Clone)]
struct Values(Vec<Vec<f64>>);

impl Merge for Values {
    fn merge(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| a.extend(b));
    }
}

fn values<M: Evaluate>(
    model: &M,
    pairs: &Pairs<'_>,
    variables: &[usize],
    (pair, out, scratch): &mut (Pair, Vec<Vec<f64>>, M::Scratch),
    (r, axes): (u32, &[VariablePoints]),
    rows: Rows,
) -> Result<Values, Halt> {
    if rows.block >= BLOCKS {
        return Ok(Values(vec![Vec::new(); out.len() + variables.len()]));
    }
    pairs.draw(axes, rows, pair);
    model.evaluate(&Trials::new(&pair.draws[0], r, rows), Changed::All, scratch, out)?;
    let n = rows.count;
    let outcomes = out.iter().map(|column| column[..n].to_vec());
    Ok(Values(outcomes.chain(variables.iter().map(|v| model.values(scratch, *v, n).to_vec())).collect()))
}

/// The ranks of a column, equal values sharing theirs, less their mean and over their spread; `None` where all values are
/// equal or one is undefined.
fn ranks(column: &[f64]) -> Option<Vec<f64>> {
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_unstable_by(|a, b| column[*a].total_cmp(&column[*b]));
    let mut ranks = vec![0.0; column.len()];
    let mut first = 0;
    for equal in order.chunk_by(|a, b| column[*a] == column[*b]) {
        let rank = first as f64 + (equal.len() as f64 - 1.0) / 2.0;
        equal.iter().for_each(|t| ranks[*t] = rank);
        first += equal.len();
    }
    let mean = (column.len() as f64 - 1.0) / 2.0;
    ranks.iter_mut().for_each(|rank| *rank -= mean);
    let spread = ranks.iter().map(|rank| rank * rank).sum::<f64>().sqrt();
    ranks.iter_mut().for_each(|rank| *rank /= spread);
    (spread > 0.0 && column.iter().all(|x| !x.is_nan())).then_some(ranks)
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_their_ranks() {
        let r = ranks(&[5.0, 1.0, 5.0, 9.0]).expect("they differ");
        assert_eq!((r[0], r[2]), (0.0, 0.0));
        assert!((r[3] + r[1]).abs() < 1e-15 && (product(&r, &r) - 1.0).abs() < 1e-15);
        assert_eq!(ranks(&[2.0, 2.0]), None);
        assert_eq!(ranks(&[2.0, f64::NAN]), None);
    }
}
