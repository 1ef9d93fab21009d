//! An interview at a terminal: asks for a line, writes it down, lets the session answer, shows the answer.
//!
//! Knows the order of these things; the session knows everything else.

mod saving;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::calendar::Stopwatch;
use super::editor::{Draft, Trouble};
use super::folder;
use super::input::{Input, Taker, Typed};
use super::journal::{Journal, News, Replay};
use super::paging::{Part, Rest};
use super::rendering::Page;
use crate::catalog::Catalog;
use crate::cli::signals::CtrlC;
use crate::cli::{Exit, charset, screen};
use crate::coach::{Completing, Event, Interview, Line, Reply, UnknownProblem};
use crate::model::spelling::counted;
use saving::{Report, Saved};

/// A session with what is around it.
pub(super) struct Stage<'c> {
    session: Rc<RefCell<Interview<'c>>>,
    journal: Journal,
    clock: Stopwatch,
    page: Page,
    /// The rows of the screen, where there is one.
    rows: Option<usize>,
    /// What did not fit on it.
    rest: Rest,
    /// Where the design is saved.
    out: PathBuf,
    /// The session has saved there before; what else is there stays as it is.
    is_ours: bool,
    /// The mark of what it saved last, by which it is known whether somebody has changed that since.
    mark: Option<String>,
    report: Option<Report>,
    /// Where it is kept what was practised.
    folder: Result<PathBuf, String>,
    ctrl_c: CtrlC,
    /// A person sits there, who can be given an editor.
    interactive: bool,
    /// It is the tutorial, which is no attempt at a problem.
    tutorial: bool,
    saved: Saved,
}

impl<'c> Stage<'c> {
    /// Begins a session, or brings one back to where it was.
    ///
    /// # Errors
    /// When the problem is not known, such as that of an old journal.
    pub fn open(
        catalog: &'c Catalog,
        replay: Replay,
        journal: Journal,
        folder: Result<PathBuf, String>,
        input: &mut Input<'c>,
    ) -> Result<Self, UnknownProblem> {
        let options = replay.header.options();
        let (tutorial, started) = (options.tutorial, options.started.clone());
        let (mut session, mut replies) = Interview::begin(catalog, options)?;
        let out = replay.header.out;
        let vocabulary = &catalog.knowledge.vocabulary;
        let is_ours =
            replay.is_saved || folder::is_of_session(&out, started.as_deref(), vocabulary);
        for event in &replay.events {
            if session.is_over() {
                session.rejoin();
            }
            replies = session.turn(event);
        }
        if replies.iter().any(|reply| matches!(reply, Reply::Quit)) {
            session.rejoin();
        }
        if !replay.events.is_empty() && !session.is_over() {
            replies = session.recap();
        }
        let (width, rows) = input.size();
        let page = Page {
            width,
            unicode: charset::speaks_unicode(),
            is_seen: rows.is_some(),
        };
        let session = Rc::new(RefCell::new(session));
        let clock = Stopwatch::start(replay.at);
        let kept = journal.clone();
        input.assist(Taker {
            session: Rc::clone(&session) as Rc<RefCell<dyn Completing>>,
            keep: Rc::new(move |block| kept.clone().note_block(clock.elapsed(), block)),
        });
        input.go_on(&replay.open);
        let mut stage = Self {
            session,
            journal,
            clock,
            page,
            rows,
            rest: Rest::default(),
            out,
            is_ours,
            mark: replay.mark,
            report: None,
            folder,
            ctrl_c: CtrlC::new(),
            interactive: input.is_terminal(),
            tutorial,
            saved: Saved::All,
        };
        stage.warn();
        stage.welcome_back(&replay.events, &replay.open);
        let line = replay.events.last().map(|event| event.line.clone());
        stage.show(replies, line.as_ref());
        stage.say_of_block(&replay.open);
        Ok(stage)
    }

    /// Writes the report to a file at the end, too.
    pub fn reporting_to(mut self, report: Option<PathBuf>) -> Self {
        self.report = report.map(|path| Report {
            path,
            is_lost: false,
        });
        self
    }

    /// Holds the interview to its end.
    pub fn run(mut self, input: &mut Input<'c>) -> Exit {
        while !self.session.borrow().is_over() {
            let prompt = self.session.borrow().prompt(self.clock.elapsed());
            let typed = input.next(&prompt);
            // The terminal may have another size by now.
            (self.page.width, self.rows) = input.size();
            match typed {
                Typed::Lines(lines) if is_empty(&lines) && self.show_more() => {}
                Typed::Lines(lines) => self.take(&line_of(&lines)),
                Typed::Interrupt => self.take(&Line::Interrupt),
                Typed::Dropped => self.take(&Line::Dropped),
                Typed::End if input.is_terminal() => self.take(&Line::End),
                Typed::End => self.leave(),
                Typed::Gone(reason) => {
                    screen::error(&format!("no more lines can be read: {reason}"), None);
                    self.leave();
                }
            }
        }
        let is_lost = self.report.as_ref().is_some_and(|report| report.is_lost);
        if self.saved == Saved::All && !is_lost {
            Exit::Well
        } else {
            Exit::Trouble
        }
    }

    /// Takes what came in: on disk first, then to the session.
    fn take(&mut self, line: &Line) {
        if self.session.borrow().is_over() {
            return;
        }
        let replies = self.turn(line);
        self.show(replies, Some(line));
    }

