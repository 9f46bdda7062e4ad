//! The trials added up by parts of the tested inputs.

use rayon::prelude::*;

use super::cut::Cut;
use super::interaction::{self, CELLS};
use super::likelihood::Sampling;
use super::plan::Tested;
use crate::engine::{Changed, Halt, Probe, Probed, Progress, Trials, Watch};
use crate::inputs::{Block, Inputs};
use crate::model::Model;
use crate::quantity::Law;
use crate::sample::{BLOCK, Design, Rows, VariablePoints};
use crate::scenario::Scenario;
use crate::sensitivity::by_randomisation;
use crate::stats::{Merge, Moments};

/// Why trials cannot be added up.
#[derive(Clone, Debug, PartialEq)]
pub enum Unfit {
    /// They came to an end.
    Halt(Halt),
    /// A tested input has no value in some of them.
    NoValue(usize),
    /// A tested input is no share in some of them, as outcomes need it.
    NoShare(usize),
}

impl From<Halt> for Unfit {
    fn from(halt: Halt) -> Unfit {
        Unfit::Halt(halt)
    }
}

/// The sums of one randomisation.
#[derive(Clone, Debug)]
pub struct Sums {
    /// Its trials.
    pub trials: f64,
    /// By input, for each part: trials, the sum of the input, those of the candidates' totals.
    pub inputs: Vec<Vec<f64>>,
    /// By pair of inputs, for each cell: trials, the sums of the candidates' totals.
    pub pairs: Vec<Vec<f64>>,
    /// By candidate: what it saves against the first.
    pub savings: Vec<Moments>,
}

impl Merge for Sums {
    fn merge(&mut self, other: &Self) {
        let add = |own: &mut Vec<f64>, other: &Vec<f64>| own.iter_mut().zip(other).for_each(|(a, b)| *a += b);
        self.trials += other.trials;
        self.inputs.iter_mut().zip(&other.inputs).for_each(|(own, other)| add(own, other));
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(own, other)| add(own, other));
        self.savings.iter_mut().zip(&other.savings).for_each(|(own, other)| own.merge(other));
    }
}

/// A scenario whose trials are added up.
pub struct Gatherer<'a> {
    model: &'a Model,
    inputs: Inputs,
    probe: Probe<'a>,
    design: Design,
    tested: &'a [Tested],
    candidates: Vec<usize>,
    watch: Watch<'a>,
}

/// The room of one worker.
struct Room {
    block: Block,
    probed: Probed,
    places: Vec<Vec<usize>>,
    column: Vec<f64>,
}

