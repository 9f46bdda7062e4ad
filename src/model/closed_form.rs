//! The loops over trials that evaluate and compare closed forms of costs.

use super::outcomes::at_most;
use super::timeline::due;
use crate::vector::kernels;

/// Months that are compared at a time.
pub const STEP: usize = 6;
/// Bits from one month of a step to the next in a word: words of 1,023 trials can be added up month by month.
pub const FIELD: usize = 10;
/// A word in which every month is marked.
pub const FULL: u64 = {
    let (mut word, mut k) = (0, 0);
    while k < STEP {
        word |= 1 << (FIELD * k);
        k += 1;
    }
    word
};
/// The most amounts of a closed form.
pub const TERMS: usize = 4;

/// An option's closed form over the months of a step; columns of trials.
pub struct Form<'a> {
    /// Costs of month 0.
    pub once: &'a [f64],
    /// Amounts.
    pub rates: [&'a [f64]; TERMS],
    /// How many of them are not zero.
    pub terms: usize,
    /// By month: what the units of each amount have come to, discounted.
    pub units: [[f64; TERMS]; STEP],
    /// Retrains that differ by trial.
    pub retrains: Option<Retrained<'a>>,
}

/// Scheduled retrains over the months of a step.
#[derive(Clone, Copy)]
pub struct Retrained<'a> {
    /// Retrains a month.
    pub monthly: &'a [f64],
    /// Cost of each.
    pub cost: &'a [f64],
    /// Months in service by the beginning of the step and by the end of each month.
    pub since: [f64; STEP + 1],
    /// By month; `None` where nothing is discounted.
    pub discount: Option<[f64; STEP]>,
}

/// Compares the costs so far of an option with those of one without retrains in every month of a step. Writes a word of
/// marks for each trial, as far as `live` has them, and brings `paid`, the discounted retrains so far, to the end of the
/// step. Returns the sum of the words.
pub fn compare(own: &Form<'_>, base: &Form<'_>, live: u64, paid: &mut [f64], out: &mut [u64]) -> u64 {
    let none = Retrained { monthly: own.once, cost: own.once, since: [0.0; STEP + 1], discount: None };
    let retrains = own.retrains.unwrap_or(none);
    let args = (own, base, &retrains, live);
    match (own.terms.max(base.terms), own.retrains.map(|r| r.discount.is_some())) {
        (1, None) => mark::<1, PLAIN>(args, paid, out),
        (1, Some(false)) => mark::<1, COUNTED>(args, paid, out),
        (1, Some(true)) => mark::<1, DISCOUNTED>(args, paid, out),
        (2, None) => mark::<2, PLAIN>(args, paid, out),
        (2, Some(false)) => mark::<2, COUNTED>(args, paid, out),
        (2, Some(true)) => mark::<2, DISCOUNTED>(args, paid, out),
        (_, None) => mark::<TERMS, PLAIN>(args, paid, out),
        (_, Some(false)) => mark::<TERMS, COUNTED>(args, paid, out),
        (_, Some(true)) => mark::<TERMS, DISCOUNTED>(args, paid, out),
    }
}

/// No retrains.
const PLAIN: usize = 0;
/// Retrains, of which only the count matters.
const COUNTED: usize = 1;
/// Retrains whose months matter.
const DISCOUNTED: usize = 2;

/// The cost in one trial without retrains. Amounts left out are zero and change no bit.
#[inline(always)]
fn steady<const N: usize>(once: &[f64], rates: &[&[f64]; TERMS], units: &[f64; TERMS], t: usize) -> f64 {
    let mut cost = once[t];
    for k in 0..N {
        cost += rates[k][t] * units[k];
    }
    cost
}

kernels! {
    fn mark<const N: usize, const RETRAINS: usize>(
        args: (&Form<'_>, &Form<'_>, &Retrained<'_>, u64),
        paid: &mut [f64],
        out: &mut [u64],
    ) -> u64 {
        let (own, base, retrains, live) = args;
        let n = out.len();
        let (once, rates) = (&own.once[..n], own.rates.map(|r| &r[..n]));
        let (base_once, base_rates) = (&base.once[..n], base.rates.map(|r| &r[..n]));
        let (monthly, cost) = (&retrains.monthly[..n], &retrains.cost[..n]);
        let discount = retrains.discount.unwrap_or([1.0; STEP]);
        let (paid, out) = (&mut paid[..n], &mut out[..n]);
        let mut sum = 0u64;
        for t in 0..n {
            let (mut word, mut units) = (0, paid[t]);
            let mut done = if RETRAINS == DISCOUNTED { due(monthly[t], retrains.since[0]) } else { 0.0 };
            for k in 0..STEP {
                let mut a = steady::<N>(once, &rates, &own.units[k], t);
                let b = steady::<N>(base_once, &base_rates, &base.units[k], t);
                if RETRAINS != PLAIN {
                    let until = due(monthly[t], retrains.since[k + 1]);
                    // Undiscounted units of all months add up to the count without rounding.
                    units = if RETRAINS == COUNTED { until } else { units + (until - done) * discount[k] };
                    done = until;
                    a += cost[t] * units;
                }
                word |= if at_most(a, b) { 1 << (FIELD * k) } else { 0 };
            }
            paid[t] = units;
            out[t] = word & live;
            sum += word & live;
        }
        sum
    }

    /// Brings the discounted retrains so far to the end of a month, that has `since[1]` months of service before it
    /// ends.
    pub fn pay(monthly: &[f64], since: [f64; 2], discount: f64, paid: &mut [f64]) {
        for (paid, monthly) in paid.iter_mut().zip(monthly) {
            *paid += (due(*monthly, since[1]) - due(*monthly, since[0])) * discount;
        }
    }

    /// The cost so far, to the same bits as in a comparison. `retrains` are the cost of one and the discounted units.
    pub fn so_far(
        once: &[f64],
        rates: [&[f64]; TERMS],
        units: [f64; TERMS],
        retrains: Option<[&[f64]; 2]>,
        out: &mut [f64],
    ) {
        let n = out.len();
        let (once, rates, out) = (&once[..n], rates.map(|r| &r[..n]), &mut out[..n]);
        for t in 0..n {
            out[t] = steady::<TERMS>(once, &rates, &units, t);
        }
        if let Some([cost, paid]) = retrains {
            for ((out, cost), paid) in out.iter_mut().zip(cost).zip(paid) {
                *out += cost * paid;
            }
        }
    }
}
