//! Parts of what an option costs that are added up by themselves.

use super::line::CostLine;
use super::pace::Calendar;
use super::term::{self, Term};
use crate::quantity::{Builder, Reg};
use crate::scenario::CostKind;

/// A part of the costs of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostPart {
    /// All of them.
    All,
    /// What no invoice or payroll shows: bad answers, and kinds other than vendors and people.
    Soft,
    /// What vendors are paid.
    Vendor,
    /// Bad answers.
    Quality,
}

impl CostPart {
    /// How many there are.
    pub const COUNT: usize = 4;
    /// Every one of them.
    pub const ALL: [CostPart; CostPart::COUNT] = [CostPart::All, CostPart::Soft, CostPart::Vendor, CostPart::Quality];

    /// Its place among them.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether costs of a kind are among it.
    pub fn includes(self, kind: CostKind) -> bool {
        match self {
            CostPart::All => true,
            CostPart::Soft => kind.is_soft(),
            CostPart::Vendor => kind == CostKind::Vendor,
            CostPart::Quality => kind == CostKind::Quality,
        }
    }
}

/// The costs of a part.
#[derive(Clone, Debug)]
pub struct PartCosts {
    /// Of month 0.
    pub once: Reg,
    /// Running ones, added up by driver.
    pub terms: Vec<Term>,
}

impl PartCosts {
    /// Those of some lines in month 0; running ones are not yet added up.
    pub(super) fn once(builder: &mut Builder, lines: &[CostLine]) -> [PartCosts; CostPart::COUNT] {
        CostPart::ALL.map(|part| PartCosts {
            once: term::once(builder, lines, |line| part.includes(line.kind)),
            terms: Vec::new(),
        })
    }

    /// Adds up the running ones.
    pub(super) fn add_up(
        parts: &mut [PartCosts; CostPart::COUNT],
        builder: &mut Builder,
        calendar: &Calendar,
        lines: (usize, &[CostLine]),
        requests: Reg,
    ) {
        for part in CostPart::ALL {
            parts[part.index()].terms =
                term::terms(builder, calendar, lines, requests, |line| part.includes(line.kind));
        }
    }
}
