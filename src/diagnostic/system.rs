//! What the operating system says is wrong, in words.

use std::io::Error;

/// The system's own words, without its error number. Depth of errors alone would be "uncategorized error" for many, such
/// as too many open files.
pub fn system_words(error: &Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => super::clean(&first.to_lowercase().chain(letters).collect::<String>()),
        None => error.kind().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_have_no_number() {
        // EMFILE is 24 on every Unix.
        #[cfg(unix)]
        assert_eq!(system_words(&Error::from_raw_os_error(24)), "too many open files");
        assert_eq!(system_words(&std::io::ErrorKind::NotADirectory.into()), "not a directory");
        assert_eq!(system_words(&Error::other("No \u{7} luck")), "no \u{fffd} luck");
    }
}