impl<'a> Gatherer<'a> {
    /// Of a scenario with its model.
    pub fn new(scenario: &Scenario, model: &'a Model, tested: &'a [Tested], watch: Watch<'a>) -> Gatherer<'a> {
        let design = Design::new(scenario.simulation.sampler, scenario.simulation.trials);
        Gatherer {
            model,
            inputs: Inputs::new(scenario, &model.program, design),
            probe: Probe::new(model, scenario.simulation.seed).with_values(tested.iter().map(|tested| tested.variable)),
            design,
            tested,
            candidates: model.candidates(),
            watch,
        }
    }

    /// How the tested inputs cut the trials.
    ///
    /// # Errors
    /// An input without a value.
    pub fn cuts(&self) -> Result<Vec<Cut>, Unfit> {
        let law = |tested: &Tested| &self.model.program.variables[tested.variable].law;
        // Only where the distribution is not known beforehand its values have to be seen.
        let is_seen = self.tested.iter().any(|tested| !matches!(law(tested), Law::Fixed(_)));
        let drawn = if is_seen { self.first_draws()? } else { vec![Vec::new(); self.tested.len()] };
        let cut = |(tested, drawn): (&Tested, &Vec<f64>)| Cut::new(law(tested), drawn, self.design.trials());
        Ok(self.tested.iter().zip(&drawn).map(cut).collect())
    }

    /// The values of the tested inputs in the first block of each randomisation.
    fn first_draws(&self) -> Result<Vec<Vec<f64>>, Unfit> {
        let block = |r: u32| {
            let mut room = self.room();
            let n = self.design.block_size(r, 0);
            self.draw(&mut room, (r, &self.inputs.axes(r)), Rows::of_block(0, n))?;
            Ok(self.tested.iter().map(|tested| self.values(&room, tested, n).to_vec()).collect::<Vec<_>>())
        };
        let blocks: Vec<Result<Vec<Vec<f64>>, Unfit>> =
            (0..self.design.randomisations).into_par_iter().map(block).collect();
        let mut all = vec![Vec::new(); self.tested.len()];
        for block in blocks {
            all.iter_mut().zip(block?).for_each(|(all, values)| all.extend(values));
        }
        Ok(all)
    }

    /// The sums of each randomisation.
    ///
    /// # Errors
    /// A value that is not finite, an input that is not what it is tested for, or an early end.
    pub fn sums(&self, cuts: &[Cut]) -> Result<Vec<Sums>, Unfit> {
        let block = |room: &mut Room, at: (u32, &[VariablePoints]), rows: Rows| {
            self.watch.go_on()?;
            self.draw(room, at, rows)?;
            self.watch.tell(Progress::Trials(rows.count as u64));
            Ok(self.add_up(room, cuts, rows.count))
        };
        by_randomisation(|r| self.inputs.axes(r), &self.design, || self.room(), block)
    }

    fn room(&self) -> Room {
        Room {
            block: Inputs::block(&self.model.program, BLOCK),
            probed: self.probe.scratch(BLOCK),
            places: vec![Vec::new(); self.tested.len()],
            column: Vec::new(),
        }
    }

    /// Evaluates trials, and looks at the values of the tested inputs.
    fn draw(&self, room: &mut Room, (r, axes): (u32, &[VariablePoints]), rows: Rows) -> Result<(), Unfit> {
        let coordinates = self.inputs.place(axes, rows, &mut room.block);
        let trials = Trials::new(coordinates, r, rows);
        self.probe.run(&trials, Changed::All, &mut room.probed).map_err(Halt::from)?;
        for tested in self.tested {
            let values = self.values(room, tested, rows.count);
            if values.iter().any(|x| !x.is_finite()) {
                return Err(Unfit::NoValue(tested.variable));
            }
            if tested.sampling == Sampling::Outcomes && values.iter().any(|x| !(0.0..=1.0).contains(x)) {
                return Err(Unfit::NoShare(tested.variable));
            }
        }
        Ok(())
    }

    fn values<'b>(&self, room: &'b Room, tested: &Tested, n: usize) -> &'b [f64] {
        room.probed.registers.column(self.model.program.variables[tested.variable].register, n)
    }

    fn add_up(&self, room: &mut Room, cuts: &[Cut], n: usize) -> Sums {
        let mut places = std::mem::take(&mut room.places);
        let mut column = std::mem::take(&mut room.column);
        let totals: Vec<&[f64]> = self.candidates.iter().map(|i| room.probed.outcomes.totals(*i)).collect();
        let mut inputs = Vec::new();
        for ((tested, cut), places) in self.tested.iter().zip(cuts).zip(&mut places) {
            let values = self.values(room, tested, n);
            places.clear();
            places.extend(values.iter().map(|x| cut.place(*x)));
            inputs.push(rows(places, cut.count(), &[&[values], &totals[..]].concat()));
        }
        let pairs = pairs(cuts.len()).map(|[a, b]| {
            let counts = [a, b].map(|k| cuts[k].count());
            let cells: Vec<usize> =
                places[a].iter().zip(&places[b]).map(|(a, b)| interaction::cell([*a, *b], counts)).collect();
            rows(&cells, CELLS, &totals)
        });
        let pairs = pairs.collect();
        let mut saving = |own: &&[f64]| {
            column.clear();
            column.extend(totals[0].iter().zip(*own).map(|(first, own)| first - own));
            Moments::of(&column)
        };
        let savings = totals.iter().map(&mut saving).collect();
        (room.places, room.column) = (places, column);
        Sums { trials: n as f64, inputs, pairs, savings }
    }
}

/// All pairs of so many inputs.
pub fn pairs(inputs: usize) -> impl Iterator<Item = [usize; 2]> {
    (0..inputs).flat_map(move |a| (a + 1..inputs).map(move |b| [a, b]))
}

/// By place: how many trials there are, and the sums of some columns over them.
fn rows(places: &[usize], count: usize, columns: &[&[f64]]) -> Vec<f64> {
    let width = 1 + columns.len();
    let mut sums = vec![0.0; count * width];
    for (t, place) in places.iter().enumerate() {
        let row = &mut sums[place * width..][..width];
        row[0] += 1.0;
        row[1..].iter_mut().zip(columns).for_each(|(sum, column)| *sum += column[t]);
    }
    sums
}
