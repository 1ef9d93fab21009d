//! Tables as people write them elsewhere: `CREATE TABLE objects (...)` and `objects(bucket, key, size)`, as the line that
//! states them.
//!
//! Knows names, columns and keys; of types, constraints and options only that they are none of these.

use crate::rubric::Talk;

/// What states a table where it is kept in a relational database, and in those that speak alike.
const CREATE: &[&str] = &["create", "table"];

/// What may stand between that and the name.
const IF_MISSING: &[&str] = &["if", "not", "exists"];

/// What stands in brackets and is no column where other brackets or names follow.
const CONSTRAINTS: &str = "primary constraint foreign unique index key check exclude";

/// What marks the key, behind a column.
const KEYS: &[&[&str]] = &[
    &["pk"],
    &["primary", "key"],
    &["partition", "key"],
    &["hash", "key"],
];

/// What marks a further part of the key.
const FURTHER_KEYS: &[&[&str]] = &[
    &["sk"],
    &["sort", "key"],
    &["clustering", "key"],
    &["range", "key"],
];

/// Words of a sentence in brackets, which columns have not.
const SPEAKING: &[&str] = &[
    "the", "a", "an", "is", "are", "it", "they", "and", "or", "of", "for",
];

/// A column has no more words where nothing but brackets says that it is one.
const MOST_WORDS: usize = 4;

/// Columns whose names say something else in the line that states a table, unless they are quoted.
const TAKEN: &[&str] = &[
    "key", "keys", "pk", "store", "in", "columns", "field", "fields",
];

/// A table with its key and its other columns.
#[derive(Debug, Default)]
struct Table {
    name: String,
    key: Vec<String>,
    fields: Vec<String>,
}

/// The `data` line of a text that states a table: `CREATE TABLE ...`, or columns in brackets one of which is marked as the key.
pub(in crate::coach) fn table(text: &str) -> Option<String> {
    let (name, is_created) = match after_create(text) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let table = read(name)?;
    let is_sure = is_created || (!table.key.is_empty() && is_bare(text, MOST_WORDS));
    is_sure.then(|| table.as_line())
}

/// The `data` line of `objects(bucket, key, size)`, which may as well be a call of something.
pub(in crate::coach) fn likely_table(talk: &Talk, text: &str) -> Option<String> {
    if let Some(table) = listed(text) {
        return Some(table.as_line());
    }
    let table = read(text).filter(|_| after_create(text).is_none())?;
    let is_call = table.name.chars().skip(1).any(char::is_uppercase)
        || talk.describing.is_done(&table.name.to_lowercase());
    let is_it = !is_call && is_bare(text, 1) && table.key.len() + table.fields.len() > 1;
    is_it.then(|| table.as_line())
}

/// The `data` lines of the tables in a sentence: `users(user_id, name) and posts(post_id, text)`.
pub(in crate::coach) fn likely_tables(talk: &Talk, text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('(')) {
        let open = from + open;
        let before = text.get(from..open).unwrap_or_default();
        let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
        let name = before.len() - before.trim_end_matches(is_of_name).len();
        let close = text.get(open..).and_then(|rest| rest.find(')'));
        let close = close.map_or(text.len(), |at| open + at + 1);
        let piece = text.get(open - name..close).unwrap_or_default();
        let has_id = piece.split(|c: char| !is_of_name(c)).any(is_id_column);
        let table = (name > 0 && has_id).then(|| likely_table(talk, piece));
        all.extend(table.flatten());
        from = close;
    }
    all
}

/// Whether a column is called as those are that name something else.
fn is_id_column(column: &str) -> bool {
    column == ID || column.ends_with(OF_ID)
}

/// What identifies something, and how columns end that do.
const ID: &str = "id";
const OF_ID: &str = "_id";

/// What says that columns follow: "status table: id, state, at".
const TABLE: &str = "table";

/// A table by its name, and its columns behind a colon.
fn listed(text: &str) -> Option<Table> {
    let (head, columns) = text.split_once(':')?;
    let words: Vec<&str> = head.split_whitespace().collect();
    let (last, words) = words.split_last()?;
    let name = words.last().filter(|_| last.eq_ignore_ascii_case(TABLE))?;
    let columns = columns.trim_end_matches(['.', ';', ' ']).split(',');
    let fields = columns.map(|column| identifier(column.trim()).map(str::to_owned));
    let fields = fields.collect::<Option<Vec<String>>>()?;
    (fields.len() > 1).then_some(Table {
        name: identifier(name)?.to_owned(),
        fields,
        key: Vec::new(),
    })
}

