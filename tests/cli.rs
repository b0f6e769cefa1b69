//! The command line as it is called: comparing, remitting on account, refunds, the policy lab, guided questions, searching in a language.

#![cfg(feature = "cli")]
#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the test reckons beside the program, on small numbers"
)]

mod support;

#[path = "support/program.rs"]
mod program;

use dutiable::decimal::{self, Decimal};
use program::{called, printed, refused};
use serde_json::{Value, json};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Shirts for Germany.
fn shirts(id: &str, date: &str, quantity: u64) -> Value {
    json!({
        "date": date, "destination": "DE", "shipFrom": "CN", "currency": "EUR", "freight": "8.00",
        "items": [{ "id": id, "code": "61091000", "origin": "CN", "quantity": quantity.to_string(), "unitPrice": "12.00" }],
        "seller": { "registrations": ["IOSS"] },
    })
}

fn amount(text: &str) -> Outcome<Decimal> {
    Ok(decimal::parse(text, 4)?)
}

#[test]
fn every_combination_is_a_row() -> Outcome {
    let request = shirts("a", "2026-10-30", 20).to_string();
    let arguments = [
        "compare",
        "--destinations",
        "DE,FR,XX",
        "--incoterms",
        "DAP,DDP",
        "--dates",
        "2026-10-29,2026-10-30",
    ];
    let rows: Value = serde_json::from_str(&printed(&arguments, &request)?)?;
    let rows = rows["rows"].as_array().ok_or("no rows")?;
    assert_eq!(rows.len(), 12);
    let order: Vec<[&Value; 3]> = rows
        .iter()
        .map(|row| [&row["destination"], &row["incoterm"], &row["date"]])
        .collect();
    assert_eq!(
        order[1],
        [&json!("DE"), &json!("DAP"), &json!("2026-10-30")]
    );
    assert_eq!(
        order[4],
        [&json!("FR"), &json!("DAP"), &json!("2026-10-29")]
    );
    for row in rows {
        let mut alone = shirts("a", "2026-10-30", 20);
        for field in ["destination", "incoterm", "date"] {
            alone[field] = row[field].clone();
        }
        if row["destination"] == "XX" {
            assert_eq!(
                row["error"],
                json!({ "code": "place.unknown", "field": "destination" })
            );
            assert!(row["status"].is_null() && row["totals"].is_null());
            continue;
        }
        let quote: Value = serde_json::from_str(&printed(&["quote"], &alone.to_string())?)?;
        for field in [
            "status",
            "currency",
            "regime",
            "totals",
            "totalsInRequestCurrency",
        ] {
            assert_eq!(row[field], quote[field]);
        }
        // Who pays when, and it is all that is charged.
        let due = row["due"].as_array().ok_or("nothing due")?;
        let duty_paid = row["incoterm"] == "DDP";
        assert!(
            due.iter()
                .all(|due| due["payer"] == if duty_paid { "vendor" } else { "buyer" })
        );
        assert!(
            due.iter()
                .all(|due| due["when"] == if duty_paid { "checkout" } else { "delivery" })
        );
        let mut charged = Decimal::ZERO;
        for due in due {
            charged += amount(due["amount"].as_str().unwrap_or_default())?;
        }
        let mut expected = Decimal::ZERO;
        for field in ["duties", "taxes", "fees"] {
            expected += amount(row["totals"][field].as_str().unwrap_or_default())?;
        }
        assert_eq!(charged, expected);
    }
    Ok(())
}

#[test]
fn ways_of_collecting_are_set_beside_each_other() -> Outcome {
    let request = shirts("a", "2026-10-30", 5).to_string();
    let table = printed(
        &[
            "compare",
            "--collections",
            "vendor,intermediary,border",
            "--table",
        ],
        &request,
    )?;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 4, "{table}");
    assert!(lines[1].contains("eu-low-value-flat-ioss") && lines[1].contains("vendor"));
    assert!(lines[2].contains("intermediary"));
    assert!(lines[3].contains("refused: input.choice at collection"));
    Ok(())
}

#[test]
fn a_comparison_of_nothing_but_refusals_fails() -> Outcome {
    let request = shirts("a", "2026-10-30", 5).to_string();
    let output = called(&["compare", "--destinations", "XX"], &request)?;
    assert_eq!(output.status.code(), Some(2));
    assert!(refused(&["compare"], "[]")?.contains("no object"));
    Ok(())
}

