//! The loops over trials that evaluate closed forms of costs and of the difference between two.

use crate::model::outcomes::EQUAL;
use crate::model::timeline::due;
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
/// The most amounts of the difference between two.
pub const PAIRS: usize = 2 * TERMS;

/// By how much an option's cost so far exceeds another's, over the months of a step; columns of trials.
pub struct Gap<'a> {
    /// Of month 0.
    pub once: &'a [f64],
    /// Amounts.
    pub rates: [&'a [f64]; PAIRS],
    /// How many of them are in use.
    pub terms: usize,
    /// By month: what the units of each amount have come to, discounted. They never fall.
    pub units: [[f64; PAIRS]; STEP],
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

/// Marks the months of a step in which there is no gap. Writes a word of marks for each trial, as far as `live` has
/// them, and brings `paid`, the discounted retrains so far, to the end of the step. Returns the sum of the words.
pub fn close(gap: &Gap<'_>, live: u64, paid: &mut [f64], out: &mut [u64]) -> u64 {
    let none = Retrained { monthly: gap.once, cost: gap.once, since: [0.0; STEP + 1], discount: None };
    let args = (gap, &gap.retrains.unwrap_or(none), live);
    match (gap.terms, gap.retrains.map(|r| r.discount.is_some())) {
        (1, None) => mark::<1, PLAIN>(args, paid, out),
        (1, Some(false)) => mark::<1, COUNTED>(args, paid, out),
        (1, Some(true)) => mark::<1, DISCOUNTED>(args, paid, out),
        (2, None) => mark::<2, PLAIN>(args, paid, out),
        (2, Some(false)) => mark::<2, COUNTED>(args, paid, out),
        (2, Some(true)) => mark::<2, DISCOUNTED>(args, paid, out),
        (_, None) => mark::<PAIRS, PLAIN>(args, paid, out),
        (_, Some(false)) => mark::<PAIRS, COUNTED>(args, paid, out),
        (_, Some(true)) => mark::<PAIRS, DISCOUNTED>(args, paid, out),
    }
}

/// No retrains.
const PLAIN: usize = 0;
/// Retrains, of which only the count matters.
const COUNTED: usize = 1;
/// Retrains whose months matter.
const DISCOUNTED: usize = 2;
/// Trials that are looked at together: where the gap is wide all through a step in all of them, no month needs a look.
const GROUP: usize = 64;

/// The trials of a group.
#[derive(Clone, Copy)]
struct Group<'a, const N: usize> {
    once: &'a [f64],
    rates: [&'a [f64]; N],
    monthly: &'a [f64],
    cost: &'a [f64],
}

impl<const N: usize> Group<'_, N> {
    /// The gap of one trial without retrains.
    #[inline(always)]
    fn steady(&self, units: &[f64; PAIRS], t: usize) -> f64 {
        let mut gap = self.once[t];
        for k in 0..N {
            gap += self.rates[k][t] * units[k];
        }
        gap
    }

    /// The least that the gap of one trial can be in a step. Units only grow, so that each part is least at one end.
    #[inline(always)]
    fn least(&self, units: &[[f64; PAIRS]; STEP], paid: [f64; 2], t: usize) -> f64 {
        let lesser = |a: f64, b: f64| if a < b { a } else { b };
        let mut gap = self.once[t];
        for k in 0..N {
            gap += lesser(self.rates[k][t] * units[0][k], self.rates[k][t] * units[STEP - 1][k]);
        }
        gap + lesser(self.cost[t] * paid[0], self.cost[t] * paid[1])
    }
}

/// Retrains of one trial by the end of the `k`-th month of a step, discounted; `paid` are those by the month before.
#[inline(always)]
fn settle<const RETRAINS: usize>(retrains: &Retrained<'_>, monthly: f64, k: usize, paid: f64) -> f64 {
    let until = due(monthly, retrains.since[k + 1]);
    match (RETRAINS, retrains.discount) {
        (PLAIN, _) => paid,
        // Undiscounted units of all months add up to the count without rounding.
        (DISCOUNTED, Some(discount)) => paid + (until - due(monthly, retrains.since[k])) * discount[k],
        _ => until,
    }
}

/// Whether the gap stays open all through a step in all trials of a group. Brings the retrains paid to the end of the
/// step.
#[inline(always)]
fn apart<const N: usize, const RETRAINS: usize>(
    (gap, retrains): (&Gap<'_>, &Retrained<'_>),
    group: &Group<'_, N>,
    paid: &mut [f64],
) -> bool {
    let mut closed = 0;
    let monthly = &group.monthly[..paid.len()];
    for (t, paid) in paid.iter_mut().enumerate() {
        let mut units = *paid;
        let months = if RETRAINS == DISCOUNTED { 0..STEP } else { STEP - 1..STEP };
        for k in months {
            units = settle::<RETRAINS>(retrains, monthly[t], k, units);
        }
        let ends = if RETRAINS == PLAIN { [0.0; 2] } else { [*paid, units] };
        closed |= u64::from(group.least(&gap.units, ends, t) <= 0.0);
        *paid = units;
    }
    closed == 0
}

