//! Rank correlations as written to factors of a Gaussian copula.

use std::collections::HashMap;

use super::origin::Origin;
use super::path::Path;
use super::raw::{Raw, RawCorrelation};
use super::read::Named;
use crate::diagnostic::{Diagnostic, Span};
use crate::math::linalg;
use crate::quantity::{Law, Variable};
use crate::sample::{Group, normal_correlation, rank_correlation};

/// Most variables of one `[[correlation]]`: a matrix is factored in the cube of their number.
const MOST: usize = 100;

/// Most correlations that are printed as the nearest valid ones: those of twelve variables.
const MOST_SHOWN: usize = 66;

/// Findings after which no more are looked for.
const ENOUGH: usize = 200;

struct Pair {
    a: usize,
    b: usize,
    rank: f64,
    span: Span,
}

/// Factors the correlations. What was made certain from outside of the file leaves its own.
pub fn factor(
    correlations: &[RawCorrelation],
    (variables, origins): (&[Variable], &[Origin]),
    raw: &Raw,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Group> {
    let known = Known {
        variables,
        parts: origins.iter().map(Origin::parts).collect(),
        quantities: raw.quantities.iter().map(|(place, q)| (raw.path(place).join("."), q.span)).collect(),
    };
    let pairs = pairs(correlations, &known, problems);
    let mut groups = Vec::new();
    for members in components(&pairs) {
        let matrix = matrix(&members, &pairs);
        match Group::new(members.clone(), &matrix) {
            Some(group) => groups.push(group),
            None => problems.push(indefinite(&members, &matrix, &pairs, variables)),
        }
    }
    groups
}

/// What a correlation can name.
struct Known<'a> {
    variables: &'a [Variable],
    /// The parts of the variables' names.
    parts: Vec<Vec<String>>,
    /// The paths of everything that is written, and where.
    quantities: Vec<(String, Span)>,
}

fn pairs(correlations: &[RawCorrelation], known: &Known<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Pair> {
    let variables = known.variables;
    let mut pairs = Pairs::default();
    for correlation in correlations {
        // Looking for the nearest of thousands of names thousands of times over would take minutes.
        if problems.len() > ENOUGH {
            break;
        }
        if correlation.inputs.len() > MOST {
            let message =
                format!("{} variables are too many to correlate; {MOST} is the most", correlation.inputs.len());
            problems.push(Diagnostic::error(correlation.span, message).help("correlate those that matter"));
            continue;
        }
        let found: Vec<(usize, Span)> =
            correlation.inputs.iter().filter_map(|name| Some((known.find(name, problems)?, name.span))).collect();
        for (i, (a, _)) in found.iter().enumerate() {
            for (b, span) in &found[i + 1..] {
                let pair = Pair { a: *a.min(b), b: *a.max(b), rank: correlation.rank, span: correlation.span };
                problems.extend(match a == b {
                    true => Some(listed_twice(&variables[*a], *span)),
                    false => pairs.insert(pair, variables),
                });
            }
        }
    }
    pairs.all
}

/// Pairs in the order of the file, each once.
#[derive(Default)]
struct Pairs {
    all: Vec<Pair>,
    places: HashMap<(usize, usize), usize>,
}

impl Pairs {
    /// Takes a pair in, unless it is known; what is wrong if it is known with another rank.
    fn insert(&mut self, pair: Pair, variables: &[Variable]) -> Option<Diagnostic> {
        match self.places.get(&(pair.a, pair.b)).map(|i| &self.all[*i]) {
            Some(earlier) => (earlier.rank != pair.rank).then(|| twice(&pair, earlier, variables)),
            None => {
                self.places.insert((pair.a, pair.b), self.all.len());
                self.all.push(pair);
                None
            }
        }
    }
}

fn listed_twice(variable: &Variable, span: Span) -> Diagnostic {
    Diagnostic::error(span, format!("`{}` is listed twice", variable.name)).help("name each variable once")
}

fn twice(pair: &Pair, earlier: &Pair, variables: &[Variable]) -> Diagnostic {
    let (a, b) = (&variables[pair.a].name, &variables[pair.b].name);
    Diagnostic::error(pair.span, format!("`{a}` and `{b}` are given two correlations"))
        .also(earlier.span, "the other one")
        .help("keep one of the two")
}

impl Known<'_> {
    fn find(&self, named: &Named, problems: &mut Vec<Diagnostic>) -> Option<usize> {
        let (name, span) = (named.text.as_str(), named.span);
        let path = Path::parse(name);
        let fits = |v: &usize| path.fits(&self.parts[*v].iter().map(String::as_str).collect::<Vec<_>>());
        let fitting: Vec<usize> = (0..self.variables.len()).filter(fits).collect();
        match fitting[..] {
            [v] if matches!(self.variables[v].law, Law::Choice(_)) => {
                let message = format!("`{name}` picks a branch of a mix and cannot be correlated");
                problems.push(Diagnostic::error(span, message).help("correlate the variables of its branches instead"));
                None
            }
            [v] => Some(v),
            [] => {
                problems.push(self.left(named).unwrap_or_else(|| self.unknown(name, span)));
                None
            }
            _ => {
                let error = Diagnostic::error(span, format!("`{name}` can be read in two ways"));
                problems.push(error.help("put the part that holds a dot in quotes: '\"a.b\".c'"));
                None
            }
        }
    }

    /// Whether several distributions stand at a path.
    fn is_several(&self, path: &str) -> bool {
        let first = format!("{path}#1");
        self.variables.iter().any(|v| v.name == first)
    }

    /// What is said of a variable that an override has made certain, or a formula.
    fn left(&self, named: &Named) -> Option<Diagnostic> {
        let plain = named.text.split_once('#').map_or(named.text.as_str(), |(plain, _)| plain);
        let (path, changed) = self.quantities.iter().find(|(path, _)| *path == named.text || path == plain)?;
        (changed.source != named.span.source).then(|| {
            let holds = if self.is_several(path) { "several distributions" } else { "no distribution" };
            let message = format!("`{path}` holds {holds} now and leaves its correlations");
            Diagnostic::hint(*changed, message).help("the others keep theirs")
        })
    }

    fn unknown(&self, name: &str, span: Span) -> Diagnostic {
        let error = Diagnostic::error(span, format!("there is no random variable `{name}`"));
        if self.is_several(name) {
            return error.help(format!("it holds several distributions: name one of them, such as `{name}#1`"));
        }
        if self.quantities.iter().any(|(path, _)| path == name) {
            return error.help("it is a constant, or a formula without a distribution of its own");
        }
        match crate::diagnostic::nearest(name, self.variables.iter().map(|v| v.name.as_str())) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => {
                error.help("only quantities that hold a distribution can be correlated; `breakeven check` lists them")
            }
        }
    }
}

