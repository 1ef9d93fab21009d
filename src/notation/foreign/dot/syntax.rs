//! The statements of a graph: nodes with attributes, chains of edges, subgraphs and what holds within them.
//!
//! Knows the grammar of DOT; knows not what attributes say.

use std::collections::BTreeMap;

use super::tokens::{Mistake, Token, tokens};
use crate::source::Span;

/// What is stated of something, by key.
pub(super) type Attributes = BTreeMap<String, String>;

/// A graph as written.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub attributes: Attributes,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    pub clusters: Vec<Cluster>,
}

#[derive(Debug)]
pub(super) struct Node {
    pub name: String,
    pub attributes: Attributes,
    /// The innermost cluster that it was first named in.
    pub cluster: Option<usize>,
    pub span: Span,
}

#[derive(Debug)]
pub(super) struct Edge {
    pub from: usize,
    pub to: usize,
    pub is_directed: bool,
    pub attributes: Attributes,
    pub span: Span,
}

#[derive(Debug)]
pub(super) struct Cluster {
    pub name: String,
    pub attributes: Attributes,
    pub within: Option<usize>,
    pub span: Span,
}

/// Subgraphs in subgraphs.
const DEEPEST: usize = 64;

/// Edges of a graph; two lists of names between one arrow make many.
const MOST_EDGES: usize = 20_000;

/// Reads a graph.
///
/// # Errors
/// With the first place that is no statement.
pub(super) fn read(text: &str) -> Result<Graph, Mistake> {
    let all: Result<Vec<Token<'_>>, Mistake> = tokens(text).collect();
    let mut reader = Reader {
        tokens: all?,
        at: 0,
        end: Span::new(text.len(), text.len()),
        graph: Graph::default(),
        names: BTreeMap::new(),
    };
    while reader.next_word().is_some() {}
    reader.expect("{")?;
    let mut scope = Scope::default();
    reader.statements(&mut scope, 0)?;
    reader.graph.attributes = scope.graph;
    Ok(reader.graph)
}

/// What holds from here to the end of a pair of braces.
#[derive(Clone, Debug, Default)]
struct Scope {
    graph: Attributes,
    node: Attributes,
    edge: Attributes,
    cluster: Option<usize>,
}

