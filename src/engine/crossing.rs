//! Where along a variable two options cost the same on average, by evaluating the model there.
//!
//! Slices tell only between which of them the options change places; where in between, no line through their means tells if
//! the mean is curved, jumps, or hangs on few trials. So the model is evaluated with the variable held, with the same
//! random numbers at every value, until the two cost the same to within a small part of the error of their difference: by
//! the Illinois method (M. Dowell and P. Jarratt, BIT 11, 1971), which keeps the crossing between two values.

use super::held::{CoordinateMeans, HeldInput};
use super::watch::Halt;
use crate::information::{Border, Crossing};
use crate::math::normal;
use crate::sample::coordinate;
use crate::stats::{Estimate, Order};

/// Evaluations of one crossing: enough to halve a range down to the last digits.
const EVALUATIONS: usize = 60;
/// Widenings of a range that holds no crossing.
const WIDENINGS: usize = 6;
/// The distance of coordinates, as normal quantiles, at which they are one.
const CLOSE: f64 = 1e-11;
/// As far as is looked for how steep a difference is, as a normal quantile.
const FARTHEST: f64 = 4.0;
/// A difference of so many errors is none.
const NONE: f64 = 0.1;

/// Two options that are compared, with what is added to their difference by randomisation: nothing, or what is known of it
/// from the whole of each.
#[derive(Clone)]
struct Pair {
    options: [usize; 2],
    of_whole: Vec<f64>,
}

/// A coordinate at which two options were compared.
#[derive(Clone)]
struct End {
    z: f64,
    at: CoordinateMeans,
    /// How much more the option below costs there than the one above, with its error.
    difference: Estimate,
    /// The same as the method weighs it.
    weighed: f64,
}

/// Looks for the crossings of a variable with one held.
pub struct Finder<'a> {
    /// The variable, held.
    pub held: &'a HeldInput<'a>,
    /// The options that can be the cheapest.
    pub candidates: &'a [usize],
}

impl Finder<'_> {
    /// The crossings at a border: one, two where a third option is the cheapest between them, none where the model does
    /// not bear out what the slices say.
    ///
    /// # Errors
    /// A value that is not finite.
    pub fn crossings(&self, border: Border) -> Result<Vec<Crossing>, Halt> {
        let (pair, middle) = self.pair(border.options, normal::quantile(border.at))?;
        let Some([low, high]) = self.bracket(&pair, &middle, border)? else { return Ok(Vec::new()) };
        let (first, root) = self.solve(&pair, [low.clone(), high.clone()])?;
        let Some(third) = self.undercut(border.options, &root.at) else { return Ok(vec![first]) };
        let [below, above] = border.options;
        let within = border.within.map(normal::quantile);
        let lower = self.between([below, third], [low.z, root.z], [within[0], root.z])?;
        let upper = self.between([third, above], [root.z, high.z], [root.z, within[1]])?;
        Ok(lower.zip(upper).map_or_else(|| vec![first], |(lower, upper)| vec![lower, upper]))
    }

    /// The crossing of two options between some coordinates, or else between others farther apart.
    fn between(&self, options: [usize; 2], near: [f64; 2], far: [f64; 2]) -> Result<Option<Crossing>, Halt> {
        let (pair, middle) = self.pair(options, 0.5 * (near[0] + near[1]))?;
        for ends in [near, far] {
            if let Some(ends) = self.straddle(&pair, &middle, ends)? {
                return Ok(Some(self.solve(&pair, ends)?.0));
            }
        }
        Ok(None)
    }

    fn end(&self, pair: &Pair, z: f64) -> Result<End, Halt> {
        Ok(pair.compared(z, self.held.at(coordinate(z))?))
    }

    /// Two options, with the offsets of whole randomisations where these make the difference at a coordinate more certain:
    /// a control variate. They do not where the held variable itself has the larger part in how randomisations differ. With
    /// them, how they compare there.
    fn pair(&self, options: [usize; 2], z: f64) -> Result<(Pair, End), Halt> {
        let at = self.held.at(coordinate(z))?;
        let [alone, helped] = [Vec::new(), self.held.offsets(options[0], options[1])].map(|of_whole| {
            let pair = Pair { options, of_whole };
            let end = pair.compared(z, at.clone());
            (pair, end)
        });
        let error = |(_, end): &(Pair, End)| end.difference.std_error.unwrap_or(f64::INFINITY);
        Ok(if error(&helped) < error(&alone) { helped } else { alone })
    }

    /// Two coordinates with the crossing between them: one is the middle.
    fn bracket(&self, pair: &Pair, middle: &End, border: Border) -> Result<Option<[End; 2]>, Halt> {
        let [least, most] = border.within;
        let mut reach = border.reach;
        for _ in 0..WIDENINGS {
            let ends = [(border.at - reach[0]).max(least), (border.at + reach[1]).min(most)].map(normal::quantile);
            if let Some(ends) = self.straddle(pair, middle, ends)? {
                return Ok(Some(ends));
            }
            reach = reach.map(|reach| 2.0 * reach);
        }
        Ok(None)
    }

    /// The middle with that of two coordinates between which and it the crossing is, if it is there.
    fn straddle(&self, pair: &Pair, middle: &End, [low, high]: [f64; 2]) -> Result<Option<[End; 2]>, Halt> {
        let is_below = middle.difference.value >= 0.0;
        let end = self.end(pair, if is_below { low } else { high })?;
        let ends = if is_below { [end, middle.clone()] } else { [middle.clone(), end] };
        let is_between = ends[0].difference.value < 0.0 && ends[1].difference.value >= 0.0;
        Ok(is_between.then_some(ends))
    }

    /// The crossing within a range, and what is there.
    fn solve(&self, pair: &Pair, [mut low, mut high]: [End; 2]) -> Result<(Crossing, End), Halt> {
        let mut seen = vec![low.clone(), high.clone()];
        let width = high.z - low.z;
        let mut last = if low.weighed.abs() < high.weighed { low.clone() } else { high.clone() };
        for k in 0..EVALUATIONS {
            if last.is_none() || high.z - low.z <= CLOSE {
                break;
            }
            let share = low.weighed / (low.weighed - high.weighed);
            // Every third step halves: of a jump nothing else would find the place soon.
            let share = if k % 3 == 2 || !(0.0..=1.0).contains(&share) { 0.5 } else { share.clamp(1e-3, 1.0 - 1e-3) };
            let next = self.end(pair, low.z + share * (high.z - low.z))?;
            if next.difference.value < 0.0 {
                high.weighed *= if last.difference.value < 0.0 { 0.5 } else { 1.0 };
                low = next.clone();
            } else {
                low.weighed *= if last.difference.value < 0.0 { 1.0 } else { 0.5 };
                high = next.clone();
            }
            seen.push(next.clone());
            last = next;
        }
        self.reach_out(pair, &last, width, &mut seen)?;
        let error = error(&last, &seen, high.at.value - low.at.value);
        let at = Estimate::new(last.at.value, error, last.difference.freedom);
        let [below, above] = pair.options;
        Ok((Crossing { below, above, at, between: None }, last))
    }

    /// Sees to places on both sides of a crossing at which the difference is told from none, as far as there are some:
    /// without them nothing tells how steep it is.
    fn reach_out(&self, pair: &Pair, found: &End, width: f64, seen: &mut Vec<End>) -> Result<(), Halt> {
        for side in [-1.0, 1.0] {
            let mut step = width;
            for _ in 0..WIDENINGS {
                let is_there = |end: &End| end.is_far_from(found) && (end.z - found.z) * side > 0.0;
                if seen.iter().any(is_there) || (found.z + side * step).abs() > FARTHEST {
                    break;
                }
                seen.push(self.end(pair, found.z + side * step)?);
                step *= 2.0;
            }
        }
        Ok(())
    }

    /// An option that costs less than both at a crossing, by more than the error.
    fn undercut(&self, [below, above]: [usize; 2], at: &CoordinateMeans) -> Option<usize> {
        let order = |i: usize| {
            let differences: Vec<f64> = at.totals[i].iter().zip(&at.totals[below]).map(|(a, b)| a - b).collect();
            let size = at.totals[below].iter().map(|x| x.abs()).fold(0.0, f64::max);
            Estimate::of_means(&differences).map_or((Order::Open, 0.0), |d| (d.order(size, 0.999), d.value))
        };
        let others = self.candidates.iter().copied().filter(|i| *i != below && *i != above);
        let less = others.map(|i| (i, order(i))).filter(|(_, (order, _))| *order == Order::Less);
        less.min_by(|a, b| a.1.1.total_cmp(&b.1.1)).map(|(i, _)| i)
    }
}

