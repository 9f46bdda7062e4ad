//! Quantities that differ by month: what is known of them before any trial is drawn, and what they become in a month.
//!
//! A register is monthly if it reads the month, directly or through others. Where it is the same in every trial it has a
//! [`Level`], and what follows from levels and constants is one again: no operation is left for it. Where it is a sum of
//! products of a level and a number of the trial, as in `series(…) * lognormal(…)`, it [separates](Builder::separated).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::apply::holds;
use super::ast::{Binary, Comparison, Unary};
use super::builder::Builder;
use super::program::{Law, Op, Reg};

/// A number for each month, from 0, in which only one-time costs fall; the same in every trial.
pub type Level = Arc<[f64]>;

/// Numbers of the trial with the levels that they are multiplied by.
pub type Parts = Option<Vec<(Reg, Level)>>;
/// What was found of registers before: names for the same are shared, and would be looked through once for each use.
type Seen<T> = HashMap<Reg, T>;

/// Most products that a quantity is separated into.
const MOST_PARTS: usize = 4;
/// Most levels that are worked out beforehand: each takes a number for every month.
const MOST_LEVELS: usize = 4096;
/// Most steps that are looked through for them.
const DEEPEST: u32 = 64;
/// Coordinates beyond which a bound does not look: one in ten thousand trials may pass it.
pub const NEARLY_ALL: [f64; 2] = [1.0 / 32_768.0, 1.0 - 1.0 / 32_768.0];
/// The outermost coordinates that a trial can have.
pub const ALL_TRIALS: [f64; 2] = [f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0];

/// What a formula may ask of the month that it is evaluated in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MonthName {
    /// Its number, from 1.
    Month,
    /// Its number in the year.
    CalendarMonth,
    /// Its requests.
    Requests,
    /// Months since the option's launch.
    SinceLaunch,
    /// Months since its last training.
    SinceTraining,
}

impl MonthName {
    /// Every one of them.
    pub const ALL: [MonthName; 5] = [
        MonthName::Month,
        MonthName::CalendarMonth,
        MonthName::Requests,
        MonthName::SinceLaunch,
        MonthName::SinceTraining,
    ];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            MonthName::Month => "month",
            MonthName::CalendarMonth => "calendar_month",
            MonthName::Requests => "requests",
            MonthName::SinceLaunch => "months_since_launch",
            MonthName::SinceTraining => "months_since_training",
        }
    }

    /// The one with a name.
    pub fn named(name: &str) -> Option<MonthName> {
        MonthName::ALL.into_iter().find(|x| x.name() == name)
    }
}

/// What stands for what where a quantity is written anew; remembers what it has written.
#[derive(Clone, Debug, Default)]
pub struct Rewriting {
    /// Registers that stand for others.
    pub known: HashMap<Reg, Reg>,
    /// The month whose numbers stand for levels.
    pub month: Option<usize>,
}

impl Rewriting {
    /// Some registers stand for others.
    pub fn of(known: impl IntoIterator<Item = (Reg, Reg)>) -> Rewriting {
        Rewriting { known: known.into_iter().collect(), month: None }
    }

    /// The numbers of a month stand for levels, and some registers for others.
    pub fn at(month: usize, known: impl IntoIterator<Item = (Reg, Reg)>) -> Rewriting {
        Rewriting { month: Some(month), ..Rewriting::of(known) }
    }
}

impl Builder {
    /// Whether a register differs by month.
    pub fn is_monthly(&self, register: Reg) -> bool {
        self.monthly.contains_key(&register)
    }

    /// Its numbers by month, if they are the same in every trial.
    pub fn level(&self, register: Reg) -> Option<Level> {
        self.levels.get(&register).cloned()
    }

    /// A register with a number for each month, from 0.
    pub fn by_month(&mut self, numbers: Vec<f64>) -> Reg {
        if let Some(first) = numbers.first().filter(|first| numbers.iter().all(|x| x.to_bits() == first.to_bits())) {
            return self.number(*first);
        }
        let is_same = |level: &Level| level.iter().zip(&numbers).all(|(a, b)| a.to_bits() == b.to_bits());
        if let Some((known, _)) = self.levels.iter().find(|(_, level)| is_same(level)) {
            return *known;
        }
        let register = self.fresh();
        self.monthly.insert(register, 0);
        self.levels.insert(register, numbers.into());
        register
    }

