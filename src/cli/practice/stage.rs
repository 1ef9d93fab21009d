//! An interview at a terminal: asks for a line, writes it down, lets the session answer, shows the answer.
//!
//! Knows the order of these things; the session knows everything else.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use super::calendar::{self, Stopwatch};
use super::input::{Input, Typed};
use super::journal::{Journal, Replay};
use super::rendering::Page;
use super::{drill, folder, records};
use crate::catalog::Catalog;
use crate::cli::{Exit, files, screen};
use crate::coach::progress::{Attempt, Entry};
use crate::coach::{
    Completing, Event, Finish, Interview, Line, Reply, UnknownProblem, report_html, report_markdown,
};
use crate::model::spelling::counted;
use crate::report::{self, Paint, Style};

/// A session with what is around it.
pub(super) struct Stage<'c> {
    session: Rc<RefCell<Interview<'c>>>,
    journal: Journal,
    clock: Stopwatch,
    page: Page,
    /// Where the design is saved.
    out: PathBuf,
    /// Where the report is written, if anywhere.
    report: Option<PathBuf>,
    /// Where it is kept what was practised.
    folder: Result<PathBuf, String>,
    /// It is the tutorial, which is no attempt at a problem.
    tutorial: bool,
    /// Something could not be saved that should have been.
    unsaved: bool,
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
        let tutorial = options.tutorial;
        let (mut session, mut replies) = Interview::begin(catalog, options)?;
        for event in &replay.events {
            replies = session.turn(event);
            if replies.iter().any(|reply| matches!(reply, Reply::Quit)) {
                session.rejoin();
            }
        }
        if !replay.events.is_empty() && !session.is_over() {
            replies = session.recap();
        }
        let page = Page {
            width: input.width(),
            unicode: folder::speaks_unicode(),
        };
        let before = replay
            .events
            .last()
            .map(|event| event.at)
            .unwrap_or_default();
        let session = Rc::new(RefCell::new(session));
        input.assist(Rc::clone(&session) as Rc<RefCell<dyn Completing>>);
        let clock = Stopwatch::start(before);
        let mut stage = Self {
            session,
            journal,
            clock,
            page,
            out: replay.header.out,
            report: None,
            folder,
            tutorial,
            unsaved: false,
        };
        stage.warn();
        stage.welcome_back(&replay.events);
        let line = replay.events.last().map(|event| event.line.clone());
        stage.show(replies, line.as_ref());
        Ok(stage)
    }

    /// Writes the report to a file at the end, too.
    pub fn reporting_to(mut self, report: Option<PathBuf>) -> Self {
        self.report = report;
        self
    }

    /// Holds the interview to its end.
    pub fn run(mut self, input: &mut Input<'c>) -> Exit {
        while !self.session.borrow().is_over() {
            self.page.width = input.width();
            let prompt = self.session.borrow().prompt(self.clock.elapsed());
            match input.next(&prompt) {
                Typed::Lines(lines) => lines
                    .into_iter()
                    .for_each(|line| self.take(&Line::Text(line))),
                Typed::Interrupt => self.take(&Line::Interrupt),
                Typed::End if input.is_terminal() => self.take(&Line::End),
                Typed::End => self.leave(),
                Typed::Gone(reason) => {
                    screen::error(&format!("no more lines can be read: {reason}"), None);
                    self.leave();
                }
            }
        }
        if self.unsaved {
            Exit::Trouble
        } else {
            Exit::Well
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

    /// Says once that lines are not kept, and goes on.
    fn warn(&mut self) {
        if let Some(trouble) = self.journal.trouble() {
            let help =
                "the session goes on; `save` keeps the design, --resume will not find the rest";
            screen::error(
                &format!("the journal can't be written: {trouble}"),
                Some(help),
            );
        }
    }

    fn welcome_back(&self, events: &[Event]) {
        if !events.is_empty() {
            let lines = counted(events.len(), "line", "lines");
            let words = format!("Back where you were, after {lines}.");
            screen::out(&self.page.rendered(&Reply::Note(words), ""));
        }
    }

    fn show(&mut self, replies: Vec<Reply>, line: Option<&Line>) {
        let typed = match line {
            Some(Line::Text(text)) => text.as_str(),
            _ => "",
        };
        for reply in replies {
            screen::out(&self.page.rendered(&reply, typed));
            match reply {
                Reply::Save { text } => self.save(&text),
                Reply::Finished(finish) => self.finish(*finish),
                Reply::Quit => self.farewell(),
                _ => {}
            }
        }
    }

    fn save(&mut self, text: &str) {
        let written = files::write(&self.out, text);
        self.unsaved = written.is_err();
        match written {
            Ok(()) => self.say(&format!("Saved to {}.", self.out.display())),
            Err(reason) => {
                let help = "try `save` again, or leave and come back with --resume --out FILE";
                screen::error(
                    &format!("the design could not be saved: {reason}"),
                    Some(help),
                );
            }
        }
    }

    /// Shows the report and saves the design; a session whose design could not be saved can be resumed to try again.
    fn finish(&mut self, mut finish: Finish) {
        finish.checked.source.name = self.out.display().to_string();
        let handout = self.handout(&finish);
        for listing in std::mem::take(&mut finish.report) {
            screen::out("\n");
            screen::out(&self.page.rendered(&Reply::Listing(listing), ""));
        }
        screen::out(&self.page.fit(&score(&finish)));
        self.save(&finish.text);
        self.hand_out(handout.as_deref());
        if !self.unsaved {
            self.say(&format!(
                "`sysdrill check {}` gives the same score.",
                folder::short(&self.out).display()
            ));
            self.journal.close();
            if self.tutorial {
                self.say("That was the tutorial. `sysdrill practice` begins an interview, `sysdrill drill` asks small questions.");
            } else {
                self.remember(&finish);
            }
        }
    }

    /// Adds the score to what was practised.
    fn remember(&self, finish: &Finish) {
        let Some(assessment) = &finish.checked.assessment else {
            return;
        };
        let problem = finish.checked.head.problem.as_deref().unwrap_or_default();
        let attempt = Attempt::of(assessment, problem, calendar::now().day());
        let added = match &self.folder {
            Ok(folder) => records::add(folder, &[Entry::Attempt(attempt)]),
            Err(reason) => Err(reason.clone()),
        };
        match added {
            Ok(()) => self.say("`sysdrill progress` shows it beside the others, `sysdrill drill` asks what was missed."),
            Err(reason) => drill::not_kept(&reason),
        }
    }

    /// The report as a document: a page of HTML where the file is called so, else Markdown.
    fn handout(&self, finish: &Finish) -> Option<String> {
        let path = self.report.as_ref()?;
        let ending = path.extension().and_then(|ending| ending.to_str());
        let is_page = ending.is_some_and(|ending| ["html", "htm"].contains(&ending));
        Some(if is_page {
            report_html(finish)
        } else {
            report_markdown(finish)
        })
    }

    /// Writes the report, where a file was named for it.
    fn hand_out(&self, text: Option<&str>) {
        let (Some(path), Some(text)) = (&self.report, text) else {
            return;
        };
        match files::write(path, text) {
            Ok(()) => self.say(&format!("The report is in {}.", path.display())),
            Err(reason) => {
                let help = "what the terminal shows is all of it";
                screen::error(
                    &format!("the report could not be saved: {reason}"),
                    Some(help),
                );
            }
        }
    }

    fn farewell(&self) {
        let kept = self.journal.path.is_some();
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

/// The score, which comes last because that is what stays on the screen.
fn score(finish: &Finish) -> String {
    let mut text = String::from("\n");
    if let Some(assessment) = &finish.checked.assessment {
        let style = Style {
            paint: Paint::Colour,
            ..Style::default()
        };
        report::write_score(&mut text, &assessment.score, style);
    }
    for issue in finish
        .checked
        .issues
        .iter()
        .filter(|_| finish.checked.assessment.is_none())
    {
        text.push_str(&report::issue_frame(
            issue,
            &finish.checked.source,
            Paint::Colour,
        ));
    }
    text.push('\n');
    text
}
