//! `sysdrill drill` and `sysdrill progress`: small questions at a prompt, and what all practice came to.
//!
//! Knows the keyboard, the screen, the day and the file of what was practised; questions and answers are the coach's
//! business.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::{Args, ValueEnum};

use super::input::{Input, Taker, Typed};
use super::rendering::Page;
use super::{Refusal, calendar, folder, records};
use crate::cli::arguments::OwnContent;
use crate::cli::{Exit, charset, rubrics, screen};
use crate::coach::drill::{Deck, Schedule, Sitting, Sort, Wanted};
use crate::coach::progress::{Entry, Past};
use crate::coach::{Completing, Reply, progress_json};

/// `sysdrill drill`.
#[derive(Clone, Debug, Args)]
pub struct Drills {
    /// How many at most.
    #[arg(long, short, value_name = "N", default_value_t = 10)]
    pub count: usize,
    /// One sort alone: estimate, flaw, store or failure.
    #[arg(long, value_name = "SORT", value_parser = sort)]
    pub sort: Option<Sort>,
    /// Those of a problem and those of none.
    #[arg(long, value_name = "SLUG")]
    pub problem: Option<String>,
    /// Which drills and which numbers; the same number asks the same.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Where it is kept what was practised; the platform's folder for data where left out.
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
}

/// `sysdrill progress`.
#[derive(Clone, Debug, Args)]
pub struct Progress {
    /// For reading, or for other programs.
    #[arg(long, value_enum, default_value_t = Form::Human)]
    pub format: Form,
    /// Where it is kept what was practised; the platform's folder for data where left out.
    #[arg(long, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Own rubrics and problems.
    #[command(flatten)]
    pub own: OwnContent,
}

/// How progress is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For reading at a terminal.
    Human,
    /// For other programs; version 1, keys are never renamed.
    Json,
}

fn sort(typed: &str) -> Result<Sort, String> {
    let words = Sort::ALL.map(|(_, word, _)| word);
    Sort::from_word(typed).ok_or_else(|| format!("one of {}", words.join(", ")))
}

/// Runs `sysdrill drill`.
pub fn run(drills: &Drills) -> Exit {
    let Some((catalog, texts)) = rubrics::catalog_and_own(&drills.own) else {
        return Exit::Trouble;
    };
    if let Some(slug) = drills
        .problem
        .as_deref()
        .filter(|slug| catalog.problem(slug).is_none())
    {
        let help = catalog.problem_meant(slug);
        screen::error(&format!("unknown problem `{slug}`"), help.as_deref());
        return Exit::Trouble;
    }
    let deck = Deck::new(&catalog, &rubrics::all_rule_files(&texts));
    let folder = folder::data(drills.data_dir.as_deref());
    let (entries, mut kept) = remembered(folder.as_deref());
    let past = Past::of(entries, Some(&deck));
    let mut input = Input::open(folder.as_deref().ok());
    let wanted = Wanted {
        count: drills.count,
        sort: drills.sort,
        problem: drills.problem.clone(),
        seed: drills.seed.unwrap_or_else(|| input.seed()),
    };
    let schedule = Schedule::of(&past.reviews);
    let (sitting, replies) = Sitting::begin(&deck, &schedule, &wanted, calendar::now().day());
    let sitting = Rc::new(RefCell::new(sitting));
    input.assist(Taker {
        session: Rc::clone(&sitting) as Rc<RefCell<dyn Completing + '_>>,
        // A drill takes single lines.
        keep: Rc::new(|_| {}),
    });
    show(&mut input, &replies, "");
    while !sitting.borrow().is_over() {
        let prompt = sitting.borrow().prompt();
        let lines = match input.next(&prompt) {
            Typed::Lines(lines) => lines,
            Typed::Interrupt | Typed::Dropped | Typed::End => vec!["quit".to_owned()],
            Typed::Gone(reason) => {
                screen::error(&format!("no more lines can be read: {reason}"), None);
                vec!["quit".to_owned()]
            }
        };
        for line in lines {
            let replies = sitting.borrow_mut().turn(&line);
            kept &= keep(folder.as_deref(), &sitting, kept);
            show(&mut input, &replies, &line);
        }
    }
    if kept { Exit::Well } else { Exit::Trouble }
}

/// Writes down what was answered; says once when that can't be done, and goes on.
fn keep(folder: Result<&Path, &String>, sitting: &Rc<RefCell<Sitting<'_>>>, so_far: bool) -> bool {
    let reviews = sitting.borrow_mut().take_reviews();
    let entries: Vec<Entry> = reviews.into_iter().map(Entry::Review).collect();
    if !so_far {
        return false;
    }
    let added = match folder {
        Ok(folder) => records::add(folder, &entries),
        Err(reason) => Err(reason.clone()),
    };
    added.map_err(|reason| not_kept(&reason)).is_ok()
}

/// Says that what is practised is not kept.
pub(super) fn not_kept(reason: &str) {
    let help = "it goes on all the same; --data-dir names another folder";
    screen::error(
        &format!("what is practised can't be written down: {reason}"),
        Some(help),
    );
}

/// What was practised before, as far as it can be read; and whether what comes can be added to it.
fn remembered(folder: Result<&Path, &String>) -> (Vec<Entry>, bool) {
    let read = match folder {
        Ok(folder) => records::read(folder),
        Err(reason) => Err(reason.clone()),
    };
    match read {
        Ok((entries, unread)) => {
            if unread > 0 {
                screen::trouble(&format!(
                    "warning: {unread} of the lines of what was practised can't be read and are left out"
                ));
            }
            (entries, true)
        }
        Err(reason) => {
            not_kept(&reason);
            (Vec::new(), false)
        }
    }
}

/// The interviews and drills of before, for a proposal; nothing where they can't be read, which is said elsewhere.
pub(super) fn past(folder: Option<&Path>) -> Past {
    let read = folder.and_then(|folder| records::read(folder).ok());
    Past::of(read.unwrap_or_default().0, None)
}

/// Runs `sysdrill progress`.
pub fn progress(progress: &Progress) -> Exit {
    match told(progress) {
        Ok(()) => Exit::Well,
        Err(Refusal { message, help }) => {
            screen::error(&message, help.as_deref());
            Exit::Trouble
        }
    }
}

fn told(progress: &Progress) -> Result<(), Refusal> {
    let refused = |reason: String| Refusal::new(reason, None);
    let Some((catalog, texts)) = rubrics::catalog_and_own(&progress.own) else {
        return Err(refused("the rubrics can't be read".to_owned()));
    };
    let folder = folder::data(progress.data_dir.as_deref()).map_err(refused)?;
    let (entries, unread) = records::read(&folder).map_err(refused)?;
    if unread > 0 {
        screen::trouble(&format!(
            "warning: {unread} lines can't be read and are left out"
        ));
    }
    let deck = Deck::new(&catalog, &rubrics::all_rule_files(&texts));
    let past = Past::of(entries, Some(&deck));
    let today = calendar::now().day();
    if progress.format == Form::Json {
        screen::out(&progress_json(
            &past,
            &catalog,
            &deck,
            today,
            calendar::written,
        ));
        return Ok(());
    }
    let replies = past.told(&catalog, &deck, today);
    show(&mut Input::open(None), &replies, "");
    Ok(())
}

fn show(input: &mut Input<'_>, replies: &[Reply], line: &str) {
    let (width, rows) = input.size();
    let page = Page {
        width,
        unicode: charset::speaks_unicode(),
        is_seen: rows.is_some(),
    };
    for reply in replies {
        screen::out(&page.rendered(reply, line));
    }
}
