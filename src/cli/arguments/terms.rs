//! Flags that say by what designs are judged, and what becomes of what is found.
//!
//! Knows words and defaults; what a configuration says beside them is the settings' business.

use std::path::PathBuf;

use clap::Args;

use super::typed::{Threshold, day, level, percentage, threshold};
use crate::model::Level;

/// By what, when and by whose configuration designs are judged, wherever they are.
#[derive(Clone, Debug, Default, Args)]
pub struct FrameFlags {
    /// Judge at this level, whatever the design says: mid, senior or staff.
    #[arg(long, help_heading = "Terms", value_parser = level)]
    pub level: Option<Level>,
    /// The day that `until` of acceptances is held against, as 2027-06-30 [default: today, in universal time].
    #[arg(long, value_name = "DATE", help_heading = "Terms", value_parser = day)]
    pub today: Option<String>,
    /// The configuration [default: the nearest sysdrill.yaml here or in a folder around, up to the root of the repository].
    #[arg(long, value_name = "FILE", help_heading = "Terms")]
    pub config: Option<PathBuf>,
    /// Read no configuration.
    #[arg(long, help_heading = "Terms", conflicts_with = "config")]
    pub no_config: bool,
}

/// What designs are judged by and must reach. Each flag beats what sysdrill.yaml says.
#[derive(Clone, Debug, Default, Args)]
pub struct TermFlags {
    /// What grading knows, too.
    #[command(flatten)]
    pub frame: FrameFlags,
    /// The least severity of a finding that fails: blocker, major, minor, note or never [default: major].
    #[arg(long, value_name = "SEVERITY", help_heading = "Terms", value_parser = threshold)]
    pub fail_on: Option<Threshold>,
    /// Fail below this percentage.
    #[arg(long, value_name = "PERCENT", help_heading = "Terms", value_parser = percentage, allow_negative_numbers = true)]
    pub min_score: Option<f64>,
    /// Let only these rules count: ids, what ids begin with, or topic:NAME. Can be given several times, or with commas.
    #[arg(
        long,
        value_name = "RULE",
        value_delimiter = ',',
        help_heading = "Terms"
    )]
    pub select: Vec<String>,
    /// Let these rules not count.
    #[arg(
        long,
        value_name = "RULE",
        value_delimiter = ',',
        help_heading = "Terms"
    )]
    pub ignore: Vec<String>,
    /// Let no design accept findings by `allow`.
    #[arg(long, help_heading = "Terms")]
    pub no_allow: bool,
    /// Let the findings of this file not fail: they are known already.
    #[arg(long, value_name = "FILE", help_heading = "Terms")]
    pub baseline: Option<PathBuf>,
}

/// What a run writes to a baseline.
#[derive(Clone, Debug, Default, Args)]
pub struct KeepingFlags {
    /// Write what is found to a baseline; it does not fail then.
    #[arg(long, value_name = "FILE", help_heading = "Terms", conflicts_with_all = ["baseline", "update_baseline"])]
    pub write_baseline: Option<PathBuf>,
    /// Take out of the baseline what is found no more, and follow designs to new names; nothing is ever added.
    #[arg(long, help_heading = "Terms")]
    pub update_baseline: bool,
}
