//! The interview: a session that takes events and gives replies, and never touches the world outside.
//!
//! Knows designs, problems and the candidate's lines; knows no terminal, no clock and no files.

mod account;
mod asides;
mod clock;
pub mod commands;
mod completion;
mod corrections;
mod dice;
pub mod drill;
mod ending;
mod event;
mod feedback;
mod figures;
mod guide;
mod handout;
mod history;
mod interview;
mod interviewer;
mod line;
mod nearest;
mod offers;
mod pairs;
mod paste;
pub mod progress;
mod proposals;
mod prose;
mod quotation;
mod reply;
mod session;
mod sheet;
mod sketch;

pub use account::json as progress_json;
pub use completion::Completing;
pub use event::{Event, LONGEST_LINE, LONGEST_PASTE, Line};
pub use handout::{html as report_html, markdown as report_markdown};
pub use interview::Interview;
pub use line::Request;
pub use reply::{Finish, Listing, Reply, Trouble};
pub use session::{Options, Session, UnknownProblem};
