//! The syntax tree of a quantity.

use std::ops::Range;

use super::family::{Family, Share};

/// A part of a quantity with its bytes in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its bytes.
    pub at: Range<usize>,
    /// The longest way down to a leaf; bounded, so that walking the tree cannot exhaust the stack.
    pub depth: u32,
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A number, and whether it was written with `%`.
    Number(f64, bool),
    /// The name of an input or of a workload field.
    Reference(String),
    /// One of the functions of one number.
    Unary(Unary, Box<Expr>),
    /// One of the operators of two numbers; `min` and `max` of more are chains of them.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `if(left op right, then, otherwise)`
    If(Comparison, Box<[Expr; 4]>),
    /// `low to high`
    Interval(Box<[Expr; 2]>),
    /// A family with its arguments.
    Family(Family, Vec<Argument>),
    /// `mix(weight: quantity, …)`
    Mix(Vec<(Expr, Expr)>),
    /// `truncate(distribution, min, max)`
    Truncate(Vec<Argument>),
    /// `data('file', 'column')`, `mean_of` or `series`.
    Data(Box<DataCall>),
    /// `ramp(from, to)`, by the month.
    Ramp(Box<[Expr; 2]>),
}

/// What is asked of a data file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DataCall {
    /// What is done with the column.
    pub wanted: DataUse,
    /// The file, beside the scenario.
    pub file: String,
    /// The column, or the path of a field.
    pub column: String,
    /// `where='…'`: which records count.
    pub filter: Option<String>,
    /// `by='…'`: the field with the time of a record. Records of one time resemble each other.
    pub by: Option<String>,
    /// `per='…'`: the field with what a record is the sum over.
    pub per: Option<String>,
}

/// What is done with a column of a data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DataUse {
    /// Its values are resampled.
    Values,
    /// The uncertainty of its mean is drawn.
    MeanOf,
    /// Its records are those of the months.
    Series,
}

/// Parameters that say how wide a distribution is.
const SPREADS: [&str; 4] = ["sd", "cv", "sigma", "shape"];

/// An argument, with its name where one was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// `sd` of `sd = 3`, and its bytes.
    pub name: Option<(String, Range<usize>)>,
    /// The value.
    pub value: Expr,
}

macro_rules! names {
    ($(#[$doc:meta])* $enum:ident { $($(#[$vdoc:meta])* $variant:ident = $name:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $enum { $($(#[$vdoc])* $variant),* }
        impl $enum {
            /// Every one of them.
            pub const ALL: &'static [$enum] = &[$($enum::$variant),*];
            /// As it is written.
            pub fn name(self) -> &'static str {
                match self { $($enum::$variant => $name),* }
            }
            /// The one with a name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|x| x.name() == name)
            }
        }
    };
}

names! {
    /// Functions of one number.
    Unary {
        /// Minus the number.
        Negate = "-", /// Its size.
        Abs = "abs", /// Its square root.
        Sqrt = "sqrt", /// e to its power.
        Exp = "exp", /// Its natural logarithm.
        Ln = "ln", /// Its decimal logarithm.
        Log10 = "log10", /// The next integer below.
        Floor = "floor", /// The next integer above.
        Ceil = "ceil", /// The nearest integer, halves away from zero.
        Round = "round",
    }
}

names! {
    /// Functions of two numbers.
    Binary {
        /// Sum.
        Add = "+", /// Difference.
        Subtract = "-", /// Product.
        Multiply = "*", /// Ratio.
        Divide = "/", /// Power.
        Power = "^", /// The smaller.
        Min = "min", /// The larger.
        Max = "max",
    }
}

names! {
    /// Comparisons, within `if`.
    Comparison {
        /// Less.
        Less = "<", /// Less or equal.
        LessEqual = "<=", /// Greater.
        Greater = ">", /// Greater or equal.
        GreaterEqual = ">=",
    }
}

