//! Going through the months of some trials of a block: what each option costs in each.

use std::ops::Range;

use super::assemble::Model;
use super::charge::Charge;
use super::events::{EventKeys, Events};
use super::formulas::Depth;
use super::line::Basis;
use super::months;
use super::option::OptionModel;
use super::pace::Pace;
use super::state::State;
use super::term::Term;
use crate::quantity::{Reg, Registers};
use crate::sample::Rows;
use crate::scenario::Timing;

/// Trials that go through the months together: few enough that its columns stay in the nearest cache.
pub const TILE: usize = 256;

/// The costs that are added up by month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinds {
    /// All of them together.
    Total,
    /// Those, and soft costs by themselves.
    TotalAndSoft,
}

/// The state of at most [`TILE`] trials in one month. All columns have one value per trial.
#[derive(Clone, Debug)]
pub struct MonthlyCosts {
    month: u32,
    trials: Range<usize>,
    requests: Vec<f64>,
    /// Growth so far.
    grown: Vec<f64>,
    discount: Vec<f64>,
    options: Vec<State>,
    charges: Vec<Charge>,
    events: Events,
    ones: Vec<f64>,
    kinds: Kinds,
    /// Whether lines are looked at, too.
    detailed: bool,
    has_soft_costs: bool,
    steady: bool,
    /// Whether every option serves in every month.
    serve_always: bool,
}