/// Whether a text has nothing but a name and columns of so many words.
fn is_bare(text: &str, most_words: usize) -> bool {
    let text = text.trim_end_matches([';', '.', ' ']);
    let columns = text.split_once('(').and_then(|(_, rest)| columns(rest));
    let is_column = |column: &&str| {
        let mut words = column.split_whitespace();
        words.clone().count() <= most_words
            && !words.any(|word| SPEAKING.contains(&word.to_lowercase().as_str()))
    };
    text.ends_with(')') && columns.is_some_and(|columns| columns.iter().all(is_column))
}

/// Whether a text begins a table whose brackets are not closed yet.
pub(in crate::coach) fn is_open_table(text: &str) -> bool {
    after_create(text).is_some() && text.contains('(') && depth(text) > 0
}

/// Whether a text begins to create a table.
pub(in crate::coach) fn begins_table(text: &str) -> bool {
    after_create(text).is_some()
}

/// What follows `CREATE TABLE` and `IF NOT EXISTS`.
fn after_create(text: &str) -> Option<&str> {
    let rest = without_words(text.trim_start(), CREATE)?;
    Some(without_words(rest, IF_MISSING).unwrap_or(rest))
}

/// A text without the words that it begins with.
fn without_words<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let mut rest = text;
    for word in words {
        let (first, behind) = rest.split_once(char::is_whitespace)?;
        if !first.eq_ignore_ascii_case(word) {
            return None;
        }
        rest = behind.trim_start();
    }
    Some(rest)
}

