//! What an editor shows of a text while it is written, and how it helps with writing it: remarks, proposals, what is known
//! of a word, where names stand. In spans of bytes.
//!
//! Knows texts, catalogs and judgements; knows no protocol, no files and no columns.

mod card;
mod completion;
mod draft;
mod expected;
mod facts;
mod fixes;
mod hover;
mod outline;
mod remark;
mod renaming;
mod words;

pub use card::Card;
pub use completion::{Proposal, Proposals, Thing};
pub use draft::{Draft, Mention};
pub use fixes::Fix;
pub use outline::Entry;
pub use remark::{Remark, Weight, of_checked, of_issues};
