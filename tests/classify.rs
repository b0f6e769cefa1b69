//! Catalogues on the command line: every column kept, every row answered as `search` answers it or told what is wrong with it.

#![cfg(feature = "cli")]
#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]

mod support;

#[path = "support/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::Output;

use csv::ByteRecord;
use dutiable::navigator::MAX_TEXT;
use program::{called, printed, program};
use serde_json::{Value, json};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const ADDED: [&str; 5] = [
    "hs_code",
    "hs_title",
    "hs_confidence",
    "hs_alternatives",
    "hs_needs",
];

fn file(name: &str) -> Outcome<Vec<u8>> {
    Ok(std::fs::read(
        support::root().join("tests/catalogue").join(name),
    )?)
}

fn records(bytes: &[u8], delimiter: u8) -> Outcome<Vec<ByteRecord>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    Ok(reader.byte_records().collect::<Result<_, _>>()?)
}

fn text(record: &ByteRecord, at: usize) -> Outcome<String> {
    let field = record.get(at).ok_or("no such field")?;
    Ok(String::from_utf8(field.to_vec())?)
}

/// Rows out, each parted into the columns that came in and those that were added.
fn parted(output: &Output, delimiter: u8, width: usize) -> Outcome<Vec<(ByteRecord, Vec<String>)>> {
    let mut rows = Vec::new();
    for record in records(&output.stdout, delimiter)? {
        assert_eq!(record.len(), width.saturating_add(ADDED.len()));
        let added = (width..record.len()).map(|at| text(&record, at));
        let added = added.collect::<Outcome<Vec<_>>>()?;
        rows.push((record.iter().take(width).collect(), added));
    }
    assert_eq!(
        rows.first().map(|(_, added)| added.clone()),
        Some(ADDED.map(str::to_owned).to_vec())
    );
    Ok(rows)
}

/// What `search --lines` answers, as a catalogue writes it.
fn searched(text: &str, more: &[&str]) -> Outcome<Vec<String>> {
    let line = json!({ "text": text }).to_string();
    let arguments = [&["search", "--lines"], more].concat();
    let found: Value = serde_json::from_str(&printed(&arguments, &line)?)?;
    let string = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let hits = found["hits"].as_array().cloned().unwrap_or_default();
    let codes: Vec<String> = hits.iter().map(|hit| string(&hit["code"])).collect();
    let best = &found["hits"][0];
    let above = best["path"].as_array().cloned().unwrap_or_default();
    let titles = above.iter().skip(2).chain([&best["title"]]);
    let titles: Vec<String> = titles.map(string).collect();
    let needs = &found["needs"];
    let lacks = needs["lacks"].as_array().cloned().unwrap_or_default();
    let needs: Vec<String> = [needs["reason"].clone()]
        .iter()
        .chain(&lacks)
        .filter_map(|word| word.as_str().map(str::to_owned))
        .collect();
    Ok(vec![
        codes.first().cloned().unwrap_or_default(),
        titles.join(" > "),
        string(&best["confidence"]),
        codes.get(1..).unwrap_or_default().join(" "),
        needs.join(" "),
    ])
}

