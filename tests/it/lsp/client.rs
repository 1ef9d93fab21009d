//! An editor that speaks to the language server over its standard input and output, as editors do.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde::Deserialize as _;
use serde_json::{Value, json};

use crate::PATIENCE;

/// An editor with its server.
pub struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    incoming: Receiver<Value>,
    asked: u64,
    /// What was told and is not yet looked at.
    told: Vec<Value>,
}

impl Editor {
    /// Starts a server in a folder, without a word.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sysdrill"))
            .current_dir(folder)
            .env_clear()
            .arg("lsp")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let mut output = BufReader::new(child.stdout.take().expect("a stream"));
        let (sender, incoming) = channel();
        thread::spawn(move || {
            while let Some(message) = message(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            incoming,
            asked: 0,
            told: Vec::new(),
        }
    }

    /// Starts a server in a folder and begins a session in which columns are counted in one of some units.
    pub fn open(folder: &Path, encodings: &[&str]) -> Self {
        let mut editor = Self::start(folder, &["--today", "2026-06-01", "--stdio"]);
        let capabilities = json!({"general": {"positionEncodings": encodings},
            "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
        let begun = editor.ask(
            "initialize",
            &json!({"processId": null, "rootUri": null, "capabilities": capabilities}),
        );
        let counted = encodings.first().copied().unwrap_or("utf-16");
        assert_eq!(begun["capabilities"]["positionEncoding"], counted);
        editor.tell("initialized", &json!({}));
        let request = editor.next("client/registerCapability");
        editor.say(&json!({"jsonrpc": "2.0", "id": request["id"], "result": null}));
        editor
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("a session");
        input.write_all(bytes).expect("a server that reads");
        input.flush().expect("a server that reads");
    }

    fn say(&mut self, message: &Value) {
        let body = message.to_string();
        self.send(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Tells something.
    pub fn tell(&mut self, method: &str, params: &Value) {
        self.say(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks something; the whole answer.
    pub fn answer(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = json!(self.asked);
        self.say(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.receive();
            if message.get("method").is_none() {
                assert_eq!(message["id"], id, "{method}: {message}");
                return message;
            }
            self.told.push(message);
        }
    }

    /// Asks something that has a result.
    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// What comes next.
    pub fn receive(&mut self) -> Value {
        self.incoming
            .recv_timeout(PATIENCE)
            .expect("something that the server says")
    }

    /// What is told next by a method.
    fn next(&mut self, method: &str) -> Value {
        let at = self.told.iter().position(|one| one["method"] == method);
        if let Some(at) = at {
            return self.told.remove(at);
        }
        loop {
            let message = self.receive();
            if message["method"] == method {
                return message;
            }
            self.told.push(message);
        }
    }

    /// Opens a document.
    pub fn show(&mut self, path: &Path, text: &str) -> Document {
        let document = Document {
            uri: format!("file://{}", path.display()),
            version: 1,
            text: text.to_owned(),
        };
        self.tell(
            "textDocument/didOpen",
            &json!({"textDocument":
            {"uri": document.uri, "languageId": "yaml", "version": 1, "text": text}}),
        );
        document
    }

    /// Puts words in place of a piece of a document that stands there once, counted in code units of UTF-16.
    pub fn edit(&mut self, document: &mut Document, old: &str, new: &str) {
        assert_eq!(document.text.matches(old).count(), 1, "{old}");
        let range = json!({"start": document.at(old), "end": document.behind(old)});
        document.text = document.text.replacen(old, new, 1);
        document.version += 1;
        self.tell(
            "textDocument/didChange",
            &json!({
            "textDocument": {"uri": document.uri, "version": document.version},
            "contentChanges": [{"range": range, "text": new}]}),
        );
    }

    /// What the server says of a document as it is now.
    pub fn diagnostics(&mut self, document: &Document) -> Vec<Value> {
        loop {
            let told = self.next("textDocument/publishDiagnostics")["params"].clone();
            let version = told.get("version").and_then(Value::as_i64);
            let is_of_now = version.is_none_or(|version| version == document.version);
            if told["uri"] == document.uri && is_of_now {
                return told["diagnostics"].as_array().expect("a list").clone();
            }
        }
    }

    /// Asks something about a place of a document: where a piece of it starts, and so many units behind that.
    pub fn about(
        &mut self,
        method: &str,
        document: &Document,
        piece: &str,
        behind: usize,
    ) -> Value {
        let mut position = document.at(piece);
        position["character"] =
            json!(position["character"].as_u64().expect("a number") + behind as u64);
        self.ask(
            method,
            &json!({"textDocument": {"uri": document.uri}, "position": position}),
        )
    }

    /// Says goodbye; the code that the server ends with.
    pub fn close(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", &Value::Null), Value::Null);
        self.tell("exit", &Value::Null);
        self.end()
    }

    /// Goes away; the code that the server ends with.
    pub fn end(mut self) -> Option<i32> {
        self.input = None;
        self.child.wait().expect("an end").code()
    }

    /// Everything else that was told by a method.
    pub fn told(&self, method: &str) -> usize {
        self.told
            .iter()
            .filter(|one| one["method"] == method)
            .count()
    }
}

/// A document as the editor has it.
pub struct Document {
    pub uri: String,
    pub version: i64,
    pub text: String,
}

impl Document {
    /// Where a piece of the text starts, in code units of UTF-16.
    pub fn at(&self, piece: &str) -> Value {
        self.position(self.text.find(piece).expect(piece))
    }

    /// The text after an edit of the workspace, which is one of this document alone.
    pub fn edited(&self, edit: &Value) -> String {
        let changes = edit["changes"].as_object().expect("changes");
        assert_eq!(changes.len(), 1);
        let edits = changes[&self.uri].as_array().expect("edits");
        let spans = edits.iter().map(|edit| {
            let side = |side: &str| self.byte(&edit["range"][side]);
            (
                side("start"),
                side("end"),
                edit["newText"].as_str().expect("a text"),
            )
        });
        let mut spans: Vec<(usize, usize, &str)> = spans.collect();
        spans.sort_unstable();
        let mut text = self.text.clone();
        for (start, end, new) in spans.into_iter().rev() {
            text.replace_range(start..end, new);
        }
        text
    }

    /// The byte at a position.
    pub fn byte(&self, position: &Value) -> usize {
        let number = |key: &str| usize::deserialize(&position[key]).expect("a number");
        let lines = self.text.split_inclusive('\n');
        let start: usize = lines.take(number("line")).map(str::len).sum();
        let mut column = 0;
        for (at, c) in self.text[start..].char_indices() {
            if column == number("character") {
                return start + at;
            }
            column += c.len_utf16();
        }
        self.text.len()
    }

    /// Where it ends.
    pub fn behind(&self, piece: &str) -> Value {
        self.position(self.text.find(piece).expect(piece) + piece.len())
    }

    pub fn position(&self, byte: usize) -> Value {
        let before = &self.text[..byte];
        let line = before.matches('\n').count();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before[start..].encode_utf16().count();
        json!({"line": line, "character": column})
    }
}

fn message(stream: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            head => {
                let value = head.strip_prefix("Content-Length: ").expect(head);
                length = value.parse().expect(head);
            }
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("JSON"))
}
