//! Which designs of a class are attempts of one candidate at one problem, and in which order they were made.
//!
//! Knows authors, problems, times and names of files; knows no scores.

use std::collections::BTreeMap;

use crate::notation::mark;

/// What stands between the parts of a file's name.
const BREAKS: [char; 4] = ['-', '_', '.', ' '];

/// How designs of one candidate are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joining {
    /// By the author that they state, or else by a file name that differs in a date, `.2`, `-v2` or `-attempt-2` alone.
    #[default]
    Stated,
    /// By any number at the end of a file's name too: `ann-1`, `ann-2`.
    Numbered,
    /// Not at all: each design is that of another candidate.
    Never,
}

impl Joining {
    /// All of them, with their words.
    pub const ALL: [(&'static str, Self); 3] = [
        ("stated", Self::Stated),
        ("numbered", Self::Numbered),
        ("never", Self::Never),
    ];
}

/// A design as it was handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// The path of its file below the folder of the class.
    pub path: String,
    /// Whose it says it is.
    pub author: Option<String>,
    /// The problem that it answers.
    pub problem: Option<String>,
    /// When its session began, as RFC 3339.
    pub started: Option<String>,
}

impl Submission {
    /// When its session began, where that is a time.
    fn began(&self) -> Option<&str> {
        let started = self.started.as_deref()?;
        let day = started.get(..10)?;
        matches!(date(&pieces(day)), Some((0, 3, _))).then_some(started)
    }
}

/// By what the attempts of a candidate were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// There is but one.
    Alone,
    /// They state the same author.
    Author,
    /// Their files are called the same but for a date or a number.
    FileName,
}

impl Joined {
    /// The word in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Author => "author",
            Self::FileName => "file_name",
        }
    }

    /// In words, behind what was put together.
    pub(super) const fn how(self) -> &'static str {
        match self {
            Self::Author => "by the author that they state",
            Self::FileName | Self::Alone => "by the names of their files",
        }
    }
}

/// Where a design stands among those of its candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The candidate, from 0, in the order of their first files.
    pub candidate: usize,
    /// Which attempt it is, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// By what they were told.
    pub joined: Joined,
    /// Whether they are in the order of their sessions, and not of their file names.
    pub by_session: bool,
    /// The day, as year-month-day, where the session or the name of the file says it.
    pub day: Option<String>,
    /// What the names of the files have in common, where it was told by them.
    pub called: Option<String>,
}

impl Attempt {
    /// The only attempt of a candidate.
    #[must_use]
    pub const fn only(candidate: usize) -> Self {
        Self {
            candidate,
            number: 1,
            of: 1,
            joined: Joined::Alone,
            by_session: false,
            day: None,
            called: None,
        }
    }
}

/// What the name of a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    /// Year-month-day, then what may be a time.
    moment: Option<(String, String)>,
    number: Option<u64>,
    /// What is left: who it is from.
    base: String,
}

/// Whose a design is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    Author(String),
    File(String),
    Nobody(usize),
}

/// Puts the designs of a class together: for each, where it stands among those of its candidate at its problem.
#[must_use]
pub fn attempts(class: &[Submission], joining: Joining) -> Vec<Attempt> {
    let names: Vec<Named> = class.iter().map(|one| named(one, joining)).collect();
    let mut groups: BTreeMap<(Whose, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (at, (one, named)) in class.iter().zip(&names).enumerate() {
        let key = (whose(at, one, named, joining), one.problem.as_deref());
        groups.entry(key).or_default().push(at);
    }
    let mut groups: Vec<(Joined, Vec<usize>)> = groups
        .into_iter()
        .map(|((whose, _), group)| (joined(&whose, group.len()), group))
        .collect();
    groups.sort_by_key(|(_, group)| group.first().copied());
    let mut found: Vec<(usize, Attempt)> = Vec::new();
    for (candidate, (joined, group)) in groups.into_iter().enumerate() {
        let (by_session, group) = ordered(class, &names, group);
        let of = group.len();
        found.extend(group.into_iter().enumerate().map(|(before, at)| {
            let attempt = Attempt {
                candidate,
                number: before + 1,
                of,
                joined,
                by_session,
                day: day(class.get(at), names.get(at), by_session),
                called: names
                    .get(at)
                    .filter(|_| joined == Joined::FileName)
                    .map(|named| named.base.clone()),
            };
            (at, attempt)
        }));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, attempt)| attempt).collect()
}

const fn joined(whose: &Whose, of: usize) -> Joined {
    match whose {
        _ if of < 2 => Joined::Alone,
        Whose::Author(_) => Joined::Author,
        Whose::File(_) | Whose::Nobody(_) => Joined::FileName,
    }
}

fn whose(at: usize, one: &Submission, named: &Named, joining: Joining) -> Whose {
    if joining == Joining::Never {
        return Whose::Nobody(at);
    }
    let author = one.author.as_deref().unwrap_or_default().to_lowercase();
    let author: Vec<&str> = author.split_whitespace().collect();
    if !author.is_empty() {
        return Whose::Author(author.join(" "));
    }
    if named.base.is_empty() {
        return Whose::Nobody(at);
    }
    Whose::File(named.base.to_lowercase())
}

