//! Location and scale from two percentiles.

use super::BadParameter;
use super::bad_parameter::show;
use crate::math::normal;

/// How a percentile is written: `p5`, `p2.5`.
pub(crate) fn name(probability: f64) -> String {
    // 0.07·100 is not quite 7
    let percent = (probability * 1e12).round() / 1e10;
    format!("p{percent}")
}

/// The normal through two percentiles of `scaled` (the values, or their logarithms), as (mean, sd); equal values give sd 0.
/// `written` are the values for the message. The probabilities may come in either order.
pub(crate) fn line(probabilities: [f64; 2], scaled: [f64; 2], written: [f64; 2]) -> Result<(f64, f64), BadParameter> {
    let (low, high) = if probabilities[0] <= probabilities[1] { (0, 1) } else { (1, 0) };
    let (p, q) = (probabilities[low], probabilities[high]);
    if !(p > 0.0 && q < 1.0 && p < q) {
        return BadParameter::err(
            &[0, 1],
            "two different percentiles between p0 and p100 are needed",
            "write for example p5 and p95",
        );
    }
    if scaled[low] > scaled[high] {
        let (p, q, a, b) = (name(p), name(q), show(written[low]), show(written[high]));
        let message = format!("{p} must not be above {q}, is {a} > {b}");
        return BadParameter::err(&[0, 1], message, format!("exchange them: {p}={b}, {q}={a}"));
    }
    if scaled[low] == scaled[high] {
        return Ok((scaled[low], 0.0));
    }
    let (z, w) = (normal::quantile(p), normal::quantile(q));
    let sd = (scaled[high] - scaled[low]) / (w - z);
    Ok((scaled[low] - sd * z, sd))
}
