//! Registers of a program as formulas of a spreadsheet.

use std::collections::HashMap;

use crate::quantity::ast::{Binary, Comparison, Unary};
use crate::quantity::{Derivation, Meanings, Program, Reg};

/// The longest formula, in bytes; a cell holds 8,192 letters.
const LONGEST: usize = 8_000;
/// How deep functions may lie within each other, and some room for brackets.
const DEEPEST: u32 = 50;
/// What stands for numbers that a spreadsheet does not have.
const HUGE: f64 = 9e307;

/// How strongly the outermost operator of a formula binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binds {
    Sum,
    Product,
    /// Nothing comes between its parts.
    Whole,
}

/// What stands for a register, if it is known.
type Known<'a> = &'a dyn Fn(Reg) -> Option<String>;

/// A formula, without the sign that begins it.
type Text = (String, Binds);

/// Says what registers hold, in terms of cells that others stand in.
pub(super) struct Formulas<'a> {
    meanings: Meanings<'a>,
    cells: HashMap<Reg, String>,
}

impl<'a> Formulas<'a> {
    /// Of a program, so far without cells.
    pub(super) fn new(program: &'a Program) -> Formulas<'a> {
        Formulas { meanings: Meanings::of(program), cells: HashMap::new() }
    }

    /// Lets a cell stand for a register from now on, unless another one does.
    pub(super) fn stand(&mut self, register: Reg, cell: &str) {
        self.cells.entry(register).or_insert_with(|| cell.to_owned());
    }

    /// Whether a cell stands for a register.
    pub(super) fn has_cell(&self, register: Reg) -> bool {
        self.cells.contains_key(&register)
    }

    /// How the value of a register comes about.
    pub(super) fn meaning(&self, register: Reg) -> Derivation<'a> {
        self.meanings.get(register)
    }

    /// The variables without a cell that a register comes from, each with its register, in the order of the formula.
    pub(super) fn variables(&self, register: Reg) -> Vec<(usize, Reg)> {
        let (mut found, mut seen, mut left) = (Vec::new(), Vec::new(), vec![register]);
        while let Some(register) = left.pop() {
            if self.has_cell(register) || seen.contains(&register) {
                continue;
            }
            seen.push(register);
            match self.meaning(register) {
                Derivation::Variable(variable) => found.push((variable, register)),
                meaning => left.extend(meaning.reads().iter().rev()),
            }
        }
        found
    }

    /// The formula of a register; `None` if no cell can hold it.
    pub(super) fn of(&self, register: Reg) -> Option<String> {
        self.text(register, 0, &|_| None).map(|(text, _)| text)
    }

    /// The same in a month, of which `known` says what stands for some registers; in brackets if it is more than one part.
    pub(super) fn with(&self, register: Reg, known: Known<'_>) -> Option<String> {
        self.text(register, 0, known).map(|text| bound(text, Binds::Whole))
    }

    fn text(&self, register: Reg, depth: u32, known: Known<'_>) -> Option<Text> {
        if let Some(cell) = self.cells.get(&register).cloned().or_else(|| known(register)) {
            return Some((cell, Binds::Whole));
        }
        if depth > DEEPEST {
            return None;
        }
        let part = |register: Reg| self.text(register, depth + 1, known);
        let text = match self.meaning(register) {
            Derivation::Number(x) => number(x),
            Derivation::Variable(_) => return None,
            Derivation::Unary(function, a) => unary(function, part(a)?),
            Derivation::Binary(function, a, b) => binary(function, part(a)?, part(b)?),
            Derivation::If(comparison, [a, b, then, otherwise]) => {
                let [(a, _), (b, _), (then, _), (otherwise, _)] = [part(a)?, part(b)?, part(then)?, part(otherwise)?];
                (format!("IF({a}{}{b},{then},{otherwise})", sign(comparison)), Binds::Whole)
            }
            Derivation::Held(check, a) => held((check.low, check.high), part(a)?),
        };
        (text.0.len() <= LONGEST).then_some(text)
    }
}

/// A number in a formula.
fn number(x: f64) -> Text {
    let x = x.clamp(-HUGE, HUGE) + 0.0;
    let plain = x == 0.0 || (1e-9..1e15).contains(&x.abs());
    let text = if plain { x.to_string() } else { format!("{x:E}") };
    (text, if x < 0.0 { Binds::Sum } else { Binds::Whole })
}

/// A part of a formula, in brackets unless it binds at least so strongly.
fn bound((text, binds): Text, least: Binds) -> String {
    if binds >= least { text } else { format!("({text})") }
}

