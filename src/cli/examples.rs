//! What the long help of each command ends with. A test runs every line.

pub const ALL: &str = "\
Examples:
  breakeven init my-task.toml
  breakeven check my-task.toml
  breakeven run my-task.toml";

pub const RUN: &str = "\
Examples:
  breakeven run configs/article.toml
  breakeven run configs/article.toml --no-charts \\
    --set 'workload.requests_per_month=1M to 5M' --set Prompting.inference.input_price=1
  breakeven run configs/self-hosted.toml --precision 0.5% --chart-format svg --out results
  breakeven run configs/small-model.toml --no-charts --json > figures.json";

pub const SENSITIVITY: &str = "\
Examples:
  breakeven sensitivity configs/article.toml --trials 16384
  breakeven sensitivity configs/article.toml --outcome Fine-tuning.saving --low 10% --high 90%
  breakeven sensitivity configs/small-model.toml --trials 4096 \\
    --inputs correction,engineer_rate --no-charts";

pub const SWEEP: &str = "\
Examples:
  breakeven sweep configs/article.toml --vary workload.requests_per_month=10k..10M:log:7
  breakeven sweep configs/self-hosted.toml --trials 4096 --vary simulation.horizon_months=6,12,24,36
  breakeven sweep configs/small-model.toml --trials 1024 \\
    --vary workload.requests_per_month=100k..10M:log:5 --vary inputs.engineer_rate=50..200:4
  breakeven sweep configs/small-model.toml --points configs/tasks.csv --trials 4096";

pub const MERGE: &str = "\
Examples:
  breakeven sweep configs/article.toml --vary workload.requests_per_month=10k..10M:log:7 \\
    --trials 4096 --shard 1/2 --partial first.part
  breakeven sweep configs/article.toml --vary workload.requests_per_month=10k..10M:log:7 \\
    --trials 4096 --shard 2/2 --partial second.part
  breakeven merge configs/article.toml first.part second.part \\
    --vary workload.requests_per_month=10k..10M:log:7 --trials 4096";

pub const COMPARE: &str = "\
Examples:
  breakeven compare configs/article.toml --with 'Prices up a fifth: *.inference.input_price*=1.2' \\
    --with 'Half the traffic: workload.requests_per_month*=0.5'
  breakeven init mine.toml
  breakeven compare configs/article.toml mine.toml --trials 65536 --no-charts";

pub const PILOT: &str = "\
Examples:
  breakeven pilot configs/small-model.toml --learn 'Small tuned.quality.failure_rate' \\
    --samples 500,2000,10k --cost-per-sample 0.05 --trials 65536
  breakeven pilot configs/small-model.toml --learn 'Large prompted.inference.cache_hit_rate' \\
    --samples 1,3,10,30 --sd 15% --cost 200 --cost-per-sample 20 --trials 65536";

pub const SOLVE: &str = "\
Examples:
  breakeven solve configs/self-hosted.toml --trials 4096 --goal 'Own GPUs.saving = 0' \\
    --vary workload.requests_per_month=100k..20M:log
  breakeven solve configs/article.toml --trials 4096 --goal 'Fine-tuning.p_cheapest = 50%' \\
    --vary Fine-tuning.inference.input_price=0..3 --set workload.requests_per_month=5M
  breakeven solve configs/article.toml --trials 4096 --goal 'Fine-tuning.total.p90 = 100k' \\
    --vary 'Fine-tuning.maintenance.hours_per_month=0..40'";

pub const ACTUALS: &str = "\
Examples:
  breakeven workload configs/data/daily.csv --where 'time < 2026-07-01 and model == gpt-4.1' \\
    --scenario examples/assistant.toml -o from-spring.toml
  breakeven actuals from-spring.toml configs/data/daily.csv --where 'model == gpt-4.1' \\
    --set simulation.start=2026-07-01";

pub const VERIFY: &str = "\
Examples:
  breakeven run configs/article.toml --no-charts
  breakeven verify outputs/article
  breakeven verify outputs/article --rerun configs/article.toml";

pub const LEDGER: &str = "\
Examples:
  breakeven ledger configs/article.toml --month 1
  breakeven ledger configs/small-model.toml --option 'Small tuned' --at mean
  breakeven ledger configs/self-hosted.toml --at trial=7";

pub const EXPLAIN: &str = "\
Examples:
  breakeven explain training.retrains_per_year
  breakeven explain lognormal
  breakeven explain p_never
  breakeven explain > reference.md";

pub const MODELS: &str = "\
Examples:
  breakeven models gpt-4.1
  breakeven models claude haiku --csv > ours.csv   # edited, and read back by --prices ours.csv";

pub const SCHEMA: &str = "\
Examples:
  breakeven schema > my.json   # and the line `#:schema my.json` on top of a scenario
  breakeven schema run > run.schema.json";

pub const CHECK: &str = "\
Examples:
  breakeven check configs/article.toml
  breakeven check configs/*.toml
  breakeven check configs/article.toml --set Fine-tuning.success_probability=0.7";

pub const INIT: &str = "\
Examples:
  breakeven init
  breakeven init my-task.toml
  breakeven init --template small-model my-task/scenario.toml";

pub const WORKLOAD: &str = "\
Examples:
  breakeven workload configs/data/daily.csv
  breakeven workload configs/data/daily.csv --where 'model == gpt-4.1-mini' -o workload.toml
  breakeven workload configs/data/azure-conversations.csv.gz --assume-representative \\
    --scenario examples/assistant.toml -o assistant.toml
  breakeven workload - --horizon 12 --timezone +01:00 < configs/data/daily.csv";

pub const COMPLETIONS: &str = "\
Examples:
  breakeven completions bash >> ~/.bash_completion
  breakeven completions zsh > _breakeven          # into any folder of $fpath
  breakeven completions fish > ~/.config/fish/completions/breakeven.fish
  breakeven completions powershell > breakeven.ps1  # to be run by the file $PROFILE";

pub const MAN: &str = "\
Examples:
  breakeven man > breakeven.1
  breakeven man run > breakeven-run.1";