/// How many brackets are open at the end of a text.
fn depth(text: &str) -> usize {
    text.chars().fold(0, |depth: usize, c| match c {
        '(' => depth + 1,
        ')' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// A name, and columns in brackets.
fn read(text: &str) -> Option<Table> {
    let (name, rest) = text.split_once('(')?;
    let name = name.trim().rsplit('.').next().map(bare)?;
    let mut table = Table {
        name: identifier(name)?.to_owned(),
        ..Table::default()
    };
    for column in columns(rest)? {
        table.add(column)?;
    }
    let all = table.key.iter().chain(&table.fields);
    (all.count() > 0).then_some(table)
}

/// The parts between commas, up to the bracket that closes them.
fn columns(text: &str) -> Option<Vec<&str>> {
    let mut open = 1_usize;
    let mut from = 0;
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        let ends = open == 0 || (open == 1 && c == ',');
        if ends {
            parts.push(text.get(from..at)?.trim());
            from = at + c.len_utf8();
        }
        if open == 0 {
            parts.retain(|part| !part.is_empty());
            return Some(parts);
        }
    }
    None
}

impl Table {
    /// Takes a column or a constraint; none where it is neither.
    fn add(&mut self, part: &str) -> Option<()> {
        let lower = part.to_lowercase();
        let words: Vec<&str> = lower.split([' ', '\t', '(', ')']).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let has = |marks: &[&[&str]]| {
            let mut marks = marks.iter();
            marks.any(|mark| words.windows(mark.len()).any(|words| words == *mark))
        };
        let mut parts = part.split_whitespace();
        let (first, second, third) = (parts.next()?, parts.next(), parts.next());
        let opens = |word: Option<&str>| word.is_some_and(|word| word.starts_with('('));
        let head = first.split('(').next().unwrap_or(first).to_lowercase();
        let is_constraint = CONSTRAINTS.split(' ').any(|word| word == head)
            && (first.contains('(')
                || opens(second)
                || opens(third)
                || second.is_some_and(|word| word.to_lowercase().starts_with("key")));
        if is_constraint || head == "constraint" {
            if has(KEYS) {
                let inside = part.split_once('(').map_or("", |(_, inside)| inside);
                let names = inside.split([',', '(', ')', ' ']).map(bare);
                self.key
                    .extend(names.filter_map(identifier).map(str::to_owned));
                let key = &self.key;
                self.fields.retain(|field| !key.contains(field));
            }
            return Some(());
        }
        let name = identifier(bare(first.split('(').next().unwrap_or(first)))?.to_owned();
        let is_key = has(KEYS) || (has(FURTHER_KEYS) && !self.key.is_empty());
        let known = self.key.contains(&name);
        match (known, is_key) {
            (true, _) => {}
            (false, true) => self.key.push(name),
            (false, false) => self.fields.push(name),
        }
        Some(())
    }

    fn as_line(&self) -> String {
        let Self { name, key, fields } = self;
        let part = |word: &str, columns: &[String]| {
            let columns: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
            (!columns.is_empty()).then(|| format!("{word} {}", columns.join(" ")))
        };
        let parts: Vec<String> = part("key", key)
            .into_iter()
            .chain(part("fields", fields))
            .collect();
        format!("data {name}: {}", parts.join(", "))
    }
}

/// A column as the line has it.
fn quoted(column: &str) -> String {
    if TAKEN.contains(&column) {
        format!("\"{column}\"")
    } else {
        column.to_owned()
    }
}

/// A name without what quotes it.
fn bare(name: &str) -> &str {
    name.trim_matches(['"', '`', '\'', '[', ']', ' '])
}

/// A text that is a name of letters, digits and `_`.
fn identifier(text: &str) -> Option<&str> {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let is_one = begins && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_one.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn created_tables_are_lines() {
        for (text, line) in [
            (
                "CREATE TABLE objects (bucket TEXT NOT NULL, key VARCHAR(1024), size BIGINT, PRIMARY KEY (bucket, key));",
                "data objects: key bucket \"key\", fields size",
            ),
            (
                "create table if not exists app.users (id uuid PRIMARY KEY, name text, created_at timestamptz default now())",
                "data users: key id, fields name created_at",
            ),
            (
                "CREATE TABLE feed (user_id bigint, post_id bigint, PRIMARY KEY ((user_id), post_id)) WITH CLUSTERING ORDER BY (post_id DESC);",
                "data feed: key user_id post_id",
            ),
            (
                "CREATE TABLE `posts` (`id` INT NOT NULL, `author` INT REFERENCES users(id), KEY by_author (author), CONSTRAINT pk PRIMARY KEY (id))",
                "data posts: key id, fields author",
            ),
            (
                "objects(bucket PK, key SK, size, etag)",
                "data objects: key bucket \"key\", fields size etag",
            ),
        ] {
            assert_eq!(table(text).as_deref(), Some(line), "{text}");
        }
        assert_eq!(table("users (the primary key, a name)"), None);
        assert_eq!(table("objects(bucket, key, size)"), None);
        assert_eq!(table("create table users with an id and a name"), None);
    }

    #[test]
    fn columns_in_brackets_are_likely_a_table_and_calls_are_not() {
        let talk = Catalog::embedded().talk();
        assert_eq!(
            likely_table(talk, "objects(bucket, key, size)").as_deref(),
            Some("data objects: fields bucket \"key\" size")
        );
        for line in [
            "isAllowed(client, cost)",
            "check(client, cost)",
            "objects (they are many, and large)",
            "redis (a cache, in memory) keeps them",
            "users(id)",
        ] {
            assert_eq!(likely_table(talk, line), None, "{line}");
        }
    }

    #[test]
    fn tables_stand_behind_colons_and_in_sentences() {
        let talk = Catalog::embedded().talk();
        assert_eq!(
            likely_table(talk, "status table: message_id, state, at").as_deref(),
            Some("data status: fields message_id state at")
        );
        assert_eq!(
            likely_tables(
                talk,
                "we have users(user_id, name), and posts(post_id, text)"
            ),
            [
                "data users: fields user_id name",
                "data posts: fields post_id text"
            ]
        );
        assert!(likely_tables(talk, "sharded by hash(user_id) (as usual)").is_empty());
    }

    #[test]
    fn a_table_is_open_until_its_brackets_are_closed() {
        assert!(is_open_table("CREATE TABLE t (\n  id INT,"));
        assert!(!is_open_table("CREATE TABLE t (id INT, name TEXT);"));
        assert!(!is_open_table("create table users first"));
    }
}
