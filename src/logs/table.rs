//! The formats that are known, one description each.

use super::format::{BY_HAND, Convention, FailureRule, Grain, LogFormat};
use super::time::TimeUnit;
use Convention::{Excluded, Included};

/// All of them, in the order in which they are tried.
pub const FORMATS: [LogFormat; 15] = [
    LITELLM_SPEND,
    LITELLM_DAILY,
    OPENAI_USAGE,
    ANTHROPIC_USAGE,
    LANGFUSE,
    OTLP,
    BEDROCK,
    HELICONE,
    FOCUS,
    CCUSAGE,
    AZURE,
    BURST_GPT,
    MOONCAKE,
    BODIES,
    BATCHES,
];

const LITELLM_SPEND: LogFormat = LogFormat {
    name: "LiteLLM_SpendLogs",
    marks: &[&["startTime"], &["prompt_tokens"], &["completion_tokens"], &["spend"]],
    time: &[&["startTime"]],
    input: &[&["prompt_tokens"]],
    output: &[&["completion_tokens"]],
    cached: &[("metadata.usage_object.cache_read_input_tokens", Included)],
    written: &[&["metadata.usage_object.cache_creation_input_tokens"]],
    cost: &[&["spend"]],
    answered_by_cache: Some(("cache_hit", "true")),
    failure: &[FailureRule::Is("status", &["failure"])],
    ..BY_HAND
};

const LITELLM_DAILY: LogFormat = LogFormat {
    name: "LiteLLM daily spend",
    marks: &[&["date"], &["prompt_tokens"], &["completion_tokens"], &["successful_requests"]],
    grain: Grain::Sums,
    time: &[&["date"]],
    input: &[&["prompt_tokens"]],
    output: &[&["completion_tokens"]],
    cached: &[("cache_read_input_tokens", Included)],
    written: &[&["cache_creation_input_tokens"]],
    requests: &[&["successful_requests"]],
    failed: &[&["failed_requests"]],
    cost: &[&["spend"]],
    ..BY_HAND
};

const OPENAI_USAGE: LogFormat = LogFormat {
    name: "OpenAI usage",
    marks: &[&["start_time"], &["num_model_requests"], &["input_tokens"], &["output_tokens"]],
    grain: Grain::Sums,
    time: &[&["start_time"]],
    input: &[&["input_tokens"]],
    output: &[&["output_tokens"]],
    cached: &[("input_cached_tokens", Included)],
    requests: &[&["num_model_requests"]],
    ..BY_HAND
};

const ANTHROPIC_USAGE: LogFormat = LogFormat {
    name: "Anthropic usage report",
    marks: &[&["starting_at"], &["uncached_input_tokens"], &["output_tokens"]],
    grain: Grain::SumsOnly,
    time: &[&["starting_at"]],
    input: &[&["uncached_input_tokens"]],
    output: &[&["output_tokens"]],
    cached: &[("cache_read_input_tokens", Excluded)],
    written: &[
        &["cache_creation.ephemeral_5m_input_tokens", "cache_creation.ephemeral_1h_input_tokens"],
        &["cache_creation_input_tokens"],
    ],
    convention: Excluded,
    ..BY_HAND
};

const LANGFUSE: LogFormat = LogFormat {
    name: "Langfuse observations",
    marks: &[&["usage_details", "usageDetails"], &["start_time", "startTime"], &["type"]],
    time: &[&["start_time"], &["startTime"]],
    model: &[&["provided_model_name"], &["providedModelName"], &["model"]],
    input: &[&["usage_details.input"], &["usageDetails.input"]],
    output: &[&["usage_details.output"], &["usageDetails.output"]],
    cached: &[
        ("usage_details.input_cached_tokens", Excluded),
        ("usage_details.cache_read_input_tokens", Excluded),
        ("usageDetails.input_cached_tokens", Excluded),
        ("usageDetails.cache_read_input_tokens", Excluded),
    ],
    written: &[
        &["usage_details.input_cache_creation"],
        &["usage_details.cache_creation_input_tokens"],
        &["usageDetails.input_cache_creation"],
        &["usageDetails.cache_creation_input_tokens"],
    ],
    convention: Excluded,
    cost: &[&["total_cost"], &["totalCost"]],
    only: &[("type", "GENERATION")],
    failure: &[FailureRule::Is("level", &["ERROR"])],
    ..BY_HAND
};

const OTLP: LogFormat = LogFormat {
    name: "OpenTelemetry spans",
    marks: &[&["startTimeUnixNano"], &["traceId", "spanId"]],
    time: &[&["startTimeUnixNano"]],
    model: &[&["gen_ai.response.model"], &["gen_ai.request.model"]],
    input: &[&["gen_ai.usage.input_tokens"], &["gen_ai.usage.prompt_tokens"]],
    output: &[&["gen_ai.usage.output_tokens"], &["gen_ai.usage.completion_tokens"]],
    cached: &[("gen_ai.usage.cache_read.input_tokens", Included)],
    written: &[&["gen_ai.usage.cache_creation.input_tokens"]],
    needs: &[
        "error.type",
        "gen_ai.usage.input_tokens",
        "gen_ai.usage.prompt_tokens",
        "gen_ai.usage.output_tokens",
        "gen_ai.usage.completion_tokens",
    ],
    never: Some(("gen_ai.operation.name", &["invoke_agent", "execute_tool"])),
    failure: &[FailureRule::Holds("error.type"), FailureRule::Is("status.code", &["2", "STATUS_CODE_ERROR"])],
    ..BY_HAND
};

