//! The decision in words: which option to choose, by how much, and how sure that is.

use super::criterion::at;
use super::screen::Screen;
use crate::engine::{Metric, Stat};
use crate::scenario::Criterion;
use crate::stats::{Estimate, Order};

impl Screen<'_> {
    /// Which option to choose, by how much, how often that is right, and what it costs when it is wrong.
    pub fn decision(&self) -> String {
        let verdict = self.verdict;
        let Some(rival) = verdict.rival else {
            return format!("There is nothing to compare {} with.", self.name(verdict.choice));
        };
        let mut text = match (verdict.too_close, self.is_portfolio()) {
            (true, _) => self.too_close(rival),
            (false, true) => self.portfolio(rival),
            (false, false) if verdict.criterion != Criterion::Mean => self.by_criterion(rival),
            (false, false) => self.choice(rival),
        };
        if !self.is_portfolio() {
            text += &self.monthly();
        }
        if let Some(hard) = verdict.hard_choice {
            text += &format!(" Counting only what vendors and people are paid, it would be {}.", self.name(hard));
        }
        text
    }

    /// What the options cost a month, in which budgets are made.
    fn monthly(&self) -> String {
        let candidates = self.results.model.candidates();
        let cost = |i: &usize| {
            let mean = self.results.metric(*i, Metric::Monthly, Stat::Mean);
            format!("{} {}", self.name(*i), self.money(mean))
        };
        let bad_answers = self.verdict.kinds.iter().any(|shares| shares.bad_answers != 0.0);
        let counted = if bad_answers { ", bad answers counted" } else { "" };
        // Of many options the table says enough.
        match candidates.len() {
            2..=3 => format!(" Per month{counted}: {}.", candidates.iter().map(cost).collect::<Vec<_>>().join(", ")),
            _ => String::new(),
        }
    }

    fn too_close(&self, rival: usize) -> String {
        let (a, b) = (self.name(self.verdict.choice), self.name(rival));
        let at = self.at_criterion();
        if self.verdict.order == Order::Equal {
            return format!("{a} and {b} cost the same {at}.");
        }
        format!("Too close to call: {at} {a} and {b} differ by less than the simulation's own error.")
    }

    /// By what options are chosen.
    fn at_criterion(&self) -> String {
        at(self.verdict.criterion, self.unit())
    }

    /// The choice by another figure than the mean, and what would be chosen by that.
    fn by_criterion(&self, rival: usize) -> String {
        let verdict = self.verdict;
        let [choice, rival] = [verdict.choice, rival].map(|i| self.name(i));
        let (margin, p) = (self.money(verdict.margin), self.in_prose(verdict.p_cheapest));
        let text = format!("Choose {choice}: {margin} cheaper than {rival} {}.", self.at_criterion());
        let Some(other) = verdict.mean_choice else {
            return format!("{text} It costs least on average, too, and is the cheapest in {p}.");
        };
        let less = self.money(self.results.difference(verdict.choice, other));
        format!(
            "{text} It is the cheapest in {p}. On average {} would be chosen, which costs {less} less.",
            self.name(other)
        )
    }

    fn choice(&self, rival: usize) -> String {
        let verdict = self.verdict;
        let choice = self.name(verdict.choice);
        let (margin, rival) = (self.money(verdict.margin), self.name(rival));
        let p = self.in_prose(verdict.p_cheapest);
        let mut text = match verdict.usually_cheapest {
            None if self.results.model.candidates().len() > 2 => format!(
                "Choose {choice}: on average {margin} cheaper than {rival}, the next best, and cheaper than that in {}; \
                 the cheapest of all in {p}.",
                self.percent(verdict.p_cheaper_than_rival)
            ),
            None => format!("Choose {choice}: on average {margin} cheaper than {rival}, and the cheapest in {p}."),
            Some(often) => format!(
                "Choose {choice}: on average {margin} cheaper than {rival}. It is cheapest on average, but usually \
                 not the cheapest: only in {p}, {} in {}.",
                self.name(often),
                self.percent(self.results.p_cheapest(often))
            ),
        };
        if let Some(loss) = verdict.loss_when_wrong {
            text += &format!(" Where it is not, it costs {} more on average.", self.money(Some(loss)));
        }
        text
    }

    /// The choice for all tasks, each option's share of tasks and money, and what choosing task by task saves.
    fn portfolio(&self, rival: usize) -> String {
        let (results, verdict) = (self.results, self.verdict);
        let choice = self.name(verdict.choice);
        let mut text = format!(
            "One option for all tasks: choose {choice}, {} a task cheaper than {} {}.",
            self.money(verdict.margin),
            self.name(rival),
            self.at_criterion()
        );
        if let Some(other) = verdict.mean_choice {
            text += &format!(" On average {} would be chosen.", self.name(other));
        }
        for (k, i) in results.model.candidates().into_iter().enumerate() {
            let (tasks, money) = (self.percent(results.p_cheapest(i)), self.percent(results.money_share(i)));
            let name = self.name(i);
            text += &match k {
                0 => format!(" {name} is the cheapest in {tasks} of tasks, with {money} of the money"),
                _ => format!("; {name} in {tasks}, with {money}"),
            };
        }
        text += ".";
        if let (Some(best), Some(saved)) = (results.best(), verdict.regret) {
            let (best, saved) = (self.money(Some(best)), self.money(Some(saved)));
            text += &format!(" Choosing task by task costs {best} a task and saves {saved} of {choice}'s.");
        }
        text
    }

    /// A probability in a sentence.
    fn in_prose(&self, p: Option<Estimate>) -> String {
        match p {
            Some(p) if p.value == 1.0 && self.results.is_certain() => format!("all {}", self.unit()),
            Some(p) if p.value == 1.0 => format!("practically all {} ({})", self.unit(), self.percent(Some(p))),
            _ => format!("{} of {}", self.percent(p), self.unit()),
        }
    }
}
