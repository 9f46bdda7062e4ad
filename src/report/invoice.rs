//! One concrete case on the terminal, line by line with the numbers substituted. Lines fit 80 columns.

use super::grid::{fit, wrap};
use super::screen::WIDTH;
use crate::engine::{Case, CaseKind, LedgerEntry};
use crate::model::{Model, Role};
use crate::number::{currency_sign, grouped};
use crate::scenario::{CostKind, Scenario};
use crate::tables::{Amount, amounts};

/// Columns of a line's name, and of its cost.
const NAME: usize = 21;
const COST: usize = 14;

/// A case of one option: what fell in a month, or where none is given the one-time costs, the first month, and all
/// months together.
pub fn case_text(
    scenario: &Scenario,
    model: &Model,
    case: &Case,
    at: CaseKind,
    option: usize,
    month: Option<u32>,
) -> String {
    let page = Page { scenario, model, case, option };
    let months = match month {
        Some(month) => vec![month as usize],
        None => vec![0, first_month(case, option)],
    };
    let seed = scenario.simulation.seed;
    let mut text = wrap(&format!("{}, with {}", model.options[option].name, which(at, seed)), WIDTH) + "\n";
    if let Some(outcome) = outcome(scenario, case, option) {
        text += &(wrap(outcome, WIDTH) + "\n");
    }
    for month in months {
        text += &page.month(month);
    }
    if month.is_none() {
        text += &page.all();
    }
    if !matches!(at, CaseKind::Trial(_)) {
        let warning = "This is one case. The mean of the inputs does not give the mean of the costs, nor do medians give \
                       the median: `breakeven run` does.";
        text += &format!("\n{}\n", wrap(warning, WIDTH));
    }
    text
}

/// A number in at most six digits, with at least so many decimals.
fn exact(x: f64, least: usize) -> String {
    if x == 0.0 {
        return grouped(x, least);
    }
    let digits = (5.0 - crate::math::log10(x.abs()).floor()).clamp(0.0, 12.0) as usize;
    let text = grouped(x, digits.max(least));
    let zeros = text.len() - text.trim_end_matches('0').len();
    let decimals = text.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
    let spare = zeros.min(decimals.saturating_sub(least));
    text[..text.len() - spare].trim_end_matches('.').to_owned()
}

/// What is counted, of which there may be one.
fn counted(x: f64, what: &str) -> String {
    let one = if x == 1.0 { what.strip_suffix('s') } else { None };
    one.unwrap_or(what).to_owned()
}

/// The first month with a cost of the option's own; the first where there is none.
fn first_month(case: &Case, option: usize) -> usize {
    let paid = |m: usize| case.lines[option].iter().any(|line| line[m].cost != 0.0);
    (1..case.record.discount.len()).find(|m| paid(*m)).unwrap_or(1)
}

/// Whether a project that may fail does so in the case.
fn outcome(scenario: &Scenario, case: &Case, option: usize) -> Option<&'static str> {
    let success = case.value(scenario.options[option].success?);
    Some(match success > 0.5 {
        true => "The project may fail; here it succeeds.",
        false => "The project may fail, and here it does: the baseline is paid in every month.",
    })
}

fn which(at: CaseKind, seed: u64) -> String {
    match at {
        CaseKind::Mean => "every input at its mean".to_owned(),
        CaseKind::Median => "every input at its median".to_owned(),
        CaseKind::Trial(number) => format!("the inputs of trial {} of seed {seed}", grouped(number as f64, 0)),
    }
}

#[derive(Clone, Copy)]
struct Page<'a> {
    scenario: &'a Scenario,
    model: &'a Model,
    case: &'a Case,
    option: usize,
}

