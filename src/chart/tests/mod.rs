//! Every chart, from ordinary data and from data that nobody should have, in both formats.

use resvg::tiny_skia::Pixmap;

use super::*;

mod maps;
mod panels;

/// Values that have broken charts before.
const NASTY: [f64; 14] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    0.0,
    -0.0,
    1e-9,
    -1e-9,
    1e15,
    -1e15,
    1.0,
];
const NAME: &str =
    "=cmd|'модель' \"模型\" <&> \u{1b}\u{0}\u{fffe}\n\t… 0123456789 0123456789 0123456789 0123456789 ÄÖÜ";

const MONEY: AxisUnit = AxisUnit::Money("$");

type Draw<'a> = &'a dyn Fn(ChartStyle) -> Result<Vec<u8>, ChartError>;

/// A drawing without its colours.
fn shapes(svg: &str) -> String {
    let pieces = svg.split('#').enumerate().map(|(i, piece)| if i == 0 { piece } else { piece.get(6..).unwrap_or("") });
    pieces.collect()
}

/// The SVG is whole, the same twice, and the same in other colours in the dark.
fn check_svg(name: &str, draw: Draw<'_>) {
    let [svg, again, dark] = [Theme::Light, Theme::Light, Theme::Dark].map(|theme| {
        let drawn = draw(ChartStyle { format: ImageFormat::Svg, theme }).unwrap();
        String::from_utf8(drawn).unwrap()
    });
    assert_eq!(svg, again, "{name}: not the same bytes");
    assert_eq!(shapes(&svg), shapes(&dark), "{name}: themes differ in more than their colours");
    let tree = render::parse(&svg).unwrap();
    let size = (tree.size().width(), tree.size().height());
    assert_eq!(size, (1600.0, height(name) as f32), "{name}");
}

/// So is the PNG; it is not blank, and the title can be seen.
fn check_png(name: &str, draw: Draw<'_>) {
    for theme in [Theme::Light, Theme::Dark] {
        check_pixels(name, theme, &draw(ChartStyle { format: ImageFormat::Png, theme }).unwrap());
    }
}

fn check_pixels(name: &str, theme: Theme, png: &[u8]) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "{name}: no PNG");
    let pixels = Pixmap::decode_png(png).unwrap();
    assert_eq!((pixels.width(), pixels.height() as usize), (1600, height(name)), "{name}");
    let marked = |from: usize, to: usize| {
        let rows = &pixels.pixels()[from * 1600..to * 1600];
        rows.iter().filter(|pixel| (pixel.red() < 120) == (theme == Theme::Light)).count()
    };
    assert!(marked(40, 80) > 500, "{name}: the title is not there");
    assert!(marked(80, height(name)) > 500, "{name}: the picture is blank");
}

/// Of the picture.
fn height(name: &str) -> usize {
    if name.starts_with("slide") { 900 } else { 1000 }
}

/// Pixels take time: they are looked at for ordinary, missing and mixed values.
fn check(name: &str, kind: Values, size: (usize, usize), draw: Draw<'_>) {
    check_svg(name, draw);
    let telling = matches!(kind, Values::Rising(1.0) | Values::Nasty(0));
    if size == (3, 36) && telling || size == (0, 0) && matches!(kind, Values::Nasty(0)) {
        check_png(name, draw);
    }
}

fn heading() -> Heading {
    Heading { scenario: NAME.into(), title: "Fine-tuning is cheaper in 81 % of trials".into(), subtitle: NAME.into() }
}

/// `count` values: rising ones, one value, or nasty ones.
#[derive(Clone, Copy, Debug)]
enum Values {
    Rising(f64),
    Same(f64),
    Nasty(usize),
}

impl Values {
    fn list(self, count: usize) -> Vec<f64> {
        let value = |i: usize| match self {
            Self::Rising(scale) => scale * (i + 1) as f64,
            Self::Same(value) => value,
            Self::Nasty(first) => NASTY[(first + i * 5) % NASTY.len()],
        };
        (0..count).map(value).collect()
    }
}

const KINDS: [Values; 9] = [
    Values::Rising(1.0),
    Values::Rising(1e-9),
    Values::Rising(-1e13),
    Values::Same(0.0),
    Values::Same(1.0),
    Values::Same(f64::NAN),
    Values::Same(f64::INFINITY),
    Values::Nasty(0),
    Values::Nasty(3),
];
const SIZES: [(usize, usize); 5] = [(0, 0), (1, 0), (1, 1), (3, 36), (20, 61)];

