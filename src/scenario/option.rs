//! An option of a validated scenario.

use super::field::{Fallback, Field};
use super::months::Since;
use super::settings::{CostKind, CostUnit, Timing};
use crate::diagnostic::Span;
use crate::quantity::{Builder, Reg};

/// A way to serve the task.
#[derive(Clone, Debug)]
pub struct OptionSpec {
    /// Its name, unique in the scenario.
    pub name: String,
    /// Where that stands.
    pub span: Span,
    /// Whether it is ranked and compared.
    pub candidate: bool,
    /// When its retrains happen.
    pub timing: Timing,
    /// Whether a migration section is given.
    pub has_migration: bool,
    /// The option that serves the requests which this one does not.
    pub route_to: Option<usize>,
    /// Whether batches discount what is read from the cache.
    pub batch_discounts_cached: bool,
    /// The option that answers what this one escalates.
    pub escalate_to: Option<usize>,
    /// The option whose running costs are paid after its last month.
    pub after_retirement: Option<usize>,
    /// What its quantities ask of the time since its launch and training.
    pub since: Since,
    /// Its custom lines.
    pub lines: Vec<LineSpec>,
    /// 1 where the project succeeds, 0 where it fails; `None` where it cannot fail.
    pub success: Option<Reg>,
    /// The register of each field, by [`Field::index`]; `None` where nothing stands and nothing is assumed.
    pub(super) fields: Vec<Option<Reg>>,
}

/// A custom cost line.
#[derive(Clone, Debug)]
pub struct LineSpec {
    /// Its name.
    pub name: String,
    /// Its cost per unit.
    pub amount: Reg,
    /// What it is counted in.
    pub unit: CostUnit,
    /// Who is paid.
    pub kind: CostKind,
}

impl OptionSpec {
    /// The register of a field that is written or has a default.
    pub fn get(&self, field: Field) -> Option<Reg> {
        self.fields[field.index()]
    }
}

/// Fills in the defaults of an option's fields.
pub(super) fn with_defaults(
    written: impl Fn(Field) -> Option<Reg>,
    hourly_rate: Option<Reg>,
    builder: &mut Builder,
) -> Vec<Option<Reg>> {
    let mut fields = Vec::with_capacity(Field::ALL.len());
    for field in Field::ALL {
        fields.push(written(*field).or_else(|| match field.fallback() {
            Fallback::Number(x) => Some(builder.number(x)),
            Fallback::HourlyRate => hourly_rate.or_else(|| Some(builder.number(0.0))),
            Fallback::InputPrice => written(Field::InputPrice).or_else(|| Some(builder.number(0.0))),
            Fallback::WherePaid => Some(builder.number(0.0)),
            Fallback::Absent(_) | Fallback::Required => None,
        }));
    }
    fields
}
