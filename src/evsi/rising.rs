//! Estimates that are known to rise.

use crate::stats::Estimate;

/// The least weight of an error beside the largest: an estimate without any outweighs all others.
const EXACT: f64 = 1e-9;

/// Lets estimates rise that do in truth: neighbours that fall take their mean, weighted by what their errors leave of doubt.
/// Pooling of adjacent violators: M. Ayer, H. Brunk, G. Ewing, W. Reid and E. Silverman, "An empirical distribution function
/// for sampling with incomplete information", Ann. Math. Stat. 26 (1955). Errors stay what they are.
pub fn rising(estimates: &mut [&mut Estimate]) {
    let error = |estimate: &Estimate| estimate.std_error.unwrap_or(0.0);
    let largest = estimates.iter().map(|e| error(e)).fold(0.0, f64::max);
    let weight = |estimate: &Estimate| {
        let error = error(estimate).max(EXACT * largest).max(f64::MIN_POSITIVE.sqrt());
        (largest.max(error) / error) * (largest.max(error) / error)
    };
    // Of each pool: its mean, its weight, how many it has.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for estimate in estimates.iter() {
        let mut pool = (estimate.value, weight(estimate), 1);
        while let Some(last) = pools.pop_if(|last| last.0 > pool.0) {
            let all = last.1 + pool.1;
            pool = ((last.0 * last.1 + pool.0 * pool.1) / all, all, last.2 + pool.2);
        }
        pools.push(pool);
    }
    let values = pools.into_iter().flat_map(|(mean, _, count)| std::iter::repeat_n(mean, count));
    estimates.iter_mut().zip(values).for_each(|(estimate, value)| estimate.value = value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_falls_is_pooled_by_its_errors() {
        let made = |value, error| Estimate::new(value, error, 15.0).expect("an estimate");
        let mut all = [made(1.0, 1.0), made(4.0, 1.0), made(2.0, 2.0), made(3.9, 1.0), made(0.0, 0.0)];
        rising(&mut all[..4].iter_mut().collect::<Vec<_>>());
        let values = |all: &[Estimate]| all.iter().map(|e| e.value).collect::<Vec<_>>();
        assert_eq!(values(&all[..4]), [1.0, 3.6, 3.6, 3.9]);
        rising(&mut all.iter_mut().collect::<Vec<_>>());
        assert!(values(&all).iter().all(|x| x.abs() < 1e-12));
    }
}
