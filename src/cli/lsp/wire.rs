//! Messages on a stream: a head that says how long the body is, and a body of JSON.
//!
//! Knows bytes and limits; knows no method. Own code, where the usual crate believes whatever length a head says, and ends
//! the session at the first body that is no JSON.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// Bytes of a message at most: many times what a design may have.
const MOST: usize = 64 << 20;

/// Bytes of a line of a head at most.
const LONGEST_LINE: u64 = 8 << 10;

/// What comes in.
#[derive(Debug, PartialEq)]
pub enum Incoming {
    /// A message.
    Message(Value),
    /// Something that is none, and what to say of it.
    Fault(Fault),
}

/// Why something can't be answered: a code of the protocol and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The code.
    pub code: i64,
    /// What is wrong.
    pub message: String,
}

impl Fault {
    /// The body is no JSON.
    pub const PARSE: i64 = -32700;
    /// JSON that is no message.
    pub const INVALID_REQUEST: i64 = -32600;
    /// A method that nobody knows.
    pub const METHOD_NOT_FOUND: i64 = -32601;
    /// A method with other parameters than it has.
    pub const INVALID_PARAMS: i64 = -32602;
    /// Asked before the session began.
    pub const NOT_INITIALIZED: i64 = -32002;
    /// Understood, and not possible.
    pub const REQUEST_FAILED: i64 = -32803;

    /// A fault.
    pub fn new(code: i64, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

/// Reads what comes next; nothing at the end of the stream. What stands where a head should be is skipped up to the next.
///
/// # Errors
/// When the stream fails, or ends within a message.
pub fn read(stream: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = head(stream)? else {
        return Ok(None);
    };
    let length = match length {
        Ok(length) => length,
        Err(fault) => return Ok(Some(Incoming::Fault(fault))),
    };
    if length > MOST {
        let skipped = io::copy(&mut stream.take(length as u64), &mut io::sink())?;
        let message = format!("a message of {skipped} bytes, more than {MOST}");
        let fault = Fault::new(Fault::INVALID_REQUEST, message);
        return Ok(Some(Incoming::Fault(fault)));
    }
    let mut body = Vec::new();
    stream.take(length as u64).read_to_end(&mut body)?;
    if body.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(match serde_json::from_slice(&body) {
        Ok(message) => Incoming::Message(message),
        Err(error) => Incoming::Fault(Fault::new(Fault::PARSE, format!("no JSON: {error}"))),
    }))
}

/// The length that a head says, or that it says none; nothing at the end of the stream.
fn head(stream: &mut impl BufRead) -> io::Result<Option<Result<usize, Fault>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if stream.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            let fault = || Fault::new(Fault::PARSE, "a head without a Content-Length");
            return Ok(Some(length.ok_or_else(fault)));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
}

/// Writes a message.
///
/// # Errors
/// When nobody reads any more.
pub fn write(stream: &mut impl Write, message: &Value) -> io::Result<()> {
    let body = message.to_string();
    write!(stream, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    stream.flush()
}

/// The answer to a request; one to nobody in particular has no id.
pub fn answer(id: &Value, outcome: Result<Value, Fault>) -> Value {
    match outcome {
        Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
        Err(fault) => json!({"jsonrpc": "2.0", "id": id,
            "error": {"code": fault.code, "message": fault.message}}),
    }
}

/// Something that is told and not answered.
pub fn notice(method: &str, params: &Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut bytes: &[u8]) -> Vec<Incoming> {
        let mut incoming = Vec::new();
        while let Ok(Some(next)) = read(&mut bytes) {
            incoming.push(next);
        }
        incoming
    }

    #[test]
    fn what_is_written_is_read() {
        let message = notice("é", &json!({"text": "日本語\n"}));
        let mut bytes = Vec::new();
        write(&mut bytes, &message).unwrap();
        write(&mut bytes, &message).unwrap();
        let read = Incoming::Message(message);
        assert_eq!(all(&bytes).len(), 2);
        assert!(all(&bytes).iter().all(|incoming| *incoming == read));
    }

    #[test]
    fn what_is_no_message_is_said_and_the_next_is_read() {
        for (hostile, code) in [
            ("Content-Length: 3\r\n\r\n{]}", Some(Fault::PARSE)),
            ("Content-Length: many\r\n\r\n", Some(Fault::PARSE)),
            ("Content-Length: -1\r\n\r\n", Some(Fault::PARSE)),
            ("\u{1b}[2Jhello\r\n\r\n", Some(Fault::PARSE)),
            ("content-length : 2\nX: y\n\n{}", None),
        ] {
            let text = format!("{hostile}Content-Length: 2\r\n\r\n[]");
            let incoming = all(text.as_bytes());
            assert_eq!(incoming.len(), 2, "{hostile:?}: {incoming:?}");
            match (&incoming[0], code) {
                (Incoming::Fault(fault), Some(code)) => assert_eq!(fault.code, code, "{hostile:?}"),
                (Incoming::Message(_), None) => {}
                other => panic!("{hostile:?}: {other:?}"),
            }
            assert_eq!(incoming[1], Incoming::Message(json!([])), "{hostile:?}");
        }
    }

    #[test]
    fn no_memory_is_taken_for_what_does_not_come() {
        let claim = format!("Content-Length: {}\r\n\r\n{{}}", usize::MAX);
        let incoming = all(claim.as_bytes());
        assert!(matches!(incoming.as_slice(), [Incoming::Fault(_)]));
        assert!(all(b"Content-Length: 60000000\r\n\r\n{}").is_empty());
        let nested = "[".repeat(100_000);
        let text = format!("Content-Length: {}\r\n\r\n{nested}", nested.len());
        assert!(matches!(
            all(text.as_bytes()).as_slice(),
            [Incoming::Fault(_)]
        ));
    }
}
