//! What a sentence about components would draw: an arrow, a `set`, an `add`, a `rename` or an `rm`.
//!
//! Knows what is changed, and which line changes it; draws nothing.

mod agents;
mod chain;
mod changes;
mod choices;
mod names;
mod restated;
mod roles;
mod split;
mod stated;
mod vague;
mod ways;

pub(super) use changes::{change, missing};
pub(super) use names::{arrow_called, component_called, only_one, without_arrow_word};
pub(super) use restated::restated;
pub(super) use split::undivided;
pub(super) use vague::vague;

use chain::chain;
use names::{Named, attribute_of, words};
use stated::{REPLICAS, everything, stated, stated_of_each, values};

use super::session::Session;
use crate::notation::arrows;
use crate::rubric::Describing;

/// What a sentence about components means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sketch {
    /// The lines that say it.
    pub lines: Vec<String>,
    /// What it does.
    pub what: &'static str,
    /// Something is left to fill in.
    pub is_open: bool,
    /// It states attributes of what is drawn, in words for them.
    pub is_stated: bool,
}

impl Sketch {
    fn new(line: String, what: &'static str) -> Self {
        Self {
            lines: vec![line],
            what,
            is_open: false,
            is_stated: false,
        }
    }

    /// Both, line by line.
    fn and(mut self, other: Self) -> Self {
        let new = other.lines.into_iter();
        let new: Vec<String> = new.filter(|line| !self.lines.contains(line)).collect();
        self.lines.extend(new);
        self.is_stated &= other.is_stated;
        if self.what != other.what {
            self.what = "say that";
        }
        self
    }

    /// Whether it joins components by an arrow.
    pub fn is_joined(&self) -> bool {
        self.lines.iter().any(|line| arrows::has_arrow(line))
    }

    /// What is said of it.
    pub fn in_words(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(|line| format!("`{line}`")).collect();
        format!("{} {}.", lines.join(", "), self.what)
    }
}

/// What stands between the cells of a table.
const CELLS: char = '|';

/// By which two parts are one, unless it is said of one of them: "through the same gateway".
const SAME: &str = "same";

/// The words that sentences about a drawing are known by.
fn describing<'c>(session: &Session<'c>) -> &'c Describing {
    &session.talk().describing
}

/// A sentence as it is read: written out, without idioms.
fn read(session: &Session<'_>, text: &str) -> String {
    let talk = session.talk();
    let long = talk.written_out(text);
    let is_name = |word: &str| session.vocabulary().meaning(word).is_some();
    let text = talk.without_idioms(long.as_deref().unwrap_or(text), is_name);
    names::with_typed(session, &text)
}

/// Whether a sentence says how many components there are or how long something lasts: "all services run 6 instances".
pub(super) fn states(session: &Session<'_>, text: &str) -> bool {
    let stating = &describing(session).stating;
    let lower = text.to_lowercase();
    words(&lower).any(|word| stating.has(word) || attribute_of(word).is_some())
}

/// Whether a text has the name of a product, which is drawn or recorded and asked of nobody.
pub(super) fn names_product(session: &Session<'_>, text: &str) -> bool {
    let text = read(session, text).to_lowercase();
    let words: Vec<&str> = words(&text).collect();
    let named = names::named(session, &words);
    named
        .iter()
        .any(|name| name.is_product(session.vocabulary()))
}

/// The lines that what is said about components means, sentence by sentence: none calls what another speaks of.
pub(super) fn of(session: &Session<'_>, text: &str) -> Option<Sketch> {
    // What is only said to be wrong is not drawn.
    let text = session.talk().without_rejected(text);
    let sentences = sentences(session, text);
    if sentences.len() < 2 {
        return of_sentence(session, text);
    }
    let sketches = sentences
        .iter()
        .filter_map(|part| of_sentence(session, part));
    let mut sketches = sketches.filter(|sketch| !sketch.is_open);
    let Some(first) = sketches.next() else {
        return of_sentence(session, text);
    };
    Some(sketches.fold(first, Sketch::and))
}

