//! The lines of a diagram: elements, arrows and macros, and what says only how they look.
//!
//! Knows statements; what each of them holds is read by its own file.

use super::END;
use super::arrows::{Drawn, arrow};
use super::elements::{Element, element};
use super::words::label;
use crate::notation::foreign::c4::{self, Call};
use crate::notation::foreign::cursor::Cursor;
use crate::notation::foreign::diagram::{Diagram, Shape};
use crate::notation::foreign::label::{Label, in_words};
use crate::notation::foreign::named::{Board, leave_out};
use crate::source::{Issues, Span};

/// What begins a line that says how something looks, and nothing of what there is.
const LOOKS: &[&str] = &[
    "@",
    "!",
    "hide",
    "show",
    "scale",
    "skinparam",
    "set ",
    "left to right",
    "top to bottom",
    "allow_mixing",
    "allowmixing",
    "page",
    "newpage",
    "caption",
    "header",
    "footer",
    "remove",
    "restore",
    "style",
    "mainframe",
    "}",
];

/// What goes on over lines, and the line that ends it.
const LONG: &[(&str, &[&str])] = &[
    ("!procedure", &["!endprocedure"]),
    ("!unquoted procedure", &["!endprocedure"]),
    ("!function", &["!endfunction"]),
    ("!unquoted function", &["!endfunction"]),
    ("!definelong", &["!enddefinelong"]),
    ("<style>", &["</style>"]),
    ("legend", &["endlegend", "end legend"]),
    ("/'", &["'/"]),
];

/// What goes on over lines where nothing else stands in the first one.
const LONG_ALONE: &[(&str, &[&str])] = &[
    ("title", &["end title", "endtitle"]),
    ("header", &["end header", "endheader"]),
    ("footer", &["end footer", "endfooter"]),
    ("caption", &["end caption", "endcaption"]),
];

/// Statements of sequence diagrams alone.
const SEQUENCES: &[&str] = &[
    "participant",
    "activate",
    "deactivate",
    "autonumber",
    "alt",
    "opt",
    "loop",
    "par",
    "group",
    "return",
    "destroy",
    "box",
    "autoactivate",
    "footbox",
];

/// Statements of diagrams of other sorts.
const OTHERS: &[&str] = &[
    "class", "abstract", "enum", "state", "start", "stop", "robust", "concise", "object", "map",
    "json",
];

/// Reads a diagram from its first line on.
pub(super) fn read(text: &str, span: Span, issues: &mut Issues) -> Diagram {
    let mut told = Issues::default();
    let mut reader = Reader {
        cursor: Cursor::new(text, span.start),
        issues: &mut told,
        board: Board::default(),
    };
    while !reader.cursor.is_done() {
        if let Some(word) = reader.statement() {
            let message = format!("`{word}` is of a diagram that shows no components");
            let help = "components and their calls are read from component and deployment diagrams, and from those of C4";
            issues.error(
                Span::new(span.start, span.start + 1),
                message,
                help.to_owned(),
            );
            return Diagram::default();
        }
    }
    let diagram = reader.board.finish(span);
    issues.append(told);
    diagram
}

/// The word of a statement that no diagram of components has.
fn other_sort(line: &str) -> Option<&str> {
    let word = line.split_whitespace().next()?;
    (SEQUENCES.contains(&word) || OTHERS.contains(&word)).then_some(word)
}

struct Reader<'t, 'i> {
    cursor: Cursor<'t>,
    issues: &'i mut Issues,
    board: Board,
}

