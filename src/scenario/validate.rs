//! What must hold between the fields of a scenario: required ones, half-filled pairs, names that must exist.

use std::collections::HashMap;

use super::built_in::BuiltIn;
use super::field::{Fallback, Field};
use super::place::Place;
use super::raw::Raw;
use super::raw_option::RawOption;
use super::read::Named;
use super::resolve::Resolved;
use super::section::Section;
use crate::diagnostic::{Diagnostic, Span, nearest};

/// Requests that an option hands on, and the key that says to which.
const ESCALATIONS: (&str, &str) = ("escalations", "escalate_to");
/// The same of those that it does not serve.
const ROUTED: (&str, &str) = ("requests", "route_to");

/// Checks a resolved scenario, of which `is_whole` tells whether all of its lines could be read; what is wrong goes to `problems`.
pub fn validate(raw: &Raw, resolved: &Resolved, is_whole: bool, problems: &mut Vec<Diagnostic>) {
    let check = Checker { raw, resolved, spans: raw.quantities.iter().map(|(p, q)| (p, q.span)).collect() };
    // Of a file with broken lines nobody can say what is missing.
    if is_whole {
        check.required(problems);
    }
    check.names(problems);
    check.tokens(is_whole, problems);
    check.failures(problems);
    for (i, option) in raw.options.iter().enumerate() {
        check.baseline_rules(i, option, problems);
        check.pairs(i, option, problems);
        check.switches(i, option, problems);
    }
    check.token_data(problems);
}

/// The number of the baseline: the named option, or the first.
pub fn baseline(raw: &Raw) -> usize {
    let named = raw.baseline.as_ref().and_then(|b| find(raw, &b.text));
    named.unwrap_or(0)
}

/// The number of an option by name.
pub fn find(raw: &Raw, name: &str) -> Option<usize> {
    raw.options.iter().position(|o| o.name.text == name)
}

pub(super) struct Checker<'a> {
    pub(super) raw: &'a Raw,
    pub(super) resolved: &'a Resolved,
    pub(super) spans: HashMap<&'a Place, Span>,
}

