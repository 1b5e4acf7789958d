//! A folder that is no whole case stops the build with a message that says what is wrong with it.
#![cfg(feature = "cases")]
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "../build.rs"]
#[allow(dead_code, reason = "the program that runs before the build is here for its parts")]
mod build;

use std::{fs, path::PathBuf};

/// A folder with some files, which goes away with the value.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, files: &[&str]) -> Self {
        let folder = std::env::temp_dir().join(format!("delisted-build-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for file in files {
            fs::write(folder.join(file), "").unwrap();
        }
        Self(folder)
    }

    fn case(&self) -> Result<String, String> {
        build::case(&self.0, "chat")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

#[test]
fn a_missing_file_is_named() {
    let said = Folder::with("truth", &["register.toml"]).case().unwrap_err();
    assert_eq!(said, "cases/chat lacks the file truth.toml; cases/README.md tells what it holds");
    let said = Folder::with("register", &["truth.toml", "observations.csv"]).case().unwrap_err();
    assert_eq!(said, "cases/chat lacks the file register.toml; cases/README.md tells what it holds");
}

#[test]
fn a_misspelt_file_is_not_passed_over() {
    let folder = Folder::with("stray", &["register.toml", "truth.toml", "observation.csv"]);
    assert_eq!(
        folder.case().unwrap_err(),
        "cases/chat has the file observation.csv; a case has register.toml, observations.csv, truth.toml and no other"
    );
}

#[test]
fn a_case_without_observations_is_a_case() {
    let without = Folder::with("without", &["register.toml", "truth.toml", ".swap"]).case().unwrap();
    assert!(without.contains("observations: None,"), "{without}");
    let with = Folder::with("with", &["register.toml", "truth.toml", "observations.csv"]).case().unwrap();
    assert!(with.contains("observations: Some(include_str!("), "{with}");
}

#[test]
fn a_folder_is_named_as_a_case_is() {
    let folder = Folder::with("name", &["register.toml", "truth.toml"]);
    let said = build::case(&folder.0, "We Chat").unwrap_err();
    assert_eq!(said, "cases/We Chat is not named as a case is: lower-case letters, digits and hyphens");
}

#[test]
fn folders_are_listed_in_alphabetical_order() {
    let folder = Folder::with("order", &["b", "a-2", "a-10", ".hidden"]);
    assert_eq!(build::names(&folder.0).unwrap(), ["a-10", "a-2", "b"]);
}