struct Reader<'t> {
    tokens: Vec<Token<'t>>,
    at: usize,
    end: Span,
    graph: Graph,
    names: BTreeMap<String, usize>,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<&Token<'t>> {
        self.tokens.get(self.at)
    }

    fn span(&self) -> Span {
        self.peek().map_or(self.end, |token| token.span)
    }

    fn take(&mut self, sign: &str) -> bool {
        let is_next = self.peek().is_some_and(|token| token.is_sign(sign));
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, sign: &str) -> Result<(), Mistake> {
        if self.take(sign) {
            return Ok(());
        }
        Err(Mistake {
            span: self.span(),
            message: format!("`{sign}` is missing"),
        })
    }

    /// The next word, put together where it is written in pieces.
    fn next_word(&mut self) -> Option<String> {
        let mut word = self.peek()?.word()?.to_owned();
        self.at += 1;
        while self.peek().is_some_and(|token| token.is_sign("+")) {
            self.at += 1;
            word.push_str(self.peek()?.word()?);
            self.at += 1;
        }
        Some(word)
    }

    /// Statements up to the closing brace.
    fn statements(&mut self, scope: &mut Scope, depth: usize) -> Result<Vec<usize>, Mistake> {
        let mut named = Vec::new();
        while !self.take("}") {
            if self.peek().is_none() {
                self.expect("}")?;
            }
            if self.take(";") || self.take(",") {
                continue;
            }
            named.extend(self.statement(scope, depth)?);
        }
        Ok(named)
    }

    /// One statement; gives back the nodes that it names.
    fn statement(&mut self, scope: &mut Scope, depth: usize) -> Result<Vec<usize>, Mistake> {
        let start = self.at;
        if let Some(word) = self.next_word() {
            let lower = word.to_lowercase();
            let is_list = self.peek().is_some_and(|token| token.is_sign("["));
            let defaults = match lower.as_str() {
                "node" => Some(&mut scope.node),
                "edge" => Some(&mut scope.edge),
                "graph" => Some(&mut scope.graph),
                _ => None,
            };
            if let Some(defaults) = defaults.filter(|_| is_list) {
                defaults.extend(self.lists()?);
                return Ok(Vec::new());
            }
            if self.take("=") {
                let value = self.next_word().unwrap_or_default();
                scope.graph.insert(lower, value);
                return Ok(Vec::new());
            }
        }
        self.at = start;
        self.chain(scope, depth)
    }

    /// A node, or several sides with edges between them.
    fn chain(&mut self, scope: &mut Scope, depth: usize) -> Result<Vec<usize>, Mistake> {
        let first = self.at;
        let span = self.span();
        let mut named = self.side(scope, depth)?;
        let is_node = self.at > first && self.is_single(first);
        let mut joined: Vec<(Vec<usize>, Vec<usize>, bool)> = Vec::new();
        let mut before = named.clone();
        loop {
            let is_directed = self.take("->");
            if !is_directed && !self.take("--") {
                break;
            }
            let after = self.side(scope, depth)?;
            named.extend(&after);
            joined.push((before, after.clone(), is_directed));
            before = after;
        }
        let attributes = self.lists()?;
        if joined.is_empty() {
            if let Some(node) = named
                .first()
                .filter(|_| is_node)
                .and_then(|at| self.graph.nodes.get_mut(*at))
            {
                node.attributes.extend(attributes);
            }
            return Ok(named);
        }
        let mut stated = scope.edge.clone();
        stated.extend(attributes);
        for (from, to, is_directed) in joined {
            for (from, to) in from
                .iter()
                .flat_map(|from| to.iter().map(move |to| (*from, *to)))
            {
                if self.graph.edges.len() < MOST_EDGES {
                    self.graph.edges.push(Edge {
                        from,
                        to,
                        is_directed,
                        attributes: stated.clone(),
                        span,
                    });
                }
            }
        }
        Ok(named)
    }

    /// Whether what was read from a token on is the name of one node.
    fn is_single(&self, from: usize) -> bool {
        self.tokens.get(from).is_some_and(|token| !token.is_sign)
    }

    /// What stands at one side of an edge: a node, or a subgraph.
    fn side(&mut self, scope: &Scope, depth: usize) -> Result<Vec<usize>, Mistake> {
        let span = self.span();
        let is_subgraph = self
            .peek()
            .and_then(Token::word)
            .is_some_and(|word| word.eq_ignore_ascii_case("subgraph"));
        if is_subgraph || self.peek().is_some_and(|token| token.is_sign("{")) {
            return self.subgraph(scope, depth, is_subgraph);
        }
        let Some(name) = self.next_word() else {
            return Err(Mistake {
                span,
                message: "no node where one should stand".to_owned(),
            });
        };
        // A port says where on the node an edge ends.
        while self.take(":") {
            self.next_word();
        }
        Ok(vec![self.node(name, scope, span)])
    }

    fn node(&mut self, name: String, scope: &Scope, span: Span) -> usize {
        if let Some(at) = self.names.get(&name) {
            if let Some(node) = self.graph.nodes.get_mut(*at) {
                node.cluster = node.cluster.or(scope.cluster);
            }
            return *at;
        }
        let at = self.graph.nodes.len();
        self.names.insert(name.clone(), at);
        self.graph.nodes.push(Node {
            name,
            attributes: scope.node.clone(),
            cluster: scope.cluster,
            span,
        });
        at
    }

    fn subgraph(
        &mut self,
        scope: &Scope,
        depth: usize,
        has_word: bool,
    ) -> Result<Vec<usize>, Mistake> {
        let span = self.span();
        self.at += usize::from(has_word);
        let name = if has_word { self.next_word() } else { None };
        self.expect("{")?;
        if depth >= DEEPEST {
            return Err(Mistake {
                span,
                message: format!("subgraphs nest more than {DEEPEST} deep"),
            });
        }
        let mut inner = scope.clone();
        inner.graph.clear();
        let cluster = name.filter(|name| name.starts_with("cluster"));
        if let Some(name) = &cluster {
            inner.cluster = Some(self.graph.clusters.len());
            self.graph.clusters.push(Cluster {
                name: name.clone(),
                attributes: Attributes::new(),
                within: scope.cluster,
                span,
            });
        }
        let named = self.statements(&mut inner, depth + 1)?;
        let made = cluster
            .and(inner.cluster)
            .and_then(|at| self.graph.clusters.get_mut(at));
        if let Some(made) = made {
            made.attributes = inner.graph;
        }
        Ok(named)
    }

    /// Lists of attributes in brackets.
    fn lists(&mut self) -> Result<Attributes, Mistake> {
        let mut all = Attributes::new();
        while self.take("[") {
            while !self.take("]") {
                if self.take(";") || self.take(",") {
                    continue;
                }
                let Some(key) = self.next_word() else {
                    self.expect("]")?;
                    continue;
                };
                let value = if self.take("=") {
                    self.next_word()
                } else {
                    None
                };
                all.insert(
                    key.to_lowercase(),
                    value.unwrap_or_else(|| "true".to_owned()),
                );
            }
        }
        Ok(all)
    }
}
