//! Many tasks: a list of them with their own numbers, on one machine or on many.
//!
//! # A list, or a distribution
//!
//! A company's tasks come in two ways.
//!
//! * **They are known**, each with its traffic, its tokens, its quality. Then they are a list: `breakeven sweep SCENARIO --points
//!   tasks.csv` runs the scenario once for each row. Every row keeps its own uncertainty (a cell may be `400k to 900k`), and every
//!   figure is one of a task. This is the way to take whenever there is a list, however long.
//! * **They are not known one by one**, only how they are spread: a platform expects some hundred tasks, most of them small. Then a
//!   single scenario with `simulation.trials_are = "tasks"` takes each trial for a task, and shares of trials are shares of tasks.
//!   A distribution is then one *between* tasks; uncertainty about the average of all of them has no place in it.
//!
//! # The list
//!
//! CSV with a header that names fields as `--set` does; `PATH*`, `PATH+` and `*.PATH` work as well. Cells are quantities, an empty one
//! leaves the scenario as it is. A column `name` labels rows, which are numbered else. `configs/tasks.csv` is one:
//!
//! ```text
//! name,workload.requests_per_month,workload.input_tokens,Small tuned.quality.failure_rate
//! Sort support tickets,400k to 900k,900,
//! Summarise calls,60k,6k to 9k,"beta(mean=0.05, sd=0.02)"
//! ```
//!
//! Cells that are no quantities, names that are there twice and rows of another length are found before anything is run. With
//! `--skip-bad` wrong rows are left out, told and counted, also those whose scenario turns out to be wrong.
//!
//! All rows draw the same random numbers: what differs between them is what their cells say. What a row does not change is not read
//! again. Where the scenario's requests differ by month, a number in `workload.requests_per_month` is the volume of month 1, and the
//! others keep their ratio to it, as in any sweep.
//!
//! # How to read the portfolio
//!
//! `portfolio.csv` has what all tasks cost together with each option throughout, and in its last row, `best_of_each`, with the best for
//! each task. `share_of_rows` says for how many tasks an option is the best, `share_of_money` how much of
//! what the baseline costs goes to these. The chart has tasks from left to right, those first that save most: an option's curve rises as long as the next task
//! is better off with it, and falls when tasks follow for which it costs more. How far it ends below its top is what is lost by moving
//! everything.
//!
//! Errors are those of sums over tasks, which share their draws: by the spread of the randomisations, or their jackknife for shares. The
//! best option of a task is chosen for each randomisation by all others, since chosen by the same trials that it is judged by
//! it would look cheaper than it is (for 400 equal options by 40 standard errors). It is the best by the mean, whatever
//! `[decision]` says, and the list says nothing of tasks that share a deployment: a fixed cost of both stands in each row.
//!
//! # Parts
//!
//! `--shard I/N --partial FILE` does the points I, I + N, … of a list or of a grid and leaves their figures in one file;
//! `breakeven merge SCENARIO PART… --out DIR`, with the same options, writes the same bytes as one command for all. It refuses, and
//! names, parts of another scenario, version, seed or list, damaged ones, points that are there twice, and all that are missing.
//! A part begins with `breakeven part 1` and a header in JSON, then has a record for each finished point, in the order of points, and ends
//! with SHA-256 of all before it.
//!
//! `--partial FILE` alone keeps the finished points of a command that is stopped: given again it goes on from them, to the same bytes. So
//! does each part. A scheduler that takes a machine away sends SIGTERM first, which is enough.
//!
//! Schedulers are those that exist; `examples/` has an array for Slurm, an indexed job for Kubernetes and a driver for Ray. `--shard auto`
//! asks Slurm which part it is, `--shard auto/N` also Kubernetes.
