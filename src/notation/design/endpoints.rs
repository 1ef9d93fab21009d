//! The interface: endpoints in a line or key by key.
//!
//! Knows the terse form, and how people list what comes back; knows not what a good interface is.

use super::reader::Reader;
use crate::model::{Endpoint, Part, Place, Response};
use crate::notation::yaml::{Content, Fields, Key, Node, Shape, list_of, text_of};

/// The keys of an endpoint in its long form.
pub(super) const ENDPOINT: &[Key] = &[
    Key::needed(
        "method",
        Shape::Text,
        "GET, POST, ..., or the name of the call.",
    ),
    Key::new("path", Shape::Text, "The path with its placeholders."),
    Key::new("request", Shape::Text, "What is sent."),
    Key::new(
        "response",
        Shape::Many(&Shape::Text),
        "What comes back: `201 {short_url}`.",
    ),
];

impl Reader<'_> {
    pub(super) fn api(&mut self, node: &Node<'_>) {
        for item in list_of(node, &mut self.issues) {
            self.places
                .note(Place::Entry(Part::Api, self.design.api.len()), item.span);
            let endpoint = match &item.content {
                Content::Map(_) => self.long_endpoint(item),
                _ => text_of(item, &mut self.issues).map(endpoint_from_text),
            };
            self.design.api.extend(endpoint);
        }
    }

    fn long_endpoint(&mut self, item: &Node<'_>) -> Option<Endpoint> {
        let fields = Fields::of(item, "an endpoint", &mut self.issues)?;
        if let [(key, value)] = fields.entries()
            && let Some(line) = key.text().filter(|key| key.contains(char::is_whitespace))
        {
            let whole = value.text().map(|rest| format!("{line}: {rest}"));
            let help = whole.filter(|whole| !whole.contains('"')).map_or_else(
                || "quote the whole line".to_owned(),
                |whole| format!("quote it: `\"{whole}\"`"),
            );
            let message = "`: ` makes a key and a value of an endpoint";
            self.issues.error(key.span, message, help);
            return None;
        }
        fields.known(ENDPOINT, &mut self.issues);
        let method = fields.required("method", &mut self.issues);
        let path = fields.text("path", &mut self.issues).unwrap_or_default();
        let request = fields.text("request", &mut self.issues).unwrap_or_default();
        let responses = fields.texts("response", &mut self.issues);
        let responses = responses
            .iter()
            .flat_map(|text| responses_from_text(text))
            .collect();
        Some(Endpoint {
            method: method?,
            path,
            request,
            responses,
        })
    }
}

/// Reads the terse form of an endpoint: `POST /v1/urls {long_url} -> 201 {short_url} | 429`.
#[must_use]
pub fn endpoint_from_text(text: &str) -> Endpoint {
    let (call, answer) = text.split_once("->").unwrap_or((text, ""));
    let call = call.trim();
    let (method, rest) = call.split_once(char::is_whitespace).unwrap_or((call, ""));
    let rest = rest.trim();
    let (path, request) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    Endpoint {
        method: method.to_owned(),
        path: path.to_owned(),
        request: request.trim().to_owned(),
        responses: responses_from_text(answer),
    }
}

/// `201 {short_url} | 301/302 Location`: each status with what comes back.
fn responses_from_text(text: &str) -> Vec<Response> {
    let mut responses = Vec::new();
    for piece in answers(text)
        .into_iter()
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
    {
        let head = piece
            .find(|c: char| !(c.is_ascii_digit() || c == '/'))
            .unwrap_or(piece.len());
        let (codes, body) = piece.split_at(head);
        let statuses: Vec<u16> = codes
            .split(|c: char| !c.is_ascii_digit())
            .filter(|code| code.len() == 3)
            .filter_map(|code| code.parse().ok())
            .collect();
        if statuses.is_empty() {
            responses.push(Response {
                status: None,
                body: piece.to_owned(),
            });
        }
        for status in statuses {
            responses.push(Response {
                status: Some(status),
                body: body.trim().to_owned(),
            });
        }
    }
    responses
}

/// The answers of an endpoint: a bar parts them, and outside of brackets also whatever else people put before a status
/// (`201 {id}, 404` and `201 {id} / 404`).
fn answers(text: &str) -> Vec<&str> {
    let (mut pieces, mut begin, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, sign) in text.char_indices() {
        match sign {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let rest = text.get(at + sign.len_utf8()..).unwrap_or_default();
        let is_loose = match sign {
            ',' | ';' => depth == 0,
            // `301/302` has one body.
            '/' => depth == 0 && rest.starts_with(' '),
            _ => false,
        };
        if sign == '|' || (is_loose && begins_with_status(rest)) {
            pieces.push(text.get(begin..at).unwrap_or_default());
            begin = at + sign.len_utf8();
        }
    }
    pieces.push(text.get(begin..).unwrap_or_default());
    pieces
}

/// Whether the next word is a status, such as `404`.
fn begins_with_status(text: &str) -> bool {
    let word = text.trim_start();
    let end = word
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(word.len());
    let status = word.get(..end).and_then(|digits| digits.parse().ok());
    end == 3 && status.is_some_and(|status: u16| (100..600).contains(&status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_told_apart_however_people_list_them() {
        for (text, statuses) in [
            ("-> 201 {id} | 400/429", &[201, 400, 429][..]),
            (
                "-> 200 [[term, 300], ...], 404 = none; 429",
                &[200, 404, 429],
            ),
            ("-> 202 {job} / 400 / 409", &[202, 400, 409]),
            ("-> 201 {name, 404}, and 3 more", &[201]),
        ] {
            let found = endpoint_from_text(&format!("GET /a {text}")).responses;
            let found: Vec<u16> = found
                .iter()
                .filter_map(|response| response.status)
                .collect();
            assert_eq!(found, statuses, "{text}");
        }
    }
}
