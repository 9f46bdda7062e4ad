//! What a part keeps of a point, in bytes.

use crate::stats::Estimate;
use crate::sweep::{OptionFigures, PointFigures, PointOutcome};

/// A point with what came of it.
pub type Record = (usize, PointOutcome);

/// Bytes of an estimate.
const ESTIMATE: usize = 24;
/// Estimates of an option.
const ESTIMATES: usize = 4;
/// What comes before the options: point, trials, and the cheapest option counted from 1.
const HEAD: usize = 24;

/// Bytes of a record of so many options and randomisations.
pub fn size([options, randomisations]: [usize; 2]) -> usize {
    HEAD + options * (ESTIMATES * ESTIMATE + 8 * randomisations)
}

/// A record. One of a point that was left out has no trials.
pub fn encode(point: usize, outcome: &PointOutcome, size: [usize; 2]) -> Vec<u8> {
    let figures = outcome.figures();
    let mut bytes = Vec::with_capacity(self::size(size));
    let cheapest = figures.and_then(|f| f.cheapest).map_or(0, |i| i as u64 + 1);
    for number in [point as u64, figures.map_or(0, |f| f.trials), cheapest] {
        bytes.extend(number.to_le_bytes());
    }
    for option in figures.iter().flat_map(|f| &f.options) {
        for estimate in [option.total, option.range[0], option.range[1], option.p_cheapest] {
            let undefined = Estimate { value: f64::NAN, std_error: None, freedom: f64::NAN };
            let Estimate { value, std_error, freedom } = estimate.unwrap_or(undefined);
            [value, std_error.unwrap_or(f64::NAN), freedom].iter().for_each(|x| bytes.extend(x.to_le_bytes()));
        }
        // Of few trials there are fewer randomisations.
        let means = option.by_randomisation.iter().copied().chain(std::iter::repeat(f64::NAN));
        means.take(size[1]).for_each(|mean| bytes.extend(mean.to_le_bytes()));
    }
    bytes.resize(self::size(size), 0);
    bytes
}

/// Reads a record of the size of its bytes.
pub fn decode(bytes: &[u8], [options, randomisations]: [usize; 2]) -> Option<Record> {
    let (words, _) = bytes.as_chunks::<8>();
    let mut words = words.iter();
    let mut whole = || words.next().map(|word| u64::from_le_bytes(*word));
    let (point, trials, cheapest) = (usize::try_from(whole()?).ok()?, whole()?, usize::try_from(whole()?).ok()?);
    if trials == 0 {
        return Some((point, PointOutcome::LeftOut));
    }
    let mut number = || words.next().map(|word| f64::from_le_bytes(*word));
    let mut found = Vec::with_capacity(options);
    for _ in 0..options {
        let mut estimates = [None; ESTIMATES];
        for estimate in &mut estimates {
            let [value, error, freedom] = [number()?, number()?, number()?];
            let std_error = Some(error).filter(|error| !error.is_nan());
            *estimate = (!value.is_nan()).then_some(Estimate { value, std_error, freedom });
        }
        let [total, p5, p95, p_cheapest] = estimates;
        let mut by_randomisation = (0..randomisations).map(|_| number()).collect::<Option<Vec<f64>>>()?;
        by_randomisation.retain(|mean| !mean.is_nan());
        found.push(OptionFigures { total, range: [p5, p95], p_cheapest, by_randomisation });
    }
    let cheapest = cheapest.checked_sub(1);
    let is_known = cheapest.is_none_or(|cheapest| cheapest < options);
    is_known.then_some((point, PointOutcome::Ran(PointFigures { trials, options: found, cheapest })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_to_the_last_bit() {
        let option = |x: f64| OptionFigures {
            total: Estimate::new(x, 0.1 * x, 15.0),
            range: [None, Some(Estimate::exact(-0.0))],
            p_cheapest: Estimate::new(1.0 / 3.0, f64::NAN, f64::INFINITY),
            by_randomisation: vec![x, f64::MIN_POSITIVE],
        };
        let figures = PointFigures { trials: 3, options: vec![option(7.0), option(1e-9)], cheapest: Some(1) };
        let unranked = PointFigures { cheapest: None, ..figures.clone() };
        for outcome in [PointOutcome::LeftOut, PointOutcome::Ran(unranked), PointOutcome::Ran(figures)] {
            let bytes = encode(77, &outcome, [2, 3]);
            assert_eq!(bytes.len(), size([2, 3]));
            assert_eq!(decode(&bytes, [2, 3]), Some((77, outcome)));
        }
        assert_eq!(decode(&[1; 30], [2, 3]), None);
    }
}
