//! What the quantity language knows, for those who write it: constructs, examples and meanings.

use super::family::Family;

/// A construct of the language.
#[derive(Clone, Copy, Debug)]
pub struct Construct {
    /// Its name.
    pub name: &'static str,
    /// Examples of all ways to write it.
    pub examples: &'static [&'static str],
    /// What it means.
    pub meaning: &'static str,
}

const fn construct(name: &'static str, examples: &'static [&'static str], meaning: &'static str) -> Construct {
    Construct { name, examples, meaning }
}

/// All constructs: numbers, distributions, what is done to distributions, and arithmetic.
pub fn constructs() -> impl Iterator<Item = Construct> {
    let families = Family::ALL.iter().map(|family| {
        let description = family.description();
        construct(family.name(), description.examples, description.meaning)
    });
    FIRST.into_iter().chain(families).chain(LAST)
}

const FIRST: [Construct; 2] = [
    construct(
        "numbers",
        &["1500", "100k", "1.5M", "2B", "20%", "3e-6"],
        "k, M and B stand for thousands, millions, billions.",
    ),
    construct(
        "to",
        &["80 to 150", "20% to 60%"],
        "In 90 % of cases between the two: lognormal; shares, both with %, logit-normal between 0 and 1.",
    ),
];

const LAST: [Construct; 24] = [
    construct("mix", &["mix(0.3: 500, 0.7: uniform(1k, 2k))"], "One of several, with these weights."),
    construct("truncate", &["truncate(normal(5, 3), min=0)"], "A distribution without what lies outside."),
    construct(
        "data",
        &["data('usage.csv', 'tokens')"],
        "A row of a column of a file in the scenario's folder, drawn at random: for what differs from case to case.",
    ),
    construct(
        "mean_of",
        &["mean_of('usage.csv', 'tokens')", "mean_of('log.csv', 'tokens', by='time', where='model == small')"],
        "How unsure the mean of such a column is: for averages from logs, such as workload.input_tokens.",
    ),
    construct(
        "operators",
        &["2 * (engineer_rate + 10) ^ 2 / 3 - 1"],
        "Arithmetic on numbers, inputs and distributions.",
    ),
    construct("min", &["min(engineer_rate, 120)"], "The least of two or more."),
    construct("max", &["max(2, 0.01 * workload.requests_per_month / 1k)"], "The largest of two or more."),
    construct("if", &["if(engineer_rate > 100, 5, 8)"], "One of two values by a comparison with < <= > or >=."),
    construct("abs", &["abs(engineer_rate - 100)"], "Without its sign."),
    construct("sqrt", &["sqrt(2)"], "The square root."),
    construct("exp", &["exp(0.5)"], "e to this power."),
    construct("ln", &["ln(2)"], "The natural logarithm."),
    construct("log10", &["log10(1000)"], "The decimal logarithm."),
    construct("floor", &["floor(engineer_rate / 10)"], "The next whole number below."),
    construct("ceil", &["ceil(workload.requests_per_month / 100k)"], "The next whole number above."),
    construct("round", &["round(engineer_rate)"], "The nearest whole number, halves away from zero."),
    construct(
        "inputs",
        &["engineer_rate", "workload.requests_per_month"],
        "A name of [inputs] or a workload field is the same draw wherever it stands; a distribution is drawn anew.",
    ),
    construct(
        "month",
        &["if(month > 12, 1.5, 3)", "100k + 5k * month"],
        "The number of the month, from 1. A formula with it, or with one of the following, is evaluated in every month; \
         random variables in it are drawn once for all months.",
    ),
    construct(
        "calendar_month",
        &["if(calendar_month >= 11, 1.4, 1)"],
        "The month of the year, 1 to 12: needs start under [simulation].",
    ),
    construct("requests", &["if(requests > 1M, 0.8, 1)", "min(1, 500k / requests)"], "The requests of the month."),
    construct(
        "months_since_launch",
        &["5% * 0.9 ^ months_since_launch"],
        "Months since the option's launch; 1 in its first month.",
    ),
    construct(
        "months_since_training",
        &["1% + 0.4% * months_since_training"],
        "Months since the option was last trained: 0 in its first month, and in one with a retrain, or with a migration \
         that has training runs.",
    ),
    construct(
        "series",
        &["series('forecast.csv', 'requests') * lognormal(mean=1, cv=20%)"],
        "The number of the month in a column of a file: its records are months 1, 2 and so on.",
    ),
    construct(
        "ramp",
        &["ramp(3, 9)"],
        "0 up to the first month, 1 from the second on, and in proportion between them.",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::ast::Unary;
    use super::super::family::Family;
    use super::super::monthly::MonthName;
    use super::super::parse;
    use super::constructs;

    #[test]
    fn every_function_is_there_and_every_example_can_be_read() {
        let unary = Unary::ALL.iter().filter(|u| **u != Unary::Negate).map(|u| u.name());
        let others = ["to", "if", "mix", "truncate", "data", "mean_of", "series", "ramp", "min", "max"];
        let names = MonthName::ALL.iter().map(|name| name.name());
        for name in Family::ALL.iter().map(|f| f.name()).chain(unary).chain(others).chain(names) {
            let form = constructs().find(|form| form.name == name);
            assert!(form.is_some_and(|f| f.examples.iter().all(|e| e.contains(name))), "{name}");
        }
        for form in constructs() {
            assert!(form.meaning.ends_with('.'), "{}", form.name);
            for example in form.examples {
                assert!(parse(example).is_ok(), "{example}: {:?}", parse(example));
            }
        }
    }
}
