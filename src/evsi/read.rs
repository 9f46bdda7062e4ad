//! A plan from what was typed: names, numbers of samples, standard deviations, costs.

use std::ops::Range;

use super::costs::Costs;
use super::likelihood::Sampling;
use super::plan::{PilotPlan, PilotWords, Tested, no_share};
use crate::diagnostic::{Diagnostic, Sources, Span};
use crate::model::Model;
use crate::quantity::{Law, plain_number};
use crate::scenario::Scenario;

/// Most samples of an input.
const MOST_SAMPLES: f64 = 1e9;
/// Most numbers of samples that are compared.
const MOST_SIZES: usize = 1000;
/// Most inputs of a test.
const MOST_INPUTS: usize = 8;
/// How several inputs are written.
const EACH: &str = "write --learn 'A:200' --learn 'B:50'";

/// A text that was typed.
#[derive(Clone)]
struct Typed<'a> {
    text: &'a str,
    source: u32,
}

impl Typed<'_> {
    fn error(&self, at: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(Span::new(self.source, at.start, at.end), message)
    }

    fn whole(&self) -> Range<usize> {
        0..self.text.len()
    }
}

/// Reads what was typed for a scenario.
pub struct Reader<'a> {
    scenario: &'a Scenario,
    model: &'a Model,
    sources: &'a mut Sources,
    findings: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// Of a scenario; texts become sources.
    pub fn new(scenario: &'a Scenario, model: &'a Model, sources: &'a mut Sources) -> Reader<'a> {
        Reader { scenario, model, sources, findings: Vec::new() }
    }

    /// The plan.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(mut self, words: PilotWords<'_>) -> Result<PilotPlan, Vec<Diagnostic>> {
        let plan = self.plan(words);
        let findings = self.findings;
        plan.filter(|_| findings.is_empty()).ok_or(findings)
    }

    fn plan(&mut self, words: PilotWords<'_>) -> Option<PilotPlan> {
        self.candidates();
        let costs = Costs {
            fixed: words.cost.and_then(|text| self.amount("--cost", text)),
            per_sample: words.cost_per_sample.and_then(|text| self.amount("--cost-per-sample", text)),
        };
        let texts: Vec<Typed<'_>> = words.learn.iter().map(|text| self.typed("--learn", text)).collect();
        let named: Vec<(usize, Option<Range<usize>>)> =
            texts.iter().map(|text| self.named(text)).collect::<Vec<_>>().into_iter().collect::<Option<_>>()?;
        let variables: Vec<usize> = named.iter().map(|(variable, _)| *variable).collect();
        self.apart(&texts, &variables);
        let samples = words.samples.map(|text| self.typed("--samples", text));
        let own: Vec<(Typed<'_>, Option<Range<usize>>)> =
            texts.iter().cloned().zip(named.iter().map(|(_, at)| at.clone())).collect();
        let sizes = self.sizes(&own, samples.as_ref());
        let sds = self.sds(words.sd, &variables);
        let tested = variables.iter().zip(sds).map(|(variable, sd)| self.tested(*variable, sd)).collect();
        Some(PilotPlan { tested, sizes: sizes?, costs })
    }

    fn typed<'b>(&mut self, option: &str, text: &'b str) -> Typed<'b> {
        Typed { text, source: self.sources.add(option, text) }
    }

    fn names(&self) -> Vec<&str> {
        self.model.program.variables.iter().map(|v| v.name.as_str()).collect()
    }

    fn candidates(&mut self) {
        if self.model.candidates().len() < 2 {
            let message = "with one option there is nothing to decide, and nothing that a test could change";
            let help = "a test is worth what it changes of a choice: write a second [[option]]";
            self.findings.push(Diagnostic::general(message).help(help));
        }
    }

    /// An amount of money, not below zero.
    fn amount(&mut self, option: &str, text: &str) -> Option<f64> {
        let typed = self.typed(option, text);
        let found = plain_number(text).filter(|x| *x >= 0.0 && x.is_finite());
        if found.is_none() {
            let error = typed.error(typed.whole(), format!("`{option}` is a number of 0 or more"));
            self.findings.push(error.help(format!("write {option} 500 or {option} 2k")));
        }
        found
    }

    /// The input that a text names, and where its own number of samples stands.
    fn named(&mut self, typed: &Typed<'_>) -> Option<(usize, Option<Range<usize>>)> {
        let (name, own) = cut(typed.text, &self.names());
        let variable = self.names().iter().position(|known| *known == name);
        let Some(variable) = variable else {
            let error = typed.error(0..name.len(), format!("the scenario has no uncertain input `{name}`"));
            self.findings.push(match self.scenario.written.iter().any(|written| written.path == name) {
                true => typed
                    .error(0..name.len(), format!("`{name}` is a number or a formula: a test learns nothing about it"))
                    .help("write a distribution where it is not known, or name the distributions of the formula"),
                false => error.one_of(name, &self.names()),
            });
            return None;
        };
        if matches!(self.model.program.variables[variable].law, Law::Choice(_)) {
            let error = typed.error(0..name.len(), format!("`{name}` picks a branch of a mix, which no data measure"));
            self.findings.push(error.help("test a number that a branch draws, or write what is picked as a share"));
        }
        Some((variable, own))
    }

    /// Inputs that say nothing of each other, each once, and not too many.
    fn apart(&mut self, texts: &[Typed<'_>], variables: &[usize]) {
        let names: Vec<String> = self.names().into_iter().map(str::to_owned).collect();
        for (k, variable) in variables.iter().enumerate() {
            let (typed, name) = (&texts[k], &names[*variable]);
            if variables[..k].contains(variable) {
                let error = typed.error(typed.whole(), format!("`{name}` is to be learned twice"));
                self.findings.push(error.help("name each input once; --samples 100,200 compares tests"));
            } else if let Some(other) = variables[..k].iter().find(|other| self.is_tied(**other, *variable)) {
                let message = format!("`{name}` and `{}` are not independent of each other", names[*other]);
                let help = "test one of them: what it says of the other is counted";
                self.findings.push(typed.error(typed.whole(), message).help(help));
            }
        }
        if variables.len() > MOST_INPUTS {
            let message = format!("at most {MOST_INPUTS} inputs can be tested at once");
            self.findings.push(Diagnostic::general(message).help("leave out those that are worth least to know"));
        }
    }

    /// Whether what two variables are drawn from has anything in common.
    fn is_tied(&self, a: usize, b: usize) -> bool {
        let program = &self.model.program;
        let sources = |v: usize| {
            let register = program.variables[v].register;
            let is_source = move |w: &usize| program.depends(register, &program.redrawn(&[*w]));
            (0..program.variables.len()).filter(is_source).collect::<Vec<_>>()
        };
        let is_correlated = |a: usize, b: usize| {
            let of = |group: &crate::sample::Group| {
                let [i, j] = [a, b].map(|v| group.members.iter().position(|member| *member == v));
                i.zip(j).is_some_and(|(i, j)| group.correlation(i, j) != 0.0)
            };
            self.scenario.groups.iter().any(of)
        };
        let others = sources(b);
        sources(a).into_iter().any(|a| others.iter().any(|b| a == *b || is_correlated(a, *b)))
    }

    /// Samples of each input, test by test.
    fn sizes(
        &mut self,
        own: &[(Typed<'_>, Option<Range<usize>>)],
        samples: Option<&Typed<'_>>,
    ) -> Option<Vec<Vec<u64>>> {
        let with_own = own.iter().find(|(_, at)| at.is_some());
        match (own, samples, with_own) {
            (_, Some(samples), Some((typed, at))) => {
                let error = samples.error(samples.whole(), "the number of samples is given twice");
                let at = at.clone().unwrap_or_default();
                let span = Span::new(typed.source, at.start, at.end);
                self.findings.push(error.also(span, "here too").help("leave out one of the two"));
                None
            }
            ([(typed, Some(at))], None, _) => self.counts(typed, at.clone()).map(tests),
            ([_], Some(samples), _) => self.counts(samples, samples.whole()).map(tests),
            ([_], None, _) => {
                let error = Diagnostic::general("how many samples the test is to have is not said");
                self.findings.push(error.help("write --samples 50,200,1000"));
                None
            }
            _ => {
                let each = own.iter().map(|(typed, at)| self.count(typed, at.clone()));
                let each: Vec<Option<u64>> = each.collect();
                each.into_iter().collect::<Option<Vec<u64>>>().map(|samples| vec![samples])
            }
        }
    }

    /// The one number of samples of one of several inputs.
    fn count(&mut self, typed: &Typed<'_>, at: Option<Range<usize>>) -> Option<u64> {
        let Some(at) = at else {
            let message = "of several inputs each has its own number of samples";
            self.findings.push(typed.error(typed.whole(), message).help(EACH));
            return None;
        };
        match self.counts(typed, at.clone())?[..] {
            [count] => Some(count),
            _ => {
                self.findings.push(typed.error(at, "of several inputs each has one number of samples").help(EACH));
                None
            }
        }
    }

    /// Whole numbers from 1 on with commas between them, in rising order.
    fn counts(&mut self, typed: &Typed<'_>, at: Range<usize>) -> Option<Vec<u64>> {
        let mut counts = Vec::new();
        let mut start = at.start;
        for part in typed.text[at.clone()].split(',') {
            let place = start..start + part.len();
            start = place.end + 1;
            let number = plain_number(part).filter(|x| x.floor() == *x && (1.0..=MOST_SAMPLES).contains(x));
            let Some(number) = number else {
                let error = typed.error(place, "a number of samples is a whole number from 1 to 1,000,000,000");
                self.findings.push(error.help("write --samples 50,200,1000, or --learn 'NAME:200'"));
                return None;
            };
            counts.push(number as u64);
        }
        counts.sort_unstable();
        counts.dedup();
        if counts.len() > MOST_SIZES {
            let error = typed.error(at, format!("{} tests are too many to compare", counts.len()));
            self.findings.push(error.help("name at most 1,000 numbers of samples"));
        }
        Some(counts)
    }

    /// By input, the standard deviation of one measurement, where it is measured.
    fn sds(&mut self, texts: &[String], variables: &[usize]) -> Vec<Option<f64>> {
        let names: Vec<String> = variables.iter().map(|v| self.names()[*v].to_owned()).collect();
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut found = vec![None; variables.len()];
        for text in texts {
            let typed = self.typed("--sd", text);
            let (name, own) = cut(text, &known);
            let (places, at) = match own {
                Some(at) => (known.iter().position(|known| *known == name).map(|k| k..k + 1), at),
                None => (Some(0..known.len()), typed.whole()),
            };
            let Some(places) = places else {
                let error = typed.error(0..name.len(), format!("`{name}` is not among what is learned"));
                self.findings.push(error.one_of(name, &known));
                continue;
            };
            let number = plain_number(&text[at.clone()]).filter(|x| *x > 0.0 && x.is_finite());
            if number.is_none() {
                let error = typed.error(at, "the standard deviation of one measurement is a number above 0");
                self.findings
                    .push(error.help("write --sd 120, in the unit of the input; without --sd outcomes are counted"));
            } else if found[places.clone()].iter().any(Option::is_some) {
                let error = typed.error(typed.whole(), "the standard deviation of a measurement is given twice");
                self.findings.push(error.help("write --sd 'NAME:S' once for each input"));
            }
            // What is no number is an error already, and not a second one for want of it.
            found[places].fill(Some(number.unwrap_or(f64::NAN)));
        }
        found
    }

    fn tested(&mut self, variable: usize, sd: Option<f64>) -> Tested {
        let about = &self.model.program.variables[variable];
        let range = match &about.law {
            Law::Fixed(quantiles) => Some(quantiles.dist().support()),
            Law::Varying(_) | Law::Choice(_) => None,
        };
        let beyond = range.filter(|(low, high)| *low < 0.0 || *high > 1.0);
        if let (Some(beyond), None) = (beyond, sd) {
            self.findings.push(no_share(&about.name, Some(beyond)));
        }
        Tested { variable, sampling: sd.map_or(Sampling::Outcomes, |sd| Sampling::Measurements { sd }) }
    }
}

/// Tests of one input.
fn tests(counts: Vec<u64>) -> Vec<Vec<u64>> {
    counts.into_iter().map(|n| vec![n]).collect()
}

/// A name, and where what follows its last colon stands. Names may have colons.
fn cut<'a>(text: &'a str, known: &[&str]) -> (&'a str, Option<Range<usize>>) {
    match text.rfind(':') {
        Some(colon) if !known.contains(&text) => (&text[..colon], Some(colon + 1..text.len())),
        _ => (text, None),
    }
}
