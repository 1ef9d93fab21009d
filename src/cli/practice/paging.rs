//! Long answers a screen at a time: what does not fit waits until an empty line asks for it.
//!
//! Knows rows of a terminal; knows not what they say.

/// A part of an answer, ready for the terminal.
pub(super) struct Part {
    /// Its lines.
    pub text: String,
    /// It is a list or a drawing, of which a screenful says what it is.
    pub is_long: bool,
}

/// What did not fit on the screen.
#[derive(Default)]
pub(super) struct Rest(Vec<String>);

/// So many rows are left for the prompt, the line that is typed and the remark that there is more.
const SPARE: usize = 4;

/// So many lines of a list are always shown, and so many are not worth keeping back.
const LEAST: usize = 8;
const NOT_WORTH: usize = 3;

impl Rest {
    /// The parts as far as they fit on a screen of so many rows, and the rest. The words of an answer are always shown.
    pub fn of(parts: Vec<Part>, rows: Option<usize>) -> (String, Self) {
        let lines = |part: &Part| part.text.lines().count();
        let words = parts.iter().filter(|part| !part.is_long).map(lines);
        let taken = words.sum::<usize>() + SPARE;
        let mut room = rows.map(|rows| rows.saturating_sub(taken));
        let (mut shown, mut rest) = (String::new(), Vec::new());
        for part in parts {
            let own = lines(&part);
            let most = room.map_or(own, |room| room.max(LEAST));
            if !part.is_long || own <= most + NOT_WORTH {
                shown.push_str(&part.text);
            } else {
                shown.extend(part.text.split_inclusive('\n').take(most));
                rest.extend(part.text.lines().skip(most).map(str::to_owned));
            }
            room = room.map(|room| room.saturating_sub(if part.is_long { own } else { 0 }));
        }
        (shown, Self(rest))
    }

    /// As much of it as fits on a screen.
    pub fn next(&mut self, rows: Option<usize>) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let most = rows.map_or(usize::MAX, |rows| rows.saturating_sub(SPARE).max(LEAST));
        let most = if self.0.len() <= most.saturating_add(NOT_WORTH) {
            self.0.len()
        } else {
            most
        };
        let lines: Vec<String> = self.0.drain(..most).collect();
        Some(lines.join("\n") + "\n")
    }

    /// What is said where there is more.
    pub fn remark(&self) -> Option<String> {
        let number = self.0.len();
        (number > 0).then(|| format!("... {number} more lines: an empty line shows them."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(lines: usize, is_long: bool) -> Part {
        let line = |number: usize| format!("{number}\n");
        Part {
            text: (1..=lines).map(line).collect(),
            is_long,
        }
    }

    #[test]
    fn a_list_is_cut_to_the_screen_and_the_words_after_it_are_not() {
        let (shown, mut rest) = Rest::of(vec![part(50, true), part(2, false)], Some(20));
        assert_eq!(shown.lines().count(), 16);
        assert!(shown.ends_with("14\n1\n2\n"), "{shown}");
        assert!(rest.remark().is_some_and(|remark| remark.contains("36")));
        let next = rest.next(Some(20)).unwrap_or_default();
        assert!(next.starts_with("15\n") && next.ends_with("30\n"), "{next}");
        let last = rest.next(Some(40)).unwrap_or_default();
        assert!(last.ends_with("50\n"), "{last}");
        assert_eq!(rest.remark(), None);
        assert_eq!(rest.next(Some(40)), None);
    }

    #[test]
    fn nothing_is_cut_where_it_fits_or_there_is_no_screen() {
        for (parts, rows) in [
            (vec![part(50, true)], None),
            (vec![part(18, true)], Some(20)),
            (vec![part(50, false)], Some(20)),
            (vec![part(10, true)], Some(3)),
        ] {
            let whole: usize = parts.iter().map(|part| part.text.lines().count()).sum();
            let (shown, rest) = Rest::of(parts, rows);
            assert_eq!(shown.lines().count(), whole);
            assert_eq!(rest.remark(), None);
        }
    }
}
