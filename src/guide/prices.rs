//! Prices by name.
//!
//! Prices change by the month, and most verdicts that are wrong are so because somebody typed one wrongly. An option that
//! says `inference.model = "gpt-4.1-mini"` gets the prices that it does not write from the first list that has the model:
//! those of `--prices FILE`, those of `[catalogue] files`, and the one that comes with the program.
//!
//! ```toml
//! [catalogue]
//! files = ["our-prices.csv"]     # contracts of your own, in the columns of `breakeven models --csv`
//! date  = 2026-11-23             # of lists with dated prices, those of this day
//! ```
//!
//! Lists are read as they are published, and known by what is in them: LiteLLM's
//! `model_prices_and_context_window.json` (dollars per token, of the models for text), genai-prices' `data.json` (with its
//! rules for names and its dated prices), or a CSV. A name is looked up in steps, without regard to case: as
//! `provider/model` or `model`; as another name, or by a rule; by what stands after its last `/`. Where a step finds models
//! of different prices, nothing is guessed: the error names them.
//!
//! What is filled in: `input_price` and `output_price`; `cached_price`, `cache_write_price` (for five minutes) and
//! `cache_min_tokens` where `cache_hit_rate` is written; `batch_discount` and `batch_discounts_cached` where `batch_share`
//! is; `long_input_price` and `long_output_price` where `long_token_share` is; `training_price`, of the tuned model if the
//! list has one, where `tokens_per_example` is. What a list lacks is missing and not free. A price of 0 is an error too:
//! lists hold many that stand for unknown.
//!
//! Filled prices are numbers like others: `--set NAME.inference.input_price*=1.2` changes them, `--set
//! NAME.inference.model=gpt-4o-mini` puts another model in, and sweeps vary them. `run.json` holds each with its list, that
//! list's digest and its day (`prices`), and the digest of a scenario covers the lists.
//!
//! Rents of GPUs are few, and by hand: `hosting.gpu = "h100@lambda"` stands for `gpu_hourly_rate`, and
//! `hosting.gpu = "h100@gcp:reserved"` for the rent of those who commit themselves for a year. Few vendors publish that one;
//! the source of a row says for which machine and region it holds.