fn unanswered(fault: &str) -> Vec<String> {
    [["", "", "", ""].as_slice(), &[fault]]
        .concat()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// The mark, semicolons, CRLF, quotes, line breaks within fields, and every fault.
#[test]
fn a_spreadsheets_file_comes_back_with_its_columns_and_the_answers_of_search() -> Outcome {
    let input = file("spreadsheet.csv")?;
    let arguments = ["classify", "--csv", "--text", "description", "--limit", "3"];
    let output = called(&arguments, input.clone())?;
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr.clone())?;
    assert_eq!(
        said,
        "4 of 9 rows have a fault: they are named in hs_needs\n"
    );
    let head = b"\xEF\xBB\xBFsku;\"Article; long\";description;note;hs_code;hs_title;hs_confidence;hs_alternatives;hs_needs\r\n0101;A;";
    assert!(output.stdout.starts_with(head));
    assert!(
        !output
            .stdout
            .windows(2)
            .any(|two| two[1] == b'\n' && two[0] != b'\r' && two[0] != b's')
    );

    let (before, after) = (records(&input, b';')?, parted(&output, b';', 4)?);
    assert_eq!(before.len(), after.len());
    let faults = [
        (4, "field-count"),
        (5, "field-count"),
        (6, "not-utf-8"),
        (7, "no-text"),
    ];
    for (at, (before, (kept, added))) in before.iter().zip(&after).enumerate().skip(1) {
        match faults.iter().find(|(row, _)| *row == at) {
            Some((_, fault)) => assert_eq!(*added, unanswered(fault)),
            None => assert_eq!(*added, searched(&text(before, 2)?, &["--limit", "3"])?),
        }
        if before.len() == 4 {
            assert_eq!(before, kept);
        }
    }
    // Too few fields are filled up; what there is too much of is in the last.
    let kept = |row: usize| {
        after
            .get(row)
            .map(|(kept, _)| kept.iter().collect::<Vec<_>>())
    };
    assert_eq!(
        kept(4),
        Some(vec![
            b"0104".as_slice(),
            b"D",
            b"stainless steel water bottle",
            b""
        ])
    );
    assert_eq!(
        kept(5),
        Some(vec![
            b"0105".as_slice(),
            b"E",
            b"leather wallet",
            b"one;too many"
        ])
    );
    assert_eq!(
        after.get(8).and_then(|(_, added)| added.last().cloned()),
        Some("no-match".to_owned())
    );
    Ok(())
}

/// In the order asked for, the blank ones left out, and no more of them than a search reads.
#[test]
fn several_columns_are_read_as_one_text() -> Outcome {
    let input = file("two-columns.csv")?;
    let arguments = [
        "classify",
        "--csv",
        "--text",
        "title",
        "--text",
        "description",
        "--destination",
        "GB",
    ];
    let output = called(&arguments, input.clone())?;
    let (before, after) = (records(&input, b',')?, parted(&output, b',', 3)?);
    assert_eq!(before.len(), 8);
    for (before, (kept, added)) in before.iter().zip(&after).skip(1) {
        assert_eq!(before, kept);
        let (title, description) = (text(before, 0)?, text(before, 1)?);
        let said = format!("{} {}", title.trim(), description.trim());
        if said.trim().is_empty() {
            assert_eq!(*added, unanswered("no-text"));
            continue;
        }
        let said: String = said.trim().chars().take(MAX_TEXT).collect();
        assert_eq!(
            *added,
            searched(&said, &["--limit", "5", "--destination", "GB"])?
        );
        assert!(added[0].len() > 6, "{added:?}");
    }
    let long = text(&before[1], 1)?;
    assert!(long.chars().count() > MAX_TEXT);
    Ok(())
}

/// Line ends of three kinds, quotes that are none, and one that nothing closes.
#[test]
fn a_careless_file_loses_nothing_unnoticed() -> Outcome {
    let input = file("careless.csv")?;
    let output = called(&["classify", "--csv", "--language", "en"], input.clone())?;
    assert_eq!(output.status.code(), Some(2));
    let (before, after) = (records(&input, b'\t')?, parted(&output, b'\t', 2)?);
    assert_eq!(before.len(), 7);
    for (at, (before, (kept, added))) in before.iter().zip(&after).enumerate().skip(1) {
        match at {
            5 => assert_eq!(*added, unanswered("field-count")),
            6 => assert_eq!((kept, added), (before, &unanswered("quote-not-closed"))),
            _ => {
                assert_eq!(before, kept);
                assert_eq!(*added, searched(&text(before, 1)?, &["--limit", "5"])?);
            }
        }
    }
    Ok(())
}

/// What `check --lines` answers, as a catalogue writes it.
fn checked(code: &str, description: &str) -> Outcome<[String; 2]> {
    let line = json!({ "code": code, "description": description, "destination": "GB" });
    let found: Value = serde_json::from_str(&printed(&["check", "--lines"], &line.to_string())?)?;
    let findings = found["findings"].as_array().cloned().unwrap_or_default();
    let string = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (mut said, mut instead) = (vec![string(&found["status"])], Vec::new());
    for finding in findings
        .iter()
        .filter(|finding| finding["severity"] != "info")
    {
        said.push(string(&finding["code"]));
        let candidates = finding["candidates"].as_array().cloned();
        instead.extend(
            candidates
                .unwrap_or_default()
                .iter()
                .map(|one| string(&one["code"])),
        );
    }
    let mut seen = BTreeSet::new();
    instead.retain(|code| seen.insert(code.clone()));
    Ok([said.join(" "), instead.join(" ")])
}

