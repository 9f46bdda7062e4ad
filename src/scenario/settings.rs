//! The closed choices of a scenario.

words! {
    /// What a trial stands for; changes wording, and adds shares of money for tasks.
    TrialsAre {
        /// One way the future may turn out.
        Futures = "futures",
        /// One task of a portfolio.
        Tasks = "tasks",
    }
}

words! {
    /// When retrains happen.
    Timing {
        /// At even distances.
        Scheduled = "scheduled",
        /// As a Poisson process.
        Random = "random",
    }
}

words! {
    /// What a custom cost line is counted in.
    CostUnit {
        /// Months.
        Month = "month",
        /// Requests.
        Request = "request",
        /// Millions of input tokens, with instructions and retries.
        MillionInputTokens = "million_input_tokens",
        /// Millions of output tokens, with retries.
        MillionOutputTokens = "million_output_tokens",
        /// Retrains.
        Retrain = "retrain",
        /// Migrations.
        Migration = "migration",
        /// Once, before the launch.
        Once = "once",
    }
}

words! {
    /// Who is paid, or who suffers.
    CostKind {
        /// An invoice.
        Vendor = "vendor",
        /// Somebody's hours.
        People = "people",
        /// Bad answers.
        Quality = "quality",
        /// Anything else.
        Other = "other",
    }
}

impl CostKind {
    /// All of them, in the order of tables.
    pub fn all() -> impl Iterator<Item = CostKind> {
        CostKind::WORDS.iter().map(|(_, kind)| *kind)
    }

    /// Whether no invoice or payroll shows it.
    pub fn is_soft(self) -> bool {
        matches!(self, CostKind::Quality | CostKind::Other)
    }
}

impl CostUnit {
    /// Whether it comes with requests.
    pub fn is_by_request(self) -> bool {
        matches!(self, CostUnit::Request | CostUnit::MillionInputTokens | CostUnit::MillionOutputTokens)
    }
}
