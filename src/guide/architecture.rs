//! How the house is built: the way of one number from a scenario's text to a picture, and why each wall stands where it does.
//!
//! # The way of one number
//!
//! A scenario says `inference.output_price = "8 to 12"`.
//!
//! 1. **Text to scenario** ([`scenario`](crate::scenario)). The text becomes a document, `--set` changes it, and every value
//!    is read with its place. Nothing is refused yet: all mistakes are collected, so that an author sees them together. The
//!    quantity is parsed ([`quantity`](crate::quantity)) into a tree, and lowered to operations of a program: `8 to 12` is
//!    one random variable and the drawing of it into a register. Its [`Origin`](crate::scenario::Origin) says where it is
//!    written; from here on nobody parses its name. If one finding is an error, there is no scenario.
//! 2. **Scenario to model** ([`model`](crate::model)). The option's sections become cost lines, each a product of
//!    [factors](crate::model::Factor) times a driver. The price is a factor of `output tokens`, beside calls, tokens and
//!    batches. The factors are put into the same program; what is the same in every trial is multiplied once.
//! 3. **Points to values** ([`sample`](crate::sample), [`inputs`](crate::inputs)). A sampler hands out points of the unit
//!    cube, block by block. The variable's dimension is its place in the file, so that changing another input leaves its
//!    draws alone. A copula bends coordinates that are correlated; the quantile function of [`dist`](crate::dist) turns a
//!    column of coordinates into a column of prices.
//! 4. **Values to costs**. [`MonthlyCosts`](crate::model::MonthlyCosts) goes through the months with the trials of a block and
//!    adds up lines by driver, in columns, without allocation. Where a total so far has a closed form, it is computed by
//!    that. Had the price been `"if(month > switch, 8, 12)"`, its register would be monthly: worked out anew in each month,
//!    unless a number of the trial times a number of the month says the same.
//! 5. **Costs to figures** ([`engine`](crate::engine), [`stats`](crate::stats)). Each block is counted into accumulators that
//!    can be merged: histograms, moments, slices of inputs. Blocks are folded in a fixed order, whichever thread did them.
//!    Figures are computed once for all trials and once for each randomisation; their spread is the standard error. A
//!    figure that is undefined is absent, never 0.
//! 6. **Figures to tables** ([`tables`](crate::tables)). A table is rows of texts and numbers. The
//!    [`Verdict`](crate::tables::Verdict) makes all comparisons, each by the error of a difference, in one place.
//! 7. **Tables to bytes** (`report`, `chart`). Writers know figures and words, charts know numbers and names only: the median
//!    of the price's tornado bar is placed, drawn as SVG, and becomes a PNG with fonts that are built in.
//! 8. **Bytes to files** (`files`). All files of a result are staged and put in place under a lock, manifest last.
//!
//! # The walls
//!
//! * **Nothing lower names anything higher** (a test reads all `use`s). So a sampler can be tested without a scenario,
//!   the model without an engine, a chart without a simulation; and a study calls the same model as a run.
//! * **The library neither prints nor reads flags.** It gives findings as data with spans; one place renders them. The
//!   program is a thin shell, and another program can be built on the same crate without clap, charts or workbooks.
//! * **Samplers differ in points only.** What is estimated, and how its error is found, is the same for all.
//! * **One mechanism for costs.** A retrain, a GPU, a custom fee and a successor's running costs are cost lines; so they are in
//!   every table, chart, ledger and formula without being asked for.
//! * **Streams are keyed by what they are for**: seed, randomisation, variable or event. The number of threads cannot matter,
//!   because no stream knows of threads.
//! * **Errors of figures live with figures.** No writer computes a number; it may only leave digits away.
//!
//! # Where things are
//!
//! | idea | file |
//! |---|---|
//! | a field of a scenario: key, unit, range, default, meaning | `src/scenario/field.rs` |
//! | a family of distributions in the language | `src/quantity/family.rs` |
//! | the lines of an option and their factors | `src/model/lines.rs` |
//! | who serves when, and what is charged for it | `src/model/charge.rs`, `src/model/substitute.rs` |
//! | the loops over months | `src/model/months.rs` |
//! | what a formula may ask of a month, and what is known of it beforehand | `src/quantity/monthly.rs`, `src/scenario/months.rs` |
//! | what is carried out in each month | `src/model/formulas.rs` |
//! | totals at any volume from one walk through the months | `src/model/response.rs` |
//! | what is spent in a period | `src/engine/spend.rs`, `src/model/period.rs` |
//! | where each figure stands | `src/engine/layout.rs` |
//! | how figures and errors are computed | `src/engine/figures.rs`, `src/stats` |
//! | what a month of a log is held against | `src/actuals/walk.rs` |
//! | the sentences of the verdict | `src/report/decision.rs`, `src/report/comparison.rs` |
//!
//! `CONTRIBUTING.md` has recipes for a distribution, a cost line, a table and a chart.
