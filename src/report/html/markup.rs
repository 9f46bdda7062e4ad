//! HTML in which nothing but its author's own tags is markup: names and texts of a scenario are a stranger's.

use crate::diagnostic::clean;

/// A piece of a page. There is no way to one from a text of unknown origin but by [`Markup::text`] and its like, which
/// escape it.
#[derive(Clone, Debug, Default)]
pub struct Markup(String);

/// Names of attributes with their values.
pub type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Markup {
    /// A text of any origin.
    pub fn text(text: &str) -> Markup {
        Markup(escape(&clean(text)))
    }

    /// A sentence of any origin: `90 %` stays together.
    pub fn prose(text: &str) -> Markup {
        Markup::text(&text.replace(" %", "\u{a0}%"))
    }

    /// A name of any origin, which may be broken after its dots and underscores.
    pub fn name(text: &str) -> Markup {
        let parts = text.split_inclusive(['.', '_']).map(|part| Markup::prose(part).0);
        Markup(parts.collect::<Vec<_>>().join("<wbr>"))
    }

    /// Lines of any origin, broken and indented as they are.
    pub fn lines(text: &str) -> Markup {
        let lines = text.lines().map(|line| line.split('\t').map(clean).collect::<Vec<_>>().join("\t"));
        Markup(escape(&lines.collect::<Vec<_>>().join("\n")))
    }

    /// Markup that was written with the program.
    pub fn own(markup: &'static str) -> Markup {
        Markup(markup.to_owned())
    }

    /// A picture drawn by the program, without the name of its format, which a page knows: nothing in the page looks
    /// like an address then.
    pub fn drawing(svg: &str) -> Markup {
        Markup(svg.replacen(" xmlns=\"http://www.w3.org/2000/svg\"", "", 1))
    }

    /// An element around others.
    pub fn element(tag: &'static str, attributes: Attributes<'_>, inside: Markup) -> Markup {
        Markup(format!("{}{}</{tag}>", opening(tag, attributes), inside.0))
    }

    /// An element that holds nothing and is not closed.
    pub fn empty(tag: &'static str, attributes: Attributes<'_>) -> Markup {
        Markup(opening(tag, attributes))
    }

    /// An element without attributes.
    pub fn tag(tag: &'static str, inside: Markup) -> Markup {
        Markup::element(tag, &[], inside)
    }

    /// A paragraph of plain words.
    pub fn paragraph(words: &str) -> Markup {
        Markup::tag("p", Markup::prose(words))
    }

    /// One after the other, each on a line of its own.
    pub fn all(parts: impl IntoIterator<Item = Markup>) -> Markup {
        Markup(parts.into_iter().map(|part| part.0 + "\n").collect())
    }

    /// One after the other.
    pub fn joined(parts: impl IntoIterator<Item = Markup>) -> Markup {
        Markup(parts.into_iter().map(|part| part.0).collect())
    }

    /// The text of the page.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

fn opening(tag: &'static str, attributes: Attributes<'_>) -> String {
    let value = |(name, value): &(&str, &str)| format!(" {name}=\"{}\"", escape(&clean(value)));
    format!("<{tag}{}>", attributes.iter().map(value).collect::<String>())
}

/// For the inside of elements and of quoted attributes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let hostile = "</td><script>alert('&\"')</script>\u{202e}\u{0}";
        let escaped = "&lt;/td&gt;&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;\u{fffd}\u{fffd}";
        let element = Markup::element("td", &[("title", hostile)], Markup::text(hostile));
        assert_eq!(element.0, format!("<td title=\"{escaped}\">{escaped}</td>"));
    }

    #[test]
    fn lines_and_tabs_are_kept() {
        assert_eq!(Markup::lines("a\r\n\tb <\u{1b}\n").0, "a\n\tb &lt;\u{fffd}");
    }
}
