//! The grammar of chains, with the complaint and the cure of each mistake.
//!
//! Knows arrows, commas, alternatives and brackets; knows no kinds.

use super::{ArrowChain, ArrowError, ArrowNode, Stage, Word, is_id_char, words};

/// Reads a chain. A single component without an arrow is a chain of one stage.
///
/// # Errors
/// With the place, the complaint and the cure of the first mistake.
pub fn parse_chain(text: &str) -> Result<ArrowChain, ArrowError> {
    let mut cursor = Cursor { text, at: 0 };
    let mut chain = ArrowChain::default();
    loop {
        chain.stages.push(cursor.stage()?);
        cursor.skip_space();
        match cursor.arrow() {
            Some(asynchronous) => chain.asynchronous.push(asynchronous),
            None if cursor.rest().is_empty() => return Ok(chain),
            None => return Err(cursor.unexpected()),
        }
    }
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn arrow(&mut self) -> Option<bool> {
        if self.eat("->") || self.eat("→") {
            Some(false)
        } else {
            self.eat("~>").then_some(true)
        }
    }

    fn stage(&mut self) -> Result<Stage, ArrowError> {
        self.skip_space();
        if self.eat("(") {
            let nodes = self.nodes('|')?;
            self.skip_space();
            if !self.eat(")") {
                return Err(self.error("`(` without `)`", "close the alternatives: `(a | b)`"));
            }
            return Ok(Stage {
                nodes,
                alternatives: true,
            });
        }
        Ok(Stage {
            nodes: self.nodes(',')?,
            alternatives: false,
        })
    }

    fn nodes(&mut self, separator: char) -> Result<Vec<ArrowNode>, ArrowError> {
        let mut nodes = vec![self.node()?];
        loop {
            self.skip_space();
            if self.peek() != Some(separator) {
                return Ok(nodes);
            }
            self.at += separator.len_utf8();
            nodes.push(self.node()?);
        }
    }

    fn node(&mut self) -> Result<ArrowNode, ArrowError> {
        self.skip_space();
        let mut node = ArrowNode {
            id: self.id()?,
            ..ArrowNode::default()
        };
        loop {
            self.skip_space();
            if node.what.is_none() && self.eat(":") {
                node.what = Some(self.what()?);
            } else if self.eat("[") {
                self.attributes(&mut node)?;
            } else if let Some(replicas) = self.replicas() {
                node.replicas = Some(replicas);
            } else {
                return Ok(node);
            }
        }
    }

    fn id(&mut self) -> Result<Word, ArrowError> {
        let rest = self.rest();
        let mut length = 0;
        for (at, c) in rest.char_indices() {
            let arrow_ahead = rest.get(at..).is_some_and(|ahead| ahead.starts_with("->"));
            if !is_id_char(c) || arrow_ahead {
                break;
            }
            length = at + c.len_utf8();
        }
        if length == 0 {
            return Err(self.missing_name());
        }
        Ok(self.word(length))
    }

    fn word(&mut self, length: usize) -> Word {
        let start = self.at;
        self.at += length;
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let lead = raw.len() - raw.trim_start().len();
        let text = raw.trim().to_owned();
        let start = start + lead;
        Word {
            span: start..start + text.len(),
            text,
        }
    }

    /// A kind or technology after a colon: words until something else begins.
    fn what(&mut self) -> Result<Word, ArrowError> {
        self.skip_space();
        let rest = self.rest();
        let ends = |at: usize, c: char| {
            let ahead = rest.get(at..).unwrap_or_default();
            matches!(c, ',' | ';' | '|' | ')' | '[' | '~' | '→')
                || ahead.starts_with("->")
                || begins_replicas(ahead)
        };
        let length = rest
            .char_indices()
            .find(|(at, c)| ends(*at, *c))
            .map_or(rest.len(), |(at, _)| at);
        let word = self.word(length);
        if word.text.is_empty() {
            return Err(self.error(
                "nothing after `:`",
                "write a kind or a technology: `links:cassandra`",
            ));
        }
        Ok(word)
    }

    fn replicas(&mut self) -> Option<Word> {
        let rest = self.rest();
        let digits = rest.strip_prefix(['x', '×'])?;
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return None;
        }
        self.at += rest.len() - digits.len();
        Some(self.word(length))
    }

    fn attributes(&mut self, node: &mut ArrowNode) -> Result<(), ArrowError> {
        let Some(length) = self.rest().find(']') else {
            return Err(self.error("`[` without `]`", "close the attributes: `api[zones=3]`"));
        };
        let end = self.at + length;
        while self.at < end {
            let rest = self.text.get(self.at..end).unwrap_or_default();
            let piece = self.word(rest.find(',').unwrap_or(rest.len()));
            self.eat(",");
            if !piece.text.is_empty() {
                node.attributes.push(pair(&piece)?);
            }
        }
        self.at = end + 1;
        Ok(())
    }

    fn missing_name(&self) -> ArrowError {
        let rest = self.rest();
        if rest.starts_with("->") || rest.starts_with("~>") || rest.is_empty() {
            return self.error(
                "a name is missing here",
                "an arrow joins two components: `a -> b`",
            );
        }
        self.unexpected()
    }

    /// Help for a word behind a name: what the name is with the words behind it, or what joins two.
    fn one_name_or_two(&self) -> String {
        let before = self.text.get(..self.at).unwrap_or_default().trim_end();
        let starts = before
            .rfind(|c: char| !is_id_char(c))
            .map_or(0, |at| at + 1);
        let name = before.get(starts..).unwrap_or_default();
        let rest = self.rest();
        let mut end = 0;
        let behind = words(rest).into_iter().map_while(|word| {
            let space = rest.get(end..word.start)?;
            end = word.end;
            space.trim().is_empty().then(|| rest.get(word))?
        });
        let words: Vec<&str> = std::iter::once(name)
            .chain(behind)
            .take_while(|word| word.starts_with(char::is_alphanumeric))
            .collect();
        let is_count = |word: &&str| word.starts_with('x') && word.contains(char::is_numeric);
        if name.is_empty() || words.iter().any(is_count) {
            return "names have no spaces; join two with `->`".to_owned();
        }
        format!(
            "names have no spaces: write `{}`, or join two with `->`",
            words.join("-")
        )
    }

    fn unexpected(&self) -> ArrowError {
        let rest = self.rest();
        let c = rest.chars().next().unwrap_or(' ');
        let is_arrow = ["--", "=="].iter().any(|start| rest.starts_with(start));
        if is_id_char(c) && !is_arrow {
            let first = words(rest).into_iter().next();
            let word = first.and_then(|word| rest.get(word)).unwrap_or_default();
            return ArrowError {
                span: self.at..self.at + word.len(),
                message: format!("unexpected `{word}`"),
                help: Some(self.one_name_or_two()),
            };
        }
        let help = match c {
            ';' => "write one chain a line",
            '<' => "arrows point from the caller to the callee: `a -> b`",
            '=' | '-' => "write `->` for a call, `~>` for what nobody waits for",
            '{' => "write attributes in brackets: `api[zones=3]`",
            _ => "names have letters, digits, `-`, `_` and `.`",
        };
        self.error(&format!("unexpected `{c}`"), help)
    }

    fn error(&self, message: &str, help: &str) -> ArrowError {
        let end = self.at + self.peek().map_or(0, char::len_utf8);
        ArrowError {
            span: self.at..end,
            message: message.to_owned(),
            help: Some(help.to_owned()),
        }
    }
}

