//! Going through the months of some trials of a block: what each option costs in each.

use std::ops::Range;

use super::assemble::Model;
use super::charge::Charge;
use super::events::{EventKeys, Events};
use super::line::Basis;
use super::months;
use super::option::OptionModel;
use super::pace::Pace;
use super::part::CostPart;
use super::state::State;
use super::term::Term;
use crate::quantity::{Reg, Registers};
use crate::sample::Rows;
use crate::scenario::Timing;

/// Trials that go through the months together: few enough that its columns stay in the nearest cache.
pub const TILE: usize = 256;

/// How much of a month is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What totals need.
    Totals,
    /// Soft costs by themselves and all lines too, and all that is written.
    Details,
    /// All parts by themselves.
    Parts,
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
    depth: Depth,
    /// The parts that are worked out at each depth.
    parts: [Vec<CostPart>; 3],
    /// By option: whether its own costs are charged to others.
    is_lent: Vec<bool>,
    steady: bool,
    /// Whether every option serves in every month.
    serve_always: bool,
}

impl MonthlyCosts {
    /// Room for a model, in blocks of up to `capacity` trials.
    pub fn new(model: &Model, capacity: usize) -> MonthlyCosts {
        let column = || vec![0.0; TILE];
        let there = |parts: &[CostPart]| parts.iter().copied().filter(|part| model.has(*part)).collect();
        MonthlyCosts {
            month: 0,
            trials: 0..0,
            requests: column(),
            grown: column(),
            discount: column(),
            options: vec![State::new(TILE); model.options.len()],
            charges: vec![Charge::new(TILE); model.options.len()],
            events: Events::new(model, capacity),
            ones: vec![1.0; TILE],
            depth: Depth::Totals,
            parts: [&[CostPart::All][..], &[CostPart::All, CostPart::Soft], &CostPart::ALL].map(there),
            is_lent: (0..model.options.len()).map(|i| model.options.iter().any(|o| o.successor() == Some(i))).collect(),
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
    pub fn start(&mut self, model: &Model, registers: &Registers, trials: Range<usize>, depth: Depth) {
        (self.month, self.trials) = (0, trials);
        self.depth = depth;
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
        let (program, trials) = ((&model.program, self.depth), self.trials.clone());
        let at = (self.month, &trials);
        model.formulas.begin(program, at, registers);
        self.grow(model, registers, month);
        for (i, option) in model.options.iter().enumerate() {
            self.happen(i, option, registers, month);
        }
        model.formulas.train(program, at, &self.requests[..trials.len()], registers);
        model.formulas.price(program, at, (&model.options, &mut self.options), registers);
        for (i, option) in model.options.iter().enumerate() {
            let state = &mut self.options[i];
            match &model.calendar.prices[i] {
                Some(known) => state.price[..trials.len()].fill(known[month - 1]),
                None => state.reprice(option, registers, &trials, month),
            }
        }
        model.formulas.finish(program, at, (&model.options, &self.options), registers);
        let registers = &*registers;
        for (i, option) in model.options.iter().enumerate() {
            self.rent(i, option, registers);
        }
        // Totals that have closed forms need no charges, but for the last month's.
        let is_closed = self.steady && self.serve_always && self.depth == Depth::Totals;
        if !is_closed || self.month == model.horizon {
            self.settle(model, registers);
        }
        self.add_up(model, registers);
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

    /// The parts that are worked out.
    fn parts(&self) -> impl Iterator<Item = CostPart> + use<> {
        let parts = &self.parts[self.depth as usize];
        let known: [Option<CostPart>; CostPart::COUNT] = std::array::from_fn(|k| parts.get(k).copied());
        known.into_iter().flatten()
    }

    /// What options cost by themselves in the month, and what they are charged.
    fn settle(&mut self, model: &Model, registers: &Registers) {
        let n = self.trials.len();
        for (i, option) in model.options.iter().enumerate() {
            for part in self.parts() {
                let mut own = std::mem::take(&mut self.options[i].own[part.index()]);
                self.running_costs(i, option.terms(part), registers, &mut own[..n]);
                self.options[i].own[part.index()] = own;
            }
        }
        self.charge(model, registers);
    }

    /// Adds the month's charges to what each option cost so far, or computes that by its closed form.
    fn add_up(&mut self, model: &Model, registers: &Registers) {
        let n = self.trials.len();
        for part in self.parts() {
            let Some(place) = [CostPart::All, CostPart::Soft].iter().position(|total| *total == part) else { continue };
            for ((state, charge), option) in self.options.iter_mut().zip(&self.charges).zip(&model.options) {
                let total = &mut state.total[place];
                match option.steady.as_ref().filter(|_| part == CostPart::All && self.steady) {
                    Some(steady) => {
                        let column = |r: Reg| registers.part(r, &self.trials);
                        steady.cost(column, self.month, &mut state.paid[..n], &mut total[..n]);
                    }
                    None => {
                        let cost = &charge.costs[part.index()][..n];
                        months::add_product(cost, &self.discount[..n], &mut total[..n]);
                    }
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

    /// What an option is charged in the month, or a part of it, where that is worked out; else the last that was.
    pub fn charges(&self, option: usize, part: CostPart) -> &[f64] {
        &self.charges[option].costs[part.index()][..self.trials.len()]
    }

    /// Discounted cost so far.
    pub fn total(&self, option: usize) -> &[f64] {
        &self.options[option].total[0][..self.trials.len()]
    }

    /// A part of it: all, or what no invoice or payroll shows.
    pub fn total_of(&self, option: usize, part: CostPart) -> &[f64] {
        let place = usize::from(part == CostPart::Soft);
        &self.options[option].total[place][..self.trials.len()]
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

    /// GPUs of the month.
    fn rent(&mut self, i: usize, option: &OptionModel, registers: &Registers) {
        let Some(g) = option.gpus else { return };
        let n = self.trials.len();
        let capacity = [g.per_request, g.least, g.step].map(|r| registers.part(r, &self.trials));
        months::gpus_of(&self.requests[..n], capacity, &mut self.options[i].gpus[..n]);
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
    fn charge(&mut self, model: &Model, registers: &Registers) {
        let (n, month, trials) = (self.trials.len(), f64::from(self.month), self.trials.clone());
        let column = |r: Reg| registers.part(r, &trials);
        let others = (0..model.options.len()).filter(|i| *i != model.baseline);
        // The baseline first: what it is charged is what the others are charged before they launch.
        for i in std::iter::once(model.baseline).chain(others) {
            let option = &model.options[i];
            let mut charge =
                std::mem::replace(&mut self.charges[i], Charge { active: Vec::new(), costs: Default::default() });
            let serves = option.service.is_some_and(|service| service.holds(self.month));
            for part in self.parts() {
                let own = &mut self.options[i].own[part.index()];
                match self.is_lent[i] {
                    true => charge.costs[part.index()][..n].copy_from_slice(&own[..n]),
                    false => std::mem::swap(&mut charge.costs[part.index()], own),
                }
                if !serves {
                    let before = (i != model.baseline).then(|| &self.charges[model.baseline]);
                    let after = option.after_retirement.map(|other| &self.options[other].own[part.index()][..n]);
                    charge.settle((option, part), before, after, (month, n), column);
                }
            }
            match serves {
                true if option.substitutes.is_empty() => {}
                true => charge.active[..n].fill(1.0),
                false => charge.mark(option, i == model.baseline, (month, n), column),
            }
            self.charges[i] = charge;
        }
    }
}
