//! What is worth knowing better, and what the saving hangs on.

use super::Page;
use super::markup::Markup;
use super::tables::{cards, frame, head, number, row_head};
use crate::tables::Challenger;

/// Inputs that are said to move a saving.
const DRIVERS: usize = 10;

impl Page<'_> {
    /// The value of information, and where an input would change the choice.
    pub(super) fn worth_knowing(&self) -> Option<Markup> {
        let nothing = self.screen.nothing_to_learn().map(|words| Markup::paragraph(&words));
        let table = self.screen.knowledge().map(|grid| {
            let words = "A trial, a load test or a quote is worth at most by how much the mean cost falls if its result is \
                         known before deciding (EVPPI; EVPI for everything at once). Beside it stands where along the \
                         input's range another option becomes the cheapest on average.";
            Markup::all([Markup::paragraph(words), cards(&grid, "Input")])
        });
        nothing.or(table)
    }

    /// How much of the variance of each saving each input explains.
    pub(super) fn drivers(&self) -> Option<Markup> {
        let challengers = &self.screen.verdict.challengers;
        let share = |option: usize, v: usize| {
            let drivers = &challengers.iter().find(|c| c.option == option)?.drivers;
            drivers.iter().find(|(variable, _)| *variable == v).map(|(_, share)| share.value)
        };
        let most = |v: usize| challengers.iter().filter_map(|c| share(c.option, v)).fold(0.0, f64::max);
        let mut inputs: Vec<usize> = (0..self.screen.results.model.program.variables.len()).collect();
        inputs.retain(|v| most(*v) >= 0.005);
        inputs.sort_by(|a, b| most(*b).total_cmp(&most(*a)));
        inputs.truncate(DRIVERS);
        let label = |c: &Challenger| format!("Saving of {}", self.screen.name(c.option));
        let row = |v: usize| {
            let cell = |c: &Challenger| {
                let x = share(c.option, v).unwrap_or(f64::NAN);
                let text = if x.is_finite() { format!("{:.0} %", 100.0 * x.max(0.0)) } else { "n/a".to_owned() };
                number(&label(c), x, &text)
            };
            let name = row_head(&self.screen.results.model.program.variables[v].name);
            Markup::tag("tr", Markup::joined(std::iter::once(name).chain(challengers.iter().map(cell))))
        };
        let of = challengers.iter().map(|c| head(&label(c), false, false));
        let header = Markup::joined(std::iter::once(head("Input", true, false)).chain(of));
        let words = "The share of the variance of a saving that an input explains by itself. What inputs do together, and \
                     inputs of less than half a percent, are not shown.";
        let table =
            frame("sortable cards", "What moves the saving", header, Markup::all(inputs.iter().map(|v| row(*v))));
        let sentence = self.screen.drivers().map(|words| Markup::paragraph(&words));
        let bad = self.screen.bad_futures().map(|words| Markup::paragraph(&words));
        let parts = sentence.into_iter().chain([Markup::paragraph(words), table]).chain(bad);
        (!inputs.is_empty()).then(|| Markup::all(parts))
    }
}
