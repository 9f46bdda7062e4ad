//! Names of options cut for tables: each in one way everywhere, and no two alike.

use unicode_width::UnicodeWidthStr;

use super::grid::fit;
use crate::model::Model;

/// An option's name in so many columns.
pub(super) fn label(model: &Model, option: usize, columns: usize) -> String {
    let names: Vec<&str> = model.options.iter().map(|o| o.name.as_str()).collect();
    labels(&names, columns).swap_remove(option)
}

/// The names in so many columns. Where cutting the middle out would make two alike, what tells them apart is kept.
fn labels(names: &[&str], columns: usize) -> Vec<String> {
    let cut: Vec<String> = names.iter().map(|name| fit(name, columns)).collect();
    let alike = |i: usize| (0..names.len()).filter(|k| cut[*k] == cut[i]).collect::<Vec<_>>();
    (0..names.len())
        .map(|i| match alike(i)[..] {
            [_] => cut[i].clone(),
            ref same => apart(names, (i, same), columns),
        })
        .collect()
}

/// A name from where it differs from those that look like it, after its beginning.
fn apart(names: &[&str], (i, same): (usize, &[usize]), columns: usize) -> String {
    let shared = same.iter().map(|k| shared(names[i], names[*k])).filter(|n| *n < names[i].chars().count()).min();
    let head: String = names[i].chars().take(columns / 4).collect();
    let rest: String = names[i].chars().skip(shared.unwrap_or(0)).collect();
    let room = columns - head.width() - 1;
    let number = 1 + same.iter().position(|k| *k == i).unwrap_or(0);
    match rest.chars().take(room).collect::<String>() {
        part if part.width() <= room && !part.is_empty() => format!("{head}…{part}"),
        _ => format!("{head}… ({number})"),
    }
}

/// How many letters two names begin with alike.
fn shared(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_names_apart_is_kept() {
        let long = [
            "Support tickets prompted with a large model in Europe",
            "Support tickets tuned on a large model in Europe",
        ];
        let found = labels(&long, 22);
        assert_eq!(found, ["Suppo…prompted with a ", "Suppo…tuned on a large"]);
        assert_eq!(labels(&["Prompting", "A name that is cut in its middle"], 22)[1], "A name that…its middle");
        assert!(found.iter().all(|label| label.width() <= 22));
    }
}
