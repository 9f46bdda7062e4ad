//! The loops of a walk: costs of some trials in one month.

use super::timeline::{first_until, gpus, migrations_until, scheduled_until};
use crate::vector::kernels;

kernels! {
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

    /// Migrations of a month after the launch.
    pub(super) fn migrations_of(first: &[f64], every: Option<&[f64]>, launch: &[f64], month: f64, out: &mut [f64]) {
        let n = out.len();
        let (first, launch, live) = (&first[..n], &launch[..n], |holds: bool| if holds { 1.0 } else { 0.0 });
        match every.map(|every| &every[..n]) {
            Some(every) => {
                for t in 0..n {
                    let until = |m: f64| migrations_until(first[t], every[t], m);
                    out[t] = (until(month) - until(month - 1.0)) * live(month > launch[t]);
                }
            }
            None => {
                for t in 0..n {
                    let until = |m: f64| first_until(first[t], m);
                    out[t] = (until(month) - until(month - 1.0)) * live(month > launch[t]);
                }
            }
        }
    }

    /// Puts one cost in the place of another in the trials where `month` is after `from`, and marks those with 0.
    pub(super) fn replace_after(from: &[f64], month: f64, others: [&[f64]; 2], own: [&mut [f64]; 3]) {
        let n = from.len();
        let ([cost, soft], [own_cost, own_soft, active]) = (others.map(|c| &c[..n]), own.map(|c| &mut c[..n]));
        for t in 0..n {
            let holds = month > from[t];
            own_cost[t] = if holds { cost[t] } else { own_cost[t] };
            own_soft[t] = if holds { soft[t] } else { own_soft[t] };
            active[t] = if holds { 0.0 } else { active[t] };
        }
    }

    /// The same in the trials where `month` is not after `until`.
    pub(super) fn replace_until(until: &[f64], month: f64, others: [&[f64]; 2], own: [&mut [f64]; 3]) {
        let n = until.len();
        let ([cost, soft], [own_cost, own_soft, active]) = (others.map(|c| &c[..n]), own.map(|c| &mut c[..n]));
        for t in 0..n {
            let holds = month <= until[t];
            own_cost[t] = if holds { cost[t] } else { own_cost[t] };
            own_soft[t] = if holds { soft[t] } else { own_soft[t] };
            active[t] = if holds { 0.0 } else { active[t] };
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
