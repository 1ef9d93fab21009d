//! Near-identical designs are pointed out, and designs that were made apart are not: measured on the references, the fixtures and
//! the example class, and on copies of the references under other names, with a change, with other numbers, in other words.
//! `cargo test --test it similarity -- --nocapture` prints the table of `docs/grading.md`; `MUTANTS=all` changes the references in
//! every way.

use std::collections::BTreeMap;
use std::path::Path;

use sysdrill::assess::mutation::{OPERATORS, Over};
use sysdrill::assess::similarity::{Class, Given, Handed, Likeness};
use sysdrill::catalog::{Catalog, embedded_text};
use sysdrill::model::{Attributes, Design, Value};
use sysdrill::notation::design::read;
use sysdrill::notation::yaml::Limits;
use sysdrill::report::blank_design;
use sysdrill::rubric::Noun;

use super::invariance::{renamed, turned};

/// Designs for one problem, each made apart from the others, with their paths.
type Apart = BTreeMap<String, Vec<(String, Design)>>;

/// The references, fixtures and examples of the project by their problem.
fn apart() -> Apart {
    let mut all = Apart::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["problems", "examples/class"] {
        for path in designs(&root.join(folder)) {
            let text = std::fs::read_to_string(&path).expect("a design");
            let vocabulary = &Catalog::embedded().knowledge.vocabulary;
            let design = read(&text, vocabulary, &Limits::default()).design;
            let problem = design.problem.clone().expect("a problem");
            all.entry(problem).or_default().push((path, design));
        }
    }
    all
}

/// The design files below a folder.
fn designs(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries.map(|it| it.expect("an entry").path()).collect();
    paths.sort();
    let found = paths.into_iter().flat_map(|path| {
        let name = path.display().to_string();
        if path.is_dir() {
            designs(&path)
        } else {
            vec![name]
        }
    });
    found
        .filter(|name| name.ends_with(".design.yaml"))
        .collect()
}

fn given(problem: &str) -> Given {
    let mut given = Given::default();
    let text = embedded_text(&format!("problems/{problem}/problem.yaml"));
    given.text(text.expect("the problem"));
    given.text(&blank_design(Catalog::embedded().problem(problem)));
    given
}

/// The pairs of a class in which everybody handed in one design.
fn pairs(designs: &[&Design], given: &Given) -> Vec<Likeness> {
    let handed = designs.iter().enumerate();
    let handed: Vec<Handed<'_>> = handed
        .map(|(person, design)| Handed { design, person })
        .collect();
    Class::of(&handed, given).pairs()
}

/// The likeness of the last two.
fn of_last(designs: &[&Design], given: &Given) -> Likeness {
    let last = designs.len() - 1;
    let all = pairs(designs, given);
    let mut of_last = all
        .into_iter()
        .filter(|one| (one.first, one.second) == (last - 1, last));
    of_last.next().unwrap_or(Likeness {
        first: last - 1,
        second: last,
        drawing: 0.0,
        text: 0.0,
        weight: [0.0; 2],
    })
}

/// Every text of a design, to be rewritten.
fn reworded(design: &Design, rewrite: fn(&str) -> String) -> Design {
    let mut other = design.clone();
    let requirements = &mut other.requirements;
    let lists = [
        &mut requirements.functional,
        &mut requirements.non_functional,
        &mut requirements.out_of_scope,
        &mut requirements.questions,
    ];
    let lists = lists.into_iter().flatten();
    let decisions = other.decisions.iter_mut();
    let decisions = decisions.flat_map(|it| [Some(&mut it.choice), it.because.as_mut()]);
    let answers = other.answers.iter_mut().map(|it| &mut it.text);
    let components = other.components.iter_mut();
    let components = components.flat_map(|it| [it.title.as_mut(), it.notes.as_mut()]);
    let texts = lists.chain(answers).chain(decisions.flatten());
    for text in texts.chain(components.flatten()) {
        *text = rewrite(text);
    }
    other
}

