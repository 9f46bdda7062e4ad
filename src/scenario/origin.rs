//! Where the random variables of a scenario come from.

use super::place::Place;

/// Where a random variable is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The quantity that it is part of.
    pub place: Place,
    /// The path of that quantity, in parts.
    pub path: Vec<String>,
    /// Its number among the variables of the quantity, from 1, where there are several.
    pub number: Option<usize>,
    /// The data file that it resamples.
    pub file: Option<String>,
    /// Its number among the dimensions of the quantity, from 0.
    pub(super) dimension: usize,
}

impl Origin {
    /// That of a variable in a quantity that was refused half-way.
    pub(super) fn unknown() -> Origin {
        Origin { place: Place::Input(String::new()), path: Vec::new(), number: None, file: None, dimension: 0 }
    }

    /// The parts of its name.
    pub fn parts(&self) -> Vec<String> {
        let mut parts = self.path.clone();
        if let (Some(last), Some(number)) = (parts.last_mut(), self.number) {
            last.push_str(&format!("#{number}"));
        }
        parts
    }

    /// The last part of its path, where that is one of several: the key of a field.
    pub fn key(&self) -> Option<&str> {
        self.path.last().filter(|_| self.path.len() > 1).map(String::as_str)
    }
}
