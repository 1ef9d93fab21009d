//! What an editor shows of a text while it is written: remarks, in spans of bytes.
//!
//! Knows texts, catalogs and judgements; knows no protocol, no files and no columns.

mod remark;

pub use remark::{Remark, Weight, of_checked, of_issues};
