//! A column of a table: its name, what its cells are, and what they mean.

use std::borrow::Cow;

use super::Meaning;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Texts.
    Words,
    /// Numbers in a unit of their own, or of none.
    Number,
    /// Amounts in the scenario's currency.
    Amount,
    /// Shares and probabilities, out of 1.
    Share,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name in files.
    pub key: Cow<'static, str>,
    /// What its cells are.
    pub unit: Unit,
    /// What they mean.
    pub meaning: Meaning,
    /// The key of the column whose Monte Carlo standard errors these are.
    pub error_of: Option<Cow<'static, str>>,
    /// Whether a reader in a hurry does without it.
    pub is_detail: bool,
}

impl Column {
    fn new(key: impl Into<Cow<'static, str>>, unit: Unit, meaning: Meaning) -> Column {
        Column { key: key.into(), unit, meaning, error_of: None, is_detail: false }
    }

    /// Texts.
    pub fn words(key: impl Into<Cow<'static, str>>, meaning: Meaning) -> Column {
        Column::new(key, Unit::Words, meaning)
    }

    /// Numbers in a unit of their own, or of none.
    pub fn number(key: impl Into<Cow<'static, str>>, meaning: Meaning) -> Column {
        Column::new(key, Unit::Number, meaning)
    }

    /// Amounts in the scenario's currency.
    pub fn amount(key: impl Into<Cow<'static, str>>, meaning: Meaning) -> Column {
        Column::new(key, Unit::Amount, meaning)
    }

    /// Shares and probabilities, out of 1.
    pub fn share(key: impl Into<Cow<'static, str>>, meaning: Meaning) -> Column {
        Column::new(key, Unit::Share, meaning)
    }

    /// The same for readers who have time.
    pub fn detail(self) -> Column {
        Column { is_detail: true, ..self }
    }

    /// The column of its standard errors, `KEY_se`.
    pub fn error(&self) -> Column {
        self.error_called(format!("{}_se", self.key))
    }

    fn error_called(&self, key: impl Into<Cow<'static, str>>) -> Column {
        Column { error_of: Some(self.key.clone()), ..Column::new(key, self.unit, Meaning::StdError) }
    }

    /// Itself, and its standard errors after it.
    pub fn with_error(self) -> [Column; 2] {
        let error = self.error();
        [self, error]
    }

    /// The same of a table's main figure, whose errors are called `std_error`.
    pub fn with_std_error(self) -> [Column; 2] {
        let error = self.error_called("std_error");
        [self, error]
    }
}
