//! The value of what is varied at which an option costs least.

use super::axis::SweepAxis;
use super::figures::PointFigures;
use super::grid::Sweep;
use crate::stats::Estimate;

/// Points to either side of the least that its curve is taken from.
const REACH: usize = 3;
/// The part of a curve's rise up to which its points are taken: farther off it is no parabola.
const RISE: f64 = 0.1;

/// Where an option costs least.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BestValue {
    /// Between the ends of what was varied, by the parabola through the points around the least. Its error is the spread of
    /// the randomisations' own, which have the same points, and how far the parabola through three of them is off: curves
    /// are none.
    At(Estimate),
    /// Costs fall up to this end.
    AtEnd(f64),
}

/// Where an option costs least along the only axis of a sweep; nothing where it costs the same at all points, up to its
/// error, or values are no numbers.
pub fn best_value(sweep: &Sweep, option: usize) -> Option<BestValue> {
    let [axis] = &sweep.axes[..] else { return None };
    let mut points: Vec<(f64, &PointFigures)> = axis.numbers()?.into_iter().zip(&sweep.points).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let costs: Vec<f64> =
        points.iter().map(|(_, point)| point.options[option].total.map(|e| e.value)).collect::<Option<_>>()?;
    let least = (0..costs.len()).min_by(|a, b| costs[*a].total_cmp(&costs[*b]))?;
    let rise = costs.iter().copied().fold(f64::NEG_INFINITY, f64::max) - costs[least];
    let error = points[least].1.options[option].total.and_then(|e| e.half_width(0.99)).unwrap_or(0.0);
    if rise <= error.max(1e-9 * costs[least].abs()) {
        return None;
    }
    if least == 0 || least + 1 == costs.len() {
        return Some(BestValue::AtEnd(points[least].0));
    }
    let near = |k: &usize| costs[*k] - costs[least] <= RISE * rise || k.abs_diff(least) == 1;
    let below = (least.saturating_sub(REACH)..least).rev().take_while(near).count();
    let above = (least + 1..costs.len().min(least + 1 + REACH)).take_while(near).count();
    let window = least - below..least + above + 1;
    let x: Vec<f64> = points[window.clone()].iter().map(|(x, _)| scale(axis, *x)).collect();
    let vertex_of = |costs: &[f64]| vertex(&x, costs).map(|found| unscale(axis, found));
    let whole = vertex_of(&costs[window.clone()])?;
    let count = points[least].1.options[option].by_randomisation.len();
    let of = |r: usize| -> Vec<f64> {
        points[window.clone()].iter().map(|(_, p)| p.options[option].by_randomisation[r]).collect()
    };
    let parts: Vec<f64> = (0..count).map(|r| vertex_of(&of(r))).collect::<Option<_>>().unwrap_or_default();
    let three: [usize; 3] = std::array::from_fn(|k| least + k - 1);
    let through = vertex(&three.map(|k| scale(axis, points[k].0)), &three.map(|k| costs[k]));
    let bias = through.map_or(0.0, |found| unscale(axis, found) - whole);
    let spread = Estimate::of_means(&parts).and_then(|mean| mean.std_error);
    let error = spread.map(|spread| spread.hypot(bias));
    Some(BestValue::At(match error {
        Some(error) => Estimate::new(whole, error, parts.len() as f64 - 1.0)?,
        None => Estimate::exact(whole),
    }))
}

fn scale(axis: &SweepAxis, x: f64) -> f64 {
    if axis.log { crate::math::ln(x) } else { x }
}

fn unscale(axis: &SweepAxis, x: f64) -> f64 {
    if axis.log { crate::math::exp(x) } else { x }
}

/// Where the parabola that fits best is least, within the points; nothing where it has no least value.
fn vertex(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    let (low, high) = (x[0], x[x.len() - 1]);
    let (middle, half) = (f64::midpoint(low, high), (high - low) / 2.0);
    let u: Vec<f64> = x.iter().map(|x| (x - middle) / half).collect();
    let mean = y.iter().sum::<f64>() / n;
    // Sums of powers, and of these with the costs: the normal equations of a + b u + c u².
    let power = |k: i32| u.iter().map(|u| crate::math::powi(*u, k)).sum::<f64>();
    let with = |k: i32| u.iter().zip(y).map(|(u, y)| crate::math::powi(*u, k) * (y - mean)).sum::<f64>();
    let ([s1, s2, s3, s4], [t0, t1, t2]) = ([1, 2, 3, 4].map(power), [0, 1, 2].map(with));
    let [a, b, c] = [s2 - s1 * s1 / n, s3 - s1 * s2 / n, s4 - s2 * s2 / n];
    let [p, q] = [t1 - s1 * t0 / n, t2 - s2 * t0 / n];
    let determinant = a * c - b * b;
    let (slope, curvature) = ((p * c - q * b) / determinant, (a * q - b * p) / determinant);
    let least = -slope / (2.0 * curvature);
    (curvature > 0.0 && least.is_finite()).then(|| middle + half * least.clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::vertex;

    #[test]
    fn parabolas_are_found_exactly() {
        let x = [1.0, 2.0, 3.5, 4.0, 6.0];
        let y = x.map(|x: f64| 7.0 + 0.5 * (x - 3.2) * (x - 3.2));
        assert!((vertex(&x, &y).unwrap() - 3.2).abs() < 1e-9);
        assert_eq!(vertex(&x, &y.map(|y| -y)), None);
        // One whose least value lies outside ends where the points do.
        assert_eq!(vertex(&x[..3], &y.map(|y| y)[..3]).map(|x| (x * 1e9).round() / 1e9), Some(3.2));
    }
}
