//! The fields of a scenario that hold quantities: where they stand, their ranges and defaults.

/// The values a field can take; draws outside are held to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least value.
    pub low: f64,
    /// The largest value.
    pub high: f64,
}

const ANY: Range = Range { low: f64::NEG_INFINITY, high: f64::INFINITY };
const NOT_NEGATIVE: Range = Range { low: 0.0, high: f64::INFINITY };
const SHARE: Range = Range { low: 0.0, high: 1.0 };
const RATE: Range = Range { low: -0.99, high: 10.0 };
const POSITIVE: Range = Range { low: 1e-6, high: f64::INFINITY };
const AT_LEAST_ONE: Range = Range { low: 1.0, high: f64::INFINITY };
const RETRAINS: Range = Range { low: 0.0, high: 1000.0 };
const MONTHS_BETWEEN: Range = Range { low: 0.1, high: f64::INFINITY };
const REQUESTS: Range = Range { low: 0.0, high: 1e15 };

/// What a field holds when it is not written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fallback {
    /// This number.
    Number(f64),
    /// Nothing: leaving it out is a choice of its own.
    Absent,
    /// It must be written.
    Required,
    /// What `labour.hourly_rate` holds.
    HourlyRate,
    /// What the option's `inference.input_price` holds.
    InputPrice,
}

/// A table of the scenario file that holds quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// `[simulation]`
    Simulation,
    /// `[labour]`
    Labour,
    /// `[workload]`
    Workload,
    /// `[[option]]` itself.
    Option,
    /// `[option.setup]`
    Setup,
    /// `[option.inference]`
    Inference,
    /// `[option.dataset]`
    Dataset,
    /// `[option.training]`
    Training,
    /// `[option.migration]`
    Migration,
    /// `[option.hosting]`
    Hosting,
    /// `[option.maintenance]`
    Maintenance,
    /// `[option.quality]`
    Quality,
}

impl Section {
    /// The sections of an option.
    pub const OF_OPTION: [Section; 8] = [
        Section::Setup,
        Section::Inference,
        Section::Dataset,
        Section::Training,
        Section::Migration,
        Section::Hosting,
        Section::Maintenance,
        Section::Quality,
    ];

    /// As written in a path; empty for the option itself.
    pub fn name(self) -> &'static str {
        match self {
            Section::Simulation => "simulation",
            Section::Labour => "labour",
            Section::Workload => "workload",
            Section::Option => "",
            Section::Setup => "setup",
            Section::Inference => "inference",
            Section::Dataset => "dataset",
            Section::Training => "training",
            Section::Migration => "migration",
            Section::Hosting => "hosting",
            Section::Maintenance => "maintenance",
            Section::Quality => "quality",
        }
    }

    /// Keys of the section that hold something else than a quantity.
    pub fn labels(self) -> &'static [&'static str] {
        match self {
            Section::Simulation => &["horizon_months", "trials", "seed", "sampler", "trials_are"],
            Section::Option => &["name", "candidate", "after_retirement", "cost"],
            Section::Inference => &["model"],
            Section::Training => &["retrain_timing"],
            Section::Quality => &["escalate_to"],
            _ => &[],
        }
    }

    /// The fields of the section.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        Field::ALL.iter().copied().filter(move |f| f.section() == self)
    }
}

macro_rules! fields {
    ($($variant:ident, $section:ident, $key:literal, $range:expr, $default:expr;)*) => {
        /// A field that holds a quantity.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field {
            $(#[doc = concat!("`", $key, "` in [`Section::", stringify!($section), "`].")] $variant),*
        }

        impl Field {
            /// Every field, in the order of the format.
            pub const ALL: &'static [Field] = &[$(Field::$variant),*];

            /// The table it stands in.
            pub fn section(self) -> Section {
                match self { $(Field::$variant => Section::$section),* }
            }

            /// Its key there.
            pub fn key(self) -> &'static str {
                match self { $(Field::$variant => $key),* }
            }

            /// The values it can take.
            pub fn range(self) -> Range {
                match self { $(Field::$variant => $range),* }
            }

            /// What it holds when it is not written.
            pub fn fallback(self) -> Fallback {
                match self { $(Field::$variant => $default),* }
            }
        }
    };
}

use self::Fallback::{Absent, HourlyRate, InputPrice, Number, Required};

