//! What a finding is known by from run to run: machines match findings of two reports, and of a report and a baseline, by it.
//!
//! Knows which parts of a finding last; lines, order and wording are not among them.

use super::Finding;

impl Finding {
    /// 32 hexadecimal digits made of the rule, of whether it is missed or open, and of the ids of what it is about. They stay
    /// the same while lines move, entries change their order, and messages are worded anew; two designs can have the same.
    ///
    /// FNV-1a with 128 bits (Fowler, Noll and Vo; RFC 9923), which is made to tell texts apart and not to resist forgers:
    /// whoever can forge a design can as well state there that a finding is accepted.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut subjects: Vec<&str> = self.subjects.iter().map(String::as_str).collect();
        subjects.sort_unstable();
        let parts = [self.rule.as_str(), self.outcome.word()];
        fingerprint(parts.into_iter().chain(subjects))
    }
}

/// 32 hexadecimal digits made of texts in their order.
pub fn fingerprint<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash = OFFSET;
    for part in parts {
        // The length comes first, so that `a`, `bc` is not `ab`, `c`.
        hash = fnv1a(hash, part.len().to_string().as_bytes());
        hash = fnv1a(hash, b":");
        hash = fnv1a(hash, part.as_bytes());
    }
    format!("{hash:032x}")
}

const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

fn fnv1a(hash: u128, bytes: &[u8]) -> u128 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(PRIME)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::{Outcome, assess};
    use crate::catalog::Catalog;
    use crate::model::Severity;
    use crate::notation::design;
    use crate::notation::yaml::Limits;

    fn findings(text: &str) -> Vec<Finding> {
        let catalog = Catalog::embedded();
        let reading = design::read(text, &catalog.knowledge.vocabulary, &Limits::default());
        assess(&reading.design, catalog, None).findings
    }

    fn fingerprints(text: &str) -> Vec<String> {
        let mut all: Vec<String> = findings(text).iter().map(Finding::fingerprint).collect();
        all.sort();
        all
    }

    #[test]
    fn the_published_vectors_come_out() {
        assert_eq!(fnv1a(OFFSET, b""), OFFSET);
        assert_eq!(
            fnv1a(OFFSET, b"a"),
            0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964
        );
        assert_eq!(
            fnv1a(OFFSET, b"foobar"),
            0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18
        );
    }

    #[test]
    fn lines_and_order_do_not_matter() {
        let plain = "sysdrill: 1\n\
            components: {web: client, api: service, db: {tech: postgres, replicas: 1}}\n\
            connections: [web -> api, api -> db]\n\
            flows: {save: {path: web -> api -> db, kind: write, rate: 900/s, availability: 99.99%}}\n";
        let moved = "sysdrill: 1\n\n# moved\nflows:\n  \
            save: {path: web -> api -> db, kind: write, rate: 900/s, availability: 99.99%}\n\
            connections: [api -> db, web -> api]\n\
            components:\n  db: {tech: postgres, replicas: 1}\n  api: service\n\n  web: client\n";
        let all = fingerprints(plain);
        assert!(all.len() > 3, "{all:?}");
        assert_eq!(all, fingerprints(moved));
    }

    #[test]
    fn rule_outcome_and_subjects_do_and_severity_and_wording_do_not() {
        let all = findings(
            "sysdrill: 1\ncomponents: {web: client, db: {tech: postgres}}\nconnections: [web -> db]\n",
        );
        let finding = all.first().unwrap();
        let changed = |change: fn(&mut Finding)| {
            let mut other = finding.clone();
            other.subjects = vec!["ab".to_owned(), "c".to_owned()];
            let before = other.fingerprint();
            change(&mut other);
            other.fingerprint() != before
        };
        assert!(changed(|other| other.rule.push('x')));
        assert!(changed(|other| other.outcome = Outcome::NotApplicable));
        assert!(changed(
            |other| other.subjects = vec!["a".to_owned(), "bc".to_owned()]
        ));
        assert!(changed(|other| other.subjects = vec!["abc".to_owned()]));
        assert!(!changed(|other| other.subjects.reverse()));
        assert!(!changed(|other| other.severity = Severity::Blocker));
        assert!(!changed(|other| other.message.push('x')));
    }
}
