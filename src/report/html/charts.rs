//! The charts, each with a title and a word on how to read it.

use super::Page;
use super::markup::Markup;
use crate::chart::{ChartError, ChartStyle, ImageFormat, Theme};
use crate::report::charts::{Chart, Words, described};

impl Page<'_> {
    /// All charts of the run.
    pub(super) fn charts(&self) -> Markup {
        let drawn = described(self.screen.results, ChartStyle { format: ImageFormat::Svg, theme: Theme::Light });
        Markup::all(drawn.map(|(chart, drawn)| self.figure(&chart, drawn)))
    }

    fn figure(&self, chart: &Chart, drawn: Result<Vec<u8>, ChartError>) -> Markup {
        let picture = match drawn {
            Ok(svg) => Markup::drawing(&String::from_utf8_lossy(&svg)),
            Err(error) => Markup::paragraph(&format!("This chart cannot be drawn: {error}")),
        };
        let unit = self.screen.results.scenario.simulation.trials_are.word();
        let baseline = self.screen.name(self.screen.results.model.baseline);
        let reading = (chart.reading)(&Words { unit, baseline });
        let frame = [("class", "chart"), ("tabindex", "0"), ("role", "region"), ("aria-label", chart.title)];
        let reading = [Markup::own("<b>How to read this.</b> "), Markup::prose(&reading)];
        let parts = [
            Markup::tag("h3", Markup::text(chart.title)),
            Markup::element("p", &[("class", "hint")], Markup::text("Swipe sideways to see all of the chart.")),
            Markup::element("div", &frame, picture),
            Markup::tag("figcaption", Markup::joined(reading)),
        ];
        Markup::tag("figure", Markup::all(parts))
    }
}
