//! The rooms of the house and the arrows between them: imports point one way, and the picture in CONTRIBUTING.md is
//! the one that holds.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "tests stop at the first surprise"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The floors from the ground up; rooms on one floor do not see each other, but for the ground floor's own order.
const FLOORS: [&[&str]; 13] = [
    &["error"],
    &["id"],
    &["time"],
    &["market"],
    &["law", "downloads", "observation"],
    &["register"],
    &["determination"],
    &["status"],
    &["explanation"],
    &["calendar", "reconciliation"],
    &["io"],
    &["cases"],
    &["lib"],
];

fn floor(room: &str) -> usize {
    FLOORS
        .iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("room `{room}` has no floor"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn files() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    found
        .into_iter()
        .map(|path| (path.strip_prefix(&root).unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect()
}

/// The room that a file belongs to: its first folder, or its own name.
fn room(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The code without comments, so that examples in documentation draw no arrows.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The first words after each `crate::`, one for a path and several for a group.
fn imported(code: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (place, _) in code.match_indices("crate::") {
        let rest = &code[place + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            words.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            continue;
        };
        let mut depth = 0_usize;
        let mut word = String::new();
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    words.insert(std::mem::take(&mut word));
                }
                c if depth == 0 => word.push(c),
                _ => {}
            }
        }
        words.insert(word);
    }
    words
        .into_iter()
        .map(|word| word.trim().split("::").next().unwrap().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Which room the paved path in `lib.rs` takes each name from.
fn paved(lib: &str) -> BTreeMap<String, String> {
    let mut from = BTreeMap::new();
    for statement in lib.split(';').filter_map(|statement| statement.trim().strip_prefix("pub use ")) {
        let (room, names) = statement.split_once("::").unwrap();
        for name in names.trim_matches(['{', '}', '\n', ' ']).split(',') {
            from.insert(name.trim().to_owned(), room.to_owned());
        }
    }
    from
}

#[test]
fn imports_point_one_way() {
    let files = files();
    let paved = paved(&code(&files[Path::new("lib.rs")]));
    assert_eq!(paved["AppId"], "id");
    let mut arrows = 0;
    for (path, text) in &files {
        let own = room(path);
        for word in imported(&code(text)) {
            let target = paved.get(&word).cloned().unwrap_or(word);
            if target == own {
                continue;
            }
            arrows += 1;
            assert!(
                floor(&target) < floor(&own),
                "src/{} imports from `{target}`, which is not below `{own}`",
                path.display()
            );
        }
    }
    assert!(arrows > 50, "the test found only {arrows} arrows and so reads the imports wrong");
}

#[test]
fn every_room_has_a_floor_and_every_floor_its_rooms() {
    let rooms: BTreeSet<String> = files().keys().map(|path| room(path)).collect();
    let placed: BTreeSet<String> =
        FLOORS.iter().flat_map(|rooms| rooms.iter().map(|room| (*room).to_owned())).collect();
    assert_eq!(rooms, placed);
}

#[test]
fn the_front_door_has_no_logic() {
    let lib = code(&files()[Path::new("lib.rs")]);
    for line in lib.lines().map(str::trim) {
        assert!(
            !line.starts_with("fn ") && !line.starts_with("impl") && !line.starts_with("pub fn"),
            "{line}"
        );
    }
}

#[test]
fn a_room_opens_with_its_term() {
    for (path, text) in files() {
        let is_room = path.components().count() == 1 && path != Path::new("lib.rs");
        let told = text.starts_with("//! ") || text.starts_with("#![doc = include_str!");
        assert!(!is_room || told, "src/{} does not open with its term", path.display());
    }
}

#[test]
fn files_stay_small_enough_to_read() {
    for (path, text) in files() {
        let lines = text.lines().count();
        assert!(lines <= 600, "src/{} has {lines} lines; split it along a concept", path.display());
    }
}

#[test]
fn the_picture_in_contributing_names_every_room() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("CONTRIBUTING.md")).unwrap();
    let picture = text.split("```text").nth(1).unwrap().split("```").next().unwrap();
    let lines: Vec<BTreeSet<&str>> = picture
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            line.get(..29).unwrap_or(line).split([' ', '|']).filter(|word| !word.is_empty()).collect()
        })
        .collect();
    let mut last = 0;
    for rooms in FLOORS.iter().filter(|rooms| **rooms != ["lib"]) {
        for room in *rooms {
            let place = lines.iter().position(|line| line.contains(room));
            let place = place.unwrap_or_else(|| panic!("`{room}` is not in the picture"));
            assert!(place >= last, "`{room}` stands too high in the picture");
            last = place;
        }
    }
}