/// A region belongs to its place.
#[test]
fn another_destination_takes_the_region_away() -> Outcome {
    let mut request = shirts("a", "2026-10-30", 20);
    request["region"] = json!("BY");
    let rows: Value = serde_json::from_str(&printed(
        &["compare", "--destinations", "FR"],
        &request.to_string(),
    )?)?;
    assert_eq!(rows["rows"][0]["status"], "complete");
    Ok(())
}

/// Orders of two months, two regimes and two places, with their quotes.
fn quoted_orders() -> Outcome<String> {
    let mut orders = String::new();
    for number in 0_u64..40 {
        let date = if number % 2 == 0 {
            "2026-09-15"
        } else {
            "2026-10-15"
        };
        let mut request = shirts("a", date, 1 + number);
        if number % 3 == 0 {
            request["destination"] = json!("FR");
        }
        orders
            .push_str(&json!({ "id": format!("order-{number}"), "request": request }).to_string());
        orders.push('\n');
    }
    printed(&["quote", "--lines"], &orders)
}

fn records(file: &str) -> Outcome<Vec<csv::StringRecord>> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let header = reader.headers()?.iter().collect::<Vec<_>>().join(",");
    assert_eq!(
        header,
        "period,payee,collected_by,currency,kind,measure,place,transactions,lines,amount"
    );
    Ok(reader.records().collect::<Result<_, _>>()?)
}

/// On account and transaction by transaction, to the cent: added up here from the quotes alone.
#[test]
fn a_period_file_adds_up() -> Outcome {
    let quotes = quoted_orders()?;
    let rows = records(&printed(&["remit"], &quotes)?)?;
    let mut expected = std::collections::BTreeMap::<String, (u64, Decimal)>::new();
    for line in quotes.lines() {
        let line: Value = serde_json::from_str(line)?;
        let (request, quote) = (&line["request"], &line["quote"]);
        assert!(line["id"].is_string());
        for charge in quote["lines"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let month = text(&request["date"])
                .get(..7)
                .unwrap_or_default()
                .to_owned();
            let key = [
                month,
                text(&charge["payee"]),
                text(&charge["collectedBy"]),
                text(&quote["currency"]),
                text(&charge["kind"]),
                text(&charge["measure"]),
                text(&request["destination"]),
            ];
            if key[4] != "relief" {
                let sum = expected.entry(key.join(",")).or_default();
                sum.0 += 1;
                sum.1 += amount(&text(&charge["amount"]))?;
            }
        }
    }
    assert_eq!(rows.len(), expected.len());
    assert!(rows.len() > 10, "{} rows", rows.len());
    for (row, (key, (lines, sum))) in rows.iter().zip(&expected) {
        assert_eq!(row.iter().take(7).collect::<Vec<_>>().join(","), *key);
        assert_eq!(row.get(8), Some(lines.to_string().as_str()));
        assert_eq!(amount(row.get(9).unwrap_or_default())?, *sum);
    }
    let vendor = records(&printed(&["remit", "--collected-by", "vendor"], &quotes)?)?;
    assert!(!vendor.is_empty() && vendor.len() < rows.len());
    assert!(vendor.iter().all(|row| row.get(2) == Some("vendor")));
    Ok(())
}

/// Lines that do not come to their totals, in either direction, by a cent; what is not owed to the cent; what stands twice.
#[test]
fn what_does_not_add_up_is_refused() -> Outcome {
    let quotes = quoted_orders()?;
    let first = quotes.lines().next().ok_or("no quotes")?;
    let mut altered: Value = serde_json::from_str(first)?;
    altered["quote"]["totals"]["taxes"] = json!("0.01");
    assert!(
        refused(&["remit"], &altered.to_string())?.contains("line 1: its lines of tax come to")
    );
    altered = serde_json::from_str(first)?;
    let cost = altered["quote"]["totals"]["landedCost"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    altered["quote"]["totals"]["landedCost"] =
        json!((amount(&cost)? + Decimal::new(1, 2)).to_string());
    assert!(refused(&["remit"], &altered.to_string())?.contains("the rows come to"));
    assert!(refused(&["remit"], &format!("{quotes}{first}"))?.contains("order-0 stands twice"));
    altered = serde_json::from_str(first)?;
    altered["quote"]["status"] = json!("range");
    assert!(refused(&["remit"], &altered.to_string())?.contains("its status is range"));
    let open = format!("{altered}\n{}", quotes.lines().nth(1).unwrap_or_default());
    let output = called(&["remit", "--leave-out-open"], &open)?;
    assert!(output.status.success());
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("1 transactions are in the file; left out: 1")
    );
    assert!(
        refused(&["remit"], "{\"error\":{\"code\":\"code.unknown\"}}")?.contains("code.unknown")
    );
    assert!(refused(&["remit"], "{}")?.contains("no quote"));
    assert!(refused(&["remit"], "nothing")?.contains("no JSON"));
    Ok(())
}

