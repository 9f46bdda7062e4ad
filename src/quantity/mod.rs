//! The quantity language: what a scenario may write wherever it needs a number.
//!
//! Text becomes tokens, tokens a [syntax tree](ast), the tree a [program] of column operations which draws random
//! variables and evaluates formulas for a block of trials at a time.

mod apply;
pub mod ast;
mod bind;
mod builder;
mod calls;
mod columns;
mod distribution;
pub mod family;
mod lexer;
mod lower;
mod meaning;
mod monthly;
mod parser;
mod plain_number;
pub mod program;
pub mod reference;
mod run;
mod standing;
mod variables;

pub use ast::Expr;
pub use builder::Builder;
pub use lower::{Data, Lowered, Names, Operand, lower};
pub use meaning::{Derivation, Meanings};
pub use monthly::{Level, MonthName, NEARLY_ALL, Rewriting};
pub use parser::parse;
pub use plain_number::plain_number;
pub use program::{Law, Program, Reg, Variable};
pub use run::{Clamped, Coordinates, InMonth, Registers, Undefined};
pub use standing::{Standing, factor, hyphenated};
pub use variables::{Written, written_variables};

/// What is wrong with a quantity, with the byte range in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityError {
    /// Bytes of the quantity's text.
    pub at: std::ops::Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Vec<String>,
}

impl QuantityError {
    pub(crate) fn new(at: std::ops::Range<usize>, message: impl Into<String>) -> Self {
        QuantityError { at, message: message.into(), help: Vec::new() }
    }

    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}
