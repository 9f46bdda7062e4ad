//! What the figures of the tables mean: columns and metrics, in the words of someone who reads them.

use crate::engine::Metric;

macro_rules! meanings {
    ($($variant:ident: [$($name:literal),*] = $text:literal,)*) => {
        /// What a figure is. Variants stand in the order in which a reader should meet them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Meaning { $(#[doc = $text] $variant),* }

        impl Meaning {
            /// All of them, in order.
            pub const ALL: &'static [Meaning] = &[$(Meaning::$variant),*];

            /// The columns, metrics and rows that are called so; no two meanings share one.
            pub fn names(self) -> &'static [&'static str] {
                match self { $(Meaning::$variant => &[$($name),*]),* }
            }

            /// What it is, in sentences.
            pub fn text(self) -> &'static str {
                match self { $(Meaning::$variant => $text),* }
            }
        }
    };
}

meanings! {
    Total: ["total"] =
        "All that an option is charged from month 0 to the horizon, discounted to month 0.",
    OneTime: ["one_time"] =
        "What it costs before month 1: setup, dataset, first training, lines per once. Not discounted.",
    Monthly: ["monthly"] =
        "The total over the months of the horizon.",
    Running: ["running"] =
        "The total without one-time costs, over the months of the horizon.",
    LastMonth: ["last_month"] =
        "The charge of the last month, not discounted: the run rate at the end.",
    PerThousand: ["per_1000_requests"] =
        "The total over all requests, times 1,000.",
    PerThousandGood: ["per_1000_good_answers"] =
        "The total over all requests that are not answered badly, times 1,000: what to compare where it is known how \
         often options fail and not what that costs.",
    Saving: ["saving", "mean_saving"] =
        "The baseline's total minus the option's own: above zero where the option pays. In pairs.csv that of the other \
         option takes the baseline's place.",
    PeakOutlay: ["peak_outlay"] =
        "The largest amount by which an option's cost so far exceeds the baseline's: the cash at risk.",
    StdError: ["std_error", "_se"] =
        "Monte Carlo standard error of the figure beside it: how far the simulation may be off, not how uncertain the \
         future is. Bands of 95 % reach 2.13 errors to both sides with 16 randomisations. `X_se` is that of `X`.",
    Mean: ["mean", "mean_total"] =
        "The average over all trials. Decisions between options hang on it.",
    Sd: ["sd"] =
        "Standard deviation: how far trials spread around the mean.",
    Extremes: ["min", "max"] =
        "The least and the largest of all trials; more trials make them more extreme.",
    Percentiles: ["p1", "p5", "p10", "p25", "p50", "p75", "p80", "p90", "p95", "p99", "p5_total", "p95_total"] =
        "Percentiles over the trials: p5 is the least number that at least 5 % of trials do not exceed; p50 is the \
         median.",
    Cvar: ["cvar90", "cvar95"] =
        "Conditional value at risk: the average of the dearest 10 % (cvar90) or 5 % (cvar95) of all trials.",
    PCheapest: ["p_cheapest"] =
        "Probability that the option has the lowest total of all; over all options they add up to 1. In acceptability.csv \
         of the costs so far, among the options that are live, or of the totals at a volume or a cost of bad answers.",
    PCheaper: ["p_cheaper"] =
        "Probability that an option is live and has cost no more than the baseline by the end of that month, or at the \
         horizon with such a volume. In pairs.csv: that its total is no more than the other's; ties count for both.",
    PPaidBack: ["p_paid_back"] =
        "Probability that an option was cheaper than the baseline so far at the end of any month up to then.",
    PStaysCheaper: ["p_stays_cheaper"] =
        "Probability that it is cheaper so far in that month and in all later ones: paid back for good.",
    PNever: ["p_never"] =
        "Probability of no break-even up to the horizon: not averaged into any month.",
    BreakEvenMonth: ["break_even_month", "first", "lasting"] =
        "The first month at whose end an option has cost no more than the baseline; the lasting one is that from which \
         on it stays so. Empty where too few trials get there.",
    MeanBreakEvenVolume: ["mean_break_even_volume"] =
        "Requests a month at which the mean totals of an option and the baseline are equal.",
    MedianBreakEvenVolume: ["median_break_even_volume"] =
        "Requests a month at which an option is as likely as not to be cheaper than the baseline.",
    RequestsPerMonth: ["requests_per_month"] =
        "The volume of the row: all trials had so many requests in month 1.",
    Kind: ["kind"] =
        "Who is paid: vendor, people, quality (bad answers) or other; of a break-even month, first or lasting.",
    Driver: ["driver"] =
        "What a cost line is proportional to: a month, requests, tokens, retrains, migrations, GPUs.",
    Line: ["line"] =
        "The cost line: an amount times its driver.",
    Share: ["share"] =
        "The part of the option's mean total; in one_way.csv, of the trials that lie in the slice.",
    MeanUnits: ["mean_units"] =
        "How many units of the driver a month has on average.",
    MeanCost: ["mean_cost"] =
        "What a line costs in a month on average, not discounted.",
    MeanDiscounted: ["mean_discounted"] =
        "What a line costs in a month on average, discounted; all months add up to its mean_total.",
    Ends: ["low", "high"] =
        "The ends of a bin (empty: everything beyond), or the values at which an input was held.",
    Period: ["period", "months"] =
        "The months in which money is spent: each, every quarter and year, and all. Years are those of the calendar, or \
         of fiscal_year_start, where month 1 has a date. The first and the last may be cut.",
    Scope: ["scope"] =
        "Whose money it is: what vendors are paid, cash (all but bad answers), or all.",
    POverBudget: ["p_over_budget"] =
        "Probability that more is spent in the period than its budget, in rows of what counts against it; empty where there \
         is no budget.",
    Count: ["count", "density"] =
        "Trials in a bin, and their share over the bin's width.",
    Distribution: ["distribution"] =
        "The input's distribution as the scenario has it.",
    ReachedRanks: ["reached_ranks"] =
        "PARTNER=RANK: what the rank correlation comes to where equal values keep it from what was asked for.",
    Outcome: ["outcome", "paid_back"] =
        "What is studied: OPTION.total, OPTION.saving, OPTION.paid_back (1 if ever, else 0), or regret.",
    Regret: ["regret"] =
        "What the choice costs above the cheapest option, trial by trial. Its mean is the EVPI.",
    OutcomeHeld: ["outcome_low", "outcome_high", "outcome_base"] =
        "Mean outcome with the input held low, high, or as drawn.",
    Swing: ["swing"] =
        "How far apart outcome_low and outcome_high are.",
    Cheapest: ["cheapest", "cheapest_low", "cheapest_high"] =
        "The option with the lowest mean total there.",
    ShareOfRows: ["share_of_rows"] =
        "Share of the tasks of a list for which the option has the lowest mean total; each is chosen for a randomisation by \
         all others.",
    CheapestBeside: ["cheapest_below", "cheapest_above"] =
        "The option with the lowest mean total on the two sides of a value at which it changes.",
    Value: ["value", "p_below"] =
        "A value of an input, and the probability of a lower one. In solve.csv one of a field at which the goal is met.",
    Goal: ["goal"] =
        "OPTION.FIGURE = X: the figure, and the value that it has where the field has the value of the row.",
    FirstOrder: ["first_order"] =
        "Sobol index: the share of an outcome's variance that an input explains by itself, which goes if it becomes \
         known.",
    TotalOrder: ["total_order", "total_index"] =
        "Sobol index of total order (`total` in indices.csv): the share in which an input has any part, with others \
         too.",
    Shapley: ["shapley"] =
        "Shapley effect: the share of variance with what inputs explain together dealt out fairly; they add up to 1, \
         also where inputs are correlated.",
    RankCorrelation: ["rank_correlation"] =
        "Spearman's correlation of an input and an outcome: which way, and how monotonously.",
    Evppi: ["evppi", "value_of_information"] =
        "Expected value of partial perfect information: by how much the mean cost falls if this input is known before \
         choosing. No test or quote about it is worth more.",
    Evpi: ["evpi", "(everything)"] =
        "Expected value of perfect information: what knowing all inputs beforehand would save, the mean regret of \
         choosing now.",
    Samples: ["samples"] =
        "Outcomes or measurements of an input that are seen before choosing; of several inputs with `;` between.",
    Evsi: ["evsi"] =
        "Expected value of sample information: by how much the mean cost falls if the option is chosen after seeing \
         the samples. Never more than evppi.",
    TestCost: ["cost"] =
        "What the test costs: --cost and --cost-per-sample times its samples. Empty where neither is given.",
    Enbs: ["enbs"] =
        "Expected net benefit of sampling: evsi less cost. Above zero the test pays.",
    PChangesChoice: ["p_changes_choice"] =
        "Probability that the samples lead to another choice than the one made without them.",
    Actual: ["actual"] =
        "What the log says of the month: requests that were answered, tokens, or what was paid for them. Empty where it \
         does not say.",
    PercentileOfActual: ["percentile"] =
        "The share of trials at or below the actual figure: near 0 it is less than was expected, near 1 more.",
    Subject: ["metric", "option", "tail", "input", "inputs", "month", "trial"] =
        "What the row is about.",
    Path: ["path"] =
        "The field that is varied, as --set names it.",
    Axis: ["axis"] =
        "What is varied: the month up to which costs are counted, the requests a month, or what every bad answer costs.",
    Compared: ["compared"] =
        "What the row's metric comes to in the row's scenario: an amount, or a probability.",
    Difference: ["difference"] =
        "The same less what it is in the first scenario, with the error of paired trials; empty where that has no such option.",
    MeanRank: ["mean_rank"] =
        "Where the input lies in these trials on average: 0 for its least values, 1 for its largest, 0.5 where it makes no \
         difference.",
    ShareOfTrials: ["share_of_trials"] =
        "The share of all trials that are meant: the dearest tenth of an option's, or those in which the choice is wrong.",
    OnFrontier: ["on_frontier"] =
        "Whether the option has the lowest mean there. By month only options count that are live in some trial.",
    Other: ["other"] =
        "The option that the row's own is compared with.",
    PeriodStart: ["period_start"] =
        "The first day of the row's month, where the scenario says with which it starts; month 0 shares that of month 1.",
    ShareOfTasks: ["share_of_tasks", "share_of_money"] =
        "Of trials that are tasks: those in which the option is the cheapest, and the baseline's money that goes to \
         them. In portfolio.csv the baseline's money that goes to the tasks of share_of_rows.",
    MeanOfBest: ["mean_of_best"] =
        "What a task costs on average if the cheapest option is chosen for each.",
}

impl From<Metric> for Meaning {
    fn from(metric: Metric) -> Meaning {
        match metric {
            Metric::Total => Meaning::Total,
            Metric::Monthly => Meaning::Monthly,
            Metric::Running => Meaning::Running,
            Metric::OneTime => Meaning::OneTime,
            Metric::LastMonth => Meaning::LastMonth,
            Metric::PerThousand => Meaning::PerThousand,
            Metric::PerThousandGood => Meaning::PerThousandGood,
            Metric::Saving => Meaning::Saving,
            Metric::PeakOutlay => Meaning::PeakOutlay,
        }
    }
}