/// A group in the order in which its designs were made: by their sessions where all of them state when they began, else by
/// date, number and name of their files.
fn ordered(class: &[Submission], names: &[Named], mut group: Vec<usize>) -> (bool, Vec<usize>) {
    let started = |at: &usize| {
        class
            .get(*at)
            .and_then(Submission::began)
            .map(str::to_owned)
    };
    let by_session = group.iter().all(|at| started(at).is_some());
    let by_name = |at: &usize| {
        let path = class.get(*at).map(|one| one.path.clone());
        (names.get(*at).cloned(), path)
    };
    if by_session {
        group.sort_by_key(|at| (started(at), by_name(at)));
    } else {
        group.sort_by_key(by_name);
    }
    (by_session, group)
}

fn day(one: Option<&Submission>, named: Option<&Named>, by_session: bool) -> Option<String> {
    if by_session {
        return one?.began()?.get(..10).map(str::to_owned);
    }
    let (day, _) = named?.moment.clone()?;
    Some(day)
}

/// Reads the name of a file. A name that says but the problem leaves the folder to say who it is from.
fn named(one: &Submission, joining: Joining) -> Named {
    let path = bare(&one.path);
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let mut named = read(file, joining);
    let says_problem = one.problem.as_deref() == Some(named.base.as_str());
    named.base = match (folder, named.base.is_empty() || says_problem) {
        (folder, true) => folder.to_owned(),
        ("", false) => named.base,
        (folder, false) => format!("{folder}/{}", named.base),
    };
    named
}

/// The path of a file without its endings.
pub(super) fn bare(path: &str) -> &str {
    let of_other = || {
        [".yaml", ".yml"]
            .iter()
            .find_map(|end| path.strip_suffix(end))
    };
    let bare = mark::DESIGN.stem(path).or_else(of_other);
    bare.unwrap_or(path)
}

/// A date anywhere, with what may be a time behind it, and a number at the end.
fn read(file: &str, joining: Joining) -> Named {
    let mut pieces = pieces(file);
    let mut named = Named::default();
    if let Some((at, length, day)) = date(&pieces) {
        let is_time = |piece: &&Piece| [4, 6].contains(&piece.text.len()) && piece.is_number();
        let time = pieces.get(at + length).filter(is_time);
        let time = time.map(|piece| piece.text.to_owned());
        let end = at + length + usize::from(time.is_some());
        named.moment = Some((day, time.unwrap_or_default()));
        if end + 1 == pieces.len() {
            // Practice numbers files of one second so.
            named.number = pieces.get(end).and_then(Piece::small);
        }
        let end = end + usize::from(named.number.is_some());
        pieces.drain(at..end);
    } else if let Some((length, number)) = number(&pieces, joining) {
        named.number = Some(number);
        pieces.truncate(pieces.len() - length);
    }
    let words: Vec<&str> = pieces.iter().map(|piece| piece.text).collect();
    named.base = words.join("-");
    named
}

/// A part of a name, with what stands before it.
#[derive(Clone, Copy, Debug)]
struct Piece<'f> {
    text: &'f str,
    behind: Option<char>,
}

impl Piece<'_> {
    fn is_number(&self) -> bool {
        !self.text.is_empty() && self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// A number as people count attempts.
    fn small(&self) -> Option<u64> {
        let is_small = self.is_number() && self.text.len() <= 3;
        is_small.then(|| self.text.parse().ok())?
    }

    /// Digits, so many of them, that lie between two numbers.
    fn within(&self, digits: usize, low: u32, high: u32) -> bool {
        let value = self.text.parse::<u32>().unwrap_or(0);
        self.is_number() && self.text.len() == digits && (low..=high).contains(&value)
    }
}

fn pieces(file: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut behind = None;
    for part in file.split_inclusive(BREAKS) {
        let text = part.trim_end_matches(BREAKS);
        if !text.is_empty() {
            pieces.push(Piece { text, behind });
        }
        behind = part.chars().next_back();
    }
    pieces
}

