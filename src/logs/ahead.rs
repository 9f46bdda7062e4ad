//! Reading ahead: one thread takes records out of their container while another looks at what they say.

use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread;

/// Batches that wait at most.
const WAITING: usize = 2;
/// Bytes of records after which a batch is handed on.
pub const BATCH: usize = 512 << 10;

/// Hands the batches that `produce` makes, on a thread of its own, to `consume` on this one, in their order. What sends
/// them says whether anybody still wants more.
///
/// # Errors
/// What `consume` says; else, after all batches, what `produce` does.
pub fn ahead<T: Send, E: Send>(
    produce: impl FnOnce(&mut dyn FnMut(T) -> bool) -> Result<(), E> + Send,
    consume: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let (sender, receiver) = sync_channel(WAITING);
    thread::scope(|scope| {
        let producer = scope.spawn(move || produce(&mut |batch| sender.send(batch).is_ok()));
        let consumed = receiver.into_iter().try_for_each(consume);
        let produced = producer.join().unwrap_or_else(|panic| resume_unwind(panic));
        consumed.and(produced)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_come_in_order_and_before_what_ends_them() {
        let produce = |send: &mut dyn FnMut(u32) -> bool| {
            let all = (0..100).all(send);
            if all { Err("the end") } else { Ok(()) }
        };
        let mut seen = Vec::new();
        let read = ahead(produce, |x| {
            seen.push(x);
            Ok(())
        });
        assert_eq!((read, seen), (Err("the end"), (0..100).collect()));
        let stopped = ahead(produce, |x| if x == 7 { Err("enough") } else { Ok(()) });
        assert_eq!(stopped, Err("enough"));
    }
}
