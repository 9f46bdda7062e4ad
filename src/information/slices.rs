//! The trials cut into slices by each variable: what costs come to where the variable is known.

use super::levels::Levels;
use crate::quantity::Coordinates;
use crate::sample::RANDOMISATIONS;
use crate::vector::kernels;

/// Slices of a variable, unless it takes fewer values or there are so many variables and options that memory counts.
const SLICES: usize = 64;
/// Fewest slices.
const FEWEST: usize = 4;
/// Numbers that may be kept of all randomisations.
const KEPT: usize = 1 << 22;
/// Numbers that are added beside each other.
const LANES: usize = 8;

/// How a variable cuts the trials.
#[derive(Clone, Debug)]
enum Cut {
    /// By its coordinate.
    Levels(Levels),
    /// By its values, in rising order.
    Values(Vec<f64>),
}

/// How the trials are cut, by variable.
#[derive(Clone, Debug)]
pub struct SlicePlan {
    cuts: Vec<Cut>,
    /// By variable a value amid its values, from which they are measured.
    centres: Vec<f64>,
    /// By variable the number of its first slice, and at the end that of all slices.
    first: Vec<usize>,
    row: Row,
}

impl SlicePlan {
    /// A plan of so many trials for variables, of which `values` holds the values of those that take few, and `centres` a
    /// value amid them.
    pub fn new(options: usize, values: &[Option<Vec<f64>>], centres: Vec<f64>, trials: u64) -> SlicePlan {
        let each = RANDOMISATIONS as usize * Row { options }.width() * values.len().max(1);
        let fits = |slices: &usize| slices * each <= KEPT || *slices == FEWEST;
        let slices = std::iter::successors(Some(SLICES), |n| Some(n / 2)).find(fits).unwrap_or(FEWEST);
        let cut = |values: &Option<Vec<f64>>| match values {
            Some(values) if values.len() <= slices => Cut::Values(values.clone()),
            _ => Cut::Levels(Levels::new(slices, trials)),
        };
        let cuts: Vec<Cut> = values.iter().map(cut).collect();
        let mut first = vec![0];
        for cut in &cuts {
            let size = match cut {
                Cut::Levels(levels) => levels.count(),
                Cut::Values(values) => values.len(),
            };
            first.push(first[first.len() - 1] + size);
        }
        SlicePlan { cuts, centres, first, row: Row { options } }
    }

    /// The most distinct values by which a variable is cut.
    pub const MOST_VALUES: usize = SLICES;

    /// How many variables there are.
    pub fn variables(&self) -> usize {
        self.cuts.len()
    }

    /// Whether a variable is cut by its values, one a slice.
    pub fn is_by_value(&self, variable: usize) -> bool {
        self.levels(variable).is_none()
    }

    /// The levels by which a variable is cut; `None` where it is by its values.
    pub fn levels(&self, variable: usize) -> Option<&Levels> {
        match &self.cuts[variable] {
            Cut::Levels(levels) => Some(levels),
            Cut::Values(_) => None,
        }
    }

    /// The slices of a variable; those of which an outermost one was halved in one, as they are shown.
    pub fn shown(&self, variable: usize) -> Vec<std::ops::Range<usize>> {
        let all = self.slices(variable);
        let Some(levels) = self.levels(variable) else { return all.map(|s| s..s + 1).collect() };
        let amid = all.start + levels.halvings() + 1..all.end - levels.halvings() - 1;
        let single = amid.clone().map(|s| s..s + 1);
        std::iter::once(all.start..amid.start).chain(single).chain(std::iter::once(amid.end..all.end)).collect()
    }

    /// The slices of a variable.
    pub fn slices(&self, variable: usize) -> std::ops::Range<usize> {
        self.first[variable]..self.first[variable + 1]
    }

    /// Adds up a block's trials in their slices: a column of totals by option, the values of a variable, its coordinates,
    /// and the number of the cheapest candidate of each trial.
    pub fn add_up<'a>(
        &self,
        totals: &[&[f64]],
        values: impl Fn(usize) -> &'a [f64],
        coordinates: &Coordinates,
        winner: &[f64],
    ) -> Vec<f64> {
        let (n, width) = (winner.len(), self.row.width());
        let stride = width.next_multiple_of(LANES);
        let mut records = self.row.records(totals, winner, stride);
        let of_value: Vec<f64> = (0..stride).map(|k| if k >= self.row.value() { 1.0 } else { 0.0 }).collect();
        let mut sums = vec![[0.0; LANES]; self.first[self.cuts.len()] * stride / LANES];
        let (mut places, mut from_centre) = (vec![0; n], vec![0.0; n]);
        for (v, cut) in self.cuts.iter().enumerate() {
            let values = values(v);
            self.places(v, cut, coordinates, values, &mut places);
            measure(values, self.centres[v], &mut from_centre);
            let last = records[width - 1..].iter_mut().step_by(stride);
            for ((of_record, value), from_centre) in last.zip(values).zip(&from_centre) {
                *of_record = if value.is_finite() { *from_centre } else { f64::NAN };
            }
            scatter(records.as_chunks().0, of_value.as_chunks().0, &from_centre, &places, &mut sums);
        }
        sums.as_flattened().chunks_exact(stride).flat_map(|row| &row[..width]).copied().collect()
    }

    fn places(&self, v: usize, cut: &Cut, coordinates: &Coordinates, values: &[f64], out: &mut [usize]) {
        let Some(last) = self.slices(v).len().checked_sub(1) else { return };
        let first = self.first[v];
        match cut {
            Cut::Levels(levels) => levels.places(coordinates.column(v, out.len()), first, out),
            Cut::Values(known) => {
                let nearest = |x: f64| known.partition_point(|y| *y < x).min(last);
                out.iter_mut().zip(values).for_each(|(place, x)| *place = first + nearest(*x));
            }
        }
    }

    /// The value from which those of a variable are measured.
    pub fn centre(&self, variable: usize) -> f64 {
        self.centres[variable]
    }

    /// The sums as a table.
    pub fn table<'a>(&'a self, sums: &'a [f64]) -> Slices<'a> {
        Slices { plan: self, sums }
    }
}

