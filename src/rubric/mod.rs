//! Rules, and the language they are written in: conditions, selectors, comparisons, concepts, figures. Rules are data;
//! what they say of a design is asked of a [`Scene`].
//!
//! Knows designs and their facts; knows no files, no reports, and not one rule.

mod beginnings;
mod changing;
mod clause;
mod comparison;
mod concept;
mod condition;
mod defining;
mod evidence;
mod features;
mod figure;
mod finder;
mod fitting;
mod glossary;
mod listening;
mod mistake;
mod name;
mod needs;
mod noun;
mod occasion;
mod passage;
mod pattern;
mod predicates;
mod problem;
mod reader;
mod reading;
mod reckoned;
mod rule;
mod samples;
mod satisfiable;
mod scene;
mod selector;
mod talk;
mod template;
mod trace;

pub use changing::{Changing, Rewritten, Stance};
pub use clause::Reach;
pub use comparison::COMPARISON;
pub use concept::{Concept, Concepts, Language, Numbers};
pub use condition::Condition;
pub use defining::Defining;
pub use features::{bearer, names as feature_names};
pub use figure::find as stated_figure;
pub use figure::{FigureDef, FigureFact, Figures, Role, Slip, identify, is_worked_out, sizes};
pub use glossary::Glossary;
pub use listening::{Heard, Listening};
pub use mistake::{Mistake, Sentence};
pub use noun::Noun;
pub use occasion::Occasion;
pub use passage::{Topics, passages};
pub use pattern::Pattern;
pub use predicates::PREDICATES;
pub use problem::{
    DeepDive, Expectation, Fact, FlowTemplate, Hint, Probe, Problem, Topic, Twist, topic_of,
};
pub use reader::{
    Assumed, CONCEPT_FILE, FIGURE_FILE, HINT, LANGUAGE, Names, Origin, PROBLEM, RULE_FILE,
    RuleReader, TALK_FILE, UseSite,
};
pub use reading::OtherReading;
pub use rule::{ForEach, Rule, RuleFile};
pub use scene::{Bound, Knowledge, Memo, Scene};
pub use selector::Selector;
pub use talk::{Aside, Commanding, Describing, Leaning, Reading, Sequel, Talk};
pub use template::Template;
pub use trace::Trace;
