//! The fields of a scenario that hold quantities: where they stand, their ranges and defaults, and what they mean.

use super::range::{AT_LEAST_ONE, FieldRange, MONTHS_BETWEEN, NOT_NEGATIVE, POSITIVE, RATE, REQUESTS, RETRAINS, SHARE};
use super::section::Section;

/// What a field holds when it is not written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fallback {
    /// This number.
    Number(f64),
    /// Nothing: leaving it out is a choice of its own, which these words tell.
    Absent(&'static str),
    /// It must be written.
    Required,
    /// It must be written where something is paid by it; else 0.
    WherePaid,
    /// What `labour.hourly_rate` holds.
    HourlyRate,
    /// What the option's `inference.input_price` holds.
    InputPrice,
}

macro_rules! fields {
    ($($variant:ident, $section:ident, $key:literal, $range:expr, $default:expr,
        $unit:literal, $meaning:literal, $formula:literal;)*) => {
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
            pub fn range(self) -> FieldRange {
                match self { $(Field::$variant => $range),* }
            }

            /// What it holds when it is not written.
            pub fn fallback(self) -> Fallback {
                match self { $(Field::$variant => $default),* }
            }

            /// What it is counted in.
            pub fn unit(self) -> &'static str {
                match self { $(Field::$variant => $unit),* }
            }

            /// What it means.
            pub fn meaning(self) -> &'static str {
                match self { $(Field::$variant => $meaning),* }
            }

            /// How costs follow from it; empty where its meaning says so.
            pub fn formula(self) -> &'static str {
                match self { $(Field::$variant => $formula),* }
            }
        }
    };
}

impl Field {
    /// Whether it is a month of the scenario, for which a date may stand.
    pub fn is_month(self) -> bool {
        matches!(self, Field::LaunchMonth | Field::RetireMonth | Field::FirstAfterMonths)
    }

    /// Whether it is an amount of money, for anything.
    pub fn is_money(self) -> bool {
        self.unit().starts_with("money")
    }
}

/// Units of what is a share of something, or a factor.
const SHARES: [&str; 5] = ["share", "factor", "per month", "per year", "calls per request"];

/// Whether a unit is that of a share of something, or of a factor: what `%` can be written for.
pub fn is_share(unit: &str) -> bool {
    SHARES.contains(&unit)
}

use self::Fallback::{Absent, HourlyRate, InputPrice, Number, Required, WherePaid};

