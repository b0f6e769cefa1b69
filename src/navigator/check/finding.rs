//! What a check answers, as it crosses to JavaScript and the command line.

use super::general::Lack;
use crate::nomenclature::Relation;
use serde::Serialize;

/// The answer to a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckResult<'a> {
    /// The code as it was read: digits without dots. `None` where it is no code.
    pub code: Option<String>,
    /// How it stands, by the gravest finding.
    pub status: Status,
    /// What was found; empty where all is well.
    pub findings: Vec<Finding<'a>>,
}

impl<'a> CheckResult<'a> {
    pub(super) fn of(code: Option<String>, findings: Vec<Finding<'a>>) -> Self {
        let gravest = findings.iter().map(|finding| finding.severity).max();
        Self {
            code,
            status: match gravest {
                Some(Severity::Error) => Status::Wrong,
                Some(Severity::Warning) => Status::Doubtful,
                Some(Severity::Info) | None => Status::Sound,
            },
            findings,
        }
    }
}

/// How a code and its description stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nothing speaks against it. That does not make it right.
    Sound,
    /// Something should be looked at.
    Doubtful,
    /// It cannot stay as it is.
    Wrong,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// To be looked at.
    Warning,
    /// To be put right.
    Error,
}

macro_rules! findings {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal, $severity:ident;)*) => {
        /// What was found, as a stable dotted code. Codes are never renamed; new ones may be added.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[non_exhaustive]
        pub enum FindingCode { $($(#[doc = $doc])* #[serde(rename = $code)] $name,)* }

        impl FindingCode {
            /// Every code there is, for tables of sentences to be checked against.
            pub const ALL: &[FindingCode] = &[$(FindingCode::$name,)*];

            /// The code as it crosses to JavaScript and the command line.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(FindingCode::$name => $code,)* }
            }

            /// How much it weighs where nothing is known that makes it lighter.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(FindingCode::$name => Severity::$severity,)* }
            }
        }
    };
}

findings! {
    /// Not 2 to 10 digits.
    CodeMalformed = "code.malformed", Error;
    /// It has an odd number of digits, and is a code with the nought before it that spreadsheets drop: the candidate.
    CodeLeadingZero = "code.leading-zero", Error;
    /// The nomenclature does not have it, nor had an earlier edition that we know. `known` is as much of it as there is.
    CodeUnknown = "code.unknown", Error;
    /// An earlier edition had it: `edition`, `relation`, and its successors as candidates.
    CodeOfEarlierEdition = "code.of-earlier-edition", Error;
    /// There are longer codes under it, `count` of them, one of which has to be chosen. Where it is one, that is all there is to it.
    CodeTooShort = "code.too-short", Warning;
    /// The subheading is there, and the destination has no such line below it. `known` is as much of it as there is.
    CodeTooLong = "code.too-long", Error;
    /// The subheading is there, and the destination's lines, as we have them, have none for it.
    CodeNotInTariff = "code.not-in-tariff", Warning;
    /// As the two before, where we have the destination's lines in part: it may well be there.
    CodeLineNotAtHand = "code.line-not-at-hand", Info;
    /// We have no lines of the destination: only six digits were checked.
    CodeLinesNotAtHand = "code.lines-not-at-hand", Info;
    /// It has more than six digits, and no destination was given to check them against.
    CodeNationalUnchecked = "code.national-unchecked", Info;
    /// The description speaks for other codes: the candidates.
    CodeUnlikely = "code.unlikely", Warning;
    /// It has no word that says what the goods are: `words` it has, `lacks` is what would say it.
    DescriptionVague = "description.vague", Warning;
    /// We know none of its words, so that the code was not held against it.
    DescriptionNotUnderstood = "description.not-understood", Info;
    /// It speaks of a set, whose contents decide.
    DescriptionSet = "description.set", Info;
    /// It speaks of a part or an accessory: of what, and which, decides.
    DescriptionParts = "description.parts", Info;
    /// It speaks of a gift, which is no kind of goods.
    DescriptionGift = "description.gift", Info;
}

/// One thing that was found. What does not belong to it is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding<'a> {
    /// What it is.
    pub code: FindingCode,
    /// How much it weighs.
    pub severity: Severity,
    /// How many codes or lines are open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// How many digits are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digits: Option<u8>,
    /// As many of the code's first digits as are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// The last edition that had the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<u16>,
    /// How its goods lie among its successors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    /// The words of the description that it is about, as typed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<&'a str>,
    /// What would say what the goods are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<Lack>,
    /// The codes to look at instead, at most a few.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate<'a>>,
}

impl Finding<'_> {
    pub(super) const fn new(code: FindingCode) -> Self {
        Self {
            code,
            severity: code.severity(),
            count: None,
            digits: None,
            known: None,
            edition: None,
            relation: None,
            words: Vec::new(),
            lacks: Vec::new(),
            candidates: Vec::new(),
        }
    }
}

/// A code that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidate<'a> {
    /// Digits without dots.
    pub code: String,
    /// Its designation; `None` while no texts are open.
    pub title: Option<&'a str>,
    /// The designation of its heading, without which `Other` says little; `None` as well for a heading itself.
    pub heading: Option<&'a str>,
}
