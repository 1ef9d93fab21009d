//! Usual ranges, read: those of kinds and technologies, and those of what is around them.
//!
//! Knows the keys by the tables of qualities and surroundings; knows no kind and no technology.

use crate::model::quantity::Dimension;
use crate::model::{Figure, Quality, Range, Surrounding, Surroundings, Usual};
use crate::notation::yaml::{Fields, Key, Node, Shape};
use crate::source::Issues;

/// The keys of a usual range.
pub const RANGE: &[Key] = &[
    Key::needed("from", Shape::Text, "The least that is usual."),
    Key::needed("to", Shape::Text, "The most."),
    Key::needed("source", Shape::Text, "Where that is known from."),
];

/// The keys of the qualities.
pub(super) fn quality_keys() -> impl Iterator<Item = &'static str> {
    Quality::ALL.iter().map(|quality| quality.word())
}

/// Reads the ranges of qualities that stand among the fields; other keys are the caller's business.
pub(super) fn usual(fields: &Fields<'_, '_>, issues: &mut Issues) -> Usual {
    let mut usual = Usual::default();
    for quality in Quality::ALL {
        let row = quality.row();
        *usual.slot(*quality) = fields
            .get(row.word)
            .and_then(|node| range(node, row.dimension, row.share, issues));
    }
    usual
}

/// Reads the file of what is usual around components: every key has to be there.
pub(super) fn surroundings(node: &Node<'_>, issues: &mut Issues) -> Option<Surroundings> {
    let fields = Fields::of(node, "the platform", issues)?;
    let keys: Vec<&str> = Surrounding::ALL.iter().map(|what| what.word()).collect();
    fields.only(&keys, issues);
    let ranges: Vec<Option<Range>> = Surrounding::ALL
        .iter()
        .map(|what| {
            let Some(node) = fields.get(what.word()) else {
                let message = format!("{} without `{}`", fields.what, what.word());
                let help = format!("add `{}: {{from: ..., to: ..., source: ...}}`", what.word());
                issues.error(fields.span, message, help);
                return None;
            };
            range(node, what.dimension(), false, issues)
        })
        .collect();
    Surroundings::new(ranges.into_iter().collect::<Option<Vec<_>>>()?)
}

/// A usual value: from, to, and where that is known from.
fn range(node: &Node<'_>, dimension: Dimension, share: bool, issues: &mut Issues) -> Option<Range> {
    let range = Fields::of(node, "a range", issues)?;
    range.known(RANGE, issues);
    let from = end(&range, "from", dimension, share, issues);
    let to = end(&range, "to", dimension, share, issues);
    let source = range.required("source", issues);
    let (from, to, source) = (from?, to?, source?);
    if from.quantity.value > to.quantity.value {
        issues.error(
            node.span,
            "a range from high to low",
            "swap the ends".to_owned(),
        );
        return None;
    }
    if source.trim().is_empty() {
        issues.error(
            node.span,
            "a range without a source",
            "say in a few words where it is from".to_owned(),
        );
        return None;
    }
    Some(Range::new(from, to, source))
}

/// One end of a range; complains of what cannot be one.
fn end(
    range: &Fields<'_, '_>,
    key: &str,
    dimension: Dimension,
    share: bool,
    issues: &mut Issues,
) -> Option<Figure> {
    let text = range.required(key, issues)?;
    let span = range.get(key).map_or(range.span, |node| node.span);
    let figure = Figure::parse(&text)
        .ok()
        .filter(|figure| figure.quantity.dimension == dimension);
    let Some(figure) = figure else {
        let message = format!("`{text}` is not {}", dimension.name());
        let help = "write a number with a unit of that, such as `5ms` or `2000/s`".to_owned();
        issues.error(span, message, help);
        return None;
    };
    let most = if share { 1.0 } else { f64::INFINITY };
    if !(0.0..=most).contains(&figure.quantity.value) {
        let help = if share {
            "a percentage between 0% and 100%"
        } else {
            "a number of at least 0"
        };
        let message = format!("`{text}` is impossible here");
        issues.error(span, message, help.to_owned());
        return None;
    }
    Some(figure)
}

#[cfg(test)]
mod tests {
    use super::super::{EMBEDDED, embedded_text, load};
    use super::*;
    use crate::model::Vocabulary;

    const PLATFORM: &str = "rubrics/platform.yaml";

    /// The complaints of a catalog whose surroundings are read from a text.
    fn complaints(text: &str) -> Vec<String> {
        let loaded = load(&[], &[(PLATFORM, text)]);
        loaded
            .mistakes
            .iter()
            .flat_map(|(source, issues)| {
                issues.iter().map(|issue| {
                    let line = source.position(issue.span.start).line;
                    format!("{line}: {}", issue.message)
                })
            })
            .collect()
    }