    fn turn(&mut self, line: &Line) -> Vec<Reply> {
        let event = Event {
            at: self.clock.elapsed(),
            line: line.clone(),
        };
        self.journal.note(&event);
        self.warn();
        self.session.borrow_mut().turn(&event)
    }

    /// Leaves at the end of a script: nobody is there to be asked whether it is meant.
    fn leave(&mut self) {
        let _ = self.turn(&Line::End);
        self.take(&Line::End);
    }

    /// Says once that lines are not kept or are kept again, and goes on.
    fn warn(&mut self) {
        let (trouble, help) = match self.journal.news() {
            Some(News::Lost(trouble)) => (
                trouble,
                "the session goes on, but --resume will not find it: `save` keeps the design, and `--data-dir DIR` keeps \
                 journals elsewhere",
            ),
            Some(News::Behind(trouble)) => (
                trouble,
                "the session goes on, and each line tries again; meanwhile `save /another/folder/name.design.yaml` keeps the \
                 design elsewhere",
            ),
            Some(News::CaughtUp) => {
                return self.say("The journal is written again; nothing is missing in it.");
            }
            None => return,
        };
        let message = format!("the journal can't be written: {trouble}");
        screen::error(&message, Some(help));
    }

    fn welcome_back(&self, events: &[Event], block: &str) {
        if !events.is_empty() || !block.is_empty() {
            let lines = counted(events.len() + block.lines().count(), "line", "lines");
            self.say(&format!("Back where you were, after {lines}."));
        }
    }

    /// Says that a block goes on, since what a script reads next belongs to it.
    fn say_of_block(&self, block: &str) {
        if let Some(end) = self.session.borrow().waits_for(block) {
            let lines = counted(block.split('\n').count(), "line", "lines");
            self.say(&format!(
                "The block of which you had typed {lines} is still open {end}."
            ));
        }
    }

    fn show(&mut self, replies: Vec<Reply>, line: Option<&Line>) {
        let typed = match line {
            Some(Line::Text(text)) => text.as_str(),
            _ => "",
        };
        let part = |reply: &Reply| Part {
            text: self.page.rendered(reply, typed),
            is_long: matches!(reply, Reply::Picture(_) | Reply::Listing(_)),
        };
        let (shown, rest) = Rest::of(replies.iter().map(part).collect(), self.rows);
        screen::out(&shown);
        self.rest = rest;
        self.say_if_more();
        for reply in replies {
            match reply {
                Reply::Save { text, to } => self.save_to(&text, to.as_deref()),
                Reply::Edit { text } => self.edit(&text),
                Reply::Finished(finish) => self.finish(*finish),
                Reply::Quit => self.quit(),
                _ => {}
            }
        }
    }

    /// Shows what did not fit on the screen; false when there is nothing.
    fn show_more(&mut self) -> bool {
        let Some(text) = self.rest.next(self.rows) else {
            return false;
        };
        screen::out(&text);
        self.say_if_more();
        true
    }

    fn say_if_more(&self) {
        if let Some(remark) = self.rest.remark() {
            self.say(&remark);
        }
    }

    /// Lets the candidate edit the design; what comes back is an event as lines are, on disk before it counts.
    fn edit(&mut self, text: &str) {
        if !self.interactive {
            let help = "a block of YAML states the same here, such as `components: {api: service}`";
            screen::error("`edit` needs a terminal", Some(help));
            return;
        }
        let folder = self.journal.path.as_deref().and_then(Path::parent);
        let draft = Draft::of(text, folder);
        let edited = draft.and_then(|draft| {
            let path = draft.path().display();
            self.say(&format!(
                "{path} is open in your editor; save it and leave the editor to go on."
            ));
            Ok((draft.edited(&self.ctrl_c)?, draft))
        });
        match edited {
            Ok((None, draft)) => {
                draft.remove();
                self.say("Nothing was changed.");
            }
            Ok((Some(text), draft)) => {
                self.take(&Line::Edited(text));
                if self.journal.is_kept() {
                    draft.remove();
                }
            }
            Err(Trouble { message, help }) => screen::error(&message, Some(&help)),
        }
    }

    /// Goes on where the end has lost something, as long as somebody is there to mend that.
    fn stay(&self, words: &str) {
        if self.interactive {
            self.session.borrow_mut().rejoin();
            self.say(words);
        }
    }

    /// Leaves; where nothing of the interview is on disk, not at the first word.
    fn quit(&mut self) {
        if self.saved == Saved::Not && !self.journal.is_kept() && self.interactive {
            self.saved = Saved::NotAndKnown;
            self.stay("Leaving now loses the interview. `save /another/folder/name.design.yaml` keeps it; `quit` again leaves.");
        } else {
            self.farewell();
        }
    }

    fn farewell(&self) {
        let kept = self.journal.is_kept();
        self.say(if kept {
            "`sysdrill practice --resume` goes on from here."
        } else {
            "Good-bye."
        });
    }

    fn say(&self, words: &str) {
        screen::out(&self.page.rendered(&Reply::Note(words.to_owned()), ""));
    }
}

/// Whether nothing was typed but Enter.
fn is_empty(lines: &[String]) -> bool {
    matches!(lines, [line] if line.trim().is_empty())
}

/// What was typed at once: a line, or several.
fn line_of(lines: &[String]) -> Line {
    match lines {
        [line] => Line::Text(line.clone()),
        lines => {
            let text = lines.join("\n");
            match text.trim_end() {
                line if !line.contains('\n') => Line::Text(line.to_owned()),
                text => Line::Pasted(text.to_owned()),
            }
        }
    }
}