/// The sentences of a text; one that goes on with who was named before belongs to that.
fn sentences<'t>(session: &Session<'_>, text: &'t str) -> Vec<&'t str> {
    let describing = describing(session);
    let goes_on = |rest: &str| {
        let first = rest.split_whitespace().next().unwrap_or_default();
        let first = first
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        describing.going_on.has(&first) || describing.turning.has(&first)
    };
    let ends = text.match_indices([';', '.', '!']).filter(|(at, _)| {
        let (before, behind) = text.split_at(*at);
        let word = before.rsplit(' ').next().unwrap_or_default();
        // "E.g." ends none.
        let is_word = word.len() > 1 && !word.contains('.');
        let rest = behind.get(1..).unwrap_or_default();
        is_word && rest.starts_with(' ') && !goes_on(rest)
    });
    let mut from = 0;
    let mut all = Vec::new();
    for (end, _) in ends.chain([(text.len(), "")]) {
        let part = text.get(from..end).unwrap_or_default().trim();
        all.extend((!part.is_empty()).then_some(part));
        from = end + 1;
    }
    all
}

/// The line that a sentence about components means.
fn of_sentence(session: &Session<'_>, text: &str) -> Option<Sketch> {
    // The cells of a table make no sentence.
    if text.matches(CELLS).count() > 1 {
        return None;
    }
    if let Some(change) = change(session, text) {
        return Some(change);
    }
    let talk = session.talk();
    // What is only said to be wrong is not drawn.
    let text = talk.without_rejected(text);
    let typed = read(session, text);
    let typed: Vec<&str> = words(&typed).collect();
    let lower: Vec<String> = typed.iter().map(|word| word.to_lowercase()).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    let describing = describing(session);
    let states = describing.stating.has_any(&words);
    let named = changes::wanted(session, &words);
    let mut named = choices::without_what_they_are(session, &words, named);
    // Who is known by what it does alone is a part where another is.
    let is_known = |name: &Named| name.kind.is_some();
    if !named.iter().any(is_known) {
        named.clear();
    }
    if let Some(said) = renamed(&typed, &named).or_else(|| made_of(session, &words, &named)) {
        return Some(said);
    }
    let supposes = words
        .first()
        .is_some_and(|word| describing.supposing.has(word));
    if draws_nothing(session, text, &words, &named, supposes) {
        return None;
    }
    let is_of_all = states && describing.everything.begin_any(&words);
    if let Some(all) = is_of_all
        .then(|| everything(session, &words, &named))
        .flatten()
    {
        return Some(all);
    }
    match named.as_slice() {
        [one] if one.is_drawn => stated(session, &words, one, REPLICAS),
        [one] if states && !values(session, &words).is_empty() => {
            stated_of_each(session, &words, std::slice::from_ref(one))
        }
        [] => None,
        // "If a worker dies" draws none, nor does what is said of any service.
        [one] if supposes || describing.nameless.has(&one.id) => None,
        // "I'd rather use mqtt" says how parts talk.
        [one] if ways::is_protocol(session, one) => None,
        [one] => Some(Sketch::new(
            format!("add {}", one.id),
            "draws it, and so does an arrow that leads there",
        )),
        all if states => stated_of_each(session, &words, all)
            .or_else(|| chain(session, &words, &names::mentions(session, &words, all))),
        [_, _, ..] => chain(session, &words, &names::mentions(session, &words, &named))
            .or_else(|| chain::each_for_its_own(session, &words, &named)),
    }
}

/// Whether words draw nothing, whatever they name: they keep, merge or part what is there, or suppose that it fails.
fn draws_nothing(
    session: &Session<'_>,
    text: &str,
    words: &[&str],
    named: &[Named],
    supposes: bool,
) -> bool {
    let (talk, describing) = (session.talk(), describing(session));
    let keeps = words.iter().position(|word| *word == "keep");
    let keeps = keeps.is_some_and(|at| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        before.is_none_or(|word| describing.keeping.has(word))
    });
    let parts = talk.changing.parts(&text.to_lowercase());
    let is_of_one = |at: usize| named.iter().any(|name| name.at.start == at + 1);
    let mut same = words.iter().enumerate();
    let same = same.any(|(at, word)| *word == SAME && !is_of_one(at));
    let fails = named.iter().any(|name| {
        let behind = words.get(name.at.end..).unwrap_or_default().iter();
        let mut behind = behind.take(2).take_while(|word| **word != names::COMMA);
        behind.any(|word| describing.broken.has(word))
    });
    let fails = fails || (supposes && describing.failing.has_any(words));
    describing.merging.has_any(words) || same || keeps || parts || fails
}

