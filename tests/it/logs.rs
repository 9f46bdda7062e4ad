//! Logs: what many exporters write of the same requests, and what is no log.

use breakeven::diagnostic::Refusal;
use std::io::Write;

use breakeven::logs::{Convention, FieldMap, Filter, ReadOptions, RecordCounts, Requests, each};
use breakeven::workload::{LogTotals, Tally, TokenSums};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

/// What happened, before anybody exported it.
struct Call {
    id: usize,
    /// Seconds since 1970.
    time: i64,
    model: &'static str,
    /// All input, with the tokens read from and written to a cache.
    input: u64,
    output: u64,
    cached: u64,
    written: u64,
    failed: bool,
}

/// Sixty requests in twenty days, of which every twelfth failed.
fn calls() -> Vec<Call> {
    let call = |i: usize| {
        let n = i as u64;
        let input = 300 + n * 7919 % 2100;
        Call {
            id: i,
            time: 1_788_000_000 + i as i64 * 28_800,
            model: if i.is_multiple_of(3) { "small-1" } else { "large-2" },
            input,
            output: 20 + n * 104_729 % 400,
            cached: if i.is_multiple_of(2) { input / 4 } else { 0 },
            written: if i.is_multiple_of(5) { input / 10 } else { 0 },
            failed: i % 12 == 7,
        }
    };
    (0..60).map(call).collect()
}

fn answered() -> impl Iterator<Item = Call> {
    calls().into_iter().filter(|call| !call.failed)
}

/// A time as databases write it.
fn clock(time: i64) -> String {
    let time = civil(time);
    format!("{}-{:02}-{:02} {:02}:{:02}:{:02}.000", time[0], time[1], time[2], time[3], time[4], time[5])
}

