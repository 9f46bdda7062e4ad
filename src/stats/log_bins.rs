//! LogBins of a stream, from integer counts in bins of bounded relative width.
//!
//! A bin holds the numbers that share sign, exponent and the first bits of the mantissa, so finding it takes a shift.
//! Counts are whole numbers: merging them in any order gives the same result.

/// Counts by bin, in pages of one binary exponent each.
#[derive(Clone, Debug)]
pub struct LogBins {
    /// Bits of the mantissa that tell bins apart; bins are 2^-bits of their numbers wide.
    bits: u32,
    /// The page of the first entry of `pages`.
    base: usize,
    /// By sign and exponent, from the least number seen to the largest.
    pages: Vec<Option<Box<[u32]>>>,
    count: u64,
    min: f64,
    max: f64,
}

impl LogBins {
    /// Bins of a relative width of 2^-11, so that the middle of one is within 0.025 % of every number in it.
    pub fn fine() -> LogBins {
        LogBins::new(11)
    }

    /// One of `count` alike: bins of a relative width of 2^-9, of 2^-7 where there are so many that memory counts.
    pub fn one_of(count: usize) -> LogBins {
        LogBins::new(if count <= 512 { 9 } else { 7 })
    }

    fn new(bits: u32) -> LogBins {
        LogBins { bits, base: 0, pages: Vec::new(), count: 0, min: f64::INFINITY, max: f64::NEG_INFINITY }
    }

    /// Where a number is counted: a page and a place in it. The order of keys is that of numbers.
    fn key(&self, x: f64) -> (usize, usize) {
        let bits = (x + 0.0).to_bits();
        // Negative numbers are stored as sign and size: turning their bits round puts them in order below 0.
        let ordered = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
        let key = ordered >> (52 - self.bits);
        ((key >> self.bits) as usize, (key & ((1 << self.bits) - 1)) as usize)
    }

    /// The least number of a bin.
    fn low(&self, page: usize, place: usize) -> f64 {
        let ordered = ((page as u64) << self.bits | place as u64) << (52 - self.bits);
        f64::from_bits(if ordered >> 63 == 1 { ordered & !(1 << 63) } else { !ordered })
    }

    /// Counts a column of finite numbers.
    pub fn add(&mut self, values: &[f64]) {
        for x in values {
            let (page, place) = self.key(*x);
            let size = 1 << self.bits;
            self.page(page).get_or_insert_with(|| vec![0; size].into_boxed_slice())[place] += 1;
            self.min = self.min.min(*x);
            self.max = self.max.max(*x);
        }
        self.count += values.len() as u64;
    }

    /// A page, after widening the range of pages to hold it.
    fn page(&mut self, page: usize) -> &mut Option<Box<[u32]>> {
        if self.pages.is_empty() {
            self.base = page;
        }
        if page < self.base {
            self.pages.splice(0..0, (page..self.base).map(|_| None));
            self.base = page;
        }
        let place = page - self.base;
        if place >= self.pages.len() {
            self.pages.resize(place + 1, None);
        }
        &mut self.pages[place]
    }