/// Quotes alone need their period and place from the caller.
#[test]
fn quotes_without_their_request_need_a_period_and_a_place() -> Outcome {
    let quotes = printed(
        &["quote", "--lines"],
        &shirts("a", "2026-10-30", 5).to_string(),
    )?;
    assert!(refused(&["remit"], &quotes)?.contains("no period"));
    assert!(refused(&["remit", "--period", "2026-10"], &quotes)?.contains("no place"));
    assert!(
        refused(&["remit", "--period", "2026-13", "--place", "DE"], &quotes)?.contains("--period")
    );
    let rows = records(&printed(
        &["remit", "--period", "2026-10", "--place", "DE"],
        &quotes,
    )?)?;
    assert!(
        rows.iter()
            .all(|row| row.get(0) == Some("2026-10") && row.get(6) == Some("DE"))
    );
    Ok(())
}

/// No text of a quote becomes a formula in a spreadsheet.
#[test]
fn a_formula_stays_a_text() -> Outcome {
    let quotes = quoted_orders()?;
    let mut line: Value = serde_json::from_str(quotes.lines().next().unwrap_or_default())?;
    for (measure, cell) in [
        ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\u{FF1D}1", "'\u{FF1D}1"),
        ("a,\"b\"\nc", "a,\"b\"\nc"),
    ] {
        line["quote"]["lines"][0]["measure"] = json!(measure);
        let rows = records(&printed(&["remit"], &line.to_string())?)?;
        assert!(rows.iter().any(|row| row.get(5) == Some(cell)), "{measure}");
        assert!(
            !rows
                .iter()
                .flatten()
                .any(|cell| cell.starts_with(['=', '+', '-', '@', '\t']))
        );
    }
    Ok(())
}

#[test]
fn a_refund_is_asked_on_the_command_line() -> Outcome {
    let mut request = shirts("a", "2026-10-30", 20);
    request["returned"] = json!([{ "id": "a", "quantity": "5" }]);
    let refund: Value = serde_json::from_str(&printed(&["refund"], &request.to_string())?)?;
    let on_returned = |kind: &str| -> Option<&Value> {
        let line = refund["lines"]
            .as_array()?
            .iter()
            .find(|line| line["kind"] == kind)?;
        Some(&line["onReturned"])
    };
    // A quarter of 12 % of 248, rounded down.
    assert_eq!(on_returned("duty"), Some(&json!("7.44")));
    request["returned"] = json!([{ "id": "b", "quantity": "5" }]);
    let output = called(&["refund"], request.to_string())?;
    assert_eq!(output.status.code(), Some(2));
    let lines = printed(&["refund", "--lines"], &format!("{request}\n"))?;
    let answer: Value = serde_json::from_str(&lines)?;
    assert_eq!(answer["error"]["field"], "returned");
    Ok(())
}

