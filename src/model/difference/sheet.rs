//! A design as sections of entries with facts: the form in which two are compared.
//!
//! Knows every part of a design; knows not what it is compared with, but for the names that components go by there.

use std::collections::BTreeMap;

use super::facts::{Entry, Fact, worth};
use crate::model::technology::normal;
use crate::model::{
    Attributes, Chain, Component, Connection, Decision, Design, Endpoint, Figure, Flow, Part,
    Route, Value, Vocabulary,
};

/// What components are called in the other design; those that are called the same are left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Names<'n>(Option<&'n BTreeMap<String, String>>);

impl<'n> Names<'n> {
    pub(super) const fn renamed(names: &'n BTreeMap<String, String>) -> Self {
        Self(Some(names))
    }

    fn of<'a>(self, id: &'a str) -> &'a str
    where
        'n: 'a,
    {
        self.0
            .and_then(|names| names.get(id))
            .map_or(id, String::as_str)
    }
}

/// A design with what is needed to put it into words.
struct Reader<'d> {
    design: &'d Design,
    vocabulary: &'d Vocabulary,
    names: Names<'d>,
}

/// The sections of a design, all of them, in the order of the design file.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) sections: Vec<(&'static str, Vec<Entry>)>,
}

impl Sheet {
    pub(super) fn of<'d>(design: &'d Design, vocabulary: &'d Vocabulary, names: Names<'d>) -> Self {
        let reader = Reader {
            design,
            vocabulary,
            names,
        };
        let parts = Part::ALL.iter();
        let parts = parts.map(|part| (part.word(), reader.part(*part)));
        let head = std::iter::once(("head", reader.head()));
        let rest = [
            ("platform", reader.platform()),
            ("session", reader.session()),
        ];
        Self {
            sections: head.chain(parts).chain(rest).collect(),
        }
    }
}