/// Year, month, day, hour, minute and second: by counting days, as a second opinion.
fn civil(time: i64) -> [i64; 6] {
    let (mut day, rest) = (time.div_euclid(86_400), time.rem_euclid(86_400));
    let is_leap = |y: i64| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    let mut year = 1970;
    while day >= 365 + i64::from(is_leap(year)) {
        day -= 365 + i64::from(is_leap(year));
        year += 1;
    }
    let months = [31, 28 + i64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while day >= months[month] {
        day -= months[month];
        month += 1;
    }
    [year, month as i64 + 1, day + 1, rest / 3600, rest / 60 % 60, rest % 60]
}

fn lines(values: impl Iterator<Item = Value>) -> String {
    values.map(|value| value.to_string() + "\n").collect()
}

fn litellm() -> String {
    let mut text =
        "request_id,spend,prompt_tokens,completion_tokens,startTime,model,metadata,cache_hit,status\n".to_owned();
    for c in calls() {
        let usage =
            json!({"usage_object": {"cache_read_input_tokens": c.cached, "cache_creation_input_tokens": c.written}});
        let metadata = usage.to_string().replace('"', "\"\"");
        let (output, status) = if c.failed { (0, "failure") } else { (c.output, "success") };
        let (id, time, model, input) = (c.id, clock(c.time), c.model, c.input);
        text += &format!("r{id},0,{input},{output},{time},{model},\"{metadata}\",False,{status}\n");
    }
    text + "hit,0,500,50,2026-09-01 00:00:00,small-1,{},True,success\n"
}

fn langfuse() -> String {
    let one = |c: Call| {
        let usage = json!({"input": c.input - c.cached - c.written, "output": c.output, "input_cached_tokens": c.cached,
            "input_cache_creation": c.written});
        let level = if c.failed { "ERROR" } else { "DEFAULT" };
        let time = clock(c.time);
        let span = json!({"id": format!("s{}", c.id), "type": "SPAN", "start_time": time, "usage_details": {}});
        let generation = json!({"id": format!("o{}", c.id), "type": "GENERATION", "start_time": time, "level": level,
            "provided_model_name": c.model, "usage_details": usage});
        [span, generation]
    };
    lines(calls().into_iter().flat_map(one))
}

/// An array in one document, with numbers as texts and attributes in lists.
fn otlp() -> String {
    let one = |c: Call| {
        let mut attributes = vec![json!({"key": "gen_ai.response.model", "value": {"stringValue": c.model}})];
        let mut add = |key: &str, n: u64| {
            attributes.push(json!({"key": key, "value": {"intValue": n.to_string()}}));
        };
        if !c.failed {
            add("gen_ai.usage.input_tokens", c.input);
            add("gen_ai.usage.output_tokens", c.output);
            add("gen_ai.usage.cache_read.input_tokens", c.cached);
            add("gen_ai.usage.cache_creation.input_tokens", c.written);
        } else {
            attributes.push(json!({"key": "error.type", "value": {"stringValue": "timeout"}}));
        }
        json!({"traceId": "t", "spanId": format!("{}", c.id), "name": "chat",
            "startTimeUnixNano": format!("{}000000000", c.time), "attributes": attributes})
    };
    let agent = json!({"traceId": "t", "spanId": "agent", "startTimeUnixNano": "1788000000000000000", "attributes": [
        {"key": "gen_ai.operation.name", "value": {"stringValue": "invoke_agent"}},
        {"key": "gen_ai.usage.input_tokens", "value": {"intValue": "9999"}}]});
    let spans: Vec<Value> = calls().into_iter().map(one).chain([agent]).collect();
    json!({"resourceSpans": [{"scopeSpans": [{"spans": spans}]}]}).to_string()
}

fn bedrock() -> String {
    lines(calls().into_iter().map(|c| {
        let time = clock(c.time).replace(' ', "T").replace(".000", "Z");
        let mut record = json!({"timestamp": time, "modelId": c.model, "requestId": format!("{}", c.id),
            "input": {"inputTokenCount": c.input - c.cached - c.written, "cacheReadInputTokenCount": c.cached,
                "cacheWriteInputTokenCount": c.written},
            "output": {"outputTokenCount": c.output}});
        if c.failed {
            record["errorCode"] = "ThrottlingException".into();
        }
        record
    }))
}

/// Lines of batches: bodies of both vendors, one of which counts cached tokens and the other does not.
fn batches(anthropic: bool) -> String {
    lines(calls().into_iter().map(|c| {
        let id = format!("b{}", c.id);
        if c.failed {
            let response = json!({"status_code": 500, "body": {}});
            return json!({"id": id, "custom_id": "x", "response": response, "error": {"code": "server_error"}});
        }
        let usage = match anthropic {
            true => json!({"input_tokens": c.input - c.cached - c.written, "output_tokens": c.output,
                "cache_read_input_tokens": c.cached, "cache_creation_input_tokens": c.written}),
            false => json!({"prompt_tokens": c.input, "completion_tokens": c.output,
                "prompt_tokens_details": {"cached_tokens": c.cached}, "cache_creation_input_tokens": c.written}),
        };
        let body = json!({"created": c.time, "model": c.model, "usage": usage});
        json!({"id": id, "custom_id": "x", "response": {"status_code": 200, "body": body}, "error": null})
    }))
}

/// Buckets of eight hours: an array within a document for each of them, one page after the other.
fn openai_usage() -> String {
    let page = |c: Call| {
        let result = json!({"input_tokens": c.input, "input_cached_tokens": c.cached, "output_tokens": c.output,
            "num_model_requests": 1, "model": c.model});
        json!({"object": "page", "data": [{"object": "bucket", "start_time": c.time, "end_time": c.time + 28_800,
            "results": [result]}], "has_more": true})
    };
    answered().map(|c| serde_json::to_string_pretty(&page(c)).unwrap()).collect::<Vec<_>>().join("\n")
}

fn anthropic_usage() -> String {
    let bucket = |c: Call| {
        let time = clock(c.time).replace(' ', "T").replace(".000", "Z");
        json!({"starting_at": time, "results": [{"uncached_input_tokens": c.input - c.cached - c.written,
            "cache_read_input_tokens": c.cached, "output_tokens": c.output, "model": c.model, "cache_creation": {
            "ephemeral_5m_input_tokens": c.written / 2, "ephemeral_1h_input_tokens": c.written - c.written / 2}}]})
    };
    json!({"data": answered().map(bucket).collect::<Vec<_>>()}).to_string()
}

fn helicone() -> String {
    let mut text = "request_created_at;response_status;model;prompt_tokens;completion_tokens;cost\n".to_owned();
    for c in calls() {
        let status = if c.failed { 429 } else { 200 };
        text += &format!("{};{status};{};{};{};0,5\n", clock(c.time), c.model, c.input, c.output);
    }
    text
}

fn by_hand() -> String {
    let mut text = "when\twhich\tin\tout\tread\tmade\tok\n".to_owned();
    for c in calls() {
        let ok = if c.failed { "failed" } else { "ok" };
        text +=
            &format!("{}\t{}\t{}\t{}\t{}\t{}\t{ok}\n", c.time * 1000, c.model, c.input, c.output, c.cached, c.written);
    }
    text
}

const HAND: [&str; 7] =
    ["time=when", "model=which", "input=in", "output=out", "cached=read", "written=made", "status=ok"];

fn read_with(logs: &[&[u8]], options: &ReadOptions) -> Result<(LogTotals, RecordCounts), Refusal> {
    let mut requests = Requests::new(options);
    let mut tally = Tally::new(0, options.cached.is_some());
    for log in logs {
        let mut source = *log;
        requests.read(&mut source, "the log", &mut |request| tally.add(request))?;
    }
    requests.finish()?;
    Ok((tally.totals(), requests.counts().clone()))
}

fn totals(log: &str) -> LogTotals {
    read_with(&[log.as_bytes()], &ReadOptions::default()).unwrap().0
}

fn fault(log: &[u8]) -> Refusal {
    read_with(&[log], &ReadOptions::default()).unwrap_err()
}

fn wanted(model: Option<&str>) -> TokenSums {
    let mut sums = TokenSums::default();
    for c in answered().filter(|c| model.is_none_or(|m| m == c.model)) {
        sums.requests += 1.0;
        sums.input += c.input as f64;
        sums.output += c.output as f64;
        sums.cached += c.cached as f64;
        sums.written += c.written as f64;
    }
    sums
}

#[test]
fn exporters_of_the_same_requests_agree_to_the_last_token() {
    let map = FieldMap::parse(&HAND).unwrap();
    let by_hand = read_with(&[by_hand().as_bytes()], &ReadOptions { map, ..ReadOptions::default() }).unwrap().0;
    let found = [
        ("litellm", totals(&litellm())),
        ("langfuse", totals(&langfuse())),
        ("otlp", totals(&otlp())),
        ("bedrock", totals(&bedrock())),
        ("openai batches", totals(&batches(false))),
        ("anthropic batches", totals(&batches(true))),
        ("by hand", by_hand),
    ];
    for (name, totals) in found {
        assert_eq!(TokenSums { cost: 0.0, ..totals.all }, wanted(None), "{name}");
        assert_eq!(totals.failed, 5.0, "{name}");
        for (model, sums) in &totals.models {
            assert_eq!(TokenSums { cost: 0.0, ..*sums }, wanted(Some(model)), "{name}");
        }
        assert_eq!(totals.models.len(), 2, "{name}");
    }
}

#[test]
fn reports_of_sums_agree_as_far_as_they_know() {
    let all = wanted(None);
    assert_eq!(totals(&openai_usage()).all, TokenSums { written: 0.0, ..all });
    assert_eq!(totals(&anthropic_usage()).all, TokenSums { requests: 0.0, ..all });
    let helicone = totals(&helicone());
    assert_eq!(helicone.all, TokenSums { cached: 0.0, written: 0.0, cost: 0.5 * all.requests, ..all });
    assert!(!helicone.knows_cached && helicone.failed == 5.0);
    let ccusage = json!({"daily": [{"date": "2026-09-01", "inputTokens": 100, "outputTokens": 7, "cacheReadTokens": 50,
        "cacheCreationTokens": 25, "totalCost": 0.25}], "totals": {"inputTokens": 100}});
    let found = totals(&ccusage.to_string()).all;
    assert_eq!((found.input, found.output, found.cost), (175.0, 7.0, 0.25));
    let focus = "ChargeCategory,ChargePeriodStart,ConsumedQuantity,ConsumedUnit,SkuMeter,BilledCost\n\
        Usage,2026-09-01T00:00:00Z,900,Tokens,m input,1\nUsage,2026-09-01T00:00:00Z,100,Tokens,m cached input,1\n\
        Usage,2026-09-01T00:00:00Z,70,Tokens,m output,1\nTax,2026-09-01T00:00:00Z,,,,5\n";
    let found = totals(focus).all;
    assert_eq!((found.input, found.output, found.cost), (1000.0, 70.0, 3.0));
}

fn packed(parts: &[&str]) -> Vec<u8> {
    let member = |part: &&str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(part.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    parts.iter().flat_map(member).collect()
}

#[test]
fn containers_hold_the_same() {
    let text = langfuse();
    let all = totals(&text);
    let (a, b) = text.split_at(1000);
    let array = format!("[{}]", text.trim_end().replace('\n', ",\n "));
    let two =
        format!("\u{feff}[{}]\n[{}]", text.lines().next().unwrap(), text.lines().skip(1).collect::<Vec<_>>().join(","));
    for log in [packed(&[&text]), packed(&[a, b]), array.into_bytes(), two.into_bytes()] {
        let (found, counts) = read_with(&[&log], &ReadOptions::default()).unwrap();
        assert_eq!((found, counts.read, counts.filtered), (all.clone(), 120, 60));
    }
}

#[test]
fn what_is_cut_off_says_how_far_it_was_read() {
    let text = langfuse();
    let bytes = packed(&[&text.repeat(50)]);
    assert!(fault(&bytes[..bytes.len() - 20]).message.contains("is cut off"));
    let line = text.lines().next().unwrap();
    let error = fault(format!("{line}\n{line}\n{{\"id\": \"o").as_bytes());
    assert!(error.message.contains("after 2 whole ones"), "{error:?}");
    let csv = litellm();
    for cut in [csv.find("r2,").unwrap() + 9, csv.rfind("\"\"cache_read").unwrap()] {
        let error = fault(&csv.as_bytes()[..cut]);
        let whole = csv[..cut].lines().count() - 2;
        assert!(error.message.contains(&format!("after {whole} whole ones")), "{error:?} {whole}");
    }
}

#[test]
fn bounds_hold_and_strangers_are_named() {
    let long = format!("{{\"a\": \"{}\"}}", "x".repeat(17 << 20));
    assert!(fault(long.as_bytes()).message.contains("record 1 of `the log` has more than 16777216 bytes"));
    let wide: String = (0..5000).map(|i| format!("\"f{i}\":1,")).collect();
    assert!(fault(format!("{{{wide}\"x\":1}}").as_bytes()).message.contains("more than 4096 fields"));
    let deep = format!("{{\"a\": {}1{}}}", "[".repeat(200), "]".repeat(200));
    assert!(fault(deep.as_bytes()).message.contains("128"));
    let cases: [(&[u8], &str); 9] = [
        (b"", "is empty"),
        (b"\xff\xfea\0,\0b\0", "UTF-16"),
        (b"a,b\n1,\x002\n", "line 2"),
        (b"{\"a\": \0}", "NUL"),
        (b"PAR1\x15\x04", "Parquet"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\x28\xb5\x2f\xfd\0", "zstd"),
        (b"a,b\n\xff,1\n", "UTF-8"),
        (b"{\"a\": 1}\nhello\n", "record 2"),
    ];
    for (log, said) in cases {
        let error = fault(log);
        assert!(error.message.contains(said) && !error.help.is_empty(), "{said}: {error:?}");
    }
    assert!(fault(b"PAR1").help.contains("duckdb -csv"));
}

#[test]
fn a_record_is_counted_once() {
    let text = litellm();
    let (once, _) = read_with(&[text.as_bytes()], &ReadOptions::default()).unwrap();
    let (twice, counts) = read_with(&[text.as_bytes(), &packed(&[&text])], &ReadOptions::default()).unwrap();
    assert_eq!(once, twice);
    assert_eq!((counts.read, counts.answered_by_cache, counts.repeated), (122, 2, 60));
}

#[test]
fn a_record_can_prove_that_input_excludes_the_cache() {
    let log = |first: &str| {
        format!(
            "{first}{{\"created\": 1788000000, \"model\": \"m\", \"usage\": {{\"prompt_tokens\": 100, \
             \"completion_tokens\": 5, \"prompt_tokens_details\": {{\"cached_tokens\": 80}}}}}}\n"
        )
    };
    assert_eq!(totals(&log("")).all.input, 100.0);
    let proof = "{\"created\": 1788000060, \"model\": \"m\", \"usage\": {\"prompt_tokens\": 10, \"completion_tokens\": 5, \
        \"prompt_tokens_details\": {\"cached_tokens\": 90}}}\n";
    for text in [log(proof), log("") + proof] {
        let found = totals(&text);
        assert_eq!((found.all.input, found.wrong.len()), (280.0, 1));
        let told = ReadOptions { cached: Some(Convention::Included), ..ReadOptions::default() };
        let found = read_with(&[text.as_bytes()], &told).unwrap().0;
        assert_eq!((found.all.input, found.wrong.len()), (110.0, 0));
    }
    let told = ReadOptions { cached: Some(Convention::Excluded), ..ReadOptions::default() };
    assert_eq!(read_with(&[log("").as_bytes()], &told).unwrap().0.all.input, 180.0);
}

/// How many records of a small log pass a filter.
fn passing(filter: &str) -> usize {
    let log = "name,n,note\na,1,\nb,2,x and y\nc,10,1.0\n";
    let filter = Filter::parse(filter).unwrap();
    let mut passing = 0;
    each(&mut log.as_bytes(), "log", &mut |row| {
        passing += usize::from(filter.passes(row, &|word| (word == "label").then(|| "name".to_owned())));
        Ok(())
    })
    .unwrap();
    passing
}

#[test]
fn filters_compare_numbers_as_numbers() {
    let cases = [
        ("name == a", 1),
        ("name != a", 2),
        ("n > 1", 2),
        ("n >= 2 and n < 10", 1),
        ("n <= 1e0", 1),
        ("n == 10.0", 1),
        ("note == 1", 1),
        ("note ~ and", 1),
        ("note == 'x and y' and n > 1", 1),
        ("note > 0", 1),
        ("name > a", 2),
        ("missing == a", 0),
        ("missing < 5", 0),
        ("missing != a", 3),
        ("note == ''", 1),
        ("label == b", 1),
    ];
    for (filter, n) in cases {
        assert_eq!(passing(filter), n, "{filter}");
    }
    for bad in ["", "name", "name = a", "== a", "name == ", "name == 'a", "name == 'a' n > 1", "name == 'a' and "] {
        assert!(Filter::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn records_of_no_use_are_counted_and_more_than_one_in_twenty_stop() {
    let good = "2026-09-01 00:00:00,10,5\n";
    let log = |bad: &str| format!("TIMESTAMP,ContextTokens,GeneratedTokens\n{bad}{}", good.repeat(99));
    let (_, counts) =
        read_with(&[log("soon,1,1\n,1,1\n2026-09-01,-1,1\n2026-09-01,x,1\n").as_bytes()], &ReadOptions::default())
            .unwrap();
    assert_eq!((counts.rejected.count, counts.accepted, counts.rejected.faults.len()), (4, 99, 3));
    assert_eq!(counts.rejected.faults[0], "line 2 of `the log`: 'soon' in `TIMESTAMP` is no time");
    let error = fault(log(&"2026-09-01,0,1\n2026-09-01,1,0\n2026-09-01,,1\n".repeat(3)).as_bytes());
    assert!(error.message.starts_with("9 of 108 records are of no use: line 2"), "{error:?}");
    let nothing = ReadOptions { filter: Some(Filter::parse("ContextTokens > 99").unwrap()), ..ReadOptions::default() };
    assert!(read_with(&[log("").as_bytes()], &nothing).unwrap_err().message.contains("none of 99"));
}

#[test]
fn decimal_commas_are_read_where_they_can_be() {
    let log = |a: &str| format!("TIMESTAMP;ContextTokens;GeneratedTokens\n2026-09-01;{a};5\n2026-09-01;1,50;5\n");
    assert_eq!(totals(&log("1,5")).all.input, 3.0);
    let doubtful = "TIMESTAMP;ContextTokens;GeneratedTokens\n2026-09-01;1.234;5\n2026-09-01;5;5\n";
    let error = fault(doubtful.as_bytes());
    assert!(error.message.contains("1234 or 1.234"), "{error:?}");
    assert!(
        fault(b"TIMESTAMP,ContextTokens,ContextTokens,GeneratedTokens\n2026-09-01,1,1,1\n").message.contains("two")
    );
}

#[test]
fn keys_of_that_very_name_win_over_paths() {
    let log = "{\"a.b\": 1, \"a\": {\"b\": 2, \"c.d\": 3, \"e\": \"{\\\"f\\\": 4}\"}}\n";
    each(&mut log.as_bytes(), "log", &mut |row| {
        for (field, x) in [("a.b", Some(1.0)), ("a.c.d", Some(3.0)), ("a.e.f", Some(4.0)), ("a.x", None)] {
            assert_eq!(row.number(field), Ok(x), "{field}");
        }
        Ok(())
    })
    .unwrap();
}
