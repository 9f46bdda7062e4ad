//! LogBins of a stream, from integer counts in bins of bounded relative width.
//!
//! A bin holds the numbers that share sign, exponent and the first bits of the mantissa, so finding it takes a shift.
//! Counts are whole numbers: merging them in any order gives the same result.

use std::ops::Range;

use super::Moments;
use crate::vector::kernels;

/// Counts by bin, in pages of one binary exponent each.
#[derive(Clone, Debug)]
pub struct LogBins {
    /// Bits of the mantissa that tell bins apart; bins are 2^-bits of their numbers wide.
    bits: u32,
    /// The page of the first entry of `pages`.
    base: u32,
    /// By sign and exponent, from the least number seen to the largest: where its counts start, or [`NO_PAGE`].
    pages: Vec<u32>,
    /// The counts of the opened pages, in their order as long as these are few.
    counts: Vec<u32>,
    count: u64,
    min: f64,
    max: f64,
}

/// Marks an exponent of which no number was seen.
const NO_PAGE: u32 = 1 << 31;
/// Numbers whose bins are found together.
const GROUP: usize = 256;
/// Exponents over which the numbers of a group are usually spread, at most.
const NEIGHBOURS: usize = 16;
/// Bins that are added up together.
const STRETCH: usize = 64;
/// So many pages are kept in order.
const ORDERED: u32 = 64;

impl LogBins {
    /// How far the middle of a fine bin may be from a number in it, of that number.
    pub const HALF_WIDTH: f64 = 1.0 / 4096.0;

    /// Bins of a relative width of 2^-11, so that the middle of one is within 0.025 % of every number in it.
    pub fn fine() -> LogBins {
        LogBins::new(11)
    }

    /// One of `count` alike: bins of a relative width of 2^-9, of 2^-7 where there are so many that memory counts.
    pub fn one_of(count: usize) -> LogBins {
        LogBins::new(if count <= 512 { 9 } else { 7 })
    }

    fn new(bits: u32) -> LogBins {
        let (pages, counts) = (Vec::new(), Vec::new());
        LogBins { bits, base: 0, pages, counts, count: 0, min: f64::INFINITY, max: f64::NEG_INFINITY }
    }

    /// The least number of a bin.
    fn low(&self, key: u64) -> f64 {
        let ordered = key << (52 - self.bits);
        f64::from_bits(if ordered >> 63 == 1 { ordered & !(1 << 63) } else { !ordered })
    }

    /// Counts a column of finite numbers.
    pub fn add(&mut self, values: &[f64]) {
        let (shift, mut found) = (52 - self.bits, [0; GROUP]);
        for group in values.chunks(GROUP) {
            let ends = keys(group, shift, &mut found);
            // Numbers in bins between those of the extremes so far are none.
            if ends[0] <= key(self.min, shift) || ends[1] >= key(self.max, shift) {
                let of_group = Moments::of(group);
                (self.min, self.max) = (self.min.min(of_group.min()), self.max.max(of_group.max()));
            }
            let found = &found[..group.len()];
            match self.run(ends.map(|key| key >> self.bits)) {
                Some((start, _)) if ends[0] == ends[1] => {
                    self.counts[start + (ends[0] & ((1 << self.bits) - 1)) as usize] += group.len() as u32;
                }
                Some((start, first)) => count_keys(&mut self.counts[start..], found, first),
                None => found.iter().for_each(|key| self.count_key(*key)),
            }
        }
        self.count += values.len() as u64;
    }

    /// Where the counts of some neighbouring pages start, if they lie one behind the other, and the key of the first.
    fn run(&self, [first, last]: [u32; 2]) -> Option<(usize, u32)> {
        let from = first.checked_sub(self.base)? as usize;
        let pages = self.pages.get(from..=(last - self.base) as usize).filter(|pages| pages.len() <= NEIGHBOURS)?;
        let start = *pages.first()?;
        let follows = |(k, page): (u32, &u32)| *page == start + (k << self.bits) && *page != NO_PAGE;
        (0..).zip(pages).all(follows).then_some((start as usize, first << self.bits))
    }

    fn count_key(&mut self, key: u32) {
        let (page, place) = (key >> self.bits, key & ((1 << self.bits) - 1));
        let start = self.pages.get(page.wrapping_sub(self.base) as usize).copied().unwrap_or(NO_PAGE);
        let start = if start == NO_PAGE { self.open(page) } else { start };
        self.counts[(start + place) as usize] += 1;
    }

    /// Where the counts of a page start, after making it.
    #[cold]
    fn open(&mut self, page: u32) -> u32 {
        if self.pages.is_empty() {
            self.base = page;
        }
        if page < self.base {
            self.pages.splice(0..0, (page..self.base).map(|_| NO_PAGE));
            self.base = page;
        }
        let place = (page - self.base) as usize;
        if place >= self.pages.len() {
            self.pages.resize(place + 1, NO_PAGE);
        }
        if self.pages[place] == NO_PAGE {
            self.pages[place] = self.make_room(place);
        }
        self.pages[place]
    }