fn a_histogram(kind: Values, (options, bins): (usize, usize)) -> Histogram {
    let series = |slot: usize| {
        let [below, above, mean, p5, p95] = kind.list(5)[..] else { unreachable!() };
        HistogramSeries { name: NAME.into(), colour: slot, shares: kind.list(bins), below, above, mean, p5, p95 }
    };
    Histogram {
        heading: heading(),
        x_label: "total, USD".into(),
        unit: MONEY,
        y_label: NAME.into(),
        edges: kind.list(bins + 1),
        log: options % 2 == 1,
        series: (0..options).map(series).collect(),
    }
}

fn some_curves(kind: Values, (options, points): (usize, usize), x_scale: XScale) -> Curves {
    let point = |((x, y), low): ((f64, f64), f64)| CurvePoint { x, y, low, high: low };
    let reversed = || kind.list(points).into_iter().rev();
    let points = || kind.list(points).into_iter().zip(reversed()).zip(kind.list(points)).map(point).collect();
    let curve = |slot: usize| Curve {
        name: NAME.into(),
        colour: slot,
        dashed: slot % 2 == 1,
        points: points(),
        mark: None,
        end_note: (slot != 1).then(|| NAME.into()),
    };
    let ends = kind.list(2);
    let marker = match options {
        0 => None,
        1 => Some(Marker::Line { x: ends[0], label: NAME.into() }),
        _ => Some(Marker::Range { low: ends[0], high: ends[1], label: NAME.into() }),
    };
    let (x_label, y_label) = (NAME.into(), "probability".into());
    Curves { heading: heading(), x_label, y_label, x_scale, marker, series: (0..options).map(curve).collect() }
}

fn a_fan(kind: Values, (options, months): (usize, usize), x_scale: XScale) -> Fan {
    let series = |slot: usize| FanSeries {
        name: NAME.into(),
        colour: slot,
        x: (0..months).map(|month| month as f64).collect(),
        mean: kind.list(months),
        p5: kind.list(months),
        p25: kind.list(months / 2),
        p50: Vec::new(),
        p75: kind.list(months + 3),
        p95: kind.list(months).into_iter().rev().collect(),
    };
    let series = (0..options).map(series).collect();
    let figures = || (0..options).map(|slot| (slot, [NAME.to_owned(), NAME.to_owned()])).collect();
    let year = |from: usize| Span { from: from as f64, to: from as f64 + 12.0, name: NAME.into(), figures: figures() };
    let spans = (0..months).step_by(12).map(year).collect();
    Fan { heading: heading(), x_label: "month".into(), x_scale, y_label: NAME.into(), unit: MONEY, series, spans }
}

fn a_stack(kind: Values, (panels, months): (usize, usize)) -> Stacked {
    let line = |i: usize| StackLine { name: format!("{i} {NAME}"), values: kind.list(months) };
    let panel = |_| Panel { name: NAME.into(), lines: (0..2 * panels).map(line).collect() };
    let panels: Vec<Panel> = (0..panels).map(panel).collect();
    let named = largest_lines(&panels);
    Stacked {
        heading: heading(),
        x_label: "month".into(),
        first_month: None,
        y_label: NAME.into(),
        unit: MONEY,
        named,
        panels,
    }
}

fn check_both(name: &str, draw: Draw<'_>) {
    check_svg(name, draw);
    check_png(name, draw);
}

/// Every kind of values in every size.
fn everywhere(check_one: impl Fn(&str, Values, (usize, usize))) {
    for kind in KINDS {
        for size in SIZES {
            check_one(&format!("{kind:?} {size:?}"), kind, size);
        }
    }
}

fn some_bars(kind: Values, (count, _): (usize, usize)) -> Bars {
    let bar = |(i, value): (usize, f64)| {
        let [low, high] = kind.list(2)[..] else { unreachable!() };
        Bar { name: NAME.into(), colour: (i > 0).then_some(i), value, low, high, note: NAME.into() }
    };
    let bars = kind.list(2 * count).into_iter().enumerate().map(bar).collect();
    Bars { heading: heading(), x_label: "worth, USD".into(), unit: AxisUnit::Percent, reach: 0.0, bars }
}

