//! The parts that are lists of words: interface, data model, decisions, answers, accepted findings, and the small maps
//! for platform and session.
//!
//! Knows the terse form of each entry; knows not what a good one is.

use super::reader::Reader;
use crate::model::quantity::Dimension;
use crate::model::{
    Allowance, Answer, Decision, Endpoint, Entity, Part, Place, Platform, Response, SessionRecord,
    Step,
};
use crate::notation::yaml::{
    Content, Fields, Key, Node, Shape, Term, list_of, names, one_or_many, text_of, texts_of,
};

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

/// The keys of a table, collection or topic.
pub(super) const ENTITY: &[Key] = &[
    Key::new("store", Shape::Of(Term::Id), "The component that holds it."),
    Key::new(
        "key",
        Shape::Many(&Shape::Text),
        "What it is looked up by, the partition key first.",
    ),
    Key::new("fields", Shape::Many(&Shape::Text), "What it holds."),
];

/// The keys of a decision in its long form.
pub(super) const DECISION: &[Key] = &[
    Key::new("topic", Shape::Text, "What is decided."),
    Key::needed("choice", Shape::Text, "What was chosen."),
    Key::new("over", Shape::Text, "What was not."),
    Key::new("because", Shape::Text, "Why."),
];

/// The keys of an accepted finding.
pub(super) const ALLOWANCE: &[Key] = &[
    Key::needed("rule", Shape::Of(Term::Rule), "The id of the rule."),
    Key::new(
        "subject",
        Shape::Of(Term::Subject),
        "The component or connection that it is accepted for; all where left out.",
    ),
    Key::needed("reason", Shape::Text, "Why it is accepted."),
    Key::new("owner", Shape::Text, "Who answers for that."),
    Key::new(
        "until",
        Shape::Text,
        "The last day on which it is: `2027-06-30`.",
    ),
];

/// The keys of the platform.
pub(super) const PLATFORM: &[Key] = &[
    Key::new(
        "zone_availability",
        Shape::Text,
        "The share of time that a zone is up.",
    ),
    Key::new(
        "region_availability",
        Shape::Text,
        "The share of time that a region is up.",
    ),
    Key::new(
        "zone_round_trip",
        Shape::Text,
        "The time from zone to zone and back.",
    ),
    Key::new(
        "region_round_trip",
        Shape::Text,
        "The time from region to region and back.",
    ),
];