/// ` x3`: a count of replicas that ends the name before it.
fn begins_replicas(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix(' ')
        .and_then(|rest| rest.trim_start().strip_prefix(['x', '×']))
    else {
        return false;
    };
    rest.starts_with(|c: char| c.is_ascii_digit())
}

/// `key=value` or `key: value`, or a key alone, which means yes.
fn pair(piece: &Word) -> Result<(Word, Word), ArrowError> {
    let Some(at) = piece.text.find(['=', ':']) else {
        let yes = Word {
            text: "yes".to_owned(),
            span: piece.span.clone(),
        };
        return Ok((piece.clone(), yes));
    };
    let sub = |from: usize, to: usize| {
        let raw = piece.text.get(from..to).unwrap_or_default();
        let lead = raw.len() - raw.trim_start().len();
        let start = piece.span.start + from + lead;
        Word {
            text: raw.trim().to_owned(),
            span: start..start + raw.trim().len(),
        }
    };
    let (key, value) = (sub(0, at), sub(at + 1, piece.text.len()));
    if key.text.is_empty() || value.text.is_empty() {
        let message = format!("`{}` is no attribute", piece.text);
        return Err(ArrowError {
            span: piece.span.clone(),
            message,
            help: Some("write `key=value`".to_owned()),
        });
    }
    Ok((key, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<Vec<String>> {
        let chain = parse_chain(text).expect("a chain");
        chain
            .stages
            .iter()
            .map(|stage| {
                stage
                    .nodes
                    .iter()
                    .map(|node| node.id.text.clone())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn a_chain_has_its_stages_in_order() {
        assert_eq!(
            ids("web -> edge->lb ~> api"),
            [["web"], ["edge"], ["lb"], ["api"]]
        );
    }

    #[test]
    fn commas_stand_side_by_side() {
        assert_eq!(
            ids("api -> redis, links"),
            [vec!["api"], vec!["redis", "links"]]
        );
    }

    #[test]
    fn replicas_technology_and_attributes_are_read() {
        let chain = parse_chain("api x6 -> links:aws alb x2 [zones=3, managed]").expect("a chain");
        let node = chain
            .stages
            .get(1)
            .and_then(|stage| stage.nodes.first())
            .expect("links");
        assert_eq!(
            node.what.as_ref().map(|what| what.text.as_str()),
            Some("aws alb")
        );
        assert_eq!(
            node.replicas.as_ref().map(|word| word.text.as_str()),
            Some("2")
        );
        assert_eq!(node.attributes.len(), 2);
    }

    #[test]
    fn names_in_several_words_and_other_arrows_are_spelt() {
        for (text, cure) in [
            ("web --> api", "write `->` for a call"),
            ("web => api", "write `->` for a call"),
            ("web ==> api", "write `->` for a call"),
            (
                "rider -> api gateway -> ride service",
                "write `api-gateway`",
            ),
            (
                "web -> big matching engine[zones=2]",
                "write `big-matching-engine`",
            ),
            ("web -> api x3 db", "join two with `->`"),
            ("é b -> c", "names have"),
        ] {
            let error = parse_chain(text).expect_err(text);
            let help = error.help.unwrap_or_default();
            assert!(help.contains(cure), "{text}: {help}");
        }
    }

    #[test]
    fn alternatives_are_told_apart_from_fan_out() {
        let chain = parse_chain("lb -> (a | b) -> db").expect("a chain");
        assert!(chain.stages.get(1).is_some_and(|stage| stage.alternatives));
    }

    #[test]
    fn mistakes_name_the_place_and_the_cure() {
        for (text, at) in [
            ("a ->", 4),
            ("a -> -> b", 5),
            ("a <- b", 2),
            ("a b -> c", 2),
            ("a[x", 2),
            ("", 0),
        ] {
            let error = parse_chain(text).expect_err(text);
            assert_eq!(error.span.start, at, "{text}: {error:?}");
            assert!(error.help.is_some(), "{text}");
        }
    }
}
