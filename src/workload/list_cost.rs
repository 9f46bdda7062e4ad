//! What requests would cost at list prices: for comparison with what a log says that they cost.

use super::sums::TokenSums;
use crate::prices::{ModelPrices, built_in};

/// Tokens that a price is for.
const PER: f64 = 1e6;

/// What some models' tokens cost at the prices of the list that comes with the program; nothing where one of them is not in it,
/// or has no price for what was read from or written to a cache. Long requests and batches are not told apart.
pub fn list_cost(models: &[(String, TokenSums)]) -> Option<f64> {
    let costs = models.iter().map(|(name, sums)| token_cost(built_in().find(name).ok()??, sums));
    costs.sum::<Option<f64>>().filter(|_| !models.is_empty())
}

/// What some tokens of a model cost; nothing where it has no price for some of them.
pub fn token_cost(prices: &ModelPrices, sums: &TokenSums) -> Option<f64> {
    let priced =
        |tokens: f64, price: Option<f64>| if tokens > 0.0 { price.map(|p| p * tokens / PER) } else { Some(0.0) };
    let plain = (sums.input - sums.cached - sums.written).max(0.0);
    Some(
        priced(plain, prices.input)?
            + priced(sums.cached, prices.cache_read)?
            + priced(sums.written, prices.cache_write)?
            + priced(sums.output, prices.output)?,
    )
}
