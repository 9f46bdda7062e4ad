//! Renews the price list that comes with the program from a published one, and says what changed:
//! `cargo run --example renew_prices -- model_prices_and_context_window.json 2026-12-01 > src/prices/models.csv`.
//!
//! Training prices, notes and other names are kept: no published list has them. Without arguments it only says how many
//! models there are.

use breakeven::prices::{List, ModelPrices, built_in, own_csv};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, day] = arguments.as_slice() else {
        println!("{} models; give a published list and its day to renew them", built_in().entries.len());
        return Ok(());
    };
    let list = List::read(path, &std::fs::read(path)?, None)?;
    let day = day.parse()?;
    let mut renewed = Vec::new();
    for old in &built_in().entries {
        // By its exact name: another provider's price would be none.
        let new = list.entries.iter().find(|new| new.model == old.model && new.provider == old.provider);
        renewed.push(new.map_or_else(|| old.clone(), |new| merged(old, new)));
        if let (Some(new), Some(now)) = (new, renewed.last_mut()) {
            report(old, new);
            now.as_of = Some(day);
            now.source = format!("{path} of {day}");
        }
    }
    print!("{}", own_csv(renewed.iter()));
    Ok(())
}

/// What a published list says, and what it does not say as it was.
fn merged(old: &ModelPrices, new: &ModelPrices) -> ModelPrices {
    ModelPrices {
        aliases: old.aliases.clone(),
        cache_read: new.cache_read.or(old.cache_read),
        cache_write: new.cache_write.or(old.cache_write),
        batch_input: new.batch_input.or(old.batch_input),
        batch_output: new.batch_output.or(old.batch_output),
        batch_cache_read: old.batch_cache_read,
        training: old.training,
        retires: new.retires.or(old.retires),
        note: old.note.clone(),
        ..new.clone()
    }
}

/// Says on standard error which prices changed.
fn report(old: &ModelPrices, new: &ModelPrices) {
    let prices = [
        ("input", old.input, new.input),
        ("output", old.output, new.output),
        ("cached", old.cache_read, new.cache_read),
        ("batch input", old.batch_input, new.batch_input),
    ];
    for (what, old_price, new_price) in prices {
        if new_price.is_some() && new_price != old_price {
            eprintln!("{}: {what} {old_price:?} -> {new_price:?} {}", old.name(), old.note);
        }
    }
}
