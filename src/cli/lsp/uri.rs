//! Addresses of documents: paths as `file:` URIs (RFC 8089) and back.
//!
//! Knows how bytes are written in an address; opens no file.

use std::path::{Path, PathBuf};

/// The path of a file on this machine; none for any other address.
pub fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let slash = rest.find('/')?;
    let (host, path) = rest.split_at(slash);
    if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        return None;
    }
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let path = decoded(path)?;
    Some(PathBuf::from(without_slash_before_drive(&path)))
}

/// `/C:/designs` is the path `C:/designs`, as Windows has it.
fn without_slash_before_drive(path: &str) -> &str {
    let inner = path.trim_start_matches('/');
    let is_drive = inner.as_bytes().get(1) == Some(&b':')
        && inner.starts_with(|c: char| c.is_ascii_alphabetic());
    if cfg!(windows) && is_drive {
        inner
    } else {
        path
    }
}

/// The address of a file; none where the path is no text or does not start at a root.
pub fn address(path: &Path) -> Option<String> {
    let absolute = std::path::absolute(path).ok()?;
    let text = absolute.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
    let slash = if text.starts_with('/') { "" } else { "/" };
    let mut uri = format!("file://{slash}");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(uri)
}

/// A text with what `%` stands for; none where that is no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_path() {
        for name in ["/designs/a b.design.yaml", "/é/日本/100%/#?.yaml"] {
            let uri = address(Path::new(name)).unwrap();
            assert!(uri.is_ascii() && !uri.contains(' '), "{uri}");
            assert_eq!(path(&uri), Some(PathBuf::from(name)), "{uri}");
        }
        assert_eq!(path("file://localhost/a%20b"), Some(PathBuf::from("/a b")));
    }

    #[test]
    fn what_is_no_file_here_has_no_path() {
        for uri in [
            "untitled:1",
            "file://server/a",
            "file:///%zz",
            "file:///%ff",
            "file://",
            "x",
        ] {
            assert_eq!(path(uri), None, "{uri}");
        }
    }
}
