//! Chains of nothing but ids and arrows, as nearly all of a design file are: read without a copy of their words.
//!
//! Knows ids and arrows; leaves all else, mistakes included, to the grammar.

use super::{Arrow, Id};

/// The arrows of a chain that has nothing but ids and arrows between them, as nearly all of a design file have; nothing for
/// all else, mistakes included, which [`super::parse_chain`] knows.
#[must_use]
pub fn plain_arrows(text: &str) -> Option<Vec<Arrow<'_>>> {
    let mut arrows = Vec::with_capacity(2);
    let (mut from, mut rest) = plain_id(text, text)?;
    while !rest.is_empty() {
        let (asynchronous, after) = match rest.strip_prefix("->") {
            Some(after) => (false, after),
            None => (true, rest.strip_prefix("~>")?),
        };
        let (to, after) = plain_id(text, after)?;
        arrows.push(Arrow {
            from,
            to,
            asynchronous,
        });
        (from, rest) = (to, after);
    }
    (!arrows.is_empty()).then_some(arrows)
}

/// An id of plain letters with the spaces around it, and what follows them.
fn plain_id<'t>(whole: &'t str, rest: &'t str) -> Option<(Id<'t>, &'t str)> {
    let rest = rest.trim_start_matches(' ');
    let bytes = rest.as_bytes();
    let is_part = |(at, byte): (usize, &u8)| match byte {
        b'-' => bytes.get(at + 1) != Some(&b'>'),
        b'_' | b'.' => true,
        byte => byte.is_ascii_alphanumeric(),
    };
    let length = bytes.iter().enumerate().position(|part| !is_part(part));
    let (text, after) = rest.split_at_checked(length.unwrap_or(rest.len()))?;
    let id = Id {
        text,
        start: whole.len() - rest.len(),
    };
    (!text.is_empty()).then(|| (id, after.trim_start_matches(' ')))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{ArrowNode, parse_chain};
    use super::*;

    proptest! {
        #![proptest_config(crate::same_cases(256))]

        #[test]
        fn plain_arrows_are_those_of_the_chain(text in "([ab1_.x-]{0,3}|é|,|:|\\(|\\||\\)|\\[z=1\\])?( {0,2}(->|~>|→|-|>) {0,2}([ab1_.x-]{0,4}|x2|a x2))*( |\t|\n)?") {
            if let Some(arrows) = plain_arrows(&text) {
                let chain = parse_chain(&text).expect(&text);
                prop_assert_eq!(arrows, chain.arrows());
                prop_assert!(chain.stages.len() > 1);
                prop_assert!(chain.stages.iter().all(|stage| !stage.alternatives));
                prop_assert!(chain.stages.iter().flat_map(|stage| &stage.nodes).all(ArrowNode::is_plain));
            }
        }
    }

    #[test]
    fn most_chains_are_plain() {
        for (text, arrows) in [
            ("a -> b", 1),
            ("web->edge-1 ~> lb -> x.y", 3),
            (" a -> b ", 1),
        ] {
            assert_eq!(
                plain_arrows(text).map(|all| all.len()),
                Some(arrows),
                "{text}"
            );
        }
        for text in [
            "a",
            "a -> b, c",
            "a -> b x3",
            "a -> (b | c)",
            "a -> ",
            "a -> é",
        ] {
            assert_eq!(plain_arrows(text), None, "{text}");
        }
    }
}
