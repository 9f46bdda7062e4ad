//! The loops of a walk: costs of some trials in one month.

use super::timeline::{gpus, scheduled_until};
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

    /// GPUs of a month; `capacity` is GPUs per request, the fewest, and how many at a time.
    pub(super) fn gpus_of(requests: &[f64], capacity: [&[f64]; 3], out: &mut [f64]) {
        let [per_request, least, step] = capacity.map(|c| &c[..requests.len()]);
        for t in 0..out.len().min(requests.len()) {
            out[t] = gpus(requests[t] * per_request[t], least[t], step[t]);
        }
    }
}
