//! How totals respond to the volume: one walk through the months finds what they are made of, whatever the volume is.
//!
//! With a volume *v* an option's total is once(v) + Σ rate(v) · U over its terms and those of whoever serves in its place,
//! where U are the discounted units that it is charged for. Only GPUs come in steps: of them the units of each month are
//! kept for a volume of 1.

use super::assemble::Model;
use super::line::Basis;
use super::monthly_costs::MonthlyCosts;
use super::months;
use super::pace::Pace;
use super::part::CostPart;
use super::term::Term;
use super::timeline::gpus;
use crate::quantity::{Reg, Registers};
use crate::vector::kernels;

/// What the totals of a block are made of.
#[derive(Clone, Debug)]
pub struct Response {
    capacity: usize,
    parts: Vec<Part>,
    /// Requests for a volume of 1: month by month a column of trials, and the most of any month.
    requests: Vec<f64>,
    most: Vec<f64>,
    weight: Vec<f64>,
    units: Vec<f64>,
}

/// A term as far as it is charged to an option.
#[derive(Clone, Debug)]
struct Part {
    /// To which option.
    charged: usize,
    /// Whose it is, and which.
    owner: usize,
    term: usize,
    /// Discounted units, with the rate where that differs by month.
    units: Vec<f64>,
    /// Of GPUs: how much a month weighs, month by month.
    months: Vec<f64>,
    is_monthly: bool,
}

impl Response {
    /// Room for blocks of up to `capacity` trials of a model.
    pub fn new(model: &Model, capacity: usize) -> Response {
        let mut parts = Vec::new();
        for charged in 0..model.options.len() {
            for owner in owners(model, charged) {
                for (term, found) in model.options[owner].terms(CostPart::All).iter().enumerate() {
                    let months = if found.basis == Basis::Gpu { model.horizon as usize * capacity } else { 0 };
                    let is_monthly = model.program.is_monthly(found.rate);
                    let (units, months) = (vec![0.0; capacity], vec![0.0; months]);
                    parts.push(Part { charged, owner, term, units, months, is_monthly });
                }
            }
        }
        let column = || vec![0.0; capacity];
        let requests = vec![0.0; model.horizon as usize * capacity];
        Response { capacity, parts, requests, most: column(), weight: column(), units: column() }
    }

    /// Whether a model's totals come apart, where so many registers follow from the volume: nothing that happens, no price
    /// level and no number of GPUs in another way than by the requests.
    pub fn holds(model: &Model, follows: impl Fn(Reg) -> bool) -> bool {
        let common = [model.growth, model.discount];
        let of_option = model.options.iter().flat_map(|o| {
            let happens = [o.launch, o.absent_until, o.price_change, o.price_factor];
            let retrains = o.retrains.iter().flat_map(|r| [r.rate, r.monthly]);
            let migrations = o.migrations.iter().flat_map(|m| std::iter::once(m.first).chain(m.every));
            happens.into_iter().chain(o.retire).chain(retrains).chain(migrations)
        });
        let in_steps = model.options.iter().filter_map(|o| o.gpus);
        let mut amounts = in_steps.flat_map(|g| [g.per_request, g.least, g.step]);
        let rates =
            model.options.iter().flat_map(|o| o.terms(CostPart::All)).filter(|t| t.basis == Basis::Gpu).map(|t| t.rate);
        !common.into_iter().chain(of_option).any(follows)
            && !amounts.any(|r| model.program.is_monthly(r))
            && !rates.into_iter().any(|r| model.program.is_monthly(r))
    }

    /// A new block.
    pub fn start(&mut self) {
        self.most.fill(0.0);
        self.parts.iter_mut().for_each(|part| part.units.fill(0.0));
    }

    /// The current month of a walk with a volume of 1.
    pub fn see(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts) {
        let (trials, month) = (monthly.trials(), monthly.month() as usize - 1);
        let n = trials.len();
        let requests = &mut self.requests[month * self.capacity..][trials.clone()];
        requests.copy_from_slice(monthly.requests());
        raise(requests, &mut self.most[trials.clone()]);
        let mut of = None;
        for part in &mut self.parts {
            if of != Some((part.charged, part.owner)) {
                of = Some((part.charged, part.owner));
                weigh(model, registers, monthly, (part.charged, part.owner), &mut self.weight[..n]);
            }
            let term = &model.options[part.owner].terms(CostPart::All)[part.term];
            let weight = &self.weight[..n];
            if term.basis == Basis::Gpu {
                part.months[month * self.capacity..][trials.clone()].copy_from_slice(weight);
                months::add(weight, &mut part.units[trials.clone()]);
                continue;
            }
            let units = &mut self.units[..n];
            match &term.pace {
                Pace::Known(units_by_month) => months::scaled(weight, units_by_month[month], units),
                Pace::Drawn => {
                    let (counted, price) =
                        (monthly.counted(part.owner, term.basis), monthly.price_level(term.price_of));
                    multiply([weight, counted, price], units);
                }
            }
            if part.is_monthly {
                months::add_product(registers.part(term.rate, &trials), units, &mut part.units[trials.clone()]);
            } else {
                months::add(units, &mut part.units[trials.clone()]);
            }
        }
    }