impl Expr {
    /// The parts directly below, in the order of the text.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Number(..) | ExprKind::Reference(_) | ExprKind::Data(..) => Vec::new(),
            ExprKind::Unary(_, x) => vec![x],
            ExprKind::Binary(_, a, b) => vec![a, b],
            ExprKind::If(_, parts) => parts.iter().collect(),
            ExprKind::Interval(bounds) | ExprKind::Ramp(bounds) => bounds.iter().collect(),
            ExprKind::Family(_, arguments) | ExprKind::Truncate(arguments) => {
                arguments.iter().map(|a| &a.value).collect()
            }
            ExprKind::Mix(parts) => parts.iter().flat_map(|(w, x)| [w, x]).collect(),
        }
    }

    /// Whether it is a distribution itself, not arithmetic on one.
    pub fn is_distribution(&self) -> bool {
        use ExprKind::{Data, Family, Interval, Mix, Truncate};
        match &self.kind {
            Data(call) => call.wanted != DataUse::Series,
            kind => matches!(kind, Interval(_) | Family(..) | Mix(_) | Truncate(_)),
        }
    }

    /// The data file that it resamples.
    pub fn data_file(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::Data(call) if call.wanted == DataUse::Values => Some(&call.file),
            _ => None,
        }
    }

    /// Whether it is arithmetic on numbers alone.
    pub fn is_constant(&self) -> bool {
        !self.is_distribution()
            && !matches!(self.kind, ExprKind::Reference(_) | ExprKind::Data(_) | ExprKind::Ramp(_))
            && self.children().iter().all(|c| c.is_constant())
    }

    /// Whether a mix picks a branch and then draws it, rather than being one distribution: a branch holds a
    /// reference, a formula around a distribution, or a distribution whose parameters are not constant.
    pub fn is_choice(&self) -> bool {
        match &self.kind {
            ExprKind::Mix(parts) => parts.iter().any(|(_, x)| !(x.is_constant() || x.is_fixed_distribution())),
            _ => false,
        }
    }

    /// Whether it is a distribution whose parameters are constants.
    fn is_fixed_distribution(&self) -> bool {
        let children = self.children();
        match &self.kind {
            ExprKind::Mix(_) => !self.is_choice(),
            ExprKind::Truncate(_) => children.iter().all(|c| c.is_constant() || c.is_fixed_distribution()),
            _ => self.is_distribution() && children.iter().all(|c| c.is_constant()),
        }
    }

    /// Whether it is arithmetic on numbers alone, none of them written with `%`.
    pub fn is_plain(&self) -> bool {
        !matches!(self.kind, ExprKind::Number(_, true))
            && self.is_constant()
            && self.children().iter().all(|c| c.is_plain())
    }

    /// Whether it is a share as written: a number with `%`, or a distribution of a share by its first parameter.
    pub fn is_share(&self) -> bool {
        match &self.kind {
            ExprKind::Number(_, percent) => *percent,
            ExprKind::Unary(Unary::Negate, x) => x.is_share(),
            ExprKind::Interval(bounds) => bounds.iter().all(|bound| bound.is_share()),
            ExprKind::Family(family, arguments) => is_share(*family, arguments),
            ExprKind::Truncate(arguments) => arguments.first().is_some_and(|a| a.value.is_share()),
            ExprKind::Mix(parts) => parts.iter().all(|(_, x)| x.is_share()),
            _ => false,
        }
    }

    /// The names it refers to, with their bytes.
    pub fn references(&self) -> Vec<(&str, Range<usize>)> {
        let mut found = Vec::new();
        self.visit(&mut |e| {
            if let ExprKind::Reference(name) = &e.kind {
                found.push((name.as_str(), e.at.clone()));
            }
        });
        found
    }

    /// Calls `see` for the expression and everything below it, in the order of the text.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Expr)) {
        see(self);
        for child in self.children() {
            child.visit(see);
        }
    }
}

/// Whether a distribution with these arguments is one of shares.
fn is_share(family: Family, arguments: &[Argument]) -> bool {
    let is_named =
        |a: &Argument, names: &[&str]| a.name.as_ref().is_some_and(|(name, _)| names.contains(&name.as_str()));
    match family.description().share {
        Share::Never => false,
        Share::Mean => arguments.iter().any(|a| a.value.is_share() && is_named(a, &["mean"])),
        Share::First => arguments.iter().find(|a| !is_named(a, &SPREADS)).is_some_and(|a| a.value.is_share()),
    }
}
