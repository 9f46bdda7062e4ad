//! Distributions on whole numbers: finding the smallest one that reaches a level.

/// The smallest whole k in [0, `limit`] with `reaches(k)`, which must be false up to some k and true from there on (and is
/// taken to be true at `limit`). Doubling steps from a guess bracket it, then the bracket is halved.
pub(crate) fn smallest(guess: f64, limit: f64, reaches: impl Fn(f64) -> bool) -> f64 {
    let guess = if guess.is_nan() { 0.0 } else { guess.floor().clamp(0.0, limit) };
    let mut step = 1.0;
    let (mut low, mut high);
    if reaches(guess) {
        high = guess;
        loop {
            if high == 0.0 {
                return 0.0;
            }
            low = (high - step).max(0.0);
            if !reaches(low) {
                break;
            }
            high = low;
            step *= 2.0;
        }
    } else {
        low = guess;
        loop {
            high = (low + step).min(limit);
            if high >= limit || reaches(high) {
                break;
            }
            low = high;
            step *= 2.0;
        }
    }
    while high - low > 1.0 {
        let middle = (low + 0.5 * (high - low)).floor();
        if reaches(middle) { high = middle } else { low = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::smallest;

    #[test]
    fn finds_it_from_any_guess() {
        for want in [0.0, 1.0, 17.0, 1e12] {
            for guess in [-5.0, 0.0, 16.0, 18.0, 1e13, f64::NAN] {
                assert_eq!(smallest(guess, 1e15, |k| k >= want), want);
            }
        }
        assert_eq!(smallest(3.0, 10.0, |_| false), 10.0);
    }
}