    /// A register that is written anew in each month, from outside the program.
    pub fn outside(&mut self) -> Reg {
        let register = self.fresh();
        let number = self.sources.len().min(u64::BITS as usize - 1);
        self.sources.push(register);
        self.monthly.insert(register, 1 << number);
        register
    }

    /// What follows from numbers that are the same in every trial, of which one at least differs by month.
    pub(super) fn folded(&mut self, read: &[Reg], apply: impl Fn(&[f64]) -> f64) -> Option<Reg> {
        if self.levels.len() >= MOST_LEVELS || !read.iter().any(|r| self.levels.contains_key(r)) {
            return None;
        }
        let known = read.iter().map(|r| self.numbers(*r)).collect::<Option<Vec<Level>>>()?;
        let months = 0..=self.horizon();
        let numbers = months.map(|m| apply(&known.iter().map(|level| level[m]).collect::<Vec<f64>>())).collect();
        Some(self.by_month(numbers))
    }

    /// The level of a register, or its number in every month.
    pub fn numbers(&self, register: Reg) -> Option<Level> {
        let constant = || self.constant(register).map(|x| vec![x; self.horizon() + 1].into());
        self.level(register).or_else(constant)
    }

    /// Whether a register reads one of the first 63 that are written from outside, directly or through others.
    pub fn reads(&self, register: Reg, source: Reg) -> bool {
        let of = |r: Reg| self.monthly.get(&r).copied().unwrap_or_default();
        of(register) & of(source) != 0
    }

    /// The operations that a monthly register comes from and that differ by month, in order, up to what is known.
    fn monthly_steps(&self, register: Reg, known: &HashMap<Reg, Reg>) -> Vec<usize> {
        let (mut left, mut found) = (vec![register], BTreeSet::new());
        while let Some(register) = left.pop() {
            let made =
                self.made_by.get(&register).filter(|_| self.is_monthly(register) && !known.contains_key(&register));
            if let Some(made) = made.filter(|made| found.insert(**made)) {
                left.extend(self.ops[*made].reads());
            }
        }
        found.into_iter().collect()
    }

    /// What a register is where some stand for others. Those that nothing changes in stay as they are.
    pub fn rewritten(&mut self, register: Reg, rewriting: &mut Rewriting) -> Reg {
        for i in self.monthly_steps(register, &rewriting.known) {
            let op = self.ops[i].clone();
            let read = op.reads();
            let other: Vec<Reg> = read.iter().map(|r| self.standing_for(*r, rewriting)).collect();
            let out = if other == read { op.out() } else { self.again(&op, &other) };
            rewriting.known.insert(op.out(), out);
        }
        self.standing_for(register, rewriting)
    }

    fn standing_for(&mut self, register: Reg, rewriting: &Rewriting) -> Reg {
        if let Some(other) = rewriting.known.get(&register) {
            return *other;
        }
        match rewriting.month.zip(self.level(register)) {
            Some((month, level)) => self.number(level[month]),
            None => register,
        }
    }

    /// An operation with other registers.
    fn again(&mut self, op: &Op, read: &[Reg]) -> Reg {
        match op {
            Op::Draw(_, out) => *out,
            Op::Unary(function, ..) => self.unary(*function, read[0]),
            Op::Binary(function, ..) => self.binary(*function, read[0], read[1]),
            Op::Select(comparison, ..) => self.select(*comparison, [read[0], read[1], read[2], read[3]]),
            Op::Clamp(check, ..) => self.held_to(*check, read[0]),
        }
    }

    /// Numbers of the trial, each with the level that it is multiplied by: the register is their sum. `None` where there
    /// are no such few.
    pub fn separated(&mut self, register: Reg) -> Parts {
        self.parts(register, DEEPEST, &mut HashMap::new())
    }

