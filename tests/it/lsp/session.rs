//! How a session begins and ends, and what the server makes of what is no message.

use std::path::Path;

use serde_json::{Value, json};

use super::client::Editor;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_session_begins_once_and_ends_well_when_it_is_ended() {
    let mut editor = Editor::start(here(), &[]);
    let early = editor.answer("textDocument/hover", &json!({}));
    assert_eq!(early["error"]["code"], -32002, "{early}");
    editor.tell("textDocument/didOpen", &json!({}));
    let begun = editor.ask("initialize", &json!({"capabilities": {}}));
    assert_eq!(begun["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(begun["serverInfo"]["name"], "sysdrill");
    let again = editor.answer("initialize", &json!({"capabilities": {}}));
    assert_eq!(again["error"]["code"], -32600, "{again}");
    assert_eq!(editor.ask("shutdown", &Value::Null), Value::Null);
    let late = editor.answer("shutdown", &Value::Null);
    assert_eq!(late["error"]["code"], -32600, "{late}");
    editor.tell("exit", &Value::Null);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn an_editor_that_goes_without_a_word_is_no_good_end() {
    assert_eq!(Editor::start(here(), &[]).end(), Some(1));
    let mut editor = Editor::start(here(), &[]);
    editor.ask("initialize", &json!({"capabilities": {}}));
    editor.tell("exit", &Value::Null);
    assert_eq!(editor.end(), Some(1));
}

#[test]
fn a_session_that_would_write_a_baseline_does_not_begin() {
    for flags in [
        &["--write-baseline", "known.yaml"][..],
        &["--update-baseline"],
    ] {
        assert_eq!(Editor::start(here(), flags).end(), Some(2), "{flags:?}");
    }
}

#[test]
fn what_is_no_message_is_answered_as_the_protocol_has_it_and_harms_nothing() {
    let mut editor = Editor::start(here(), &[]);
    let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let nested = "[".repeat(100_000);
    for (bytes, code) in [
        (framed("{\"jsonrpc\": \"2.0\", \"id\": 1, "), -32700),
        (framed("\u{1b}]0;title\u{7}"), -32700),
        (framed(&nested), -32700),
        (framed("[]"), -32600),
        (framed("17"), -32600),
        (framed("{\"id\": 4}"), -32600),
        (
            "Content-Length: 99999999999999999999\r\n\r\n".to_owned(),
            -32700,
        ),
        ("no head at all\r\n\r\n".to_owned(), -32700),
    ] {
        editor.send(bytes.as_bytes());
        let answer = editor.receive();
        assert_eq!(answer["error"]["code"], code, "{bytes:.60?}: {answer}");
        assert_eq!(answer["id"], Value::Null);
    }
    editor.ask("initialize", &json!({"capabilities": {}}));
    editor.send(
        &[
            b"Content-Length: 4\r\n\r\n".as_slice(),
            &[b'"', 0xff, 0xfe, b'"'],
        ]
        .concat(),
    );
    assert_eq!(editor.receive()["error"]["code"], -32700);
    let unknown = editor.answer("workspace/executeCommand", &json!({}));
    assert_eq!(unknown["error"]["code"], -32601, "{unknown}");
    for (method, params) in [
        ("textDocument/didOpen", json!({"textDocument": 3})),
        ("textDocument/didChange", Value::Null),
        ("textDocument/didClose", json!([])),
        (
            "textDocument/didClose",
            json!({"textDocument": {"uri": "file:///nowhere"}}),
        ),
        ("$/cancelRequest", json!({"id": 99})),
        ("no/such/notice", json!({})),
    ] {
        editor.tell(method, &params);
    }
    assert_eq!(editor.close(), Some(0));
}
