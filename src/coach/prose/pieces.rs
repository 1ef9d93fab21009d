//! The numbers and signs of a sum that is typed without spaces: "100M*500B=50GB".
//!
//! Knows which marks are signs there; knows no amounts.

/// What is divided by less, without a space, is hardly ever a sum: "24/7", "50/50".
const LEAST_DIVISOR: u64 = 8;

/// A word of a sum in its numbers and signs; any other word as it is.
pub(super) fn pieces(word: &str) -> Vec<&str> {
    if !word.contains(|c: char| c.is_ascii_digit()) || word.contains("://") {
        return vec![word];
    }
    let mut pieces = Vec::new();
    let (mut start, mut next) = (0, 0);
    while let Some(rest) = word.get(next..).filter(|rest| !rest.is_empty()) {
        let before = word.get(start..next).unwrap_or_default();
        let sign = sign_at(before, rest, !pieces.is_empty());
        if sign > 0 {
            pieces.extend(word.get(start..next));
            pieces.extend(word.get(next..next + sign));
            start = next + sign;
        }
        next += sign.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    pieces.extend(word.get(start..));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// How many bytes of a word are a sign that joins what stands around it; none where it begins with no such sign. A sum goes on
/// behind another sign.
fn sign_at(before: &str, rest: &str, goes_on: bool) -> usize {
    let arrow = ["=>", "->"]
        .into_iter()
        .find(|arrow| rest.starts_with(arrow));
    if let Some(arrow) = arrow {
        return arrow.len();
    }
    let mut letters = rest.chars();
    let Some(sign) = letters.next() else { return 0 };
    let behind = letters.as_str();
    let is_number_behind = behind.starts_with(|c: char| c.is_ascii_digit());
    let is_sign = match sign {
        '≈' | '→' | '×' | '÷' | '*' => true,
        '=' => !before.ends_with(['<', '>', '!']),
        'x' | 'X' => {
            let is_number = before.ends_with(|c: char| c.is_ascii_digit()) && before != "0";
            is_number_behind && (before.is_empty() || is_number)
        }
        '+' => is_number_behind && !before.is_empty(),
        '/' => is_number_behind && (goes_on || divides(before, behind)),
        _ => false,
    };
    if is_sign { sign.len_utf8() } else { 0 }
}

/// Whether a slash between two numbers divides: "10M/86400" does, "24/7" and "1/20" are other things.
fn divides(before: &str, behind: &str) -> bool {
    let digits = |text: &str| text.parse::<u64>().ok();
    let end = behind.find(|c: char| !c.is_ascii_digit());
    let divisor = digits(
        behind
            .get(..end.unwrap_or(behind.len()))
            .unwrap_or_default(),
    );
    let is_share = || digits(before).is_some_and(|whole| divisor.is_some_and(|by| whole < by));
    divisor.is_some_and(|by| by >= LEAST_DIVISOR) && !before.is_empty() && !is_share()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_words_of_their_own_in_sums_alone() {
        for (word, expected) in [
            ("100M*500B=50GB", "100M * 500B = 50GB"),
            ("10M/86400=116/s", "10M / 86400 = 116/s"),
            ("100M*100/30/86400", "100M * 100 / 30 / 86400"),
            ("x365", "x 365"),
            ("5x10", "5 x 10"),
            ("3x", "3x"),
            ("0x10", "0x10"),
            ("24/7", "24/7"),
            ("1/20", "1/20"),
            ("116/s", "116/s"),
            ("5=>12", "5 => 12"),
            ("<=100ms", "<=100ms"),
            ("a*b", "a*b"),
            ("http://h/1=2", "http://h/1=2"),
            ("≈115", "≈ 115"),
        ] {
            assert_eq!(pieces(word).join(" "), expected, "{word}");
        }
    }
}
