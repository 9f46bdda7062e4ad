//! The run in one JSON document: what it was, and the figures of the screen.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json as value};

use super::first_year::first_year;
use crate::engine::{Metric, Percentile, Reached, Results, Stat};
use crate::information::{Crossing, Flip};
use crate::lint::heavy_tailed;
use crate::model::PeriodKind;
use crate::scenario::{FilledPrice, Scenario, SpendScope};
use crate::stats::Estimate;
use crate::tables::{BadAnswers, Challenger, Telling, Verdict, WorthKnowing};

/// Inputs that are said to move a saving.
const DRIVERS: usize = 3;

/// The document of [`json`].
impl Serialize for Results {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json(self).serialize(serializer)
    }
}

/// The document, without clock, path or thread count: a function of scenario, seed and version.
pub fn json(results: &Results) -> Value {
    let scenario = &results.scenario;
    let verdict = Verdict::new(results);
    let variables = &results.model.program.variables;
    value!({
        "format": 1,
        "version": env!("CARGO_PKG_VERSION"),
        "scenario_hash": scenario.hash,
        "title": scenario.title,
        "currency": scenario.currency,
        "seed": scenario.simulation.seed,
        "sampler": scenario.simulation.sampler.word(),
        "trials": results.design.trials(),
        "trials_asked": scenario.simulation.trials,
        "randomisations": results.design.randomisations,
        "precision": results.precision.map(|p| precision(&p)),
        "variables_without_sobol_directions": results.fallbacks,
        "trials_are": scenario.simulation.trials_are.word(),
        "horizon_months": scenario.simulation.horizon,
        "heavy_tails": heavy_tailed(&results.model).into_iter().map(|v| &*variables[v].name).collect::<Vec<_>>(),
        "baseline": name(results, results.model.baseline),
        "requests_per_month_p50": number(results.requests[1]),
        "prices": scenario.prices().iter().map(price).collect::<Vec<_>>(),
        "decision": decision(scenario),
        "verdict": choice(results, &verdict),
        "bad_futures": bad_futures(results, &verdict),
        "value_of_information": {
            "everything": estimate(verdict.everything),
            "everything_is_upper_bound": verdict.knows_chances,
            "inputs": verdict.worth_knowing.iter().map(|w| worth(results, w)).collect::<Vec<_>>(),
        },
        "options": (0..results.model.options.len()).map(|i| option(results, &verdict, i)).collect::<Vec<_>>(),
        "challengers": verdict.challengers.iter().map(|c| challenger(results, c)).collect::<Vec<_>>(),
    })
}

/// The JSON Schema of the document, and of the file that holds it.
pub fn run_schema() -> &'static str {
    include_str!("run.schema.json")
}

/// The document with the options that the result depends on, as the manifest of a run begins.
pub fn run_head(results: &Results, options: Map<String, Value>) -> Map<String, Value> {
    let mut head = match json(results) {
        Value::Object(head) => head,
        _ => Map::new(),
    };
    head.insert("command".to_owned(), value!("run"));
    head.insert("arguments".to_owned(), Value::Object(options));
    head
}

