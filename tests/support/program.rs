//! The command line as it is called, for tests that have `support` too.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use super::support::root;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The program over the packs as built, its standard streams piped.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dutiable"));
    command
        .args(arguments)
        .env("DUTIABLE_PACKS", root().join("packs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Calls the program with this on its standard input.
pub(crate) fn called(arguments: &[&str], input: impl AsRef<[u8]>) -> Outcome<Output> {
    let mut child = program(arguments).spawn()?;
    let mut stdin = child.stdin.take().ok_or("no standard input")?;
    let input = input.as_ref().to_vec();
    // A program that refuses before it has read all closes its end.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output()?;
    let _ = writer.join();
    Ok(output)
}

/// What the program prints, where it succeeds.
pub(crate) fn printed(arguments: &[&str], input: &str) -> Outcome<String> {
    let output = called(arguments, input)?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    Ok(String::from_utf8(output.stdout)?)
}

/// What the program says where it fails.
pub(crate) fn refused(arguments: &[&str], input: &str) -> Outcome<String> {
    let output = called(arguments, input)?;
    assert!(!output.status.success(), "{arguments:?} succeeds");
    assert!(
        output.stdout.is_empty(),
        "{arguments:?} prints in spite of refusing"
    );
    Ok(String::from_utf8(output.stderr)?)
}