/// Codes that are right, of an earlier edition, of other goods, too short, mistyped, missing, and beside no description.
#[test]
fn codes_that_a_list_has_are_answered_as_check_answers_them() -> Outcome {
    let input = file("with-codes.csv")?;
    let arguments = [
        "classify",
        "--csv",
        "--code",
        "hs_code",
        "--destination",
        "GB",
    ];
    let output = called(&arguments, input.clone())?;
    assert_eq!(output.status.code(), Some(2));
    let (before, after) = (records(&input, b',')?, records(&output.stdout, b',')?);
    let header = [
        ["hs_check", "hs_instead", "hs_found"].as_slice(),
        &ADDED[1..],
    ]
    .concat();
    let first = after.first().ok_or("no header")?;
    assert!(
        first
            .iter()
            .skip(3)
            .eq(header.iter().map(|name| name.as_bytes()))
    );
    let mut statuses = Vec::new();
    for (before, after) in before.iter().zip(&after).skip(1) {
        let (description, code) = (text(before, 1)?, text(before, 2)?);
        let added = [text(after, 3)?, text(after, 4)?];
        if before.len() > 3 || code.is_empty() {
            assert_eq!(added, [const { String::new() }; 2]);
        } else {
            assert_eq!(added, checked(&code, &description)?);
        }
        let found: Vec<String> = (5..10).map(|at| text(after, at)).collect::<Outcome<_>>()?;
        if before.len() > 3 {
            assert_eq!(found, unanswered("field-count"));
        } else if description.is_empty() {
            assert_eq!(found, unanswered("no-text"));
        } else {
            assert_eq!(
                found,
                searched(&description, &["--limit", "5", "--destination", "GB"])?
            );
        }
        statuses.push(
            added
                .concat()
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned(),
        );
    }
    let said = String::from_utf8(output.stderr)?;
    assert!(
        said.ends_with("\ncodes to look at again: 7; hs_check says why\n"),
        "{said}"
    );
    for status in ["sound", "doubtful", "wrong", ""] {
        assert!(statuses.iter().any(|one| one == status), "{statuses:?}");
    }
    Ok(())
}

#[test]
fn a_file_without_a_fault_succeeds() -> Outcome {
    let out = printed(
        &["classify", "--csv", "--limit", "1"],
        "Description\nwireless earbuds\n",
    )?;
    let expected = searched("wireless earbuds", &["--limit", "1"])?;
    assert!(
        out.starts_with(&format!(
            "Description,{}\nwireless earbuds,{},",
            ADDED.join(","),
            expected[0]
        )),
        "{out}"
    );
    assert!(expected[3].is_empty());
    Ok(())
}

/// Nothing is written then but the reason, on standard error.
#[test]
fn a_file_that_cannot_be_answered_is_refused_with_a_code() -> Outcome {
    let far_too_long = format!("description\n\"{}", "x".repeat(2_000_000));
    let refusals: [(&str, &[&str], &str, &str); 11] = [
        (
            "description,hs_check\nmug,\n",
            &["--code", "hs_check"],
            "csv.column-exists",
            "hs_check",
        ),
        (
            "description,price\nmug,1\n",
            &["--code", "hs_code"],
            "csv.column-missing",
            "hs_code",
        ),
        (
            "description,hs_needs\nmug,\n",
            &[],
            "csv.column-exists",
            "hs_needs",
        ),
        (
            "name,price\nmug,1\n",
            &[],
            "csv.column-missing",
            "description",
        ),
        (
            "name,price\nmug,1\n",
            &["--text", "Name"],
            "csv.column-missing",
            "Name",
        ),
        ("", &[], "csv.empty", "header"),
        (
            "name,\"price\nmug,1\n",
            &[],
            "csv.quote-not-closed",
            "header",
        ),
        (&far_too_long, &[], "csv.record-too-long", "line 2"),
        (
            "description\nmug\n",
            &["--limit", "0"],
            "input.choice",
            "limit",
        ),
        (
            "description\nmug\n",
            &["--destination", "gb"],
            "place.malformed",
            "destination",
        ),
        (
            "description\nmug\n",
            &["--language", "it"],
            "pack.missing",
            "language",
        ),
    ];
    for (input, more, code, field) in refusals {
        let output = called(&[&["classify", "--csv"], more].concat(), input)?;
        assert_eq!(output.status.code(), Some(2), "{code}");
        let said: Value = serde_json::from_slice(&output.stderr)?;
        assert_eq!(said["error"], json!({ "code": code, "field": field }));
        if code != "csv.record-too-long" {
            assert!(output.stdout.is_empty(), "{code}");
        }
    }
    let output = called(&["classify", "--csv"], b"name;caf\xE9\n")?;
    let said: Value = serde_json::from_slice(&output.stderr)?;
    assert_eq!(said["error"]["code"], "csv.not-utf-8");
    for neither in [
        &["classify"][..],
        &["classify", "--csv", "--lines"],
        &["classify", "--lines", "--text", "a"],
    ] {
        assert_eq!(called(neither, "")?.status.code(), Some(2));
    }
    Ok(())
}