    /// Room for the counts of a page: before those of the pages above it, unless there are so many that moving them is
    /// dear.
    fn make_room(&mut self, place: usize) -> u32 {
        let (width, end) = (1 << self.bits, self.counts.len() as u32);
        let next = self.pages[place..].iter().copied().find(|start| *start != NO_PAGE).unwrap_or(end);
        let start = if end >> self.bits < ORDERED { next } else { end };
        self.counts.splice(start as usize..start as usize, std::iter::repeat_n(0, width));
        let moved = self.pages.iter_mut().filter(|page| **page != NO_PAGE && **page >= start);
        moved.for_each(|page| *page += width as u32);
        start
    }

    /// The pages that there are, from the least numbers to the largest, with their counts.
    fn opened(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let opened = self.pages.iter().enumerate().filter(|(_, start)| **start != NO_PAGE);
        opened.map(|(k, start)| (self.base + k as u32, &self.counts[*start as usize..][..1 << self.bits]))
    }

    /// Where the counts of a page may be other than zero: between the bins of the extremes.
    fn used(&self, page: u32) -> Range<usize> {
        let shift = 52 - self.bits;
        let [least, most] = [key(self.min, shift), key(self.max, shift)];
        let place = |key: u32| (key & ((1 << self.bits) - 1)) as usize;
        if self.count == 0 || page < least >> self.bits || page > most >> self.bits {
            return 0..0;
        }
        let start = if page == least >> self.bits { place(least) } else { 0 };
        let end = if page == most >> self.bits { place(most) + 1 } else { 1 << self.bits };
        start..end
    }

    /// The stretches of pages that may hold other counts than zero, from the least numbers to the largest, each with the key of
    /// its first bin.
    fn used_stretches(&self) -> impl DoubleEndedIterator<Item = (u64, &[u32])> {
        let opened = self.pages.iter().enumerate().filter(|(_, start)| **start != NO_PAGE);
        opened.filter_map(|(k, start)| {
            let page = self.base + k as u32;
            let used = self.used(page);
            let first = u64::from(page) << self.bits | used.start as u64;
            (!used.is_empty()).then(|| (first, &self.counts[*start as usize..][used]))
        })
    }

