//! The known name nearest to a misspelt one.

/// Letters from which on the beginning of a name stands for it.
const BEGINNING: usize = 4;

/// The shortest name that begins with this one, or whose last part does; else the one at the least Damerau-Levenshtein
/// distance, if that is at most a third of the length (at least 1; names that differ in upper and lower case only always
/// count). Ties go to the name that sorts first.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Distance is quadratic in the length: a name of megabytes is nobody's typing error.
    if name.chars().count() > 200 {
        return None;
    }
    let limit = (name.chars().count() / 3).max(1);
    let lower = name.to_lowercase();
    let known: Vec<&str> = known.into_iter().filter(|k| k.len() <= 400).collect();
    let begins = |k: &&&str| {
        let known = k.to_lowercase();
        let last = known.rsplit_once('.').map_or("", |(_, last)| last);
        known != lower && (known.starts_with(&lower) || last.starts_with(&lower))
    };
    let beginnings = known.iter().filter(begins).filter(|_| lower.chars().count() >= BEGINNING);
    if let Some(whole) = beginnings.min_by_key(|k| (k.chars().count(), **k)) {
        return Some(whole);
    }
    known
        .into_iter()
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
        let known = ["simulation.trials", "simulation.horizon_months", "workload.growth_per_month"];
        assert_eq!(nearest("simulation.horizon", known), Some("simulation.horizon_months"));
        assert_eq!(nearest("growth", known), Some("workload.growth_per_month"));
        assert_eq!(nearest(&"x".repeat(100_000), known), None);
    }
}
