//! The synthetic sample of `tests/lab/sample.jsonl`: drawn with a fixed seed, by the shares that `README.md` beside it states.

use dutiable::decimal::Decimal;
use serde_json::{Value, json};

/// How many baskets are drawn.
const BASKETS: usize = 1_000;
/// The seed: any other gives another sample of the same shares.
const SEED: u64 = 20_261_127;

/// What can be drawn, each with its share in a thousand.
type Shares<T> = &'static [(u64, T)];

const DESTINATIONS: Shares<&str> = &[
    (300, "DE"),
    (240, "FR"),
    (150, "ES"),
    (150, "IT"),
    (140, "NL"),
    (20, "GB"),
];
const ORIGINS: Shares<&str> = &[(910, "CN"), (30, "US"), (20, "TR"), (20, "VN"), (20, "IN")];
const DATES: Shares<&str> = &[
    (100, "2026-12-15"),
    (500, "2027-02-15"),
    (400, "2027-09-15"),
];
const ITEMS: Shares<usize> = &[(600, 1), (250, 2), (150, 3)];
const PIECES: Shares<u64> = &[(800, 1), (150, 2), (50, 5)];
/// Cents of one piece, from and below.
const PRICES: Shares<(u64, u64)> = &[
    (480, (100, 500)),
    (330, (500, 1_200)),
    (140, (1_200, 3_000)),
    (35, (3_000, 8_000)),
    (15, (8_000, 40_000)),
];
/// Declared codes, with the weight of a piece in grams. Those of chapter 22 and the steel pot from China leave something open.
const GOODS: Shares<(&str, u64)> = &[
    (150, ("61091000", 180)),
    (130, ("62046239", 450)),
    (60, ("64041990", 600)),
    (40, ("64029998", 500)),
    (60, ("85171300", 190)),
    (110, ("85183000", 60)),
    (50, ("85044083", 80)),
    (110, ("95030095", 300)),
    (60, ("42022290", 350)),
    (70, ("71171900", 30)),
    (50, ("94054239", 700)),
    (40, ("33049900", 120)),
    (30, ("63026000", 400)),
    (20, ("91021100", 70)),
    (10, ("73239300", 900)),
    (5, ("220421", 1_300)),
    (5, ("49019900", 400)),
];

/// A generator of numbers that is the same everywhere: splitmix64.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of so many numbers; the bias of a remainder is below one in 10¹⁵.
    fn below(&mut self, count: u64) -> u64 {
        self.next().checked_rem(count).unwrap_or_default()
    }

    fn one<T: Copy>(&mut self, shares: Shares<T>) -> Option<T> {
        let mut left = self.below(1_000);
        for (share, value) in shares {
            match left.checked_sub(*share) {
                Some(rest) => left = rest,
                None => return Some(*value),
            }
        }
        None
    }

    fn holds(&mut self, in_a_thousand: u64) -> bool {
        self.below(1_000) < in_a_thousand
    }
}

/// The sample, a basket a line.
pub(crate) fn sample() -> Option<String> {
    let mut draw = Draw(SEED);
    let mut text = String::new();
    for number in 1..=BASKETS {
        text.push_str(&basket(&mut draw, number)?.to_string());
        text.push('\n');
    }
    Some(text)
}

fn basket(draw: &mut Draw, number: usize) -> Option<Value> {
    let origin = draw.one(ORIGINS)?;
    let mut request = json!({
        "date": draw.one(DATES)?, "destination": draw.one(DESTINATIONS)?, "currency": "EUR",
        "shipFrom": origin, "freight": cents(draw.below(4).checked_mul(150)?),
    });
    let mut items = Vec::new();
    for _ in 0..draw.one(ITEMS)? {
        let (code, grams) = draw.one(GOODS)?;
        let (from, below) = draw.one(PRICES)?;
        let price = from.checked_add(draw.below(below.checked_sub(from)?))?;
        items.push(json!({
            "code": code, "origin": origin, "quantity": draw.one(PIECES)?.to_string(), "unitPrice": cents(price),
            "netWeightKg": Decimal::new(i64::try_from(grams).ok()?, 3).normalize().to_string(),
        }));
    }
    let fields = request.as_object_mut()?;
    fields.insert("items".to_owned(), json!(items));
    if draw.holds(900) {
        let registered = json!({ "registrations": ["IOSS"] });
        fields.insert("seller".to_owned(), registered);
    }
    if draw.holds(15) {
        fields.insert("gift".to_owned(), json!(true));
    }
    if draw.holds(10) {
        fields.insert("buyer".to_owned(), json!({ "kind": "business" }));
    }
    if draw.holds(30) {
        fields.insert("transport".to_owned(), json!("express"));
    }
    Some(json!({ "id": format!("b{number:04}"), "request": request }))
}

fn cents(cents: u64) -> String {
    Decimal::new(i64::try_from(cents).unwrap_or_default(), 2).to_string()
}
