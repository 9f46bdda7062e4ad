//! Maps.

use super::*;

fn an_axis(kind: Values, count: usize, (log, named): (bool, bool)) -> MapAxis {
    let names = if named { vec![NAME.into(); count] } else { Vec::new() };
    MapAxis { label: NAME.into(), values: kind.list(count), log, unit: MONEY, names }
}

fn a_map(kind: Values, (columns, rows): (usize, usize), how: (bool, bool)) -> MapChart {
    let (x, y) = (an_axis(kind, columns, how), an_axis(kind, rows, (false, how.1)));
    let value = |i: usize| (0..columns).map(|j| kind.list(i + j + 1)[i + j] / (rows + 1) as f64).collect();
    let marker = kind.list(3).first().map(|&at| (at, at));
    let rows: Vec<Vec<f64>> = (0..rows).map(value).collect();
    let margins = rows.clone();
    MapChart { heading: heading(), x, y, bar_label: NAME.into(), rows, margins, colour: columns, marker }
}

fn some_winners(kind: Values, size: (usize, usize), how: (bool, bool)) -> Winners {
    let MapChart { heading, x, y, rows, marker, .. } = a_map(kind, size, how);
    let winner = |value: f64| value.is_finite().then_some(value.abs() as usize % 100);
    let rows = rows.into_iter().map(|row| row.into_iter().map(winner).collect()).collect();
    Winners { heading, x, y, names: (0..size.0).map(|slot| (NAME.into(), slot)).collect(), rows, marker }
}

const HOW: [(bool, bool); 3] = [(false, false), (true, false), (false, true)];

#[test]
fn maps_draw_any_data() {
    everywhere(|name, kind, size| {
        for how in HOW {
            let chart = a_map(kind, size, how);
            check(&format!("{name} {how:?}"), kind, size, &|style| map(&chart, style));
        }
    });
}

#[test]
fn winners_draw_any_data() {
    everywhere(|name, kind, size| {
        for how in HOW {
            let chart = some_winners(kind, size, how);
            check(&format!("{name} {how:?}"), kind, size, &|style| winners(&chart, style));
        }
    });
}

#[test]
fn large_maps_are_drawn() {
    let kind = Values::Rising(1e3);
    for how in HOW {
        check_svg("map", &|style| map(&a_map(kind, (200, 200), how), style));
        check_svg("winners", &|style| winners(&some_winners(kind, (200, 200), how), style));
    }
    check_png("map", &|style| map(&a_map(kind, (200, 200), HOW[0]), style));
}
