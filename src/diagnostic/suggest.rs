//! The known name nearest to a misspelt one.

/// The name at the least Damerau-Levenshtein distance, if that is at most a third of the length (at least 1; names
/// that differ in upper and lower case only always count). Ties go to the name that sorts first.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Distance is quadratic in the length: a name of megabytes is nobody's typing error.
    if name.chars().count() > 200 {
        return None;
    }
    let limit = (name.chars().count() / 3).max(1);
    let lower = name.to_lowercase();
    known
        .into_iter()
        .filter(|k| k.len() <= 400)
        .map(|k| (strsim::damerau_levenshtein(&lower, &k.to_lowercase()), k))
        .filter(|(distance, _)| *distance <= limit && *distance < lower.chars().count())
        .min()
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_near_and_refuses_the_far() {
        let known = ["unit_cost", "units", "rank"];
        assert_eq!(nearest("unit_csot", known), Some("unit_cost"));
        assert_eq!(nearest("RANK", known), Some("rank"));
        assert_eq!(nearest("banana", known), None);
        assert_eq!(nearest(&"x".repeat(100_000), known), None);
    }
}
