//! What is said of texts without a value. Each line of a table has the text, what is wrong, the part
//! at fault, and a piece of the help.

use super::super::{Figure, Quantity, evaluate, names_in};
use super::Estimates;

#[track_caller]
fn assert_faults(table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let columns: Vec<&str> = line.split(" | ").collect();
        let [text, message, part, help] = columns.as_slice() else {
            panic!("four columns: {line}");
        };
        let error = evaluate(text, &Estimates).expect_err(text);
        assert_eq!(error.message, *message, "{text}");
        assert_eq!(text.get(error.span.clone()), Some(*part), "{text}");
        let given = error.help.unwrap_or_default();
        assert!(given.contains(help), "{text}: {given}");
    }
}

#[test]
fn sums_of_unlike_units_name_both() {
    assert_faults(
        "
        100 MB + 5/s | a rate can't be added to a size | 5/s | units of the same kind
        1 day - 5 * 2 | a number can't be subtracted from a duration | 5 * 2 | units of the same kind
        1M people * 2 KB + 5 s | a duration can't be added to a size | 5 s | units of the same kind
        read_qps + 20% | a number can't be added to a rate | 20% | write `* 120%`
        5 GB + 500B | a number can't be added to a size | 500B | write `500 B` with a space for bytes
        ",
    );
}

#[test]
fn conversions_between_dimensions_name_both() {
    assert_faults(
        "
        5 GB to s | the result is a size, but `s` is for a duration | s | such as `GB`
        5 GB * 2 to MB / s | the result is a size, but `MB/s` is for a throughput | MB / s | such as `GB`
        100M to /s | the result is a number, but `/s` is for a rate | /s | leave the conversion out
        5 GB to % | the result is a size, but `%` is for a number | % | such as `GB`
        1M * 500B to GB | the result is a number, but `GB` is for a size | GB | `500B` is 500 billion
        1.5 B posts * 1 KB to GB | the result is bytes², but `GB` is for a size | GB | write `1.5B` without a space
        1 B posts * 8 bytes + 500B | a number can't be added to bytes² | 500B | `1 B` is bytes; write `1B`
        ",
    );
}

#[test]
fn units_that_are_none_are_corrected() {
    assert_faults(
        "
        5 GB to TBB | unknown unit `TBB` | TBB | did you mean `TB`?
        5 GB to bananas | unknown unit `bananas` | bananas | units are such as
        5 GB to Gb | unknown unit `Gb` | Gb | write `GB` for bytes or `Gbit` for bits
        5 GB to | expected a unit after `to` | to | such as `GB`
        5 GB to MB/ | expected a unit after `/` | / | such as `GB`
        10k in 5 minutes | expected a unit after `in` | 5 | write `per`
        5 GB to MB + 1 | unexpected `+` after the unit | + | comes last
        5 Gb | unknown unit `Gb` | Gb | write `GB` for bytes or `Gbit` for bits
        5 kb/s | unknown unit `kb` | kb | write `KB/s` for bytes or `Kbit/s` for bits
        5 seconsd | unknown unit `seconsd` | seconsd | did you mean `seconds`?
        100Mposts | unknown unit `Mposts` | Mposts | write `100M posts` or `100 Mposts`
        10 requests a day | unexpected `day` | day | `/day`
        5 MB GB | unexpected `GB` | GB | right after its number
        ",
    );
}

#[test]
fn names_that_are_none_are_corrected() {
    assert_faults(
        "
        2 * reed_qps | unknown name `reed_qps` | reed_qps | did you mean `read_qps`?
        read-qps * 2 | unknown name `read` | read | did you mean `read_qps`?
        3 * read qps | unknown name `read` | read | did you mean `read_qps`?
        banana + 1 | unknown name `banana` | banana | known names: `read_qps`, `users`
        broken * 2 | `broken` has no value | broken | an error of its own
        endless * 2 | `endless` has no value | endless | an error of its own
        5 * day | `day` has no number before it | day | write `1 day`
        100 read_qps | `read_qps` follows a number | read_qps | write `*` between
        users users | unexpected `users` | users | such as `*`
        ",
    );
    let error = Figure::parse("banana").expect_err("no names");
    assert_eq!(
        error.help.as_deref(),
        Some("no names are known here; write a number, such as `100M/month`")
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_not_guessed() {
    assert_faults(
        "
        100M / 5 per minute | `per` after a division can be read in two ways | per | parentheses
        100GB/125MB/s | `/` after a division can be read in two ways | / | parentheses
        9 / 20% of 10 | `of` after a division can be read in two ways | of | parentheses
        2 of 3 | `of` takes a percentage, not `2` | 2 | `*` to multiply
        ",
    );
}

#[test]
fn broken_grammar_is_pointed_at() {
    assert_faults(
        "
        (5 + 3 | this parenthesis is never closed | ( | add a `)`
        5 + 3) | unexpected `)` | ) | open it
        () | expected a number, found `)` | ) | write a number
        5 + | nothing follows `+` | + | write a number
        5 * / 3 | expected a number, found `/` | / | write a number
        5 5 | unexpected `5` | 5 | such as `*`
        1 000 000 | unexpected `000` | 000 | without spaces
        (5 GB to MB) * 2 | unexpected `to` | to | put the conversion last
        1:2:3 | unexpected `:` | : | `100:1`
        users^2 | unexpected `^` | ^ | `62^7`
        1.2.3 GB | `1.2.3` is no number | 1.2.3 | decimals as `1.5`
        1,00 GB | `1,00` is no number | 1,00 | thousands as `1,000`
        <100ms | unexpected `<` | < | without a comparison
        a = 5 | unexpected `=` | = | without a name before it
        100–200 | unexpected `–` | – | write `-` to subtract
        ",
    );
}

#[test]
fn results_that_are_no_numbers_are_refused() {
    assert_faults(
        "
        5 / 0 | division by zero | 0 | can't be 0
        5 / (2 - 2) | division by zero | (2 - 2) | can't be 0
        5 GB / nothing | division by zero | nothing | can't be 0
        1:0 | division by zero | 0 | can't be 0
        0^-1 | division by zero | 1 | can't be 0
        1e999 | `1e999` is too large | 1e999 | 1e308
        2 + 1e300 * 1e300 | the result is too large | 1e300 * 1e300 | 1e308
        10^400 | the result is too large | 10^400 | 1e308
        ",
    );
    let squares = vec!["1 s"; 130].join("*");
    let error = Figure::parse(&squares).expect_err("an exponent of 130");
    assert_eq!(error.message, "too many units multiplied");
}

#[test]
fn long_and_deep_expressions_are_refused() {
    let long = "1+".repeat(500) + "1";
    let error = Figure::parse(&long).expect_err("1,001 bytes");
    assert_eq!(error.message, "expression longer than 1000 bytes");
    assert!(Figure::parse(&"-".repeat(999)).is_err());
    assert!(names_in(&format!("name + {long}")).is_empty());

    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(
        Figure::parse(&nested(64)).map(|figure| figure.quantity),
        Ok(Quantity::number(1.0))
    );
    let error = Figure::parse(&nested(65)).expect_err("65 deep");
    assert_eq!(
        (error.message.as_str(), error.span),
        ("parentheses nested deeper than 64", 64..65)
    );
}

#[test]
fn an_empty_text_is_no_expression() {
    for text in ["", " ", "\n\t"] {
        let error = Figure::parse(text).expect_err("nothing there");
        assert_eq!(error.message, "there is no expression");
        assert_eq!(error.span, 0..text.len());
        assert!(error.help.is_some());
    }
}
