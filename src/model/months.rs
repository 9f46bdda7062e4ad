//! The loops of a walk: costs of some trials in one month, or of several months at once.

use super::assemble::Model;
use super::term::{STEADY_TERMS, Steady};
use super::timeline::{gpus, scheduled_until};
use crate::quantity::Reg;
use crate::vector::kernels;

/// Trials that a walk goes through the months with: few enough that all months of a step stay in the nearest cache.
pub const TILE: usize = 256;
/// Months of a step that takes several.
pub const STEPS: usize = 6;

/// A column of trials for each month of a step.
pub type Months = [[f64; TILE]; STEPS];

/// Whether the months after `month` can be added up together: every option serves in all of them itself, and its costs
/// have a form that allows it.
pub(super) fn together(model: &Model, month: u32) -> bool {
    let (first, last) = (month + 1, month + STEPS as u32);
    let serves = |o: &super::OptionModel| {
        o.steady.is_some() && o.service.is_some_and(|s| s.holds(first) && s.holds(last))
    };
    last <= model.horizon && model.calendar.discount.is_some() && model.options.iter().all(serves)
}

/// Adds up the months after `month` of an option's costs, to the same bits as one by one.
pub(super) fn leap<'a>(
    option: &Steady,
    discount: Option<&[f64]>,
    month: u32,
    column: impl Fn(Reg) -> &'a [f64],
    total: &mut [f64],
    out: &mut Months,
) {
    let months = month as usize..month as usize + STEPS;
    let mut units = [[0.0; STEADY_TERMS]; STEPS];
    for (row, known) in units.iter_mut().zip(&option.units[months.clone()]) {
        row[..known.len()].copy_from_slice(known);
    }
    let ones = [1.0; STEPS];
    let discount: [f64; STEPS] = discount.and_then(|d| d[months].try_into().ok()).unwrap_or(ones);
    let since = f64::from(month) - option.launch;
    let rate = |k: usize| column(option.rates[k.min(option.rates.len() - 1)]);
    let rates = std::array::from_fn(rate);
    let retrains = option.retrains.map(|r| r.map(&column));
    let discounted = discount != ones;
    let step = Step { units, discount, since };
    match (option.rates.len(), retrains, discounted) {
        (1, None, false) => add_up::<1, 0>(&step, rates, total, out),
        (1, None, true) => add_up::<1, 1>(&step, rates, total, out),
        (2, None, false) => add_up::<2, 0>(&step, rates, total, out),
        (2, None, true) => add_up::<2, 1>(&step, rates, total, out),
        (_, None, _) => add_up::<STEADY_TERMS, 1>(&step, rates, total, out),
        (1, Some(r), false) => add_up_retrained::<1, 0>(&step, rates, r, total, out),
        (1, Some(r), true) => add_up_retrained::<1, 1>(&step, rates, r, total, out),
        (2, Some(r), false) => add_up_retrained::<2, 0>(&step, rates, r, total, out),
        (2, Some(r), true) => add_up_retrained::<2, 1>(&step, rates, r, total, out),
        (_, Some(r), _) => add_up_retrained::<STEADY_TERMS, 1>(&step, rates, r, total, out),
    }
}

/// What is the same for all trials of a step.
struct Step {
    /// By month, the units of each term.
    units: [[f64; STEADY_TERMS]; STEPS],
    discount: [f64; STEPS],
    /// Months from the launch to the beginning of the step.
    since: f64,
}

impl Step {
    /// The first `TERMS` terms of a month in one trial.
    #[inline(always)]
    fn charge<const TERMS: usize>(&self, rates: &[&[f64]; STEADY_TERMS], k: usize, t: usize) -> f64 {
        let mut charge = rates[0][t] * self.units[k][0];
        for term in 1..TERMS {
            charge += rates[term][t] * self.units[k][term];
        }
        charge
    }

    /// A factor of 1 changes no bit and is left out.
    #[inline(always)]
    fn discounted<const DISCOUNTED: usize>(&self, charge: f64, k: usize) -> f64 {
        if DISCOUNTED == 1 { charge * self.discount[k] } else { charge }
    }
}

kernels! {
    fn add_up<const TERMS: usize, const DISCOUNTED: usize>(
        step: &Step,
        rates: [&[f64]; STEADY_TERMS],
        total: &mut [f64],
        out: &mut Months,
    ) {
        let n = total.len().min(TILE);
        let rates = rates.map(|r| &r[..n]);
        for t in 0..n {
            let mut sum = total[t];
            for k in 0..STEPS {
                sum += step.discounted::<DISCOUNTED>(step.charge::<TERMS>(&rates, k, t), k);
                out[k][t] = sum;
            }
            total[t] = sum;
        }
    }

    fn add_up_retrained<const TERMS: usize, const DISCOUNTED: usize>(
        step: &Step,
        rates: [&[f64]; STEADY_TERMS],
        retrains: [&[f64]; 2],
        total: &mut [f64],
        out: &mut Months,
    ) {
        let n = total.len().min(TILE);
        let (rates, [monthly, cost]) = (rates.map(|r| &r[..n]), retrains.map(|r| &r[..n]));
        for t in 0..n {
            let mut sum = total[t];
            let mut done = scheduled_until(monthly[t], step.since);
            for k in 0..STEPS {
                let until = scheduled_until(monthly[t], step.since + (k + 1) as f64);
                let charge = step.charge::<TERMS>(&rates, k, t) + cost[t] * (until - done);
                done = until;
                sum += step.discounted::<DISCOUNTED>(charge, k);
                out[k][t] = sum;
            }
            total[t] = sum;
        }
    }

    pub(super) fn scaled(column: &[f64], by: f64, out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(column) {
            *out = x * by;
        }
    }

    pub(super) fn add_scaled(column: &[f64], by: f64, out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(column) {
            *out += x * by;
        }
    }

    pub(super) fn add_product(a: &[f64], b: &[f64], out: &mut [f64]) {
        for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
            *out += a * b;
        }
    }

    pub(super) fn add_priced(rate: &[f64], units: &[f64], price: &[f64], out: &mut [f64]) {
        for (((out, rate), units), price) in out.iter_mut().zip(rate).zip(units).zip(price) {
            *out += rate * (units * price);
        }
    }

    pub(super) fn multiply(column: &[f64], out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(column) {
            *out *= x;
        }
    }

    /// Scheduled retrains of a month.
    pub(super) fn scheduled(monthly: &[f64], launch: &[f64], month: f64, out: &mut [f64]) {
        for ((out, monthly), launch) in out.iter_mut().zip(monthly).zip(launch) {
            let since = month - launch;
            *out = scheduled_until(*monthly, since) - scheduled_until(*monthly, since - 1.0);
        }
    }

    /// GPUs of a month; `capacity` is GPUs per request, the fewest, and how many at a time.
    pub(super) fn gpus_of(requests: &[f64], capacity: [&[f64]; 3], out: &mut [f64]) {
        let [per_request, least, step] = capacity.map(|c| &c[..requests.len()]);
        for t in 0..out.len().min(requests.len()) {
            out[t] = gpus(requests[t] * per_request[t], least[t], step[t]);
        }
    }
}
