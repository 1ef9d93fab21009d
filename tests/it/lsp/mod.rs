//! The language server as an editor meets it: the real program, spoken to over its standard streams.

mod actions;
mod client;
mod diagnostics;
mod session;
mod writing;
