//! Where a quantity stands in a scenario.

use super::field::Field;
use super::section::Section;

/// The place of a quantity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// `[inputs]`, by name.
    Input(String),
    /// A field outside the options.
    Common(Field),
    /// A field of the option with this number.
    Option(usize, Field),
    /// The amount of a custom line: option, line.
    Line(usize, usize),
}

impl Place {
    /// The field that it is; none for an input and for the amount of a custom line.
    pub fn field(&self) -> Option<Field> {
        match self {
            Place::Common(field) | Place::Option(_, field) => Some(*field),
            Place::Input(_) | Place::Line(..) => None,
        }
    }

    /// Its path in parts, under the names of its option and its line.
    pub(super) fn path(&self, option: impl Fn(usize) -> String, line: impl Fn(usize, usize) -> String) -> Vec<String> {
        let with_section = |field: Field, mut parts: Vec<String>| {
            if field.section() != Section::Option {
                parts.push(field.section().name().to_owned());
            }
            parts.push(field.key().to_owned());
            parts
        };
        match self {
            Place::Input(name) => vec![name.clone()],
            Place::Common(field) => with_section(*field, Vec::new()),
            Place::Option(i, field) => with_section(*field, vec![option(*i)]),
            Place::Line(i, k) => vec![option(*i), line(*i, *k), "amount".to_owned()],
        }
    }
}