    /// Writes the totals of an option's first trials at a volume, at which the registers are.
    pub fn totals(&mut self, model: &Model, registers: &Registers, (option, volume): (usize, f64), out: &mut [f64]) {
        let n = out.len();
        out.copy_from_slice(registers.column(model.options[option].once(CostPart::All), n));
        for part in self.parts.iter().filter(|part| part.charged == option) {
            let term = &model.options[part.owner].terms(CostPart::All)[part.term];
            let (rate, by) = (registers.column(term.rate, n), by_volume(term, volume));
            match term.basis {
                Basis::Gpu => {
                    self.weight[..n].fill(0.0);
                    part.gpus(
                        model,
                        registers,
                        (volume, self.capacity),
                        [&self.requests, &self.most],
                        &mut self.weight[..n],
                    );
                    months::add_product(rate, &self.weight[..n], out);
                }
                _ if part.is_monthly => months::add_scaled(&part.units[..n], by, out),
                _ => add_scaled_product([rate, &part.units[..n]], by, out),
            }
        }
    }
}

impl Part {
    /// Adds up GPUs of all months, as they are charged.
    fn gpus(
        &self,
        model: &Model,
        registers: &Registers,
        (volume, capacity): (f64, usize),
        [requests, most]: [&[f64]; 2],
        out: &mut [f64],
    ) {
        let n = out.len();
        let Some(g) = model.options[self.owner].gpus else { return };
        let capacities = [g.per_request, g.least, g.step].map(|r| registers.column(r, n));
        if enough(volume, capacities, &most[..n]) {
            return months::add_product(capacities[1], &self.units[..n], out);
        }
        for month in 0..model.horizon as usize {
            let [requests, weight] = [requests, &self.months].map(|columns| &columns[month * capacity..][..n]);
            add_gpus(volume, capacities, [requests, weight], out);
        }
    }
}

/// What a term's units are multiplied with: those of requests that come at a known pace are in the rate.
fn by_volume(term: &Term, volume: f64) -> f64 {
    if term.basis == Basis::Request && term.pace == Pace::Drawn { volume } else { 1.0 }
}

/// The options whose running costs an option may be charged, its own first.
fn owners(model: &Model, option: usize) -> Vec<usize> {
    let base = model.baseline;
    let mut owners = vec![option];
    if !model.options[option].substitutes.is_empty() {
        owners.extend(model.options[option].successor());
        owners.extend([Some(base), model.options[base].successor()].into_iter().flatten().filter(|_| option != base));
    }
    let mut seen = Vec::new();
    owners.retain(|owner| {
        !seen.contains(owner) && {
            seen.push(*owner);
            true
        }
    });
    owners
}

/// Writes what a cost of an option in the month weighs in the total of another: its discount where it is charged.
fn weigh(
    model: &Model,
    registers: &Registers,
    monthly: &MonthlyCosts,
    (charged, owner): (usize, usize),
    out: &mut [f64],
) {
    let (base, option, month) = (model.baseline, &model.options[charged], f64::from(monthly.month()));
    let until = registers.part(option.absent_until, &monthly.trials());
    let (own, serves, discount) = (monthly.active(charged), monthly.active(base), monthly.discount());
    let is = |other: Option<usize>| if other == Some(owner) { 1.0 } else { 0.0 };
    let [by_itself, after] = [is(Some(charged)), is(option.successor())];
    let [by_base, after_base] = [is(Some(base)), is(model.options[base].successor())];
    for t in 0..out.len() {
        let is_before = charged != base && month <= until[t];
        let share = match (own[t] == 1.0, is_before, serves[t] == 1.0) {
            (true, ..) => by_itself,
            (false, false, _) => after,
            (false, true, true) => by_base,
            (false, true, false) => after_base,
        };
        out[t] = share * discount[t];
    }
}

kernels! {
    fn multiply(columns: [&[f64]; 3], out: &mut [f64]) {
        let [a, b, c] = columns.map(|x| &x[..out.len()]);
        for t in 0..out.len() {
            out[t] = a[t] * b[t] * c[t];
        }
    }

    fn add_scaled_product(columns: [&[f64]; 2], by: f64, out: &mut [f64]) {
        let [a, b] = columns.map(|x| &x[..out.len()]);
        for t in 0..out.len() {
            out[t] += a[t] * b[t] * by;
        }
    }

    /// Keeps the larger one.
    fn raise(column: &[f64], out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(column) {
            *out = if *x > *out { *x } else { *out };
        }
    }

    /// Whether the fewest GPUs are enough at a volume in all trials.
    fn enough(volume: f64, capacity: [&[f64]; 3], most: &[f64]) -> bool {
        let n = most.len();
        let [per_request, least, step] = capacity.map(|c| &c[..n]);
        let mut short = 0u64;
        for t in 0..n {
            short |= u64::from(gpus(volume * most[t] * per_request[t], least[t], step[t]) > least[t]);
        }
        short == 0
    }

    /// Adds the GPUs of a month at a volume, as they weigh.
    fn add_gpus(volume: f64, capacity: [&[f64]; 3], month: [&[f64]; 2], out: &mut [f64]) {
        let n = out.len();
        let ([per_request, least, step], [requests, weight]) = (capacity.map(|c| &c[..n]), month.map(|c| &c[..n]));
        for t in 0..n {
            out[t] += weight[t] * gpus(volume * requests[t] * per_request[t], least[t], step[t]);
        }
    }
}
