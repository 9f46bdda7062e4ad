//! How single values are typed: numbers with their units, and the words of closed choices.

use std::path::PathBuf;

use breakeven::chart::{ChartStyle, ImageFormat, Theme};
use breakeven::engine::CaseKind;
use breakeven::logs::Convention;
use breakeven::report::Dialect;
use breakeven::sample::Sampler;
use breakeven::scenario::Template;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

/// A whole number of trials, such as 65536, 64k or 1M.
pub fn count(text: &str) -> Result<u64, String> {
    let allowed = whole(text).filter(|n| (1..=1 << 31).contains(n));
    allowed.ok_or_else(|| "a whole number from 1 to 2147483648 is wanted, such as 65536, 64k or 1M".to_owned())
}

/// A whole number of rows, such as 1000, 10k or 0.
pub fn rows(text: &str) -> Result<u64, String> {
    whole(text).ok_or_else(|| "a whole number is wanted, such as 1000, 10k or 0".to_owned())
}

fn whole(text: &str) -> Option<u64> {
    let digits = text.trim().replace('_', "");
    let (number, unit) = match digits.strip_suffix(['k', 'M', 'B']) {
        Some(number) if digits.ends_with('k') => (number, 1_000),
        Some(number) if digits.ends_with('M') => (number, 1_000_000),
        Some(number) => (number, 1_000_000_000),
        None => (digits.as_str(), 1),
    };
    number.parse::<u64>().ok().and_then(|n| n.checked_mul(unit))
}

/// A share of one, as a number or in percent.
pub fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = text.trim().strip_suffix('%').map_or((text, 1.0), |number| (number, 0.01));
    let share = number.trim().parse::<f64>().map_or(f64::NAN, |x| x * unit);
    let valid = share > 0.0 && share < 1.0;
    valid.then_some(share).ok_or_else(|| "a share between 0 and 1 is wanted, such as 0.5% or 0.005".to_owned())
}

/// A quantity of a scenario.
pub fn quantity(text: &str) -> Result<String, String> {
    match breakeven::quantity::parse(text) {
        Ok(_) => Ok(text.trim().to_owned()),
        Err(error) => Err(std::iter::once(error.message).chain(error.help).collect::<Vec<_>>().join("; ")),
    }
}

/// A file for a chart, with its format, which the ending says.
pub fn chart_file(text: &str) -> Result<(PathBuf, ImageFormat), String> {
    let file = PathBuf::from(text);
    let formats = [ImageFormat::Png, ImageFormat::Svg];
    let is = |format: &ImageFormat| file.extension().is_some_and(|e| e.eq_ignore_ascii_case(format.extension()));
    let format = formats.into_iter().find(is).ok_or("a file is wanted that ends in .png or .svg")?;
    Ok((file, format))
}

/// A number of tokens.
pub fn tokens(text: &str) -> Result<f64, String> {
    let number = whole(text).filter(|n| *n > 0).map(|n| n as f64);
    number.ok_or_else(|| "a whole number of tokens is wanted, such as 800 or 2k".to_owned())
}

/// Hours and minutes before UTC, in seconds.
pub fn zone(text: &str) -> Result<i32, String> {
    let wanted = || "hours and minutes from UTC are wanted, such as +02:00 or -05:30".to_owned();
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.strip_prefix(['+', '-']).and_then(|t| t.split_once(':')).ok_or_else(wanted)?;
    let part = |text: &str, most: i32| {
        let is_plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<i32>().ok().filter(|n| is_plain && *n <= most).ok_or_else(wanted)
    };
    Ok(sign * (part(hours, 14)? * 3600 + part(minutes, 59)? * 60))
}

/// [`Convention`] as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum CachedArg {
    /// It does
    Included,
    /// They have to be added
    Excluded,
}

impl From<CachedArg> for Convention {
    fn from(cached: CachedArg) -> Convention {
        match cached {
            CachedArg::Included => Convention::Included,
            CachedArg::Excluded => Convention::Excluded,
        }
    }
}

/// [`At`] as typed.
#[derive(Clone, Copy, Debug)]
pub struct CaseArg(pub CaseKind);

pub fn case(text: &str) -> Result<CaseArg, String> {
    let trial = |text: &str| text.strip_prefix("trial=").and_then(|n| n.parse().ok()).map(CaseKind::Trial);
    let at = match text {
        "mean" => Some(CaseKind::Mean),
        "median" => Some(CaseKind::Median),
        text => trial(text),
    };
    at.map(CaseArg).ok_or_else(|| "it is mean, median, or trial=N".to_owned())
}

/// [`Sampler`] as typed: the words of the scenario format.
#[derive(Clone, Copy, Debug)]
pub struct SamplerArg(pub Sampler);

impl ValueEnum for SamplerArg {
    fn value_variants<'a>() -> &'a [Self] {
        &[SamplerArg(Sampler::Sobol), SamplerArg(Sampler::LatinHypercube), SamplerArg(Sampler::MonteCarlo)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.word()))
    }
}

/// [`Template`] as typed.
#[derive(Clone, Copy, Debug)]
pub struct TemplateArg(pub Template);

impl ValueEnum for TemplateArg {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [TemplateArg; Template::ALL.len()] = {
            let [a, b, c, d, e] = Template::ALL;
            [TemplateArg(a), TemplateArg(b), TemplateArg(c), TemplateArg(d), TemplateArg(e)]
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name).help(self.0.question))
    }
}

/// [`Style`] as typed.
#[derive(Clone, Copy, Debug, Args)]
pub struct StyleArgs {
    /// Format of the charts
    #[arg(long = "chart-format", value_enum, value_name = "FORMAT", default_value = "png")]
    format: FormatArg,
    /// Colours of the charts
    #[arg(long = "chart-theme", value_enum, value_name = "THEME", default_value = "light")]
    theme: ThemeArg,
}

impl From<StyleArgs> for ChartStyle {
    fn from(StyleArgs { format, theme }: StyleArgs) -> ChartStyle {
        let format = match format {
            FormatArg::Png => ImageFormat::Png,
            FormatArg::Svg => ImageFormat::Svg,
        };
        ChartStyle { format, theme: theme.into() }
    }
}

/// [`Format`] as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArg {
    Png,
    Svg,
}

/// [`Theme`] as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ThemeArg {
    Light,
    Dark,
}

impl From<ThemeArg> for Theme {
    fn from(theme: ThemeArg) -> Theme {
        match theme {
            ThemeArg::Light => Theme::Light,
            ThemeArg::Dark => Theme::Dark,
        }
    }
}

/// [`Dialect`] as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DialectArg {
    Standard,
    Excel,
}

impl From<DialectArg> for Dialect {
    fn from(dialect: DialectArg) -> Dialect {
        match dialect {
            DialectArg::Standard => Dialect::Standard,
            DialectArg::Excel => Dialect::Excel,
        }
    }
}
