//! Formulas that differ by month: which operations of the program a month takes, in which order, and what they read.

use std::collections::BTreeSet;
use std::ops::Range;

use super::monthly_costs::Depth;
use super::option::OptionModel;
use super::part::CostPart;
use super::state::State;
use crate::quantity::{Builder, InMonth, Level, Program, Reg, Registers, Rewriting};
use crate::scenario::{Field, Place, Scenario};

/// What is carried out in each month.
#[derive(Clone, Debug, Default)]
pub struct Formulas {
    /// The register that is to hold the requests of the month.
    requests: Option<Reg>,
    /// By check: the last month before it counts, and the last in which it does.
    services: Vec<Option<[Reg; 2]>>,
    totals: Stages,
    details: Stages,
}

/// Operations in the order in which months need them.
#[derive(Clone, Debug, Default)]
struct Stages {
    /// Registers that are the same in every trial, with their numbers by month.
    levels: Vec<(Reg, Level)>,
    /// What the requests of the month come from.
    of_requests: Vec<usize>,
    /// What decides which options are trained in it.
    of_training: Vec<usize>,
    /// What token prices become.
    of_prices: Vec<usize>,
    /// All the rest.
    others: Vec<usize>,
}

impl Formulas {
    /// Those of a model. `of_month` holds the requests of a month before growth, where they differ by more; `never` is a
    /// month that never ends.
    pub(super) fn new(
        program: &Program,
        scenario: &Scenario,
        options: &[OptionModel],
        of_month: Option<Reg>,
        never: Reg,
    ) -> Formulas {
        let owner = |place: &Place| match place {
            Place::Option(i, _) | Place::Line(i, _) => Some(&options[*i]),
            Place::Input(_) | Place::Common(_) => None,
        };
        let service = |place: &Place| owner(place).map(|o| [o.absent_until, o.retire.unwrap_or(never)]);
        let stages = |read: &dyn Fn(&OptionModel) -> Vec<Reg>, is_detailed: bool| {
            let written = scenario.written.iter().map(|quantity| quantity.register);
            let written = written.filter(|_| is_detailed);
            let others: Vec<Reg> = options.iter().flat_map(read).chain(written).collect();
            Stages::new(program, of_month, options, &others)
        };
        Formulas {
            requests: scenario.requests,
            services: scenario.checked.iter().map(service).collect(),
            totals: stages(&read_by_totals, false),
            details: stages(&read_by_details, true),
        }
    }

    /// The register that is to hold the requests of the month, if any quantity asks.
    pub fn requests(&self) -> Option<Reg> {
        self.requests
    }

    fn stages(&self, depth: Depth) -> &Stages {
        match depth {
            Depth::Totals => &self.totals,
            Depth::Details | Depth::Parts => &self.details,
        }
    }

    fn run(&self, program: &Program, ops: &[usize], (month, trials): (u32, &Range<usize>), registers: &mut Registers) {
        registers.run_month(program, ops, trials, &InMonth { month, services: &self.services });
    }

    /// A month begins: what is known of it, and what its requests come from.
    pub(super) fn begin(
        &self,
        (program, depth): (&Program, Depth),
        at: (u32, &Range<usize>),
        registers: &mut Registers,
    ) {
        let stages = self.stages(depth);
        for (register, level) in &stages.levels {
            registers.part_mut(*register, at.1).fill(level[at.0 as usize]);
        }
        self.run(program, &stages.of_requests, at, registers);
    }

    /// Its requests are known: what decides which options are trained.
    pub(super) fn train(
        &self,
        (program, depth): (&Program, Depth),
        at: (u32, &Range<usize>),
        requests: &[f64],
        registers: &mut Registers,
    ) {
        if let Some(register) = self.requests {
            registers.part_mut(register, at.1).copy_from_slice(requests);
        }
        self.run(program, &self.stages(depth).of_training, at, registers);
    }

