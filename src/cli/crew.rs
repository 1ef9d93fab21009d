//! Threads that judge many files, whose results are reported in the order of the files.
//!
//! Knows threads and turns; knows not what is judged.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};

use rayon::prelude::*;

/// Files that are in memory at the same time, for each thread.
const BATCH: usize = 32;

/// Judges files in batches: the threads share a batch, and each batch is reported in order while they judge the next. What
/// is left of a file when it was reported is taken apart by the thread that put it together: memory is freed soonest there.
pub fn judge_all<J: Send, L: Send>(
    paths: &[PathBuf],
    jobs: Option<usize>,
    judge: impl Fn(&PathBuf) -> J + Sync,
    mut report: impl FnMut(&Path, J) -> L,
) {
    let threads = jobs.unwrap_or(0);
    let pool = (paths.len() > 1 && threads != 1)
        .then(|| rayon::ThreadPoolBuilder::new().num_threads(threads).build());
    let Some(Ok(pool)) = pool else {
        for path in paths {
            report(path, judge(path));
        }
        return;
    };
    let left = Left::of(pool.current_num_threads());
    let judge = |path| {
        let thread = rayon::current_thread_index();
        drop(left.by(thread).map(|mut own| std::mem::take(&mut *own)));
        (thread, judge(path))
    };
    let batches = paths.chunks(BATCH * pool.current_num_threads());
    pool.in_place_scope(|scope| {
        // Without room for a batch: one is reported and one is judged, and no more of them are in memory.
        let (give, judged) = mpsc::sync_channel::<Vec<_>>(0);
        let (to_judge, judge) = (batches.clone(), &judge);
        scope.spawn(move |_| {
            for batch in to_judge {
                if give.send(batch.par_iter().map(judge).collect()).is_err() {
                    return;
                }
            }
        });
        for (batch, judged) in batches.zip(judged) {
            for (path, (thread, judged)) in batch.iter().zip(judged) {
                let rest = report(path, judged);
                if let Some(mut own) = left.by(thread) {
                    own.push(rest);
                }
            }
        }
    });
}

/// What is left of the files that each thread judged.
struct Left<L>(Vec<Mutex<Vec<L>>>);

impl<L> Left<L> {
    fn of(threads: usize) -> Self {
        Self((0..threads).map(|_| Mutex::default()).collect())
    }

    fn by(&self, thread: Option<usize>) -> Option<MutexGuard<'_, Vec<L>>> {
        let own = self.0.get(thread?)?.lock();
        Some(own.unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn each_file_is_judged_once_reported_in_order_and_taken_apart() {
        struct Counted<'c>(&'c AtomicUsize);
        impl Drop for Counted<'_> {
            fn drop(&mut self) {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
        }
        for (files, jobs) in [(0, 2), (1, 4), (3, 1), (63, 2), (1_000, 3)] {
            let paths: Vec<PathBuf> = (0..files).map(|file| file.to_string().into()).collect();
            let taken_apart = AtomicUsize::new(0);
            let judge = |path: &PathBuf| (path.clone(), Counted(&taken_apart));
            let mut reported = Vec::new();
            judge_all(&paths, Some(jobs), judge, |path, (judged, rest)| {
                assert_eq!(path, judged);
                reported.push(judged);
                rest
            });
            assert_eq!(reported, paths);
            assert_eq!(taken_apart.into_inner(), paths.len());
        }
    }
}