/// What the manifests of other commands begin with: of what they are results.
pub fn head(scenario: &Scenario, command: &str, options: Map<String, Value>) -> Map<String, Value> {
    let fields = [
        ("format", value!(1)),
        ("version", value!(env!("CARGO_PKG_VERSION"))),
        ("scenario_hash", value!(scenario.hash)),
        ("title", value!(scenario.title)),
        ("seed", value!(scenario.simulation.seed)),
        ("sampler", value!(scenario.simulation.sampler.word())),
        ("horizon_months", value!(scenario.simulation.horizon)),
        ("command", value!(command)),
        ("arguments", Value::Object(options)),
    ];
    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// A price that was filled in, and where it comes from.
fn price(price: &FilledPrice) -> Value {
    value!({
        "option": price.option,
        "field": price.field,
        "value": price.value,
        "entry": price.entry,
        "list": price.list,
        "list_sha256": price.list_sha256,
        "as_of": price.as_of.map(|day| day.to_string()),
    })
}

fn name(results: &Results, option: usize) -> String {
    results.model.options[option].name.clone()
}

fn precision(of: &Reached) -> Value {
    value!({
        "wanted": of.asked.wanted,
        "max_trials": of.asked.max_trials,
        "reached": number(of.reach),
        "enough": of.is_enough(),
    })
}

fn choice(results: &Results, verdict: &Verdict) -> Value {
    let name = |i: usize| name(results, i);
    value!({
        "choice": name(verdict.choice),
        "choice_by_mean": verdict.mean_choice.map(name),
        "rival": verdict.rival.map(name),
        "margin": estimate(verdict.margin),
        "p_cheaper_than_rival": estimate(verdict.p_cheaper_than_rival),
        "too_close_to_call": verdict.too_close,
        "usually_cheapest": verdict.usually_cheapest.map(name),
        "p_cheapest": estimate(verdict.p_cheapest),
        "loss_when_wrong": estimate(verdict.loss_when_wrong),
        "regret": estimate(verdict.regret),
        "choice_by_invoices_and_people": verdict.hard_choice.map(name),
        "mean_of_best": estimate(results.best()),
        "cheapest_by_cost_of_bad_answers": verdict.bad_answers.as_ref().map(|found| by_bad_answers(results, found)),
    })
}

/// What the futures have in common in which the choice turns out badly.
fn bad_futures(results: &Results, verdict: &Verdict) -> Value {
    let Some(Telling { futures, inputs }) = Telling::new(results, verdict.choice) else { return Value::Null };
    let input = |(v, rank): &(usize, Estimate)| value!({ "input": results.model.program.variables[*v].name, "mean_rank": estimate(Some(*rank)) });
    let inputs: Vec<Value> = inputs.iter().map(input).collect();
    value!({ "tail": futures.why.word(), "share_of_trials": number(futures.share), "inputs": inputs })
}

/// Who costs least from which cost of a bad answer on.
fn by_bad_answers(results: &Results, found: &BadAnswers) -> Value {
    let from = |cost: Option<Estimate>, option| value!({ "above": estimate(cost), "option": name(results, option) });
    let changes = found.changes.iter().map(|(cost, option)| from(Some(*cost), *option));
    std::iter::once(from(None, found.first)).chain(changes).collect()
}

pub(super) fn number(x: f64) -> Value {
    if x.is_finite() { value!(x) } else { Value::Null }
}

pub(super) fn estimate(estimate: Option<Estimate>) -> Value {
    match estimate {
        Some(e) => value!({ "value": number(e.value), "std_error": e.std_error.map(number) }),
        None => Value::Null,
    }
}

fn worth(results: &Results, known: &WorthKnowing) -> Value {
    let place = |crossing: Option<Crossing>| match crossing {
        Some(Crossing { between: Some(values), .. }) => value!({ "between": values.map(number) }),
        crossing => estimate(crossing.and_then(|crossing| crossing.at)),
    };
    let flip = |flip: &Flip| {
        value!({
            "option": name(results, flip.option),
            "from": place(flip.from),
            "to": place(flip.to),
        })
    };
    value!({
        "input": results.model.program.variables[known.variable].name,
        "evppi": estimate(Some(known.worth)),
        "changes_choice": known.flips.iter().map(flip).collect::<Vec<_>>(),
    })
}

fn option(results: &Results, verdict: &Verdict, i: usize) -> Value {
    let stat = |metric, stat| estimate(results.metric(i, metric, stat));
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("name", value!(name(results, i)));
    put("candidate", value!(results.model.options[i].candidate));
    put("total", stat(Metric::Total, Stat::Mean));
    put("total_p5", stat(Metric::Total, Stat::Quantile(Percentile::P5)));
    put("total_p95", stat(Metric::Total, Stat::Quantile(Percentile::P95)));
    put("monthly", stat(Metric::Monthly, Stat::Mean));
    put("per_1000_requests", stat(Metric::PerThousand, Stat::Mean));
    put("per_1000_requests_p50", stat(Metric::PerThousand, Stat::MEDIAN));
    put("per_1000_good_answers", stat(Metric::PerThousandGood, Stat::Mean));
    put("per_1000_good_answers_p50", stat(Metric::PerThousandGood, Stat::MEDIAN));
    put("p_cheapest", estimate(results.p_cheapest(i)));
    put("share_of_money", estimate(results.money_share(i)));
    let shares = verdict.kinds[i];
    put(
        "shares",
        value!({
            "vendors": number(shares.vendors),
            "people": number(shares.people),
            "bad_answers": number(shares.bad_answers),
            "other": number(shares.other),
        }),
    );
    put("first_year", spend_of_first_year(results, i));
    put("p_over_budget", over_budget(results, i));
    Value::Object(object)
}

/// By what options are chosen, and what may be spent.
fn decision(scenario: &Scenario) -> Value {
    let decision = scenario.decision();
    value!({
        "criterion": decision.criterion.word(),
        "monthly_budget": decision.monthly_budget,
        "yearly_budget": decision.yearly_budget,
        "horizon_budget": decision.horizon_budget,
        "budget_scope": decision.budget_scope.word(),
    })
}

/// How likely an option is to spend more than a budget, in any period of its kind.
fn over_budget(results: &Results, option: usize) -> Value {
    let p = |kind| estimate(results.p_over_in_any(option, kind));
    let [month, year, horizon] = [PeriodKind::Month, PeriodKind::Year, PeriodKind::Horizon].map(p);
    value!({ "any_month": month, "any_year": year, "horizon": horizon })
}

/// What a candidate pays in the first year; `null` for others.
fn spend_of_first_year(results: &Results, option: usize) -> Value {
    let Some(number) = first_year(results).filter(|_| results.model.options[option].candidate) else {
        return Value::Null;
    };
    let [cash, p5, .., p95] = results.spend(option, SpendScope::Cash, number).map(estimate);
    let vendor = estimate(results.spend(option, SpendScope::Vendor, number)[0]);
    let months = results.model.periods[number].months();
    value!({ "months": months, "cash": cash, "cash_p5": p5, "cash_p95": p95, "vendor": vendor })
}

fn challenger(results: &Results, challenger: &Challenger) -> Value {
    let [mean, p5, p95] = challenger.saving;
    let [m5, m50, m95] = challenger.months;
    let range = |range: Option<[f64; 2]>| range.map(|[p5, p95]| value!({ "p5": number(p5), "p95": number(p95) }));
    let driver = |(v, share): &(usize, Estimate)| {
        let input = &results.model.program.variables[*v].name;
        value!({ "input": input, "first_order": estimate(Some(*share)) })
    };
    value!({
        "option": name(results, challenger.option),
        "saving": estimate(mean),
        "saving_p5": estimate(p5),
        "saving_p95": estimate(p95),
        "peak_outlay": estimate(challenger.peak_outlay[0]),
        "peak_outlay_p95": estimate(challenger.peak_outlay[1]),
        "lasting_break_even_month": { "p5": m5, "p50": m50, "p95": m95 },
        "p_never": estimate(challenger.p_never),
        "p_cheaper": estimate(challenger.p_cheaper),
        "mean_break_even_volume": estimate(challenger.mean_break_even_volume),
        "median_break_even_volume": estimate(challenger.median_break_even_volume),
        "examples": range(challenger.training.examples),
        "share_with_fewer_than_10000_examples": challenger.training.examples.map(|_| challenger.training.few_examples),
        "retrains_per_year": range(challenger.training.retrains),
        "drivers": challenger.drivers.iter().take(DRIVERS).map(driver).collect::<Vec<_>>(),
    })
}
