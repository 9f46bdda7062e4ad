//! For the reader: what is worth knowing better, and what the saving hangs on.

use super::format::ordinal;
use super::grid::TextGrid;
use super::input_value::input_value;
use super::screen::{Medium, Screen};
use crate::diagnostic::clean;
use crate::engine::BadFuture;
use crate::information::{Crossing, Flip};
use crate::stats::Estimate;
use crate::tables::{Telling, WorthKnowing};

/// Columns of a variable's name in a table.
const VARIABLE: usize = 38;
/// How many inputs are shown on a terminal.
const KNOWN: usize = 3;
/// How many inputs are said to go with bad futures.
const TOLD: usize = 3;
/// A share of the variance below this is not worth a word.
const LEAST_SHARE: f64 = 0.05;

impl Screen<'_> {
    /// Which inputs are worth knowing better, and where they would change the choice.
    pub fn knowledge(&self) -> Option<TextGrid> {
        let verdict = self.verdict;
        let everything = verdict.everything?;
        let before = if self.is_portfolio() { "Worth knowing of each task" } else { "Worth knowing before deciding" };
        if verdict.worth_knowing.is_empty() {
            return None;
        }
        let mut grid = TextGrid::new(&[before, "up to", "would change the choice"]);
        for known in verdict.worth_knowing.iter().take(self.known()) {
            let name = self.fit(&self.results.model.program.variables[known.variable].name, VARIABLE);
            grid.row(vec![name, self.money(Some(known.worth)), self.flips(known)]);
        }
        let bound = if verdict.knows_chances { "at most: random retrains" } else { "" };
        grid.row(vec!["everything at once".to_owned(), self.money(Some(everything)), bound.to_owned()]);
        Some(grid)
    }

    /// That no input is worth knowing better, where that is so.
    pub fn nothing_to_learn(&self) -> Option<String> {
        let everything = self.verdict.everything.filter(|_| self.verdict.worth_knowing.is_empty())?;
        let learning = "Learning any one input exactly before deciding would not change the choice";
        Some(match everything.value > 0.0 {
            true => format!("{learning}; knowing everything would be worth {}.", self.money(Some(everything))),
            false => format!("{learning}, nor would knowing everything."),
        })
    }

    /// What the futures have in common in which the choice is wrong.
    pub fn bad_futures(&self) -> Option<String> {
        let found = Telling::new(self.results, self.verdict.choice)?;
        if found.inputs.is_empty() || found.futures.why != BadFuture::WrongChoice {
            return None;
        }
        let (choice, unit) = (self.name(self.verdict.choice), self.unit());
        let share = self.percent(Some(Estimate::exact(found.futures.share)));
        let one = |(v, rank): &(usize, Estimate)| {
            let name = clean(&self.results.model.program.variables[*v].name);
            let way = if rank.value > 0.5 { "high" } else { "low" };
            format!("{name} is {way} (its {} percentile on average)", ordinal(100.0 * rank.value))
        };
        let inputs: Vec<String> = found.inputs.iter().take(TOLD).map(one).collect();
        Some(format!("In the {share} of {unit} in which {choice} is not the cheapest, {}.", inputs.join(", ")))
    }

    /// How many inputs there is room for.
    fn known(&self) -> usize {
        if self.medium == Medium::Page { usize::MAX } else { KNOWN }
    }

    /// Where along an input's range another option is the cheapest on average.
    fn flips(&self, known: &WorthKnowing) -> String {
        let variable = &self.results.model.program.variables[known.variable];
        let text = |e: Estimate| input_value(&self.results.scenario, variable, e);
        // Of the few values that a variable takes one is the first, or the last, of a part.
        let place = |crossing: Crossing, is_first: bool| match crossing.between {
            Some([low, high]) => text(Estimate::exact(if is_first { high } else { low })),
            None => crossing.at.map_or_else(String::new, text),
        };
        let where_ = |flip: &Flip| match (flip.from, flip.to) {
            (None, None) => "anywhere".to_owned(),
            (None, Some(to)) if to.between.is_some() => format!("up to {}", place(to, false)),
            (None, Some(to)) => format!("below {}", place(to, false)),
            (Some(from), None) if from.between.is_some() => format!("from {} on", place(from, true)),
            (Some(from), None) => format!("above {}", place(from, true)),
            (Some(from), Some(to)) => format!("{} to {}", place(from, true), place(to, false)),
        };
        let option = |flip: &Flip| self.label(flip.option);
        if self.medium == Medium::Page {
            let all = known.flips.iter().map(|flip| format!("{}: {}", where_(flip), option(flip)));
            return all.collect::<Vec<_>>().join("; ");
        }
        match known.flips[..] {
            [flip] => format!("{}: {}", where_(&flip), option(&flip)),
            [first, second] => format!("{}, {}", where_(&first), where_(&second)),
            [] => String::new(),
            [first, ..] => format!("{} and elsewhere", where_(&first)),
        }
    }

    /// The inputs that explain most of how far off the saving may be.
    pub fn drivers(&self) -> Option<String> {
        let option = self.verdict.closest?;
        let challenger = self.verdict.challengers.iter().find(|c| c.option == option)?;
        let certain = challenger.drivers.iter().take(KNOWN).filter(|(_, share)| share.value >= LEAST_SHARE);
        let name = |(k, (v, share)): (usize, &(usize, Estimate))| {
            let name = &self.results.model.program.variables[*v].name;
            let of = if k == 0 { " of its variance" } else { "" };
            format!("{name} ({:.0} %{of})", 100.0 * share.value)
        };
        let shown: Vec<String> = certain.enumerate().map(name).collect();
        let text =
            format!("What moves the saving of {} most, each by itself: {}.", self.name(option), shown.join(", "));
        (!shown.is_empty()).then_some(text)
    }
}
