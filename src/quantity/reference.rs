//! What the quantity language knows, for those who write it: forms, examples and meanings.

/// A form of the language.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its name.
    pub name: &'static str,
    /// Examples of all ways to write it.
    pub examples: &'static [&'static str],
    /// What it means.
    pub meaning: &'static str,
}

const fn form(name: &'static str, examples: &'static [&'static str], meaning: &'static str) -> Form {
    Form { name, examples, meaning }
}

/// All forms: numbers, distributions, what is done to distributions, and arithmetic.
pub const FORMS: [Form; 33] = [
    form(
        "numbers",
        &["1500", "100k", "1.5M", "2B", "20%", "3e-6"],
        "k, M and B stand for thousands, millions, billions.",
    ),
    form(
        "to",
        &["80 to 150", "20% to 60%"],
        "In 90 % of cases between the two: lognormal; shares, both with %, logit-normal between 0 and 1.",
    ),
    form("uniform", &["uniform(50, 150)"], "Anything between the two is as likely."),
    form("loguniform", &["loguniform(1k, 1M)"], "Every order of magnitude between the two is as likely."),
    form("triangular", &["triangular(20, 40, 120)"], "Minimum, most likely, maximum, with straight sides."),
    form(
        "pert",
        &["pert(20, 40, 120)", "pert(20, 40, 120, shape=8)"],
        "Minimum, most likely, maximum, as experts name them: a smooth beta; a larger shape is surer of the middle.",
    ),
    form("normal", &["normal(mean=2%, sd=1%)", "normal(p10=1%, p90=3%)"], "The bell; it can be negative."),
    form(
        "lognormal",
        &["lognormal(mean=100, cv=20%)", "lognormal(median=100, sigma=0.3)", "lognormal(p5=60, p95=160)"],
        "Positive and skewed: prices, hours, volumes. Mean and sd are those of the value, not of its logarithm; every sd may be written as a share of the mean, cv.",
    ),
    form("exponential", &["exponential(mean=3)"], "Waiting times without memory."),
    form("gamma", &["gamma(mean=16, sd=5)", "gamma(shape=4, scale=2)"], "Positive, less skewed than lognormal."),
    form("weibull", &["weibull(shape=1.5, scale=10)"], "Lifetimes."),
    form("beta", &["beta(2, 38)", "beta(mean=5%, sd=2%)"], "A share: 2 of 40 gives beta(2, 38)."),
    form(
        "metalog",
        &["metalog(p10=40, p50=60, p90=140)", "metalog(p10=40, p50=60, p90=140, min=0)"],
        "A smooth distribution through three to nine percentiles.",
    ),
    form("poisson", &["poisson(3)"], "How often something happens."),
    form("binomial", &["binomial(5, 30%)"], "How many of a number of tries succeed."),
    form("bernoulli", &["bernoulli(20%)"], "1 with this probability, else 0."),
    form("mix", &["mix(0.3: 500, 0.7: uniform(1k, 2k))"], "One of several, with these weights."),
    form("truncate", &["truncate(normal(5, 3), min=0)"], "A distribution without what lies outside."),
    form(
        "data",
        &["data('usage.csv', 'tokens')"],
        "A row of a column of a file in the scenario's folder, drawn at random: for what differs from case to case.",
    ),
    form(
        "mean_of",
        &["mean_of('usage.csv', 'tokens')"],
        "How unsure the mean of such a column is: for averages from logs, such as workload.input_tokens.",
    ),
    form("operators", &["2 * (engineer_rate + 10) ^ 2 / 3 - 1"], "Arithmetic on numbers, inputs and distributions."),
    form("min", &["min(engineer_rate, 120)"], "The least of two or more."),
    form("max", &["max(2, 0.01 * workload.requests_per_month / 1k)"], "The largest of two or more."),
    form("if", &["if(engineer_rate > 100, 5, 8)"], "One of two values by a comparison with < <= > or >=."),
    form("abs", &["abs(engineer_rate - 100)"], "Without its sign."),
    form("sqrt", &["sqrt(2)"], "The square root."),
    form("exp", &["exp(0.5)"], "e to this power."),
    form("ln", &["ln(2)"], "The natural logarithm."),
    form("log10", &["log10(1000)"], "The decimal logarithm."),
    form("floor", &["floor(engineer_rate / 10)"], "The next whole number below."),
    form("ceil", &["ceil(workload.requests_per_month / 100k)"], "The next whole number above."),
    form("round", &["round(engineer_rate)"], "The nearest whole number, halves away from zero."),
    form(
        "inputs",
        &["engineer_rate", "workload.requests_per_month"],
        "A name of [inputs] or a workload field is the same draw wherever it stands; a distribution is drawn anew.",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::ast::{Family, Unary};
    use super::super::parse;
    use super::FORMS;

    #[test]
    fn every_function_is_there_and_every_example_can_be_read() {
        let unary = Unary::ALL.iter().filter(|u| **u != Unary::Negate).map(|u| u.name());
        let others = ["to", "if", "mix", "truncate", "data", "mean_of", "min", "max"];
        for name in Family::ALL.iter().map(|f| f.name()).chain(unary).chain(others) {
            let form = FORMS.iter().find(|form| form.name == name);
            assert!(form.is_some_and(|f| f.examples.iter().all(|e| e.contains(name))), "{name}");
        }
        for form in FORMS {
            assert!(form.meaning.ends_with('.'), "{}", form.name);
            for example in form.examples {
                assert!(parse(example).is_ok(), "{example}: {:?}", parse(example));
            }
        }
    }
}