/// Looks at every month of a group's step, from the retrains paid before it.
#[inline(always)]
fn look<const N: usize, const RETRAINS: usize>(
    (gap, retrains, live): (&Gap<'_>, &Retrained<'_>, u64),
    group: &Group<'_, N>,
    before: &[f64],
    out: &mut [u64],
) -> u64 {
    let mut sum = 0u64;
    for t in 0..before.len() {
        let (mut word, mut paid) = (0, before[t]);
        for k in 0..STEP {
            let mut open = group.steady(&gap.units[k], t);
            if RETRAINS != PLAIN {
                paid = settle::<RETRAINS>(retrains, group.monthly[t], k, paid);
                open += group.cost[t] * paid;
            }
            word |= if open <= 0.0 { 1 << (FIELD * k) } else { 0 };
        }
        out[t] = word & live;
        sum += word & live;
    }
    sum
}

/// Marks the months of a group of trials, of which the first is number `first`.
#[inline(always)]
fn mark_group<const N: usize, const RETRAINS: usize>(
    args: (&Gap<'_>, &Retrained<'_>, u64),
    first: usize,
    paid: &mut [f64],
    out: &mut [u64],
) -> u64 {
    let (gap, retrains, _) = args;
    let (n, trials) = (out.len(), first..first + out.len());
    let group = Group::<N> {
        once: &gap.once[trials.clone()],
        rates: std::array::from_fn(|k| &gap.rates[k][trials.clone()]),
        monthly: &retrains.monthly[trials.clone()],
        cost: &retrains.cost[trials],
    };
    let mut before = [0.0; GROUP];
    if RETRAINS == DISCOUNTED {
        // A count does not depend on what was paid before.
        before[..n].copy_from_slice(&paid[..n]);
    }
    match apart::<N, RETRAINS>((gap, retrains), &group, &mut paid[..n]) {
        true => {
            out.fill(0);
            0
        }
        false => look::<N, RETRAINS>(args, &group, &before[..n], out),
    }
}

kernels! {
    fn mark<const N: usize, const RETRAINS: usize>(
        args: (&Gap<'_>, &Retrained<'_>, u64),
        paid: &mut [f64],
        out: &mut [u64],
    ) -> u64 {
        let mut sum = 0;
        for (g, (paid, out)) in paid.chunks_mut(GROUP).zip(out.chunks_mut(GROUP)).enumerate() {
            // A number of trials that is known to the compiler needs no loop for those left over.
            sum += match <&mut [u64; GROUP]>::try_from(&mut *out) {
                Ok(out) => mark_group::<N, RETRAINS>(args, g * GROUP, paid, out),
                Err(_) => mark_group::<N, RETRAINS>(args, g * GROUP, paid, out),
            };
        }
        sum
    }

    /// By how much amounts exceed others, less the slack within which costs count as equal.
    pub fn excess(own: &[f64], base: &[f64], out: &mut [f64]) {
        for ((out, own), base) in out.iter_mut().zip(own).zip(base) {
            *out = own - (base + EQUAL * base.abs());
        }
    }

    /// Brings the discounted retrains so far to the end of a month, that has `since[1]` months of service before it
    /// ends.
    pub fn pay(monthly: &[f64], since: [f64; 2], discount: f64, paid: &mut [f64]) {
        for (paid, monthly) in paid.iter_mut().zip(monthly) {
            *paid += (due(*monthly, since[1]) - due(*monthly, since[0])) * discount;
        }
    }

    /// Retrains so far where nothing is discounted: a count, with `since` months of service.
    pub fn count(monthly: &[f64], since: f64, paid: &mut [f64]) {
        for (paid, monthly) in paid.iter_mut().zip(monthly) {
            *paid = due(*monthly, since);
        }
    }

    /// Costs of month 0, of `N` amounts, and of retrains: the cost of one, and the discounted units.
    fn amounts<const N: usize>(
        once: &[f64],
        rates: [&[f64]; TERMS],
        units: [f64; TERMS],
        retrains: Option<[&[f64]; 2]>,
        out: &mut [f64],
    ) {
        let n = out.len();
        let (once, rates) = (&once[..n], rates.map(|r| &r[..n]));
        match retrains.map(|columns| columns.map(|c| &c[..n])) {
            None => {
                for t in 0..n {
                    out[t] = steady::<N>(once, &rates, &units, t);
                }
            }
            Some([cost, paid]) => {
                for t in 0..n {
                    out[t] = steady::<N>(once, &rates, &units, t) + cost[t] * paid[t];
                }
            }
        }
    }
}

/// Costs of month 0 and of `N` amounts in one trial.
#[inline(always)]
fn steady<const N: usize>(once: &[f64], rates: &[&[f64]; TERMS], units: &[f64; TERMS], t: usize) -> f64 {
    let mut cost = once[t];
    for k in 0..N {
        cost += rates[k][t] * units[k];
    }
    cost
}

/// The cost so far, of which the first `terms` amounts are in use. `retrains` are the cost of one and the discounted
/// units.
pub fn so_far(
    (once, terms): (&[f64], usize),
    rates: [&[f64]; TERMS],
    units: [f64; TERMS],
    retrains: Option<[&[f64]; 2]>,
    out: &mut [f64],
) {
    match terms {
        0 | 1 => amounts::<1>(once, rates, units, retrains, out),
        2 => amounts::<2>(once, rates, units, retrains, out),
        _ => amounts::<TERMS>(once, rates, units, retrains, out),
    }
}