/// The last date in a name: where it begins, of how many pieces it is, and the day. `20260501` and `2026-05-01`.
fn date(pieces: &[Piece<'_>]) -> Option<(usize, usize, String)> {
    (0..pieces.len()).rev().find_map(|at| {
        let rest = pieces.get(at..)?;
        match rest {
            [year, month, day, ..] if is_day(year, month, day) => {
                let day = format!("{}-{}-{}", year.text, month.text, day.text);
                Some((at, 3, day))
            }
            [whole, ..] if whole.text.len() == 8 && whole.is_number() => {
                let part = |from: usize, to: usize| Piece {
                    text: whole.text.get(from..to).unwrap_or_default(),
                    behind: None,
                };
                let (year, month, day) = (part(0, 4), part(4, 6), part(6, 8));
                let text = format!("{}-{}-{}", year.text, month.text, day.text);
                is_day(&year, &month, &day).then_some((at, 1, text))
            }
            _ => None,
        }
    })
}

fn is_day(year: &Piece<'_>, month: &Piece<'_>, day: &Piece<'_>) -> bool {
    year.within(4, 1970, 2999) && month.within(2, 1, 12) && day.within(2, 1, 31)
}

/// The number of an attempt at the end of a name, with how many pieces say it: `.2`, `-v2`, `-attempt-2`, and `-2` where any
/// number is one. `-2` alone is not taken for one unasked: `team-1` and `team-2` are two teams.
fn number(pieces: &[Piece<'_>], joining: Joining) -> Option<(usize, u64)> {
    let (last, before) = pieces.split_last()?;
    if before.is_empty() {
        return None;
    }
    if let Some(version) = last.text.strip_prefix(['v', 'V']) {
        let version = Piece {
            text: version,
            behind: None,
        };
        return version.small().map(|number| (1, number));
    }
    let number = last.small()?;
    let says_attempt = |piece: &Piece<'_>| piece.text.eq_ignore_ascii_case("attempt");
    if before.len() > 1 && before.last().is_some_and(says_attempt) {
        return Some((2, number));
    }
    let is_meant = last.behind == Some('.') || joining == Joining::Numbered;
    is_meant.then_some((1, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(paths: &[&str]) -> Vec<Submission> {
        let one = |path: &&str| Submission {
            path: format!("{path}.design.yaml"),
            problem: Some("chat".to_owned()),
            ..Submission::default()
        };
        paths.iter().map(one).collect()
    }

    fn standing(class: &[Submission], joining: Joining) -> Vec<(usize, usize, usize)> {
        let found = attempts(class, joining);
        found
            .iter()
            .map(|one| (one.candidate, one.number, one.of))
            .collect()
    }

    #[test]
    fn names_with_a_date_or_the_number_of_an_attempt_are_of_one_candidate() {
        for (first, second) in [
            ("ann", "ann.2"),
            ("ann.2", "ann.10"),
            ("Ann-v1", "ann-v2"),
            ("ann-attempt-1", "ann_attempt_2"),
            ("ann-2026-04-30", "ann.2026-05-01"),
            ("2026-04-30 ann", "2026-05-01 ann"),
            ("ann-20260501-090000", "ann-20260501-180211-2"),
            ("ann/20260501-090000", "ann/20260501-090001"),
            ("ann/chat-20260501-090000", "ann/chat-20260501-090000-2"),
        ] {
            let class = class(&[second, first]);
            let found = standing(&class, Joining::Stated);
            assert_eq!(found, [(0, 2, 2), (0, 1, 2)], "{first} {second}");
            let apart = standing(&class, Joining::Never);
            assert_eq!(apart, [(0, 1, 1), (1, 1, 1)]);
        }
    }

    #[test]
    fn names_that_may_be_those_of_others_are_not_put_together_unasked() {
        for (first, second) in [
            ("team-1", "team-2"),
            ("candidate-01", "candidate-02"),
            ("ann/a", "ben/a"),
            ("ann-2026-13-01", "ann-2026-05-01"),
            ("chat-20260501-090000", "chat-20260502-090000"),
            ("v1", "v2"),
            ("2026-05-01", "2026-05-02"),
        ] {
            let class = class(&[first, second]);
            let found = standing(&class, Joining::Stated);
            assert_eq!(found, [(0, 1, 1), (1, 1, 1)], "{first} {second}");
        }
        let numbered = class(&["ann-1", "ben_1", "ann-2"]);
        let found = standing(&numbered, Joining::Numbered);
        assert_eq!(found, [(0, 1, 2), (1, 1, 1), (0, 2, 2)]);
    }

    #[test]
    fn one_author_makes_attempts_at_each_problem_in_the_order_of_the_sessions() {
        let one = |path: &str, author: &str, problem: &str, started: &str| Submission {
            path: path.to_owned(),
            author: Some(author.to_owned()),
            problem: Some(problem.to_owned()),
            started: (!started.is_empty()).then(|| started.to_owned()),
        };
        let mut class = vec![
            one("x", "Ann Lee", "chat", "2026-05-02T10:00:00Z"),
            one("x.2", "Ben", "chat", ""),
            one("y", " ann  LEE", "chat", "2026-05-01T10:00:00Z"),
            one("z", "Ann Lee", "news", "yesterday"),
        ];
        let found = attempts(&class, Joining::Stated);
        let numbers: Vec<_> = found.iter().map(|it| (it.candidate, it.number)).collect();
        assert_eq!(numbers, [(0, 2), (1, 1), (0, 1), (2, 1)]);
        let last = found.first().expect("the first file");
        assert_eq!((last.joined, last.by_session), (Joined::Author, true));
        assert_eq!(last.day.as_deref(), Some("2026-05-02"));
        if let Some(first) = class.first_mut() {
            first.started = None;
        }
        let found = standing(&class, Joining::Stated);
        assert_eq!(found.first(), Some(&(0, 1, 2)), "by the names of the files");
    }
}
