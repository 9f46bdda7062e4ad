//! How requests are answered: well, or badly and at what cost, by whoever serves.

use super::assemble::Model;
use super::monthly_costs::{MonthlyCosts, TILE};
use super::months;
use super::option::OptionModel;
use crate::quantity::{Reg, Registers};
use crate::vector::kernels;

/// Answers of a block, in columns by option.
#[derive(Clone, Debug)]
pub struct Answers {
    options: Vec<OptionAnswers>,
    /// Requests of all months so far, and the same discounted.
    requests: [Vec<f64>; 2],
    /// Discounted requests of the current month.
    weight: Vec<f64>,
    /// In the current month: what answers of whoever serves in the baseline's name are like, and in the option's.
    before: Vec<f64>,
    serving: Vec<f64>,
}

/// Those of an option.
#[derive(Clone, Debug)]
struct OptionAnswers {
    good: Vec<f64>,
    /// Bad ones and what they cost, discounted.
    bad: [Vec<f64>; 2],
    /// Whether what they are like differs by month.
    differ: bool,
}

/// Bad answers to a request, or what they cost.
const OF_REQUEST: [fn(&OptionModel) -> Reg; 2] = [|option| option.failure_rate, |option| option.failure_cost];

impl Answers {
    /// Room for blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> Answers {
        let [column, tile] = [capacity, TILE].map(|n| move || vec![0.0; n]);
        let differ = |option: &OptionModel| OF_REQUEST.iter().any(|of| model.program.is_monthly(of(option)));
        let answers = |option| OptionAnswers { good: column(), bad: [column(), column()], differ: differ(option) };
        Answers {
            options: model.options.iter().map(answers).collect(),
            requests: [column(), column()],
            weight: tile(),
            before: tile(),
            serving: tile(),
        }
    }

    /// Month 0 of some trials.
    pub fn start(&mut self, monthly: &MonthlyCosts) {
        let all = self.options.iter_mut().flat_map(|option| [&mut option.good].into_iter().chain(&mut option.bad));
        all.chain(&mut self.requests).for_each(|column| column[monthly.trials()].fill(0.0));
    }

    /// The current month: at once, at the last one, where an option serves in every month.
    pub fn see(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts) {
        let (trials, requests) = (monthly.trials(), monthly.requests());
        let n = trials.len();
        self.weight[..n].copy_from_slice(requests);
        months::multiply(monthly.discount(), &mut self.weight[..n]);
        months::add(requests, &mut self.requests[0][trials.clone()]);
        months::add(&self.weight[..n], &mut self.requests[1][trials.clone()]);
        for (i, option) in model.options.iter().enumerate() {
            if !option.substitutes.is_empty() {
                self.see_serving(model, registers, monthly, i);
            } else if self.options[i].differ {
                let weights = [requests, &self.weight[..n]];
                self.options[i].add(weights, OF_REQUEST.map(|of| registers.part(of(option), &trials)), trials.clone());
            } else if monthly.month() == model.horizon {
                let weights = [0, 1].map(|k| &self.requests[k][trials.clone()]);
                self.options[i].add(weights, OF_REQUEST.map(|of| registers.part(of(option), &trials)), trials.clone());
            }
        }
    }

    /// Of an option in whose place others serve.
    fn see_serving(&mut self, model: &Model, registers: &Registers, monthly: &MonthlyCosts, i: usize) {
        let (trials, n) = (monthly.trials(), monthly.trials().len());
        let part = |reg: Reg| registers.part(reg, &trials);
        let (base, option) = (model.baseline, &model.options[i]);
        let after = option.after_retirement.unwrap_or(base);
        for (k, of) in OF_REQUEST.into_iter().enumerate() {
            let of = |option: usize| part(of(&model.options[option]));
            let before = match model.options[base].successor() {
                Some(after) => {
                    active(monthly.active(base), [of(base), of(after)], &mut self.before[..n]);
                    &self.before[..n]
                }
                None => of(base),
            };
            let others = ([part(option.absent_until), before, of(after)], f64::from(monthly.month()));
            serving([monthly.active(i), of(i)], others, &mut self.serving[..n]);
            if k == 0 {
                add_rest(monthly.requests(), &self.serving[..n], &mut self.options[i].good[trials.clone()]);
            }
            months::add_product(&self.weight[..n], &self.serving[..n], &mut self.options[i].bad[k][trials.clone()]);
        }
    }

    /// Requests of all months that are answered well.
    pub fn good(&self, option: usize) -> &[f64] {
        &self.options[option].good
    }

    /// Discounted requests of all months that are answered badly, and what that costs as the scenario has it.
    pub fn bad(&self, option: usize) -> [&[f64]; 2] {
        let bad = &self.options[option].bad;
        [&bad[0], &bad[1]]
    }
}

impl OptionAnswers {
    /// Adds answers to some requests, as many and discounted, of which so many fail, at that cost.
    fn add(&mut self, requests: [&[f64]; 2], of_request: [&[f64]; 2], trials: std::ops::Range<usize>) {
        add_rest(requests[0], of_request[0], &mut self.good[trials.clone()]);
        for (bad, of_request) in self.bad.iter_mut().zip(of_request) {
            months::add_product(requests[1], of_request, &mut bad[trials.clone()]);
        }
    }
}

kernels! {
    /// What does not fail.
    fn add_rest(requests: &[f64], failures: &[f64], out: &mut [f64]) {
        for ((out, requests), failures) in out.iter_mut().zip(requests).zip(failures) {
            *out += requests * (1.0 - failures);
        }
    }

    /// Of those who serve: the option itself where it is active, another one until some month, or after.
    fn serving(own: [&[f64]; 2], others: ([&[f64]; 3], f64), out: &mut [f64]) {
        let n = out.len();
        let ([is_active, own], month) = (own.map(|x| &x[..n]), others.1);
        let [until, before, after] = others.0.map(|x| &x[..n]);
        for t in 0..n {
            let other = if month <= until[t] { before[t] } else { after[t] };
            out[t] = if is_active[t] > 0.5 { own[t] } else { other };
        }
    }

    /// Of an option where it serves, and of its successor where not.
    fn active(is_active: &[f64], ends: [&[f64]; 2], out: &mut [f64]) {
        let n = out.len();
        let (is_active, [own, after]) = (&is_active[..n], ends.map(|x| &x[..n]));
        for t in 0..n {
            out[t] = if is_active[t] > 0.5 { own[t] } else { after[t] };
        }
    }
}
