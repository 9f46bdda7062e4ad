//! What a million tokens cost an option, by what they are: cached, in long requests, in batches.

use super::lines::{LineBuilder, Tokens};
use crate::quantity::Reg;
use crate::quantity::ast::Comparison;
use crate::scenario::Field;

/// A price per million tokens, and what batches leave of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    /// The price.
    pub per_million: Reg,
    /// What it is multiplied by since some requests are sent as a batch.
    pub after_batches: Reg,
}

/// The prices of all tokens of a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prices {
    pub input: Price,
    pub instructions: Price,
    pub output: Price,
}

impl Prices {
    pub(super) fn new(lines: &mut LineBuilder<'_>, tokens: &Tokens) -> Prices {
        let discount = lines.times(&[Field::BatchShare, Field::BatchDiscount]);
        let one = lines.builder.number(1.0);
        let after_batches = lines.builder.subtract(one, discount);
        let input = lines.field(Field::InputPrice);
        let input = Price { per_million: with_long(lines, input, Field::LongInputPrice), after_batches };
        let instructions = instructions(lines, tokens, input);
        let output = lines.field(Field::OutputPrice);
        let output = Price { per_million: with_long(lines, output, Field::LongOutputPrice), after_batches };
        Prices { input, instructions, output }
    }
}

/// A price where a share of the tokens is in long requests, which have one of their own.
fn with_long(lines: &mut LineBuilder<'_>, price: Reg, long: Field) -> Reg {
    let (Some(share), Some(long)) = (lines.option.get(Field::LongTokenShare), lines.option.get(long)) else {
        return price;
    };
    let one = lines.builder.number(1.0);
    let rest = lines.builder.subtract(one, share);
    let (short, long) = (lines.builder.multiply(price, rest), lines.builder.multiply(long, share));
    lines.builder.add(short, long)
}

/// Instruction tokens: cached where caching is on and they are long enough, else like other input.
fn instructions(lines: &mut LineBuilder<'_>, tokens: &Tokens, plain: Price) -> Price {
    let (Some(hit), Some(read)) = (lines.option.get(Field::CacheHitRate), lines.option.get(Field::CachedPrice)) else {
        return plain;
    };
    let write = lines.field(Field::CacheWritePrice);
    let [read, write] = [read, write].map(|price| with_long(lines, price, Field::LongInputPrice));
    let least = lines.field(Field::CacheMinTokens);
    let one = lines.builder.number(1.0);
    let miss = lines.builder.subtract(one, hit);
    let (read, written) = (lines.builder.multiply(hit, read), lines.builder.multiply(miss, write));
    let in_batches = |lines: &mut LineBuilder<'_>, price| lines.builder.multiply(price, plain.after_batches);
    let discounts_all = lines.option.batch_discounts_cached;
    let (written, usual, after_batches) = match discounts_all {
        true => (written, plain.per_million, plain.after_batches),
        // What is read from the cache keeps its price, so each part has its own level.
        false => (in_batches(lines, written), in_batches(lines, plain.per_million), one),
    };
    let cached = lines.builder.add(read, written);
    let per_million = lines.builder.select(Comparison::GreaterEqual, [tokens.instructions, least, cached, usual]);
    Price { per_million, after_batches }
}
