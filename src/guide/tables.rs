//! What the files of a run and of studies hold.
//!
//! # A run
//!
//! | file | what it holds |
//! |---|---|
//! | `summary.csv` | per option: total, monthly and running cost, today's run rate, cost per 1,000 requests, saving, cash at risk, each with mean, error and quantiles; the probability of being cheapest |
//! | `break_even.csv` | by month: the probability that an option is no dearer than the baseline so far, that it has been, and that it stays so |
//! | `break_even_month.csv` | the month of breaking even, first and lasting, and the probability of never |
//! | `break_even_volume.csv` | the probability of being no dearer at 41 volumes, two decades to either side of the scenario's own |
//! | `cumulative.csv` | cumulative cost by month, with 50 % and 90 % bands |
//! | `histogram.csv` | counts of trials in bins common to all options; what lies outside is counted too |
//! | `cost_lines.csv`, `ledger.csv` | where the money goes, by line, and by month and line |
//! | `spend.csv` | what is paid in each month, quarter and year, undiscounted: to vendors, in cash, and with bad answers; and how likely that is more than the budget |
//! | `inputs.csv` | every random variable with its distribution |
//! | `value_of_information.csv` | what it would be worth to know each input, and everything, before deciding |
//! | `one_way.csv` | what each option costs along the range of each input, and how often it is the cheapest there |
//! | `drivers.csv` | the share of the variance of each total and saving that each input explains by itself |
//! | `pairs.csv` | every option against every other: the mean saving and how often it is cheaper, trial by trial |
//! | `acceptability.csv` | how likely each option is to be the cheapest, by month, by volume and by what a bad answer costs, and which is on average |
//! | `tail.csv` | where each input lies in the dearest tenth of each option's trials, and in those in which the choice is wrong |
//! | `trials.csv` | single trials, with `--save-trials N` |
//! | `results.xlsx` | with `--xlsx`: all tables and native charts in one workbook, what their columns are, and one case in live formulas over a sheet of assumptions; `sweep.xlsx` and so on for the other commands, without the case |
//! | `run.json` | what was run, the figures of the screen, and all files with their digests |
//! | `report.html` | with `--report`: verdict, charts, main tables and the scenario on one page that loads nothing and can be mailed |
//!
//! # Studies
//!
//! | file | what it holds |
//! |---|---|
//! | `tornado.csv` | mean outcomes with one input at its 5th and 95th percentile, all others as drawn, and the option that is cheapest there |
//! | `indices.csv` | Sobol indices of first and total order, Shapley effects, rank correlations, each with its error |
//! | `flip_points.csv` | the values of each input at which another option becomes the cheapest on average, with 95 % intervals |
//! | `compare.csv` | by scenario and option: total, monthly cost, spending of the first year and the probability of being the cheapest, and what they differ by from the first scenario's |
//! | `solve.csv` | the values of a field at which a figure is what it shall be, each with its error |
//! | `portfolio.csv` | what the tasks of a list cost together with each option, and with the best for each; for which share of tasks it is the best, and with which share of the money |
//! | `sweep.csv` | by point of a grid, or by row of a list: mean totals, their 90 % ranges, and the probability of being the cheapest |
//! | `actuals.csv` | by month of a log: requests, tokens and what was paid for them, beside what the trials have, and the share of trials at or below it |
//! | `pilot.csv` | by test of an input before deciding: what it is worth on average, what it costs, and how likely it changes the choice |
//!
//! # Charts
//!
//! | chart | what it says |
//! |---|---|
//! | `verdict` | one slide: the choice, what each option costs, how often it pays, and the input that would change it |
//! | `histogram`, `histogram_saving` | totals, and savings against the baseline, as they were counted |
//! | `histogram_cumulative` | the share of trials within a budget |
//! | `break_even`, `break_even_volume` | the probability of having broken even, by month and by traffic |
//! | `acceptability`, `acceptability_bad_answers` | the probability of being the cheapest, by traffic and by what a bad answer costs, with the option that is on average |
//! | `cumulative` | what has been spent by each month, with the ends of its 90 % range |
//! | `cost_lines`, `ledger` | where the money goes: in all, discounted; by month, as it is paid |
//! | `spend` | what is paid in each month, with its 90 % range |
//! | `inputs`, `one_way` | the inputs as drawn, and what each does to the totals |
//! | `value_of_information` | what it would be worth to know an input, beside what is at stake |
//! | `tail` | the inputs that lie elsewhere than usual where the choice is wrong |
//! | `actuals`, `actuals_requests` | what was spent, and requests, as points over their 90 % ranges by month |
//! | `pilot` | what a test of an input is worth by its samples, below what knowing it exactly is worth, and what is left above its cost |
//! | `solve` | a figure along a field, the value that it shall have, and where it has it |
//!
//! The blocks of the summary on the screen are the bins of `histogram.csv`, side by side on one scale. Each row has its own
//! height; where more than 1 % of an option's trials lie beyond an end of the scale, a line below says so.
