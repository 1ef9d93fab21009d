//! What an interview leaves on disk: the design, the report, and an attempt among those before.
//!
//! Knows where each goes and what is said where it can't; what stands in them is made elsewhere.

use std::path::{Path, PathBuf};

use super::Stage;
use crate::cli::practice::{Refusal, calendar, drill, folder, records};
use crate::cli::{files, screen};
use crate::coach::progress::{Attempt, Entry};
use crate::coach::{Finish, Reply, report_html, report_markdown};
use crate::report::{self, Paint, Style};

/// The report as a file.
pub(super) struct Report {
    pub path: PathBuf,
    /// It could not be written.
    pub is_lost: bool,
}

/// Whether the design is on disk that should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Saved {
    /// It is.
    All,
    /// It could not be saved.
    Not,
    /// And the candidate knows that leaving loses it.
    NotAndKnown,
}

impl Stage<'_> {
    /// Saves the design, in another file from now on where one is named that takes it; what is there already stays as it is.
    pub(super) fn save_to(&mut self, text: &str, to: Option<&str>) {
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
    pub(super) fn finish(&mut self, mut finish: Finish) {
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
