//! The lines of a text, found once: a file of a stranger may have a mistake on each of a hundred thousand.

/// Where the lines of a text begin.
pub struct LineStarts<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineStarts<'a> {
    /// Those of a text.
    pub fn of(text: &'a str) -> LineStarts<'a> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        LineStarts { text, starts }
    }

    /// The number of the line that holds a byte, from 0.
    pub fn of_place(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// A line by its number, without its end; nothing beyond the last.
    pub fn get(&self, number: usize) -> &'a str {
        let start = self.starts.get(number).copied().unwrap_or(self.text.len());
        let end = self.starts.get(number + 1).map_or(self.text.len(), |next| next - 1);
        self.text.get(start..end).unwrap_or("")
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_on_a_line() {
        let lines = LineStarts::of("ab\n\nc");
        assert_eq!([0, 1, 2, 3, 4, 9].map(|at| lines.of_place(at)), [0, 0, 0, 1, 2, 2]);
        assert_eq!([0, 1, 2, 3].map(|number| lines.get(number)), ["ab", "", "c", ""]);
        assert_eq!((lines.count(), LineStarts::of("").get(0)), (3, ""));
    }
}
