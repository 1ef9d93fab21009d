//! The analyses on whole designs: what they compute is held against enumeration, simulation and sums by hand.

mod attack;
mod availability;
mod bounded;
mod edited;
mod latency;
mod load;
mod whatif;

use sysdrill::analysis::{Findings, Stance, Study, Subject, WhatIf};
use sysdrill::catalog::Catalog;
use sysdrill::model::Design;
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::Limits;

/// A design that must have no mistake.
pub(super) fn design(catalog: &Catalog, text: &str) -> Design {
    let text = format!("sysdrill: 1\n{text}");
    let reading = read(&text, &catalog.knowledge.vocabulary, &Limits::default());
    assert!(reading.issues.is_empty(), "{:?}\n{text}", reading.issues);
    reading.design
}

/// Asks the analyses of a design under a change.
pub(super) fn study<T>(text: &str, change: &WhatIf, ask: impl FnOnce(&Study<'_>) -> T) -> T {
    let design = design(Catalog::embedded(), text);
    study_of(Catalog::embedded(), &design, change, ask)
}

/// As [`study`], for a design that was made.
pub(super) fn study_of<T>(
    catalog: &Catalog,
    design: &Design,
    change: &WhatIf,
    ask: impl FnOnce(&Study<'_>) -> T,
) -> T {
    let subject = Subject::new(design, &catalog.knowledge.vocabulary, Vec::new());
    let found = Findings::default();
    ask(&Study::new(&subject, change, &found))
}

/// The change that some kills are.
pub(super) fn kills(text: &str, targets: &[&str]) -> WhatIf {
    let design = design(Catalog::embedded(), text);
    let mut change = WhatIf::default();
    for target in targets {
        change.kill(target, &design).expect("a target");
    }
    change
}

/// What arrives at a component on average, with usual inputs.
pub(super) fn rate(study: &Study<'_>, id: &str) -> f64 {
    let at = study.subject.design.component(id).expect("a component");
    study.loads(Stance::Usual).average[at].rate()
}

/// Whether two numbers are the same for people.
pub(super) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-9)
}

/// Numbers that look random and are the same on each run (splitmix64, Steele, Lea and Flood 2014).
pub(super) struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }
}
