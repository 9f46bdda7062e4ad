//! What only the course of the months shows: the last one, the deepest outlay, all requests and good answers, soft costs.

use super::assemble::Model;
use super::monthly_costs::{MonthlyCosts, TILE};
use super::months;
use super::part::CostPart;
use crate::quantity::{Reg, Registers};
use crate::vector::kernels;

/// Outcomes of a block that need every month of a path, in columns by option.
#[derive(Clone, Debug)]
pub struct PathOutcomes {
    n: usize,
    soft: Vec<Vec<f64>>,
    last_month: Vec<Vec<f64>>,
    peak_outlay: Vec<Vec<f64>>,
    requests: Vec<f64>,
    /// Requests that are answered well, by whoever serves.
    good_answers: Vec<Vec<f64>>,
    /// In the current month: the failures of whoever serves in the baseline's name.
    before: Vec<f64>,
    has_failures: bool,
    /// Whether an option's failures differ by month.
    failures_differ: Vec<bool>,
}

impl PathOutcomes {
    /// Room for blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> PathOutcomes {
        let columns = || model.options.iter().map(|_| vec![0.0; capacity]).collect::<Vec<_>>();
        let requests = vec![0.0; capacity];
        let [soft, last_month, peak_outlay, good_answers] = std::array::from_fn(|_| columns());
        PathOutcomes {
            n: 0,
            soft,
            last_month,
            peak_outlay,
            requests,
            good_answers,
            before: vec![0.0; TILE],
            has_failures: model.has_failures(),
            failures_differ: model.options.iter().map(|o| model.program.is_monthly(o.failure_rate)).collect(),
        }
    }

    /// Month 0 of some trials; the first come first.
    pub fn start(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts) {
        let trials = monthly.trials();
        self.n = trials.end;
        let requests = &mut self.requests[trials.clone()];
        match &model.calendar.growth {
            Some(known) => months::scaled(registers.part(model.requests, &trials), known.iter().sum(), requests),
            None => requests.fill(0.0),
        }
        let base = registers.part(model.options[model.baseline].once(CostPart::All), &trials);
        for (i, outlay) in self.peak_outlay.iter_mut().enumerate() {
            let outlay = &mut outlay[trials.clone()];
            outlay.fill(0.0);
            exceed(registers.part(model.options[i].once(CostPart::All), &trials), base, outlay);
        }
        self.good_answers.iter_mut().for_each(|good| good[trials.clone()].fill(0.0));
    }

    /// The current month, one at a step.
    pub fn see(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts) {
        let trials = monthly.trials();
        if model.calendar.growth.is_none() {
            months::add(monthly.requests(), &mut self.requests[trials.clone()]);
        }
        let base = monthly.total(model.baseline);
        for i in (0..model.options.len()).filter(|i| *i != model.baseline) {
            exceed(monthly.total(i), base, &mut self.peak_outlay[i][trials.clone()]);
        }
        if self.has_failures {
            self.answer(model, registers, monthly);
        }
        if monthly.month() == model.horizon {
            for i in 0..model.options.len() {
                self.last_month[i][trials.clone()].copy_from_slice(monthly.charges(i, CostPart::All));
                self.soft[i][trials.clone()].copy_from_slice(monthly.total_of(i, CostPart::Soft));
            }
        }
    }

    /// Counts the requests of the month that are answered well: at once where an option serves in every month.
    fn answer(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts) {
        let (trials, month) = (monthly.trials(), f64::from(monthly.month()));
        let part = |reg: Reg| registers.part(reg, &trials);
        let failures = |option: usize| part(model.options[option].failure_rate);
        let before = match model.options[model.baseline].successor() {
            Some(after) => {
                let ends = [failures(model.baseline), failures(after)];
                serving(monthly.active(model.baseline), ends, &mut self.before[..trials.len()]);
                &self.before[..trials.len()]
            }
            None => failures(model.baseline),
        };
        for (i, option) in model.options.iter().enumerate() {
            let good = &mut self.good_answers[i][trials.clone()];
            if option.substitutes.is_empty() {
                if self.failures_differ[i] {
                    add_rest(monthly.requests(), failures(i), good);
                } else if monthly.month() == model.horizon {
                    add_rest(&self.requests[trials.clone()], failures(i), good);
                }
                continue;
            }
            let after = option.after_retirement.unwrap_or(model.baseline);
            let others = [part(option.absent_until), before, failures(after)];
            add_served((monthly.requests(), month), [monthly.active(i), failures(i)], others, good);
        }
    }

    /// Requests of all months that are answered well.
    pub fn good_answers(&self, option: usize) -> &[f64] {
        &self.good_answers[option][..self.n]
    }

    /// The part of the total that no invoice or payroll shows.
    pub fn soft(&self, option: usize) -> &[f64] {
        &self.soft[option][..self.n]
    }

    /// The undiscounted charge of the last month.
    pub fn last_month(&self, option: usize) -> &[f64] {
        &self.last_month[option][..self.n]
    }

    /// The largest amount by which the cumulative cost exceeded the baseline's.
    pub fn peak_outlay(&self, option: usize) -> &[f64] {
        &self.peak_outlay[option][..self.n]
    }

    /// Requests of all months.
    pub fn requests(&self) -> &[f64] {
        &self.requests[..self.n]
    }
}

kernels! {
    /// What does not fail.
    fn add_rest(requests: &[f64], failures: &[f64], out: &mut [f64]) {
        for ((out, requests), failures) in out.iter_mut().zip(requests).zip(failures) {
            *out += requests * (1.0 - failures);
        }
    }

    /// What does not fail of those who serve: the option itself where it is active, another one until some month, or after.
    fn add_served(
        served: (&[f64], f64),
        own: [&[f64]; 2],
        others: [&[f64]; 3],
        out: &mut [f64],
    ) {
        let n = out.len();
        let ((requests, month), out) = ((&served.0[..n], served.1), &mut out[..n]);
        let ([active, own], [until, before, after]) = (own.map(|x| &x[..n]), others.map(|x| &x[..n]));
        for t in 0..n {
            let other = if month <= until[t] { before[t] } else { after[t] };
            out[t] += requests[t] * (1.0 - if active[t] > 0.5 { own[t] } else { other });
        }
    }

    /// The failures of an option where it serves, and of its successor where not.
    fn serving(active: &[f64], failures: [&[f64]; 2], out: &mut [f64]) {
        let n = out.len();
        let (active, [own, after], out) = (&active[..n], failures.map(|x| &x[..n]), &mut out[..n]);
        for t in 0..n {
            out[t] = if active[t] > 0.5 { own[t] } else { after[t] };
        }
    }

    /// The largest excess so far.
    fn exceed(own: &[f64], base: &[f64], out: &mut [f64]) {
        let n = out.len().min(TILE);
        let (own, base, out) = (&own[..n], &base[..n], &mut out[..n]);
        for t in 0..n {
            let excess = own[t] - base[t];
            out[t] = if excess > out[t] { excess } else { out[t] };
        }
    }
}
