//! What is added up of requests, so that it is not yet decided whether input includes cached tokens.

use super::stretches::Additive;
use crate::logs::{Convention, Request};

/// Sums over some requests.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TokenSums {
    /// Requests that were answered.
    pub requests: f64,
    /// Input tokens, as the log says that they are counted.
    pub input: f64,
    /// What has to be added to them where the log is wrong, and they do not include cached ones.
    pub beside: f64,
    /// Output tokens.
    pub output: f64,
    /// Input tokens read from a cache.
    pub cached: f64,
    /// Input tokens written to a cache.
    pub written: f64,
    /// What they cost.
    pub cost: f64,
}

impl TokenSums {
    /// Of one record.
    pub fn of(request: &Request<'_>) -> TokenSums {
        let through = request.through_cache();
        let (input, beside) = match request.convention {
            Convention::Included => (request.counted, through),
            Convention::Excluded => (request.counted + through, 0.0),
        };
        TokenSums {
            requests: request.requests.unwrap_or(0.0),
            input,
            beside,
            output: request.output,
            cached: request.cached.unwrap_or(0.0),
            written: request.written.unwrap_or(0.0),
            cost: request.cost.unwrap_or(0.0),
        }
    }

    /// What they are, once it is known whether the log is wrong.
    pub fn settled(&self, is_wrong: bool) -> TokenSums {
        let beside = if is_wrong { self.beside } else { 0.0 };
        TokenSums { input: self.input + beside, beside: 0.0, ..*self }
    }
}

impl Additive for TokenSums {
    fn add(&mut self, other: &TokenSums) {
        self.requests += other.requests;
        self.input += other.input;
        self.beside += other.beside;
        self.output += other.output;
        self.cached += other.cached;
        self.written += other.written;
        self.cost += other.cost;
    }
}
