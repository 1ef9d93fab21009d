//! Orders and second thoughts about what is stated of a component: "make it 6 replicas, not 3", "no wait, 2".
//!
//! Knows what is drawn and what was stated last; draws nothing.

use super::names::{attribute_of, number, words};
use super::stated::{REPLICAS, stated, stated_of_each, values};
use super::{Sketch, changes, describing, read};
use crate::coach::session::Session;
use crate::model::attribute::Bearer;
use crate::model::{Attribute, Component, Value};

/// Who says more explains something.
const MOST_WORDS: usize = 10;

/// So many words at most say nothing but another number: "no wait, 2".
const MOST_BARE_WORDS: usize = 6;

/// What is said of it.
const STATES: &str = "states that";

/// The line that states anew what a component has; none where nothing is ordered or taken back.
pub(in crate::coach) fn restated(session: &Session<'_>, text: &str) -> Option<Sketch> {
    let talk = session.talk();
    let orders = talk.changing.orders(text);
    // "Also 3 zones" says more of what something was stated of.
    let adds = is_more(session, text) && last_set(session).is_some();
    if !orders && !adds && !talk.changing.corrects(text) {
        return None;
    }
    let text = read(session, text).to_lowercase();
    let words: Vec<&str> = words(&text).collect();
    if words.len() > MOST_WORDS {
        return None;
    }
    let has_attribute = words.iter().any(|word| attribute_of(word).is_some());
    let named = changes::wanted(session, &words);
    let sketch = match named.as_slice() {
        [] if has_attribute => of_what_has_it(session, &words)?,
        [] => of_the_last(session, &words)?,
        all if !all.iter().all(|name| name.is_drawn) => return None,
        [one] if has_attribute || orders || one.count.is_some() => {
            stated(session, &words, one, REPLICAS)?
        }
        [_] => return None,
        all => stated_of_each(session, &words, all)?,
    };
    (!sketch.is_open).then_some(sketch)
}

/// Whether a line says more and hardly anything beside.
fn is_more(session: &Session<'_>, text: &str) -> bool {
    let more = &describing(session).more;
    let mut words = words(text);
    let first = words.next().map(str::to_lowercase);
    first.is_some_and(|word| more.has(&word)) && words.count() < MOST_BARE_WORDS
}

/// "Make it 6 replicas, not 3": of the one that has three, that was spoken of last, or that alone has any.
fn of_what_has_it(session: &Session<'_>, words: &[&str]) -> Option<Sketch> {
    let name = words.iter().find_map(|word| attribute_of(word))?;
    let attribute = Attribute::named(name, Bearer::Component)?;
    let values = values(session, words);
    let [value] = values.as_slice() else {
        return None;
    };
    let components = &session.state.design.components;
    let only = |is_it: &dyn Fn(&&Component) -> bool| {
        let mut found = components.iter().filter(|component| is_it(component));
        let first = found.next()?;
        found.next().is_none().then_some(first.id.as_str())
    };
    let old = taken_back(session, words);
    let has_old = |component: &&Component| {
        let value = component.attributes.get(attribute);
        old.is_some_and(|old| value == Some(&Value::Count(old)))
    };
    let has_any = |component: &&Component| component.attributes.get(attribute).is_some();
    let id = only(&has_old)
        .or_else(|| last_named(session))
        .or_else(|| only(&has_any))?;
    let line = format!("set {id} {name}={}", value.text);
    Some(Sketch::new(line, STATES))
}

/// "No wait, 2": of the attribute that was stated last.
fn of_the_last(session: &Session<'_>, words: &[&str]) -> Option<Sketch> {
    let (id, pairs) = last_set(session)?;
    let values = values(session, words);
    let [value] = values.as_slice() else {
        return None;
    };
    let (name, before) = pairs.rsplit(' ').next()?.split_once('=')?;
    let is_count = before.parse::<u64>().is_ok();
    if words.len() > MOST_BARE_WORDS || value.has_unit == is_count {
        return None;
    }
    let line = format!("set {id} {name}={}", value.text);
    Some(Sketch::new(line, STATES))
}

/// The number that is not meant any more.
fn taken_back(session: &Session<'_>, words: &[&str]) -> Option<u64> {
    let changing = &session.talk().changing;
    let pairs = words.windows(2);
    let mut old = pairs.filter_map(|pair| match pair {
        [before, word] if changing.is_not_meant_behind(before) => number(word),
        _ => None,
    });
    old.next().map(u64::from)
}

/// The component that the last line stated something of, and what: the pairs of a `set`.
pub(super) fn last_set<'s>(session: &'s Session<'_>) -> Option<(&'s str, &'s str)> {
    let line = session.last_stated.as_deref()?;
    let (id, pairs) = line.strip_prefix("set ")?.split_once(' ')?;
    let is_drawn = session.state.design.component(id).is_some();
    is_drawn.then_some((id, pairs.trim()))
}

/// The component that the last line was about.
fn last_named<'s>(session: &'s Session<'_>) -> Option<&'s str> {
    if let Some((id, _)) = last_set(session) {
        return Some(id);
    }
    let line = session.last_stated.as_deref()?;
    let id = line.strip_prefix("add ")?;
    session.state.design.component(id).is_some().then_some(id)
}