/// The connected sets of correlated variables, each sorted.
fn components(pairs: &[Pair]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for pair in pairs {
        let (mut joined, rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|g| g.contains(&pair.a) || g.contains(&pair.b));
        let mut group: Vec<usize> = joined.drain(..).flatten().chain([pair.a, pair.b]).collect();
        group.sort_unstable();
        group.dedup();
        groups = rest;
        groups.push(group);
    }
    groups.sort();
    groups
}

fn matrix(members: &[usize], pairs: &[Pair]) -> Vec<f64> {
    let n = members.len();
    let mut matrix = vec![0.0; n * n];
    (0..n).for_each(|i| matrix[i * n + i] = 1.0);
    let place = |v: usize| members.iter().position(|m| *m == v);
    for pair in pairs {
        if let (Some(i), Some(j)) = (place(pair.a), place(pair.b)) {
            // sin(π/6) is a hair off 1/2 in floating point; a rank of ±1 means ±1.
            let rho = if pair.rank.abs() == 1.0 { pair.rank } else { normal_correlation(pair.rank) };
            matrix[i * n + j] = rho;
            matrix[j * n + i] = rho;
        }
    }
    matrix
}

fn indefinite(members: &[usize], matrix: &[f64], pairs: &[Pair], variables: &[Variable]) -> Diagnostic {
    let n = members.len();
    let inside: Vec<&Pair> = pairs.iter().filter(|p| members.contains(&p.a)).collect();
    let span = inside.last().map_or(Span::TOP, |p| p.span);
    let mut error = Diagnostic::error(span, "no variables have these rank correlations together");
    error.also = inside.iter().filter(|p| p.span != span).map(|p| label(p.span)).collect();
    error.also.dedup();
    if n > 60 {
        return error.help("lower the correlations, or leave some out");
    }
    let nearest = linalg::nearest_correlation(matrix, n);
    // The nearest one lies on the edge of the valid ones; a little towards independence, and rounding keeps it valid.
    let shrink = 1.0 - 0.001 * n as f64;
    let valid = |k: usize| (rank_correlation(nearest[k] * shrink) * 1000.0).round() / 1000.0;
    let shown = (0..n * n).filter(|k| k / n < k % n).take(MOST_SHOWN).map(|k| {
        let (a, b) = (members[k / n], members[k % n]);
        format!("{} with {}: {}", variables[a].name, variables[b].name, valid(k))
    });
    error.help(format!("the nearest valid ones are {}", shown.collect::<Vec<_>>().join("; ")))
}

fn label(span: Span) -> crate::diagnostic::Label {
    crate::diagnostic::Label { span, text: "together with this".to_owned() }
}