impl Checker<'_> {
    pub(super) fn span(&self, option: usize, field: Field) -> Option<Span> {
        self.spans.get(&Place::Option(option, field)).copied()
    }

    pub(super) fn written(&self, option: usize, field: Field) -> bool {
        self.span(option, field).is_some()
    }

    /// Where a field is written with something else than a constant 0.
    pub(super) fn nonzero(&self, option: usize, field: Field) -> Option<Span> {
        let place = Place::Option(option, field);
        let zero = self.resolved.registers.get(&place).is_some_and(|r| self.resolved.builder.is_zero(*r));
        self.span(option, field).filter(|_| !zero)
    }

    fn required(&self, problems: &mut Vec<Diagnostic>) {
        let top = Span::TOP;
        let misspelt: Vec<String> = problems.iter().flat_map(|p| p.help.clone()).collect();
        let misspelt = |section: &str| misspelt.iter().any(|h| *h == format!("did you mean `{section}`?"));
        let mentioned = |key: &str, problems: &[Diagnostic]| problems.iter().any(|p| p.message.contains(key));
        if self.raw.horizon.is_none() && !mentioned("horizon_months", problems) {
            let error = Diagnostic::error(top, "the scenario has no `simulation.horizon_months`");
            problems.push(error.help("write [simulation] and horizon_months = 24"));
        }
        for field in Section::Workload.fields().filter(|f| f.fallback() == Fallback::Required) {
            let path = field.path();
            let known = mentioned(&format!("`{}`", field.key()), problems) || misspelt(field.key());
            if !self.spans.contains_key(&Place::Common(field)) && !known {
                let error = Diagnostic::error(top, format!("the scenario has no `{path}`"));
                problems.push(error.help(format!("write [workload] and {} = …", field.key())));
            }
        }
        if self.raw.options.is_empty() && !mentioned("option", problems) {
            let error = Diagnostic::error(top, "the scenario has no options");
            problems.push(error.help("write an [[option]] section for each way to serve the task"));
        }
    }

    fn names(&self, problems: &mut Vec<Diagnostic>) {
        let raw = self.raw;
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for option in &raw.options {
            if option.name.text.trim().is_empty() {
                problems
                    .push(Diagnostic::error(option.name.span, "an option needs a name").help("write a word or two"));
            }
            if let Some(earlier) = seen.insert(&option.name.text, option.name.span) {
                let error =
                    Diagnostic::error(option.name.span, format!("two options are named `{}`", option.name.text));
                problems.push(error.also(earlier, "the first").help("give one of them another name"));
            }
            let mut lines: HashMap<&str, Span> = HashMap::new();
            for line in &option.lines {
                if line.name.text.trim().is_empty() {
                    problems
                        .push(Diagnostic::error(line.name.span, "a cost line needs a name").help("write what is paid"));
                }
                if BuiltIn::WORDS.iter().any(|(word, _)| *word == line.name.text) {
                    let message = format!("`{}` is the name of a line of its own", line.name.text);
                    problems
                        .push(Diagnostic::error(line.name.span, message).help("give it a name that no section makes"));
                }
                if let Some(earlier) = lines.insert(&line.name.text, line.name.span) {
                    let message = format!("two cost lines are named `{}`", line.name.text);
                    let error = Diagnostic::error(line.name.span, message).also(earlier, "the first");
                    problems.push(error.help("give one of them another name"));
                }
            }
            let named = [&option.after_retirement, &option.escalate_to, &option.route_to];
            for reference in named.into_iter().flatten() {
                self.option_exists(reference, problems);
            }
        }
        if let Some(baseline) = &raw.baseline {
            self.option_exists(baseline, problems);
        }
    }

    fn option_exists(&self, name: &Named, problems: &mut Vec<Diagnostic>) {
        if find(self.raw, &name.text).is_some() || self.raw.options.is_empty() {
            return;
        }
        let known: Vec<&str> = self.raw.options.iter().map(|o| o.name.text.as_str()).collect();
        let error = Diagnostic::error(name.span, format!("there is no option `{}`", name.text));
        problems.push(match nearest(&name.text, known.iter().copied()) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help(format!("the options are {}", known.join(", "))),
        });
    }

    fn baseline_rules(&self, i: usize, option: &RawOption, problems: &mut Vec<Diagnostic>) {
        if i != baseline(self.raw) {
            return self.not_into_itself(i, option, problems);
        }
        if option.candidate == Some(false) {
            let error =
                Diagnostic::error(option.name.span, "the baseline is a candidate: the others are compared with it");
            problems.push(error.help("leave `candidate` out here, or name another baseline"));
        }
        let constant = |f: Field| {
            let register = self.resolved.registers.get(&Place::Option(i, f));
            register.and_then(|r| self.resolved.builder.constant(*r))
        };
        for (field, only) in [(Field::LaunchMonth, 0.0), (Field::SuccessProbability, 1.0)] {
            if let Some(span) = self.span(i, field).filter(|_| constant(field) != Some(only)) {
                let message = format!("the baseline serves from the start: its `{}` is {only}", field.key());
                problems.push(Diagnostic::error(span, message).help("leave it out, or name another baseline"));
            }
        }
        let switches = [
            (self.nonzero(i, Field::EscalationRate), Field::EscalationRate, &option.escalate_to, "escalate_to"),
            (self.nonzero(i, Field::RetireMonth), Field::RetireMonth, &option.after_retirement, "after_retirement"),
            (self.routes(i), Field::TrafficShare, &option.route_to, "route_to"),
        ];
        for (span, field, target, key) in switches {
            if let (Some(span), None) = (span, target) {
                let message = format!("the baseline's `{}` needs another option named", field.key());
                problems.push(Diagnostic::error(span, message).help(format!("write {key} = \"…\"")));
            }
        }
        self.not_into_itself(i, option, problems);
    }

    fn not_into_itself(&self, i: usize, option: &RawOption, problems: &mut Vec<Diagnostic>) {
        let targets =
            [(&option.escalate_to, "escalate"), (&option.after_retirement, "retire"), (&option.route_to, "route")];
        for (target, verb) in targets {
            if let Some(named) = target.as_ref().filter(|t| t.text == option.name.text) {
                let message = format!("an option cannot {verb} into itself");
                problems.push(Diagnostic::error(named.span, message).help("name another option"));
            }
        }
        self.answered_by(i, self.nonzero(i, Field::EscalationRate), &option.escalate_to, ESCALATIONS, problems);
        self.answered_by(i, self.routes(i), &option.route_to, ROUTED, problems);
    }

    /// Where an option is written to serve a part of the requests only.
    fn routes(&self, i: usize) -> Option<Span> {
        let register = self.resolved.registers.get(&Place::Option(i, Field::TrafficShare));
        let all = register.is_some_and(|r| self.resolved.builder.constant(*r) == Some(1.0));
        self.span(i, Field::TrafficShare).filter(|_| !all)
    }

    /// Checks that the option which answers in another's place can be asked to.
    fn answered_by(
        &self,
        i: usize,
        span: Option<Span>,
        named: &Option<Named>,
        (what, key): (&str, &str),
        problems: &mut Vec<Diagnostic>,
    ) {
        let target = match named {
            Some(named) => find(self.raw, &named.text),
            None => Some(baseline(self.raw)),
        };
        let (Some(span), Some(target)) = (span, target.filter(|t| *t != i)) else { return };
        let name = &self.raw.options[target].name.text;
        if self.written(target, Field::GpuRate) {
            let message = format!("{what} go to `{name}`, whose GPUs cost what all of their traffic makes them");
            let help = format!("write {key} = \"…\", an option with prices per token or request");
            problems.push(Diagnostic::error(span, message).help(help));
        } else if self.answers_for_nothing(target) {
            let error = Diagnostic::error(span, format!("{what} go to `{name}`, whose answers cost nothing"));
            let help = format!("give it token prices or a cost per request, or write {key} = \"…\"");
            problems.push(error.help(help));
        }
    }

    fn switches(&self, i: usize, option: &RawOption, problems: &mut Vec<Diagnostic>) {
        if let Some(named) = option.after_retirement.as_ref().filter(|_| !self.written(i, Field::RetireMonth)) {
            let warning = Diagnostic::warning(named.span, "`after_retirement` has no effect: the option never retires");
            problems.push(warning.help("write retire_month, its last month"));
        }
        if let Some(named) = option.route_to.as_ref().filter(|_| !self.written(i, Field::TrafficShare)) {
            let warning = Diagnostic::warning(named.span, "`route_to` has no effect: the option serves all requests");
            problems.push(warning.help("write traffic_share, the share that it serves"));
        }
        if let Some(named) = option.escalate_to.as_ref().filter(|_| !self.written(i, Field::EscalationRate)) {
            let warning = Diagnostic::warning(named.span, "`escalate_to` has no effect: nothing is escalated");
            problems.push(warning.help("write escalation_rate, the share of requests"));
        }
    }

    /// `data` of a token count is nearly always the spread over requests where the average is meant.
    fn token_data(&self, problems: &mut Vec<Diagnostic>) {
        let tokens = |p: &Place| match p {
            Place::Common(f) | Place::Option(_, f) => f.key().ends_with("tokens"),
            _ => false,
        };
        for (place, quantity) in &self.raw.quantities {
            let Ok(expr) = crate::quantity::parse(&quantity.text) else { continue };
            let mut at = None;
            expr.visit(&mut |e| {
                if e.data_file().is_some() {
                    at.get_or_insert(e.at.clone());
                }
            });
            if let Some(at) = at.filter(|_| tokens(place)) {
                let message = "`data` draws the tokens of single requests; a month's cost depends on their average";
                let warning = Diagnostic::warning(quantity.place(&at), message);
                problems.push(warning.help("write mean_of('file.csv', 'column') for the uncertainty of the average"));
            }
        }
    }
}
