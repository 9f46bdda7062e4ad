//! Requests of a log added up by day and model, with those apart of which it does not say what they cost.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::Refusal;
use crate::logs::{Grain, Request};
use crate::workload::{Additive, Tally, TokenSums};

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// What a log says of its days, in memory that depends on days and models only.
#[derive(Clone, Debug)]
pub struct UsageLog {
    tally: Tally,
    zone: f64,
    models: Vec<String>,
    places: HashMap<String, usize>,
    days: BTreeMap<(i64, usize), DayUse>,
}

/// What a model did on a day.
#[derive(Clone, Debug, Default)]
struct DayUse {
    /// Requests of which the log says what they cost.
    costed: TokenSums,
    /// All others.
    unpriced: TokenSums,
    /// Whether nobody knows the number of requests of some records.
    is_uncounted: bool,
}

/// What a log says of a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MonthUse {
    /// Requests that were answered; `None` where the log does not say how many.
    pub requests: Option<f64>,
    /// Tokens that were sent.
    pub input: f64,
    /// Tokens that were generated.
    pub output: f64,
    /// What requests cost of which the log says so.
    pub cost: f64,
    /// By model, the tokens of those of which it does not.
    pub unpriced: Vec<(String, TokenSums)>,
}

impl UsageLog {
    /// Nothing yet. Days begin so many seconds before those of UTC; `trusts_convention` where somebody has said whether
    /// input includes cached tokens.
    pub fn new(zone: i32, trusts_convention: bool) -> UsageLog {
        UsageLog {
            tally: Tally::new(zone, trusts_convention),
            zone: f64::from(zone),
            models: Vec::new(),
            places: HashMap::new(),
            days: BTreeMap::new(),
        }
    }

    /// Adds a request.
    ///
    /// # Errors
    /// Times that do not go together, and more models than anybody has.
    pub fn add(&mut self, request: &Request<'_>) -> Result<(), Refusal> {
        self.tally.add(request)?;
        if request.grain == Grain::Request && request.failed > 0.0 {
            return Ok(());
        }
        let day = crate::math::floor((request.time.seconds + self.zone) / DAY) as i64;
        let model = self.model(&request.model);
        let own = self.days.entry((day, model)).or_default();
        own.is_uncounted |= request.requests.is_none();
        let half = if request.cost.is_some() { &mut own.costed } else { &mut own.unpriced };
        half.add(&TokenSums::of(request));
        Ok(())
    }

    fn model(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        self.models.push(name.to_owned());
        self.places.insert(name.to_owned(), self.models.len() - 1);
        self.models.len() - 1
    }

    /// The first and the last day with a request, in days since 1970; `None` where there is none.
    pub fn ends(&self) -> Option<[i64; 2]> {
        self.tally.ends()
    }

    /// Whether times count from an unknown start.
    pub fn is_relative(&self) -> bool {
        self.tally.is_relative()
    }

    /// The models, in the order in which they were met; records without one have an empty name.
    pub fn models(&self) -> &[String] {
        &self.models
    }

    /// Models whose records show that their input does not include cached tokens, though it should.
    pub fn wrong(&self) -> Vec<String> {
        self.tally.totals().wrong
    }

    /// What the log says of some days, the first and the last among them.
    pub fn between(&self, [first, last]: [i64; 2]) -> MonthUse {
        let wrong = self.wrong();
        let mut is_uncounted = false;
        let (mut all, mut unpriced) = (TokenSums::default(), BTreeMap::<usize, TokenSums>::new());
        for ((_, model), own) in self.days.range((first, 0)..(last + 1, 0)) {
            // Whether input lacks cached tokens is known only now.
            let is_wrong = wrong.contains(&self.models[*model]);
            let rest = own.unpriced.settled(is_wrong);
            all.add(&own.costed.settled(is_wrong));
            all.add(&rest);
            is_uncounted |= own.is_uncounted;
            if rest.input + rest.output > 0.0 {
                unpriced.entry(*model).or_default().add(&rest);
            }
        }
        MonthUse {
            requests: (!is_uncounted).then_some(all.requests),
            input: all.input,
            output: all.output,
            cost: all.cost,
            unpriced: unpriced.into_iter().map(|(model, sums)| (self.models[model].clone(), sums)).collect(),
        }
    }
}
