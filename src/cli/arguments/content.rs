//! Flags of all commands that read designs and rubrics: own content, and limits for untrusted files.
//!
//! Knows words and defaults; reads nothing.

use std::path::PathBuf;

use clap::Args;

use super::typed::depth;

/// Own rubrics and problems, added to the built-in ones or replacing them by id.
#[derive(Clone, Debug, Default, Args)]
pub struct OwnContent {
    /// Own rubrics, added to the built-in ones or replacing them by id: a folder like `rubrics`, or one that holds
    /// `rubrics` and `problems`.
    #[arg(long, value_name = "DIR", help_heading = "Own content")]
    pub rubrics: Option<PathBuf>,
    /// Own problems: a folder for each, with its problem.yaml.
    #[arg(long, value_name = "DIR", help_heading = "Own content")]
    pub problems: Option<PathBuf>,
}

/// Limits for untrusted files.
#[derive(Clone, Copy, Debug, Args)]
#[expect(clippy::struct_field_names, reason = "the flags are named so")]
pub struct LimitFlags {
    /// Bytes of a file at most.
    #[arg(long, value_name = "N", default_value_t = 1 << 20, help_heading = "Limits")]
    pub max_bytes: usize,
    /// Nesting of lists and maps at most, up to 128.
    #[arg(long, value_name = "N", default_value_t = 64, help_heading = "Limits", value_parser = depth)]
    pub max_depth: usize,
    /// Values of a file at most, those repeated by aliases included.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 200_000,
        help_heading = "Limits"
    )]
    pub max_nodes: usize,
    /// Components of a design at most.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 10_000,
        help_heading = "Limits"
    )]
    pub max_components: usize,
}
