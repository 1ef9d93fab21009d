//! An interview as it is held: a session, and around it the lessons of the tutorial where it is one.
//!
//! Knows when a lesson is learnt; what lines do is the session's business.

use std::time::Duration;

use super::completion::Completing;
use super::event::{Event, Line};
use super::paste;
use super::reply::Reply;
use super::session::{Options, Session, UnknownProblem};
use crate::assess;
use crate::catalog::{Catalog, Lesson};

/// The line that does a lesson for who wants to see it done.
const DO_IT: &str = "do it";

/// A session, and the lessons around it.
pub struct Interview<'c> {
    session: Session<'c>,
    /// The lessons that are left; none where it is no tutorial.
    lessons: &'c [Lesson],
    /// How many there are.
    total: usize,
}

impl<'c> Interview<'c> {
    /// Begins an interview or a tutorial: what is said first.
    ///
    /// # Errors
    /// When there is no such problem; the error names the nearest slug.
    pub fn begin(
        catalog: &'c Catalog,
        options: Options,
    ) -> Result<(Self, Vec<Reply>), UnknownProblem> {
        let tutorial = catalog.tutorial().filter(|_| options.tutorial);
        let lessons = tutorial.map_or(&[][..], |tutorial| &tutorial.lessons);
        let (session, mut replies) = Session::begin(catalog, options)?;
        let interview = Self {
            session,
            lessons,
            total: lessons.len(),
        };
        if !lessons.is_empty() {
            replies.retain(|reply| !matches!(reply, Reply::Note(_)));
            let words = format!(
                "The tutorial: {} small things to do, some ten minutes. Other lines are taken as well; `{DO_IT}` does a \
                 thing for you, `quit` leaves, and `sysdrill practice --resume` comes back.",
                lessons.len()
            );
            replies.insert(0, Reply::Note(words));
        }
        replies.extend(interview.lesson());
        Ok((interview, replies))
    }

    /// Takes an event.
    pub fn turn(&mut self, event: &Event) -> Vec<Reply> {
        let Some(lesson) = self.lessons.first() else {
            return self.session.turn(event);
        };
        let text = match &event.line {
            Line::Text(text) => text,
            Line::Pasted(text) | Line::Edited(text) => {
                return self.guided(event, text, lesson);
            }
            Line::Interrupt | Line::Dropped | Line::End => return self.session.turn(event),
        };
        if text.trim().is_empty() {
            return self.session.turn(event);
        }
        let line = if text.trim().eq_ignore_ascii_case(DO_IT) {
            lesson.example.as_str()
        } else {
            text
        };
        let mut replies = Vec::new();
        if line != text {
            replies.push(Reply::Note(line.to_owned()));
        }
        let event = Event {
            at: event.at,
            line: Line::Text(line.to_owned()),
        };
        replies.extend(self.guided(&event, line, lesson));
        replies
    }

    fn guided(&mut self, event: &Event, line: &str, lesson: &'c Lesson) -> Vec<Reply> {
        let before = self.session.step();
        let mut replies = self.session.turn(event);
        let is_last = self.lessons.len() == 1;
        if !is_last
            && replies
                .iter()
                .any(|reply| matches!(reply, Reply::Finished(_)))
        {
            self.session.rejoin();
            replies = vec![Reply::Note("Not yet; there are things to do.".to_owned())];
        }
        if self.session.is_over() {
            return replies;
        }
        if self.is_learnt(line, lesson) {
            self.lessons = self.lessons.get(1..).unwrap_or_default();
            replies.push(Reply::Note(lesson.done.clone()));
            replies.extend(self.lesson());
        } else {
            self.session.return_to(before);
            let words = format!("{} Such as: `{}`", lesson.otherwise, lesson.example);
            replies.push(Reply::Note(words));
        }
        replies
    }

    /// Whether everything holds that a lesson waits for.
    fn is_learnt(&self, line: &str, lesson: &Lesson) -> bool {
        let typed = lesson.typed.as_ref();
        let until = lesson.until.as_ref();
        typed.is_none_or(|typed| typed.is_match(line.trim()))
            && lesson.step.is_none_or(|step| step == self.session.step())
            && until.is_none_or(|until| {
                let design = self.session.design();
                assess::ask(&design, self.session.catalog, None, |asked| {
                    asked.holds(until)
                })
            })
    }

    /// What is to be done now.
    fn lesson(&self) -> Vec<Reply> {
        let Some(lesson) = self.lessons.first() else {
            return Vec::new();
        };
        let number = self.total - self.lessons.len() + 1;
        vec![
            Reply::Heading(format!("Tutorial {number}/{}", self.total)),
            Reply::Note(lesson.say.clone()),
            Reply::Note(format!("Try: `{}`", lesson.example)),
        ]
    }

    /// The prompt: the step and the time left, such as `[3/5 high-level 9:40] > `.
    pub fn prompt(&self, at: Duration) -> String {
        self.session.prompt(at)
    }

    /// Where the interview stands, for who comes back to it.
    pub fn recap(&self) -> Vec<Reply> {
        let mut replies = self.session.recap();
        replies.extend(self.lesson());
        replies
    }

    /// Comes back to a session that was left.
    pub const fn rejoin(&mut self) {
        self.session.rejoin();
    }

    /// Whether it has ended.
    pub const fn is_over(&self) -> bool {
        self.session.is_over()
    }
}

impl Completing for Interview<'_> {
    fn complete(&self, line: &str, cursor: usize) -> (usize, Vec<String>) {
        self.session.complete(line, cursor)
    }

    fn usage(&self, line: &str) -> Option<&'static str> {
        self.session.usage(line)
    }

    fn waits_for(&self, text: &str) -> Option<&'static str> {
        paste::waits_for(text)
    }
}
