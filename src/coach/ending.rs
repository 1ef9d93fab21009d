//! The end: the design as a file, read back and judged as `sysdrill check` does it, so that both give the same score; and
//! what to learn from it.
//!
//! Knows how writing, reading and judging come together; knows no file system.

use super::reply::{Finish, Listing, Reply};
use super::session::Session;
use super::{feedback, interviewer, nearest, offers};
use crate::assess::Assessment;
use crate::drawing::{self, Picture};
use crate::notation::design;
use crate::notation::yaml::Limits;
use crate::report;
use crate::source::Source;

/// What the judged file is called where no path is known.
const NAME: &str = "design";

/// The design file as it stands.
pub(super) fn written(session: &Session<'_>) -> String {
    design::write(&session.design(), session.vocabulary())
}

/// Ends the session with the report: what matters most comes last, for that stays on the screen.
pub(super) fn finish(session: &mut Session<'_>) -> Vec<Reply> {
    session.over = true;
    let text = written(session);
    let source = Source::new(NAME, text.clone());
    let checked = report::check_text(source, session.catalog, None, &Limits::default());
    let report = checked
        .assessment
        .iter()
        .flat_map(|assessment| report_of(session, assessment))
        .filter(|part| !part.rows.is_empty())
        .collect();
    let assessment = checked.assessment.as_ref();
    let picture = assessment.and_then(|assessment| picture(session, assessment));
    vec![Reply::Finished(Box::new(Finish {
        text,
        checked,
        report,
        picture,
    }))]
}

fn picture(session: &Session<'_>, assessment: &Assessment) -> Option<String> {
    let design = session.design();
    let picture = Picture {
        marks: report::marks(assessment, &design),
        within_a_page: true,
        ..Picture::plain(&design, session.vocabulary())
    };
    let is_drawn = !design.components.is_empty();
    is_drawn.then(|| drawing::svg(&picture).ok()).flatten()
}

fn report_of(session: &Session<'_>, assessment: &Assessment) -> Vec<Listing> {
    let mut parts = vec![feedback::strengths(session, assessment)];
    parts.extend(interviewer::review(session));
    parts.extend(offers::left(session));
    parts.extend(session.clock.listing(None));
    parts.extend(interviewer::fared(session, &assessment.attacks));
    parts.extend(interviewer::changed(session, &assessment.score));
    parts.extend(nearest::compared(session));
    parts.push(feedback::levels(session, assessment));
    parts.push(feedback::not_stated(assessment));
    parts.push(interviewer::mistaken(session));
    parts.extend(feedback::to_work_on(session, assessment));
    parts
}
