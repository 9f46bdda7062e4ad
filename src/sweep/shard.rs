//! The part of a sweep that one of several commands does.

use std::fmt;

/// Every `count`-th point from the `index`-th on, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: u32,
    count: u32,
}

/// Most parts of a sweep.
const MOST: u32 = 1 << 20;

impl Shard {
    /// All points.
    pub const WHOLE: Shard = Shard { index: 1, count: 1 };

    /// One of so many; `None` where there is no such one, or where they are more than a million.
    pub fn new(index: u32, count: u32) -> Option<Shard> {
        (1..=count).contains(&index).then_some(Shard { index, count }).filter(|_| count <= MOST)
    }

    /// Reads `2/16`.
    pub fn parse(text: &str) -> Option<Shard> {
        let (index, count) = text.split_once('/')?;
        let whole = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
        Shard::new(whole(index)?, whole(count)?)
    }

    /// Its number, from 1.
    pub fn index(self) -> u32 {
        self.index
    }

    /// How many there are.
    pub fn count(self) -> u32 {
        self.count
    }

    /// Its points, of so many.
    pub fn points(self, all: usize) -> impl Iterator<Item = usize> {
        (self.index as usize - 1..all).step_by(self.count as usize)
    }

    /// The one of `count` that has a point.
    pub fn with(point: usize, count: u32) -> Shard {
        Shard { index: (point % count as usize) as u32 + 1, count }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_read_and_share_all_points() {
        assert_eq!(Shard::parse("2/3"), Shard::new(2, 3));
        for text in ["0/2", "3/2", "1/0", "1", "/", "a/2", "+1/2", "1/2/3", "-1/2", "1/4294967296", "1/1048577"] {
            assert_eq!(Shard::parse(text), None, "{text}");
        }
        let mut all: Vec<usize> = (1..=3).flat_map(|index| Shard::new(index, 3).unwrap().points(8)).collect();
        all.sort_unstable();
        assert_eq!(all, (0..8).collect::<Vec<_>>());
        assert!((0..8).all(|point| Shard::with(point, 3).points(8).any(|p| p == point)));
        // More of them than points: the last have nothing to do.
        assert_eq!(Shard::new(9, 9).unwrap().points(8).count(), 0);
        assert_eq!(Shard::new(2, 3).unwrap().to_string(), "2/3");
    }
}