fields! {
    DiscountRate, Simulation, "discount_rate", RATE, Number(0.0);
    LabourRate, Labour, "hourly_rate", NOT_NEGATIVE, Absent;
    Requests, Workload, "requests_per_month", REQUESTS, Required;
    Growth, Workload, "growth_per_month", RATE, Number(0.0);
    InputTokens, Workload, "input_tokens", NOT_NEGATIVE, Required;
    OutputTokens, Workload, "output_tokens", NOT_NEGATIVE, Required;
    LaunchMonth, Option, "launch_month", NOT_NEGATIVE, Number(0.0);
    SuccessProbability, Option, "success_probability", SHARE, Number(1.0);
    RetireMonth, Option, "retire_month", NOT_NEGATIVE, Absent;
    SetupHours, Setup, "hours", NOT_NEGATIVE, Number(0.0);
    SetupRate, Setup, "hourly_rate", NOT_NEGATIVE, HourlyRate;
    SetupCost, Setup, "cost", NOT_NEGATIVE, Number(0.0);
    InputPrice, Inference, "input_price", NOT_NEGATIVE, Number(0.0);
    OutputPrice, Inference, "output_price", NOT_NEGATIVE, Number(0.0);
    InstructionTokens, Inference, "instruction_tokens", NOT_NEGATIVE, Number(0.0);
    ExtraInputTokens, Inference, "extra_input_tokens", NOT_NEGATIVE, Number(0.0);
    ExtraOutputTokens, Inference, "extra_output_tokens", NOT_NEGATIVE, Number(0.0);
    CacheHitRate, Inference, "cache_hit_rate", SHARE, Absent;
    CachedPrice, Inference, "cached_price", NOT_NEGATIVE, Absent;
    CacheWritePrice, Inference, "cache_write_price", NOT_NEGATIVE, InputPrice;
    CacheMinTokens, Inference, "cache_min_tokens", NOT_NEGATIVE, Number(0.0);
    BatchShare, Inference, "batch_share", SHARE, Number(0.0);
    BatchDiscount, Inference, "batch_discount", SHARE, Number(0.5);
    TokenMultiplier, Inference, "token_multiplier", NOT_NEGATIVE, Number(1.0);
    RetryRate, Inference, "retry_rate", NOT_NEGATIVE, Number(0.0);
    PriceChange, Inference, "price_change_per_year", RATE, Number(0.0);
    DatasetHours, Dataset, "hours", NOT_NEGATIVE, Number(0.0);
    DatasetRate, Dataset, "hourly_rate", NOT_NEGATIVE, HourlyRate;
    Examples, Dataset, "examples", NOT_NEGATIVE, Number(0.0);
    CostPerExample, Dataset, "cost_per_example", NOT_NEGATIVE, Number(0.0);
    CostPerRun, Training, "cost_per_run", NOT_NEGATIVE, Number(0.0);
    TokensPerExample, Training, "tokens_per_example", NOT_NEGATIVE, Number(0.0);
    Epochs, Training, "epochs", NOT_NEGATIVE, Number(3.0);
    TrainingPrice, Training, "training_price", NOT_NEGATIVE, Number(0.0);
    InitialRuns, Training, "initial_runs", NOT_NEGATIVE, Number(1.0);
    RetrainsPerYear, Training, "retrains_per_year", RETRAINS, Number(0.0);
    HoursPerRetrain, Training, "hours_per_retrain", NOT_NEGATIVE, Number(0.0);
    TrainingRate, Training, "hourly_rate", NOT_NEGATIVE, HourlyRate;
    ExamplesPerRetrain, Training, "examples_per_retrain", NOT_NEGATIVE, Number(0.0);
    FirstAfterMonths, Migration, "first_after_months", NOT_NEGATIVE, Absent;
    EveryMonths, Migration, "every_months", MONTHS_BETWEEN, Absent;
    MigrationHours, Migration, "hours", NOT_NEGATIVE, Number(0.0);
    MigrationRate, Migration, "hourly_rate", NOT_NEGATIVE, HourlyRate;
    MigrationCost, Migration, "cost", NOT_NEGATIVE, Number(0.0);
    MigrationRuns, Migration, "training_runs", NOT_NEGATIVE, Number(0.0);
    PriceFactor, Migration, "price_factor", NOT_NEGATIVE, Number(1.0);
    HostingPerMonth, Hosting, "cost_per_month", NOT_NEGATIVE, Number(0.0);
    HostingPerHour, Hosting, "cost_per_hour", NOT_NEGATIVE, Number(0.0);
    Units, Hosting, "units", NOT_NEGATIVE, Number(1.0);
    HoursPerMonth, Hosting, "hours_per_month", NOT_NEGATIVE, Number(730.0);
    GpuRate, Hosting, "gpu_hourly_rate", NOT_NEGATIVE, Absent;
    GpuTokensPerSecond, Hosting, "gpu_tokens_per_second", POSITIVE, Absent;
    GpuRequestsPerSecond, Hosting, "gpu_requests_per_second", POSITIVE, Absent;
    PeakToAverage, Hosting, "peak_to_average", AT_LEAST_ONE, Number(1.0);
    MinGpus, Hosting, "min_gpus", NOT_NEGATIVE, Number(1.0);
    GpusPerStep, Hosting, "gpus_per_step", POSITIVE, Number(1.0);
    MaintenanceHours, Maintenance, "hours_per_month", NOT_NEGATIVE, Number(0.0);
    MaintenanceRate, Maintenance, "hourly_rate", NOT_NEGATIVE, HourlyRate;
    FailureRate, Quality, "failure_rate", SHARE, Number(0.0);
    CostPerFailure, Quality, "cost_per_failure", NOT_NEGATIVE, Number(0.0);
    EscalationRate, Quality, "escalation_rate", SHARE, Number(0.0);
}

impl Field {
    /// `section.key`, or the key alone for those of the option itself.
    pub fn path(self) -> String {
        match self.section().name() {
            "" => self.key().to_owned(),
            section => format!("{section}.{}", self.key()),
        }
    }

    /// Its number, for tables indexed by field.
    pub fn index(self) -> usize {
        self as usize
    }
}

impl Range {
    /// The range of a custom line's amount and of an input: any number.
    pub const ANY: Range = ANY;

    /// The range in words, as a remedy.
    pub fn describe(self) -> String {
        match (self.low, self.high) {
            (0.0, 1.0) => "a share between 0 and 1, such as 0.2 or 20%".to_owned(),
            (low, f64::INFINITY) => format!("a number of at least {low}"),
            (low, high) if high >= 1e6 => format!("a number between {low} and {high:e}"),
            (low, high) => format!("a number between {low} and {high}"),
        }
    }

    /// Whether a value lies in it; NaN does not.
    pub fn contains(self, x: f64) -> bool {
        x >= self.low && x <= self.high
    }
}