    #[test]
    fn a_missing_key_of_the_platform_is_said_with_its_place() {
        let text = embedded_text(PLATFORM).expect("embedded");
        let without = text.replacen("hot_shard:", "hot_shards:", 1);
        let complaints = complaints(&without);
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert!(
            complaints
                .iter()
                .any(|text| text.contains("without `hot_shard`"))
        );
        assert!(
            complaints
                .iter()
                .any(|text| text.contains("unknown key `hot_shards`"))
        );
    }

    #[test]
    fn every_faulty_range_is_said() {
        let text = embedded_text(PLATFORM).expect("embedded");
        let first = text.find("{from:").expect("a range");
        let end = text.find('}').expect("its end");
        let with =
            |range: &str| complaints(&format!("{}{range}{}", &text[..first], &text[end + 1..]));
        for (range, complaint) in [
            (
                "{from: 2ms, to: 1ms, source: s}",
                "a range from high to low",
            ),
            ("{from: 1/s, to: 2ms, source: s}", "`1/s` is not a duration"),
            ("{from: 1ms, to: 2ms}", "a range without `source`"),
            (
                "{from: 1ms, to: 2ms, source: \"\"}",
                "a range without a source",
            ),
            (
                "{from: 1ms, to: 2ms, source: s, by: me}",
                "unknown key `by` of a range",
            ),
        ] {
            let complaints = with(range);
            assert!(
                complaints.iter().any(|text| text.ends_with(complaint)),
                "{range}: {complaints:?}"
            );
        }
    }

    #[test]
    fn a_share_above_one_is_impossible() {
        let kinds =
            "kinds:\n  - id: box\n    usual: {hit_ratio: {from: 50%, to: 120%, source: s}}\n";
        let loaded = load(&[], &[("rubrics/kinds.yaml", kinds)]);
        let (_, issues) = loaded.mistakes.first().expect("a complaint");
        assert_eq!(issues[0].message, "`120%` is impossible here");
    }

    /// Kinds `above` and `below`, technologies that a provider runs or not.
    fn small() -> Vocabulary {
        let range = |from: &str, to: &str| format!("{{from: {from}, to: {to}, source: s}}");
        let kinds = format!(
            "kinds:\n  - id: above\n    usual: {{capacity: {}, latency: {}}}\n  - id: below\n    parent: above\n    usual: {{latency: {}}}\n",
            range("1/s", "2/s"),
            range("1ms", "2ms"),
            range("3ms", "4ms"),
        );
        let technologies = format!(
            "technologies:\n  - {{id: own, kind: below, capacity: {}}}\n  - {{id: run, kind: below, properties: {{managed: yes}}}}\n",
            range("5/s", "6/s"),
        );
        let files = [
            ("rubrics/kinds.yaml", kinds.as_str()),
            ("rubrics/technologies/all.yaml", technologies.as_str()),
        ];
        let loaded = load(&[], &files);
        assert!(loaded.mistakes.is_empty(), "{:?}", loaded.mistakes);
        loaded.catalog.knowledge.vocabulary
    }

    fn lower(
        vocabulary: &Vocabulary,
        kind: &str,
        tech: Option<&str>,
        what: Quality,
    ) -> Option<String> {
        let kind = vocabulary.kinds.named(kind).expect("a kind");
        let tech = tech.map(|tech| vocabulary.technologies.named(tech).expect("a technology"));
        vocabulary
            .usual(kind, tech, what)
            .map(|range| range.from.text.clone())
    }

    #[test]
    fn a_kind_inherits_what_it_does_not_say() {
        let small = small();
        assert_eq!(
            lower(&small, "below", None, Quality::Capacity).as_deref(),
            Some("1/s")
        );
        assert_eq!(
            lower(&small, "below", None, Quality::Latency).as_deref(),
            Some("3ms")
        );
        assert_eq!(
            lower(&small, "above", None, Quality::Latency).as_deref(),
            Some("1ms")
        );
    }

    #[test]
    fn a_technology_comes_before_its_kind() {
        let small = small();
        assert_eq!(
            lower(&small, "below", Some("own"), Quality::Capacity).as_deref(),
            Some("5/s")
        );
        assert_eq!(
            lower(&small, "above", Some("own"), Quality::Capacity).as_deref(),
            Some("5/s")
        );
        assert_eq!(
            lower(&small, "above", Some("own"), Quality::Latency).as_deref(),
            Some("1ms")
        );
    }

    #[test]
    fn what_a_provider_runs_grows_by_itself() {
        let small = small();
        assert_eq!(lower(&small, "below", Some("run"), Quality::Capacity), None);
        assert_eq!(
            lower(&small, "below", Some("run"), Quality::Latency).as_deref(),
            Some("3ms")
        );
    }

    #[test]
    fn the_embedded_surroundings_are_read() {
        let catalog = load(EMBEDDED, &[]).catalog;
        assert_ne!(
            catalog.knowledge.vocabulary.surroundings,
            Surroundings::default()
        );
    }
}
