//! Going through the months of a block of trials: what each option costs in each.

use super::assemble::{Model, OptionModel, Rates};
use super::events::{EventKeys, Events};
use super::line::{Basis, CostLine};
use super::timeline::{gpus, migrations_until, scheduled_until};
use crate::quantity::{Reg, Registers};
use crate::scenario::Timing;

/// How much of a month is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What each option is charged.
    Charges,
    /// Also the part of it that no invoice or payroll shows.
    Kinds,
}

/// The state of a block in one month. All columns have one value per trial.
#[derive(Clone, Debug)]
pub struct Walk {
    month: u32,
    n: usize,
    depth: Depth,
    requests: Vec<f64>,
    discount: Vec<f64>,
    options: Vec<State>,
    events: Events,
    ones: Vec<f64>,
}

/// What a walk knows of an option in the current month.
#[derive(Clone, Debug)]
struct State {
    /// Token prices over those of month 1.
    price: Vec<f64>,
    retrains: Vec<f64>,
    migrations: Vec<f64>,
    gpus: Vec<f64>,
    own: Vec<f64>,
    own_soft: Vec<f64>,
    charge: Vec<f64>,
    charge_soft: Vec<f64>,
    /// 1 where the option itself serves.
    active: Vec<f64>,
}

impl Walk {
    /// Room for blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> Walk {
        let column = || vec![0.0; capacity];
        let state = || State {
            price: column(),
            retrains: column(),
            migrations: column(),
            gpus: column(),
            own: column(),
            own_soft: column(),
            charge: column(),
            charge_soft: column(),
            active: column(),
        };
        Walk {
            month: 0,
            n: 0,
            depth: Depth::Kinds,
            requests: column(),
            discount: column(),
            options: model.options.iter().map(|_| state()).collect(),
            events: Events::new(model, capacity),
            ones: vec![1.0; capacity],
        }
    }

    /// Draws the random events of a block; they stay until the next call.
    pub fn draw_events(&mut self, model: &Model, registers: &Registers, keys: &EventKeys, block: u64, n: usize) {
        self.events.draw(model, registers, keys, block, n);
    }

    /// Goes back to month 0, where only one-time costs fall.
    pub fn start(&mut self, model: &Model, registers: &Registers, n: usize, depth: Depth) {
        (self.month, self.n, self.depth) = (0, n, depth);
        self.requests[..n].copy_from_slice(registers.column(model.requests, n));
        self.discount[..n].fill(1.0);
        for state in &mut self.options {
            state.price[..n].fill(1.0);
        }
    }

    /// The current month.
    pub fn month(&self) -> u32 {
        self.month
    }

    /// Goes on to the next month.
    pub fn advance(&mut self, model: &Model, registers: &Registers) {
        self.month += 1;
        let n = self.n;
        multiply(&mut self.discount[..n], registers.column(model.discount, n));
        if self.month > 1 {
            multiply(&mut self.requests[..n], registers.column(model.growth, n));
        }
        for (i, option) in model.options.iter().enumerate() {
            self.happen(i, option, registers, model);
        }
        for (i, option) in model.options.iter().enumerate() {
            self.cost(i, option, registers);
        }
        self.charge(model, registers);
    }

    /// Requests of the month.
    pub fn requests(&self) -> &[f64] {
        &self.requests[..self.n]
    }

    /// What a cost at the end of the month is worth at the start.
    pub fn discount(&self) -> &[f64] {
        &self.discount[..self.n]
    }

    /// What an option is charged in the month.
    pub fn charges(&self, option: usize) -> &[f64] {
        &self.options[option].charge[..self.n]
    }

    /// The part of it that no invoice or payroll shows.
    pub fn soft_charges(&self, option: usize) -> &[f64] {
        &self.options[option].charge_soft[..self.n]
    }

    /// An option's own running costs of the month, whoever serves.
    pub fn own(&self, option: usize) -> &[f64] {
        &self.options[option].own[..self.n]
    }

    /// 1 where the option itself serves in the month, else 0.
    pub fn active(&self, option: usize) -> &[f64] {
        &self.options[option].active[..self.n]
    }

    /// The month's units of the basis of a line, and the price level it is paid at.
    pub fn units(&self, option: usize, line: &CostLine) -> (&[f64], &[f64]) {
        let state = &self.options[option];
        let basis = match line.driver.basis() {
            Basis::Once | Basis::Month => &self.ones,
            Basis::Request => &self.requests,
            Basis::Retrain => &state.retrains,
            Basis::Migration => &state.migrations,
            Basis::Gpu => &state.gpus,
        };
        let price = line.price_of.map_or(&self.ones, |of| &self.options[of].price);
        (&basis[..self.n], &price[..self.n])
    }

    /// Retrains, migrations, prices and GPUs of the month.
    fn happen(&mut self, i: usize, option: &OptionModel, registers: &Registers, model: &Model) {
        let (n, month) = (self.n, f64::from(self.month));
        let column = |r: Reg| registers.column(r, n);
        let state = &mut self.options[i];
        let launch = column(option.launch);
        if self.month > 1 && model.program.constant(option.price_change) != Some(1.0) {
            multiply(&mut state.price[..n], column(option.price_change));
        }
        if let Some(retrains) = option.retrains {
            match retrains.timing {
                Timing::Random => state.retrains[..n].copy_from_slice(self.events.column(i, self.month, n)),
                Timing::Scheduled => {
                    let rate = column(retrains.rate);
                    for t in 0..n {
                        let since = month - launch[t];
                        state.retrains[t] = scheduled_until(rate[t], since) - scheduled_until(rate[t], since - 1.0);
                    }
                }
            }
        }
        if let Some(migrations) = option.migrations {
            let (first, every) = (column(migrations.first), migrations.every.map(column));
            let factor = column(option.price_factor);
            for t in 0..n {
                let until = |m: f64| migrations_until(first[t], every.map(|e| e[t]), m);
                let count = if month > launch[t] { until(month) - until(month - 1.0) } else { 0.0 };
                state.migrations[t] = count;
                if count > 0.0 {
                    state.price[t] *= crate::math::pow(factor[t], count);
                }
            }
        }
        if let Some(g) = option.gpus {
            let (per_request, least, step) = (column(g.per_request), column(g.least), column(g.step));
            for t in 0..n {
                state.gpus[t] = gpus(self.requests[t] * per_request[t], least[t], step[t]);
            }
        }
    }

    /// The option's own running costs of the month.
    fn cost(&mut self, i: usize, option: &OptionModel, registers: &Registers) {
        let escalated = option.escalate_to.map(|to| to.min(self.options.len() - 1));
        let parts: &[bool] = if self.depth == Depth::Kinds { &[false, true] } else { &[false] };
        for &soft in parts {
            let rates = if soft { &option.soft } else { &option.rates };
            let target = &mut self.options[i];
            let mut out = std::mem::take(if soft { &mut target.own_soft } else { &mut target.own });
            self.sum(i, escalated, rates, registers, &mut out[..self.n]);
            let target = &mut self.options[i];
            *(if soft { &mut target.own_soft } else { &mut target.own }) = out;
        }
    }

    fn sum(&self, i: usize, escalated: Option<usize>, rates: &Rates, registers: &Registers, out: &mut [f64]) {
        let n = self.n;
        let column = |r: Reg| registers.column(r, n);
        let state = &self.options[i];
        let escalated = escalated.map_or(&self.ones, |to| &self.options[to].price);
        let (month, request) = (column(rates.month), column(rates.request));
        let (own, other) = (column(rates.request_own), column(rates.request_escalated));
        for t in 0..n {
            let per_request = request[t] + own[t] * state.price[t] + other[t] * escalated[t];
            out[t] = month[t] + self.requests[t] * per_request;
        }
        for (rate, count) in
            [(rates.retrain, &state.retrains), (rates.migration, &state.migrations), (rates.gpu, &state.gpus)]
        {
            for ((out, rate), count) in out.iter_mut().zip(column(rate)).zip(count) {
                *out += rate * count;
            }
        }
    }

    /// Who serves, and what each option is charged for it.
    fn charge(&mut self, model: &Model, registers: &Registers) {
        let others = (0..model.options.len()).filter(|i| *i != model.baseline);
        // The baseline first: what it is charged is what the others are charged before they launch.
        for i in std::iter::once(model.baseline).chain(others) {
            let option = &model.options[i];
            let mut state = std::mem::replace(&mut self.options[i], State::empty());
            self.charge_one(option, registers, &mut state, model.baseline, i == model.baseline);
            self.options[i] = state;
        }
    }

    fn charge_one(
        &self,
        option: &OptionModel,
        registers: &Registers,
        state: &mut State,
        baseline: usize,
        is_baseline: bool,
    ) {
        let (n, month) = (self.n, f64::from(self.month));
        state.active[..n].fill(1.0);
        state.charge[..n].copy_from_slice(&state.own[..n]);
        let kinds = self.depth == Depth::Kinds;
        if kinds {
            state.charge_soft[..n].copy_from_slice(&state.own_soft[..n]);
        }
        if let (Some(retire), Some(after)) = (option.retire, option.after_retirement) {
            let (retire, after) = (registers.column(retire, n), &self.options[after]);
            for t in (0..n).filter(|t| month > retire[*t]) {
                state.active[t] = 0.0;
                state.charge[t] = after.own[t];
                state.charge_soft[t] = if kinds { after.own_soft[t] } else { 0.0 };
            }
        }
        if !is_baseline {
            let (until, before) = (registers.column(option.absent_until, n), &self.options[baseline]);
            for t in (0..n).filter(|t| month <= until[*t]) {
                state.active[t] = 0.0;
                state.charge[t] = before.charge[t];
                state.charge_soft[t] = if kinds { before.charge_soft[t] } else { 0.0 };
            }
        }
    }
}

impl State {
    /// Stands in while the real one is being written; holds nothing and allocates nothing.
    fn empty() -> State {
        let none = Vec::new;
        State {
            price: none(),
            retrains: none(),
            migrations: none(),
            gpus: none(),
            own: none(),
            own_soft: none(),
            charge: none(),
            charge_soft: none(),
            active: none(),
        }
    }
}

fn multiply(column: &mut [f64], by: &[f64]) {
    for (x, y) in column.iter_mut().zip(by) {
        *x *= y;
    }
}
