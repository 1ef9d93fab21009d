//! An interview at a terminal: asks for a line, writes it down, lets the session answer, shows the answer.
//!
//! Knows the order of these things; the session knows everything else.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::calendar::{self, Stopwatch};
use super::editor::{Draft, Trouble};
use super::input::{Input, Taker, Typed};
use super::journal::{Journal, News, Replay};
use super::paging::{Part, Rest};
use super::rendering::Page;
use super::{Refusal, drill, folder, records};
use crate::catalog::Catalog;
use crate::cli::signals::CtrlC;
use crate::cli::{Exit, charset, files, screen};
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

/// The report as a file.
struct Report {
    path: PathBuf,
    /// It could not be written.
    is_lost: bool,
}

/// Whether the design is on disk that should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Saved {
    /// It is.
    All,
    /// It could not be saved.
    Not,
    /// And the candidate knows that leaving loses it.
    NotAndKnown,
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

    /// Saves the design, in another file from now on where one is named that takes it; what is there already stays as it is.
    fn save_to(&mut self, text: &str, to: Option<&str>) {
        let named = to.map(Path::new).map(folder::absolute);
        let Some(to) = named.filter(|to| *to != self.out) else {
            return self.save(text);
        };
        if to.exists() {
            let help = "choose another name, or move that file away";
            return screen::error(&format!("{} exists already", to.display()), Some(help));
        }
        let report = self.report.as_ref().map(|report| report.path.as_path());
        if let Err(Refusal { message, help }) = folder::apart(report, &to) {
            return screen::error(&message, help.as_deref());
        }
        let before = (
            std::mem::replace(&mut self.out, to),
            self.is_ours,
            self.mark.take(),
        );
        self.is_ours = false;
        self.save(text);
        if self.saved != Saved::All {
            (self.out, self.is_ours, self.mark) = before;
        }
    }

    /// Writes the design: over what the session has saved before and nobody has changed since, or else to a file that is new.
    fn write(&mut self, text: &str) -> Result<(), String> {
        if self.is_ours && folder::is_as_saved(&self.out, self.mark.as_deref()) {
            files::write(&self.out, text)?;
        } else {
            let out = folder::create(&self.out, text)?;
            if out != self.out {
                let taken = self.out.display();
                self.say(&format!("{taken} is another design by now, and stays."));
            }
            self.out = out;
            self.is_ours = true;
            self.journal.note_file(&self.out);
        }
        let mark = folder::mark(text);
        self.journal.note_saved(&mark);
        self.mark = Some(mark);
        self.warn();
        Ok(())
    }

    fn save(&mut self, text: &str) {
        let written = self.write(text);
        self.saved = match (&written, self.saved) {
            (Ok(()), _) => Saved::All,
            (Err(_), Saved::All) => Saved::Not,
            (Err(_), saved) => saved,
        };
        match written {
            Ok(()) => self.say(&format!("Saved to {}.", self.out.display())),
            Err(reason) => {
                let help = "make room and `save` again, or save it elsewhere: `save /another/folder/name.design.yaml`";
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
        if self.saved == Saved::All {
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
        } else {
            self.stay("`finish` again once the design is saved, or `quit`.");
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
        let path = &self.report.as_ref()?.path;
        let ending = path.extension().and_then(|ending| ending.to_str());
        let is_page = ending.is_some_and(|ending| ["html", "htm"].contains(&ending));
        Some(if is_page {
            report_html(finish)
        } else {
            report_markdown(finish)
        })
    }

    /// Writes the report, where a file was named for it and nothing else was put there meanwhile.
    fn hand_out(&mut self, text: Option<&str>) {
        let (Some(report), Some(text)) = (&mut self.report, text) else {
            return;
        };
        let written = folder::report_file(&report.path).map_err(|refusal| refusal.message);
        let written = written.and_then(|()| files::write(&report.path, text));
        report.is_lost = written.is_err();
        let written = written.map(|()| format!("The report is in {}.", report.path.display()));
        match written {
            Ok(words) => self.say(&words),
            Err(reason) => {
                let help = "what the terminal shows is all of it";
                screen::error(
                    &format!("the report could not be saved: {reason}"),
                    Some(help),
                );
            }
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
