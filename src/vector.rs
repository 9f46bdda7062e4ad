//! Loops over columns, compiled for each instruction set and chosen when the program runs.
//!
//! The loops themselves are plain Rust: the compiler turns them into vector instructions, and never fuses or reorders
//! floating-point operations, so that every instruction set gives the same bits.

use std::sync::atomic::{AtomicU8, Ordering};

/// Instruction sets for which loops are compiled, from the narrowest vectors to the widest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InstructionSet {
    /// What every processor of the target has.
    Baseline,
    /// 256-bit vectors on x86-64.
    Avx2,
    /// 512-bit vectors on x86-64.
    Avx512,
}

impl InstructionSet {
    /// From the narrowest to the widest.
    pub const ALL: [InstructionSet; 3] = [InstructionSet::Baseline, InstructionSet::Avx2, InstructionSet::Avx512];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            InstructionSet::Baseline => "baseline",
            InstructionSet::Avx2 => "avx2",
            InstructionSet::Avx512 => "avx512",
        }
    }

    /// The widest that this processor has.
    pub fn detect() -> InstructionSet {
        #[cfg(target_arch = "x86_64")]
        {
            let wide = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl");
            if wide && is_x86_feature_detected!("avx2") {
                return InstructionSet::Avx512;
            }
            if is_x86_feature_detected!("avx2") {
                return InstructionSet::Avx2;
            }
        }
        InstructionSet::Baseline
    }

    /// The one in use.
    #[inline]
    pub fn current() -> InstructionSet {
        match CURRENT.load(Ordering::Relaxed) {
            0 => InstructionSet::Baseline,
            1 => InstructionSet::Avx2,
            2 => InstructionSet::Avx512,
            _ => InstructionSet::limit(InstructionSet::Avx512),
        }
    }

    /// Uses no wider vectors than these from now on, in the whole process; says what that comes to on this processor.
    /// Results do not depend on it.
    pub fn limit(widest: InstructionSet) -> InstructionSet {
        let used = widest.min(InstructionSet::detect());
        CURRENT.store(used as u8, Ordering::Relaxed);
        used
    }
}

/// The instruction set in use, by number; anything else until it is first asked for.
static CURRENT: AtomicU8 = AtomicU8::new(u8::MAX);

/// Defines functions whose loops are compiled for every [`InstructionSet`], with a choice between them at each call.
macro_rules! kernels {
    ($(
        $(#[$meta:meta])*
        $vis:vis fn $name:ident $(<$(const $g:ident: usize),+>)? ($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? $body:block
    )*) => {$(
        $(#[$meta])*
        #[allow(unsafe_code)]
        $vis fn $name $(<$(const $g: usize),+>)? ($($arg: $ty),*) $(-> $ret)? {
            #[inline(always)]
            fn body $(<$(const $g: usize),+>)? ($($arg: $ty),*) $(-> $ret)? $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn avx2 $(<$(const $g: usize),+>)? ($($arg: $ty),*) $(-> $ret)? { body $(::<$($g),+>)? ($($arg),*) }
                #[target_feature(enable = "avx2,avx512f,avx512bw,avx512dq,avx512vl")]
                fn avx512 $(<$(const $g: usize),+>)? ($($arg: $ty),*) $(-> $ret)? { body $(::<$($g),+>)? ($($arg),*) }
                match $crate::vector::InstructionSet::current() {
                    $crate::vector::InstructionSet::Baseline => {}
                    // SAFETY: the processor was found to have these instructions.
                    $crate::vector::InstructionSet::Avx2 => return unsafe { avx2 $(::<$($g),+>)? ($($arg),*) },
                    // SAFETY: as above.
                    $crate::vector::InstructionSet::Avx512 => return unsafe { avx512 $(::<$($g),+>)? ($($arg),*) },
                }
            }
            body $(::<$($g),+>)? ($($arg),*)
        }
    )*};
}

pub(crate) use kernels;

#[cfg(test)]
mod tests {
    use super::*;

    kernels! {
        /// Multiplies and adds, which a fused instruction would round only once.
        fn multiply_add(a: &[f64], b: &[f64], out: &mut [f64]) {
            for ((a, b), out) in a.iter().zip(b).zip(out) {
                *out += a * b;
            }
        }
    }

    #[test]
    #[allow(clippy::disallowed_methods)]
    fn every_instruction_set_gives_the_same_bits() {
        let a: Vec<f64> = (0..999).map(|i| 1.0 / f64::from(3 + i)).collect();
        let b: Vec<f64> = a.iter().map(|x| 1.0 / (7.0 - x)).collect();
        let run = |set| {
            InstructionSet::limit(set);
            let mut out = vec![0.1; a.len()];
            multiply_add(&a, &b, &mut out);
            out
        };
        let narrow = run(InstructionSet::Baseline);
        for set in InstructionSet::ALL {
            assert_eq!(run(set), narrow, "{}", set.word());
        }
        let fused = a.iter().zip(&b).map(|(a, b)| a.mul_add(*b, 0.1));
        assert!(fused.zip(&narrow).any(|(x, y)| x != *y), "the numbers do not tell fused from separate rounding");
    }
}