    /// Adds the counts of another of the same width.
    pub fn merge(&mut self, other: &LogBins) {
        for (first, theirs) in other.used_stretches() {
            let (page, place) = ((first >> self.bits) as u32, (first & ((1 << self.bits) - 1)) as usize);
            let start = self.open(page) as usize + place;
            let mine = &mut self.counts[start..start + theirs.len()];
            mine.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        }
        self.count += other.count;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    /// Forgets all counts; keeps the memory.
    pub fn clear(&mut self) {
        for k in 0..self.pages.len() {
            let (start, used) = (self.pages[k], self.used(self.base + k as u32));
            if start != NO_PAGE {
                self.counts[start as usize..][used].fill(0);
            }
        }
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
        for (first, counts) in self.used_stretches() {
            for (k, stretch) in counts.chunks(STRETCH).enumerate() {
                // Most stretches hold no quantile, and adding up takes less than looking.
                let all: u64 = stretch.iter().map(|n| u64::from(*n)).sum();
                if ranks.get(found.len()).is_none_or(|rank| *rank > below + all) {
                    below += all;
                    continue;
                }
                for (place, n) in stretch.iter().enumerate().filter(|(_, n)| **n > 0) {
                    let n = u64::from(*n);
                    while let Some(rank) = ranks.get(found.len()).filter(|r| **r <= below + n) {
                        let share = ((*rank - below) as f64 - 0.5) / n as f64;
                        found.push(self.within(first + (k * STRETCH + place) as u64, share));
                    }
                    below += n;
                }
            }
        }
        found.resize(ranks.len(), self.max);
        found
    }

    /// The mean of those above the p-quantile, a share of 1 − p of all; the number on the edge counts by its fraction.
    /// Within a bin numbers are taken to be spread evenly. NaN where nothing was counted.
    pub fn mean_above(&self, p: f64) -> f64 {
        let wanted = (1.0 - p) * self.count as f64;
        let (mut left, mut sum) = (wanted, 0.0);
        for (first, counts) in self.used_stretches().rev() {
            for (place, n) in counts.iter().enumerate().rev().filter(|(_, n)| **n > 0) {
                let n = f64::from(*n);
                let taken = left.min(n);
                sum += taken * self.within(first + place as u64, 1.0 - 0.5 * taken / n);
                left -= taken;
                if left <= 0.0 {
                    return sum / wanted;
                }
            }
        }
        f64::NAN
    }

    /// How many of the counted numbers are less than `x`, to within the width of its bin.
    pub fn below(&self, x: f64) -> u64 {
        let wanted = key(x, 52 - self.bits);
        let page = wanted >> self.bits;
        let whole = self.opened().filter(|(number, _)| *number < page).flat_map(|(_, counts)| counts);
        let part = self.opened().filter(|(number, _)| *number == page);
        let part = part.flat_map(|(_, counts)| &counts[..(wanted & ((1 << self.bits) - 1)) as usize]);
        whole.chain(part).map(|n| u64::from(*n)).sum()
    }

    /// The rank, from 1, of the p-quantile among the counted numbers.
    fn rank(&self, p: f64) -> u64 {
        let exact = p * self.count as f64;
        // 0.05 times 1,000 is 50.000000000000004: a rank must not move by the last bit of a product.
        ((exact - 1e-9 * exact).ceil() as u64).clamp(1, self.count)
    }

    fn within(&self, key: u64, share: f64) -> f64 {
        let (low, high) = (self.low(key), self.low(key + 1));
        let x = low + (high - low) * share;
        // The bins at the edge of the exponents have no width to speak of; and nothing lies beyond the extremes.
        // The bin of zero reaches up to the least normal number, of which no amount of money is meant.
        let x = if x.abs() < 1e-300 { 0.0 } else { x };
        (if x.is_finite() { x } else { low }).clamp(self.min, self.max)
    }
}

/// Counts numbers by their bins, of which `first` is the first.
fn count_keys(counts: &mut [u32], keys: &[u32], first: u32) {
    let (rows, rest) = keys.as_chunks::<8>();
    // Rows of fixed length are unrolled.
    for row in rows {
        row.iter().for_each(|key| counts[(key - first) as usize] += 1);
    }
    rest.iter().for_each(|key| counts[(key - first) as usize] += 1);
}

/// The bin of a number: its first bits, so turned that the order of keys is that of numbers.
#[inline(always)]
fn key(x: f64, shift: u32) -> u32 {
    let bits = (x + 0.0).to_bits();
    // Negative numbers are stored as sign and size: turning their bits round puts them in order below 0.
    let ordered = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    (ordered >> shift) as u32
}

kernels! {
    /// The bins of some numbers; also the first and the last of them.
    fn keys(values: &[f64], shift: u32, out: &mut [u32; GROUP]) -> [u32; 2] {
        let out = &mut out[..values.len()];
        for (x, out) in values.iter().zip(&mut *out) {
            *out = key(*x, shift);
        }
        let (mut first, mut last) = (u32::MAX, 0);
        for key in out {
            (first, last) = (first.min(*key), last.max(*key));
        }
        [first, last]
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
    fn the_mean_of_the_largest_is_that_of_sorting() {
        let values: Vec<f64> = (0..20_000).map(|i| (f64::from(i * 7919 % 20_011) - 9_000.0) * 1.37).collect();
        let mut sorted = values.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        for p in [0.0, 0.5, 0.9, 0.95, 0.999] {
            let n = ((1.0 - p) * 20_000.0_f64).round() as usize;
            let true_ = sorted[..n].iter().sum::<f64>() / n as f64;
            let found = of(&values).mean_above(p);
            assert!((found - true_).abs() <= 5e-4 * true_.abs(), "{p}: {found} against {true_}");
        }
        // The second largest counts by a half.
        assert!((of(&[1.0, 2.0, 4.0]).mean_above(0.5) - 10.0 / 3.0).abs() < 2e-3);
        assert_eq!(of(&[450.0; 10]).mean_above(0.95), 450.0);
        assert!(LogBins::fine().mean_above(0.9).is_nan());
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
    fn extremes_that_come_late_are_the_extremes() {
        // Nine tenths up its bin, of which the middle lies below it; 7 begins its own.
        let least = 2.0 + 0.9 / 1024.0;
        for late in [[least, 7.0], [7.0, least]] {
            let mut q = of(&[5.0; 64]);
            late.iter().for_each(|x| q.add(&[*x]));
            assert_eq!(q.quantiles(&[0.001, 1.0]), [least, 7.0]);
        }
    }

    #[test]
    fn the_order_in_which_exponents_are_seen_does_not_matter() {
        // More exponents than are kept in order, of either sign, the least and the largest in between.
        let size = |i: i32| crate::math::pow(2.0, f64::from(i * 37 % 211 - 105)) * (1.0 + f64::from(i % 7) / 9.0);
        let values: Vec<f64> = (0..4096).map(|i| if i % 3 == 0 { -size(i) } else { size(i) }).collect();
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let probabilities: Vec<f64> = (1..200).map(|i| f64::from(i) / 200.0).collect();
        let found = of(&values).quantiles(&probabilities);
        assert_eq!(found, of(&sorted).quantiles(&probabilities));
        for (p, x) in probabilities.iter().zip(found) {
            let true_ = exact(&values, *p);
            assert!((x - true_).abs() <= 5e-4 * true_.abs(), "{p}: {x} against {true_}");
        }
    }

    #[test]
    fn what_is_below_a_number_is_counted() {
        let values: Vec<f64> = (0..4000).map(|i| f64::from(i) * 0.5 - 700.0).collect();
        let q = of(&values);
        for x in [-1e9, -700.0, -350.1, 0.0, 0.3, 511.9, 512.0, 1e9] {
            let exact = values.iter().filter(|v| **v < x).count() as i64;
            // A bin is 2^-11 of its numbers wide.
            assert!((q.below(x) as i64 - exact).abs() <= 1, "{x}: {} of {exact}", q.below(x));
        }
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