const BEDROCK: LogFormat = LogFormat {
    name: "Bedrock invocation log",
    marks: &[&["timestamp"], &["modelId"], &["input", "errorCode"]],
    time: &[&["timestamp"]],
    model: &[&["modelId"]],
    input: &[&["input.inputTokenCount"]],
    output: &[&["output.outputTokenCount"]],
    cached: &[("input.cacheReadInputTokenCount", Excluded)],
    written: &[&["input.cacheWriteInputTokenCount"]],
    convention: Excluded,
    failure: &[FailureRule::Holds("errorCode")],
    ..BY_HAND
};

const HELICONE: LogFormat = LogFormat {
    name: "Helicone export",
    marks: &[&["request_created_at"], &["prompt_tokens"], &["completion_tokens"]],
    time: &[&["request_created_at"]],
    input: &[&["prompt_tokens"]],
    output: &[&["completion_tokens"]],
    cost: &[&["cost"]],
    failure: &[FailureRule::AtLeast400("response_status")],
    ..BY_HAND
};

const FOCUS: LogFormat = LogFormat {
    name: "FOCUS billing export",
    marks: &[&["ChargePeriodStart"], &["ConsumedQuantity"], &["ConsumedUnit"], &["ChargeCategory"]],
    grain: Grain::SumsOnly,
    time: &[&["ChargePeriodStart"]],
    model: &[&["SkuMeter"], &["SkuId"]],
    input: &[&["ConsumedQuantity"]],
    cost: &[&["BilledCost"]],
    only: &[("ChargeCategory", "Usage"), ("ConsumedUnit", "tokens")],
    meter: &[&["SkuMeter"], &["SkuId"]],
    ..BY_HAND
};

const CCUSAGE: LogFormat = LogFormat {
    name: "ccusage",
    marks: &[&["date"], &["inputTokens"], &["outputTokens"], &["cacheReadTokens"]],
    grain: Grain::SumsOnly,
    time: &[&["date"]],
    input: &[&["inputTokens"]],
    output: &[&["outputTokens"]],
    cached: &[("cacheReadTokens", Excluded)],
    written: &[&["cacheCreationTokens"]],
    convention: Excluded,
    cost: &[&["totalCost"]],
    ..BY_HAND
};

const AZURE: LogFormat = LogFormat {
    name: "Azure trace",
    marks: &[&["TIMESTAMP"], &["ContextTokens"], &["GeneratedTokens"]],
    time: &[&["TIMESTAMP"]],
    input: &[&["ContextTokens"]],
    output: &[&["GeneratedTokens"]],
    ..BY_HAND
};

const BURST_GPT: LogFormat = LogFormat {
    name: "BurstGPT",
    marks: &[&["Timestamp"], &["Request tokens"], &["Response tokens"]],
    time: &[&["Timestamp"]],
    model: &[&["Model"]],
    input: &[&["Request tokens"]],
    output: &[&["Response tokens"]],
    failure: &[FailureRule::NoOutput],
    ..BY_HAND
};

const MOONCAKE: LogFormat = LogFormat {
    name: "Mooncake",
    marks: &[&["timestamp"], &["input_length"], &["output_length"]],
    unit: TimeUnit::Milliseconds,
    time: &[&["timestamp"]],
    input: &[&["input_length"]],
    output: &[&["output_length"]],
    ..BY_HAND
};

const BODIES: LogFormat = LogFormat {
    name: "OpenAI or Anthropic responses",
    marks: &[
        &["usage.prompt_tokens", "usage.input_tokens"],
        &["usage.completion_tokens", "usage.output_tokens"],
        &["model"],
    ],
    prefixes: &["", "response.body.", "response.", "body.", "result.message.", "message."],
    time: &[&["created"], &["created_at"]],
    input: &[&["usage.prompt_tokens"], &["usage.input_tokens"]],
    output: &[&["usage.completion_tokens"], &["usage.output_tokens"]],
    cached: &[
        ("usage.prompt_tokens_details.cached_tokens", Included),
        ("usage.input_tokens_details.cached_tokens", Included),
        ("usage.cache_read_input_tokens", Excluded),
    ],
    written: &[&["usage.cache_creation_input_tokens"]],
    failure: &[
        FailureRule::Holds("error"),
        FailureRule::AtLeast400("status_code"),
        FailureRule::AtLeast400("response.status_code"),
        FailureRule::IsNot("result.type", "succeeded"),
    ],
    ..BY_HAND
};

/// A batch that begins with requests that failed, of which nothing is known but that.
const BATCHES: LogFormat =
    LogFormat { name: "OpenAI or Anthropic batch output", marks: &[&["custom_id"], &["response", "result"]], ..BODIES };