/// "rename the lb to alb", wherever it stands in a sentence.
fn renamed(words: &[&str], named: &[Named]) -> Option<Sketch> {
    let verb = words.iter().position(|word| *word == "rename")?;
    let to = verb
        + words
            .get(verb..)?
            .iter()
            .position(|word| ["to", "as", "into"].contains(word))?;
    let mut known = named
        .iter()
        .filter(|name| name.is_drawn && name.at.end <= to);
    let old = known.next_back()?;
    let new = words.get(to + 1).filter(|word| arrows::is_id(word))?;
    Some(Sketch::new(
        format!("rename {} {new}", old.id),
        "gives it that name",
    ))
}

/// "The lb is nginx": what a part is made of, where that is no part of its own.
fn made_of(session: &Session<'_>, words: &[&str], named: &[Named]) -> Option<Sketch> {
    let [part, product] = named else {
        return None;
    };
    let describing = describing(session);
    let between = words.get(part.at.end..product.at.start)?.iter();
    let between = between.filter(|word| !describing.articles.has(word));
    let between: Vec<&str> = between.copied().collect();
    let is_said = describing.made_of.has(&between.join(" "));
    let word = product.id.replace('-', " ");
    let is_product = session.vocabulary().technologies.named(&word).is_some();
    let is_it = is_said && is_product && part.is_drawn && !product.is_drawn;
    is_it.then(|| {
        Sketch::new(
            format!("set {} tech={}", part.id, product.id),
            "says what it is made of",
        )
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::catalog::Catalog;
    use crate::coach::{Event, Line, Options, Reply};

    /// What sentences mean to somebody who has drawn these.
    const DRAWING: &str =
        "web -> lb -> chat-server x3 -> rules:postgres, redis; chat-server ~> kafka";
    const SAID: &str = "
        the chat server asks redis and memcached | chat-server -> redis, memcached
        chat servers write to kafka and a worker stores it in cassandra | chat-server ~> kafka ~> worker -> cassandra
        the chat server writes to cassandra and publishes an event to kafka | chat-server -> cassandra; chat-server ~> kafka
        the chat server asks memcached first and falls back to cassandra | chat-server -> memcached; chat-server -> cassandra
        kafka feeds the push workers, and they ask redis | kafka ~> push-workers -> redis
        I'd put a cdn in front of the load balancer | cdn -> lb
        the api gateway sits behind the load balancer | lb -> api-gateway
        two zones, 3 replicas for postgres | set rules zones=2 replicas=3
        scale the chat server to 6 | set chat-server replicas=6
        how many zones does redis have | set redis zones=...
        we can remove the load balancer | rm lb; web -> chat-server
        let us rename the load balancer to edge | rename lb edge
        use s3 for the pictures | add s3
        lb and redis are the same, merge them | nothing
        the lb is nginx | set lb tech=nginx
        the chat server stores messages in postgres and files in s3 | chat-server -> rules; chat-server -> s3
        the api stores metadata in cassandra and files in s3 | api -> cassandra; api -> s3
        the app talks to the blob store, which stores everything in cassandra | app -> blob-store -> cassandra
        an extra hop adds latency | nothing
        an extra service adds latency and makes ops harder | nothing
        the chat server is written in go | nothing
        they go to the same redis shard, so one of the two wins | set redis shards=...
        one of the two chat server instances gets it | set chat-server replicas=...
        redis is a cache-aside cache with TTL 24h, LRU | set redis ttl=24h strategy=cache_aside eviction=lru
        redis is our session cache | nothing
        the chat server is a stateless service behind the lb | nothing
        kafka is a queue between the chat server and a worker | chat-server ~> kafka ~> worker
        redis has a TTL of 1h and LRU eviction | set redis ttl=1h eviction=lru
        redis is sharded 10 ways with 2 replicas each | set redis shards=10 replicas=2
        redis is cache-aside rather than write-through | nothing
        scratch that, I'd use a state machine in the chat server | nothing
        actually, I'd rather use rabbitmq than sqs | add rabbitmq
        the limiter sits in the lb | nothing
        I considered sqs, but kafka it is | nothing
        the lb terminates tls; the chat server talks to cassandra | chat-server -> cassandra
        the lb terminates tls. the chat server calls memcached | chat-server -> memcached
        events go into rabbitmq, from where a worker stores them in cassandra | rabbitmq ~> worker -> cassandra
        s3 emits an event to sqs, and a worker verifies the checksum | s3 ~> sqs ~> worker
        cassandra for posts and memcached for sessions | add cassandra; add memcached
        the photos go to s3 with a cdn | cdn -> s3
        keep only ids in redis, 800 per user | nothing
        everything but redis runs in three zones | set lb zones=3; set chat-server zones=3; set rules zones=3; set kafka zones=3
        I'd rather use grpc | nothing
        the api also talks to users-db | api -> users-db
        use kafka between the lb and the replicator | lb ~> kafka ~> replicator
        use kafka between the lb and some copies | nothing
        redis reads from postgres, not from kafka | redis -> rules
        the chat server does not call kafka | nothing
        memcached talks to redis, not to kafka | memcached -> redis
        the search service calls redis instead of kafka | search-service -> redis
        the chat server retries 3 times | nothing
        each chat server handles 2000 rps | set chat-server capacity=2000/s
        clients talk to a load balancer, which spreads over six api servers | web -> lb -> api-servers x6
        the app talks to the search service via the api | app -> api -> search-service
        the app goes to the search service through the same lb | app -> lb -> search-service
        the app goes via the lb to the search service | app -> lb -> search-service
        the app calls the api over http, and the api writes to cassandra via rabbitmq | app -> api ~> rabbitmq ~> cassandra
        s3 triggers the transcoder via sqs | s3 ~> sqs ~> transcoder
        events go from the api through rabbitmq to clickhouse | api ~> rabbitmq ~> clickhouse
        the app uploads straight to s3 with a presigned url from the api | app -> s3; app -> api
        a cdn sits between the clients and the lb | web -> cdn -> lb
        memcached sits between the api and cassandra | api -> memcached -> cassandra
        put a cdn between the lb and the clients, and the lb calls the api | web -> cdn -> lb; lb -> api
        between the app and the api sits a gateway | app -> gateway -> api
        the lb spreads requests between the api and the search service | lb -> api, search-service
        memcached is read from the api | api -> memcached
        memcached is read by the api | api -> memcached
        memcached is filled from cassandra | memcached -> cassandra
        redis is sharded by user | nothing
        rider app and driver app both talk to the search service | rider-app, driver-app -> search-service
        the search service caches hot links in memcached w/ a ttl of 1 day | search-service -> memcached
        the api caches hot links in memcached | api -> memcached
        ride events land in rabbitmq, billing worker picks them up | rabbitmq ~> billing-worker
        offline users get a push from the notification service via apns | notification-service -> apns
        suggest api is called by the browser through a cdn | web -> cdn -> suggest-api
        the group service gets requests from other teams through an api gateway | api-gateway -> group-service
        the search service looks up tokens in cassandra, caches them in memcached | search-service -> cassandra; search-service -> memcached
        the search service asks memcached, on miss it reads from cassandra | search-service -> memcached; search-service -> cassandra
        the search service puts jobs on sqs, one queue per channel | search-service ~> sqs
        the scheduler polls the campaigns table in cassandra | scheduler -> cassandra
        redis down: the search service still works from memcached | nothing
        the gateway dies, the web reconnects to the search service | nothing
        the search service publishes to rabbitmq, the builder worker stores it in s3 | search-service ~> rabbitmq ~> builder-worker -> s3
        the lb hands it to the search service via grpc | lb -> search-service
        the matcher asks the location service for the nearest 10 drivers | matcher -> location-service
        pings go from the driver app over the lb to location service | driver-app -> lb -> location-service
        the search service prefers rabbitmq over sqs | search-service ~> rabbitmq
        memcached maps users to machines, the group service looks it up there | group-service -> memcached; group-service -> machines
        trie builder reads cassandra and pushes new tries to the chat server | trie-builder -> cassandra; trie-builder -> chat-server
        the api asks the key generator for a range, it keeps them in cassandra | api -> key-generator -> cassandra
        the counter reads 100 and the sender writes it to his paper | nothing
        the api asks memcached first, then cassandra | api -> memcached; api -> cassandra
        the api checks things in cassandra then drops it on rabbitmq | api -> cassandra; api ~> rabbitmq
        the feed service looks in memcached first then in the post db | feed-service -> memcached; feed-service -> post-db
        the limiter keeps counters in redis, limits come from a config db | limiter -> redis; limiter -> config
        events get logged to rabbitmq by the search service | search-service ~> rabbitmq
        put memcached next to the push worker for dedup | push-worker -> memcached
        the web calls the suggest api through a cdn | web -> cdn -> suggest-api
        other services call the group api | services -> group-api
        one topic per channel, workers read from it | kafka ~> workers
        the app talks to the api gw, gw auths via the iam service, then the object service | app -> api-gw -> iam-service -> object-service
        rabbitmq is consumed by the push workers | rabbitmq ~> push-workers
        the location service gets pings from the driver app | driver-app -> location-service
        app -> lb -> feed service and post service | app -> lb -> feed-service, post-service
        the api reads from memcached and falls back to cassandra | api -> memcached; api -> cassandra
        the app goes through the api to the search service | app -> api -> search-service
        cache the feeds in memcached | add memcached
        a worker writes the events to cassandra | worker -> cassandra
        push workers read from kafka and call fcm | kafka ~> push-workers; push-workers -> fcm
        workers consume from kafka and call fcm | kafka ~> workers; workers -> fcm
        workers read from rabbitmq | rabbitmq ~> workers
        servers use memcached | chat-server -> memcached
        rabbitmq is consumed by workers that call fcm | rabbitmq ~> workers -> fcm
        connect web to edge:cloudfront | web -> edge:cloudfront
        connect the chat server to links:dynamodb, links:dynamodb | chat-server -> links:dynamodb
        connect web with store: the best there is | nothing
        20 servers at 100k rps each | set chat-server replicas=20 capacity=100k/s
        the chat servers take 100k rps each | set chat-server capacity=100k/s
        split the chat server into a read api and a write api | rename chat-server read-api; add write-api: service; lb -> write-api -> rules, redis; write-api ~> kafka
        split the lb into web and mobile so that they scale alone | rename lb web-lb; add mobile-lb: load_balancer; web -> mobile-lb -> chat-server
        split redis into 3 shards | set redis shards=3
        split the chat server into chat server and a worker | add worker: worker; lb -> worker -> rules, redis; worker ~> kafka
        a worker consumes rabbitmq and writes to cassandra | rabbitmq ~> worker; worker -> cassandra
        rabbitmq gets the events from the chat server | chat-server ~> rabbitmq
        the chat server publishes to kafka and a worker reads from kafka and writes to cassandra | chat-server ~> kafka ~> worker -> cassandra
        that looks good | nothing
        forget kafka, use rabbitmq instead | set kafka tech=rabbitmq; rename kafka rabbitmq
        let's not use the load balancer, an api gateway is enough | set lb kind=api_gateway; rename lb api-gateway
        actually I've changed my mind about postgres: dynamodb is simpler | set rules tech=dynamodb
        scrap that, we'll go with cassandra for the chat server | set rules tech=cassandra
        we don't need the redis after all, since reads are few | rm redis
        on delete we remove the redis entry | nothing
        make it 12 chat servers, not 3 | set chat-server replicas=12
        the TTL in redis should be one hour, not 24 | set redis ttl=1 hour
        three replicas of postgres across two availability zones, and redis with a TTL of 60 seconds | set rules replicas=3 zones=2; set redis ttl=60 seconds
        clients fetch it from the cdn, and the cdn pulls from s3 | web -> cdn -> s3
        media goes to s3, and clients fetch it from the cdn, and the cdn pulls from s3 | web -> cdn -> s3
        the app calls the api, the api reads redis, and the api writes to cassandra | app -> api -> redis; api -> cassandra
        the client hits the lb, lb goes to the chat server, chat server checks memcached | web -> lb -> chat-server -> memcached
        cassandra with a memcached in front | memcached -> cassandra
        the load balancer, behind which there are six stateless api servers | lb -> api-servers x6
        drop the link between lb and chat server | rm lb -> chat-server
        disconnect the lb from the chat servers | rm lb -> chat-server
        kill the arrow from chat server to redis | rm chat-server -> redis
        also add a notification worker | add notification-worker
        redis has 3 replicas and postgres 6 | set redis replicas=3; set rules replicas=6
        redis has 3 replicas and memcached 6 | set redis replicas=3; add memcached; set memcached replicas=6
        the db has two zones and redis three | set rules zones=2; set redis zones=3
        chat server has 6 replicas, kafka 3 brokers | set chat-server replicas=6; set kafka replicas=3
        kafka has rf 3 so losing one node is fine | set kafka replicas=3
        redis is a cluster of 10 shards w/ one replica each | set redis shards=10 replicas=1
        web -> lb -> api, lb asks limiter b4 passing on, limiter keeps counts in redis | web -> lb -> api; lb -> limiter -> redis
        rider app hits the api gw, that calls ride svc, ride svc asks matching | rider-app -> api-gw -> ride-service -> matching
        web talks to lb then upload svc which writes raw files into s3 | web -> lb -> upload-service -> s3
        upload svc drops an event on kafka, workers pick it up n transcode | upload-service ~> kafka ~> workers
        limits sit in memcached, the limiter polls em every 30s | limiter -> memcached
        matching looks up nearby drivers in redis | matching -> redis
        also add push notif service, it gets events from kafka | kafka ~> push-notification-service
        if kafka goes down the uploads still land in s3 | nothing
        if a worker dies somebody else does it | nothing
        each worker takes a segment | add worker
        stick a lb in front of redis | lb -> redis
        8 chat server boxes | set chat-server replicas=8
        kill the arrow from redis to kafka | nothing
        redis triggers a queue, transcoders consume | redis ~> queue ~> transcoders
        drivers keep a socket to the lb, lb fwds positions to location service | web -> lb -> location-service
    ";

    /// A session in which something is drawn.
    fn drawn() -> Session<'static> {
        let options = Options {
            problem: "chat".to_owned(),
            ..Options::default()
        };
        let (mut session, _) = Session::begin(Catalog::embedded(), options).expect("a session");
        let _ = typed(&mut session, DRAWING);
        session
    }

    fn typed(session: &mut Session<'_>, line: &str) -> Vec<Reply> {
        session.turn(&Event {
            at: Duration::ZERO,
            line: Line::Text(line.to_owned()),
        })
    }

    /// What is ordered or taken back after a line, and the line that does it.
    const RESTATED: &str = "
        set redis replicas=3 | no wait, 2 | set redis replicas=2
        set redis replicas=3 | make it 6 replicas, not 3 | set redis replicas=6
        set redis replicas=3 | make it 5 | set redis replicas=5
        set redis zones=2 | make the chat server 6 replicas | set chat-server replicas=6
        set redis zones=2 | make it 6 replicas, not 3 | set chat-server replicas=6
        set redis zones=2 | sorry, 3 zones | set redis zones=3
        set redis zones=2 | make it 50M | nothing
        set redis replicas=12 | also 3 zones | set redis zones=3
        set redis ttl=1h | no wait, 2h | set redis ttl=2h
        set redis zones=2 | we keep 3 replicas of each message so that nothing is lost | nothing
        set redis zones=2 | make it 20 chat servers | set chat-server replicas=20
        set redis replicas=3 zones=2 | same for postgres | set rules replicas=3 zones=2
        chat-server -> memcached | same for the search service | search-service -> memcached
        chat-server -> memcached | lets go | nothing
        api:service -> memcached ~> audit:event_stream ~> fcm | same for the search service | search-service -> memcached
    ";

    #[test]
    fn what_is_taken_back_is_what_was_stated_last() {
        let cases = RESTATED.lines().filter_map(|line| line.split_once(" | "));
        for (first, rest) in cases {
            let (text, expected) = rest.split_once(" | ").expect("a line and what it means");
            let mut session = drawn();
            let _ = typed(&mut session, first.trim());
            let sketch = change(&session, text).or_else(|| restated(&session, text));
            let lines = sketch.map(|sketch| sketch.lines.join("; "));
            assert_eq!(lines.as_deref().unwrap_or("nothing"), expected, "{text}");
        }
    }

    #[test]
    fn names_cut_short_are_those_of_what_is_drawn() {
        let mut session = drawn();
        let _ = typed(&mut session, "lb -> recommendation-service, loc-service");
        for (text, line) in [
            (
                "the rec service reads from memcached",
                "recommendation-service -> memcached",
            ),
            (
                "the location service reads from memcached",
                "loc-service -> memcached",
            ),
            (
                "the web service reads from memcached",
                "web-service -> memcached",
            ),
        ] {
            let lines = of(&session, text).map(|sketch| sketch.lines.join("; "));
            assert_eq!(lines.as_deref(), Some(line), "{text}");
        }
    }

    #[test]
    fn sentences_about_components_are_the_lines_that_they_mean() {
        let mut wrong = Vec::new();
        for (text, line) in SAID.lines().filter_map(|line| line.split_once(" | ")) {
            let mut session = drawn();
            let sketch = of(&session, text.trim());
            let lines = sketch.as_ref().map(|sketch| sketch.lines.join("; "));
            let lines = lines.unwrap_or_else(|| "nothing".to_owned());
            if lines != line {
                wrong.push(format!("{}: {lines}, not {line}", text.trim()));
            }
            for line in sketch
                .iter()
                .filter(|it| !it.is_open)
                .flat_map(|it| &it.lines)
            {
                let replies = typed(&mut session, line);
                let fails = replies.iter().any(|it| matches!(it, Reply::Trouble(_)));
                assert!(!fails, "{line}: {replies:?}");
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
