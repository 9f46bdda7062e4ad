//! What only the course of the months shows: the last one, the deepest outlay, all requests and their answers, soft costs.

use super::answers::Answers;
use super::assemble::Model;
use super::monthly_costs::{MonthlyCosts, TILE};
use super::months;
use super::part::CostPart;
use crate::quantity::Registers;
use crate::vector::kernels;

/// Outcomes of a block that need every month of a path, in columns by option.
#[derive(Clone, Debug)]
pub struct PathOutcomes {
    n: usize,
    soft: Vec<Vec<f64>>,
    last_month: Vec<Vec<f64>>,
    peak_outlay: Vec<Vec<f64>>,
    requests: Vec<f64>,
    /// Where some are bad.
    answers: Option<Answers>,
}

impl PathOutcomes {
    /// Room for blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> PathOutcomes {
        let columns = || model.options.iter().map(|_| vec![0.0; capacity]).collect::<Vec<_>>();
        let requests = vec![0.0; capacity];
        let [soft, last_month, peak_outlay] = std::array::from_fn(|_| columns());
        PathOutcomes {
            n: 0,
            soft,
            last_month,
            peak_outlay,
            requests,
            answers: model.has_failures().then(|| Answers::new(model, capacity)),
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
        if let Some(answers) = &mut self.answers {
            answers.start(monthly);
        }
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
        if let Some(answers) = &mut self.answers {
            answers.see(model, registers, monthly);
        }
        if monthly.month() == model.horizon {
            for i in 0..model.options.len() {
                self.last_month[i][trials.clone()].copy_from_slice(monthly.charges(i, CostPart::All));
                self.soft[i][trials.clone()].copy_from_slice(monthly.total_of(i, CostPart::Soft));
            }
        }
    }

    /// Requests of all months that are answered well.
    pub fn good_answers(&self, option: usize) -> &[f64] {
        self.answers.as_ref().map_or(self.requests(), |answers| &answers.good(option)[..self.n])
    }

    /// Discounted requests of all months that are answered badly, and what that costs; nothing where none are.
    pub fn bad_answers(&self, option: usize) -> Option<[&[f64]; 2]> {
        self.answers.as_ref().map(|answers| answers.bad(option).map(|column| &column[..self.n]))
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
