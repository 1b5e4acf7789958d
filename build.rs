//! Lists the folders of `cases/`, so that a new case is a new folder and nothing else. Does nothing without the
//! feature `cases`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The files that a case may have, and whether it must.
const FILES: [(&str, bool); 3] = [("register.toml", true), ("observations.csv", false), ("truth.toml", true)];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_CASES").is_none() {
        return ExitCode::SUCCESS;
    }
    println!("cargo::rerun-if-changed=cases");
    match catalogue() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn folder(variable: &str) -> Result<PathBuf, String> {
    env::var_os(variable).map(PathBuf::from).ok_or_else(|| format!("`{variable}` is not set"))
}

/// Writes the list of texts that `src/cases.rs` includes.
fn catalogue() -> Result<(), String> {
    let cases = folder("CARGO_MANIFEST_DIR")?.join("cases");
    let mut code = String::from("&[\n");
    for slug in names(&cases)?.into_iter().filter(|name| cases.join(name).is_dir()) {
        code.push_str(&case(&cases.join(&slug), &slug)?);
    }
    code.push_str("]\n");
    let list = folder("OUT_DIR")?.join("cases.rs");
    fs::write(&list, code).map_err(|error| format!("{} cannot be written: {error}", list.display()))
}

/// The names in a folder in alphabetical order, without those that start with a dot.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, String> {
    let unreadable = |error| format!("{} cannot be read: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        let name = name.into_string().map_err(|name| format!("{} is not named in UTF-8", name.display()))?;
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// One case as a literal of `CaseTexts`.
pub(crate) fn case(folder: &Path, slug: &str) -> Result<String, String> {
    if !slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return Err(format!(
            "cases/{slug} is not named as a case is: lower-case letters, digits and hyphens"
        ));
    }
    let present = names(folder)?;
    for (name, required) in FILES {
        if required && !present.iter().any(|file| file == name) {
            return Err(format!("cases/{slug} lacks the file {name}; cases/README.md tells what it holds"));
        }
    }
    // A misspelt name would otherwise be a case without observations.
    if let Some(stray) = present.iter().find(|file| !FILES.iter().any(|(name, _)| name == file)) {
        let known = FILES.map(|(name, _)| name).join(", ");
        return Err(format!("cases/{slug} has the file {stray}; a case has {known} and no other"));
    }
    let text =
        |name: &str| format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/cases/{slug}/{name}\"))");
    let observations = if present.iter().any(|file| file == "observations.csv") {
        format!("Some({})", text("observations.csv"))
    } else {
        "None".to_owned()
    };
    let (register, truth) = (text("register.toml"), text("truth.toml"));
    Ok(format!(
        "    CaseTexts {{\n        slug: {slug:?},\n        register: {register},\n        observations: \
         {observations},\n        truth: {truth},\n    }},\n"
    ))
}