/// The keys of what practice notes.
pub(super) const SESSION: &[Key] = &[
    Key::new("started", Shape::Text, "When the interview began."),
    Key::new(
        "spent",
        Shape::Of(Term::Steps),
        "The time that each step took.",
    ),
    Key::new("hints", Shape::Text, "How many hints were taken."),
    Key::new(
        "attacks",
        Shape::Many(&Shape::Text),
        "What the interviewer broke, such as kill zone:1.",
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

    pub(super) fn data(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "the data model", &mut self.issues) else {
            return;
        };
        for (key, value) in fields.entries() {
            let at = self.design.data.len();
            self.places.note(Place::Entry(Part::Data, at), key.span);
            let name = key.text().unwrap_or_default().to_owned();
            let entity = match &value.content {
                Content::Map(_) => self.long_entity(name, at, value),
                _ => Some(Entity {
                    name,
                    fields: texts_of(value, &mut self.issues),
                    ..Entity::default()
                }),
            };
            self.design.data.extend(entity);
        }
    }

    fn long_entity(&mut self, name: String, at: usize, node: &Node<'_>) -> Option<Entity> {
        let fields = Fields::of(node, "a table", &mut self.issues)?;
        fields.known(ENTITY, &mut self.issues);
        for key in names(ENTITY) {
            self.note_key(&fields, key, Place::Key(Part::Data, at, key));
        }
        let store = match (fields.text("store", &mut self.issues), fields.get("store")) {
            (Some(id), Some(node)) => self.component(&id, node.span),
            _ => None,
        };
        let key = fields.texts("key", &mut self.issues);
        Some(Entity {
            name,
            store,
            key,
            fields: fields.texts("fields", &mut self.issues),
        })
    }

    pub(super) fn decisions(&mut self, node: &Node<'_>) {
        for item in list_of(node, &mut self.issues) {
            self.places.note(
                Place::Entry(Part::Decisions, self.design.decisions.len()),
                item.span,
            );
            let decision = match &item.content {
                Content::Map(_) => self.long_decision(item),
                _ => text_of(item, &mut self.issues).map(decision_from_text),
            };
            self.design.decisions.extend(decision);
        }
    }

    fn long_decision(&mut self, item: &Node<'_>) -> Option<Decision> {
        let fields = Fields::of(item, "a decision", &mut self.issues)?;
        fields.known(DECISION, &mut self.issues);
        let choice = fields.required("choice", &mut self.issues);
        let mut text = |key| fields.text(key, &mut self.issues);
        let (topic, over, because) = (text("topic"), text("over"), text("because"));
        Some(Decision {
            topic,
            choice: choice?,
            over,
            because,
        })
    }

    pub(super) fn answers(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "the answers", &mut self.issues) else {
            return;
        };
        for (key, value) in fields.entries() {
            let span = crate::source::Span::new(key.span.start, value.span.end);
            self.places
                .note(Place::Entry(Part::Answers, self.design.answers.len()), span);
            let texts: Vec<String> = one_or_many(value)
                .iter()
                .filter_map(|item| text_of(item, &mut self.issues).map(str::to_owned))
                .collect();
            let topic = key.text().unwrap_or_default().to_owned();
            self.design.answers.push(Answer {
                topic,
                text: texts.join("\n"),
            });
        }
    }

    pub(super) fn allow(&mut self, node: &Node<'_>) {
        for item in list_of(node, &mut self.issues) {
            self.places.note(
                Place::Entry(Part::Allow, self.design.allow.len()),
                item.span,
            );
            let allowance = self.allowance(item);
            self.design.allow.extend(allowance);
        }
    }

    fn allowance(&mut self, item: &Node<'_>) -> Option<Allowance> {
        let fields = Fields::of(item, "an accepted finding", &mut self.issues)?;
        fields.known(ALLOWANCE, &mut self.issues);
        let rule = fields.required("rule", &mut self.issues);
        let reason = fields.required("reason", &mut self.issues);
        if let (Some(reason), Some(node)) = (&reason, fields.get("reason"))
            && reason.trim().is_empty()
        {
            let help = "say why the finding is accepted".to_owned();
            self.issues
                .error(node.span, "accepted without a reason", help);
        }
        let until = fields.text("until", &mut self.issues);
        if let (Some(date), Some(node)) = (&until, fields.get("until"))
            && !is_date(date)
        {
            let help = "write the day as `2027-06-30`".to_owned();
            self.issues
                .error(node.span, format!("`{date}` is no date"), help);
        }
        let subject = fields.text("subject", &mut self.issues);
        let owner = fields.text("owner", &mut self.issues);
        Some(Allowance {
            rule: rule?,
            subject,
            reason: reason?,
            owner,
            until,
        })
    }

    pub(super) fn platform(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "the platform", &mut self.issues) else {
            return;
        };
        fields.known(PLATFORM, &mut self.issues);
        let platform = Platform {
            zone_availability: fields
                .get("zone_availability")
                .and_then(|node| self.share(node)),
            region_availability: fields
                .get("region_availability")
                .and_then(|node| self.share(node)),
            zone_round_trip: fields
                .get("zone_round_trip")
                .and_then(|node| self.figure_of(node, Dimension::DURATION, "1ms")),
            region_round_trip: fields
                .get("region_round_trip")
                .and_then(|node| self.figure_of(node, Dimension::DURATION, "70ms")),
        };
        self.design.platform = Some(platform);
    }

    pub(super) fn session(&mut self, node: &Node<'_>) {
        let Some(fields) = Fields::of(node, "the session", &mut self.issues) else {
            return;
        };
        fields.known(SESSION, &mut self.issues);
        let mut session = SessionRecord {
            started: fields.text("started", &mut self.issues),
            attacks: fields.texts("attacks", &mut self.issues),
            ..SessionRecord::default()
        };
        if let Some(node) = fields.get("hints") {
            session.hints = self.hints(node).unwrap_or(0);
        }
        if let Some(spent) = fields
            .get("spent")
            .and_then(|node| Fields::of(node, "the time spent", &mut self.issues))
        {
            let words: Vec<&str> = Step::ALL.iter().map(|step| step.word()).collect();
            spent.only(&words, &mut self.issues);
            for step in Step::ALL {
                let time = spent
                    .get(step.word())
                    .and_then(|node| self.figure_of(node, Dimension::DURATION, "4m10s"));
                session.spent.extend(time.map(|time| (*step, time)));
            }
        }
        self.design.session = Some(session);
    }

    fn hints(&mut self, node: &Node<'_>) -> Option<u64> {
        let text = text_of(node, &mut self.issues)?;
        let number = text.parse().ok();
        if number.is_none() {
            let help = "write a whole number".to_owned();
            self.issues
                .error(node.span, format!("`{text}` is no number of hints"), help);
        }
        number
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

/// Reads the terse form of a decision: `[TOPIC:] CHOICE [over ALTERNATIVE] [because REASON]`.
#[must_use]
pub fn decision_from_text(text: &str) -> Decision {
    let (head, because) = cut(text, " because ");
    let (head, over) = cut(head, " over ");
    let (topic, choice) = match head.split_once(": ") {
        Some((topic, choice)) => (Some(topic.trim().to_owned()), choice),
        None => (None, head),
    };
    Decision {
        topic,
        choice: choice.trim().to_owned(),
        over,
        because,
    }
}

fn cut<'t>(text: &'t str, word: &str) -> (&'t str, Option<String>) {
    let lower = text.to_ascii_lowercase();
    match lower.find(word) {
        Some(at) => (
            text.get(..at).unwrap_or_default(),
            Some(
                text.get(at + word.len()..)
                    .unwrap_or_default()
                    .trim()
                    .to_owned(),
            ),
        ),
        None => (text, None),
    }
}

/// Whether a text is a day of the calendar as year-month-day, which sorts as time goes.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, length: usize| {
        let is_number =
            |part: &&&str| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        let part = parts.get(at).filter(is_number)?;
        part.parse::<u32>().ok().filter(|number| *number > 0)
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(1, 2), number(2, 2)) else {
        return false;
    };
    parts.len() == 3 && month <= 12 && day <= days_of(year, month)
}

/// The days of a month, by the Gregorian calendar.
const fn days_of(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
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

    #[test]
    fn a_day_is_one_of_the_calendar() {
        for day in ["2027-06-30", "2028-02-29", "2000-02-29", "2027-12-31"] {
            assert!(is_date(day), "{day}");
        }
        for none in [
            "2027-02-29",
            "2100-02-29",
            "2027-06-31",
            "2027-13-01",
            "2027-00-10",
            "2027-6-3",
            "2027-06-30-1",
            "+027-06-30",
            "soon",
        ] {
            assert!(!is_date(none), "{none}");
        }
    }
}