impl Reader<'_> {
    fn part(&self, part: Part) -> Vec<Entry> {
        let design = self.design;
        let requirements = &design.requirements;
        match part {
            Part::Functional => said(&requirements.functional),
            Part::NonFunctional => said(&requirements.non_functional),
            Part::OutOfScope => said(&requirements.out_of_scope),
            Part::Questions => said(&requirements.questions),
            Part::Assumptions => self.assumptions(),
            Part::Estimates => self.estimates(),
            Part::Components => self.all(&design.components, Self::component),
            Part::Connections => self.all(&design.connections, Self::connection),
            Part::Flows => self.all(&design.flows, Self::flow),
            Part::Api => design.api.iter().map(endpoint).collect(),
            Part::Data => self.data(),
            Part::Decisions => design.decisions.iter().map(decision).collect(),
            Part::Answers => self.answers(),
            Part::Allow => self.allow(),
        }
    }

    fn all<T>(&self, things: &[T], entry: fn(&Self, &T) -> Entry) -> Vec<Entry> {
        things.iter().map(|thing| entry(self, thing)).collect()
    }

    fn id(&self, component: usize) -> &str {
        self.names.of(self.design.id(component))
    }

    fn head(&self) -> Vec<Entry> {
        let design = self.design;
        let level = design.level.map(|level| level.word().to_owned());
        let facts = [
            word("problem", design.problem.as_ref()),
            word("title", design.title.as_ref()),
            word("author", design.author.as_ref()),
            word("level", level.as_ref()),
        ];
        vec![Entry::new("", facts.into_iter().flatten())]
    }

    fn assumptions(&self) -> Vec<Entry> {
        let all = self.design.requirements.assumptions.iter();
        all.map(|assumption| {
            let meaning = assumption.figure.as_ref().map(worth);
            let meaning = meaning.unwrap_or_else(|| assumption.text.clone());
            let value = Fact::meaning("value", &assumption.text, meaning);
            Entry::new(&assumption.name, [value]).known_as(normal(&assumption.name))
        })
        .collect()
    }

    fn estimates(&self) -> Vec<Entry> {
        let all = self.design.estimates.iter();
        all.map(|estimate| {
            let value = Fact::figure("value", &estimate.figure);
            let facts = std::iter::once(value).chain(figure("peak", estimate.peak.as_ref()));
            Entry::new(&estimate.name, facts).known_as(normal(&estimate.name))
        })
        .collect()
    }

    fn component(&self, component: &Component) -> Entry {
        let kind = &self.vocabulary.kinds.info(component.kind).id;
        let tags = &component.tags;
        let about = [
            Some(Fact::words("kind", kind)),
            self.technology(component),
            word("title", component.title.as_ref()),
            word("group", component.group.as_ref()),
            (!tags.is_empty()).then(|| Fact::set("tags", tags)),
        ];
        let facts = about.into_iter().flatten();
        let facts = facts.chain(self.attributes(&component.attributes));
        let facts = facts.chain(word("notes", component.notes.as_ref()));
        Entry::new(self.names.of(&component.id), facts)
    }

    /// The technology as written, which means the same by all of its names.
    fn technology(&self, component: &Component) -> Option<Fact> {
        let known = component
            .tech
            .map(|tech| self.vocabulary.technologies.info(tech));
        let id = known.map(|technology| technology.id.as_str());
        let written = component.tech_text.as_deref();
        let text = written.or(id)?;
        let meaning = id.map_or_else(|| normal(text), str::to_owned);
        Some(Fact::meaning("tech", text, meaning))
    }

    fn attributes(&self, attributes: &Attributes) -> Vec<Fact> {
        let all = attributes.iter();
        all.map(|(attribute, value)| {
            let row = attribute.row();
            match value {
                Value::Figure(figure) => Fact::figure(row.name, figure),
                Value::Word(id) if row.value.names_component() => {
                    Fact::words(row.name, self.names.of(id))
                }
                value => Fact::words(row.name, value.shown()),
            }
        })
        .collect()
    }

    fn connection(&self, connection: &Connection) -> Entry {
        let ends = format!("{} -> {}", self.id(connection.from), self.id(connection.to));
        let asynchronous = connection.asynchronous.then(|| Fact::words("async", "yes"));
        let attributes = self.attributes(&connection.attributes);
        Entry::new(ends, asynchronous.into_iter().chain(attributes))
    }

    fn flow(&self, flow: &Flow) -> Entry {
        let about = [
            word("title", flow.title.as_ref()),
            Some(self.route(&flow.route)),
            flow.kind.map(|kind| Fact::words("kind", kind.word())),
            figure("rate", flow.rate.as_ref()),
            figure("peak", flow.peak.as_ref()),
            figure("latency_p50", flow.latency_p50.as_ref()),
            figure("latency", flow.latency.as_ref()),
            figure("availability", flow.availability.as_ref()),
        ];
        Entry::new(&flow.id, about.into_iter().flatten())
    }

    fn route(&self, route: &Route) -> Fact {
        let between = |from: usize, to: usize| format!("{} to {}", self.id(from), self.id(to));
        match route {
            Route::Path(chains) => Fact::set("path", &self.chains(chains)),
            Route::Any(chains) => Fact::set("any", &self.chains(chains)),
            Route::Between { from, to } => Fact::words("from", between(*from, *to)),
            Route::From(from) => Fact::words("from", self.id(*from)),
        }
    }

    fn chains(&self, chains: &[Chain]) -> Vec<String> {
        chains.iter().map(|chain| self.chain(chain)).collect()
    }

    /// `web -> lb ~> (a | b)`, alternatives by their names.
    fn chain(&self, chain: &Chain) -> String {
        let stages = chain.stages.iter().map(|stage| {
            let mut ids: Vec<&str> = stage.iter().map(|at| self.id(*at)).collect();
            ids.sort_unstable();
            match ids.as_slice() {
                [id] => (*id).to_owned(),
                _ => format!("({})", ids.join(" | ")),
            }
        });
        let arrows = chain
            .asynchronous
            .iter()
            .map(|one| if *one { " ~> " } else { " -> " });
        let arrows = arrows.chain(std::iter::once(""));
        stages
            .zip(arrows)
            .map(|(stage, arrow)| stage + arrow)
            .collect()
    }

    fn data(&self) -> Vec<Entry> {
        let all = self.design.data.iter();
        all.map(|entity| {
            let store = entity.store.map(|at| Fact::words("store", self.id(at)));
            let key = (!entity.key.is_empty()).then(|| Fact::words("key", entity.key.join(", ")));
            let fields = &entity.fields;
            let fields = (!fields.is_empty()).then(|| Fact::set("fields", fields));
            Entry::new(&entity.name, [store, key, fields].into_iter().flatten())
        })
        .collect()
    }

    fn answers(&self) -> Vec<Entry> {
        let all = self.design.answers.iter();
        all.map(|answer| Entry::new(&answer.topic, [Fact::words("text", &answer.text)]))
            .collect()
    }

    fn allow(&self) -> Vec<Entry> {
        let all = self.design.allow.iter();
        all.map(|allowance| {
            let subject = allowance.subject.as_deref().map(|id| self.names.of(id));
            let of = subject.map(|id| format!(" of {id}")).unwrap_or_default();
            let facts = [
                Some(Fact::words("reason", &allowance.reason)),
                word("owner", allowance.owner.as_ref()),
                word("until", allowance.until.as_ref()),
            ];
            Entry::new(
                format!("{}{of}", allowance.rule),
                facts.into_iter().flatten(),
            )
        })
        .collect()
    }

    fn platform(&self) -> Vec<Entry> {
        let platform = self.design.platform.as_ref();
        let facts = platform.into_iter().flat_map(|platform| {
            [
                figure("zone_availability", platform.zone_availability.as_ref()),
                figure("region_availability", platform.region_availability.as_ref()),
                figure("zone_round_trip", platform.zone_round_trip.as_ref()),
                figure("region_round_trip", platform.region_round_trip.as_ref()),
            ]
        });
        vec![Entry::new("", facts.flatten())]
    }

    /// How the interview went; when it was is no difference.
    fn session(&self) -> Vec<Entry> {
        let session = self.design.session.as_ref();
        let facts = session.into_iter().flat_map(|session| {
            let spent = session.spent.iter();
            let spent = spent.map(|(step, time)| Fact::figure(format!("spent on {step}"), time));
            let hints =
                (session.hints > 0).then(|| Fact::words("hints", session.hints.to_string()));
            spent.chain(hints)
        });
        vec![Entry::new("", facts)]
    }
}

