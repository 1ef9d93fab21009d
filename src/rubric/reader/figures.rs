//! Figures: those that people estimate, what they follow from, how they are reckoned otherwise, and the usual slips.
//!
//! Knows their keys; knows no figure.

use std::slice;

use super::super::features::read_dimension;
use super::super::figure::{FigureDef, Figures, Role, ShortFor, Slip};
use super::super::pattern::Pattern;
use super::super::problem::Expectation;
use super::super::reading::OtherReading;
use super::keys::{EXPECTATION, FIGURE, FIGURE_FILE, RANGE, READING, SHORT_FOR, SLIP};
use super::{RuleReader, UseSite};
use crate::model::quantity::{self, Dimension};
use crate::model::{Figure, Quantity};
use crate::notation::yaml::{Fields, Node, all_of, one_or_many, text_of};

impl RuleReader<'_> {
    /// Reads the file of general figures and slips.
    pub fn figures(&mut self, node: &Node<'_>) -> Figures {
        let Some(fields) = Fields::of(node, "the figures", self.issues) else {
            return Figures::default();
        };
        fields.known(FIGURE_FILE, self.issues);
        Figures {
            general: self.each(&fields, "figures", Self::figure),
            slips: self.each(&fields, "slips", Self::slip),
            readings: self.each(&fields, "readings", Self::other_reading),
            short_for: self.each(&fields, "short_for", Self::short_for),
        }
    }

    /// A figure with the names that people give it.
    pub(super) fn figure(&mut self, node: &Node<'_>) -> Option<FigureDef> {
        let fields = Fields::of(node, "a figure", self.issues)?;
        fields.known(FIGURE, self.issues);
        let id = fields.required("id", self.issues);
        let site = id.clone().map(UseSite::Figure);
        let title = fields.text("title", self.issues);
        let dimension = fields.get("dimension");
        let dimension = dimension.and_then(|node| read_dimension(node, self));
        let names = fields.get("names").map(one_or_many).unwrap_or_default();
        let names = all_of(names.iter().map(|item| {
            let name = text_of(item, self.issues)?.to_owned();
            self.checked(Pattern::whole(slice::from_ref(&name)), item)?;
            self.check_spaces(&name, item);
            Some(name)
        }));
        let names = names.map(|mut names| {
            names.extend(id.clone());
            Pattern::whole(&names)
        });
        let per = fields
            .get("per")
            .and_then(|node| self.plain_figure(node))
            .map(|figure| figure.quantity);
        let at_most = fields
            .get("at_most")
            .and_then(|node| self.plain_figure(node))
            .map(|figure| figure.quantity);
        let peak_of = fields.text("peak_of", self.issues);
        if let (true, Some(of), Some(node)) = (self.strict, &peak_of, fields.get("peak_of")) {
            self.uses_figure(of, node.span);
        }
        let role = fields.get("role").and_then(|node| self.role(node));
        let (id, names) = self.or_broken(id.zip(names), site)?;
        Some(FigureDef {
            title: title.unwrap_or_else(|| id.replace('_', " ")),
            id,
            dimension,
            names,
            peak_of,
            role,
            per,
            at_most,
        })
    }

    /// Complains of a space or hyphen that a name has to have: names are read with `_` in their place.
    fn check_spaces(&mut self, name: &str, node: &Node<'_>) {
        let mut in_class = false;
        let mut letters = name.chars().peekable();
        let mut found = None;
        while let Some(letter) = letters.next() {
            match letter {
                '[' => in_class = true,
                ']' => in_class = false,
                ' ' | '-' if !in_class && !matches!(letters.peek(), Some('?' | '*')) => {
                    found = Some(letter);
                }
                _ => {}
            }
        }
        if let (true, Some(letter)) = (self.strict, found) {
            let message = format!("no name has `{letter}`: names are read with `_` in its place");
            let help = format!("write `{}`", name.replace([' ', '-'], "_"));
            self.issues.error(node.span, message, help);
        }
    }

    fn short_for(&mut self, node: &Node<'_>) -> Option<ShortFor> {
        let fields = Fields::of(node, "what nouns are short for", self.issues)?;
        fields.known(SHORT_FOR, self.issues);
        let dimension = self.needed(&fields, "dimension");
        let dimension = dimension.and_then(|node| read_dimension(node, self));
        let ends = fields.list("ends", self.issues);
        let ends = all_of(
            ends.iter()
                .map(|end| Some(text_of(end, self.issues)?.to_owned())),
        );
        let (dimension, ends) = dimension.zip(ends)?;
        Some(ShortFor { dimension, ends })
    }

    fn role(&mut self, node: &Node<'_>) -> Option<Role> {
        let word = text_of(node, self.issues)?;
        let found = Role::WORDS.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            let known: Vec<&str> = Role::WORDS.iter().map(|(word, _)| *word).collect();
            self.unknown(node, "role", word, &known);
        }
        found.map(|(_, role)| *role)
    }

    pub(super) fn expectation(&mut self, node: &Node<'_>) -> Option<Expectation> {
        let fields = Fields::of(node, "an estimate of a problem", self.issues)?;
        fields.known(EXPECTATION, self.issues);
        let id = fields.required("id", self.issues);
        if let (Some(id), Some(node)) = (&id, fields.get("id")) {
            self.uses_figure(id, node.span);
        }
        let formula = fields.text("formula", self.issues);
        if let (Some(text), Some(node)) = (&formula, fields.get("formula")) {
            for name in quantity::names_in(text) {
                self.uses_figure(&name, node.span);
            }
            if self.strict {
                let of = id.clone().unwrap_or_default();
                self.names.formulas.push((of, text.clone(), node.span));
            }
        }
        let usual = self.usual(&fields);
        let sane = fields.get("sane").and_then(|node| self.range(node));
        if let (Some(id), Some((from, _)), Some(node)) = (&id, &sane, fields.get("sane")) {
            self.measures(id, from.quantity.dimension, node.span);
        }
        let tolerance = fields
            .get("tolerance")
            .and_then(|node| self.tolerance(node));
        let why = fields.text("why", self.issues).unwrap_or_default();
        Some(Expectation {
            id: id?,
            formula,
            usual,
            sane,
            tolerance,
            why,
        })
    }

    /// What figures of a formula are taken to be.
    fn usual(&mut self, fields: &Fields<'_, '_>) -> Vec<(String, Figure)> {
        let mut usual = Vec::new();
        for (key, value) in self.named(fields, ("usual", "the usual figures")) {
            let name = key.text().unwrap_or_default();
            self.uses_figure(name, key.span);
            let figure = self.plain_figure(value);
            usual.extend(figure.map(|figure| (name.to_owned(), figure)));
        }
        usual
    }

    fn plain_figure(&mut self, node: &Node<'_>) -> Option<Figure> {
        let text = text_of(node, self.issues)?;
        Figure::parse(text)
            .map_err(|error| {
                self.issues
                    .error(node.part(&error.span), error.message, error.help);
            })
            .ok()
    }

    /// A distance as a share of what is right.
    fn tolerance(&mut self, node: &Node<'_>) -> Option<f64> {
        let figure = self.plain_figure(node)?;
        let text = node.text().unwrap_or_default();
        let Quantity { value, dimension } = figure.quantity;
        if dimension != Dimension::NUMBER || value <= 0.0 || (value > 1.0 && !text.contains('%')) {
            let help = "write a percentage above 0%, such as `20%`".to_owned();
            self.issues
                .error(node.span, format!("`{text}` is no tolerance"), help);
            return None;
        }
        Some(value)
    }

    fn range(&mut self, node: &Node<'_>) -> Option<(Figure, Figure)> {
        let fields = Fields::of(node, "a range", self.issues)?;
        fields.known(RANGE, self.issues);
        let mut end = |key| {
            let node = self.needed(&fields, key)?;
            self.plain_figure(node)
        };
        let (from, to) = (end("from"), end("to"));
        let (from, to) = from.zip(to)?;
        let (least, most) = (from.quantity, to.quantity);
        let help = match (least.dimension == most.dimension, least.value <= most.value) {
            (true, true) => return Some((from, to)),
            (true, false) => "write the lower one under `from`".to_owned(),
            (false, _) => {
                "write two figures of one sort, such as `{from: 1/s, to: 100/s}`".to_owned()
            }
        };
        let message = format!("nothing is between `{}` and `{}`", from.text, to.text);
        self.issues.error(node.span, message, help);
        None
    }

    fn other_reading(&mut self, node: &Node<'_>) -> Option<OtherReading> {
        let fields = Fields::of(node, "a reading", self.issues)?;
        fields.known(READING, self.issues);
        let dimension = fields.get("dimension");
        let dimension = dimension.and_then(|node| read_dimension(node, self));
        let in_place_of = match fields.get("in_place_of") {
            Some(node) => self.plain_figure(node).map(|figure| figure.quantity),
            None => Some(Quantity::number(1.0)),
        };
        let mut bounds = |key| fields.get(key).map(|node| self.range(node));
        let operand = match (bounds("multiplies_by"), bounds("divides_by")) {
            (Some(bounds), None) => bounds.map(|bounds| (false, bounds)),
            (None, Some(bounds)) => bounds.map(|bounds| (true, bounds)),
            _ => {
                let help =
                    "write `multiplies_by: {from: .., to: ..}` or `divides_by: {from: .., to: ..}`";
                self.issues
                    .error(node.span, "a reading by no operand", help.to_owned());
                None
            }
        };
        let named = match fields.get("named") {
            Some(node) => self.wordings(node).map(Some),
            None => Some(None),
        };
        let title = fields.required("title", self.issues);
        let (divides, (from, to)) = operand?;
        Some(OtherReading {
            title: title?,
            dimension,
            divides,
            bounds: from.quantity.value..=to.quantity.value,
            in_place_of: in_place_of?,
            named: named?,
        })
    }

    fn slip(&mut self, node: &Node<'_>) -> Option<Slip> {
        let fields = Fields::of(node, "a slip", self.issues)?;
        fields.known(SLIP, self.issues);
        let factor = self.needed(&fields, "factor");
        let factor = factor.and_then(|node| self.plain_figure(node));
        let title = fields.required("title", self.issues);
        let of = fields.get("of").map(one_or_many).unwrap_or_default();
        let of = all_of(of.iter().map(|node| read_dimension(node, self)));
        Some(Slip {
            factor: factor?.quantity.value,
            title: title?,
            of: of?,
        })
    }
}