fn unary(function: Unary, a: Text) -> Text {
    let call = |name: &str, a: Text| (format!("{name}({})", a.0), Binds::Whole);
    match function {
        Unary::Negate => (format!("-{}", bound(a, Binds::Whole)), Binds::Sum),
        Unary::Abs => call("ABS", a),
        Unary::Sqrt => call("SQRT", a),
        Unary::Exp => call("EXP", a),
        Unary::Ln => call("LN", a),
        Unary::Log10 => call("LOG10", a),
        // INT is the only rounding that all spreadsheets do alike below 0.
        Unary::Floor => call("INT", a),
        Unary::Ceil => (format!("-INT(-{})", bound(a, Binds::Whole)), Binds::Sum),
        Unary::Round => (format!("ROUND({},0)", a.0), Binds::Whole),
    }
}

fn binary(function: Binary, a: Text, b: Text) -> Text {
    let operator = |a: String, sign: char, b: String, binds: Binds| (format!("{a}{sign}{b}"), binds);
    let call = |name: &str, a: Text, b: Text| (format!("{name}({},{})", a.0, b.0), Binds::Whole);
    match function {
        Binary::Add => operator(bound(a, Binds::Sum), '+', bound(b, Binds::Product), Binds::Sum),
        Binary::Subtract => operator(bound(a, Binds::Sum), '-', bound(b, Binds::Product), Binds::Sum),
        Binary::Multiply => operator(bound(a, Binds::Product), '*', bound(b, Binds::Whole), Binds::Product),
        Binary::Divide => operator(bound(a, Binds::Product), '/', bound(b, Binds::Whole), Binds::Product),
        // Spreadsheets differ in what -2^2 is.
        Binary::Power => call("POWER", a, b),
        Binary::Min => call("MIN", a, b),
        Binary::Max => call("MAX", a, b),
    }
}

fn held((low, high): (f64, f64), a: Text) -> Text {
    match (low.is_finite(), high.is_finite()) {
        (true, true) => (format!("MIN({},MAX({},{}))", number(high).0, number(low).0, a.0), Binds::Whole),
        (true, false) => (format!("MAX({},{})", number(low).0, a.0), Binds::Whole),
        (false, true) => (format!("MIN({},{})", number(high).0, a.0), Binds::Whole),
        (false, false) => a,
    }
}

fn sign(comparison: Comparison) -> &'static str {
    comparison.name()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Builder;
    use crate::quantity::program::Check;

    #[test]
    fn brackets_stand_where_they_are_needed() {
        let mut builder = Builder::default();
        let [a, b, c] = [2.0, 3.0, 4.0].map(|x| builder.pinned(x));
        let sum = builder.add(a, b);
        let product = builder.multiply(sum, c);
        let difference = builder.subtract(a, sum);
        let minus = builder.unary(Unary::Negate, difference);
        let up = builder.unary(Unary::Ceil, minus);
        let power = builder.binary(Binary::Power, minus, product);
        let nested = builder.binary(Binary::Divide, a, product);
        let check = Check { name: String::new(), low: 0.0, high: f64::INFINITY };
        let clamped = builder.clamp(minus, check);
        let choice = builder.select(Comparison::LessEqual, [a, b, product, clamped]);
        let small = builder.number(-1e-12);
        let last = builder.subtract(c, small);
        let program = builder.finish();
        let mut formulas = Formulas::new(&program);
        for (register, cell) in [(a, "A1"), (b, "B1"), (c, "C1")] {
            formulas.stand(register, cell);
        }
        let text = |register| formulas.of(register).unwrap();
        assert_eq!(text(product), "(A1+B1)*C1");
        assert_eq!(text(difference), "A1-(A1+B1)");
        assert_eq!(text(up), "-INT(-(-(A1-(A1+B1))))");
        assert_eq!(text(power), "POWER(-(A1-(A1+B1)),(A1+B1)*C1)");
        assert_eq!(text(nested), "A1/((A1+B1)*C1)");
        assert_eq!(text(choice), "IF(A1<=B1,(A1+B1)*C1,MAX(0,-(A1-(A1+B1))))");
        assert_eq!(text(last), "C1-(-1E-12)");
    }

    #[test]
    fn a_formula_that_no_cell_holds_is_none() {
        let mut builder = Builder::default();
        let mut x = builder.pinned(1.0);
        for _ in 0..40 {
            x = builder.add(x, x);
        }
        let program = builder.finish();
        assert_eq!(Formulas::new(&program).of(x), None);
    }
}