fn a_tornado(kind: Values, (count, _): (usize, usize)) -> TornadoChart {
    let end = |i: usize, outcome: f64| {
        let [low, high] = kind.list(2)[..] else { unreachable!() };
        TornadoEnd { outcome, error: (low, high), input: NAME.into(), cheapest: (i > 0).then_some(i) }
    };
    let bar =
        |(i, pair): (usize, &[f64])| TornadoBar { name: NAME.into(), low: end(i, pair[0]), high: end(2, pair[1]) };
    TornadoChart {
        heading: heading(),
        x_label: NAME.into(),
        unit: MONEY,
        base: kind.list(1)[0],
        low_label: NAME.into(),
        high_label: NAME.into(),
        options: (0..count).map(|slot| (NAME.into(), slot)).collect(),
        bars: kind.list(4 * count).chunks(2).enumerate().map(bar).collect(),
    }
}

fn a_slide(kind: Values, (count, _): (usize, usize)) -> Slide {
    let cost = |(colour, values): (usize, &[f64])| {
        let name = NAME.into();
        SlideCost { name, colour, range: [values[0], values[1]], mean: values[2] }
    };
    let fact = |_| Fact { figure: NAME.into(), words: NAME.into() };
    Slide {
        heading: heading(),
        x_label: NAME.into(),
        unit: MONEY,
        costs: kind.list(3 * count).chunks_exact(3).enumerate().map(cost).collect(),
        facts: (0..count.min(3)).map(fact).collect(),
    }
}

#[test]
fn slides_draw_any_data() {
    everywhere(|name, kind, size| {
        check(&format!("slide {name}"), kind, size, &|style| slide(&a_slide(kind, size), style));
    });
}

#[test]
fn tornados_draw_any_data() {
    everywhere(|name, kind, size| check(name, kind, size, &|style| tornado(&a_tornado(kind, size), style)));
}

#[test]
fn bars_draw_any_data() {
    everywhere(|name, kind, size| check(name, kind, size, &|style| bars(&some_bars(kind, size), style)));
}

#[test]
fn histograms_draw_any_data() {
    everywhere(|name, kind, size| check(name, kind, size, &|style| histogram(&a_histogram(kind, size), style)));
    everywhere(|name, kind, size| {
        check(name, kind, size, &|style| histogram_cumulative(&a_histogram(kind, size), style));
    });
}

#[test]
fn curves_draw_any_data() {
    everywhere(|name, kind, size| {
        for scale in [XScale::Months(None), XScale::Linear(AxisUnit::Plain), XScale::Log(AxisUnit::Percent)] {
            let chart = some_curves(kind, size, scale);
            check(&format!("{name} {scale:?}"), kind, size, &|style| curves(&chart, style));
        }
    });
}

#[test]
fn fans_draw_any_data() {
    everywhere(|name, kind, size| {
        for scale in [XScale::Months(None), XScale::Linear(AxisUnit::Plain), XScale::Log(AxisUnit::Percent)] {
            let mut chart = a_fan(kind, size, scale);
            check(&format!("{name} {scale:?}"), kind, size, &|style| fan(&chart, style));
            // With the outer quantiles alone.
            for series in &mut chart.series {
                series.p25.clear();
                series.p75.clear();
            }
            check(&format!("{name} {scale:?}, outer"), kind, size, &|style| fan(&chart, style));
        }
    });
}

#[test]
fn stacks_draw_any_data() {
    everywhere(|name, kind, size| check(name, kind, size, &|style| stacked(&a_stack(kind, size), style)));
}

#[test]
fn fifty_years_and_a_crowd_of_options_are_drawn() {
    let kind = Values::Rising(1e3);
    check_both("fan", &|style| fan(&a_fan(kind, (20, 601), XScale::Months(None)), style));
    check_both("curves", &|style| curves(&some_curves(kind, (20, 600), XScale::Months(None)), style));
    check_both("stack", &|style| stacked(&a_stack(kind, (3, 601)), style));
    check_both("panels", &|style| stacked(&a_stack(kind, (100, 2)), style));
    check_both("tornado", &|style| tornado(&a_tornado(kind, (100, 0)), style));
    check_both("bars", &|style| bars(&some_bars(kind, (100, 0)), style));
    check_both("histogram", &|style| histogram(&a_histogram(kind, (200, 3)), style));
}