    /// The same of a part of it; what has been looked at before is known.
    fn parts(&mut self, register: Reg, depth: u32, seen: &mut Seen<Parts>) -> Parts {
        if let Some(known) = seen.get(&register) {
            return known.clone();
        }
        let found = self.parts_of(register, depth, seen);
        seen.insert(register, found.clone());
        found
    }

    fn parts_of(&mut self, register: Reg, depth: u32, seen: &mut Seen<Parts>) -> Parts {
        let one = self.number(1.0);
        if let Some(level) = self.level(register) {
            return Some(vec![(one, level)]);
        }
        if !self.is_monthly(register) {
            return Some(vec![(register, vec![1.0; self.horizon() + 1].into())]);
        }
        let op = self.ops[*self.made_by.get(&register)?].clone();
        let depth = depth.checked_sub(1)?;
        let parts = match op {
            Op::Unary(Unary::Negate, a, _) => scaled(self.parts(a, depth, seen)?, |_, x| -x),
            Op::Binary(Binary::Add, a, b, _) => [self.parts(a, depth, seen)?, self.parts(b, depth, seen)?].concat(),
            Op::Binary(Binary::Subtract, a, b, _) => {
                [self.parts(a, depth, seen)?, scaled(self.parts(b, depth, seen)?, |_, x| -x)].concat()
            }
            Op::Binary(Binary::Multiply, a, b, _) => self.products(a, b, depth, seen)?,
            Op::Binary(Binary::Divide, a, b, _) => self.quotients(a, b, depth, seen)?,
            Op::Select(comparison, parts, _) => self.switched(comparison, parts, depth, seen)?,
            _ => return None,
        };
        (parts.len() <= MOST_PARTS).then_some(parts)
    }

    fn products(&mut self, a: Reg, b: Reg, depth: u32, seen: &mut Seen<Parts>) -> Parts {
        let (left, right) = (self.parts(a, depth, seen)?, self.parts(b, depth, seen)?);
        let mut products = Vec::new();
        for (x, level) in &left {
            for (y, other) in &right {
                products.push((self.multiply(*x, *y), level.iter().zip(&**other).map(|(a, b)| a * b).collect()));
            }
        }
        Some(products)
    }

    fn quotients(&mut self, a: Reg, b: Reg, depth: u32, seen: &mut Seen<Parts>) -> Parts {
        let [(divisor, other)] = <[_; 1]>::try_from(self.parts(b, depth, seen)?).ok()?;
        if other.contains(&0.0) {
            return None;
        }
        let parts = scaled(self.parts(a, depth, seen)?, |m, x| x / other[m]);
        Some(parts.into_iter().map(|(x, level)| (self.binary(Binary::Divide, x, divisor), level)).collect())
    }

    /// Two quantities, between which a month decides.
    fn switched(&mut self, comparison: Comparison, parts: [Reg; 4], depth: u32, seen: &mut Seen<Parts>) -> Parts {
        let [x, y] = [self.numbers(parts[0])?, self.numbers(parts[1])?];
        if x.iter().chain(&*y).any(|x| x.is_nan()) {
            return None;
        }
        let taken = |m: usize| holds(comparison, x[m], y[m]);
        let then = scaled(self.parts(parts[2], depth, seen)?, |m, x| if taken(m) { x } else { 0.0 });
        let otherwise = scaled(self.parts(parts[3], depth, seen)?, |m, x| if taken(m) { 0.0 } else { x });
        Some([then, otherwise].concat())
    }

    /// Whether a monthly register keeps within a range, and is finite, from month 1 on in every trial.
    pub fn months_stay_within(&mut self, register: Reg, low: f64, high: f64) -> bool {
        let Some(parts) = self.separated(register) else { return false };
        let ends: Vec<[f64; 2]> = parts.iter().map(|(x, _)| self.bounds(*x, ALL_TRIALS)).collect();
        (1..=self.horizon()).all(|m| {
            let sums = parts.iter().zip(&ends).fold([0.0, 0.0], |sums, ((_, level), [a, b])| {
                let (a, b) = (a * level[m], b * level[m]);
                [sums[0] + a.min(b), sums[1] + a.max(b)]
            });
            sums.iter().all(|x| x.is_finite()) && sums[0] >= low && sums[1] <= high
        })
    }

