//! What a file is called by services that know it by its place in a repository.
//!
//! Knows separators and the escapes of addresses; opens nothing.

use std::path::{MAIN_SEPARATOR_STR, Path};

/// A path with slashes, without `./` before it: what services call a file that was named from the repository's root.
pub(super) fn in_repository(path: &str) -> String {
    let path = path.replace(MAIN_SEPARATOR_STR, "/");
    path.trim_start_matches("./").to_owned()
}

/// A path as a reference to a resource (RFC 3986): relative as it was given, or a `file` address. All else but letters,
/// digits, `-._~` and slashes is escaped, so that no name is taken for a scheme or a query.
pub(super) fn uri(path: &str) -> String {
    let mut uri = String::new();
    if Path::new(path).is_absolute() {
        uri.push_str(if path.starts_with('/') {
            "file://"
        } else {
            "file:///"
        });
    }
    for byte in in_repository(path).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_named_from_the_root_and_escaped() {
        assert_eq!(
            in_repository("./designs/a.design.yaml"),
            "designs/a.design.yaml"
        );
        assert_eq!(uri("./a b/c.yaml"), "a%20b/c.yaml");
        assert_eq!(uri("javascript:x?y#z%é"), "javascript%3Ax%3Fy%23z%25%C3%A9");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }

    #[cfg(unix)]
    #[test]
    fn absolute_paths_are_file_addresses() {
        assert_eq!(uri("/tmp/a.yaml"), "file:///tmp/a.yaml");
    }
}
