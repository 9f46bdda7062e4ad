//! Files of results: what is promised of them, and what was done to see that it holds.
//!
//! * **Nobody's work is lost.** A command replaces only what its manifest (`run.json`, or `sweep.json` and so on after the command)
//!   lists and what is as it was written; anything else under its names stops it before it computes, with exit code 1.
//!   `--force` replaces that too. A file that the scenario reads, or a log, is never written, however its path is spelt.
//! * **A result is whole.** Files are staged in the hidden folder `.breakeven` and synced; then the old ones are taken away
//!   and the new ones put in place, under a lock, by a journal. Where a manifest agrees with its files, the result is
//!   whole; at no time are files of two results side by side. An error on the way is taken back; after a kill or a loss of
//!   power the next command finishes by the journal. Commands into the same folder wait for each other.
//! * **It can be checked.** `breakeven verify DIR` holds files against their digests, `--rerun SCENARIO` also runs the
//!   command of each manifest again, with the options that it keeps, and compares bytes.
//! * **It can be ended.** Ctrl-C and SIGTERM end a command at the next block of trials, with exit codes 130 and 143: what
//!   it had staged goes, and nothing was written. A second Ctrl-C ends it at once; SIGTERM, which schedulers and `timeout`
//!   send more than once, does not. Signals that come when files are being put in place are too late: the result will be
//!   whole. With `--partial FILE` a sweep keeps its finished points there, and goes on from them.
//!
//! # Faults that were tried
//!
//! | fault | at which step | what happened |
//! |---|---|---|
//! | an error of one call | every one of the calls that stage, sync, journal, move and clear, in turn | all as before, or all new; the next command works |
//! | an end of the process | the same, in turn | old or new files only, no manifest that agrees with a mixture; the next command finishes |
//! | an end while the next command mends an earlier end | 20 first ends × 30 second ones | the one after finishes |
//! | `EIO` injected into the program by strace | `rename`, `fsync`, `write`, `openat`, `unlink`, `unlinkat`, `mkdir`, `flock`, at up to the 70th call: 172 errors, of which 35 ended the command | no mixture; the next command works |
//! | SIGKILL | 200 times, from start to end of a command | no mixture, nobody locked out, nothing left |
//! | two commands with other seeds at once | 200 pairs | both succeed; the result is one of the two, whole |
//! | SIGINT, SIGTERM | while a run simulates, single trials are written, a study or a sweep goes on | 130 or 143, no file, no folder |
//! | a full disk | while files are staged | exit code 1, the file named by its own name, nothing left |
//! | a full temporary folder | while a workbook's single trials are written | all but the workbook is written, exit code 1 |
//! | no more file descriptors, threads or memory for them | from the start | exit code 1 and the system's words |
//! | a stack of 64 KB (`ulimit -s`, `RUST_MIN_STACK`) | from the start | no difference |
//! | a name too long, a link that leads nowhere, a file or a folder in the way | from the start | exit code 1 before anything is simulated |
//!
//! The first three are in `src/files/tests.rs`, strace, kills, pairs and signals in `tests/it/whole_results.rs`.
//!
//! # Bounds
//!
//! | what is read or made | at most | beyond |
//! |---|---|---|
//! | a scenario | 1 MiB | refused |
//! | a data file | 512 MiB; 16 MiB and 4,096 cells a record; 16,777,216 rows; no NUL bytes | refused, with the line |
//! | what a message quotes | 2,000 letters; 50 findings | cut in the middle; counted |
//! | a manifest | 16 MiB, and names without folders | taken for no manifest |
//! | a sheet of a workbook | 1,048,575 rows; from 32,768 on through a temporary file | left out, with a warning |
//! | worker threads | 64, or as many as there are cores | fewer are used |
//! | a grid | 100,000 points | refused |
//! | a list of points | 256 MiB, 1,000 columns | refused |
//! | a part of a sweep | a header of 1 MiB; records of the size that the sweep says | refused |
//!
//! Memory grows with the ledger: 85 options of 100 lines over 100 months take 0.6 GB, with page and workbook 0.74 GB.
//!
//! From a million saved trials on it is said what they take, and refused where the disk has no room for them.