    /// Adds the counts of another of the same width.
    pub fn merge(&mut self, other: &LogBins) {
        for (k, theirs) in other.pages.iter().enumerate() {
            let Some(theirs) = theirs else { continue };
            let mine = self.page(other.base + k);
            match mine {
                Some(mine) => mine.iter_mut().zip(theirs.iter()).for_each(|(a, b)| *a += b),
                None => *mine = Some(theirs.clone()),
            }
        }
        self.count += other.count;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    /// Forgets all counts; keeps the memory.
    pub fn clear(&mut self) {
        self.pages.iter_mut().flatten().for_each(|p| p.fill(0));
        (self.count, self.min, self.max) = (0, f64::INFINITY, f64::NEG_INFINITY);
    }

    /// How many numbers were counted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The p-quantiles for ascending `p`: the least number of which a share of at least p lies at or below.
    /// Within the bin that holds it numbers are taken to be spread evenly. NaN where nothing was counted.
    pub fn quantiles(&self, probabilities: &[f64]) -> Vec<f64> {
        if self.count == 0 {
            return vec![f64::NAN; probabilities.len()];
        }
        let ranks: Vec<u64> = probabilities.iter().map(|p| self.rank(*p)).collect();
        let mut found = Vec::with_capacity(ranks.len());
        let mut below = 0;
        for (k, counts) in self.pages.iter().enumerate() {
            let Some(counts) = counts else { continue };
            let page = self.base + k;
            for (place, n) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
                let n = u64::from(*n);
                while let Some(rank) = ranks.get(found.len()).filter(|r| **r <= below + n) {
                    let share = ((*rank - below) as f64 - 0.5) / n as f64;
                    found.push(self.within(page, place, share));
                }
                below += n;
            }
        }
        found.resize(ranks.len(), self.max);
        found
    }

    /// The rank, from 1, of the p-quantile among the counted numbers.
    fn rank(&self, p: f64) -> u64 {
        let exact = p * self.count as f64;
        // 0.05 times 1,000 is 50.000000000000004: a rank must not move by the last bit of a product.
        ((exact - 1e-9 * exact).ceil() as u64).clamp(1, self.count)
    }

    fn within(&self, page: usize, place: usize, share: f64) -> f64 {
        let low = self.low(page, place);
        let (next_page, next) = if place + 1 < 1 << self.bits { (page, place + 1) } else { (page + 1, 0) };
        let high = self.low(next_page, next);
        let x = low + (high - low) * share;
        // The bins at the edge of the exponents have no width to speak of; and nothing lies beyond the extremes.
        // The bin of zero reaches up to the least normal number, of which no amount of money is meant.
        let x = if x.abs() < 1e-300 { 0.0 } else { x };
        (if x.is_finite() { x } else { low }).clamp(self.min, self.max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> LogBins {
        let mut q = LogBins::fine();
        q.add(values);
        q
    }

    /// The quantile by sorting, for comparison.
    fn exact(values: &[f64], p: f64) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted[((p * sorted.len() as f64 - 1e-9).ceil() as usize).max(1) - 1]
    }

    #[test]
    fn within_the_promised_error_of_sorting() {
        let values: Vec<f64> = (0..20_000).map(|i| (f64::from(i * 7919 % 20_011) - 9_000.0) * 1.37).collect();
        let probabilities = [0.001, 0.01, 0.05, 0.25, 0.45, 0.5, 0.75, 0.95, 0.999];
        for (p, x) in probabilities.iter().zip(of(&values).quantiles(&probabilities)) {
            let true_ = exact(&values, *p);
            assert!((x - true_).abs() <= 5e-4 * true_.abs(), "{p}: {x} against {true_}");
        }
    }

    #[test]
    fn extremes_bound_and_constants_stay() {
        assert_eq!(of(&[450.0; 10]).quantiles(&[0.01, 0.5, 0.99]), [450.0; 3]);
        assert_eq!(of(&[0.0, -0.0, 0.0]).quantiles(&[0.5]), [0.0]);
        let q = of(&[-1e300, 1e-300, 1e300]).quantiles(&[0.1, 0.5, 1.0]);
        assert!((q[0] + 1e300).abs() < 1e297 && (q[1] - 1e-300).abs() < 1e-303 && (q[2] - 1e300).abs() < 1e297);
        assert!(LogBins::fine().quantiles(&[0.5])[0].is_nan());
    }

    #[test]
    fn merging_is_counting_together() {
        let values: Vec<f64> = (1..999).map(|i| f64::from(i) * 0.77 - 300.0).collect();
        let probabilities = [0.05, 0.5, 0.95];
        for cut in [0, 1, 500, 998] {
            let mut left = of(&values[..cut]);
            left.merge(&of(&values[cut..]));
            assert_eq!(left.quantiles(&probabilities), of(&values).quantiles(&probabilities));
        }
    }
}
