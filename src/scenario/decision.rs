//! `[decision]`: by what options are chosen, and what may be spent.

use super::document::TomlTable;
use super::label::TextKey;
use super::read::Reader;
use super::settings::TrialsAre;
use crate::diagnostic::{Diagnostic, Span};

words! {
    /// By which figure of its total an option is chosen.
    Criterion {
        /// The mean.
        Mean = "mean",
        /// The median.
        P50 = "p50",
        /// What a quarter of the trials exceed.
        P75 = "p75",
        /// What a fifth of them exceed.
        P80 = "p80",
        /// What a tenth of them exceed.
        P90 = "p90",
        /// What a twentieth of them exceed.
        P95 = "p95",
        /// The mean of the dearest tenth.
        Cvar90 = "cvar90",
        /// The mean of the dearest twentieth.
        Cvar95 = "cvar95",
    }
}

words! {
    /// Whose money it is.
    SpendScope {
        /// What vendors are paid.
        Vendor = "vendor",
        /// All kinds but bad answers.
        Cash = "cash",
        /// All of them.
        All = "all",
    }
}

impl SpendScope {
    /// Every one of them.
    pub const ALL: [SpendScope; 3] = [SpendScope::Vendor, SpendScope::Cash, SpendScope::All];

    /// Its place among them.
    pub fn index(self) -> usize {
        self as usize
    }
}

/// By what options are chosen, and what may be spent, undiscounted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// The figure of the total that is to be least.
    pub criterion: Criterion,
    /// What may be spent in a month.
    pub monthly_budget: Option<f64>,
    /// In a year.
    pub yearly_budget: Option<f64>,
    /// In all months.
    pub horizon_budget: Option<f64>,
    /// What counts against it.
    pub budget_scope: SpendScope,
}

impl Default for Decision {
    fn default() -> Decision {
        Decision {
            criterion: Criterion::Mean,
            monthly_budget: None,
            yearly_budget: None,
            horizon_budget: None,
            budget_scope: SpendScope::Cash,
        }
    }
}

impl Decision {
    /// Reads the section.
    pub(super) fn read(table: &TomlTable, trials_are: TrialsAre, problems: &mut Vec<Diagnostic>) -> Decision {
        let mut reader = Reader::new(table, "[decision]", problems);
        let mut budget = |key| {
            let (amount, span) = reader.amount(key)?;
            if trials_are == TrialsAre::Tasks {
                reader.refuse(of_tasks(span));
            }
            Some(amount)
        };
        let [monthly_budget, yearly_budget, horizon_budget] =
            ["monthly_budget", "yearly_budget", "horizon_budget"].map(&mut budget);
        let (default, criterion) = (Decision::default(), reader.choice("criterion", Criterion::WORDS));
        let budget_scope = reader.choice("budget_scope", SpendScope::WORDS);
        reader.finish(TextKey::of_table("decision"));
        Decision {
            criterion: criterion.unwrap_or(default.criterion),
            monthly_budget,
            yearly_budget,
            horizon_budget,
            budget_scope: budget_scope.unwrap_or(default.budget_scope),
        }
    }

    /// Whether there is a budget.
    pub fn has_budget(&self) -> bool {
        self.monthly_budget.or(self.yearly_budget).or(self.horizon_budget).is_some()
    }
}

fn of_tasks(span: Span) -> Diagnostic {
    let error = Diagnostic::error(span, "a budget is for all tasks together, and each trial is one of them");
    error.help("leave it out, or write trials_are = \"futures\" for trials that are the future of all")
}
