//! Folding the results of blocks in a fixed binary tree over their numbers.
//!
//! Floating-point addition does not associate, so the order is part of the result: neighbours of equal size are
//! merged first, as in a binary counter. Any split into runs of whole, aligned subtrees gives the same bits.

/// Something that another of its kind can be added to.
pub trait Merge {
    /// Adds `other`, which comes later.
    fn merge(&mut self, other: &Self);
}

/// A fold in progress.
#[derive(Clone, Debug)]
pub struct Fold<T> {
    /// Finished subtrees from left to right, with the binary logarithm of their leaves; sizes fall strictly.
    subtrees: Vec<(u32, T)>,
}

impl<T> Default for Fold<T> {
    fn default() -> Self {
        Fold { subtrees: Vec::new() }
    }
}

impl<T: Merge> Fold<T> {
    /// Adds the next leaf.
    pub fn push(&mut self, leaf: T) {
        self.push_subtree((0, leaf));
    }

    /// Adds all of a fold whose first leaf comes next: after a multiple of its size, rounded up to a power of two, it is
    /// the same as pushing its leaves one by one.
    pub fn append(&mut self, next: Fold<T>) {
        next.subtrees.into_iter().for_each(|subtree| self.push_subtree(subtree));
    }

    fn push_subtree(&mut self, mut new: (u32, T)) {
        while let Some((size, mut left)) = self.subtrees.pop() {
            if size != new.0 {
                self.subtrees.push((size, left));
                break;
            }
            left.merge(&new.1);
            new = (size + 1, left);
        }
        self.subtrees.push(new);
    }

    /// The last finished subtree, such as the leaf that was just pushed where it has no partner yet.
    pub fn last(&self) -> Option<&T> {
        self.subtrees.last().map(|(_, subtree)| subtree)
    }

    /// The whole so far; `None` without leaves. Incomplete subtrees are merged from the right.
    pub fn whole(&self) -> Option<T>
    where
        T: Clone,
    {
        let mut subtrees = self.subtrees.iter().rev();
        let (_, mut right) = subtrees.next()?.clone();
        for (_, left) in subtrees {
            let mut left = left.clone();
            left.merge(&right);
            right = left;
        }
        Some(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Shape(String);

    impl Merge for Shape {
        fn merge(&mut self, other: &Self) {
            self.0 = format!("({}{})", self.0, other.0);
        }
    }

    #[test]
    fn the_tree_is_fixed() {
        let fold = |n: u8| {
            let mut fold = Fold::default();
            (0..n).for_each(|i| fold.push(Shape((b'a' + i).escape_ascii().to_string())));
            fold.whole().map(|s| s.0)
        };
        assert_eq!(fold(0), None);
        assert_eq!(fold(1).as_deref(), Some("a"));
        assert_eq!(fold(4).as_deref(), Some("((ab)(cd))"));
        assert_eq!(fold(7).as_deref(), Some("(((ab)(cd))((ef)g))"));
    }

    #[test]
    fn runs_of_leaves_may_be_folded_elsewhere() {
        let fold = |leaves: std::ops::Range<u8>| {
            let mut fold = Fold::default();
            leaves.for_each(|i| fold.push(Shape((b'a' + i).escape_ascii().to_string())));
            fold
        };
        for n in 1..20 {
            for run in [1, 2, 4, 8] {
                let mut whole = Fold::default();
                (0..n).step_by(run).for_each(|first| whole.append(fold(first..n.min(first + run as u8))));
                assert_eq!(whole.whole(), fold(0..n).whole(), "{n} in runs of {run}");
            }
        }
    }
}
