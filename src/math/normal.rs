//! The standard normal distribution.

use super::{Level, erfc, exp, ln};
use std::f64::consts::FRAC_1_SQRT_2;

/// 1/√(2π).
const PEAK: f64 = 0.398_942_280_401_432_7;

/// The density at `x`.
pub fn pdf(x: f64) -> f64 {
    PEAK * exp(-0.5 * x * x)
}

/// The probability at or below `x`, accurate in the lower tail too.
pub fn cdf(x: f64) -> f64 {
    0.5 * erfc(-x * FRAC_1_SQRT_2)
}

/// The probabilities at or below and above `x`, each to full relative precision.
pub fn level(x: f64) -> Level {
    Level { below: cdf(x), above: cdf(-x) }
}

/// The quantile function: −∞ at 0, ∞ at 1, NaN outside.
pub fn quantile(u: f64) -> f64 {
    quantile_at(Level { below: u, above: 1.0 - u })
}

/// The quantile function by Wichura (1988), algorithm AS 241, PPND16: rational functions good to about 1 part in 10¹⁶.
#[inline]
pub fn quantile_at(level: Level) -> f64 {
    let centred = level.below - 0.5;
    if centred.abs() <= 0.425 {
        let r = 0.180_625 - centred * centred;
        return centred * horner(&CENTRE_TOP, r) / horner(&CENTRE_BOTTOM, r);
    }
    let tail = if centred < 0.0 { level.below } else { level.above };
    let r = (-ln(tail)).sqrt();
    let size = if r <= 5.0 {
        horner(&MIDDLE_TOP, r - 1.6) / horner(&MIDDLE_BOTTOM, r - 1.6)
    } else if r == f64::INFINITY {
        r
    } else {
        horner(&FAR_TOP, r - 5.0) / horner(&FAR_BOTTOM, r - 5.0)
    };
    if centred < 0.0 { -size } else { size }
}

/// A polynomial with its coefficients in ascending order.
#[inline]
fn horner(coefficients: &[f64; 8], x: f64) -> f64 {
    let mut sum = coefficients[7];
    for c in coefficients[..7].iter().rev() {
        sum = sum * x + c;
    }
    sum
}

#[rustfmt::skip]
const CENTRE_TOP: [f64; 8] = [
    3.387_132_872_796_366_5, 133.141_667_891_784_38, 1_971.590_950_306_551_3, 13_731.693_765_509_46,
    45_921.953_931_549_87, 67_265.770_927_008_7, 33_430.575_583_588_13, 2_509.080_928_730_122_7,
];
#[rustfmt::skip]
const CENTRE_BOTTOM: [f64; 8] = [
    1.0, 42.313_330_701_600_91, 687.187_007_492_057_9, 5_394.196_021_424_751,
    21_213.794_301_586_597, 39_307.895_800_092_71, 28_729.085_735_721_943, 5_226.495_278_852_545,
];
#[rustfmt::skip]
const MIDDLE_TOP: [f64; 8] = [
    1.423_437_110_749_683_5, 4.630_337_846_156_546, 5.769_497_221_460_691, 3.647_848_324_763_204_5,
    1.270_458_252_452_368_4, 0.241_780_725_177_450_6, 0.022_723_844_989_269_184, 7.745_450_142_783_414e-4,
];
#[rustfmt::skip]
const MIDDLE_BOTTOM: [f64; 8] = [
    1.0, 2.053_191_626_637_759, 1.676_384_830_183_803_8, 0.689_767_334_985_1,
    0.148_103_976_427_480_08, 0.015_198_666_563_616_457, 5.475_938_084_995_345e-4, 1.050_750_071_644_416_8e-9,
];
#[rustfmt::skip]
const FAR_TOP: [f64; 8] = [
    6.657_904_643_501_103, 5.463_784_911_164_114, 1.784_826_539_917_291_3, 0.296_560_571_828_504_87,
    0.026_532_189_526_576_124, 0.001_242_660_947_388_078_4, 2.711_555_568_743_487_6e-5, 2.010_334_399_292_288_1e-7,
];
#[rustfmt::skip]
const FAR_BOTTOM: [f64; 8] = [
    1.0, 0.599_832_206_555_888, 0.136_929_880_922_735_8, 0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4, 1.846_318_317_510_054_8e-5, 1.421_511_758_316_446e-7, 2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions_agree() {
        for i in 1..2000 {
            let x = f64::from(i) * 0.02 - 20.0;
            let back = quantile_at(level(x));
            assert!((back - x).abs() <= 2e-14 * (1.0 + x.abs()), "{x} {back}");
        }
    }

    #[test]
    fn ends() {
        assert_eq!(quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(quantile(1.0), f64::INFINITY);
        assert_eq!(quantile(0.5), 0.0);
        assert!(quantile(f64::NAN).is_nan());
    }
}
