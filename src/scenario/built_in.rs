//! The cost lines that sections make.

words! {
    /// A cost line that comes from fields of a section, by its name in the tables; no custom line may have it.
    BuiltIn {
        /// Setting the option up.
        Setup = "setup",
        /// Making the examples to train on.
        Dataset = "dataset",
        /// The training runs before the launch.
        InitialTraining = "initial training",
        /// What users send.
        InputTokens = "input tokens",
        /// What is sent with every call.
        InstructionTokens = "instruction tokens",
        /// What is generated.
        OutputTokens = "output tokens",
        /// Training again.
        Retraining = "retraining",
        /// Moving to the next model.
        Migration = "migration",
        /// Machines at a fixed price.
        Hosting = "hosting",
        /// Machines that follow the traffic.
        Gpus = "GPUs",
        /// Looking after the running option.
        Maintenance = "maintenance",
        /// Answers that are bad.
        Failures = "failures",
        /// Answers that another option gives.
        Escalation = "escalation",
        /// Requests that another option serves.
        Routed = "routed",
        /// Bad answers to them.
        RoutedFailures = "routed failures",
        /// The baseline in the option's place.
        BeforeLaunch = "before launch",
        /// The successor in the option's place.
        AfterRetirement = "after retirement",
    }
}