impl<'t> Reader<'t, '_> {
    /// Reads a statement, or tells the word that no diagram of components has.
    fn statement(&mut self) -> Option<&'t str> {
        self.cursor.skip_spaces();
        let line = self.cursor.line().trim_end();
        let span = self
            .cursor
            .span(self.cursor.at, self.cursor.at + line.len());
        if self.skip(line, span) {
            return None;
        }
        if line.starts_with('}') {
            self.board.close();
            self.cursor.at += 1;
        } else if line.starts_with("together") && line.ends_with('{') {
            self.board.open_unseen();
            self.cursor.skip_line();
        } else if let Some(title) = line.strip_prefix("title ") {
            self.board.entitle(&label(title).0.line());
            self.cursor.skip_line();
        } else if LOOKS.iter().any(|look| line.starts_with(look)) {
            self.include(line, span);
            self.cursor.skip_line();
        } else if let Some(element) = element(line) {
            self.cursor.skip_line();
            self.add(element, span);
        } else if let Some(drawn) = arrow(line, span) {
            if let Drawn::Line(line) = drawn {
                self.board.join(line);
            }
            self.cursor.skip_line();
        } else if let Some(word) = other_sort(line) {
            return Some(word);
        } else {
            self.call(span);
        }
        None
    }

    /// Skips an empty line, a comment, or something that goes on over lines and draws nothing.
    fn skip(&mut self, line: &str, span: Span) -> bool {
        if line.is_empty() || line.starts_with('\'') {
            self.cursor.skip_line();
            return true;
        }
        let begins = |(start, _): &&(&str, &[&str])| line.starts_with(start);
        let alone = LONG_ALONE.iter().find(|(start, _)| line == *start);
        let is_note = line.starts_with("note ") && (!line.contains(':') || line.contains(" as "));
        let ends: &[&str] = match LONG.iter().find(begins).or(alone) {
            Some((_, ends)) => ends,
            None if is_note && !line.contains('"') => &["end note", "endnote"],
            None if line.starts_with("note ") => &[],
            None if line.starts_with("skinparam") && line.ends_with('{') => &["}"],
            None if line.starts_with("sprite ") && line.ends_with('{') => &["}"],
            None => return false,
        };
        self.cursor.skip_line();
        if !ends.is_empty()
            && !ends
                .iter()
                .any(|end| line.len() > end.len() && line.ends_with(end))
        {
            self.skip_to(ends, span);
        }
        true
    }

    /// Goes behind the next line that ends something.
    fn skip_to(&mut self, ends: &[&str], begun: Span) {
        while !self.cursor.is_done() {
            let line = self.cursor.line().trim();
            self.cursor.skip_line();
            if ends.iter().any(|end| line.ends_with(end)) {
                return;
            }
        }
        let help = format!("end it by `{}`", ends.first().unwrap_or(&END));
        self.issues.warning(
            begun,
            "nothing ends this, so that all below is left out",
            help,
        );
    }

    /// Tells of a file that is not read, unless it is one of a library.
    fn include(&mut self, line: &str, span: Span) {
        let Some(file) = line
            .strip_prefix("!include")
            .and_then(|rest| rest.split_once(' '))
        else {
            return;
        };
        let file = file.1.trim();
        let name = file.rsplit('/').next().unwrap_or(file);
        let is_library = file.starts_with('<')
            || file.contains("://")
            || file.contains('/')
            || name.starts_with("C4");
        if !is_library {
            let help = "import what the preprocessor makes of it: `plantuml -preproc`".to_owned();
            self.issues
                .warning(span, format!("what `{file}` draws is left out"), help);
        }
    }

    fn add(&mut self, mut element: Element, span: Span) {
        if element.is_described {
            element.label = self.description();
        }
        if element.opens {
            self.board.open(&element.name, element.label, span);
            return;
        }
        let mut shape = Shape::new(element.name, element.label, span);
        (shape.hint, shape.outline) = (element.hint, element.outline);
        self.board.add(shape);
    }

    /// The lines up to the closing bracket as a label.
    fn description(&mut self) -> Label {
        let mut lines = Vec::new();
        while !self.cursor.is_done() {
            let line = self.cursor.line().trim();
            self.cursor.skip_line();
            match line.strip_suffix(']') {
                Some(last) => {
                    lines.push(last);
                    break;
                }
                None => lines.push(line),
            }
        }
        label(&lines.join("\n")).0
    }

    /// A macro of C4, or one of a library of icons: its name says what it shows.
    fn call(&mut self, span: Span) {
        let help = "it is left out; arrows are written `a --> b : calls`";
        let Some(call) = Call::of(self.cursor.rest()) else {
            return leave_out(&mut self.cursor, help, self.issues);
        };
        if !c4::draw(&call, span, &mut self.board) && !self.icon(&call, span) {
            return leave_out(&mut self.cursor, help, self.issues);
        }
        self.cursor.at += call.length;
    }

    fn icon(&mut self, call: &Call<'_>, span: Span) -> bool {
        let Some(name) = call.get("alias", 0) else {
            return false;
        };
        let shown = in_words(call.name.strip_suffix("Group").unwrap_or(call.name));
        let (title, _) = label(call.get("label", 1).unwrap_or(&shown));
        if call.opens {
            self.board.open(name, title, span);
            return true;
        }
        let mut title = title.unbroken();
        title.rest.extend(call.get("techn", 2).map(c4::sentence));
        let mut shape = Shape::new(name.to_owned(), title, span);
        shape.about = call.get("descr", 3).map(c4::sentence);
        shape.hint = Some(shown);
        self.board.add(shape);
        true
    }
}