impl MonthlyCosts {
    /// Room for a model, in blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> MonthlyCosts {
        let column = || vec![0.0; TILE];
        // Until they are charged, options count as serving.
        let charge = Charge { active: vec![1.0; TILE], ..Charge::new(TILE) };
        MonthlyCosts {
            month: 0,
            trials: 0..0,
            requests: column(),
            grown: column(),
            discount: column(),
            options: vec![State::new(TILE); model.options.len()],
            charges: vec![charge; model.options.len()],
            events: Events::new(model, capacity),
            ones: vec![1.0; TILE],
            kinds: Kinds::Total,
            detailed: false,
            has_soft_costs: model.has_soft_costs(),
            steady: model.is_steady(),
            serve_always: model.options.iter().all(|option| option.substitutes.is_empty()),
        }
    }

    /// Draws the random events of some rows, which are the first of the registers'; they stay until the next call.
    pub fn draw_events(&mut self, model: &Model, registers: &Registers, keys: &EventKeys, rows: Rows) {
        self.events.draw(model, registers, keys, rows);
    }

    /// Puts the expected number of events into every month.
    pub fn expect_events(&mut self, model: &Model, registers: &Registers, n: usize) {
        self.events.expect(model, registers, n);
    }

    /// Goes back to month 0, where only one-time costs fall, with at most [`TILE`] trials of a block.
    pub fn start(&mut self, model: &Model, registers: &Registers, trials: Range<usize>, kinds: Kinds) {
        (self.month, self.trials) = (0, trials);
        self.detailed = kinds == Kinds::TotalAndSoft;
        self.kinds = if self.has_soft_costs { kinds } else { Kinds::Total };
        let n = self.trials.len();
        self.requests[..n].copy_from_slice(registers.part(model.requests, &self.trials));
        self.discount[..n].fill(1.0);
        self.grown[..n].fill(1.0);
        for (state, option) in self.options.iter_mut().zip(&model.options) {
            state.start(option, registers, &self.trials);
        }
    }

    /// The current month.
    pub fn month(&self) -> u32 {
        self.month
    }

    /// The trials of the block.
    pub fn trials(&self) -> Range<usize> {
        self.trials.clone()
    }

    /// Goes on to the next month, driver by driver. Registers that differ by month hold its numbers then.
    pub fn advance(&mut self, model: &Model, registers: &mut Registers) {
        self.month += 1;
        let month = self.month as usize;
        let depth = if self.detailed { Depth::Details } else { Depth::Totals };
        let (program, trials) = ((&model.program, depth), self.trials.clone());
        let at = (self.month, &trials);
        model.formulas.begin(program, at, registers);
        self.grow(model, registers, month);
        for (i, option) in model.options.iter().enumerate() {
            self.happen(i, option, registers, month);
        }
        model.formulas.train(program, at, &self.requests[..trials.len()], registers);
        model.formulas.finish(program, at, (&model.options, &mut self.options), registers);
        let registers = &*registers;
        for (i, option) in model.options.iter().enumerate() {
            self.follow(i, option, registers, model, month);
        }
        let kinds = if self.kinds == Kinds::TotalAndSoft { 2 } else { 1 };
        // Totals that have closed forms need no charges, but for the last month's.
        let is_closed = self.steady && self.serve_always && self.kinds == Kinds::Total;
        if !is_closed || self.month == model.horizon {
            self.settle(model, registers, kinds);
        }
        self.add_up(model, registers, kinds);
    }

    /// Requests and discount of the month. Known ones are written where they are not those of the month before.
    fn grow(&mut self, model: &Model, registers: &Registers, month: usize) {
        let n = self.trials.len();
        let column = |r: Reg| registers.part(r, &self.trials);
        match &model.calendar.discount {
            Some(known) if month > 1 && known[month - 1] == known[month - 2] => {}
            Some(known) => self.discount[..n].fill(known[month - 1]),
            None => months::multiply(column(model.discount), &mut self.discount[..n]),
        }
        match (&model.calendar.growth, &model.calendar.profile, model.of_month) {
            (Some(known), ..) if month > 1 && known[month - 1] == known[month - 2] => {}
            (Some(known), ..) => months::scaled(column(model.requests), known[month - 1], &mut self.requests[..n]),
            (None, None, None) if month > 1 => months::multiply(column(model.growth), &mut self.requests[..n]),
            (None, None, None) => {}
            (None, profile, of_month) => {
                if month > 1 {
                    months::multiply(column(model.growth), &mut self.grown[..n]);
                }
                let level = profile.as_ref().map_or(1.0, |level| level[month]);
                months::scaled(column(of_month.unwrap_or(model.requests)), level, &mut self.requests[..n]);
                months::multiply(&self.grown[..n], &mut self.requests[..n]);
            }
        }
    }

    /// What options cost by themselves in the month, and what they are charged.
    fn settle(&mut self, model: &Model, registers: &Registers, kinds: usize) {
        let n = self.trials.len();
        for (i, option) in model.options.iter().enumerate() {
            for (kind, terms) in [&option.terms, &option.soft_terms].into_iter().enumerate().take(kinds) {
                let mut own = std::mem::take(&mut self.options[i].own[kind]);
                self.running_costs(i, terms, registers, &mut own[..n]);
                self.options[i].own[kind] = own;
            }
        }
        self.charge(model, registers, self.month as usize);
    }

    /// Adds the month's charges to what each option cost so far, or computes that by its closed form.
    fn add_up(&mut self, model: &Model, registers: &Registers, kinds: usize) {
        let n = self.trials.len();
        for ((state, charge), option) in self.options.iter_mut().zip(&self.charges).zip(&model.options) {
            let costs = [&charge.cost, &charge.soft];
            for (kind, (total, cost)) in state.total.iter_mut().zip(costs).enumerate().take(kinds) {
                match option.steady.as_ref().filter(|_| kind == 0 && self.steady) {
                    Some(steady) => {
                        let column = |r: Reg| registers.part(r, &self.trials);
                        steady.cost(column, self.month, &mut state.paid[..n], &mut total[..n]);
                    }
                    None => months::add_product(&cost[..n], &self.discount[..n], &mut total[..n]),
                }
            }
        }
    }

    /// Requests of the month.
    pub fn requests(&self) -> &[f64] {
        &self.requests[..self.trials.len()]
    }

    /// What a cost at the end of the month is worth at the start.
    pub fn discount(&self) -> &[f64] {
        &self.discount[..self.trials.len()]
    }

    /// What an option is charged in the month.
    pub fn charges(&self, option: usize) -> &[f64] {
        &self.charges[option].cost[..self.trials.len()]
    }

    /// Discounted cost so far.
    pub fn total(&self, option: usize) -> &[f64] {
        &self.options[option].total[0][..self.trials.len()]
    }

    /// The part of it that no invoice or payroll shows.
    pub fn total_soft(&self, option: usize) -> &[f64] {
        &self.options[option].total[1][..self.trials.len()]
    }

    /// 1 where the option itself serves in the month, else 0.
    pub fn active(&self, option: usize) -> &[f64] {
        &self.charges[option].active[..self.trials.len()]
    }

    /// What a basis counts in the month.
    pub fn counted(&self, option: usize, basis: Basis) -> &[f64] {
        let state = &self.options[option];
        let column = match basis {
            Basis::Once | Basis::Month => &self.ones,
            Basis::Request => &self.requests,
            Basis::Retrain => &state.retrains,
            Basis::Migration => &state.migrations,
            Basis::Gpu => &state.gpus,
        };
        &column[..self.trials.len()]
    }

    /// Token prices over those of month 1, of an option whose prices are followed.
    pub fn price_level(&self, of: Option<usize>) -> &[f64] {
        &of.map_or(&self.ones, |of| &self.options[of].price)[..self.trials.len()]
    }

    /// Retrains and migrations of the month.
    fn happen(&mut self, i: usize, option: &OptionModel, registers: &Registers, month: usize) {
        let (trials, n) = (self.trials.clone(), self.trials.len());
        let column = |r: Reg| registers.part(r, &trials);
        let state = &mut self.options[i];
        let (launch, now) = (column(option.launch), month as f64);
        if let Some(retrains) = option.retrains {
            match retrains.timing {
                Timing::Random => {
                    let events = self.events.column(i, month as u32, trials.end);
                    state.retrains[..n].copy_from_slice(&events[trials.start..]);
                }
                Timing::Scheduled => {
                    let counted = [&mut state.scheduled[..n], &mut state.retrains[..n]];
                    months::scheduled(column(retrains.monthly), launch, now, counted);
                }
            }
        }
        state.migrate(option, registers, &trials, now);
        if let Some(retrains) = option.retrains.filter(|_| option.since.training.is_some()) {
            // A part of a retrain is none: expected ones fall on the schedule of their rate.
            match retrains.timing {
                Timing::Random if self.events.are_expected() => {
                    let counted = [&mut state.scheduled[..n], &mut state.trainings[..n]];
                    months::scheduled(column(retrains.monthly), launch, now, counted);
                }
                Timing::Random | Timing::Scheduled => state.trainings[..n].copy_from_slice(&state.retrains[..n]),
            }
        }
    }

    /// GPUs and prices of the month.
    fn follow(&mut self, i: usize, option: &OptionModel, registers: &Registers, model: &Model, month: usize) {
        let (trials, n) = (self.trials.clone(), self.trials.len());
        let column = |r: Reg| registers.part(r, &trials);
        let state = &mut self.options[i];
        if let Some(g) = option.gpus {
            let capacity = [g.per_request, g.least, g.step].map(column);
            months::gpus_of(&self.requests[..n], capacity, &mut state.gpus[..n]);
        }
        match &model.calendar.prices[i] {
            Some(known) => state.price[..n].fill(known[month - 1]),
            None => state.reprice(option, registers, &trials, month),
        }
    }

    /// Writes an option's own running costs of the month, or the part of them that some terms stand for, whether it serves
    /// or not.
    pub(super) fn running_costs(&self, i: usize, terms: &[Term], registers: &Registers, out: &mut [f64]) {
        let month = self.month as usize;
        for (k, term) in terms.iter().enumerate() {
            let rate = registers.part(term.rate, &self.trials);
            match &term.pace {
                Pace::Known(units) if k == 0 => months::scaled(rate, units[month - 1], out),
                Pace::Known(units) => months::add_scaled(rate, units[month - 1], out),
                Pace::Drawn if term.price_of.is_none() => {
                    months::add_product(rate, self.counted(i, term.basis), out);
                }
                Pace::Drawn => {
                    let (units, price) = (self.counted(i, term.basis), self.price_level(term.price_of));
                    months::add_priced(rate, units, price, out);
                }
            }
        }
    }

    /// Who serves, and what each option is charged for it.
    fn charge(&mut self, model: &Model, registers: &Registers, month: usize) {
        let (n, trials) = (self.trials.len(), self.trials.clone());
        let column = |r: Reg| registers.part(r, &trials);
        let others = (0..model.options.len()).filter(|i| *i != model.baseline);
        // The baseline first: what it is charged is what the others are charged before they launch.
        for i in std::iter::once(model.baseline).chain(others) {
            let own = |i: usize| [&self.options[i].own[0][..n], &self.options[i].own[1][..n]];
            let option = &model.options[i];
            let mut charge = std::mem::take(&mut self.charges[i]);
            let before = (i != model.baseline).then(|| &self.charges[model.baseline]);
            charge.settle(option, own(i), before, option.after_retirement.map(own), month as f64, column);
            self.charges[i] = charge;
        }
    }
}
