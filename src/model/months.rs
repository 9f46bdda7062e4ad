//! The loops of a month: costs of some trials in it.

use super::timeline::{first_until, gpus, migrations_until, scheduled_until};
use crate::scenario::SLACK;
use crate::vector::kernels;

kernels! {
    pub(super) fn scaled(column: &[f64], by: f64, out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(column) {
            *out = x * by;
        }
    }

    pub(super) fn add(column: &[f64], out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(column) {
            *out += x;
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

    /// Scheduled retrains of a month, after those up to the month before, which are brought to its end.
    pub(super) fn scheduled(monthly: &[f64], launch: &[f64], month: f64, counted: [&mut [f64]; 2]) {
        let [so_far, out] = counted;
        let n = out.len();
        let (monthly, launch, so_far) = (&monthly[..n], &launch[..n], &mut so_far[..n]);
        for t in 0..n {
            let until = scheduled_until(monthly[t], month - launch[t]);
            out[t] = until - so_far[t];
            so_far[t] = until;
        }
    }

    /// Migrations of a month after the launch, and those up to its end from the beginning of time.
    pub(super) fn migrations_of(
        first: &[f64],
        every: Option<&[f64]>,
        launch: &[f64],
        month: f64,
        counted: [&mut [f64]; 2],
    ) {
        let [so_far, out] = counted;
        let n = out.len();
        let (first, launch, so_far) = (&first[..n], &launch[..n], &mut so_far[..n]);
        match every.map(|every| &every[..n]) {
            Some(every) => {
                let mut more = false;
                for t in 0..n {
                    let next = first[t] + so_far[t] * every[t];
                    let comes = if next <= month + SLACK { 1.0 } else { 0.0 };
                    out[t] = if month > launch[t] { comes } else { 0.0 };
                    so_far[t] += comes;
                    more |= next + comes * every[t] <= month + SLACK;
                }
                if more {
                    several(first, every, launch, month, [so_far, out]);
                }
            }
            None => {
                for t in 0..n {
                    let until = first_until(first[t], month);
                    out[t] = if month > launch[t] { until - so_far[t] } else { 0.0 };
                    so_far[t] = until;
                }
            }
        }
    }

    /// Puts all migrations of a month in the place of the first of them, which has been counted.
    fn several(first: &[f64], every: &[f64], launch: &[f64], month: f64, counted: [&mut [f64]; 2]) {
        let [so_far, out] = counted;
        let n = out.len();
        let (first, every, launch, so_far) = (&first[..n], &every[..n], &launch[..n], &mut so_far[..n]);
        for t in 0..n {
            let until = migrations_until(first[t], every[t], month);
            let more = if until > so_far[t] { until - so_far[t] } else { 0.0 };
            out[t] += if month > launch[t] { more } else { 0.0 };
            so_far[t] += more;
        }
    }

    /// Multiplies prices by a factor where there is one migration; says whether there are more anywhere.
    pub(super) fn price_migrations(factor: &[f64], migrations: &[f64], price: &mut [f64]) -> bool {
        let n = price.len();
        let (factor, migrations) = (&factor[..n], &migrations[..n]);
        let mut more = 0u64;
        for t in 0..n {
            price[t] *= if migrations[t] == 1.0 { factor[t] } else { 1.0 };
            more |= u64::from(migrations[t] > 1.0);
        }
        more > 0
    }

    /// Puts one cost in the place of another in the trials where `month` is after `from`.
    pub(super) fn replace_after(from: &[f64], month: f64, other: &[f64], own: &mut [f64]) {
        let n = own.len();
        let (from, other) = (&from[..n], &other[..n]);
        for t in 0..n {
            own[t] = if month > from[t] { other[t] } else { own[t] };
        }
    }

    /// The same in the trials where `month` is not after `until`.
    pub(super) fn replace_until(until: &[f64], month: f64, other: &[f64], own: &mut [f64]) {
        let n = own.len();
        let (until, other) = (&until[..n], &other[..n]);
        for t in 0..n {
            own[t] = if month <= until[t] { other[t] } else { own[t] };
        }
    }

    /// 0 in the trials where `month` is after `from`.
    pub(super) fn clear_after(from: &[f64], month: f64, active: &mut [f64]) {
        for (active, from) in active.iter_mut().zip(from) {
            *active = if month > *from { 0.0 } else { *active };
        }
    }

    /// The same in the trials where `month` is not after `until`.
    pub(super) fn clear_until(until: &[f64], month: f64, active: &mut [f64]) {
        for (active, until) in active.iter_mut().zip(until) {
            *active = if month <= *until { 0.0 } else { *active };
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
