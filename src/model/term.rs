//! The lines of an option added up by driver.

use super::line::{Basis, CostLine};
use super::pace::{Calendar, Pace};
use crate::quantity::{Builder, Reg};

/// An amount times a driver: all lines that share the driver and its price level, added up.
#[derive(Clone, Debug)]
pub struct Term {
    /// Cost per unit; of requests that come at a known pace, cost of all requests of month 1.
    pub rate: Reg,
    /// What it is proportional to.
    pub basis: Basis,
    /// The option whose token prices it follows.
    pub price_of: Option<usize>,
    /// Its units by month.
    pub pace: Pace,
}

/// The running costs of an option: terms of known pace first, at least one, no two of the same pace.
pub(super) fn terms(
    builder: &mut Builder,
    calendar: &Calendar,
    (number, lines): (usize, &[CostLine]),
    requests: Reg,
    include: impl Fn(&CostLine) -> bool,
) -> Vec<Term> {
    let zero = builder.number(0.0);
    let mut drivers: Vec<Term> = Vec::new();
    for line in lines.iter().filter(|l| include(l) && l.driver.basis() != Basis::Once) {
        let (basis, price_of) = (line.driver.basis(), line.price_of);
        for (rate, pace) in parts(builder, line.cost, calendar.pace(number, basis, price_of)) {
            match drivers.iter_mut().find(|t| (t.basis, t.price_of, &t.pace) == (basis, price_of, &pace)) {
                Some(term) => term.rate = builder.add(term.rate, rate),
                None => drivers.push(Term { rate, basis, price_of, pace }),
            }
        }
    }
    let nothing = Pace::Known(vec![0.0; calendar.horizon()]);
    let mut terms: Vec<Term> = Vec::new();
    drivers.retain(|t| !builder.is_zero(t.rate) && t.pace != nothing);
    for mut driver in drivers {
        if driver.pace == Pace::Drawn {
            terms.push(driver);
            continue;
        }
        if driver.basis == Basis::Request {
            driver.rate = builder.multiply(requests, driver.rate);
        }
        match terms.iter_mut().find(|t| t.pace == driver.pace) {
            Some(term) => term.rate = builder.add(term.rate, driver.rate),
            None => terms.push(driver),
        }
    }
    if !terms.iter().any(|t| t.pace != Pace::Drawn) {
        terms.push(Term { rate: zero, basis: Basis::Month, price_of: None, pace: nothing });
    }
    terms.sort_by_key(|t| t.pace == Pace::Drawn);
    terms
}

/// A cost that differs by month, as costs that do not: what is known of the months becomes part of the pace. One that does
/// not come apart is counted as if its units were drawn, by its number in each month.
fn parts(builder: &mut Builder, cost: Reg, pace: Pace) -> Vec<(Reg, Pace)> {
    if !builder.is_monthly(cost) {
        return vec![(cost, pace)];
    }
    let Pace::Known(units) = &pace else { return vec![(cost, Pace::Drawn)] };
    let Some(parts) = builder.separated(cost) else { return vec![(cost, Pace::Drawn)] };
    let paced = |level: &[f64]| Pace::Known(units.iter().zip(&level[1..]).map(|(u, x)| u * x).collect());
    parts.into_iter().map(|(rate, level)| (rate, paced(&level))).collect()
}

/// The month-0 costs of some lines.
pub(super) fn once(builder: &mut Builder, lines: &[CostLine], include: impl Fn(&CostLine) -> bool) -> Reg {
    let zero = builder.number(0.0);
    let fitting = lines.iter().filter(|l| include(l) && l.driver.basis() == Basis::Once);
    fitting.fold(zero, |sum, line| builder.add(sum, line.cost))
}
