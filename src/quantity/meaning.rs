//! What a register of a program stands for, for those who say it in another language than that of columns.

use std::collections::HashMap;

use super::ast::{Binary, Comparison, Unary};
use super::program::{Check, Op, Program, Reg};

/// How the value of a register comes about.
#[derive(Clone, Copy, Debug)]
pub enum Derivation<'a> {
    /// The same number in every trial.
    Number(f64),
    /// The random variable with this number.
    Variable(usize),
    /// A function of one register.
    Unary(Unary, Reg),
    /// A function of two.
    Binary(Binary, Reg, Reg),
    /// Left, right, what holds if the comparison does, and what holds if not.
    If(Comparison, [Reg; 4]),
    /// Another register, held to a range.
    Held(&'a Check, Reg),
}

impl Derivation<'_> {
    /// The registers that it reads; those of a variable's parameters are not among them.
    pub fn reads(&self) -> Vec<Reg> {
        match self {
            Derivation::Number(_) | Derivation::Variable(_) => Vec::new(),
            Derivation::Unary(_, a) | Derivation::Held(_, a) => vec![*a],
            Derivation::Binary(_, a, b) => vec![*a, *b],
            Derivation::If(_, parts) => parts.to_vec(),
        }
    }
}

/// The meanings of all registers of a program.
#[derive(Clone, Debug)]
pub struct Meanings<'a>(HashMap<Reg, Derivation<'a>>);

impl<'a> Meanings<'a> {
    /// Those of a program.
    pub fn of(program: &'a Program) -> Meanings<'a> {
        let numbers = program.constants.iter().map(|(register, x)| (*register, Derivation::Number(*x)));
        let meaning = |op: &'a Op| match op {
            Op::Draw(variable, _) => Derivation::Variable(*variable),
            Op::Unary(function, a, _) => Derivation::Unary(*function, *a),
            Op::Binary(function, a, b, _) => Derivation::Binary(*function, *a, *b),
            Op::Select(comparison, parts, _) => Derivation::If(*comparison, *parts),
            Op::Clamp(check, a, _) => Derivation::Held(&program.checks[*check], *a),
        };
        Meanings(numbers.chain(program.ops.iter().map(|op| (op.out(), meaning(op)))).collect())
    }

    /// That of a register; a register that nothing writes holds 0.
    pub fn get(&self, register: Reg) -> Derivation<'a> {
        self.0.get(&register).copied().unwrap_or(Derivation::Number(0.0))
    }
}
