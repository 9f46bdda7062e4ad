//! What an option has been charged by the end of each month, as a closed form.

use super::loops::{self, TERMS};
use crate::model::line::Basis;
use crate::model::option::OptionModel;
use crate::model::pace::{Calendar, Pace, Service};
use crate::model::part::CostPart;
use crate::model::term::Term;
use crate::quantity::{Builder, Reg};
use crate::scenario::Timing;

/// The closed form of what an option has been charged by the end of each month.
#[derive(Clone, Debug)]
pub struct Steady {
    /// Costs of month 0.
    pub(super) once: Reg,
    /// Amounts.
    rates: [Reg; TERMS],
    /// How many of them are in use, from the first on.
    terms: usize,
    /// By month from 1: what the units of each amount have come to, discounted.
    units: Vec<[f64; TERMS]>,
    pub(super) retrains: Option<Scheduled>,
    pub(super) service: Service,
}

/// Retrains on a schedule that differs by trial.
#[derive(Clone, Debug)]
pub(super) struct Scheduled {
    pub monthly: Reg,
    pub cost: Reg,
    /// By month from 0: months in service so far.
    pub since: Vec<f64>,
    /// By month from 1; `None` where nothing is discounted.
    pub discount: Option<Vec<f64>>,
}

impl Steady {
    /// The closed form of an option, if it has one. `others` are the terms of the baseline, for the months before the
    /// launch, and of the option that takes over, for those after the last.
    pub(in crate::model) fn new(
        builder: &mut Builder,
        calendar: &Calendar,
        option: &OptionModel,
        others: [Option<&[Term]>; 2],
    ) -> Option<Steady> {
        let (service, discount) = (option.service?, calendar.discount.as_deref()?);
        let absent = |m: u32| f64::from(m) <= service.absent_until;
        let retired = |m: u32| !absent(m) && f64::from(m) > service.retire;
        let mut sums = Sums { discount, rates: Vec::new(), units: vec![[0.0; TERMS]; discount.len()] };
        for term in option.terms(CostPart::All).iter().filter(|t| t.pace != Pace::Drawn) {
            sums.add(term, |m| service.holds(m))?;
        }
        for (terms, serves) in others.iter().zip([&absent as &dyn Fn(u32) -> bool, &retired]) {
            if (1..=discount.len() as u32).any(serves) {
                (*terms)?.iter().try_for_each(|term| sums.add(term, serves))?;
            }
        }
        let retrains = match option.terms(CostPart::All).iter().filter(|t| t.pace == Pace::Drawn).collect::<Vec<_>>()[..]
        {
            [] => None,
            [term] if !builder.is_monthly(term.rate) => Some(scheduled(builder, option, term, service, discount)?),
            _ => return None,
        };
        if !sums.go_one_way() {
            return None;
        }
        let zero = builder.number(0.0);
        let terms = sums.rates.len();
        sums.rates.resize(TERMS, zero);
        let rates = sums.rates.try_into().ok()?;
        Some(Steady { once: option.once(CostPart::All), rates, terms, units: sums.units, retrains, service })
    }

    /// Whether it has retrains that differ by trial.
    pub fn has_retrains(&self) -> bool {
        self.retrains.is_some()
    }

    /// The registers that it reads.
    pub fn reads(&self) -> impl Iterator<Item = Reg> {
        let retrains = self.retrains.iter().flat_map(|r| [r.monthly, r.cost]);
        std::iter::once(self.once).chain(self.rates).chain(retrains)
    }