    /// What a number of the trial lies between wherever its variables' coordinates do; infinite ends where that is not
    /// known.
    pub fn bounds(&self, register: Reg, coordinates: [f64; 2]) -> [f64; 2] {
        self.bounded(register, coordinates, (DEEPEST, &mut HashMap::new()))
    }

    fn bounded(&self, register: Reg, coordinates: [f64; 2], (depth, seen): (u32, &mut Seen<[f64; 2]>)) -> [f64; 2] {
        if let Some(known) = seen.get(&register) {
            return *known;
        }
        let found = match (self.constant(register), self.made_by.get(&register), depth.checked_sub(1)) {
            (Some(x), ..) => [x; 2],
            (None, Some(made), Some(depth)) => self.bounds_of(&self.ops[*made], coordinates, (depth, &mut *seen)),
            _ => UNKNOWN,
        };
        let found = if found.iter().any(|x| x.is_nan()) { UNKNOWN } else { found };
        seen.insert(register, found);
        found
    }

    fn bounds_of(&self, op: &Op, coordinates: [f64; 2], (depth, seen): (u32, &mut Seen<[f64; 2]>)) -> [f64; 2] {
        let read: Vec<[f64; 2]> =
            op.reads().iter().map(|r| self.bounded(*r, coordinates, (depth, &mut *seen))).collect();
        match (op, &read[..]) {
            (Op::Draw(variable, _), _) => match &self.variables[*variable].law {
                Law::Fixed(quantiles) => coordinates.map(|u| quantiles.quantile(u)),
                Law::Varying(_) | Law::Choice(_) => UNKNOWN,
            },
            (Op::Unary(Unary::Negate, ..), [a]) => [-a[1], -a[0]],
            (Op::Clamp(check, ..), [a]) => a.map(|x| x.max(self.checks[*check].low).min(self.checks[*check].high)),
            (Op::Binary(Binary::Add, ..), [a, b]) => [a[0] + b[0], a[1] + b[1]],
            (Op::Binary(Binary::Subtract, ..), [a, b]) => [a[0] - b[1], a[1] - b[0]],
            (Op::Binary(Binary::Multiply, ..), [a, b]) => corners(*a, *b, |x, y| x * y),
            (Op::Binary(Binary::Divide, ..), [a, b]) if b[0] > 0.0 => corners(*a, *b, |x, y| x / y),
            (Op::Binary(Binary::Min, ..), [a, b]) => [a[0].min(b[0]), a[1].min(b[1])],
            (Op::Binary(Binary::Max, ..), [a, b]) => [a[0].max(b[0]), a[1].max(b[1])],
            (Op::Select(..), [_, _, a, b]) => [a[0].min(b[0]), a[1].max(b[1])],
            _ => UNKNOWN,
        }
    }
}

/// Bounds that say nothing.
const UNKNOWN: [f64; 2] = [f64::NEG_INFINITY, f64::INFINITY];

fn scaled(parts: Vec<(Reg, Level)>, by: impl Fn(usize, f64) -> f64) -> Vec<(Reg, Level)> {
    let level = |level: Level| level.iter().enumerate().map(|(m, x)| by(m, *x)).collect();
    parts.into_iter().map(|(x, of)| (x, level(of))).collect()
}

/// The ends of what follows from two ranges, for functions that are monotone in each.
fn corners([a, b]: [f64; 2], [c, d]: [f64; 2], of: impl Fn(f64, f64) -> f64) -> [f64; 2] {
    let all = [of(a, c), of(a, d), of(b, c), of(b, d)];
    if all.iter().any(|x| x.is_nan()) {
        return UNKNOWN;
    }
    [all.into_iter().fold(f64::INFINITY, f64::min), all.into_iter().fold(f64::NEG_INFINITY, f64::max)]
}
