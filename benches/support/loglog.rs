//! Pictures of measurements: panels side by side, both axes logarithmic.

use plotters::prelude::*;
use plotters::style::register_font;

/// One panel.
pub struct Panel {
    pub title: String,
    pub x: &'static str,
    pub y: &'static str,
    pub lines: Vec<Line>,
}

/// Points joined by a line.
pub struct Line {
    pub name: String,
    /// Whether its points are measured; else they are calculated, and the line is thin.
    pub measured: bool,
    /// Its colour; lines that belong together share it.
    pub colour: usize,
    pub points: Vec<(f64, f64)>,
}

const COLOURS: [RGBColor; 3] = [RGBColor(0, 114, 178), RGBColor(213, 94, 0), RGBColor(0, 158, 115)];
/// How many times the least value an axis reaches at the least.
const LEAST_RATIO: f64 = 30.0;
const SIZE: (u32, u32) = (460, 400);

/// The panels as an SVG file.
pub fn draw(title: &str, panels: &[Panel]) -> String {
    for style in [FontStyle::Normal, FontStyle::Bold] {
        assert!(register_font("sans-serif", style, dejavu::sans_condensed::regular()).is_ok(), "a font");
    }
    let mut svg = String::new();
    {
        let size = (SIZE.0 * panels.len() as u32, SIZE.1 + 40);
        let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        root.fill(&WHITE).expect("a sheet");
        let root = root.titled(title, ("sans-serif", 20)).expect("a title");
        for (area, panel) in root.split_evenly((1, panels.len())).iter().zip(panels) {
            draw_panel(area, panel);
        }
        root.present().expect("a picture");
    }
    svg
}

fn draw_panel(area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>, panel: &Panel) {
    let points = || panel.lines.iter().flat_map(|line| &line.points);
    let range = |of: fn(&(f64, f64)) -> f64| {
        let (low, high) = points().map(of).fold((f64::INFINITY, 0.0), |(a, b), x| (x.min(a), x.max(b)));
        // A small change must not look like a large one.
        let scratch = (LEAST_RATIO * low / high).sqrt().max(1.6);
        (low / scratch..high * scratch).log_scale()
    };
    let mut chart = ChartBuilder::on(area)
        .caption(&panel.title, ("sans-serif", 17))
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d(range(|p| p.0), range(|p| p.1))
        .expect("axes");
    let number = |x: &f64| if (0.01..10_000.0).contains(x) { format!("{x}") } else { format!("{x:.0e}") };
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(RGBColor(228, 228, 228))
        .x_desc(panel.x)
        .y_desc(panel.y)
        .x_label_formatter(&number)
        .y_label_formatter(&number)
        .label_style(("sans-serif", 14))
        .axis_desc_style(("sans-serif", 15))
        .draw()
        .expect("a grid");
    for line in &panel.lines {
        let colour = COLOURS[line.colour % COLOURS.len()];
        let width = if line.measured { 2 } else { 1 };
        if line.measured {
            chart.draw_series(line.points.iter().map(|p| Circle::new(*p, 3, colour.filled()))).expect("points");
        }
        let path = PathElement::new(line.points.clone(), colour.stroke_width(width));
        let sample = move |(x, y)| PathElement::new(vec![(x, y), (x + 18, y)], colour.stroke_width(width));
        chart.draw_series([path]).expect("a line").label(&line.name).legend(sample);
    }
    if panel.lines.len() < 2 {
        return;
    }
    chart
        .configure_series_labels()
        .background_style(WHITE.mix(0.85))
        .label_font(("sans-serif", 14))
        .position(SeriesLabelPosition::LowerLeft)
        .draw()
        .expect("a legend");
}
