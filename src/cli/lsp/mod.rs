//! `sysdrill lsp`: a language server on standard input and output, for editors.
//!
//! Knows the session: what comes in is taken in its order, and documents are judged when nothing is left to take, so that
//! nobody waits for the judgement of a text that is changed already. What is said of a text is the floor below's business.

mod answers;
mod document;
mod methods;
mod remarks;
mod room;
mod server;
mod text;
mod uri;
mod wire;

use std::io::{self, BufReader, stdin, stdout};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use super::Exit;
use super::arguments::{LimitFlags, OwnContent, TermFlags};
use server::Server;
use wire::Incoming;

/// `sysdrill lsp`.
#[derive(Debug, clap::Args)]
pub struct Lsp {
    /// What designs are judged by.
    #[command(flatten)]
    pub terms: TermFlags,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
    /// Limits for untrusted files.
    #[command(flatten)]
    pub limits: LimitFlags,
    /// What some editors say of how they speak, which is the only way there is.
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// Runs the command: until the editor says that it ends, or is gone.
pub fn run(lsp: &Lsp) -> Exit {
    let incoming = listen();
    let mut server = Server::new(lsp);
    loop {
        let next = match incoming.try_recv() {
            Ok(next) => Some(next),
            Err(TryRecvError::Disconnected) => None,
            Err(TryRecvError::Empty) => {
                server.judge_one();
                if say(&mut server).is_err() {
                    return Exit::Abandoned;
                }
                if server.has_unjudged() {
                    continue;
                }
                incoming.recv().ok()
            }
        };
        let ended = next.is_none_or(|next| server.take(next));
        if say(&mut server).is_err() || ended {
            return server.exit();
        }
    }
}

/// What comes in, read on a thread of its own: an editor may write while it is written to. The stream's end is the channel's.
fn listen() -> Receiver<Incoming> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut stream = BufReader::new(stdin());
        while let Ok(Some(incoming)) = wire::read(&mut stream) {
            if sender.send(incoming).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Says what there is to say.
fn say(server: &mut Server) -> io::Result<()> {
    let mut stream = stdout().lock();
    for message in server.said() {
        wire::write(&mut stream, &message)?;
    }
    Ok(())
}
