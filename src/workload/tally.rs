//! Requests added up while they are read, in memory that depends on days and models only.

use crate::diagnostic::{Refusal, refuse};
use std::collections::{BTreeMap, HashMap};

use super::MONTH;
use super::blocks::{Blocks, DAY, HOUR};
use super::stretches::{Additive, Stretches};
use super::sums::TokenSums;
use crate::logs::{Grain, Request};

/// Most models.
const MOST_MODELS: usize = 1000;
/// Input tokens of long requests, for which vendors charge more.
pub const LONG: [f64; 2] = [128_000.0, 200_000.0];

/// What requests come to.
#[derive(Clone, Debug)]
pub struct Tally {
    zone: f64,
    trusts_convention: bool,
    models: Vec<Model>,
    places: HashMap<String, u32>,
    pub(super) blocks: Blocks<TokenSums>,
    pub(super) days: Stretches<TokenSums>,
    hours: BTreeMap<i64, f64>,
    /// Whether there are records of single requests, and records of which nobody knows the number of requests.
    pub(super) has_single: bool,
    pub(super) has_uncounted: bool,
    has_cost: bool,
    knows_cached: bool,
    failed: f64,
    records: u64,
}

#[derive(Clone, Debug, Default)]
struct Model {
    name: String,
    sums: TokenSums,
    /// A record has more cached tokens than input: input does not include them.
    is_wrong: bool,
    /// Input tokens of requests longer than [`LONG`]: as counted, and with cached ones added.
    long: [[f64; 2]; 2],
}

/// All of a log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogTotals {
    /// Sums over all models.
    pub all: TokenSums,
    /// By model, those with most requests first.
    pub models: Vec<(String, TokenSums)>,
    /// Models whose records show that their input does not include cached tokens, though it should.
    pub wrong: Vec<String>,
    /// Requests that were not answered.
    pub failed: f64,
    /// Input tokens of requests with more than 128,000 and 200,000; nothing where there are no single requests.
    pub long: Option<[f64; 2]>,
    /// Whether the log says what requests cost.
    pub has_cost: bool,
    /// Whether the log says what was read from a cache.
    pub knows_cached: bool,
    /// Records that were added up.
    pub records: u64,
}

impl Tally {
    /// Nothing yet. Days begin so many seconds before those of UTC; `trusts_convention` where somebody has said whether
    /// input includes cached tokens.
    pub fn new(zone: i32, trusts_convention: bool) -> Tally {
        Tally {
            zone: f64::from(zone),
            trusts_convention,
            models: Vec::new(),
            places: HashMap::new(),
            blocks: Blocks::default(),
            days: Stretches::new(DAY),
            hours: BTreeMap::new(),
            has_single: false,
            has_uncounted: false,
            has_cost: false,
            knows_cached: false,
            failed: 0.0,
            records: 0,
        }
    }

    /// Adds a request.
    ///
    /// # Errors
    /// Times that do not go together, and more models than anybody has.
    pub fn add(&mut self, request: &Request<'_>) -> Result<(), Refusal> {
        self.failed += request.failed;
        if request.grain == Grain::Request && request.failed > 0.0 {
            return Ok(());
        }
        let model = self.model(&request.model)?;
        let sums = TokenSums::of(request);
        self.records += 1;
        self.has_single |= request.grain == Grain::Request;
        self.has_uncounted |= request.requests.is_none();
        self.has_cost |= request.cost.is_some();
        self.knows_cached |= request.cached.is_some();
        self.models[model as usize].add(&sums, request, self.trusts_convention);
        let seconds = request.time.seconds;
        self.blocks.add(request.time, model, &sums)?;
        self.days.add(seconds + self.zone, model, &sums);
        let hour = crate::math::floor((seconds + self.zone) / HOUR) as i64;
        *self.hours.entry(hour).or_default() += sums.requests;
        Ok(())
    }

    fn model(&mut self, name: &str) -> Result<u32, Refusal> {
        if let Some(place) = self.places.get(name) {
            return Ok(*place);
        }
        if self.models.len() == MOST_MODELS {
            return refuse(
                format!("the log has more than {MOST_MODELS} models"),
                "pick some, as in --where 'model ~ gpt', or name another field with --map model=FIELD",
            );
        }
        let place = u32::try_from(self.models.len()).unwrap_or_default();
        self.models.push(Model { name: name.to_owned(), ..Model::default() });
        self.places.insert(name.to_owned(), place);
        Ok(place)
    }

    /// Sums of a model, now that it is known whether its input includes cached tokens.
    pub(super) fn settled(&self, sums: &TokenSums, model: u32) -> TokenSums {
        sums.settled(self.models[model as usize].is_wrong)
    }

    /// Days from the first to the last request, whole or not.
    pub(super) fn length(&self) -> f64 {
        self.blocks.length() / DAY
    }

    /// The first and the last day with a request, in days since 1970, or since the start.
    pub fn ends(&self) -> Option<[i64; 2]> {
        self.days.span().map(|(first, last)| [first, last])
    }

    /// Whether days count from an unknown start.
    pub fn is_relative(&self) -> bool {
        self.blocks.is_relative()
    }

    /// The part of a month that a block is.
    pub(super) fn block_in_months(&self) -> f64 {
        self.blocks.width() / DAY / MONTH
    }

    /// Requests of the busiest hour within some days by those of the mean hour; nothing where all fall on one hour of the
    /// day: those are sums of days.
    pub(super) fn peak(&self, days: std::ops::Range<i64>) -> Option<f64> {
        let hours = self.hours.range(days.start * 24..days.end * 24);
        let (mut most, mut total, mut seen) = (0.0_f64, 0.0, std::collections::BTreeSet::new());
        for (hour, requests) in hours {
            most = most.max(*requests);
            total += requests;
            seen.insert(hour.rem_euclid(24));
        }
        let mean = total / ((days.end - days.start) * 24) as f64;
        (seen.len() > 1 && mean > 0.0).then_some(most / mean)
    }

    /// What all comes to.
    pub fn totals(&self) -> LogTotals {
        let mut all = TokenSums::default();
        let mut long = [0.0; 2];
        let mut models: Vec<(String, TokenSums)> = Vec::new();
        for model in &self.models {
            let sums = model.sums.settled(model.is_wrong);
            all.add(&sums);
            (0..2).for_each(|i| long[i] += model.long[usize::from(model.is_wrong)][i]);
            models.push((model.name.clone(), sums));
        }
        models.sort_by(|(a, x), (b, y)| {
            y.requests.total_cmp(&x.requests).then(y.input.total_cmp(&x.input)).then_with(|| a.cmp(b))
        });
        LogTotals {
            all,
            models,
            wrong: self.models.iter().filter(|model| model.is_wrong).map(|model| model.name.clone()).collect(),
            failed: self.failed,
            long: self.has_single.then_some(long),
            has_cost: self.has_cost,
            knows_cached: self.knows_cached,
            records: self.records,
        }
    }
}

impl Model {
    fn add(&mut self, sums: &TokenSums, request: &Request<'_>, trusts_convention: bool) {
        self.sums.add(sums);
        self.is_wrong |= !trusts_convention && sums.beside > sums.input;
        if request.grain == Grain::Request {
            for (way, input) in [sums.input, sums.input + sums.beside].into_iter().enumerate() {
                for (i, limit) in LONG.into_iter().enumerate() {
                    self.long[way][i] += if input > limit { input } else { 0.0 };
                }
            }
        }
    }
}
