//! `--since REV`: which designs are otherwise than at a revision. Git is asked; nothing of its format is read here.
//!
//! Knows repositories and paths; knows not what a design is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{files, screen};
use crate::model::spelling::counted;

/// What would lead git to another repository than the one that a file is in; hooks have them set.
const ELSEWHERE: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// Why it can't be said what changed, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    message: String,
    help: String,
}

impl Fault {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}

/// The files that changed since a revision, where one is given: those that are new or otherwise than where the history of the
/// working tree left that of the revision. What can't be said is reported, and there is nothing then.
///
/// A file is left out only where git says that it is as it was: what git ignores, does not know or reaches by a link
/// stays. A file under a new name is a new file.
pub fn changed(paths: Vec<PathBuf>, revision: Option<&str>) -> Option<Vec<PathBuf>> {
    let Some(revision) = revision else {
        return Some(paths);
    };
    let is_any = !paths.is_empty();
    let count = counted(paths.len(), "design is", "designs are");
    match sorted_out(paths, revision) {
        Ok(changed) => {
            if changed.is_empty() && is_any {
                screen::trouble(&format!(
                    "no design changed since {revision}: {count} as before"
                ));
            }
            Some(changed)
        }
        Err(fault) => {
            screen::error(&fault.message, Some(&fault.help));
            None
        }
    }
}

fn sorted_out(paths: Vec<PathBuf>, revision: &str) -> Result<Vec<PathBuf>, Fault> {
    let mut repositories: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    let mut changed = Vec::new();
    for path in paths {
        let (root, name) = home(&path)?;
        let unchanged = match repositories.get(&root) {
            Some(unchanged) => unchanged,
            None => {
                let unchanged = unchanged(&root, revision)?;
                repositories.entry(root).or_insert(unchanged)
            }
        };
        if name.is_none_or(|name| !unchanged.contains(&name)) {
            changed.push(path);
        }
    }
    Ok(changed)
}

/// The repository of a file and its name there; no name where git can't be asked for the content behind it.
fn home(path: &Path) -> Result<(PathBuf, Option<String>), Fault> {
    if path.as_os_str() == files::STDIN {
        let help = "name files or folders, or leave --since out";
        return Err(Fault::new("standard input has no history", help));
    }
    let shown = path.display();
    let unread = |reason| {
        Fault::new(
            format!("{shown}: {reason}"),
            "--since asks git about each file",
        )
    };
    let real = files::real_place(path).map_err(unread)?;
    let root = real
        .ancestors()
        .skip(1)
        .find(|folder| folder.join(".git").exists());
    let Some(root) = root else {
        let help = "--since compares with a revision of git; leave it out to check every design";
        return Err(Fault::new(format!("{shown} is in no git repository"), help));
    };
    let name = real.strip_prefix(root).ok().and_then(Path::to_str);
    let name = name.filter(|_| !real.is_symlink());
    let name = name.map(|name| name.replace('\\', "/"));
    Ok((root.to_owned(), name))
}

/// The files of a repository that are as they were.
fn unchanged(root: &Path, revision: &str) -> Result<BTreeSet<String>, Fault> {
    let base = base(root, revision)?;
    let of = |arguments: &[&str]| {
        git(root, arguments)?.map_err(|said| Fault::new(said, "--since asks git what changed"))
    };
    let known = of(&["ls-tree", "-r", "-z", "--full-tree", "--name-only", &base])?;
    let options = ["--no-ext-diff", "--no-renames", "--ignore-submodules=all"];
    let listed = ["--name-only", "-z", &base, "--"];
    let otherwise = of(&[&["diff"], options.as_slice(), &listed].concat())?;
    let otherwise: BTreeSet<&str> = otherwise.split('\0').collect();
    let known = known.split('\0').filter(|name| !otherwise.contains(name));
    Ok(known.map(str::to_owned).collect())
}

/// The commit at which the history of the working tree left that of the revision: what others did there since then is no
/// change here.
fn base(root: &Path, revision: &str) -> Result<String, Fault> {
    let place = root.display();
    let commit = format!("{revision}^{{commit}}");
    let asked = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ];
    let commit = git(root, &asked)?.map_err(|said| {
        let said = if said.is_empty() {
            String::new()
        } else {
            format!(": {said}")
        };
        let help = "name a commit, branch or tag that was fetched, such as origin/main";
        Fault::new(
            format!("unknown revision `{revision}` in {place}{said}"),
            help,
        )
    })?;
    let base = git(root, &["merge-base", "HEAD", commit.trim()])?.map_err(|_| {
        let help = "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` where a job checks out";
        Fault::new(format!("HEAD and `{revision}` have no commit in common in {place}"), help)
    })?;
    Ok(base.trim().to_owned())
}

/// What git says in a repository; its complaint where it fails.
fn git(root: &Path, arguments: &[&str]) -> Result<Result<String, String>, Fault> {
    let mut command = Command::new("git");
    command
        .args(["-c", "core.fsmonitor=false", "-C"])
        .arg(root)
        .args(arguments);
    for name in ELSEWHERE {
        command.env_remove(name);
    }
    let command = command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    let output = command.stdin(Stdio::null()).output().map_err(|error| {
        let help = "--since needs git on the path; leave it out to check every design";
        Fault::new(
            format!("git could not be run: {}", files::words(&error)),
            help,
        )
    })?;
    if output.status.success() {
        return Ok(Ok(String::from_utf8_lossy(&output.stdout).into_owned()));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Ok(Err(said.trim().trim_start_matches("fatal: ").to_owned()))
}
