//! The verdict, the options, and their comparison with the baseline.

use super::Page;
use super::markup::Markup;
use super::tables::{cards, paragraphs};
use crate::engine::{Metric, Stat};
use crate::report::comparison::months;
use crate::report::criterion::at;

/// A figure that stands out: what it is, the figure, and what belongs to it.
type Tile = (String, String, String);

impl Page<'_> {
    /// The sentences of the terminal, and the figures that decide.
    pub(super) fn verdict(&self) -> Markup {
        let tile = |(what, figure, more): Tile| {
            let parts = [Markup::tag("dt", Markup::text(&what)), Markup::tag("dd", Markup::prose(&figure))];
            let more = (!more.is_empty()).then(|| Markup::tag("dd", Markup::prose(&more)));
            Markup::element("div", &[("class", "tile")], Markup::joined(parts.into_iter().chain(more)))
        };
        let tiles = Markup::all(self.tiles().into_iter().map(tile));
        Markup::all([Markup::paragraph(&self.screen.decision()), Markup::element("dl", &[("class", "tiles")], tiles)])
    }

    fn tiles(&self) -> Vec<Tile> {
        let (screen, verdict) = (&self.screen, self.screen.verdict);
        let choice = verdict.choice;
        let each = if screen.is_portfolio() { " per task" } else { "" };
        let mean = screen.money(screen.results.metric(choice, Metric::Total, Stat::Mean));
        let range = format!("{} in {}", screen.range(choice, Metric::Total), screen.range_heading());
        let mut tiles = vec![(format!("Mean total{each} of {}", screen.name(choice)), mean, range)];
        if let Some(rival) = verdict.rival {
            let close = match verdict.too_close {
                true => "less than the simulation's own error".to_owned(),
                false => at(verdict.criterion, screen.unit()),
            };
            let what = format!("Cheaper{each} than {}", screen.name(rival));
            tiles.push((what, screen.money(verdict.margin), close));
            let of = format!("of {}", screen.unit());
            tiles.push((format!("{} is the cheapest in", screen.name(choice)), screen.percent(verdict.p_cheapest), of));
        }
        if let Some(loss) = verdict.loss_when_wrong {
            let more = "on average over those in which another option is cheaper".to_owned();
            tiles.push(("When that is wrong it costs more by".to_owned(), screen.money(Some(loss)), more));
        }
        if let Some(challenger) = verdict.challengers.iter().find(|c| c.option == choice) {
            let never = format!("never in {} of {}", screen.percent(challenger.p_never), screen.unit());
            tiles.push((
                "Breaks even for good in".to_owned(),
                months(challenger, &screen.results.scenario.simulation()),
                never,
            ));
        }
        tiles
    }

    /// What each option costs.
    pub(super) fn options(&self) -> Markup {
        let screen = &self.screen;
        let months = screen.results.scenario.simulation.horizon;
        let (range, baseline) = (screen.range_heading(), screen.name(screen.results.model.baseline));
        let words = if screen.is_portfolio() {
            format!(
                "What a task costs over {months} months, one-time costs included; in {range} it lies within the range \
                 given. Beside it stands the share of tasks in which the option is the cheapest, and the share of the \
                 money spent on {baseline} that these tasks hold."
            )
        } else {
            format!(
                "The total is what an option costs over {months} months, one-time costs included. In {range} it lies \
                 within the range given; P(cheapest) is the share in which the option is the cheapest of all."
            )
        };
        Markup::all([Markup::paragraph(&words), cards(&screen.totals(), "Option")])
    }

    /// Saving, break-even and volume of each challenger.
    pub(super) fn comparison(&self) -> Option<Markup> {
        let grid = self.screen.challengers()?;
        let words = "What is saved is the baseline's total less the option's own; a negative saving is an extra cost. \
                     The lasting break-even is the month from which on the option stays no dearer, costs so far \
                     compared; never is the probability that this does not happen in time.";
        let volumes = paragraphs(self.screen.volumes());
        let others = Markup::all(self.screen.others().map(|grid| cards(&grid, "Option")));
        let bad_answers = paragraphs(self.screen.bad_answers().into_iter().collect());
        Some(Markup::all([Markup::paragraph(words), cards(&grid, "Option"), volumes, others, bad_answers]))
    }

    pub(super) fn money(&self) -> Option<Markup> {
        let words = "Shares of each option's mean total: invoices of vendors, hours of people, and what else there is.";
        let kinds = self.screen.kinds().map(|grid| Markup::all([Markup::paragraph(words), cards(&grid, "Option")]))?;
        let paid = "What is paid in the first year, not discounted and without what bad answers cost: the figure for a \
                    budget. The table spend has every month, quarter and year.";
        let year = self.screen.first_year().map(|grid| Markup::all([Markup::paragraph(paid), cards(&grid, "Option")]));
        let budgets = self.screen.budgets().map(|grid| {
            let words = paragraphs(self.screen.budgets_described().into_iter().collect());
            Markup::all([words, cards(&grid, "Option")])
        });
        Some(Markup::all(std::iter::once(kinds).chain(year).chain(budgets)))
    }

    pub(super) fn rules(&self) -> Option<Markup> {
        let rules = self.screen.rules_of_thumb();
        (!rules.is_empty()).then(|| paragraphs(rules))
    }
}
