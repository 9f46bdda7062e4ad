//! Words that fit: cleaned, wrapped, or shortened.

use super::canvas::{Canvas, Type};

/// Names from a scenario may hold anything; line breaks become blanks, what XML forbids is dropped.
pub fn clean(words: &str) -> String {
    let blank = words.chars().map(|c| if c.is_whitespace() && c != '\u{a0}' { ' ' } else { c });
    blank.filter(|&c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

/// For text between XML tags.
pub fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What remains of a text that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The start: for sentences.
    Start,
    /// Both ends: for names, which often differ in their last word.
    Ends,
}

impl Keep {
    fn shorten(self, words: &[char], kept: usize) -> String {
        let tail = if self == Self::Ends { kept * 2 / 5 } else { 0 };
        let start: String = words[..kept - tail].iter().collect();
        let end: String = words[words.len() - tail..].iter().collect();
        format!("{}…{}", start.trim_end(), end.trim_start())
    }
}

/// The text, or as much of it as fits with an ellipsis.
pub fn fit(canvas: &mut Canvas<'_>, words: &str, letters: Type, width: f64, keep: Keep) -> String {
    if canvas.width(words, letters) <= width {
        return words.to_owned();
    }
    let whole: Vec<char> = words.chars().collect();
    let shortened = |kept: usize| keep.shorten(&whole, kept);
    // The most letters that fit, by bisection: names may be long, and measuring takes time.
    let (mut fits, mut too_long) = (0, whole.len());
    while too_long - fits > 1 {
        let middle = (fits + too_long) / 2;
        if canvas.width(&shortened(middle), letters) <= width {
            fits = middle;
        } else {
            too_long = middle;
        }
    }
    shortened(fits)
}

/// The text on at most `lines` lines of about one length, broken between words; the last line is shortened.
pub fn wrap(canvas: &mut Canvas<'_>, words: &str, letters: Type, width: f64, lines: usize) -> Vec<String> {
    let wide = break_lines(canvas, words, letters, width, lines);
    let mut balanced = wide.clone();
    // A last line of a single word looks lost: the narrowest width that needs no more lines avoids it.
    for share in [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55] {
        let narrow = break_lines(canvas, words, letters, width * share, lines);
        if wide.len() < 2 || narrow.len() > wide.len() || letters_of(&narrow) != letters_of(&wide) {
            break;
        }
        balanced = narrow;
    }
    balanced
}

/// Without the blanks, of which breaking takes some: what differs has been shortened.
fn letters_of(lines: &[String]) -> String {
    lines.concat().split_whitespace().collect()
}

fn break_lines(canvas: &mut Canvas<'_>, words: &str, letters: Type, width: f64, lines: usize) -> Vec<String> {
    let words = clean(words);
    let mut done = Vec::new();
    let mut line = String::new();
    for word in words.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        let last = done.len() + 1 >= lines;
        if last || line.is_empty() || canvas.width(&longer, letters) <= width {
            line = longer;
        } else {
            done.push(std::mem::replace(&mut line, word.to_owned()));
        }
    }
    done.push(line);
    done.iter().map(|line| fit(canvas, line, letters, width, Keep::Start)).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use resvg::usvg::Node;

    use super::super::canvas::{self, Anchor};
    use super::super::render;
    use super::*;
    use crate::palette::Theme;

    /// The layout relies on it: a text measured too narrow would run into its neighbour.
    #[test]
    fn text_is_as_wide_as_measured() {
        for (words, bold) in [("Fine-tuning is cheaper in 81 % of trials", true), ("Größe Ωμ модель 12.5k", false)]
        {
            let letters = Type { size: 30.0, bold, colour: Theme::Light.palette().ink };
            let mut measured = 0.0;
            let svg = canvas::paint(("", 1000.0), Theme::Light, |canvas| {
                measured = canvas.width(words, letters);
                canvas.text(words, (100.0, 100.0), letters, Anchor::Start);
            });
            let tree = render::parse(&svg.unwrap()).unwrap();
            let drawn = text_width(tree.root().children()).unwrap();
            assert!((measured / f64::from(drawn) - 1.0).abs() < 0.03, "{words}: {measured} measured, {drawn} drawn");
        }
    }

    fn text_width(nodes: &[Node]) -> Option<f32> {
        nodes.iter().find_map(|node| match node {
            Node::Text(text) => Some(text.abs_bounding_box().width()),
            Node::Group(group) => text_width(group.children()),
            _ => None,
        })
    }

    #[test]
    fn long_names_keep_both_ends_and_sentences_their_start() {
        let words: Vec<char> = "Option 7: stays cheaper".chars().collect();
        assert_eq!(Keep::Ends.shorten(&words, 10), "Option…aper");
        assert_eq!(Keep::Start.shorten(&words, 10), "Option 7:…");
    }

    #[test]
    fn lines_are_not_narrowed_until_a_word_is_cut() {
        let letters = Type { size: 21.0, bold: false, colour: Theme::Light.palette().ink };
        let mut lines = Vec::new();
        canvas::paint(("", 1000.0), Theme::Light, |canvas| {
            lines = wrap(canvas, "scenario number 0 of seven", letters, 130.0, 3)
        })
        .unwrap();
        assert_eq!(lines.join(" "), "scenario number 0 of seven");
    }

    #[test]
    fn what_xml_forbids_is_dropped() {
        assert_eq!(clean("a\u{0}b\n\tc\u{1b}\u{ffff}\u{a0}d"), "ab  c\u{a0}d");
        assert_eq!(escape("<&>"), "&lt;&amp;&gt;");
    }
}
