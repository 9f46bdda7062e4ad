//! The trials cut into slices by each variable: what costs come to where the variable is known.

use crate::quantity::Coordinates;
use crate::vector::kernels;

/// Slices of a variable, unless it takes fewer values or there are so many variables and options that memory counts.
const SLICES: usize = 64;
/// Fewest slices.
const FEWEST: usize = 4;
/// Numbers that may be kept of all randomisations.
const KEPT: usize = 1 << 22;
/// Numbers of a slice beside those by option: its trials and the sum of the variable.
const FIXED: usize = 2;
/// The place of the variable's value or sum among them.
const VALUE: usize = 1;
/// Numbers that are added beside each other.
const LANES: usize = 8;

/// How a variable cuts the trials.
#[derive(Clone, Debug)]
enum Cut {
    /// Into equal parts of its coordinate.
    Levels,
    /// By its values, in rising order.
    Values(Vec<f64>),
}

/// How the trials are cut, by variable.
#[derive(Clone, Debug)]
pub struct SlicePlan {
    cuts: Vec<Cut>,
    /// By variable the number of its first slice, and at the end that of all slices.
    first: Vec<usize>,
    options: usize,
}

impl SlicePlan {
    /// A plan for variables, of which `values` holds the values of those that take few. The numbers of up to
    /// `randomisations` are kept.
    pub fn new(options: usize, values: &[Option<Vec<f64>>], randomisations: usize) -> SlicePlan {
        let each = randomisations * (FIXED + 2 * options) * values.len().max(1);
        let fits = |slices: &usize| slices * each <= KEPT || *slices == FEWEST;
        let slices = std::iter::successors(Some(SLICES), |n| Some(n / 2)).find(fits).unwrap_or(FEWEST);
        let cut = |values: &Option<Vec<f64>>| match values {
            Some(values) if values.len() <= slices => Cut::Values(values.clone()),
            _ => Cut::Levels,
        };
        let cuts: Vec<Cut> = values.iter().map(cut).collect();
        let mut first = vec![0];
        for cut in &cuts {
            let size = match cut {
                Cut::Levels => slices,
                Cut::Values(values) => values.len(),
            };
            first.push(first[first.len() - 1] + size);
        }
        SlicePlan { cuts, first, options }
    }

    /// The most distinct values by which a variable is cut.
    pub const MOST_VALUES: usize = SLICES;

    /// How many variables there are.
    pub fn variables(&self) -> usize {
        self.cuts.len()
    }

    /// The slices of a variable.
    pub fn slices(&self, variable: usize) -> std::ops::Range<usize> {
        self.first[variable]..self.first[variable + 1]
    }

    /// How many numbers there are of each slice.
    fn width(&self) -> usize {
        FIXED + 2 * self.options
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
        let (n, stride) = (winner.len(), self.width().next_multiple_of(LANES));
        let mut records = self.records(totals, winner, stride);
        let mut sums = vec![0.0; self.first[self.cuts.len()] * stride];
        let mut places = vec![0; n];
        for (v, cut) in self.cuts.iter().enumerate() {
            let values = values(v);
            self.places(v, cut, coordinates, values, &mut places);
            records[VALUE..].iter_mut().step_by(stride).zip(values).for_each(|(of_record, value)| *of_record = *value);
            scatter(&records, stride, &places, &mut sums);
        }
        sums.chunks_exact(stride).flat_map(|row| &row[..self.width()]).copied().collect()
    }

    /// What each trial adds to its slice, one behind the other: 1, room for the value of a variable, the totals, and 1
    /// for the cheapest candidate.
    fn records(&self, totals: &[&[f64]], winner: &[f64], stride: usize) -> Vec<f64> {
        let mut records = vec![0.0; winner.len() * stride];
        for (t, record) in records.chunks_exact_mut(stride).enumerate() {
            record[0] = 1.0;
            record[FIXED..].iter_mut().zip(totals).for_each(|(of_record, total)| *of_record = total[t]);
            record[FIXED + self.options + winner[t] as usize] = 1.0;
        }
        records
    }

    fn places(&self, v: usize, cut: &Cut, coordinates: &Coordinates, values: &[f64], out: &mut [usize]) {
        let Some(last) = self.slices(v).len().checked_sub(1) else { return };
        let first = self.first[v];
        match cut {
            Cut::Levels => {
                let parts = (last + 1) as f64;
                let u = coordinates.column(v, out.len());
                out.iter_mut().zip(u).for_each(|(place, u)| *place = first + ((u * parts) as usize).min(last));
            }
            Cut::Values(known) => {
                let nearest = |x: f64| known.partition_point(|y| *y < x).min(last);
                out.iter_mut().zip(values).for_each(|(place, x)| *place = first + nearest(*x));
            }
        }
    }

    /// The sums as a table.
    pub fn table<'a>(&'a self, sums: &'a [f64]) -> Slices<'a> {
        Slices { plan: self, sums }
    }
}

kernels! {
    /// Adds each record to the row of its place; records and rows are of `stride` numbers.
    fn scatter(records: &[f64], stride: usize, places: &[usize], sums: &mut [f64]) {
        for (record, place) in records.chunks_exact(stride).zip(places) {
            let (record, _) = record.as_chunks::<LANES>();
            let (row, _) = sums[place * stride..][..stride].as_chunks_mut::<LANES>();
            for (row, record) in row.iter_mut().zip(record) {
                for lane in 0..LANES {
                    row[lane] += record[lane];
                }
            }
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
        &self.sums[slice * self.plan.width()..][..self.plan.width()]
    }

    /// The trials of a slice.
    pub fn count(&self, slice: usize) -> f64 {
        self.row(slice)[0]
    }

    /// The sum of the variable over the trials of a slice.
    pub fn values(&self, slice: usize) -> f64 {
        self.row(slice)[VALUE]
    }

    /// The sum of an option's total over the trials of a slice.
    pub fn cost(&self, slice: usize, option: usize) -> f64 {
        self.row(slice)[FIXED + option]
    }

    /// In how many trials of a slice an option is the cheapest candidate.
    pub fn wins(&self, slice: usize, option: usize) -> f64 {
        self.row(slice)[FIXED + self.plan.options + option]
    }
}

/// The distinct values of a variable, until they are too many.
#[derive(Clone, Debug, Default)]
pub struct Distinct {
    values: Vec<f64>,
    many: bool,
}

impl Distinct {
    /// Adds values; those that are not finite count as none.
    pub fn see(&mut self, values: &[f64]) {
        for x in values.iter().filter(|x| x.is_finite()) {
            if self.many {
                return;
            }
            if let Err(place) = self.values.binary_search_by(|y| y.total_cmp(x)) {
                self.values.insert(place, *x);
                self.many = self.values.len() > SlicePlan::MOST_VALUES;
            }
        }
    }

    /// The values in rising order; `None` if they are too many.
    pub fn values(self) -> Option<Vec<f64>> {
        (!self.many).then_some(self.values)
    }
}
