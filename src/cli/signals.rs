//! Signals that would end the program where it can do better.
//!
//! Knows signals; knows not what the program does meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// A file that may not grow any more (`ulimit -f`) is an error of writing as a full disk is, and not the end.
pub fn outlive_full_files() {
    #[cfg(unix)]
    {
        // Where this can't be asked for, the program ends as it would have ended.
        let _ = flag::register(
            signal_hook::consts::SIGXFSZ,
            Arc::new(AtomicBool::new(false)),
        );
    }
}

/// Ctrl-C, which may be the business of another program at the same terminal for a while.
pub struct CtrlC {
    is_ours: Arc<AtomicBool>,
}

impl CtrlC {
    /// Ctrl-C ends the program, until it is left to another.
    pub fn new() -> Self {
        let is_ours = Arc::new(AtomicBool::new(true));
        let _ = flag::register_conditional_default(SIGINT, Arc::clone(&is_ours));
        Self { is_ours }
    }

    /// Does something during which Ctrl-C does not end the program.
    pub fn left_to<T>(&self, act: impl FnOnce() -> T) -> T {
        self.is_ours.store(false, Ordering::SeqCst);
        let done = act();
        self.is_ours.store(true, Ordering::SeqCst);
        done
    }
}