    /// What happens in it is known: what token prices become, for which the options' months since launch and training are
    /// written.
    pub(super) fn price(
        &self,
        (program, depth): (&Program, Depth),
        at: (u32, &Range<usize>),
        (options, states): (&[OptionModel], &mut [State]),
        registers: &mut Registers,
    ) {
        for (option, state) in options.iter().zip(states) {
            state.since(option, registers, at.1, f64::from(at.0));
        }
        self.run(program, &self.stages(depth).of_prices, at, registers);
    }

    /// Prices are known: the rest, for which their levels are written.
    pub(super) fn finish(
        &self,
        (program, depth): (&Program, Depth),
        at: (u32, &Range<usize>),
        (options, states): (&[OptionModel], &[State]),
        registers: &mut Registers,
    ) {
        for (option, state) in options.iter().zip(states) {
            if let Some(register) = option.price_level {
                registers.part_mut(register, at.1).copy_from_slice(&state.price[..at.1.len()]);
            }
        }
        self.run(program, &self.stages(depth).others, at, registers);
    }
}

impl Stages {
    fn new(program: &Program, of_month: Option<Reg>, options: &[OptionModel], others: &[Reg]) -> Stages {
        let requests: Vec<Reg> = of_month.into_iter().collect();
        let asks = |o: &&OptionModel| o.since.training.is_some();
        let training: Vec<Reg> = options.iter().filter(asks).filter_map(|o| o.training_runs).collect();
        let priced: Vec<Reg> = options.iter().map(|o| o.price_factor).collect();
        let mut done = BTreeSet::new();
        let [of_requests, of_training, of_prices, rest] =
            [&requests[..], &training, &priced, others].map(|registers| {
                let mut stage = program.monthly_sources(registers);
                stage.retain(|op| done.insert(*op));
                stage
            });
        let mut read = program.read_by(&done.into_iter().collect::<Vec<_>>());
        read.extend(requests.iter().chain(&training).chain(&priced).chain(others));
        let levels = program.levels().iter().filter(|(register, _)| read.contains(register)).cloned().collect();
        Stages { levels, of_requests, of_training, of_prices, others: rest }
    }
}

/// What the total of an option is added up from in a month.
fn read_by_totals(option: &OptionModel) -> Vec<Reg> {
    let gpus = option.gpus.iter().flat_map(|gpus| [gpus.per_request, gpus.least, gpus.step]);
    let rates = option.terms(CostPart::All).iter().map(|term| term.rate);
    rates.chain(gpus).collect()
}

/// What its lines are, and how well it answers.
fn read_by_details(option: &OptionModel) -> Vec<Reg> {
    let parts = option.parts.iter().flat_map(|part| &part.terms);
    let by_kind = option.terms_by_kind.iter().flat_map(|(_, terms)| terms).chain(parts).map(|term| term.rate);
    let lines = option.lines.iter().flat_map(|line| {
        let factors = line.factors.iter().map(|factor| factor.amount);
        [line.cost, line.units].into_iter().chain(factors)
    });
    let tokens = &option.tokens;
    read_by_totals(option)
        .into_iter()
        .chain(by_kind)
        .chain(lines)
        .chain([tokens.calls, tokens.input, tokens.instructions, tokens.output, option.served])
        .chain([option.failure_rate, option.failure_cost])
        .collect()
}

/// What a one-time cost is: its numbers in month 0, in which requests are those of month 1.
pub(super) fn once(builder: &mut Builder, scenario: &Scenario, register: Reg) -> Reg {
    let zero = builder.number(0.0);
    let since = scenario.options.iter().flat_map(|option| [option.since.launch, option.since.training]);
    let first = match &scenario.volume {
        Some(volume) => volume.first,
        None => scenario.common(Field::Requests).unwrap_or(zero),
    };
    let known = since.flatten().map(|register| (register, zero)).chain(scenario.requests.map(|r| (r, first)));
    builder.rewritten(register, &mut Rewriting::at(0, known.collect::<Vec<_>>()))
}
