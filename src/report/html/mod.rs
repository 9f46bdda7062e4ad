//! A run as one page that can be mailed: it needs no network, no other file and no script to be read.

mod charts;
mod decision;
mod figures;
mod knowledge;
mod markup;
mod origin;
mod policy;
mod tables;

use markup::Markup;

use super::screen::{Medium, Screen};
use crate::diagnostic::Sources;
use crate::engine::Results;
use crate::tables::Verdict;

/// The page's file.
pub const HTML_NAME: &str = "report.html";

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page: a function of scenario, seed and version, like every other file.
///
/// `sources` are the texts that the scenario was read from.
pub fn html(results: &Results, sources: &Sources) -> Vec<u8> {
    let verdict = Verdict::new(results);
    let page = Page { screen: Screen { results, verdict: &verdict, medium: Medium::Page }, sources };
    let body = Markup::element("div", &[("class", "page")], Markup::all([page.header(), page.main(), page.footer()]));
    let whole = Markup::all([
        page.head(),
        Markup::tag("body", Markup::all([body, Markup::tag("script", Markup::own(SCRIPT))])),
    ]);
    let root = Markup::element("html", &[("lang", "en")], whole);
    Markup::all([Markup::own("<!DOCTYPE html>"), root]).into_bytes()
}

/// A run on the way to the page.
struct Page<'a> {
    /// Its sentences and tables of figures.
    screen: Screen<'a>,
    /// What it was read from.
    sources: &'a Sources,
}

impl Page<'_> {
    fn head(&self) -> Markup {
        Markup::tag(
            "head",
            Markup::all([
                Markup::empty("meta", &[("charset", "utf-8")]),
                policy::policy(STYLE, SCRIPT),
                Markup::own("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"),
                Markup::own("<meta name=\"color-scheme\" content=\"light dark\">"),
                Markup::own("<meta name=\"referrer\" content=\"no-referrer\">"),
                Markup::tag("title", Markup::text(&self.screen.results.scenario.title)),
                Markup::tag("style", Markup::own(STYLE)),
            ]),
        )
    }

    /// Title, facts and the way to the sections.
    fn header(&self) -> Markup {
        let results = self.screen.results;
        let hash: String = results.scenario.hash.chars().take(12).collect();
        let facts = format!("{}, breakeven {}, scenario {hash}", self.screen.facts(), env!("CARGO_PKG_VERSION"));
        let link = |(id, title, _): &Section| Markup::element("a", &[("href", &format!("#{id}"))], Markup::text(title));
        let links = Markup::all(self.sections().iter().map(link));
        Markup::tag(
            "header",
            Markup::all([
                Markup::tag("h1", Markup::text(&results.scenario.title)),
                Markup::element("p", &[("class", "facts")], Markup::prose(&facts)),
                Markup::element("nav", &[("aria-label", "Sections")], links),
            ]),
        )
    }

    fn main(&self) -> Markup {
        let section = |(id, title, inside): Section| {
            let title = Markup::tag("h2", Markup::text(title));
            let class = if id == "verdict" { "verdict" } else { "plain" };
            Markup::element("section", &[("id", id), ("class", class)], Markup::all([title, inside]))
        };
        Markup::tag("main", Markup::all(self.sections().into_iter().map(section)))
    }

    /// All sections in the order in which a decision is made.
    fn sections(&self) -> Vec<Section> {
        let all = [
            ("verdict", "Verdict", Some(self.verdict())),
            ("options", "What the options cost", Some(self.options())),
            ("comparison", "Against the baseline", self.comparison()),
            ("charts", "Charts", Some(self.charts())),
            ("knowing", "What is worth knowing better", self.worth_knowing()),
            ("drivers", "What moves the saving", self.drivers()),
            ("rules", "Rules of thumb", self.rules()),
            ("money", "Where the money goes", self.money()),
            ("inputs", "Inputs", Some(self.inputs())),
            ("tables", "Tables", Some(self.tables())),
            ("certainty", "How certain the figures are", Some(self.certainty())),
            ("scenario", "The scenario", Some(self.scenario())),
            ("again", "How to get these figures again", Some(self.again())),
        ];
        all.into_iter().filter_map(|(id, title, inside)| Some((id, title, inside?))).collect()
    }

    fn footer(&self) -> Markup {
        let version = env!("CARGO_PKG_VERSION");
        let words = format!("Written by breakeven {version}. This page holds all it shows and loads nothing.");
        Markup::tag("footer", Markup::paragraph(&words))
    }
}

/// The name of a section in links, its title, and what is in it.
type Section = (&'static str, &'static str, Markup);
