//! The characters that a terminal shows: all of Unicode, or ASCII alone.
//!
//! Knows the variables that say so and what stands for our own characters; knows no layout.

/// Whether the terminal shows more than ASCII, by the rule that the first of these variables that is set decides.
pub fn speaks_unicode() -> bool {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if variable("TERM").is_some_and(|term| term == "dumb") {
        return false;
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(variable);
    let utf8 = |locale: std::ffi::OsString| {
        let locale = locale.to_string_lossy().to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    };
    locale.map_or(cfg!(windows), utf8)
}

/// A text with what a terminal of ASCII can't show in other characters.
pub fn ascii(text: &str) -> String {
    text.chars().map(plain).collect()
}

/// The nearest ASCII character to one of ours; what people typed stays as it is as far as it can be shown.
const fn plain(c: char) -> char {
    match c {
        '├' | '│' => '|',
        '└' => '`',
        '─' => '-',
        '×' => 'x',
        '↑' => '^',
        '…' => '.',
        '✓' => '+',
        'µ' => 'u',
        c if c.is_ascii() => c,
        _ => '?',
    }
}