#[test]
fn the_lab_is_run_on_the_command_line() -> Outcome {
    let folder = std::env::temp_dir().join(format!("dutiable-lab-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (patch, sample) = (folder.join("reform.toml"), folder.join("baskets.jsonl"));
    std::fs::write(&sample, format!("{}\n", shirts("a", "2027-02-15", 2)))?;
    let packs: Value =
        serde_json::from_slice(&std::fs::read(support::root().join("packs/packs.json"))?)?;
    let listed = packs["packs"].as_array().ok_or("no packs")?;
    let rules = listed
        .iter()
        .find(|pack| pack["id"] == "eu.rules")
        .ok_or("no rules")?;
    let base = rules["sha256"].as_str().unwrap_or_default();
    let change = "[[set]]\npath = \"regime.eu-low-value-flat-ioss.duty.flat-per-tariff-item.amount\"\nfrom = \"2027-01-01\"\nvalue = \"5 EUR\"\n";
    std::fs::write(
        &patch,
        format!("base = \"sha256:{base}\"\ntitle = \"Five euros\"\n{change}"),
    )?;
    let (patch, sample) = (patch.to_string_lossy(), sample.to_string_lossy());
    let arguments = [
        "lab",
        "--patch",
        &patch,
        "--sample",
        &sample,
        "--cost",
        "vendor=0.20 EUR",
    ];
    let text = printed(&arguments, "")?;
    assert!(text.starts_with("# Five euros\n"));
    assert!(
        text.contains("| revenue, duty | EUR | 3.00 | 5.00 | 2.00 |"),
        "{text}"
    );
    assert!(
        text.contains("| vendor | 1 | 1 | 0.20 EUR | 0.20 | 0.20 | 0.00 |"),
        "{text}"
    );
    let report: Value =
        serde_json::from_str(&printed(&[&arguments[..], &["--json"]].concat(), "")?)?;
    assert_eq!(
        report["changes"][0]["cites"],
        json!(["regime.eu-low-value-flat-ioss"])
    );
    assert_eq!(report["base"]["sha256"], base);
    for cost in ["vendor=1", "seller=1 EUR", "vendor"] {
        assert!(
            refused(
                &[
                    "lab", "--patch", &patch, "--sample", &sample, "--cost", cost
                ],
                ""
            )?
            .contains("--cost")
        );
    }
    let bands = [
        "lab", "--patch", &patch, "--sample", &sample, "--bands", "100,50",
    ];
    assert!(refused(&bands, "")?.contains("do not ascend"));
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

#[test]
fn a_question_is_asked_and_answered_on_the_command_line() -> Outcome {
    let asked = printed(&["guide", "--codes", "6109", "--json"], "")?;
    let asked: Value = serde_json::from_str(&asked)?;
    assert_eq!(asked["question"]["facet"], "material");
    assert_eq!(
        asked["question"]["answers"][0]["ids"],
        json!(["material.cotton"])
    );
    let answered = ["guide", "--codes", "6109", "--answer", "material=cotton"];
    let plain = printed(&answered, "")?;
    assert!(
        plain.starts_with("1 left\n  610910     1.00  Of cotton\n"),
        "{plain}"
    );
    let malformed = refused(&["guide", "t-shirt", "--answer", "cotton"], "")?;
    assert!(malformed.contains("material=cotton"), "{malformed}");
    let output = called(&["guide", "t-shirt", "--answer", "colour=red"], "")?;
    let answer: Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        answer["error"],
        json!({ "code": "input.choice", "field": "answers" })
    );
    Ok(())
}

#[test]
fn a_code_is_checked_in_json_in_sentences_and_line_by_line() -> Outcome {
    let arguments = ["check", "851712", "--description", "smartphone"];
    let checked: Value = serde_json::from_str(&printed(&arguments, "")?)?;
    assert_eq!(checked["status"], "wrong");
    let finding = &checked["findings"][0];
    assert_eq!(finding["code"], "code.of-earlier-edition");
    assert_eq!(
        (&finding["edition"], &finding["relation"]),
        (&json!(2017), &json!("n:n"))
    );
    assert_eq!(finding["candidates"][0]["code"], "851713");

    let arguments = ["check", "6109.10", "--destination", "GB", "--plain"];
    let plain = printed(&arguments, "")?;
    assert!(plain.starts_with("610910      sound\n"), "{plain}");
    assert!(
        plain.contains("8 digits are wanted") && plain.contains("61091000    Of cotton ("),
        "{plain}"
    );

    let input = "{\"id\":7,\"code\":\"610910\"}\n{\"id\":8}\n{\"id\":9,\"code\":\"610999\"}\n";
    let lines = printed(&["check", "--lines"], input)?;
    let answers: Vec<Value> = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    assert_eq!(
        answers[0],
        json!({ "id": 7, "code": "610910", "status": "sound", "findings": [] })
    );
    assert_eq!(
        answers[1]["error"],
        json!({ "code": "input.missing", "field": "code" })
    );
    assert_eq!(
        (&answers[2]["id"], &answers[2]["status"]),
        (&json!(9), &json!("wrong"))
    );

    let output = called(&["check", "610910", "--destination", "gb"], "")?;
    assert_eq!(output.status.code(), Some(2));
    Ok(())
}

#[test]
fn a_search_names_its_language_on_the_command_line() -> Outcome {
    let found = printed(&["search", "--language", "de-AT", "Lederhandtasche"], "")?;
    let found: Value = serde_json::from_str(&found)?;
    assert_eq!(found["hits"][0]["code"], "420221");
    let title = "Mit Außenseite aus Leder oder rekonstituiertem Leder";
    assert_eq!(found["hits"][0]["title"], title);
    let seen = printed(&["browse", "--language", "fr", "0902"], "")?;
    let seen: Value = serde_json::from_str(&seen)?;
    assert_eq!(seen["node"]["title"], "Thé, même aromatisé");
    // There is no index of it: the answer is an error of the request's.
    let output = called(&["search", "--language", "it", "borsa"], "")?;
    let answer: Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!(answer["error"]["field"], "language");
    assert!(!output.status.success());
    Ok(())
}
