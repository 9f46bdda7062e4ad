//! What has a panel or a bar per input or option: one-way curves, inputs and cost lines.

use super::*;

fn a_one_way(kind: Values, (count, points): (usize, usize)) -> OneWay {
    let panel = |i: usize| OneWayPanel {
        name: NAME.into(),
        note: if i == 1 { NAME.into() } else { String::new() },
        unit: AxisUnit::Percent,
        curves: some_curves(kind, (count, points), XScale::Linear(AxisUnit::Plain)).series,
        crossings: kind.list(2 * i),
    };
    OneWay { heading: heading(), y_label: NAME.into(), unit: MONEY, panels: (0..2 * count).map(panel).collect() }
}

fn some_inputs(kind: Values, (count, points): (usize, usize)) -> InputsChart {
    let shape = |i: usize| match i % 3 {
        0 => InputShape::Bins { edges: kind.list(points + 1), shares: kind.list(points) },
        1 => InputShape::Values(kind.list(points).into_iter().zip(kind.list(points)).collect()),
        _ => InputShape::Words(NAME.into()),
    };
    let quantiles = || {
        let [a, b, c] = kind.list(3)[..] else { unreachable!() };
        [a, b, c]
    };
    let panel = |i: usize| InputPanel { name: NAME.into(), unit: MONEY, shape: shape(i), quantiles: quantiles() };
    InputsChart {
        heading: heading(),
        y_label: NAME.into(),
        panels: (0..2 * count).map(panel).collect(),
        missing: count,
    }
}

fn some_cost_lines(kind: Values, (count, lines): (usize, usize)) -> CostLines {
    let option = |_| CostBar {
        name: NAME.into(),
        lines: kind.list(lines).into_iter().enumerate().map(|(i, x)| (format!("{} {NAME}", i % 20), x)).collect(),
        total: kind.list(1)[0],
    };
    let named = (0..lines.min(7)).map(|i| format!("{} {NAME}", i % 20)).collect();
    let options = (0..2 * count).map(option).collect();
    CostLines { heading: heading(), x_label: NAME.into(), unit: MONEY, named, options }
}

#[test]
fn one_way_curves_draw_any_data() {
    everywhere(|name, kind, size| check(name, kind, size, &|style| one_way(&a_one_way(kind, size), style)));
}

#[test]
fn inputs_draw_any_data() {
    everywhere(|name, kind, size| check(name, kind, size, &|style| inputs(&some_inputs(kind, size), style)));
}

#[test]
fn cost_lines_draw_any_data() {
    everywhere(|name, kind, size| check(name, kind, size, &|style| cost_lines(&some_cost_lines(kind, size), style)));
}

#[test]
fn crowds_are_drawn() {
    let kind = Values::Rising(1e3);
    check_both("one-way", &|style| one_way(&a_one_way(kind, (40, 5)), style));
    check_both("inputs", &|style| inputs(&some_inputs(kind, (40, 200)), style));
    check_both("cost lines", &|style| cost_lines(&some_cost_lines(kind, (100, 40)), style));
}

#[test]
fn negative_cost_lines_lie_left_of_zero_and_the_rest_keeps_its_total() {
    let line = |name: &str, amount: f64| (name.to_owned(), amount);
    let lines = vec![line("a", 60.0), line("grant", -40.0), line("a", 20.0)];
    let options = vec![CostBar { name: "one".into(), lines, total: 40.0 }];
    let chart = CostLines { heading: heading(), x_label: String::new(), unit: MONEY, named: vec!["a".into()], options };
    let drawn = cost_lines(&chart, ChartStyle { format: ImageFormat::Svg, theme: Theme::Light }).unwrap();
    let svg = String::from_utf8(drawn).unwrap();
    for words in [">\n$80\n<", ">\n\u{2212}$40\n<", ">\n$40\n<"] {
        assert!(svg.contains(words), "{words}");
    }
}