/// Every fourth word is another: no run of five survives.
fn other_words(text: &str) -> String {
    let words = text.split(' ').enumerate();
    let words = words.map(|(at, word)| {
        if at % 4 == 0 {
            format!("x{word}")
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Every fourteenth word is another: somebody went over it.
fn touched_up(text: &str) -> String {
    let words = text.split(' ').enumerate();
    let words = words.map(|(at, word)| {
        if at % 14 == 6 {
            format!("x{word}")
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// All numbers are others.
fn renumbered(design: &Design) -> Design {
    let mut other = design.clone();
    let change = |attributes: &mut Attributes| {
        let all: Vec<_> = attributes
            .iter()
            .map(|(at, value)| (at, value.clone()))
            .collect();
        for (attribute, mut value) in all {
            match &mut value {
                Value::Count(count) => *count += 1,
                Value::Figure(figure) => figure.quantity.value *= 0.9,
                _ => {}
            }
            attributes.set(attribute, value);
        }
    };
    other
        .components
        .iter_mut()
        .for_each(|it| change(&mut it.attributes));
    other
        .connections
        .iter_mut()
        .for_each(|it| change(&mut it.attributes));
    other
}

/// Half of the drawing is gone.
fn halved(design: &Design) -> Design {
    let mut other = design.clone();
    for _ in 0..design.components.len() / 2 {
        other.remove_component(other.components.len() - 1);
    }
    other
}

/// Each break that a design can suffer.
fn broken(design: &Design) -> Vec<Design> {
    let vocabulary = &Catalog::embedded().knowledge.vocabulary;
    let mut all = Vec::new();
    for operator in OPERATORS {
        let (change, most) = match operator.over {
            Over::Each(Noun::Component, change) => (change, design.components.len()),
            Over::Each(Noun::Connection, change) => (change, design.connections.len()),
            Over::Each(Noun::Flow, change) => (change, design.flows.len()),
            Over::Whole(change) => (change, 1),
            _ => continue,
        };
        for at in 0..most {
            let mut broken = design.clone();
            if change(&mut broken, at, vocabulary) && broken != *design {
                all.push(broken);
            }
        }
    }
    all
}

/// The sorts of copies: what was done, whether it has to be pointed out, how.
type Copying = (&'static str, bool, fn(&Design) -> Vec<Design>);

const COPIES: &[Copying] = &[
    ("other ids and another order", true, |it| {
        vec![turned(&renamed(it))]
    }),
    ("with one change that the mutants make", true, broken),
    ("other ids, all numbers others", true, |it| {
        vec![renamed(&renumbered(it))]
    }),
    ("other ids, every fourth word another", true, |it| {
        vec![renamed(&reworded(it, other_words))]
    }),
    (
        "other ids and numbers, a word here and there another",
        true,
        |it| vec![renamed(&renumbered(&reworded(it, touched_up)))],
    ),
    ("half of the drawing, other ids", true, |it| {
        vec![renamed(&halved(it))]
    }),
    (
        "all numbers others, every fourth word another",
        false,
        |it| vec![renamed(&renumbered(&reworded(it, other_words)))],
    ),
];

#[test]
fn copies_are_pointed_out_and_what_was_made_apart_is_not() {
    let all = apart();
    let mut table = vec![
        "| pairs | number | drawing | text | pointed out |".to_owned(),
        "| --- | ---: | ---: | ---: | ---: |".to_owned(),
    ];
    let mut row = |name: &str, found: &[Likeness]| {
        let near = found.iter().filter(|one| one.is_near()).count();
        table.push(format!(
            "| {name} | {} | {} | {} | {near} |",
            found.len(),
            range(found.iter().map(|one| one.drawing)),
            range(found.iter().map(|one| one.text)),
        ));
        near
    };
    let [mut in_class, mut alone] = [Vec::new(), Vec::new()];
    for (problem, class) in &all {
        let given = given(problem);
        let designs: Vec<&Design> = class.iter().map(|(_, design)| design).collect();
        in_class.extend(pairs(&designs, &given));
        for (at, one) in designs.iter().enumerate() {
            let others = designs.iter().skip(at + 1);
            alone.extend(others.map(|other| of_last(&[one, other], &given)));
        }
    }
    assert_eq!(row("made apart, in a class", &in_class), 0);
    assert_eq!(row("made apart, with nobody else", &alone), 0);
    for (name, must, copies) in COPIES {
        let found = copied(&all, *copies);
        let near = row(name, &found);
        assert_eq!(near, if *must { found.len() } else { 0 }, "{name}");
    }
    let table = table.join("\n");
    println!("{table}");
    let told = include_str!("../../docs/grading.md");
    let sampled = !super::is_asked("MUTANTS", "all");
    assert!(
        !sampled || told.contains(&table),
        "docs/grading.md tells other figures"
    );
}

/// How alike the references are to their copies, beside the other references.
fn copied(all: &Apart, copies: fn(&Design) -> Vec<Design>) -> Vec<Likeness> {
    let step = if super::is_asked("MUTANTS", "all") {
        1
    } else {
        40
    };
    let mut number = 0;
    let mut found = Vec::new();
    for (problem, class) in all {
        let given = given(problem);
        let references = || {
            class
                .iter()
                .filter(|(path, _)| path.contains("/references/"))
        };
        for (path, design) in references() {
            let others = references().filter(|(other, _)| other != path);
            let others: Vec<&Design> = others.map(|(_, design)| design).collect();
            let made = copies(design);
            let is_one = made.len() == 1;
            for copy in made {
                number += 1;
                if is_one || number % step == 0 {
                    let mut class = others.clone();
                    class.extend([design, &copy]);
                    found.push(of_last(&class, &given));
                }
            }
        }
    }
    found
}

#[test]
fn what_all_have_and_what_was_given_makes_nobody_alike() {
    let all = apart();
    let class = &all["chat"];
    let (given, (_, template)) = (given("chat"), &class[0]);
    // Twelve people who all began with one design, and each went on with something else.
    let own = |at: usize| {
        let mut own = template.clone();
        let (_, other) = &class[1 + at % (class.len() - 1)];
        own.answers = other.answers.clone();
        for answer in &mut own.answers {
            answer.text = format!("{at} {}", answer.text.replace(' ', &format!(" {at} ")));
        }
        own
    };
    let people: Vec<Design> = (0..12).map(own).collect();
    let handed: Vec<&Design> = people.iter().collect();
    let without = pairs(&handed[..2], &given);
    assert!(
        without[0].is_near(),
        "two alone can't tell a template: {without:?}"
    );
    let all = pairs(&handed, &given);
    assert!(
        all.iter().all(|pair| !pair.is_near()),
        "all twelve have it: {:?}",
        all.first()
    );
    let mut handout = given.clone();
    handout.design(template);
    let with = pairs(&handed[..2], &handout);
    assert!(
        with.iter().all(|pair| !pair.is_near()),
        "{:?}",
        with.first()
    );

    // A third of a class that has the same is pointed out, each pair.
    let mut class: Vec<&Design> = class.iter().map(|(_, design)| design).collect();
    class.extend([template; 3]);
    let near = pairs(&class, &given).into_iter();
    assert_eq!(near.filter(Likeness::is_near).count(), 6, "four have it");

    // The same whoever comes first; and nobody is like themselves.
    let handed: Vec<Handed<'_>> = [
        (template, 0),
        (&people[0], 1),
        (&people[1], 0),
        (template, 1),
    ]
    .map(|(design, person)| Handed { design, person })
    .to_vec();
    let found = Class::of(&handed, &given).pairs();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].first, found[0].second), (0, 3));
    let backwards: Vec<Handed<'_>> = handed.iter().rev().copied().collect();
    let found = Class::of(&backwards, &given).pairs();
    assert_eq!((found[0].first, found[0].second), (0, 3));
}

/// The least, the middle and the greatest share, in percent.
fn range(shares: impl Iterator<Item = f64>) -> String {
    let mut shares: Vec<f64> = shares.collect();
    shares.sort_by(f64::total_cmp);
    let at = |at: usize| shares.get(at).map_or(0.0, |share| share * 100.0);
    format!(
        "{:.0} - {:.0} - {:.0}%",
        at(0),
        at(shares.len() / 2),
        at(shares.len().saturating_sub(1))
    )
}
