//! The numbers whose product a cost line is.

use crate::quantity::ast::Binary;
use crate::quantity::{Builder, Reg};

/// What a factor is, and how it is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// So many of something.
    Count(&'static str),
    /// So many of something, said where it is not one.
    Repeats(&'static str),
    /// Units of the line's driver in each of its basis: both are counted together.
    Units(&'static str),
    /// A share of something.
    Share(&'static str),
    /// The share of the basis that the line is for, said where it is not all: units are counted after it.
    Reach(&'static str),
    /// A level above or below the usual one, said where it is not that.
    Level(&'static str),
    /// Money, and per what.
    Money(&'static str),
    /// Money per million.
    PerMillion,
}

impl Role {
    fn is_money(self) -> bool {
        matches!(self, Role::Money(_) | Role::PerMillion)
    }

    fn is_reach(self) -> bool {
        matches!(self, Role::Reach(_))
    }

    fn is_count(self) -> bool {
        matches!(self, Role::Count(_) | Role::Repeats(_) | Role::Units(_))
    }
}

/// One number of a product, in the order in which they are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Its value.
    pub amount: Reg,
    /// What it is.
    pub role: Role,
}

impl Factor {
    /// A factor.
    pub fn new(amount: Reg, role: Role) -> Factor {
        Factor { amount, role }
    }
}

/// The product of some factors but those of reach. Money comes first, then shares, then counts, since prices are rather the same in every
/// trial than tokens are, and what is the same is multiplied once for all.
pub(super) fn cost(builder: &mut Builder, factors: &[Factor]) -> Reg {
    let money = factors.iter().filter(|f| f.role.is_money());
    let shares = factors.iter().filter(|f| !f.role.is_money() && !f.role.is_count() && !f.role.is_reach());
    let counts = factors.iter().filter(|f| f.role.is_count());
    let mut ordered: Vec<Reg> = money.chain(shares).chain(counts).map(|f| f.amount).collect();
    let last = ordered.pop();
    let mut product = multiply(builder, ordered);
    if factors.iter().any(|f| f.role == Role::PerMillion) {
        product = millions(builder, product);
    }
    last.map_or(product, |last| builder.multiply(product, last))
}

/// The share of its basis that a line is for.
pub(super) fn reach(builder: &mut Builder, factors: &[Factor]) -> Reg {
    multiply(builder, factors.iter().filter(|f| f.role.is_reach()).map(|f| f.amount))
}

/// Units of a driver in each of its basis, of which so many reach the line: millions of what is counted where money is per
/// million.
pub(super) fn units(builder: &mut Builder, factors: &[Factor], reach: Reg) -> Reg {
    let each = if let Some(units) = factors.iter().find(|f| matches!(f.role, Role::Units(_))) {
        units.amount
    } else if factors.iter().any(|f| f.role == Role::PerMillion) {
        let counts: Vec<Reg> = factors.iter().filter(|f| f.role.is_count()).map(|f| f.amount).collect();
        let all = multiply(builder, counts);
        millions(builder, all)
    } else {
        builder.number(1.0)
    };
    builder.multiply(each, reach)
}

/// A number of something in millions.
pub(super) fn millions(builder: &mut Builder, all: Reg) -> Reg {
    let million = builder.number(1e6);
    builder.binary(Binary::Divide, all, million)
}

/// The product of some numbers.
pub(super) fn multiply(builder: &mut Builder, factors: impl IntoIterator<Item = Reg>) -> Reg {
    let one = builder.number(1.0);
    factors.into_iter().fold(one, |product, factor| builder.multiply(product, factor))
}
