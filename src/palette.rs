//! The colours of a drawing, light and dark, whoever draws it.

/// A colour: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Dark on light, or light on dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// For paper and most screens.
    #[default]
    Light,
    /// For dark slides and pages.
    Dark,
}

/// Every colour of a drawing. An option has the same hue in both themes.
#[derive(Debug, PartialEq)]
pub struct Palette {
    /// The page.
    pub paper: Rgb,
    /// Title and panel names.
    pub ink: Rgb,
    /// Subtitle, ticks and axis names.
    pub grey: Rgb,
    /// Axis lines and the line of one half.
    pub axis: Rgb,
    /// Grid.
    pub grid: Rgb,
    /// A shaded range behind the data.
    pub shade: Rgb,
    /// What is summed up as "other".
    pub other: Rgb,
    /// The low ends of inputs.
    pub low: Rgb,
    /// The high ends of inputs.
    pub high: Rgb,
    /// Letters on the colours of cost lines.
    pub on_fill: Rgb,
    options: [Rgb; COLOURS],
    fills: [Rgb; MOST_FILLS],
}

/// How many colours of options there are before darker and lighter variants begin.
pub const COLOURS: usize = 8;
/// How many cost lines have a colour of their own.
pub const MOST_FILLS: usize = 9;

/// Colours of options that remain apart with the common kinds of colour blindness: Okabe and Ito's, with Tol's wine
/// and a grey in the place of yellow and black, which are too faint and too loud on white. Colours of cost lines: Tol's
/// light ones, made for areas, with a purple and a brown; none is taken for an option's.
static LIGHT: Palette = Palette {
    paper: Rgb(255, 255, 255),
    ink: Rgb(26, 26, 26),
    grey: Rgb(89, 89, 89),
    axis: Rgb(140, 140, 140),
    grid: Rgb(228, 228, 228),
    shade: Rgb(238, 238, 238),
    other: Rgb(176, 176, 176),
    low: Rgb(164, 164, 164),
    high: Rgb(88, 88, 88),
    on_fill: Rgb(26, 26, 26),
    options: [
        Rgb(0, 114, 178),
        Rgb(213, 94, 0),
        Rgb(0, 158, 115),
        Rgb(204, 121, 167),
        Rgb(230, 159, 0),
        Rgb(86, 180, 233),
        Rgb(136, 34, 85),
        Rgb(110, 110, 110),
    ],
    fills: [
        Rgb(119, 170, 221),
        Rgb(238, 136, 102),
        Rgb(68, 187, 153),
        Rgb(238, 221, 136),
        Rgb(255, 170, 187),
        Rgb(153, 221, 255),
        Rgb(170, 170, 0),
        Rgb(150, 120, 180),
        Rgb(165, 120, 90),
    ],
};

/// The same hues on a dark page: those of options lighter, so that each has a contrast of 3 at least, and as far apart
/// as the others with colour blindness; those of cost lines a little calmer.
static DARK: Palette = Palette {
    paper: Rgb(18, 21, 26),
    ink: Rgb(236, 238, 240),
    grey: Rgb(176, 180, 186),
    axis: Rgb(126, 131, 138),
    grid: Rgb(46, 51, 58),
    shade: Rgb(37, 42, 49),
    other: Rgb(128, 132, 138),
    low: Rgb(96, 102, 110),
    high: Rgb(168, 173, 180),
    on_fill: Rgb(18, 21, 26),
    options: [
        Rgb(58, 136, 206),
        Rgb(226, 110, 34),
        Rgb(0, 172, 128),
        Rgb(240, 152, 204),
        Rgb(240, 184, 48),
        Rgb(140, 212, 252),
        Rgb(172, 56, 108),
        Rgb(146, 148, 152),
    ],
    fills: [
        Rgb(104, 150, 196),
        Rgb(212, 122, 92),
        Rgb(62, 166, 137),
        Rgb(212, 197, 122),
        Rgb(226, 152, 167),
        Rgb(137, 196, 226),
        Rgb(152, 152, 20),
        Rgb(146, 120, 174),
        Rgb(158, 118, 92),
    ],
};

/// The colours of charts that others draw on white paper.
pub fn light() -> &'static Palette {
    &LIGHT
}

impl Theme {
    /// Its colours.
    pub fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

impl Palette {
    /// The colour of an option's slot; after the first eight come those nearer to the ink, then those nearer to the
    /// paper, then the round repeats.
    pub fn colour(&self, slot: usize) -> Rgb {
        let base = self.options[slot % COLOURS];
        match slot / COLOURS % 3 {
            0 => base,
            1 => mix(base, self.ink, 0.45),
            _ => mix(base, self.paper, 0.45),
        }
    }

    /// The colour of the n-th cost line; the rest share one.
    pub fn fill(&self, slot: usize) -> Rgb {
        self.fills.get(slot).copied().unwrap_or(self.other)
    }

    /// A colour with enough contrast to write in.
    pub fn text_colour(&self, colour: Rgb) -> Rgb {
        mix(colour, self.ink, 0.3)
    }
}

/// `share` of the second colour in the first.
pub fn mix(a: Rgb, b: Rgb, share: f64) -> Rgb {
    let part = |a: u8, b: u8| (f64::from(a) * (1.0 - share) + f64::from(b) * share).round() as u8;
    Rgb(part(a.0, b.0), part(a.1, b.1), part(a.2, b.2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math;

    const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

    /// By the web's rules for accessible content.
    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let light = |part: u8| match f64::from(part) / 255.0 {
            part if part <= 0.04045 => part / 12.92,
            part => math::pow((part + 0.055) / 1.055, 2.4),
        };
        let luminance =
            |colour: Rgb| 0.2126 * light(colour.0) + 0.7152 * light(colour.1) + 0.0722 * light(colour.2) + 0.05;
        let (a, b) = (luminance(a), luminance(b));
        a.max(b) / a.min(b)
    }

    #[test]
    fn every_option_has_its_own_colour() {
        for theme in THEMES {
            let colour = |slot| theme.palette().colour(slot);
            let colours: std::collections::HashSet<_> = (0..3 * COLOURS).map(colour).map(|c| (c.0, c.1, c.2)).collect();
            assert_eq!(colours.len(), 3 * COLOURS);
        }
    }

    #[test]
    fn texts_and_dark_lines_have_contrast() {
        for palette in THEMES.map(Theme::palette) {
            assert!(contrast(palette.ink, palette.paper) > 12.0);
            assert!(contrast(palette.grey, palette.paper) > 6.0);
            assert!((0..=MOST_FILLS).all(|slot| contrast(palette.on_fill, palette.fill(slot)) > 4.0));
        }
        assert!((0..COLOURS).all(|slot| contrast(DARK.colour(slot), DARK.paper) > 3.0));
    }
}
