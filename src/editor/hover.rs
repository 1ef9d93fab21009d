//! What is known of the word at a byte: of a component, a flow, a figure, a word of the catalog, a key, a concept.
//!
//! Knows which word stands where; what is known of it stands on its card.

use super::card::Card;
use super::completion::{KIND, PROBLEM, RULE, RULES, TECH};
use super::draft::{COMPONENTS, Draft, names_figures};
use super::facts::Facts;
use super::words;
use crate::catalog::Catalog;
use crate::model::attribute::Bearer;
use crate::model::{Attribute, Quality, Range};
use crate::notation::design;
use crate::notation::yaml::{Limits, Piece, Sort, Step};
use crate::report::{Checked, Document};
use crate::source::Span;

/// What is known of a word, by the name of the shape that it has.
type Known = fn(&str, &Catalog) -> Option<Card>;

/// The shapes whose words the catalog knows.
const KNOWN: &[(&str, Known)] = &[
    (KIND, words::meaning),
    (TECH, words::meaning),
    ("kinds", words::kind),
    (RULE, words::rule),
    (RULES, words::rules),
    (PROBLEM, words::problem),
    ("concept", words::concept_named),
    ("page", words::page),
    ("figure", words::figure),
];

impl Draft<'_> {
    /// What is known of the word at a byte, and where that word stands. `checked` is the judgement of this very text.
    #[must_use]
    pub fn hover(&self, byte: usize, checked: Option<&Checked>) -> Option<(Span, Card)> {
        let (piece, path) = self.piece(self.sketch.at(byte)?)?;
        let known = match self.document {
            Document::Design => self.of_the_design(byte, &piece, &path, checked),
            _ => None,
        };
        known.or_else(|| match piece.sort {
            Sort::Key => Some((piece.span, self.key_card(&piece, &path)?)),
            Sort::Text => self.value_card(byte, &piece, &path),
            Sort::Item => None,
        })
    }

    /// Something that the design names itself.
    fn of_the_design(
        &self,
        byte: usize,
        piece: &Piece,
        path: &[Step<'_>],
        checked: Option<&Checked>,
    ) -> Option<(Span, Card)> {
        let vocabulary = &self.catalog.knowledge.vocabulary;
        let name = self.slice(piece.span);
        let assessment = checked.and_then(|checked| checked.assessment.as_ref());
        let analysis = assessment.map(|assessment| &assessment.analysis);
        let facts = |of: &dyn Fn(Facts<'_>) -> Option<Card>| {
            let design = design::read(self.text, vocabulary, &Limits::default()).design;
            of(Facts {
                design: &design,
                catalog: self.catalog,
                analysis,
            })
        };
        if let Some(mention) = self.component_at(byte) {
            let card = facts(&|facts| facts.component(mention.id))?;
            return Some((mention.span, card));
        }
        let card = match (piece.sort, path) {
            (Sort::Key, [Step::Key("flows")]) => facts(&|facts| facts.flow(name)),
            (Sort::Key, path) if names_figures(path) => facts(&|facts| facts.figure(name)),
            (Sort::Text, _) if self.entries("flows").iter().any(|(_, flow)| *flow == name) => {
                facts(&|facts| facts.flow(name))
            }
            _ => None,
        };
        card.map(|card| (piece.span, card))
    }

    fn key_card(&self, piece: &Piece, path: &[Step<'_>]) -> Option<Card> {
        let name = self.slice(piece.span);
        if let Some(attribute) = self.attribute(name, path) {
            return Some(words::attribute(
                attribute,
                self.usual_here(attribute, piece),
            ));
        }
        let about = [path, &[Step::Key(name)]].concat();
        let expected = self.expected(&about);
        match expected.about() {
            Some(about) => Some(Card::new(name, "").with_words(about)),
            None => words::rules(name, self.catalog),
        }
    }

    /// The attribute that a key of a component or a connection stands for.
    fn attribute(&self, name: &str, path: &[Step<'_>]) -> Option<Attribute> {
        let bearer = match path {
            [Step::Key(COMPONENTS), Step::Key(_)] => Bearer::Component,
            [Step::Key("connections"), Step::Item]
            | [Step::Key("connections"), Step::Item, Step::Key(_)] => Bearer::Connection,
            _ => return None,
        };
        Attribute::named(name, bearer).filter(|_| self.document == Document::Design)
    }

    /// What is usual of an attribute at the component that its key stands on.
    fn usual_here(&self, attribute: Attribute, key: &Piece) -> Option<&Range> {
        let vocabulary = &self.catalog.knowledge.vocabulary;
        let name = attribute.row().name;
        let quality = Quality::ALL.iter().find(|quality| quality.word() == name)?;
        let word = self.said_of(key.above?)?;
        let meaning = vocabulary.meaning(word)?;
        let tech = vocabulary.technologies.named(word);
        vocabulary.usual(vocabulary.kind_of(meaning), tech, *quality)
    }

    fn value_card(&self, byte: usize, piece: &Piece, path: &[Step<'_>]) -> Option<(Span, Card)> {
        let word = self.slice(piece.span);
        let expected = self.expected(path);
        let known = KNOWN.iter().filter(|(name, _)| expected.is(name));
        let mut cards = known.filter_map(|(_, card)| card(word, self.catalog));
        if let Some(card) = cards.next() {
            return Some((piece.span, card));
        }
        if let Some((Step::Key(key), around)) = path.split_last()
            && let Some(attribute) = self.attribute(key, around)
        {
            return Some((piece.span, words::attribute(attribute, None)));
        }
        self.concept_card(byte, piece)
    }

    /// The concept that words speak of, where nothing else is known of them.
    fn concept_card(&self, byte: usize, piece: &Piece) -> Option<(Span, Card)> {
        if self.document != Document::Design {
            return None;
        }
        let text = self.slice(piece.span);
        let knowledge = &self.catalog.knowledge;
        let (concept, range) = knowledge.concept_at(text, byte - piece.span.start)?;
        let card = words::concept(&concept.id, &concept.title, self.catalog);
        Some((piece.span.within(&range), card))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report;
    use crate::source::Source;

    const DESIGN: &str = "sysdrill: 1\nproblem: url-shortener\nlevel: senior\nrequirements:\n  functional: [people log in with OAuth]\n  \
        assumptions: {new_urls: 100M/month}\nestimates: {writes: new_urls * 2}\ncomponents:\n  web: client\n  \
        api: {kind: service, replicas: 3, capacity: 2000/s}\n  größe: {tech: redis, strategy: cache_aside}\n  db: {tech: postgres, replicas: 1}\n\
        connections:\n  - web -> api -> db\n  - api -> größe: {timeout: 1s}\n\
        flows:\n  open: {path: web -> api -> db, kind: read, rate: 600/s, availability: 99.9%}\n\
        decisions: [keep größe small because of memory]\nallow:\n  - {rule: store-on-one-machine, subject: db, reason: agreed}\n";

    /// The card at the mark that stands before a piece of the text, and what it is about.
    fn card(marked: &str) -> Option<(String, Card)> {
        let (before, after) = marked.split_once('¦').unwrap();
        let piece = format!("{before}{after}");
        let byte = DESIGN.find(&piece).expect(marked) + before.len();
        let catalog = Catalog::embedded();
        let checked =
            report::check_text(Source::new("a", DESIGN), catalog, None, &Limits::default());
        assert!(checked.issues.is_empty(), "{:?}", checked.issues);
        let draft = Draft::new(DESIGN, Document::Design, catalog);
        let (span, card) = draft.hover(byte, Some(&checked))?;
        Some((draft.slice(span).to_owned(), card))
    }

    /// A word, where words are that it stands in, the title of its card and something on it.
    const WORDS: &[(&str, &str, &str, &str)] = &[
        (
            "  a¦pi: {",
            "api",
            "api",
            "stated: replicas 3, capacity 2000/s",
        ),
        ("  a¦pi: {", "api", "api", "called by: web"),
        ("  a¦pi: {", "api", "api", "load: 600/s, used 10%"),
        ("-> api¦ -> db\n", "api", "api", "flows: open"),
        ("  d¦b: {", "db", "db", "one machine less stops: open"),
        ("- api -> grö¦ße", "größe", "größe", "usual capacity"),
        ("keep grö¦ße small", "größe", "größe", "redis"),
        ("subject: d¦b", "db", "db", "postgres"),
        (
            "tech: post¦gres",
            "postgres",
            "PostgreSQL",
            "read: sysdrill ref",
        ),
        ("kind: ser¦vice", "service", "service", "technologies: "),
        (
            "repl¦icas: 3, c",
            "replicas",
            "replicas",
            "Identical instances",
        ),
        ("capa¦city: 2", "capacity", "capacity", "usual here: "),
        (
            "strat¦egy",
            "strategy",
            "strategy",
            "one of: cache_aside, read_through",
        ),
        (
            "cache_¦aside",
            "cache_aside",
            "strategy",
            "one of: cache_aside",
        ),
        ("time¦out", "timeout", "timeout", "such as: "),
        ("  op¦en:", "open", "open", "availability: "),
        ("wri¦tes:", "writes", "writes", "comes to: "),
        ("new_¦urls: 100M", "new_urls", "new_urls", "taken as given"),
        (
            "store-on¦-one",
            "store-on-one-machine",
            "store-on-one-machine",
            "the interviewer asks: ",
        ),
        (
            "url-sh¦ortener",
            "url-shortener",
            "URL shortener",
            "practise: ",
        ),
        (
            "connec¦tions:",
            "connections",
            "connections",
            "Who calls whom",
        ),
        ("re¦ason:", "reason", "reason", "Why it is accepted"),
        ("OAu¦th", "log in with OAuth", "", "a concept"),
    ];

    #[test]
    fn every_word_has_its_card() {
        for (marked, word, title, said) in WORDS {
            let (found, card) = card(marked).unwrap_or_else(|| panic!("{marked}"));
            let text = card.text();
            assert!(
                text.contains(said) && text.starts_with(title),
                "{marked}: {text}"
            );
            assert!(
                word.contains(&found) && !found.is_empty(),
                "{marked}: {found}"
            );
        }
    }

    /// Names with a mark, and the titles of their cards.
    const NAMED: &[(Document, &str, &str)] = &[
        (
            Document::Config,
            "select: [topic:cach¦ing]",
            "topic:caching",
        ),
        (
            Document::Config,
            "severity: {topic:cach¦ing: major}",
            "topic:caching",
        ),
        (
            Document::Config,
            "ignore: store-on-one¦-machine",
            "store-on-one-machine",
        ),
        (
            Document::Rubric,
            "rules: [{expect: {component: {kind: data¦store}}}]",
            "datastore",
        ),
        (
            Document::Rubric,
            "rules: [{expect: {component: {tech: red¦is}}}]",
            "Redis",
        ),
        (
            Document::Rubric,
            "rules: [{expect: {text: {says: [time¦out]}}}]",
            "timeouts",
        ),
        (
            Document::Rubric,
            "rules: [{reference: caching/cache-as¦ide}]",
            "Cache-aside",
        ),
        (
            Document::Rubric,
            "rules: [{when: {estimate: {of: write¦_qps}}}]",
            "write_qps",
        ),
        (
            Document::Problem,
            "deep_dives: [{looks_for: time¦out}]",
            "timeouts",
        ),
        (
            Document::Problem,
            "estimates: [{id: write¦_qps}]",
            "write_qps",
        ),
        (
            Document::Review,
            "findings: [{rule: store-on-one¦-machine}]",
            "store-on-one-machine",
        ),
    ];

    #[test]
    fn names_in_rules_problems_configurations_and_reviews_have_their_cards() {
        for (document, marked, expected) in NAMED {
            let byte = marked.find('¦').unwrap();
            let text = marked.replace('¦', "");
            let draft = Draft::new(&text, *document, Catalog::embedded());
            let title = draft.hover(byte, None).map(|(_, card)| card.title);
            assert_eq!(title.as_deref(), Some(*expected), "{marked}");
        }
    }

    #[test]
    fn words_of_which_nothing_is_known_have_none() {
        assert_eq!(card("reason: agr¦eed"), None);
        assert_eq!(
            card("sysdrill¦: 1").map(|(word, _)| word).as_deref(),
            Some("sysdrill")
        );
    }

    #[test]
    fn a_broken_text_has_cards_too() {
        let text = "sysdrill: 1\ncomponents:\n  api: {kind: service, replicas: 3}\n  db: {tech: redis, repl\nconnections:\n  - api -> d";
        let draft = Draft::new(text, Document::Design, Catalog::embedded());
        let of = |piece: &str| {
            let byte = text.find(piece).unwrap();
            draft.hover(byte, None).map(|(_, card)| card.title)
        };
        assert_eq!(of("redis").as_deref(), Some("Redis"));
        assert_eq!(of("replicas").as_deref(), Some("replicas"));
        assert_eq!(of("connections").as_deref(), Some("connections"));
    }
}