impl Pair {
    /// The two compared at a coordinate.
    fn compared(&self, z: f64, at: CoordinateMeans) -> End {
        let difference = self.difference(&at);
        End { z, at, weighed: difference.value, difference }
    }

    /// How much more the first costs than the second.
    fn difference(&self, at: &CoordinateMeans) -> Estimate {
        let [below, above] = self.options;
        let differences = at.totals[below].iter().zip(&at.totals[above]).map(|(a, b)| a - b);
        let of_whole = self.of_whole.iter().copied().chain(std::iter::repeat(0.0));
        let differences: Vec<f64> = differences.zip(of_whole).map(|(difference, offset)| difference + offset).collect();
        Estimate::of_means(&differences).unwrap_or(Estimate::exact(f64::NAN))
    }
}

impl End {
    /// Whether the difference is at least twice the error of that at a crossing.
    fn is_far_from(&self, found: &End) -> bool {
        let own = found.difference.std_error.unwrap_or(0.0);
        self.difference.value.abs() >= 2.0 * own && self.z != found.z
    }

    /// Whether the options cost the same there, but for a small part of the error of their difference.
    fn is_none(&self) -> bool {
        self.difference.value.abs() <= NONE * self.difference.std_error.unwrap_or(0.0)
    }
}

/// The error of a crossing: that of the difference there over its slope, on the flatter side; of a difference without error
/// what is left of the range; undefined where nothing tells how steep the difference is. The slope is that to the nearest places seen at which the difference is twice its
/// error or more: a line is not taken for a curve farther than it has to be, nor for noise.
fn error(found: &End, seen: &[End], left: f64) -> f64 {
    let own = found.difference.std_error.unwrap_or(0.0);
    let far = |end: &&End| end.is_far_from(found);
    let nearest = |ends: Vec<&End>| {
        ends.into_iter()
            .min_by(|a, b| (a.z - found.z).abs().total_cmp(&(b.z - found.z).abs()))
            .map(|end| ((end.at.value - found.at.value) / (end.difference.value - found.difference.value)).abs())
    };
    let side = |is_above: bool| nearest(seen.iter().filter(far).filter(|end| (end.z > found.z) == is_above).collect());
    let slopes = [side(false), side(true)].into_iter().flatten().filter(|s| s.is_finite());
    let flattest = slopes.reduce(f64::max);
    if own > 0.0 && flattest.is_none() {
        return f64::NAN;
    }
    (own * flattest.unwrap_or(0.0)).max(left.abs().min(1e-9 * found.at.value.abs()) / 12f64.sqrt())
}