impl Page<'_> {
    fn money(&self, x: f64) -> String {
        let symbol = currency_sign(&self.scenario.currency).unwrap_or_default();
        let sign = if x < 0.0 { "-" } else { "" };
        let digits = if x != 0.0 && x.abs() < 1.0 { 4 } else { 2 };
        format!("{sign}{symbol}{}", grouped(x.abs(), digits))
    }

    fn cents(&self, x: f64) -> String {
        let rounded = (x * 100.0).round() / 100.0;
        let sign = if rounded < 0.0 { "-" } else { "" };
        let symbol = self.money(0.0).trim_end_matches("0.00").to_owned();
        format!("{sign}{symbol}{}", grouped(rounded.abs(), 2))
    }

    fn month(&self, month: usize) -> String {
        let name = self.scenario.simulation().start.map(|start| format!(", {}", start.name(month as u32)));
        let heading = match month {
            0 => "Once, before the first month".to_owned(),
            _ => format!("Month {month}{}", name.unwrap_or_default()),
        };
        let mut text = format!("\n{heading}\n");
        let mut sum = 0.0;
        let Page { case, model, option, .. } = *self;
        for (line, entries) in model.options[option].lines.iter().zip(&case.lines[option]) {
            let entry = entries[month];
            if entry.cost != 0.0 {
                let product = self.product(&amounts(case, line, (month, entry)));
                text += &self.row(line.name.as_str(), line.kind, &product, entry.cost);
                sum += entry.cost;
            }
        }
        for (line, entries) in model.options[option].substitutes.iter().zip(&case.absent[option]) {
            let LedgerEntry { cost, .. } = entries[month];
            if cost != 0.0 {
                text += &self.row(line.name(), line.kind, "what the option that serves costs", cost);
                sum += cost;
            }
        }
        if sum == 0.0 && text.lines().count() < 3 {
            return text + "  nothing\n";
        }
        text += &self.amount("", "", sum);
        let discount = case.record.discount[month];
        if discount != 1.0 {
            text += &self.amount("", &format!("x {discount:.4}, discounted"), sum * discount);
        }
        text
    }

    /// A line's name, its product over as many lines as it takes, and its cost at the end of the last.
    fn row(&self, name: &str, kind: CostKind, product: &str, cost: f64) -> String {
        let people = if kind == CostKind::People { " (people)" } else { "" };
        let label = format!("{}{people}", fit(name, NAME - people.len() - 1));
        let lines: Vec<String> = wrap(product, WIDTH - NAME - COST - 3).lines().map(str::to_owned).collect();
        let mut text = String::new();
        for (k, line) in lines.iter().enumerate() {
            let head = if k == 0 { label.as_str() } else { "" };
            match k + 1 == lines.len() {
                true => text += &self.amount(head, line, cost),
                false => text += &format!("  {head:NAME$}{line}\n"),
            }
        }
        text
    }

    fn amount(&self, head: &str, words: &str, cost: f64) -> String {
        let cost = self.cents(cost);
        let room = WIDTH - 2 - NAME - COST - 1;
        format!("  {head:NAME$}{words:room$} {cost:>COST$}\n")
    }

    fn product(&self, amounts: &[Amount]) -> String {
        let says =
            |a: &&Amount| !(matches!(a.role, Role::Repeats(_) | Role::Level(_) | Role::Reach(_)) && a.value == 1.0);
        let words = amounts.iter().filter(says).map(|Amount { value, role }| match role {
            Role::Count(what) | Role::Repeats(what) | Role::Units(what) => {
                format!("{} {}", exact(*value, 0), counted(*value, what))
            }
            Role::Money("") => self.price(*value),
            Role::Money(each) if each.starts_with('/') => format!("{}{each}", self.price(*value)),
            Role::Money(each) => format!("{} {each}", self.price(*value)),
            Role::PerMillion => format!("{}/M", self.price(*value)),
            Role::Share(what) | Role::Level(what) | Role::Reach(what) => format!("{} {what}", exact(*value, 0)),
        });
        // The sign goes with the number that follows it.
        words.collect::<Vec<_>>().join(" x\u{a0}")
    }

    /// Money per something, so exactly that products come out to the cent.
    fn price(&self, x: f64) -> String {
        let symbol = self.money(0.0).trim_end_matches("0.00").to_owned();
        format!("{}{symbol}{}", if x < 0.0 { "-" } else { "" }, exact(x.abs(), 2))
    }

    /// What every line comes to over all months.
    fn all(&self) -> String {
        let Page { case, model, option, .. } = *self;
        let mut text = format!("\nAll {} months and what was spent before\n", model.horizon);
        let own = model.options[option].lines.iter().map(|line| (line.name.as_str(), line.kind));
        let absent = model.options[option].substitutes.iter().map(|line| (line.name(), line.kind));
        let entries = case.lines[option].iter().chain(&case.absent[option]);
        for ((name, kind), entries) in own.chain(absent).zip(entries) {
            let cost: f64 = entries.iter().map(|e| e.cost).sum();
            if cost != 0.0 {
                text += &self.row(name, kind, "-", cost).replacen(" - ", "   ", 1);
            }
        }
        let discounted = case.record.discount.iter().any(|d| *d != 1.0);
        let sum: f64 = case.lines[option].iter().chain(&case.absent[option]).flatten().map(|e| e.cost).sum();
        text += &self.amount("", "", sum);
        if discounted {
            text += &self.amount("", "discounted", case.total(option));
        }
        text
    }
}