fields! {
    DiscountRate, Simulation, "discount_rate", RATE, Number(0.0),
        "per year",
        "What money a year later is worth less: costs of month m are divided by (1 + rate)^(m/12). One-time costs fall at the start and are not discounted.",
        "cost / (1 + discount_rate)^(m/12)";
    LabourRate, Labour, "hourly_rate", NOT_NEGATIVE, Absent("none: hours then need a rate of their own"),
        "money per hour",
        "What an hour of work costs, with overhead: the default of every hourly_rate of the options.",
        "";
    Requests, Workload, "requests_per_month", REQUESTS, Required,
        "requests per month",
        "Requests in the first month. A distribution says how unsure you are of the traffic, not how it varies from month to month.",
        "requests(m) = requests_per_month * (1 + growth_per_month)^(m - 1)";
    Growth, Workload, "growth_per_month", RATE, Number(0.0),
        "per month",
        "By how much the requests grow from month to month; may be negative.",
        "requests(m) = requests_per_month * (1 + growth_per_month)^(m - 1)";
    InputTokens, Workload, "input_tokens", NOT_NEGATIVE, WherePaid,
        "tokens per request",
        "Average input tokens of a request, without the option's instructions. A distribution says how unsure you are of the average; for logs write mean_of('usage.csv', 'column').",
        "input = (input_tokens + extra_input_tokens) * token_multiplier";
    OutputTokens, Workload, "output_tokens", NOT_NEGATIVE, WherePaid,
        "tokens per request",
        "Average output tokens of a request.",
        "output = (output_tokens + extra_output_tokens) * token_multiplier";
    TrafficShare, Option, "traffic_share", SHARE, Number(1.0),
        "share",
        "The share of the requests that this option serves. The rest goes to route_to, at its answering cost and with its failures.",
        "served = requests * traffic_share * (1 - response_cache_rate)";
    LaunchMonth, Option, "launch_month", NOT_NEGATIVE, Number(0.0),
        "months",
        "The last month before the option goes live, rounded up: with 2 it is live from month 3. Until then the baseline's costs are paid. With simulation.start also a date.",
        "";
    SuccessProbability, Option, "success_probability", SHARE, Number(1.0),
        "share",
        "The probability that the project succeeds. If it fails, its one-time costs are spent and the baseline is paid throughout.",
        "";
    RetireMonth, Option, "retire_month", NOT_NEGATIVE, Absent("never"),
        "months",
        "The option's last month, rounded up. Afterwards it costs what after_retirement costs. With simulation.start also a date.",
        "";
    SetupHours, Setup, "hours", NOT_NEGATIVE, Number(0.0),
        "hours",
        "One-time effort of any kind: writing prompts, integration, an evaluation set.",
        "hours * hourly_rate, once";
    SetupRate, Setup, "hourly_rate", NOT_NEGATIVE, HourlyRate,
        "money per hour",
        "What an hour of that effort costs.",
        "hours * hourly_rate, once";
    SetupCost, Setup, "cost", NOT_NEGATIVE, Number(0.0),
        "money",
        "One-time expenses that are not hours.",
        "cost, once";
    InputPrice, Inference, "input_price", NOT_NEGATIVE, Number(0.0),
        "money per million tokens",
        "Price of input tokens in the first month.",
        "requests * calls * input * input_price / 1e6";
    OutputPrice, Inference, "output_price", NOT_NEGATIVE, Number(0.0),
        "money per million tokens",
        "Price of output tokens in the first month.",
        "requests * calls * output * output_price / 1e6";
    InstructionTokens, Inference, "instruction_tokens", NOT_NEGATIVE, Number(0.0),
        "tokens per request",
        "Instructions and examples that are sent with every request, on top of the workload's input tokens. They can be cached.",
        "requests * calls * instruction_tokens * token_multiplier * price / 1e6";
    ExtraInputTokens, Inference, "extra_input_tokens", NOT_NEGATIVE, Number(0.0),
        "tokens per request",
        "Retrieved context and the like, on top of the workload's input tokens; never cached.",
        "input = (input_tokens + extra_input_tokens) * token_multiplier";
    ExtraOutputTokens, Inference, "extra_output_tokens", NOT_NEGATIVE, Number(0.0),
        "tokens per request",
        "Reasoning tokens and the like, billed as output.",
        "output = (output_tokens + extra_output_tokens) * token_multiplier";
    CacheHitRate, Inference, "cache_hit_rate", SHARE, Absent("off: nothing is cached"),
        "share",
        "The share of requests that find the instructions in the provider's cache. Writing it, even 0, turns caching on.",
        "price = cache_hit_rate * cached_price + (1 - cache_hit_rate) * cache_write_price";
    CachedPrice, Inference, "cached_price", NOT_NEGATIVE, Absent("required with cache_hit_rate"),
        "money per million tokens",
        "Price of reading instruction tokens from the cache; needed with cache_hit_rate.",
        "price = cache_hit_rate * cached_price + (1 - cache_hit_rate) * cache_write_price";
    CacheWritePrice, Inference, "cache_write_price", NOT_NEGATIVE, InputPrice,
        "money per million tokens",
        "Price of instruction tokens that were not in the cache and are written to it.",
        "price = cache_hit_rate * cached_price + (1 - cache_hit_rate) * cache_write_price";
    CacheMinTokens, Inference, "cache_min_tokens", NOT_NEGATIVE, Number(0.0),
        "tokens",
        "A shorter prompt is never cached: then instructions are paid at input_price.",
        "";
    BatchShare, Inference, "batch_share", SHARE, Number(0.0),
        "share",
        "The share of requests that can wait and are sent as a batch.",
        "inference * (1 - batch_share * batch_discount)";
    BatchDiscount, Inference, "batch_discount", SHARE, Number(0.5),
        "share",
        "By how much a batch is cheaper.",
        "inference * (1 - batch_share * batch_discount)";
    ResponseCacheRate, Inference, "response_cache_rate", SHARE, Number(0.0),
        "share",
        "The share of its requests that a cache of one's own answers, without any call. Their failures count.",
        "served = requests * traffic_share * (1 - response_cache_rate)";
    LongTokenShare, Inference, "long_token_share", SHARE, Absent("off: all tokens at one price"),
        "share",
        "The share of tokens in requests above the vendor's length threshold, where the whole request costs more.",
        "price * (1 - long_token_share) + long price * long_token_share";
    LongInputPrice, Inference, "long_input_price", NOT_NEGATIVE, Absent("required with long_token_share"),
        "money per million tokens",
        "Price of input tokens in such requests, also of instructions, cached or not.",
        "price * (1 - long_token_share) + long price * long_token_share";
    LongOutputPrice, Inference, "long_output_price", NOT_NEGATIVE, Absent("required with long_token_share"),
        "money per million tokens",
        "Price of output tokens in such requests.",
        "price * (1 - long_token_share) + long price * long_token_share";
    TokenMultiplier, Inference, "token_multiplier", NOT_NEGATIVE, Number(1.0),
        "factor",
        "Multiplies all tokens, instructions included: another tokenizer, another language.",
        "";
    RetryRate, Inference, "retry_rate", NOT_NEGATIVE, Number(0.0),
        "calls per request",
        "Extra calls per request, paid in full: timeouts, answers that cannot be read.",
        "calls = 1 + retry_rate";
    PriceChange, Inference, "price_change_per_year", RATE, Number(0.0),
        "per year",
        "How the option's token prices change: -0.3 is 30 % less a year, smoothly by the month.",
        "price * (1 + price_change_per_year)^((m - 1)/12)";
    DatasetHours, Dataset, "hours", NOT_NEGATIVE, Number(0.0),
        "hours",
        "Hours for the data set: guidelines, cleaning, checking.",
        "hours * hourly_rate, once";
    DatasetRate, Dataset, "hourly_rate", NOT_NEGATIVE, HourlyRate,
        "money per hour",
        "What an hour of that costs.",
        "hours * hourly_rate, once";
    Examples, Dataset, "examples", NOT_NEGATIVE, Number(0.0),
        "examples",
        "Training examples. They are paid once, and they set the tokens of a training run.",
        "examples * cost_per_example, once";
    CostPerExample, Dataset, "cost_per_example", NOT_NEGATIVE, Number(0.0),
        "money per example",
        "What an example costs: a large model's answer, an expert's label.",
        "examples * cost_per_example, once";
    CostPerRun, Training, "cost_per_run", NOT_NEGATIVE, Number(0.0),
        "money per run",
        "What a training run costs, beside what is billed by training token.",
        "run = cost_per_run + examples * tokens_per_example * epochs * training_price / 1e6";
    TokensPerExample, Training, "tokens_per_example", NOT_NEGATIVE, Number(0.0),
        "tokens per example",
        "Tokens of a training example.",
        "run = cost_per_run + examples * tokens_per_example * epochs * training_price / 1e6";
    Epochs, Training, "epochs", NOT_NEGATIVE, Number(3.0),
        "passes",
        "How often training goes through the examples.",
        "run = cost_per_run + examples * tokens_per_example * epochs * training_price / 1e6";
    TrainingPrice, Training, "training_price", NOT_NEGATIVE, Number(0.0),
        "money per million tokens",
        "Price of training tokens.",
        "run = cost_per_run + examples * tokens_per_example * epochs * training_price / 1e6";
    InitialRuns, Training, "initial_runs", NOT_NEGATIVE, Number(1.0),
        "runs",
        "Training runs before the launch; the first try is rarely the last.",
        "initial_runs * run, once";
    RetrainsPerYear, Training, "retrains_per_year", RETRAINS, Number(0.0),
        "per year",
        "How often the model is trained again after its launch.",
        "scheduled: floor(r*(m - L)/12) - floor(r*(m - 1 - L)/12) in month m after the launch in month L";
    HoursPerRetrain, Training, "hours_per_retrain", NOT_NEGATIVE, Number(0.0),
        "hours per retrain",
        "Work around each retraining: new examples, evaluation, going live.",
        "retrains * hours_per_retrain * hourly_rate";
    TrainingRate, Training, "hourly_rate", NOT_NEGATIVE, HourlyRate,
        "money per hour",
        "What an hour of that costs.",
        "retrains * hours_per_retrain * hourly_rate";
    ExamplesPerRetrain, Training, "examples_per_retrain", NOT_NEGATIVE, Number(0.0),
        "examples per retrain",
        "New examples each time, at dataset.cost_per_example.",
        "retrains * (run + examples_per_retrain * cost_per_example)";
    FirstAfterMonths, Migration, "first_after_months", NOT_NEGATIVE, Absent("required with the section"),
        "months",
        "When the model under the option is retired and must be replaced, from the start. Hosted models last about 16 months from their release. With simulation.start also a date.",
        "";
    EveryMonths, Migration, "every_months", MONTHS_BETWEEN, Absent("never again"),
        "months",
        "When its successors are retired, each after so many months; never again if it is left out.",
        "";
    MigrationHours, Migration, "hours", NOT_NEGATIVE, Number(0.0),
        "hours per migration",
        "Work for moving to a successor: adapting the prompt, evaluating, training again.",
        "migrations * hours * hourly_rate";
    MigrationRate, Migration, "hourly_rate", NOT_NEGATIVE, HourlyRate,
        "money per hour",
        "What an hour of that costs.",
        "migrations * hours * hourly_rate";
    MigrationCost, Migration, "cost", NOT_NEGATIVE, Number(0.0),
        "money per migration",
        "Expenses of a migration that are not hours.",
        "migrations * (cost + training_runs * run)";
    MigrationRuns, Migration, "training_runs", NOT_NEGATIVE, Number(0.0),
        "runs per migration",
        "Training runs that each migration needs.",
        "migrations * (cost + training_runs * run)";
    PriceFactor, Migration, "price_factor", NOT_NEGATIVE, Number(1.0),
        "factor",
        "Token prices are multiplied by it at each migration: a new model is cheaper, or dearer.",
        "";
    HostingPerMonth, Hosting, "cost_per_month", NOT_NEGATIVE, Number(0.0),
        "money per month",
        "Flat hosting fees, whatever the traffic.",
        "cost_per_month + units * cost_per_hour * hours_per_month";
    HostingPerHour, Hosting, "cost_per_hour", NOT_NEGATIVE, Number(0.0),
        "money per hour",
        "Price of a unit: a hosted deployment, provisioned throughput.",
        "cost_per_month + units * cost_per_hour * hours_per_month";
    Units, Hosting, "units", NOT_NEGATIVE, Number(1.0),
        "units",
        "How many of them.",
        "cost_per_month + units * cost_per_hour * hours_per_month";
    HoursPerMonth, Hosting, "hours_per_month", NOT_NEGATIVE, Number(730.0),
        "hours per month",
        "Hours that units and GPUs are paid for; fewer where they are switched off at night.",
        "cost_per_month + units * cost_per_hour * hours_per_month";
    GpuRate, Hosting, "gpu_hourly_rate", NOT_NEGATIVE, Absent("off: no GPUs that follow the traffic"),
        "money per hour",
        "Price of a GPU. Writing it turns on GPUs that follow the traffic.",
        "gpus * gpu_hourly_rate * hours_per_month";
    GpuTokensPerSecond, Hosting, "gpu_tokens_per_second", POSITIVE, Absent("this or gpu_requests_per_second is required with gpu_hourly_rate"),
        "tokens per second",
        "What one GPU serves at the latency that is wanted, input and output tokens together.",
        "need = requests * calls * tokens * peak_to_average / (gpu_tokens_per_second * 730 * 3600)";
    GpuRequestsPerSecond, Hosting, "gpu_requests_per_second", POSITIVE, Absent("this or gpu_tokens_per_second is required with gpu_hourly_rate"),
        "requests per second",
        "The same as a load test gives it, in place of tokens.",
        "need = requests * calls * peak_to_average / (gpu_requests_per_second * 730 * 3600)";
    PeakToAverage, Hosting, "peak_to_average", AT_LEAST_ONE, Number(1.0),
        "factor",
        "Traffic of the busiest time over the average: capacity is bought for the peak.",
        "need = requests * calls * tokens * peak_to_average / (gpu_tokens_per_second * 730 * 3600)";
    MinGpus, Hosting, "min_gpus", NOT_NEGATIVE, Number(1.0),
        "GPUs",
        "GPUs that are paid for however little traffic there is.",
        "gpus = max(min_gpus, gpus_per_step * ceil(need / gpus_per_step))";
    GpusPerStep, Hosting, "gpus_per_step", POSITIVE, Number(1.0),
        "GPUs",
        "In which steps they are rented: 8 where they come by the node.",
        "gpus = max(min_gpus, gpus_per_step * ceil(need / gpus_per_step))";
    MaintenanceHours, Maintenance, "hours_per_month", NOT_NEGATIVE, Number(0.0),
        "hours per month",
        "Work on the running option: watching quality, answering complaints.",
        "hours_per_month * hourly_rate";
    MaintenanceRate, Maintenance, "hourly_rate", NOT_NEGATIVE, HourlyRate,
        "money per hour",
        "What an hour of that costs.",
        "hours_per_month * hourly_rate";
    FailureRate, Quality, "failure_rate", SHARE, Number(0.0),
        "share",
        "The share of requests answered badly enough to cost something, of what the user finally sees.",
        "requests * failure_rate * cost_per_failure";
    CostPerFailure, Quality, "cost_per_failure", NOT_NEGATIVE, Number(0.0),
        "money per failure",
        "What such an answer costs: a correction, a lost customer.",
        "requests * failure_rate * cost_per_failure";
    EscalationRate, Quality, "escalation_rate", SHARE, Number(0.0),
        "share",
        "The share of requests that another option's model answers again, at its answering cost.",
        "escalation_rate * answering cost of escalate_to";
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