/// The first rows are out before the last ones are in.
#[test]
fn rows_are_answered_as_they_come() -> Outcome {
    let mut child = program(&["classify", "--csv", "--text", "description"]).spawn()?;
    let mut stdin = child.stdin.take().ok_or("no standard input")?;
    let mut stdout = BufReader::new(child.stdout.take().ok_or("no standard output")?);
    let (seen, wait) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || -> std::io::Result<()> {
        writeln!(stdin, "description,note")?;
        for _ in 0..200 {
            writeln!(stdin, ",{}", "n".repeat(1000))?;
        }
        // The file goes on until its first rows have come back, or the test has failed.
        let _ = wait.recv();
        Ok(())
    });
    let mut line = String::new();
    for _ in 0..50 {
        line.clear();
        stdout.read_line(&mut line)?;
    }
    assert!(line.ends_with(",,,,,no-text\n"), "{line}");
    seen.send(())?;
    std::io::copy(&mut stdout, &mut std::io::sink())?;
    assert_eq!(child.wait()?.code(), Some(2));
    writer.join().map_err(|_| "the writer panics")??;
    Ok(())
}

#[test]
fn lines_are_answered_one_by_one_and_a_bad_one_harms_no_other() -> Outcome {
    let input = b"{\"id\":1,\"text\":\"wireless earbuds\"}\nnothing\n\n{\"id\":3}\n{\"id\":4,\"text\":\" \"}\n\xFF\n{\"id\":[5],\"text\":\"zzqqx\"}\n{\"text\":\"leather wallet\"}\n";
    let output = called(&["classify", "--lines", "--limit", "2"], input)?;
    assert_eq!(output.status.code(), Some(2));
    let answers = String::from_utf8(output.stdout)?;
    let answers = answers
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<Vec<Value>, _>>()?;
    assert_eq!(answers.len(), 7);
    let search = printed(&["search", "wireless earbuds", "--limit", "2"], "")?;
    let search: Value = serde_json::from_str(&search)?;
    let hit = |at: usize| {
        let hit = &search["hits"][at];
        json!({ "code": hit["code"], "title": hit["title"], "path": hit["path"], "confidence": hit["confidence"] })
    };
    let mut first = hit(0);
    first["id"] = json!(1);
    first["alternatives"] = json!([hit(1)]);
    first["needs"] = search["needs"].clone();
    assert_eq!(answers[0], first);
    let malformed = json!({ "error": { "code": "input.malformed", "field": null } });
    assert_eq!((&answers[1], &answers[4]), (&malformed, &malformed));
    for (at, id) in [(2, 3), (3, 4)] {
        let missing = json!({ "id": id, "error": { "code": "input.missing", "field": "text" } });
        assert_eq!(answers[at], missing);
    }
    let unknown = json!({
        "id": [5], "code": null, "title": null, "path": [], "confidence": null, "alternatives": [], "needs": { "reason": "no-match" },
    });
    assert_eq!(answers[5], unknown);
    assert!(answers[6]["id"].is_null() && answers[6]["code"].is_string());
    Ok(())
}
