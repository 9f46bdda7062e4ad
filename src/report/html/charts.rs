//! The charts, each with a title and a word on how to read it.

use super::Page;
use super::markup::Markup;
use crate::chart::{ChartError, Format, Style, Theme};
use crate::report::charts;

impl Page<'_> {
    /// All charts of the run.
    pub(super) fn charts(&self) -> Markup {
        let drawn = charts(self.screen.results, Style { format: Format::Svg, theme: Theme::Light });
        Markup::all(drawn.into_iter().map(|(name, chart)| self.figure(name.trim_end_matches(".svg"), chart)))
    }

    fn figure(&self, name: &str, chart: Result<Vec<u8>, ChartError>) -> Markup {
        let title = title(name);
        let picture = match chart {
            Ok(svg) => Markup::drawing(&String::from_utf8_lossy(&svg)),
            Err(error) => Markup::paragraph(&format!("This chart cannot be drawn: {error}")),
        };
        let frame = [("class", "chart"), ("tabindex", "0"), ("role", "region"), ("aria-label", title)];
        let reading = [Markup::own("<b>How to read this.</b> "), Markup::prose(&self.reading(name))];
        let parts = [
            Markup::tag("h3", Markup::text(title)),
            Markup::element("p", &[("class", "hint")], Markup::text("Swipe sideways to see all of the chart.")),
            Markup::element("div", &frame, picture),
            Markup::tag("figcaption", Markup::joined(reading)),
        ];
        Markup::tag("figure", Markup::all(parts))
    }

    fn reading(&self, name: &str) -> String {
        let unit = self.screen.results.scenario.simulation.trials_are.word();
        let baseline = self.screen.name(self.screen.results.model.baseline);
        match name {
            "histogram" => format!(
                "The higher an area, the more {unit} end at that cost. Above it, the dot is the mean and the bar holds \
                 90 % of the {unit}. Where areas overlap, chance decides which option is the cheaper one."
            ),
            "break_even" => format!(
                "The solid line is the share of {unit} in which the option has become no dearer than {baseline} by that \
                 month and stays so; the dashed line also counts those in which it falls behind again. The distance \
                 from the solid line's end to 100 % is the probability of never."
            ),
            "break_even_volume" => format!(
                "If all {unit} had the traffic below, this would be the share in which the option costs no more than \
                 {baseline} at the end. Where a line crosses 50 %, the odds turn; the scenario's own traffic is \
                 marked."
            ),
            "cumulative" => format!(
                "All that has been spent by the end of each month. The thick line is the mean; 90 % of the {unit} lie \
                 between the thin ones. Month 0 holds what is paid before the start."
            ),
            "histogram_saving" => format!(
                "What each option saves against {baseline} over the whole time, below zero what it costs more. Nothing is \
                 smoothed: a bar is the share of {unit} that were counted there."
            ),
            "ledger" => "The mean cost of each month, by what it is paid for. A high first column is the price of \
                         getting started; the height later on is what it costs to keep going."
                .to_owned(),
            "value_of_information" => "The longer a bar, the more it pays to find out about that input before \
                                       deciding; no test or quote is worth more than its bar. The thin line is the \
                                       simulation's own error."
                .to_owned(),
            "histogram_cumulative" => format!(
                "Each line is the share of {unit} that cost at most the amount below it. The further left and the steeper \
                 it rises, the cheaper and the surer the option is."
            ),
            "cost_lines" => "What each option costs on average, from left to right by what it is paid for; the number \
                             behind it is the whole."
                .to_owned(),
            "inputs" => {
                "What the scenario says about each input: the higher a bar, the more often it takes such values. \
                         The shade holds 90 % of them."
                    .to_owned()
            }
            "one_way" => "What each option costs on average where one input has the value below and all others vary. \
                          Where lines cross, another option becomes the cheapest."
                .to_owned(),
            _ => String::new(),
        }
    }
}

fn title(name: &str) -> &'static str {
    match name {
        "verdict" => "The verdict",
        "histogram" => "What each option may cost in total",
        "break_even" => "When it pays",
        "break_even_volume" => "At what traffic it pays",
        "cumulative" => "How the costs add up",
        "ledger" => "What the money is spent on",
        "value_of_information" => "What finding out is worth",
        "histogram_cumulative" => "How likely it is to stay within a budget",
        "histogram_saving" => "What it saves, or costs more",
        "cost_lines" => "What the totals are made of",
        "inputs" => "What was put in",
        "one_way" => "What each input does to the costs",
        _ => "Chart",
    }
}
