//! Writing files whole or not at all.
//!
//! Knows devices, links and sites of an earlier run; knows no format.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::{text, words};

/// The list of the files that make up a site, by which a folder is known to be one.
const MANIFEST: &str = ".sysdrill-site";

/// Writes the files of a site. A folder that holds anything else is left alone; what an earlier site had and this one has
/// not is taken away.
///
/// # Errors
/// With the reason in words.
pub fn write_site(folder: &Path, files: &[(String, String)]) -> Result<(), String> {
    let failed = |error: &io::Error| format!("{}: {}", folder.display(), words(error));
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let manifest = folder.join(MANIFEST);
    let is_empty = fs::read_dir(folder)
        .map_err(|error| failed(&error))?
        .next()
        .is_none();
    if !is_empty && !manifest.is_file() {
        let folder = folder.display();
        return Err(format!(
            "{folder}: not empty, and no site of an earlier run; give a new folder with --out"
        ));
    }
    let earlier = text(&manifest, 8 << 20).unwrap_or_default();
    let names = files.iter().map(|(name, _)| name.as_str());
    let list: String = names.flat_map(|name| [name, "\n"]).collect();
    write(&manifest, &list)?;
    for (name, text) in files {
        write(&folder.join(name), text)?;
    }
    let is_plain = |name: &&str| !name.contains(['/', '\\']) && !name.starts_with('.');
    let is_gone = |name: &&str| !files.iter().any(|(kept, _)| kept == name);
    for name in earlier.lines().filter(is_plain).filter(is_gone) {
        let _ = fs::remove_file(folder.join(name));
    }
    Ok(())
}

/// Writes a file as a whole: it is there complete, or as it was before. A link stays one, and devices and pipes take the text
/// as they do.
///
/// # Errors
/// With the reason in words.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), String> {
    let content = content.as_ref();
    let written = if is_stream(path) {
        let stream = fs::OpenOptions::new().append(true).open(path);
        stream.and_then(|mut stream| stream.write_all(content))
    } else {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        written(&target, content).and_then(|file| Ok(file.persist(&target).map(drop)?))
    };
    written.map_err(|error| format!("{}: {}", path.display(), words(&error)))
}

/// Whether a path is a device or a pipe, or leads to whatever a stream of this process is, such as `/dev/stdout`.
pub(super) fn is_stream(path: &Path) -> bool {
    let is_of_the_system = path.starts_with("/dev") || path.starts_with("/proc");
    let kind = fs::metadata(path);
    kind.is_ok_and(|kind| is_of_the_system || !kind.is_file() && !kind.is_dir())
}

/// Writes a file that is not there yet, as a whole.
///
/// # Errors
/// With the reason in words, one of which is that it is there already.
pub fn create(path: &Path, text: &str) -> Result<(), String> {
    let written = written(path, text.as_bytes());
    let written = written.and_then(|file| Ok(file.persist_noclobber(path)?));
    written
        .map(drop)
        .map_err(|error| format!("{}: {}", path.display(), words(&error)))
}

/// A file beside the one that it is to become.
fn written(path: &Path, content: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = temporary(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// A file that others may read as the user's settings have it: whoever uploads a report need not be who wrote it.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
