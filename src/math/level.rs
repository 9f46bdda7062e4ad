//! A probability together with its complement.

/// A probability level u and 1 − u, both to full relative precision: in the upper tail `below` alone would lose the digits
/// that tell 1 − 1e-20 from 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// The probability at or below the point.
    pub below: f64,
    /// The probability above it.
    pub above: f64,
}

impl Level {
    /// All probability lies above.
    pub const NONE: Level = Level { below: 0.0, above: 1.0 };
    /// All probability lies at or below.
    pub const ALL: Level = Level { below: 1.0, above: 0.0 };

    /// The level `u`, brought into [2⁻¹⁰⁷⁴, 1 − 2⁻⁵³] so that a quantile function is never asked for its ends.
    /// NaN stays NaN.
    #[inline]
    pub fn new(u: f64) -> Level {
        let below = u.clamp(f64::from_bits(1), 1.0 - f64::EPSILON / 2.0);
        Level { below, above: 1.0 - below }
    }

    /// From the probability below.
    pub fn from_below(p: f64) -> Level {
        let below = p.clamp(0.0, 1.0);
        Level { below, above: 1.0 - below }
    }

    /// From the probability above.
    pub fn from_above(q: f64) -> Level {
        let above = q.clamp(0.0, 1.0);
        Level { below: 1.0 - above, above }
    }

    /// The level seen from the other end.
    pub fn mirrored(self) -> Level {
        Level { below: self.above, above: self.below }
    }

    /// Whether a cumulative probability `self` is at least the wanted `level`, compared on the side that has the digits.
    #[inline]
    pub fn reaches(self, level: Level) -> bool {
        if level.below <= 0.5 { self.below >= level.below } else { self.above <= level.above }
    }
}
