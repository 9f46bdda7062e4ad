//! Where the ticks of an axis lie.

use crate::math;
/// More than anyone reads; a guard against a step lost in rounding.
const MOST: usize = 60;

/// The one of 1, 2, 5 times a power of ten that is nearest to the span over `target`.
pub fn round_step(span: f64, target: f64) -> f64 {
    let raw = span / target;
    let power = math::powi(10.0, math::log10(raw).floor() as i32);
    let factor = match raw / power {
        ..1.5 => 1.0,
        ..3.5 => 2.0,
        ..7.5 => 5.0,
        _ => 10.0,
    };
    factor * power
}

/// Whole months, quarters, years.
pub fn month_step(span: f64, target: f64) -> f64 {
    let raw = span / target;
    let steps = [1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 60.0, 120.0];
    steps.into_iter().find(|&step| step >= raw).unwrap_or_else(|| round_step(span, target))
}

/// The multiples of the step within the range.
pub fn multiples(low: f64, high: f64, step: f64) -> Vec<f64> {
    let first = (low / step - 1e-6).ceil();
    let count = ((high / step + 1e-6).floor() - first + 1.0).clamp(0.0, MOST as f64) as usize;
    // Adding zero turns a negative zero into a plain one.
    (0..count).map(|i| (first + i as f64) * step + 0.0).collect()
}

/// Powers of ten, and between them two and five times these where there is room.
pub fn decades(low: f64, high: f64) -> Vec<f64> {
    let (first, last) = (math::log10(low).floor() as i32, math::log10(high).ceil() as i32);
    let factors: &[f64] = if math::log10(high) - math::log10(low) <= 4.5 { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let every = ((last - first) / 10 + 1) as usize;
    let candidates =
        (first..=last).step_by(every).flat_map(|power| factors.iter().map(move |f| f * math::powi(10.0, power)));
    candidates.filter(|&tick| tick >= low * (1.0 - 1e-9) && tick <= high * (1.0 + 1e-9)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert_eq!(round_step(100.0, 5.0), 20.0);
        assert_eq!(round_step(0.9, 5.0), 0.2);
        assert_eq!(month_step(36.0, 8.0), 6.0);
        assert_eq!(month_step(600.0, 8.0), 120.0);
    }

    #[test]
    fn ticks_stay_within_the_range() {
        assert_eq!(multiples(-5.0, 11.0, 5.0), [-5.0, 0.0, 5.0, 10.0]);
        assert!(multiples(1e15, 1e15 + 1e-3, 1e-9).len() <= MOST);
        assert_eq!(decades(100.0, 1000.0), [100.0, 200.0, 500.0, 1000.0]);
        assert!(decades(1e-300, 1e300).len() < 12);
    }
}