fn word(key: &'static str, text: Option<&String>) -> Option<Fact> {
    text.map(|text| Fact::words(key, text))
}

fn figure(key: &'static str, figure: Option<&Figure>) -> Option<Fact> {
    figure.map(|figure| Fact::figure(key, figure))
}

/// Sentences, of which each is an entry.
fn said(sentences: &[String]) -> Vec<Entry> {
    let sentences = sentences.iter();
    sentences.map(|text| Entry::new(text.trim(), [])).collect()
}

fn endpoint(endpoint: &Endpoint) -> Entry {
    let responses: Vec<String> = endpoint
        .responses
        .iter()
        .map(|response| {
            let status = response.status.map(|status| status.to_string());
            let parts = status.into_iter().chain([response.body.clone()]);
            parts
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    let request = Some(&endpoint.request).filter(|request| !request.is_empty());
    let responses = (!responses.is_empty()).then(|| Fact::set("responses", &responses));
    let facts = word("request", request).into_iter().chain(responses);
    Entry::new(format!("{} {}", endpoint.method, endpoint.path), facts)
}

/// A decision is known by its topic, or else by what was chosen.
fn decision(decision: &Decision) -> Entry {
    let facts = [
        word("choice", decision.topic.as_ref().map(|_| &decision.choice)),
        word("over", decision.over.as_ref()),
        word("because", decision.because.as_ref()),
    ];
    let name = decision.topic.as_ref().unwrap_or(&decision.choice);
    Entry::new(name, facts.into_iter().flatten())
}
