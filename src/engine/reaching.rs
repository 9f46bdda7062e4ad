//! Where curves over months and volumes reach what is asked of them.

use crate::stats::LogBins;

/// A tenth of a decade halved so many times is narrower than a bin.
const HALVINGS: usize = 12;

/// The first month by which a share of at least `p` of the trials has come; NaN where there is none.
pub fn month_quantile(months: &[u64], p: f64, trials: u64) -> f64 {
    let wanted = p * trials as f64 * (1.0 - 1e-12);
    let mut sum = 0;
    for (i, count) in months.iter().enumerate() {
        sum += count;
        if sum as f64 >= wanted {
            return (i + 1) as f64;
        }
    }
    f64::NAN
}

/// The first volume at which a probability crosses one half; NaN where none does. `cheaper` are the trials that make up the
/// probability at each volume, of so many, and `crossings` the volumes at which one joins them, and at which one leaves.
pub fn median_break_even_volume(volumes: &[f64], cheaper: &[u64], trials: u64, crossings: &[LogBins; 2]) -> f64 {
    let half = trials as f64 / 2.0;
    let reaches = |count: u64| count as f64 >= half;
    let crosses = |k: &usize| reaches(cheaper[k - 1]) != reaches(cheaper[*k]) && volumes[k - 1] > 0.0;
    let Some(k) = (1..volumes.len()).find(crosses) else { return f64::NAN };
    let [low, high] = [volumes[k - 1], volumes[k]];
    let [joined, left] = crossings.each_ref().map(LogBins::count);
    let before = cheaper[volumes.len() - 1] as f64 - joined as f64 + left as f64;
    let found = match (joined, left) {
        (0, 0) => f64::NAN,
        (_, 0) => crossings[0].quantiles(&[(half - before) / joined as f64])[0],
        // With the first of these that leaves, it is less than half.
        (0, _) => crossings[1].quantiles(&[((before - half).floor() + 1.0) / left as f64])[0],
        _ => {
            let count = |v: f64| before + crossings[0].below(v) as f64 - crossings[1].below(v) as f64;
            halved([low, high], |v| (count(v) >= half) == reaches(cheaper[k - 1]))
        }
    };
    found.clamp(low, high)
}

/// Where a condition that holds at the lower of two volumes ceases to, as exactly as bins are.
fn halved([mut low, mut high]: [f64; 2], holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = (low * high).sqrt();
        if holds(middle) { low = middle } else { high = middle }
    }
    high
}

/// The first volume at which the saving changes its sign, on straight lines between the volumes, as most costs are; NaN
/// where it does not.
pub fn mean_break_even_volume(volumes: &[f64], savings: &[f64]) -> f64 {
    for (v, s) in volumes.windows(2).zip(savings.windows(2)) {
        if (s[0] < 0.0) != (s[1] < 0.0) && v[0] < v[1] {
            return v[0] + (v[1] - v[0]) * s[0] / (s[0] - s[1]);
        }
    }
    f64::NAN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_volumes() {
        assert_eq!(month_quantile(&[0, 5, 5], 0.5, 20), 3.0);
        assert_eq!(month_quantile(&[0, 5, 5], 0.25, 20), 2.0);
        assert!(month_quantile(&[0, 5, 5], 0.51, 20).is_nan());
        assert_eq!(mean_break_even_volume(&[10.0, 100.0, 200.0], &[-30.0, -10.0, 40.0]), 120.0);
        assert!(mean_break_even_volume(&[10.0, 100.0], &[1.0, 2.0]).is_nan());
    }

    /// Trials that are cheaper from some volumes on, and trials that are up to some.
    fn even(from: &[f64], up_to: &[f64]) -> f64 {
        let volumes = [10.0, 100.0, 1000.0];
        let cheaper = volumes.map(|v| {
            let holds = from.iter().filter(|x| **x <= v).count() + up_to.iter().filter(|x| **x > v).count();
            holds as u64
        });
        let mut crossings = [LogBins::fine(), LogBins::fine()];
        for (bins, all) in crossings.iter_mut().zip([from, up_to]) {
            bins.add(&all.iter().copied().filter(|v| *v <= 1000.0).collect::<Vec<_>>());
        }
        median_break_even_volume(&volumes, &cheaper, (from.len() + up_to.len()) as u64, &crossings)
    }

    #[test]
    fn half_of_the_trials_are_cheaper_from_the_median_crossing_on() {
        // All at one volume: exactly there, wherever the curve has its points.
        assert_eq!(even(&[130.0; 8], &[]), 130.0);
        assert_eq!(even(&[], &[130.0; 8]), 130.0);
        let close = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 6e-4, "{found} {expected}");
        close(even(&[20.0, 50.0, 210.0, 400.0], &[]), 50.0);
        close(even(&[200.0, 250.0, 310.0, 400.0, 2000.0], &[]), 310.0);
        close(even(&[], &[20.0, 50.0, 210.0, 400.0]), 210.0);
        // Of seven trials four are needed, which there are from 150 to 200 and again from 500 on: one of the two.
        close(even(&[120.0, 150.0, 500.0, 600.0, 800.0], &[200.0, 5000.0]), 500.0);
        assert!(even(&[2000.0; 3], &[]).is_nan());
    }
}
