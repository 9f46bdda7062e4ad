//! What requests cost: the tokens and failures that some option pays for must be known.

use super::field::Field;
use super::place::Place;
use super::settings::CostUnit;
use super::validate::Checker;
use crate::diagnostic::{Diagnostic, Span};

impl Checker<'_> {
    /// Whether nothing that an option pays depends on the requests that it answers.
    pub(super) fn answers_for_nothing(&self, option: usize) -> bool {
        let is_paid =
            |place: &Place| self.resolved.registers.get(place).is_some_and(|r| !self.resolved.builder.is_zero(*r));
        let prices = [Field::InputPrice, Field::OutputPrice].map(|f| Place::Option(option, f));
        let lines = self.raw.options[option].lines.iter().enumerate();
        let mut lines = lines.filter(|(_, line)| line.unit.is_by_request()).map(|(k, _)| Place::Line(option, k));
        !prices.iter().any(is_paid) && !lines.any(|line| is_paid(&line))
    }

    /// Token counts that something is paid by and that are not written.
    pub(super) fn tokens(&self, is_whole: bool, problems: &mut Vec<Diagnostic>) {
        let misspelt = problems.iter().flat_map(|p| &p.help).any(|h| h.contains("_tokens`?"));
        let sides = [
            (Field::InputTokens, Field::InputPrice, CostUnit::MillionInputTokens),
            (Field::OutputTokens, Field::OutputPrice, CostUnit::MillionOutputTokens),
        ];
        for (tokens, price, unit) in sides {
            if !is_whole
                || misspelt
                || self.spans.contains_key(&Place::Common(tokens))
                || self.is_mentioned(tokens, problems)
            {
                continue;
            }
            let Some(span) = (0..self.raw.options.len()).find_map(|i| self.paid_by(i, price, unit)) else { continue };
            let error = Diagnostic::error(span, format!("this is paid by tokens, and there is no `{}`", tokens.path()));
            problems.push(error.help(format!("write [workload] and {} = …", tokens.key())));
        }
    }

    fn is_mentioned(&self, field: Field, problems: &[Diagnostic]) -> bool {
        let key = format!("`{}`", field.key());
        problems.iter().any(|p| p.message.contains(&key))
    }

    /// What an option pays by tokens of a side.
    fn paid_by(&self, option: usize, price: Field, unit: CostUnit) -> Option<Span> {
        let line = || self.raw.options[option].lines.iter().find(|line| line.unit == unit).map(|line| line.name.span);
        self.nonzero(option, price).or_else(|| self.nonzero(option, Field::GpuTokensPerSecond)).or_else(line)
    }

    /// Failures that are counted in some options and charged in others; where no option has a price for them, they are
    /// counted alone.
    pub(super) fn failures(&self, problems: &mut Vec<Diagnostic>) {
        let options = 0..self.raw.options.len();
        let free: Vec<Span> = (options.clone())
            .filter(|i| !self.raw.options[*i].has_unknown_keys && !self.written(*i, Field::CostPerFailure))
            .filter_map(|i| self.nonzero(i, Field::FailureRate))
            .collect();
        let charged = options.clone().find_map(|i| self.span(i, Field::CostPerFailure));
        match charged {
            Some(other) => problems.extend(free.into_iter().map(|span| {
                let error = Diagnostic::error(span, "failures without a cost").also(other, "here they have one");
                error.help("write cost_per_failure = 0.10, or 0 if they cost nothing")
            })),
            None => problems.extend(free.first().map(|span| {
                let hint =
                    Diagnostic::hint(*span, "failures are counted, not charged: no option has a cost_per_failure");
                hint.help("write one where a bad answer costs something; else compare per_1000_good_answers")
            })),
        }
    }
}