/// The numbers that are added up of a slice: trials, totals, trials by cheapest candidate but the first option, and the
/// products of the variable, measured from its centre, with 1, with each total, and with itself.
#[derive(Clone, Copy, Debug)]
struct Row {
    options: usize,
}

impl Row {
    fn width(self) -> usize {
        self.value() + self.options + 2
    }

    /// The place of an option's total.
    fn cost(self, option: usize) -> usize {
        1 + option
    }

    /// The place of the trials in which an option other than the first is the cheapest.
    fn wins(self, option: usize) -> usize {
        self.options + option
    }

    /// The place of the first product with the variable.
    fn value(self) -> usize {
        self.wins(self.options.max(1))
    }

    /// What each trial adds to its slice, one behind the other, but for the factor of the variable.
    fn records(self, totals: &[&[f64]], winner: &[f64], stride: usize) -> Vec<f64> {
        let mut records = vec![0.0; winner.len() * stride];
        for (t, record) in records.chunks_exact_mut(stride).enumerate() {
            (record[0], record[self.value()]) = (1.0, 1.0);
            for (option, total) in totals.iter().enumerate() {
                record[self.cost(option)] = total[t];
                record[self.value() + self.cost(option)] = total[t];
            }
            if winner[t] > 0.0 {
                record[self.wins(winner[t] as usize)] = 1.0;
            }
        }
        records
    }
}

/// A part of a record or of a row of sums.
type Part = [f64; LANES];

/// Adds each record to the row of its place, times the variable's finite value where `of_value` has 1, not 0. Records and
/// rows have as many parts as `of_value`.
fn scatter(records: &[Part], of_value: &[Part], values: &[f64], places: &[usize], sums: &mut [Part]) {
    match of_value.len() {
        1 => scatter_parts::<1>(records, of_value, values, places, sums),
        2 => scatter_parts::<2>(records, of_value, values, places, sums),
        3 => scatter_parts::<3>(records, of_value, values, places, sums),
        _ => scatter_parts::<MANY>(records, of_value, values, places, sums),
    }
}

/// More parts than the compiler is told of.
const MANY: usize = usize::MAX;

kernels! {
    fn scatter_parts<const PARTS: usize>(
        records: &[Part],
        of_value: &[Part],
        values: &[f64],
        places: &[usize],
        sums: &mut [Part],
    ) {
        let parts = if PARTS == MANY { of_value.len() } else { PARTS };
        for ((record, place), value) in records.chunks_exact(parts).zip(places).zip(values) {
            let row = &mut sums[place * parts..][..parts];
            for part in 0..parts {
                for lane in 0..LANES {
                    let factor = (1.0 - of_value[part][lane]) + of_value[part][lane] * value;
                    row[part][lane] += record[part][lane] * factor;
                }
            }
        }
    }

    /// Values less their centre; 0 where there is none.
    fn measure(values: &[f64], centre: f64, out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(values) {
            *out = if x.abs() < f64::INFINITY { x - centre } else { 0.0 };
        }
    }
}

/// Sums by slice.
#[derive(Clone, Copy)]
pub struct Slices<'a> {
    plan: &'a SlicePlan,
    sums: &'a [f64],
}

impl Slices<'_> {
    fn row(&self, slice: usize) -> &[f64] {
        let width = self.plan.row.width();
        &self.sums[slice * width..][..width]
    }

    /// The trials of a slice.
    pub fn count(&self, slice: usize) -> f64 {
        self.row(slice)[0]
    }

    /// The sum of the variable over the trials of a slice, measured from its centre; NaN if it has no value in some.
    pub fn values(&self, slice: usize) -> f64 {
        if self.squares(slice).is_finite() { self.row(slice)[self.plan.row.value()] } else { f64::NAN }
    }

    /// The sum of its squares, measured from there too; not finite if it has no value in some.
    pub fn squares(&self, slice: usize) -> f64 {
        let row = self.row(slice);
        row[row.len() - 1]
    }

    /// The sum of an option's total over the trials of a slice.
    pub fn cost(&self, slice: usize, option: usize) -> f64 {
        self.row(slice)[self.plan.row.cost(option)]
    }

    /// The sum of its products with the variable, measured from its centre.
    pub fn products(&self, slice: usize, option: usize) -> f64 {
        self.row(slice)[self.plan.row.value() + self.plan.row.cost(option)]
    }

    /// In how many trials of a slice an option is the cheapest candidate.
    pub fn wins(&self, slice: usize, option: usize) -> f64 {
        let won = |i: usize| self.row(slice)[self.plan.row.wins(i)];
        match option {
            0 => self.count(slice) - (1..self.plan.row.options).map(won).sum::<f64>(),
            _ => won(option),
        }
    }
}