    /// The cost so far at the end of a month from 1. `column` reads the registers of some trials; `paid` holds their
    /// discounted retrains at the end of the month before, and then at that of this one.
    pub fn cost<'a>(&self, column: impl Fn(Reg) -> &'a [f64], month: u32, paid: &mut [f64], out: &mut [f64]) {
        let m = month as usize - 1;
        if let Some(retrains) = &self.retrains {
            let (monthly, since) = (column(retrains.monthly), [retrains.since[m], retrains.since[m + 1]]);
            match &retrains.discount {
                None => loops::count(monthly, since[1], paid),
                Some(discount) => loops::pay(monthly, since, discount[m], paid),
            }
        }
        self.so_far(column, m, paid, out);
    }

    fn so_far<'a>(&self, column: impl Fn(Reg) -> &'a [f64], m: usize, paid: &[f64], out: &mut [f64]) {
        let retrains = self.retrains.as_ref().map(|r| [column(r.cost), paid]);
        let once = (column(self.once), self.terms);
        loops::so_far(once, self.rates.map(&column), self.units[m], retrains, out);
    }

    /// The cost of all months; `paid` is overwritten.
    pub fn total<'a>(&self, column: impl Fn(Reg) -> &'a [f64], paid: &mut [f64], out: &mut [f64]) {
        let months = self.units.len();
        if let Some(retrains) = &self.retrains {
            let monthly = column(retrains.monthly);
            match &retrains.discount {
                None => loops::count(monthly, retrains.since[months], paid),
                Some(discount) => {
                    paid.fill(0.0);
                    for (m, discount) in discount.iter().enumerate() {
                        loops::pay(monthly, [retrains.since[m], retrains.since[m + 1]], *discount, paid);
                    }
                }
            }
        }
        self.so_far(column, months - 1, paid, out);
    }

    /// How many months it covers.
    pub(super) fn months(&self) -> usize {
        self.units.len()
    }

    /// The amounts whose units come to something, with what these have come to by each month from 1.
    pub(super) fn amounts(&self) -> impl Iterator<Item = (Reg, Vec<f64>)> {
        let units = |k: usize| self.units.iter().map(|row| row[k]).collect();
        let used = |(_, units): &(Reg, Vec<f64>)| units.last().is_some_and(|sum| *sum != 0.0);
        self.rates.into_iter().enumerate().map(move |(k, rate)| (rate, units(k))).filter(used)
    }
}

/// Amounts with what their units come to.
struct Sums<'a> {
    discount: &'a [f64],
    rates: Vec<Reg>,
    units: Vec<[f64; TERMS]>,
}

impl Sums<'_> {
    /// Adds a term of known pace in the months in which it is charged; `None` if it has another, or there is no room.
    fn add(&mut self, term: &Term, charged: impl Fn(u32) -> bool) -> Option<()> {
        let Pace::Known(units) = &term.pace else { return None };
        let place = match self.rates.iter().position(|r| *r == term.rate) {
            Some(place) => place,
            None => {
                self.rates.push(term.rate);
                self.rates.len() - 1
            }
        };
        let mut sum = 0.0;
        for (m, row) in self.units.iter_mut().enumerate() {
            sum += if charged(m as u32 + 1) { units[m] * self.discount[m] } else { 0.0 };
            *row.get_mut(place)? += sum;
        }
        Some(())
    }
}

impl Sums<'_> {
    /// Whether none of them both rises and falls from month to month: where two costs meet is looked for at the ends of some
    /// months only.
    fn go_one_way(&self) -> bool {
        (0..self.rates.len()).all(|k| {
            let steps = || std::iter::once(0.0).chain(self.units.iter().map(|row| row[k])).zip(&self.units);
            steps().all(|(before, row)| row[k] >= before) || steps().all(|(before, row)| row[k] <= before)
        })
    }
}

fn scheduled(
    builder: &Builder,
    option: &OptionModel,
    term: &Term,
    service: Service,
    discount: &[f64],
) -> Option<Scheduled> {
    let retrains = option.retrains.filter(|r| r.timing == Timing::Scheduled && term.basis == Basis::Retrain)?;
    let launch = builder.constant(option.launch)?;
    let since = |m: usize| (m as f64).min(service.retire) - launch;
    Some(Scheduled {
        monthly: retrains.monthly,
        cost: term.rate,
        // Before the launch nothing is scheduled.
        since: (0..=discount.len()).map(|m| since(m).max(0.0)).collect(),
        discount: discount.iter().any(|d| *d != 1.0).then(|| discount.to_vec()),
    })
}
