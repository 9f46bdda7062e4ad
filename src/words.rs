//! Closed choices with a word for each.

macro_rules! words {
    ($(#[$doc:meta])* $enum:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $enum { $($(#[$vdoc])* $variant),* }
        impl $enum {
            /// The words for them in a scenario.
            pub const WORDS: &'static [(&'static str, $enum)] = &[$(($word, $enum::$variant)),*];
            /// Its word.
            pub fn word(self) -> &'static str {
                match self { $($enum::$variant => $word),* }
            }
        }
    };
}
