//! Commands that show what there is: problems, rules, one rule, completion scripts.
//!
//! Knows how lists look at a terminal.

use clap::CommandFactory;

use super::arguments::{Arguments, Completions, Explain, OwnContent, Reference, Rules, Schema};
use super::{Exit, rubrics, screen};
use crate::catalog::embedded_text;
use crate::model::{Level, spelling};
use crate::report::{self, plain};
use crate::rubric::Rule;

/// `sysdrill problems`.
pub fn problems(own: &OwnContent) -> Exit {
    let Some(catalog) = rubrics::catalog(own) else {
        return Exit::Trouble;
    };
    for problem in &catalog.problems {
        screen::out(&format!("{:<24} {}\n", problem.id, problem.title));
    }
    Exit::Well
}

/// `sysdrill rules`.
pub fn rules(rules: &Rules) -> Exit {
    let Some(catalog) = rubrics::catalog(&rules.own) else {
        return Exit::Trouble;
    };
    if let Some(slug) = rules
        .problem
        .as_deref()
        .filter(|slug| catalog.problem(slug).is_none())
    {
        screen::error(
            &format!("unknown problem `{slug}`"),
            catalog.problem_meant(slug).as_deref(),
        );
        return Exit::Trouble;
    }
    let words: Vec<String> = rules.words.iter().map(|word| word.to_lowercase()).collect();
    let shown = |rule: &&Rule| {
        (rules.problem.is_none() || rule.problem == rules.problem) && has_all(rule, &words)
    };
    if !words.is_empty() && !catalog.rules.iter().any(|rule| shown(&rule)) {
        let complaint = format!("no rule has `{}`", plain::line(&rules.words.join(" ")));
        screen::error(&complaint, Some("`sysdrill rules` lists all"));
        return Exit::Nothing;
    }
    if rules.markdown {
        screen::out(&report::rules_markdown(catalog.rules.iter().filter(shown)));
        return Exit::Well;
    }
    let mut topic = "";
    for rule in catalog.rules.iter().filter(shown) {
        if rule.topic != topic {
            topic = &rule.topic;
            screen::out(&format!("\n{topic}\n"));
        }
        screen::out(&format!(
            "  {:<36} {:<8} {}\n",
            rule.id,
            rule.severity.word(),
            rule.title
        ));
    }
    Exit::Well
}

/// Whether all of some words stand in what a list says of a rule.
fn has_all(rule: &Rule, words: &[String]) -> bool {
    let said = [&rule.id, &rule.title, &rule.topic, rule.severity.word()].map(str::to_lowercase);
    words
        .iter()
        .all(|word| said.iter().any(|said| said.contains(word)))
}

/// `sysdrill explain`.
pub fn explain(explain: &Explain) -> Exit {
    let Some((catalog, own)) = rubrics::catalog_and_own(&explain.own) else {
        return Exit::Trouble;
    };
    let Some(rule) = catalog.rule(&explain.rule) else {
        let known: Vec<&str> = catalog.rules.iter().map(|rule| rule.id.as_str()).collect();
        let help = spelling::did_you_mean(&explain.rule, &known)
            .unwrap_or_else(|| "`sysdrill rules` lists them".to_owned());
        screen::error(&format!("unknown rule `{}`", explain.rule), Some(&help));
        return Exit::Trouble;
    };
    let file = own.file(&rule.file);
    let name = file.as_ref().unwrap_or(&rule.file);
    let own = own.iter().find(|(path, _)| *path == rule.file);
    let text = own.map_or_else(
        || embedded_text(&rule.file),
        |(_, text)| Some(text.as_str()),
    );
    screen::out(&explanation(rule, name, text));
    Exit::Well
}

/// The rule, why it matters, what to do, and its examples as they stand in its file.
fn explanation(rule: &Rule, name: &str, file: Option<&str>) -> String {
    let levels: Vec<&str> = rule.levels.iter().map(|level| level.word()).collect();
    let levels = if levels.len() == Level::ALL.len() {
        "all levels".to_owned()
    } else {
        levels.join(", ")
    };
    let scope = rule.problem.as_deref().unwrap_or("every design");
    let head = format!(
        "{} ({})\n{}\n\n  step      {}\n  weight    {}\n  levels    {levels}\n  applies   {scope}, topic {}\n  defined   {}:{}\n",
        rule.id,
        rule.severity,
        rule.title,
        rule.step.title(),
        rule.weight,
        rule.topic,
        name,
        rule.line
    );
    let body = [
        ("Why", rule.why.trim().to_owned()),
        ("Fix", rule.fix.text()),
        ("The interviewer asks", rule.ask.text()),
    ];
    let mut text = head;
    for (title, words) in body {
        text.push_str(&format!(
            "\n{title}\n{}\n",
            textwrap::indent(&textwrap::fill(words.trim(), 76), "  ")
        ));
    }
    if let Some(page) = &rule.reference {
        text.push_str(&format!("\nRead\n  sysdrill ref {page}\n"));
    }
    if let Some(written) = file.and_then(|file| written(rule, file)) {
        text.push_str(&format!(
            "\nAs written\n{}\n",
            textwrap::indent(written.trim_end(), "  ")
        ));
    }
    text
}

/// The condition and the examples, as they stand in the file: from `when` to the next rule.
fn written(rule: &Rule, file: &str) -> Option<String> {
    let lines: Vec<&str> = file.lines().skip(rule.line - 1).collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = lines.first().map(|line| indent(line))?;
    let is_next = |line: &&str| !line.trim().is_empty() && indent(line) <= own;
    let end = lines
        .iter()
        .skip(1)
        .position(is_next)
        .map_or(lines.len(), |at| at + 1);
    Some(lines.get(..end)?.join("\n"))
}

/// `sysdrill ref`.
pub fn reference(reference: &Reference) -> Exit {
    let Some(catalog) = rubrics::catalog(&reference.own) else {
        return Exit::Trouble;
    };
    let words = reference.words.join(" ");
    if words.trim().is_empty() {
        screen::prose(&report::contents(&catalog));
        return Exit::Well;
    }
    match report::looked_up(&words, &catalog) {
        Ok(text) => {
            screen::prose(&text);
            Exit::Well
        }
        Err(help) => {
            screen::error(&format!("nothing on `{}`", words.trim()), Some(&help));
            Exit::Nothing
        }
    }
}

/// `sysdrill schema`.
pub fn schema(schema: &Schema) -> Exit {
    let Some(catalog) = rubrics::catalog(&schema.own) else {
        return Exit::Trouble;
    };
    screen::out(&report::schema(schema.document.into(), &catalog));
    Exit::Well
}

/// `sysdrill completions`.
pub fn completions(completions: &Completions) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(
        completions.shell,
        &mut Arguments::command(),
        "sysdrill",
        &mut script,
    );
    screen::out(&String::from_utf8_lossy(&script));
    Exit::Well
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn every_rule_is_explained_with_its_examples_and_no_other_rule() {
        for rule in &Catalog::embedded().rules {
            let text = explanation(rule, &rule.file, embedded_text(&rule.file));
            for part in [rule.title.as_str(), "Why", "Fix", "As written"] {
                assert!(text.contains(part), "{}: no {part} in\n{text}", rule.id);
            }
            let has_examples = text.contains("passes:") && text.contains("fails:");
            assert_eq!(has_examples, rule.occasion.is_none(), "{text}");
            assert_eq!(
                text.matches("- id:").count(),
                1,
                "{} shows more than itself:\n{text}",
                rule.id
            );
        }
    }
}
