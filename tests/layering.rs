//! Who may know whom: every module of the engine uses only what stands below it, and the wasm carries only the crates listed here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The floors of the house, the ground first. A module uses modules of lower floors, and its own.
const FLOORS: [&[&str]; 12] = [
    &["error", "varint", "gather"],
    &["stored"],
    &["decimal", "calendar", "place", "confidence", "json"],
    &["money"],
    &["nomenclature", "pack", "exchange"],
    &["navigator", "tariff"],
    &["destination"],
    &["basket"],
    &["assessment"],
    &["landed_cost"],
    &["engine"],
    &["wasm"],
];

/// Every crate that the engine's wasm is made of, with what each is for.
const CRATES: [&str; 26] = [
    "dutiable",
    // Money: exact decimals.
    "rust_decimal",
    "arrayvec",
    "num-traits",
    // Answers as JSON.
    "serde",
    "serde_core",
    "unicode-ident",
    // The hash of a pack.
    "sha2",
    "digest",
    "block-buffer",
    "crypto-common",
    "generic-array",
    "typenum",
    "cfg-if",
    // Memory.
    "talc",
    "allocator-api2",
    "lock_api",
    "scopeguard",
    // JavaScript.
    "js-sys",
    "wasm-bindgen",
    "wasm-bindgen-shared",
    "futures-core",
    "futures-task",
    "futures-util",
    "pin-project-lite",
    "slab",
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|modules| modules.contains(&module))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sources(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(())
}

/// The modules that a source names: `use crate::tariff::…` and `crate::tariff::…` in code.
fn named(text: &str) -> BTreeSet<String> {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let names = code.flat_map(|line| line.split("crate::").skip(1));
    names
        .map(|rest| {
            rest.chars()
                .take_while(|letter| letter.is_ascii_lowercase() || *letter == '_')
                .collect::<String>()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn every_module_uses_only_what_stands_below_it() -> std::io::Result<()> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files)?;
    let mut looked_at = 0;
    for path in files {
        let inside = path.strip_prefix(&src).unwrap_or(&path);
        let first = inside
            .components()
            .next()
            .map(|part| part.as_os_str().to_string_lossy().into_owned());
        let module = first.unwrap_or_default().trim_end_matches(".rs").to_owned();
        if ["lib", "bin"].contains(&module.as_str()) {
            continue;
        }
        let own = floor(&module);
        assert!(
            own.is_some(),
            "{} stands on no floor of this test",
            inside.display()
        );
        for used in named(&fs::read_to_string(&path)?) {
            let below = floor(&used);
            assert!(
                used == module || (below.is_some() && below < own),
                "{} uses {used}, which does not stand below it",
                inside.display()
            );
        }
        looked_at += 1;
    }
    assert!(looked_at > 50, "{looked_at} files");
    Ok(())
}

#[test]
fn only_one_file_knows_javascript() -> std::io::Result<()> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files)?;
    for path in files {
        let names = ["wasm_bindgen", "js_sys"]
            .iter()
            .any(|name| fs::read_to_string(&path).unwrap_or_default().contains(name));
        assert!(
            !names || path.ends_with("wasm.rs"),
            "{} knows JavaScript",
            path.display()
        );
    }
    Ok(())
}

#[test]
fn the_wasm_carries_only_listed_crates() -> std::io::Result<()> {
    let tree = [
        "tree",
        "--offline",
        "--locked",
        "-p",
        "dutiable",
        "-e",
        "no-proc-macro,normal",
        "--target",
        "wasm32-unknown-unknown",
    ];
    let output = Command::new(env!("CARGO"))
        .args(tree)
        .args(["--prefix", "none", "--format", "{p}"])
        .output()?;
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let listed = String::from_utf8_lossy(&output.stdout);
    let crates: BTreeSet<&str> = listed
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(crates.len() > 5, "cargo tree lists {} crates", crates.len());
    for name in crates {
        assert!(
            CRATES.contains(&name),
            "{name} is not listed: weigh it, then add it"
        );
    }
    Ok(())
}
